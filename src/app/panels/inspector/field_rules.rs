//! What a field holds by itself, and the limits of its values.

use eframe::egui::Ui;

use crate::app::change::Requests;
use crate::app::panels::inspector::field::{set, set_ongoing};
use crate::app::panels::inspector::{InspectorView, rows};
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::{DefaultValue, Field, Literal, Number};

/// The kinds of default that a person chooses from.
#[derive(Clone, Copy, PartialEq)]
enum DefaultKind {
    None,
    Value,
    Now,
    Generated,
    Expression,
    Null,
    EmptyArray,
    EmptyObject,
}

fn kind_of(default: Option<&DefaultValue>) -> DefaultKind {
    match default {
        None => DefaultKind::None,
        Some(DefaultValue::Now) => DefaultKind::Now,
        Some(DefaultValue::Generated) => DefaultKind::Generated,
        Some(DefaultValue::Expression(_)) => DefaultKind::Expression,
        Some(DefaultValue::Value(literal)) => match literal {
            Literal::Null => DefaultKind::Null,
            Literal::EmptyArray => DefaultKind::EmptyArray,
            Literal::EmptyObject => DefaultKind::EmptyObject,
            Literal::Boolean(_) | Literal::Number(_) | Literal::Text(_) => DefaultKind::Value,
        },
    }
}

/// The kinds that a field of that type can have.
fn kinds_for(ty: &DataType) -> Vec<(DefaultKind, &'static str)> {
    let mut kinds = vec![(DefaultKind::None, "None")];
    match ty {
        DataType::Array(_) => kinds.push((DefaultKind::EmptyArray, "Empty list")),
        DataType::Map(_) | DataType::Object | DataType::Embedded(_) => {
            kinds.push((DefaultKind::EmptyObject, "Empty object"));
        }
        _ => kinds.push((DefaultKind::Value, "A value")),
    }
    if matches!(ty, DataType::Date | DataType::Time | DataType::DateTime { .. }) {
        kinds.push((DefaultKind::Now, "Now"));
    }
    if matches!(ty, DataType::Uuid | DataType::ObjectId) {
        kinds.push((DefaultKind::Generated, "Generated"));
    }
    kinds.push((DefaultKind::Null, "Null"));
    kinds.push((DefaultKind::Expression, "An expression"));
    kinds
}

pub(super) fn default_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    entity: &Entity,
    field: &Field,
    requests: &mut Requests,
) {
    let (owner, id) = (entity.id, field.id);
    let current = kind_of(field.default.as_ref());
    let mut kinds = kinds_for(&field.ty);
    if !kinds.iter().any(|(kind, _)| *kind == current) {
        kinds.push((current, "Another kind"));
    }
    if let Some(kind) = rows::choice_row_ui(ui, "Default", current, &kinds) {
        let default = starting_default(view, field, kind);
        set(requests, owner, id, "Change default", move |field| field.default = default);
    }
    match &field.default {
        Some(DefaultValue::Expression(expression)) => {
            if let Some(text) = rows::text_row_ui(ui, "Expression", expression, "now()") {
                let default = Some(DefaultValue::Expression(text));
                set_ongoing(requests, owner, id, "Change default", "default", move |field| {
                    field.default = default;
                });
            }
        }
        Some(DefaultValue::Value(literal)) => value_ui(ui, view, entity, field, literal, requests),
        _ => {}
    }
}

fn starting_default(
    view: InspectorView<'_>,
    field: &Field,
    kind: DefaultKind,
) -> Option<DefaultValue> {
    Some(match kind {
        DefaultKind::None => return None,
        DefaultKind::Now => DefaultValue::Now,
        DefaultKind::Generated => DefaultValue::Generated,
        DefaultKind::Expression => DefaultValue::Expression(String::new()),
        DefaultKind::Null => DefaultValue::Value(Literal::Null),
        DefaultKind::EmptyArray => DefaultValue::Value(Literal::EmptyArray),
        DefaultKind::EmptyObject => DefaultValue::Value(Literal::EmptyObject),
        DefaultKind::Value => DefaultValue::Value(match &field.ty {
            DataType::Boolean => Literal::Boolean(false),
            DataType::Integer(_)
            | DataType::Decimal { .. }
            | DataType::Float
            | DataType::Double => Literal::Number(Number::from(0)),
            DataType::Enumeration(id) => {
                let first = view.project.model.enumeration(*id).and_then(|one| one.values.first());
                Literal::Text(first.map(|value| value.name.clone()).unwrap_or_default())
            }
            _ => Literal::Text(String::new()),
        }),
    })
}

