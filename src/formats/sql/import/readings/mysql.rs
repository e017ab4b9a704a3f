//! MySQL and MariaDB, their dumps included.

use sqlparser::dialect::MySqlDialect;

use crate::formats::sql::import::constraint::InlineIndexes;
use crate::formats::sql::import::facts::TypeFacts;
use crate::formats::sql::import::lexer::Quoting;
use crate::formats::sql::import::readings::Reading;
use crate::formats::sql::import::storage;
use crate::model::data_type::{DataType, IntegerSize};

/// How MySQL is read.
pub(crate) static READING: Reading = Reading {
    signs: &[
        ("-- mysql dump", 9),
        ("/*!4", 6),
        ("auto_increment", 5),
        ("on update current_timestamp", 5),
        ("engine=", 4),
        ("engine =", 4),
        (" unsigned", 3),
        ("utf8mb4", 3),
        ("tinyint(1)", 3),
        ("create table `", 6),
        ("create table if not exists `", 6),
        ("`", 4),
        ("mysql", 4),
        ("longtext", 2),
        ("enum(", 2),
    ],
    quoting: Quoting {
        backslashes: true,
        double_quoted_texts: true,
        brackets: false,
        postgres: false,
        mysql: true,
        batches: false,
    },
    folds: false,
    inline_indexes: InlineIndexes::MySql,
    grammar: || Box::new(MySqlDialect {}),
    checks_enumerations: false,
    has_row_ids: false,
    namespace_is_database: true,
    updates_on_change: true,
    storage: storage::read_mysql,
    own_type,
    unknown_type: |_| DataType::Text,
    synonyms: &[
        ("tinyint(1)", "boolean"),
        ("bool", "boolean"),
        ("integer", "int"),
        ("serial", "bigint"),
        ("dec", "decimal"),
        ("numeric", "decimal"),
        ("fixed", "decimal"),
        ("double precision", "double"),
        ("character", "char"),
        ("character varying", "varchar"),
    ],
    is_usual: |name, _| {
        // Widths of integers only say how a client pads them.
        let first = name.split(' ').next().unwrap_or_default();
        matches!(first, "tinyint" | "smallint" | "mediumint" | "int" | "bigint")
    },
};

/// MariaDB tells itself apart in its dumps.
pub(crate) static MARIADB: Reading = Reading {
    signs: &[
        ("mariadb", 9),
        ("/*m!", 9),
        ("/*!4", 6),
        ("auto_increment", 5),
        ("on update current_timestamp", 5),
        ("engine=", 4),
        ("engine =", 4),
        (" unsigned", 3),
        ("utf8mb4", 3),
        ("tinyint(1)", 3),
        ("create table `", 6),
        ("create table if not exists `", 6),
        ("`", 4),
        ("mysql", 4),
        ("longtext", 2),
        ("enum(", 2),
    ],
    ..READING
};

fn own_type(name: &str, ty: &TypeFacts) -> Option<DataType> {
    let argument = ty.arguments.first().map(String::as_str);
    Some(match (name, argument) {
        ("varchar", Some("255")) | ("set", _) => DataType::STRING,
        ("char", Some("36")) => DataType::Uuid,
        ("tinyint" | "bit", Some("1")) | ("bit", None) => DataType::Boolean,
        ("bit", _) => DataType::Binary { length: None },
        ("decimal", Some("65")) if ty.arguments == ["65", "30"] => {
            DataType::Decimal { precision: None, scale: None }
        }
        ("decimal", None) => DataType::Decimal { precision: Some(10), scale: None },
        ("year", _) => DataType::Integer(IntegerSize::Small),
        ("float", None) => DataType::Float,
        ("real", _) => DataType::Double,
        _ => return None,
    })
}
