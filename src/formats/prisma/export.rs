//! The schema: generator and database, enumerations, types, models and views.
//!
//! Must not know how fields, relations and keys are written.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::code::{code, join};
use crate::formats::collections;
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::options::Options;
use crate::formats::prisma::PRISMA;
use crate::formats::prisma::plan::Plan;
use crate::formats::prisma::provider::{PROVIDERS, Provider};
use crate::formats::prisma::text::{Code, CodeWriter, Row, note, rows, string, word};
use crate::formats::reference_fields::complete_where;
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::id::{ElementId, EntityId};

/// The schema of a project.
pub(super) fn export(project: &Project, options: &Options) -> Exported {
    let provider = provider_of(project, options.text("provider"));
    let (model, stored, mut diagnostics) = prepared(&project.model, provider);
    let mut plan = Plan::of(&model, provider, &stored);
    let mut code = CodeWriter::new("  ");
    head(&plan, options, &mut code);
    for enumeration in model.enumerations() {
        write_enumeration(&plan, enumeration, &mut code);
    }
    let mut ids = BTreeMap::new();
    let mut ignored = BTreeSet::new();
    for entity in model.entities() {
        if let Some(name) = plan.made_id(entity) {
            ids.insert(entity.id, name);
        } else if matches!(entity.kind, EntityKind::Collection | EntityKind::Table)
            && !plan.has_unique(entity)
        {
            ignored.insert(entity.id);
            plan.lose("models without anything unique are ignored by the client", &entity.name);
        }
    }
    let relations = plan.relation_rows(&ids, &ignored);
    for entity in model.entities() {
        let block = Block {
            entity,
            id: ids.get(&entity.id),
            relations: relations.get(&entity.id).map(Vec::as_slice).unwrap_or_default(),
            is_ignored: ignored.contains(&entity.id),
        };
        write_block(&mut plan, &block, &mut code);
    }
    diagnostics.extend(plan.diagnostics());
    let mut files = FileSet::default();
    files.add(RelativePath::of(&["schema.prisma"]), code.finish());
    Exported { files, diagnostics }
}

/// The chosen database, else that of the project's target, else one that fits what is in the model.
fn provider_of(project: &Project, chosen: &str) -> &'static Provider {
    let [usual, .., documents] = &PROVIDERS;
    Provider::named(chosen).unwrap_or_else(|| {
        let has_tables = project.model.entities().any(|entity| entity.kind == EntityKind::Table);
        let by_target = Provider::of_target(&project.settings.target);
        match by_target {
            // The usual target says nothing of a model of tables.
            Some(provider) if provider.is_documents && has_tables => usual,
            Some(provider) => provider,
            None if has_tables => usual,
            None => documents,
        }
    })
}

type Prepared = (Model, BTreeMap<EntityId, String>, Vec<Diagnostic>);

/// The model with a field for each reference that needs one, and names of collections.
fn prepared(model: &Model, provider: &Provider) -> Prepared {
    if provider.is_documents {
        let (lowered, diagnostics) = collections::lower(model, PRISMA.id);
        let names = lowered.names.iter().map(|(id, name)| (*id, name.clone())).collect();
        return (lowered.model, names, diagnostics);
    }
    // Two lists need no fields.
    let completed = complete_where(model, |reference| !reference.is_many_to_many()).model;
    (completed, BTreeMap::new(), Vec::new())
}

fn head(plan: &Plan<'_>, options: &Options, code: &mut CodeWriter) {
    let is_old = options.text("version") == "6";
    let has_views = plan
        .model
        .entities()
        .any(|entity| entity.kind == EntityKind::View && plan.block(entity.id).is_some());
    let row = |name: &'static str, value: Code| Row {
        name: code!(name),
        ty: code!("= ", value),
        ..Row::default()
    };
    let mut generator = Vec::new();
    if is_old {
        generator.push(row("provider", code!("\"prisma-client-js\"")));
    } else {
        generator.push(row("provider", code!("\"prisma-client\"")));
        generator.push(row("output", code!("\"../generated/prisma\"")));
    }
    if has_views {
        generator.push(row("previewFeatures", code!("[\"views\"]")));
    }
    code.block("generator client {", "}", |code| rows(&generator, code));
    let mut source = vec![row("provider", string(plan.provider.id))];
    if is_old {
        source.push(row("url", code!("env(\"DATABASE_URL\")")));
    }
    let mut schemas: Vec<String> = Vec::new();
    for entity in plan.model.entities().filter(|entity| plan.block(entity.id).is_some()) {
        schemas.extend(plan.schema_of(entity));
    }
    for enumeration in plan.model.enumerations() {
        schemas.extend(plan.schema_of_enumeration(enumeration));
    }
    schemas.sort();
    schemas.dedup();
    if !schemas.is_empty() {
        let schemas = join(schemas.iter().map(|schema| string(schema)), ", ");
        source.push(row("schemas", code!("[", schemas, "]")));
    }
    code.blank();
    code.block("datasource db {", "}", |code| rows(&source, code));
}

