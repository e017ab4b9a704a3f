//! The file: enumerations first, then interfaces in the model's order.

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::Diagnostic;
use crate::formats::code::Written;
use crate::formats::code_writer::CodeWriter;
use crate::formats::javascript::comment;
use crate::formats::javascript::identifier::{Scope, type_name};
use crate::formats::javascript::literal;
use crate::formats::reference_fields::{Completed, complete};
use crate::formats::typescript::style::Style;
use crate::model::Model;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::id::{ElementId, EntityId, EnumerationId};

/// Types of the language that interfaces must not hide.
const USED: [&str; 8] =
    ["Array", "Date", "Function", "Object", "Record", "String", "Symbol", "Uint8Array"];

/// Longest line that Prettier writes.
const WIDTH: usize = 80;

/// The text, where its lines come from, and what was changed.
pub(super) fn write(model: &Model, style: &Style) -> (Written, Vec<Diagnostic>) {
    let completed = complete(model);
    let mut scope = Scope::with(&USED);
    let mut entities = IndexMap::new();
    for entity in completed.model.entities() {
        let wanted = type_name(&entity.name, "Entity");
        entities.insert(entity.id, scope.declare(&wanted, |name| vec![name.to_owned()]));
    }
    let mut enumerations = IndexMap::new();
    for enumeration in completed.model.enumerations() {
        let wanted = type_name(&enumeration.name, "Enumeration");
        enumerations.insert(enumeration.id, scope.declare(&wanted, |name| vec![name.to_owned()]));
    }
    let mut writer = Writer {
        completed: &completed,
        style,
        entities,
        enumerations,
        code: CodeWriter::new("  "),
        diagnostics: Vec::new(),
    };
    for enumeration in completed.model.enumerations() {
        writer.write_enumeration(enumeration);
    }
    for entity in completed.model.entities() {
        writer.write_entity(entity);
    }
    if writer.code.text().is_empty() {
        writer.code.line("export {};");
    }
    (writer.code.finish(), writer.diagnostics)
}

struct Writer<'a> {
    completed: &'a Completed,
    style: &'a Style,
    entities: IndexMap<EntityId, String>,
    enumerations: IndexMap<EnumerationId, String>,
    code: CodeWriter,
    diagnostics: Vec<Diagnostic>,
}

impl Writer<'_> {
    fn write_enumeration(&mut self, enumeration: &Enumeration) {
        let name = self.enumerations.get(&enumeration.id).cloned().unwrap_or_default();
        let is_constant = self.style.constant_enumerations;
        let code = &mut self.code;
        code.blank();
        code.from_element(ElementId::Enumeration(enumeration.id), |code| {
            for line in comment::block(&enumeration.note) {
                code.raw_line(line);
            }
            if is_constant {
                write_constants(enumeration, &name, code);
            } else {
                write_union(enumeration, &name, code);
            }
        });
    }

    fn write_entity(&mut self, entity: &Entity) {
        let name = self.entities.get(&entity.id).cloned().unwrap_or_default();
        let mut code = std::mem::replace(&mut self.code, CodeWriter::new("  "));
        code.blank();
        code.from_element(ElementId::Entity(entity.id), |code| {
            for line in comment::block(&entity.note) {
                code.raw_line(line);
            }
            code.raw_block(&format!("export interface {name} {{"), "}", |code| {
                let has_field = |name: &str| entity.field_named(name).is_some();
                if needs_id(entity) && !has_field("_id") {
                    code.line("_id: string;");
                }
                self.write_fields(entity, &entity.fields, code);
                for name in timestamps(entity).into_iter().filter(|name| !has_field(name)) {
                    code.raw_line(format!("{name}: {};", self.style.date));
                }
            });
        });
        self.code = code;
    }

    fn write_fields(&mut self, entity: &Entity, fields: &[Field], code: &mut CodeWriter) {
        let mut taken = IndexSet::new();
        for field in fields {
            let mut name = field.name.clone();
            let mut n = 2;
            while !taken.insert(name.clone()) {
                name = format!("{}{n}", field.name);
                n += 1;
            }
            if name != field.name {
                self.diagnostics.push(Diagnostic::warning(format!(
                    "typescript: the second `{}.{}` is written as `{name}`",
                    entity.name, field.name
                )));
            }
            let element = match self.completed.added.get(&field.id) {
                Some(reference) => ElementId::Reference(*reference),
                None => ElementId::Field(entity.id, field.id),
            };
            code.from_element(element, |code| self.write_field(entity, field, &name, code));
        }
    }

    fn write_field(&mut self, entity: &Entity, field: &Field, name: &str, code: &mut CodeWriter) {
        for line in comment::block(&field.note) {
            code.raw_line(line);
        }
        let is_there = field.required || entity.is_in_primary_key(field.id);
        let missing = if !is_there && self.style.may_be_missing { "?" } else { "" };
        let null = if !is_there && self.style.may_be_null { " | null" } else { "" };
        let readonly = if field.immutable { "readonly " } else { "" };
        let open = format!("{readonly}{}{missing}: ", literal::key(name));
        let (before, core, after) = self.type_of(field, &field.ty);
        let close = format!("{after}{null};");
        match core {
            Core::Name(core) => code.raw_line(format!("{open}{before}{core}{close}")),
            Core::Fields => {
                code.raw_block(&format!("{open}{before}{{"), &format!("}}{close}"), |code| {
                    let has_id = field.fields.iter().any(|child| child.name == "_id");
                    if field.keeps_id && !has_id {
                        code.line("_id: string;");
                    }
                    self.write_fields(entity, &field.fields, code);
                });
            }
        }
    }

    /// What stands before and after the innermost type, and that type.
    fn type_of(&self, field: &Field, ty: &DataType) -> (String, Core, String) {
        match ty {
            DataType::Array(inner) => {
                let (before, core, after) = self.type_of(field, inner);
                (before, core, format!("{after}[]"))
            }
            DataType::Map(inner) => {
                let (before, core, after) = self.type_of(field, inner);
                (format!("Record<string, {before}"), core, format!("{after}>"))
            }
            DataType::Object if !field.fields.is_empty() => {
                (String::new(), Core::Fields, String::new())
            }
            scalar => {
                let name = self.referenced(field).unwrap_or_else(|| self.scalar(scalar));
                (String::new(), Core::Name(name), String::new())
            }
        }
    }

    /// The interface that the field leads to, where references are objects.
    fn referenced(&self, field: &Field) -> Option<String> {
        if !self.style.objects_for_references {
            return None;
        }
        let mut references = self.completed.model.references_from_field(field.id);
        let reference = references.find(|reference| reference.from.fields == [field.id])?;
        self.entities.get(&reference.to.entity).cloned()
    }

    fn scalar(&self, ty: &DataType) -> String {
        let name = match ty {
            DataType::String { .. }
            | DataType::Text
            | DataType::Time
            | DataType::Interval
            | DataType::Inet
            | DataType::Uuid
            | DataType::ObjectId => "string",
            DataType::Integer(IntegerSize::Big) => self.style.big_integer,
            DataType::Integer(_) | DataType::Float | DataType::Double => "number",
            DataType::Decimal { .. } => self.style.decimal,
            DataType::Boolean => "boolean",
            DataType::Date | DataType::DateTime { .. } => self.style.date,
            DataType::Binary { .. } => "Uint8Array",
            DataType::GeoPoint => "{ type: 'Point'; coordinates: [number, number] }",
            DataType::Vector { .. } => "number[]",
            DataType::Enumeration(id) => self.enumerations.get(id).map_or("string", String::as_str),
            DataType::Embedded(id) => self.entities.get(id).map_or("object", String::as_str),
            DataType::Object => "Record<string, unknown>",
            DataType::Json | DataType::Mixed | DataType::Map(_) | DataType::Array(_) => "unknown",
        };
        name.to_owned()
    }
}

