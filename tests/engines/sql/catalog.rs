//! What an engine knows of a schema, in a form in which two of them can be compared.

use std::collections::{BTreeMap, BTreeSet};

use lunette::formats::relational::schema::{
    Column, IndexOn, QualifiedName, Schema, Table, TableIndex,
};
use lunette::model::field::DefaultValue;
use lunette::model::index::{IndexKind, SortOrder};
use lunette::model::reference::ReferentialAction;

/// Tables, enumerations and views by name.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Catalog {
    pub(super) tables: BTreeMap<String, TableFacts>,
    pub(super) enumerations: BTreeMap<String, Vec<String>>,
    pub(super) views: BTreeSet<String>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct TableFacts {
    pub(super) comment: String,
    pub(super) columns: Vec<ColumnFacts>,
    pub(super) primary_key: Option<Vec<String>>,
    pub(super) uniques: BTreeSet<(String, Vec<String>)>,
    pub(super) foreign_keys: BTreeSet<ForeignKeyFacts>,
    pub(super) checks: BTreeSet<String>,
    pub(super) indexes: BTreeSet<IndexFacts>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ColumnFacts {
    pub(super) name: String,
    pub(super) ty: String,
    pub(super) nullable: bool,
    pub(super) default: Option<String>,
    pub(super) counts_up: bool,
    pub(super) is_generated: bool,
    pub(super) comment: String,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ForeignKeyFacts {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    pub(super) table: String,
    pub(super) referenced_columns: Vec<String>,
    pub(super) on_delete: String,
    pub(super) on_update: String,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct IndexFacts {
    pub(super) name: String,
    /// `column`, `column desc` or `(expression)`.
    pub(super) parts: Vec<String>,
    pub(super) is_unique: bool,
    pub(super) is_partial: bool,
    pub(super) kind: String,
}

/// How one engine tells what another tells otherwise.
pub(super) struct Expectations {
    /// What names without a namespace are in.
    pub(super) namespace: String,
    /// What the catalog says of a column's type.
    pub(super) ty: fn(&Schema, &Column) -> String,
    /// What it says of a default, if anything.
    pub(super) default: fn(&Column, &DefaultValue) -> Option<String>,
    /// What it calls an action.
    pub(super) action: fn(ReferentialAction) -> &'static str,
    /// What it calls a kind of index.
    pub(super) index_kind: fn(IndexKind) -> &'static str,
    /// Whether it keeps notes.
    pub(super) keeps_notes: bool,
    /// Whether enumerations are types.
    pub(super) names_enumerations: bool,
    /// Whether unique constraints, foreign keys and checks have names in the catalog.
    pub(super) names_constraints: bool,
}

impl Expectations {
    /// What the catalog should say.
    pub(super) fn of(&self, schema: &Schema) -> Catalog {
        let tables =
            schema.tables.iter().map(|table| (self.name(&table.name), self.table(schema, table)));
        let enumerations = schema
            .enumerations
            .iter()
            .filter(|one| self.names_enumerations && !one.checked)
            .map(|one| (self.name(&one.name), one.values.clone()));
        Catalog {
            tables: tables.collect(),
            enumerations: enumerations.collect(),
            views: schema.views.iter().map(|view| self.name(&view.name)).collect(),
        }
    }

    fn name(&self, name: &QualifiedName) -> String {
        qualified(name.namespace.as_deref().unwrap_or(&self.namespace), &name.name)
    }

    fn constraint(&self, name: &str) -> String {
        if self.names_constraints { name.to_owned() } else { String::new() }
    }

    fn note(&self, note: &str) -> String {
        if self.keeps_notes { note.to_owned() } else { String::new() }
    }

    fn table(&self, schema: &Schema, table: &Table) -> TableFacts {
        let foreign_keys = table.foreign_keys.iter().map(|key| ForeignKeyFacts {
            name: self.constraint(&key.name),
            columns: key.columns.clone(),
            table: self.name(&schema.tables[key.table].name),
            referenced_columns: key.referenced_columns.clone(),
            on_delete: (self.action)(key.on_delete).to_owned(),
            on_update: (self.action)(key.on_update).to_owned(),
        });
        TableFacts {
            comment: self.note(&table.note),
            columns: table.columns.iter().map(|column| self.column(schema, column)).collect(),
            primary_key: table.primary_key.as_ref().map(|key| key.columns.clone()),
            uniques: table
                .uniques
                .iter()
                .map(|key| (self.constraint(&key.name), key.columns.clone()))
                .collect(),
            foreign_keys: foreign_keys.collect(),
            checks: table.checks.iter().map(|check| check.name.clone()).collect(),
            indexes: table.indexes.iter().map(|index| self.index(index)).collect(),
        }
    }

    fn column(&self, schema: &Schema, column: &Column) -> ColumnFacts {
        ColumnFacts {
            name: column.name.clone(),
            ty: (self.ty)(schema, column),
            nullable: column.nullable,
            default: column.default.as_ref().and_then(|default| (self.default)(column, default)),
            counts_up: column.auto_increment,
            is_generated: column.generated.is_some(),
            comment: self.note(&column.note),
        }
    }

    fn index(&self, index: &TableIndex) -> IndexFacts {
        let parts = index.parts.iter().map(|part| match (&part.on, part.order) {
            (IndexOn::Column(name), SortOrder::Ascending) => name.clone(),
            (IndexOn::Column(name), SortOrder::Descending) => format!("{name} desc"),
            (IndexOn::Expression(_), _) => "(expression)".to_owned(),
        });
        let kind = (self.index_kind)(index.kind).to_owned();
        let is_words = index.kind == IndexKind::Text && kind == "gin";
        IndexFacts {
            name: index.name.clone(),
            parts: if is_words { vec!["(expression)".to_owned()] } else { parts.collect() },
            is_unique: index.unique,
            is_partial: index.partial.is_some(),
            kind,
        }
    }
}

/// A constant as both sides write it: without quotes, numbers in one form.
pub(super) fn plain(constant: &str) -> String {
    constant.parse::<f64>().map_or_else(|_| constant.to_owned(), |number| number.to_string())
}

/// A name with its namespace.
pub(super) fn qualified(namespace: &str, name: &str) -> String {
    format!("{namespace} {name}")
}

/// Asserts that both are the same, table by table, so that a difference can be read.
#[track_caller]
pub(super) fn assert_same(expected: &Catalog, found: &Catalog, case: &str) {
    let names = |catalog: &Catalog| catalog.tables.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(expected), names(found), "{case}: tables");
    for (name, table) in &expected.tables {
        let found = &found.tables[name];
        for (column, found) in table.columns.iter().zip(&found.columns) {
            assert_eq!(column, found, "{case}: {name}");
        }
        assert_eq!(table, found, "{case}: {name}");
    }
    assert_eq!(expected.enumerations, found.enumerations, "{case}");
    assert_eq!(expected.views, found.views, "{case}");
}
