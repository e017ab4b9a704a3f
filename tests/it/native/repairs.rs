//! What contradicts itself is mended, and told with its place.

use lunette::base::diagnostic::{Diagnostic, Severity};
use lunette::document::project::Project;
use lunette::formats::native::{read, write};
use lunette::model::data_type::DataType;
use lunette::model::entity::EntityKind;

use crate::support::builder::Builder;
use crate::support::{kitchen_sink, small};

/// Reads a text that needs repairs: what came of it and what was said.
#[track_caller]
fn mended(text: &str) -> (Project, Vec<Diagnostic>) {
    let imported = read(text, "unnamed");
    assert!(!imported.diagnostics.is_empty(), "nothing was said");
    for diagnostic in &imported.diagnostics {
        assert_eq!(diagnostic.severity, Severity::Warning, "{diagnostic:?}");
        assert!(diagnostic.hint.is_some(), "{diagnostic:?} has no hint");
    }
    let again = read(&write(&imported.project), "unnamed");
    assert_eq!((again.diagnostics, &again.project), (vec![], &imported.project));
    (imported.project, imported.diagnostics)
}

/// Replaces the first `from`, reads, and expects that message on the line of the replacement.
#[track_caller]
fn assert_mended(text: &str, from: &str, to: &str, message: &str) -> Project {
    let offset = text.find(from).unwrap();
    let line = text[..offset].matches('\n').count() + 1;
    let (project, said) = mended(&text.replacen(from, to, 1));
    let all: Vec<_> = said.iter().map(|one| one.message.as_str()).collect();
    let found = said.iter().find(|one| one.message.contains(message));
    let found = found.unwrap_or_else(|| panic!("{message:?} is not in {all:#?}"));
    assert_eq!(found.span.unwrap().line, line, "{found:?}");
    project
}

fn sink() -> String {
    write(&kitchen_sink())
}

#[test]
fn an_unknown_word_falls_back_to_the_usual_one() {
    let project = assert_mended(
        &sink(),
        "\"kind\": \"view\"",
        "\"kind\": \"vista\"",
        "unknown kind of entity `vista`",
    );
    let view = project.model.entity_named("dear_product").unwrap();
    assert_eq!(view.kind, EntityKind::Collection);
    assert_mended(&sink(), "\"color\": \"amber\"", "\"color\": \"ochre\"", "unknown color `ochre`");
    assert_mended(&sink(), "\"lines\": \"curved\"", "\"lines\": \"wavy\"", "line style `wavy`");
    assert_mended(&sink(), "\"one or more\"", "\"some\"", "unknown cardinality `some`");
    assert_mended(&sink(), "\"order\": \"descending\"", "\"order\": \"down\"", "order `down`");
}

#[test]
fn a_type_that_is_none_becomes_mixed() {
    let text = write(&small::documents());
    let project = assert_mended(
        &text,
        "\"name\": \"title\", \"type\": \"string\"",
        "\"name\": \"title\", \"type\": \"strng\"",
        "unknown type `strng` of `Todo.title`",
    );
    let todo = project.model.entity_named("Todo").unwrap();
    assert_eq!(todo.field_named("title").unwrap().ty, DataType::Mixed);
}

#[test]
fn a_default_or_bound_that_is_none_is_left_out() {
    let default = "is no default of `column_defaults.answer`";
    assert_mended(&sink(), "\"default\": 42", "\"default\": [42]", default);
    assert_mended(&sink(), "\"min\": -5", "\"min\": true", "is no bound of `column_rules.score`");
}

