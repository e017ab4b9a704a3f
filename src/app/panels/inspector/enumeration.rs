//! An enumeration: name, values with notes, who uses it.

use eframe::egui::Ui;

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::{InspectorView, rows};
use crate::app::theme;
use crate::app::widgets;
use crate::document::edit::entities::{add_value, rename_node, rename_value};
use crate::model::enumeration::{Enumeration, EnumerationValue};
use crate::model::graph::Link;
use crate::model::id::{ElementId, EnumerationId, NodeId};

pub(super) fn enumeration_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    enumeration: &Enumeration,
    requests: &mut Requests,
) {
    let id = enumeration.id;
    let accent = theme::color32(theme::current(ui.ctx()).accent);
    rows::title_ui(ui, "Enumeration", icons::LIST_BULLETS, accent);
    if let Some(name) = rows::text_row_ui(ui, "Name", &enumeration.name, "Name") {
        requests.ongoing_change("Rename enumeration", format!("name {id}"), move |project, _| {
            rename_node(project, id.into(), &name);
        });
    }
    if let Some(note) = rows::note_row_ui(ui, "Note", &enumeration.note) {
        requests.ongoing_change("Describe enumeration", format!("note {id}"), move |project, _| {
            if let Some(enumeration) = project.model.enumeration_mut(id) {
                enumeration.note = note;
            }
        });
    }
    rows::group_ui(ui, "Values", true, |ui| {
        for (position, value) in enumeration.values.iter().enumerate() {
            value_ui(ui, enumeration, position, value, requests);
        }
        if rows::add_button_ui(ui, "Add value") {
            requests.change("Add value", move |project, mint| {
                add_value(project, mint, id, usize::MAX, "value");
            });
        }
    });
    rows::group_ui(ui, "Used by", true, |ui| users_ui(ui, view, id, requests));
}

fn value_ui(
    ui: &mut Ui,
    enumeration: &Enumeration,
    position: usize,
    value: &EnumerationValue,
    requests: &mut Requests,
) {
    let (id, value_id) = (enumeration.id, value.id);
    ui.push_id(value_id, |ui| {
        ui.horizontal(|ui| {
            let swap_with = |other: usize| {
                move |project: &mut crate::document::project::Project, _: &mut _| {
                    if let Some(enumeration) = project.model.enumeration_mut(id)
                        && other < enumeration.values.len()
                    {
                        enumeration.values.swap(position, other);
                    }
                }
            };
            let is_first = position == 0;
            let up = ui.add_enabled_ui(!is_first, |ui| {
                widgets::icon_button_ui(ui, icons::CARET_UP, &format!("Move {} up", value.name))
            });
            if up.inner.clicked() {
                requests.change("Move value", swap_with(position.saturating_sub(1)));
            }
            let gap = ui.spacing().item_spacing.x;
            let half = ((ui.available_width() - up.response.rect.width()) / 2.0 - gap).floor();
            ui.allocate_ui(eframe::egui::vec2(half, 24.0), |ui| {
                let name = format!("Value {}", position + 1);
                if let Some(text) = rows::text_ui(ui, &name, &value.name, "value") {
                    requests.ongoing_change(
                        "Rename value",
                        format!("name {value_id}"),
                        move |project, _| {
                            rename_value(project, id, value_id, &text);
                        },
                    );
                }
            });
            ui.allocate_ui(eframe::egui::vec2(half, 24.0), |ui| {
                let name = format!("Note of value {}", position + 1);
                if let Some(text) = rows::text_ui(ui, &name, &value.note, "note") {
                    requests.ongoing_change(
                        "Describe value",
                        format!("note {value_id}"),
                        move |project, _| {
                            let values =
                                project.model.enumeration_mut(id).map(|one| &mut one.values);
                            let value =
                                values.and_then(|all| all.iter_mut().find(|v| v.id == value_id));
                            if let Some(value) = value {
                                value.note = text;
                            }
                        },
                    );
                }
            });
            let label = format!("Remove value {}", value.name);
            if widgets::icon_button_ui(ui, icons::X, &label).clicked() {
                requests.change("Remove value", move |project, _| {
                    project.model.remove(ElementId::Value(id, value_id));
                });
            }
        });
    });
}

/// The fields that hold its values.
fn users_ui(ui: &mut Ui, view: InspectorView<'_>, id: EnumerationId, requests: &mut Requests) {
    let model = &view.project.model;
    let users = model.graph().incoming(id);
    if users.is_empty() {
        ui.label(eframe::egui::RichText::new("No field uses it yet.").weak());
    }
    for (link, node) in users {
        let (Link::Use(field), NodeId::Entity(entity)) = (link, node) else { continue };
        let Some(owner) = model.entity(entity) else { continue };
        let name = owner.field(field).map_or("", |field| field.name.as_str());
        let icon = Some((icons::TABLE, ui.visuals().weak_text_color()));
        if widgets::row_ui(ui, icon, format!("{}.{name}", owner.name), "", false).clicked() {
            requests.reveal = Some(ElementId::Field(entity, field));
        }
    }
}
