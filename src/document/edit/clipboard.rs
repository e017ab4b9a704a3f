//! Intents of copy and paste: a fragment is a small project; inserting it gives everything new ids
//! and free names.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::base::geom::{Point, Rect, Vec2};
use crate::diagram::placement::Placement;
use crate::diagram::{Content, Diagram};
use crate::document::edit::entities::free_node_name;
use crate::document::project::Project;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::id::{
    DiagramId, ElementId, EntityId, EnumerationId, FieldId, IdMint, NodeId, NoteId,
};
use crate::model::index::IndexTarget;
use crate::model::reference::{End, Reference};

/// A part of a project on its way to another place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fragment {
    /// What was copied, with its placements in one diagram, and below it what that depends on.
    pub project: Project,
    /// The cards that were meant; other nodes are there because a field needs them.
    pub nodes: Vec<NodeId>,
}

impl Fragment {
    /// All of a project, such as an imported text.
    pub fn whole(project: Project) -> Self {
        let entities = project.model.entities().map(|entity| NodeId::Entity(entity.id));
        let enumerations = project.model.enumerations().map(|one| NodeId::Enumeration(one.id));
        let nodes = entities.chain(enumerations).collect();
        Self { project, nodes }
    }

    /// What a diagram of a project places, such as a copy that came as text; other nodes are there
    /// because a field needs them. All of it when nothing is placed.
    pub fn placed(project: Project) -> Self {
        let placed =
            project.first_diagram().map(|sheet| sheet.placements.keys().copied().collect());
        match placed {
            Some(nodes) if !Vec::is_empty(&nodes) => Self { project, nodes },
            Some(_) | None => Self::whole(project),
        }
    }

    /// Whether there is nothing to paste.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.project.model.notes().len() == 0
    }
}

/// Copies the cards and notes among `elements`, with positions relative to each other.
pub fn copy(project: &Project, diagram: DiagramId, elements: &[ElementId]) -> Fragment {
    let mut fragment = Fragment::default();
    fragment.project.settings = project.settings.clone();
    let mut sheet = Diagram::new(diagram, "");
    let source = project.diagram(diagram);
    for element in elements {
        match element {
            ElementId::Entity(id) => fragment.nodes.push((*id).into()),
            ElementId::Enumeration(id) => fragment.nodes.push((*id).into()),
            ElementId::Note(id) => {
                if let Some(note) = project.model.note(*id) {
                    fragment.project.model.put_note(note.clone());
                    sheet
                        .notes
                        .extend(source.and_then(|s| s.notes.get(id)).map(|rect| (*id, *rect)));
                }
            }
            _ => {}
        }
    }
    for node in fragment.nodes.clone() {
        add_with_dependencies(&project.model, &mut fragment.project.model, node);
        if let Some(placement) = source.and_then(|source| source.placements.get(&node)) {
            sheet.placements.insert(node, placement.clone());
        }
    }
    for reference in project.model.references() {
        if fragment.nodes.contains(&reference.from.entity.into()) {
            fragment.project.model.put_reference(reference.clone());
        }
    }
    fragment.project.put_diagram(sheet);
    fragment
}

/// Adds a node with the enumerations and embedded types that its fields hold.
fn add_with_dependencies(source: &Model, target: &mut Model, node: NodeId) {
    match node {
        NodeId::Enumeration(id) => {
            if let Some(enumeration) = source.enumeration(id) {
                target.put_enumeration(enumeration.clone());
            }
        }
        NodeId::Entity(id) => {
            if target.entity(id).is_some() {
                return;
            }
            let Some(entity) = source.entity(id) else { return };
            target.put_entity(entity.clone());
            for field in entity.all_fields() {
                if let Some(id) = field.ty.enumeration() {
                    add_with_dependencies(source, target, id.into());
                } else if let Some(id) = field.ty.embedded() {
                    add_with_dependencies(source, target, id.into());
                }
            }
        }
    }
}

