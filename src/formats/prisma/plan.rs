//! What everything is called, decided before anything is written.
//!
//! Must not know how anything is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::Diagnostic;
use crate::base::ident::{Case, UniqueNames, with_case};
use crate::formats::code::{code, join};
use crate::formats::prisma::provider::Provider;
use crate::formats::prisma::text::{self, Row, block_name, is_name, member_name};
use crate::formats::prisma::{NAME, PRISMA};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::id::{EntityId, EnumerationId, FieldId, NamespaceId, ValueId};
use crate::model::index::IndexTarget;

/// Longest name of a table or column in bytes: names that databases make of both have room.
const LONGEST_STORED: usize = 60;

/// How many subjects a message names.
const SHOWN: usize = 3;

/// The name of something in the schema, and in the database where that differs.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) stored: Option<String>,
}

/// The names of a model in a schema.
pub(super) struct Plan<'a> {
    pub(super) model: &'a Model,
    pub(super) provider: &'static Provider,
    /// Models, views and types.
    pub(super) blocks: BTreeMap<EntityId, Named>,
    /// Types made of nested objects.
    pub(super) nested_types: BTreeMap<FieldId, String>,
    pub(super) enumerations: BTreeMap<EnumerationId, Named>,
    pub(super) values: BTreeMap<ValueId, Named>,
    pub(super) fields: BTreeMap<FieldId, Named>,
    /// Names taken in each block, to which relations add theirs.
    pub(super) taken: BTreeMap<EntityId, UniqueNames>,
    /// Fields of keys, indexes and references.
    pub(super) keyed: BTreeSet<FieldId>,
    /// Names of constraints taken in the whole schema.
    pub(super) constraints: UniqueNames,
    lost: BTreeMap<&'static str, Vec<String>>,
}

impl<'a> Plan<'a> {
    /// The names of that model; collections are stored under the names given.
    pub(super) fn of(
        model: &'a Model,
        provider: &'static Provider,
        stored: &BTreeMap<EntityId, String>,
    ) -> Self {
        let mut plan = Self {
            model,
            provider,
            blocks: BTreeMap::new(),
            nested_types: BTreeMap::new(),
            enumerations: BTreeMap::new(),
            values: BTreeMap::new(),
            fields: BTreeMap::new(),
            taken: BTreeMap::new(),
            keyed: keyed_fields(model),
            constraints: UniqueNames::new(),
            lost: BTreeMap::new(),
        };
        let mut names = UniqueNames::new();
        plan.name_blocks(&mut names, stored);
        plan.name_enumerations(&mut names);
        for entity in model.entities() {
            let mut taken = UniqueNames::new();
            let mut stored = UniqueNames::new();
            plan.name_fields(&entity.fields, &mut taken, &mut stored);
            plan.taken.insert(entity.id, taken);
            if provider.is_documents && plan.blocks.contains_key(&entity.id) {
                let block = plan.blocks.get(&entity.id).map(|one| one.name.clone());
                plan.name_objects(&block.unwrap_or_default(), &entity.fields, &mut names);
            }
        }
        plan
    }

    /// Whether the entity has a block of its own.
    pub(super) fn has_block(&self, entity: &Entity) -> bool {
        match entity.kind {
            EntityKind::Collection | EntityKind::Table => true,
            EntityKind::View => !self.provider.is_documents && !entity.fields.is_empty(),
            EntityKind::Embedded => self.provider.is_documents && !entity.fields.is_empty(),
        }
    }

    fn name_blocks(&mut self, names: &mut UniqueNames, stored: &BTreeMap<EntityId, String>) {
        let mut stored_names = UniqueNames::new();
        for entity in self.model.entities() {
            if !self.has_block(entity) {
                if entity.kind == EntityKind::View {
                    self.lose("views are left out", &entity.name);
                }
                continue;
            }
            let kept = entity.extras.option(PRISMA.id, NAME).filter(|name| is_name(name));
            let wanted = block_name(kept.unwrap_or(&entity.name), "Model");
            let name = names.unique(&wanted, "_");
            let schema = self.schema_of(entity);
            let is_stored = entity.kind != EntityKind::Embedded;
            let wanted = stored.get(&entity.id).cloned().unwrap_or_else(|| stored_name(entity));
            let wanted = self.shortened(wanted);
            // Two tables of one schema cannot have one name.
            let scoped = |name: &str| format!("{}\u{0}{name}", schema.as_deref().unwrap_or(""));
            let stored = stored_names.unique(&scoped(&wanted), "_");
            let stored = stored.rsplit('\u{0}').next().unwrap_or_default().to_owned();
            let stored = Some(stored).filter(|stored| *stored != name && is_stored);
            self.blocks.insert(entity.id, Named { name, stored });
        }
    }

