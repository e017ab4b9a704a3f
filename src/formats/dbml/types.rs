//! Types and defaults in the words that DBML's users and its SQL exporters know.
//!
//! Must not know tables.

use crate::formats::code::code;
use crate::formats::dbml::text::{Code, expression, name, string};
use crate::model::Model;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::entity::EntityKind;
use crate::model::field::{DefaultValue, Field, Literal};
use crate::model::spelling::type_name;

/// A database that a project may name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Database {
    /// Its target id.
    pub id: &'static str,
    /// What DBML calls it.
    name: &'static str,
    /// Other names that people write, in lower case without blanks.
    others: &'static [&'static str],
    /// Whether types may be spelled in its own words.
    pub is_sql: bool,
    /// What its tables are to a model.
    pub kind: EntityKind,
}

const DATABASES: [Database; 6] = [
    sql("postgres", "PostgreSQL", &["postgres", "pg", "pgsql"]),
    sql("mysql", "MySQL", &[]),
    sql("mariadb", "MariaDB", &[]),
    sql("sqlite", "SQLite", &["sqlite3"]),
    sql("sqlserver", "SQL Server", &["mssql", "microsoftsqlserver", "tsql"]),
    Database {
        id: "mongoose",
        name: "MongoDB",
        others: &["mongo", "mongoose"],
        is_sql: false,
        kind: EntityKind::Collection,
    },
];

const fn sql(id: &'static str, name: &'static str, others: &'static [&'static str]) -> Database {
    Database { id, name, others, is_sql: true, kind: EntityKind::Table }
}

/// The database that a project names.
pub(super) fn database_of(name: &str) -> Option<Database> {
    let plain = |name: &str| -> String {
        name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
    };
    let wanted = plain(name);
    let is_it = |one: &Database| plain(one.name) == wanted || one.others.contains(&wanted.as_str());
    DATABASES.into_iter().find(is_it)
}

/// The database of a target.
pub(super) fn database_for(target: &str) -> Option<Database> {
    let target = if target == "mongodb" { "mongoose" } else { target };
    DATABASES.into_iter().find(|one| one.id == target)
}

/// What DBML calls the database of a target.
pub(super) fn database_name(target: &str) -> &'static str {
    database_for(target).map_or("Generic", |database| database.name)
}

/// How a type that has no name is spelled, without quotes.
pub(super) fn own_spelling(ty: &DataType) -> Option<String> {
    match ty.innermost() {
        DataType::Enumeration(_) | DataType::Embedded(_) => None,
        _ => Some(column_type(&Model::new(), ty, &|_| None).as_str().replace('"', "")),
    }
}

/// The type of a column; enumerations and embedded types by the name that `named` knows.
pub(super) fn column_type(
    model: &Model,
    ty: &DataType,
    named: &impl Fn(&DataType) -> Option<Code>,
) -> Code {
    let with = |word: &'static str, parameter: Option<u32>| match parameter {
        Some(parameter) => code!(word, "(", parameter, ")"),
        None => code!(word),
    };
    match ty {
        DataType::String { length } => with("varchar", *length),
        DataType::Text => code!("text"),
        DataType::Integer(IntegerSize::Tiny) => code!("tinyint"),
        DataType::Integer(IntegerSize::Small) => code!("smallint"),
        DataType::Integer(IntegerSize::Regular) => code!("int"),
        DataType::Integer(IntegerSize::Big) => code!("bigint"),
        DataType::Decimal { precision: Some(precision), scale: Some(scale) } => {
            code!("decimal(", precision, ",", scale, ")")
        }
        DataType::Decimal { precision, .. } => with("decimal", precision.map(u32::from)),
        DataType::Float => code!("float"),
        DataType::Double => code!("double"),
        DataType::Boolean => code!("boolean"),
        DataType::Date => code!("date"),
        DataType::Time => code!("time"),
        DataType::DateTime { zoned: true } => code!("timestamptz"),
        DataType::DateTime { zoned: false } => code!("timestamp"),
        DataType::Interval => code!("interval"),
        DataType::Uuid => code!("uuid"),
        DataType::ObjectId => code!("ObjectId"),
        DataType::Binary { length } => with("binary", *length),
        DataType::Json => code!("json"),
        DataType::Mixed => code!("mixed"),
        DataType::GeoPoint => code!("point"),
        DataType::Inet => code!("inet"),
        DataType::Vector { dimensions } => with("vector", *dimensions),
        DataType::Object => code!("object"),
        DataType::Enumeration(_) => named(ty).unwrap_or_else(|| code!("varchar")),
        DataType::Embedded(id) => named(ty).unwrap_or_else(|| {
            name(model.entity(*id).map_or("object", |entity| entity.name.as_str()))
        }),
        DataType::Map(_) => name(&type_name(model, ty)),
        DataType::Array(item) => code!(column_type(model, item, named), "[]"),
    }
}

/// The default of a column; none when it has none or DBML cannot say it.
pub(super) fn default_of(field: &Field) -> Option<Code> {
    match field.default.as_ref()? {
        DefaultValue::Value(literal) => Some(match literal {
            Literal::Null => code!("null"),
            Literal::Boolean(value) => code!(if *value { "true" } else { "false" }),
            Literal::Number(number) if number.to_f64().is_finite() => code!(number),
            Literal::Number(number) => string(number.as_str()),
            // PostgreSQL writes an empty list so.
            Literal::Text(text) if field.ty.is_array() && text == "{}" => string("[]"),
            Literal::EmptyObject if field.ty.is_array() => string("[]"),
            Literal::Text(text) => string(text),
            Literal::EmptyArray => string("[]"),
            Literal::EmptyObject => string("{}"),
        }),
        DefaultValue::Now => expression("now()"),
        DefaultValue::Generated => expression(match field.ty {
            DataType::Uuid => "gen_random_uuid()",
            _ => "ObjectId()",
        }),
        DefaultValue::Expression(text) => expression(text),
    }
}
