//! Which id of an import stands for which id of the project.

use std::hash::Hash;

use indexmap::{IndexMap, IndexSet};

use crate::model::id::{
    AreaId, CheckId, EntityId, EnumerationId, FieldId, IndexId, KeyId, NamespaceId, NoteId,
    ReferenceId, ValueId,
};

/// Ids of one kind.
///
/// - An id is in one pair at most.
#[derive(Clone, Debug)]
pub(super) struct Pairs<I> {
    ours: IndexMap<I, I>,
    taken: IndexSet<I>,
}

impl<I> Default for Pairs<I> {
    fn default() -> Self {
        Self { ours: IndexMap::new(), taken: IndexSet::new() }
    }
}

impl<I: Copy + Eq + Hash> Pairs<I> {
    /// What the import's `theirs` is in the project.
    pub(super) fn ours(&self, theirs: I) -> Option<I> {
        self.ours.get(&theirs).copied()
    }

    /// Whether nothing is known of either yet.
    pub(super) fn are_free(&self, ours: I, theirs: I) -> bool {
        !self.taken.contains(&ours) && !self.ours.contains_key(&theirs)
    }

    /// Whether no element of the import is this one of the project.
    pub(super) fn is_free_of_ours(&self, ours: I) -> bool {
        !self.taken.contains(&ours)
    }

    /// Whether it is not known what this element of the import is.
    pub(super) fn is_free_of_theirs(&self, theirs: I) -> bool {
        !self.ours.contains_key(&theirs)
    }

    /// Makes a pair of them unless one has its pair already.
    pub(super) fn pair(&mut self, ours: I, theirs: I) {
        if self.are_free(ours, theirs) {
            self.ours.insert(theirs, ours);
            self.taken.insert(ours);
        }
    }

    /// Pairs what has the same key, as far as it is free; several of one key in their order, or
    /// not at all when they must be `alone`.
    pub(super) fn pair_by<'a, T: 'a, K: Hash + Eq>(
        &mut self,
        (ours, theirs): (&[&'a T], &[&'a T]),
        id: impl Fn(&T) -> I,
        keys: &(impl Fn(&'a T) -> Option<K>, impl Fn(&'a T) -> Option<K>),
        tie: Tie,
    ) {
        let mut groups: IndexMap<K, (Vec<I>, Vec<I>)> = IndexMap::new();
        for one in ours.iter().filter(|one| self.is_free_of_ours(id(one))) {
            if let Some(key) = keys.0(one) {
                groups.entry(key).or_default().0.push(id(one));
            }
        }
        for one in theirs.iter().filter(|one| self.is_free_of_theirs(id(one))) {
            if let Some(group) = keys.1(one).and_then(|key| groups.get_mut(&key)) {
                group.1.push(id(one));
            }
        }
        for (ours, theirs) in groups.into_values() {
            if tie == Tie::InOrder || (ours.len() == 1 && theirs.len() == 1) {
                ours.into_iter().zip(theirs).for_each(|(ours, theirs)| self.pair(ours, theirs));
            }
        }
    }
}

/// What becomes of several that have the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// The first of one is the first of the other.
    InOrder,
    /// Nobody knows which is which.
    Unknown,
}

/// Ids of every kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Counterparts {
    pub(super) namespaces: Pairs<NamespaceId>,
    pub(super) entities: Pairs<EntityId>,
    pub(super) fields: Pairs<FieldId>,
    pub(super) keys: Pairs<KeyId>,
    pub(super) indexes: Pairs<IndexId>,
    pub(super) checks: Pairs<CheckId>,
    pub(super) enumerations: Pairs<EnumerationId>,
    pub(super) values: Pairs<ValueId>,
    pub(super) references: Pairs<ReferenceId>,
    pub(super) areas: Pairs<AreaId>,
    pub(super) notes: Pairs<NoteId>,
}
