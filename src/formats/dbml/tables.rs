//! Tables with their columns, indexes and checks, and enumerations.
//!
//! Must not know references.

use crate::base::color::Color;
use crate::base::expression::is_contained;
use crate::formats::code::{code, join};
use crate::formats::dbml::custom::{HEADER_COLOR, KIND, RECORDS, is_key};
use crate::formats::dbml::plan::{Plan, values};
use crate::formats::dbml::records::Rows;
use crate::formats::dbml::text::{
    self, Code, CodeWriter, comments, expression, name, native_type, string,
};
use crate::formats::dbml::types::{column_type, default_of};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::Enumeration;
use crate::model::extras::Extras;
use crate::model::field::Field;
use crate::model::id::{ElementId, FieldId};
use crate::model::index::{Index, IndexKind, IndexTarget};
use crate::model::key::{Key, KeyKind};

/// Writes a table.
pub(super) fn table(
    model: &Model,
    plan: &mut Plan,
    entity: &Entity,
    color: Option<Color>,
    code: &mut CodeWriter,
) {
    let Some(table) = plan.tables.get(&entity.id).cloned() else { return };
    let settings = bracketed(table_settings(plan, entity, color));
    code.blank();
    code.from_element(ElementId::Entity(entity.id), |code| {
        code.block(code!("Table ", table, settings, " {"), "}", |code| {
            columns(model, plan, entity, &entity.fields, code);
            if entity.timestamps {
                timestamps(entity, code);
            }
            indexes(plan, entity, code);
            checks(plan, entity, code);
            records(plan, entity, code);
        });
    });
}

fn table_settings(plan: &Plan, entity: &Entity, color: Option<Color>) -> Vec<Code> {
    let mut settings = Vec::new();
    settings.extend(color.map(|color| code!(HEADER_COLOR, ": ", color.with_alpha(255))));
    if entity.kind != plan.usual_kind() {
        settings.push(code!(KIND, ": ", string(entity.kind.as_str())));
    }
    settings.extend(own_settings(&entity.extras));
    if !entity.note.is_empty() {
        settings.push(code!("note: ", string(&entity.note)));
    }
    settings
}

/// Settings of somebody's own.
fn own_settings(extras: &Extras) -> impl Iterator<Item = Code> {
    let options = extras.options.get("dbml").into_iter().flatten();
    let own = options.filter(|(key, _)| is_key(key));
    own.map(|(key, value)| code!(text::key(key), ": ", string(value)))
}

/// Settings in brackets with a blank before them; nothing when there are none.
fn bracketed(settings: Vec<Code>) -> Option<Code> {
    (!settings.is_empty()).then(|| code!(" [", join(settings, ", "), "]"))
}

/// The example rows that a table came with, while its columns are still there.
fn records(plan: &mut Plan, entity: &Entity, code: &mut CodeWriter) {
    let Some(extra) = entity.extras.option("dbml", RECORDS) else { return };
    let has_column = |column: &String| {
        let mut columns = entity.all_fields().into_iter().filter_map(|f| plan.columns.get(&f.id));
        columns.any(|known| known == column)
    };
    let rows = Rows::from_extra(extra).filter(|rows| rows.columns.iter().all(has_column));
    let Some(rows) = rows else {
        return plan.warn(&format!("the records of `{}` do not fit its columns", entity.name));
    };
    let columns = join(rows.columns.iter().map(|column| name(column)), ", ");
    let columns = (!columns.is_empty()).then(|| code!(" (", columns, ")"));
    code.blank();
    code.block(code!("records", columns, " {"), "}", |code| {
        for (n, row) in rows.rows.iter().enumerate() {
            let line = join(row, ", ");
            // A sign at the beginning would continue the line before it.
            let is_first = n == 0 || !line.as_str().starts_with('-');
            code.line(if is_first { line } else { quoted_first(row) });
        }
    });
}

/// A row whose first value, a negative number, is written as a text.
fn quoted_first(row: &[Code]) -> Code {
    let values = row.iter().enumerate();
    let values =
        values.map(|(n, value)| if n == 0 { string(value.as_str()) } else { value.clone() });
    join(values, ", ")
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
        let ty = type_of(model, plan, field);
        let settings = bracketed(settings(plan, entity, field));
        code.from_element(ElementId::Field(entity.id, field.id), |code| {
            code.line(code!(column, " ", ty, settings));
            columns(model, plan, entity, &field.fields, code);
        });
    }
}

/// The type of a column: in the words of the project's own target where it has such.
fn type_of(model: &Model, plan: &Plan, field: &Field) -> Code {
    let has_name = matches!(
        field.ty.innermost(),
        DataType::Enumeration(_) | DataType::Embedded(_) | DataType::Object
    );
    match field.native_types.get(plan.native()).filter(|_| !has_name) {
        Some(native) => native_type(native),
        None => column_type(model, &field.ty, &|ty| match ty {
            DataType::Enumeration(id) => plan.enumerations.get(id).cloned(),
            DataType::Embedded(id) => plan.tables.get(id).cloned(),
            _ => None,
        }),
    }
}

