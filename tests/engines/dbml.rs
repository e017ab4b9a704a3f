//! The parser of DBML itself reads what the target `dbml` writes, and finds the model in it: tables
//! with their columns, keys and indexes, enumerations, references, groups and notes.

use std::collections::BTreeSet;
use std::fs;

use lunette::document::project::Project;
use lunette::formats::options::Options;
use lunette::formats::reference_fields::complete;
use lunette::formats::registry::{exporter, importer};
use lunette::formats::sources::Sources;
use lunette::model::Model;
use lunette::model::data_type::DataType;
use lunette::model::entity::{Entity, EntityKind};
use lunette::model::field::{DefaultValue, Field, Literal};
use lunette::model::id::{FieldId, NamespaceId, NodeId};
use lunette::model::index::IndexTarget;
use lunette::model::key::KeyKind;
use lunette::model::reference::{Cardinality, End, Reference, ReferentialAction};
use serde_json::{Value, json};

use crate::models::every_project;
use crate::support::node::{run_script, workspace};
use crate::support::write_files;

#[test]
fn the_parser_reads_the_model_back() {
    let folder = workspace();
    let dbml = exporter("dbml").unwrap();
    for (name, project) in every_project() {
        let files = dbml.export(&project, &Options::defaults(dbml.info())).files;
        write_files(&files, &folder.path().join(name));
    }
    let output = run_script("dbml_read.mjs", &[folder.path().to_str().unwrap()], "").unwrap();
    let read: Value = serde_json::from_str(&output).unwrap();
    for (name, project) in every_project() {
        same_project(&name, &read[&name], &project);
    }
}

/// What a person writes by hand, with most of what the language has.
const BY_HAND: &str = include_str!("dbml_by_hand.dbml");

#[test]
fn we_read_what_the_parser_reads() {
    let folder = workspace();
    fs::create_dir(folder.path().join("by_hand")).unwrap();
    fs::write(folder.path().join("by_hand/model.dbml"), BY_HAND).unwrap();
    let output = run_script("dbml_read.mjs", &[folder.path().to_str().unwrap()], "").unwrap();
    let read: Value = serde_json::from_str(&output).unwrap();
    let ours = importer("dbml").unwrap().import(&Sources::single("model.dbml", BY_HAND), "model");
    assert_eq!(ours.diagnostics, []);
    same_project("by hand", &read["by_hand"], &ours.project);
}

/// Compares what the parser read with a project.
#[track_caller]
fn same_project(name: &str, read: &Value, project: &Project) {
    assert!(read["refused"].is_null(), "{name}: {}", read["refused"]);
    let model = with_distinct_names(with_reference_fields(&project.model));
    assert_eq!(read["project"]["name"], json!(not_empty(&project.settings.name)), "{name}");
    assert_eq!(read["project"]["note"], note(&project.settings.note), "{name}");
    same(name, &read["tables"], tables(&model));
    same(name, &read["enums"], enumerations(&model));
    same(name, &read["refs"], references(&model));
    same(name, &read["groups"], groups(&model));
    let notes = model.notes().map(|one| json!({ "text": note(&one.text) }));
    same(name, &read["notes"], notes.collect());
}

/// Compares lists of any order, as far as what is expected says anything.
#[track_caller]
fn same(about: &str, read: &Value, mut expected: Vec<Value>) {
    let mut read = read.as_array().unwrap().clone();
    if let Some(said) = expected.first().cloned() {
        for one in &mut read {
            keep_what_is_said(one, &said);
            if let Some(ends) = one.get_mut("ends").and_then(Value::as_array_mut) {
                ends.sort_by_key(Value::to_string);
            }
        }
    }
    read.sort_by_key(Value::to_string);
    expected.sort_by_key(Value::to_string);
    for (read, expected) in read.iter().zip(&expected) {
        assert_eq!(read, expected, "{about}");
    }
    assert_eq!(read.len(), expected.len(), "{about}");
}

/// Leaves out of what was read what `said` has no word for.
fn keep_what_is_said(read: &mut Value, said: &Value) {
    if let (Value::Object(read), Value::Object(said)) = (read, said) {
        read.retain(|key, _| said.contains_key(key));
    }
}

/// The model as the target sees it: every reference has fields, but for those between two keys.
fn with_reference_fields(model: &Model) -> Model {
    let mut rest = model.clone();
    let is_between_keys = |reference: &&Reference| {
        let [from, to] = [&reference.from, &reference.to].map(|end| model.entity(end.entity));
        let is_keyed = |entity: Option<&Entity>| {
            entity.is_some_and(|e| e.kind == EntityKind::Table && e.primary_key().is_some())
        };
        reference.is_many_to_many()
            && reference.from.fields.is_empty()
            && !reference.is_self_reference()
            && is_keyed(from)
            && is_keyed(to)
    };
    let between_keys: Vec<Reference> =
        model.references().filter(is_between_keys).cloned().collect();
    for reference in &between_keys {
        rest.remove_reference(reference.id);
    }
    let mut completed = complete(&rest).model;
    for mut reference in between_keys {
        let key = model.entity(reference.from.entity).unwrap().primary_key().unwrap();
        reference.from.fields.clone_from(&key.fields);
        completed.put_reference(reference);
    }
    completed
}

