//! Looks for enumerations without values.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::id::ElementId;

pub(super) const RULE: Rule =
    Rule { id: "empty-enumeration", summary: "an enumeration without values", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for enumeration in cx.model.enumerations().filter(|one| one.values.is_empty()) {
        let message = format!("`{}` has no values", enumeration.name);
        let element = ElementId::Enumeration(enumeration.id);
        findings.add(element, Diagnostic::error(message).with_hint("add at least one choice"));
    }
}
