//! A map that keeps insertion order and whose versions share all that they have in common: a
//! document of ten thousand parts keeps thousands of versions of itself.
//!
//! Must not know what it holds.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash};
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexSet;

/// Values that are copied together when one of them changes.
const BLOCK: usize = 64;

/// Keys in order, hashed without randomness.
type Keys<K> = IndexSet<K, BuildHasherDefault<DefaultHasher>>;

/// A map in insertion order whose clones share their parts.
///
/// - A clone costs a list of blocks; so does comparing two versions, where they share them.
/// - Changing a value copies its block; adding or removing a key copies the list of keys.
/// - All blocks but the last are full.
#[derive(Clone)]
pub struct SharedMap<K, V> {
    keys: Arc<Keys<K>>,
    blocks: Vec<Arc<Vec<V>>>,
}

impl<K, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self { keys: Arc::default(), blocks: Vec::new() }
    }
}

impl<K: fmt::Debug + Hash + Eq, V: fmt::Debug> fmt::Debug for SharedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Hash + Eq, V: PartialEq> PartialEq for SharedMap<K, V> {
    /// The same values at the same keys, in any order.
    fn eq(&self, other: &Self) -> bool {
        self.is_same_in_order(other, V::eq)
            || (self.len() == other.len()
                && self.iter().all(|(key, value)| other.get(key) == Some(value)))
    }
}

/// Reading.
impl<K: Hash + Eq, V> SharedMap<K, V> {
    /// How many values there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether that key has a value.
    pub fn contains_key(&self, key: &K) -> bool {
        self.keys.contains(key)
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        value_at(&self.blocks, self.keys.get_index_of(key)?)
    }

    /// Where a key stands.
    pub fn place_of(&self, key: &K) -> Option<usize> {
        self.keys.get_index_of(key)
    }

    /// The value that stands at a place.
    pub fn at(&self, place: usize) -> Option<&V> {
        value_at(&self.blocks, place)
    }

    /// The keys in order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &K> + DoubleEndedIterator {
        self.keys.iter()
    }

    /// The values in order.
    pub fn values(&self) -> Values<'_, V> {
        Values { blocks: &self.blocks, places: 0..self.len() }
    }

    /// Keys and values in order.
    pub fn iter(&self) -> Iter<'_, K, V> {
        self.keys.iter().zip(self.values())
    }

    /// Whether both hold the same keys in the same order, with values that `is_same` accepts. What
    /// they share is not looked at.
    pub fn is_same_in_order(&self, other: &Self, is_same: impl Fn(&V, &V) -> bool) -> bool {
        let pairs = |(old, new): (&Arc<Vec<V>>, &Arc<Vec<V>>)| {
            Arc::ptr_eq(old, new) || old.iter().zip(new.iter()).all(|(old, new)| is_same(old, new))
        };
        self.has_same_keys(other) && self.blocks.iter().zip(&other.blocks).all(pairs)
    }

    /// Whether both hold the same keys in the same order.
    pub fn has_same_keys(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.keys, &other.keys)
            || (self.len() == other.len() && self.keys.iter().eq(other.keys.iter()))
    }

    /// Keys with the value of an older version and the one of this version, without the blocks that
    /// both share; none when they do not hold the same keys in the same order.
    pub fn changed_since<'a>(
        &'a self,
        old: &'a Self,
    ) -> Option<impl Iterator<Item = (&'a K, &'a V, &'a V)>> {
        let blocks = old.blocks.iter().zip(&self.blocks).enumerate();
        let differing = blocks.filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
        let pairs = differing.flat_map(move |(number, (old, new))| {
            let pairs = old.iter().zip(new.iter()).enumerate();
            pairs.filter_map(move |(at, (old, new))| {
                Some((self.keys.get_index(number * BLOCK + at)?, old, new))
            })
        });
        self.has_same_keys(old).then_some(pairs)
    }
}

