//! The part of an import that a person chose, and models that are whole whatever was chosen.

use std::sync::Arc;

use indexmap::IndexSet;

use crate::model::Model;
use crate::model::diff::{Difference, What};
use crate::model::entity::Entity;
use crate::model::id::{ElementId, EntityId, EnumerationId, FieldId, NodeId};
use crate::model::index::IndexTarget;
use crate::model::reference::{End, Reference};

/// The model `ours` with these differences to `full`, except for what belongs to `left_out`.
pub(super) fn take_over(
    ours: &Model,
    full: &Model,
    differences: &[Difference],
    left_out: &IndexSet<ElementId>,
) -> Model {
    let mut model = ours.clone();
    let mut gone = Vec::new();
    for difference in differences {
        let owner = difference.owner();
        if left_out.contains(&owner) {
            continue;
        }
        if owner == difference.element && difference.what == What::Removed {
            gone.push(owner);
        } else {
            put(&mut model, full, owner);
        }
    }
    remove_unused(&mut model, gone);
    add_needed(&mut model, full);
    mend(&mut model);
    model
}

/// Removes elements, except those that something which stays is made of.
pub(super) fn remove_unused(model: &mut Model, gone: Vec<ElementId>) {
    let mut gone: IndexSet<ElementId> = gone.into_iter().collect();
    loop {
        let needs = needs_of(model, &gone);
        let before = gone.len();
        gone.retain(|element| !needs.contains(element));
        if gone.len() == before {
            break;
        }
    }
    for element in gone {
        model.remove(element);
    }
}

/// The namespaces, enumerations and embedded types that something in the model is made of, when
/// some of it is gone.
fn needs_of(model: &Model, gone: &IndexSet<ElementId>) -> IndexSet<ElementId> {
    let mut needs = IndexSet::new();
    for entity in model.entities().filter(|one| !gone.contains(&ElementId::Entity(one.id))) {
        needs.extend(entity.namespace.map(ElementId::Namespace));
        for field in entity.all_fields() {
            needs.extend(field.ty.enumeration().map(ElementId::Enumeration));
            needs.extend(field.ty.embedded().map(ElementId::Entity));
        }
    }
    let staying =
        model.enumerations().filter(|one| !gone.contains(&ElementId::Enumeration(one.id)));
    needs.extend(staying.filter_map(|one| one.namespace).map(ElementId::Namespace));
    needs
}

/// Puts an element as it is in another model.
fn put(model: &mut Model, source: &Model, element: ElementId) {
    match element {
        ElementId::Namespace(id) => {
            source.namespace(id).into_iter().for_each(|one| model.put_namespace(one.clone()));
        }
        ElementId::Entity(id) => {
            source.entity(id).into_iter().for_each(|one| model.put_entity(one.clone()));
        }
        ElementId::Enumeration(id) => {
            source.enumeration(id).into_iter().for_each(|one| model.put_enumeration(one.clone()));
        }
        ElementId::Reference(id) => {
            source.reference(id).into_iter().for_each(|one| model.put_reference(one.clone()));
        }
        ElementId::Area(id) => {
            source.area(id).into_iter().for_each(|one| model.put_area(one.clone()));
        }
        ElementId::Note(id) => {
            source.note(id).into_iter().for_each(|one| model.put_note(one.clone()));
        }
        ElementId::Field(..)
        | ElementId::Key(..)
        | ElementId::Index(..)
        | ElementId::Check(..)
        | ElementId::Value(..) => {}
    }
}

/// Adds the namespaces, enumerations and embedded types that something in the model is made of.
fn add_needed(model: &mut Model, source: &Model) {
    loop {
        let needed: Vec<ElementId> = needs_of(model, &IndexSet::new())
            .into_iter()
            .filter(|element| !has(model, *element) && has(source, *element))
            .collect();
        if needed.is_empty() {
            return;
        }
        for element in needed {
            put(model, source, element);
        }
    }
}