/// The model with the names that the target gives to namespaces and areas without one.
fn with_distinct_names(mut model: Model) -> Model {
    let mut taken = BTreeSet::new();
    let namespaces: Vec<_> = model.namespaces().cloned().collect();
    for mut namespace in namespaces {
        namespace.name = distinct(&namespace.name, &mut taken);
        model.put_namespace(namespace);
    }
    let mut taken = BTreeSet::new();
    let areas: Vec<_> = model.areas().cloned().collect();
    for mut area in areas {
        area.name = distinct(&area.name, &mut taken);
        model.put_area(area);
    }
    model
}

/// The name, or the first of its kind with a number that is free.
fn distinct(name: &str, taken: &mut BTreeSet<String>) -> String {
    let wanted = not_empty(name);
    let counted = (2..).map(|n| format!("{wanted}_{n}"));
    let mut tried = std::iter::once(wanted.clone()).chain(counted);
    tried.find(|name| taken.insert(name.clone())).unwrap()
}

fn tables(model: &Model) -> Vec<Value> {
    let entities = model.entities().filter(|entity| has_columns(entity));
    entities.map(|entity| table(model, entity)).collect()
}

fn has_columns(entity: &Entity) -> bool {
    !entity.fields.is_empty() || entity.timestamps
}

fn table(model: &Model, entity: &Entity) -> Value {
    let names = column_names(entity);
    let name_of = |id: &FieldId| names.iter().find(|(other, _)| other == id).unwrap().1.clone();
    let plain_key = entity.primary_key().filter(|key| key.fields.len() == 1 && key.name.is_none());
    let mut columns: Vec<Value> = names
        .iter()
        .map(|(id, name)| {
            let is_key = plain_key.is_some_and(|key| key.fields == [*id]);
            column(model, entity, entity.field(*id).unwrap(), name, is_key)
        })
        .collect();
    let moments = match entity.kind {
        EntityKind::Collection | EntityKind::Embedded => ["createdAt", "updatedAt"],
        EntityKind::Table | EntityKind::View => ["created_at", "updated_at"],
    };
    for moment in moments.into_iter().filter(|_| entity.timestamps) {
        if entity.field_named(moment).is_none() {
            let now = json!(["expression", "now()"]);
            columns.push(json!([moment, null, "", true, false, false, now, null]));
        }
    }
    let mut indexes = Vec::new();
    for key in entity.keys.iter().filter(|key| Some(*key) != plain_key) {
        let columns: Vec<_> = key.fields.iter().map(|id| json!(["column", name_of(id)])).collect();
        let is_primary = key.kind == KeyKind::Primary;
        indexes.push(json!({ "columns": columns, "pk": is_primary, "unique": !is_primary,
            "name": key.name, "note": null }));
    }
    for index in &entity.indexes {
        let columns: Vec<_> = index
            .parts
            .iter()
            .map(|part| match &part.on {
                IndexTarget::Field(id) => json!(["column", name_of(id)]),
                IndexTarget::Expression(text) => json!(["expression", text]),
            })
            .collect();
        indexes.push(json!({ "columns": columns, "pk": false, "unique": index.unique,
            "name": index.name, "note": said(&index.note) }));
    }
    json!({
        "schema": schema(model, entity.namespace), "name": not_empty(&entity.name),
        "note": note(&entity.note), "columns": columns, "indexes": indexes,
    })
}

/// The columns of a table: nested fields have dotted names, and equal names are counted.
fn column_names(entity: &Entity) -> Vec<(FieldId, String)> {
    fn walk(
        fields: &[Field],
        path: &str,
        taken: &mut BTreeSet<String>,
        names: &mut Vec<(FieldId, String)>,
    ) {
        for field in fields {
            let name = distinct(&format!("{path}{}", field.name), taken);
            names.push((field.id, name.clone()));
            walk(&field.fields, &format!("{name}."), taken, names);
        }
    }
    let mut names = Vec::new();
    walk(&entity.fields, "", &mut BTreeSet::new(), &mut names);
    names
}

/// Name, enumeration, marks of the key, whether it is required, unique and counted, default, note.
fn column(model: &Model, entity: &Entity, field: &Field, name: &str, is_key: bool) -> Value {
    let enumeration = match field.ty {
        DataType::Enumeration(id) => model.enumeration(id).filter(|one| !one.values.is_empty()),
        _ => None,
    };
    let enumeration =
        enumeration.map(|one| json!([schema(model, one.namespace), not_empty(&one.name)]));
    let mark = if is_key { "pk" } else { "" };
    let required = (field.required || entity.is_in_primary_key(field.id)) && !is_key;
    let default = field.default.as_ref().map(|default| default_of(field, default));
    json!([
        name,
        enumeration,
        mark,
        required,
        field.unique,
        field.auto_increment,
        default,
        note(&field.note)
    ])
}

