//! SQL Server, scripts of its Management Studio included.

use sqlparser::dialect::MsSqlDialect;

use crate::formats::sql::import::constraint::InlineIndexes;
use crate::formats::sql::import::lexer::Quoting;
use crate::formats::sql::import::readings::Reading;
use crate::formats::sql::import::storage;
use crate::model::data_type::{DataType, IntegerSize};

/// How SQL Server is read.
pub(crate) static READING: Reading = Reading {
    signs: &[
        ("\ngo\n", 6),
        ("\ngo\r\n", 6),
        ("[dbo]", 6),
        ("sp_addextendedproperty", 6),
        ("identity(", 5),
        ("identity (", 5),
        ("nonclustered", 5),
        ("dbo.", 4),
        ("nvarchar", 2),
        ("sql server", 4),
        ("sqlserver", 4),
        ("uniqueidentifier", 4),
        ("datetime2", 4),
        ("(max)", 3),
        ("isjson(", 3),
    ],
    quoting: Quoting {
        backslashes: false,
        double_quoted_texts: false,
        brackets: true,
        postgres: false,
        mysql: false,
        batches: true,
    },
    folds: false,
    inline_indexes: InlineIndexes::SqlServer,
    grammar: || Box::new(MsSqlDialect {}),
    checks_enumerations: true,
    has_row_ids: false,
    namespace_is_database: false,
    updates_on_change: false,
    storage: storage::read_sql_server,
    own_type: |name, ty| {
        let argument = ty.arguments.first().map(String::as_str);
        Some(match (name, argument) {
            ("nvarchar", Some("255")) => DataType::STRING,
            ("bit", _) => DataType::Boolean,
            ("tinyint", _) => DataType::Integer(IntegerSize::Small),
            ("timestamp", _) => DataType::Binary { length: Some(8) },
            ("geography", _) => DataType::GeoPoint,
            ("decimal", Some("38")) if ty.arguments == ["38", "10"] => {
                DataType::Decimal { precision: None, scale: None }
            }
            _ => return None,
        })
    },
    unknown_type: |_| DataType::Text,
    synonyms: &[
        ("integer", "int"),
        ("dec", "decimal"),
        ("numeric", "decimal"),
        ("character", "char"),
        ("character varying", "varchar"),
    ],
    is_usual: |name, arguments| {
        matches!(
            (name, arguments),
            ("datetime2" | "time" | "datetimeoffset", [only]) if only == "7"
        ) || (name == "float" && arguments == ["53"])
    },
};
