//! Looks for references whose fields no key or index leads with: each join reads everything.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name};
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::{ElementId, FieldId, IdMint};
use crate::model::index::Index;

pub(super) const RULE: Rule = Rule {
    id: "reference-without-index",
    summary: "a referencing field that no key or index starts with",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for reference in cx.model.references() {
        let Some(entity) = cx.model.entity(reference.from.entity) else { continue };
        let stores = matches!(entity.kind, EntityKind::Table | EntityKind::Collection);
        let Some(first) = reference.from.fields.first() else { continue };
        if !stores || is_led(entity, &reference.from.fields) {
            continue;
        }
        let Some(field) = entity.field(*first) else { continue };
        let message = format!(
            "no index starts with `{}`, which a reference joins by",
            field_name(entity, field)
        );
        let hint = "an index makes lookups from the other side quick";
        let element = ElementId::Reference(reference.id);
        let finding = findings.add(element, Diagnostic::info(message).with_hint(hint));
        finding.offer("Add an index", add_index);
    }
}

/// Whether some key or index starts with these fields, in any order among themselves.
fn is_led(entity: &Entity, fields: &[FieldId]) -> bool {
    let leads = |parts: &[FieldId]| {
        parts
            .get(..fields.len())
            .is_some_and(|head| fields.iter().all(|field| head.contains(field)))
    };
    let by_field = matches!(fields, [only] if entity.field(*only).is_some_and(|f| f.unique));
    by_field
        || entity.keys.iter().any(|key| leads(&key.fields))
        || entity.indexes.iter().any(|index| {
            let parts: Vec<_> = index.parts.iter().map_while(|part| part.on.field()).collect();
            leads(&parts)
        })
}

fn add_index(model: &mut Model, mint: &mut IdMint, element: ElementId) {
    let ElementId::Reference(id) = element else { return };
    let Some(from) = model.reference(id).map(|reference| reference.from.clone()) else { return };
    if let Some(entity) = model.entity_mut(from.entity) {
        entity.indexes.push(Index::over(mint.mint(), from.fields));
    }
}
