//! Schemas to choose from: one shape where they have something in common.
//!
//! Must not know the model.

use crate::base::diagnostic::Severity;
use crate::formats::json_schema::import::build::Builder;
use crate::formats::json_schema::import::documents::{Node, Place};
use crate::formats::json_schema::import::shape::Shape;

impl<'t> Builder<'t> {
    /// Alternatives that are one shape, or null, or objects that stand in place.
    pub(super) fn read_alternatives(
        &mut self,
        (word, value): (&str, Node<'t>),
        shape: &mut Shape<'t>,
        subject: &str,
        depth: usize,
    ) {
        let (nulls, parts): (Vec<_>, Vec<_>) = value.items().partition(|part| is_null(*part));
        shape.nullable |= !nulls.is_empty();
        if let [only] = parts.as_slice() {
            return self.read(*only, shape, subject, depth + 1);
        }
        let shapes: Vec<_> =
            parts.iter().map(|part| self.shape_within(*part, subject, depth + 1)).collect();
        if shapes.iter().all(Shape::is_empty) {
            return self.losses.add(
                Severity::Warning,
                (
                    &format!("`{word}` is left out"),
                    "add a check to the entity where the rule has to hold",
                ),
                subject,
                value.place(),
            );
        }
        shape.nullable |= shapes.iter().any(|one| one.nullable);
        let shapes = self.objects_of(shapes, subject, depth);
        self.merge_alternatives(shapes, shape, subject, value.place());
    }

    /// The shapes, definitions in the place of their names where all are of objects.
    fn objects_of(
        &mut self,
        shapes: Vec<Shape<'t>>,
        subject: &str,
        depth: usize,
    ) -> Vec<Shape<'t>> {
        let is_named = |one: &Shape<'t>| one.definitions.len() == 1 && one.properties.is_empty();
        let is_object = |one: &Shape<'t>| !one.properties.is_empty();
        if !shapes.iter().any(is_named) || !shapes.iter().all(|one| is_named(one) || is_object(one))
        {
            return shapes;
        }
        let mut whole = shapes.clone();
        for one in whole.iter_mut().filter(|one| is_named(one)) {
            self.expand(one, subject, depth + 1);
        }
        let are_objects = whole.iter().all(|one| one.definitions.is_empty() && is_object(one));
        if are_objects { whole } else { shapes }
    }

    fn merge_alternatives(
        &mut self,
        shapes: Vec<Shape<'t>>,
        shape: &mut Shape<'t>,
        subject: &str,
        place: Place,
    ) {
        let all = |test: &dyn Fn(&Shape<'t>) -> bool| shapes.iter().all(test);
        let is_of = |one: &Shape<'t>, types: &[&str]| {
            !one.types.is_empty()
                && one.definitions.is_empty()
                && one.types.iter().all(|ty| types.contains(ty))
        };
        if all(&|one| one.definitions.is_empty() && !one.properties.is_empty()) {
            let reason = (
                "objects of several shapes become one with the fields of all",
                "make an entity of each shape where they must be told apart",
            );
            self.losses.add(Severity::Info, reason, subject, place);
            let mut shapes = shapes.into_iter();
            let Some(first) = shapes.next() else { return };
            let mut required = first.required;
            shape.properties.extend(first.properties);
            for one in shapes {
                required.retain(|name| one.required.contains(name));
                for (name, schemas) in one.properties {
                    let known = shape.properties.entry(name).or_default();
                    // What tells the alternatives apart has a value of its own in each.
                    let chooses = |schema: &Node<'t>| {
                        schema.get("const").is_some() || schema.get("enum").is_some()
                    };
                    if known.is_empty() || known.iter().chain(&schemas).all(chooses) {
                        known.extend(schemas);
                    }
                }
            }
            shape.required.extend(required);
            shape.types.insert("object");
        } else if all(&|one| is_of(one, &["string"]) && matches!(one.format, Some("ipv4" | "ipv6")))
        {
            shape.types.insert("string");
            shape.format = Some("ip");
        } else if all(&|one| is_of(one, &["string"])) {
            let reason = (
                "texts of several shapes become any text",
                "add a pattern to the field that fits them all",
            );
            self.losses.add(Severity::Info, reason, subject, place);
            shape.types.insert("string");
        } else if all(&|one| is_of(one, &["integer", "number", "int", "long", "double"])) {
            shape.types.extend(shapes.into_iter().flat_map(|one| one.types));
        } else {
            let reason = (
                "values of several shapes hold anything",
                "make a field of each shape, or choose one type",
            );
            self.losses.add(Severity::Warning, reason, subject, place);
            shape.is_mixed = true;
        }
    }
}

/// Whether the schema allows nothing but null.
fn is_null(node: Node<'_>) -> bool {
    let is_null = |value: Node<'_>| value.value.as_null_keyword().is_some();
    matches!(node.text("type").or_else(|| node.text("bsonType")), Some("null"))
        || node.get("const").is_some_and(is_null)
        || node.get("enum").is_some_and(|values| values.items().all(is_null))
}

/// Whether null is among the choices.
pub(super) fn allows_null(node: Node<'_>) -> bool {
    let listed = ["enum", "oneOf", "anyOf"].into_iter().filter_map(|word| node.get(word));
    listed.flat_map(Node::items).any(|one| one.value.as_null_keyword().is_some() || is_null(one))
}
