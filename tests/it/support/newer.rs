//! The kitchen sink as a newer version might write it: with keys that this one does not know.

use lunette::formats::native::write;
use serde_json::{Value, json};

use super::kitchen_sink;

/// Objects that are not looked into: their keys are data, all the way down.
const DATA: [&str; 4] = ["targetOptions", "nativeTypes", "extras", "default"];
/// Objects whose own keys are ids.
const BY_ID: [&str; 4] = ["cards", "notes", "frames", "routes"];

/// Adds unknown members to every object in `value`, which is the member `key`.
fn add_unknown(value: &mut Value, key: &str) {
    match value {
        Value::Object(members) => {
            let known = members.iter_mut().filter(|(name, _)| !DATA.contains(&name.as_str()));
            known.for_each(|(name, member)| add_unknown(member, name));
            if !BY_ID.contains(&key) {
                let unknown = json!({ "list": [1.5, "\u{202e}\"\\", {}], "no": null });
                members.insert("zz-newer".to_owned(), unknown);
                members.insert(String::new(), json!(u64::MAX));
            }
        }
        // Members of lists are objects of their own, also where a map has the same name.
        Value::Array(items) => items.iter_mut().for_each(|item| add_unknown(item, "")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A project file in which every object has members that no version knows.
pub(crate) fn newer_file() -> Value {
    let mut value = serde_json::from_str(&write(&kitchen_sink())).unwrap();
    add_unknown(&mut value, "");
    value
}
