//! What stands around entities in a draft: namespaces, areas, sticky notes, diagrams.

use crate::base::diagnostic::Span;
use crate::formats::draft::name::Name;
use crate::model::area::ColorToken;

/// A namespace of which more than its name is said.
#[derive(Clone, Debug)]
pub struct DraftNamespace {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub note: String,
}

/// An area.
#[derive(Clone, Debug)]
pub struct DraftArea {
    /// Its name.
    pub name: String,
    /// Its color.
    pub color: ColorToken,
    /// What it is for.
    pub note: String,
    /// The entities and enumerations in it.
    pub members: Vec<Name>,
}

/// A sticky note.
#[derive(Clone, Debug)]
pub struct DraftNote {
    /// What it says.
    pub text: String,
    /// Its color.
    pub color: ColorToken,
    /// What it speaks of.
    pub subject: Option<Name>,
}

/// A diagram.
#[derive(Clone, Debug)]
pub struct DraftDiagram {
    /// Its name.
    pub name: String,
    /// What it shows.
    pub shows: Shows,
}

/// What a diagram shows.
#[derive(Clone, Debug)]
pub enum Shows {
    /// All of the model.
    Everything,
    /// These entities and enumerations, and those in these areas and namespaces.
    Chosen {
        /// Entities and enumerations by name.
        nodes: Vec<Name>,
        /// Areas by name.
        areas: Vec<(String, Span)>,
        /// Namespaces by name; none is the default one.
        namespaces: Vec<(Option<String>, Span)>,
    },
}
