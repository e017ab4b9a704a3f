//! Names, types and remarks as Eraser writes them. Nothing can be escaped there, so what would end a
//! text gives way to a sign that looks like it.
//!
//! Must not know entities.

use crate::formats::code::{code, language};
use crate::formats::javascript::literal::is_unseen;
use crate::model::data_type::{DataType, IntegerSize};

language!("Eraser's language");

/// A text to the end of the line, behind signs that say what it is.
pub(super) fn rest_of_line(text: &str) -> Code {
    sealed(one_line(text))
}

/// A title to the end of the line, in which two slashes would begin a remark.
pub(super) fn title(text: &str) -> Code {
    sealed(one_line(text).replace("//", "⁄⁄"))
}

/// A text on one line of which everything can be seen.
fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cleaned name: bare where that is safe, else in quotes.
pub(super) fn name(name: &str) -> Code {
    let name = clean(name);
    let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let words = ["title", "notation", "colorMode", "styleMode", "typeface", "direction"];
    if is_word && !words.contains(&name.as_str()) {
        sealed(name)
    } else {
        sealed(format!("\"{name}\""))
    }
}

/// A name without what would end it.
pub(super) fn clean(text: &str) -> String {
    let clean = one_line(text).replace('"', "”").replace("//", "⁄⁄");
    if clean.is_empty() { "_".to_owned() } else { clean }
}

/// The type as one word; an embedded type by the name of its block, where that is a word.
pub(super) fn type_word(ty: &DataType, block: &impl Fn(&DataType) -> Option<Code>) -> Code {
    let with = |word: &'static str, parameter: Option<u32>| match parameter {
        Some(parameter) => code!(word, "(", parameter, ")"),
        None => code!(word),
    };
    match ty {
        DataType::String { length } => with("string", *length),
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
        DataType::DateTime { zoned: true } => code!("datetime"),
        DataType::DateTime { zoned: false } => code!("timestamp"),
        DataType::Interval => code!("interval"),
        DataType::Uuid => code!("uuid"),
        DataType::ObjectId => code!("ObjectId"),
        DataType::Binary { length } => with("binary", *length),
        DataType::Json | DataType::Map(_) => code!("json"),
        DataType::Mixed => code!("mixed"),
        DataType::GeoPoint => code!("point"),
        DataType::Inet => code!("inet"),
        DataType::Vector { dimensions } => with("vector", *dimensions),
        DataType::Enumeration(_) => code!("string"),
        DataType::Object => code!("object"),
        DataType::Embedded(_) => {
            block(ty).filter(|name| !name.as_str().starts_with('"')).unwrap_or(code!("object"))
        }
        DataType::Array(item) => code!(type_word(item, block), "[]"),
    }
}
