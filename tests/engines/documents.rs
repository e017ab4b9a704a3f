//! Documents that a model allows, and for every rule of the model one that breaks just that rule.
//!
//! Values stand as extended JSON (EJSON), so that every BSON type can be said.

use lunette::formats::collections::Collections;
use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::entity::Entity;
use lunette::model::field::{DefaultValue, Field, Literal, Number};
use regress::Regex;
use serde_json::{Map, Value, json};

/// Deepest nesting of a document that is made.
const DEEPEST: usize = 3;

/// One document and what should be said of it.
pub(crate) struct Case {
    /// The document.
    pub(crate) document: Value,
    /// Where it breaks a rule, dotted; none means that it breaks none.
    pub(crate) breaks: Option<String>,
    /// What is wrong with it.
    pub(crate) why: &'static str,
    /// Whether a default would mend it before anybody looks.
    pub(crate) is_mended: bool,
}

/// The documents of one entity: a full one first, then the broken ones.
pub(crate) fn cases_of(collections: &Collections, entity: &Entity) -> Vec<Case> {
    let document = object(collections, &entity.fields, 0);
    let good = |document: &Value| Case {
        document: document.clone(),
        breaks: None,
        why: "nothing is wrong",
        is_mended: false,
    };
    let mut cases = vec![good(&document)];
    let mut breaker = Breaker { collections, document: &document, cases: &mut cases };
    breaker.break_fields(&entity.fields, &mut Vec::new());
    let mut least = document.clone();
    for field in entity.fields.iter().filter(|field| !field.required && field.name != "_id") {
        least.as_object_mut().unwrap().remove(&field.name);
    }
    cases.push(good(&least));
    cases
}

fn object(collections: &Collections, fields: &[Field], depth: usize) -> Value {
    let mut document = Map::new();
    for field in fields {
        if let Some(value) = value(collections, field, &field.ty, depth) {
            document.insert(field.name.clone(), value);
        }
    }
    Value::Object(document)
}

/// A value that the field allows; none where the nesting would never end.
fn value(collections: &Collections, field: &Field, ty: &DataType, depth: usize) -> Option<Value> {
    Some(match ty {
        DataType::Array(inner) => json!([value(collections, field, inner, depth + 1)?]),
        DataType::Map(inner) => json!({ "key": value(collections, field, inner, depth + 1)? }),
        DataType::Embedded(_) | DataType::Object if depth > DEEPEST => return None,
        DataType::Embedded(id) => {
            let embedded = collections.model.entity(*id).unwrap();
            object(collections, &embedded.fields, depth + 1)
        }
        DataType::Object => object(collections, &field.fields, depth + 1),
        DataType::Enumeration(id) => {
            let values = &collections.model.enumeration(*id).unwrap().values;
            json!(values.first().unwrap().name)
        }
        DataType::String { .. } | DataType::Text => json!(fitting_text(field)),
        DataType::Time => json!("09:30:00"),
        DataType::Interval => json!("PT90M"),
        DataType::Inet => json!("192.0.2.1"),
        DataType::Integer(IntegerSize::Big) => json!({ "$numberLong": fitting_number(field) }),
        DataType::Integer(_) => json!({ "$numberInt": fitting_number(field) }),
        DataType::Decimal { .. } => json!({ "$numberDecimal": fitting_number(field) }),
        DataType::Float | DataType::Double => json!(fitting_number(field).parse::<f64>().unwrap()),
        DataType::Boolean => json!(true),
        DataType::Date | DataType::DateTime { .. } => json!({ "$date": "2026-11-23T09:30:00Z" }),
        DataType::Uuid => json!({ "$uuid": "8b31c8a4-7d3f-4f5e-9f7b-2f1f0a6f3c11" }),
        DataType::ObjectId => json!({ "$oid": "65fd0c7e9b3c2a0012345678" }),
        DataType::Binary { .. } => json!({ "$binary": { "base64": "AQID", "subType": "00" } }),
        DataType::Json | DataType::Mixed => json!({ "any": ["thing", 1, null] }),
        DataType::GeoPoint => json!({ "type": "Point", "coordinates": [8.54, 47.37] }),
        DataType::Vector { dimensions } => json!(vec![0.5; dimensions.unwrap_or(2) as usize]),
    })
}

