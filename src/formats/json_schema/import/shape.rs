//! One schema with all that it refers to, merges and chooses from, as one flat set of rules.
//!
//! Must not know the model.

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::Severity;
use crate::base::similar::did_you_mean;
use crate::formats::json_schema::import::alternatives::allows_null;
use crate::formats::json_schema::import::build::Builder;
use crate::formats::json_schema::import::documents::{Node, Place};
use crate::formats::json_schema::import::kinds::{Choice, Kind, choices, is_geo_point};
use crate::model::field::Number;

/// Schemas inside each other that are followed.
const DEEPEST: usize = 48;

/// Rules on values that a model has no word for.
const RULES: [&str; 21] = [
    "if",
    "then",
    "else",
    "not",
    "contains",
    "minContains",
    "maxContains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "additionalItems",
    "uniqueItems",
    "multipleOf",
    "contentSchema",
    "encrypt",
    "disallow",
];

/// Remarks on schemas that a model has no word for.
const REMARKS: [&str; 6] =
    ["deprecated", "contentMediaType", "discriminator", "xml", "externalDocs", "divisibleBy"];

/// Words that say nothing of a value.
const SILENT: [&str; 15] = [
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$comment",
    "$vocabulary",
    "$defs",
    "definitions",
    "components",
    "example",
    "examples",
    "nullable",
    "patternProperties",
];

/// Words that are read.
const READ: [&str; 28] = [
    "$ref",
    "type",
    "bsonType",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "prefixItems",
    "minItems",
    "maxItems",
    "enum",
    "const",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "description",
    "title",
    "default",
    "readOnly",
    "writeOnly",
    "allOf",
    "anyOf",
    "oneOf",
];

/// What a schema says in all.
#[expect(clippy::struct_excessive_bools, reason = "each is a word of the schema")]
#[derive(Clone, Debug, Default)]
pub(super) struct Shape<'t> {
    /// The words of `type` and `bsonType`, null left out.
    pub(super) types: IndexSet<&'t str>,
    /// Whether null is allowed.
    pub(super) nullable: bool,
    /// Whether the alternatives have nothing in common.
    pub(super) is_mixed: bool,
    /// Whether it is a point in `GeoJSON`.
    pub(super) is_point: bool,
    /// The definitions that it is.
    pub(super) definitions: IndexMap<Place, Node<'t>>,
    /// The schemas of each property.
    pub(super) properties: IndexMap<&'t str, Vec<Node<'t>>>,
    /// Properties that must be there.
    pub(super) required: IndexSet<&'t str>,
    /// The values of an object without properties.
    pub(super) values: Option<Node<'t>>,
    /// The elements of a list.
    pub(super) items: Option<Node<'t>>,
    /// How many elements a list has at least and at most.
    pub(super) n_items: [Option<u32>; 2],
    /// The texts to choose from.
    pub(super) choices: Option<Vec<Choice>>,
    pub(super) format: Option<&'t str>,
    pub(super) encoding: Option<&'t str>,
    pub(super) pattern: Option<&'t str>,
    pub(super) min: Option<Number>,
    pub(super) max: Option<Number>,
    pub(super) min_length: Option<u32>,
    pub(super) max_length: Option<u32>,
    pub(super) description: Option<&'t str>,
    pub(super) title: Option<&'t str>,
    pub(super) default: Option<Node<'t>>,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    /// Whether a property says of itself that it must be there, as in draft 3.
    pub(super) is_required: bool,
    /// Schemas that were read already.
    seen: IndexSet<Place>,
}

impl<'t> Shape<'t> {
    /// Whether it says nothing of what values are.
    pub(super) fn is_empty(&self) -> bool {
        self.types.is_empty()
            && self.definitions.is_empty()
            && self.properties.is_empty()
            && self.choices.is_none()
            && self.items.is_none()
            && self.values.is_none()
            && self.format.is_none()
            && self.pattern.is_none()
            && !self.is_point
            && !self.is_mixed
    }

    fn add_type(&mut self, ty: &'t str) {
        if ty == "null" {
            self.nullable = true;
        } else {
            self.types.insert(ty);
        }
    }

    /// Keeps the narrower of two bounds.
    fn bound(&mut self, number: Number, is_lowest: bool) {
        let kept = if is_lowest { &mut self.min } else { &mut self.max };
        let is_wider = |old: &Number| {
            let [old, new] = [old, &number].map(Number::to_f64);
            if is_lowest { old >= new } else { old <= new }
        };
        if !kept.as_ref().is_some_and(is_wider) {
            *kept = Some(number);
        }
    }
}

