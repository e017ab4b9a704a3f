//! Ajv, in its strictest mode, compiles what the target `json-schema` writes and tells good documents
//! from bad ones with it.

use std::fs;

use lunette::formats::json_schema::JSON_SCHEMA;
use lunette::formats::options::Options;
use lunette::formats::registry::exporter;
use serde_json::{Value, json};

use crate::models::every_project;
use crate::support::node::{run_script, workspace};
use crate::support::write_files;

const STYLES: [&[(&str, &str)]; 3] = [
    &[],
    &[("files", "each")],
    &[("absent", "both"), ("decimals", "string"), ("other_fields", "refuse")],
];

/// Documents of the small model, and whether each is one.
fn documents() -> [(Value, bool); 6] {
    let id = "0123456789abcdef01234567";
    let moment = "2026-11-23T18:05:00Z";
    let todo = |title: Value, status: &str, by: &str| {
        json!(["Todo", { "_id": id, "title": title, "status": status, "createdBy": by,
            "createdAt": moment, "updatedAt": moment }])
    };
    [
        (todo(json!("Rest"), "open", id), true),
        (todo(json!(1), "open", id), false),
        (todo(json!("Rest"), "lost", id), false),
        (todo(json!("Rest"), "open", "nobody"), false),
        (json!(["Todo", { "title": "Rest" }]), false),
        (json!(["Status", "done"]), true),
    ]
}

#[test]
fn every_schema_compiles_and_judges_documents() {
    for style in STYLES {
        let folder = workspace();
        let options = Options::parse(&JSON_SCHEMA, style.iter().copied()).unwrap();
        for (name, project) in every_project() {
            let exported = exporter("json-schema").unwrap().export(&project, &options);
            write_files(&exported.files, &folder.path().join(name));
        }
        let tried: Vec<_> = documents().into_iter().map(|(document, _)| document).collect();
        let path = folder.path().join("small_documents/documents.json");
        fs::write(path, json!(tried).to_string()).unwrap();
        let folder = folder.path().to_str().unwrap().to_owned();
        let output = run_script("json_schema_check.mjs", &[&folder], "").unwrap();
        let checked: Value = serde_json::from_str(&output).unwrap();
        for (name, project) in every_project() {
            let checked = &checked[&name];
            assert!(checked["refused"].is_null(), "{name} {style:?}: {}", checked["refused"]);
            let model = &project.model;
            let expected = model.entities().len() + model.enumerations().len();
            assert_eq!(checked["names"].as_array().unwrap().len(), expected, "{name} {style:?}");
        }
        let judged: Vec<_> = documents().into_iter().map(|(_, is_valid)| is_valid).collect();
        assert_eq!(checked["small_documents"]["valid"], json!(judged), "{style:?}");
    }
}
