//! Names of types, as a schema may spell them.

use crate::model::data_type::{DataType, IntegerSize};

/// A type by its name, and how Mongoose must spell it where the model's type alone would be spelled
/// otherwise.
pub(super) type NamedType = (DataType, Option<&'static str>);

/// The type of that full name: `String`, `mongoose.Schema.Types.ObjectId`.
pub(super) fn known(name: &str) -> Option<NamedType> {
    let bare = name.strip_prefix("mongoose.").unwrap_or(name);
    let bare = ["Schema.Types.", "SchemaTypes.", "Types.", "Schema."]
        .iter()
        .find_map(|prefix| bare.strip_prefix(prefix))
        .unwrap_or(bare);
    if name.starts_with("mongoose.")
        || matches!(bare, "String" | "Number" | "Boolean" | "Date")
        || matches!(bare, "Buffer" | "Map" | "Object" | "Array" | "BigInt")
    {
        return named(bare);
    }
    None
}

/// The type that a text names, in any case.
pub(super) fn named(name: &str) -> Option<NamedType> {
    let plain = |ty| Some((ty, None));
    match name.to_lowercase().as_str() {
        "string" => plain(DataType::STRING),
        "number" => plain(DataType::Double),
        "boolean" | "bool" => plain(DataType::Boolean),
        "date" => plain(DataType::DateTime { zoned: true }),
        "buffer" => plain(DataType::Binary { length: None }),
        "objectid" | "oid" => plain(DataType::ObjectId),
        "mixed" | "object" => plain(DataType::Mixed),
        "decimal128" | "decimal" => plain(DataType::Decimal { precision: None, scale: None }),
        "bigint" | "long" => plain(DataType::Integer(IntegerSize::Big)),
        "uuid" => plain(DataType::Uuid),
        "map" => plain(DataType::Map(Box::new(DataType::Mixed))),
        "array" | "documentarray" => plain(DataType::Mixed.array()),
        "double" => Some((DataType::Double, Some("Double"))),
        "int32" => Some((DataType::INTEGER, Some("Int32"))),
        _ => None,
    }
}

/// All names, for a hint.
pub(super) const NAMES: [&str; 14] = [
    "String",
    "Number",
    "Boolean",
    "Date",
    "Buffer",
    "ObjectId",
    "Mixed",
    "Decimal128",
    "BigInt",
    "UUID",
    "Map",
    "Array",
    "Double",
    "Int32",
];
