//! Mermaid itself reads what the target `mermaid` writes, and finds the model in it: areas, entities
//! with their fields and keys, and a line for each reference and embedding.
//!
//! Mermaid cannot hold every sign, so of texts the letters and digits are compared.

use std::collections::BTreeSet;

use lunette::formats::options::Options;
use lunette::formats::registry::exporter;
use lunette::model::Model;
use lunette::model::data_type::DataType;
use lunette::model::entity::Entity;
use lunette::model::field::Field;
use lunette::model::id::{EntityId, NodeId};
use lunette::model::key::KeyKind;
use lunette::model::reference::Cardinality;
use serde_json::{Value, json};

use crate::models::every_project;
use crate::support::node::{run_script, workspace};
use crate::support::write_files;

#[test]
fn mermaid_reads_the_model_back() {
    let read = read(&[]);
    for (name, project) in every_project() {
        let (model, read) = (&project.model, &read[&name]);
        assert!(read["refused"].is_null(), "{name}: {}", read["refused"]);
        let order = check_groups(&name, model, read);
        let entities = read["entities"].as_array().unwrap();
        assert_eq!(entities.len(), model.entities().len(), "{name}");
        for (id, entity) in order.iter().zip(entities) {
            check_entity(&name, model, model.entity(*id).unwrap(), entity);
        }
        check_lines(&name, model, &order, read);
    }
}

#[test]
fn every_choice_can_be_read() {
    for choice in
        [("detail", "keys"), ("detail", "names"), ("direction", "LR"), ("optional", "true")]
    {
        let read = read(&[choice]);
        for (name, project) in every_project() {
            let read = &read[&name];
            assert!(read["refused"].is_null(), "{name} with {choice:?}: {}", read["refused"]);
            let count = project.model.entities().len();
            assert_eq!(read["entities"].as_array().unwrap().len(), count, "{name} with {choice:?}");
        }
    }
}

/// What Mermaid makes of every model.
fn read(choices: &[(&str, &str)]) -> Value {
    let folder = workspace();
    let mermaid = exporter("mermaid").unwrap();
    let options = Options::parse(mermaid.info(), choices.iter().copied()).unwrap();
    for (name, project) in every_project() {
        let files = mermaid.export(&project, &options).files;
        write_files(&files, &folder.path().join(name));
    }
    let root = folder.path().to_str().unwrap();
    serde_json::from_str(&run_script("mermaid_read.mjs", &[root], "").unwrap()).unwrap()
}

/// Checks the groups and returns all entities in the order in which they stand.
fn check_groups(name: &str, model: &Model, read: &Value) -> Vec<EntityId> {
    let mut order: Vec<EntityId> = Vec::new();
    let mut expected = Vec::new();
    for area in model.areas() {
        let members = area.members.iter().filter_map(|member| match member {
            NodeId::Entity(id) => Some(*id),
            NodeId::Enumeration(_) => None,
        });
        let members: Vec<_> = members.filter(|id| !order.contains(id)).collect();
        if !members.is_empty() {
            expected.push((words(&area.name), members.len()));
        }
        order.extend(members);
    }
    let groups = read["groups"].as_array().unwrap();
    assert_eq!(groups.len(), expected.len(), "{name}");
    for (group, (title, count)) in groups.iter().zip(expected) {
        let is_named = words(group[0].as_str().unwrap()) == title;
        assert!(is_named || title.is_empty(), "{name}: {group}: {title}");
        assert_eq!(group[1].as_array().unwrap().len(), count, "{name}: {group}");
    }
    let rest: Vec<_> = model.entities().map(|entity| entity.id).collect();
    order.extend(rest.into_iter().filter(|id| !order.contains(id)).collect::<Vec<_>>());
    order
}

