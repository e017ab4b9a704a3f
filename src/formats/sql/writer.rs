//! Names as a dialect takes them, in the quotes that a person asked for.
//!
//! Must not know what is written with them.

use crate::formats::code::{Code, code, join};
use crate::formats::relational::schema::{QualifiedName, Schema};
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::text::{self, Sql};

/// A dialect, the schema that is written in it and how names are quoted.
#[derive(Clone, Copy, Debug)]
pub struct Writer<'a> {
    /// The SQL that is written.
    pub dialect: &'a dyn Dialect,
    /// What is written.
    pub schema: &'a Schema,
    /// Whether names that need no quotes have them too.
    pub quotes_always: bool,
    /// ` IF NOT EXISTS`, where it is wanted and understood.
    pub if_not_exists: &'static str,
}

impl Writer<'_> {
    /// A name, in quotes where it needs or shall have them.
    pub fn name(&self, name: &str) -> Code<Sql> {
        let is_bare = !self.quotes_always && self.dialect.is_bare(name);
        let bare = if is_bare { text::word(name) } else { None };
        bare.unwrap_or_else(|| self.dialect.quoted(name))
    }

    /// A name with its namespace.
    pub fn qualified(&self, name: &QualifiedName) -> Code<Sql> {
        let namespace = name.namespace.as_ref().map(|namespace| code!(self.name(namespace), "."));
        code!(namespace, self.name(&name.name))
    }

    /// Names between commas.
    pub fn list(&self, names: &[String]) -> Code<Sql> {
        join(names.iter().map(|name| self.name(name)), ", ")
    }

    /// A text constant.
    pub fn string(&self, text: &str) -> Code<Sql> {
        self.dialect.string(text)
    }

    /// Text constants between commas.
    pub fn strings(&self, texts: &[String]) -> Code<Sql> {
        join(texts.iter().map(|text| self.string(text)), ", ")
    }
}
