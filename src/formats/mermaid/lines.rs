//! References and embeddings as lines between entities.
//!
//! Must not know how entities are drawn.

use crate::formats::code::code;
use crate::formats::mermaid::Plan;
use crate::formats::mermaid::text::{CodeWriter, one_line, text};
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
        let counts = [reference.from.cardinality, reference.to.cardinality];
        // Where no field says which end refers, the one with several records does.
        let is_turned =
            reference.from.fields.is_empty() && !counts[0].is_many() && counts[1].is_many();
        let (ends, [at_left, at_right]) =
            if is_turned { ([to, from], [counts[1], counts[0]]) } else { ([from, to], counts) };
        let ([from, to], left, right) = (ends, left(at_left), right(at_right));
        let is_solid = reference.identifying && !is_like_embedding(model, plan, reference);
        let line = if is_solid { "--" } else { ".." };
        let label = text(&label(plan, reference));
        code.from_element(ElementId::Reference(reference.id), |code| {
            code.line(code!(from, " ", left, line, right, " ", to, " : ", label));
        });
    }
}

/// Whether a solid line for it would be taken for the embedding that a field of its label is.
pub(super) fn is_like_embedding(model: &Model, plan: &Plan, reference: &Reference) -> bool {
    let label = label(plan, reference);
    let ends = [reference.from.entity, reference.to.entity];
    let embeds = |holder: EntityId, held: EntityId| {
        let fields = model.entity(holder).map(Entity::all_fields).unwrap_or_default();
        fields
            .iter()
            .any(|field| field.ty.embedded() == Some(held) && path_of(plan, field.id) == label)
    };
    embeds(ends[0], ends[1]) || embeds(ends[1], ends[0])
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
            let label = text(&path_of(plan, field.id));
            code.from_element(ElementId::Field(entity.id, field.id), |code| {
                code.line(code!(owner, " ||--", right, " ", embedded, " : ", label));
            });
        }
    }
}

/// What a line says: the name of the reference with its fields, or its role.
fn label(plan: &Plan, reference: &Reference) -> String {
    let fields: Vec<String> = reference
        .from
        .fields
        .iter()
        .map(|id| path_of(plan, *id))
        .filter(|path| !path.is_empty())
        .collect();
    let fields = fields.join(", ");
    let role = reference.to.role.as_deref().unwrap_or_default();
    let name = one_line(reference.name.as_deref().unwrap_or_default());
    match (name.as_str(), fields.as_str()) {
        ("", "") => role.to_owned(),
        ("", fields) => fields.to_owned(),
        (name, "") => name.to_owned(),
        (name, fields) if name == fields => name.to_owned(),
        (name, fields) => format!("{name} ({fields})"),
    }
}

/// The name of a field with those of the objects around it.
fn path_of(plan: &Plan, field: FieldId) -> String {
    plan.fields.get(&field).cloned().unwrap_or_default()
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
