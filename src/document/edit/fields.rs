//! Intents on fields: add, move, retype, and the flags that references and keys must agree with.

use crate::base::ident::UniqueNames;
use crate::document::edit::entities::remint_field;
use crate::document::project::Project;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{EntityId, FieldId, IdMint};
use crate::model::index::Index;
use crate::model::key::{Key, KeyKind};
use crate::model::reference::Cardinality;

/// A place in an entity's tree of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPlace {
    /// The entity.
    pub entity: EntityId,
    /// The nested object in it; none is the entity itself.
    pub parent: Option<FieldId>,
    /// The position among its siblings; past the end is the end.
    pub position: usize,
}

impl FieldPlace {
    /// After all other top-level fields.
    pub fn last(entity: EntityId) -> Self {
        Self { entity, parent: None, position: usize::MAX }
    }

    /// Right below that field, among its siblings.
    pub fn after(entity: &Entity, field: FieldId) -> Self {
        let place = Self::of(entity, field);
        Self { position: place.position.saturating_add(1), ..place }
    }

    /// Where that field stands; the end, when it is not there.
    pub fn of(entity: &Entity, field: FieldId) -> Self {
        let path = entity.field_path(field);
        let parent = path.len().checked_sub(2).and_then(|at| path.get(at)).copied();
        let siblings = parent.map_or(&entity.fields, |parent| &parent.fields);
        let position = siblings.iter().position(|one| one.id == field).unwrap_or(usize::MAX);
        Self { entity: entity.id, parent: parent.map(|parent| parent.id), position }
    }

    /// The list of siblings it speaks of.
    pub fn siblings(self, model: &Model) -> Option<&[Field]> {
        let entity = model.entity(self.entity)?;
        match self.parent {
            None => Some(&entity.fields),
            Some(parent) => Some(&entity.field(parent)?.fields),
        }
    }

    fn siblings_mut(self, model: &mut Model) -> Option<&mut Vec<Field>> {
        let entity = model.entity_mut(self.entity)?;
        match self.parent {
            None => Some(&mut entity.fields),
            Some(parent) => Some(&mut entity.field_mut(parent)?.fields),
        }
    }
}

/// `wanted`, or `wanted` with a number, so that no sibling at that place shares it.
pub fn free_field_name(model: &Model, place: FieldPlace, wanted: &str) -> String {
    let mut names = UniqueNames::new();
    for sibling in place.siblings(model).unwrap_or_default() {
        names.reserve(&sibling.name);
    }
    names.unique(wanted, "_")
}

/// Adds a field at that place, under a name that is free there.
pub fn add_field(project: &mut Project, place: FieldPlace, mut field: Field) -> Option<FieldId> {
    field.name = free_field_name(&project.model, place, &field.name);
    let id = field.id;
    let siblings = place.siblings_mut(&mut project.model)?;
    siblings.insert(place.position.min(siblings.len()), field);
    Some(id)
}

/// Moves a field to another place of its entity; into itself is refused.
pub fn move_field(project: &mut Project, field: FieldId, to: FieldPlace) -> bool {
    let Some(entity) = project.model.entity(to.entity) else { return false };
    let from = FieldPlace::of(entity, field);
    let is_inside_itself = to
        .parent
        .is_some_and(|parent| entity.field_path(parent).iter().any(|outer| outer.id == field));
    if from.position == usize::MAX || is_inside_itself {
        return false;
    }
    let shifts = from.parent == to.parent && from.position < to.position;
    let Some(siblings) = from.siblings_mut(&mut project.model) else { return false };
    let moved = siblings.remove(from.position);
    let position = to.position.saturating_sub(usize::from(shifts));
    let to = FieldPlace { position, ..to };
    if let Some(siblings) = to.siblings_mut(&mut project.model) {
        siblings.insert(position.min(siblings.len()), moved);
    }
    true
}

/// Copies a field, with all below it, right after itself.
pub fn duplicate_field(
    project: &mut Project,
    mint: &mut IdMint,
    entity: EntityId,
    field: FieldId,
) -> Option<FieldId> {
    let source = project.model.entity(entity)?;
    let mut copy = source.field(field)?.clone();
    let place = FieldPlace::after(source, field);
    remint_field(&mut copy, mint);
    add_field(project, place, copy)
}

/// Gives a field another name; an empty one is refused.
pub fn rename_field(project: &mut Project, entity: EntityId, field: FieldId, name: &str) -> bool {
    let name = name.trim();
    let Some(field) = project.model.entity_mut(entity).and_then(|e| e.field_mut(field)) else {
        return false;
    };
    if name.is_empty() {
        return false;
    }
    name.clone_into(&mut field.name);
    true
}

