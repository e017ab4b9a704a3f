//! The keys, indexes and checks of an entity.

use eframe::egui::{self, Ui};

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::entity::{set, set_ongoing};
use crate::app::panels::inspector::{InspectorView, rows};
use crate::app::widgets;
use crate::model::entity::{Check, Entity};
use crate::model::field::Field;
use crate::model::id::{ElementId, FieldId};
use crate::model::index::{Index, IndexKind, IndexPart, IndexTarget, SortOrder};
use crate::model::key::{Key, KeyKind};

const INDEX_KINDS: [(IndexKind, &str); 4] = [
    (IndexKind::Ordered, "Ordered"),
    (IndexKind::Hash, "Hash"),
    (IndexKind::Text, "Full text"),
    (IndexKind::Geo, "Places"),
];

pub(super) fn entity_rules_ui(
    ui: &mut Ui,
    _: InspectorView<'_>,
    entity: &Entity,
    requests: &mut Requests,
) {
    rows::group_ui(ui, "Keys", !entity.keys.is_empty(), |ui| keys_ui(ui, entity, requests));
    rows::group_ui(ui, "Indexes", !entity.indexes.is_empty(), |ui| {
        indexes_ui(ui, entity, requests);
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
fn head_ui(ui: &mut Ui, title: &str, element: ElementId, requests: &mut Requests) {
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
        let rest: Vec<&Field> =
            entity.all_fields().into_iter().filter(|field| !chosen.contains(&field.id)).collect();
        let button = ui.menu_button(icons::icon(icons::PLUS, 12.0), |ui| {
            egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
                for field in rest {
                    if ui.button(path_of(entity, field.id)).clicked() {
                        let mut fields = chosen.to_vec();
                        fields.push(field.id);
                        changed = Some(fields);
                        ui.close();
                    }
                }
            });
        });
        let response = button.response;
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Put in a field"));
        if changed.is_some() {
            // The keyboard goes on here, not wherever the menu leaves it.
            response.request_focus();
        }
    });
    changed
}

/// The name of a field with those of the objects around it.
pub(super) fn path_of(entity: &Entity, field: FieldId) -> String {
    let path: Vec<_> = entity.field_path(field).iter().map(|part| part.name.as_str()).collect();
    path.join(".")
}

fn indexes_ui(ui: &mut Ui, entity: &Entity, requests: &mut Requests) {
    for index in &entity.indexes {
        ui.push_id(index.id, |ui| index_ui(ui, entity, index, requests));
    }
    if rows::add_button_ui(ui, "Add index") {
        let (id, first) = (entity.id, entity.fields.first().map(|field| field.id));
        requests.change("Add index", move |project, mint| {
            let index = Index::over(mint.mint(), first);
            if let Some(entity) = project.model.entity_mut(id) {
                entity.indexes.push(index);
            }
        });
    }
}

fn index_ui(ui: &mut Ui, entity: &Entity, index: &Index, requests: &mut Requests) {
    let (owner, id) = (entity.id, index.id);
    head_ui(ui, "Index", ElementId::Index(owner, id), requests);
    let mut put = |label: &str, key: &str, change: Box<dyn FnOnce(&mut Index)>| {
        set_ongoing(requests, owner, label, &format!("{key} {id}"), move |entity| {
            if let Some(index) = entity.indexes.iter_mut().find(|index| index.id == id) {
                change(index);
            }
        });
    };
    let fields: Vec<_> = index.parts.iter().filter_map(|part| part.on.field()).collect();
    if let Some(fields) = field_list_ui(ui, entity, &fields) {
        put("Change index", "fields", Box::new(move |index| set_fields(index, &fields)));
    }
    let checks = [
        ("Unique", index.unique, "No two records may agree on it"),
        ("Sparse", index.sparse, "Documents that lack the fields are left out"),
        ("Descending", descends(index), "Largest first"),
    ];
    if let Some((position, on)) = rows::checks_ui(ui, &checks) {
        let change: Box<dyn FnOnce(&mut Index)> = match position {
            0 => Box::new(move |index| index.unique = on),
            1 => Box::new(move |index| index.sparse = on),
            _ => Box::new(move |index| set_order(index, on)),
        };
        put("Change index", checks.get(position).map_or("", |(name, _, _)| name), change);
    }
    if let Some(kind) = rows::choice_row_ui(ui, "Kind", index.kind, &INDEX_KINDS) {
        put("Change index", "kind", Box::new(move |index| index.kind = kind));
    }
    let name = index.name.as_deref();
    if let Some(name) = rows::optional_text_row_ui(ui, "Name", name, "named by the target") {
        put("Name index", "name", Box::new(move |index| index.name = name));
    }
    let partial = index.partial.as_deref();
    if let Some(partial) = rows::optional_text_row_ui(ui, "Only where", partial, "status = 'open'")
    {
        put("Change index", "partial", Box::new(move |index| index.partial = partial));
    }
    let expires = index.expire_after_seconds.map(|seconds| seconds.to_string());
    let typed = rows::optional_text_row_ui(ui, "Expires after", expires.as_deref(), "seconds");
    if let Some(seconds) = typed.map(|text| text.map(|text| text.trim().parse().ok()))
        && seconds != Some(None)
    {
        let change = move |index: &mut Index| index.expire_after_seconds = seconds.flatten();
        put("Change index", "expires", Box::new(change));
    }
    if let Some(note) = rows::text_row_ui(ui, "Note", &index.note, "what it is for") {
        put("Describe index", "note", Box::new(move |index| index.note = note));
    }
}

fn descends(index: &Index) -> bool {
    index.parts.first().is_some_and(|part| part.order == SortOrder::Descending)
}

fn set_order(index: &mut Index, descends: bool) {
    let order = if descends { SortOrder::Descending } else { SortOrder::Ascending };
    for part in &mut index.parts {
        part.order = order;
    }
}

/// Expressions stay where they are at the end.
fn set_fields(index: &mut Index, fields: &[FieldId]) {
    let old = std::mem::take(&mut index.parts);
    for field in fields {
        let known = old.iter().find(|part| part.on == IndexTarget::Field(*field)).cloned();
        index.parts.push(known.unwrap_or_else(|| IndexPart::ascending(*field)));
    }
    index.parts.extend(old.into_iter().filter(|part| part.on.field().is_none()));
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
