//! Looks for cardinalities that the fields of a reference contradict.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, reference_name};
use crate::model::Model;
use crate::model::field::Field;
use crate::model::id::{ElementId, IdMint};
use crate::model::reference::{Cardinality, Reference};

pub(super) const RULE: Rule = Rule {
    id: "contradictory-cardinality",
    summary: "a cardinality that the fields of the reference contradict",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for reference in cx.model.references() {
        let Some((cardinality, why)) = contradiction(cx.model, reference) else { continue };
        let name = reference_name(cx.model, reference);
        let message = format!("{name} says {}, but {why}", cardinality.as_str());
        let element = ElementId::Reference(reference.id);
        let hint = "change the cardinality or the field";
        let finding = findings.add(element, Diagnostic::warning(message).with_hint(hint));
        finding.offer("Follow the fields", follow_fields);
    }
}

fn referencing_fields<'a>(model: &'a Model, reference: &Reference) -> Vec<&'a Field> {
    let entity = model.entity(reference.from.entity);
    let fields = reference.from.fields.iter();
    fields.filter_map(|field| entity.and_then(|entity| entity.field(*field))).collect()
}

/// What the referenced end would be by the fields alone, and what the referencing end would.
fn by_fields(model: &Model, reference: &Reference) -> Option<(Cardinality, Cardinality)> {
    let entity = model.entity(reference.from.entity)?;
    let fields = referencing_fields(model, reference);
    if fields.is_empty() {
        return None;
    }
    let holds_many = fields.iter().any(|field| field.ty.is_array());
    let is_nested = fields.iter().any(|field| !entity.fields.iter().any(|top| top.id == field.id));
    let required = fields.iter().all(|field| field.required || entity.is_in_primary_key(field.id));
    let to = match (holds_many, required) {
        (true, _) if reference.to.cardinality.is_many() => reference.to.cardinality,
        (true, _) => Cardinality::ZeroOrMore,
        // A field of a nested object or list says nothing of the whole document.
        (false, _) if is_nested => reference.to.cardinality,
        (false, true) => Cardinality::ExactlyOne,
        (false, false) => Cardinality::ZeroOrOne,
    };
    let from = if entity.is_unique(&reference.from.fields) && !holds_many {
        if reference.from.cardinality.is_optional() {
            Cardinality::ZeroOrOne
        } else {
            Cardinality::ExactlyOne
        }
    } else {
        reference.from.cardinality
    };
    Some((to, from))
}

fn contradiction(model: &Model, reference: &Reference) -> Option<(Cardinality, &'static str)> {
    let (to, from) = by_fields(model, reference)?;
    let said = reference.to.cardinality;
    if said != to {
        let why = match (said.is_many(), to.is_many()) {
            (true, false) => "the referencing field holds one value",
            (false, true) => "the referencing field is a list",
            _ if to.is_optional() => "the referencing field is optional",
            _ => "the referencing field is required",
        };
        return Some((said, why));
    }
    let said = reference.from.cardinality;
    (said != from).then_some((said, "the referencing field is unique"))
}

fn follow_fields(model: &mut Model, _: &mut IdMint, element: ElementId) {
    let ElementId::Reference(id) = element else { return };
    let by_fields = model.reference(id).and_then(|reference| by_fields(model, reference));
    if let (Some((to, from)), Some(reference)) = (by_fields, model.reference_mut(id)) {
        reference.to.cardinality = to;
        reference.from.cardinality = from;
    }
}
