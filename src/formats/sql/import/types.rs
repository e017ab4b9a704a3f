//! Types as scripts spell them → the model's types.
//!
//! What our own exporter would write otherwise keeps its spelling as a native type.

use crate::formats::relational::plain_type;
use crate::formats::relational::schema::{ColumnType, Schema};
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::import::column::read_type;
use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::TypeFacts;
use crate::formats::sql::import::lexer::{Quoting, lex};
use crate::formats::sql::import::readings::Reading;
use crate::formats::sql::native_type::is_type_spelling;
use crate::formats::sql::writer::Writer;
use crate::model::data_type::{DataType, IntegerSize};

/// Types that somebody may have meant.
pub(super) const TYPE_NAMES: &[&str] = &[
    "bigint",
    "binary",
    "boolean",
    "bytea",
    "char",
    "date",
    "datetime",
    "decimal",
    "double",
    "float",
    "integer",
    "interval",
    "json",
    "jsonb",
    "money",
    "numeric",
    "nvarchar",
    "real",
    "serial",
    "smallint",
    "text",
    "time",
    "timestamp",
    "timestamptz",
    "tinyint",
    "uniqueidentifier",
    "uuid",
    "varbinary",
    "varchar",
];

/// What a type means, and its spelling where that says more.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meaning {
    pub(super) ty: DataType,
    pub(super) native: Option<String>,
    /// Whether the type was not known.
    pub(super) is_unknown: bool,
    /// Whether it says more than the type does, in words that cannot be kept.
    pub(super) loses_spelling: bool,
}

/// The meaning of a type that is no enumeration.
pub(super) fn meaning(dialect: &dyn Dialect, ty: &TypeFacts) -> Meaning {
    let reading = dialect.reading();
    let known = known_type(reading, ty);
    let is_unknown = known.is_none();
    let mut meant = known.unwrap_or_else(|| (reading.unknown_type)(&type_name(ty)));
    for _ in 0..ty.arrays {
        meant = meant.array();
    }
    if ty.written.is_empty() && meant == DataType::Mixed {
        // A column without a type takes any value as it is, which `blob` says too.
        return Meaning { native: Some("blob".to_owned()), ..Meaning::known(meant) };
    }
    let native = native(dialect, ty, &meant);
    let loses_spelling = native.is_none() && !ty.written.is_empty() && differs(dialect, ty, &meant);
    Meaning { native, ty: meant, is_unknown, loses_spelling }
}

impl Meaning {
    /// A type that says it all.
    pub(super) fn known(ty: DataType) -> Self {
        Self { ty, native: None, is_unknown: false, loses_spelling: false }
    }
}

/// Whether the dialect's own scripts would spell what it means in another way.
fn differs(dialect: &dyn Dialect, ty: &TypeFacts, meant: &DataType) -> bool {
    let reading = dialect.reading();
    let own = spelled_by(dialect, meant).map(|own| canonical(reading, &own));
    own.as_ref() != Some(&canonical(reading, ty))
}