/// Adds what a fragment holds, its top left corner at `at`; says what was added.
///
/// - A node that a field depends on is shared when the project has it by id or name, else added.
/// - A reference out of the fragment stays when the project has what it points at.
pub fn paste(
    project: &mut Project,
    mint: &mut IdMint,
    diagram: DiagramId,
    fragment: &Fragment,
    at: Point,
) -> Vec<ElementId> {
    let source = &fragment.project;
    let mut ids = NewIds::default();
    let mut added = Vec::new();
    for enumeration in source.model.enumerations() {
        let wanted = fragment.nodes.contains(&enumeration.id.into());
        let shared = shared_enumeration(&project.model, enumeration, wanted);
        ids.enumerations.insert(enumeration.id, shared.unwrap_or_else(|| mint.mint()));
        if shared.is_none() {
            added.push(ElementId::Enumeration(put_enumeration(project, mint, enumeration, &ids)));
        }
    }
    let mut fresh = Vec::new();
    for entity in source.model.entities() {
        let wanted = fragment.nodes.contains(&entity.id.into());
        let shared = shared_entity(&project.model, entity, wanted);
        ids.entities.insert(entity.id, shared.unwrap_or_else(|| mint.mint()));
        if shared.is_none() {
            fresh.push(entity);
        }
    }
    for entity in fresh {
        added.push(ElementId::Entity(put_entity(project, mint, entity, &mut ids)));
    }
    for reference in source.model.references() {
        put_reference(project, mint, reference, &ids);
    }
    let notes = put_notes(project, mint, source);
    place(project, diagram, fragment, &ids, &notes, at);
    added.extend(notes.values().map(|id| ElementId::Note(*id)));
    added
}

/// What the copied things are called where they were pasted.
#[derive(Debug, Default)]
struct NewIds {
    entities: IndexMap<EntityId, EntityId>,
    enumerations: IndexMap<EnumerationId, EnumerationId>,
    fields: IndexMap<FieldId, FieldId>,
}

impl NewIds {
    fn node(&self, node: NodeId) -> Option<NodeId> {
        match node {
            NodeId::Entity(id) => self.entities.get(&id).map(|id| (*id).into()),
            NodeId::Enumeration(id) => self.enumerations.get(&id).map(|id| (*id).into()),
        }
    }

    fn field(&self, id: FieldId) -> FieldId {
        self.fields.get(&id).copied().unwrap_or(id)
    }
}

fn shared_enumeration(
    model: &Model,
    wanted: &Enumeration,
    is_chosen: bool,
) -> Option<EnumerationId> {
    if is_chosen {
        return None;
    }
    model.enumeration(wanted.id).or_else(|| model.enumeration_named(&wanted.name)).map(|one| one.id)
}

fn shared_entity(model: &Model, wanted: &Entity, is_chosen: bool) -> Option<EntityId> {
    if is_chosen {
        return None;
    }
    model.entity(wanted.id).or_else(|| model.entity_named(&wanted.name)).map(|one| one.id)
}

fn put_enumeration(
    project: &mut Project,
    mint: &mut IdMint,
    source: &Enumeration,
    ids: &NewIds,
) -> EnumerationId {
    let mut enumeration = source.clone();
    enumeration.id = ids.enumerations.get(&source.id).copied().unwrap_or_else(|| mint.mint());
    enumeration.name = free_node_name(&project.model, &source.name);
    enumeration.namespace =
        enumeration.namespace.filter(|id| project.model.namespace(*id).is_some());
    for value in &mut enumeration.values {
        value.id = mint.mint();
    }
    let id = enumeration.id;
    project.model.put_enumeration(enumeration);
    id
}

