//! What a project says, as text that two drawings of it share: its file with every id replaced by
//! the name of what it names. Indexes of an entity and members of an area are in the order of their
//! texts, which means nothing; all other orders are kept.

use lunette::document::project::Project;
use lunette::formats::native;
use serde_json::{Map, Value};

/// Where things stand in the diagrams.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Places {
    Told,
    Untold,
}

/// The whole file without ids, with or without the places in it.
pub(super) fn told(project: &Project, places: Places) -> String {
    let mut text = native::write(project);
    let mut file: Value = serde_json::from_str(&text).unwrap();
    let mut names = Vec::new();
    collect("", "", &file, &mut names);
    for (id, name) in names {
        text = text.replace(&id, &name);
    }
    file = serde_json::from_str(&text).unwrap();
    if places == Places::Untold {
        for diagram in file["diagrams"].as_array_mut().unwrap() {
            let diagram = diagram.as_object_mut().unwrap();
            diagram
                .retain(|key, _| !["cards", "notes", "frames", "routes"].contains(&key.as_str()));
        }
    }
    sort(&mut file);
    serde_json::to_string_pretty(&file).unwrap()
}

/// The id of everything below, with what it is called: its name below its owner's, or its number.
fn collect(owner: &str, list: &str, value: &Value, names: &mut Vec<(String, String)>) {
    match value {
        Value::Array(all) => {
            for (at, one) in all.iter().enumerate() {
                let Some(id) = one.get("id").and_then(Value::as_str) else { continue };
                let number = (at + 1).to_string();
                let name = one.get("name").and_then(Value::as_str).unwrap_or(&number);
                let name = format!("{owner}{list}:{name}");
                collect(&format!("{name}/"), "", one, names);
                // Rules have no name, and their order says nothing.
                let is_rule = ["keys", "indexes"].contains(&list);
                let name = if is_rule { format!("{owner}{list}") } else { name };
                names.push((id.to_owned(), name));
            }
        }
        Value::Object(all) => {
            for (key, one) in all {
                collect(owner, key, one, names);
            }
        }
        _ => {}
    }
}

fn sort(value: &mut Value) {
    match value {
        Value::Object(all) => {
            for key in ["indexes", "members"] {
                if let Some(Value::Array(list)) = all.get_mut(key) {
                    list.sort_by_key(Value::to_string);
                }
            }
            for key in ["cards", "notes", "frames"] {
                if let Some(Value::Object(places)) = all.get_mut(key) {
                    sort_keys(places);
                }
            }
            all.values_mut().for_each(sort);
        }
        Value::Array(all) => all.iter_mut().for_each(sort),
        _ => {}
    }
}

/// A diagram lists its places in the order of the ids.
fn sort_keys(places: &mut Map<String, Value>) {
    let mut entries: Vec<_> = std::mem::take(places).into_iter().collect();
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    places.extend(entries);
}
