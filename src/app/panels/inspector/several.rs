//! Several things at once: the properties that they share change together. What they share is read
//! once per selection and version of the document; a frame only shows it.

use eframe::egui::Ui;

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::entity::{KINDS, area_of, area_ui, color_of, color_ui};
use crate::app::panels::inspector::{ACTIONS, InspectorView, rows};
use crate::document::edit::entities::remove_elements;
use crate::document::edit::fields::{
    has_own_index, set_in_primary_key, set_own_index, set_required, set_unique,
};
use crate::editor::selection::{Selection, node_of};
use crate::model::Model;
use crate::model::area::ColorToken;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::id::{
    AreaId, DiagramId, ElementId, EntityId, FieldId, NamespaceId, NodeId, ReferenceId,
};
use crate::model::reference::{Reference, ReferentialAction};

/// What several selected things share.
///
/// - It holds for one selection in one version of the document and its open diagram.
#[derive(Debug)]
pub(super) struct Several {
    selection: Selection,
    version: (u64, DiagramId),
    cards: Option<Cards>,
    entities: Option<Entities>,
    /// What each switch of [`SWITCHES`] says, where fields are selected.
    fields: Option<[Option<bool>; SWITCHES.len()]>,
    references: Option<References>,
}

/// What selected cards share; none where they differ.
#[derive(Debug)]
#[expect(clippy::option_option, reason = "outside: whether it is one; inside: the value")]
struct Cards {
    color: Option<Option<ColorToken>>,
    area: Option<Option<AreaId>>,
}

/// What selected entities share; none where they differ.
#[derive(Debug)]
#[expect(clippy::option_option, reason = "outside: whether it is one; inside: the value")]
struct Entities {
    kind: Option<EntityKind>,
    namespace: Option<Option<NamespaceId>>,
    timestamps: Option<bool>,
}

/// What happens to the records of selected references; none where they differ.
#[derive(Debug)]
struct References {
    on_delete: Option<ReferentialAction>,
    on_update: Option<ReferentialAction>,
}

/// A property of fields that is on or off: its name, what it means, and whether a field has it.
type Switch = (&'static str, &'static str, fn(&Entity, &Field) -> bool);

/// The properties of fields that change together.
const SWITCHES: [Switch; 8] = [
    ("Required", "They must have a value", |_, field| field.required),
    ("Unique", "No two records may agree on one", |_, field| field.unique),
    ("Key", "Part of the primary key", |one, field| one.is_in_primary_key(field.id)),
    ("Index", "Lookups by them are quick", |one, field| has_own_index(one, field.id)),
    ("Immutable", "They never change once set", |_, field| field.immutable),
    ("Hidden", "Queries leave them out unless asked", |_, field| field.hidden),
    ("Trim", "Blanks at both ends are cut off", |_, field| field.trim),
    ("Lower case", "Stored in lower case", |_, field| field.lowercase),
];

impl Several {
    /// Reads what is selected.
    pub(super) fn of(view: InspectorView<'_>) -> Self {
        let (model, selection) = (&view.project.model, view.selection);
        let cards = nodes(selection).next().map(|_| Cards {
            color: color_of(view, nodes(selection)),
            area: area_of(model, nodes(selection)),
        });
        let all = || entities(selection).filter_map(|id| model.entity(id));
        let entities = all().next().map(|_| Entities {
            kind: rows::shared(all().map(|one| one.kind)),
            namespace: rows::shared(all().map(|one| one.namespace)),
            timestamps: rows::shared(all().map(|one| one.timestamps)),
        });
        let all = || references(selection).filter_map(|id| model.reference(id));
        let references = all().next().map(|_| References {
            on_delete: rows::shared(all().map(|one| one.on_delete)),
            on_update: rows::shared(all().map(|one| one.on_update)),
        });
        let fields = shared_switches(model, selection);
        let (selection, version) = (selection.clone(), (view.revision, view.diagram));
        Self { selection, version, cards, entities, fields, references }
    }

    /// Whether it holds for what is shown now.
    pub(super) fn is_current(&self, view: InspectorView<'_>) -> bool {
        self.selection.is_clone_of(view.selection) && self.version == (view.revision, view.diagram)
    }

    pub(super) fn several_ui(&self, ui: &mut Ui, view: InspectorView<'_>, requests: &mut Requests) {
        let (model, selection) = (&view.project.model, &self.selection);
        let weak = ui.visuals().weak_text_color();
        let title = format!("{} things", selection.len());
        rows::title_ui(ui, &title, icons::SELECTION_ALL, weak);
        if let Some(shared) = &self.entities {
            entities_ui(ui, model, shared, selection, requests);
        }
        if let Some(Cards { color, area }) = self.cards {
            let all = || nodes(selection);
            color_ui(ui, view.diagram, color, all, requests);
            area_ui(ui, model, area, all, requests);
        }
        if let Some(shared) = self.fields {
            fields_ui(ui, shared, selection, requests);
        }
        if let Some(shared) = &self.references {
            references_ui(ui, shared, selection, requests);
        }
        ui.add_space(8.0);
        if ui.button("Remove all of them").clicked() {
            let elements = selection.to_vec();
            requests
                .change("Remove several", move |project, _| remove_elements(project, &elements));
        }
    }
}

