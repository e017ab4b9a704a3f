//! Scripts of the target `mongodb` run, and their validators take good documents and refuse bad ones.
//!
//! No server can be installed here: Node runs the script against a stand-in that refuses what the
//! server's manual refuses, and ajv reads `$jsonSchema`.

use std::fs;

use lunette::document::project::Project;
use lunette::formats::collections::index::all_indexes_of;
use lunette::formats::collections::{Collections, lower};
use lunette::formats::mongodb::MONGODB;
use lunette::formats::options::Options;
use lunette::formats::registry::exporter;
use lunette::model::entity::Entity;
use serde_json::{Value, json};

use crate::documents::{Case, cases_of};
use crate::models::every_project;
use crate::support::node::{run_script, workspace};
use crate::support::write_files;

#[test]
fn every_script_runs_and_its_validators_hold_the_rules() {
    let results = run(&[]);
    for (name, project) in every_project() {
        let result = &results[&name];
        let (collections, _) = lower(&project.model, "mongodb");
        for (entity, collection) in collections.top_level() {
            let mut databases = result["databases"].as_object().unwrap().values();
            let made = databases.find_map(|database| database.get(collection)).unwrap();
            let expected = all_indexes_of(&collections, entity, "mongodb").0.len();
            let found = made["indexes"].as_array().map(Vec::len);
            assert_eq!(found, Some(expected), "{name}: {collection}");
        }
        let cases = cases(&name, &collections);
        let verdicts = result["cases"].as_array().unwrap();
        assert_eq!(verdicts.len(), cases.len(), "{name}");
        for ((_, collection, case), verdict) in cases.iter().zip(verdicts) {
            check_verdict(&format!("{name}: {collection}"), case, verdict);
        }
    }
}

#[test]
fn other_fields_are_refused_on_request() {
    let results = run(&[("other_fields", "refuse"), ("validation", "warn")]);
    for (name, project) in every_project() {
        let (collections, _) = lower(&project.model, "mongodb");
        let cases = cases(&name, &collections);
        let verdicts = results[&name]["cases"].as_array().unwrap();
        for ((_, collection, case), verdict) in cases.iter().zip(verdicts) {
            check_verdict(&format!("{name}: {collection}"), case, verdict);
        }
    }
    let strange =
        json!({ "_id": { "$oid": "65fd0c7e9b3c2a0012345678" }, "email": "a", "wrong": 1 });
    let verdict = judge_one(&[("other_fields", "refuse")], &strange);
    assert_eq!(verdict, json!({ "valid": false, "paths": ["wrong"] }));
    assert_eq!(judge_one(&[], &strange), json!({ "valid": true, "paths": [] }));
}

fn check_verdict(about: &str, case: &Case, verdict: &Value) {
    let about = format!("{about}: {} at {:?}: {}", case.why, case.breaks, case.document);
    assert_eq!(verdict["valid"], json!(case.breaks.is_none()), "{about}: {verdict}");
    if let Some(path) = &case.breaks {
        let paths = verdict["paths"].as_array().unwrap();
        let names = |found: &Value| found.as_str().unwrap().starts_with(path.as_str());
        assert!(paths.iter().any(names), "{about}: {verdict}");
    }
}

/// Exports every model with these options, runs all scripts and judges all documents.
fn run(options: &[(&str, &str)]) -> Value {
    let folder = workspace();
    for (name, project) in every_project() {
        let (collections, _) = lower(&project.model, "mongodb");
        let cases: Vec<_> = cases(&name, &collections)
            .into_iter()
            .map(|(database, collection, case)| {
                json!({ "database": database, "collection": collection, "document": case.document })
            })
            .collect();
        write_script(folder.path(), &name, &project, options, &json!(cases));
    }
    run_folder(folder.path())
}

/// What the collection of users in the small model says of one document.
fn judge_one(options: &[(&str, &str)], document: &Value) -> Value {
    let folder = workspace();
    let project = crate::models::small::documents();
    let cases = json!([{ "database": "test", "collection": "users", "document": document }]);
    write_script(folder.path(), "small", &project, options, &cases);
    run_folder(folder.path())["small"]["cases"][0].clone()
}

fn write_script(
    root: &std::path::Path,
    name: &str,
    project: &Project,
    options: &[(&str, &str)],
    cases: &Value,
) {
    let options = Options::parse(&MONGODB, options.iter().copied()).unwrap();
    let exported = exporter("mongodb").unwrap().export(project, &options);
    write_files(&exported.files, &root.join(name));
    fs::write(root.join(name).join("cases.json"), cases.to_string()).unwrap();
}

fn run_folder(root: &std::path::Path) -> Value {
    let output = run_script("mongodb_run.mjs", &[root.to_str().unwrap()], "").unwrap();
    serde_json::from_str(&output).unwrap()
}

/// Database, collection and document of every case; documents with hostile names are left to the
/// names that collections get, which are checked for all.
fn cases(name: &str, collections: &Collections) -> Vec<(String, String, Case)> {
    let mut cases = Vec::new();
    if name == "hostile" {
        return cases;
    }
    for (entity, collection) in collections.top_level() {
        let database = database_of(collections, entity);
        for case in cases_of(collections, entity) {
            // What an embedded type embeds of its own kind is not checked, as a warning says.
            let is_deep = case.breaks.as_ref().is_some_and(|path| path.contains("replies.0."));
            if !is_deep {
                cases.push((database.clone(), collection.to_owned(), case));
            }
        }
    }
    cases
}

/// The plain names of the models other than the hostile one are those of their databases.
fn database_of(collections: &Collections, entity: &Entity) -> String {
    let namespace = entity.namespace.and_then(|id| collections.model.namespace(id));
    namespace.map_or("test".to_owned(), |namespace| namespace.name.clone())
}