/// A text that keeps the rules of the field.
fn fitting_text(field: &Field) -> String {
    let candidates = [
        "anna",
        "anna@example.org",
        "EU",
        "EUR",
        "AB-12",
        "A1",
        "1234",
        "2026-0001",
        "+41 44 123 45 67",
        "a-slug",
        "https://example.org/a.png",
        "12345678",
        "A-0001",
        "O+",
        "ABC-123-X",
        "#a0b1c2",
    ];
    let longest = longest_text(field);
    let fits = |text: &&str| {
        let length = u32::try_from(text.len()).unwrap();
        let pattern = field.pattern.as_ref().map(|pattern| Regex::new(pattern).unwrap());
        field.min_length.is_none_or(|shortest| length >= shortest)
            && longest.is_none_or(|longest| length <= longest)
            && pattern.is_none_or(|pattern| pattern.find(text).is_some())
    };
    let found = candidates.iter().find(|text| fits(text));
    found
        .unwrap_or_else(|| panic!("no text fits `{}`: {:?}", field.name, field.pattern))
        .to_string()
}

fn longest_text(field: &Field) -> Option<u32> {
    let stored = match field.ty.innermost() {
        DataType::String { length } => *length,
        _ => None,
    };
    [field.max_length, stored].into_iter().flatten().min()
}

fn fitting_number(field: &Field) -> String {
    let bound = field.min.as_ref().or(field.max.as_ref());
    bound.map_or("7".to_owned(), |bound| bound.as_str().to_owned())
}

/// Walks over all fields of a full document and breaks one rule after the other.
struct Breaker<'a> {
    collections: &'a Collections,
    document: &'a Value,
    cases: &'a mut Vec<Case>,
}

impl Breaker<'_> {
    fn break_fields(&mut self, fields: &[Field], path: &mut Vec<String>) {
        for field in fields {
            path.push(field.name.clone());
            if self.document.pointer(&pointer(path)).is_some() {
                if field.required && path != &["_id"] {
                    self.put(path, None, "a required field is missing", has_default(field));
                }
                self.break_value(field, &field.ty, path);
            }
            path.pop();
        }
    }

    fn break_value(&mut self, field: &Field, ty: &DataType, path: &mut Vec<String>) {
        match ty {
            DataType::Array(inner) => {
                path.push("0".to_owned());
                self.break_value(field, inner, path);
                path.pop();
            }
            DataType::Map(inner) => {
                self.put(path, Some(json!(5)), "a map is a number", false);
                path.push("key".to_owned());
                self.break_value(field, inner, path);
                path.pop();
            }
            DataType::Embedded(id) => {
                let fields = self.collections.model.entity(*id).unwrap().fields.clone();
                self.break_fields(&fields, path);
            }
            DataType::Object => self.break_fields(&field.fields, path),
            scalar => {
                for (why, bad) in wrong_values(field, scalar) {
                    self.put(path, Some(bad), why, false);
                }
            }
        }
    }

    /// The full document with another value at that place, or with none.
    fn put(&mut self, path: &[String], value: Option<Value>, why: &'static str, is_mended: bool) {
        let mut document = self.document.clone();
        let (last, around) = path.split_last().unwrap();
        let place = document.pointer_mut(&pointer(around)).unwrap();
        match (place, value) {
            (Value::Object(object), Some(value)) => drop(object.insert(last.clone(), value)),
            (Value::Object(object), None) => drop(object.remove(last)),
            (Value::Array(items), Some(value)) => items[last.parse::<usize>().unwrap()] = value,
            (other, _) => panic!("{other} has no place {last}"),
        }
        self.cases.push(Case { document, breaks: Some(path.join(".")), why, is_mended });
    }
}

