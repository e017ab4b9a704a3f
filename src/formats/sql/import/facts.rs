//! What a script says, statement by statement, before it becomes a model.
//!
//! Names are as the database would store them; expressions and types are as they were written.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};

use crate::formats::sql::import::losses::{Loss, Lost};
use crate::model::index::{IndexKind, SortOrder};
use crate::model::reference::ReferentialAction;

/// A name and the namespace before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Name {
    pub(super) namespace: Option<String>,
    pub(super) name: String,
}

/// All that a script makes.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) namespaces: IndexMap<String, String>,
    /// The database that a script says it uses.
    pub(super) database: Option<String>,
    pub(super) tables: Vec<TableFacts>,
    /// Where they are, by name.
    positions: NameIndex,
    pub(super) enumerations: Vec<EnumerationFacts>,
    pub(super) domains: Vec<DomainFacts>,
    /// Types that are no enumerations: composite ones and ranges.
    pub(super) other_types: Vec<Name>,
    /// Names of tables of other tables' rows, which are no tables to a model.
    pub(super) partitions: Vec<Name>,
    /// Functions and aggregates that a script makes, in lower case.
    pub(super) routines: IndexSet<String>,
    /// What is lost of anything but tables.
    pub(super) losses: Vec<Loss>,
}

/// Positions by name without its namespace and case.
#[derive(Debug, Default)]
pub(super) struct NameIndex(IndexMap<String, Vec<usize>>);

impl NameIndex {
    /// The positions of these names.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a Name>) -> Self {
        let mut index = Self::default();
        for (position, name) in names.enumerate() {
            index.add(&name.name, position);
        }
        index
    }

    fn add(&mut self, name: &str, position: usize) {
        self.0.entry(name.to_lowercase()).or_default().push(position);
    }

    /// Where a name stands, whatever its case, in order.
    pub(super) fn like(&self, name: &str) -> &[usize] {
        self.0.get(&name.to_lowercase()).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A table or view.
#[derive(Debug, Default)]
pub(super) struct TableFacts {
    pub(super) name: Name,
    /// Where it is made, in bytes.
    pub(super) place: usize,
    pub(super) columns: Vec<ColumnFacts>,
    pub(super) primary_key: Option<KeyFacts>,
    pub(super) uniques: Vec<KeyFacts>,
    pub(super) foreign_keys: Vec<ForeignKeyFacts>,
    pub(super) checks: Vec<CheckFacts>,
    pub(super) indexes: Vec<IndexFacts>,
    pub(super) note: String,
    /// How it is stored, by property of the dialect.
    pub(super) storage: BTreeMap<&'static str, String>,
    /// Whether it was dropped, so that the next one of its name is new.
    pub(super) is_dropped: bool,
    /// The query, when it is a view.
    pub(super) query: Option<String>,
    /// What a model has no word for, by column or other part.
    pub(super) losses: Vec<Loss>,
}

/// A column.
#[derive(Clone, Debug, Default)]
pub(super) struct ColumnFacts {
    pub(super) name: String,
    pub(super) ty: TypeFacts,
    pub(super) required: bool,
    /// Whether the script says that it may have no value, whatever its type says.
    pub(super) nullable: bool,
    pub(super) default: Option<String>,
    /// The name of the constraint that the default is to SQL Server.
    pub(super) default_name: Option<String>,
    pub(super) auto_increment: AutoIncrement,
    /// The expression, and whether it is stored.
    pub(super) generated: Option<(String, bool)>,
    pub(super) updated_on_change: bool,
    pub(super) note: String,
}

impl ColumnFacts {
    /// Whether it is computed and no type is written for it.
    pub(super) fn is_untyped(&self) -> bool {
        self.generated.is_some() && self.ty.words.is_empty()
    }
}

/// How a column counts up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum AutoIncrement {
    /// Not at all.
    #[default]
    No,
    /// The dialect's usual way.
    Usual,
    /// `GENERATED ALWAYS AS IDENTITY`.
    Always,
    /// From a sequence of its own, as `serial` does.
    Serial,
    /// As SQLite's row id, without `AUTOINCREMENT`.
    RowId,
}

/// A type as it was written.
#[derive(Clone, Debug, Default)]
pub(super) struct TypeFacts {
    /// All of it.
    pub(super) written: String,
    /// Its words in lower case, without arguments.
    pub(super) words: Vec<String>,
    /// Its name, when it is one name with or without a namespace.
    pub(super) name: Option<Name>,
    /// Its arguments: numbers and texts.
    pub(super) arguments: Vec<String>,
    /// How often it is an array.
    pub(super) arrays: usize,
    /// Where it stands, in bytes.
    pub(super) place: usize,
}

/// A key over columns.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyFacts {
    pub(super) name: Option<String>,
    pub(super) columns: Vec<String>,
}

/// A foreign key.
#[derive(Clone, Debug, Default)]
pub(super) struct ForeignKeyFacts {
    pub(super) name: Option<String>,
    pub(super) columns: Vec<String>,
    pub(super) table: Name,
    /// None means the primary key.
    pub(super) referenced_columns: Vec<String>,
    pub(super) on_delete: ReferentialAction,
    pub(super) on_update: ReferentialAction,
    pub(super) note: String,
    /// Where it stands, in bytes.
    pub(super) place: usize,
}

