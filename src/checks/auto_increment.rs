//! Looks for counting fields that no database can count.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::id::{ElementId, IdMint};

pub(super) const RULE: Rule = Rule {
    id: "auto-increment",
    summary: "a counting field that is no integer, or a second one in an entity",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for entity in cx.model.entities() {
        let counting = entity.all_fields().into_iter().filter(|field| field.auto_increment);
        for (position, field) in counting.enumerate() {
            let name = field_name(entity, field);
            let message = if !matches!(field.ty, DataType::Integer(_)) {
                format!("`{name}` counts up but is no integer")
            } else if position > 0 {
                format!("`{name}` is the second counting field of `{}`", entity.name)
            } else {
                continue;
            };
            let element = ElementId::Field(entity.id, field.id);
            let hint = "databases count one integer field per table";
            let finding = findings.add(element, Diagnostic::error(message).with_hint(hint));
            finding.offer("Stop counting", stop_counting);
        }
    }
}

fn stop_counting(model: &mut Model, _: &mut IdMint, element: ElementId) {
    let ElementId::Field(entity, field) = element else { return };
    if let Some(field) = model.entity_mut(entity).and_then(|entity| entity.field_mut(field)) {
        field.auto_increment = false;
    }
}
