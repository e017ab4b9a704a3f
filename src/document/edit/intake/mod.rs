//! Intent of importing into a project that is already there: elements are matched, what a person
//! made stays, and what differs is shown before anything is changed.
//!
//! Kept are ids, places, colors, areas, diagrams, notes and names of rules that the import does not
//! speak of, what other targets know, and cardinalities that a person set, unless the import
//! contradicts them.
//!
//! What an import contradicts is known by what its format would say of the project as it is: what
//! both say alike is no change, however little of it the format can say.
//!
//! Reading order: `pairs` (which id is which), `matching`, [`guessing`] (what was renamed),
//! `adopting` (the import under our ids), `three` and `merging` (three versions of an element as
//! one), `taking` (what a person chose), then [`Intake`]. Must not know any format.

mod adopting;
pub mod guessing;
mod matching;
mod merging;
mod pairs;
mod taking;
mod three;

use std::hash::Hash;

use indexmap::{IndexMap, IndexSet};

use crate::diagram::{Content, Diagram};
use crate::document::edit::intake::adopting::{Taken, adopt};
use crate::document::edit::intake::guessing::{Rename, guess_entities, guess_fields};
use crate::document::edit::intake::matching::{match_all, match_ids};
use crate::document::edit::intake::merging::{
    merged_area, merged_entity, merged_enumeration, merged_namespace, merged_note, merged_reference,
};
use crate::document::edit::intake::pairs::Counterparts;
use crate::document::edit::intake::taking::{mend, remove_unused, take_over};
use crate::document::edit::intake::three::{Silence, Three};
use crate::document::project::Project;
use crate::model::Model;
use crate::model::diff::{Difference, What, differences};
use crate::model::id::{DiagramId, ElementId, IdMint, NodeId};

/// What an import is compared with.
#[derive(Clone, Copy, Debug)]
pub enum Basis<'a> {
    /// The project as the import's format would say it.
    Echo(&'a Model),
    /// Nobody knows what the format can say.
    Unknown,
    /// The import is a project of Lunette, which says everything and knows ids.
    Whole,
}

/// Whether elements may be taken for renamed ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Renames {
    /// What is gone and what is new may be the same under another name.
    #[default]
    Guessed,
    /// Another name is another element.
    Refused,
}

/// An import that is about to become part of a project.
#[derive(Clone, Debug)]
pub struct Intake {
    before: Project,
    /// The model with everything taken over, removals included.
    full: Model,
    /// Diagrams that are new.
    diagrams: Vec<Diagram>,
    /// What would change, if everything was taken over.
    pub differences: Vec<Difference>,
    /// What was taken for renamed.
    pub renames: Vec<Rename>,
}

impl Intake {
    /// Compares an import with a project. `mint` gives ids to what is new where the import's own
    /// are taken.
    pub fn new(
        project: &Project,
        imported: &Project,
        basis: Basis<'_>,
        renames: Renames,
        mint: &mut IdMint,
    ) -> Self {
        let ours = &project.model;
        let mut taken = Taken::default();
        taken.add(ours);
        let echo = match basis {
            Basis::Echo(echo) => {
                let mut pairs = Counterparts::default();
                match_all(ours, echo, &mut pairs);
                Some(adopt(echo, &pairs, &mut taken, mint).0)
            }
            Basis::Whole => Some(ours.clone()),
            Basis::Unknown => None,
        };
        let (theirs, ids, renames) = {
            let (pairs, renames) = paired(ours, echo.as_ref(), &imported.model, basis, renames);
            let (theirs, ids) = adopt(&imported.model, &pairs, &mut taken, mint);
            let ids: IndexMap<NodeId, NodeId> =
                nodes(&imported.model).into_iter().map(|node| (node, ids.node(node))).collect();
            (theirs, ids, renames)
        };
        let silence = match basis {
            Basis::Whole => Silence::Clears,
            Basis::Echo(_) | Basis::Unknown => Silence::Keeps,
        };
        let mut full = merged(ours, echo.as_ref(), &theirs, silence);
        mend(&mut full);
        let differences = differences(ours, &full);
        let diagrams = new_diagrams(project, imported, &ids, mint);
        Self { before: project.clone(), full, diagrams, differences, renames }
    }

