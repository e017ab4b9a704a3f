//! Intents on entities and enumerations: add, name, remove.

use indexmap::IndexSet;

use crate::base::ident::UniqueNames;
use crate::document::edit::house::House;
use crate::document::project::Project;
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::{Enumeration, EnumerationValue};
use crate::model::field::{DefaultValue, Field, Literal};
use crate::model::id::{ElementId, EntityId, EnumerationId, IdMint, NodeId, ValueId};
use crate::model::key::{Key, KeyKind};

/// `wanted`, or `wanted` with the first free number, so that no entity or enumeration shares it.
pub fn free_node_name(model: &Model, wanted: &str) -> String {
    let mut names = UniqueNames::new();
    for entity in model.entities() {
        names.reserve(&entity.name);
    }
    for enumeration in model.enumerations() {
        names.reserve(&enumeration.name);
    }
    names.unique(wanted, "")
}

/// Adds an entity of the house's kind, with the house's key.
pub fn add_entity(project: &mut Project, mint: &mut IdMint, wanted: &str) -> EntityId {
    let house = House::of(project);
    let name = free_node_name(&project.model, wanted);
    let mut entity = Entity::new(mint.mint(), name, house.entity_kind());
    let key = house.key_field(mint.mint());
    entity.keys.push(Key {
        id: mint.mint(),
        kind: KeyKind::Primary,
        fields: vec![key.id],
        name: None,
    });
    entity.fields.push(key);
    entity.timestamps = house.timestamps;
    let id = entity.id;
    project.model.put_entity(entity);
    id
}

/// Adds an embedded type without a key.
pub fn add_embedded(project: &mut Project, mint: &mut IdMint, wanted: &str) -> EntityId {
    let name = free_node_name(&project.model, wanted);
    let entity = Entity::new(mint.mint(), name, EntityKind::Embedded);
    let id = entity.id;
    project.model.put_entity(entity);
    id
}

/// Adds an enumeration with these values, each once.
pub fn add_enumeration(
    project: &mut Project,
    mint: &mut IdMint,
    wanted: &str,
    values: &[String],
) -> EnumerationId {
    let name = free_node_name(&project.model, wanted);
    let mut enumeration = Enumeration::new(mint.mint(), name);
    for value in values {
        if !enumeration.has_value(value) {
            enumeration.values.push(new_value(mint, value));
        }
    }
    let id = enumeration.id;
    project.model.put_enumeration(enumeration);
    id
}

/// Adds a value to an enumeration at that position, under a name that is free there.
pub fn add_value(
    project: &mut Project,
    mint: &mut IdMint,
    id: EnumerationId,
    position: usize,
    wanted: &str,
) -> Option<ValueId> {
    let enumeration = project.model.enumeration_mut(id)?;
    let mut names = UniqueNames::new();
    for value in &enumeration.values {
        names.reserve(&value.name);
    }
    let value = new_value(mint, &names.unique(wanted, ""));
    let value_id = value.id;
    let position = position.min(enumeration.values.len());
    enumeration.values.insert(position, value);
    Some(value_id)
}

fn new_value(mint: &mut IdMint, name: &str) -> EnumerationValue {
    EnumerationValue { id: mint.mint(), name: name.to_owned(), note: String::new() }
}

/// Gives a node another name; an empty one is refused.
pub fn rename_node(project: &mut Project, node: NodeId, name: &str) -> bool {
    let name = name.trim();
    if name.is_empty() {
        return false;
    }
    match node {
        NodeId::Entity(id) => {
            let Some(entity) = project.model.entity_mut(id) else { return false };
            name.clone_into(&mut entity.name);
        }
        NodeId::Enumeration(id) => {
            let Some(enumeration) = project.model.enumeration_mut(id) else { return false };
            name.clone_into(&mut enumeration.name);
        }
    }
    true
}

/// Gives a value another name, in the defaults that name it too; an empty one is refused.
pub fn rename_value(
    project: &mut Project,
    enumeration: EnumerationId,
    value: ValueId,
    name: &str,
) -> bool {
    let name = name.trim();
    let Some(changed) = project.model.enumeration_mut(enumeration) else { return false };
    let Some(value) = changed.values.iter_mut().find(|one| one.id == value) else { return false };
    if name.is_empty() {
        return false;
    }
    let old = std::mem::replace(&mut value.name, name.to_owned());
    rename_defaults(&mut project.model, enumeration, &old, name);
    true
}

fn rename_defaults(model: &mut Model, enumeration: EnumerationId, old: &str, new: &str) {
    let old_default = Some(DefaultValue::Value(Literal::Text(old.to_owned())));
    let users: Vec<_> = model
        .entities()
        .flat_map(|entity| entity.all_fields().into_iter().map(|field| (entity.id, field)))
        .filter(|(_, field)| field.ty.enumeration() == Some(enumeration))
        .filter(|(_, field)| field.default == old_default)
        .map(|(entity, field)| (entity, field.id))
        .collect();
    for (entity, field) in users {
        if let Some(field) = model.entity_mut(entity).and_then(|e| e.field_mut(field)) {
            field.default = Some(DefaultValue::Value(Literal::Text(new.to_owned())));
        }
    }
}

/// Removes elements with what hangs on them; ids that are gone already are passed over.
pub fn remove_elements(project: &mut Project, elements: &[ElementId]) {
    let node = |element: &ElementId| match *element {
        ElementId::Entity(id) => Some(NodeId::Entity(id)),
        ElementId::Enumeration(id) => Some(NodeId::Enumeration(id)),
        _ => None,
    };
    let nodes: IndexSet<NodeId> = elements.iter().filter_map(node).collect();
    if !nodes.is_empty() {
        project.model.remove_nodes(&nodes);
    }
    for element in elements.iter().filter(|element| node(element).is_none()) {
        project.model.remove(*element);
    }
}

/// Gives a field and all below it new ids.
pub fn remint_field(field: &mut Field, mint: &mut IdMint) {
    field.id = mint.mint();
    for nested in &mut field.fields {
        remint_field(nested, mint);
    }
}
