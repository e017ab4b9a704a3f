//! Looks for referential actions that the referencing fields cannot follow.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name};
use crate::model::field::Field;
use crate::model::id::ElementId;
use crate::model::reference::ReferentialAction;

pub(super) const RULE: Rule = Rule {
    id: "set-action",
    summary: "set null on a required field, or set default on one without a default",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for reference in cx.model.references() {
        let Some(entity) = cx.model.entity(reference.from.entity) else { continue };
        let fields: Vec<&Field> =
            reference.from.fields.iter().filter_map(|field| entity.field(*field)).collect();
        let is_required = |field: &&&Field| field.required || entity.is_in_primary_key(field.id);
        for action in [reference.on_delete, reference.on_update] {
            let (culprit, why) = match action {
                ReferentialAction::SetNull => (fields.iter().find(is_required), "is required"),
                ReferentialAction::SetDefault => {
                    (fields.iter().find(|field| field.default.is_none()), "has no default")
                }
                ReferentialAction::NoAction
                | ReferentialAction::Restrict
                | ReferentialAction::Cascade => continue,
            };
            let Some(field) = culprit else { continue };
            let name = field_name(entity, field);
            let message = format!("the reference would {} `{name}`, which {why}", action.as_str());
            let hint = "choose another action, or change the field";
            let element = ElementId::Reference(reference.id);
            findings.add(element, Diagnostic::error(message).with_hint(hint));
        }
    }
}