    /// What has come of several imports, one after the other: the project `after` them, and what
    /// none of them holds.
    pub fn of_result(
        before: &Project,
        after: &Project,
        gone: impl IntoIterator<Item = ElementId>,
        renames: Vec<Rename>,
    ) -> Self {
        let mut full = after.model.clone();
        remove_unused(&mut full, gone.into_iter().collect());
        mend(&mut full);
        let is_new = |diagram: &&Diagram| before.diagram(diagram.id).is_none();
        let diagrams = after.diagrams.values().map(AsRef::as_ref).filter(is_new).cloned();
        Self {
            before: before.clone(),
            differences: differences(&before.model, &full),
            diagrams: diagrams.collect(),
            full,
            renames,
        }
    }

    /// Whether the import says nothing new.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty() && self.diagrams.is_empty()
    }

    /// Elements of the project, standing by themselves, that the import does not hold.
    pub fn missing(&self) -> impl Iterator<Item = &Difference> {
        let stands_alone = |one: &&Difference| one.owner() == one.element;
        self.differences.iter().filter(stands_alone).filter(|one| one.what == What::Removed)
    }

    /// The project with the import taken over, except for what belongs to the elements `left_out`.
    /// New cards are shown in `diagram`, and in all diagrams of everything.
    ///
    /// - What a chosen element cannot be without, such as the enumeration of a new field, comes
    ///   with it.
    pub fn project(&self, left_out: &IndexSet<ElementId>, diagram: Option<DiagramId>) -> Project {
        let mut project = self.before.clone();
        let ours = &self.before.model;
        project.model = take_over(ours, &self.full, &self.differences, left_out);
        let new: Vec<NodeId> =
            nodes(&project.model).into_iter().filter(|node| !has_node(ours, *node)).collect();
        if let Some(diagram) = diagram.and_then(|id| project.diagram_mut(id))
            && let Content::Chosen(shown) = &mut diagram.content
        {
            shown.extend(new);
        }
        for diagram in &self.diagrams {
            let mut diagram = diagram.clone();
            if let Content::Chosen(shown) = &mut diagram.content {
                shown.retain(|node| has_node(&project.model, *node));
            }
            diagram.placements.retain(|node, _| has_node(&project.model, *node));
            project.put_diagram(diagram);
        }
        project
    }
}

/// What differs between two projects, the elements of the newer one under the ids of the older.
/// Names and what an element is about decide which is which; in projects of Lunette, ids do.
pub fn compare(old: &Model, new: &Model, knows_ids: bool) -> Vec<Difference> {
    let mut mint = IdMint::from_seed(0);
    let mut taken = Taken::default();
    taken.add(old);
    let basis = if knows_ids { Basis::Whole } else { Basis::Unknown };
    let (pairs, _) = paired(old, None, new, basis, Renames::Guessed);
    let (adopted, _) = adopt(new, &pairs, &mut taken, &mut mint);
    differences(old, &adopted)
}

/// Which element of the import is which of the project.
fn paired(
    ours: &Model,
    echo: Option<&Model>,
    theirs: &Model,
    basis: Basis<'_>,
    renames: Renames,
) -> (Counterparts, Vec<Rename>) {
    let mut pairs = Counterparts::default();
    if matches!(basis, Basis::Whole) {
        match_ids(ours, theirs, &mut pairs);
    }
    // What the format says just as before is found at once, whatever the project calls it.
    if let Some(echo) = echo {
        match_all(echo, theirs, &mut pairs);
    }
    match_all(ours, theirs, &mut pairs);
    let mut guessed = Vec::new();
    if renames == Renames::Guessed {
        let known = echo.unwrap_or(ours);
        guessed = guess_entities(known, theirs, &mut pairs);
        match_all(known, theirs, &mut pairs);
        guessed.extend(guess_fields(known, theirs, &mut pairs));
        match_all(known, theirs, &mut pairs);
    }
    (pairs, guessed)
}

fn nodes(model: &Model) -> Vec<NodeId> {
    let entities = model.entities().map(|one| NodeId::Entity(one.id));
    entities.chain(model.enumerations().map(|one| NodeId::Enumeration(one.id))).collect()
}