/// Writing.
impl<K: Hash + Eq + Clone, V: Clone> SharedMap<K, V> {
    /// The value of a key, to change it.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let place = self.keys.get_index_of(key)?;
        Arc::make_mut(self.blocks.get_mut(place / BLOCK)?).get_mut(place % BLOCK)
    }

    /// Gives a key a value: where it stands, or at the end.
    pub fn insert(&mut self, key: K, value: V) {
        if let Some(known) = self.get_mut(&key) {
            *known = value;
        } else {
            Arc::make_mut(&mut self.keys).insert(key);
            self.push(value);
        }
    }

    fn push(&mut self, value: V) {
        match self.blocks.last_mut().filter(|block| block.len() < BLOCK) {
            Some(block) => Arc::make_mut(block).push(value),
            None => self.blocks.push(Arc::new(vec![value])),
        }
    }

    /// Changes the value of a key, or adds a changed default.
    pub fn update(&mut self, key: K, change: impl FnOnce(&mut V))
    where
        V: Default,
    {
        if let Some(known) = self.get_mut(&key) {
            change(known);
        } else {
            let mut value = V::default();
            change(&mut value);
            self.insert(key, value);
        }
    }

    /// Removes a key; all others keep their order.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let removed = self.get(key).cloned();
        self.remove_all([key]);
        removed
    }

    /// Removes some keys, those that are there; all others keep their order.
    pub fn remove_all<'a>(&mut self, gone: impl IntoIterator<Item = &'a K>)
    where
        K: 'a,
    {
        let places = gone.into_iter().filter_map(|key| self.place_of(key));
        let gone: BTreeSet<usize> = places.collect();
        let Some(first) = gone.first() else { return };
        let mut place = 0;
        Arc::make_mut(&mut self.keys).retain(|_| {
            place += 1;
            !gone.contains(&(place - 1))
        });
        // All values behind the first one move up.
        let first = first / BLOCK;
        let behind = self.blocks.split_off(first);
        for (place, value) in behind.iter().flat_map(|block| block.iter()).enumerate() {
            if !gone.contains(&(first * BLOCK + place)) {
                self.push(value.clone());
            }
        }
    }

    /// Removes what `keep` does not accept; all others keep their order.
    pub fn retain(&mut self, keep: impl Fn(&K, &V) -> bool) {
        if self.iter().all(|(key, value)| keep(key, value)) {
            return;
        }
        let kept = self.iter().filter(|(key, value)| keep(key, value));
        *self = kept.map(|(key, value)| (key.clone(), value.clone())).collect();
    }
}

impl<K: Hash + Eq + Clone, V: Clone> FromIterator<(K, V)> for SharedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(parts: I) -> Self {
        let mut map = Self::default();
        map.extend(parts);
        map
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Extend<(K, V)> for SharedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, parts: I) {
        for (key, value) in parts {
            self.insert(key, value);
        }
    }
}

fn value_at<V>(blocks: &[Arc<Vec<V>>], place: usize) -> Option<&V> {
    blocks.get(place / BLOCK)?.get(place % BLOCK)
}

/// Keys and values of a [`SharedMap`].
pub type Iter<'a, K, V> = std::iter::Zip<indexmap::set::Iter<'a, K>, Values<'a, V>>;

impl<'a, K: Hash + Eq, V> IntoIterator for &'a SharedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The values of a [`SharedMap`].
#[derive(Clone, Debug)]
pub struct Values<'a, V> {
    blocks: &'a [Arc<Vec<V>>],
    places: Range<usize>,
}

impl<'a, V> Iterator for Values<'a, V> {
    type Item = &'a V;

    fn next(&mut self) -> Option<&'a V> {
        value_at(self.blocks, self.places.next()?)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl<V> DoubleEndedIterator for Values<'_, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        value_at(self.blocks, self.places.next_back()?)
    }
}

impl<V> ExactSizeIterator for Values<'_, V> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(n: usize) -> SharedMap<usize, usize> {
        (0..n).map(|key| (key, key * 10)).collect()
    }

    #[test]
    fn order_survives_removal() {
        let mut map = counted(3 * BLOCK + 5);
        for gone in [0, BLOCK - 1, BLOCK, 3 * BLOCK + 4] {
            assert_eq!(map.remove(&gone), Some(gone * 10));
            assert_eq!(map.remove(&gone), None);
        }
        map.retain(|key, _| !key.is_multiple_of(3));
        let is_kept = |key: &usize| {
            !key.is_multiple_of(3) && ![BLOCK - 1, BLOCK, 3 * BLOCK + 4].contains(key)
        };
        let expected: Vec<usize> = (0..3 * BLOCK + 5).filter(is_kept).collect();
        assert_eq!(map.keys().copied().collect::<Vec<_>>(), expected);
        assert!(map.iter().all(|(key, value)| *value == key * 10));
        assert!(expected.iter().all(|key| map.get(key) == Some(&(key * 10))));
        assert_eq!(map.values().rev().count(), expected.len());
    }

    #[test]
    fn versions_share_what_did_not_change() {
        let old = counted(10 * BLOCK);
        let mut new = old.clone();
        *new.get_mut(&70).unwrap() = 1;
        assert_ne!(new, old);
        let shared = new.blocks.iter().zip(&old.blocks).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
        assert_eq!(shared, 9);
        let changed: Vec<_> = new.changed_since(&old).unwrap().filter(|(_, a, b)| a != b).collect();
        assert_eq!(changed, [(&70, &700, &1)]);
        new.insert(70, 700);
        assert_eq!(new, old);
        new.insert(9_999, 0);
        assert!(new != old && new.changed_since(&old).is_none());
    }

    #[test]
    fn order_does_not_make_a_difference() {
        let backward: SharedMap<usize, usize> = (0..100).rev().map(|key| (key, key * 10)).collect();
        assert_eq!(backward, counted(100));
        assert!(!backward.is_same_in_order(&counted(100), usize::eq));
    }
}
