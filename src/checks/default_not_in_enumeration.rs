//! Looks for defaults that are none of the enumeration's values.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::field::{DefaultValue, Literal};
use crate::model::id::{ElementId, IdMint};

pub(super) const RULE: Rule = Rule {
    id: "default-not-in-enumeration",
    summary: "a default that is none of the enumeration's values",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (entity, field) in cx.fields() {
        let DataType::Enumeration(id) = field.ty else { continue };
        let Some(DefaultValue::Value(Literal::Text(value))) = &field.default else { continue };
        let Some(enumeration) = cx.model.enumeration(id) else { continue };
        if enumeration.has_value(value) {
            continue;
        }
        let name = field_name(entity, field);
        let message = format!("the default `{value}` of `{name}` is not in `{}`", enumeration.name);
        let values: Vec<_> = enumeration.values.iter().map(|value| value.name.as_str()).collect();
        let hint = format!("its values: {}", values.join(", "));
        let element = ElementId::Field(entity.id, field.id);
        let finding = findings.add(element, Diagnostic::error(message).with_hint(hint));
        if !values.is_empty() {
            finding.offer("Use the first value", use_first_value);
        }
    }
}

fn use_first_value(model: &mut Model, _: &mut IdMint, element: ElementId) {
    let ElementId::Field(entity, id) = element else { return };
    let enumeration = model.entity(entity).and_then(|e| e.field(id)?.ty.enumeration());
    let enumeration = enumeration.and_then(|id| model.enumeration(id));
    let Some(first) = enumeration.and_then(|e| e.values.first()).map(|value| value.name.clone())
    else {
        return;
    };
    if let Some(field) = model.entity_mut(entity).and_then(|entity| entity.field_mut(id)) {
        field.default = Some(DefaultValue::Value(Literal::Text(first)));
    }
}
