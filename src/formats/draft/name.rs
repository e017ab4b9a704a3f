//! Names as texts write them, with their places.

use crate::base::diagnostic::Span;

/// The name of an entity or enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The namespace before it, when there is one.
    pub namespace: Option<String>,
    /// The name itself.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

impl Name {
    /// A name without a namespace.
    pub fn plain(name: impl Into<String>, span: Span) -> Self {
        Self { namespace: None, name: name.into(), span }
    }

    /// How messages say it.
    pub fn shown(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{namespace}.{}", self.name),
            None => self.name.clone(),
        }
    }
}

/// The name of a field, through the objects around it.
///
/// - A path of one part that holds dots also finds a nested field, when no field is called so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldName {
    /// The names from the top level down.
    pub path: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

impl FieldName {
    /// A field at the top level.
    pub fn plain(name: impl Into<String>, span: Span) -> Self {
        Self { path: vec![name.into()], span }
    }

    /// How messages say it.
    pub fn shown(&self) -> String {
        self.path.join(".")
    }
}
