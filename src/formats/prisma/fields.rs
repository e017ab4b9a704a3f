//! Fields that hold values: their types, defaults and attributes.
//!
//! Must not know relations.

use crate::formats::code::{code, join};
use crate::formats::prisma::plan::{Plan, Shape, field_shape};
use crate::formats::prisma::text::{
    self, Code, Row, client_function, is_native, is_unsupported, string, word,
};
use crate::formats::prisma::{DEFAULT, PRISMA, UPDATED_AT};
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::{DefaultValue, Field, Literal};
use crate::model::id::{ElementId, EntityId, EnumerationId, FieldId};
use crate::model::index::{Index, IndexKind, SortOrder};
use crate::model::key::{Key, KeyKind};

/// The type of a field as the schema says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// `String`, the name of an enumeration or type, `Unsupported("point")`.
    pub(super) base: String,
    /// What stands behind `@db.`.
    pub(super) native: Option<String>,
    pub(super) is_list: bool,
}

impl Written {
    /// Whether values can be compared by an index.
    pub(super) fn is_indexable(&self) -> bool {
        !self.is_list
            && !matches!(self.base.as_str(), "Json" | "Bytes")
            && self.native.as_deref() != Some("NVarChar(Max)")
            && !self.base.starts_with("Unsupported")
    }
}

