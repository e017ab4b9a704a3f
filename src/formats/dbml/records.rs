//! Example rows of a table, which the model keeps as an extra and the exporter writes again.
//!
//! The extra is data that anybody may have written: what is no value of DBML is not written.

use serde_json::{Value, json};

use crate::formats::code::{code, join};
use crate::formats::dbml::import::lexer::{Kind, Token, lex};
use crate::formats::dbml::text::{self, Code, expression, name, string};

/// How many rows of one table are kept.
pub(super) const MOST_ROWS: usize = 1000;

/// Example rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// Columns in the order of the values; none means all of the table.
    pub(super) columns: Vec<String>,
    /// Values as DBML writes them.
    pub(super) rows: Vec<Vec<Code>>,
}

impl Rows {
    /// The text of the extra.
    pub(super) fn to_extra(&self) -> String {
        let rows = self.rows.iter();
        let rows: Vec<Vec<&str>> = rows.map(|row| row.iter().map(Code::as_str).collect()).collect();
        json!({ "columns": self.columns, "rows": rows }).to_string()
    }

    /// The rows of an extra, as far as their values are values.
    pub(super) fn from_extra(extra: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(extra).ok()?;
        let texts = |value: &Value| -> Option<Vec<String>> {
            value.as_array()?.iter().map(|one| one.as_str().map(str::to_owned)).collect()
        };
        let columns = texts(value.get("columns")?)?;
        let row = |value: &Value| -> Option<Vec<Code>> {
            texts(value)?.iter().map(|text| literal(&lex(text, 0).tokens)).collect()
        };
        let rows = value.get("rows")?.as_array()?.iter().map(row).collect::<Option<Vec<_>>>()?;
        Some(Self { columns, rows })
    }
}

/// One value as it is written again; none when these tokens are no value.
pub(super) fn literal(tokens: &[Token<'_>]) -> Option<Code> {
    match tokens {
        [] => Some(code!("null")),
        [sign, number]
            if number.kind == Kind::Number && (sign.is_sign('-') || sign.is_sign('+')) =>
        {
            Some(code!(if sign.is_sign('-') { "-" } else { "" }, text::number(&number.text)))
        }
        [only] => match only.kind {
            Kind::Number => Some(text::number(&only.text)),
            Kind::Text | Kind::Quoted => Some(string(&only.text)),
            Kind::Expression => expression(&only.text),
            Kind::Word => {
                let mut words = ["true", "false", "null"].into_iter();
                words.find(|word| only.text.eq_ignore_ascii_case(word)).map(|word| code!(word))
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
            names.collect::<Option<Vec<_>>>().map(|names| join(names, "."))
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
            rows: vec![vec![code!("-1.5")], vec![string("a\nb")], vec![code!("`now()`")]],
        };
        assert_eq!(Rows::from_extra(&rows.to_extra()), Some(rows.clone()));
        for text in ["1 } Table x { id int", "}", "'a', 'b'", "a"] {
            let bad = json!({ "columns": ["id"], "rows": [[text]] }).to_string();
            assert_eq!(Rows::from_extra(&bad), None, "{text}");
        }
    }
}
