//! A field of an entity or of a nested object. "Column" and "path" are words of the formats.

use std::collections::BTreeMap;

use crate::model::data_type::DataType;
use crate::model::extras::Extras;
use crate::model::id::FieldId;

/// One field.
///
/// - `fields` is filled only when the innermost type is [`DataType::Object`].
/// - A `unique` field is an alternate key of its own; keys over several fields are the entity's.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a rule of its own that is on or off")]
pub struct Field {
    /// Its identity, unique in the model.
    pub id: FieldId,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub ty: DataType,
    /// How a target spells the type, by target id (`postgres` → `citext`), where the logical type
    /// is not enough.
    pub native_types: BTreeMap<String, String>,
    /// The fields of a nested object.
    pub fields: Vec<Self>,
    /// Whether a nested object keeps an `_id` of its own in documents.
    pub keeps_id: bool,
    /// Whether it must have a value.
    pub required: bool,
    /// Whether no two records may agree on it.
    pub unique: bool,
    /// What it holds when nobody gave a value.
    pub default: Option<DefaultValue>,
    /// Whether the database counts it up.
    pub auto_increment: bool,
    /// How it is computed, when it is.
    pub generated: Option<Generated>,
    /// Whether it may never change once set.
    pub immutable: bool,
    /// Smallest value.
    pub min: Option<Number>,
    /// Largest value.
    pub max: Option<Number>,
    /// Shortest text.
    pub min_length: Option<u32>,
    /// Longest text, as a rule; the storage length is in the type.
    pub max_length: Option<u32>,
    /// Regular expression that the text must match, in the common subset of JavaScript and SQL.
    pub pattern: Option<String>,
    /// Whether white space at both ends is cut off.
    pub trim: bool,
    /// Whether it is stored in lower case.
    pub lowercase: bool,
    /// Whether queries leave it out unless asked (`select: false`).
    pub hidden: bool,
    /// What it means; empty means nothing was said.
    pub note: String,
    /// What only one target knows.
    pub extras: Extras,
}

impl Field {
    /// An optional field of that type.
    pub fn new(id: FieldId, name: impl Into<String>, ty: DataType) -> Self {
        Self {
            id,
            name: name.into(),
            ty,
            native_types: BTreeMap::new(),
            fields: Vec::new(),
            keeps_id: false,
            required: false,
            unique: false,
            default: None,
            auto_increment: false,
            generated: None,
            immutable: false,
            min: None,
            max: None,
            min_length: None,
            max_length: None,
            pattern: None,
            trim: false,
            lowercase: false,
            hidden: false,
            note: String::new(),
            extras: Extras::default(),
        }
    }

    /// Calls `visit` for this field and all below it, outer first.
    pub fn for_each<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        for field in &self.fields {
            field.for_each(visit);
        }
    }

    /// The field of that id, this one or one below it.
    pub fn find(&self, id: FieldId) -> Option<&Self> {
        if self.id == id {
            return Some(self);
        }
        self.fields.iter().find_map(|field| field.find(id))
    }

    /// The field of that id, this one or one below it, to change it.
    pub fn find_mut(&mut self, id: FieldId) -> Option<&mut Self> {
        if self.id == id {
            return Some(self);
        }
        self.fields.iter_mut().find_map(|field| field.find_mut(id))
    }
}

/// What a field holds when nobody gave a value.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// A constant.
    Value(Literal),
    /// The moment of insertion.
    Now,
    /// A new random UUID or object id, by the field's type.
    Generated,
    /// An expression in the words of the target.
    Expression(String),
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// No value.
    Null,
    /// True or false.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A text, or the name of an enumeration's value.
    Text(String),
    /// The empty list.
    EmptyArray,
    /// The empty object or map.
    EmptyObject,
}

/// How a field is computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Generated {
    /// The expression, in the words of the SQL target.
    pub expression: String,
    /// Whether it is written to disk or computed at each read.
    pub stored: bool,
}

/// A decimal number that keeps the digits it was written with, exponents included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(String);

impl Number {
    /// The number that `text` writes in JSON's form of numbers: `-1.5e3`, `0.10`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (digits, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let no_leading_zero = whole == "0" || !whole.starts_with('0');
        let exponent_is_whole = exponent
            .is_none_or(|e| are_digits(e.strip_prefix(['+', '-']).unwrap_or(e)) && e.len() <= 5);
        let valid = are_digits(whole)
            && no_leading_zero
            && fraction.is_none_or(are_digits)
            && exponent_is_whole;
        valid.then(|| Self(text.to_owned()))
    }

    /// The number as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest 64-bit float.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Whether it has no fraction and no exponent.
    pub fn is_integer(&self) -> bool {
        !self.0.contains(['.', 'e', 'E'])
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_json_calls_one() {
        for text in ["0", "-1", "0.10", "1e9", "12.5E-3"] {
            assert_eq!(Number::parse(text).as_ref().map(Number::as_str), Some(text));
        }
        for text in ["", "-", "01", ".5", "1.", "1e", "NaN", "1;", "0x1"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