/// Whether Mongoose gives the field a value that nobody gave; lists are empty unless told otherwise.
fn has_default(field: &Field) -> bool {
    match &field.default {
        None | Some(DefaultValue::Expression(_)) => field.ty.is_array(),
        Some(DefaultValue::Value(Literal::Null)) => false,
        Some(DefaultValue::Value(_) | DefaultValue::Now | DefaultValue::Generated) => true,
    }
}

fn pointer(path: &[String]) -> String {
    let parts = path.iter().map(|part| part.replace('~', "~0").replace('/', "~1"));
    std::iter::once(String::new()).chain(parts).collect::<Vec<_>>().join("/")
}

/// Values that the type or a rule of the field forbids.
fn wrong_values(field: &Field, ty: &DataType) -> Vec<(&'static str, Value)> {
    match ty {
        DataType::String { .. } | DataType::Text => wrong_texts(field),
        DataType::Time | DataType::Interval | DataType::Inet => {
            vec![("an object is no text", json!({ "a": 1 }))]
        }
        DataType::Enumeration(_) => vec![("no such value", json!("no such value"))],
        DataType::Integer(size) => {
            let big = *size == IntegerSize::Big;
            let write = |number: f64| {
                let key = if big { "$numberLong" } else { "$numberInt" };
                json!({ key: number.to_string() })
            };
            let mut wrong = wrong_numbers(field, &write);
            wrong.push(("a fraction is no whole number", json!(1.5)));
            wrong
        }
        DataType::Float | DataType::Double => wrong_numbers(field, &|number| json!(number)),
        DataType::Decimal { .. } => {
            wrong_numbers(field, &|number| json!({ "$numberDecimal": number.to_string() }))
        }
        DataType::Boolean => vec![("no flag", json!("maybe"))],
        DataType::Date | DataType::DateTime { .. } => vec![("no date", json!("no date"))],
        DataType::Uuid => vec![("no uuid", json!("no uuid"))],
        DataType::ObjectId => vec![("no object id", json!("no id"))],
        DataType::GeoPoint => vec![(
            "a line is no point",
            json!({ "type": "LineString", "coordinates": [8.5, 47.4] }),
        )],
        DataType::Vector { dimensions: Some(_) } if !field.ty.is_array() => {
            vec![("another length", json!([0.5]))]
        }
        DataType::Vector { .. }
        | DataType::Binary { .. }
        | DataType::Json
        | DataType::Mixed
        | DataType::Map(_)
        | DataType::Embedded(_)
        | DataType::Object
        | DataType::Array(_) => Vec::new(),
    }
}

fn wrong_texts(field: &Field) -> Vec<(&'static str, Value)> {
    let mut wrong = vec![("an object is no text", json!({ "a": 1 }))];
    let of_length = |length: u32| json!("x".repeat(length as usize));
    if let Some(shortest) = field.min_length.filter(|shortest| *shortest > 1) {
        wrong.push(("too short", of_length(shortest - 1)));
    }
    if let Some(longest) = longest_text(field) {
        wrong.push(("too long", of_length(longest + 1)));
    }
    if let Some(pattern) = &field.pattern {
        assert!(Regex::new(pattern).unwrap().find("\u{a4} \u{a4}").is_none(), "{pattern}");
        wrong.push(("another pattern", json!("\u{a4} \u{a4}")));
    }
    wrong
}

fn wrong_numbers(field: &Field, write: &dyn Fn(f64) -> Value) -> Vec<(&'static str, Value)> {
    let mut wrong = vec![("no number", json!("no number"))];
    if let Some(min) = field.min.as_ref().map(Number::to_f64) {
        wrong.push(("too small", write(min - 1.0)));
    }
    if let Some(max) = field.max.as_ref().map(Number::to_f64) {
        wrong.push(("too large", write(max + 1.0)));
    }
    wrong
}
