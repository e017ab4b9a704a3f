//! What the values of a field look like.
//!
//! Must not know where definitions stand beyond how they are referred to.

use std::collections::BTreeMap;

use regress::Regex;

use crate::base::diagnostic::Diagnostic;
use crate::formats::javascript::literal::is_regular_expression;
use crate::formats::json_schema::patterns;
use crate::formats::json_schema::tree::{Json, Member};
use crate::formats::json_schema::{FORMAT, JSON_SCHEMA};
use crate::formats::options::Options;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::entity::Entity;
use crate::model::field::{DefaultValue, Field, Literal};
use crate::model::id::NodeId;

/// How many subjects a message names.
const SHOWN: usize = 3;

/// Writes values, and remembers what it could not say.
pub(super) struct Values {
    references: BTreeMap<NodeId, String>,
    may_be_null: bool,
    decimals_are_text: bool,
    lost: BTreeMap<&'static str, Vec<String>>,
}

/// A field, and what its nested fields add to the schema of its objects.
struct Subject<'a> {
    entity: &'a Entity,
    field: &'a Field,
    object: Vec<Member>,
}

impl Values {
    /// Values of a model whose definitions are referred to like this.
    pub(super) fn new(references: BTreeMap<NodeId, String>, options: &Options) -> Self {
        Self {
            references,
            may_be_null: options.text("absent") != "optional",
            decimals_are_text: options.text("decimals") == "string",
            lost: BTreeMap::new(),
        }
    }

    /// The values of a timestamp that is kept for the entity.
    pub(super) fn timestamp() -> Json {
        let mut schema = typed("string", "date-time");
        schema.push(Member::new("readOnly", Json::raw("true")));
        schema.into()
    }

    /// What could not be said, a message for each reason.
    pub(super) fn diagnostics(&self) -> impl Iterator<Item = Diagnostic> {
        self.lost.iter().map(|(reason, subjects)| {
            let shown = subjects.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
            let more = match subjects.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            Diagnostic::warning(format!("{}: {reason}: {shown}{more}", JSON_SCHEMA.id))
        })
    }

    fn lose(&mut self, reason: &'static str, entity: &Entity, field: &Field) {
        let subject = format!("{}.{}", entity.name, field.name);
        self.lost.entry(reason).or_default().push(subject);
    }

    /// The schema of a field's value.
    pub(super) fn field(
        &mut self,
        entity: &Entity,
        field: &Field,
        is_there: bool,
        object: Vec<Member>,
    ) -> Json {
        if field.unique {
            self.lose("unique values are not checked", entity, field);
        }
        let mut schema = self.value(&Subject { entity, field, object }, &field.ty);
        if !is_there && self.may_be_null {
            allow_null(&mut schema);
        }
        if !field.note.is_empty() {
            schema.push(Member::new("description", field.note.as_str()));
        }
        if let Some(default) = self.default_of(entity, field) {
            schema.push(Member::new("default", default));
        }
        if field.immutable || field.auto_increment || field.generated.is_some() {
            schema.push(Member::new("readOnly", Json::raw("true")));
        }
        if field.hidden {
            schema.push(Member::new("writeOnly", Json::raw("true")));
        }
        schema.into()
    }

    fn default_of(&mut self, entity: &Entity, field: &Field) -> Option<Json> {
        match field.default.as_ref()? {
            DefaultValue::Value(literal) => Some(match literal {
                Literal::Null => Json::raw("null"),
                Literal::Boolean(value) => Json::raw(if *value { "true" } else { "false" }),
                Literal::Number(number) => Json::raw(number),
                Literal::Text(text) => text.as_str().into(),
                Literal::EmptyArray => Json::List(Vec::new()),
                Literal::EmptyObject => Json::Object(Vec::new()),
            }),
            DefaultValue::Now | DefaultValue::Generated => {
                self.lose("defaults that are made anew are left out", entity, field);
                None
            }
            // A declared loss.
            DefaultValue::Expression(_) => None,
        }
    }

    /// A value of `ty`, which is the field's type or one inside it.
    fn value(&mut self, subject: &Subject<'_>, ty: &DataType) -> Vec<Member> {
        match ty {
            DataType::Array(inner) => {
                let items = self.value(subject, inner);
                vec![Member::new("type", "array"), Member::new("items", items)]
            }
            DataType::Map(inner) => {
                let values = self.value(subject, inner);
                vec![Member::new("type", "object"), Member::new("additionalProperties", values)]
            }
            DataType::Object => {
                let mut schema = vec![Member::new("type", "object")];
                schema.extend(subject.object.iter().cloned());
                schema
            }
            DataType::Embedded(id) => self.definition((*id).into(), "object"),
            DataType::Enumeration(id) => self.definition((*id).into(), "string"),
            DataType::String { length } => self.text(subject, *length),
            DataType::Text => self.text(subject, None),
            DataType::Integer(_)
            | DataType::Decimal { .. }
            | DataType::Float
            | DataType::Double => self.number(subject, ty),
            other => scalar(other),
        }
    }

    fn definition(&self, node: NodeId, otherwise: &str) -> Vec<Member> {
        match self.references.get(&node) {
            Some(reference) => vec![Member::new("$ref", reference.as_str())],
            None => vec![Member::new("type", otherwise)],
        }
    }

