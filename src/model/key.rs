//! A key: the rule that some fields together identify a record. An index is only an access path.

use crate::model::id::{FieldId, KeyId};

/// A primary or alternate key over one or more fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Its identity.
    pub id: KeyId,
    /// Whether it is the key that references point at by default.
    pub kind: KeyKind,
    /// Its fields in key order.
    pub fields: Vec<FieldId>,
    /// Its constraint name, when somebody chose one.
    pub name: Option<String>,
}

/// Which of an entity's keys it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// The identity of a record; at most one per entity.
    Primary,
    /// Another set of fields that is unique.
    Alternate,
}
