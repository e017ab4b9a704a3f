//! An entity: name, storage, fields; its keys, indexes and checks are in [`entity_rules`].

use eframe::egui::Ui;

use crate::app::change::Requests;
use crate::app::panels::explorer::kind_icon;
use crate::app::panels::inspector::{InspectorView, entity_rules, fields, rows, target_options};
use crate::app::theme;
use crate::base::plural::collection_name;
use crate::document::edit::entities::rename_node;
use crate::model::Model;
use crate::model::area::ColorToken;
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::{AreaId, DiagramId, EntityId, NamespaceId, NodeId};

/// What a kind of entity is called.
pub(super) const KINDS: [(EntityKind, &str); 4] = [
    (EntityKind::Collection, "Collection"),
    (EntityKind::Table, "Table"),
    (EntityKind::View, "View"),
    (EntityKind::Embedded, "Embedded type"),
];

pub(super) fn entity_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    entity: &Entity,
    requests: &mut Requests,
) {
    let id = entity.id;
    let kind = KINDS.iter().find(|(kind, _)| *kind == entity.kind).map_or("", |(_, name)| name);
    let accent = theme::color32(theme::current(ui.ctx()).accent);
    rows::title_ui(ui, kind, kind_icon(entity.kind), accent);
    if let Some(name) = rows::text_row_ui(ui, "Name", &entity.name, "Name") {
        requests.ongoing_change("Rename entity", format!("name {id}"), move |project, _| {
            rename_node(project, id.into(), &name);
        });
    }
    storage_ui(ui, view, entity, requests);
    if let Some(note) = rows::note_row_ui(ui, "Note", &entity.note) {
        set_ongoing(requests, id, "Describe entity", "note", move |entity| entity.note = note);
    }
    rows::group_ui(ui, "Fields", true, |ui| fields::fields_ui(ui, view, entity, None, requests));
    entity_rules::entity_rules_ui(ui, view, entity, requests);
    rows::group_ui(ui, "Looks", false, |ui| looks_ui(ui, view, entity, requests));
    target_options::entity_options_ui(ui, view, entity, requests);
}

/// A change of the entity that is a step of its own.
pub(super) fn set(
    requests: &mut Requests,
    id: EntityId,
    label: &str,
    change: impl FnOnce(&mut Entity) + 'static,
) {
    requests.change(label, move |project, _| {
        if let Some(entity) = project.model.entity_mut(id) {
            change(entity);
        }
    });
}

/// A change of the entity that goes on while it is typed.
pub(super) fn set_ongoing(
    requests: &mut Requests,
    id: EntityId,
    label: &str,
    key: &str,
    change: impl FnOnce(&mut Entity) + 'static,
) {
    requests.ongoing_change(label, format!("{key} {id}"), move |project, _| {
        if let Some(entity) = project.model.entity_mut(id) {
            change(entity);
        }
    });
}

fn storage_ui(ui: &mut Ui, view: InspectorView<'_>, entity: &Entity, requests: &mut Requests) {
    let id = entity.id;
    if let Some(kind) = rows::choice_row_ui(ui, "Stored as", entity.kind, &KINDS) {
        set(requests, id, "Change kind", move |entity| entity.kind = kind);
    }
    if entity.kind != EntityKind::Embedded {
        let (label, hint) = match entity.kind {
            EntityKind::Collection => ("Collection", collection_name(&entity.name)),
            EntityKind::Table | EntityKind::View | EntityKind::Embedded => {
                ("Table name", entity.name.clone())
            }
        };
        let stored = entity.stored_name.as_deref();
        if let Some(name) = rows::optional_text_row_ui(ui, label, stored, &hint) {
            set_ongoing(requests, id, "Name storage", "stored", move |e| e.stored_name = name);
        }
    }
    let mut namespaces: Vec<(Option<NamespaceId>, &str)> = vec![(None, "Default")];
    namespaces.extend(view.project.model.namespaces().map(|one| (Some(one.id), one.name.as_str())));
    if namespaces.len() > 1
        && let Some(namespace) = rows::choice_row_ui(ui, "Namespace", entity.namespace, &namespaces)
    {
        set(requests, id, "Change namespace", move |entity| entity.namespace = namespace);
    }
    switches_ui(ui, entity, requests);
    if entity.kind == EntityKind::View {
        let query = entity.query.as_deref().unwrap_or_default();
        if let Some(query) = rows::note_row_ui(ui, "Query", query) {
            set_ongoing(requests, id, "Write query", "query", move |entity| {
                entity.query = (!query.trim().is_empty()).then_some(query);
            });
        }
    }
}

