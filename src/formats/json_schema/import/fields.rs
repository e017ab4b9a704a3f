//! Shapes → types and fields.

use crate::base::diagnostic::Severity;
use crate::base::ident::{Case, with_case};
use crate::formats::json_schema::import::build::Builder;
use crate::formats::json_schema::import::documents::{Node, Place};
use crate::formats::json_schema::import::kinds::{Choice, Kind};
use crate::formats::json_schema::import::shape::Shape;
use crate::formats::json_schema::{FORMAT, JSON_SCHEMA, patterns};
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::field::{DefaultValue, Field, Literal, Number};

/// Objects and lists inside each other that are followed.
const DEEPEST: usize = 40;

/// Where a field stands, in words and in depth.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// The entity and the fields around it.
    pub(super) path: &'a str,
    /// How many objects and lists are around it.
    pub(super) depth: usize,
}

/// A type, the fields of its objects, and the rules on its innermost values.
struct Typed<'t> {
    ty: DataType,
    fields: Vec<Field>,
    rules: Shape<'t>,
}

impl<'t> Builder<'t> {
    /// The fields that the properties of a shape are.
    pub(super) fn fields(&mut self, shape: &Shape<'t>, around: Around<'_>) -> Vec<Field> {
        let mut fields = Vec::with_capacity(shape.properties.len());
        for (name, schemas) in &shape.properties {
            let Some((first, rest)) = schemas.split_first() else { continue };
            let path = format!("{}.{name}", around.path);
            let mut of_field = self.shape_of(*first, &path);
            for schema in rest {
                let more = self.shape_of(*schema, &path);
                merge(&mut of_field, more);
            }
            let around = Around { path: &path, depth: around.depth };
            let mut field = self.field(name, &of_field, first.place(), around);
            let is_there = shape.required.contains(name) || of_field.is_required;
            field.required = is_there && !of_field.nullable;
            fields.push(field);
        }
        let missing = shape.required.iter().find(|name| !shape.properties.contains_key(*name));
        if let (Some(name), false) = (missing, shape.properties.is_empty()) {
            let reason = format!("`required` names `{name}`, which is no property");
            let place = shape.properties.values().flatten().next().map(|node| node.place());
            let hint = "add the property, or take its name out of `required`";
            self.losses.add(
                Severity::Info,
                (&reason, hint),
                around.path,
                place.unwrap_or_default(),
            );
        }
        fields
    }

    fn field(&mut self, name: &str, shape: &Shape<'t>, place: Place, around: Around<'_>) -> Field {
        let Typed { ty, fields, rules } = self.typed(shape, place, around);
        let mut field = Field::new(self.mint.mint(), name, ty);
        field.fields = fields;
        let note = shape.description.or(shape.title.filter(|title| !is_like(title, name)));
        note.unwrap_or_default().clone_into(&mut field.note);
        field.immutable = shape.read_only;
        field.hidden = shape.write_only;
        Self::rules(&mut field, &rules);
        if let Some(default) = shape.default {
            field.default = self.default_of(default, around.path);
        }
        field
    }

    fn rules(field: &mut Field, rules: &Shape<'t>) {
        match field.ty.innermost() {
            DataType::String { .. } => {
                field.min_length = rules.min_length;
                field.pattern = rules.pattern.map(str::to_owned);
                if let Some(format) = rules.format {
                    field.extras.set(JSON_SCHEMA.id, FORMAT, format);
                }
            }
            DataType::Integer(size) => {
                let own = own_limits(*size);
                field.min.clone_from(&rules.min);
                field.max.clone_from(&rules.max);
                if own.is_some_and(|own| has_limits(rules, own)) {
                    (field.min, field.max) = (None, None);
                }
            }
            DataType::Decimal { .. } | DataType::Float | DataType::Double => {
                field.min.clone_from(&rules.min);
                field.max.clone_from(&rules.max);
            }
            _ => {}
        }
    }

