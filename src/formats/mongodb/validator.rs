//! Validators: what a document must look like, in the JSON Schema that MongoDB reads, which has
//! `bsonType` and knows no references.

use std::collections::BTreeMap;

use crate::base::diagnostic::Diagnostic;
use crate::formats::code::code;
use crate::formats::collections::{Collections, is_top_level};
use crate::formats::javascript::literal::is_regular_expression;
use crate::formats::javascript::text::{Code, string};
use crate::formats::javascript::tree::{Member, Node};
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{EntityId, EnumerationId};

/// Writes the schemas of one script.
#[derive(Debug)]
pub(super) struct Validators<'a> {
    /// The documents.
    pub(super) collections: &'a Collections,
    /// Whether documents may have fields that the model does not know.
    pub(super) allows_other_fields: bool,
    /// Constants that hold the schemas of embedded types; one that is not here yet is any object.
    pub(super) constants: BTreeMap<EntityId, Code>,
    /// What could not be written.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Properties that documents have though the model does not mention them: names and schemas.
#[derive(Default)]
struct Given {
    before: Vec<(&'static str, &'static str)>,
    after: Vec<(&'static str, &'static str)>,
}

/// What a value may be, and whether it may be null as well.
struct Schema {
    types: Vec<&'static str>,
    rules: Vec<Member>,
}

impl Schema {
    fn of(types: &[&'static str]) -> Self {
        Self { types: types.to_vec(), rules: Vec::new() }
    }

    fn with(mut self, name: &str, value: impl Into<Node>) -> Self {
        self.rules.push(Member::new(name, value));
        self
    }
}

impl Validators<'_> {
    /// The schema of an entity's documents.
    pub(super) fn entity(&mut self, entity: &Entity) -> Node {
        let mut schema = vec![Member::new("bsonType", "'object'")];
        if !entity.note.is_empty() {
            schema.push(Member::new("description", string(&entity.note)));
        }
        let mut given = Given::default();
        if (is_top_level(entity) || entity.keeps_id) && !has(&entity.fields, "_id") {
            given.before.push(("_id", "{ bsonType: 'objectId' }"));
        }
        if entity.timestamps {
            given.after.push(("createdAt", "{ bsonType: 'date' }"));
            given.after.push(("updatedAt", "{ bsonType: 'date' }"));
        }
        // Mongoose counts versions in it.
        if is_top_level(entity) && !self.allows_other_fields {
            given.after.push(("__v", "{ bsonType: 'number' }"));
        }
        given.after.retain(|(name, _)| !has(&entity.fields, name));
        self.add_fields(entity, &entity.fields, &given, &mut schema);
        Node::Tall(schema)
    }

