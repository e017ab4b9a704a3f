//! DBML and xDBML in: what other people's texts say is understood ([`reading`], [`extended`]) or told
//! with its place ([`telling`]). What we write ourselves is read by the laws of `round_trip`.

mod extended;
mod reading;
mod telling;

use lunette::formats::Imported;
use lunette::formats::registry::importer;
use lunette::formats::sources::Sources;
use lunette::model::Model;
use lunette::model::entity::Entity;
use lunette::model::field::Field;
use lunette::model::id::FieldId;
use lunette::model::reference::End;

fn import(text: &str) -> Imported {
    importer("dbml").unwrap().import(&Sources::single("model.dbml", text), "model")
}

/// A text that is read without a word.
#[track_caller]
fn read(text: &str) -> Imported {
    let imported = import(text);
    assert_eq!(told(&imported), Vec::<String>::new());
    imported
}

/// What is told, with line and column and the hint.
fn told(imported: &Imported) -> Vec<String> {
    let line = |one: &lunette::base::diagnostic::Diagnostic| {
        let place = one.span.map(|span| format!("{}:{} ", span.line, span.column));
        let hint = one.hint.as_ref().map(|hint| format!(" ({hint})"));
        format!("{}{}{}", place.unwrap_or_default(), one.message, hint.unwrap_or_default())
    };
    imported.diagnostics.iter().map(line).collect()
}

#[track_caller]
fn entity<'a>(model: &'a Model, name: &str) -> &'a Entity {
    model.entity_named(name).unwrap_or_else(|| panic!("no {name}"))
}

#[track_caller]
fn field<'a>(model: &'a Model, path: &str) -> &'a Field {
    let (owner, path) = path.split_once('.').unwrap();
    let mut fields = &entity(model, owner).fields;
    let mut found = None;
    for name in path.split('.') {
        let field = fields.iter().find(|field| field.name == name);
        let field = field.unwrap_or_else(|| panic!("no {name} of {path}"));
        (found, fields) = (Some(field), &field.fields);
    }
    found.unwrap()
}

fn paths(entity: &Entity, fields: &[FieldId]) -> Vec<String> {
    let path = |id: &FieldId| {
        let names: Vec<_> = entity.field_path(*id).iter().map(|f| f.name.as_str()).collect();
        names.join(".")
    };
    fields.iter().map(path).collect()
}

/// References as `order(user_id) zero or more -> user() exactly one`.
fn references(model: &Model) -> Vec<String> {
    let end = |end: &End| {
        let entity = model.entity(end.entity).unwrap();
        let fields = paths(entity, &end.fields).join(", ");
        format!("{}({fields}) {}", entity.name, end.cardinality.as_str())
    };
    let line = |one: &lunette::model::reference::Reference| {
        format!("{} -> {}", end(&one.from), end(&one.to))
    };
    model.references().map(line).collect()
}
