//! Looks for limits that no value can meet.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name};
use crate::model::data_type::DataType;
use crate::model::field::Field;
use crate::model::id::ElementId;

pub(super) const RULE: Rule =
    Rule { id: "impossible-limits", summary: "limits that no value can meet", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (entity, field) in cx.fields() {
        if let Some(problem) = problem(field) {
            let message = format!("`{}` {problem}", field_name(entity, field));
            let element = ElementId::Field(entity.id, field.id);
            let hint = "no value can meet both; change one of them";
            findings.add(element, Diagnostic::error(message).with_hint(hint));
        }
    }
}

fn problem(field: &Field) -> Option<String> {
    if let (Some(min), Some(max)) = (&field.min, &field.max)
        && min.to_f64() > max.to_f64()
    {
        let (min, max) = (min.as_str(), max.as_str());
        return Some(format!("has the smallest value {min} above the largest {max}"));
    }
    if let (Some(min), Some(max)) = (field.min_length, field.max_length)
        && min > max
    {
        return Some(format!("has the shortest length {min} above the longest {max}"));
    }
    if let DataType::Decimal { precision: Some(precision), scale: Some(scale) } =
        field.ty.innermost()
        && scale > precision
    {
        return Some(format!("has {scale} digits after the point out of {precision} in all"));
    }
    None
}
