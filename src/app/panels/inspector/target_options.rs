//! What only one target knows: native type spellings and free options, in folded groups that show
//! for the targets in use only.

use eframe::egui::{RichText, Ui};

use crate::app::change::Requests;
use crate::app::panels::inspector::{InspectorView, entity, field, rows};
use crate::formats::registry;
use crate::model::entity::Entity;
use crate::model::extras::Extras;
use crate::model::field::Field;

/// The targets of this project: the chosen one, those with options, and those the element already
/// has something for.
fn targets_in_use(view: InspectorView<'_>, extras: &Extras, field: Option<&Field>) -> Vec<String> {
    let settings = &view.project.settings;
    let mut targets = vec![settings.target.clone()];
    let native = field.map(|field| field.native_types.keys()).into_iter().flatten();
    for target in settings.target_options.keys().chain(extras.options.keys()).chain(native) {
        if !targets.contains(target) && registry::exporter(target).is_some() {
            targets.push(target.clone());
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
        let Some(exporter) = registry::exporter(&target) else { continue };
        rows::group_ui(ui, exporter.info().name, false, |ui| {
            let native = field.native_types.get(&target).map(String::as_str);
            if let Some(native) =
                rows::optional_text_row_ui(ui, "Native type", native, "as the type says")
            {
                let target = target.clone();
                field::set_ongoing(
                    requests,
                    entity,
                    id,
                    "Change native type",
                    "native",
                    move |field| {
                        match native {
                            Some(native) => field.native_types.insert(target, native),
                            None => field.native_types.remove(&target),
                        };
                    },
                );
            }
            for (key, value) in options(&field.extras, &target) {
                if let Some(text) = rows::optional_text_row_ui(ui, &key, Some(&value), "") {
                    let target = target.clone();
                    let name = format!("option {key}");
                    field::set_ongoing(
                        requests,
                        entity,
                        id,
                        "Change option",
                        &name,
                        move |field| {
                            put(&mut field.extras, &target, &key, text);
                        },
                    );
                }
            }
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
        let Some(exporter) = registry::exporter(&target) else { continue };
        let known = options(&owner.extras, &target);
        rows::group_ui(ui, exporter.info().name, false, |ui| {
            if known.is_empty() {
                ui.label(RichText::new("This target needs nothing more.").weak());
            }
            for (key, value) in known {
                if let Some(text) = rows::optional_text_row_ui(ui, &key, Some(&value), "") {
                    let target = target.clone();
                    let name = format!("option {key}");
                    entity::set_ongoing(requests, owner.id, "Change option", &name, move |one| {
                        put(&mut one.extras, &target, &key, text);
                    });
                }
            }
        });
    }
}

fn options(extras: &Extras, target: &str) -> Vec<(String, String)> {
    let options = extras.options.get(target).into_iter().flatten();
    options.map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn put(extras: &mut Extras, target: &str, key: &str, value: Option<String>) {
    match value {
        Some(value) => extras.set(target, key, value),
        None => {
            if let Some(options) = extras.options.get_mut(target) {
                options.remove(key);
            }
        }
    }
}
