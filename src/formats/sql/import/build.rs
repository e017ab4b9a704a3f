//! Facts → model: entities first, then what joins and bounds them.

use indexmap::IndexMap;

use crate::base::diagnostic::Diagnostic;
use crate::base::ident::UniqueNames;
use crate::document::project::Project;
use crate::formats::Imported;
use crate::formats::relational::naming::{NameOf, default_name};
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::import::checks::apply_checks;
use crate::formats::sql::import::facts::{Facts, ForeignKeyFacts, KeyFacts, Name, TableFacts};
use crate::formats::sql::import::indexes::apply_indexes;
use crate::formats::sql::import::timestamps::fold_timestamps;
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::{EnumerationId, FieldId, IdMint, NamespaceId};
use crate::model::key::{Key, KeyKind};
use crate::model::namespace::Namespace;
use crate::model::reference::{Cardinality, Reference};

/// A model in the making.
pub(super) struct Builder<'a> {
    pub(super) dialect: &'a dyn Dialect,
    pub(super) facts: Facts,
    pub(super) mint: IdMint,
    pub(super) model: Model,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) enumeration_ids: Vec<(Name, EnumerationId)>,
    /// Enumerations that a script gives no name.
    pub(super) nameless: Vec<EnumerationId>,
    pub(super) enumeration_names: UniqueNames,
    /// Types that are not known, with the columns that have them.
    pub(super) unknown_types: IndexMap<String, Vec<String>>,
    /// Columns of types made of several values.
    pub(super) composite_columns: Vec<String>,
    /// Indexes whose method the model has no word for.
    pub(super) lost_methods: Vec<String>,
    namespace_ids: IndexMap<String, NamespaceId>,
}

/// The project that these facts are.
pub(super) fn build(
    dialect: &dyn Dialect,
    facts: Facts,
    diagnostics: Vec<Diagnostic>,
    text: &str,
    name: &str,
) -> Imported {
    let mut mint = IdMint::from_text(text);
    let mut project = Project::new(name, &mut mint);
    dialect.target().id().clone_into(&mut project.settings.target);
    let mut builder = Builder {
        dialect,
        facts,
        mint,
        model: Model::new(),
        diagnostics,
        enumeration_ids: Vec::new(),
        nameless: Vec::new(),
        enumeration_names: UniqueNames::new(),
        unknown_types: IndexMap::new(),
        composite_columns: Vec::new(),
        lost_methods: Vec::new(),
        namespace_ids: IndexMap::new(),
    };
    builder.facts.tables.retain(|table| !table.is_dropped);
    builder.namespaces();
    builder.enumerations();
    let tables = std::mem::take(&mut builder.facts.tables);
    let mut entities = builder.entities(&tables);
    for (entity, table) in entities.iter_mut().zip(&tables) {
        builder.keys(entity, table);
        apply_checks(&mut builder, entity, table);
        apply_indexes(&mut builder, entity, table);
    }
    let references = builder.references(&entities, &tables);
    for entity in &mut entities {
        fold_timestamps(dialect, entity, &references);
    }
    for entity in entities {
        builder.model.put_entity(entity);
    }
    for reference in references {
        builder.model.put_reference(reference);
    }
    builder.report_losses();
    project.model = builder.model;
    Imported { project, diagnostics: builder.diagnostics }
}

