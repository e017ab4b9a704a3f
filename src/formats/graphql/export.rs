//! Scalars, enumerations and types.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;

use crate::base::diagnostic::Diagnostic;
use crate::base::ident::{Case, UniqueNames, with_case};
use crate::base::plural::plural_keeping_case;
use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::code::code;
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::graphql::GRAPHQL;
use crate::formats::graphql::text::{Code, CodeWriter, description, name, value, word};
use crate::formats::options::Options;
use crate::formats::reference_fields::complete;
use crate::model::Model;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::id::{ElementId, EntityId, EnumerationId, FieldId};
use crate::model::reference::{End, Reference};

/// Names that types may not take.
const TAKEN: [&str; 16] = [
    "Int",
    "Float",
    "String",
    "Boolean",
    "ID",
    "Query",
    "Mutation",
    "Subscription",
    "BigInt",
    "Decimal",
    "Date",
    "Time",
    "DateTime",
    "JSON",
    "Bytes",
    "Point",
];

struct Writer<'a> {
    model: &'a Model,
    types: BTreeMap<EntityId, String>,
    objects: BTreeMap<FieldId, String>,
    enumerations: BTreeMap<EnumerationId, String>,
    /// Scalars that were used.
    scalars: BTreeSet<&'static str>,
    references: &'a str,
    code: CodeWriter,
    diagnostics: Vec<Diagnostic>,
}

/// The schema of a project.
pub(super) fn export(project: &Project, options: &Options) -> Exported {
    let completed = complete(&project.model);
    let mut writer = Writer {
        model: &completed.model,
        types: BTreeMap::new(),
        objects: BTreeMap::new(),
        enumerations: BTreeMap::new(),
        scalars: BTreeSet::new(),
        references: options.text("references"),
        code: CodeWriter::new("  "),
        diagnostics: Vec::new(),
    };
    writer.choose_names();
    for enumeration in completed.model.enumerations() {
        writer.enumeration(enumeration);
    }
    for entity in completed.model.entities() {
        writer.entity(entity);
    }
    let mut code = CodeWriter::new("  ");
    for scalar in &writer.scalars {
        code.line(code!("scalar ", scalar));
    }
    code.blank();
    code.append(writer.code);
    if code.text().is_empty() {
        code.line("# The model is empty.");
    }
    let mut files = FileSet::default();
    files.add(RelativePath::of(&["schema.graphql"]), code.finish());
    Exported { files, diagnostics: writer.diagnostics }
}

fn is_shown(field: &Field) -> bool {
    !field.hidden
}

