//! How a type reads to people: `string(80)`, `[OrderItem]`, `decimal(10, 2)`.
//!
//! Cards, data dictionaries and completion lists say it alike. Must not know how any target spells
//! a type.

use crate::model::Model;
use crate::model::data_type::{DataType, IntegerSize};

/// The type as people read it; enumerations and embedded entities by their names.
pub fn type_name(model: &Model, ty: &DataType) -> String {
    match ty {
        DataType::String { length } => with_parameters("string", [*length]),
        DataType::Text => "text".to_owned(),
        DataType::Integer(IntegerSize::Tiny) => "tinyint".to_owned(),
        DataType::Integer(IntegerSize::Small) => "smallint".to_owned(),
        DataType::Integer(IntegerSize::Regular) => "int".to_owned(),
        DataType::Integer(IntegerSize::Big) => "bigint".to_owned(),
        DataType::Decimal { precision, scale } => {
            with_parameters("decimal", [precision.map(u32::from), scale.map(u32::from)])
        }
        DataType::Float => "float".to_owned(),
        DataType::Double => "double".to_owned(),
        DataType::Boolean => "boolean".to_owned(),
        DataType::Date => "date".to_owned(),
        DataType::Time => "time".to_owned(),
        DataType::DateTime { zoned: true } => "datetime".to_owned(),
        DataType::DateTime { zoned: false } => "local datetime".to_owned(),
        DataType::Interval => "interval".to_owned(),
        DataType::Uuid => "uuid".to_owned(),
        DataType::ObjectId => "ObjectId".to_owned(),
        DataType::Binary { length } => with_parameters("binary", [*length]),
        DataType::Json => "json".to_owned(),
        DataType::Map(value) => format!("map of {}", type_name(model, value)),
        DataType::Mixed => "mixed".to_owned(),
        DataType::GeoPoint => "point".to_owned(),
        DataType::Inet => "inet".to_owned(),
        DataType::Vector { dimensions } => with_parameters("vector", [*dimensions]),
        DataType::Enumeration(id) => match model.enumeration(*id) {
            Some(enumeration) => enumeration.name.clone(),
            None => "enum".to_owned(),
        },
        DataType::Embedded(id) => match model.entity(*id) {
            Some(entity) => entity.name.clone(),
            None => "object".to_owned(),
        },
        DataType::Object => "object".to_owned(),
        DataType::Array(item) => format!("[{}]", type_name(model, item)),
    }
}

/// `name(a, b)` with the parameters that are there.
fn with_parameters(name: &str, parameters: impl IntoIterator<Item = Option<u32>>) -> String {
    let parameters: Vec<_> =
        parameters.into_iter().map_while(|one| one.map(|number| number.to_string())).collect();
    if parameters.is_empty() {
        name.to_owned()
    } else {
        format!("{name}({})", parameters.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_read_as_people_say_them() {
        let model = Model::new();
        let cases = [
            (DataType::String { length: Some(80) }, "string(80)"),
            (DataType::Decimal { precision: Some(10), scale: Some(2) }, "decimal(10, 2)"),
            (DataType::Decimal { precision: Some(10), scale: None }, "decimal(10)"),
            (DataType::ObjectId.array().array(), "[[ObjectId]]"),
            (DataType::Map(Box::new(DataType::INTEGER)), "map of int"),
        ];
        for (ty, expected) in cases {
            assert_eq!(type_name(&model, &ty), expected);
        }
    }
}
