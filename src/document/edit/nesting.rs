//! Intents on nested documents: an object inside a field, an embedded type on a card of its own,
//! and a referenced entity are three ways to say one thing; these turn one into another.

use crate::base::ident::{Case, with_case};
use crate::document::edit::entities::{add_embedded, remint_field};
use crate::document::edit::house::House;
use crate::document::project::Project;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{EntityId, FieldId, IdMint, ReferenceId};
use crate::model::key::{Key, KeyKind};
use crate::model::reference::{Cardinality, End, Reference};

/// Turns the nested object of a field into an embedded type of its own that the field holds.
pub fn extract_embedded(
    project: &mut Project,
    mint: &mut IdMint,
    entity: EntityId,
    field: FieldId,
) -> Option<EntityId> {
    let source = project.model.entity(entity)?.field(field)?.clone();
    if *source.ty.innermost() != DataType::Object {
        return None;
    }
    let id = add_embedded(project, mint, &with_case(&source.name, Case::Pascal));
    let holder = project.model.entity_mut(entity)?.field_mut(field)?;
    holder.fields = Vec::new();
    holder.keeps_id = false;
    *holder.ty.innermost_mut() = DataType::Embedded(id);
    let embedded = project.model.entity_mut(id)?;
    embedded.fields = source.fields;
    embedded.keeps_id = source.keeps_id;
    let moved: Vec<FieldId> = embedded.all_fields().into_iter().map(|field| field.id).collect();
    rehome(&mut project.model, entity, id, &moved);
    Some(id)
}

/// Turns a field that holds an embedded type into a nested object with that type's fields; the
/// type stays while other fields hold it and goes when this was the last.
pub fn inline_embedded(
    project: &mut Project,
    mint: &mut IdMint,
    entity: EntityId,
    field: FieldId,
) -> Option<()> {
    let embedded_id = project.model.entity(entity)?.field(field)?.ty.embedded()?;
    if embedded_id == entity {
        return None;
    }
    let embedded = project.model.entity(embedded_id)?.clone();
    let is_last = holders(&project.model, embedded_id).len() == 1
        && !project.model.references().any(|one| one.to.entity == embedded_id);
    let mut fields = embedded.fields;
    if is_last {
        let moved: Vec<FieldId> = all_ids(&fields);
        rehome(&mut project.model, embedded_id, entity, &moved);
    } else {
        for field in &mut fields {
            remint_field(field, mint);
        }
    }
    let holder = project.model.entity_mut(entity)?.field_mut(field)?;
    *holder.ty.innermost_mut() = DataType::Object;
    holder.fields = fields;
    holder.keeps_id = embedded.keeps_id;
    if is_last {
        project.model.remove_entity(embedded_id);
    }
    Some(())
}

/// Turns the object or embedded type in a field into an entity of its own that the field refers
/// to; all other fields that held the type refer to it too.
pub fn refer_to_embedded(
    project: &mut Project,
    mint: &mut IdMint,
    entity: EntityId,
    field: FieldId,
) -> Option<EntityId> {
    let held = project.model.entity(entity)?.field(field)?.ty.embedded();
    let id = match held {
        Some(id) => id,
        None => extract_embedded(project, mint, entity, field)?,
    };
    let key = project.model.entity(id)?.primary_key().map(|key| key.fields.clone());
    let key_type = match key.as_deref() {
        None => promote(project, mint, id)?,
        Some([only]) => project.model.entity(id)?.field(*only)?.ty.clone(),
        Some(_) => return None,
    };
    for (holder, field) in holders(&project.model, id) {
        let held = project.model.entity_mut(holder)?.field_mut(field)?;
        *held.ty.innermost_mut() = key_type.clone();
        let (is_array, required) = (held.ty.is_array(), held.required);
        let mut reference = Reference::new(mint.mint(), holder, id);
        reference.from.fields = vec![field];
        reference.to.cardinality = match (is_array, required) {
            (true, _) => Cardinality::ZeroOrMore,
            (false, true) => Cardinality::ExactlyOne,
            (false, false) => Cardinality::ZeroOrOne,
        };
        project.model.put_reference(reference);
    }
    Some(id)
}

