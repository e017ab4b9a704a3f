//! The file: enumerations first, then interfaces in the model's order.

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::Diagnostic;
use crate::formats::code::{Written, code, join};
use crate::formats::javascript::identifier::{Scope, type_name};
use crate::formats::javascript::text::{
    Code, CodeWriter, block_comment, key, line_comment, name, string,
};
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
        entities.insert(entity.id, declare(&mut scope, &wanted));
    }
    let mut enumerations = IndexMap::new();
    for enumeration in completed.model.enumerations() {
        let wanted = type_name(&enumeration.name, "Enumeration");
        enumerations.insert(enumeration.id, declare(&mut scope, &wanted));
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

fn declare(scope: &mut Scope, wanted: &str) -> Code {
    name(&scope.declare(wanted, |name| vec![name.to_owned()]))
}

struct Writer<'a> {
    completed: &'a Completed,
    style: &'a Style,
    entities: IndexMap<EntityId, Code>,
    enumerations: IndexMap<EnumerationId, Code>,
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
            for line in block_comment(&enumeration.note) {
                code.line(line);
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
            for line in block_comment(&entity.note) {
                code.line(line);
            }
            code.block(code!("export interface ", &name, " {"), "}", |code| {
                let has_field = |name: &str| entity.field_named(name).is_some();
                if needs_id(entity) && !has_field("_id") {
                    code.line("_id: string;");
                }
                self.write_fields(entity, &entity.fields, code);
                for name in timestamps(entity).into_iter().filter(|name| !has_field(name)) {
                    code.line(code!(name, ": ", self.style.date, ";"));
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
        for line in block_comment(&field.note) {
            code.line(line);
        }
        let is_there = field.required || entity.is_in_primary_key(field.id);
        let missing = if !is_there && self.style.may_be_missing { "?" } else { "" };
        let null = if !is_there && self.style.may_be_null { " | null" } else { "" };
        let readonly = if field.immutable { "readonly " } else { "" };
        let open = code!(readonly, key(name), missing, ": ");
        let (before, core, after) = self.type_of(field, &field.ty);
        let close = code!(after, null, ";");
        match core {
            Core::Name(core) => code.line(code!(open, before, core, close)),
            Core::Fields => {
                code.block(code!(open, before, "{"), code!("}", close), |code| {
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
    fn type_of(&self, field: &Field, ty: &DataType) -> (Code, Core, Code) {
        match ty {
            DataType::Array(inner) => {
                let (before, core, after) = self.type_of(field, inner);
                (before, core, code!(after, "[]"))
            }
            DataType::Map(inner) => {
                let (before, core, after) = self.type_of(field, inner);
                (code!("Record<string, ", before), core, code!(after, ">"))
            }
            DataType::Object if !field.fields.is_empty() => {
                (Code::default(), Core::Fields, Code::default())
            }
            scalar => {
                let name = self.referenced(field).unwrap_or_else(|| self.scalar(scalar));
                (Code::default(), Core::Name(name), Code::default())
            }
        }
    }

    /// The interface that the field leads to, where references are objects.
    fn referenced(&self, field: &Field) -> Option<Code> {
        if !self.style.objects_for_references {
            return None;
        }
        let mut references = self.completed.model.references_from_field(field.id);
        let reference = references.find(|reference| reference.from.fields == [field.id])?;
        self.entities.get(&reference.to.entity).cloned()
    }

    fn scalar(&self, ty: &DataType) -> Code {
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
            DataType::Enumeration(id) => {
                return self.enumerations.get(id).cloned().unwrap_or_else(|| code!("string"));
            }
            DataType::Embedded(id) => {
                return self.entities.get(id).cloned().unwrap_or_else(|| code!("object"));
            }
            DataType::Object => "Record<string, unknown>",
            DataType::Json | DataType::Mixed | DataType::Map(_) | DataType::Array(_) => "unknown",
        };
        code!(name)
    }
}

/// The innermost type.
enum Core {
    /// A type with a name.
    Name(Code),
    /// The fields of a nested object.
    Fields,
}

fn write_union(enumeration: &Enumeration, name: &Code, code: &mut CodeWriter) {
    let values: IndexSet<_> = enumeration.values.iter().map(|value| string(&value.name)).collect();
    if values.is_empty() {
        return code.line(code!("export type ", name, " = never;"));
    }
    let has_notes = enumeration.values.iter().any(|value| !value.note.is_empty());
    let line = code!("export type ", name, " = ", join(&values, " | "), ";");
    if !has_notes && line.width() <= WIDTH {
        return code.line(line);
    }
    code.line(code!("export type ", name, " ="));
    code.indented(|code| {
        let mut written = IndexSet::new();
        for value in &enumeration.values {
            if !written.insert(&value.name) {
                continue;
            }
            let end = if written.len() == values.len() { ";" } else { "" };
            code.from_element(ElementId::Value(enumeration.id, value.id), |code| {
                for line in line_comment(&value.note) {
                    code.line(line);
                }
                code.line(code!("| ", string(&value.name), end));
            });
        }
    });
}

fn write_constants(enumeration: &Enumeration, name: &Code, code: &mut CodeWriter) {
    let mut keys = Scope::default();
    code.block(code!("export const ", name, " = {"), "} as const;", |code| {
        for value in &enumeration.values {
            let wanted = type_name(&value.name, "Value");
            let constant = keys.declare(&wanted, |key| vec![key.to_owned()]);
            code.from_element(ElementId::Value(enumeration.id, value.id), |code| {
                for line in block_comment(&value.note) {
                    code.line(line);
                }
                code.line(code!(key(&constant), ": ", string(&value.name), ","));
            });
        }
    });
    code.line(code!("export type ", name, " = (typeof ", name, ")[keyof typeof ", name, "];"));
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
