//! What becomes of things that one side removed.

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use crate::formats::native::merge::elements::Members;
use crate::formats::native::merge::values::SETS;
use crate::formats::native::merge::{Contradiction, Merging, Removed};

/// Removes what one side removed and the other did not touch. What the other side changed or uses
/// is a conflict, with all that was removed along with it.
pub(super) fn settle_removals(merging: &mut Merging<'_>, removed: &IndexMap<String, Removed>) {
    let mut groups = groups_of(removed);
    // What is kept may use what another group holds.
    loop {
        let used = used_by(merging, removed);
        let is_contested = |group: &[String]| {
            group
                .iter()
                .any(|id| used.contains(id) || removed.get(id).is_some_and(|one| one.is_changed))
        };
        let Some(at) = groups.values().position(|group| is_contested(group)) else { break };
        let Some((top, group)) = groups.shift_remove_index(at) else { break };
        let Some(by) = removed.get(&top).map(|one| one.by) else { continue };
        if merging.decide(&top, Contradiction::Removal { by }) == Some(by) {
            continue;
        }
        for id in group {
            if let Some(one) = removed.get(&id) {
                merging.merged.all.insert(id, one.survivor.clone());
            }
        }
    }
}

/// What was removed at one stroke, by the uppermost thing of it.
fn groups_of(removed: &IndexMap<String, Removed>) -> IndexMap<String, Vec<String>> {
    let mut groups: IndexMap<String, Vec<String>> = IndexMap::new();
    for (id, one) in removed {
        let mut top = id;
        let mut seen = IndexSet::new();
        while let Some(above) = removed.get(top).map(|one| &one.survivor.place.parent) {
            let is_along = removed.get(above).is_some_and(|other| other.by == one.by);
            if !is_along || !seen.insert(top) {
                break;
            }
            top = above;
        }
        groups.entry(top.clone()).or_default().push(id.clone());
    }
    groups
}

/// Which of the removed things hold or are named by what is kept.
fn used_by(merging: &Merging<'_>, removed: &IndexMap<String, Removed>) -> IndexSet<String> {
    let mut used = IndexSet::new();
    let mut note = |id: &str| {
        if removed.contains_key(id) && !merging.merged.all.contains_key(id) {
            used.insert(id.to_owned());
        }
    };
    for element in merging.merged.all.values() {
        note(&element.place.parent);
        mentions(&element.members, &mut note);
    }
    used
}

/// Calls `note` with every id in these members, but for lists of what is merely shown.
fn mentions(members: &Members, note: &mut dyn FnMut(&str)) {
    for (key, value) in members {
        if !SETS.contains(&key.as_str()) {
            mentions_in(value, note);
        }
    }
}

fn mentions_in(value: &Value, note: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => {
            let is_border = |c: char| !c.is_ascii_alphanumeric() && c != '_';
            text.split(is_border).filter(|word| word.contains('_')).for_each(note);
        }
        Value::Array(items) => items.iter().for_each(|item| mentions_in(item, note)),
        Value::Object(members) => mentions(members, note),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