impl Writer<'_> {
    fn choose_names(&mut self) {
        let mut names = UniqueNames::new();
        for taken in TAKEN {
            names.reserve(taken);
        }
        for entity in self.model.entities() {
            if !entity.timestamps && !entity.fields.iter().any(is_shown) {
                self.warn(&format!("`{}` has no fields and is left out", entity.name));
                continue;
            }
            let name = names.unique(&name(&entity.name, "Type"), "_");
            self.report(&entity.name, &name);
            self.types.insert(entity.id, name);
        }
        for enumeration in self.model.enumerations() {
            if enumeration.values.is_empty() {
                self.warn(&format!("`{}` has no values and is text", enumeration.name));
                continue;
            }
            let name = names.unique(&name(&enumeration.name, "Enum"), "_");
            self.report(&enumeration.name, &name);
            self.enumerations.insert(enumeration.id, name);
        }
        for entity in self.model.entities() {
            let Some(around) = self.types.get(&entity.id).cloned() else { continue };
            self.name_objects(&around, &entity.fields, &mut names);
        }
    }

    fn name_objects(&mut self, around: &str, fields: &[Field], names: &mut UniqueNames) {
        for field in fields.iter().filter(|field| field.fields.iter().any(is_shown)) {
            let wanted =
                format!("{around}{}", name(&with_case(&field.name, Case::Pascal), "Object"));
            let name = names.unique(&wanted, "_");
            self.name_objects(&name, &field.fields, names);
            self.objects.insert(field.id, name);
        }
    }

    fn warn(&mut self, message: &str) {
        self.diagnostics.push(Diagnostic::warning(format!("{}: {message}", GRAPHQL.id)));
    }

    fn report(&mut self, wanted: &str, name: &str) {
        if wanted != name {
            self.warn(&format!("`{}` is written as `{name}`", wanted.escape_debug()));
        }
    }

    fn enumeration(&mut self, enumeration: &Enumeration) {
        let Some(name) = self.enumerations.get(&enumeration.id).cloned() else { return };
        let mut taken = UniqueNames::new();
        let mut seen = IndexSet::new();
        let mut values = Vec::new();
        for one in &enumeration.values {
            if seen.insert(one.name.as_str()) {
                let name = taken.unique(&value(&one.name), "_");
                self.report(&one.name, &name);
                values.push((one, name));
            }
        }
        let code = &mut self.code;
        code.blank();
        code.from_element(ElementId::Enumeration(enumeration.id), |code| {
            description(&enumeration.note, code);
            code.block(code!("enum ", word(&name), " {"), "}", |code| {
                for (one, name) in values {
                    code.from_element(ElementId::Value(enumeration.id, one.id), |code| {
                        description(&one.note, code);
                        code.line(word(&name));
                    });
                }
            });
        });
    }

    fn entity(&mut self, entity: &Entity) {
        let Some(name) = self.types.get(&entity.id).cloned() else { return };
        let mut code = std::mem::replace(&mut self.code, CodeWriter::new("  "));
        for field in &entity.fields {
            self.object(entity, field, &mut code);
        }
        code.blank();
        code.from_element(ElementId::Entity(entity.id), |code| {
            description(&entity.note, code);
            code.block(code!("type ", word(&name), " {"), "}", |code| {
                let mut taken = UniqueNames::new();
                self.fields(entity, &entity.fields, &mut taken, code);
                for moment in timestamps(entity) {
                    if entity.field_named(moment).is_none() {
                        self.scalars.insert("DateTime");
                        let moment = taken.unique(moment, "_");
                        code.line(code!(word(&moment), ": DateTime!"));
                    }
                }
                if self.references != "id" {
                    self.wide_references(entity, &mut taken, code);
                }
                if self.references == "both" {
                    self.backward(entity, &mut taken, code);
                }
            });
        });
        self.code = code;
    }

    /// Writes the types of a nested object and of those in it.
    fn object(&mut self, entity: &Entity, field: &Field, code: &mut CodeWriter) {
        let Some(name) = self.objects.get(&field.id).cloned() else { return };
        for child in &field.fields {
            self.object(entity, child, code);
        }
        code.blank();
        code.from_element(ElementId::Field(entity.id, field.id), |code| {
            code.block(code!("type ", word(&name), " {"), "}", |code| {
                self.fields(entity, &field.fields, &mut UniqueNames::new(), code);
            });
        });
    }

    fn fields(
        &mut self,
        entity: &Entity,
        fields: &[Field],
        taken: &mut UniqueNames,
        code: &mut CodeWriter,
    ) {
        for field in fields.iter().filter(|field| is_shown(field)) {
            let reference = self.single_reference(entity, field);
            let target =
                reference.and_then(|reference| self.types.get(&reference.to.entity).cloned());
            let wanted = match target {
                Some(_) => without_id(&field.name),
                None => field.name.as_str(),
            };
            let written = taken.unique(&name(wanted, "field"), "_");
            if wanted == field.name {
                self.report(wanted, &written);
            }
            let is_there = field.required || entity.is_in_primary_key(field.id);
            let ty = self.type_of(entity, field, &field.ty, target.as_deref());
            let mark = if is_there { "!" } else { "" };
            code.from_element(ElementId::Field(entity.id, field.id), |code| {
                description(&field.note, code);
                code.line(code!(word(&written), ": ", &ty, mark));
            });
        }
    }

    /// The reference that a field alone holds, where references are objects.
    fn single_reference(&self, entity: &Entity, field: &Field) -> Option<&Reference> {
        if self.references == "id" || entity.is_in_primary_key(field.id) {
            return None;
        }
        self.model.references_of_field(entity.id, field.id).find(|reference| {
            reference.from.fields == [field.id] && self.types.contains_key(&reference.to.entity)
        })
    }

    fn type_of(
        &mut self,
        entity: &Entity,
        field: &Field,
        ty: &DataType,
        target: Option<&str>,
    ) -> Code {
        if let DataType::Array(inner) = ty {
            return code!("[", self.type_of(entity, field, inner, target), "!]");
        }
        if let Some(target) = target {
            return word(target);
        }
        let is_key = entity.primary_key().is_some_and(|key| key.fields == [field.id]);
        let named = match ty {
            DataType::Enumeration(id) => self.enumerations.get(id).cloned(),
            DataType::Embedded(id) => self.types.get(id).cloned(),
            DataType::Object => self.objects.get(&field.id).cloned(),
            _ => None,
        };
        if let Some(named) = named {
            return word(&named);
        }
        let scalar = match scalar(ty) {
            "String" | "Int" | "BigInt" if is_key => "ID",
            scalar => scalar,
        };
        if !matches!(scalar, "ID" | "String" | "Int" | "Float" | "Boolean" | "[Float!]") {
            self.scalars.insert(scalar);
        }
        code!(scalar)
    }

    /// A field for each reference that several fields hold, or the key itself.
    fn wide_references(&self, entity: &Entity, taken: &mut UniqueNames, code: &mut CodeWriter) {
        for reference in self.model.references() {
            let is_wide = match reference.from.fields.as_slice() {
                [only] => entity.is_in_primary_key(*only),
                fields => fields.len() > 1,
            };
            let target = self.types.get(&reference.to.entity);
            if let (true, Some(target), true) =
                (is_wide, target, reference.from.entity == entity.id)
            {
                Self::end(reference, &reference.to, target, taken, code);
            }
        }
    }

    /// A field for each reference that leads here.
    fn backward(&self, entity: &Entity, taken: &mut UniqueNames, code: &mut CodeWriter) {
        for reference in self.model.references().filter(|one| one.to.entity == entity.id) {
            if let Some(source) = self.types.get(&reference.from.entity) {
                Self::end(reference, &reference.from, source, taken, code);
            }
        }
    }

    fn end(
        reference: &Reference,
        end: &End,
        ty: &str,
        taken: &mut UniqueNames,
        code: &mut CodeWriter,
    ) {
        let singular = with_case(ty, Case::Camel);
        let is_many = end.cardinality.is_many();
        let usual = if is_many { plural_keeping_case(&singular) } else { singular };
        let role = end.role.clone().filter(|role| !role.is_empty());
        let written = taken.unique(&name(&role.unwrap_or(usual), "field"), "_");
        let is_there = is_many || !end.cardinality.is_optional();
        let mark = if is_there { "!" } else { "" };
        let ty = if is_many { code!("[", word(ty), "!]") } else { word(ty) };
        code.from_element(ElementId::Reference(reference.id), |code| {
            code.line(code!(word(&written), ": ", &ty, mark));
        });
    }
}