#[test]
fn what_points_at_nothing_points_at_nothing_no_more() {
    let project = kitchen_sink();
    let text = sink();
    let id = |name: &str| project.model.entity_named(name).unwrap().id.to_string();
    let gone = "e_000000000000";
    let bin = format!("{{ \"entity\": \"{}\", \"fields\"", id("bin"));
    let to = bin.replace(&id("bin"), gone);
    let count = project.model.references().len();
    let mended = assert_mended(&text, &bin, &to, "a reference points at `e_000000000000`");
    assert_eq!(mended.model.references().len(), count - 1);
    let address = format!("\"place\", \"type\": \"{}\"", id("Address"));
    let to = address.replace(&id("Address"), gone);
    assert_mended(&text, &address, &to, "the type of `DocumentTypes.place` points at");
    let namespace = format!("\"namespace\": \"{}\"", project.model.namespaces().last().unwrap().id);
    let to = "\"namespace\": \"n_000000000000\"";
    assert_mended(&text, &namespace, to, "the namespace of `employee` points at");
    let member = format!("          \"{}\",\n          \"{}\"\n", id("bin"), id("stock"));
    let to = member.replacen(&id("bin"), gone, 1);
    assert_mended(&text, &member, &to, "area `Warehouse` points at");
    let card = format!("\"{}\": {{ \"x\": 480", id("Article"));
    let to = card.replace(&id("Article"), gone);
    assert_mended(&text, &card, &to, "a diagram shows `e_000000000000`");
}

#[test]
fn an_id_that_is_taken_is_given_anew_with_all_that_uses_it() {
    let text = write(&small::documents());
    let start = text.find("      {\n        \"id\": \"e_").unwrap();
    let end = start + text[start..].find("\n      },\n").unwrap() + "\n      },\n".len();
    let copied = format!("{}{}{}", &text[..end], &text[start..end], &text[end..]);
    let (project, said) = mended(&copied);
    let users: Vec<_> = project.model.entities().filter(|one| one.name == "User").collect();
    let [first, second] = users.as_slice() else { panic!("{} users", users.len()) };
    assert_ne!(first.id, second.id);
    let key = second.primary_key().unwrap();
    assert!(second.field(key.fields[0]).is_some(), "the copy's key is over the copy's field");
    let line = copied[..end].matches('\n').count() + 2;
    assert_eq!(said[0].span.unwrap().line, line, "{:?}", said[0]);
}

#[test]
fn ids_written_by_hand_hold_together() {
    let text = r#"{
  "format": "lunette", "version": 1,
  "model": {
    "entities": [
      { "id": "user", "name": "User", "kind": "collection",
        "fields": [{ "id": "user.id", "name": "_id", "type": "objectId" }],
        "keys": [{ "kind": "primary", "fields": ["user.id"] }] },
      { "id": "todo", "name": "Todo", "kind": "collection",
        "fields": [{ "id": "todo.owner", "name": "owner", "type": "objectId" }] }
    ],
    "references": [
      { "id": "user", "from": { "entity": "todo", "fields": ["todo.owner"] }, "to": { "entity": "user" } }
    ]
  }
}"#;
    let (project, said) = mended(text);
    let user = project.model.entity_named("User").unwrap();
    let todo = project.model.entity_named("Todo").unwrap();
    let reference = project.model.references().next().unwrap();
    assert_eq!((reference.from.entity, reference.to.entity), (todo.id, user.id));
    assert_eq!(reference.from.fields, [todo.fields[0].id]);
    let taken = said.iter().filter(|one| one.message.contains("taken")).count();
    assert_eq!(taken, 0, "a reference may be called like an entity");
    assert_eq!(user.primary_key().unwrap().fields, [user.fields[0].id]);
}

#[test]
fn the_invariants_of_a_model_hold_after_reading() {
    let mut build = Builder::new("Broken");
    let a = build.table("a");
    let x = build.field(a, "x", DataType::INTEGER);
    let y = build.nested(a, x, "y", DataType::INTEGER);
    build.primary_key(a, &[x]);
    build.primary_key(a, &[y]);
    build.primary_key(a, &[]);
    build.index_with(a, &[], |_| {});
    build.reference_with(a, &[x], a, |reference| reference.to.fields = vec![x, y]);
    let (project, said) = mended(&write(&build.project));
    let messages: Vec<_> = said.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "`a.x` has fields but is no object",
            "`a` has a second primary key",
            "a key of `a` has no fields",
            "an index of `a` has no parts",
            "a reference has 1 fields at one end and 2 at the other",
        ]
    );
    assert!(said.iter().all(|one| one.span.is_some()), "{said:?}");
    let entity = project.model.entity(a).unwrap();
    assert_eq!((entity.keys.len(), entity.indexes.len()), (2, 0));
}
