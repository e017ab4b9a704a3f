//! What only one target knows: native type spellings and the properties that the target declares,
//! in folded groups that show for the targets in use only.

use eframe::egui::{RichText, Ui};

use crate::app::change::Requests;
use crate::app::panels::inspector::{InspectorView, entity, field, rows};
use crate::formats::FormatInfo;
use crate::formats::options::{OptionInfo, OptionValues};
use crate::formats::property::Bearer;
use crate::formats::registry;
use crate::model::entity::Entity;
use crate::model::extras::Extras;
use crate::model::field::Field;

/// The targets of this project: the chosen one, those with options, and those the element already
/// has something for.
fn targets_in_use(
    view: InspectorView<'_>,
    extras: &Extras,
    field: Option<&Field>,
) -> Vec<&'static FormatInfo> {
    let settings = &view.project.settings;
    let native = field.map(|field| field.native_types.keys()).into_iter().flatten();
    let mut targets: Vec<&'static FormatInfo> = Vec::new();
    let ids = settings.target_options.keys().chain(extras.options.keys()).chain(native);
    for target in std::iter::once(&settings.target).chain(ids) {
        if let Some(exporter) = registry::exporter(target)
            && !targets.iter().any(|info| info.id == exporter.info().id)
        {
            targets.push(exporter.info());
        }
    }
    targets
}

pub(super) fn field_options_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    owner: &Entity,
    field: &Field,
    requests: &mut Requests,
) {
    let (entity, id) = (owner.id, field.id);
    for target in targets_in_use(view, &field.extras, Some(field)) {
        let is_filled =
            has_chosen(&field.extras, target) || field.native_types.contains_key(target.id);
        rows::group_ui(ui, target.name, is_filled, |ui| {
            let native = field.native_types.get(target.id).map(String::as_str);
            if let Some(native) =
                rows::optional_text_row_ui(ui, "Native type", native, "as the type says")
            {
                let label = "Change native type";
                field::set_ongoing(requests, entity, id, label, "native", move |field| {
                    match native {
                        Some(native) => field.native_types.insert(target.id.to_owned(), native),
                        None => field.native_types.remove(target.id),
                    };
                });
            }
            properties_ui(ui, target, Bearer::Field, &field.extras, |label, key, value| {
                field::set_ongoing(requests, entity, id, label, &key.clone(), move |field| {
                    put(&mut field.extras, target.id, &key, value);
                });
            });
        });
    }
}

pub(super) fn entity_options_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    owner: &Entity,
    requests: &mut Requests,
) {
    for target in targets_in_use(view, &owner.extras, None) {
        let is_filled = has_chosen(&owner.extras, target);
        if !is_filled && target.properties_of(Bearer::Entity).next().is_none() {
            continue;
        }
        rows::group_ui(ui, target.name, is_filled, |ui| {
            properties_ui(ui, target, Bearer::Entity, &owner.extras, |label, key, value| {
                entity::set_ongoing(requests, owner.id, label, &key.clone(), move |entity| {
                    put(&mut entity.extras, target.id, &key, value);
                });
            });
        });
    }
}

/// Whether something was chosen that only that target knows.
fn has_chosen(extras: &Extras, target: &FormatInfo) -> bool {
    extras.options.get(target.id).is_some_and(|chosen| !chosen.is_empty())
}

/// A row for each property that the target declares, then one for each that came with a file and
/// that it does not know. `set` takes a label, the key and the chosen value.
fn properties_ui(
    ui: &mut Ui,
    target: &'static FormatInfo,
    bearer: Bearer,
    extras: &Extras,
    mut set: impl FnMut(&str, String, Option<String>),
) {
    for property in target.properties_of(bearer) {
        let current = extras.option(target.id, property.key);
        let changed = ui.scope(|ui| property_ui(ui, property, current));
        changed.response.on_hover_text(property.summary);
        if let Some(value) = changed.inner {
            set(&format!("Change {}", property.key), property.key.to_owned(), value);
        }
    }
    let is_declared = |key: &str| target.properties_of(bearer).any(|one| one.key == key);
    let chosen = extras.options.get(target.id).into_iter().flatten();
    let strange: Vec<_> = chosen.filter(|(key, _)| !is_declared(key)).collect();
    for (key, value) in strange {
        if let Some(text) = rows::optional_text_row_ui(ui, key, Some(value), "") {
            set(&format!("Change {key}"), key.clone(), text);
        }
    }
    if bearer == Bearer::Field && target.properties_of(bearer).next().is_none() {
        ui.label(RichText::new("Empty means what the type says.").weak().small());
    }
}

/// The row of one property; says the new value when it was changed, none for the usual one.
#[expect(clippy::option_option, reason = "outside: whether it changed; inside: the value")]
fn property_ui(
    ui: &mut Ui,
    property: &'static OptionInfo,
    current: Option<&str>,
) -> Option<Option<String>> {
    let values: &[&str] = match property.values {
        OptionValues::Text => {
            return rows::optional_text_row_ui(ui, property.key, current, property.default);
        }
        OptionValues::Flag => &["true", "false"],
        OptionValues::Choice(choices) => choices,
    };
    let usual = match property.default {
        "" => "as usual".to_owned(),
        default => format!("as usual: {default}"),
    };
    let mut choices = vec![(None, usual.as_str())];
    choices.extend(values.iter().map(|value| (Some(*value), *value)));
    let current = current.map(|current| values.iter().find(|one| **one == current).copied());
    let chosen = rows::choice_row_ui(ui, property.key, current.flatten(), &choices)?;
    Some(chosen.map(str::to_owned))
}

fn put(extras: &mut Extras, target: &str, key: &str, value: Option<String>) {
    match value {
        Some(value) => extras.set(target, key, value),
        None => extras.remove(target, key),
    }
}
