//! Every word that names a type, in the dialects of our targets: people type what they know.
//!
//! A data table: word, in lower case, and what it means. Must not know entities or enumerations.

use crate::model::data_type::{DataType, IntegerSize};

/// What a type word means.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeWord {
    /// The type, its arguments filled in.
    pub ty: DataType,
    /// Whether the word says that the database counts it up.
    pub counts: bool,
}

/// Words that complete to a type, in the order in which lists show them.
pub const SUGGESTED: [&str; 25] = [
    "string",
    "text",
    "int",
    "bigint",
    "smallint",
    "tinyint",
    "decimal",
    "float",
    "double",
    "boolean",
    "date",
    "time",
    "datetime",
    "local datetime",
    "interval",
    "uuid",
    "ObjectId",
    "binary",
    "json",
    "mixed",
    "object",
    "map of string",
    "point",
    "inet",
    "vector",
];

/// The type that a word names, with its arguments; none when the word names no type.
pub fn from_word(word: &str, arguments: &[u32]) -> Option<TypeWord> {
    let lower = word.to_lowercase();
    let first = arguments.first().copied();
    let second = arguments.get(1).copied();
    let small = |value: u32| u16::try_from(value).unwrap_or(u16::MAX);
    let ty = match lower.as_str() {
        "string" | "varchar" | "varchar2" | "nvarchar" | "char" | "nchar" | "character"
        | "bpchar" | "str" | "citext" => DataType::String { length: first },
        "text" | "tinytext" | "mediumtext" | "longtext" | "clob" | "ntext" => DataType::Text,
        "int" | "integer" | "int4" | "int32" | "i32" | "u32" | "mediumint" | "serial"
        | "serial4" => DataType::INTEGER,
        "bigint" | "int8" | "int64" | "i64" | "u64" | "long" | "bigserial" | "serial8" => {
            DataType::Integer(IntegerSize::Big)
        }
        "smallint" | "int2" | "int16" | "i16" | "u16" | "smallserial" => {
            DataType::Integer(IntegerSize::Small)
        }
        "tinyint" | "i8" | "u8" | "byte" => DataType::Integer(IntegerSize::Tiny),
        "decimal" | "numeric" | "decimal128" | "dec" | "money" => {
            DataType::Decimal { precision: first.map(small), scale: second.map(small) }
        }
        "float" | "float4" | "real" | "f32" => DataType::Float,
        "double" | "float8" | "f64" | "number" => DataType::Double,
        "boolean" | "bool" | "bit" => DataType::Boolean,
        "date" | "naivedate" => DataType::Date,
        "time" | "naivetime" => DataType::Time,
        "datetime" | "timestamptz" | "datetimeoffset" | "instant" => {
            DataType::DateTime { zoned: true }
        }
        "timestamp" | "datetime2" | "naivedatetime" => DataType::DateTime { zoned: false },
        "interval" | "duration" => DataType::Interval,
        "uuid" | "guid" | "uniqueidentifier" => DataType::Uuid,
        "objectid" | "oid" => DataType::ObjectId,
        "binary" | "varbinary" | "bytea" | "blob" | "bytes" | "buffer" | "bindata" => {
            DataType::Binary { length: first }
        }
        "json" | "jsonb" => DataType::Json,
        "mixed" | "any" | "unknown" | "variant" => DataType::Mixed,
        "point" | "geopoint" | "geography" | "geometry" => DataType::GeoPoint,
        "inet" | "cidr" | "ip" => DataType::Inet,
        "vector" => DataType::Vector { dimensions: first },
        _ => return None,
    };
    Some(TypeWord { ty, counts: lower.contains("serial") })
}

/// The type that two words name together, such as `local datetime` or `double precision`.
pub fn from_two_words(first: &str, second: &str) -> Option<DataType> {
    match (first.to_lowercase().as_str(), second.to_lowercase().as_str()) {
        ("local", "datetime") => Some(DataType::DateTime { zoned: false }),
        ("double", "precision") => Some(DataType::Double),
        ("character", "varying") => Some(DataType::STRING),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suggested_word_names_a_type() {
        for word in SUGGESTED {
            let known = match word.split_once(' ') {
                Some(("map", _)) => true,
                Some((first, second)) => from_two_words(first, second).is_some(),
                None => word == "object" || from_word(word, &[]).is_some(),
            };
            assert!(known, "{word}");
        }
    }
}
