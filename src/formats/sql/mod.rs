//! SQL: five dialects out, all of them in.
//!
//! What becomes of the model's structure stands in [`relational`](super::relational); types are
//! spelled so:
//!
//! | type | PostgreSQL | MySQL, MariaDB | SQLite | SQL Server |
//! |---|---|---|---|---|
//! | string, string(n) | `varchar`, `varchar(n)` | `varchar(255)`, `varchar(n)` | `varchar`, `varchar(n)` | `nvarchar(255)`, `nvarchar(n)` |
//! | text | `text` | `longtext` | `text` | `nvarchar(max)` |
//! | tiny, small | `smallint` | `tinyint`, `smallint` | `tinyint`, `smallint` | `smallint` |
//! | integer, big | `integer`, `bigint` | `int`, `bigint` | `integer`, `bigint` | `int`, `bigint` |
//! | decimal(p, s) | `numeric(p, s)` | `decimal(p, s)` | `decimal(p, s)` | `decimal(p, s)` |
//! | decimal | `numeric` | `decimal(65, 30)` | `decimal` | `decimal(38, 10)` |
//! | float, double | `real`, `double precision` | `float`, `double` | `real`, `double` | `real`, `float` |
//! | boolean | `boolean` | `boolean` | `boolean` | `bit` |
//! | date, time | `date`, `time` | `date`, `time(6)` | `date`, `time` | `date`, `time` |
//! | date-time zoned, plain | `timestamptz`, `timestamp` | `timestamp(6)`, `datetime(6)` | `timestamp`, `datetime` | `datetimeoffset`, `datetime2` |
//! | interval | `interval` | `varchar(64)` | `varchar(64)` | `nvarchar(64)` |
//! | uuid | `uuid` | `char(36)`, `uuid` | `char(36)` | `uniqueidentifier` |
//! | object id | `char(24)` | `char(24)` | `char(24)` | `char(24)` |
//! | binary, binary(n) | `bytea` | `longblob`, `varbinary(n)` | `blob`, `blob(n)` | `varbinary(max)`, `varbinary(n)` |
//! | json | `jsonb` | `json` | `text` and a check | `nvarchar(max)` and a check |
//! | geo point | `point` | `point` | `text` | `geography` |
//! | inet | `inet` | `varchar(43)` | `varchar(43)` | `varchar(43)` |
//! | vector | `real[]` | `json` | `text` | `nvarchar(max)` |
//! | enumeration | a type | `enum(…)` | `varchar(n)` and a check | `nvarchar(n)` and a check |
//! | list of scalars | `type[]` | `json` | JSON | JSON |
//!
//! A field's native type for the dialect is printed as it is when it can be nothing but a type.
//!
//! | else | as |
//! |---|---|
//! | smallest, largest, lengths | a check named `table_column_check` |
//! | pattern | the same, where the dialect matches regular expressions (not SQLite, SQL Server) |
//! | notes | `COMMENT ON`, `COMMENT`, comments of the script, extended properties |
//! | foreign keys that close a cycle | `ALTER TABLE` at the end; SQLite takes them in the table |
//! | unique and optional, in SQL Server | a unique index over the rows that have a value |
//! | expressions of checks, defaults, indexes | as typed, while they are one contained expression |
//!
//! Reading order: [`dialect`] (what makes one SQL different), [`dialects`] (THE list), [`text`]
//! (what is escaped how), [`writer`], [`native_type`], [`storage`], [`adapt`], `code`, [`render`],
//! [`exporter`]; then [`import`].

pub(crate) mod adapt;
mod code;
pub mod dialect;
pub mod dialects;
pub mod exporter;
pub mod import;
pub mod native_type;
pub mod render;
pub mod storage;
pub mod text;
pub mod writer;
