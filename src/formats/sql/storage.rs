//! How tables are stored: properties that dialects declare, and that become code only while they
//! can be nothing else.
//!
//! Must not know how a dialect writes them.

use crate::formats::code::Code;
use crate::formats::options::{OptionInfo, OptionValues};
use crate::formats::property::{Bearer, PropertyInfo};
use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::Schema;
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::text::Sql;
use crate::model::extras::Extras;

/// What stands around the columns of a table and says how it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Storage {
    /// Between `CREATE` and `TABLE`, with a blank before.
    pub kind: &'static str,
    /// Behind the closing parenthesis, with a blank before.
    pub options: Code<Sql>,
}

/// A property of a table.
pub(super) const fn of_table(
    key: &'static str,
    summary: &'static str,
    values: OptionValues,
    default: &'static str,
) -> PropertyInfo {
    PropertyInfo { of: Bearer::Entity, option: OptionInfo { key, summary, values, default } }
}

/// Keeps of the properties of tables those that the dialect knows, under its own name, and leaves
/// out values that could be anything else.
pub(super) fn keep_properties(dialect: &dyn Dialect, schema: &mut Schema, notices: &mut Notices) {
    let ids = dialect.target().ids;
    for table in &mut schema.tables {
        let given = std::mem::take(&mut table.extras);
        let mut kept = Extras::default();
        for property in dialect.info().properties_of(Bearer::Entity) {
            let value = ids.iter().find_map(|id| given.option(id, property.key));
            let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else {
                continue;
            };
            if !is_accepted(property, value) {
                let subject = format!("{} ({})", table.name.name, property.key);
                notices.warn("ways of storage that are not only that are left out", subject);
            } else if !value.eq_ignore_ascii_case(property.default) {
                kept.set(dialect.target().id(), property.key, value);
            }
        }
        table.extras = kept;
    }
}

fn is_accepted(property: &OptionInfo, value: &str) -> bool {
    match (&property.values, property.key) {
        (OptionValues::Flag | OptionValues::Choice(_), _) => property.values.accepts(value),
        (OptionValues::Text, "tablespace" | "filegroup") => is_name(value),
        (OptionValues::Text, "storage_parameters") => is_parameters(value),
        (OptionValues::Text, "auto_increment") => is_number(value),
        (OptionValues::Text, _) => is_word(value),
    }
}

/// Letters, digits and underscores.
fn is_word(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_number(text: &str) -> bool {
    (1..=18).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name that will stand in quotes.
fn is_name(text: &str) -> bool {
    text.chars().count() <= 63 && !text.chars().any(char::is_control)
}

/// `fillfactor=70, autovacuum_enabled=false`.
fn is_parameters(text: &str) -> bool {
    let is_plain = |text: &str, others: &[u8]| {
        let mut bytes = text.bytes();
        !text.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || others.contains(&byte))
    };
    text.split(',').all(|parameter| {
        parameter.split_once('=').is_some_and(|(name, value)| {
            is_plain(name.trim(), b"_.") && is_plain(value.trim(), b"_.-+")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_can_be_nothing_else() {
        assert!(is_word("InnoDB") && is_word("utf8mb4_0900_ai_ci") && !is_word("a b"));
        assert!(is_number("1000") && !is_number("1;") && !is_number("") && !is_number("-1"));
        assert!(is_name("fast disk\"") && !is_name("a\nGO"));
        assert!(is_parameters("fillfactor=70, toast.autovacuum_enabled = false"));
        for text in ["", "fillfactor", "a=", "a=1)", "a='x'", "a=1;b=2", "a=1,,b=2", "a=b c"] {
            assert!(!is_parameters(text), "{text}");
        }
    }
}
