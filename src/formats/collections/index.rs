//! Access paths as MongoDB knows them: from indexes, keys and unique fields, without what MongoDB
//! would refuse.

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use crate::base::diagnostic::Diagnostic;
use crate::formats::collections::Collections;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{ElementId, EntityId, FieldId};
use crate::model::index::{Index, IndexKind, IndexTarget, SortOrder};
use crate::model::key::{Key, KeyKind};

/// One index of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct CollectionIndex {
    /// What it comes from.
    pub element: ElementId,
    /// Dotted paths and how each is indexed, most significant first.
    pub keys: Vec<(String, IndexedAs)>,
    /// Its name, when somebody chose one.
    pub name: Option<String>,
    /// Whether no two documents may agree on all paths.
    pub unique: bool,
    /// Whether documents that lack the paths are left out.
    pub sparse: bool,
    /// Which documents are in it, as a filter.
    pub partial: Option<Value>,
    /// How many seconds after its date a document is removed.
    pub expire_after_seconds: Option<u64>,
    /// What it is for; empty means nothing was said.
    pub note: String,
}

impl CollectionIndex {
    /// Whether no two documents may agree on that path because of this index.
    fn makes_unique(&self, path: &str) -> bool {
        let is_alone = matches!(self.keys.as_slice(), [(only, _)] if only == path);
        is_alone && self.unique && self.partial.is_none()
    }
}

/// How an index looks at one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndexedAs {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
    /// By words.
    Text,
    /// By hash, for equality.
    Hashed,
    /// As a place on the globe.
    Sphere,
}

impl IndexedAs {
    /// The value that stands for it in an index specification, as JavaScript writes it.
    pub fn as_js(self) -> &'static str {
        match self {
            Self::Ascending => "1",
            Self::Descending => "-1",
            Self::Text => "'text'",
            Self::Hashed => "'hashed'",
            Self::Sphere => "'2dsphere'",
        }
    }
}

/// Whether the server takes a name for an index.
fn is_accepted(name: &str) -> bool {
    !name.contains('\0')
}

/// The indexes of an entity apart from those of its unique fields, and what could not be kept, said
/// in the name of `target`. No two are over the same paths in the same way.
pub fn indexes_of(
    collections: &Collections,
    entity: &Entity,
    target: &str,
) -> (Vec<CollectionIndex>, Vec<Diagnostic>) {
    let mut builder = Builder { entity, target, found: IndexMap::new(), diagnostics: Vec::new() };
    for key in entity.keys.iter().filter(|key| is_unique_index(collections, entity, key)) {
        builder.add_key(key);
    }
    for index in &entity.indexes {
        builder.add_index(index);
    }
    builder.keep_one_text_index();
    (builder.found.into_values().collect(), builder.diagnostics)
}

/// All indexes that the collection of an entity has: its own, those of its unique fields, and those
/// of the types that it embeds.
///
/// - Names are unique.
pub fn all_indexes_of(
    collections: &Collections,
    entity: &Entity,
    target: &str,
) -> (Vec<CollectionIndex>, Vec<Diagnostic>) {
    let mut all = All { collections, target, found: IndexMap::new(), diagnostics: Vec::new() };
    all.add_entity(entity, "", &[]);
    let mut names = IndexSet::from(["_id_".to_owned(), "*".to_owned(), String::new()]);
    let mut indexes: Vec<_> = all.found.into_values().collect();
    for index in &mut indexes {
        index.name = index.name.take().filter(|name| names.insert(name.clone()));
    }
    (indexes, all.diagnostics)
}

struct All<'a> {
    collections: &'a Collections,
    target: &'a str,
    found: IndexMap<Vec<(String, IndexedAs)>, CollectionIndex>,
    diagnostics: Vec<Diagnostic>,
}