fn check_entity(name: &str, model: &Model, entity: &Entity, read: &Value) {
    let shown = model.display_name(entity.id.into());
    let label = read["label"].as_str().unwrap();
    if !words(&shown).is_empty() {
        assert_eq!(words(label), words(&shown), "{name}");
    }
    let mut expected = Vec::new();
    flatten(&entity.fields, "", &mut expected);
    let moments = if entity.timestamps { 2 } else { 0 };
    let fields = read["fields"].as_array().unwrap();
    assert!(
        (expected.len()..=expected.len() + moments).contains(&fields.len()),
        "{name}: {shown}: {fields:?}"
    );
    for ((path, field), read) in expected.iter().zip(fields) {
        let about = format!("{name}: {shown}.{path}: {read}");
        let [written, comment] = [&read[1], &read[3]].map(|text| text.as_str().unwrap());
        assert!(
            written == path
                || (words(written) == words(path) && !is_plain(path))
                || words(comment).starts_with(&words(path)),
            "{about}"
        );
        assert!(words(comment).contains(&words(&field.note)), "{about}");
        if let Some(enumeration) = field.ty.enumeration().and_then(|id| model.enumeration(id)) {
            for value in &enumeration.values {
                assert!(words(comment).contains(&words(&value.name)), "{about}");
            }
        }
        let depth = std::iter::successors(Some(&field.ty), |ty| match ty {
            DataType::Array(item) => Some(item.as_ref()),
            _ => None,
        });
        let lists = "[]".repeat(depth.count() - 1);
        assert!(read[0].as_str().unwrap().ends_with(&lists), "{about}");
        assert_eq!(read[2], json!(keys(model, entity, field)), "{about}");
    }
}

fn flatten<'a>(fields: &'a [Field], path: &str, all: &mut Vec<(String, &'a Field)>) {
    for field in fields {
        let path = format!("{path}{}", field.name);
        all.push((path.clone(), field));
        flatten(&field.fields, &format!("{path}."), all);
    }
}

fn keys(model: &Model, entity: &Entity, field: &Field) -> Vec<&'static str> {
    let is_alternate =
        entity.keys.iter().any(|key| key.kind == KeyKind::Alternate && key.fields == [field.id]);
    let marks = [
        ("PK", entity.is_in_primary_key(field.id)),
        ("FK", model.references().any(|reference| reference.from.fields.contains(&field.id))),
        ("UK", field.unique || is_alternate),
    ];
    marks.into_iter().filter(|(_, is_set)| *is_set).map(|(mark, _)| mark).collect()
}

fn check_lines(name: &str, model: &Model, order: &[EntityId], read: &Value) {
    let entities = read["entities"].as_array().unwrap();
    let names: Vec<&str> = entities.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{name}");
    let place = |id: EntityId| order.iter().position(|other| *other == id).unwrap();
    let mut expected = Vec::new();
    for reference in model.references() {
        let ends = [&reference.from, &reference.to];
        expected.push(json!({
            "ends": ends.map(|end| place(end.entity)),
            "cardinalities": ends.map(|end| word(end.cardinality)),
            "identifying": reference.identifying,
        }));
    }
    for entity in order.iter().filter_map(|id| model.entity(*id)) {
        for field in entity.all_fields() {
            let Some(embedded) = field.ty.embedded() else { continue };
            let many = match (&field.ty, field.required) {
                (DataType::Embedded(_), true) => Cardinality::ExactlyOne,
                (DataType::Embedded(_), false) => Cardinality::ZeroOrOne,
                _ => Cardinality::ZeroOrMore,
            };
            expected.push(json!({
                "ends": [place(entity.id), place(embedded)],
                "cardinalities": [word(Cardinality::ExactlyOne), word(many)],
                "identifying": true,
            }));
        }
    }
    let lines = read["lines"].as_array().unwrap().iter();
    let lines = lines.map(|line| {
        let ends = line["ends"].as_array().unwrap().iter().map(|end| end.as_str().unwrap());
        let ends: Vec<_> =
            ends.map(|end| names.iter().position(|name| *name == end).unwrap()).collect();
        json!({
            "ends": ends,
            "cardinalities": line["cardinalities"],
            "identifying": line["identifying"],
        })
    });
    assert_eq!(lines.collect::<Vec<_>>(), expected, "{name}");
}

fn word(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::ZeroOrOne => "ZERO_OR_ONE",
        Cardinality::ExactlyOne => "ONLY_ONE",
        Cardinality::ZeroOrMore => "ZERO_OR_MORE",
        Cardinality::OneOrMore => "ONE_OR_MORE",
    }
}

/// The letters and digits of a text.
fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether a name needs no change to be written.
fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
        && !["pk", "fk", "uk"].contains(&name.to_ascii_lowercase().as_str())
}
