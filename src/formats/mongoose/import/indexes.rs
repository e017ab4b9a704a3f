//! Indexes: of single paths, and over several by `schema.index`.

use serde_json::Value;

use crate::formats::mongoose::import::build::{Builder, Owner};
use crate::formats::mongoose::import::code::Kind;
use crate::formats::mongoose::import::fields::Here;
use crate::formats::mongoose::import::scope::{At, Flat};
use crate::formats::mongoose::import::sites::Statement;
use crate::formats::mongoose::import::told::{Lost, Place, place};
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::{DefaultValue, Field};
use crate::model::id::{EntityId, FieldId};
use crate::model::index::{Index, IndexKind, IndexPart, IndexTarget, SortOrder};

/// An index, before its paths are looked up.
#[derive(Clone, Debug)]
pub(super) struct FoundIndex {
    pub(super) entity: EntityId,
    pub(super) parts: Vec<(Part, SortOrder)>,
    pub(super) kind: IndexKind,
    pub(super) options: IndexOptions,
    pub(super) note: String,
    pub(super) place: Place,
}

/// What an index looks at.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Field(FieldId),
    Path(String),
}

/// How an index is.
#[derive(Clone, Debug, Default)]
pub(super) struct IndexOptions {
    name: Option<String>,
    unique: bool,
    sparse: bool,
    partial: Option<String>,
    expire_after_seconds: Option<u64>,
}

impl FoundIndex {
    /// A plain index of one field.
    pub(super) fn of_field(entity: EntityId, field: FieldId, place: Place) -> Self {
        Self {
            entity,
            parts: vec![(Part::Field(field), SortOrder::Ascending)],
            kind: IndexKind::Ordered,
            options: IndexOptions::default(),
            note: String::new(),
            place,
        }
    }
}

impl<'p> Builder<'p> {
    /// The index that the options of a path ask for.
    pub(super) fn index_options(&mut self, here: &Here<'_>, field: &mut Field, options: &Flat<'p>) {
        let value = |name: &str| options.value(name);
        let is_on =
            |name: &str| value(name).is_some_and(|value| self.program.flag(value) == Some(true));
        let asked = value("index");
        let is_asked = asked.is_some_and(|asked| match &asked.expr.kind {
            Kind::Number(_) | Kind::Unary(..) => true,
            _ => self.program.flag(asked) != Some(false),
        });
        let expires = value("expires").and_then(|expires| self.program.seconds(expires));
        let alone =
            [("text", IndexKind::Text), ("2dsphere", IndexKind::Geo), ("hashed", IndexKind::Hash)];
        let special = alone.iter().find(|(name, _)| is_on(name)).map(|(_, kind)| *kind);
        // With `unique` it only says how that is kept.
        let is_sparse = is_on("sparse") && !field.unique;
        if !is_asked && expires.is_none() && special.is_none() && !is_sparse {
            return;
        }
        let at = asked.or(value("expires")).or(value("sparse")).map_or((0, 0), place);
        let mut index = FoundIndex::of_field(here.owner.id, field.id, at);
        index.kind = special.unwrap_or_default();
        if let Some(asked) = asked.filter(|_| is_asked) {
            self.read_asked(here, asked, &mut index);
        }
        index.options.sparse |= is_sparse;
        if expires.is_some() {
            index.options.expire_after_seconds = expires;
        }
        if index.options.unique && index.options.name.is_none() && index.options.partial.is_none() {
            field.unique = true;
        }
        let says_more = index.options.expire_after_seconds.is_some()
            || index.options.partial.is_some()
            || index.options.name.is_some()
            || index.kind != IndexKind::Ordered;
        if !field.unique || says_more {
            self.indexes.push(index);
        }
    }