impl All<'_> {
    /// Adds the indexes of an entity whose documents stand at `prefix`, inside those of `around`.
    fn add_entity(&mut self, entity: &Entity, prefix: &str, around: &[EntityId]) {
        let (indexes, lost) = indexes_of(self.collections, entity, self.target);
        if prefix.is_empty() {
            self.diagnostics.extend(lost);
        }
        for mut index in indexes {
            for (path, _) in &mut index.keys {
                path.insert_str(0, prefix);
            }
            if !prefix.is_empty() {
                index.name = None;
            }
            self.found.entry(index.keys.clone()).or_insert(index);
        }
        let around: Vec<_> = around.iter().copied().chain([entity.id]).collect();
        self.add_fields(entity, &entity.fields, prefix, &around);
    }

    fn add_fields(&mut self, entity: &Entity, fields: &[Field], prefix: &str, around: &[EntityId]) {
        for field in fields {
            let path = format!("{prefix}{}", field.name);
            if field.unique && path != "_id" {
                self.add_unique(entity, field, &path);
            }
            // Inside maps nothing is unique or indexed any more.
            let embedded = field.ty.embedded().filter(|id| !around.contains(id));
            if let Some(embedded) = embedded.and_then(|id| self.collections.model.entity(id)) {
                self.add_entity(embedded, &format!("{path}."), around);
            }
            self.add_fields(entity, &field.fields, &format!("{path}."), around);
        }
    }

    fn add_unique(&mut self, entity: &Entity, field: &Field, path: &str) {
        if self.found.values().any(|index| index.makes_unique(path)) {
            return;
        }
        let keys = vec![(path.to_owned(), IndexedAs::Ascending)];
        self.found.insert(
            keys.clone(),
            CollectionIndex {
                element: self.collections.element_of(entity, field),
                keys,
                name: None,
                unique: true,
                sparse: !field.required,
                partial: None,
                expire_after_seconds: None,
                note: String::new(),
            },
        );
    }
}

/// Whether an index of its own makes that field unique, so that nothing else has to.
pub fn is_made_unique(indexes: &[CollectionIndex], path: &str) -> bool {
    indexes.iter().any(|index| index.makes_unique(path))
}

/// The primary key is no index where it is the documents' `_id`.
fn is_unique_index(collections: &Collections, entity: &Entity, key: &Key) -> bool {
    let is_id = match (key.fields.as_slice(), collections.id_field(entity)) {
        ([only], Some(id)) => *only == id.id,
        _ => false,
    };
    match key.kind {
        KeyKind::Primary | KeyKind::Alternate => !is_id,
    }
}

