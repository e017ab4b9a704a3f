//! A field: name, type, what it must be; defaults and limits are in [`field_rules`].

use eframe::egui::{RichText, Ui};

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::{InspectorView, field_rules, fields, rows, target_options};
use crate::app::theme;
use crate::app::widgets;
use crate::document::edit::fields::{
    has_own_index, rename_field, set_in_primary_key, set_own_index, set_required, set_unique,
};
use crate::editor::quick_entry::print;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{ElementId, EntityId, FieldId};

pub(super) fn field_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    entity: &Entity,
    field: &Field,
    requests: &mut Requests,
) {
    let (owner, id) = (entity.id, field.id);
    let accent = theme::color32(theme::current(ui.ctx()).accent);
    rows::title_ui(ui, &format!("Field of {}", entity.name), icons::TEXT_AA, accent);
    if let Some(name) = rows::text_row_ui(ui, "Name", &field.name, "Name") {
        requests.ongoing_change("Rename field", format!("name {id}"), move |project, _| {
            rename_field(project, owner, id, &name);
        });
    }
    ui.label(RichText::new("As a line").weak());
    let line = print::line(&view.project.model, entity, field, &view.project.settings.target);
    fields::line_ui(ui, view, (entity, field), &line, requests);
    flags_ui(ui, entity, field, requests);
    field_rules::default_ui(ui, view, entity, field, requests);
    if let Some(note) = rows::note_row_ui(ui, "Note", &field.note) {
        set_ongoing(requests, owner, id, "Describe field", "note", move |field| field.note = note);
    }
    references_ui(ui, view, (entity, field), requests);
    if *field.ty.innermost() == DataType::Object {
        rows::group_ui(ui, "Fields", true, |ui| {
            fields::fields_ui(ui, view, entity, Some(field), requests);
        });
    }
    rows::group_ui(ui, "Limits", has_limits(field), |ui| {
        field_rules::limits_ui(ui, entity, field, requests);
    });
    target_options::field_options_ui(ui, view, entity, field, requests);
}

/// A change of the field that is a step of its own.
pub(super) fn set(
    requests: &mut Requests,
    entity: EntityId,
    id: FieldId,
    label: &str,
    change: impl FnOnce(&mut Field) + 'static,
) {
    requests.change(label, move |project, _| {
        if let Some(field) = project.model.entity_mut(entity).and_then(|one| one.field_mut(id)) {
            change(field);
        }
    });
}

/// A change of the field that goes on while it is typed.
pub(super) fn set_ongoing(
    requests: &mut Requests,
    entity: EntityId,
    id: FieldId,
    label: &str,
    key: &str,
    change: impl FnOnce(&mut Field) + 'static,
) {
    requests.ongoing_change(label, format!("{key} {id}"), move |project, _| {
        if let Some(field) = project.model.entity_mut(entity).and_then(|one| one.field_mut(id)) {
            change(field);
        }
    });
}

fn has_limits(field: &Field) -> bool {
    field.min.is_some()
        || field.max.is_some()
        || field.min_length.is_some()
        || field.max_length.is_some()
        || field.pattern.is_some()
}

fn flags_ui(ui: &mut Ui, entity: &Entity, field: &Field, requests: &mut Requests) {
    let (owner, id) = (entity.id, field.id);
    let checks = [
        ("Required", field.required, "It must have a value"),
        ("Unique", field.unique, "No two records may agree on it"),
        ("Key", entity.is_in_primary_key(id), "Part of the primary key"),
        ("Index", has_own_index(entity, id), "Lookups by it are quick"),
        ("Counts up", field.auto_increment, "The database counts it up"),
        ("Immutable", field.immutable, "Never changes once set"),
        ("Trim", field.trim, "Blanks at both ends are cut off"),
        ("Lower case", field.lowercase, "Stored in lower case"),
        ("Hidden", field.hidden, "Queries leave it out unless asked"),
        ("Keeps an _id", field.keeps_id, "A nested document has an identity of its own"),
    ];
    let nested = *field.ty.innermost() == DataType::Object;
    let shown = if nested { checks.as_slice() } else { checks.get(..9).unwrap_or_default() };
    let Some((index, on)) = rows::checks_ui(ui, shown) else { return };
    match index {
        0 => requests.change("Change required", move |project, _| {
            set_required(project, owner, id, on);
        }),
        1 => requests.change("Change unique", move |project, _| {
            set_unique(project, owner, id, on);
        }),
        2 => requests.change("Change key", move |project, mint| {
            set_in_primary_key(project, mint, owner, id, on);
        }),
        3 => requests.change("Change index", move |project, mint| {
            set_own_index(project, mint, owner, id, on);
        }),
        4 => set(requests, owner, id, "Change counting", move |one| one.auto_increment = on),
        5 => set(requests, owner, id, "Change immutable", move |one| one.immutable = on),
        6 => set(requests, owner, id, "Change trim", move |one| one.trim = on),
        7 => set(requests, owner, id, "Change lower case", move |one| one.lowercase = on),
        8 => set(requests, owner, id, "Change hidden", move |one| one.hidden = on),
        _ => set(requests, owner, id, "Change _id", move |one| one.keeps_id = on),
    }
}

/// Where the field points.
fn references_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    (entity, field): (&Entity, &Field),
    requests: &mut Requests,
) {
    let model = &view.project.model;
    for reference in model.references_of_field(entity.id, field.id) {
        let to = model.display_name(reference.to.entity.into());
        let icon = Some((icons::LINK, ui.visuals().weak_text_color()));
        let cardinality = reference.to.cardinality.as_str();
        if widgets::row_ui(ui, icon, format!("Refers to {to}"), cardinality, false).clicked() {
            requests.select = Some(vec![ElementId::Reference(reference.id)]);
        }
    }
}