impl<'t> Builder<'t> {
    /// What the schema of `subject` says in all.
    pub(super) fn shape_of(&mut self, node: Node<'t>, subject: &str) -> Shape<'t> {
        self.shape_within(node, subject, 0)
    }

    /// The same, with what the definitions that it is say as well.
    pub(super) fn whole_shape_of(&mut self, node: Node<'t>, subject: &str) -> Shape<'t> {
        let mut shape = self.shape_of(node, subject);
        self.expand(&mut shape, subject, 0);
        shape
    }

    pub(super) fn shape_within(
        &mut self,
        node: Node<'t>,
        subject: &str,
        depth: usize,
    ) -> Shape<'t> {
        let mut shape = Shape::default();
        self.read(node, &mut shape, subject, depth);
        let is_one_definition = shape.definitions.len() == 1 && shape.properties.is_empty();
        if !shape.definitions.is_empty() && !is_one_definition {
            self.expand(&mut shape, subject, depth);
        }
        shape
    }

    /// Puts what definitions say in the place of their names.
    pub(super) fn expand(&mut self, shape: &mut Shape<'t>, subject: &str, depth: usize) {
        while let Some((place, node)) = shape.definitions.pop() {
            if shape.seen.insert(place) {
                let own = std::mem::take(&mut shape.properties);
                self.read(node, shape, subject, depth + 1);
                for (name, schemas) in own {
                    shape.properties.entry(name).or_default().extend(schemas);
                }
            }
        }
    }

    /// Adds what a schema says.
    pub(super) fn read(
        &mut self,
        node: Node<'t>,
        shape: &mut Shape<'t>,
        subject: &str,
        depth: usize,
    ) {
        if depth > DEEPEST || !self.has_patience(node) {
            let reason = (
                "schemas that lead too deep hold anything",
                "take the inner schemas out into definitions of their own",
            );
            self.losses.add(Severity::Warning, reason, subject, node.place());
            shape.is_mixed = true;
            return;
        }
        if node.object().is_none() {
            if node.value.as_boolean_lit().is_none_or(|bool| !bool.value) {
                let reason = (
                    "schemas that are no objects hold anything",
                    "a schema is an object, or `true` for any value",
                );
                self.losses.add(Severity::Warning, reason, subject, node.place());
            }
            return;
        }
        shape.is_point |= is_geo_point(node);
        if let Some(found) = choices(node) {
            let all = shape.choices.get_or_insert_default();
            let news = found.into_iter().filter(|one| !all.iter().any(|old| old.name == one.name));
            let news: Vec<_> = news.collect();
            all.extend(news);
            shape.nullable |= allows_null(node);
        }
        for (word, value) in node.members() {
            self.read_word(node, (word, value), shape, subject, depth);
        }
    }

    fn read_word(
        &mut self,
        node: Node<'t>,
        (word, value): (&'t str, Node<'t>),
        shape: &mut Shape<'t>,
        subject: &str,
        depth: usize,
    ) {
        let text = || value.value.as_string_lit().map(|text| text.value.as_ref());
        let is_true = || value.value.as_boolean_lit().is_some_and(|bool| bool.value);
        let count = || value.value.as_number_lit().and_then(|number| number.value.parse().ok());
        match word {
            "$ref" | "$dynamicRef" | "$recursiveRef" => {
                if let Some(reference) = text() {
                    self.read_reference(value, reference, shape, subject, depth);
                }
            }
            "type" | "bsonType" => {
                for ty in text().into_iter().chain(value.items().filter_map(text_of)) {
                    shape.add_type(ty);
                }
            }
            "properties" => {
                for (name, schema) in value.members() {
                    shape.properties.entry(name).or_default().push(schema);
                }
            }
            "required" => {
                shape.is_required |= is_true();
                shape.required.extend(value.items().filter_map(text_of));
            }
            "additionalProperties" | "patternProperties" => Self::read_values(word, value, shape),
            "items" if value.object().is_some() => shape.items = Some(value),
            "items" | "prefixItems" => self.read_tuple(value, shape, subject),
            "minItems" => shape.n_items[0] = count(),
            "maxItems" => shape.n_items[1] = count(),
            "enum" | "const" => self.read_constants(node, value, shape, subject),
            "format" => shape.format = text().or(shape.format),
            "contentEncoding" => shape.encoding = text(),
            "pattern" => shape.pattern = text().or(shape.pattern),
            "minLength" => shape.min_length = count().or(shape.min_length),
            "maxLength" => shape.max_length = count().or(shape.max_length),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                self.read_bound(node, (word, value), shape, subject);
            }
            "description" => shape.description = shape.description.or_else(text),
            "title" => shape.title = shape.title.or_else(text),
            "default" => shape.default = shape.default.or(Some(value)),
            "readOnly" => shape.read_only |= is_true(),
            "writeOnly" => shape.write_only |= is_true(),
            "nullable" => shape.nullable |= is_true(),
            "allOf" => {
                for part in value.items() {
                    self.read(part, shape, subject, depth + 1);
                }
            }
            "anyOf" | "oneOf" if choices(node).is_none() => {
                self.read_alternatives((word, value), shape, subject, depth);
            }
            word => self.lose_word(word, value, subject),
        }
    }

    fn lose_word(&mut self, word: &str, value: Node<'t>, subject: &str) {
        let reason = format!("`{word}` is left out");
        if RULES.contains(&word) {
            let hint = "add a check to the entity where the rule has to hold";
            self.losses.add(Severity::Warning, (&reason, hint), subject, value.place());
        } else if REMARKS.contains(&word) || word.starts_with("x-") {
            let hint = "write it into the note where people should read it";
            self.losses.add(Severity::Info, (&reason, hint), subject, value.place());
        } else if !SILENT.contains(&word) && !READ.contains(&word) {
            let reason = format!("unknown word `{word}`");
            let meant = did_you_mean(word, READ.iter().chain(&RULES).copied());
            let hint = meant.as_deref().unwrap_or("no version of JSON Schema has this word");
            self.losses.add(Severity::Warning, (&reason, hint), subject, value.place());
        }
    }

