//! The lowering: what all passes share, and the order in which they run.

use indexmap::IndexMap;

use crate::base::expression::is_contained;
use crate::base::ident::{Case, with_case};
use crate::base::plural::plural;
use crate::formats::relational::naming::{NameOf, NameSet};
use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{
    Column, ColumnOrigin, ColumnType, EnumerationType, QualifiedName, Schema, SchemaNamespace,
    Table, TableOrigin, View,
};
use crate::formats::relational::target::{Choices, Enumerations, NameStyle, Target};
use crate::formats::relational::{columns, finish, keys, links, rules};
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::extras::Extras;
use crate::model::field::Field;
use crate::model::id::{EntityId, EnumerationId, FieldId, NamespaceId, ReferenceId};

/// The model as tables of that target.
pub fn lower(model: &Model, target: &Target, choices: Choices) -> Schema {
    let mut lowering = Lowering::new(model, target, choices);
    lowering.namespaces();
    lowering.tables();
    lowering.enumerations();
    columns::fill_tables(&mut lowering);
    keys::primary_keys(&mut lowering);
    columns::child_tables(&mut lowering);
    keys::alternate_keys(&mut lowering);
    links::lower_references(&mut lowering);
    columns::timestamps(&mut lowering);
    rules::lower_checks(&mut lowering);
    keys::indexes(&mut lowering);
    lowering.views();
    finish::finish(lowering)
}

/// What the passes work on.
pub(super) struct Lowering<'a> {
    pub(super) model: &'a Model,
    pub(super) target: &'a Target,
    pub(super) choices: Choices,
    pub(super) schema: Schema,
    /// One draft per table, in the order of their making.
    pub(super) drafts: Vec<Draft>,
    /// The tables that hold an entity's fields: one, or one per place where it is embedded.
    pub(super) tables_of: IndexMap<EntityId, Vec<usize>>,
    pub(super) enumeration_positions: IndexMap<EnumerationId, usize>,
    /// Fields that hold a list of references, with their reference.
    pub(super) reference_lists: IndexMap<FieldId, ReferenceId>,
    /// Lists of references found in tables: table and field.
    pub(super) found_lists: Vec<(usize, FieldId)>,
    /// Fields whose content still needs a table.
    pub(super) children: Vec<columns::Child<'a>>,
    /// Foreign keys in the making.
    pub(super) links: Vec<links::Link>,
    namespace_names: IndexMap<NamespaceId, String>,
    /// Names of relations by namespace.
    pub(super) relation_names: IndexMap<Option<String>, NameSet>,
    pub(super) notices: Notices,
}

/// A table in the making; constraints whose name is empty get one at the end.
pub(super) struct Draft {
    pub(super) table: Table,
    pub(super) column_names: NameSet,
    /// Whether words of made names are joined in camel case, as documents do.
    pub(super) camel: bool,
    /// The entity that gives it timestamps.
    pub(super) timestamps: bool,
}

impl<'a> Lowering<'a> {
    fn new(model: &'a Model, target: &'a Target, choices: Choices) -> Self {
        let mut lowering = Self {
            model,
            target,
            choices,
            schema: Schema::default(),
            drafts: Vec::new(),
            tables_of: IndexMap::new(),
            enumeration_positions: IndexMap::new(),
            reference_lists: IndexMap::new(),
            found_lists: Vec::new(),
            children: Vec::new(),
            links: Vec::new(),
            namespace_names: IndexMap::new(),
            relation_names: IndexMap::new(),
            notices: Notices::default(),
        };
        for reference in model.references() {
            if let [field] = reference.from.fields.as_slice()
                && let Some(entity) = model.entity(reference.from.entity)
                && entity.field(*field).is_some_and(|field| field.ty.is_array())
            {
                lowering.reference_lists.insert(*field, reference.id);
            }
        }
        lowering
    }

    fn namespaces(&mut self) {
        let mut names = NameSet::default();
        for namespace in self.model.namespaces() {
            let wanted = self.styled(&namespace.name);
            let rules = self.target.names;
            let name = rules.unique(&wanted, NameOf::Namespace, |name| names.is_taken(name));
            names.take(&name);
            if self.target.namespaces {
                self.report_rename(&wanted, &name);
                let (id, note) = (namespace.id, namespace.note.clone());
                self.schema.namespaces.push(SchemaNamespace { id, name: name.clone(), note });
            }
            self.namespace_names.insert(namespace.id, name);
        }
    }

