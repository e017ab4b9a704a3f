//! Several things at once: the properties that they share change together.

use eframe::egui::Ui;

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::entity::{KINDS, area_ui, color_ui};
use crate::app::panels::inspector::{InspectorView, rows};
use crate::document::edit::entities::remove_elements;
use crate::document::edit::fields::{set_required, set_unique};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{ElementId, EntityId, FieldId, NodeId};

pub(super) fn several_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    elements: &[ElementId],
    requests: &mut Requests,
) {
    let weak = ui.visuals().weak_text_color();
    rows::title_ui(ui, &format!("{} things", elements.len()), icons::SELECTION_ALL, weak);
    let nodes: Vec<NodeId> = elements.iter().filter_map(|element| node(*element)).collect();
    let entities: Vec<EntityId> = nodes.iter().filter_map(|node| entity(*node)).collect();
    let fields: Vec<(EntityId, FieldId)> = elements.iter().filter_map(|one| field(*one)).collect();
    if !entities.is_empty() {
        entities_ui(ui, view, &entities, requests);
    }
    if !nodes.is_empty() {
        color_ui(ui, view, &nodes, requests);
        area_ui(ui, view, &nodes, requests);
    }
    if !fields.is_empty() {
        fields_ui(ui, view, &fields, requests);
    }
    ui.add_space(8.0);
    if ui.button("Remove all of them").clicked() {
        let elements = elements.to_vec();
        requests.change("Remove several", move |project, _| remove_elements(project, &elements));
    }
}

fn node(element: ElementId) -> Option<NodeId> {
    match element {
        ElementId::Entity(id) => Some(id.into()),
        ElementId::Enumeration(id) => Some(id.into()),
        _ => None,
    }
}

fn entity(node: NodeId) -> Option<EntityId> {
    match node {
        NodeId::Entity(id) => Some(id),
        NodeId::Enumeration(_) => None,
    }
}

fn field(element: ElementId) -> Option<(EntityId, FieldId)> {
    match element {
        ElementId::Field(entity, field) => Some((entity, field)),
        _ => None,
    }
}

fn entities_ui(ui: &mut Ui, view: InspectorView<'_>, ids: &[EntityId], requests: &mut Requests) {
    let entities: Vec<&Entity> =
        ids.iter().filter_map(|id| view.project.model.entity(*id)).collect();
    let Some(first) = entities.first() else { return };
    let set_all =
        |requests: &mut Requests, label: &str, change: fn(&mut Entity, bool), on: bool| {
            let ids = ids.to_vec();
            requests.change(label, move |project, _| {
                for id in ids {
                    if let Some(entity) = project.model.entity_mut(id) {
                        change(entity, on);
                    }
                }
            });
        };
    let kind = entities.iter().all(|one| one.kind == first.kind).then_some(first.kind);
    let kinds: Vec<_> = KINDS.iter().map(|(kind, name)| (Some(*kind), *name)).collect();
    if let Some(Some(kind)) = rows::choice_row_ui(ui, "Stored as", kind, &kinds) {
        let ids = ids.to_vec();
        requests.change("Change kind", move |project, _| {
            for id in ids {
                if let Some(entity) = project.model.entity_mut(id) {
                    entity.kind = kind;
                }
            }
        });
    }
    let stamped = entities.iter().all(|one| one.timestamps);
    let hint = "Keeps createdAt and updatedAt";
    if let Some(on) = rows::check_row_ui(ui, "Timestamps", stamped, hint) {
        set_all(requests, "Change timestamps", |entity, on| entity.timestamps = on, on);
    }
}

fn fields_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    ids: &[(EntityId, FieldId)],
    requests: &mut Requests,
) {
    let fields: Vec<&Field> = ids
        .iter()
        .filter_map(|(entity, field)| view.project.model.entity(*entity)?.field(*field))
        .collect();
    let all = |has: fn(&Field) -> bool| fields.iter().all(|field| has(field));
    let checks = [
        ("Required", all(|field| field.required), "They must have a value"),
        ("Unique", all(|field| field.unique), "No two records may agree on one"),
        ("Immutable", all(|field| field.immutable), "They never change once set"),
        ("Hidden", all(|field| field.hidden), "Queries leave them out unless asked"),
        ("Trim", all(|field| field.trim), "Blanks at both ends are cut off"),
        ("Lower case", all(|field| field.lowercase), "Stored in lower case"),
    ];
    let Some((index, on)) = rows::checks_ui(ui, &checks) else { return };
    let ids = ids.to_vec();
    let label = checks.get(index).map_or("Change", |(label, _, _)| label);
    requests.change(format!("Change {}", label.to_lowercase()), move |project, _| {
        for (entity, field) in ids {
            match index {
                0 => set_required(project, entity, field, on),
                1 => set_unique(project, entity, field, on),
                _ => {
                    let owner = project.model.entity_mut(entity);
                    let Some(field) = owner.and_then(|one| one.field_mut(field)) else { continue };
                    match index {
                        2 => field.immutable = on,
                        3 => field.hidden = on,
                        4 => field.trim = on,
                        _ => field.lowercase = on,
                    }
                }
            }
        }
    });
}
