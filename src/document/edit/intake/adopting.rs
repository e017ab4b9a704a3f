//! An import under the ids of the project: what is known there keeps its id, what is new gets one
//! that nothing else has.

use std::hash::Hash;

use indexmap::{IndexMap, IndexSet};

use crate::document::edit::intake::pairs::{Counterparts, Pairs};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{
    AreaId, CheckId, EntityId, EnumerationId, FieldId, IdMint, IndexId, KeyId, MintedBits,
    NamespaceId, NodeId, NoteId, ReferenceId, ValueId,
};
use crate::model::index::IndexTarget;
use crate::model::reference::End;

/// Ids that are in use.
#[derive(Debug, Default)]
pub(super) struct Taken {
    namespaces: IndexSet<NamespaceId>,
    entities: IndexSet<EntityId>,
    fields: IndexSet<FieldId>,
    keys: IndexSet<KeyId>,
    indexes: IndexSet<IndexId>,
    checks: IndexSet<CheckId>,
    enumerations: IndexSet<EnumerationId>,
    values: IndexSet<ValueId>,
    references: IndexSet<ReferenceId>,
    areas: IndexSet<AreaId>,
    notes: IndexSet<NoteId>,
}

impl Taken {
    /// Marks all ids of a model as taken.
    pub(super) fn add(&mut self, model: &Model) {
        self.namespaces.extend(model.namespaces().map(|one| one.id));
        self.references.extend(model.references().map(|one| one.id));
        self.areas.extend(model.areas().map(|one| one.id));
        self.notes.extend(model.notes().map(|one| one.id));
        for enumeration in model.enumerations() {
            self.enumerations.insert(enumeration.id);
            self.values.extend(enumeration.values.iter().map(|value| value.id));
        }
        for entity in model.entities() {
            self.entities.insert(entity.id);
            self.fields.extend(entity.all_fields().iter().map(|field| field.id));
            self.keys.extend(entity.keys.iter().map(|key| key.id));
            self.indexes.extend(entity.indexes.iter().map(|index| index.id));
            self.checks.extend(entity.checks.iter().map(|check| check.id));
        }
    }
}

/// The id that each id of an import has in the project.
#[derive(Debug)]
pub(super) struct NewIds<'a> {
    pairs: &'a Counterparts,
    namespaces: IndexMap<NamespaceId, NamespaceId>,
    entities: IndexMap<EntityId, EntityId>,
    fields: IndexMap<FieldId, FieldId>,
    enumerations: IndexMap<EnumerationId, EnumerationId>,
}

/// The import under the ids of the project, and which ids its nodes now have.
pub(super) fn adopt<'a>(
    theirs: &Model,
    pairs: &'a Counterparts,
    taken: &mut Taken,
    mint: &mut IdMint,
) -> (Model, NewIds<'a>) {
    let ids = new_ids(theirs, pairs, taken, mint);
    let mut model = Model::new();
    for namespace in theirs.namespaces() {
        let mut namespace = namespace.clone();
        namespace.id = ids.namespace(namespace.id);
        model.put_namespace(namespace);
    }
    for enumeration in theirs.enumerations() {
        let mut enumeration = enumeration.clone();
        enumeration.id = ids.enumeration(enumeration.id);
        enumeration.namespace = enumeration.namespace.map(|id| ids.namespace(id));
        for value in &mut enumeration.values {
            value.id = renewed(value.id, &pairs.values, &mut taken.values, mint);
        }
        model.put_enumeration(enumeration);
    }
    for entity in theirs.entities() {
        model.put_entity(adopted_entity(entity, &ids, taken, mint));
    }
    for reference in theirs.references() {
        let mut reference = reference.clone();
        reference.id = renewed(reference.id, &pairs.references, &mut taken.references, mint);
        let end = |end: &End| End {
            entity: ids.entity(end.entity),
            fields: end.fields.iter().map(|field| ids.field(*field)).collect(),
            ..end.clone()
        };
        (reference.from, reference.to) = (end(&reference.from), end(&reference.to));
        model.put_reference(reference);
    }
    for area in theirs.areas() {
        let mut area = area.clone();
        area.id = renewed(area.id, &pairs.areas, &mut taken.areas, mint);
        area.members = area.members.iter().map(|node| ids.node(*node)).collect();
        model.put_area(area);
    }
    for note in theirs.notes() {
        let mut note = note.clone();
        note.id = renewed(note.id, &pairs.notes, &mut taken.notes, mint);
        note.subject = note.subject.map(|node| ids.node(node));
        model.put_note(note);
    }
    (model, ids)
}

