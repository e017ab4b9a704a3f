//! One value of three.

use indexmap::IndexSet;
use serde_json::{Map, Value};

use crate::formats::native::merge::order::merge_order;

/// Lists in which only it counts what is in them.
pub(super) const SETS: [&str; 3] = ["members", "shows", "foldedFields"];

/// Members whose members each belong together: how one thing looks in a diagram.
pub(super) const LOOKS: [&str; 4] = ["cards", "notes", "frames", "routes"];

/// Members of which one part means nothing without the others.
const WHOLES: [&str; 3] = [super::elements::JOINS, "default", "generated"];

/// The same member in three versions; absent stands for its default.
pub(super) type Three<'a> = [Option<&'a Value>; 3];

/// The value of a member, and every place at which both sides changed it to something else. There
/// `choose` decides between the sides.
pub(super) fn merge_value(
    path: &[&str],
    [base, ours, theirs]: Three<'_>,
    choose: &mut dyn FnMut(&[&str], Three<'_>) -> bool,
) -> Option<Value> {
    if ours == theirs || theirs == base {
        return ours.cloned();
    }
    if ours == base {
        return theirs.cloned();
    }
    let is_whole = path.last().is_some_and(|key| WHOLES.contains(key))
        || path.iter().rev().nth(1).is_some_and(|key| LOOKS.contains(key));
    match (ours, theirs) {
        (Some(Value::Object(ours)), Some(Value::Object(theirs))) if !is_whole => {
            let base = base.and_then(Value::as_object);
            Some(Value::Object(merge_members(path, [base, Some(ours), Some(theirs)], choose)))
        }
        (Some(Value::Array(ours)), Some(Value::Array(theirs)))
            if path.last().is_some_and(|key| SETS.contains(key)) =>
        {
            let base = base.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            Some(merge_sets(base, ours, theirs))
        }
        _ if choose(path, [base, ours, theirs]) => theirs.cloned(),
        _ => ours.cloned(),
    }
}

/// Merges the members of an object one by one.
pub(super) fn merge_members(
    path: &[&str],
    versions: [Option<&Map<String, Value>>; 3],
    choose: &mut dyn FnMut(&[&str], Three<'_>) -> bool,
) -> Map<String, Value> {
    let keys: IndexSet<&String> = versions.iter().flatten().flat_map(|map| map.keys()).collect();
    let mut merged = Map::new();
    for key in keys {
        let values = versions.map(|map| map.and_then(|map| map.get(key)));
        let inner = [path, &[key.as_str()]].concat();
        if let Some(value) = merge_value(&inner, values, choose) {
            merged.insert(key.clone(), value);
        }
    }
    merged
}

fn merge_sets(base: &[Value], ours: &[Value], theirs: &[Value]) -> Value {
    let texts = |list: &[Value]| -> Vec<String> {
        list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let [base, ours, theirs] = [texts(base), texts(ours), texts(theirs)];
    let stays = |one: &&String| {
        let sides = usize::from(ours.contains(*one)) + usize::from(theirs.contains(*one));
        sides == 2 || sides == 1 && !base.contains(*one)
    };
    let merged: IndexSet<&String> = ours.iter().chain(&theirs).filter(stays).collect();
    let order = merge_order(&base, &ours, &theirs, &merged);
    let order = order.unwrap_or_else(|| {
        let mut sorted: Vec<_> = merged.into_iter().collect();
        sorted.sort();
        sorted
    });
    order.into_iter().map(|one| Value::from(one.as_str())).collect()
}
