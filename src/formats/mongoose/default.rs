//! Defaults: constants in the form that the type takes, and functions that Mongoose calls for each
//! new document.

use crate::formats::javascript::literal;
use crate::formats::mongoose::field::Scribe;
use crate::formats::mongoose::moment::is_moment;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::field::{DefaultValue, Field, Literal, Number};

/// Digits that a decimal of the database holds.
const DECIMAL_DIGITS: usize = 34;
/// Exponents that it holds for sure, whatever the digits.
const DECIMAL_EXPONENTS: std::ops::RangeInclusive<i32> = -6000..=6000;

impl Scribe<'_> {
    /// The default of a field, when it has one to be written.
    pub(super) fn default_of(&mut self, field: &Field) -> Option<String> {
        let code = match field.default.as_ref()? {
            // A declared loss.
            DefaultValue::Expression(_) => return None,
            _ if is_implied(field) => return None,
            DefaultValue::Value(Literal::Null) => null(field),
            DefaultValue::Value(value) => self.constant(field, value),
            DefaultValue::Now => now(&field.ty, self.is_bigint(IntegerSize::Big)),
            DefaultValue::Generated => generated(&field.ty),
        };
        match &code {
            Some(code) => self.needs.types |= code.contains("new Types."),
            None => self.lose(field, "the default, which is no value of its type,"),
        }
        code
    }

    fn constant(&self, field: &Field, value: &Literal) -> Option<String> {
        let text = text_of(value);
        let text_if = |accepts: fn(&str) -> bool| text.filter(|text| accepts(text));
        match &field.ty {
            DataType::String { .. }
            | DataType::Text
            | DataType::Time
            | DataType::Interval
            | DataType::Inet => scalar_as_text(value),
            DataType::Enumeration(id) => {
                let values = self.plan.collections.model.enumeration(*id)?;
                text.filter(|text| values.has_value(text)).map(literal::string)
            }
            DataType::Integer(size) => whole(&number_of(value)?, self.is_bigint(*size)),
            DataType::Float | DataType::Double => Some(number_of(value)?.as_str().to_owned()),
            DataType::Decimal { .. } => decimal(&number_of(value)?),
            DataType::Boolean => boolean(value).map(|flag| flag.to_string()),
            DataType::Date | DataType::DateTime { .. } => {
                text_if(is_moment).map(|text| made("Date", text))
            }
            DataType::Uuid => text_if(is_uuid).map(|text| made("Types.UUID", text)),
            DataType::ObjectId => text_if(is_object_id).map(|text| made("Types.ObjectId", text)),
            DataType::Binary { .. } => {
                text.map(|text| format!("() => Buffer.from({})", literal::string(text)))
            }
            DataType::Json | DataType::Mixed => Some(anything(value)),
            DataType::Map(_) => empty_object(value, "() => new Map()"),
            DataType::Object | DataType::Embedded(_) => empty_object(value, "() => ({})"),
            DataType::Array(_) | DataType::GeoPoint | DataType::Vector { .. } => None,
        }
    }
}

/// Whether Mongoose does so without being told: lists are empty, vectors absent, and an `_id` that
/// is an object id is made.
fn is_implied(field: &Field) -> bool {
    match (&field.default, &field.ty) {
        (Some(DefaultValue::Value(Literal::EmptyArray)), DataType::Array(_))
        | (Some(DefaultValue::Value(Literal::Null)), DataType::Vector { .. }) => true,
        (Some(DefaultValue::Generated), DataType::ObjectId) => field.name == "_id",
        _ => false,
    }
}

/// A list that is to be absent must be told so; a required value cannot be null.
fn null(field: &Field) -> Option<String> {
    if field.ty.is_array() {
        return Some("undefined".to_owned());
    }
    (!field.required).then(|| "null".to_owned())
}

