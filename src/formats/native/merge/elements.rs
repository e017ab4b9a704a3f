//! A project file as a flat table: each thing that has an id, with where it stands and what it says.
//!
//! Lists of things with ids are taken apart, so that two versions are compared thing by thing,
//! wherever it moved. Must not know what the members mean, but for the ends of a reference.

use indexmap::IndexMap;
use serde_json::{Map, Value};

/// The members of a thing, without the lists of other things in it.
pub(super) type Members = Map<String, Value>;

/// Where a thing stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// Id of the thing that holds it; empty for the project.
    pub(super) parent: String,
    /// The list it is in, with a dot between the keys that lead there: `model.entities`.
    pub(super) list: String,
}

/// A thing with an id; the project itself has an empty one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element {
    pub(super) place: Place,
    pub(super) members: Members,
}

/// All things of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Elements {
    pub(super) all: IndexMap<String, Element>,
    /// The ids in each list, in order.
    pub(super) lists: IndexMap<Place, Vec<String>>,
}

/// Members of a reference that only mean something together: which fields its two ends join.
const ENDS: [(&str, &str); 4] =
    [("from", "entity"), ("from", "fields"), ("to", "entity"), ("to", "fields")];

/// The one member that stands for them.
pub(super) const JOINS: &str = "joins";

impl Elements {
    /// The things of a file.
    pub(super) fn of_file(file: Value) -> Self {
        let mut elements = Self::default();
        elements.take("", Place::default(), file);
        elements
    }

    fn take(&mut self, id: &str, place: Place, value: Value) {
        let Value::Object(mut members) = value else { return };
        let mut lists = Vec::new();
        take_lists(&mut members, "", &mut lists);
        if place.list == "model.references" {
            join_ends(&mut members);
        }
        self.all.insert(id.to_owned(), Element { place, members });
        for (list, things) in lists {
            let place = Place { parent: id.to_owned(), list };
            let ids: Vec<String> = things.iter().filter_map(id_of).map(str::to_owned).collect();
            for (id, thing) in ids.iter().zip(things) {
                self.take(id, place.clone(), thing);
            }
            self.lists.insert(place, ids);
        }
    }

    /// The file of these things. What stands in nothing that is there is left out.
    pub(super) fn into_file(mut self) -> Value {
        let mut lists_of: IndexMap<String, Vec<(String, Vec<String>)>> = IndexMap::new();
        for (place, ids) in std::mem::take(&mut self.lists) {
            lists_of.entry(place.parent).or_default().push((place.list, ids));
        }
        self.build("", &mut lists_of)
    }

    fn build(
        &mut self,
        id: &str,
        lists_of: &mut IndexMap<String, Vec<(String, Vec<String>)>>,
    ) -> Value {
        let Some(element) = self.all.swap_remove(id) else { return Value::Null };
        let mut members = element.members;
        split_ends(&mut members);
        for (list, ids) in lists_of.swap_remove(id).unwrap_or_default() {
            let things = ids.iter().map(|id| self.build(id, lists_of));
            let things: Vec<Value> = things.filter(|thing| !thing.is_null()).collect();
            if !things.is_empty() {
                put_list(&mut members, &list, things);
            }
        }
        Value::Object(members)
    }

    /// What a person calls a thing: `field users.email`.
    pub(super) fn title(&self, id: &str) -> String {
        let Some(element) = self.all.get(id) else { return id.to_owned() };
        let text = |key: &str| element.members.get(key).and_then(Value::as_str);
        let own = text("name").or_else(|| text("text")).map(str::to_owned);
        let own = own.unwrap_or_else(|| match element.members.get(JOINS) {
            Some(joins) => self.ends_title(joins),
            None => id.to_owned(),
        });
        let list = element.place.list.rsplit('.').next().unwrap_or_default();
        let kind = match list {
            "" => return "the project".to_owned(),
            "entities" => "entity",
            "indexes" => "index",
            plural => plural.strip_suffix('s').unwrap_or(plural),
        };
        let mut path = vec![own];
        let mut parent = &element.place.parent;
        while let Some(element) = self.all.get(parent).filter(|_| !parent.is_empty()) {
            let name = element.members.get("name").and_then(Value::as_str);
            path.push(name.unwrap_or(parent).to_owned());
            parent = &element.place.parent;
            // Deep nesting is rare and a loop must end.
            if path.len() > 16 {
                break;
            }
        }
        path.reverse();
        format!("{kind} `{}`", path.join("."))
    }

    fn ends_title(&self, joins: &Value) -> String {
        let name = |end: &str| {
            let id = joins.get(format!("{end}.entity")).and_then(Value::as_str);
            let name = id.and_then(|id| self.all.get(id)?.members.get("name")?.as_str());
            name.or(id).unwrap_or_default().to_owned()
        };
        format!("{} → {}", name("from"), name("to"))
    }
}

fn id_of(value: &Value) -> Option<&str> {
    value.get("id").and_then(Value::as_str).filter(|id| !id.is_empty())
}

/// Takes every list of things with ids out of an object and the objects in it.
fn take_lists(members: &mut Members, path: &str, lists: &mut Vec<(String, Vec<Value>)>) {
    let mut taken = Vec::new();
    for (key, value) in members.iter_mut() {
        let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match value {
            Value::Array(things)
                if !things.is_empty() && things.iter().all(|thing| id_of(thing).is_some()) =>
            {
                lists.push((inner, std::mem::take(things)));
                taken.push(key.clone());
            }
            Value::Object(members) => take_lists(members, &inner, lists),
            _ => {}
        }
    }
    for key in taken {
        members.shift_remove(&key);
    }
}

/// Puts a list back where [`take_lists`] took it.
fn put_list(members: &mut Members, path: &str, things: Vec<Value>) {
    match path.split_once('.') {
        None => drop(members.insert(path.to_owned(), Value::Array(things))),
        Some((key, rest)) => {
            let inner = members.entry(key).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put_list(inner, rest, things);
            }
        }
    }
}

fn join_ends(members: &mut Members) {
    let mut joins = Map::new();
    for (end, key) in ENDS {
        let taken = members.get_mut(end).and_then(Value::as_object_mut);
        if let Some(value) = taken.and_then(|end| end.shift_remove(key)) {
            joins.insert(format!("{end}.{key}"), value);
        }
    }
    members.insert(JOINS.to_owned(), Value::Object(joins));
}

fn split_ends(members: &mut Members) {
    let Some(Value::Object(joins)) = members.shift_remove(JOINS) else { return };
    for (path, value) in joins {
        let Some((end, key)) = path.split_once('.') else { continue };
        let end = members.entry(end).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(end) = end {
            end.insert(key.to_owned(), value);
        }
    }
}
