//! The keys and checks of an entity; its indexes are in [`index_rules`].

use eframe::egui::{self, Ui};

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::entity::{set, set_ongoing};
use crate::app::panels::inspector::{InspectorView, index_rules, rows};
use crate::app::widgets;
use crate::model::entity::{Check, Entity};
use crate::model::field::Field;
use crate::model::id::{ElementId, FieldId};
use crate::model::key::{Key, KeyKind};

pub(super) fn entity_rules_ui(
    ui: &mut Ui,
    _: InspectorView<'_>,
    entity: &Entity,
    requests: &mut Requests,
) {
    rows::group_ui(ui, "Keys", !entity.keys.is_empty(), |ui| keys_ui(ui, entity, requests));
    rows::group_ui(ui, "Indexes", !entity.indexes.is_empty(), |ui| {
        index_rules::indexes_ui(ui, entity, requests);
    });
    rows::group_ui(ui, "Checks", !entity.checks.is_empty(), |ui| checks_ui(ui, entity, requests));
}

fn keys_ui(ui: &mut Ui, entity: &Entity, requests: &mut Requests) {
    for key in &entity.keys {
        ui.push_id(key.id, |ui| key_ui(ui, entity, key, requests));
    }
    if rows::add_button_ui(ui, "Add alternate key") {
        let (id, first) = (entity.id, entity.fields.first().map(|field| field.id));
        requests.change("Add key", move |project, mint| {
            let kind = KeyKind::Alternate;
            let key =
                Key { id: mint.mint(), kind, fields: first.into_iter().collect(), name: None };
            if let Some(entity) = project.model.entity_mut(id) {
                entity.keys.push(key);
            }
        });
    }
}

fn key_ui(ui: &mut Ui, entity: &Entity, key: &Key, requests: &mut Requests) {
    let (owner, id) = (entity.id, key.id);
    let title = if key.kind == KeyKind::Primary { "Primary key" } else { "Alternate key" };
    head_ui(ui, title, ElementId::Key(owner, id), requests);
    let change = move |entity: &mut Entity, change: &dyn Fn(&mut Key)| {
        if let Some(key) = entity.keys.iter_mut().find(|key| key.id == id) {
            change(key);
        }
    };
    if let Some(fields) = field_list_ui(ui, entity, &key.fields) {
        set(requests, owner, "Change key", move |entity| {
            change(entity, &|key| key.fields.clone_from(&fields));
        });
    }
    let name = key.name.as_deref();
    if let Some(name) = rows::optional_text_row_ui(ui, "Constraint", name, "named by the target") {
        set_ongoing(requests, owner, "Name key", &format!("key {id}"), move |entity| {
            change(entity, &|key| key.name.clone_from(&name));
        });
    }
}

/// The title of a rule and the button that removes it.
pub(super) fn head_ui(ui: &mut Ui, title: &str, element: ElementId, requests: &mut Requests) {
    ui.horizontal(|ui| {
        ui.label(widgets::strong(title).size(12.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let label = format!("Remove {}", title.to_lowercase());
            if widgets::icon_button_ui(ui, icons::TRASH, &label).clicked() {
                requests.change(label, move |project, _| project.model.remove(element));
            }
        });
    });
}

/// Fields in order, each to take out, and one more to put in; the new list when it changed.
pub(super) fn field_list_ui(
    ui: &mut Ui,
    entity: &Entity,
    chosen: &[FieldId],
) -> Option<Vec<FieldId>> {
    let mut changed = None;
    ui.horizontal_wrapped(|ui| {
        for (position, id) in chosen.iter().enumerate() {
            let name = path_of(entity, *id);
            let label = format!("{name}  {}", icons::X);
            let response = ui.button(egui::RichText::new(label).small());
            let spoken = format!("Take out {name}");
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &spoken));
            if response.on_hover_text(spoken.clone()).clicked() {
                let mut fields = chosen.to_vec();
                fields.remove(position);
                changed = Some(fields);
            }
        }
        if let Some(id) = add_field_ui(ui, entity, chosen) {
            let mut fields = chosen.to_vec();
            fields.push(id);
            changed = Some(fields);
        }
    });
    changed
}

/// A plus that lists the fields that are not chosen yet; the one that was picked.
pub(super) fn add_field_ui(ui: &mut Ui, entity: &Entity, chosen: &[FieldId]) -> Option<FieldId> {
    let mut picked = None;
    let rest: Vec<&Field> =
        entity.all_fields().into_iter().filter(|field| !chosen.contains(&field.id)).collect();
    let button = ui.menu_button(icons::icon(icons::PLUS, 12.0), |ui| {
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for field in rest {
                if ui.button(path_of(entity, field.id)).clicked() {
                    picked = Some(field.id);
                    ui.close();
                }
            }
        });
    });
    let response = button.response;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Put in a field"));
    if picked.is_some() {
        // The keyboard goes on here, not wherever the menu leaves it.
        response.request_focus();
    }
    picked
}

/// The name of a field with those of the objects around it.
pub(super) fn path_of(entity: &Entity, field: FieldId) -> String {
    let path: Vec<_> = entity.field_path(field).iter().map(|part| part.name.as_str()).collect();
    path.join(".")
}

fn checks_ui(ui: &mut Ui, entity: &Entity, requests: &mut Requests) {
    let owner = entity.id;
    for check in &entity.checks {
        let id = check.id;
        ui.push_id(id, |ui| {
            head_ui(ui, "Check", ElementId::Check(owner, id), requests);
            let mut put = |label: &str, key: &str, change: Box<dyn FnOnce(&mut Check)>| {
                set_ongoing(requests, owner, label, &format!("{key} {id}"), move |entity| {
                    if let Some(check) = entity.checks.iter_mut().find(|check| check.id == id) {
                        change(check);
                    }
                });
            };
            if let Some(text) = rows::text_row_ui(ui, "Condition", &check.expression, "price > 0") {
                put("Change check", "check", Box::new(move |check| check.expression = text));
            }
            let name = check.name.as_deref();
            if let Some(name) =
                rows::optional_text_row_ui(ui, "Constraint", name, "named by the target")
            {
                put("Name check", "check name", Box::new(move |check| check.name = name));
            }
        });
    }
    if rows::add_button_ui(ui, "Add check") {
        requests.change("Add check", move |project, mint| {
            let (name, note) = (None, String::new());
            let check = Check { id: mint.mint(), name, expression: "true".to_owned(), note };
            if let Some(entity) = project.model.entity_mut(owner) {
                entity.checks.push(check);
            }
        });
    }
}
