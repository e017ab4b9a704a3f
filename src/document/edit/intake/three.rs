//! Three versions of one thing: as the project has it, as the import's format would say what the
//! project has, and as the import says it. What the format says just so is not contradicted, so
//! the project's own version stays; all else is taken from the import.

use std::collections::BTreeMap;
use std::hash::Hash;

use indexmap::{IndexMap, IndexSet};

/// What it means that an import says nothing of a note, a name or a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// Nobody said anything against it: what a person wrote stays.
    Keeps,
    /// The import holds everything, so it is gone.
    Clears,
}

/// Three versions of one thing.
#[derive(Debug)]
pub(super) struct Three<'a, T> {
    pub(super) ours: &'a T,
    /// None when the format is not written by Lunette, or has no word for the thing.
    pub(super) base: Option<&'a T>,
    pub(super) theirs: &'a T,
    pub(super) silence: Silence,
}

impl<'a, T> Three<'a, T> {
    /// An attribute that every format can say.
    pub(super) fn pick<V: PartialEq + Clone>(&self, of: impl Fn(&T) -> &V) -> V {
        if self.is_said_before(&of) { of(self.ours).clone() } else { of(self.theirs).clone() }
    }

    /// An attribute that a person adds to what a format says, such as a note: an import without it
    /// leaves it alone.
    pub(super) fn pick_said<V: PartialEq + Clone + Default>(&self, of: impl Fn(&T) -> &V) -> V {
        if self.silence == Silence::Keeps && *of(self.theirs) == V::default() {
            return of(self.ours).clone();
        }
        self.pick(of)
    }

    /// An attribute that not every format can say: where nobody knows what this one can say, an
    /// import without it leaves it alone.
    pub(super) fn pick_rare<V: PartialEq + Clone + Default>(&self, of: impl Fn(&T) -> &V) -> V {
        if self.base.is_none() && *of(self.theirs) == V::default() {
            return of(self.ours).clone();
        }
        self.pick(of)
    }

    /// Whether the import says of an attribute what the format would say of the project's.
    pub(super) fn is_said_before<V: PartialEq>(&self, of: impl Fn(&T) -> &V) -> bool {
        self.base.is_some_and(|base| of(base) == of(self.theirs))
    }

    /// A part of the thing, in three versions.
    pub(super) fn part<V>(&self, of: impl Fn(&'a T) -> &'a V) -> Three<'a, V> {
        Three {
            ours: of(self.ours),
            base: self.base.map(&of),
            theirs: of(self.theirs),
            silence: self.silence,
        }
    }
}

impl Three<'_, BTreeMap<String, String>> {
    /// A map whose entries stand for themselves.
    pub(super) fn entries(&self) -> BTreeMap<String, String> {
        let mut merged = self.ours.clone();
        for (key, value) in self.theirs {
            if self.base.and_then(|base| base.get(key)) != Some(value) {
                merged.insert(key.clone(), value.clone());
            }
        }
        let gone = self.base.into_iter().flat_map(BTreeMap::keys);
        for key in gone.filter(|key| !self.theirs.contains_key(*key)) {
            merged.remove(key);
        }
        merged
    }
}

impl<T> Three<'_, Vec<T>> {
    /// A list whose items have ids: new ones are added, gone ones removed, the others merged.
    pub(super) fn items<I: Copy + Eq + Hash>(
        &self,
        id: impl Fn(&T) -> I,
        merge: impl Fn(Three<'_, T>) -> T,
    ) -> Vec<T>
    where
        T: Clone,
    {
        let by_id = |list: &[T]| list.iter().map(|one| (id(one), one.clone())).collect();
        let ours: IndexMap<I, T> = by_id(self.ours);
        let theirs: IndexMap<I, T> = by_id(self.theirs);
        let base: Option<IndexMap<I, T>> = self.base.map(|base| by_id(base));
        let was_said = |id: &I| base.as_ref().is_some_and(|base| base.contains_key(id));
        let mut merged = IndexMap::new();
        for (id, ours) in &ours {
            if let Some(theirs) = theirs.get(id) {
                let base = base.as_ref().and_then(|base| base.get(id));
                let silence = self.silence;
                merged.insert(*id, merge(Three { ours, base, theirs, silence }));
            } else if base.is_some() && !was_said(id) {
                merged.insert(*id, ours.clone());
            }
        }
        for (id, theirs) in theirs.iter().filter(|(id, _)| !ours.contains_key(*id)) {
            if !was_said(id) {
                merged.insert(*id, theirs.clone());
            }
        }
        let base = base.as_ref().unwrap_or(&ours);
        let order = ordered(&merged, (&keys(&ours), &keys(base), &keys(&theirs)));
        order.into_iter().filter_map(|id| merged.shift_remove(&id)).collect()
    }
}

fn keys<I: Copy + Eq + Hash, T>(items: &IndexMap<I, T>) -> IndexSet<I> {
    items.keys().copied().collect()
}

/// The order of a merged list: the import's where it contradicts the project's; what one of them
/// lacks follows the one that it stands behind in the other.
fn ordered<I: Copy + Eq + Hash, T>(
    merged: &IndexMap<I, T>,
    (ours, base, theirs): (&IndexSet<I>, &IndexSet<I>, &IndexSet<I>),
) -> Vec<I> {
    let of_base = base.iter().filter(|id| theirs.contains(*id));
    let of_theirs = theirs.iter().filter(|id| base.contains(*id));
    let (first, second) = if of_base.eq(of_theirs) { (ours, theirs) } else { (theirs, ours) };
    let mut order: Vec<I> = first.iter().copied().filter(|id| merged.contains_key(id)).collect();
    let mut before: Option<I> = None;
    for id in second.iter().filter(|id| merged.contains_key(*id)) {
        if !first.contains(id) {
            let place = order.iter().position(|one| Some(*one) == before);
            order.insert(place.map_or(0, |place| place + 1), *id);
        }
        before = Some(*id);
    }
    order
}