    fn typed(&mut self, shape: &Shape<'t>, place: Place, around: Around<'_>) -> Typed<'t> {
        let mut typed = Typed { ty: DataType::Mixed, fields: Vec::new(), rules: shape.clone() };
        if around.depth > DEEPEST {
            let reason = (
                "objects that are nested too deep hold anything",
                "take the inner objects out into definitions of their own",
            );
            self.losses.add(Severity::Warning, reason, around.path, place);
            return typed;
        }
        if shape.is_mixed {
            return typed;
        }
        if let Some((definition, _)) = shape.definitions.first() {
            typed.ty = self.defined_type(*definition);
            return typed;
        }
        if let Some(choices) = shape.choices.as_deref().filter(|_| is_text(shape)) {
            typed.ty = DataType::Enumeration(self.choices_at(choices, around.path));
            return typed;
        }
        let deeper = Around { depth: around.depth + 1, ..around };
        match kind(shape) {
            Some("object") if shape.is_point => typed.ty = DataType::GeoPoint,
            Some("object") if !shape.properties.is_empty() => {
                typed.ty = DataType::Object;
                typed.fields = self.fields(shape, deeper);
            }
            Some("object") => match shape.values {
                Some(values) => {
                    let inner = self.inner(values, deeper);
                    typed = Typed { ty: DataType::Map(Box::new(inner.ty.clone())), ..inner };
                }
                None => typed.ty = DataType::Object,
            },
            Some("array") => typed = self.list(shape, place, deeper),
            Some("string") => typed.ty = text_type(shape),
            Some(number) => typed.ty = scalar_type(number, shape),
            None if shape.types.is_empty() => {}
            None => {
                let reason =
                    ("values of several types hold anything", "choose one type for the field");
                self.losses.add(Severity::Warning, reason, around.path, place);
            }
        }
        if typed.ty == text_type(shape) && typed.ty != DataType::STRING {
            let is_text = matches!(typed.ty, DataType::String { .. });
            typed.rules.format = typed.rules.format.filter(|_| is_text);
        }
        typed
    }

    fn inner(&mut self, node: Node<'t>, around: Around<'_>) -> Typed<'t> {
        let shape = self.shape_of(node, around.path);
        self.typed(&shape, node.place(), around)
    }

    fn list(&mut self, shape: &Shape<'t>, place: Place, around: Around<'_>) -> Typed<'t> {
        let Some(items) = shape.items else {
            let ty = DataType::Mixed.array();
            return Typed { ty, fields: Vec::new(), rules: Shape::default() };
        };
        let inner = self.inner(items, around);
        if let ([Some(least), Some(most)], DataType::Float) = (shape.n_items, &inner.ty)
            && least == most
        {
            return Typed { ty: DataType::Vector { dimensions: Some(least) }, ..inner };
        }
        if shape.n_items.iter().any(|count| count.is_some_and(|count| count > 0)) {
            let reason = (
                "how many values a list has is left out",
                "add a check to the entity that counts them",
            );
            self.losses.add(Severity::Warning, reason, around.path, place);
        }
        Typed { ty: inner.ty.clone().array(), ..inner }
    }

    fn default_of(&mut self, node: Node<'t>, path: &str) -> Option<DefaultValue> {
        use jsonc_parser::ast::Value;
        let literal = match node.value {
            Value::StringLit(text) => Literal::Text(text.value.to_string()),
            Value::NumberLit(number) => Literal::Number(Number::parse(number.value)?),
            Value::BooleanLit(bool) => Literal::Boolean(bool.value),
            Value::NullKeyword(_) => Literal::Null,
            Value::Array(array) if array.elements.is_empty() => Literal::EmptyArray,
            Value::Object(object) if object.properties.is_empty() => Literal::EmptyObject,
            Value::Array(_) | Value::Object(_) => {
                let reason = (
                    "defaults of several values are left out",
                    "a model knows constants, empty lists and empty objects: set others in the code",
                );
                self.losses.add(Severity::Warning, reason, path, node.place());
                return None;
            }
        };
        Some(DefaultValue::Value(literal))
    }

    fn defined_type(&mut self, place: Place) -> DataType {
        match self.definition(place) {
            Some((Kind::Object, entity, _)) => DataType::Embedded(entity),
            Some((Kind::Choices, _, enumeration)) => DataType::Enumeration(enumeration),
            Some((Kind::Alias, ..)) | None => DataType::Mixed,
        }
    }

    /// The enumeration of choices that a property lists itself; equal lists are one.
    fn choices_at(&mut self, choices: &[Choice], path: &str) -> crate::model::id::EnumerationId {
        let last = path.rsplit('.').next().unwrap_or(path);
        let name = with_case(last, Case::Pascal);
        let whole = path.split('.').map(|part| with_case(part, Case::Pascal)).collect::<String>();
        self.enumeration_of(choices, [&name, &whole])
    }
}

/// Whether a title says no more than the name.
fn is_like(title: &str, name: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(title) == letters(name)
}

/// Adds what another schema says of the same property.
fn merge<'t>(shape: &mut Shape<'t>, more: Shape<'t>) {
    if shape.types.is_empty() {
        shape.types = more.types;
    }
    for choice in more.choices.into_iter().flatten() {
        let all = shape.choices.get_or_insert_default();
        if !all.iter().any(|known| known.name == choice.name) {
            all.push(choice);
        }
    }
    if shape.definitions.is_empty() && shape.properties.is_empty() {
        shape.definitions = more.definitions;
    }
    for (name, schemas) in more.properties {
        shape.properties.entry(name).or_default().extend(schemas);
    }
    shape.required.extend(more.required);
    shape.items = shape.items.or(more.items);
    shape.values = shape.values.or(more.values);
    shape.format = shape.format.or(more.format);
    shape.pattern = shape.pattern.or(more.pattern);
    shape.encoding = shape.encoding.or(more.encoding);
    shape.description = shape.description.or(more.description);
    shape.default = more.default.or(shape.default);
    shape.min = more.min.or(shape.min.take());
    shape.max = more.max.or(shape.max.take());
    shape.min_length = more.min_length.or(shape.min_length);
    shape.max_length = more.max_length.or(shape.max_length);
    shape.nullable |= more.nullable;
    shape.read_only |= more.read_only;
    shape.write_only |= more.write_only;
}

