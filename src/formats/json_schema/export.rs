//! Definitions of entities and enumerations, and the files they stand in.
//!
//! Must not know how values are written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use indexmap::IndexSet;

use crate::base::diagnostic::Diagnostic;
use crate::base::ident::{Case, UniqueNames, with_case};
use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::file_set::{FileSet, RelativePath, clean_component};
use crate::formats::json_schema::tree::{CodeWriter, Json, Member};
use crate::formats::json_schema::types::Values;
use crate::formats::options::Options;
use crate::formats::reference_fields::{Completed, complete};
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::{Enumeration, EnumerationValue};
use crate::model::field::Field;
use crate::model::id::{ElementId, NodeId};

/// The draft that is written.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Longest beginning of a file's name, in characters of any width.
const LONGEST_BASE: usize = 40;

/// Where a definition stands.
struct Place {
    /// Its name, which no other has.
    name: String,
    /// What `$ref` says to mean it.
    reference: String,
    /// Its file, where each has one.
    file: String,
}

struct Writer<'a> {
    completed: &'a Completed,
    places: BTreeMap<NodeId, Place>,
    values: Values,
    options: &'a Options,
    diagnostics: Vec<Diagnostic>,
}

/// The schemas of a project.
pub(super) fn export(project: &Project, options: &Options) -> Exported {
    let completed = complete(&project.model);
    let places = places(&completed.model, options.text("files") == "each");
    let references = places.iter().map(|(id, place)| (*id, place.reference.clone())).collect();
    let mut writer = Writer {
        completed: &completed,
        places,
        values: Values::new(references, options),
        options,
        diagnostics: Vec::new(),
    };
    let mut files = FileSet::default();
    if options.text("files") == "each" {
        writer.write_each(&mut files);
    } else {
        writer.write_one(project, &mut files);
    }
    let mut diagnostics = writer.diagnostics;
    for empty in completed.model.enumerations().filter(|one| one.values.is_empty()) {
        let message = format!("json-schema: `{}` has no values and is any text", empty.name);
        diagnostics.push(Diagnostic::warning(message));
    }
    diagnostics.extend(writer.values.diagnostics());
    Exported { files, diagnostics }
}

/// Names, references and files of all definitions.
fn places(model: &Model, has_files: bool) -> BTreeMap<NodeId, Place> {
    let mut names = IndexSet::new();
    let mut files = UniqueNames::new();
    let entities = model.entities().map(|entity| NodeId::Entity(entity.id));
    // One without values would refuse every text, and is any text instead.
    let with_values = model.enumerations().filter(|one| !one.values.is_empty());
    let enumerations = with_values.map(|one| NodeId::Enumeration(one.id));
    let place = |node: NodeId| {
        let wanted = model.display_name(node);
        let mut name = wanted.clone();
        let mut n = 2;
        while !names.insert(name.clone()) {
            name = format!("{wanted}_{n}");
            n += 1;
        }
        let base = clean_component(&with_case(&name, Case::Kebab));
        let base: String = base.chars().take(LONGEST_BASE).collect();
        let file = format!("{}.schema.json", files.unique(&base, "-"));
        let reference = if has_files {
            in_uri(&file)
        } else {
            format!("#/$defs/{}", in_uri(&name.replace('~', "~0").replace('/', "~1")))
        };
        (node, Place { name, reference, file })
    };
    entities.chain(enumerations).map(place).collect()
}

