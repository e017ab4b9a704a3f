//! Looks for elements without a name.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::id::ElementId;

pub(super) const RULE: Rule =
    Rule { id: "empty-name", summary: "an entity, field or enumeration without a name", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let mut missing = |name: &str, element: ElementId, what: String| {
        if name.trim().is_empty() {
            let message = format!("{what} has no name");
            findings.add(element, Diagnostic::error(message).with_hint("give it a name"));
        }
    };
    for entity in cx.model.entities() {
        missing(&entity.name, ElementId::Entity(entity.id), "an entity".to_owned());
    }
    for enumeration in cx.model.enumerations() {
        let element = ElementId::Enumeration(enumeration.id);
        missing(&enumeration.name, element, "an enumeration".to_owned());
    }
    for (entity, field) in cx.fields() {
        let element = ElementId::Field(entity.id, field.id);
        missing(&field.name, element, format!("a field of `{}`", entity.name));
    }
}