    /// The schema of the database that an entity is in, where there are schemas.
    pub(super) fn schema_of(&self, entity: &Entity) -> Option<String> {
        self.schema_named(entity.namespace)
    }

    /// The schema of the database that an enumeration is in, where there are schemas.
    pub(super) fn schema_of_enumeration(&self, enumeration: &Enumeration) -> Option<String> {
        self.enumerations.get(&enumeration.id)?;
        self.schema_named(enumeration.namespace)
    }

    fn schema_named(&self, namespace: Option<NamespaceId>) -> Option<String> {
        let usual = self.provider.usual_schema?;
        let entities = self.model.entities().filter(|entity| self.has_block(entity));
        let enumerations = self.model.enumerations().filter(|one| !one.values.is_empty());
        let used = entities.map(|entity| entity.namespace);
        let mut used = used.chain(enumerations.map(|one| one.namespace)).flatten();
        let has_name = |id| self.model.namespace(id).is_some_and(|one| !one.name.is_empty());
        used.find(|id| has_name(*id))?;
        let namespace = namespace.and_then(|id| self.model.namespace(id));
        let name = namespace.map(|namespace| namespace.name.as_str());
        Some(name.filter(|name| !name.is_empty()).unwrap_or(usual).to_owned())
    }

    fn name_enumerations(&mut self, names: &mut UniqueNames) {
        if !self.provider.has_enumerations {
            return;
        }
        for enumeration in self.model.enumerations() {
            if enumeration.values.is_empty() {
                self.lose("enumerations without values are text", &enumeration.name);
                continue;
            }
            let name = names.unique(&block_name(&enumeration.name, "Enumeration"), "_");
            let stored = Some(enumeration.name.clone());
            let stored = stored.filter(|stored| *stored != name && !stored.is_empty());
            self.enumerations.insert(enumeration.id, Named { name, stored });
            let mut taken = UniqueNames::new();
            let mut seen = BTreeSet::new();
            for value in &enumeration.values {
                if !seen.insert(value.name.as_str()) {
                    continue;
                }
                let name = taken.unique(&member_name(&value.name, "value"), "_");
                let stored = Some(value.name.clone()).filter(|stored| *stored != name);
                if stored.as_deref() == Some("") {
                    self.lose("values without a name get one", &enumeration.name);
                }
                let stored = stored.filter(|stored| !stored.is_empty());
                self.values.insert(value.id, Named { name, stored });
            }
        }
    }

    fn name_fields(&mut self, fields: &[Field], taken: &mut UniqueNames, stored: &mut UniqueNames) {
        for field in fields {
            let kept = field.extras.option(PRISMA.id, NAME).filter(|name| is_name(name));
            let wanted = kept.map_or_else(|| member_name(&field.name, "field"), str::to_owned);
            let name = taken.unique(&wanted, "_");
            let wanted = if field.name.is_empty() { "_" } else { field.name.as_str() };
            let wanted = self.shortened(wanted.replace('\0', "_"));
            let in_database = stored.unique(&wanted, "_");
            let in_database = Some(in_database).filter(|stored| *stored != name);
            self.fields.insert(field.id, Named { name, stored: in_database });
            self.name_fields(&field.fields, &mut UniqueNames::new(), &mut UniqueNames::new());
        }
    }

    /// The name as the database can take it.
    fn shortened(&mut self, mut name: String) -> String {
        if name.len() > LONGEST_STORED && !self.provider.is_documents {
            while name.len() > LONGEST_STORED {
                name.pop();
            }
            self.lose("names that are too long are cut off", &name);
        }
        name
    }

    /// Names the types that nested objects become.
    fn name_objects(&mut self, around: &str, fields: &[Field], names: &mut UniqueNames) {
        for field in fields.iter().filter(|field| !field.fields.is_empty()) {
            if field_shape(&field.ty) == Shape::Other {
                continue;
            }
            let wanted = format!("{around}{}", with_case(&field.name, Case::Pascal));
            let name = names.unique(&block_name(&wanted, "Type"), "_");
            self.name_objects(&name, &field.fields, names);
            self.nested_types.insert(field.id, name);
        }
    }

