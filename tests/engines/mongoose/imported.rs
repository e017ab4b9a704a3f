//! Files as people write them mean in the real Mongoose what they were imported as.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use lunette::files::load;
use lunette::formats::collections::lower;
use serde_json::{Map, Value, json};

use super::expected;
use super::normal;
use crate::support::node::{packages, run_script};
use crate::support::temporary_folder;

/// The projects that JavaScript can load as they are, and what kind of modules they are.
const PROJECTS: [(&str, &str); 6] = [
    ("todo_course", "module"),
    ("hospital_one_file", "module"),
    ("shop_commonjs", "commonjs"),
    ("video_portal", "module"),
    ("geo_and_indexes", "module"),
    ("odd_forms", "commonjs"),
];

/// Packages that the projects use and that say nothing about their schemas.
const STAND_INS: [&str; 4] =
    ["bcrypt", "jsonwebtoken", "mongoose-aggregate-paginate-v2", "validator"];

/// Paths that a model holds otherwise, as the import says.
const TOLD: [&str; 11] = [
    // A key is always there.
    "Place._id",
    // A model of its own here.
    "Cafe",
    // A point: what it holds is required.
    "Place.entrance",
    // Types that only Mongoose has.
    "Thing.y",
    "Thing.z",
    // Choices that are numbers.
    "Thing.aa",
    // An object in place has no timestamps.
    "MedicalRecord.visits",
    // Mongoose lets any option stand on a text.
    "Thing.al",
    // A pattern here, a function there.
    "Thing.am",
    // The earliest date.
    "Thing.ae",
    // Said by the list as a whole.
    "Thing.ai",
];

#[test]
fn what_was_imported_is_what_mongoose_makes_of_it() {
    let folder = temporary_folder();
    let modules = folder.path().join("node_modules");
    fs::create_dir(&modules).unwrap();
    symlink(packages().join("mongoose"), modules.join("mongoose")).unwrap();
    for name in STAND_INS {
        fs::create_dir(modules.join(name)).unwrap();
        let code = "module.exports = Object.assign(() => {}, { isEmail: () => true });";
        fs::write(modules.join(name).join("index.js"), code).unwrap();
    }
    for (name, kind) in PROJECTS {
        let project = folder.path().join(name);
        copy(&fixture(name), &project);
        fs::write(project.join("package.json"), json!({ "type": kind }).to_string()).unwrap();
    }
    let dump = run_script("mongoose_dump.mjs", &[folder.path().to_str().unwrap(), "once"], "");
    let dump: Value = serde_json::from_str(&dump.unwrap()).unwrap();
    let mut failures = Vec::new();
    for (name, _) in PROJECTS {
        check(name, &dump[name]["models"], &mut failures);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/mongoose").join(name)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn check(name: &str, models: &Value, failures: &mut Vec<String>) {
    let project = load::load(&fixture(name)).unwrap().project;
    let (collections, _) = lower(&project.model, "mongoose");
    let top_level: Vec<_> = collections.top_level().collect();
    assert_eq!(models.as_object().unwrap().len(), top_level.len(), "{name}: {models}");
    for (entity, stored) in top_level {
        if TOLD.contains(&entity.name.as_str()) {
            continue;
        }
        let model = &models[&entity.name];
        assert_eq!(model["collection"], json!(stored), "{name}: {}", entity.name);
        assert_eq!(
            model["timestamps"].as_bool(),
            Some(entity.timestamps || entity.name == "Person"),
            "{name}: {}",
            entity.name
        );
        let expected = expected::fields_of(&collections, entity);
        let (expected, found) =
            (expected.as_object().unwrap(), model["fields"].as_object().unwrap());
        for (field, expected) in expected {
            let path = format!("{}.{field}", entity.name);
            if TOLD.contains(&path.as_str()) {
                continue;
            }
            let nothing = json!({});
            let found = found.get(field).unwrap_or(&nothing);
            let [found, expected] = [found, expected].map(|side| normal(&meaning(side)));
            if found != expected {
                failures.push(format!("{name}: {path}:\nmongoose {found}\nlunette  {expected}"));
            }
        }
        for field in found.keys() {
            assert!(expected.contains_key(field), "{name}: {}.{field} is missing", entity.name);
        }
    }
}

/// What is compared: types, rules and references, at any depth. Defaults may be code, and messages
/// are not part of a model.
fn meaning(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(key, _)| {
                !matches!(key.as_str(), "default" | "sparse" | "says" | "inline" | "alias")
            });
            let kept = kept.filter(|(key, value)| !is_usual(key, value));
            Value::Object(
                kept.map(|(key, value)| (key.clone(), plain(key, value))).collect::<Map<_, _>>(),
            )
        }
        Value::Array(items) => items.iter().map(meaning).collect(),
        other => other.clone(),
    }
}

/// Whether an option says what holds without it.
fn is_usual(key: &str, value: &Value) -> bool {
    *value == json!(key == "select") && value.is_boolean()
}

/// `required: [true, 'message']` is as good as `required: true`; the dump shows options as they are.
fn plain(key: &str, value: &Value) -> Value {
    match (key, value) {
        ("unique" | "immutable" | "trim" | "lowercase", Value::Array(items)) => items[0].clone(),
        ("enum", Value::Array(items)) => {
            items.iter().filter(|item| !item.is_null()).cloned().collect()
        }
        _ => meaning(value),
    }
}
