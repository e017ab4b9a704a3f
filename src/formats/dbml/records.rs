//! Example rows of a table, which the model keeps as an extra and the exporter writes again.
//!
//! The extra is data that anybody may have written: what is no value of DBML is not written.

use serde_json::{Value, json};

use crate::formats::dbml::import::lexer::{Kind, Token, lex};
use crate::formats::dbml::text::{expression, name, string};

/// How many rows of one table are kept.
pub(super) const MOST_ROWS: usize = 1000;

/// Example rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// Columns in the order of the values; none means all of the table.
    pub(super) columns: Vec<String>,
    /// Values as DBML writes them.
    pub(super) rows: Vec<Vec<String>>,
}

impl Rows {
    /// The text of the extra.
    pub(super) fn to_extra(&self) -> String {
        json!({ "columns": self.columns, "rows": self.rows }).to_string()
    }

    /// The rows of an extra, as far as their values are values.
    pub(super) fn from_extra(extra: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(extra).ok()?;
        let texts = |value: &Value| -> Option<Vec<String>> {
            value.as_array()?.iter().map(|one| one.as_str().map(str::to_owned)).collect()
        };
        let columns = texts(value.get("columns")?)?;
        let row = |value: &Value| -> Option<Vec<String>> {
            texts(value)?.iter().map(|text| literal(&lex(text, 0).tokens)).collect()
        };
        let rows = value.get("rows")?.as_array()?.iter().map(row).collect::<Option<Vec<_>>>()?;
        Some(Self { columns, rows })
    }
}

/// One value as it is written again; none when these tokens are no value.
pub(super) fn literal(tokens: &[Token<'_>]) -> Option<String> {
    match tokens {
        [] => Some("null".to_owned()),
        [sign, number]
            if number.kind == Kind::Number && (sign.is_sign('-') || sign.is_sign('+')) =>
        {
            Some(format!("{}{}", if sign.is_sign('-') { "-" } else { "" }, number.text))
        }
        [only] => match only.kind {
            Kind::Number => Some(only.text.to_string()),
            Kind::Text | Kind::Quoted => Some(string(&only.text)),
            Kind::Expression => expression(&only.text),
            Kind::Word => {
                let word = only.text.to_ascii_lowercase();
                ["true", "false", "null"].contains(&word.as_str()).then_some(word)
            }
            Kind::Color | Kind::Sign(_) => None,
        },
        tokens => {
            // The value of an enumeration by its full name.
            let parts: Vec<_> = tokens.split(|token| token.is_sign('.')).collect();
            let names = parts.iter().map(|part| match part {
                [only] if only.is_name() => Some(name(&only.text)),
                _ => None,
            });
            names.collect::<Option<Vec<_>>>().map(|names| names.join("."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_value_is_no_row() {
        let rows = Rows {
            columns: vec!["id".to_owned()],
            rows: vec![vec!["-1.5".to_owned()], vec!["'a\\nb'".to_owned()], vec!["`now()`".into()]],
        };
        assert_eq!(Rows::from_extra(&rows.to_extra()), Some(rows.clone()));
        for text in ["1 } Table x { id int", "}", "'a', 'b'", "a"] {
            let bad = Rows { rows: vec![vec![text.to_owned()]], ..rows.clone() };
            assert_eq!(Rows::from_extra(&bad.to_extra()), None, "{text}");
        }
    }
}
