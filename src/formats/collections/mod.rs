//! The model as MongoDB stores it: what the targets of that world share, without any spelling.
//!
//! | in the model | as documents |
//! |---|---|
//! | collection, table | a collection |
//! | view | nothing |
//! | embedded type, nested object | a document inside others |
//! | primary key of one plain field | `_id`, whatever the field was called |
//! | primary key of several fields | a unique index; `_id` is MongoDB's own |
//! | alternate key | a unique index |
//! | reference without fields | a field with the key, or a list of keys |
//! | a referencing field whose type differs from the key's | takes the key's type |
//! | rules on fields inside maps | neither unique, indexed nor hidden |
//! | names that Mongoose or MongoDB cannot hold | changed, with a warning |
//! | collection name | the stored name, else the plural as Mongoose builds it; unique |
//!
//! Both targets change names alike, so that they speak of the same documents.
//!
//! Reading order: this file, [`field_names`] (which names a document can hold), [`index`] (access
//! paths as MongoDB knows them), `maps` (what cannot be said of values in maps). Must not know JavaScript.

pub mod field_names;
pub mod index;
mod maps;

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::Diagnostic;
use crate::base::plural::collection_name;
use crate::formats::reference_fields::complete;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::id::{ElementId, EntityId, FieldId, ReferenceId};
use crate::model::reference::Reference;

/// Longest name of a collection in bytes, so that the longest name of a database fits before it.
const LONGEST_COLLECTION_NAME: usize = 190;

/// A model made fit for documents.
///
/// - Views are gone, field names can be held, and every reference that one field can hold has it.
#[derive(Clone, Debug)]
pub struct Collections {
    /// The model with the names that documents have.
    pub model: Model,
    /// Name of each top-level entity's collection.
    pub names: IndexMap<EntityId, String>,
    /// Fields that became `_id`, and what they were called.
    pub former_names: BTreeMap<FieldId, String>,
    /// Fields that hold a reference which had none.
    added: BTreeMap<FieldId, ReferenceId>,
    /// The first reference that each field holds alone.
    held: BTreeMap<FieldId, ReferenceId>,
}

/// The documents of a model, and what had to be changed to get there, said in the name of `target`.
pub fn lower(model: &Model, target: &str) -> (Collections, Vec<Diagnostic>) {
    let completed = complete(model);
    let mut collections = Collections {
        model: completed.model,
        names: IndexMap::new(),
        former_names: BTreeMap::new(),
        added: completed.added,
        held: BTreeMap::new(),
    };
    let mut diagnostics = Vec::new();
    collections.remove_views();
    maps::clean(&mut collections.model, target, &mut diagnostics);
    collections.take_key_types(target, &mut diagnostics);
    collections.move_keys_to_id();
    collections.clean_field_names(target, &mut diagnostics);
    collections.name_collections(target, &mut diagnostics);
    for reference in collections.model.references() {
        if let [only] = reference.from.fields.as_slice() {
            collections.held.entry(*only).or_insert(reference.id);
        }
    }
    (collections, diagnostics)
}

/// Whether documents of that entity stand in a collection of their own.
pub fn is_top_level(entity: &Entity) -> bool {
    match entity.kind {
        EntityKind::Collection | EntityKind::Table => true,
        EntityKind::View | EntityKind::Embedded => false,
    }
}

impl Collections {
    /// What a field comes from: itself, or the reference that it was made for.
    pub fn element_of(&self, entity: &Entity, field: &Field) -> ElementId {
        match self.added.get(&field.id) {
            Some(reference) => ElementId::Reference(*reference),
            None => ElementId::Field(entity.id, field.id),
        }
    }

    /// The fields that hold a reference which had none.
    pub fn made_fields(&self) -> BTreeMap<FieldId, ReferenceId> {
        self.added.clone()
    }

    /// The top-level entities with the names of their collections.
    pub fn top_level(&self) -> impl Iterator<Item = (&Entity, &str)> {
        self.names.iter().filter_map(|(id, name)| Some((self.model.entity(*id)?, name.as_str())))
    }

