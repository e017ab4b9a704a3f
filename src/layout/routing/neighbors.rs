//! Which bundles stand next to each other, found by a sweep from top to bottom: whoever keeps its
//! distance from these keeps it from all (Dwyer, Marriott, Stuckey: Fast node overlap removal, 2005).

use std::collections::BTreeMap;

use crate::layout::routing::lanes::{Bundle, SLACK};

/// Pairs of bundles, left and right one, that are next to each other somewhere and in each other's
/// way.
pub fn side_by_side(bundles: &[Bundle], ranks: &[usize]) -> Vec<(usize, usize)> {
    let mut events: Vec<(f64, bool, usize)> = Vec::with_capacity(2 * bundles.len());
    for (number, bundle) in bundles.iter().enumerate() {
        events.push((bundle.from - SLACK / 2.0, false, number));
        events.push((bundle.to + SLACK / 2.0, true, number));
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut open: BTreeMap<usize, usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    let mut meet = |left: Option<usize>, right: Option<usize>| {
        let (Some(left), Some(right)) = (left, right) else { return };
        let both = (bundles.get(left), bundles.get(right));
        if both.0.zip(both.1).is_some_and(|(a, b)| a.conflicts(b)) {
            pairs.push((left, right));
        }
    };
    for (_, is_end, number) in events {
        let Some(rank) = ranks.get(number).copied() else { continue };
        if is_end {
            open.remove(&rank);
        }
        let left = open.range(..rank).next_back().map(|(_, left)| *left);
        let right = open.range(rank + 1..).next().map(|(_, right)| *right);
        if is_end {
            meet(left, right);
        } else {
            meet(left, Some(number));
            meet(Some(number), right);
            open.insert(rank, number);
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
