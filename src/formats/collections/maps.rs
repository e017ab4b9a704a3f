//! What stands in a map: its path has a name only at run time, so MongoDB cannot index it and
//! Mongoose refuses to hide it. Lists of documents cannot be unique as a whole either.

use indexmap::IndexSet;

use crate::base::diagnostic::Diagnostic;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::graph::Link;
use crate::model::id::{EntityId, NodeId};

/// Takes away what such fields cannot have, and says so in the name of `target`.
pub(super) fn clean(model: &mut Model, target: &str, diagnostics: &mut Vec<Diagnostic>) {
    let in_maps = entities_in_maps(model);
    let ids: Vec<_> = model.entities().map(|entity| entity.id).collect();
    for id in ids {
        let Some(entity) = model.entity(id) else { continue };
        let stands_in_map = in_maps.contains(&id);
        let mut fields = entity.fields.clone();
        let mut changed = Vec::new();
        clean_fields(&mut fields, stands_in_map, &mut changed);
        if stands_in_map && !(entity.indexes.is_empty() && entity.keys.is_empty()) {
            changed.push("indexes".to_owned());
        }
        for name in &changed {
            diagnostics.push(Diagnostic::warning(format!(
                "{target}: `{}.{name}` cannot be unique, indexed or hidden, since it stands in a map \
                 or is a list of documents",
                entity.name
            )));
        }
        if changed.is_empty() {
            continue;
        }
        let Some(entity) = model.entity_mut(id) else { continue };
        entity.fields = fields;
        if stands_in_map {
            entity.indexes.clear();
            entity.keys.clear();
        }
    }
}

/// Embedded types whose documents are values of a map, directly or inside others that are.
fn entities_in_maps(model: &Model) -> IndexSet<EntityId> {
    let fields = model.entities().flat_map(Entity::all_fields);
    let mut found: IndexSet<_> =
        fields.filter(|field| is_map(&field.ty)).filter_map(|field| field.ty.embedded()).collect();
    let mut at = 0;
    while let Some(id) = found.get_index(at).copied() {
        for (link, node) in model.graph().outgoing(id) {
            if let (Link::Embedding(_), NodeId::Entity(inner)) = (link, node) {
                found.insert(inner);
            }
        }
        at += 1;
    }
    found
}

fn clean_fields(fields: &mut [Field], stands_in_map: bool, changed: &mut Vec<String>) {
    for field in fields {
        let is_list_of_documents = field.ty.is_array()
            && matches!(field.ty.innermost(), DataType::Object | DataType::Embedded(_));
        let cannot_be_unique = stands_in_map || is_map(&field.ty) || is_list_of_documents;
        if field.unique && cannot_be_unique || field.hidden && stands_in_map {
            field.unique &= !cannot_be_unique;
            field.hidden &= !stands_in_map;
            changed.push(field.name.clone());
        }
        clean_fields(&mut field.fields, stands_in_map || is_map(&field.ty), changed);
    }
}

/// Whether values of the type stand in a map, alone or in lists.
fn is_map(ty: &DataType) -> bool {
    match ty {
        DataType::Map(_) => true,
        DataType::Array(inner) => is_map(inner),
        _ => false,
    }
}