    /// The field that is the document's `_id`, when it is written out.
    pub fn id_field<'a>(&self, entity: &'a Entity) -> Option<&'a Field> {
        entity.field_named("_id")
    }

    /// The reference that a field holds alone, with the entity it leads to.
    pub fn reference_of(&self, field: FieldId) -> Option<(&Reference, &Entity)> {
        let reference = self.model.reference(*self.held.get(&field)?)?;
        Some((reference, self.model.entity(reference.to.entity)?))
    }

    /// Whether a reference leads to the `_id` of documents in a collection.
    pub fn leads_to_id(&self, reference: &Reference) -> bool {
        let Some(target) = self.model.entity(reference.to.entity) else { return false };
        let id = self.id_field(target).map(|field| field.id);
        is_top_level(target)
            && match self.model.referenced_fields(reference).as_slice() {
                [] => true,
                [only] => Some(*only) == id,
                _ => false,
            }
    }

    fn remove_views(&mut self) {
        let views: Vec<_> = self
            .model
            .entities()
            .filter(|entity| entity.kind == EntityKind::View)
            .map(|entity| entity.id)
            .collect();
        for view in views {
            self.model.remove_entity(view);
        }
    }

    fn take_key_types(&mut self, target: &str, diagnostics: &mut Vec<Diagnostic>) {
        let mut changes = Vec::new();
        for reference in self.model.references() {
            let [from] = reference.from.fields.as_slice() else { continue };
            let referenced = self.model.referenced_fields(reference);
            let ends =
                (self.model.entity(reference.from.entity), self.model.entity(reference.to.entity));
            let (Some(holder), Some(held)) = ends else { continue };
            let key_type = match referenced.as_slice() {
                [] if is_top_level(held) => DataType::ObjectId,
                [only] => match held.field(*only) {
                    Some(key) => key.ty.clone(),
                    None => continue,
                },
                _ => continue,
            };
            let Some(field) = holder.field(*from) else { continue };
            if differs_from_key(field.ty.innermost(), &key_type) {
                diagnostics.push(
                    Diagnostic::warning(format!(
                        "{target}: `{}.{}` takes the type of the key of `{}` that it holds",
                        holder.name, field.name, held.name
                    ))
                    .with_hint("give the field and the key the same type"),
                );
                changes.push((holder.id, field.id, key_type));
            }
        }
        for (entity, field, key_type) in changes {
            if let Some(field) = self.model.entity_mut(entity).and_then(|e| e.field_mut(field)) {
                *field.ty.innermost_mut() = key_type;
            }
        }
    }

    fn move_keys_to_id(&mut self) {
        let mut moves = Vec::new();
        for entity in self.model.entities().filter(|entity| is_top_level(entity)) {
            let Some(key) = entity.primary_key() else { continue };
            let [only] = key.fields.as_slice() else { continue };
            let field = entity.fields.iter().find(|field| field.id == *only);
            if let Some(field) = field
                && field.name != "_id"
                && is_scalar(&field.ty)
            {
                moves.push((entity.id, field.id));
            }
        }
        for (entity, field) in moves {
            let Some(entity) = self.model.entity_mut(entity) else { continue };
            let Some(field) = entity.field_mut(field) else { continue };
            let former = std::mem::replace(&mut field.name, "_id".to_owned());
            self.former_names.insert(field.id, former);
        }
    }

    fn clean_field_names(&mut self, target: &str, diagnostics: &mut Vec<Diagnostic>) {
        let ids: Vec<_> = self.model.entities().map(|entity| entity.id).collect();
        for id in ids {
            let Some(entity) = self.model.entity(id) else { continue };
            let renamed = field_names::clean(entity);
            if renamed.is_empty() {
                continue;
            }
            for (_, old, new) in &renamed {
                diagnostics.push(Diagnostic::warning(format!(
                    "{target}: the field `{}.{}` is written as `{new}`, since documents cannot hold \
                     its name",
                    entity.name, old
                )));
            }
            let Some(entity) = self.model.entity_mut(id) else { continue };
            for (field, _, new) in renamed {
                if let Some(field) = entity.field_mut(field) {
                    field.name = new;
                }
            }
        }
    }

    fn name_collections(&mut self, target: &str, diagnostics: &mut Vec<Diagnostic>) {
        let mut taken = IndexSet::new();
        for entity in self.model.entities().filter(|entity| is_top_level(entity)) {
            let wanted = match &entity.stored_name {
                Some(stored) => stored.clone(),
                None => collection_name(&entity.name),
            };
            let clean = clean_collection_name(&wanted);
            let mut name = clean.clone();
            let mut n = 2;
            while !taken.insert(name.clone()) {
                name = format!("{clean}{n}");
                n += 1;
            }
            if name != wanted {
                diagnostics.push(
                    Diagnostic::warning(format!(
                        "{target}: `{}` is stored in `{name}`, since `{wanted}` is taken or no name \
                         of a collection",
                        entity.name
                    ))
                    .with_hint("choose another stored name"),
                );
            }
            self.names.insert(entity.id, name);
        }
    }
}

/// Whether a referencing field of that type cannot hold the key; lengths do not matter.
fn differs_from_key(ty: &DataType, key: &DataType) -> bool {
    let is_text = |ty: &DataType| matches!(ty, DataType::String { .. } | DataType::Text);
    is_scalar(ty)
        && is_scalar(key)
        && !(is_text(ty) && is_text(key))
        && std::mem::discriminant(ty) != std::mem::discriminant(key)
}

/// Whether values of the type are single values, which a key can be made of.
fn is_scalar(ty: &DataType) -> bool {
    match ty {
        DataType::String { .. }
        | DataType::Text
        | DataType::Integer(_)
        | DataType::Decimal { .. }
        | DataType::Float
        | DataType::Double
        | DataType::Boolean
        | DataType::Date
        | DataType::Time
        | DataType::DateTime { .. }
        | DataType::Interval
        | DataType::Uuid
        | DataType::ObjectId
        | DataType::Binary { .. }
        | DataType::Inet
        | DataType::Enumeration(_) => true,
        DataType::Json
        | DataType::Map(_)
        | DataType::Mixed
        | DataType::GeoPoint
        | DataType::Vector { .. }
        | DataType::Embedded(_)
        | DataType::Object
        | DataType::Array(_) => false,
    }
}

/// `name` as MongoDB takes it: no `$`, no NUL, not empty, not one of the server's own, not too long.
fn clean_collection_name(name: &str) -> String {
    let mut clean = name.replace(['$', '\0'], "_");
    if clean.is_empty() || clean.starts_with("system.") {
        clean.insert(0, '_');
    }
    if clean.starts_with('.') {
        clean.insert(0, '_');
    }
    while clean.len() > LONGEST_COLLECTION_NAME {
        clean.pop();
    }
    clean
}
