//! The differences of an import by the element that stands by itself, as the preview lists them.

use indexmap::IndexMap;

use crate::model::diff::words::{kind_of, predicate, sentences};
use crate::model::diff::{Difference, What};
use crate::model::id::ElementId;

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Fate {
    Added,
    Changed,
    Removed,
}

impl Fate {
    /// All of them, in the order of the list.
    pub(super) const ALL: [Self; 3] = [Self::Added, Self::Changed, Self::Removed];

    /// Its word in the summary and before a section.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Added => "new",
            Self::Changed => "changed",
            Self::Removed => "no longer there",
        }
    }
}

/// An element with all that differs about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) element: ElementId,
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) fate: Fate,
    /// What differs, when it is neither new nor gone.
    pub(super) lines: Vec<String>,
}

/// The groups of an import, by what becomes of them. `name` says what an element is called.
pub(super) fn groups(differences: &[Difference], name: impl Fn(ElementId) -> String) -> Vec<Group> {
    let mut groups: IndexMap<ElementId, Group> = IndexMap::new();
    for difference in differences {
        let element = difference.owner();
        let group = groups.entry(element).or_insert_with(|| Group {
            element,
            kind: kind_of(element),
            name: name(element),
            fate: Fate::Changed,
            lines: Vec::new(),
        });
        match &difference.what {
            What::Added if element == difference.element => group.fate = Fate::Added,
            What::Removed if element == difference.element => group.fate = Fate::Removed,
            What::Changed(changes) if element == difference.element => {
                group.lines.extend(changes.iter().map(predicate));
            }
            What::Added | What::Removed | What::Changed(_) => {
                // What it belongs to stands above the line.
                let owner = format!(" {}.", group.name);
                let told = sentences(difference).into_iter();
                group.lines.extend(told.map(|sentence| sentence.replacen(&owner, " ", 1)));
            }
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| group.fate);
    groups
}
