//! Looks for references to fields that do not identify a record.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, reference_name};
use crate::model::entity::EntityKind;
use crate::model::id::ElementId;

pub(super) const RULE: Rule =
    Rule { id: "referenced-not-unique", summary: "a reference to fields that are no key", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for reference in cx.model.references() {
        let Some(to) = cx.model.entity(reference.to.entity) else { continue };
        if to.kind == EntityKind::View || reference.from.fields.is_empty() {
            continue;
        }
        let fields = cx.model.referenced_fields(reference);
        if fields.is_empty() || to.is_unique(&fields) {
            continue;
        }
        let name = reference_name(cx.model, reference);
        let message = format!("{name} points at fields of `{}` that are no key of it", to.name);
        let hint = "point at its primary key, or make the fields unique";
        let element = ElementId::Reference(reference.id);
        findings.add(element, Diagnostic::error(message).with_hint(hint));
    }
}
