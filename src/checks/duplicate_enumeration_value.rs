//! Looks for values that stand twice in an enumeration.

use indexmap::IndexSet;

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::Model;
use crate::model::id::{ElementId, IdMint};

pub(super) const RULE: Rule = Rule {
    id: "duplicate-enumeration-value",
    summary: "a value that stands twice in an enumeration",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for enumeration in cx.model.enumerations() {
        let mut seen = IndexSet::new();
        for value in &enumeration.values {
            if seen.insert(value.name.as_str()) {
                continue;
            }
            let message = format!("`{}` stands twice in `{}`", value.name, enumeration.name);
            let element = ElementId::Value(enumeration.id, value.id);
            let hint = "remove or rename one of them";
            let finding = findings.add(element, Diagnostic::error(message).with_hint(hint));
            finding.offer("Remove the second", remove_value);
        }
    }
}

fn remove_value(model: &mut Model, _: &mut IdMint, element: ElementId) {
    model.remove(element);
}