fn write_enumeration(plan: &Plan<'_>, enumeration: &Enumeration, code: &mut CodeWriter) {
    let Some(named) = plan.enumerations.get(&enumeration.id) else { return };
    code.blank();
    code.from_element(ElementId::Enumeration(enumeration.id), |code| {
        note(&enumeration.note, code);
        code.block(code!("enum ", word(&named.name), " {"), "}", |code| {
            let mut lines = Vec::new();
            for value in &enumeration.values {
                let Some(named) = plan.values.get(&value.id) else { continue };
                let stored = named.stored.as_ref();
                let map = stored.map(|stored| code!("@map(", string(stored), ")"));
                lines.push(Row {
                    element: Some(ElementId::Value(enumeration.id, value.id)),
                    note: value.note.clone(),
                    name: word(&named.name),
                    ty: map.unwrap_or_default(),
                    rest: Code::default(),
                });
            }
            rows(&lines, code);
            let schema = plan.schema_of_enumeration(enumeration);
            write_names(named.stored.as_deref(), schema.as_deref(), code);
        });
    });
}

fn write_names(stored: Option<&str>, schema: Option<&str>, code: &mut CodeWriter) {
    if stored.is_some() || schema.is_some() {
        code.blank();
    }
    if let Some(stored) = stored {
        code.line(code!("@@map(", string(stored), ")"));
    }
    if let Some(schema) = schema {
        code.line(code!("@@schema(", string(schema), ")"));
    }
}

/// A model, view or type and what is known of it.
struct Block<'a> {
    entity: &'a Entity,
    /// The name of the key that it gets.
    id: Option<&'a String>,
    relations: &'a [Row],
    is_ignored: bool,
}

fn write_block(plan: &mut Plan<'_>, block: &Block<'_>, code: &mut CodeWriter) {
    let entity = block.entity;
    let Some(named) = plan.blocks.get(&entity.id).cloned() else { return };
    let kind = match entity.kind {
        EntityKind::Collection | EntityKind::Table => "model",
        EntityKind::View => "view",
        EntityKind::Embedded => "type",
    };
    for field in &entity.fields {
        write_nested(plan, entity, field, code);
    }
    let mut lines: Vec<Row> =
        block.id.map(|name| plan.made_id_row(entity, name)).into_iter().collect();
    for field in &entity.fields {
        lines.push(plan.field_row(entity, field));
    }
    lines.extend(plan.timestamp_rows(entity));
    let is_model = kind == "model";
    let keys = if is_model { plan.key_attributes(entity) } else { Vec::new() };
    let schema = plan.schema_of(entity).filter(|_| kind != "type");
    code.blank();
    code.from_element(ElementId::Entity(entity.id), |code| {
        note(&entity.note, code);
        code.block(code!(kind, " ", word(&named.name), " {"), "}", |code| {
            rows(&lines, code);
            if !block.relations.is_empty() {
                code.blank();
                rows(block.relations, code);
            }
            let mut attributes = keys;
            let of_block = |text: Code| (ElementId::Entity(entity.id), text);
            let stored = named.stored.iter().map(|stored| code!("@@map(", string(stored), ")"));
            let schema = schema.iter().map(|schema| code!("@@schema(", string(schema), ")"));
            let ignored = block.is_ignored.then(|| code!("@@ignore"));
            attributes.extend(stored.chain(schema).chain(ignored).map(of_block));
            if !attributes.is_empty() {
                code.blank();
            }
            for (element, attribute) in &attributes {
                code.from_element(*element, |code| code.line(attribute));
            }
        });
    });
}

/// Writes the types that a nested object and those in it become, inner ones first.
fn write_nested(plan: &mut Plan<'_>, entity: &Entity, field: &Field, code: &mut CodeWriter) {
    let Some(name) = plan.nested_types.get(&field.id).cloned() else { return };
    for child in &field.fields {
        write_nested(plan, entity, child, code);
    }
    // A type has no keys, so a field in it is written as one of an embedded entity.
    let mut around = Entity::new(entity.id, &name, EntityKind::Embedded);
    around.fields.clone_from(&field.fields);
    let lines: Vec<_> = around.fields.iter().map(|child| plan.field_row(&around, child)).collect();
    code.blank();
    code.from_element(ElementId::Field(entity.id, field.id), |code| {
        code.block(code!("type ", word(&name), " {"), "}", |code| rows(&lines, code));
    });
}
