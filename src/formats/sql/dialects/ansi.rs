//! The standard's way, which the dialects share where they agree with it.

use crate::base::reserved::is_reserved;
use crate::formats::code::{Code, code, join};
use crate::formats::relational::schema::{
    ColumnType, IndexOn, Rule, Table, TableIndex, TableIndexPart,
};
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::render::WIDE;
use crate::formats::sql::text::{self, Sql};
use crate::formats::sql::writer::Writer;
use crate::model::field::{DefaultValue, Literal, Number};
use crate::model::index::SortOrder;

/// Letters, digits and underscores, not a word of the dialect.
pub fn is_bare(name: &str, target: &str) -> bool {
    text::word(name).is_some() && !is_reserved(name, target)
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
pub fn constant(dialect: &dyn Dialect, literal: &Literal, ty: &ColumnType) -> Code<Sql> {
    let is_json = *ty == ColumnType::Json;
    match literal {
        Literal::Null => code!("NULL"),
        Literal::Boolean(value) if is_json => dialect.string(if *value { "true" } else { "false" }),
        Literal::Boolean(value) => code!(dialect.boolean(*value)),
        Literal::Number(number) if is_json => dialect.string(number.as_str()),
        Literal::Number(number) => code!(number),
        Literal::Text(text) => dialect.string(text),
        Literal::EmptyArray if is_json => dialect.string("[]"),
        Literal::EmptyArray | Literal::EmptyObject => dialect.string("{}"),
    }
}

/// A default; expressions other than constants stand in parentheses.
pub fn default_value(dialect: &dyn Dialect, default: &DefaultValue, ty: &ColumnType) -> Code<Sql> {
    match default {
        DefaultValue::Value(literal) => dialect.constant(literal, ty),
        DefaultValue::Now => code!(dialect.now(ty)),
        DefaultValue::Generated => code!(dialect.generated_value(ty)),
        DefaultValue::Expression(text) => match without_parentheses(text) {
            number if Number::parse(number).is_some() => text::typed(number),
            text if is_one_text(text) => text::typed(text),
            text if text.eq_ignore_ascii_case("true") => code!(dialect.boolean(true)),
            text if text.eq_ignore_ascii_case("false") => code!(dialect.boolean(false)),
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

/// A typed expression in one pair of parentheses: its own, when it has one around all of it.
pub fn in_parentheses(expression: &str) -> Code<Sql> {
    enclosed(text::typed(expression.trim()))
}

/// Code in one pair of parentheses: its own, when it has one around all of it.
pub fn enclosed(code: Code<Sql>) -> Code<Sql> {
    if is_enclosed(code.as_str()) { code } else { code!("(", code, ")") }
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
pub fn rule(dialect: &dyn Dialect, column: &Code<Sql>, rule: &Rule) -> Option<Code<Sql>> {
    Some(match rule {
        Rule::Min(number) => code!(column, " >= ", number),
        Rule::Max(number) => code!(column, " <= ", number),
        Rule::MinLength(length) => code!("char_length(", column, ") >= ", length),
        Rule::MaxLength(length) => code!("char_length(", column, ") <= ", length),
        Rule::OneOf(values) => {
            let values = values.iter().map(|value| dialect.string(value));
            code!(column, " IN (", join(values, ", "), ")")
        }
        Rule::Pattern(_) | Rule::Json => return None,
    })
}

/// The parts of an index between commas, expressions in parentheses.
pub fn index_parts(sql: &Writer<'_>, parts: &[TableIndexPart]) -> Code<Sql> {
    let part = |part: &TableIndexPart| {
        let on = match &part.on {
            IndexOn::Column(name) => sql.name(name),
            IndexOn::Expression(text) => in_parentheses(text),
        };
        let prefix = part.prefix.map(|length| code!("(", length, ")"));
        let order = match part.order {
            SortOrder::Ascending => "",
            SortOrder::Descending => " DESC",
        };
        code!(on, prefix, order)
    };
    join(parts.iter().map(part), ", ")
}

/// `CREATE INDEX name ON table (parts) WHERE …`; `parts` may begin with a method.
pub fn create_index(
    sql: &Writer<'_>,
    table: &Table,
    index: &TableIndex,
    parts: Code<Sql>,
) -> Code<Sql> {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let head: Code<Sql> = code!("CREATE ", unique, "INDEX");
    let name = sql.name(&index.name);
    let partial = index.partial.as_ref().map(|text| code!(" WHERE ", text::typed(text)));
    let tail = code!("ON ", sql.qualified(&table.name), " ", parts, partial);
    let is_wide = head.width() + 1 + name.width() + tail.width() >= WIDE;
    let separator = if is_wide { "\n    " } else { " " };
    code!(head, sql.if_not_exists, " ", name, separator, tail)
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
