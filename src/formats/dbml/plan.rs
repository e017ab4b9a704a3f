//! What every part of a model is called in DBML, decided before anything is written: names must
//! differ, and a nested field becomes a column with a dotted name.
//!
//! Must not know how anything is written.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use crate::base::diagnostic::Diagnostic;
use crate::formats::code::code;
use crate::formats::dbml::text::{self, Code};
use crate::formats::dbml::types::Database;
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::id::{EntityId, EnumerationId, FieldId, NamespaceId};

/// The names of a model in DBML, not yet quoted unless said.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Tables, quoted and with their schema: entities that have columns.
    pub tables: BTreeMap<EntityId, Code>,
    /// Columns, nested fields included.
    pub columns: BTreeMap<FieldId, String>,
    /// Enumerations, quoted and with their schema: those that have values.
    pub enumerations: BTreeMap<EnumerationId, Code>,
    /// The database that the project names.
    pub database: Option<Database>,
    /// What had to be changed or left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// Names that differ from each other, exactly as written.
#[derive(Debug, Default)]
pub(super) struct Names(IndexSet<String>);

impl Names {
    /// `wanted` or the first free `wanted_2`, `wanted_3`, …; an empty name becomes `_`.
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "_" } else { wanted };
        let mut name = wanted.to_owned();
        let mut n = 2;
        while !self.0.insert(name.clone()) {
            name = format!("{wanted}_{n}");
            n += 1;
        }
        name
    }
}

impl Plan {
    /// The names of that model.
    pub(super) fn of(model: &Model, database: Option<Database>) -> Self {
        let mut plan = Self { database, ..Self::default() };
        let schemas = plan.schemas_of(model);
        let schema_name = |namespace: Option<NamespaceId>| {
            // DBML's own default is `public`.
            let name = namespace.and_then(|id| schemas.get(&id));
            name.map_or_else(|| "public".to_owned(), Clone::clone)
        };
        let mut tables: BTreeMap<String, Names> = BTreeMap::new();
        for entity in model.entities() {
            let has_columns = !entity.fields.is_empty() || entity.timestamps;
            if !has_columns {
                plan.warn(&format!("`{}` has no fields and is left out", shown(model, entity)));
                continue;
            }
            let schema = schema_name(entity.namespace);
            let names = tables.entry(schema.clone()).or_default();
            let name = names.unique(&entity.name);
            plan.report(&entity.name, &name);
            plan.tables.insert(entity.id, qualified(&schema, &name));
            plan.columns_of(entity);
        }
        let mut types: BTreeMap<String, Names> = BTreeMap::new();
        for enumeration in model.enumerations() {
            if enumeration.values.is_empty() {
                let name = &enumeration.name;
                plan.warn(&format!("the enumeration `{name}` has no values and is left out"));
                continue;
            }
            let schema = schema_name(enumeration.namespace);
            let name = types.entry(schema.clone()).or_default().unique(&enumeration.name);
            plan.report(&enumeration.name, &name);
            plan.enumerations.insert(enumeration.id, qualified(&schema, &name));
        }
        plan
    }

    /// The schema of each namespace.
    fn schemas_of(&mut self, model: &Model) -> BTreeMap<NamespaceId, String> {
        let mut names = Names::default();
        let mut schemas = BTreeMap::new();
        for namespace in model.namespaces() {
            let name = names.unique(&namespace.name);
            self.report(&namespace.name, &name);
            schemas.insert(namespace.id, name);
        }
        schemas
    }

    fn columns_of(&mut self, entity: &Entity) {
        let mut names = Names::default();
        let mut waiting: Vec<(Option<String>, &[Field])> = vec![(None, &entity.fields)];
        while let Some((path, fields)) = waiting.pop() {
            for field in fields {
                let wanted = match &path {
                    Some(path) => format!("{path}.{}", field.name),
                    None => field.name.clone(),
                };
                let name = names.unique(&wanted);
                self.report(&wanted, &name);
                waiting.push((Some(name.clone()), &field.fields));
                self.columns.insert(field.id, name);
            }
        }
    }

    /// What tables are where nothing else is said.
    pub(super) fn usual_kind(&self) -> EntityKind {
        self.database.map_or(EntityKind::Table, |database| database.kind)
    }

    /// The target in whose words types may be spelled.
    pub(super) fn native(&self) -> &'static str {
        self.database.filter(|database| database.is_sql).map_or("dbml", |database| database.id)
    }

    /// A warning in the name of this format.
    pub(super) fn warn(&mut self, message: &str) {
        self.diagnostics.push(Diagnostic::warning(format!("dbml: {message}")));
    }

    fn report(&mut self, wanted: &str, name: &str) {
        if wanted != name {
            self.warn(&format!(
                "`{wanted}` is written as `{name}`: names differ and are not empty"
            ));
        }
    }
}

/// The values of an enumeration as DBML can hold them: with a name, each once.
pub(super) fn values(enumeration: &Enumeration) -> Vec<(usize, String)> {
    let mut names = Names::default();
    let mut seen: IndexSet<&str> = IndexSet::new();
    let values = enumeration.values.iter().enumerate();
    let distinct = values.filter(|(_, value)| seen.insert(value.name.as_str()));
    distinct.map(|(position, value)| (position, names.unique(&value.name))).collect()
}

/// The name of an entity in messages.
pub(super) fn shown(model: &Model, entity: &Entity) -> String {
    model.display_name(entity.id.into())
}

fn qualified(schema: &str, name: &str) -> Code {
    match schema {
        "public" => text::name(name),
        schema => code!(text::name(schema), ".", text::name(name)),
    }
}
