//! SQL in and out: what one of our own scripts says is what it was made of ([`laws`], for models of
//! any kind; [`tables`], for random models of tables), and what other people's scripts say is
//! understood or told ([`reading`], [`losses`], [`hints`]); [`limits`] are those of the engines.

mod described;
mod hints;
mod laws;
mod limits;
mod losses;
mod reading;
mod storage;
mod tables;

use lunette::base::diagnostic::Diagnostic;
use lunette::document::project::Project;
use lunette::formats::options::Options;
use lunette::formats::registry::{exporter, importer};
use lunette::formats::sources::Sources;
use lunette::formats::{Exporter, Imported};
use lunette::model::Model;
use lunette::model::entity::Entity;
use lunette::model::field::Field;

const DIALECTS: [&str; 5] = ["postgres", "mysql", "mariadb", "sqlite", "sqlserver"];

fn export(target: &dyn Exporter, project: &Project, choices: &[(&str, &str)]) -> String {
    let options = Options::parse(target.info(), choices.iter().copied()).unwrap();
    let exported = target.export(project, &options);
    exported.files.iter().next().unwrap().text.clone()
}

fn export_to(id: &str, project: &Project) -> String {
    export(exporter(id).unwrap(), project, &[])
}

fn import(text: &str, name: &str) -> Imported {
    importer("sql").unwrap().import(&Sources::single("script.sql", text), name)
}

/// A script in the dialect whose first line says so, read without a word.
#[track_caller]
fn read_of(dialect: &str, script: &str) -> Model {
    let imported = import_of(dialect, script);
    assert_eq!(messages(&imported.diagnostics), Vec::<String>::new());
    imported.project.model
}

/// A script in that dialect.
#[track_caller]
fn import_of(dialect: &str, script: &str) -> Imported {
    let head = export_to(dialect, &Project::default());
    let engine = head.lines().rfind(|line| line.starts_with("-- ")).unwrap();
    let imported = import(&format!("{engine}\n\n{script}"), "script");
    assert_eq!(imported.project.settings.target, dialect);
    imported
}

fn messages(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect()
}

#[track_caller]
fn entity<'a>(model: &'a Model, name: &str) -> &'a Entity {
    model.entities().find(|entity| entity.name == name).unwrap_or_else(|| panic!("no {name}"))
}

#[track_caller]
fn field<'a>(model: &'a Model, entity_name: &str, name: &str) -> &'a Field {
    let found = entity(model, entity_name).field_named(name);
    found.unwrap_or_else(|| panic!("no {entity_name}.{name}"))
}

fn names(entity: &Entity, fields: &[lunette::model::id::FieldId]) -> Vec<String> {
    fields.iter().map(|id| entity.field(*id).unwrap().name.clone()).collect()
}
