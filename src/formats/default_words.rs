//! Functions and texts that stand for defaults in more than one language of schemas.
//!
//! Must not know how any of them writes code.

use crate::model::data_type::DataType;
use crate::model::field::{Literal, Number};

/// Functions that say the current day, time or moment.
const NOW: &[&str] = &[
    "curdate",
    "current_date",
    "current_time",
    "current_timestamp",
    "curtime",
    "date",
    "datetime",
    "getdate",
    "getutcdate",
    "localtime",
    "localtimestamp",
    "now",
    "statement_timestamp",
    "sysdate",
    "sysdatetime",
    "sysdatetimeoffset",
    "sysutcdatetime",
    "transaction_timestamp",
    "utc_timestamp",
];

/// Functions that make a new UUID.
const NEW_UUID: &[&str] = &[
    "gen_random_uuid",
    "newid",
    "newsequentialid",
    "uuid",
    "uuid_generate_v1",
    "uuid_generate_v4",
];

/// Whether a function, in lower case, says the current day, time or moment.
pub fn is_now(function: &str) -> bool {
    NOW.contains(&function)
}

/// Whether a function, in lower case, makes a new UUID.
pub fn makes_uuid(function: &str) -> bool {
    NEW_UUID.contains(&function)
}

/// The constant that a text stands for in a field of that type.
pub fn literal_from_text(text: String, ty: &DataType) -> Literal {
    let number = Number::parse(text.trim());
    match (ty, text.as_str(), number) {
        (DataType::Boolean, "t" | "true" | "1", _) => Literal::Boolean(true),
        (DataType::Boolean, "f" | "false" | "0", _) => Literal::Boolean(false),
        (DataType::Array(_), "{}" | "[]", _) | (DataType::Json, "[]", _) => Literal::EmptyArray,
        (DataType::Json, "{}", _) => Literal::EmptyObject,
        (
            DataType::Integer(_) | DataType::Decimal { .. } | DataType::Float | DataType::Double,
            _,
            Some(number),
        ) => Literal::Number(number),
        _ => Literal::Text(text),
    }
}
