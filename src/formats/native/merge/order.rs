//! One order of three.

use indexmap::{IndexMap, IndexSet};

/// Things that stand together behind a thing that all versions have.
type Runs<'a> = IndexMap<Option<&'a String>, Vec<Vec<&'a String>>>;

/// The order of the things in `merged`, or `None` where both sides put what all three have in
/// orders that contradict each other.
///
/// - What one side put in stands behind what it was put behind; what both put into one place is
///   ordered by id, each side's things together, so that the sides may be exchanged.
pub(super) fn merge_order<'a>(
    base: &'a [String],
    ours: &'a [String],
    theirs: &'a [String],
    merged: &IndexSet<&String>,
) -> Option<Vec<&'a String>> {
    let [in_base, in_ours, in_theirs] =
        [base, ours, theirs].map(|list| list.iter().collect::<IndexSet<_>>());
    let is_common = |id: &&String| {
        merged.contains(id)
            && in_base.contains(id)
            && in_ours.contains(id)
            && in_theirs.contains(id)
    };
    let [before, by_us, by_them] =
        [base, ours, theirs].map(|list| list.iter().filter(is_common).collect::<Vec<_>>());
    let common = if by_us == by_them || by_them == before {
        by_us
    } else if by_us == before {
        by_them
    } else {
        return None;
    };
    let mut runs = Runs::new();
    let mut placed = IndexSet::new();
    for side in [ours, theirs] {
        let mut anchor = None;
        let mut run = Vec::new();
        for id in side {
            if is_common(&id) {
                end_run(&mut runs, anchor, &mut run);
                anchor = Some(id);
            } else if merged.contains(id) && placed.insert(id) {
                run.push(id);
            }
        }
        end_run(&mut runs, anchor, &mut run);
    }
    let mut order = Vec::with_capacity(merged.len());
    for anchor in std::iter::once(None).chain(common.into_iter().map(Some)) {
        order.extend(anchor);
        let mut here = runs.swap_remove(&anchor).unwrap_or_default();
        here.sort_by_key(|run| run.iter().min().copied());
        order.extend(here.into_iter().flatten());
    }
    Some(order)
}

fn end_run<'a>(runs: &mut Runs<'a>, anchor: Option<&'a String>, run: &mut Vec<&'a String>) {
    if !run.is_empty() {
        runs.entry(anchor).or_default().push(std::mem::take(run));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    fn merge(base: &str, ours: &str, theirs: &str, merged: &str) -> Option<String> {
        let [base, ours, theirs, merged] = [base, ours, theirs, merged].map(list);
        let order = merge_order(&base, &ours, &theirs, &merged.iter().collect())?;
        Some(order.into_iter().cloned().collect())
    }

    #[test]
    fn each_side_may_add_move_and_remove() {
        for (base, ours, theirs, expected) in [
            ("abc", "abc", "abc", "abc"),
            ("abc", "axbc", "abcy", "axbcy"),
            ("abc", "abcx", "abcy", "abcxy"),
            ("abc", "abcy", "abcx", "abcxy"),
            ("abc", "cab", "abxc", "cabx"),
            ("abc", "ac", "abxc", "axc"),
            ("", "yz", "ax", "axyz"),
        ] {
            assert_eq!(merge(base, ours, theirs, expected).as_deref(), Some(expected));
            assert_eq!(merge(base, theirs, ours, expected).as_deref(), Some(expected));
        }
    }

    #[test]
    fn two_orders_that_contradict_each_other_are_a_conflict() {
        assert_eq!(merge("abc", "bac", "acb", "abc"), None);
    }

    #[test]
    fn what_one_side_removed_and_the_other_keeps_stands_where_it_stood() {
        assert_eq!(merge("abc", "ac", "abc", "abc").as_deref(), Some("abc"));
    }
}