/// The name of what a field refers to.
fn without_id(name: &str) -> &str {
    let cut = ["_id", "Id", "_ID", "ID"].into_iter().find_map(|end| name.strip_suffix(end));
    cut.filter(|rest| rest.chars().any(char::is_alphanumeric)).unwrap_or(name)
}

fn scalar(ty: &DataType) -> &'static str {
    match ty {
        DataType::String { .. }
        | DataType::Text
        | DataType::Uuid
        | DataType::Inet
        | DataType::Interval
        | DataType::Enumeration(_) => "String",
        DataType::ObjectId => "ID",
        DataType::Integer(IntegerSize::Big) => "BigInt",
        DataType::Integer(_) => "Int",
        DataType::Decimal { .. } => "Decimal",
        DataType::Float | DataType::Double => "Float",
        DataType::Boolean => "Boolean",
        DataType::Date => "Date",
        DataType::Time => "Time",
        DataType::DateTime { .. } => "DateTime",
        DataType::Binary { .. } => "Bytes",
        DataType::GeoPoint => "Point",
        DataType::Vector { .. } => "[Float!]",
        DataType::Json
        | DataType::Mixed
        | DataType::Map(_)
        | DataType::Embedded(_)
        | DataType::Object
        | DataType::Array(_) => "JSON",
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
