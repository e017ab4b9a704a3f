//! Entities as documents: one struct each, nested objects as structs named by their path, enums.
//! What the serde and mongodb flavors write, and what relational flavors put into JSON columns.
//!
//! Must not know how a flavor spells scalars: its [`Style`] says so.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::Diagnostic;
use crate::formats::code::{code, join};
use crate::formats::rust_types::Settings;
use crate::formats::rust_types::boxing::boxed_fields;
use crate::formats::rust_types::implied::{needs_id, timestamp_names};
use crate::formats::rust_types::items::{
    Body, Derive, ENUM_DERIVES, Item, Member, SERDE_DERIVES, STRUCT_DERIVES, Variant,
};
use crate::formats::rust_types::names::{Kind, unraw};
use crate::formats::rust_types::renaming::{RenameRule, is_told_to_serde};
use crate::formats::rust_types::source::{Code, key_value};
use crate::formats::rust_types::type_names::{FieldNames, TypeNames, is_object, shown, variants};
use crate::formats::rust_types::types::{Local, Ty};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::Enumeration;
use crate::model::field::{DefaultValue, Field};
use crate::model::id::{ElementId, FieldId, ReferenceId};
use crate::model::reference::Reference;

/// How a flavor writes documents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// The type of a scalar.
    pub scalar: fn(&DataType, &Settings) -> Ty,
    /// The type of a document of any shape.
    pub any: &'static str,
    /// The module that serde must go through for a type, by its `with` attribute.
    pub with: fn(&Ty) -> Option<&'static str>,
    /// Whether absent values are left out of what is written, unless the settings say.
    pub skips_none: bool,
    /// Whether all of it goes to MongoDB: tables are collections, and the driver makes ids.
    pub is_stored: bool,
}

/// What is being written, for every function here.
#[derive(Debug)]
pub(super) struct Documents<'a> {
    model: &'a Model,
    names: &'a TypeNames,
    style: Style,
    settings: &'a Settings,
    boxed: BTreeSet<FieldId>,
    geo_point: Option<Local>,
    /// Fields that were made for references, which are what they come from.
    made: BTreeMap<FieldId, ReferenceId>,
    /// What a person should know.
    pub diagnostics: Vec<Diagnostic>,
}

/// A field of a document, declared or implied.
#[derive(Debug)]
struct Slot {
    name: String,
    ty: Ty,
    required: bool,
    /// Whether it is empty when it is absent.
    is_list: bool,
    makes_id: bool,
    element: Option<ElementId>,
    note: String,
}

impl Slot {
    /// A field that is always there and that nobody declared.
    fn undeclared(name: &str, ty: Ty) -> Self {
        let (name, note) = (name.to_owned(), String::new());
        let (is_list, makes_id) = (false, false);
        Self { name, ty, required: true, is_list, makes_id, element: None, note }
    }
}

impl<'a> Documents<'a> {
    /// Documents of that model in that style.
    pub(super) fn new(
        model: &'a Model,
        names: &'a TypeNames,
        style: Style,
        settings: &'a Settings,
        geo_point: Option<Local>,
    ) -> Self {
        let boxed = boxed_fields(model);
        let (made, diagnostics) = (BTreeMap::new(), Vec::new());
        Self { model, names, style, settings, boxed, geo_point, made, diagnostics }
    }

    /// The same, knowing which fields were made for references.
    pub(super) fn with_made_fields(self, made: BTreeMap<FieldId, ReferenceId>) -> Self {
        Self { made, ..self }
    }

    /// The struct of an entity, followed by those of its nested objects.
    pub(super) fn entity(&mut self, entity: &Entity) -> Vec<Item> {
        let Some(local) = self.names.entity(entity.id) else { return Vec::new() };
        let mut slots = Vec::new();
        if needs_id(entity, self.style.is_stored) {
            let makes_id = entity.kind != EntityKind::Embedded;
            slots.push(Slot { makes_id, ..self.implied_id() });
        }
        for field in &entity.fields {
            slots.push(self.slot(entity, field));
        }
        if entity.timestamps {
            let names = timestamp_names(entity);
            for name in names.into_iter().filter(|name| entity.field_named(name).is_none()) {
                let ty = self.ty(&DataType::DateTime { zoned: true }, None);
                slots.push(Slot::undeclared(name, ty));
            }
        }
        let is_document = matches!(entity.kind, EntityKind::Collection | EntityKind::Embedded);
        let owner = shown(self.model, entity);
        let element = Some(ElementId::Entity(entity.id));
        let mut items = vec![self.item(local, element, &entity.note, &owner, slots, is_document)];
        self.objects(entity, &owner, &entity.fields, is_document, &mut items);
        items
    }