impl Plan<'_> {
    /// The type of a field.
    pub(super) fn written(&self, field: &Field) -> Written {
        let json = || {
            let json = self.provider.json;
            let native = json.native.map(str::to_owned);
            Written { base: json.scalar.to_owned(), native, is_list: false }
        };
        let (is_list, ty) = match (field_shape(&field.ty), &field.ty) {
            (Shape::Single, ty) => (false, ty),
            (Shape::List, DataType::Array(inner)) if self.provider.has_lists => (true, &**inner),
            _ => return json(),
        };
        let named = match ty {
            DataType::Enumeration(id) => self.enumerations.get(id).map(|one| one.name.clone()),
            DataType::Embedded(id) if self.provider.is_documents => self.type_named(*id),
            DataType::Object => self.nested_types.get(&field.id).cloned(),
            DataType::Vector { .. } if self.provider.is_documents && !is_list => {
                return Written { base: "Float".to_owned(), native: None, is_list: true };
            }
            _ => None,
        };
        if let Some(base) = named {
            return Written { base, native: None, is_list };
        }
        let is_object = matches!(ty, DataType::Embedded(_) | DataType::Object);
        if is_list && is_object && !self.provider.is_documents {
            return json();
        }
        if let Some(of) = field.native_types.get(PRISMA.id).filter(|text| is_unsupported(text)) {
            return Written { base: of.clone(), native: None, is_list };
        }
        let ty = self.comparable(field.id, ty);
        let (base, native) = self.provider.spelling(&ty);
        let chosen = field.native_types.get(PRISMA.id).filter(|text| is_native(text)).cloned();
        let native = chosen.or(native).filter(|_| !base.starts_with("Unsupported"));
        Written { base, native, is_list }
    }

    /// The name of an embedded type; a model is no type of a field.
    fn type_named(&self, id: EntityId) -> Option<String> {
        let is_type = self.model.entity(id)?.kind == EntityKind::Embedded;
        self.block(id).filter(|_| is_type).map(str::to_owned)
    }

    /// The type with a length that keys can have.
    fn comparable(&self, id: FieldId, ty: &DataType) -> DataType {
        let is_long = (self.provider.native)(ty)
            .is_some_and(|native| matches!(native.as_str(), "LongText" | "NVarChar(Max)"));
        if is_long && self.keyed.contains(&id) {
            DataType::String { length: Some(191) }
        } else {
            ty.clone()
        }
    }

    /// Whether the field is the primary key alone.
    pub(super) fn is_id(&self, entity: &Entity, field: &Field) -> bool {
        let alone = if self.provider.is_documents {
            field.name == "_id"
        } else {
            entity.primary_key().is_some_and(|key| key.fields == [field.id])
        };
        alone && self.written(field).is_indexable() && entity.kind != EntityKind::Embedded
    }

    /// The line of a field.
    pub(super) fn field_row(&mut self, entity: &Entity, field: &Field) -> Row {
        let written = self.written(field);
        let is_key = entity.is_in_primary_key(field.id) || self.is_id(entity, field);
        let may_be_null = !(field.required || is_key || written.is_list);
        let mark = match (written.is_list, may_be_null) {
            (true, _) => "[]",
            (false, true) => "?",
            (false, false) => "",
        };
        let mut attributes = Vec::new();
        let is_block = entity.kind != EntityKind::Embedded;
        if !is_block && field.unique {
            self.lose("unique fields of types are ordinary", &field.name);
        }
        if is_block && self.is_id(entity, field) {
            let key = entity.primary_key();
            let name = key.and_then(|key| key.name.clone());
            let name = name.filter(|_| self.provider.names_primary_keys);
            attributes.push(with_name("@id", self.constraint_name(name, &entity.name)));
        } else if is_block && written.is_indexable() && self.is_unique_alone(entity, field) {
            let named = entity.keys.iter().find(|key| {
                self.is_alternate(key) && key.fields == [field.id] && key.name.is_some()
            });
            let of_index = || self.unique_index(entity, field).and_then(|index| index.name.clone());
            let name = named.and_then(|key| key.name.clone()).or_else(of_index);
            attributes.push(with_name("@unique", self.constraint_name(name, &entity.name)));
        }
        if let Some(default) = self.default_of(entity, field, &written) {
            attributes.push(code!("@default(", default, ")"));
        }
        if field.extras.option(PRISMA.id, UPDATED_AT) == Some("true")
            && written.base == "DateTime"
            && !written.is_list
            && is_block
        {
            attributes.push(code!("@updatedAt"));
        }
        let named = self.fields.get(&field.id).cloned();
        if let Some(stored) = named.as_ref().and_then(|named| named.stored.as_ref()) {
            attributes.push(code!("@map(", string(stored), ")"));
        }
        attributes.extend(written.native.map(|native| code!("@db.", text::native(&native))));
        Row {
            element: Some(ElementId::Field(entity.id, field.id)),
            note: field.note.clone(),
            name: named.map(|named| word(&named.name)).unwrap_or_default(),
            ty: code!(text::ty(&written.base), mark),
            rest: join(attributes, " "),
        }
    }

    /// Whether the field is unique by itself, by what it says or by a key or index without a name.
    pub(super) fn is_unique_alone(&self, entity: &Entity, field: &Field) -> bool {
        let by_key =
            entity.keys.iter().any(|key| self.is_alternate(key) && key.fields == [field.id]);
        let by_reference = self.model.references_of_field(entity.id, field.id).any(|reference| {
            reference.from.fields == [field.id] && !reference.from.cardinality.is_many()
        });
        field.unique || by_key || by_reference || self.unique_index(entity, field).is_some()
    }

    /// Whether a key is not the one by which records are known: documents have `_id` for that.
    fn is_alternate(&self, key: &Key) -> bool {
        key.kind == KeyKind::Alternate || self.provider.is_documents
    }

    /// The first unique index over that field alone.
    fn unique_index<'e>(&self, entity: &'e Entity, field: &Field) -> Option<&'e Index> {
        entity.indexes.iter().find(|index| {
            let [only] = index.parts.as_slice() else { return false };
            let is_text = index.kind == IndexKind::Text && self.provider.has_text_indexes;
            index.unique
                && !is_text
                && only.order == SortOrder::Ascending
                && only.on.field() == Some(field.id)
        })
    }

    /// The name of a constraint that the database can take.
    pub(super) fn constraint_name(&mut self, name: Option<String>, about: &str) -> Option<String> {
        let name = name.filter(|name| !name.is_empty())?;
        if name.len() > self.provider.longest_name || name.contains('\0') {
            self.lose("names that the database cannot take are left out", about);
            return None;
        }
        if self.constraints.is_taken(&name) {
            self.lose("names that are there twice are left out", about);
            return None;
        }
        self.constraints.reserve(&name);
        Some(name)
    }

    fn default_of(&mut self, entity: &Entity, field: &Field, written: &Written) -> Option<Code> {
        if field.auto_increment {
            if self.can_count(entity, field, written) {
                return Some(code!("autoincrement()"));
            }
            self.lose("fields that the database cannot count up are plain", &field.name);
        }
        if let Some(made) = field.extras.option(PRISMA.id, DEFAULT)
            && written.base == "String"
            && !written.is_list
            && let Some(made) = client_function(made)
        {
            return Some(made);
        }
        let default = field.default.as_ref()?;
        if matches!(field.ty.innermost(), DataType::Embedded(_) | DataType::Object)
            && self.provider.is_documents
        {
            // A list of documents is empty by itself.
            let is_usual = *default == DefaultValue::Value(Literal::EmptyArray);
            if !is_usual {
                self.lose("defaults of documents are left out", &field.name);
            }
            return None;
        }
        let said = match default {
            DefaultValue::Value(Literal::Null) => return None,
            DefaultValue::Value(literal) => self.literal(field, literal, written),
            DefaultValue::Now if written.base == "DateTime" => Some(code!("now()")),
            DefaultValue::Generated if field.ty == DataType::Uuid => {
                let code = match self.provider.target {
                    "sqlserver" => "newid()",
                    _ => "gen_random_uuid()",
                };
                let made = || code!("dbgenerated(", string(code), ")");
                Some(if self.provider.makes_uuids { made() } else { code!("uuid()") })
            }
            DefaultValue::Generated if self.provider.is_documents && self.is_id(entity, field) => {
                let is_id = written.native.as_deref() == Some("ObjectId");
                is_id.then(|| code!("auto()"))
            }
            DefaultValue::Now | DefaultValue::Generated => None,
            DefaultValue::Expression(text) if text.trim().is_empty() => None,
            DefaultValue::Expression(text) => self.expression(text),
        };
        let said = said.filter(|_| {
            let is_type = entity.kind == EntityKind::Embedded;
            !written.is_list || said_of_list(default) || is_type
        });
        if said.is_none() {
            self.lose(
                "defaults that Prisma has no word for are left out",
                &format!("{}.{}", entity.name, field.name),
            );
        }
        said
    }

    fn expression(&self, text: &str) -> Option<Code> {
        let fits = !self.provider.is_documents && !text.contains('\0');
        fits.then(|| code!("dbgenerated(", string(text), ")"))
    }

    fn can_count(&self, entity: &Entity, field: &Field, written: &Written) -> bool {
        let is_number = matches!(written.base.as_str(), "Int" | "BigInt") && !written.is_list;
        let is_there = field.required || entity.is_in_primary_key(field.id);
        let is_small = self.provider.target == "sqlite" && written.base != "Int";
        let is_key = !self.provider.counts_only_keys || self.is_id(entity, field);
        is_number && is_there && is_key && !is_small && !self.provider.is_documents
    }

    fn literal(&self, field: &Field, literal: &Literal, written: &Written) -> Option<Code> {
        let is_base = |bases: &[&str]| bases.contains(&written.base.as_str());
        if written.is_list {
            return (*literal == Literal::EmptyArray).then(|| code!("[]"));
        }
        match literal {
            Literal::Boolean(value) if is_base(&["Boolean"]) => {
                Some(code!(if *value { "true" } else { "false" }))
            }
            Literal::Number(number) => {
                let text = number.as_str();
                let fits = match written.base.as_str() {
                    "Int" => text.parse::<i32>().is_ok(),
                    "BigInt" => text.parse::<i64>().is_ok(),
                    "Float" | "Decimal" => !text.contains(['e', 'E']) && text.len() < 30,
                    _ => false,
                };
                fits.then(|| code!(number))
            }
            Literal::Text(text) => match field.ty {
                DataType::Enumeration(id) if is_named(self, id) => {
                    let enumeration = self.model.enumeration(id)?;
                    let value = enumeration.values.iter().find(|value| value.name == *text)?;
                    self.values.get(&value.id).map(|named| word(&named.name))
                }
                _ if is_base(&["String"]) && written.native != self.json_native() => {
                    (!text.contains('\0')).then(|| string(text))
                }
                _ => None,
            },
            Literal::EmptyArray if is_base(&["Json"]) => Some(string("[]")),
            Literal::EmptyObject if is_base(&["Json"]) => Some(string("{}")),
            Literal::Boolean(_) | Literal::Null | Literal::EmptyArray | Literal::EmptyObject => {
                None
            }
        }
    }

    /// The attribute of texts that hold JSON, where there is no type for it.
    fn json_native(&self) -> Option<String> {
        let json = self.provider.json;
        if json.scalar == "Json" { Some(String::new()) } else { json.native.map(str::to_owned) }
    }

    /// The lines of the moments that are kept for an entity.
    pub(super) fn timestamp_rows(&self, entity: &Entity) -> Vec<Row> {
        if !entity.timestamps {
            return Vec::new();
        }
        let is_camel = matches!(entity.kind, EntityKind::Collection | EntityKind::Embedded);
        let moments = [
            ("createdAt", "created_at", "@default(now())"),
            ("updatedAt", "updated_at", "@updatedAt"),
        ];
        let mut rows = Vec::new();
        for (name, column, attribute) in moments {
            let stored = if is_camel { name } else { column };
            let is_taken = self.taken.get(&entity.id).is_some_and(|taken| taken.is_taken(name));
            if is_taken || entity.field_named(stored).is_some() {
                continue;
            }
            let map = (!is_camel).then(|| code!(" @map(\"", column, "\")"));
            let attribute =
                if entity.kind == EntityKind::Embedded { "@default(now())" } else { attribute };
            rows.push(Row {
                name: code!(name),
                ty: code!("DateTime"),
                rest: code!(attribute, map),
                ..Row::default()
            });
        }
        rows
    }
}

fn is_named(plan: &Plan<'_>, id: EnumerationId) -> bool {
    plan.enumerations.contains_key(&id)
}

fn said_of_list(default: &DefaultValue) -> bool {
    matches!(default, DefaultValue::Value(Literal::EmptyArray) | DefaultValue::Expression(_))
}

/// An attribute with the name of its constraint.
pub(super) fn with_name(attribute: &'static str, name: Option<String>) -> Code {
    match name {
        Some(name) => code!(attribute, "(map: ", string(&name), ")"),
        None => code!(attribute),
    }
}
