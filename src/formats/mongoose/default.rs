//! Defaults: constants in the form that the type takes, and functions that Mongoose calls for each
//! new document.

use crate::formats::code::code;
use crate::formats::javascript::text::{Code, boolean, string};
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
    pub(super) fn default_of(&mut self, field: &Field) -> Option<Code> {
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
            Some(code) => self.needs.types |= code.as_str().contains("new Types."),
            None => self.lose(field, "the default, which is no value of its type,"),
        }
        code
    }

    fn constant(&self, field: &Field, value: &Literal) -> Option<Code> {
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
                text.filter(|text| values.has_value(text)).map(string)
            }
            DataType::Integer(size) => whole(&number_of(value)?, self.is_bigint(*size)),
            DataType::Float | DataType::Double => Some(code!(&number_of(value)?)),
            DataType::Decimal { .. } => decimal(&number_of(value)?),
            DataType::Boolean => truth(value).map(boolean),
            DataType::Date | DataType::DateTime { .. } => {
                text_if(is_moment).map(|text| made("Date", text))
            }
            DataType::Uuid => text_if(is_uuid).map(|text| made("Types.UUID", text)),
            DataType::ObjectId => text_if(is_object_id).map(|text| made("Types.ObjectId", text)),
            DataType::Binary { .. } => {
                text.map(|text| code!("() => Buffer.from(", string(text), ")"))
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
fn null(field: &Field) -> Option<Code> {
    if field.ty.is_array() {
        return Some(code!("undefined"));
    }
    (!field.required).then(|| code!("null"))
}

fn now(ty: &DataType, is_bigint: bool) -> Option<Code> {
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
    Some(code!(code))
}

fn generated(ty: &DataType) -> Option<Code> {
    let is_text = matches!(ty, DataType::String { .. } | DataType::Text);
    if is_text {
        return Some(code!("() => new Types.UUID().toString()"));
    }
    if *ty == DataType::ObjectId {
        return Some(code!("() => new Types.ObjectId()"));
    }
    (*ty == DataType::Uuid).then(|| code!("() => new Types.UUID()"))
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
fn made(class: &'static str, text: &str) -> Code {
    code!("() => new ", class, "(", string(text), ")")
}

fn scalar_as_text(value: &Literal) -> Option<Code> {
    match value {
        Literal::Text(text) => Some(string(text)),
        Literal::Number(number) => Some(string(number.as_str())),
        Literal::Boolean(flag) => Some(string(&flag.to_string())),
        Literal::Null | Literal::EmptyArray | Literal::EmptyObject => None,
    }
}

fn whole(number: &Number, is_bigint: bool) -> Option<Code> {
    let suffix = if is_bigint { "n" } else { "" };
    number.is_integer().then(|| code!(number, suffix))
}

fn decimal(number: &Number) -> Option<Code> {
    let text = number.as_str();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let fits = digits <= DECIMAL_DIGITS
        && exponent.parse().is_ok_and(|exponent: i32| DECIMAL_EXPONENTS.contains(&exponent));
    fits.then(|| made("Types.Decimal128", text))
}

fn truth(value: &Literal) -> Option<bool> {
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

fn anything(value: &Literal) -> Code {
    match value {
        Literal::Null => code!("null"),
        Literal::Boolean(flag) => boolean(*flag),
        Literal::Number(number) => code!(number),
        Literal::Text(text) => string(text),
        Literal::EmptyArray => code!("() => []"),
        Literal::EmptyObject => code!("() => ({})"),
    }
}

fn empty_object(value: &Literal, code: &'static str) -> Option<Code> {
    (*value == Literal::EmptyObject).then(|| code!(code))
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
