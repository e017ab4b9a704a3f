//! A draft of a model, in which everything is called by its name: what stands between the tree of
//! any text format and a [`Model`](crate::model::Model).
//!
//! An importer fills a [`Draft`] in the order of its text and never looks anything up; names may
//! point ahead. [`Draft::finish`] makes the project of it: it mints ids, makes duplicate names
//! differ, resolves names, recognizes types by their spelling, and infers what nobody said of a
//! reference from keys, uniqueness and nullability. What it repairs or cannot resolve it tells,
//! with the place and the name that was probably meant.
//!
//! Where a part of a draft holds a part of the model
//! ([`DraftField::field`](entity::DraftField::field) and the like), that part says all that needs no
//! names; its id, its place and its links are filled in.
//!
//! Reading order: [`name`], [`entity`], [`mod@reference`], [`groups`] (the parts of a draft), then
//! `finish` and what it uses: `names` (looking names up), `types`, `defaults`, `keys`, `links`,
//! `pictures`. Must not know any format.

mod defaults;
pub mod entity;
mod finish;
pub mod groups;
mod keys;
mod links;
pub mod name;
mod names;
pub mod nest;
mod pictures;
pub mod reference;
mod types;

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::formats::Imported;
use crate::formats::draft::entity::{DraftEntity, DraftEnumeration};
use crate::formats::draft::finish::Finisher;
use crate::formats::draft::groups::{DraftArea, DraftDiagram, DraftNamespace, DraftNote};
use crate::formats::draft::reference::DraftReference;
use crate::model::data_type::DataType;
use crate::model::entity::EntityKind;
use crate::model::id::{IdMint, MintedBits};

/// A model by names, and what its reader had to say.
#[derive(Debug)]
pub struct Draft {
    /// What the project is called, when the text says so.
    pub name: Option<String>,
    /// What the project is for.
    pub note: String,
    /// The export target that comes first, when the text says so.
    pub target: Option<&'static str>,
    /// Namespaces of which the text says more than their name; others are made where they are named.
    pub namespaces: Vec<DraftNamespace>,
    /// Entities in order.
    pub entities: Vec<DraftEntity>,
    /// Enumerations in order.
    pub enumerations: Vec<DraftEnumeration>,
    /// References in order.
    pub references: Vec<DraftReference>,
    /// Areas in order.
    pub areas: Vec<DraftArea>,
    /// Sticky notes in order.
    pub notes: Vec<DraftNote>,
    /// Diagrams in order; without any there is one of everything.
    pub diagrams: Vec<DraftDiagram>,
    /// What was not understood on the way here.
    pub diagnostics: Vec<Diagnostic>,
    /// How the format treats types and names.
    pub habits: Habits,
}

/// How a format treats types and names.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// The target id under which spellings of types are kept that say more than the type.
    pub native: &'static str,
    /// How the format's own exporter spells a type; a spelling that differs is kept. None keeps
    /// only the spellings of types that are not known.
    pub spelling: fn(&DataType) -> Option<String>,
    /// What a name means that nobody declared.
    pub undeclared: Undeclared,
    /// Whether two ends with several records that are the keys of two tables are a reference
    /// without fields of its own.
    pub joins_keys: bool,
    /// What an entity of the usual kind is stored as, when an undeclared name makes one.
    pub kind: EntityKind,
}

/// What the name of an entity means that nobody declared, at the end of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undeclared {
    /// A slip: the reference is left out and told.
    Slip,
    /// A declaration: the entity is made, and a field that it lacks as well.
    Declaration,
}

impl Draft {
    /// An empty draft.
    pub fn new(habits: Habits) -> Self {
        Self {
            name: None,
            note: String::new(),
            target: None,
            namespaces: Vec::new(),
            entities: Vec::new(),
            enumerations: Vec::new(),
            references: Vec::new(),
            areas: Vec::new(),
            notes: Vec::new(),
            diagrams: Vec::new(),
            diagnostics: Vec::new(),
            habits,
        }
    }

    /// The project that this draft is, with ids from that mint; `name` is what it is called when
    /// the draft does not say. Diagnostics come in the order of their places.
    pub fn finish(mut self, name: &str, mut mint: IdMint) -> Imported {
        let mut project = Project::new(self.name.as_deref().unwrap_or(name), &mut mint);
        project.settings.note = std::mem::take(&mut self.note);
        if let Some(target) = self.target {
            target.clone_into(&mut project.settings.target);
        }
        Finisher::new(self, project, mint).run()
    }
}

/// An id that is replaced when the part is finished.
pub(crate) fn unset<T: From<MintedBits>>() -> T {
    IdMint::from_seed(0).mint()
}