    fn add_fields(
        &mut self,
        entity: &Entity,
        fields: &[Field],
        given: &Given,
        schema: &mut Vec<Member>,
    ) {
        let is_required = |field: &&Field| field.required && field.name != "_id";
        let required: Vec<_> =
            fields.iter().filter(is_required).map(|field| string(&field.name).into()).collect();
        if !required.is_empty() {
            schema.push(Member::new("required", Node::Array(required)));
        }
        let as_member = |(name, schema): &(&str, &'static str)| Member::new(name, *schema);
        let mut properties: Vec<_> = given.before.iter().map(as_member).collect();
        for field in fields {
            let mut member = Member::new(&field.name, self.field(entity, field));
            member.element = Some(self.collections.element_of(entity, field));
            properties.push(member);
        }
        properties.extend(given.after.iter().map(as_member));
        schema.push(Member::new("properties", Node::Tall(properties)));
        if !self.allows_other_fields {
            schema.push(Member::new("additionalProperties", "false"));
        }
    }

    fn field(&mut self, entity: &Entity, field: &Field) -> Node {
        let value = self.value(entity, field, &field.ty);
        let may_be_null = !field.required && field.name != "_id";
        finish(value, may_be_null, &field.note)
    }

    /// The schema of a value of `ty`, which is the field's type or one inside it; none is a constant
    /// that stands for a schema.
    fn value(&mut self, entity: &Entity, field: &Field, ty: &DataType) -> Value {
        Value::Schema(match ty {
            DataType::Array(inner) => {
                let items = self.value(entity, field, inner);
                Schema::of(&["array"]).with("items", finish(items, false, ""))
            }
            DataType::Map(inner) => {
                let values = self.value(entity, field, inner);
                Schema::of(&["object"]).with("additionalProperties", finish(values, false, ""))
            }
            DataType::Object if !field.fields.is_empty() => {
                let mut given = Given::default();
                if field.keeps_id && !has(&field.fields, "_id") {
                    given.before.push(("_id", "{ bsonType: 'objectId' }"));
                }
                let mut schema = Schema::of(&["object"]);
                self.add_fields(entity, &field.fields, &given, &mut schema.rules);
                schema
            }
            DataType::Embedded(id) => {
                if let Some(constant) = self.constants.get(id) {
                    return Value::Constant(constant.clone());
                }
                self.diagnostics.push(Diagnostic::warning(format!(
                    "mongodb: what `{}.{}` embeds is not checked, since it embeds itself",
                    entity.name, field.name
                )));
                Schema::of(&["object"])
            }
            DataType::String { length } => self.text(entity, field, *length),
            DataType::Text => self.text(entity, field, None),
            DataType::Enumeration(id) => self.enumeration(*id),
            other => scalar(field, other),
        })
    }

    fn text(&mut self, entity: &Entity, field: &Field, stored: Option<u32>) -> Schema {
        let mut schema = Schema::of(&["string"]);
        if let Some(shortest) = field.min_length {
            schema = schema.with("minLength", code!(shortest));
        }
        if let Some(longest) = [field.max_length, stored].into_iter().flatten().min() {
            schema = schema.with("maxLength", code!(longest));
        }
        if let Some(pattern) = &field.pattern {
            if is_pattern(pattern) {
                return schema.with("pattern", string(pattern));
            }
            self.diagnostics.push(Diagnostic::warning(format!(
                "mongodb: the pattern `{}` of `{}.{}` is left out",
                pattern.escape_debug(),
                entity.name,
                field.name
            )));
        }
        schema
    }

    /// The server refuses a list of values that names one twice, or none.
    fn enumeration(&self, id: EnumerationId) -> Schema {
        let values = self.collections.model.enumeration(id);
        let mut names: Vec<&str> = Vec::new();
        for value in values.iter().flat_map(|values| &values.values) {
            if !names.contains(&value.name.as_str()) {
                names.push(&value.name);
            }
        }
        let schema = Schema::of(&["string"]);
        if names.is_empty() {
            return schema;
        }
        let names = names.iter().map(|name| string(name).into()).collect();
        schema.with("enum", Node::Array(names))
    }
}

/// Whether the server, which reads patterns as Perl does, reads this one as JavaScript does: nothing
/// that only one of the two knows after a backslash or in a class.
fn is_pattern(pattern: &str) -> bool {
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next() } else { None };
        if escaped.is_some_and(|c| c.is_ascii_alphabetic() && !"dDwWsSbBtnrf".contains(c)) {
            return false;
        }
    }
    let only_in_javascript = ["[]", "[^]", "\0", "$<", "[["];
    is_regular_expression(pattern) && !only_in_javascript.iter().any(|text| pattern.contains(text))
}

/// A schema in place, or a constant that holds one.
enum Value {
    Schema(Schema),
    Constant(Code),
}

/// The schema as code, with null allowed or not, and what it means.
fn finish(value: Value, may_be_null: bool, note: &str) -> Node {
    let schema = match value {
        Value::Constant(name) if !may_be_null && note.is_empty() => return name.into(),
        Value::Constant(name) => {
            let mut members = Vec::new();
            if !note.is_empty() {
                members.push(Member::new("description", string(note)));
            }
            if !may_be_null {
                members.push(Member::new("allOf", Node::Array(vec![name.into()])));
                return Node::Object(members);
            }
            let choices = vec!["{ bsonType: 'null' }".into(), name.into()];
            members.push(Member::new("anyOf", Node::Array(choices)));
            return Node::Object(members);
        }
        Value::Schema(schema) => schema,
    };
    let mut members = Vec::new();
    let mut types: Vec<_> = schema.types.iter().map(|ty| string(ty).into()).collect();
    if may_be_null && !types.is_empty() {
        types.push("'null'".into());
    }
    match types.len() {
        0 => {}
        1 => members.push(Member::new("bsonType", types.remove(0))),
        _ => members.push(Member::new("bsonType", Node::Array(types))),
    }
    if !note.is_empty() {
        members.push(Member::new("description", string(note)));
    }
    members.extend(schema.rules.into_iter().map(|mut rule| {
        if let (true, "enum", Node::Array(values)) =
            (may_be_null, rule.key.as_str(), &mut rule.value)
        {
            values.push("null".into());
        }
        rule
    }));
    Node::Object(members)
}