    fn text(&mut self, subject: &Subject<'_>, stored: Option<u32>) -> Vec<Member> {
        let Subject { entity, field, .. } = subject;
        let mut schema = vec![Member::new("type", "string")];
        if let Some(format) = field.extras.option(JSON_SCHEMA.id, FORMAT) {
            schema.push(Member::new("format", format));
        }
        if let Some(shortest) = field.min_length {
            schema.push(Member::new("minLength", Json::raw(shortest)));
        }
        if let Some(longest) = [field.max_length, stored].into_iter().flatten().min() {
            schema.push(Member::new("maxLength", Json::raw(longest)));
        }
        if let Some(pattern) = &field.pattern {
            if is_regular_expression(pattern) && Regex::with_flags(pattern, "u").is_ok() {
                schema.push(Member::new("pattern", pattern.as_str()));
            } else {
                self.lose("patterns that not every reader knows are left out", entity, field);
            }
        }
        schema
    }

    fn number(&self, subject: &Subject<'_>, ty: &DataType) -> Vec<Member> {
        if let (true, DataType::Decimal { precision, scale }) = (self.decimals_are_text, ty) {
            let pattern = patterns::decimal(*precision, *scale);
            return vec![Member::new("type", "string"), Member::new("pattern", pattern.as_str())];
        }
        let (mut schema, limits) = match ty {
            DataType::Integer(IntegerSize::Tiny) => (plain("integer"), Some(["-128", "127"])),
            DataType::Integer(IntegerSize::Small) => (plain("integer"), Some(["-32768", "32767"])),
            // A bound beyond 32 bits would say that there are more.
            DataType::Integer(IntegerSize::Regular) if is_beyond(subject.field) => {
                (typed("integer", "int32"), None)
            }
            DataType::Integer(IntegerSize::Regular) => (plain("integer"), None),
            DataType::Integer(IntegerSize::Big) => (typed("integer", "int64"), None),
            DataType::Float => (typed("number", "float"), None),
            // Decimals and doubles; nothing else comes here.
            _ => (plain("number"), None),
        };
        let [lowest, highest] = limits.map_or([None, None], |limits| limits.map(Some));
        let Subject { field, .. } = subject;
        let says = [("minimum", &field.min, lowest), ("maximum", &field.max, highest)];
        for (word, chosen, limit) in says {
            let number = match (chosen, limit) {
                (Some(number), _) => Json::raw(number),
                (None, Some(limit)) => Json::raw(limit),
                (None, None) => continue,
            };
            schema.push(Member::new(word, number));
        }
        schema
    }
}

/// Whether a bound of the field needs more than 32 bits.
pub(super) fn is_beyond(field: &Field) -> bool {
    let bounds = [&field.min, &field.max].into_iter().flatten();
    bounds.into_iter().any(|number| number.to_f64().abs() > 2_147_483_648.0)
}

fn plain(ty: &str) -> Vec<Member> {
    vec![Member::new("type", ty)]
}

fn typed(ty: &str, format: &str) -> Vec<Member> {
    vec![Member::new("type", ty), Member::new("format", format)]
}

fn allow_null(schema: &mut Vec<Member>) {
    if schema.is_empty() {
        return;
    }
    let value = Json::from(std::mem::take(schema));
    let null = Json::from(plain("null"));
    schema.push(Member::new("anyOf", vec![value, null]));
}

/// The schema of a type without parts or rules of its own.
fn scalar(ty: &DataType) -> Vec<Member> {
    match ty {
        DataType::Boolean => plain("boolean"),
        DataType::Date => typed("string", "date"),
        DataType::Time => typed("string", "time"),
        DataType::DateTime { zoned: true } => typed("string", "date-time"),
        DataType::DateTime { zoned: false } => {
            vec![Member::new("type", "string"), Member::new("pattern", patterns::WALL_CLOCK)]
        }
        DataType::Interval => typed("string", "duration"),
        DataType::Uuid => typed("string", "uuid"),
        DataType::ObjectId => {
            vec![Member::new("type", "string"), Member::new("pattern", patterns::OBJECT_ID)]
        }
        DataType::Binary { .. } => {
            vec![Member::new("type", "string"), Member::new("contentEncoding", "base64")]
        }
        DataType::GeoPoint => geo_point(),
        DataType::Inet => {
            let formats = ["ipv4", "ipv6"].map(|format| Json::from(typed("string", format)));
            vec![Member::new("anyOf", Vec::from(formats))]
        }
        DataType::Vector { dimensions } => {
            let mut schema = plain("array");
            schema.push(Member::new("items", typed("number", "float")));
            if let Some(length) = dimensions {
                schema.push(Member::new("minItems", Json::raw(length)));
                schema.push(Member::new("maxItems", Json::raw(length)));
            }
            schema
        }
        DataType::Json
        | DataType::Mixed
        | DataType::String { .. }
        | DataType::Text
        | DataType::Integer(_)
        | DataType::Decimal { .. }
        | DataType::Float
        | DataType::Double
        | DataType::Map(_)
        | DataType::Enumeration(_)
        | DataType::Embedded(_)
        | DataType::Object
        | DataType::Array(_) => Vec::new(),
    }
}

fn geo_point() -> Vec<Member> {
    let coordinates = vec![
        Member::new("type", "array"),
        Member::new("items", plain("number")),
        Member::new("minItems", Json::raw(2_u32)),
        Member::new("maxItems", Json::raw(3_u32)),
    ];
    let properties = vec![
        Member::new("type", vec![Member::new("const", "Point")]),
        Member::new("coordinates", coordinates),
    ];
    let required: Vec<Json> = vec!["type".into(), "coordinates".into()];
    let mut schema = plain("object");
    schema.push(Member::new("properties", properties));
    schema.push(Member::new("required", required));
    schema
}