fn has(model: &Model, element: ElementId) -> bool {
    match element {
        ElementId::Namespace(id) => model.namespace(id).is_some(),
        ElementId::Entity(id) => model.entity(id).is_some(),
        ElementId::Enumeration(id) => model.enumeration(id).is_some(),
        _ => true,
    }
}

/// Takes out what points at nothing, so that the model keeps its promises.
pub(super) fn mend(model: &mut Model) {
    let entities: Vec<EntityId> = model.entities().map(|one| one.id).collect();
    for id in &entities {
        mend_entity(model, *id);
    }
    let has_end = |model: &Model, end: &End| {
        let entity = model.entity(end.entity);
        entity.is_some_and(|one| end.fields.iter().all(|field| one.field(*field).is_some()))
    };
    let is_whole = |one: &Reference| {
        let counts = one.to.fields.is_empty() || one.from.fields.len() == one.to.fields.len();
        counts && has_end(model, &one.from) && has_end(model, &one.to)
    };
    let broken: Vec<_> =
        model.references().filter(|one| !is_whole(one)).map(|one| one.id).collect();
    for id in broken {
        model.remove_reference(id);
    }
    mend_groups(model);
}

/// Drops fields that are gone from keys and indexes, and types that are gone from fields.
fn mend_entity(model: &mut Model, id: EntityId) {
    let Some(entity) = model.entity(id) else { return };
    let fields: IndexSet<FieldId> = entity.all_fields().iter().map(|field| field.id).collect();
    let known = |target: &IndexTarget| target.field().is_none_or(|id| fields.contains(&id));
    let is_whole = entity.keys.iter().flat_map(|key| &key.fields).all(|id| fields.contains(id))
        && entity.indexes.iter().flat_map(|index| &index.parts).all(|part| known(&part.on));
    let namespace = entity.namespace.filter(|id| model.namespace(*id).is_some());
    let lost: Vec<(Option<EnumerationId>, Option<EntityId>)> = entity
        .all_fields()
        .iter()
        .map(|field| (field.ty.enumeration(), field.ty.embedded()))
        .filter(|(enumeration, embedded)| {
            enumeration.is_some_and(|id| model.enumeration(id).is_none())
                || embedded.is_some_and(|id| model.entity(id).is_none())
        })
        .collect();
    if !is_whole || namespace != entity.namespace {
        let mut mended: Entity = entity.clone();
        mended.namespace = namespace;
        for key in &mut mended.keys {
            key.fields.retain(|field| fields.contains(field));
        }
        mended.keys.retain(|key| !key.fields.is_empty());
        for index in &mut mended.indexes {
            index.parts.retain(|part| known(&part.on));
        }
        mended.indexes.retain(|index| !index.parts.is_empty());
        model.put_entity(Arc::new(mended));
    }
    // Removing what is not there turns the fields that hold it into plain ones.
    for (enumeration, embedded) in lost {
        if let Some(id) = enumeration {
            model.remove_enumeration(id);
        }
        if let Some(id) = embedded {
            model.remove_entity(id);
        }
    }
}

/// Members of areas and subjects of notes that are gone, and members of several areas.
fn mend_groups(model: &mut Model) {
    let has_node = |node: &NodeId| has(model, ElementId::from(*node));
    let mut members = IndexSet::new();
    let mut areas = Vec::new();
    for area in model.areas() {
        let mut mended = area.clone();
        mended.members.retain(|node| has_node(node) && members.insert(*node));
        if mended != *area {
            areas.push(mended);
        }
    }
    let mut notes = Vec::new();
    for note in model.notes().filter(|note| !note.subject.as_ref().is_none_or(has_node)) {
        let mut note = note.clone();
        note.subject = None;
        notes.push(note);
    }
    let mut enumerations = Vec::new();
    for one in model.enumerations() {
        if one.namespace.is_some_and(|id| model.namespace(id).is_none()) {
            let mut one = one.clone();
            one.namespace = None;
            enumerations.push(one);
        }
    }
    for area in areas {
        model.put_area(area);
    }
    for note in notes {
        model.put_note(note);
    }
    for one in enumerations {
        model.put_enumeration(one);
    }
}