/// Makes an embedded type an entity of the house's kind, with the house's key, and says its type.
fn promote(project: &mut Project, mint: &mut IdMint, id: EntityId) -> Option<DataType> {
    let house = House::of(project);
    let key = house.key_field(mint.mint());
    let key_type = key.ty.clone();
    let promoted = project.model.entity_mut(id)?;
    promoted.kind = house.entity_kind();
    promoted.timestamps = house.timestamps;
    promoted.keys.push(Key {
        id: mint.mint(),
        kind: KeyKind::Primary,
        fields: vec![key.id],
        name: None,
    });
    promoted.fields.insert(0, key);
    Some(key_type)
}

/// Turns a reference carried by one field into a nested object with the fields of what it referred
/// to, its key left out; the entity stays while something else points at it.
pub fn embed_reference(
    project: &mut Project,
    mint: &mut IdMint,
    id: ReferenceId,
) -> Option<FieldId> {
    let reference = project.model.reference(id)?.clone();
    let [field] = reference.from.fields.as_slice() else { return None };
    if reference.is_self_reference() {
        return None;
    }
    let target = project.model.entity(reference.to.entity)?.clone();
    let mut fields: Vec<Field> =
        target.fields.iter().filter(|field| !target.is_in_primary_key(field.id)).cloned().collect();
    project.model.remove_reference(id);
    let is_pointed_at = !project.model.graph().incoming(target.id).is_empty();
    if is_pointed_at {
        for field in &mut fields {
            remint_field(field, mint);
        }
    } else {
        rehome(&mut project.model, target.id, reference.from.entity, &all_ids(&fields));
        project.model.remove_entity(target.id);
    }
    let holder = project.model.entity(reference.from.entity)?.field(*field)?;
    let replaced: Vec<FieldId> = holder.fields.iter().map(|nested| nested.id).collect();
    for nested in replaced {
        project.model.remove_field(reference.from.entity, nested);
    }
    let holder = project.model.entity_mut(reference.from.entity)?.field_mut(*field)?;
    *holder.ty.innermost_mut() = DataType::Object;
    holder.fields = fields;
    Some(*field)
}

fn all_ids(fields: &[Field]) -> Vec<FieldId> {
    let mut ids = Vec::new();
    for field in fields {
        field.for_each(&mut |field| ids.push(field.id));
    }
    ids
}

fn holders(model: &Model, embedded: EntityId) -> Vec<(EntityId, FieldId)> {
    let fields = |entity: &Entity| {
        let id = entity.id;
        let holds = |field: &&Field| field.ty.embedded() == Some(embedded);
        entity
            .all_fields()
            .into_iter()
            .filter(holds)
            .map(|field| (id, field.id))
            .collect::<Vec<_>>()
    };
    model.entities().flat_map(fields).collect()
}

/// What pointed at fields of `from` points at the same fields in `to`, where they live now; a
/// reference over moved and unmoved fields together goes. Indexes over moved fields alone move
/// along; others, and keys, lose those parts.
fn rehome(model: &mut Model, from: EntityId, to: EntityId, moved: &[FieldId]) {
    let is_touched =
        |end: &End| end.entity == from && end.fields.iter().any(|field| moved.contains(field));
    let touched: Vec<ReferenceId> = model
        .references()
        .filter(|one| is_touched(&one.from) || is_touched(&one.to))
        .map(|one| one.id)
        .collect();
    for id in touched {
        let Some(reference) = model.reference_mut(id) else { continue };
        let mut is_torn = false;
        for end in [&mut reference.from, &mut reference.to] {
            if is_touched(end) {
                end.entity = to;
                is_torn |= !end.fields.iter().all(|field| moved.contains(field));
            }
        }
        if is_torn {
            model.remove_reference(id);
        }
    }
    let Some(source) = model.entity_mut(from) else { return };
    let is_moved = |field: Option<FieldId>| field.is_some_and(|field| moved.contains(&field));
    let (leaving, mut staying): (Vec<_>, Vec<_>) = std::mem::take(&mut source.indexes)
        .into_iter()
        .partition(|index| index.parts.iter().all(|part| is_moved(part.on.field())));
    for index in &mut staying {
        index.parts.retain(|part| !is_moved(part.on.field()));
    }
    source.indexes = staying;
    for key in &mut source.keys {
        key.fields.retain(|field| !moved.contains(field));
    }
    source.keys.retain(|key| !key.fields.is_empty());
    if let Some(target) = model.entity_mut(to) {
        target.indexes.extend(leaving);
    }
}
