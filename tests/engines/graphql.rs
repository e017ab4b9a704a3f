//! The reference implementation of GraphQL builds what the target `graphql` writes, with every choice
//! of how references look.

use lunette::formats::graphql::GRAPHQL;
use lunette::formats::options::Options;
use lunette::formats::registry::exporter;
use serde_json::{Value, json};

use crate::models::every_project;
use crate::support::node::{run_script, workspace};
use crate::support::write_files;

const STYLES: [&str; 3] = ["object", "both", "id"];

#[test]
fn every_schema_is_built() {
    let folder = workspace();
    for (name, project) in every_project() {
        for style in STYLES {
            let options = Options::parse(&GRAPHQL, [("references", style)]).unwrap();
            let exported = exporter("graphql").unwrap().export(&project, &options);
            write_files(&exported.files, &folder.path().join(format!("{name}-{style}")));
        }
    }
    let root = folder.path().to_str().unwrap();
    let output = run_script("graphql_check.mjs", &[root], "").unwrap();
    let built: Value = serde_json::from_str(&output).unwrap();
    for (name, project) in every_project() {
        for style in STYLES {
            let built = &built[format!("{name}-{style}")];
            assert!(built["refused"].is_null(), "{name} {style}: {}", built["refused"]);
            let n_types = built["types"].as_object().unwrap().len();
            let shown = project.model.entities().filter(|entity| !entity.fields.is_empty());
            assert!(n_types >= shown.count(), "{name} {style} has lost a type");
            let with_values = project.model.enumerations().filter(|one| !one.values.is_empty());
            let n_enums = built["enums"].as_object().unwrap().len();
            assert_eq!(n_enums, with_values.count(), "{name} {style}");
        }
    }
    let field = |style: &str, ty: &str, field: &str| {
        let fields = &built[format!("small_documents-{style}")]["types"][ty];
        let mut fields = fields.as_array().unwrap().iter();
        fields.find(|one| one[0] == field).map(|one| one[1].clone())
    };
    assert_eq!(field("object", "Todo", "createdBy"), Some(json!("User!")));
    assert_eq!(field("id", "Todo", "createdBy"), Some(json!("ID!")));
    assert_eq!(field("object", "Todo", "status"), Some(json!("Status")));
    assert_eq!(field("object", "Todo", "title"), Some(json!("String!")));
}