/// The schema of a type without parts or texts of its own.
fn scalar(field: &Field, ty: &DataType) -> Schema {
    match ty {
        DataType::Integer(size) => integer(*size, field),
        DataType::Decimal { .. } => range(Schema::of(&["decimal"]), field, &NO_LIMITS, |n| {
            code!("NumberDecimal('", n, "')")
        }),
        DataType::Float | DataType::Double => {
            range(Schema::of(&["number"]), field, &NO_LIMITS, |n| n)
        }
        DataType::Boolean => Schema::of(&["bool"]),
        DataType::Date | DataType::DateTime { .. } => Schema::of(&["date"]),
        DataType::Time | DataType::Interval | DataType::Inet => Schema::of(&["string"]),
        DataType::Uuid | DataType::Binary { .. } => Schema::of(&["binData"]),
        DataType::ObjectId => Schema::of(&["objectId"]),
        DataType::GeoPoint => geo_point(),
        DataType::Vector { dimensions } => vector(*dimensions),
        DataType::Object => Schema::of(&["object"]),
        DataType::Json
        | DataType::Mixed
        | DataType::String { .. }
        | DataType::Text
        | DataType::Map(_)
        | DataType::Enumeration(_)
        | DataType::Embedded(_)
        | DataType::Array(_) => Schema::of(&[]),
    }
}

/// The smallest and the largest value of a type, where it has any.
type Limits = (Option<&'static str>, Option<&'static str>);

const NO_LIMITS: Limits = (None, None);

fn integer(size: IntegerSize, field: &Field) -> Schema {
    match size {
        IntegerSize::Tiny => whole(field, &(Some("-128"), Some("127"))),
        IntegerSize::Small => whole(field, &(Some("-32768"), Some("32767"))),
        IntegerSize::Regular => whole(field, &NO_LIMITS),
        // As text, since a script's own numbers are not exact that far out.
        IntegerSize::Big => range(Schema::of(&["int", "long"]), field, &NO_LIMITS, |number| {
            match number.as_str().parse::<i64>() {
                Ok(_) => code!("NumberLong('", number, "')"),
                Err(_) => number,
            }
        }),
    }
}

fn whole(field: &Field, limits: &Limits) -> Schema {
    range(Schema::of(&["int"]), field, limits, |n| n)
}

/// Smallest and largest: what the field says, else what the type holds.
fn range(
    mut schema: Schema,
    field: &Field,
    limits: &Limits,
    write: impl Fn(Code) -> Code,
) -> Schema {
    let says = [("minimum", &field.min, limits.0), ("maximum", &field.max, limits.1)];
    for (name, chosen, limit) in says {
        if let Some(number) =
            chosen.as_ref().map(|number| code!(number)).or(limit.map(|limit| code!(limit)))
        {
            schema = schema.with(name, write(number));
        }
    }
    schema
}

fn vector(dimensions: Option<u32>) -> Schema {
    let vector = Schema::of(&["array"]).with("items", "{ bsonType: 'number' }");
    let Some(length) = dimensions else { return vector };
    vector.with("minItems", code!(length)).with("maxItems", code!(length))
}

fn geo_point() -> Schema {
    let numbers = "{ bsonType: 'array', items: { bsonType: 'number' }, minItems: 2, maxItems: 3 }";
    let properties = Node::Object(vec![
        Member::new("type", "{ enum: ['Point'] }"),
        Member::new("coordinates", numbers),
    ]);
    Schema::of(&["object"])
        .with("required", "['type', 'coordinates']")
        .with("properties", properties)
}

fn has(fields: &[Field], name: &str) -> bool {
    fields.iter().any(|field| field.name == name)
}
