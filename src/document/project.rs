//! What a project file holds: the model, its diagrams and settings.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::diagram::Diagram;
use crate::model::Model;
use crate::model::id::{DiagramId, IdMint};

/// One version of everything that is saved.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Name, target and options.
    pub settings: Settings,
    /// What the data means.
    pub model: Model,
    /// How pictures show it; the first one opens.
    pub diagrams: IndexMap<DiagramId, Arc<Diagram>>,
    /// What a newer or foreign tool wrote into the file and this one does not know.
    pub unknown: Arc<UnknownKeys>,
}

impl PartialEq for Project {
    /// Same parts in the same order: another order of diagrams is another project.
    fn eq(&self, other: &Self) -> bool {
        let Self { settings, model, diagrams, unknown } = self;
        *settings == other.settings
            && *model == other.model
            && diagrams.iter().eq(&other.diagrams)
            && *unknown == other.unknown
    }
}

/// Members of the project file that this version does not know, kept as JSON text.
///
/// - The outer key is the id of the element they stood on, or a section's name.
pub type UnknownKeys = BTreeMap<String, Vec<(String, String)>>;

/// What is said once for the whole project.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Name of the project.
    pub name: String,
    /// What it is for; empty means nothing was said.
    pub note: String,
    /// The export target that comes first: it decides the house naming of new fields and what the
    /// code tab shows.
    pub target: String,
    /// Options by target, as `--set` would give them.
    pub target_options: BTreeMap<String, BTreeMap<String, String>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "Untitled".to_owned(),
            note: String::new(),
            target: "mongoose".to_owned(),
            target_options: BTreeMap::new(),
        }
    }
}

impl Project {
    /// A project of that name with an empty model and one diagram of everything.
    pub fn new(name: &str, mint: &mut IdMint) -> Self {
        let mut project = Self::default();
        name.clone_into(&mut project.settings.name);
        project.put_diagram(Diagram::new(mint.mint(), "Main"));
        project
    }

    /// The diagram of that id.
    pub fn diagram(&self, id: DiagramId) -> Option<&Diagram> {
        self.diagrams.get(&id).map(Arc::as_ref)
    }

    /// The diagram of that id, to change it.
    pub fn diagram_mut(&mut self, id: DiagramId) -> Option<&mut Diagram> {
        self.diagrams.get_mut(&id).map(Arc::make_mut)
    }

    /// The diagram that opens first.
    pub fn first_diagram(&self) -> Option<&Diagram> {
        self.diagrams.values().next().map(Arc::as_ref)
    }

    /// The first diagram of that name.
    pub fn diagram_named(&self, name: &str) -> Option<&Diagram> {
        self.diagrams.values().map(Arc::as_ref).find(|diagram| diagram.name == name)
    }

    /// Adds a diagram at the end, or replaces the one with its id where it stands.
    pub fn put_diagram(&mut self, diagram: impl Into<Arc<Diagram>>) {
        let diagram = diagram.into();
        self.diagrams.insert(diagram.id, diagram);
    }
}