/// The spelling, where the dialect's own scripts would spell what it means in another way.
pub(super) fn native(dialect: &dyn Dialect, ty: &TypeFacts, meant: &DataType) -> Option<String> {
    if !differs(dialect, ty, meant) {
        return None;
    }
    let written = match ty.written.trim() {
        text if text.contains('\'') => text.to_owned(),
        words => words.split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let has_brackets = dialect.reading().quoting.brackets;
    let bare = if has_brackets { without_brackets(&written) } else { String::new() };
    [written, unquoted(ty), bare].into_iter().find(|text| is_type_spelling(text))
}

/// A type without the brackets around names that need none.
fn without_brackets(written: &str) -> String {
    let mut bare = String::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('[') {
        bare.push_str(before);
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let inside = after.split_once(']').filter(|(name, _)| name.chars().all(is_part));
        if let Some((name, behind)) = inside.filter(|(name, _)| !name.is_empty()) {
            bare.push_str(name);
            rest = behind;
        } else {
            bare.push('[');
            rest = after;
        }
    }
    bare + rest
}

/// A type without the quotes that some tools put around its words.
fn unquoted(ty: &TypeFacts) -> String {
    let arguments = match ty.arguments.join(", ") {
        none if none.is_empty() => none,
        some => format!("({some})"),
    };
    format!("{}{arguments}{}", ty.words.join(" "), "[]".repeat(ty.arrays))
}

/// The type as the dialect's own scripts spell it, read like any other.
fn spelled_by(dialect: &dyn Dialect, ty: &DataType) -> Option<TypeFacts> {
    let schema = Schema::default();
    let sql = Writer { dialect, schema: &schema, quotes_always: false, if_not_exists: "" };
    let column_type = match ty {
        DataType::Array(item) if dialect.target().arrays => {
            ColumnType::Array(Box::new(plain_type(item)?))
        }
        other => plain_type(other)?,
    };
    Some(type_facts(dialect.type_name(&sql, &column_type).as_str(), Quoting::default()))
}

/// A type that is all of a text.
pub(super) fn type_facts(text: &str, quoting: Quoting) -> TypeFacts {
    let lexed = lex(text, quoting);
    let tokens = lexed.tokens.get(..lexed.tokens.len().saturating_sub(1)).unwrap_or_default();
    read_type(&mut Cursor { text, tokens, folds: true })
}

/// One spelling for all spellings of one type.
fn canonical(reading: &Reading, ty: &TypeFacts) -> String {
    let name = type_name(ty);
    let arguments = ty.arguments.join(",");
    let synonym = |spelling: &str| {
        reading.synonyms.iter().find(|(other, _)| *other == spelling).map(|(_, usual)| *usual)
    };
    let arrays = "[]".repeat(ty.arrays);
    if let Some(usual) = synonym(&format!("{name}({arguments})")) {
        return format!("{usual}{arrays}");
    }
    let name = synonym(&name).unwrap_or(&name);
    if ty.arguments.is_empty() || (reading.is_usual)(name, &ty.arguments) {
        format!("{name}{arrays}")
    } else {
        format!("{name}({arguments}){arrays}")
    }
}

/// The words of a type.
fn type_name(ty: &TypeFacts) -> String {
    let words = ty.words.iter().filter(|word| !matches!(word.as_str(), "signed" | "pg_catalog"));
    words.map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn number<T: std::str::FromStr>(ty: &TypeFacts, position: usize) -> Option<T> {
    ty.arguments.get(position)?.parse().ok()
}

fn known_type(reading: &Reading, ty: &TypeFacts) -> Option<DataType> {
    let full = type_name(ty);
    let is_unsigned = ty.words.iter().any(|word| word == "unsigned");
    let name = full.replace(" unsigned", "").replace(" zerofill", "");
    let name = name.strip_suffix(" binary").unwrap_or(&name);
    let usual = reading.synonyms.iter().find(|(other, _)| *other == name);
    let name = usual.map_or(name, |(_, usual)| *usual);
    (reading.own_type)(name, ty)
        .or_else(|| text_type(ty, name))
        .or_else(|| number_type(ty, name, is_unsigned))
        .or_else(|| time_type(name))
        .or_else(|| other_type(ty, name))
}

fn text_type(ty: &TypeFacts, name: &str) -> Option<DataType> {
    Some(match name {
        "varchar" | "character varying" | "nvarchar" | "nvarchar2" | "national varchar"
        | "varchar2" | "native character" | "varying character" => {
            match ty.arguments.first().map(String::as_str) {
                Some("max") => DataType::Text,
                _ => DataType::String { length: number(ty, 0) },
            }
        }
        "char" | "character" | "nchar" | "national char" => match number(ty, 0) {
            Some(24) => DataType::ObjectId,
            length => DataType::String { length: length.or(Some(1)) },
        },
        "text" | "tinytext" | "mediumtext" | "longtext" | "ntext" | "clob" | "nclob" | "citext"
        | "xml" | "tsvector" | "tsquery" | "macaddr" | "macaddr8" | "jsonpath" | "regclass"
        | "ltree" | "hierarchyid" | "sysname" => DataType::Text,
        _ => return None,
    })
}

fn number_type(ty: &TypeFacts, name: &str, is_unsigned: bool) -> Option<DataType> {
    let integer = |signed, unsigned| DataType::Integer(if is_unsigned { unsigned } else { signed });
    Some(match name {
        "boolean" | "bool" => DataType::Boolean,
        "tinyint" | "int1" => integer(IntegerSize::Tiny, IntegerSize::Small),
        "smallint" | "int2" => integer(IntegerSize::Small, IntegerSize::Regular),
        "mediumint" | "int3" => DataType::INTEGER,
        "int" | "integer" | "int4" => integer(IntegerSize::Regular, IntegerSize::Big),
        "bigint" | "int8" | "oid" => DataType::Integer(IntegerSize::Big),
        "decimal" | "numeric" | "dec" | "fixed" | "number" => {
            DataType::Decimal { precision: number(ty, 0), scale: number(ty, 1) }
        }
        "money" => DataType::Decimal { precision: Some(19), scale: Some(4) },
        "smallmoney" => DataType::Decimal { precision: Some(10), scale: Some(4) },
        "real" | "float4" => DataType::Float,
        "float" if number::<u32>(ty, 0).is_some_and(|bits| bits <= 24) => DataType::Float,
        "float" | "double" | "double precision" | "float8" => DataType::Double,
        _ => return None,
    })
}

fn time_type(name: &str) -> Option<DataType> {
    Some(match name {
        "date" => DataType::Date,
        "time" | "timetz" | "time without time zone" | "time with time zone" => DataType::Time,
        "timestamp" | "timestamptz" | "timestamp with time zone" | "datetimeoffset" => {
            DataType::DateTime { zoned: true }
        }
        "datetime" | "datetime2" | "smalldatetime" => DataType::DateTime { zoned: false },
        name if name == "interval" || name.starts_with("interval ") => DataType::Interval,
        _ => return None,
    })
}

fn other_type(ty: &TypeFacts, name: &str) -> Option<DataType> {
    let is_point = ty.arguments.first().is_some_and(|kind| kind.eq_ignore_ascii_case("point"));
    Some(match name {
        "uuid" | "uniqueidentifier" => DataType::Uuid,
        "bytea" | "blob" | "tinyblob" | "mediumblob" | "longblob" | "image" | "rowversion"
        | "raw" => DataType::Binary { length: None },
        "varbinary" | "binary" => DataType::Binary { length: number(ty, 0) },
        "json" | "jsonb" => DataType::Json,
        "point" => DataType::GeoPoint,
        "geography" | "geometry" if is_point => DataType::GeoPoint,
        "inet" | "cidr" | "inet6" | "inet4" => DataType::Inet,
        "vector" => DataType::Vector { dimensions: number(ty, 0) },
        "hstore" => DataType::Map(Box::new(DataType::Text)),
        "sql_variant" | "geometry" | "geography" => DataType::Mixed,
        _ => return None,
    })
}