fn default_of(field: &Field, default: &DefaultValue) -> Value {
    match default {
        DefaultValue::Value(Literal::Null) => json!(["boolean", "null"]),
        DefaultValue::Value(Literal::Boolean(value)) => json!(["boolean", value.to_string()]),
        DefaultValue::Value(Literal::Number(number)) => {
            json!(["number", number.to_f64().to_string()])
        }
        DefaultValue::Value(Literal::Text(text)) => json!(["string", text]),
        DefaultValue::Value(Literal::EmptyArray) => json!(["string", "[]"]),
        DefaultValue::Value(Literal::EmptyObject) => json!(["string", "{}"]),
        DefaultValue::Now => json!(["expression", "now()"]),
        DefaultValue::Generated if field.ty == DataType::Uuid => {
            json!(["expression", "gen_random_uuid()"])
        }
        DefaultValue::Generated => json!(["expression", "ObjectId()"]),
        DefaultValue::Expression(text) => json!(["expression", text]),
    }
}

fn enumerations(model: &Model) -> Vec<Value> {
    let with_values = model.enumerations().filter(|one| !one.values.is_empty());
    with_values
        .map(|one| {
            let mut taken = BTreeSet::new();
            let values = one.values.iter().filter(|value| taken.insert(value.name.clone()));
            let mut names = BTreeSet::new();
            let values: Vec<_> = values
                .map(|value| json!([distinct(&value.name, &mut names), note(&value.note)]))
                .collect();
            let (schema, name) = (schema(model, one.namespace), not_empty(&one.name));
            json!({ "schema": schema, "name": name, "values": values })
        })
        .collect()
}

/// Every reference whose ends are columns, each pair of ends once.
fn references(model: &Model) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let mut references = Vec::new();
    for reference in model.references() {
        let mut to = reference.to.clone();
        to.fields = model.referenced_fields(reference);
        let ends = [end(model, &reference.from), end(model, &to)];
        let [Some(from), Some(to)] = ends else { continue };
        let places = [&from, &to].map(|end| json!([end[0], end[1], end[2]]).to_string());
        let [a, b] = &places;
        let is_new = a != b && seen.insert([a.min(b).clone(), a.max(b).clone()]);
        if !is_new || from[2].as_array().unwrap().len() != to[2].as_array().unwrap().len() {
            continue;
        }
        let mut ends = [from, to];
        ends.sort_by_key(Value::to_string);
        let action = |action: ReferentialAction| {
            (action != ReferentialAction::NoAction).then(|| action.as_str())
        };
        references.push(json!({
            "name": reference.name.as_ref().filter(|name| !name.is_empty()),
            "delete": action(reference.on_delete),
            "update": action(reference.on_update),
            "ends": ends,
        }));
    }
    references
}

/// Schema, table, columns and how many; none without columns.
fn end(model: &Model, end: &End) -> Option<Value> {
    let entity = model.entity(end.entity).filter(|_| !end.fields.is_empty())?;
    let names = column_names(entity);
    let columns: Vec<_> = end
        .fields
        .iter()
        .map(|id| names.iter().find(|(other, _)| other == id).unwrap().1.as_str())
        .collect();
    let many = match end.cardinality {
        Cardinality::ZeroOrOne => "0..1",
        Cardinality::ExactlyOne => "1",
        Cardinality::ZeroOrMore => "0..*",
        Cardinality::OneOrMore => "*",
    };
    Some(json!([schema(model, entity.namespace), not_empty(&entity.name), columns, many]))
}

fn groups(model: &Model) -> Vec<Value> {
    let tables = |members: &[NodeId]| -> Vec<Value> {
        let entities = members.iter().filter_map(|member| match member {
            NodeId::Entity(id) => model.entity(*id).filter(|entity| has_columns(entity)),
            NodeId::Enumeration(_) => None,
        });
        entities.map(|e| json!([schema(model, e.namespace), not_empty(&e.name)])).collect()
    };
    let areas = model.areas();
    areas
        .map(|area| {
            let (name, tables) = (not_empty(&area.name), tables(&area.members));
            json!({ "name": name, "note": note(&area.note), "tables": tables })
        })
        .collect()
}

/// The schema that stands for a namespace.
fn schema(model: &Model, namespace: Option<NamespaceId>) -> String {
    let namespace = namespace.and_then(|id| model.namespace(id));
    namespace.map_or("public".to_owned(), |namespace| not_empty(&namespace.name))
}

fn not_empty(name: &str) -> String {
    if name.is_empty() { "_" } else { name }.to_owned()
}

/// A text as it is.
fn said(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

/// A note as the parser has it, which cuts the indentation that all lines share.
fn note(text: &str) -> Value {
    let is_space = |c: char| c.is_whitespace() || c == '\u{feff}';
    let lines: Vec<_> = text.split('\n').collect();
    let indents = lines.iter().filter(|line| !line.trim().is_empty());
    let indent = indents.map(|line| line.len() - line.trim_start_matches(is_space).len()).min();
    let lines: Vec<_> =
        lines.iter().map(|line| line.get(indent.unwrap_or(0)..).unwrap_or("")).collect();
    said(&lines.join("\n"))
}