    /// Gives a relation or type a name that is free in its namespace.
    pub(super) fn relation_name(
        &mut self,
        namespace: Option<NamespaceId>,
        wanted: &str,
        of: NameOf,
    ) -> QualifiedName {
        let namespace = namespace.and_then(|id| self.namespace_names.get(&id).cloned());
        let (namespace, wanted) = match namespace {
            Some(namespace) if !self.target.namespaces => (None, format!("{namespace}_{wanted}")),
            other => (other, wanted.to_owned()),
        };
        self.relation_name_in(namespace, &wanted, of)
    }

    pub(super) fn relation_name_in(
        &mut self,
        namespace: Option<String>,
        wanted: &str,
        of: NameOf,
    ) -> QualifiedName {
        let rules = self.target.names;
        let taken = self.relation_names.entry(namespace.clone()).or_default();
        let name = rules.unique(wanted, of, |name| taken.is_taken(name));
        taken.take(&name);
        self.report_rename(wanted, &name);
        QualifiedName { namespace, name }
    }

    pub(super) fn report_rename(&mut self, wanted: &str, name: &str) {
        if wanted != name {
            self.notices.warn("names had to be changed", format!("`{wanted}` is `{name}`"));
        }
    }

    /// A name of the model in the chosen style.
    pub(super) fn styled(&self, name: &str) -> String {
        match self.choices.names {
            NameStyle::Keep => name.to_owned(),
            NameStyle::Snake | NameStyle::SnakePlural => with_case(name, Case::Snake),
        }
    }

    fn entity_table_name(&self, entity: &Entity) -> String {
        if let Some(stored) = &entity.stored_name {
            return stored.clone();
        }
        match self.choices.names {
            NameStyle::Keep | NameStyle::Snake => self.styled(&entity.name),
            NameStyle::SnakePlural => {
                let name = self.styled(&entity.name);
                match name.rsplit_once('_') {
                    Some((start, word)) => format!("{start}_{}", plural(word)),
                    None => plural(&name),
                }
            }
        }
    }

    fn tables(&mut self) {
        for entity in self.model.entities() {
            match entity.kind {
                EntityKind::Collection | EntityKind::Table => {}
                EntityKind::View | EntityKind::Embedded => continue,
            }
            let wanted = self.entity_table_name(entity);
            let name = self.relation_name(entity.namespace, &wanted, NameOf::Relation);
            let camel =
                entity.kind == EntityKind::Collection && self.choices.names == NameStyle::Keep;
            let table = self.draft(TableOrigin::Entity(entity.id), name, camel);
            self.tables_of.entry(entity.id).or_default().push(table);
            if let Some(draft) = self.drafts.get_mut(table) {
                draft.table.note.clone_from(&entity.note);
                draft.table.extras.clone_from(&entity.extras);
                draft.timestamps = entity.timestamps;
            }
        }
    }

    /// A new table without columns, by position among the drafts.
    pub(super) fn draft(&mut self, origin: TableOrigin, name: QualifiedName, camel: bool) -> usize {
        self.drafts.push(Draft {
            table: Table {
                origin,
                name,
                columns: Vec::new(),
                primary_key: None,
                uniques: Vec::new(),
                foreign_keys: Vec::new(),
                checks: Vec::new(),
                indexes: Vec::new(),
                note: String::new(),
                extras: Extras::default(),
            },
            column_names: NameSet::default(),
            camel,
            timestamps: false,
        });
        self.drafts.len() - 1
    }

    fn enumerations(&mut self) {
        for enumeration in self.model.enumerations() {
            let name = match self.target.enumerations {
                Enumerations::Named => {
                    let wanted = self.styled(&enumeration.name);
                    self.relation_name(enumeration.namespace, &wanted, NameOf::Type)
                }
                Enumerations::Inline | Enumerations::Checked => {
                    QualifiedName { namespace: None, name: enumeration.name.clone() }
                }
            };
            let mut values: Vec<String> = Vec::new();
            for value in &enumeration.values {
                // No database stores NUL in a text.
                let name = value.name.replace('\0', "");
                if values.contains(&name) {
                    self.notices.warn("values that were listed twice are listed once", name);
                } else {
                    values.push(name);
                }
            }
            let takes_values = !values.is_empty() && (self.target.takes_values)(&values);
            if values.is_empty() {
                let why = "enumerations without values hold any text";
                self.notices.warn(why, &enumeration.name);
            } else if !takes_values {
                let why = "enumerations with unusual values become checks";
                self.notices.note(why, &enumeration.name);
            }
            let checked = self.target.enumerations == Enumerations::Checked || !takes_values;
            let position = self.schema.enumerations.len();
            self.enumeration_positions.insert(enumeration.id, position);
            let note = enumeration.note.clone();
            self.schema.enumerations.push(EnumerationType {
                id: enumeration.id,
                name,
                values,
                checked,
                note,
            });
        }
    }