/// `text` as part of a URI: all bytes that are not plain there as their codes.
fn in_uri(text: &str) -> String {
    let mut uri = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            byte => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

impl Writer<'_> {
    fn write_one(&mut self, project: &Project, files: &mut FileSet) {
        let mut definitions = Vec::new();
        for (node, element, schema) in self.definitions() {
            let name = self.places.get(&node).map_or("", |place| place.name.as_str());
            definitions.push(Member::new(name, schema).of(element));
        }
        let mut members = vec![Member::new("$schema", DRAFT)];
        members.push(Member::new("title", project.settings.name.as_str()));
        if !project.settings.note.is_empty() {
            members.push(Member::new("description", project.settings.note.as_str()));
        }
        members.push(Member::new("$defs", definitions));
        let mut code = CodeWriter::new("  ");
        Json::from(members).write(&mut code);
        let name = format!("{}.schema.json", with_case(&project.settings.name, Case::Kebab));
        files.add(RelativePath::of(&[&name]), code.finish());
    }

    fn write_each(&mut self, files: &mut FileSet) {
        for (node, element, schema) in self.definitions() {
            let Some(place) = self.places.get(&node) else { continue };
            let mut members = vec![Member::new("$schema", DRAFT)];
            members.push(Member::new("title", place.name.as_str()));
            if let Json::Object(rest) = schema {
                members.extend(rest);
            }
            let mut code = CodeWriter::new("  ");
            code.from_element(element, |code| Json::from(members).write(code));
            files.add(RelativePath::of(&[&place.file]), code.finish());
        }
    }

    fn definitions(&mut self) -> Vec<(NodeId, ElementId, Json)> {
        let model = &self.completed.model;
        let entities: Vec<_> = model
            .entities()
            .map(|entity| (entity.id.into(), ElementId::Entity(entity.id), self.entity(entity)))
            .collect();
        let with_values = model.enumerations().filter(|one| !one.values.is_empty());
        let enumerations = with_values
            .map(|one| (one.id.into(), ElementId::Enumeration(one.id), enumeration_schema(one)));
        entities.into_iter().chain(enumerations).collect()
    }

    fn entity(&mut self, entity: &Entity) -> Json {
        let mut schema = vec![Member::new("type", "object")];
        if !entity.note.is_empty() {
            schema.push(Member::new("description", entity.note.as_str()));
        }
        let mut properties = Vec::new();
        let mut required = Vec::new();
        self.fields(entity, &entity.fields, &mut properties, &mut required);
        for name in timestamps(entity).into_iter().filter(|n| entity.field_named(n).is_none()) {
            properties.push(Member::new(name, Values::timestamp()));
            required.push(name.into());
        }
        self.finish_object(&mut schema, properties, required);
        schema.into()
    }

    fn finish_object(
        &self,
        schema: &mut Vec<Member>,
        properties: Vec<Member>,
        required: Vec<Json>,
    ) {
        schema.push(Member::new("properties", properties));
        if !required.is_empty() {
            schema.push(Member::new("required", required));
        }
        if self.options.text("other_fields") == "refuse" {
            schema.push(Member::new("additionalProperties", Json::raw("false")));
        }
    }

    fn fields(
        &mut self,
        entity: &Entity,
        fields: &[Field],
        properties: &mut Vec<Member>,
        required: &mut Vec<Json>,
    ) {
        let mut taken = IndexSet::new();
        for field in fields {
            let mut name = field.name.clone();
            let mut n = 2;
            while !taken.insert(name.clone()) {
                name = format!("{}_{n}", field.name);
                n += 1;
            }
            if name != field.name {
                self.diagnostics.push(Diagnostic::warning(format!(
                    "json-schema: the second `{}.{}` is written as `{name}`",
                    entity.name, field.name
                )));
            }
            let is_there = field.required || entity.is_in_primary_key(field.id);
            if is_there || self.options.text("absent") == "null" {
                required.push(name.as_str().into());
            }
            let object = self.nested(entity, field);
            let schema = self.values.field(entity, field, is_there, object);
            let element = match self.completed.added.get(&field.id) {
                Some(reference) => ElementId::Reference(*reference),
                None => ElementId::Field(entity.id, field.id),
            };
            properties.push(Member::new(&name, schema).of(element));
        }
    }

    /// What the fields of a nested object add to its schema.
    fn nested(&mut self, entity: &Entity, field: &Field) -> Vec<Member> {
        let mut schema = Vec::new();
        if field.fields.is_empty() {
            return schema;
        }
        let mut properties = Vec::new();
        let mut required = Vec::new();
        self.fields(entity, &field.fields, &mut properties, &mut required);
        self.finish_object(&mut schema, properties, required);
        schema
    }
}

fn enumeration_schema(enumeration: &Enumeration) -> Json {
    let mut schema = vec![Member::new("type", "string")];
    if !enumeration.note.is_empty() {
        schema.push(Member::new("description", enumeration.note.as_str()));
    }
    let mut taken = IndexSet::new();
    let values = enumeration.values.iter().filter(|value| taken.insert(value.name.as_str()));
    let values: Vec<_> = values.collect();
    if values.iter().all(|value| value.note.is_empty()) {
        if !values.is_empty() {
            let values: Vec<Json> = values.iter().map(|value| value.name.as_str().into()).collect();
            schema.push(Member::new("enum", values));
        }
        return schema.into();
    }
    let choice = |value: &&EnumerationValue| -> Json {
        let mut choice = vec![Member::new("const", value.name.as_str())];
        if !value.note.is_empty() {
            choice.push(Member::new("description", value.note.as_str()));
        }
        choice.into()
    };
    schema.push(Member::new("oneOf", values.iter().map(choice).collect::<Vec<_>>()));
    schema.into()
}

fn timestamps(entity: &Entity) -> Vec<&'static str> {
    if !entity.timestamps {
        return Vec::new();
    }
    match entity.kind {
        EntityKind::Collection | EntityKind::Embedded => vec!["createdAt", "updatedAt"],
        EntityKind::Table | EntityKind::View => vec!["created_at", "updated_at"],
    }
}
