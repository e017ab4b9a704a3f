//! Types as the project file spells them: `string(80)`, `[objectId]`, `map<int32>`, and the id of
//! an enumeration or of an embedded entity.
//!
//! Must not know whether such an id leads anywhere.

use crate::model::data_type::{DataType, IntegerSize};

/// How many lists and maps may stand around a type; no database takes more.
const DEEPEST: usize = 64;

/// The text of a type.
pub(super) fn text_from_type(ty: &DataType) -> String {
    let size = |name: &str, size: Option<u32>| match size {
        Some(size) => format!("{name}({size})"),
        None => name.to_owned(),
    };
    match ty {
        DataType::String { length } => size("string", *length),
        DataType::Binary { length } => size("binary", *length),
        DataType::Vector { dimensions } => size("vector", *dimensions),
        DataType::Decimal { precision: Some(precision), scale: Some(scale) } => {
            format!("decimal({precision},{scale})")
        }
        DataType::Decimal { precision: None, scale: Some(scale) } => format!("decimal(,{scale})"),
        DataType::Decimal { precision, scale: None } => size("decimal", precision.map(u32::from)),
        DataType::Enumeration(id) => id.to_string(),
        DataType::Embedded(id) => id.to_string(),
        DataType::Array(inner) => format!("[{}]", text_from_type(inner)),
        DataType::Map(inner) => format!("map<{}>", text_from_type(inner)),
        DataType::Text
        | DataType::Integer(_)
        | DataType::Float
        | DataType::Double
        | DataType::Boolean
        | DataType::Date
        | DataType::Time
        | DataType::DateTime { .. }
        | DataType::Interval
        | DataType::Uuid
        | DataType::ObjectId
        | DataType::Json
        | DataType::Mixed
        | DataType::GeoPoint
        | DataType::Inet
        | DataType::Object => {
            let word = WORDS.iter().find(|(_, known)| known == ty);
            word.map_or_else(String::new, |(word, _)| (*word).to_owned())
        }
    }
}

/// The types without parameters.
const WORDS: [(&str, DataType); 24] = [
    ("string", DataType::STRING),
    ("text", DataType::Text),
    ("int8", DataType::Integer(IntegerSize::Tiny)),
    ("int16", DataType::Integer(IntegerSize::Small)),
    ("int32", DataType::INTEGER),
    ("int64", DataType::Integer(IntegerSize::Big)),
    ("decimal", DataType::Decimal { precision: None, scale: None }),
    ("float", DataType::Float),
    ("double", DataType::Double),
    ("boolean", DataType::Boolean),
    ("date", DataType::Date),
    ("time", DataType::Time),
    ("dateTime", DataType::DateTime { zoned: true }),
    ("localDateTime", DataType::DateTime { zoned: false }),
    ("interval", DataType::Interval),
    ("uuid", DataType::Uuid),
    ("objectId", DataType::ObjectId),
    ("binary", DataType::Binary { length: None }),
    ("json", DataType::Json),
    ("mixed", DataType::Mixed),
    ("geoPoint", DataType::GeoPoint),
    ("inet", DataType::Inet),
    ("vector", DataType::Vector { dimensions: None }),
    ("object", DataType::Object),
];

/// The type of a text; none when it is no type.
pub(super) fn type_from_text(text: &str) -> Option<DataType> {
    let mut wrappers: Vec<fn(Box<DataType>) -> DataType> = Vec::new();
    let mut inner = text.trim();
    loop {
        if let Some(rest) = inner.strip_prefix('[') {
            inner = rest.strip_suffix(']')?.trim();
            wrappers.push(DataType::Array);
        } else if let Some(rest) = inner.strip_prefix("map<") {
            inner = rest.strip_suffix('>')?.trim();
            wrappers.push(DataType::Map);
        } else {
            break;
        }
        if wrappers.len() > DEEPEST {
            return None;
        }
    }
    let innermost = plain_type(inner)?;
    Some(wrappers.into_iter().rev().fold(innermost, |ty, wrap| wrap(Box::new(ty))))
}

fn plain_type(text: &str) -> Option<DataType> {
    if let Some((_, ty)) = WORDS.iter().find(|(word, _)| *word == text) {
        return Some(ty.clone());
    }
    if let Ok(id) = text.parse() {
        return Some(DataType::Enumeration(id));
    }
    if let Ok(id) = text.parse() {
        return Some(DataType::Embedded(id));
    }
    let (name, parameters) = text.strip_suffix(')')?.split_once('(')?;
    match name {
        "string" => Some(DataType::String { length: Some(number(parameters)?) }),
        "binary" => Some(DataType::Binary { length: Some(number(parameters)?) }),
        "vector" => Some(DataType::Vector { dimensions: Some(number(parameters)?) }),
        "decimal" => match parameters.split_once(',') {
            Some((precision, scale)) => {
                let precision = if precision.is_empty() { None } else { Some(number(precision)?) };
                Some(DataType::Decimal { precision, scale: Some(number(scale)?) })
            }
            None => Some(DataType::Decimal { precision: Some(number(parameters)?), scale: None }),
        },
        _ => None,
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{EntityId, IdMint};

    #[test]
    fn every_type_reads_back_what_it_wrote() {
        let entity: EntityId = IdMint::from_seed(1).mint();
        let mut types: Vec<_> = WORDS.iter().map(|(_, ty)| ty.clone()).collect();
        types.extend([
            DataType::String { length: Some(80) },
            DataType::Decimal { precision: Some(12), scale: Some(2) },
            DataType::Decimal { precision: None, scale: Some(2) },
            DataType::Vector { dimensions: Some(1536) },
            DataType::Embedded(entity).array(),
            DataType::Map(Box::new(DataType::Double.array().array())),
        ]);
        for ty in types {
            let text = text_from_type(&ty);
            assert_eq!(type_from_text(&text), Some(ty), "{text}");
        }
    }

    #[test]
    fn what_is_no_type_is_refused_however_deep() {
        let deep = format!("{}int32{}", "[".repeat(100_000), "]".repeat(100_000));
        for text in ["", "strng", "[int32", "string(", "string(-1)", "decimal(1,2,3)", &deep] {
            assert_eq!(type_from_text(text), None);
        }
    }
}