fn put_entity(
    project: &mut Project,
    mint: &mut IdMint,
    source: &Entity,
    ids: &mut NewIds,
) -> EntityId {
    let mut entity = source.clone();
    entity.id = ids.entities.get(&source.id).copied().unwrap_or_else(|| mint.mint());
    entity.name = free_node_name(&project.model, &source.name);
    entity.stored_name = entity.stored_name.filter(|_| entity.name == source.name);
    entity.namespace = entity.namespace.filter(|id| project.model.namespace(*id).is_some());
    for field in &mut entity.fields {
        renew_field(field, mint, ids);
    }
    for key in &mut entity.keys {
        key.id = mint.mint();
        key.fields = key.fields.iter().map(|field| ids.field(*field)).collect();
    }
    for index in &mut entity.indexes {
        index.id = mint.mint();
        for part in &mut index.parts {
            if let IndexTarget::Field(field) = &mut part.on {
                *field = ids.field(*field);
            }
        }
    }
    for check in &mut entity.checks {
        check.id = mint.mint();
    }
    let id = entity.id;
    project.model.put_entity(entity);
    id
}

fn renew_field(field: &mut Field, mint: &mut IdMint, ids: &mut NewIds) {
    let id: FieldId = mint.mint();
    ids.fields.insert(field.id, id);
    field.id = id;
    match field.ty.innermost_mut() {
        DataType::Enumeration(id) => *id = ids.enumerations.get(id).copied().unwrap_or(*id),
        DataType::Embedded(id) => *id = ids.entities.get(id).copied().unwrap_or(*id),
        _ => {}
    }
    for nested in &mut field.fields {
        renew_field(nested, mint, ids);
    }
}

fn put_reference(project: &mut Project, mint: &mut IdMint, source: &Reference, ids: &NewIds) {
    let renewed = |end: &End| End {
        entity: ids.entities.get(&end.entity).copied().unwrap_or(end.entity),
        fields: end.fields.iter().map(|field| ids.field(*field)).collect(),
        ..end.clone()
    };
    let mut reference = source.clone();
    reference.id = mint.mint();
    reference.from = renewed(&source.from);
    reference.to = renewed(&source.to);
    let is_whole = |end: &End| {
        let entity = project.model.entity(end.entity);
        entity.is_some_and(|e| end.fields.iter().all(|field| e.field(*field).is_some()))
    };
    if is_whole(&reference.from) && is_whole(&reference.to) {
        project.model.put_reference(reference);
    }
}

fn put_notes(
    project: &mut Project,
    mint: &mut IdMint,
    source: &Project,
) -> IndexMap<NoteId, NoteId> {
    let mut ids = IndexMap::new();
    for note in source.model.notes() {
        let mut note = note.clone();
        let id: NoteId = mint.mint();
        ids.insert(note.id, id);
        note.id = id;
        note.subject = None;
        project.model.put_note(note);
    }
    ids
}

/// Puts the pasted things where they stood to each other; what had no place is left to the layout.
fn place(
    project: &mut Project,
    diagram: DiagramId,
    fragment: &Fragment,
    ids: &NewIds,
    notes: &IndexMap<NoteId, NoteId>,
    at: Point,
) {
    let Some(sheet) = fragment.project.first_diagram() else { return };
    let corners = sheet.placements.values().map(|placement| placement.position);
    let corners = corners.chain(sheet.notes.values().map(Rect::origin));
    let origin = corners.reduce(|a, b| Point::new(a.x.min(b.x), a.y.min(b.y))).unwrap_or(at);
    let by: Vec2 = at - origin;
    let Some(target) = project.diagrams.get_mut(&diagram).map(Arc::make_mut) else { return };
    for (node, placement) in &sheet.placements {
        let Some(node) = ids.node(*node) else { continue };
        let position = (placement.position + by).round();
        target.placements.insert(node, Placement { position, ..placement.clone() });
    }
    for node in fragment.nodes.iter().filter_map(|node| ids.node(*node)) {
        if let Content::Chosen(shown) = &mut target.content {
            shown.insert(node);
        }
    }
    for (old, new) in notes {
        if let Some(rect) = sheet.notes.get(old) {
            target.notes.insert(*new, *rect + by);
        }
    }
}