fn value_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    entity: &Entity,
    field: &Field,
    literal: &Literal,
    requests: &mut Requests,
) {
    let (owner, id) = (entity.id, field.id);
    let enumeration = field.ty.enumeration().and_then(|one| view.project.model.enumeration(one));
    let changed = match (literal, enumeration) {
        (Literal::Boolean(on), _) => {
            let choices = [(true, "true"), (false, "false")];
            rows::choice_row_ui(ui, "Value", *on, &choices).map(Literal::Boolean)
        }
        (Literal::Text(text), Some(enumeration)) => {
            let values: Vec<(&str, &str)> = enumeration
                .values
                .iter()
                .map(|one| (one.name.as_str(), one.name.as_str()))
                .collect();
            rows::choice_row_ui(ui, "Value", text.as_str(), &values)
                .map(|value| Literal::Text(value.to_owned()))
        }
        (Literal::Text(text), None) => rows::text_row_ui(ui, "Value", text, "").map(Literal::Text),
        (Literal::Number(number), _) => rows::text_row_ui(ui, "Value", number.as_str(), "0")
            .and_then(|text| Number::parse(text.trim()))
            .map(Literal::Number),
        (Literal::Null | Literal::EmptyArray | Literal::EmptyObject, _) => None,
    };
    if let Some(literal) = changed {
        let default = Some(DefaultValue::Value(literal));
        set_ongoing(requests, owner, id, "Change default", "default", move |field| {
            field.default = default;
        });
    }
}

/// What a limit is called, what it is now and how it is set.
type Limit<V, T> = (&'static str, Option<V>, fn(&mut Field, Option<T>));

pub(super) fn limits_ui(ui: &mut Ui, entity: &Entity, field: &Field, requests: &mut Requests) {
    let (owner, id) = (entity.id, field.id);
    let text = |number: &Option<Number>| number.as_ref().map(|one| one.as_str().to_owned());
    let numbers: [Limit<String, Number>; 2] = [
        ("Smallest", text(&field.min), |field, number| field.min = number),
        ("Largest", text(&field.max), |field, number| field.max = number),
    ];
    for (label, value, put) in numbers {
        let typed = rows::optional_text_row_ui(ui, label, value.as_deref(), "no limit");
        if let Some(number) = typed.map(|text| text.map(|text| Number::parse(text.trim())))
            && number != Some(None)
        {
            set_ongoing(requests, owner, id, "Change limits", label, move |field| {
                put(field, number.flatten());
            });
        }
    }
    let lengths: [Limit<u32, u32>; 2] = [
        ("Shortest", field.min_length, |field, length| field.min_length = length),
        ("Longest", field.max_length, |field, length| field.max_length = length),
    ];
    for (label, value, put) in lengths {
        let value = value.map(|length| length.to_string());
        let typed = rows::optional_text_row_ui(ui, label, value.as_deref(), "any length");
        if let Some(length) = typed.map(|text| text.map(|text| text.trim().parse().ok()))
            && length != Some(None)
        {
            set_ongoing(requests, owner, id, "Change limits", label, move |field| {
                put(field, length.flatten());
            });
        }
    }
    let pattern = field.pattern.as_deref();
    if let Some(pattern) = rows::optional_text_row_ui(ui, "Pattern", pattern, "^[a-z]+$") {
        set_ongoing(requests, owner, id, "Change pattern", "pattern", move |field| {
            field.pattern = pattern;
        });
    }
}
