//! The schema: generator and database, enumerations, types, models and views.
//!
//! Must not know how fields, relations and keys are written.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::code_writer::CodeWriter;
use crate::formats::collections;
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::options::Options;
use crate::formats::prisma::PRISMA;
use crate::formats::prisma::plan::Plan;
use crate::formats::prisma::provider::{PROVIDERS, Provider};
use crate::formats::prisma::text::{Row, note, rows, string};
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
    let (text, origins) = code.finish();
    let mut files = FileSet::default();
    files.add_text(RelativePath::of(&["schema.prisma"]), text, origins);
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
    let row = |name: &str, value: String| Row {
        name: name.to_owned(),
        ty: format!("= {value}"),
        ..Row::default()
    };
    let mut generator = Vec::new();
    if is_old {
        generator.push(row("provider", "\"prisma-client-js\"".to_owned()));
    } else {
        generator.push(row("provider", "\"prisma-client\"".to_owned()));
        generator.push(row("output", "\"../generated/prisma\"".to_owned()));
    }
    if has_views {
        generator.push(row("previewFeatures", "[\"views\"]".to_owned()));
    }
    code.block("generator client {", "}", |code| rows(&generator, code));
    let mut source = vec![row("provider", string(plan.provider.id))];
    if is_old {
        source.push(row("url", "env(\"DATABASE_URL\")".to_owned()));
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
        let schemas: Vec<_> = schemas.iter().map(|schema| string(schema)).collect();
        source.push(row("schemas", format!("[{}]", schemas.join(", "))));
    }
    code.blank();
    code.block("datasource db {", "}", |code| rows(&source, code));
}

fn write_enumeration(plan: &Plan<'_>, enumeration: &Enumeration, code: &mut CodeWriter) {
    let Some(named) = plan.enumerations.get(&enumeration.id) else { return };
    code.blank();
    code.from_element(ElementId::Enumeration(enumeration.id), |code| {
        note(&enumeration.note, code);
        code.block(&format!("enum {} {{", named.name), "}", |code| {
            let mut lines = Vec::new();
            for value in &enumeration.values {
                let Some(named) = plan.values.get(&value.id) else { continue };
                let stored = named.stored.as_ref();
                let map = stored.map(|stored| format!("@map({})", string(stored)));
                lines.push(Row {
                    element: Some(ElementId::Value(enumeration.id, value.id)),
                    note: value.note.clone(),
                    name: named.name.clone(),
                    ty: map.unwrap_or_default(),
                    rest: String::new(),
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
        code.line(format!("@@map({})", string(stored)));
    }
    if let Some(schema) = schema {
        code.line(format!("@@schema({})", string(schema)));
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
    let word = match entity.kind {
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
    let is_model = word == "model";
    let keys = if is_model { plan.key_attributes(entity) } else { Vec::new() };
    let schema = plan.schema_of(entity).filter(|_| word != "type");
    code.blank();
    code.from_element(ElementId::Entity(entity.id), |code| {
        note(&entity.note, code);
        code.block(&format!("{word} {} {{", named.name), "}", |code| {
            rows(&lines, code);
            if !block.relations.is_empty() {
                code.blank();
                rows(block.relations, code);
            }
            let mut attributes = keys;
            let of_block = |text: String| (ElementId::Entity(entity.id), text);
            let stored = named.stored.iter().map(|stored| format!("@@map({})", string(stored)));
            let schema = schema.iter().map(|schema| format!("@@schema({})", string(schema)));
            let ignored = block.is_ignored.then(|| "@@ignore".to_owned());
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
        code.block(&format!("type {name} {{"), "}", |code| rows(&lines, code));
    });
}
