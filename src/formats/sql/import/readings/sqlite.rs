//! SQLite, whose types are what somebody wrote.

use sqlparser::dialect::SQLiteDialect;

use crate::formats::sql::import::constraint::InlineIndexes;
use crate::formats::sql::import::lexer::Quoting;
use crate::formats::sql::import::readings::Reading;
use crate::formats::sql::import::storage;
use crate::model::data_type::{DataType, IntegerSize};

/// How SQLite is read.
pub(crate) static READING: Reading = Reading {
    signs: &[
        ("pragma ", 6),
        ("without rowid", 16),
        ("sqlite_", 6),
        ("autoincrement", 16),
        ("randomblob(", 5),
        ("json_valid(", 2),
        ("sqlite", 8),
    ],
    quoting: Quoting {
        backslashes: false,
        double_quoted_texts: false,
        brackets: true,
        postgres: false,
        mysql: false,
        batches: false,
    },
    folds: false,
    inline_indexes: InlineIndexes::No,
    grammar: || Box::new(SQLiteDialect {}),
    checks_enumerations: true,
    has_row_ids: true,
    namespace_is_database: false,
    updates_on_change: false,
    storage: storage::read_sqlite,
    own_type: |name, ty| {
        let argument = ty.arguments.first().map(String::as_str);
        Some(match (name, argument) {
            ("char", Some("36")) => DataType::Uuid,
            ("any", None) => DataType::Mixed,
            ("blob", Some(length)) => DataType::Binary { length: length.parse().ok() },
            _ => return None,
        })
    },
    unknown_type: by_affinity,
    synonyms: &[("bool", "boolean")],
    is_usual: |_, _| false,
};

/// What SQLite makes of a type by the letters in its name.
fn by_affinity(name: &str) -> DataType {
    let has = |part: &str| name.contains(part);
    if has("int") {
        DataType::Integer(IntegerSize::Big)
    } else if has("char") || has("clob") || has("text") {
        DataType::Text
    } else if name.is_empty() || has("blob") {
        DataType::Mixed
    } else if has("real") || has("floa") || has("doub") {
        DataType::Double
    } else {
        DataType::Decimal { precision: None, scale: None }
    }
}