    /// `index: true`, `index: -1`, `index: 'text'`, `index: { unique: true }`
    fn read_asked(&mut self, here: &Here<'_>, asked: At<'p>, index: &mut FoundIndex) {
        let (kind, order) = self.indexed_as(asked);
        if kind != IndexKind::Ordered {
            index.kind = kind;
        }
        for part in &mut index.parts {
            part.1 = order;
        }
        let Some(object) = self.program.resolve(asked).at() else { return };
        if object.expr.members().is_some() {
            let flat = self.program.members(object);
            let subject = here.subject();
            index.options = self.options_of_index(&flat, &subject);
            if let Some(kind) = flat.value("type").map(|kind| self.indexed_as(kind).0) {
                index.kind = kind;
            }
        }
    }

    fn indexed_as(&self, value: At<'p>) -> (IndexKind, SortOrder) {
        let ordered = |order| (IndexKind::Ordered, order);
        match self.program.text(value).as_deref() {
            Some("text") => (IndexKind::Text, SortOrder::Ascending),
            Some("hashed") => (IndexKind::Hash, SortOrder::Ascending),
            Some("2dsphere" | "2d" | "geoHaystack") => (IndexKind::Geo, SortOrder::Ascending),
            Some("desc" | "descending" | "-1") => ordered(SortOrder::Descending),
            Some(_) => ordered(SortOrder::Ascending),
            None => match self.program.number(value) {
                Some(number) if number.as_str().starts_with('-') => ordered(SortOrder::Descending),
                _ => ordered(SortOrder::Ascending),
            },
        }
    }

    fn options_of_index(&mut self, flat: &Flat<'p>, subject: &str) -> IndexOptions {
        let mut options = IndexOptions::default();
        for (name, (module, member)) in &flat.members {
            let value = At { module: *module, expr: &member.value };
            match name.as_ref() {
                "name" => options.name = self.program.text(value),
                "unique" => options.unique = self.program.flag(value) == Some(true),
                "sparse" => options.sparse = self.program.flag(value) == Some(true),
                "expireAfterSeconds" | "expires" => {
                    options.expire_after_seconds = self.program.seconds(value);
                }
                "partialFilterExpression" => {
                    options.partial = self.program.json(value).as_ref().map(Value::to_string);
                    if options.partial.is_none() {
                        let subject = format!("`{name}` of {subject}");
                        self.told.lose(Lost::IndexOption, subject, place(value));
                    }
                }
                "background" | "type" => {}
                _ => {
                    let subject = format!("`{name}` of {subject}");
                    self.told.lose(Lost::IndexOption, subject, place(value));
                }
            }
        }
        options
    }

    /// `schema.index({ a: 1, b: -1 }, { unique: true })`
    pub(super) fn index_statement(&mut self, owner: &Owner, statement: &Statement<'p>) {
        let subject = format!("an index of `{}`", owner.name);
        let keys = statement.arguments.first();
        let keys = keys.and_then(|keys| self.program.resolve(*keys).at());
        let Some(keys) = keys.filter(|keys| keys.expr.members().is_some()) else {
            return self.told.lose(Lost::IndexPath, subject, statement.place);
        };
        let flat = self.program.members(keys);
        let mut index = FoundIndex {
            entity: owner.id,
            parts: Vec::new(),
            kind: IndexKind::Ordered,
            options: IndexOptions::default(),
            note: statement.note.to_owned(),
            place: statement.place,
        };
        let mut kinds = Vec::new();
        for (path, (module, member)) in &flat.members {
            let (kind, order) = self.indexed_as(At { module: *module, expr: &member.value });
            kinds.push(kind);
            index.parts.push((Part::Path(path.clone().into_owned()), order));
        }
        let special = kinds.iter().find(|kind| **kind != IndexKind::Ordered);
        index.kind = special.copied().unwrap_or_default();
        if index.kind != IndexKind::Ordered {
            for part in &mut index.parts {
                part.1 = SortOrder::Ascending;
            }
        }
        let is_mixed =
            index.kind != IndexKind::Hash && kinds.iter().any(|kind| *kind != index.kind);
        if is_mixed || !flat.unknown.is_empty() {
            self.told.lose(Lost::IndexOption, format!("mixed kinds in {subject}"), statement.place);
        }
        let options = statement.arguments.get(1);
        let options = options.and_then(|options| self.program.resolve(*options).at());
        if let Some(options) = options.filter(|options| options.expr.members().is_some()) {
            let flat = self.program.members(options);
            index.options = self.options_of_index(&flat, &subject);
        }
        self.indexes.push(index);
    }

