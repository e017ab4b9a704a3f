//! Expressions that say what the model can say itself: constants, the current moment, rules.
//!
//! sqlparser reads them; what it cannot read, or what means more, stays code.

use sqlparser::ast::{
    BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, UnaryOperator, Value,
};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::Token;

use crate::formats::relational::schema::Rule;
use crate::formats::sql::import::readings::Reading;
use crate::model::field::Number;

/// Deepest nesting of parentheses that is read.
const DEEPEST: usize = 40;

/// Most operators in an expression that is read: a chain of them becomes a tree as deep.
const LONGEST_CHAIN: usize = 400;

/// Whether an expression has no more operators than are read; texts in quotes have none, whether a
/// backslash escapes in them or not.
fn is_short(text: &str) -> bool {
    [false, true].into_iter().all(|escapes| operators(text, escapes) <= LONGEST_CHAIN)
}

fn operators(text: &str, escapes: bool) -> usize {
    let mut is_quoted = false;
    let mut is_escaped = false;
    let mut operators = 0_usize;
    let mut words = 0_usize;
    let mut is_word = false;
    for byte in text.bytes() {
        let was_escaped = std::mem::replace(&mut is_escaped, false);
        is_escaped = escapes && is_quoted && byte == b'\\' && !was_escaped;
        is_quoted ^= matches!(byte, b'\'' | b'"') && !was_escaped;
        let was_word = std::mem::replace(&mut is_word, byte.is_ascii_alphabetic());
        if is_quoted {
            continue;
        }
        words += usize::from(is_word && !was_word);
        operators += usize::from(matches!(byte, b'+' | b'*' | b'/' | b'|' | b'<' | b'>' | b'='));
        operators += usize::from(matches!(byte, b'-' | b'~' | b'%' | b':' | b'^' | b'&' | b'!'));
    }
    operators.max(words / 3)
}

/// The expression that a text is; none when it is not one.
pub(super) fn parse(reading: &Reading, text: &str) -> Option<Expr> {
    if !is_short(text) {
        return None;
    }
    let grammar = (reading.grammar)();
    let parser = Parser::new(grammar.as_ref()).with_recursion_limit(DEEPEST);
    let mut parser = parser.try_with_sql(text).ok()?;
    let expression = parser.parse_expr().ok()?;
    (parser.peek_token().token == Token::EOF).then_some(expression)
}

/// The expression without parentheses and casts around it.
pub(super) fn bare(expression: &Expr) -> &Expr {
    match expression {
        Expr::Nested(inner) => bare(inner),
        Expr::Cast { expr, .. } | Expr::Collate { expr, .. } => bare(expr),
        Expr::Prefixed { value, .. } => bare(value),
        other => other,
    }
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Constant {
    Null,
    Boolean(bool),
    Number(Number),
    Text(String),
    EmptyArray,
}

/// The constant that an expression is.
pub(super) fn constant(expression: &Expr) -> Option<Constant> {
    match bare(expression) {
        Expr::Value(value) => match &value.value {
            Value::Null => Some(Constant::Null),
            Value::Boolean(value) => Some(Constant::Boolean(*value)),
            Value::Number(digits, _) => number(digits).map(Constant::Number),
            Value::SingleQuotedString(text)
            | Value::DoubleQuotedString(text)
            | Value::NationalStringLiteral(text)
            | Value::EscapedStringLiteral(text)
            | Value::UnicodeStringLiteral(text) => Some(Constant::Text(text.clone())),
            Value::DollarQuotedString(text) => Some(Constant::Text(text.value.clone())),
            Value::SingleQuotedByteStringLiteral(bits) if matches!(bits.as_str(), "0" | "1") => {
                number(bits).map(Constant::Number)
            }
            _ => None,
        },
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => match constant(expr)? {
            Constant::Number(value) => {
                number(&format!("-{}", value.as_str())).map(Constant::Number)
            }
            _ => None,
        },
        Expr::UnaryOp { op: UnaryOperator::Plus, expr } => constant(expr),
        Expr::Array(array) if array.elem.is_empty() => Some(Constant::EmptyArray),
        Expr::BinaryOp { left, op: BinaryOperator::StringConcat | BinaryOperator::Plus, right } => {
            Some(Constant::Text(format!("{}{}", text(left)?, text(right)?)))
        }
        other => character(other).map(|c| Constant::Text(c.to_string())),
    }
}

/// The character that `char(13)` or `nchar(13)` is.
fn character(expression: &Expr) -> Option<char> {
    let (name, arguments) = call(expression)?;
    let [code] = arguments.as_slice() else { return None };
    let Constant::Number(code) = constant(code)? else { return None };
    let is_character = matches!(name.as_str(), "char" | "nchar");
    code.as_str().parse().ok().and_then(char::from_u32).filter(|_| is_character)
}

/// A number that SQL may write without a digit before or after its point.
fn number(digits: &str) -> Option<Number> {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    let zero = if digits.starts_with('.') { "0" } else { "" };
    let digits = digits.strip_suffix('.').unwrap_or(digits);
    Number::parse(&format!("{sign}{zero}{digits}"))
}

/// The name of the function that an expression calls, in lower case, and its arguments.
pub(super) fn call(expression: &Expr) -> Option<(String, Vec<&Expr>)> {
    let Expr::Function(function) = bare(expression) else { return None };
    let name = function.name.0.last()?.as_ident()?.value.to_lowercase();
    let arguments = match &function.args {
        FunctionArguments::List(list) => list
            .args
            .iter()
            .filter_map(|argument| match argument {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) => Some(expression),
                _ => None,
            })
            .collect(),
        FunctionArguments::None | FunctionArguments::Subquery(_) => Vec::new(),
    };
    Some((name, arguments))
}

