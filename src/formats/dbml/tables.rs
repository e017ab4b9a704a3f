//! Tables with their columns, indexes and checks, and enumerations.
//!
//! Must not know references.

use crate::base::expression::is_contained;
use crate::formats::code_writer::CodeWriter;
use crate::formats::dbml::plan::{Plan, values};
use crate::formats::dbml::text::{comment, expression, name, string};
use crate::formats::dbml::types::{column_type, default_of};
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::id::{ElementId, FieldId};
use crate::model::index::{Index, IndexKind, IndexTarget};
use crate::model::key::{Key, KeyKind};

/// Writes a table.
pub(super) fn table(model: &Model, plan: &mut Plan, entity: &Entity, code: &mut CodeWriter) {
    let Some(table) = plan.tables.get(&entity.id).cloned() else { return };
    let settings = match entity.note.as_str() {
        "" => String::new(),
        note => format!(" [note: {}]", string(note)),
    };
    code.blank();
    code.from_element(ElementId::Entity(entity.id), |code| {
        code.block(&format!("Table {table}{settings} {{"), "}", |code| {
            columns(model, plan, entity, &entity.fields, code);
            if entity.timestamps {
                timestamps(entity, code);
            }
            indexes(plan, entity, code);
            checks(plan, entity, code);
        });
    });
}

fn columns(
    model: &Model,
    plan: &mut Plan,
    entity: &Entity,
    fields: &[Field],
    code: &mut CodeWriter,
) {
    for field in fields {
        let Some(column) = plan.columns.get(&field.id).map(|column| name(column)) else { continue };
        let ty = column_type(model, &field.ty, &|ty| {
            ty.enumeration().and_then(|id| plan.enumerations.get(&id).cloned())
        });
        let settings = settings(plan, entity, field);
        let settings = match settings.as_slice() {
            [] => String::new(),
            settings => format!(" [{}]", settings.join(", ")),
        };
        code.from_element(ElementId::Field(entity.id, field.id), |code| {
            code.line(format!("{column} {ty}{settings}"));
            columns(model, plan, entity, &field.fields, code);
        });
    }
}

fn settings(plan: &mut Plan, entity: &Entity, field: &Field) -> Vec<String> {
    let mut settings = Vec::new();
    let is_key = entity.primary_key().is_some_and(|key| is_plain(key) && key.fields == [field.id]);
    if is_key {
        settings.push("pk".to_owned());
    }
    if field.auto_increment {
        settings.push("increment".to_owned());
    }
    if field.required && !is_key {
        settings.push("not null".to_owned());
    }
    if field.unique {
        settings.push("unique".to_owned());
    }
    if field.default.is_some() {
        match default_of(field) {
            Some(default) => settings.push(format!("default: {default}")),
            None => plan.warn(&format!(
                "the default of `{}.{}` holds what DBML cannot quote and is left out",
                entity.name, field.name
            )),
        }
    }
    settings.extend(range(plan, field).map(|check| format!("check: {check}")));
    if !field.note.is_empty() {
        settings.push(format!("note: {}", string(&field.note)));
    }
    settings
}

/// The smallest and largest value as a check.
fn range(plan: &Plan, field: &Field) -> Option<String> {
    let column = plan.columns.get(&field.id)?;
    let column = format!("\"{}\"", column.replace('"', "\"\""));
    let min = field.min.as_ref().map(|min| format!("{column} >= {}", min.as_str()));
    let max = field.max.as_ref().map(|max| format!("{column} <= {}", max.as_str()));
    let bounds: Vec<_> = min.into_iter().chain(max).collect();
    if bounds.is_empty() { None } else { expression(&bounds.join(" AND ")) }
}

fn timestamps(entity: &Entity, code: &mut CodeWriter) {
    let names = match entity.kind {
        EntityKind::Collection | EntityKind::Embedded => ["createdAt", "updatedAt"],
        EntityKind::Table | EntityKind::View => ["created_at", "updated_at"],
    };
    for moment in names.into_iter().filter(|moment| entity.field_named(moment).is_none()) {
        code.line(format!("{moment} timestamptz [not null, default: `now()`]"));
    }
}

/// Whether a key says nothing beyond its one field.
fn is_plain(key: &Key) -> bool {
    key.fields.len() == 1 && key.name.is_none()
}

