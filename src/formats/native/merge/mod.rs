//! Three versions of a project as one: two people changed what was once the same.
//!
//! What has an id is one thing in all versions, whatever it is called and wherever it moved, so each
//! member of each thing is merged by itself (a three-way merge: Khanna, Kunal and Pierce, 2007). Two
//! sides are in conflict only where both changed the same member to something else, or where one
//! removed what the other changed or uses. Reading order: [`merge`], `elements` (a file as a table
//! of things), `values`, `order`, `unknown` (sides whose beginning nobody knows), then [`markers`] (a
//! merge that waits for a person, as text), [`waiting`] (the sides in such a text) and [`words`]
//! (conflicts as a person reads them).
//!
//! Must not know files on disk, nor how conflicts are shown.

mod elements;
pub mod markers;
mod order;
mod removals;
mod unknown;
mod values;
pub mod waiting;
pub mod words;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::formats::native;
use crate::formats::native::convert::{file_from_project, project_from_file};
use crate::formats::native::merge::elements::{Element, Elements, Place};
use crate::formats::native::merge::order::merge_order;
use crate::formats::native::merge::removals::settle_removals;
use crate::formats::native::merge::unknown::{NOBODY_KNOWS, unknown_base};
use crate::formats::native::merge::values::merge_members;
use crate::formats::native::v1;

/// Whose version it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The version that the other one is merged into.
    Ours,
    /// The version that comes in.
    Theirs,
}

/// Three versions of one project.
#[derive(Clone, Copy, Debug)]
pub struct Versions<'a> {
    /// What both sides began with.
    pub base: &'a Project,
    /// One side.
    pub ours: &'a Project,
    /// The other side.
    pub theirs: &'a Project,
}

/// A place where the sides contradict each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Id of the thing; empty for the project.
    pub element: String,
    /// What a person calls it: `field users.email`.
    pub subject: String,
    /// What both changed.
    pub what: Contradiction,
}

/// How the sides contradict each other.
#[derive(Clone, Debug, PartialEq)]
pub enum Contradiction {
    /// Both changed a member.
    Member(Box<Member>),
    /// One side removed what the other changed or uses.
    Removal {
        /// Who removed it.
        by: Side,
    },
    /// Both moved it into another list.
    Place,
    /// Both put the things of a list in another order.
    Order {
        /// The list.
        list: String,
    },
}

/// A member that both sides changed to something else; absent stands for its default.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The keys that lead to it, with a dot between them.
    pub path: String,
    /// What it was.
    pub base: Option<Value>,
    /// What one side made of it.
    pub ours: Option<Value>,
    /// What the other side made of it.
    pub theirs: Option<Value>,
}

/// What a merge gives.
#[derive(Clone, Debug)]
pub struct Merged {
    /// One project of both. Where nothing was chosen it says what our side says, and keeps what
    /// only one side removed.
    pub project: Project,
    /// Every conflict, the chosen ones too, in the order of the file.
    pub conflicts: Vec<Conflict>,
    /// What no longer fitted together and was repaired.
    pub diagnostics: Vec<Diagnostic>,
}

/// Decides a conflict, or leaves it open.
pub type Choose<'a> = &'a dyn Fn(&Conflict) -> Option<Side>;

/// Merges two sides; `choose` may decide a conflict.
///
/// - A side that changed nothing leaves the other as it is; two equal sides give that side.
/// - Without conflicts the sides may be exchanged.
pub fn merge(versions: Versions<'_>, choose: Choose<'_>) -> Merged {
    let Versions { base, ours, theirs } = versions;
    merge_elements([base, ours, theirs].map(elements_of), &ours.settings.name, choose)
}

/// Merges two sides of which nobody knows what they began with: all in which they differ is a
/// conflict, but for the order of lists.
pub fn merge_sides(ours: &Project, theirs: &Project, choose: Choose<'_>) -> Merged {
    let [ours_in_file, theirs_in_file] = [ours, theirs].map(elements_of);
    let base = unknown_base(&ours_in_file, &theirs_in_file);
    merge_elements([base, ours_in_file, theirs_in_file], &ours.settings.name, choose)
}

fn merge_elements(versions: [Elements; 3], name: &str, choose: Choose<'_>) -> Merged {
    let [base, ours, theirs] = versions;
    let mut merging =
        Merging { base, ours, theirs, choose, merged: Elements::default(), conflicts: Vec::new() };
    merging.merge_things();
    merging.break_circles();
    merging.merge_lists();
    let Merging { merged, conflicts, .. } = merging;
    let file: v1::File = serde_json::from_value(merged.into_file()).unwrap_or_default();
    let (project, diagnostics) = project_from_file(file, name, "");
    Merged { project, conflicts, diagnostics }
}

/// The merge as the text of a file in which each conflict stands between the markers that Git uses.
pub fn text_with_conflicts(versions: Versions<'_>) -> String {
    let [ours, theirs] = [Side::Ours, Side::Theirs]
        .map(|side| native::write(&merge(versions, &|_| Some(side)).project));
    markers::join(&ours, &theirs)
}

fn elements_of(project: &Project) -> Elements {
    Elements::of_file(serde_json::to_value(file_from_project(project)).unwrap_or_default())
}