    fn read_reference(
        &mut self,
        at: Node<'t>,
        reference: &'t str,
        shape: &mut Shape<'t>,
        subject: &str,
        depth: usize,
    ) {
        let Some(target) = self.documents.resolve(at.source, reference) else {
            return self.report_reference(at, reference, subject);
        };
        match self.kind_of(target) {
            Kind::Object | Kind::Choices => {
                shape.definitions.insert(target.place(), target);
                self.define(target, reference);
            }
            Kind::Alias => {
                if shape.seen.insert(target.place()) {
                    self.read(target, shape, subject, depth + 1);
                }
            }
        }
    }

    fn read_values(word: &str, value: Node<'t>, shape: &mut Shape<'t>) {
        if word == "patternProperties" {
            if let Some((_, schema)) = value.members().next() {
                shape.values = shape.values.or(Some(schema));
            }
        } else if value.object().is_some() {
            shape.values = Some(value);
        }
    }

    fn read_tuple(&mut self, value: Node<'t>, shape: &mut Shape<'t>, subject: &str) {
        let Some(first) = value.items().next() else { return };
        if value.items().count() > 1 {
            let reason = (
                "lists with a type for each place hold values of the first one's type",
                "make a field of each place where the types differ",
            );
            self.losses.add(Severity::Warning, reason, subject, value.place());
        }
        shape.items = shape.items.or(Some(first));
        shape.types.insert("array");
    }

    /// Values to choose from that are no texts give their type.
    fn read_constants(
        &mut self,
        node: Node<'t>,
        value: Node<'t>,
        shape: &mut Shape<'t>,
        subject: &str,
    ) {
        use jsonc_parser::ast::Value;
        if choices(node).is_some() {
            return;
        }
        let values: Vec<_> =
            if value.value.as_array().is_some() { value.items().collect() } else { vec![value] };
        if let ([only], None) = (values.as_slice(), node.get("enum"))
            && let Some(text) = text_of(*only)
        {
            let choice = Choice { name: text.to_owned(), note: String::new() };
            shape.choices = Some(vec![choice]);
            return;
        }
        let mut types = IndexSet::new();
        for value in &values {
            let ty = match value.value {
                Value::StringLit(_) => "string",
                Value::NumberLit(number) if number.value.contains(['.', 'e', 'E']) => "number",
                Value::NumberLit(_) => "integer",
                Value::BooleanLit(_) => "boolean",
                Value::Object(_) => "object",
                Value::Array(_) => "array",
                Value::NullKeyword(_) => "null",
            };
            types.insert(ty);
        }
        let is_boolean = types.contains("boolean") && values.len() == 2;
        if !is_boolean && types.iter().any(|ty| *ty != "null") {
            let reason = (
                "choices that are no texts are left out",
                "an enumeration holds texts: write the choices as texts, or add a check",
            );
            self.losses.add(Severity::Warning, reason, subject, value.place());
        }
        if shape.types.is_empty() {
            types.into_iter().for_each(|ty| shape.add_type(ty));
        }
    }

    fn read_bound(
        &mut self,
        node: Node<'t>,
        (word, value): (&str, Node<'t>),
        shape: &mut Shape<'t>,
        subject: &str,
    ) {
        let is_lowest = word.ends_with("inimum");
        let is_exclusive = match value.value.as_number_lit() {
            Some(_) => word.starts_with("exclusive"),
            // Draft 4 says it beside the bound, which is read as such.
            None => return,
        };
        let beside = if is_lowest { "exclusiveMinimum" } else { "exclusiveMaximum" };
        let is_beside = node.get(beside).and_then(|one| one.value.as_boolean_lit());
        let is_exclusive = is_exclusive || is_beside.is_some_and(|bool| bool.value);
        let text = value.value.as_number_lit().map_or("", |number| number.value);
        let Some(number) = Number::parse(text) else { return };
        let is_whole = matches!(
            node.text("type").or_else(|| node.text("bsonType")),
            Some("integer" | "int" | "long")
        );
        if !is_exclusive {
            return shape.bound(number, is_lowest);
        }
        match text.parse::<i64>() {
            Ok(whole) if is_whole => {
                let next = if is_lowest { whole.checked_add(1) } else { whole.checked_sub(1) };
                shape.bound(next.map_or(number, Number::from), is_lowest);
            }
            _ => {
                let reason = (
                    "bounds that are not reached become bounds that are",
                    "write the nearest value that is allowed as the bound",
                );
                self.losses.add(Severity::Warning, reason, subject, value.place());
                shape.bound(number, is_lowest);
            }
        }
    }
}

fn text_of(node: Node<'_>) -> Option<&str> {
    node.value.as_string_lit().map(|text| text.value.as_ref())
}
