//! Names, types and remarks as Eraser writes them. Nothing can be escaped there, so what would end a
//! text gives way to a sign that looks like it.
//!
//! Must not know entities.

use crate::formats::javascript::literal::is_unseen;
use crate::model::data_type::{DataType, IntegerSize};

/// A text on one line of which everything can be seen.
pub(super) fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name: bare where that is safe, else in quotes.
pub(super) fn name(name: &str) -> String {
    let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let words = ["title", "notation", "colorMode", "styleMode", "typeface", "direction"];
    if is_word && !words.contains(&name) { name.to_owned() } else { format!("\"{name}\"") }
}

/// A name without what would end it.
pub(super) fn clean(text: &str) -> String {
    let clean = one_line(text).replace('"', "”").replace("//", "⁄⁄");
    if clean.is_empty() { "_".to_owned() } else { clean }
}

/// The type as one word; an embedded type by the name of its block, where that is a word.
pub(super) fn type_word(ty: &DataType, block: &impl Fn(&DataType) -> Option<String>) -> String {
    let with = |word: &str, parameter: Option<u32>| match parameter {
        Some(parameter) => format!("{word}({parameter})"),
        None => word.to_owned(),
    };
    match ty {
        DataType::String { length } => with("string", *length),
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
        DataType::DateTime { zoned: true } => "datetime".to_owned(),
        DataType::DateTime { zoned: false } => "timestamp".to_owned(),
        DataType::Interval => "interval".to_owned(),
        DataType::Uuid => "uuid".to_owned(),
        DataType::ObjectId => "ObjectId".to_owned(),
        DataType::Binary { length } => with("binary", *length),
        DataType::Json | DataType::Map(_) => "json".to_owned(),
        DataType::Mixed => "mixed".to_owned(),
        DataType::GeoPoint => "point".to_owned(),
        DataType::Inet => "inet".to_owned(),
        DataType::Vector { dimensions } => with("vector", *dimensions),
        DataType::Enumeration(_) => "string".to_owned(),
        DataType::Object => "object".to_owned(),
        DataType::Embedded(_) => {
            block(ty).filter(|name| !name.starts_with('"')).unwrap_or_else(|| "object".to_owned())
        }
        DataType::Array(item) => format!("{}[]", type_word(item, block)),
    }
}
