//! Facts → model: entities first, then what joins and bounds them.

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::Diagnostic;
use crate::base::ident::UniqueNames;
use crate::base::lines::Lines;
use crate::base::similar::did_you_mean;
use crate::document::project::Project;
use crate::formats::Imported;
use crate::formats::relational::naming::{NameOf, default_name};
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::import::checks::apply_checks;
use crate::formats::sql::import::facts::{Facts, KeyFacts, Name, TableFacts};
use crate::formats::sql::import::indexes::apply_indexes;
use crate::formats::sql::import::losses::{Loss, Lost, tell};
use crate::formats::sql::import::references::type_computed_columns;
use crate::formats::sql::import::timestamps::fold_timestamps;
use crate::formats::sql::import::types::{Meaning, TYPE_NAMES};
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::{EnumerationId, FieldId, IdMint, NamespaceId};
use crate::model::key::{Key, KeyKind};
use crate::model::namespace::Namespace;

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
    /// Types that are not known: where the first is, and the columns that have them.
    pub(super) unknown_types: IndexMap<String, (usize, Vec<String>)>,
    /// What a model has no word for.
    losses: Vec<Loss>,
    lines: &'a Lines<'a>,
    /// How many references are to tables that are not there.
    pub(super) missing: usize,
    /// What spellings of types mean, which are few.
    pub(super) meanings: IndexMap<String, Meaning>,
    /// Names of the script in lower case, in the order in which our own script would choose them.
    taken: IndexSet<String>,
    namespace_ids: IndexMap<String, NamespaceId>,
}

/// The project that these facts are.
pub(super) fn build(
    dialect: &dyn Dialect,
    facts: Facts,
    diagnostics: Vec<Diagnostic>,
    (text, lines): (&str, &Lines<'_>),
    name: &str,
) -> Imported {
    let mut mint = mint_of(text);
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
        losses: Vec::new(),
        lines,
        missing: 0,
        meanings: IndexMap::new(),
        taken: IndexSet::new(),
        namespace_ids: IndexMap::new(),
    };
    builder.facts.tables.retain(|table| !table.is_dropped);
    builder.take_names();
    builder.gather_losses();
    builder.lose_routines();
    builder.namespaces();
    builder.enumerations();
    let mut tables = std::mem::take(&mut builder.facts.tables);
    type_computed_columns(&mut tables);
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
    builder.report_unknown_types();
    builder.diagnostics.extend(tell(builder.losses, lines));
    project.model = builder.model;
    Imported { project, diagnostics: builder.diagnostics }
}

/// Ids by the text, of which a very long one is told by its ends.
fn mint_of(text: &str) -> IdMint {
    const END: usize = 1 << 20;
    let middle = text.len().saturating_sub(END);
    match (text.split_at_checked(END), text.split_at_checked(middle)) {
        (Some((start, _)), Some((_, end))) if middle > END => {
            IdMint::from_text(&format!("{}{start}{end}", text.len()))
        }
        _ => IdMint::from_text(text),
    }
}

