//! Looks for defaults that the field's type cannot hold.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name};
use crate::model::data_type::DataType;
use crate::model::field::{DefaultValue, Field, Literal};
use crate::model::id::ElementId;

pub(super) const RULE: Rule =
    Rule { id: "default-type", summary: "a default that the field's type cannot hold", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (entity, field) in cx.fields().filter(|(_, field)| !fits(field)) {
        let name = field_name(entity, field);
        let message = format!("the default of `{name}` is not a value of its type");
        let element = ElementId::Field(entity.id, field.id);
        let hint = "change the default or the type";
        findings.add(element, Diagnostic::error(message).with_hint(hint));
    }
}

fn fits(field: &Field) -> bool {
    let ty = &field.ty;
    match &field.default {
        None | Some(DefaultValue::Expression(_)) => true,
        Some(DefaultValue::Now) => {
            matches!(ty, DataType::Date | DataType::Time | DataType::DateTime { .. })
        }
        Some(DefaultValue::Generated) => matches!(ty, DataType::Uuid | DataType::ObjectId),
        Some(DefaultValue::Value(literal)) => literal_fits(literal, ty, field.required),
    }
}

fn literal_fits(literal: &Literal, ty: &DataType, required: bool) -> bool {
    if matches!(ty, DataType::Mixed | DataType::Json) {
        return true;
    }
    match literal {
        Literal::Null => !required,
        Literal::Boolean(_) => *ty == DataType::Boolean,
        Literal::Number(number) => match ty {
            DataType::Integer(_) => number.is_integer(),
            DataType::Decimal { .. } | DataType::Float | DataType::Double => true,
            _ => false,
        },
        Literal::Text(_) => !matches!(
            ty,
            DataType::Integer(_)
                | DataType::Decimal { .. }
                | DataType::Float
                | DataType::Double
                | DataType::Boolean
                | DataType::Array(_)
                | DataType::Map(_)
                | DataType::Object
                | DataType::Embedded(_)
        ),
        Literal::EmptyArray => ty.is_array(),
        Literal::EmptyObject => {
            matches!(ty, DataType::Map(_) | DataType::Object | DataType::Embedded(_))
        }
    }
}
