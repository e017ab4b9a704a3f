//! Looks for entities without fields.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::id::ElementId;

pub(super) const RULE: Rule =
    Rule { id: "empty-entity", summary: "an entity without any field", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for entity in cx.model.entities().filter(|entity| entity.fields.is_empty()) {
        let message = format!("`{}` has no fields", entity.name);
        let hint = "type its first field on the card, such as `name string required`";
        findings.add(ElementId::Entity(entity.id), Diagnostic::warning(message).with_hint(hint));
    }
}