fn switches_ui(ui: &mut Ui, entity: &Entity, requests: &mut Requests) {
    let id = entity.id;
    match entity.kind {
        EntityKind::Collection | EntityKind::Table => {
            let hint = "Keeps createdAt and updatedAt";
            if let Some(on) = rows::check_row_ui(ui, "Timestamps", entity.timestamps, hint) {
                set(requests, id, "Change timestamps", move |entity| entity.timestamps = on);
            }
        }
        EntityKind::Embedded => {
            let hint = "Each document inside another one has an identity of its own";
            if let Some(on) = rows::check_row_ui(ui, "Keeps an _id", entity.keeps_id, hint) {
                set(requests, id, "Change _id", move |entity| entity.keeps_id = on);
            }
        }
        EntityKind::View => {}
    }
}

fn looks_ui(ui: &mut Ui, view: InspectorView<'_>, entity: &Entity, requests: &mut Requests) {
    let node = NodeId::Entity(entity.id);
    let only = || [node];
    color_ui(ui, view.diagram, color_of(view, only()), only, requests);
    let model = &view.project.model;
    area_ui(ui, model, area_of(model, only()), only, requests);
}

/// The color of cards on the open diagram: none when they differ, none inside when it is that of
/// their area.
#[expect(clippy::option_option, reason = "outside: whether it is one; inside: the value")]
pub(super) fn color_of(
    view: InspectorView<'_>,
    nodes: impl IntoIterator<Item = NodeId>,
) -> Option<Option<ColorToken>> {
    let placements = view.project.diagram(view.diagram).map(|diagram| &diagram.placements);
    let color = |node: NodeId| placements.and_then(|all| all.get(&node)?.color);
    rows::shared(nodes.into_iter().map(color))
}

/// Lets the color of cards on the open diagram be chosen.
#[expect(clippy::option_option, reason = "outside: whether it is one; inside: the value")]
pub(super) fn color_ui<N: IntoIterator<Item = NodeId>>(
    ui: &mut Ui,
    diagram: DiagramId,
    current: Option<Option<ColorToken>>,
    nodes: impl FnOnce() -> N,
    requests: &mut Requests,
) {
    let Some(color) = rows::color_row_ui(ui, "Color", current, true) else { return };
    let nodes: Vec<NodeId> = nodes().into_iter().collect();
    requests.change("Color card", move |project, _| {
        let Some(diagram) = project.diagram_mut(diagram) else { return };
        for node in nodes {
            if let Some(placement) = diagram.placements.get_mut(&node) {
                placement.color = color;
            }
        }
    });
}

/// The area that cards belong to: none when they differ.
#[expect(clippy::option_option, reason = "outside: whether it is one; inside: the value")]
pub(super) fn area_of(
    model: &Model,
    nodes: impl IntoIterator<Item = NodeId>,
) -> Option<Option<AreaId>> {
    rows::shared(nodes.into_iter().map(|node| model.area_of(node).map(|area| area.id)))
}

/// Lets the area of cards be chosen, where there is one.
#[expect(clippy::option_option, reason = "outside: whether it is one; inside: the value")]
pub(super) fn area_ui<N: IntoIterator<Item = NodeId>>(
    ui: &mut Ui,
    model: &Model,
    current: Option<Option<AreaId>>,
    nodes: impl FnOnce() -> N,
    requests: &mut Requests,
) {
    let mut areas: Vec<(Option<Option<AreaId>>, &str)> = vec![(Some(None), "None")];
    areas.extend(model.areas().map(|area| (Some(Some(area.id)), area.name.as_str())));
    if areas.len() > 1
        && let Some(Some(area)) = rows::choice_row_ui(ui, "Area", current, &areas)
    {
        let nodes: Vec<NodeId> = nodes().into_iter().collect();
        requests.change("Change area", move |project, _| {
            for node in nodes {
                project.model.set_area(node, area);
            }
        });
    }
}
