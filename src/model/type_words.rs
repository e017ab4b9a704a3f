//! Every word that names a type, in the dialects of our targets: people type what they know.
//!
//! A data table: word, in lower case, and what it means. Quick entry and every format whose types are
//! free words read it. Must not know entities or enumerations.

use crate::model::data_type::{DataType, IntegerSize};

/// What a type word means.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeWord {
    /// The type, its arguments filled in.
    pub ty: DataType,
    /// Whether the word says that the database counts it up.
    pub counts: bool,
}

/// How many lists and maps may stand around a type.
const DEEPEST: usize = 32;

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

/// The type that a whole spelling names, arguments, lists and all: `numeric(10, 2)`,
/// `timestamp(3) with time zone`, `int unsigned`, `varchar(9)[]`, `map of string`.
pub fn from_spelling(spelling: &str) -> Option<TypeWord> {
    let (wrappers, inner) = unwrapped(spelling);
    let word = plain_spelling(inner)?;
    Some(TypeWord { ty: wrapped(word.ty, &wrappers), ..word })
}

/// Makes a list or a map of a type.
pub type Wrapper = fn(Box<DataType>) -> DataType;

/// The lists and maps that a spelling puts around a name or word, outer first, and what is inside.
pub fn unwrapped(spelling: &str) -> (Vec<Wrapper>, &str) {
    let mut inner = spelling.trim();
    let mut wrappers: Vec<Wrapper> = Vec::new();
    while wrappers.len() < DEEPEST {
        if let Some(item) = inner.strip_suffix("[]") {
            inner = item.trim_end();
            wrappers.push(DataType::Array);
        } else if let Some(item) = inner.strip_prefix('[').and_then(|item| item.strip_suffix(']')) {
            inner = item.trim();
            wrappers.push(DataType::Array);
        } else if let Some(value) = inner.strip_prefix("map of ") {
            inner = value.trim_start();
            wrappers.push(DataType::Map);
        } else {
            break;
        }
    }
    (wrappers, inner)
}

/// The type with these around it.
pub fn wrapped(ty: DataType, wrappers: &[Wrapper]) -> DataType {
    wrappers.iter().rev().fold(ty, |ty, wrap| wrap(Box::new(ty)))
}

/// A type without lists and maps around it.
fn plain_spelling(spelling: &str) -> Option<TypeWord> {
    let (head, arguments, tail) = match spelling.split_once('(') {
        Some((head, rest)) => {
            let (arguments, tail) = rest.split_once(')')?;
            (head, arguments, tail)
        }
        None => (spelling, "", ""),
    };
    let words: Vec<String> =
        head.split_whitespace().chain(tail.split_whitespace()).map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let numbers: Vec<u32> =
        arguments.split(',').map_while(|argument| argument.trim().parse().ok()).collect();
    let known = |ty| Some(TypeWord { ty, counts: false });
    match words.as_slice() {
        ["object"] => known(DataType::Object),
        ["varchar" | "nvarchar"] if arguments.eq_ignore_ascii_case("max") => known(DataType::Text),
        [word] => from_word(word, &numbers),
        ["timestamp", "with", "time", "zone"] => known(DataType::DateTime { zoned: true }),
        ["timestamp", "without", "time", "zone"] => known(DataType::DateTime { zoned: false }),
        ["time", "with" | "without", "time", "zone"] => known(DataType::Time),
        ["national", first @ ("char" | "character" | "varchar"), ..] => from_word(first, &numbers),
        ["char" | "character", "varying"] => from_word("varchar", &numbers),
        [word, "signed" | "unsigned" | "zerofill", ..] => {
            let word = from_word(word, &numbers)?;
            let ty = if words.contains(&"unsigned") { widened(word.ty) } else { word.ty };
            Some(TypeWord { ty, ..word })
        }
        [first, second] => from_two_words(first, second).and_then(known),
        _ => None,
    }
}

/// The integer that holds all values of an unsigned one.
fn widened(ty: DataType) -> DataType {
    match ty {
        DataType::Integer(IntegerSize::Tiny) => DataType::Integer(IntegerSize::Small),
        DataType::Integer(IntegerSize::Small) => DataType::INTEGER,
        DataType::Integer(IntegerSize::Regular) => DataType::Integer(IntegerSize::Big),
        other => other,
    }
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
    fn a_whole_spelling_is_one_type() {
        for (spelling, ty) in [
            ("varchar(255)", DataType::String { length: Some(255) }),
            ("Numeric(10, 2)", DataType::Decimal { precision: Some(10), scale: Some(2) }),
            ("timestamp(3) with time zone", DataType::DateTime { zoned: true }),
            ("character varying(9)[][]", DataType::String { length: Some(9) }.array().array()),
            ("int(11) unsigned", DataType::Integer(IntegerSize::Big)),
            ("nvarchar(max)", DataType::Text),
            ("map of [int]", DataType::Map(Box::new(DataType::INTEGER.array()))),
            ("object[]", DataType::Object.array()),
        ] {
            assert_eq!(from_spelling(spelling).map(|word| word.ty), Some(ty), "{spelling}");
        }
        assert!(from_spelling("bigserial").unwrap().counts);
        let deep = format!("int{}", "[]".repeat(100_000));
        for spelling in ["", "()", "int(", "users", "int or so", "enum('a')", &deep] {
            assert_eq!(from_spelling(spelling), None);
        }
    }

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
