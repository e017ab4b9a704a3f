//! Types and defaults in the words that DBML's users and its SQL exporters know.
//!
//! Must not know tables.

use crate::formats::dbml::text::{expression, name, string};
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
        _ => Some(column_type(&Model::new(), ty, &|_| None).replace('"', "")),
    }
}

/// The type of a column; enumerations and embedded types by the name that `named` knows.
pub(super) fn column_type(
    model: &Model,
    ty: &DataType,
    named: &impl Fn(&DataType) -> Option<String>,
) -> String {
    let with = |word: &str, parameter: Option<u32>| match parameter {
        Some(parameter) => format!("{word}({parameter})"),
        None => word.to_owned(),
    };
    match ty {
        DataType::String { length } => with("varchar", *length),
        DataType::Text => "text".to_owned(),
        DataType::Integer(IntegerSize::Tiny) => "tinyint".to_owned(),
        DataType::Integer(IntegerSize::Small) => "smallint".to_owned(),
        DataType::Integer(IntegerSize::Regular) => "int".to_owned(),
        DataType::Integer(IntegerSize::Big) => "bigint".to_owned(),
        DataType::Decimal { precision: Some(precision), scale: Some(scale) } => {
            format!("decimal({precision},{scale})")
        }
        DataType::Decimal { precision, .. } => with("decimal", precision.map(u32::from)),
        DataType::Float => "float".to_owned(),
        DataType::Double => "double".to_owned(),
        DataType::Boolean => "boolean".to_owned(),
        DataType::Date => "date".to_owned(),
        DataType::Time => "time".to_owned(),
        DataType::DateTime { zoned: true } => "timestamptz".to_owned(),
        DataType::DateTime { zoned: false } => "timestamp".to_owned(),
        DataType::Interval => "interval".to_owned(),
        DataType::Uuid => "uuid".to_owned(),
        DataType::ObjectId => "ObjectId".to_owned(),
        DataType::Binary { length } => with("binary", *length),
        DataType::Json => "json".to_owned(),
        DataType::Mixed => "mixed".to_owned(),
        DataType::GeoPoint => "point".to_owned(),
        DataType::Inet => "inet".to_owned(),
        DataType::Vector { dimensions } => with("vector", *dimensions),
        DataType::Object => "object".to_owned(),
        DataType::Enumeration(_) => named(ty).unwrap_or_else(|| "varchar".to_owned()),
        DataType::Embedded(id) => named(ty).unwrap_or_else(|| {
            name(model.entity(*id).map_or("object", |entity| entity.name.as_str()))
        }),
        DataType::Map(_) => name(&type_name(model, ty)),
        DataType::Array(item) => format!("{}[]", column_type(model, item, named)),
    }
}

/// A type in the words of a database: bare where it is one word with arguments, else in quotes.
pub(super) fn native_type(native: &str) -> String {
    let plain = native.trim_end_matches("[]");
    let (word, arguments) = match plain.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        Some((word, arguments)) => (word, Some(arguments)),
        None => (plain, None),
    };
    let is_word = |text: &str| name(text) == text;
    let are_plain = |arguments: &str| {
        let mut arguments = arguments.split(',').map(str::trim);
        arguments.all(|one| !one.is_empty() && one.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    let is_bare = is_word(word) && arguments.is_none_or(are_plain);
    let lists = native.get(plain.len()..).unwrap_or_default();
    if is_bare { native.to_owned() } else { format!("{}{lists}", name(plain)) }
}

/// The default of a column; none when it has none or DBML cannot say it.
pub(super) fn default_of(field: &Field) -> Option<String> {
    match field.default.as_ref()? {
        DefaultValue::Value(literal) => Some(match literal {
            Literal::Null => "null".to_owned(),
            Literal::Boolean(value) => value.to_string(),
            Literal::Number(number) if number.to_f64().is_finite() => number.as_str().to_owned(),
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