fn now(ty: &DataType, is_bigint: bool) -> Option<String> {
    let code = match ty {
        DataType::Integer(IntegerSize::Big) if is_bigint => "() => BigInt(Date.now())",
        DataType::Date
        | DataType::DateTime { .. }
        | DataType::Float
        | DataType::Double
        | DataType::Integer(IntegerSize::Big) => "Date.now",
        DataType::Time => "() => new Date().toISOString().slice(11, 19)",
        DataType::String { .. } | DataType::Text => "() => new Date().toISOString()",
        DataType::Integer(_)
        | DataType::Decimal { .. }
        | DataType::Boolean
        | DataType::Interval
        | DataType::Uuid
        | DataType::ObjectId
        | DataType::Binary { .. }
        | DataType::Json
        | DataType::Map(_)
        | DataType::Mixed
        | DataType::GeoPoint
        | DataType::Inet
        | DataType::Vector { .. }
        | DataType::Enumeration(_)
        | DataType::Embedded(_)
        | DataType::Object
        | DataType::Array(_) => return None,
    };
    Some(code.to_owned())
}

fn generated(ty: &DataType) -> Option<String> {
    let is_text = matches!(ty, DataType::String { .. } | DataType::Text);
    if is_text {
        return Some("() => new Types.UUID().toString()".to_owned());
    }
    if *ty == DataType::ObjectId {
        return Some("() => new Types.ObjectId()".to_owned());
    }
    (*ty == DataType::Uuid).then(|| "() => new Types.UUID()".to_owned())
}

fn text_of(value: &Literal) -> Option<&str> {
    if let Literal::Text(text) = value { Some(text) } else { None }
}

fn number_of(value: &Literal) -> Option<Number> {
    if let Literal::Number(number) = value {
        return Some(number.clone());
    }
    Number::parse(text_of(value)?)
}

/// A function, so that each document gets an object of its own.
fn made(class: &str, text: &str) -> String {
    format!("() => new {class}({})", literal::string(text))
}

fn scalar_as_text(value: &Literal) -> Option<String> {
    match value {
        Literal::Text(text) => Some(literal::string(text)),
        Literal::Number(number) => Some(literal::string(number.as_str())),
        Literal::Boolean(flag) => Some(literal::string(&flag.to_string())),
        Literal::Null | Literal::EmptyArray | Literal::EmptyObject => None,
    }
}

fn whole(number: &Number, is_bigint: bool) -> Option<String> {
    let suffix = if is_bigint { "n" } else { "" };
    number.is_integer().then(|| format!("{}{suffix}", number.as_str()))
}

fn decimal(number: &Number) -> Option<String> {
    let text = number.as_str();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let fits = digits <= DECIMAL_DIGITS
        && exponent.parse().is_ok_and(|exponent: i32| DECIMAL_EXPONENTS.contains(&exponent));
    fits.then(|| made("Types.Decimal128", text))
}

fn boolean(value: &Literal) -> Option<bool> {
    match value {
        Literal::Boolean(flag) => Some(*flag),
        Literal::Text(text) => text.parse().ok(),
        Literal::Number(number) => match number.as_str() {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        },
        Literal::Null | Literal::EmptyArray | Literal::EmptyObject => None,
    }
}

fn anything(value: &Literal) -> String {
    match value {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(flag) => flag.to_string(),
        Literal::Number(number) => number.as_str().to_owned(),
        Literal::Text(text) => literal::string(text),
        Literal::EmptyArray => "() => []".to_owned(),
        Literal::EmptyObject => "() => ({})".to_owned(),
    }
}

fn empty_object(value: &Literal, code: &str) -> Option<String> {
    (*value == Literal::EmptyObject).then(|| code.to_owned())
}

fn is_object_id(text: &str) -> bool {
    is_hex(text, 24)
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let lengths = [8, 4, 4, 4, 12];
    groups.len() == lengths.len()
        && groups.iter().zip(lengths).all(|(group, length)| is_hex(group, length))
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
