//! Types and defaults in the words that DBML's users and its SQL exporters know.
//!
//! Must not know tables.

use crate::formats::dbml::text::{expression, name, string};
use crate::model::Model;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::field::{DefaultValue, Field, Literal};
use crate::model::spelling::type_name;

/// The type of a column; enumerations by the name that `enumeration` knows.
pub(super) fn column_type(
    model: &Model,
    ty: &DataType,
    enumeration: &impl Fn(&DataType) -> Option<String>,
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
        DataType::Enumeration(_) => enumeration(ty).unwrap_or_else(|| "varchar".to_owned()),
        DataType::Embedded(id) => {
            name(model.entity(*id).map_or("object", |entity| entity.name.as_str()))
        }
        DataType::Map(_) => name(&type_name(model, ty)),
        DataType::Array(item) => format!("{}[]", column_type(model, item, enumeration)),
    }
}

/// The default of a column; none when it has none or DBML cannot say it.
pub(super) fn default_of(field: &Field) -> Option<String> {
    match field.default.as_ref()? {
        DefaultValue::Value(literal) => Some(match literal {
            Literal::Null => "null".to_owned(),
            Literal::Boolean(value) => value.to_string(),
            Literal::Number(number) if number.to_f64().is_finite() => number.as_str().to_owned(),
            Literal::Number(number) => string(number.as_str()),
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
