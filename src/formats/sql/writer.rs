//! Names as a dialect takes them, in the quotes that a person asked for.
//!
//! Must not know what is written with them.

use crate::formats::relational::schema::{QualifiedName, Schema};
use crate::formats::sql::dialect::Dialect;

/// A dialect, the schema that is written in it and how names are quoted.
#[derive(Clone, Copy, Debug)]
pub struct Writer<'a> {
    /// The SQL that is written.
    pub dialect: &'a dyn Dialect,
    /// What is written.
    pub schema: &'a Schema,
    /// Whether names that need no quotes have them too.
    pub quotes_always: bool,
}

impl Writer<'_> {
    /// A name, in quotes where it needs or shall have them.
    pub fn name(&self, name: &str) -> String {
        if !self.quotes_always && self.dialect.is_bare(name) {
            name.to_owned()
        } else {
            self.dialect.quoted(name)
        }
    }

    /// A name with its namespace.
    pub fn qualified(&self, name: &QualifiedName) -> String {
        match &name.namespace {
            Some(namespace) => format!("{}.{}", self.name(namespace), self.name(&name.name)),
            None => self.name(&name.name),
        }
    }

    /// Names between commas.
    pub fn list(&self, names: &[String]) -> String {
        names.iter().map(|name| self.name(name)).collect::<Vec<_>>().join(", ")
    }

    /// A text constant.
    pub fn string(&self, text: &str) -> String {
        self.dialect.string(text)
    }

    /// Text constants between commas.
    pub fn strings(&self, texts: &[String]) -> String {
        texts.iter().map(|text| self.string(text)).collect::<Vec<_>>().join(", ")
    }
}
