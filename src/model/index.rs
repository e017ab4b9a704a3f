//! An index: an access path.

use crate::model::id::{FieldId, IndexId};

/// An index over fields and expressions.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// Its identity.
    pub id: IndexId,
    /// Its name, when somebody chose one.
    pub name: Option<String>,
    /// What it sorts by, most significant first.
    pub parts: Vec<IndexPart>,
    /// How it is built.
    pub kind: IndexKind,
    /// Whether no two records may agree on all parts.
    pub unique: bool,
    /// Whether records that lack the fields are left out (documents only).
    pub sparse: bool,
    /// Which records are in it: an SQL condition, or a JSON filter for documents.
    pub partial: Option<String>,
    /// For a date field: how many seconds later the record is removed (documents only).
    pub expire_after_seconds: Option<u64>,
    /// What it is for; empty means nothing was said.
    pub note: String,
}

impl Index {
    /// A plain ascending index over these fields.
    pub fn over(id: IndexId, fields: impl IntoIterator<Item = FieldId>) -> Self {
        let parts = fields.into_iter().map(IndexPart::ascending).collect();
        Self {
            id,
            name: None,
            parts,
            kind: IndexKind::Ordered,
            unique: false,
            sparse: false,
            partial: None,
            expire_after_seconds: None,
            note: String::new(),
        }
    }
}

/// How an index is built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndexKind {
    /// A tree; the usual one.
    #[default]
    Ordered,
    /// Equality only.
    Hash,
    /// Full-text search.
    Text,
    /// Places on the globe.
    Geo,
}

/// One thing that an index sorts by.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexPart {
    /// Field or expression.
    pub on: IndexTarget,
    /// Direction.
    pub order: SortOrder,
}

impl IndexPart {
    /// That field, ascending.
    pub fn ascending(field: FieldId) -> Self {
        Self { on: IndexTarget::Field(field), order: SortOrder::Ascending }
    }
}

/// What an index part looks at.
#[derive(Clone, Debug, PartialEq)]
pub enum IndexTarget {
    /// A field, at any depth.
    Field(FieldId),
    /// An expression in the words of the SQL target.
    Expression(String),
}

/// Direction of an index part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SortOrder {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

impl IndexTarget {
    /// The field, when it looks at one.
    pub fn field(&self) -> Option<FieldId> {
        match self {
            Self::Field(id) => Some(*id),
            Self::Expression(_) => None,
        }
    }
}
