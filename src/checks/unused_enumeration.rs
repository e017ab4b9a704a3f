//! Looks for enumerations that no field uses.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::id::ElementId;

pub(super) const RULE: Rule =
    Rule { id: "unused-enumeration", summary: "an enumeration that no field uses", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let graph = cx.model.graph();
    for enumeration in cx.model.enumerations().filter(|one| graph.incoming(one.id).is_empty()) {
        let message = format!("no field uses `{}`", enumeration.name);
        let hint = "give a field this type, or delete the enumeration";
        let element = ElementId::Enumeration(enumeration.id);
        findings.add(element, Diagnostic::info(message).with_hint(hint));
    }
}