    fn views(&mut self) {
        for entity in self.model.entities().filter(|entity| entity.kind == EntityKind::View) {
            let display = self.model.display_name(entity.id.into());
            let query = entity.query.as_deref().map(str::trim).unwrap_or_default();
            let query = query.strip_suffix(';').unwrap_or(query).trim_end();
            if query.is_empty() {
                self.notices.warn("views without a query are left out", display);
                continue;
            }
            if !is_contained(query) {
                let why = "views whose query is not one plain statement are left out";
                self.notices.warn(why, display);
                continue;
            }
            let wanted = self.entity_table_name(entity);
            let name = self.relation_name(entity.namespace, &wanted, NameOf::Relation);
            let columns = entity
                .fields
                .iter()
                .map(|field| columns::column_of_field(self, entity.id, field))
                .collect();
            self.schema.views.push(View {
                entity: entity.id,
                name,
                columns,
                query: query.to_owned(),
                note: entity.note.clone(),
            });
        }
    }

    /// Adds a column under a name that is free in its table, and says the name.
    pub(super) fn add_column(&mut self, table: usize, mut column: Column) -> String {
        let Some(draft) = self.drafts.get_mut(table) else { return String::new() };
        let wanted = column.name.clone();
        let name = self
            .target
            .names
            .unique(&wanted, NameOf::Column, |name| draft.column_names.is_taken(name));
        draft.column_names.take(&name);
        column.name.clone_from(&name);
        draft.table.columns.push(column);
        self.report_rename(&wanted, &name);
        name
    }

    /// The column that holds a field in that table.
    pub(super) fn column_of(&self, table: usize, field: FieldId) -> Option<&Column> {
        self.drafts
            .get(table)?
            .table
            .columns
            .iter()
            .find(|column| matches!(column.origin, ColumnOrigin::Field(_, id) if id == field))
    }

    /// The columns that hold these fields in that table; none unless all are there.
    pub(super) fn columns_of(&self, table: usize, fields: &[FieldId]) -> Option<Vec<String>> {
        fields.iter().map(|id| Some(self.column_of(table, *id)?.name.clone())).collect()
    }

    /// The one table of an entity that is not embedded.
    pub(super) fn table_of(&self, entity: EntityId) -> Option<usize> {
        let is_embedded = self.model.entity(entity)?.kind == EntityKind::Embedded;
        let tables = self.tables_of.get(&entity).filter(|_| !is_embedded)?;
        tables.first().copied()
    }

    /// `Entity.field`, as a diagnostic names a field.
    pub(super) fn display_field(&self, entity: EntityId, field: &Field) -> String {
        let display = self.model.display_name(entity.into());
        let path = self.model.entity(entity).map(|entity| entity.field_path(field.id));
        let names: Vec<_> = path.iter().flatten().map(|field| field.name.as_str()).collect();
        format!("{display}.{}", names.join("."))
    }

    /// A column name made of words, in the style of the table.
    pub(super) fn made_name(&self, table: usize, words: &[&str]) -> String {
        let words: Vec<_> = words.iter().map(|word| word.trim_matches('_')).collect();
        let joined = words.join("_");
        let camel = self.drafts.get(table).is_some_and(|draft| draft.camel);
        with_case(&joined, if camel { Case::Camel } else { Case::Snake })
    }
}

/// A column without anything but a name and a type.
pub(super) fn plain_column(origin: ColumnOrigin, name: String, ty: ColumnType) -> Column {
    Column {
        origin,
        name,
        ty,
        native_type: None,
        nullable: false,
        default: None,
        auto_increment: false,
        generated: None,
        updated_on_change: false,
        note: String::new(),
        extras: Extras::default(),
    }
}