/// A check.
#[derive(Clone, Debug, Default)]
pub(super) struct CheckFacts {
    pub(super) name: Option<String>,
    pub(super) expression: String,
    pub(super) note: String,
}

/// An index.
#[derive(Clone, Debug, Default)]
pub(super) struct IndexFacts {
    pub(super) name: Option<String>,
    pub(super) parts: Vec<IndexPartFacts>,
    pub(super) kind: IndexKind,
    /// The method as it was written.
    pub(super) method: Option<String>,
    /// What a model has no word for.
    pub(super) lost: Vec<Lost>,
    /// Where it stands, in bytes.
    pub(super) place: usize,
    pub(super) unique: bool,
    pub(super) partial: Option<String>,
    pub(super) note: String,
}

/// A part of an index.
#[derive(Clone, Debug)]
pub(super) struct IndexPartFacts {
    /// A column's name, or an expression as it was written.
    pub(super) on: Result<String, String>,
    pub(super) order: SortOrder,
    /// How many characters of the text it looks at, where it was said.
    pub(super) prefix: Option<u32>,
    /// What a model has no word for.
    pub(super) lost: Vec<Lost>,
}

/// An enumeration type.
#[derive(Debug, Default)]
pub(super) struct EnumerationFacts {
    pub(super) name: Name,
    pub(super) values: Vec<String>,
    pub(super) note: String,
}

/// A domain: another name for a type.
#[derive(Debug, Default)]
pub(super) struct DomainFacts {
    pub(super) name: Name,
    pub(super) ty: TypeFacts,
    pub(super) required: bool,
    pub(super) default: Option<String>,
    /// Conditions that speak of `VALUE`.
    pub(super) checks: Vec<String>,
    /// Where it is made, in bytes.
    pub(super) place: usize,
}

impl Facts {
    /// The position of a table or view of that name: written the same, else the same without case.
    pub(super) fn table(&self, name: &Name) -> Option<usize> {
        let candidates = || self.positions.like(&name.name).iter().rev().copied();
        let is = |position: &usize, same: &dyn Fn(&Name) -> bool| {
            self.tables.get(*position).is_some_and(|table| same(&table.name))
        };
        let exact = candidates().find(|position| is(position, &|known| known == name));
        exact.or_else(|| candidates().find(|position| is(position, &|known| known.is_like(name))))
    }

    /// The position of the first table or view that is written the same.
    pub(super) fn first_table(&self, name: &Name) -> Option<usize> {
        let is =
            |position: &usize| self.tables.get(*position).is_some_and(|table| table.name == *name);
        self.positions.like(&name.name).iter().copied().find(is)
    }

    /// Adds a table or view.
    pub(super) fn push_table(&mut self, table: TableFacts) {
        self.positions.add(&table.name.name, self.tables.len());
        self.tables.push(table);
    }

    /// Takes out the table at that position.
    pub(super) fn remove_table(&mut self, position: usize) -> Option<TableFacts> {
        let removed = (position < self.tables.len()).then(|| self.tables.remove(position));
        self.positions = NameIndex::of(self.tables.iter().map(|table| &table.name));
        removed
    }

    /// Puts a table, which may have another name now, in its place.
    pub(super) fn replace_table(&mut self, position: usize, table: TableFacts) {
        let is_known = self.positions.like(&table.name.name).contains(&position);
        if let Some(place) = self.tables.get_mut(position) {
            *place = table;
        }
        if !is_known {
            self.positions = NameIndex::of(self.tables.iter().map(|table| &table.name));
        }
    }

    /// The table of that name, to change it.
    pub(super) fn table_mut(&mut self, name: &Name) -> Option<&mut TableFacts> {
        let position = self.table(name)?;
        self.tables.get_mut(position)
    }
}

impl Name {
    /// Whether it is the same name to a reader that ignores case, or leaves one namespace out.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let same = |a: &str, b: &str| {
            let is_plain = a.is_ascii() && b.is_ascii();
            a.eq_ignore_ascii_case(b) || (!is_plain && a.to_lowercase() == b.to_lowercase())
        };
        let namespaces = match (&self.namespace, &other.namespace) {
            (Some(a), Some(b)) => same(a, b),
            (None, _) | (_, None) => true,
        };
        namespaces && same(&self.name, &other.name)
    }
}

impl TableFacts {
    /// Notes that something of a part of the table is lost; without a part, of the table.
    pub(super) fn lose(&mut self, what: Lost, part: &str, place: usize) {
        self.losses.push(Loss { what, subject: part.to_owned(), place });
    }

    /// The column of that name: written the same, else the same without case.
    pub(super) fn column(&self, name: &str) -> Option<&ColumnFacts> {
        let position = self.column_position(name)?;
        self.columns.get(position)
    }

    /// The column of that name, to change it.
    pub(super) fn column_mut(&mut self, name: &str) -> Option<&mut ColumnFacts> {
        let position = self.column_position(name)?;
        self.columns.get_mut(position)
    }

    /// The place of the column of that name.
    pub(super) fn column_position(&self, name: &str) -> Option<usize> {
        let exact = self.columns.iter().position(|column| column.name == name);
        exact.or_else(|| {
            let lower = name.to_lowercase();
            let is = |column: &ColumnFacts| {
                column.name.eq_ignore_ascii_case(name)
                    || (!column.name.is_ascii() && column.name.to_lowercase() == lower)
            };
            self.columns.iter().position(is)
        })
    }
}
