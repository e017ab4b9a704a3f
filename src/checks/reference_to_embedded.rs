//! Looks for references to embedded types, which have no records of their own.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, reference_name};
use crate::model::entity::EntityKind;
use crate::model::id::ElementId;

pub(super) const RULE: Rule = Rule {
    id: "reference-to-embedded",
    summary: "a reference to an embedded type, which has no records of its own",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for reference in cx.model.references() {
        let Some(to) = cx.model.entity(reference.to.entity) else { continue };
        if to.kind != EntityKind::Embedded {
            continue;
        }
        let name = reference_name(cx.model, reference);
        let message = format!("{name} points at `{}`, which lives inside others", to.name);
        let hint = "make it a collection, or hold it as a field of that type";
        let element = ElementId::Reference(reference.id);
        findings.add(element, Diagnostic::error(message).with_hint(hint));
    }
}
