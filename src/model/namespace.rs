//! A namespace: an SQL schema or a Mongo database, under one word.

use crate::model::id::NamespaceId;

/// A named group in which entity and enumeration names are unique.
#[derive(Clone, Debug, PartialEq)]
pub struct Namespace {
    /// Its identity.
    pub id: NamespaceId,
    /// Name as the database spells it.
    pub name: String,
    /// What it is for; empty means nothing was said.
    pub note: String,
}