    /// Remembers what could not be said.
    pub(super) fn lose(&mut self, reason: &'static str, subject: &str) {
        self.lost.entry(reason).or_default().push(subject.to_owned());
    }

    /// What could not be said, a message for each reason.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let told = self.lost.iter().map(|(reason, subjects)| {
            let shown = subjects.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
            let more = match subjects.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            Diagnostic::warning(format!("{}: {reason}: {shown}{more}", PRISMA.id))
        });
        told.collect()
    }

    /// The name of the key that an entity gets, when it needs one and says none.
    pub(super) fn made_id(&mut self, entity: &Entity) -> Option<String> {
        let has_id = entity.fields.iter().any(|field| self.is_id(entity, field));
        if entity.kind != EntityKind::Collection && !self.provider.is_documents
            || matches!(entity.kind, EntityKind::Embedded | EntityKind::View)
            || has_id
            || (!self.provider.is_documents && entity.primary_key().is_some())
        {
            return None;
        }
        if self.provider.is_documents
            && let Some(field) = entity.fields.iter().find(|field| field.name == "_id")
        {
            let of_fields = entity.fields.iter().filter_map(|field| self.fields.get(&field.id));
            let mut taken = UniqueNames::new();
            for named in of_fields {
                taken.reserve(named.stored.as_ref().unwrap_or(&named.name));
            }
            let free = taken.unique("_id", "_");
            if let Some(named) = self.fields.get_mut(&field.id) {
                named.stored = Some(free);
            }
            self.lose("fields `_id` that cannot be keys have another name", &entity.name);
        }
        Some(self.taken.entry(entity.id).or_default().unique("id", "_"))
    }

    /// The line of a key that an entity gets.
    pub(super) fn made_id_row(&self, entity: &Entity, name: &str) -> Row {
        let native = (self.provider.native)(&DataType::ObjectId);
        let is_free = self.provider.is_documents || entity.field_named("_id").is_none();
        let attributes = [
            Some(code!("@id")),
            self.provider.is_documents.then(|| code!("@default(auto())")),
            is_free.then(|| code!("@map(\"_id\")")),
            native.map(|native| code!("@db.", text::native(&native))),
        ];
        Row {
            name: text::word(name),
            ty: code!("String"),
            rest: join(attributes.into_iter().flatten(), " "),
            ..Row::default()
        }
    }

    /// The name of an entity's block.
    pub(super) fn block(&self, id: EntityId) -> Option<&str> {
        self.blocks.get(&id).map(|named| named.name.as_str())
    }

    /// The name of a field in its block.
    pub(super) fn field_name(&self, id: FieldId) -> String {
        self.fields.get(&id).map(|named| named.name.clone()).unwrap_or_default()
    }
}

/// Whether a type is one value, a list, or what only JSON holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Single,
    List,
    Other,
}

/// The shape of a type.
pub(super) fn field_shape(ty: &DataType) -> Shape {
    match ty {
        DataType::Map(_) => Shape::Other,
        DataType::Array(inner) => match inner.as_ref() {
            DataType::Array(_) | DataType::Map(_) => Shape::Other,
            _ => Shape::List,
        },
        _ => Shape::Single,
    }
}

/// The name of the table that an entity is.
fn stored_name(entity: &Entity) -> String {
    let wanted = entity.stored_name.as_ref().unwrap_or(&entity.name).replace('\0', "_");
    if wanted.is_empty() { "_".to_owned() } else { wanted }
}

fn keyed_fields(model: &Model) -> BTreeSet<FieldId> {
    let mut keyed = BTreeSet::new();
    for entity in model.entities() {
        keyed.extend(entity.keys.iter().flat_map(|key| key.fields.iter().copied()));
        let parts = entity.indexes.iter().flat_map(|index| &index.parts);
        keyed.extend(parts.filter_map(|part| match part.on {
            IndexTarget::Field(id) => Some(id),
            IndexTarget::Expression(_) => None,
        }));
        keyed.extend(entity.all_fields().iter().filter(|field| field.unique).map(|field| field.id));
    }
    for reference in model.references() {
        keyed.extend(reference.from.fields.iter().chain(&reference.to.fields).copied());
    }
    keyed
}