/// Gives a field another type; nested fields go when it is no object any more.
pub fn retype_field(project: &mut Project, entity: EntityId, field: FieldId, ty: DataType) {
    let nested: Vec<FieldId> = match project.model.entity(entity).and_then(|e| e.field(field)) {
        Some(field) if *ty.innermost() != DataType::Object => {
            field.fields.iter().map(|nested| nested.id).collect()
        }
        Some(_) | None => Vec::new(),
    };
    for nested in nested {
        project.model.remove_field(entity, nested);
    }
    if let Some(field) = project.model.entity_mut(entity).and_then(|e| e.field_mut(field)) {
        field.ty = ty;
    }
}

/// Says whether a field must have a value; the references it carries follow.
pub fn set_required(project: &mut Project, entity: EntityId, field: FieldId, required: bool) {
    let Some(changed) = project.model.entity_mut(entity).and_then(|e| e.field_mut(field)) else {
        return;
    };
    changed.required = required;
    let carried: Vec<_> =
        project.model.references_from_field(field).map(|reference| reference.id).collect();
    for id in carried {
        if let Some(reference) = project.model.reference_mut(id)
            && !reference.to.cardinality.is_many()
        {
            reference.to.cardinality =
                if required { Cardinality::ExactlyOne } else { Cardinality::ZeroOrOne };
        }
    }
}

/// Says whether no two records may agree on a field; the references it carries alone follow.
pub fn set_unique(project: &mut Project, entity: EntityId, field: FieldId, unique: bool) {
    let Some(changed) = project.model.entity_mut(entity).and_then(|e| e.field_mut(field)) else {
        return;
    };
    changed.unique = unique;
    let carried: Vec<_> = project
        .model
        .references_from_field(field)
        .filter(|reference| reference.from.fields.len() == 1)
        .map(|reference| reference.id)
        .collect();
    for id in carried {
        if let Some(reference) = project.model.reference_mut(id) {
            reference.from.cardinality = match (unique, reference.from.cardinality) {
                (true, Cardinality::ZeroOrMore) => Cardinality::ZeroOrOne,
                (true, Cardinality::OneOrMore) => Cardinality::ExactlyOne,
                (false, Cardinality::ZeroOrOne) => Cardinality::ZeroOrMore,
                (false, Cardinality::ExactlyOne) => Cardinality::OneOrMore,
                (_, same) => same,
            };
        }
    }
}

/// Puts a field into its entity's primary key, at the end, or takes it out.
pub fn set_in_primary_key(
    project: &mut Project,
    mint: &mut IdMint,
    entity: EntityId,
    field: FieldId,
    is_in: bool,
) {
    let Some(entity) = project.model.entity_mut(entity) else { return };
    let position = entity.keys.iter().position(|key| key.kind == KeyKind::Primary);
    match (position.and_then(|at| entity.keys.get_mut(at)), is_in) {
        (Some(key), true) if !key.fields.contains(&field) => key.fields.push(field),
        (None, true) => entity.keys.insert(
            0,
            Key { id: mint.mint(), kind: KeyKind::Primary, fields: vec![field], name: None },
        ),
        (Some(key), false) => key.fields.retain(|one| *one != field),
        (Some(_), true) | (None, false) => {}
    }
    entity.keys.retain(|key| !key.fields.is_empty());
    if is_in && let Some(field) = entity.field_mut(field) {
        field.required = true;
    }
}

/// Whether a plain index over just that field exists.
pub fn has_own_index(entity: &Entity, field: FieldId) -> bool {
    entity.indexes.iter().any(|index| is_own_index(index, field))
}

fn is_own_index(index: &Index, field: FieldId) -> bool {
    !index.unique
        && index.partial.is_none()
        && matches!(index.parts.as_slice(), [part] if part.on.field() == Some(field))
}

/// Adds a plain index over just that field, or removes it.
pub fn set_own_index(
    project: &mut Project,
    mint: &mut IdMint,
    entity: EntityId,
    field: FieldId,
    indexed: bool,
) {
    let Some(entity) = project.model.entity_mut(entity) else { return };
    if !indexed {
        entity.indexes.retain(|index| !is_own_index(index, field));
    } else if !has_own_index(entity, field) {
        entity.indexes.push(Index::over(mint.mint(), [field]));
    }
}
