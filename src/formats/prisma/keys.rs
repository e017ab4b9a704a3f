//! Keys and indexes over several fields, as attributes of a block.
//!
//! Must not know fields beyond their names and types.

use indexmap::IndexSet;

use crate::formats::code::{code, join};
use crate::formats::prisma::plan::Plan;
use crate::formats::prisma::text::{Code, string, word, words};
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{ElementId, FieldId};
use crate::model::index::{Index, IndexKind, IndexTarget, SortOrder};
use crate::model::key::KeyKind;

/// An attribute of a block and what it comes from.
pub(super) type Attribute = (ElementId, Code);

/// The attributes of one block in the making.
struct Keys {
    attributes: Vec<Attribute>,
    /// What was said, so that nothing is said twice.
    said: IndexSet<String>,
}

impl Plan<'_> {
    /// The keys and indexes of an entity that no field says by itself.
    pub(super) fn key_attributes(&mut self, entity: &Entity) -> Vec<Attribute> {
        let mut keys = Keys { attributes: Vec::new(), said: IndexSet::new() };
        for key in &entity.keys {
            let is_primary = key.kind == KeyKind::Primary;
            let says_field =
                !is_primary || self.provider.is_documents || self.is_single_id(entity, &key.fields);
            if key.fields.len() == 1 && says_field {
                continue;
            }
            let Some(fields) = self.field_list(entity, &key.fields) else {
                self.lose("keys over what cannot be compared are left out", &entity.name);
                continue;
            };
            let word = if is_primary && !self.provider.is_documents { "@@id" } else { "@@unique" };
            let name = key.name.clone();
            let name = name.filter(|_| !is_primary || self.provider.names_primary_keys);
            let element = ElementId::Key(entity.id, key.id);
            self.say(&mut keys, element, (word, &fields, ""), name, entity);
        }
        for reference in self.model.references() {
            let fields = &reference.from.fields;
            let is_single = !reference.from.cardinality.is_many();
            if reference.from.entity == entity.id
                && fields.len() > 1
                && is_single
                && !entity.is_unique(fields)
                && let Some(fields) = self.field_list(entity, fields)
            {
                let element = ElementId::Reference(reference.id);
                self.say(&mut keys, element, ("@@unique", &fields, ""), None, entity);
            }
        }
        for index in &entity.indexes {
            self.add_index(&mut keys, entity, index);
        }
        let order = ["@@id", "@@unique", "@@index", "@@fulltext"];
        keys.attributes
            .sort_by_key(|(_, text)| order.iter().position(|word| text.as_str().starts_with(word)));
        keys.attributes
    }

    fn is_single_id(&self, entity: &Entity, fields: &[FieldId]) -> bool {
        let [only] = fields else { return false };
        entity.field(*only).is_some_and(|field| self.is_id(entity, field))
    }

    fn add_index(&mut self, keys: &mut Keys, entity: &Entity, index: &Index) {
        let is_text = index.kind == IndexKind::Text && self.provider.has_text_indexes;
        let is_hash = index.kind == IndexKind::Hash
            && self.provider.has_hash_indexes
            && index.parts.len() == 1
            && !index.unique;
        let mut parts = Vec::new();
        for part in &index.parts {
            let IndexTarget::Field(id) = part.on else { return };
            let Some(path) = self.path_of(entity, id) else {
                return self
                    .lose("indexes over what cannot be compared are left out", &entity.name);
            };
            let descends = part.order == SortOrder::Descending && !is_text && !is_hash;
            parts.push(if descends { code!(path, "(sort: Desc)") } else { path });
        }
        if parts.is_empty() {
            return;
        }
        let (word, kind) = match (is_text, index.unique, is_hash) {
            (true, ..) => ("@@fulltext", ""),
            (_, true, _) => ("@@unique", ""),
            (_, _, true) => ("@@index", ", type: Hash"),
            _ => ("@@index", ""),
        };
        let is_other = !is_text && !is_hash && index.kind != IndexKind::Ordered;
        if is_other {
            self.lose("indexes of a kind that Prisma has no word for are ordinary", &entity.name);
        }
        let parts = join(parts, ", ");
        let is_alone = |id: &FieldId| {
            let field = entity.field(*id);
            field.is_some_and(|field| {
                self.is_id(entity, field) || self.is_unique_alone(entity, field)
            })
        };
        let on_one = match index.parts.as_slice() {
            [only] => only.on.field(),
            _ => None,
        };
        if word == "@@unique" && on_one.is_some_and(|id| is_alone(&id)) {
            // The field says it.
            return;
        }
        let element = ElementId::Index(entity.id, index.id);
        let what = (word, &parts, kind);
        self.say(keys, element, what, index.name.clone(), entity);
    }

    fn say(
        &mut self,
        keys: &mut Keys,
        element: ElementId,
        (word, fields, kind): (&'static str, &Code, &'static str),
        name: Option<String>,
        entity: &Entity,
    ) {
        let bare = fields.as_str().replace("(sort: Desc)", "");
        if !keys.said.insert(format!("{word}{bare}")) {
            return self.lose("keys and indexes over the same fields are said once", &entity.name);
        }
        let name = self.constraint_name(name, &entity.name);
        let map = name.map(|name| code!(", map: ", string(&name)));
        keys.attributes.push((element, code!(word, "([", fields, "]", kind, map, ")")));
    }

    /// The names of these fields, if all stand in the block itself and can be compared.
    fn field_list(&self, entity: &Entity, fields: &[FieldId]) -> Option<Code> {
        let name = |id: &FieldId| {
            let field = entity.fields.iter().find(|field| field.id == *id)?;
            self.written(field).is_indexable().then(|| self.field_name(*id))
        };
        let names: Vec<_> = fields.iter().map(name).collect::<Option<_>>()?;
        Some(words(&names))
    }

    /// The path of a field that an index can look at.
    fn path_of(&self, entity: &Entity, id: FieldId) -> Option<Code> {
        let path: Vec<&Field> = entity.field_path(id);
        let (last, around) = path.split_last()?;
        let is_object = matches!(last.ty.innermost(), DataType::Object | DataType::Embedded(_));
        let is_plain = self.written(last).is_indexable()
            || (self.provider.is_documents && self.written(last).base != "Json" && !is_object);
        let is_reached = around.is_empty()
            || (self.provider.is_documents
                && around.iter().all(|field| self.nested_types.contains_key(&field.id)));
        let names = path.iter().map(|field| word(&self.field_name(field.id)));
        (is_plain && is_reached).then(|| join(names, "."))
    }

    /// Whether the block has something unique that is always there.
    pub(super) fn has_unique(&self, entity: &Entity) -> bool {
        let is_there = |id: &FieldId| {
            let field = entity.fields.iter().find(|field| field.id == *id);
            field.is_some_and(|field| {
                self.written(field).is_indexable()
                    && (field.required || entity.is_in_primary_key(field.id))
            })
        };
        let by_key = entity.keys.iter().any(|key| key.fields.iter().all(is_there));
        let by_field = entity
            .fields
            .iter()
            .any(|field| is_there(&field.id) && self.is_unique_alone(entity, field));
        let by_index = entity.indexes.iter().filter(|index| index.unique).any(|index| {
            index.parts.iter().all(|part| part.on.field().is_some_and(|id| is_there(&id)))
        });
        let by_reference = self.model.references().any(|reference| {
            let fields = &reference.from.fields;
            reference.from.entity == entity.id
                && fields.len() > 1
                && !reference.from.cardinality.is_many()
                && fields.iter().all(is_there)
        });
        let is_id = entity.fields.iter().any(|field| self.is_id(entity, field));
        is_id || by_key || by_field || by_index || by_reference
    }
}