/// The rules of columns that a condition is made of; none when it says anything else.
pub(super) fn rules(condition: &Expr) -> Option<Vec<(String, Rule)>> {
    match bare(condition) {
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            let mut all = rules(left)?;
            all.extend(rules(right)?);
            Some(all)
        }
        other => rule(other).map(|one| vec![one]),
    }
}

fn rule(condition: &Expr) -> Option<(String, Rule)> {
    match condition {
        Expr::BinaryOp { left, op, right } => compared(left, op, right),
        Expr::RLike { negated: false, expr, pattern, .. } => {
            Some((column(expr)?, Rule::Pattern(pattern_text(pattern)?)))
        }
        Expr::InList { expr, list, negated: false } => {
            let values: Option<Vec<_>> = list.iter().map(text).collect();
            Some((column(expr)?, Rule::OneOf(values?)))
        }
        Expr::Function(_) => {
            let (name, arguments) = call(condition)?;
            match (name.as_str(), arguments.as_slice()) {
                ("json_valid", [value]) => Some((column(value)?, Rule::Json)),
                ("regexp_like", [value, pattern, _]) => {
                    Some((column(value)?, Rule::Pattern(pattern_text(pattern)?)))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn compared(left: &Expr, op: &BinaryOperator, right: &Expr) -> Option<(String, Rule)> {
    if let (BinaryOperator::PGRegexMatch, Some(name)) = (op, column(left)) {
        return Some((name, Rule::Pattern(text(right)?)));
    }
    let Constant::Number(limit) = constant(right)? else { return None };
    if let Some(name) = column(left) {
        return match op {
            BinaryOperator::GtEq => Some((name, Rule::Min(limit))),
            BinaryOperator::LtEq => Some((name, Rule::Max(limit))),
            _ => None,
        };
    }
    let (function, arguments) = call(left)?;
    let [argument] = arguments.as_slice() else { return None };
    let name = column(argument)?;
    let length = limit.as_str().parse::<u32>().ok()?;
    match (function.as_str(), op) {
        ("isjson", BinaryOperator::Eq) if length == 1 => Some((name, Rule::Json)),
        ("char_length" | "character_length" | "length" | "len", BinaryOperator::GtEq) => {
            Some((name, Rule::MinLength(length)))
        }
        ("char_length" | "character_length" | "length" | "len", BinaryOperator::LtEq) => {
            Some((name, Rule::MaxLength(length)))
        }
        _ => None,
    }
}

/// The column that an expression is.
pub(super) fn column(expression: &Expr) -> Option<String> {
    match bare(expression) {
        Expr::Identifier(name) => Some(name.value.clone()),
        _ => None,
    }
}

fn text(expression: &Expr) -> Option<String> {
    match constant(expression)? {
        Constant::Text(text) => Some(text),
        _ => None,
    }
}

/// A pattern without MariaDB's demand to heed the case.
fn pattern_text(expression: &Expr) -> Option<String> {
    let pattern = text(expression)?;
    Some(pattern.strip_prefix("(?-i)").map_or(pattern.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::sql::import::readings::{postgres, sql_server};

    fn rules_of(reading: &Reading, text: &str) -> Option<Vec<(String, Rule)>> {
        rules(&parse(reading, text)?)
    }

    #[test]
    fn rules_are_found_through_casts_and_parentheses() {
        let least = Rule::Min(Number::from(0));
        assert_eq!(
            rules_of(&postgres::READING, "((price >= (0)::numeric))"),
            Some(vec![("price".to_owned(), least)])
        );
        assert_eq!(
            rules_of(
                &postgres::READING,
                "(sku)::text ~ '^[a-z]+$'::text AND char_length(sku) >= 3"
            ),
            Some(vec![
                ("sku".to_owned(), Rule::Pattern("^[a-z]+$".to_owned())),
                ("sku".to_owned(), Rule::MinLength(3)),
            ])
        );
        assert_eq!(
            rules_of(&sql_server::READING, "state IN (N'a', N'b')"),
            Some(vec![("state".to_owned(), Rule::OneOf(vec!["a".to_owned(), "b".to_owned()]))])
        );
    }

    #[test]
    fn what_means_more_is_no_rule() {
        for text in ["a > 0", "a >= b", "a >= 0 OR b >= 0", "lower(a) = a", "a >= 0 AND b <> c"] {
            assert_eq!(rules_of(&postgres::READING, text), None, "{text}");
        }
    }
}