impl Builder<'_> {
    fn namespaces(&mut self) {
        let mut names: IndexMap<String, String> = self.facts.namespaces.clone();
        let of_tables = self.facts.tables.iter().map(|table| &table.name);
        let all = of_tables.chain(self.facts.enumerations.iter().map(|one| &one.name));
        for namespace in all.filter_map(|name| name.namespace.clone()) {
            names.entry(namespace).or_default();
        }
        // A script for MySQL may name the one database that it makes before every table.
        if self.dialect.reading().namespace_is_database && names.len() <= 1 {
            let database = self.facts.database.take().or_else(|| names.keys().next().cloned());
            return self.forget_database(database);
        }
        for (name, note) in names {
            let id = self.mint.mint();
            self.namespace_ids.insert(name.clone(), id);
            self.model.put_namespace(Namespace { id, name, note });
        }
    }

    /// Views speak of tables without the database that they are in.
    fn forget_database(&mut self, database: Option<String>) {
        let Some(database) = database else { return };
        let bare = format!("{database}.");
        for query in self.facts.tables.iter_mut().filter_map(|table| table.query.as_mut()) {
            *query = query.replace(&format!("`{database}`."), "");
            let begins_word = |before: &str| {
                !before
                    .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '`' | '\''))
            };
            let mut clean = String::new();
            for part in query.split_inclusive(bare.as_str()) {
                let kept = part.strip_suffix(bare.as_str()).filter(|kept| begins_word(kept));
                clean.push_str(kept.unwrap_or(part));
            }
            *query = clean;
        }
    }

    fn namespace_of(&self, name: &Name) -> Option<NamespaceId> {
        name.namespace.as_ref().and_then(|namespace| self.namespace_ids.get(namespace).copied())
    }

    fn enumerations(&mut self) {
        for facts in std::mem::take(&mut self.facts.enumerations) {
            let id = self.add_enumeration(&facts.name.name, &facts.values);
            self.enumeration_names.reserve(&facts.name.name);
            let namespace = self.namespace_of(&facts.name);
            if let Some(enumeration) = self.model.enumeration_mut(id) {
                enumeration.namespace = namespace;
                enumeration.note = facts.note;
            }
            self.enumeration_ids.push((facts.name, id));
        }
    }

    fn entities(&mut self, tables: &[TableFacts]) -> Vec<Entity> {
        let mut entities = Vec::with_capacity(tables.len());
        for table in tables {
            let kind = if table.query.is_some() { EntityKind::View } else { EntityKind::Table };
            let mut entity = Entity::new(self.mint.mint(), &table.name.name, kind);
            entity.namespace = self.namespace_of(&table.name);
            entity.note.clone_from(&table.note);
            entity.query.clone_from(&table.query);
            for column in &table.columns {
                let field = self.field(&table.name.name, column);
                entity.fields.push(field);
            }
            entities.push(entity);
        }
        entities
    }

    /// Primary and alternate keys; one column that is unique is a unique field.
    fn keys(&mut self, entity: &mut Entity, table: &TableFacts) {
        if let Some(key) = &table.primary_key {
            let usual = default_name::primary_key(&table.name.name);
            let name = self.dialect.traits().names_primary_keys.then(|| key.name.clone()).flatten();
            let name = name.filter(|name| !self.is_usual(name, &usual));
            let fields = ids_of(entity, table, &key.columns);
            for id in &fields {
                if let Some(field) = entity.field_mut(*id) {
                    field.required = true;
                }
            }
            self.add_key(entity, KeyKind::Primary, fields, name);
        }
        for key in &table.uniques {
            self.unique(entity, table, key);
        }
    }

    /// Adds a unique constraint.
    pub(super) fn unique(&mut self, entity: &mut Entity, table: &TableFacts, key: &KeyFacts) {
        let fields = ids_of(entity, table, &key.columns);
        let usual = default_name::unique(&table.name.name, &key.columns);
        let name = key.name.clone().filter(|name| !self.is_usual(name, &usual));
        if let ([only], None) = (fields.as_slice(), &name) {
            if let Some(field) = entity.field_mut(*only) {
                field.unique = true;
            }
            return;
        }
        self.add_key(entity, KeyKind::Alternate, fields, name);
    }

    fn add_key(
        &mut self,
        entity: &mut Entity,
        kind: KeyKind,
        fields: Vec<FieldId>,
        name: Option<String>,
    ) {
        if !fields.is_empty() {
            entity.keys.push(Key { id: self.mint.mint(), kind, fields, name });
        }
    }

    /// Whether a name is the one that our own script would have chosen, with a number perhaps.
    pub(super) fn is_usual(&self, name: &str, usual: &str) -> bool {
        let rules = self.dialect.target().names;
        let accepted = |wanted: &str| rules.accept(wanted, NameOf::Constraint);
        if name == accepted(usual) {
            return true;
        }
        let Some((_, number)) = name.rsplit_once('_') else { return false };
        let is_count = number.parse::<u32>().is_ok_and(|number| number >= 2);
        is_count && name == accepted(&format!("{usual}_{number}"))
    }

    fn references(&mut self, entities: &[Entity], tables: &[TableFacts]) -> Vec<Reference> {
        let mut references = Vec::new();
        for (from, table) in tables.iter().enumerate() {
            for key in &table.foreign_keys {
                let to = find_table(tables, &key.table, table);
                match to.and_then(|to| self.reference(key, [from, to], entities, tables)) {
                    Some(reference) => references.push(reference),
                    None => self.report_lost(key, table),
                }
            }
        }
        references
    }

    fn report_lost(&mut self, key: &ForeignKeyFacts, table: &TableFacts) {
        let columns = key.columns.join(", ");
        let message = format!(
            "`{}` ({columns}) references `{}`, which is not there: the reference is left out",
            table.name.name, key.table.name
        );
        let mut diagnostic = Diagnostic::warning(message);
        diagnostic.span = key.span;
        self.diagnostics.push(diagnostic);
    }

    fn reference(
        &mut self,
        key: &ForeignKeyFacts,
        [from, to]: [usize; 2],
        entities: &[Entity],
        tables: &[TableFacts],
    ) -> Option<Reference> {
        let (from_entity, from_table) = (entities.get(from)?, tables.get(from)?);
        let (to_entity, to_table) = (entities.get(to)?, tables.get(to)?);
        let fields = ids_of(from_entity, from_table, &key.columns);
        let mut referenced = ids_of(to_entity, to_table, &key.referenced_columns);
        let primary = to_entity.primary_key().map(|key| key.fields.as_slice()).unwrap_or_default();
        let is_whole = fields.len() == key.columns.len()
            && referenced.len() == key.referenced_columns.len()
            && !fields.is_empty();
        let n_referenced = if referenced.is_empty() { primary.len() } else { referenced.len() };
        if !is_whole || n_referenced != fields.len() {
            return None;
        }
        if referenced == primary {
            referenced.clear();
        }
        let mut reference = Reference::new(self.mint.mint(), from_entity.id, to_entity.id);
        let usual = default_name::foreign_key(&from_table.name.name, &key.columns);
        reference.name = key.name.clone().filter(|name| !self.is_usual(name, &usual));
        if from_entity.is_unique(&fields) {
            reference.from.cardinality = Cardinality::ZeroOrOne;
        }
        let is_required =
            fields.iter().all(|id| from_entity.field(*id).is_some_and(|field| field.required));
        if !is_required {
            reference.to.cardinality = Cardinality::ZeroOrOne;
        }
        reference.identifying = fields.iter().all(|id| from_entity.is_in_primary_key(*id));
        reference.inferred = true;
        reference.on_delete = key.on_delete;
        reference.on_update = key.on_update;
        reference.note.clone_from(&key.note);
        reference.from.fields = fields;
        reference.to.fields = referenced;
        Some(reference)
    }

    fn report_losses(&mut self) {
        let composite = "columns of composite types hold JSON";
        let methods = "indexes are trees: the model has no word for their method";
        let gathered = [
            (composite, std::mem::take(&mut self.composite_columns)),
            (methods, std::mem::take(&mut self.lost_methods)),
        ];
        for (reason, subjects) in gathered.into_iter().filter(|(_, subjects)| !subjects.is_empty())
        {
            let shown = subjects.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
            self.diagnostics.push(Diagnostic::warning(format!("{reason}: {shown}")));
        }
        for (ty, columns) in std::mem::take(&mut self.unknown_types) {
            let shown = columns.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
            let message = format!("unknown type `{ty}` is kept as a native type: {shown}");
            self.diagnostics.push(Diagnostic::info(message));
        }
    }
}

/// The fields that columns of a table became; columns that are not there are left out.
pub(super) fn ids_of(entity: &Entity, table: &TableFacts, columns: &[String]) -> Vec<FieldId> {
    let id = |name: &String| {
        let position = table.column_position(name)?;
        entity.fields.get(position).map(|field| field.id)
    };
    columns.iter().filter_map(id).collect()
}

/// The table that a name in a statement about `from` means: its own namespace comes first.
fn find_table(tables: &[TableFacts], name: &Name, from: &TableFacts) -> Option<usize> {
    let here = Name {
        namespace: name.namespace.clone().or_else(|| from.name.namespace.clone()),
        name: name.name.clone(),
    };
    let find = |wanted: &Name| {
        let exact = tables.iter().position(|table| table.name == *wanted);
        exact.or_else(|| tables.iter().position(|table| table.name.is_like(wanted)))
    };
    tables
        .iter()
        .position(|table| table.name == *name)
        .or_else(|| find(&here))
        .or_else(|| find(name))
}
