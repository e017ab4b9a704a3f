//! An entity: a collection, a table, a view or an embedded type. "Table" is a word of SQL code only.

use crate::model::extras::Extras;
use crate::model::field::Field;
use crate::model::id::{CheckId, EntityId, FieldId, NamespaceId};
use crate::model::index::Index;
use crate::model::key::{Key, KeyKind};

/// A node of the E-R graph that has fields.
///
/// - At most one key is primary.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its identity.
    pub id: EntityId,
    /// Its name, singular by custom: `User`.
    pub name: String,
    /// The namespace it lives in; none is the default one.
    pub namespace: Option<NamespaceId>,
    /// What it is stored as.
    pub kind: EntityKind,
    /// The collection's or table's own name, where it is not derived from `name`.
    pub stored_name: Option<String>,
    /// Its fields in order.
    pub fields: Vec<Field>,
    /// Its keys over one or several fields.
    pub keys: Vec<Key>,
    /// Its access paths.
    pub indexes: Vec<Index>,
    /// Conditions that every record fulfills.
    pub checks: Vec<Check>,
    /// Whether `createdAt` and `updatedAt` are kept for it.
    pub timestamps: bool,
    /// Whether an embedded document keeps an `_id` of its own.
    pub keeps_id: bool,
    /// The query of a view, in the words of the SQL target.
    pub query: Option<String>,
    /// What it is for; empty means nothing was said.
    pub note: String,
    /// What only one target knows.
    pub extras: Extras,
}

/// What an entity is stored as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A collection of documents.
    Collection,
    /// A table of rows.
    Table,
    /// A stored query.
    View,
    /// A type of document that lives inside others.
    Embedded,
}

impl EntityKind {
    /// All kinds, in the order in which menus show them.
    pub const ALL: [Self; 4] = [Self::Collection, Self::Table, Self::View, Self::Embedded];

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Table => "table",
            Self::View => "view",
            Self::Embedded => "embedded",
        }
    }
}

/// A condition that every record fulfills.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Its identity.
    pub id: CheckId,
    /// Its constraint name, when somebody chose one.
    pub name: Option<String>,
    /// The condition, in the words of the SQL target.
    pub expression: String,
    /// Why; empty means nothing was said.
    pub note: String,
}

impl Entity {
    /// An entity without fields.
    pub fn new(id: EntityId, name: impl Into<String>, kind: EntityKind) -> Self {
        Self {
            id,
            name: name.into(),
            namespace: None,
            kind,
            stored_name: None,
            fields: Vec::new(),
            keys: Vec::new(),
            indexes: Vec::new(),
            checks: Vec::new(),
            timestamps: false,
            keeps_id: false,
            query: None,
            note: String::new(),
            extras: Extras::default(),
        }
    }

    /// Its primary key.
    pub fn primary_key(&self) -> Option<&Key> {
        self.keys.iter().find(|key| key.kind == KeyKind::Primary)
    }

    /// Whether the field is part of the primary key.
    pub fn is_in_primary_key(&self, field: FieldId) -> bool {
        self.primary_key().is_some_and(|key| key.fields.contains(&field))
    }

    /// Whether no two records may agree on exactly this set of fields, by a key or a unique field
    /// or index; the order does not matter.
    pub fn is_unique(&self, fields: &[FieldId]) -> bool {
        let same_set = |other: &[FieldId]| {
            other.len() == fields.len() && other.iter().all(|field| fields.contains(field))
        };
        if fields.is_empty() {
            return false;
        }
        let by_field = matches!(fields, [only] if self.field(*only).is_some_and(|f| f.unique));
        let by_index = || {
            self.indexes.iter().filter(|index| index.unique && index.partial.is_none()).any(
                |index| {
                    let parts: Vec<_> =
                        index.parts.iter().filter_map(|part| part.on.field()).collect();
                    parts.len() == index.parts.len() && same_set(&parts)
                },
            )
        };
        by_field || self.keys.iter().any(|key| same_set(&key.fields)) || by_index()
    }

    /// The field of that id, at any depth.
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.iter().find_map(|field| field.find(id))
    }

    /// The field of that id, at any depth, to change it.
    pub fn field_mut(&mut self, id: FieldId) -> Option<&mut Field> {
        self.fields.iter_mut().find_map(|field| field.find_mut(id))
    }

    /// The top-level field of that name.
    pub fn field_named(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The fields from the top level down to that one, itself included; empty if it is not here.
    pub fn field_path(&self, id: FieldId) -> Vec<&Field> {
        fn descend<'a>(fields: &'a [Field], id: FieldId, path: &mut Vec<&'a Field>) -> bool {
            for field in fields {
                path.push(field);
                if field.id == id || descend(&field.fields, id, path) {
                    return true;
                }
                path.pop();
            }
            false
        }
        let mut path = Vec::new();
        descend(&self.fields, id, &mut path);
        path
    }

    /// Every field at every depth, outer first.
    pub fn all_fields(&self) -> Vec<&Field> {
        let mut all = Vec::new();
        for field in &self.fields {
            field.for_each(&mut |field| all.push(field));
        }
        all
    }

    /// The list in which that field stands (top level or a nested object's) and its place in it.
    pub fn siblings_mut(&mut self, id: FieldId) -> Option<(&mut Vec<Field>, usize)> {
        fn descend(fields: &mut Vec<Field>, id: FieldId) -> Option<(&mut Vec<Field>, usize)> {
            if let Some(position) = fields.iter().position(|field| field.id == id) {
                return Some((fields, position));
            }
            fields.iter_mut().find_map(|field| descend(&mut field.fields, id))
        }
        descend(&mut self.fields, id)
    }
}
