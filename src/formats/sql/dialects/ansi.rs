//! The standard's way, which the dialects share where they agree with it.

use crate::base::reserved::is_reserved;
use crate::formats::relational::schema::{ColumnType, IndexOn, Rule, TableIndex, TableIndexPart};
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::render::WIDE;
use crate::formats::sql::writer::Writer;
use crate::model::field::{DefaultValue, Literal, Number};
use crate::model::index::SortOrder;

/// Letters, digits and underscores, not a word of the dialect.
pub fn is_bare(name: &str, target: &str) -> bool {
    is_word(name) && !is_reserved(name, target)
}

/// Whether a name is made of ASCII letters, digits and underscores and begins with no digit.
pub fn is_word(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// A name in double quotes; those inside are doubled.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text in single quotes; those inside are doubled. No dialect takes NUL.
pub fn string(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', "''"))
}

/// `TRUE` or `FALSE`.
pub fn boolean(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// The current day, time or moment.
pub fn now(ty: &ColumnType) -> &'static str {
    match ty {
        ColumnType::Date => "CURRENT_DATE",
        ColumnType::Time => "CURRENT_TIME",
        _ => "CURRENT_TIMESTAMP",
    }
}

/// A constant as a default of a column of that type.
pub fn constant(dialect: &dyn Dialect, literal: &Literal, ty: &ColumnType) -> String {
    let is_json = *ty == ColumnType::Json;
    match literal {
        Literal::Null => "NULL".to_owned(),
        Literal::Boolean(value) if is_json => dialect.string(if *value { "true" } else { "false" }),
        Literal::Boolean(value) => dialect.boolean(*value).to_owned(),
        Literal::Number(number) if is_json => dialect.string(number.as_str()),
        Literal::Number(number) => number.as_str().to_owned(),
        Literal::Text(text) => dialect.string(text),
        Literal::EmptyArray if is_json => dialect.string("[]"),
        Literal::EmptyArray | Literal::EmptyObject => dialect.string("{}"),
    }
}

/// A default; expressions other than constants stand in parentheses.
pub fn default_value(dialect: &dyn Dialect, default: &DefaultValue, ty: &ColumnType) -> String {
    match default {
        DefaultValue::Value(literal) => dialect.constant(literal, ty),
        DefaultValue::Now => dialect.now(ty).to_owned(),
        DefaultValue::Generated => dialect.generated_value(ty).to_owned(),
        DefaultValue::Expression(text) => match without_parentheses(text) {
            number if Number::parse(number).is_some() => number.to_owned(),
            text if is_one_text(text) => text.to_owned(),
            text if text.eq_ignore_ascii_case("true") => dialect.boolean(true).to_owned(),
            text if text.eq_ignore_ascii_case("false") => dialect.boolean(false).to_owned(),
            _ => in_parentheses(text),
        },
    }
}

/// Whether an expression is nothing but one text in quotes, in every dialect.
fn is_one_text(text: &str) -> bool {
    let text = text.trim();
    let quoted = text.strip_prefix('N').unwrap_or(text);
    let inside = quoted.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    inside.is_some_and(|inside| !inside.replace("''", "").contains(['\'', '\\']))
}

/// An expression without the parentheses around all of it, as many as anybody writes.
pub fn without_parentheses(text: &str) -> &str {
    let mut bare = text.trim();
    for _ in 0..16 {
        let inside = bare.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        match inside.filter(|_| is_enclosed(bare)) {
            Some(inside) => bare = inside.trim(),
            None => break,
        }
    }
    bare
}

/// An expression in one pair of parentheses: its own, when it has one around all of it.
pub fn in_parentheses(text: &str) -> String {
    let text = text.trim();
    if is_enclosed(text) { text.to_owned() } else { format!("({text})") }
}

/// Whether the first parenthesis closes at the very end. The text is contained, so that quotes are
/// balanced.
pub fn is_enclosed(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut quote = None;
    for (position, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) => {
                if c == open {
                    quote = None;
                }
            }
            (None, '\'' | '"' | '`') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return position + 1 == text.len();
                }
            }
            (None, _) => {}
        }
        if depth == 0 {
            return false;
        }
    }
    false
}

/// What a rule demands of a column.
pub fn rule(dialect: &dyn Dialect, column: &str, rule: &Rule) -> Option<String> {
    Some(match rule {
        Rule::Min(number) => format!("{column} >= {}", number.as_str()),
        Rule::Max(number) => format!("{column} <= {}", number.as_str()),
        Rule::MinLength(length) => format!("char_length({column}) >= {length}"),
        Rule::MaxLength(length) => format!("char_length({column}) <= {length}"),
        Rule::OneOf(values) => {
            let values: Vec<_> = values.iter().map(|value| dialect.string(value)).collect();
            format!("{column} IN ({})", values.join(", "))
        }
        Rule::Pattern(_) | Rule::Json => return None,
    })
}

/// The parts of an index between commas, expressions in parentheses.
pub fn index_parts(sql: &Writer<'_>, parts: &[TableIndexPart]) -> String {
    let part = |part: &TableIndexPart| {
        let on = match &part.on {
            IndexOn::Column(name) => sql.name(name),
            IndexOn::Expression(text) => in_parentheses(text),
        };
        let prefix = part.prefix.map_or_else(String::new, |length| format!("({length})"));
        let order = match part.order {
            SortOrder::Ascending => "",
            SortOrder::Descending => " DESC",
        };
        format!("{on}{prefix}{order}")
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// `CREATE INDEX name ON table (parts) WHERE …`; `parts` may begin with a method.
pub fn create_index(sql: &Writer<'_>, table: &str, index: &TableIndex, parts: &str) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let name = sql.name(&index.name);
    let partial = index.partial.as_ref().map_or_else(String::new, |text| format!(" WHERE {text}"));
    let head = format!("CREATE {unique}INDEX {name}");
    let tail = format!("ON {table} {parts}{partial}");
    let is_wide = head.chars().count() + tail.chars().count() >= WIDE;
    let separator = if is_wide { "\n    " } else { " " };
    format!("{head}{separator}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parentheses_are_added_once() {
        assert_eq!(in_parentheses("(1 + 2)"), "(1 + 2)");
        assert_eq!(in_parentheses("(a) + (b)"), "((a) + (b))");
        assert_eq!(in_parentheses("lower(a)"), "(lower(a))");
        assert_eq!(in_parentheses("('(')"), "('(')");
    }
}
