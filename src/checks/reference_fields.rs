//! Looks for references whose ends do not have equally many fields.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, reference_name};
use crate::model::id::ElementId;

pub(super) const RULE: Rule = Rule {
    id: "reference-fields",
    summary: "a reference whose ends have different numbers of fields",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for reference in cx.model.references() {
        let from = reference.from.fields.len();
        let to = cx.model.referenced_fields(reference).len();
        // A collection without a declared key has `_id`, so one field may point at none.
        if from == 0 || from == to || (to == 0 && from == 1) {
            continue;
        }
        let name = reference_name(cx.model, reference);
        let message = format!("{name} joins {from} referencing to {to} referenced fields");
        let hint = "pair each field of the referencing end with one of the referenced key";
        let element = ElementId::Reference(reference.id);
        findings.add(element, Diagnostic::error(message).with_hint(hint));
    }
}
