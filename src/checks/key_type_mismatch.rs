//! Looks for references that compare fields of different types.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::id::{ElementId, FieldId, IdMint};
use crate::model::reference::Reference;

pub(super) const RULE: Rule = Rule {
    id: "key-type-mismatch",
    summary: "a reference between fields of different types",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for reference in cx.model.references() {
        for (from, to) in mismatches(cx.model, reference) {
            let ends = [(&reference.from, from), (&reference.to, to)].map(|(end, field)| {
                let entity = cx.model.entity(end.entity)?;
                Some(field_name(entity, entity.field(field)?))
            });
            let [Some(from), Some(to)] = ends else { continue };
            let message =
                format!("`{from}` and `{to}` have different types, but a reference joins them");
            let element = ElementId::Reference(reference.id);
            let hint = "give the referencing field the type of the key";
            let finding = findings.add(element, Diagnostic::error(message).with_hint(hint));
            finding.offer("Use the key's type", use_type_of_key);
        }
    }
}

/// The pairs of fields whose types differ; a list of references compares its elements.
fn mismatches(model: &Model, reference: &Reference) -> Vec<(FieldId, FieldId)> {
    let Some(from) = model.entity(reference.from.entity) else { return Vec::new() };
    let Some(to) = model.entity(reference.to.entity) else { return Vec::new() };
    let pairs = reference.from.fields.iter().copied().zip(model.referenced_fields(reference));
    pairs
        .filter(|(referencing, referenced)| {
            match (from.field(*referencing), to.field(*referenced)) {
                (Some(referencing), Some(referenced)) => {
                    !agree(referencing.ty.innermost(), referenced.ty.innermost())
                }
                _ => false,
            }
        })
        .collect()
}

/// Lengths do not matter: engines compare text of any length.
fn agree(a: &DataType, b: &DataType) -> bool {
    let is_text = |ty: &DataType| matches!(ty, DataType::String { .. } | DataType::Text);
    match (a, b) {
        (DataType::Binary { .. }, DataType::Binary { .. }) => true,
        _ => a == b || (is_text(a) && is_text(b)),
    }
}

fn use_type_of_key(model: &mut Model, _: &mut IdMint, element: ElementId) {
    let ElementId::Reference(id) = element else { return };
    let Some(reference) = model.reference(id).cloned() else { return };
    for (from, to) in mismatches(model, &reference) {
        let ty =
            model.entity(reference.to.entity).and_then(|entity| Some(entity.field(to)?.ty.clone()));
        let field =
            model.entity_mut(reference.from.entity).and_then(|entity| entity.field_mut(from));
        if let (Some(ty), Some(field)) = (ty, field) {
            *field.ty.innermost_mut() = ty;
        }
    }
}
