//! Defaults of a draft → those of the model, now that types are known.

use crate::formats::default_words::{is_now, literal_from_text, makes_uuid};
use crate::formats::draft::entity::DraftDefault;
use crate::model::data_type::DataType;
use crate::model::field::{DefaultValue, Literal};

/// What a default means in a field of that type.
pub(super) fn default_value(default: DraftDefault, ty: &DataType) -> DefaultValue {
    match default {
        DraftDefault::Text(text) => DefaultValue::Value(match (ty, text.as_str()) {
            (
                DataType::Object | DataType::Map(_) | DataType::Embedded(_) | DataType::Mixed,
                "{}",
            ) => Literal::EmptyObject,
            (ty, _) => literal_from_text(text, ty),
        }),
        DraftDefault::Code(code) => code_value(code, ty),
    }
}

fn code_value(code: String, ty: &DataType) -> DefaultValue {
    let function = code.trim().trim_end_matches("()").to_lowercase();
    let is_moment = matches!(ty, DataType::Date | DataType::Time | DataType::DateTime { .. });
    if is_moment && is_now(&function) {
        return DefaultValue::Now;
    }
    let is_generated = match ty {
        DataType::Uuid => makes_uuid(&function),
        DataType::ObjectId | DataType::String { .. } => {
            function == "objectid" || function == "new objectid"
        }
        _ => false,
    };
    if is_generated { DefaultValue::Generated } else { DefaultValue::Expression(code) }
}