/// Whether the choices are those of a text.
fn is_text(shape: &Shape<'_>) -> bool {
    shape.types.iter().all(|ty| *ty == "string")
}

/// The one word for what the values are, said or to be seen from the rules.
fn kind<'t>(shape: &Shape<'t>) -> Option<&'t str> {
    let mut types: Vec<&'t str> = shape.types.iter().copied().collect();
    match types.as_slice() {
        [] => {}
        [only] => return Some(only),
        _ => {
            let order = ["decimal", "number", "double", "long", "int", "integer"];
            let are_numbers = types.iter().all(|ty| order.contains(ty));
            types.sort_by_key(|ty| order.iter().position(|one| one == ty));
            return types.first().copied().filter(|_| are_numbers);
        }
    }
    if !shape.properties.is_empty() || shape.values.is_some() {
        Some("object")
    } else if shape.items.is_some() {
        Some("array")
    } else if shape.format.is_some()
        || shape.pattern.is_some()
        || shape.encoding.is_some()
        || shape.min_length.or(shape.max_length).is_some()
    {
        Some("string")
    } else if shape.min.is_some() || shape.max.is_some() {
        Some("number")
    } else {
        None
    }
}

fn text_type(shape: &Shape<'_>) -> DataType {
    if matches!(shape.encoding, Some("base64" | "base64url" | "base16" | "base32")) {
        return DataType::Binary { length: None };
    }
    match shape.format.map(str::to_ascii_lowercase).as_deref() {
        Some("date" | "full-date") => DataType::Date,
        Some("time" | "iso-time" | "partial-time" | "full-time" | "time-local") => DataType::Time,
        Some("date-time" | "iso-date-time" | "datetime") => DataType::DateTime { zoned: true },
        Some("date-time-local" | "local-date-time") => DataType::DateTime { zoned: false },
        Some("duration") => DataType::Interval,
        Some("uuid" | "guid") => DataType::Uuid,
        Some("ipv4" | "ipv6" | "ip" | "ip-address") => DataType::Inet,
        Some("byte" | "binary" | "base64") => DataType::Binary { length: None },
        Some("objectid" | "object-id" | "mongo-id") => DataType::ObjectId,
        Some("int64") => DataType::Integer(IntegerSize::Big),
        Some("decimal") => DataType::Decimal { precision: None, scale: None },
        _ => shape
            .pattern
            .and_then(patterns::type_of)
            .unwrap_or(DataType::String { length: shape.max_length }),
    }
}

fn scalar_type(word: &str, shape: &Shape<'_>) -> DataType {
    match word {
        "integer" | "int" => DataType::Integer(integer_size(shape)),
        "long" => DataType::Integer(IntegerSize::Big),
        "number" => match shape.format {
            Some("float") => DataType::Float,
            Some("decimal") => DataType::Decimal { precision: None, scale: None },
            Some("int32") => DataType::INTEGER,
            Some("int64") => DataType::Integer(IntegerSize::Big),
            _ => DataType::Double,
        },
        "double" => DataType::Double,
        "decimal" => DataType::Decimal { precision: None, scale: None },
        "boolean" | "bool" => DataType::Boolean,
        "objectId" => DataType::ObjectId,
        "date" | "timestamp" => DataType::DateTime { zoned: true },
        "binData" => DataType::Binary { length: None },
        "regex" | "javascript" | "symbol" => DataType::Text,
        _ => DataType::Mixed,
    }
}

fn integer_size(shape: &Shape<'_>) -> IntegerSize {
    let sizes = [IntegerSize::Tiny, IntegerSize::Small];
    let fits = |size: &IntegerSize| own_limits(*size).is_some_and(|own| has_limits(shape, own));
    if let Some(size) = sizes.into_iter().find(fits) {
        return size;
    }
    let bounds = [&shape.min, &shape.max].into_iter().flatten();
    let is_beyond = bounds.clone().any(|number| number.to_f64().abs() > 2_147_483_648.0);
    match shape.format {
        Some("int64") => IntegerSize::Big,
        Some("int32") => IntegerSize::Regular,
        _ if is_beyond => IntegerSize::Big,
        _ => IntegerSize::Regular,
    }
}

/// The range of a size of integers that is written out.
fn own_limits(size: IntegerSize) -> Option<[&'static str; 2]> {
    match size {
        IntegerSize::Tiny => Some(["-128", "127"]),
        IntegerSize::Small => Some(["-32768", "32767"]),
        IntegerSize::Regular | IntegerSize::Big => None,
    }
}

fn has_limits(shape: &Shape<'_>, own: [&str; 2]) -> bool {
    let said = [&shape.min, &shape.max].map(|number| number.as_ref().map(Number::as_str));
    said == own.map(Some)
}