fn indexes(plan: &mut Plan, entity: &Entity, code: &mut CodeWriter) {
    let mut lines = Vec::new();
    for key in &entity.keys {
        let word = match key.kind {
            KeyKind::Primary if is_plain(key) => continue,
            KeyKind::Primary => "pk",
            KeyKind::Alternate => "unique",
        };
        let parts: Vec<_> = key.fields.iter().map(|id| column_name(plan, *id)).collect();
        let mut settings = vec![word.to_owned()];
        settings.extend(key.name.as_ref().map(|name| format!("name: {}", string(name))));
        if let Some(line) = index_line(parts, &settings) {
            lines.push((ElementId::Key(entity.id, key.id), line));
        }
    }
    for index in &entity.indexes {
        let parts = index.parts.iter().map(|part| match &part.on {
            IndexTarget::Field(id) => column_name(plan, *id),
            IndexTarget::Expression(text) => expression(text),
        });
        let parts: Vec<_> = parts.collect();
        match index_line(parts, &index_settings(index)) {
            Some(line) => lines.push((ElementId::Index(entity.id, index.id), line)),
            None => plan.warn(&format!(
                "an index of `{}` holds an expression that DBML cannot quote and is left out",
                entity.name
            )),
        }
    }
    if lines.is_empty() {
        return;
    }
    code.blank();
    code.block("indexes {", "}", |code| {
        for (element, line) in lines {
            code.from_element(element, |code| code.line(line));
        }
    });
}

fn column_name(plan: &Plan, id: FieldId) -> Option<String> {
    plan.columns.get(&id).map(|column| name(column))
}

fn index_settings(index: &Index) -> Vec<String> {
    let mut settings = Vec::new();
    if index.unique {
        settings.push("unique".to_owned());
    }
    settings.extend(index.name.as_ref().map(|name| format!("name: {}", string(name))));
    match index.kind {
        IndexKind::Hash => settings.push("type: hash".to_owned()),
        IndexKind::Ordered | IndexKind::Text | IndexKind::Geo => {}
    }
    if !index.note.is_empty() {
        settings.push(format!("note: {}", string(&index.note)));
    }
    settings
}

fn index_line(parts: Vec<Option<String>>, settings: &[String]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().collect::<Option<_>>()?;
    let parts = match parts.as_slice() {
        [] => return None,
        [only] => only.clone(),
        parts => format!("({})", parts.join(", ")),
    };
    Some(match settings {
        [] => parts,
        settings => format!("{parts} [{}]", settings.join(", ")),
    })
}

fn checks(plan: &mut Plan, entity: &Entity, code: &mut CodeWriter) {
    let mut lines = Vec::new();
    for check in &entity.checks {
        let condition = Some(&check.expression).filter(|text| is_contained(text));
        let Some(condition) = condition.and_then(|text| expression(text)) else {
            plan.warn(&format!(
                "a check of `{}` is not one expression and is left out",
                entity.name
            ));
            continue;
        };
        let named = check.name.as_ref().map(|name| format!(" [name: {}]", string(name)));
        let line = format!("{condition}{}", named.unwrap_or_default());
        lines.push((ElementId::Check(entity.id, check.id), line));
    }
    if lines.is_empty() {
        return;
    }
    code.blank();
    code.block("checks {", "}", |code| {
        for (element, line) in lines {
            code.from_element(element, |code| code.line(line));
        }
    });
}

/// Writes an enumeration.
pub(super) fn enumeration(plan: &Plan, enumeration: &Enumeration, code: &mut CodeWriter) {
    let Some(qualified) = plan.enumerations.get(&enumeration.id) else { return };
    code.blank();
    code.from_element(ElementId::Enumeration(enumeration.id), |code| {
        if !enumeration.note.is_empty() {
            for line in enumeration.note.lines() {
                code.line(format!("// {}", comment(line)).trim_end());
            }
        }
        code.block(&format!("Enum {qualified} {{"), "}", |code| {
            for (position, value) in values(enumeration) {
                let Some(original) = enumeration.values.get(position) else { continue };
                let note = match original.note.as_str() {
                    "" => String::new(),
                    note => format!(" [note: {}]", string(note)),
                };
                let element = ElementId::Value(enumeration.id, original.id);
                code.from_element(element, |code| code.line(format!("{}{note}", name(&value))));
            }
        });
    });
}