fn settings(plan: &mut Plan, entity: &Entity, field: &Field) -> Vec<Code> {
    let mut settings = Vec::new();
    let is_key = entity.primary_key().is_some_and(|key| is_plain(key) && key.fields == [field.id]);
    if is_key {
        settings.push(code!("pk"));
    }
    if field.auto_increment {
        settings.push(code!("increment"));
    }
    let is_required = field.required || entity.is_in_primary_key(field.id);
    if is_required && !is_key {
        settings.push(code!("not null"));
    }
    if field.unique {
        settings.push(code!("unique"));
    }
    if field.default.is_some() {
        match default_of(field) {
            Some(default) => settings.push(code!("default: ", default)),
            None => plan.warn(&format!(
                "the default of `{}.{}` holds what DBML cannot quote and is left out",
                entity.name, field.name
            )),
        }
    }
    settings.extend(range(plan, field).map(|check| code!("check: ", check)));
    settings.extend(own_settings(&field.extras));
    if !field.note.is_empty() {
        settings.push(code!("note: ", string(&field.note)));
    }
    settings
}

/// The smallest and largest value as a check.
fn range(plan: &Plan, field: &Field) -> Option<Code> {
    let column = plan.columns.get(&field.id)?;
    let column = format!("\"{}\"", column.replace('"', "\"\""));
    let min = field.min.as_ref().map(|min| format!("{column} >= {}", min.as_str()));
    let max = field.max.as_ref().map(|max| format!("{column} <= {}", max.as_str()));
    let bounds: Vec<_> = min.into_iter().chain(max).collect();
    if bounds.is_empty() { None } else { expression(&bounds.join(" AND ")) }
}

fn timestamps(entity: &Entity, code: &mut CodeWriter) {
    let names = timestamp_names(entity.kind);
    for moment in names.into_iter().filter(|moment| entity.field_named(moment).is_none()) {
        code.line(code!(moment, " timestamptz [not null, default: `now()`]"));
    }
}

/// What the columns of timestamps are called.
pub(super) fn timestamp_names(kind: EntityKind) -> [&'static str; 2] {
    match kind {
        EntityKind::Collection | EntityKind::Embedded => ["createdAt", "updatedAt"],
        EntityKind::Table | EntityKind::View => ["created_at", "updated_at"],
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
        let mut settings: Vec<Code> = vec![code!(word)];
        settings.extend(key.name.as_ref().map(|name| code!("name: ", string(name))));
        if let Some(line) = index_line(parts, settings) {
            lines.push((ElementId::Key(entity.id, key.id), line));
        }
    }
    for index in &entity.indexes {
        let parts = index.parts.iter().map(|part| match &part.on {
            IndexTarget::Field(id) => column_name(plan, *id),
            IndexTarget::Expression(text) => expression(text),
        });
        let parts: Vec<_> = parts.collect();
        match index_line(parts, index_settings(index)) {
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

fn column_name(plan: &Plan, id: FieldId) -> Option<Code> {
    plan.columns.get(&id).map(|column| name(column))
}

fn index_settings(index: &Index) -> Vec<Code> {
    let mut settings = Vec::new();
    if index.unique {
        settings.push(code!("unique"));
    }
    settings.extend(index.name.as_ref().map(|name| code!("name: ", string(name))));
    match index.kind {
        IndexKind::Hash => settings.push(code!("type: hash")),
        // What is only unique is read as a key.
        IndexKind::Ordered | IndexKind::Text | IndexKind::Geo if index.unique => {
            settings.push(code!("type: btree"));
        }
        IndexKind::Ordered | IndexKind::Text | IndexKind::Geo => {}
    }
    if !index.note.is_empty() {
        settings.push(code!("note: ", string(&index.note)));
    }
    settings
}

fn index_line(parts: Vec<Option<Code>>, settings: Vec<Code>) -> Option<Code> {
    let parts: Vec<Code> = parts.into_iter().collect::<Option<_>>()?;
    let parts = match parts.as_slice() {
        [] => return None,
        [only] => only.clone(),
        parts => code!("(", join(parts, ", "), ")"),
    };
    Some(code!(parts, bracketed(settings)))
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
        let named = check.name.as_ref().map(|name| code!(" [name: ", string(name), "]"));
        let line = code!(condition, named);
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
        for line in comments(&enumeration.note) {
            code.line(line);
        }
        code.block(code!("Enum ", qualified, " {"), "}", |code| {
            for (position, value) in values(enumeration) {
                let Some(original) = enumeration.values.get(position) else { continue };
                let note = match original.note.as_str() {
                    "" => None,
                    note => Some(code!(" [note: ", string(note), "]")),
                };
                let element = ElementId::Value(enumeration.id, original.id);
                code.from_element(element, |code| code.line(code!(name(&value), note)));
            }
        });
    });
}
