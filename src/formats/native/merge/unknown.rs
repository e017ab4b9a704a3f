//! What two sides may have begun with, where nobody knows it: a beginning from which both changed all
//! in which they differ, so that nothing of it is decided behind a person's back.

use indexmap::IndexSet;
use serde_json::{Map, Value};

use crate::formats::native::merge::elements::{Element, Elements, Members};
use crate::formats::native::merge::values::SETS;

/// Stands for a value that nobody knows; no member of a file is ever this.
pub(super) const NOBODY_KNOWS: Value = Value::Null;

/// The beginning of two sides. Where they order a list differently, ours counts.
pub(super) fn unknown_base(ours: &Elements, theirs: &Elements) -> Elements {
    let mut base = Elements::default();
    let ids: IndexSet<&String> = ours.all.keys().chain(theirs.all.keys()).collect();
    for id in ids {
        let members = |side: &Elements| side.all.get(id).map(|element| element.members.clone());
        let members =
            shared(&members(ours).unwrap_or_default(), &members(theirs).unwrap_or_default());
        let place = ours.all.get(id).or_else(|| theirs.all.get(id)).map(|one| one.place.clone());
        base.all.insert(id.clone(), Element { place: place.unwrap_or_default(), members });
    }
    // With their order as the beginning, ours is the one that changed.
    base.lists.clone_from(&ours.lists);
    base.lists.extend(theirs.lists.iter().map(|(place, ids)| (place.clone(), ids.clone())));
    base
}

/// The members that both have alike; any other is one that nobody knows.
fn shared(ours: &Members, theirs: &Members) -> Members {
    let keys: IndexSet<&String> = ours.keys().chain(theirs.keys()).collect();
    let mut members = Map::new();
    for key in keys {
        let value = match (ours.get(key), theirs.get(key)) {
            (Some(ours), Some(theirs)) if ours == theirs => ours.clone(),
            (Some(Value::Object(ours)), Some(Value::Object(theirs))) => {
                Value::Object(shared(ours, theirs))
            }
            // Of lists in which only it counts what is in them, both are kept.
            _ if SETS.contains(&key.as_str()) => continue,
            _ => NOBODY_KNOWS,
        };
        members.insert(key.clone(), value);
    }
    members
}
