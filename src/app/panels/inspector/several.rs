//! Several things at once: the properties that they share change together.

use eframe::egui::Ui;

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::entity::{KINDS, area_ui, color_ui};
use crate::app::panels::inspector::{ACTIONS, InspectorView, rows};
use crate::document::edit::entities::remove_elements;
use crate::document::edit::fields::{
    has_own_index, set_in_primary_key, set_own_index, set_required, set_unique,
};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{ElementId, EntityId, FieldId, NamespaceId, NodeId, ReferenceId};
use crate::model::reference::Reference;

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
    references_ui(ui, view, elements, requests);
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
    let kind = rows::shared(entities.iter().map(|one| one.kind));
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
    let mut namespaces: Vec<(Option<Option<NamespaceId>>, &str)> = vec![(Some(None), "Default")];
    namespaces
        .extend(view.project.model.namespaces().map(|one| (Some(Some(one.id)), one.name.as_str())));
    let namespace = rows::shared(entities.iter().map(|one| one.namespace));
    if namespaces.len() > 1
        && let Some(Some(namespace)) = rows::choice_row_ui(ui, "Namespace", namespace, &namespaces)
    {
        let ids = ids.to_vec();
        requests.change("Change namespace", move |project, _| {
            for id in ids {
                if let Some(entity) = project.model.entity_mut(id) {
                    entity.namespace = namespace;
                }
            }
        });
    }
    let stamped = rows::shared(entities.iter().map(|one| one.timestamps));
    let hint = "Keeps createdAt and updatedAt";
    if let Some(on) = rows::mixed_check_row_ui(ui, "Timestamps", stamped, hint) {
        set_all(requests, "Change timestamps", |entity, on| entity.timestamps = on, on);
    }
}

fn fields_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    ids: &[(EntityId, FieldId)],
    requests: &mut Requests,
) {
    let fields: Vec<(&Entity, &Field)> = ids
        .iter()
        .filter_map(|(entity, field)| {
            let entity = view.project.model.entity(*entity)?;
            Some((entity, entity.field(*field)?))
        })
        .collect();
    let all = |has: fn(&Entity, &Field) -> bool| {
        rows::shared(fields.iter().map(|(entity, field)| has(entity, field)))
    };
    let checks = [
        ("Required", all(|_, field| field.required), "They must have a value"),
        ("Unique", all(|_, field| field.unique), "No two records may agree on one"),
        ("Key", all(|one, field| one.is_in_primary_key(field.id)), "Part of the primary key"),
        ("Index", all(|one, field| has_own_index(one, field.id)), "Lookups by them are quick"),
        ("Immutable", all(|_, field| field.immutable), "They never change once set"),
        ("Hidden", all(|_, field| field.hidden), "Queries leave them out unless asked"),
        ("Trim", all(|_, field| field.trim), "Blanks at both ends are cut off"),
        ("Lower case", all(|_, field| field.lowercase), "Stored in lower case"),
    ];
    let Some((index, on)) = rows::mixed_checks_ui(ui, &checks) else { return };
    let ids = ids.to_vec();
    let label = checks.get(index).map_or("Change", |(label, _, _)| label);
    requests.change(format!("Change {}", label.to_lowercase()), move |project, mint| {
        for (entity, field) in ids {
            match index {
                0 => set_required(project, entity, field, on),
                1 => set_unique(project, entity, field, on),
                2 => set_in_primary_key(project, mint, entity, field, on),
                3 => set_own_index(project, mint, entity, field, on),
                _ => {
                    let owner = project.model.entity_mut(entity);
                    let Some(field) = owner.and_then(|one| one.field_mut(field)) else { continue };
                    match index {
                        4 => field.immutable = on,
                        5 => field.hidden = on,
                        6 => field.trim = on,
                        _ => field.lowercase = on,
                    }
                }
            }
        }
    });
}

/// What happens to referring records, for all references among these elements.
fn references_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    elements: &[ElementId],
    requests: &mut Requests,
) {
    let references: Vec<&Reference> = elements
        .iter()
        .filter_map(|element| match element {
            ElementId::Reference(id) => view.project.model.reference(*id),
            _ => None,
        })
        .collect();
    if references.is_empty() {
        return;
    }
    let actions: Vec<_> = ACTIONS.iter().map(|(action, name)| (Some(*action), *name)).collect();
    let ids: Vec<ReferenceId> = references.iter().map(|one| one.id).collect();
    let deleted = rows::shared(references.iter().map(|one| one.on_delete));
    if let Some(Some(action)) = rows::choice_row_ui(ui, "On delete", deleted, &actions) {
        set_actions(requests, "Change on delete", &ids, move |one| one.on_delete = action);
    }
    let updated = rows::shared(references.iter().map(|one| one.on_update));
    if let Some(Some(action)) = rows::choice_row_ui(ui, "On update", updated, &actions) {
        set_actions(requests, "Change on update", &ids, move |one| one.on_update = action);
    }
}

fn set_actions(
    requests: &mut Requests,
    label: &str,
    ids: &[ReferenceId],
    change: impl Fn(&mut Reference) + 'static,
) {
    let ids = ids.to_vec();
    requests.change(label, move |project, _| {
        for id in ids {
            if let Some(reference) = project.model.reference_mut(id) {
                change(reference);
            }
        }
    });
}