struct Merging<'a> {
    base: Elements,
    ours: Elements,
    theirs: Elements,
    choose: Choose<'a>,
    merged: Elements,
    conflicts: Vec<Conflict>,
}

/// A thing that one side removed and the other still has.
#[derive(Clone, Debug)]
struct Removed {
    by: Side,
    /// How the other side has it.
    survivor: Element,
    is_changed: bool,
}

impl Merging<'_> {
    /// Notes a conflict; who is chosen, our side where nobody is.
    fn decide(&mut self, element: &str, what: Contradiction) -> Option<Side> {
        let has = |side: &&Elements| side.all.contains_key(element);
        let side = Some(&self.ours).filter(has).unwrap_or(&self.theirs);
        let subject = side.title(element);
        let conflict = Conflict { element: element.to_owned(), subject, what };
        let chosen = (self.choose)(&conflict);
        self.conflicts.push(conflict);
        chosen
    }

    fn merge_things(&mut self) {
        let ids: IndexSet<String> = [&self.base, &self.ours, &self.theirs]
            .into_iter()
            .flat_map(|version| version.all.keys().cloned())
            .collect();
        let mut removed: IndexMap<String, Removed> = IndexMap::new();
        for id in ids {
            let [base, ours, theirs] =
                [&self.base, &self.ours, &self.theirs].map(|version| version.all.get(&id).cloned());
            match (base, ours, theirs) {
                (base, Some(ours), Some(theirs)) => {
                    let thing = self.merge_thing(&id, [base.as_ref(), Some(&ours), Some(&theirs)]);
                    self.merged.all.insert(id, thing);
                }
                (None, Some(added), None) | (None, None, Some(added)) => {
                    self.merged.all.insert(id, added);
                }
                (Some(base), Some(survivor), None) => {
                    let is_changed = survivor != base;
                    removed.insert(id, Removed { by: Side::Theirs, survivor, is_changed });
                }
                (Some(base), None, Some(survivor)) => {
                    let is_changed = survivor != base;
                    removed.insert(id, Removed { by: Side::Ours, survivor, is_changed });
                }
                (_, None, None) => {}
            }
        }
        settle_removals(self, &removed);
    }

    fn merge_thing(&mut self, id: &str, versions: [Option<&Element>; 3]) -> Element {
        let [base, ours, theirs] = versions;
        let maps = versions.map(|element| element.map(|element| &element.members));
        let members = merge_members(&[], maps, &mut |path, values| {
            let [base, ours, theirs] = values.map(Option::<&Value>::cloned);
            let base = base.filter(|base| *base != NOBODY_KNOWS);
            let member = Member { path: path.join("."), base, ours, theirs };
            self.decide(id, Contradiction::Member(Box::new(member))) == Some(Side::Theirs)
        });
        let mut thing = Element { place: Place::default(), members };
        let place = |element: Option<&Element>| element.map(|element| element.place.clone());
        let [base, ours, theirs] = [base, ours, theirs].map(place);
        thing.place = if ours == theirs || theirs == base {
            ours.unwrap_or_default()
        } else if ours == base || self.decide(id, Contradiction::Place) == Some(Side::Theirs) {
            theirs.unwrap_or_default()
        } else {
            ours.unwrap_or_default()
        };
        thing
    }

    /// Two sides can put a thing into each other's; then both stand where our side has them.
    fn break_circles(&mut self) {
        for id in self.merged.all.keys().cloned().collect::<Vec<_>>() {
            let mut seen = IndexSet::new();
            let mut at = id.clone();
            while let Some(element) = self.merged.all.get(&at) {
                if at.is_empty() || !seen.insert(at.clone()) {
                    break;
                }
                at.clone_from(&element.place.parent);
            }
            if seen.contains(&at) {
                for id in seen {
                    let place = self.ours.all.get(&id).map(|element| element.place.clone());
                    if let (Some(place), Some(element)) = (place, self.merged.all.get_mut(&id)) {
                        element.place = place;
                    }
                }
            }
        }
    }

    fn merge_lists(&mut self) {
        let mut lists: IndexMap<Place, IndexSet<String>> = IndexMap::new();
        for (id, element) in self.merged.all.iter().filter(|(id, _)| !id.is_empty()) {
            lists.entry(element.place.clone()).or_default().insert(id.clone());
        }
        for (place, ids) in lists {
            let nothing = Vec::new();
            let [base, ours, theirs] = [&self.base, &self.ours, &self.theirs]
                .map(|version| version.lists.get(&place).unwrap_or(&nothing).clone());
            let set = ids.iter().collect();
            let order = merge_order(&base, &ours, &theirs, &set).or_else(|| {
                let what = Contradiction::Order { list: place.list.clone() };
                let is_theirs = self.decide(&place.parent, what) == Some(Side::Theirs);
                let chosen = if is_theirs { &theirs } else { &ours };
                merge_order(chosen, chosen, chosen, &set)
            });
            let order = order.unwrap_or_default();
            let mut order: IndexSet<String> = order.into_iter().cloned().collect();
            order.extend(ids);
            self.merged.lists.insert(place, order.into_iter().collect());
        }
    }
}