fn has_node(model: &Model, node: NodeId) -> bool {
    match node {
        NodeId::Entity(id) => model.entity(id).is_some(),
        NodeId::Enumeration(id) => model.enumeration(id).is_some(),
    }
}

/// Diagrams of the import that the project has not, under the ids of the project.
fn new_diagrams(
    project: &Project,
    imported: &Project,
    ids: &IndexMap<NodeId, NodeId>,
    mint: &mut IdMint,
) -> Vec<Diagram> {
    let says_something = |diagram: &&Diagram| {
        !diagram.placements.is_empty() || matches!(diagram.content, Content::Chosen(_))
    };
    let is_new = |diagram: &&Diagram| {
        project.diagram(diagram.id).is_none() && project.diagram_named(&diagram.name).is_none()
    };
    let renewed = |node: &NodeId| ids.get(node).copied().unwrap_or(*node);
    let new = imported.diagrams.values().map(AsRef::as_ref);
    new.filter(says_something)
        .filter(is_new)
        .map(|diagram| {
            let placements = diagram.placements.iter();
            let content = match &diagram.content {
                Content::Everything => Content::Everything,
                Content::Chosen(shown) => Content::Chosen(shown.iter().map(renewed).collect()),
            };
            Diagram {
                content,
                placements: placements.map(|(node, one)| (renewed(node), one.clone())).collect(),
                notation: diagram.notation,
                detail: diagram.detail,
                lines: diagram.lines,
                ..Diagram::new(mint.mint(), diagram.name.clone())
            }
        })
        .collect()
}

/// The project's model with everything of the import, and without what the import says is gone.
fn merged(ours: &Model, echo: Option<&Model>, theirs: &Model, silence: Silence) -> Model {
    let mut model = ours.clone();
    let mut gone: Vec<ElementId> = Vec::new();
    macro_rules! merge {
        ($all:ident, $put:ident, $merged:ident, $element:path) => {
            let parts = Parts {
                ours: ours.$all().map(|one| (one.id, one)).collect(),
                echo: echo.map(|echo| echo.$all().map(|one| (one.id, one)).collect()),
                theirs: theirs.$all().map(|one| (one.id, one)).collect(),
            };
            for part in parts.merged(silence, $merged) {
                model.$put(part);
            }
            gone.extend(parts.gone().into_iter().map($element));
        };
    }
    merge!(references, put_reference, merged_reference, ElementId::Reference);
    merge!(areas, put_area, merged_area, ElementId::Area);
    merge!(notes, put_note, merged_note, ElementId::Note);
    merge!(entities, put_entity, merged_entity, ElementId::Entity);
    merge!(enumerations, put_enumeration, merged_enumeration, ElementId::Enumeration);
    merge!(namespaces, put_namespace, merged_namespace, ElementId::Namespace);
    remove_unused(&mut model, gone);
    model
}

/// The parts of one kind in three models.
struct Parts<'a, I, T> {
    ours: IndexMap<I, &'a T>,
    echo: Option<IndexMap<I, &'a T>>,
    theirs: IndexMap<I, &'a T>,
}

impl<I: Copy + Eq + Hash, T: Clone + PartialEq> Parts<'_, I, T> {
    /// What is new or not as it was.
    fn merged(&self, silence: Silence, merge: impl Fn(&Three<'_, T>) -> T) -> Vec<T> {
        let parts = self.theirs.iter().filter_map(|(id, theirs)| {
            let base = self.echo.as_ref().and_then(|echo| echo.get(id)).copied();
            match self.ours.get(id) {
                Some(ours) => {
                    let merged = merge(&Three { ours, base, theirs, silence });
                    (merged != **ours).then_some(merged)
                }
                // In this form the format says something that the project has in another.
                None if base.is_some() => None,
                None => Some((*theirs).clone()),
            }
        });
        parts.collect()
    }

    /// What the format would have said, and the import does not.
    fn gone(&self) -> Vec<I> {
        let is_sayable = |id: &I| match &self.echo {
            Some(echo) => echo.contains_key(id),
            None => true,
        };
        let gone = self.ours.keys().filter(|id| !self.theirs.contains_key(*id));
        gone.filter(|id| is_sayable(id)).copied().collect()
    }
}