struct Builder<'a> {
    entity: &'a Entity,
    target: &'a str,
    found: IndexMap<Vec<(String, IndexedAs)>, CollectionIndex>,
    diagnostics: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn add_key(&mut self, key: &Key) {
        let keys: Vec<_> = key
            .fields
            .iter()
            .filter_map(|field| Some((path_of(self.entity, *field)?, IndexedAs::Ascending)))
            .collect();
        let alone = match key.fields.as_slice() {
            [only] => self.entity.field(*only),
            _ => None,
        };
        self.put(CollectionIndex {
            element: ElementId::Key(self.entity.id, key.id),
            keys,
            name: key.name.clone().filter(|name| is_accepted(name)),
            unique: true,
            sparse: alone.is_some_and(|field| !field.required),
            partial: None,
            expire_after_seconds: None,
            note: String::new(),
        });
    }

    fn add_index(&mut self, index: &Index) {
        let mut keys = Vec::new();
        for part in &index.parts {
            // Indexes over expressions are a declared loss.
            let IndexTarget::Field(field) = part.on else { return };
            let Some(path) = path_of(self.entity, field) else { return };
            let indexed_as = match (index.kind, part.order) {
                (IndexKind::Ordered, SortOrder::Ascending) => IndexedAs::Ascending,
                (IndexKind::Ordered, SortOrder::Descending) => IndexedAs::Descending,
                (IndexKind::Hash, _) => IndexedAs::Hashed,
                (IndexKind::Text, _) => IndexedAs::Text,
                (IndexKind::Geo, _) => IndexedAs::Sphere,
            };
            keys.push((path, indexed_as));
        }
        let name = self.describe(index.name.as_deref(), &keys);
        let partial = index.partial.as_ref().and_then(|text| self.filter(&name, text));
        if index.partial.is_some() && partial.is_none() && index.unique {
            return self.lose(&format!(
                "the unique index {name} is left out, since its condition is lost"
            ));
        }
        let mut made = CollectionIndex {
            element: ElementId::Index(self.entity.id, index.id),
            keys,
            name: index.name.clone().filter(|name| is_accepted(name)),
            unique: index.unique,
            sparse: index.sparse,
            partial,
            expire_after_seconds: index.expire_after_seconds,
            note: index.note.clone(),
        };
        self.drop_refused(&mut made, &name);
        self.take_over_uniqueness(&mut made);
        self.put(made);
    }

    /// An index over one unique field alone is the index that makes it unique.
    fn take_over_uniqueness(&self, index: &mut CollectionIndex) {
        let [(path, IndexedAs::Ascending | IndexedAs::Descending)] = index.keys.as_slice() else {
            return;
        };
        let unique =
            self.entity.all_fields().into_iter().find(|field| {
                field.unique && path_of(self.entity, field.id).as_ref() == Some(path)
            });
        if let Some(field) = unique
            && index.partial.is_none()
        {
            index.unique = true;
            index.sparse |= !field.required;
        }
    }

    /// Takes away what MongoDB refuses in combination.
    fn drop_refused(&mut self, index: &mut CollectionIndex, name: &str) {
        if index.expire_after_seconds.is_some() && index.keys.len() != 1 {
            index.expire_after_seconds = None;
            self.lose(&format!("the index {name} removes nothing, since it has several fields"));
        }
        if index.partial.is_some() && index.sparse {
            index.sparse = false;
            self.lose(&format!("the index {name} is not sparse, since it is partial"));
        }
        let is_hashed = index.keys.iter().any(|(_, indexed_as)| *indexed_as == IndexedAs::Hashed);
        if is_hashed && index.unique {
            index.unique = false;
            self.lose(&format!("the index {name} is not unique, since it is hashed"));
        }
        if is_hashed && index.keys.len() > 1 {
            let mut is_first = true;
            for (_, indexed_as) in &mut index.keys {
                if !std::mem::take(&mut is_first) {
                    *indexed_as = IndexedAs::Ascending;
                }
            }
            self.lose(&format!("only the first field of the index {name} is hashed"));
        }
    }

    /// The filter that the text writes as JSON; any other condition is lost.
    fn filter(&mut self, name: &str, text: &str) -> Option<Value> {
        if let Ok(Value::Object(filter)) = serde_json::from_str(text) {
            return Some(Value::Object(filter));
        }
        self.diagnostics.push(
            Diagnostic::warning(format!(
                "{}: the condition of the index {name} is left out: `{}`",
                self.target,
                text.escape_debug()
            ))
            .with_hint("write it as a JSON filter: {\"status\": \"open\"}"),
        );
        None
    }

    fn put(&mut self, index: CollectionIndex) {
        let name = self.describe(index.name.as_deref(), &index.keys);
        if index.keys.is_empty() {
            return;
        }
        if matches!(index.keys.as_slice(), [(path, _)] if path == "_id") {
            return self.lose(&format!("the index {name} is left out, since `_id` has one"));
        }
        if let Some(first) = self.found.get_mut(&index.keys) {
            first.unique |= index.unique && index.partial.is_none();
            return self
                .lose(&format!("the index {name} is left out, since another one equals it"));
        }
        self.found.insert(index.keys.clone(), index);
    }

    /// MongoDB takes one text index a collection.
    fn keep_one_text_index(&mut self) {
        let is_text = |index: &CollectionIndex| {
            index.keys.iter().any(|(_, indexed_as)| *indexed_as == IndexedAs::Text)
        };
        let further: Vec<_> =
            self.found.values().filter(|index| is_text(index)).skip(1).cloned().collect();
        for index in further {
            self.found.shift_remove(&index.keys);
            let name = self.describe(index.name.as_deref(), &index.keys);
            self.lose(&format!("the index {name} is left out: a collection has one text index"));
        }
    }

    fn describe(&self, name: Option<&str>, keys: &[(String, IndexedAs)]) -> String {
        let paths: Vec<_> = keys.iter().map(|(path, _)| path.as_str()).collect();
        let of = format!("of `{}` over {}", self.entity.name, paths.join(", "));
        match name {
            Some(name) => format!("`{name}` {of}"),
            None => of,
        }
    }

    fn lose(&mut self, what: &str) {
        self.diagnostics.push(Diagnostic::warning(format!("{}: {what}", self.target)));
    }
}

/// The dotted path of a field, at any depth.
pub fn path_of(entity: &Entity, field: FieldId) -> Option<String> {
    let path = entity.field_path(field);
    let names: Vec<_> = path.iter().map(|field: &&Field| field.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join("."))
}
