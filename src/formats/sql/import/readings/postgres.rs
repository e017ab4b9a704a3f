//! PostgreSQL, `pg_dump` included.

use sqlparser::dialect::PostgreSqlDialect;

use crate::formats::sql::import::constraint::InlineIndexes;
use crate::formats::sql::import::lexer::Quoting;
use crate::formats::sql::import::readings::Reading;
use crate::formats::sql::import::storage;
use crate::model::data_type::DataType;

/// How PostgreSQL is read.
pub(crate) static READING: Reading = Reading {
    signs: &[
        ("postgresql database dump", 9),
        ("pg_catalog", 6),
        ("\\restrict", 6),
        ("create extension", 6),
        ("as enum", 5),
        ("nextval(", 5),
        ("\\connect", 4),
        ("comment on table", 4),
        ("comment on column", 4),
        ("jsonb", 4),
        ("timestamptz", 4),
        ("as identity", 4),
        ("character varying", 4),
        ("search_path", 4),
        ("timestamp with", 3),
        ("serial", 3),
        ("::", 3),
        ("bytea", 3),
        ("gen_random_uuid", 3),
        ("[]", 2),
        ("postgres", 2),
    ],
    quoting: Quoting {
        backslashes: false,
        double_quoted_texts: false,
        brackets: false,
        postgres: true,
        mysql: false,
        batches: false,
    },
    folds: true,
    inline_indexes: InlineIndexes::No,
    grammar: || Box::new(PostgreSqlDialect {}),
    checks_enumerations: false,
    has_row_ids: false,
    namespace_is_database: false,
    updates_on_change: false,
    storage: storage::read_postgres,
    own_type: |name, _| {
        Some(match name {
            "timestamp" | "timestamp without time zone" => DataType::DateTime { zoned: false },
            "money" => DataType::Decimal { precision: None, scale: None },
            "name" => DataType::String { length: Some(63) },
            _ => return None,
        })
    },
    unknown_type: |_| DataType::Text,
    synonyms: &[
        ("int", "integer"),
        ("int4", "integer"),
        ("serial", "integer"),
        ("serial4", "integer"),
        ("int8", "bigint"),
        ("bigserial", "bigint"),
        ("serial8", "bigint"),
        ("int2", "smallint"),
        ("smallserial", "smallint"),
        ("serial2", "smallint"),
        ("float8", "double precision"),
        ("float", "double precision"),
        ("float4", "real"),
        ("decimal", "numeric"),
        ("dec", "numeric"),
        ("bool", "boolean"),
        ("bpchar", "char"),
        ("character", "char"),
        ("character varying", "varchar"),
        ("timestamp with time zone", "timestamptz"),
        ("timestamp without time zone", "timestamp"),
        ("time without time zone", "time"),
    ],
    is_usual: |_, _| false,
};
