//! Names and texts that try to break out, disappear or collide, and a model made of them.
//!
//! Must not know any target: whatever a target cannot take is its own business to clean and report.

use lunette::document::project::Project;
use lunette::model::Model;
use lunette::model::area::{Area, ColorToken};
use lunette::model::data_type::DataType;
use lunette::model::entity::{Entity, EntityKind};
use lunette::model::enumeration::{Enumeration, EnumerationValue};
use lunette::model::field::{DefaultValue, Field, Literal};
use lunette::model::id::{EntityId, IdMint, NamespaceId};
use lunette::model::index::Index;
use lunette::model::key::{Key, KeyKind};
use lunette::model::namespace::Namespace;
use lunette::model::note::Note;
use lunette::model::reference::{Cardinality, Reference};

const FIXTURE: &str = include_str!("../../fixtures/hostile_names.json");

/// Names the file of another list, in the form of the fixture, that is tried instead of it.
const OTHER_LIST: &str = "HOSTILE_NAMES";

/// Every hostile text of the fixture, or of the list that a person brings.
pub(crate) fn hostile_names() -> Vec<String> {
    let list = std::env::var_os(OTHER_LIST)
        .map_or_else(|| FIXTURE.to_owned(), |path| std::fs::read_to_string(path).unwrap());
    let all: Vec<serde_json::Value> = serde_json::from_str(&list).unwrap();
    all.iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
}

/// A model in which every hostile text is the name of a namespace, an entity, a field, a nested
/// field, an enumeration, a value, a key, an index, a reference, a role, a default, an area and the
/// text of every note.
pub(crate) fn hostile_project() -> Project {
    hostile_project_of(&hostile_names())
}

/// The same model with these texts.
pub(crate) fn hostile_project_of(names: &[String]) -> Project {
    let mut mint = IdMint::from_text("hostile");
    let mut project = Project::new(names.first().map_or("", String::as_str), &mut mint);
    let model = &mut project.model;
    let mut previous = None;
    for (at, name) in names.iter().enumerate() {
        let kind = if at % 2 == 0 { EntityKind::Collection } else { EntityKind::Table };
        let namespace = Namespace { id: mint.mint(), name: name.clone(), note: name.clone() };
        let entity = entity_of(model, &mut mint, name, kind, namespace.id);
        model.put_namespace(namespace);
        let entity_id = entity.id;
        let next = entity.field_named("next").map(|field| field.id).into_iter().collect();
        model.put_entity(entity);
        let mut reference = Reference::new(mint.mint(), entity_id, previous.unwrap_or(entity_id));
        reference.name = Some(name.clone());
        reference.note.clone_from(name);
        reference.from.fields = next;
        reference.from.role = Some(name.clone());
        reference.to.role = Some(name.clone());
        reference.to.cardinality = Cardinality::ZeroOrOne;
        model.put_reference(reference);
        put_area_and_note(model, &mut mint, name, entity_id);
        previous = Some(entity_id);
    }
    put_wide_entity(model, &mut mint, names);
    project
}

fn entity_of(
    model: &mut Model,
    mint: &mut IdMint,
    name: &str,
    kind: EntityKind,
    namespace: NamespaceId,
) -> Entity {
    let mut choices = Enumeration::new(mint.mint(), name);
    choices.namespace = Some(namespace);
    name.clone_into(&mut choices.note);
    for value in [name, "plain"] {
        let note = name.to_owned();
        choices.values.push(EnumerationValue { id: mint.mint(), name: value.to_owned(), note });
    }
    let mut entity = Entity::new(mint.mint(), name, kind);
    entity.namespace = Some(namespace);
    name.clone_into(&mut entity.note);
    let key = Field::new(mint.mint(), "_id", DataType::ObjectId);
    entity.keys.push(Key {
        id: mint.mint(),
        kind: KeyKind::Primary,
        fields: vec![key.id],
        name: Some(name.to_owned()),
    });
    let mut text = Field::new(mint.mint(), name, DataType::String { length: Some(255) });
    text.default = Some(DefaultValue::Value(Literal::Text(name.to_owned())));
    name.clone_into(&mut text.note);
    let mut index = Index::over(mint.mint(), [text.id]);
    index.name = Some(name.to_owned());
    name.clone_into(&mut index.note);
    entity.indexes.push(index);
    let mut choice = Field::new(mint.mint(), "choice", DataType::Enumeration(choices.id));
    choice.default = Some(DefaultValue::Value(Literal::Text(name.to_owned())));
    let mut nested = Field::new(mint.mint(), "nested", DataType::Object);
    nested.fields.push(Field::new(mint.mint(), name, DataType::Boolean));
    let next = Field::new(mint.mint(), "next", DataType::ObjectId);
    let code = Field::new(mint.mint(), "code", DataType::INTEGER);
    entity.keys.push(Key {
        id: mint.mint(),
        kind: KeyKind::Alternate,
        fields: vec![code.id, next.id],
        name: Some(format!("{name} again")),
    });
    entity.fields = vec![key, text, choice, nested, next, code];
    model.put_enumeration(choices);
    entity
}

fn put_area_and_note(model: &mut Model, mint: &mut IdMint, name: &str, member: EntityId) {
    model.put_area(Area {
        id: mint.mint(),
        name: name.to_owned(),
        color: ColorToken::default(),
        members: vec![member.into()],
        note: name.to_owned(),
    });
    model.put_note(Note {
        id: mint.mint(),
        text: name.to_owned(),
        color: ColorToken::default(),
        subject: Some(member.into()),
    });
}

/// One collection with all of the names as fields, and one enumeration with all as values.
fn put_wide_entity(model: &mut Model, mint: &mut IdMint, names: &[String]) {
    let mut all = Enumeration::new(mint.mint(), "All values");
    for name in names {
        let note = name.clone();
        all.values.push(EnumerationValue { id: mint.mint(), name: name.clone(), note });
    }
    let mut wide = Entity::new(mint.mint(), "Wide", EntityKind::Collection);
    wide.timestamps = true;
    for name in names {
        let mut field = Field::new(mint.mint(), name, DataType::Boolean);
        field.note.clone_from(name);
        wide.fields.push(field);
    }
    wide.fields.push(Field::new(mint.mint(), "any of them", DataType::Enumeration(all.id)));
    model.put_enumeration(all);
    model.put_entity(wide);
}