fn nodes(selection: &Selection) -> impl Iterator<Item = NodeId> + '_ {
    selection.iter().filter_map(node_of)
}

fn entities(selection: &Selection) -> impl Iterator<Item = EntityId> + '_ {
    nodes(selection).filter_map(|node| match node {
        NodeId::Entity(id) => Some(id),
        NodeId::Enumeration(_) => None,
    })
}

fn fields(selection: &Selection) -> impl Iterator<Item = (EntityId, FieldId)> + '_ {
    selection.iter().filter_map(|element| match element {
        ElementId::Field(entity, field) => Some((entity, field)),
        _ => None,
    })
}

fn references(selection: &Selection) -> impl Iterator<Item = ReferenceId> + '_ {
    selection.iter().filter_map(|element| match element {
        ElementId::Reference(id) => Some(id),
        _ => None,
    })
}

/// What the switches of selected fields say; none without a field.
fn shared_switches(model: &Model, selection: &Selection) -> Option<[Option<bool>; SWITCHES.len()]> {
    let selected: Vec<(&Entity, &Field)> = fields(selection)
        .filter_map(|(entity, field)| {
            let entity = model.entity(entity)?;
            Some((entity, entity.field(field)?))
        })
        .collect();
    let shared = |(_, _, has): Switch| {
        rows::shared(selected.iter().map(|(entity, field)| has(entity, field)))
    };
    (!selected.is_empty()).then(|| SWITCHES.map(shared))
}

fn entities_ui(
    ui: &mut Ui,
    model: &Model,
    shared: &Entities,
    selection: &Selection,
    requests: &mut Requests,
) {
    let kinds: Vec<_> = KINDS.iter().map(|(kind, name)| (Some(*kind), *name)).collect();
    if let Some(Some(kind)) = rows::choice_row_ui(ui, "Stored as", shared.kind, &kinds) {
        set_entities(requests, "Change kind", selection, move |entity| entity.kind = kind);
    }
    let mut namespaces: Vec<(Option<Option<NamespaceId>>, &str)> = vec![(Some(None), "Default")];
    namespaces.extend(model.namespaces().map(|one| (Some(Some(one.id)), one.name.as_str())));
    if namespaces.len() > 1
        && let Some(Some(namespace)) =
            rows::choice_row_ui(ui, "Namespace", shared.namespace, &namespaces)
    {
        set_entities(requests, "Change namespace", selection, move |entity| {
            entity.namespace = namespace;
        });
    }
    let hint = "Keeps createdAt and updatedAt";
    if let Some(on) = rows::mixed_check_row_ui(ui, "Timestamps", shared.timestamps, hint) {
        set_entities(requests, "Change timestamps", selection, move |one| one.timestamps = on);
    }
}

fn set_entities(
    requests: &mut Requests,
    label: &str,
    selection: &Selection,
    change: impl Fn(&mut Entity) + 'static,
) {
    let selection = selection.clone();
    requests.change(label, move |project, _| {
        for id in entities(&selection) {
            if let Some(entity) = project.model.entity_mut(id) {
                change(entity);
            }
        }
    });
}

fn fields_ui(
    ui: &mut Ui,
    shared: [Option<bool>; SWITCHES.len()],
    selection: &Selection,
    requests: &mut Requests,
) {
    let switches = SWITCHES.iter().zip(shared);
    let checks: Vec<_> = switches.map(|((name, hint, _), shared)| (*name, shared, *hint)).collect();
    let Some((index, on)) = rows::mixed_checks_ui(ui, &checks) else { return };
    let label = checks.get(index).map_or("Change", |(label, _, _)| label);
    let selection = selection.clone();
    requests.change(format!("Change {}", label.to_lowercase()), move |project, mint| {
        for (entity, field) in fields(&selection) {
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

/// What happens to referring records, for all selected references.
fn references_ui(ui: &mut Ui, shared: &References, selection: &Selection, requests: &mut Requests) {
    let actions: Vec<_> = ACTIONS.iter().map(|(action, name)| (Some(*action), *name)).collect();
    if let Some(Some(action)) = rows::choice_row_ui(ui, "On delete", shared.on_delete, &actions) {
        set_references(requests, "Change on delete", selection, move |one| one.on_delete = action);
    }
    if let Some(Some(action)) = rows::choice_row_ui(ui, "On update", shared.on_update, &actions) {
        set_references(requests, "Change on update", selection, move |one| one.on_update = action);
    }
}

fn set_references(
    requests: &mut Requests,
    label: &str,
    selection: &Selection,
    change: impl Fn(&mut Reference) + 'static,
) {
    let selection = selection.clone();
    requests.change(label, move |project, _| {
        for id in references(&selection) {
            if let Some(reference) = project.model.reference_mut(id) {
                change(reference);
            }
        }
    });
}