fn new_ids<'a>(
    theirs: &Model,
    pairs: &'a Counterparts,
    taken: &mut Taken,
    mint: &mut IdMint,
) -> NewIds<'a> {
    let mut ids = NewIds {
        pairs,
        namespaces: IndexMap::new(),
        entities: IndexMap::new(),
        fields: IndexMap::new(),
        enumerations: IndexMap::new(),
    };
    for one in theirs.namespaces() {
        let id = renewed(one.id, &pairs.namespaces, &mut taken.namespaces, mint);
        ids.namespaces.insert(one.id, id);
    }
    for one in theirs.enumerations() {
        let id = renewed(one.id, &pairs.enumerations, &mut taken.enumerations, mint);
        ids.enumerations.insert(one.id, id);
    }
    for one in theirs.entities() {
        let id = renewed(one.id, &pairs.entities, &mut taken.entities, mint);
        ids.entities.insert(one.id, id);
        for field in one.all_fields() {
            let id = renewed(field.id, &pairs.fields, &mut taken.fields, mint);
            ids.fields.insert(field.id, id);
        }
    }
    ids
}

/// The id of the counterpart; else its own, or a new one where that is taken.
fn renewed<I: Copy + Eq + Hash + From<MintedBits>>(
    id: I,
    pairs: &Pairs<I>,
    taken: &mut IndexSet<I>,
    mint: &mut IdMint,
) -> I {
    if let Some(known) = pairs.ours(id) {
        return known;
    }
    let mut id = id;
    while !taken.insert(id) {
        id = mint.mint();
    }
    id
}

fn adopted_entity(
    entity: &Entity,
    ids: &NewIds<'_>,
    taken: &mut Taken,
    mint: &mut IdMint,
) -> Entity {
    let mut entity = entity.clone();
    entity.id = ids.entity(entity.id);
    entity.namespace = entity.namespace.map(|id| ids.namespace(id));
    for field in &mut entity.fields {
        adopt_field(field, ids);
    }
    for key in &mut entity.keys {
        key.id = renewed(key.id, &ids.pairs.keys, &mut taken.keys, mint);
        key.fields = key.fields.iter().map(|field| ids.field(*field)).collect();
    }
    for index in &mut entity.indexes {
        index.id = renewed(index.id, &ids.pairs.indexes, &mut taken.indexes, mint);
        for part in &mut index.parts {
            if let IndexTarget::Field(field) = &mut part.on {
                *field = ids.field(*field);
            }
        }
    }
    for check in &mut entity.checks {
        check.id = renewed(check.id, &ids.pairs.checks, &mut taken.checks, mint);
    }
    entity
}

fn adopt_field(field: &mut Field, ids: &NewIds<'_>) {
    field.id = ids.field(field.id);
    match field.ty.innermost_mut() {
        DataType::Enumeration(id) => *id = ids.enumeration(*id),
        DataType::Embedded(id) => *id = ids.entity(*id),
        _ => {}
    }
    for nested in &mut field.fields {
        adopt_field(nested, ids);
    }
}

impl NewIds<'_> {
    fn namespace(&self, id: NamespaceId) -> NamespaceId {
        self.namespaces.get(&id).copied().unwrap_or(id)
    }

    fn entity(&self, id: EntityId) -> EntityId {
        self.entities.get(&id).copied().unwrap_or(id)
    }

    fn field(&self, id: FieldId) -> FieldId {
        self.fields.get(&id).copied().unwrap_or(id)
    }

    fn enumeration(&self, id: EnumerationId) -> EnumerationId {
        self.enumerations.get(&id).copied().unwrap_or(id)
    }

    /// The id of a node.
    pub(super) fn node(&self, node: NodeId) -> NodeId {
        match node {
            NodeId::Entity(id) => self.entity(id).into(),
            NodeId::Enumeration(id) => self.enumeration(id).into(),
        }
    }
}
