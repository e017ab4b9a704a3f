//! Default values and numbers in JSON: a constant stands for itself, everything else is an object
//! with one key.
//!
//! JSON readers turn numbers into binary floats, so a number whose digits that would change is
//! written as a text.

use serde_json::{Value, json};

use crate::model::field::{DefaultValue, Literal, Number};

/// The JSON of a default.
pub(super) fn json_from_default(default: &DefaultValue) -> Value {
    match default {
        DefaultValue::Value(literal) => json_from_literal(literal),
        DefaultValue::Now => json!({ "value": "now" }),
        DefaultValue::Generated => json!({ "value": "generated" }),
        DefaultValue::Expression(expression) => json!({ "expression": expression }),
    }
}

fn json_from_literal(literal: &Literal) -> Value {
    match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(value) => Value::from(*value),
        Literal::Number(number) => match json_from_number(number) {
            digits @ Value::String(_) => json!({ "number": digits }),
            number => number,
        },
        Literal::Text(text) => Value::from(text.as_str()),
        Literal::EmptyArray => json!([]),
        Literal::EmptyObject => json!({}),
    }
}

/// The default of a JSON value; none when it is no default.
pub(super) fn default_from_json(value: &Value) -> Option<DefaultValue> {
    let literal = match value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Boolean(*value),
        Value::Number(_) => Literal::Number(number_from_json(value)?),
        Value::String(text) => Literal::Text(text.clone()),
        Value::Array(items) if items.is_empty() => Literal::EmptyArray,
        Value::Object(members) if members.is_empty() => Literal::EmptyObject,
        Value::Array(_) => return None,
        Value::Object(members) => {
            let mut members = members.iter();
            let (Some((key, value)), None) = (members.next(), members.next()) else { return None };
            return match (key.as_str(), value) {
                ("value", Value::String(word)) if word == "now" => Some(DefaultValue::Now),
                ("value", Value::String(word)) if word == "generated" => {
                    Some(DefaultValue::Generated)
                }
                ("expression", Value::String(text)) => Some(DefaultValue::Expression(text.clone())),
                ("number", value) => {
                    Some(DefaultValue::Value(Literal::Number(number_from_json(value)?)))
                }
                _ => None,
            };
        }
    };
    Some(DefaultValue::Value(literal))
}

/// The number itself where reading gives back the same digits, else its digits as a text.
pub(super) fn json_from_number(number: &Number) -> Value {
    match serde_json::from_str::<serde_json::Number>(number.as_str()) {
        Ok(read) if read.to_string() == number.as_str() => Value::Number(read),
        Ok(_) | Err(_) => Value::from(number.as_str()),
    }
}

/// The number of a JSON number or of a text with its digits.
pub(super) fn number_from_json(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Number::parse(&number.to_string()),
        Value::String(digits) => Number::parse(digits),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        for digits in ["0", "-7", "0.1", "0.10", "1e9", "1E400", "12345678901234567890123", "-0"] {
            let number = Number::parse(digits).unwrap();
            assert_eq!(number_from_json(&json_from_number(&number)), Some(number.clone()));
            let default = DefaultValue::Value(Literal::Number(number));
            assert_eq!(default_from_json(&json_from_default(&default)), Some(default));
        }
        assert_eq!(json_from_number(&Number::from(42)), json!(42));
        assert_eq!(json_from_number(&Number::parse("0.01").unwrap()), json!(0.01));
    }

    #[test]
    fn a_text_default_that_looks_like_code_stays_a_text() {
        for text in ["now", "{}", "null", "1", ""] {
            let default = DefaultValue::Value(Literal::Text(text.to_owned()));
            assert_eq!(default_from_json(&json_from_default(&default)), Some(default));
        }
    }

    #[test]
    fn what_is_no_default_is_refused() {
        for value in [json!([1]), json!({"value": "soon"}), json!({"number": "x"}), json!({"a": 1})]
        {
            assert_eq!(default_from_json(&value), None, "{value}");
        }
    }
}