    /// The structs of the nested objects among `fields`, outer first.
    pub(super) fn objects(
        &mut self,
        entity: &Entity,
        owner: &str,
        fields: &[Field],
        is_document: bool,
        items: &mut Vec<Item>,
    ) {
        for field in fields.iter().filter(|field| is_object(field)) {
            let Some(local) = self.names.object(field.id) else { continue };
            let mut slots = Vec::new();
            if field.keeps_id && field.fields.iter().all(|inner| inner.name != "_id") {
                slots.push(self.implied_id());
            }
            slots.extend(field.fields.iter().map(|inner| self.slot(entity, inner)));
            let owner = format!("{owner}.{}", field.name);
            let element = Some(ElementId::Field(entity.id, field.id));
            items.push(self.item(local, element, &field.note, &owner, slots, is_document));
            self.objects(entity, &owner, &field.fields, is_document, items);
        }
    }

    /// The enum of an enumeration; none when it has no values.
    pub(super) fn enumeration(&mut self, enumeration: &Enumeration) -> Option<Item> {
        let local = self.names.enumeration(enumeration.id)?.clone();
        let element = ElementId::Enumeration(enumeration.id);
        let mut variants: Vec<Variant> = variants(enumeration)
            .into_iter()
            .filter_map(|(ident, position)| {
                let value = enumeration.values.get(position)?;
                let element = Some(ElementId::Value(enumeration.id, value.id));
                let (note, attributes) = (value.note.clone(), Vec::new());
                Some(Variant { ident, value: value.name.clone(), element, note, attributes })
            })
            .collect();
        if variants.len() < enumeration.values.len() {
            self.diagnostics.push(Diagnostic::warning(format!(
                "rust: enumeration `{}` has equal values, which become one variant",
                enumeration.name
            )));
        }
        let attributes = rename_variants(&mut variants, self.settings);
        let derives = ENUM_DERIVES.iter().chain(SERDE_DERIVES.iter());
        let derives = derives.map(|path| Derive::Known(path)).collect();
        let note = enumeration.note.clone();
        let body = Body::Enum(variants);
        let constants = Vec::new();
        Some(Item {
            local,
            element: Some(element),
            note,
            derives,
            attributes,
            body,
            constants,
            after: None,
        })
    }

    /// The Rust type of a logical one; `field` is the field whose nested object it may be.
    pub(super) fn ty(&self, ty: &DataType, field: Option<&Field>) -> Ty {
        let any = || Ty::path(self.style.any);
        match ty {
            DataType::Array(inner) => self.ty(inner, field).list(),
            DataType::Map(inner) => self.map(self.ty(inner, field)),
            DataType::Enumeration(id) => {
                self.names.enumeration(*id).map_or(Ty::STRING, |local| Ty::Local(local.clone()))
            }
            DataType::Embedded(id) => {
                let ty = self.names.entity(*id).map_or_else(any, |local| Ty::Local(local.clone()));
                let is_boxed = field.is_some_and(|field| self.boxed.contains(&field.id));
                if is_boxed { ty.boxed() } else { ty }
            }
            DataType::Object => field
                .and_then(|field| self.names.object(field.id))
                .map_or_else(|| self.map(any()), |local| Ty::Local(local.clone())),
            DataType::GeoPoint => match &self.geo_point {
                Some(local) => Ty::Local(local.clone()),
                None => any(),
            },
            scalar => (self.style.scalar)(scalar, self.settings),
        }
    }

    fn map(&self, value: Ty) -> Ty {
        Ty::Path(self.settings.map, vec![Ty::STRING, value])
    }

    fn implied_id(&self) -> Slot {
        let ty = self.ty(&DataType::ObjectId, None);
        Slot::undeclared("_id", ty)
    }

    fn slot(&self, entity: &Entity, field: &Field) -> Slot {
        let makes_id = field.name == "_id" && field.default == Some(DefaultValue::Generated);
        let references: Vec<_> = self.model.references_from_field(field.id).collect();
        Slot {
            name: field.name.clone(),
            ty: self.ty(&field.ty, Some(field)),
            required: field.required || entity.is_in_primary_key(field.id),
            is_list: matches!(field.ty, DataType::Array(_) | DataType::Map(_)),
            makes_id,
            element: Some(match self.made.get(&field.id) {
                Some(reference) => ElementId::Reference(*reference),
                None => ElementId::Field(entity.id, field.id),
            }),
            note: self.reference_note(&field.note, &references),
        }
    }

