//! THE list of SQL dialects. A new one is a file here and a line in [`DIALECTS`].

pub mod ansi;
mod cascades;
mod mariadb;
mod mysql;
mod mysql_definition;
mod mysql_family;
mod mysql_keys;
mod mysql_storage;
mod postgres;
mod sql_server;
mod sqlite;

use crate::formats::options::{OptionInfo, OptionValues};
use crate::formats::sql::dialect::Dialect;

/// Every dialect, in the order in which menus and tables show them.
pub static DIALECTS: [&dyn Dialect; 5] = [POSTGRES, MYSQL, MARIADB, SQLITE, SQL_SERVER];

/// PostgreSQL.
pub static POSTGRES: &dyn Dialect = &postgres::Postgres;
/// MySQL.
pub static MYSQL: &dyn Dialect = &mysql::MYSQL;
/// MariaDB.
pub static MARIADB: &dyn Dialect = &mariadb::MARIADB;
/// SQLite.
pub static SQLITE: &dyn Dialect = &sqlite::Sqlite;
/// SQL Server.
pub static SQL_SERVER: &dyn Dialect = &sql_server::SqlServer;

/// Option: which names have quotes.
pub const QUOTE: OptionInfo = OptionInfo {
    key: "quote",
    summary: "which names have quotes",
    values: OptionValues::Choice(&["needed", "always"]),
    default: "needed",
};

/// Option: whether what is there already is dropped first.
pub const DROP: OptionInfo = OptionInfo {
    key: "drop",
    summary: "drop what is there already first",
    values: OptionValues::Flag,
    default: "false",
};

/// Option: whether what is there already is left alone.
pub const IF_NOT_EXISTS: OptionInfo = OptionInfo {
    key: "if_not_exists",
    summary: "leave alone what is there already",
    values: OptionValues::Flag,
    default: "false",
};
