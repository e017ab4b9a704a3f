//! How MySQL and MariaDB store tables.

use crate::formats::code::code;
use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{ColumnType, ForeignKey, Schema, Table};
use crate::formats::sql::adapt;
use crate::formats::sql::storage::Storage;
use crate::formats::sql::text;

/// What stands behind the columns.
pub(super) fn storage(id: &str, table: &Table) -> Storage {
    let option = |key| table.extras.option(id, key);
    let mut options = code!(" ENGINE=", text::typed(option("engine").unwrap_or("InnoDB")));
    let charset = option("charset").unwrap_or("utf8mb4");
    // A collation is of one character set, and says which.
    let is_of = |collation: &str| {
        collation.strip_prefix(charset).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    };
    let collation = option("collation");
    if collation.is_none_or(is_of) {
        options.push(code!(" DEFAULT CHARSET=", text::typed(charset)));
    }
    for (word, value) in [
        ("COLLATE", collation.map(str::to_owned)),
        ("ROW_FORMAT", option("row_format").map(str::to_uppercase)),
        ("AUTO_INCREMENT", option("auto_increment").map(str::to_owned)),
    ] {
        if let Some(value) = value {
            options.push(code!(" ", word, "=", text::typed(&value)));
        }
    }
    Storage { kind: "", options }
}

/// Leaves out what only the relative knows, and references that storage makes impossible.
pub(super) fn adapt(id: &str, foreign: &[&str], schema: &mut Schema, notices: &mut Notices) {
    for table in &mut schema.tables {
        for key in ["engine", "collation"] {
            let Some(value) = table.extras.option(id, key).map(str::to_lowercase) else { continue };
            let is_foreign = foreign.iter().any(|part| value.contains(part));
            if is_foreign {
                table.extras.remove(id, key);
                let why = "engines and collations of a relative are left out";
                notices.note(why, format!("{} ({value})", table.name.name));
            }
        }
    }
    let why = "references that InnoDB alone keeps are left out with another engine";
    adapt::keep_references(schema, notices, why, |table, referenced, _| {
        [table, referenced].iter().all(|one| has_references(id, one))
    });
    let why = "references between texts of different character sets are left out";
    adapt::keep_references(schema, notices, why, |table, referenced, key| {
        texts_of(id, table) == texts_of(id, referenced) || !has_text(table, key)
    });
}

/// Whether the engine of a table keeps references.
fn has_references(id: &str, table: &Table) -> bool {
    table.extras.option(id, "engine").is_none_or(|engine| engine.eq_ignore_ascii_case("InnoDB"))
}

/// What the texts of a table are made of.
fn texts_of(id: &str, table: &Table) -> [Option<String>; 2] {
    ["charset", "collation"].map(|key| table.extras.option(id, key).map(str::to_lowercase))
}

fn has_text(table: &Table, key: &ForeignKey) -> bool {
    key.columns.iter().filter_map(|name| table.column(name)).any(|column| {
        matches!(
            column.ty,
            ColumnType::String { .. } | ColumnType::Text | ColumnType::ObjectId | ColumnType::Uuid
        )
    })
}