    /// A note with a line on where each of the references leads.
    fn reference_note(&self, note: &str, references: &[&Reference]) -> String {
        let mut lines: Vec<String> = Vec::new();
        if !note.is_empty() {
            lines.push(note.to_owned());
        }
        for reference in references {
            if let Some(local) = self.names.entity(reference.to.entity) {
                lines.push(format!("Refers to `{}`.", local.ident));
            }
        }
        lines.dedup();
        lines.join("\n\n")
    }

    fn item(
        &mut self,
        local: &Local,
        element: Option<ElementId>,
        note: &str,
        owner: &str,
        slots: Vec<Slot>,
        is_document: bool,
    ) -> Item {
        let mut names = FieldNames::new(Kind::Field);
        let mut named: Vec<(String, Slot)> = Vec::new();
        for slot in slots {
            if named.iter().any(|(_, other)| other.name == slot.name) {
                self.diagnostics.push(Diagnostic::warning(format!(
                    "rust: `{owner}` has two fields `{}`; the second is left out",
                    slot.name
                )));
                continue;
            }
            named.push((names.give(&slot.name, owner), slot));
        }
        self.diagnostics.append(&mut names.diagnostics);
        let pairs: Vec<_> =
            named.iter().map(|(i, slot)| (i.as_str(), slot.name.as_str())).collect();
        let rule = self.settings.rename_all.rule(&pairs, RenameRule::of_field);
        let attributes = rule.map(rename_all).into_iter().collect();
        let members = named
            .into_iter()
            .map(|(ident, slot)| self.member(ident, slot, rule, is_document))
            .collect();
        let derives = STRUCT_DERIVES.iter().chain(SERDE_DERIVES.iter());
        let derives = derives.map(|path| Derive::Known(path)).chain(self.settings.given_derives());
        Item {
            local: local.clone(),
            element,
            note: note.to_owned(),
            derives: derives.collect(),
            attributes,
            body: Body::Struct(members),
            constants: Vec::new(),
            after: None,
        }
    }

    fn member(
        &self,
        ident: String,
        slot: Slot,
        rule: Option<RenameRule>,
        is_document: bool,
    ) -> Member {
        let derived = match rule {
            Some(rule) => rule.of_field(&ident),
            None => unraw(&ident).to_owned(),
        };
        let mut serde = Vec::new();
        if derived != slot.name && is_told_to_serde(&slot.name) {
            serde.push(key_value("rename", &slot.name));
        }
        let is_made = slot.makes_id && self.style.is_stored;
        let ty = match (slot.required && !is_made, slot.is_list && is_document) {
            (true, _) => slot.ty,
            (false, true) => {
                serde.push(code!("default"));
                slot.ty
            }
            (false, false) => slot.ty.optional(),
        };
        let with = (self.style.with)(&ty);
        if ty.is_optional() {
            if with.is_some() {
                serde.push(code!("default"));
            }
            if is_made || self.settings.skips_none.unwrap_or(self.style.skips_none) {
                serde.push(key_value("skip_serializing_if", "Option::is_none"));
            }
        }
        serde.extend(with.map(|module| key_value("with", module)));
        let attributes = if serde.is_empty() {
            Vec::new()
        } else {
            vec![code!("serde(", join(serde, ", "), ")")]
        };
        Member { ident, ty, element: slot.element, note: slot.note, attributes }
    }
}

/// Gives each variant the serde attribute it needs and returns those of the enum itself.
pub(super) fn rename_variants(variants: &mut [Variant], settings: &Settings) -> Vec<Code> {
    let pairs: Vec<_> =
        variants.iter().map(|variant| (variant.ident.as_str(), variant.value.as_str())).collect();
    let rule = settings.rename_all.rule(&pairs, RenameRule::of_variant);
    for variant in variants {
        let derived = match rule {
            Some(rule) => rule.of_variant(&variant.ident),
            None => unraw(&variant.ident).to_owned(),
        };
        if derived != variant.value && is_told_to_serde(&variant.value) {
            let renamed = key_value("rename", &variant.value);
            variant.attributes.push(code!("serde(", renamed, ")"));
        }
    }
    rule.map(rename_all).into_iter().collect()
}

fn rename_all(rule: RenameRule) -> Code {
    code!("serde(", key_value("rename_all", rule.as_str()), ")")
}
