//! Looking names up as people mean them: as written, else without case, else in another namespace.

use indexmap::IndexMap;

use crate::base::similar::did_you_mean;
use crate::formats::draft::name::Name;

/// Declared names and what each one stands for.
#[derive(Debug)]
pub(super) struct NameTable<T> {
    exact: IndexMap<(Option<String>, String), T>,
    folded: IndexMap<(Option<String>, String), T>,
    anywhere: IndexMap<String, T>,
    shown: Vec<String>,
}

/// What a name stands for, and how it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found<T> {
    pub(super) id: T,
    pub(super) by: Match,
}

/// How a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// As it was declared.
    Exactly,
    /// Letters differ in case.
    IgnoringCase,
    /// In another namespace, which the name leaves out or gets wrong.
    Elsewhere,
}

impl<T> Default for NameTable<T> {
    fn default() -> Self {
        let [exact, folded] = [IndexMap::new(), IndexMap::new()];
        Self { exact, folded, anywhere: IndexMap::new(), shown: Vec::new() }
    }
}

impl<T: Copy> NameTable<T> {
    /// Declares a name; of equal ones the first stays.
    pub(super) fn declare(&mut self, name: &Name, id: T) {
        let lower = name.name.to_lowercase();
        let namespace = name.namespace.as_ref().map(|one| one.to_lowercase());
        self.exact.entry((name.namespace.clone(), name.name.clone())).or_insert(id);
        self.folded.entry((namespace, lower.clone())).or_insert(id);
        self.anywhere.entry(lower).or_insert(id);
        self.shown.push(name.shown());
    }

    /// What a name stands for.
    pub(super) fn find(&self, name: &Name) -> Option<Found<T>> {
        if let Some(id) = self.exact.get(&(name.namespace.clone(), name.name.clone())) {
            return Some(Found { id: *id, by: Match::Exactly });
        }
        let lower = name.name.to_lowercase();
        let namespace = name.namespace.as_ref().map(|one| one.to_lowercase());
        if let Some(id) = self.folded.get(&(namespace, lower.clone())) {
            return Some(Found { id: *id, by: Match::IgnoringCase });
        }
        self.anywhere.get(&lower).map(|id| Found { id: *id, by: Match::Elsewhere })
    }

    /// The name that was probably meant.
    pub(super) fn hint(&self, name: &Name) -> Option<String> {
        did_you_mean(&name.shown(), self.shown.iter().map(String::as_str))
    }
}