    /// Gives the entities their indexes.
    pub(super) fn add_indexes(&mut self) {
        for found in std::mem::take(&mut self.indexes) {
            let mut parts = Vec::new();
            for (part, order) in &found.parts {
                let field = match part {
                    Part::Field(field) => Some(*field),
                    Part::Path(path) => self.field_at(found.entity, path),
                };
                match (field, part) {
                    (Some(field), _) => {
                        parts.push(IndexPart { on: IndexTarget::Field(field), order: *order });
                    }
                    (None, Part::Path(path)) => self.lose_index(&found, path),
                    (None, Part::Field(_)) => {}
                }
            }
            let Some(entity) = self.model.entity_mut(found.entity) else { continue };
            if parts.len() != found.parts.len() || parts.is_empty() {
                continue;
            }
            let options = found.options;
            let index = Index {
                id: self.mint.mint(),
                name: options.name,
                parts,
                kind: found.kind,
                unique: options.unique,
                sparse: options.sparse,
                partial: options.partial,
                expire_after_seconds: options.expire_after_seconds,
                note: found.note,
            };
            entity.indexes.push(index);
        }
    }

    fn lose_index(&mut self, found: &FoundIndex, path: &str) {
        let name = self.model.entity(found.entity).map_or("", |entity| entity.name.as_str());
        let subject = format!("`{name}` over `{path}`");
        self.told.lose(Lost::IndexPath, subject, found.place);
    }

    /// The field at a dotted path, in the entity itself or in one that it embeds.
    pub(super) fn held_at(&mut self, entity: EntityId, path: &str) -> Option<(EntityId, FieldId)> {
        let mut holder = entity;
        let mut rest = path;
        for (at, _) in path.match_indices('.') {
            let (head, tail) = (path.get(..at)?, path.get(at + 1..)?);
            let head = head.get(path.len() - rest.len()..)?;
            let embedded = self
                .model
                .entity(holder)
                .and_then(|holder| field_in(holder, head))
                .and_then(|field| field.ty.embedded());
            if let Some(embedded) = embedded {
                (holder, rest) = (embedded, tail);
            }
        }
        Some((holder, self.field_at(holder, rest)?))
    }

    /// The field at a dotted path; one that Mongoose keeps by itself is made when it is asked for.
    pub(super) fn field_at(&mut self, entity: EntityId, path: &str) -> Option<FieldId> {
        let owner = self.model.entity(entity)?;
        if let Some(field) = field_in(owner, path) {
            return Some(field.id);
        }
        let is_timestamp = owner.timestamps && matches!(path, "createdAt" | "updatedAt");
        if !is_timestamp {
            return None;
        }
        let mut field = Field::new(self.mint.mint(), path, DataType::DateTime { zoned: true });
        field.required = true;
        field.default = Some(DefaultValue::Now);
        let id = field.id;
        self.model.entity_mut(entity)?.fields.push(field);
        Some(id)
    }
}

/// The field at a dotted path; what is inside a point is the point.
fn field_in<'e>(entity: &'e Entity, path: &str) -> Option<&'e Field> {
    let key = entity.primary_key().and_then(|key| key.fields.first());
    if path == "_id" {
        return key.and_then(|key| entity.field(*key));
    }
    let mut fields = &entity.fields;
    let mut found: Option<&Field> = None;
    for name in path.split('.') {
        if name == "coordinates" && found.is_some_and(|f| *f.ty.innermost() == DataType::GeoPoint) {
            return found;
        }
        let field = fields.iter().find(|field| field.name == name)?;
        fields = &field.fields;
        found = Some(field);
    }
    found
}