/// The innermost type.
enum Core {
    /// A type with a name.
    Name(String),
    /// The fields of a nested object.
    Fields,
}

fn write_union(enumeration: &Enumeration, name: &str, code: &mut CodeWriter) {
    let values: IndexSet<_> =
        enumeration.values.iter().map(|value| literal::string(&value.name)).collect();
    if values.is_empty() {
        return code.raw_line(format!("export type {name} = never;"));
    }
    let has_notes = enumeration.values.iter().any(|value| !value.note.is_empty());
    let joined = values.iter().map(String::as_str).collect::<Vec<_>>().join(" | ");
    let line = format!("export type {name} = {joined};");
    if !has_notes && line.chars().count() <= WIDTH {
        return code.raw_line(line);
    }
    code.raw_line(format!("export type {name} ="));
    code.indented(|code| {
        let mut written = IndexSet::new();
        for value in &enumeration.values {
            if !written.insert(&value.name) {
                continue;
            }
            let end = if written.len() == values.len() { ";" } else { "" };
            code.from_element(ElementId::Value(enumeration.id, value.id), |code| {
                for line in comment::line(&value.note) {
                    code.raw_line(line);
                }
                code.raw_line(format!("| {}{end}", literal::string(&value.name)));
            });
        }
    });
}

fn write_constants(enumeration: &Enumeration, name: &str, code: &mut CodeWriter) {
    let mut keys = Scope::default();
    code.raw_block(&format!("export const {name} = {{"), "} as const;", |code| {
        for value in &enumeration.values {
            let wanted = type_name(&value.name, "Value");
            let key = keys.declare(&wanted, |key| vec![key.to_owned()]);
            code.from_element(ElementId::Value(enumeration.id, value.id), |code| {
                for line in comment::block(&value.note) {
                    code.raw_line(line);
                }
                code.raw_line(format!("{}: {},", literal::key(&key), literal::string(&value.name)));
            });
        }
    });
    code.raw_line(format!("export type {name} = (typeof {name})[keyof typeof {name}];"));
}

/// Whether documents of the entity have an `_id` that the model does not mention.
fn needs_id(entity: &Entity) -> bool {
    match entity.kind {
        EntityKind::Collection => entity.primary_key().is_none(),
        EntityKind::Embedded => entity.keeps_id,
        EntityKind::Table | EntityKind::View => false,
    }
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
