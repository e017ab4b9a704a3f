//! Looks for names that the project's target keeps for itself.

use crate::base::diagnostic::Diagnostic;
use crate::base::reserved::is_reserved;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name, is_document};
use crate::model::id::ElementId;

pub(super) const RULE: Rule = Rule {
    id: "reserved-name",
    summary: "a name that the project's target keeps for itself",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let mut look_at = |name: &str, shown: &str, element: ElementId| {
        if is_reserved(name, cx.target) {
            let message = format!("`{shown}` is a word that {} keeps for itself", cx.target);
            let hint = "exports quote or rename it; another name spares everybody the quotes";
            findings.add(element, Diagnostic::info(message).with_hint(hint));
        }
    };
    // Mongoose keeps names of document members only; its models may be called anything.
    if cx.target != "mongoose" {
        for entity in cx.model.entities() {
            let stored = entity.stored_name.as_ref().unwrap_or(&entity.name);
            look_at(stored, stored, ElementId::Entity(entity.id));
        }
    }
    for (entity, field) in cx.fields() {
        if cx.target != "mongoose" || is_document(entity) {
            let element = ElementId::Field(entity.id, field.id);
            look_at(&field.name, &field_name(entity, field), element);
        }
    }
}
