//! The JSON Schema of the project file fits the files that are written, and no broken ones.

use jsonschema::Validator;
use serde_json::{Value, json};

use lunette::formats::native::write;

use crate::support::kitchen_sink;
use crate::support::samples::samples;

fn schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lunette.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn file() -> Value {
    serde_json::from_str(&write(&kitchen_sink())).unwrap()
}

#[track_caller]
fn assert_valid(validator: &Validator, value: &Value, name: &str) {
    let errors: Vec<_> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0], "{name}");
}

#[test]
fn every_file_validates() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    jsonschema::draft202012::meta::validate(&schema()).unwrap();
    assert_valid(&validator, &file(), "kitchen sink");
    for sample in samples() {
        let value = serde_json::from_str(&sample.text).unwrap();
        assert_valid(&validator, &value, &sample.name);
    }
}

/// The schema, with every object closed to keys that it does not list.
fn closed(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(closed);
            if members.contains_key("properties") && !members.contains_key("additionalProperties") {
                members.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(closed),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_schema_lists_every_key_that_is_written() {
    let mut schema = schema();
    closed(&mut schema);
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    assert_valid(&validator, &file(), "kitchen sink");
}

#[test]
fn broken_files_do_not_validate() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let breaks: [(&str, Value); 12] = [
        ("/format", json!("else")),
        ("/version", json!(2)),
        ("/model/entities/0/id", json!("u_000000000000")),
        ("/model/entities/0/kind", json!("thing")),
        ("/model/entities/0/name", json!(3)),
        ("/model/entities/0/fields/0/type", json!("strng")),
        ("/model/entities/0/fields/0/required", json!("yes")),
        ("/model/entities/0/fields/0/default", json!({"value": "soon"})),
        ("/model/references/0/to", json!(null)),
        ("/model/references/0/from/cardinality", json!("some")),
        ("/diagrams/0/cards", json!({"x_000000000000": {"x": 0, "y": 0}})),
        ("/diagrams/0/cards", json!({"e_000000000000": {"x": 0.5, "y": 0}})),
    ];
    for (pointer, broken) in breaks {
        let mut value = file();
        let slot = value.pointer_mut(pointer);
        match slot {
            Some(slot) => *slot = broken.clone(),
            None => value["model"]["entities"][0]["fields"][0]["default"] = broken.clone(),
        }
        assert!(!validator.is_valid(&value), "{pointer} may not be {broken}");
    }
}
