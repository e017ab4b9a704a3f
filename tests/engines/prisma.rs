//! Prisma's own parser takes what the target `prisma` writes for every database, finds the models,
//! fields and relations in it, and its formatter leaves the text as it is.

use std::fs;

use lunette::formats::options::Options;
use lunette::formats::prisma::PRISMA;
use lunette::formats::registry::exporter;
use lunette::model::entity::EntityKind;
use serde_json::Value;

use crate::models::every_project;
use crate::support::node::{run_script, workspace};
use crate::support::write_files;

const PROVIDERS: [&str; 5] = ["postgresql", "mysql", "sqlite", "sqlserver", "mongodb"];

#[test]
fn every_schema_is_valid_and_laid_out_as_prisma_does() {
    let folder = workspace();
    for (name, project) in every_project() {
        for provider in PROVIDERS {
            let options = Options::parse(&PRISMA, [("provider", provider)]).unwrap();
            let exported = exporter("prisma").unwrap().export(&project, &options);
            write_files(&exported.files, &folder.path().join(format!("{name}-{provider}")));
        }
    }
    let root = folder.path().to_str().unwrap();
    let output = run_script("prisma_check.mjs", &[root], "").unwrap();
    let checked: Value = serde_json::from_str(&output).unwrap();
    for (name, project) in every_project() {
        for provider in PROVIDERS {
            let about = format!("{name}-{provider}");
            let read = &checked[&about];
            assert!(read["refused"].is_null(), "{about}: {}", read["refused"]);
            assert!(read["formatted"].is_null(), "{about}: {}", read["formatted"]);
            let is_stored = |kind| matches!(kind, EntityKind::Collection | EntityKind::Table);
            let models = project.model.entities().filter(|entity| is_stored(entity.kind));
            let models: Vec<_> = models.collect();
            let path = folder.path().join(&about).join("schema.prisma");
            let text = fs::read_to_string(path).unwrap();
            // The parser keeps what it calls unsupported to itself.
            let is_unsupported = |name: &str| {
                let begins = |line: &str| line.split_whitespace().next() == Some(name);
                text.lines().any(|line| begins(line) && line.contains(" Unsupported("))
            };
            let written = read["models"].as_array().unwrap();
            assert!(written.len() <= project.model.entities().len(), "{about}");
            for entity in models {
                let is_it = |block: &&Value| {
                    entity.fields.iter().filter(|field| !is_unsupported(&field.name)).all(|field| {
                        let stored = |one: &Value| one["stored"] == *field.name;
                        block["fields"].as_array().unwrap().iter().any(stored)
                    })
                };
                let is_plain = name != "hostile" && provider != "mongodb";
                let has_unique = entity.primary_key().is_some();
                assert!(
                    !is_plain || !has_unique || written.iter().any(|block| is_it(&block)),
                    "{about}: {} has lost a field",
                    entity.name
                );
            }
        }
    }
    relations_lead_both_ways(&checked["small_tables-postgresql"]);
}

/// Every relation has a field at each end, and one of them says by which fields.
fn relations_lead_both_ways(read: &Value) {
    let mut n_relations = 0;
    for model in read["models"].as_array().unwrap() {
        for field in model["fields"].as_array().unwrap() {
            let Some(relation) = field["relation"].as_array() else { continue };
            let other = read["models"].as_array().unwrap().iter();
            let mut other = other.filter(|one| one["name"] == field["type"]);
            let back = other.next().unwrap()["fields"].as_array().unwrap();
            assert!(back.iter().any(|one| one["type"] == model["name"]), "{field}");
            n_relations += usize::from(!relation[0].as_array().unwrap().is_empty());
        }
    }
    assert!(n_relations > 0, "no relation was read");
}
