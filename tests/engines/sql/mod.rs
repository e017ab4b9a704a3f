//! SQL scripts in the real engines: they load, and what the catalog then says is what the tables
//! are that were meant.
//!
//! Reading order: [`catalog`] (what an engine knows of a schema, and what it should know), then one
//! file per engine.

mod catalog;
mod mariadb;
mod postgres;
mod sql_server;
mod sqlite;

use lunette::document::project::Project;
use lunette::formats::Exporter as _;
use lunette::formats::options::Options;
use lunette::formats::relational::schema::Schema;
use lunette::formats::sql::exporter::{SqlExporter, schema_of};

/// Every choice that changes which tables there are, and the usual one.
const CHOICES: [&[(&str, &str)]; 5] = [
    &[],
    &[("embedded", "tables")],
    &[("names", "snake_plural"), ("keys", "identity")],
    &[("names", "snake"), ("keys", "uuid"), ("embedded", "tables")],
    &[("quote", "always")],
];

/// A script, the tables that it means, and what both came from.
struct Case {
    name: String,
    script: String,
    schema: Schema,
}

impl Case {
    fn new(target: &SqlExporter, name: &str, project: &Project, choices: &[(&str, &str)]) -> Self {
        let options = Options::parse(target.info(), choices.iter().copied()).unwrap();
        let exported = target.export(project, &options);
        Self {
            name: format!("{name} {choices:?}"),
            script: exported.files.iter().next().unwrap().text.clone(),
            schema: schema_of(target.dialect, &project.model, &options),
        }
    }
}

/// Every model with every choice.
fn cases(target: &SqlExporter) -> Vec<Case> {
    let projects = crate::models::every_project();
    let with_choices = |(name, project): &(String, Project)| -> Vec<Case> {
        CHOICES.iter().map(|choices| Case::new(target, name, project, choices)).collect()
    };
    projects.iter().flat_map(with_choices).collect()
}