impl Builder<'_> {
    fn take_names(&mut self) {
        let tables = self.facts.tables.iter().map(|table| &table.name.name);
        let enumerations = self.facts.enumerations.iter().map(|one| &one.name.name);
        self.taken.extend(tables.chain(enumerations).map(|name| name.to_lowercase()));
        for table in &self.facts.tables {
            let keys = table.primary_key.iter().chain(&table.uniques).map(|key| &key.name);
            let names = keys
                .chain(table.foreign_keys.iter().map(|key| &key.name))
                .chain(table.checks.iter().map(|check| &check.name))
                .chain(table.indexes.iter().map(|index| &index.name));
            self.taken.extend(names.flatten().map(|name| name.to_lowercase()));
        }
    }

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
            for (key, value) in &table.storage {
                entity.extras.set(self.dialect.target().id(), key, value);
            }
            for column in &table.columns {
                let field = self.field(table, column);
                entity.fields.push(field);
            }
            entities.push(entity);
        }
        entities
    }

    /// Primary and alternate keys; one column that is unique is a unique field.
    fn keys(&mut self, entity: &mut Entity, table: &TableFacts) {
        if let Some(key) = table.primary_key.as_ref().filter(|key| self.is_whole(table, key)) {
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
        if !self.is_whole(table, key) {
            return;
        }
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

    /// Whether the table has all columns of a key; one that is not there is told.
    fn is_whole(&mut self, table: &TableFacts, key: &KeyFacts) -> bool {
        let missing = key.columns.iter().find(|name| table.column(name).is_none());
        if let Some(name) = missing {
            self.report_column(table, name, "the key is left out", table.place);
        }
        missing.is_none()
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
        // A number is there where the names before it are taken.
        let Some((_, number)) = name.rsplit_once('_') else { return false };
        let Ok(number @ 2..=9999) = number.parse::<u32>() else { return false };
        let numbered = |number: u32| accepted(&format!("{usual}_{number}"));
        let place = |name: &str| self.taken.get_index_of(&name.to_lowercase());
        let is_before = |other: &str| place(other) < place(name) && place(other).is_some();
        name == numbered(number)
            && is_before(&accepted(usual))
            && (2..number).all(|number| is_before(&numbered(number)))
    }

    /// Says that a table has no such column.
    pub(super) fn report_column(
        &mut self,
        table: &TableFacts,
        column: &str,
        outcome: &str,
        place: usize,
    ) {
        let message = format!("`{}` has no column `{column}`: {outcome}", table.name.name);
        let names = table.columns.iter().map(|column| column.name.as_str());
        let other = || "add the column to its table, or mend the name".to_owned();
        self.warn(message, did_you_mean(column, names).unwrap_or_else(other), place);
    }

    pub(super) fn warn(&mut self, message: String, hint: impl Into<String>, place: usize) {
        let diagnostic = Diagnostic::warning(message).at(self.lines.span_at(place));
        self.diagnostics.push(diagnostic.with_hint(hint));
    }

    fn report_unknown_types(&mut self) {
        for (ty, (place, columns)) in std::mem::take(&mut self.unknown_types) {
            let shown = columns.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
            let more = match columns.len().saturating_sub(5) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let message = format!("unknown type `{ty}` is kept as a native type: {shown}{more}");
            let hint = did_you_mean(&ty, TYPE_NAMES.iter().copied());
            let span = self.lines.span_at(place);
            let other =
                || "choose a type for these fields: other targets write a text there".to_owned();
            let diagnostic = Diagnostic::info(message).at(span);
            self.diagnostics.push(diagnostic.with_hint(hint.unwrap_or_else(other)));
        }
    }

    /// Notes that something is lost.
    pub(super) fn lose(&mut self, what: Lost, subject: String, place: usize) {
        self.losses.push(Loss { what, subject, place });
    }

    /// Code that calls a routine which the script makes.
    fn lose_routines(&mut self) {
        let routines = &self.facts.routines;
        if routines.is_empty() {
            return;
        }
        for table in &self.facts.tables {
            let columns = table.columns.iter().flat_map(|column| {
                column.default.iter().chain(column.generated.iter().map(|(code, _)| code))
            });
            let checks = table.checks.iter().map(|check| &check.expression);
            for code in table.query.iter().chain(columns).chain(checks) {
                // Most code calls nothing.
                let code = if code.contains('(') { code.to_lowercase() } else { continue };
                for routine in routines.iter().filter(|routine| calls(&code, routine)) {
                    let subject = format!("{} ({routine})", table.name.name);
                    self.losses.push(Loss { what: Lost::Routine, subject, place: table.place });
                }
            }
        }
    }

    /// What was lost while statements were read.
    fn gather_losses(&mut self) {
        self.losses.append(&mut self.facts.losses);
        for table in &mut self.facts.tables {
            let name = &table.name.name;
            for loss in std::mem::take(&mut table.losses) {
                let subject = match loss.subject.as_str() {
                    "" => name.clone(),
                    detail if detail.starts_with('(') => format!("{name} {detail}"),
                    part => format!("{name}.{part}"),
                };
                self.losses.push(Loss { subject, ..loss });
            }
        }
    }
}

/// Whether code calls a function, both given in lower case.
fn calls(code: &str, function: &str) -> bool {
    code.match_indices(function).any(|(at, _)| {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let after = code.get(at + function.len()..).unwrap_or_default();
        let before = code.get(..at).unwrap_or_default();
        !before.ends_with(is_word) && after.trim_start().starts_with('(')
    })
}

/// The fields that columns of a table became; columns that are not there are left out.
pub(super) fn ids_of(entity: &Entity, table: &TableFacts, columns: &[String]) -> Vec<FieldId> {
    let id = |name: &String| {
        let position = table.column_position(name)?;
        entity.fields.get(position).map(|field| field.id)
    };
    columns.iter().filter_map(id).collect()
}
