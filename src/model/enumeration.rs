//! An enumeration: a closed list of choices, a node of its own that any number of fields share.

use crate::model::id::{EnumerationId, NamespaceId, ValueId};

/// A named, ordered list of values.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// Its identity.
    pub id: EnumerationId,
    /// Its name.
    pub name: String,
    /// The namespace it lives in; none is the default one.
    pub namespace: Option<NamespaceId>,
    /// Its values in the order of their declaration, which is their sort order in databases.
    pub values: Vec<EnumerationValue>,
    /// What it is for; empty means nothing was said.
    pub note: String,
}

impl Enumeration {
    /// An enumeration without values.
    pub fn new(id: EnumerationId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), namespace: None, values: Vec::new(), note: String::new() }
    }

    /// Whether one of its values has that name.
    pub fn has_value(&self, name: &str) -> bool {
        self.values.iter().any(|value| value.name == name)
    }
}

/// One choice.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumerationValue {
    /// Its identity.
    pub id: ValueId,
    /// The text that is stored.
    pub name: String,
    /// What it means; empty means nothing was said.
    pub note: String,
}
