//! Which bundles stand next to each other, found by a sweep from top to bottom: whoever keeps its
//! distance from these keeps it from all (Dwyer, Marriott, Stuckey: Fast node overlap removal, 2005).

use std::collections::BTreeMap;

use crate::layout::routing::lanes::{Bundle, SLACK};

/// How many bundles that are in nobody's way are passed over to find one that is.
const MOST_PASSED: usize = 256;
/// How many on either side get to know each other when one between them ends.
const MOST_INTRODUCED: usize = 12;

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
    let conflict = |a: usize, b: usize| {
        let both = bundles.get(a).zip(bundles.get(b));
        both.is_some_and(|(a, b)| a.conflicts(b))
    };
    for (_, is_end, number) in events {
        let Some(rank) = ranks.get(number).copied() else { continue };
        if is_end {
            open.remove(&rank);
        }
        let left = open.range(..rank).rev().map(|(_, left)| *left);
        let right = open.range(rank + 1..).map(|(_, right)| *right);
        if is_end {
            let left: Vec<usize> = left.take(MOST_INTRODUCED).collect();
            let right: Vec<usize> = right.take(MOST_INTRODUCED).collect();
            for a in &left {
                pairs.extend(right.iter().find(|b| conflict(*a, **b)).map(|b| (*a, *b)));
            }
            for b in &right {
                pairs.extend(left.iter().find(|a| conflict(**a, *b)).map(|a| (*a, *b)));
            }
        } else {
            let is_near = |other: &usize| conflict(*other, number);
            pairs.extend(left.take(MOST_PASSED).find(is_near).map(|left| (left, number)));
            pairs.extend(right.take(MOST_PASSED).find(is_near).map(|right| (number, right)));
            open.insert(rank, number);
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
