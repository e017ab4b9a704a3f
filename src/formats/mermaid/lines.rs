//! References and embeddings as lines between entities.
//!
//! Must not know how entities are drawn.

use crate::formats::code_writer::CodeWriter;
use crate::formats::mermaid::Plan;
use crate::formats::mermaid::text::text;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::id::{ElementId, EntityId, FieldId};
use crate::model::reference::{Cardinality, Reference};

/// Writes a line for each reference.
pub(super) fn references(model: &Model, plan: &Plan, code: &mut CodeWriter) {
    for reference in model.references() {
        let ends = [reference.from.entity, reference.to.entity].map(|id| plan.ids.get(&id));
        let [Some(from), Some(to)] = ends else { continue };
        let left = left(reference.from.cardinality);
        let right = right(reference.to.cardinality);
        let line = if reference.identifying { "--" } else { ".." };
        let label = text(&label(model, reference));
        code.from_element(ElementId::Reference(reference.id), |code| {
            code.line(format!("{from} {left}{line}{right} {to} : {label}"));
        });
    }
}

/// Writes a line for each field that holds documents of an embedded type, in the order in which the
/// entities stand in the text.
pub(super) fn embeddings(model: &Model, plan: &Plan, order: &[EntityId], code: &mut CodeWriter) {
    for entity in order.iter().filter_map(|id| model.entity(*id)) {
        for field in entity.all_fields() {
            let embedded = field.ty.embedded().and_then(|id| plan.ids.get(&id));
            let (Some(owner), Some(embedded)) = (plan.ids.get(&entity.id), embedded) else {
                continue;
            };
            let is_single = matches!(field.ty, DataType::Embedded(_));
            let cardinality = match (is_single, field.required) {
                (true, true) => Cardinality::ExactlyOne,
                (true, false) => Cardinality::ZeroOrOne,
                (false, _) => Cardinality::ZeroOrMore,
            };
            let right = right(cardinality);
            let label = text(&path_of(entity, field.id));
            code.from_element(ElementId::Field(entity.id, field.id), |code| {
                code.line(format!("{owner} ||--{right} {embedded} : {label}"));
            });
        }
    }
}

/// What a line says: the name of the reference with its fields, or its role.
fn label(model: &Model, reference: &Reference) -> String {
    let entity = model.entity(reference.from.entity);
    let fields: Vec<String> = reference
        .from
        .fields
        .iter()
        .filter_map(|id| Some(path_of(entity?, *id)))
        .filter(|path| !path.is_empty())
        .collect();
    let fields = fields.join(", ");
    let role = reference.to.role.as_deref().unwrap_or_default();
    match (reference.name.as_deref().unwrap_or_default(), fields.as_str()) {
        ("", "") => role.to_owned(),
        ("", fields) => fields.to_owned(),
        (name, "") => name.to_owned(),
        (name, fields) if name == fields => name.to_owned(),
        (name, fields) => format!("{name} ({fields})"),
    }
}

/// The name of a field with those of the objects around it.
fn path_of(entity: &Entity, field: FieldId) -> String {
    let path: Vec<_> = entity.field_path(field).iter().map(|one| one.name.as_str()).collect();
    path.join(".")
}

fn left(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::ZeroOrOne => "|o",
        Cardinality::ExactlyOne => "||",
        Cardinality::ZeroOrMore => "}o",
        Cardinality::OneOrMore => "}|",
    }
}

fn right(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::ZeroOrOne => "o|",
        Cardinality::ExactlyOne => "||",
        Cardinality::ZeroOrMore => "o{",
        Cardinality::OneOrMore => "|{",
    }
}
