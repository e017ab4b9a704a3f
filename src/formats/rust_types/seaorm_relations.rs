//! Which relations a SeaORM entity has: one per foreign key, one back where it is the only one
//! between two tables, and one through each join table.
//!
//! Must not know how they are written.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase as _;

use crate::formats::relational::schema::{ForeignKey, Table, TableOrigin};
use crate::formats::rust_types::names::{Kind, Scope, unraw};
use crate::formats::rust_types::rows::Rows;
use crate::model::id::{ElementId, ReferenceId};
use crate::model::reference::ReferentialAction;

/// A variant of the enum of relations.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// Its name.
    pub variant: String,
    /// The arguments of its attribute: keys with texts.
    pub arguments: Vec<(&'static str, String)>,
    /// The module of the other entity, when this is the way to it.
    pub related: Option<String>,
    /// Where it comes from.
    pub element: Option<ElementId>,
}

/// A way over a join table.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// The module of the other entity.
    pub to: String,
    /// The module of the join table.
    pub over: String,
    /// The relations of the join table to the other entity and to this one.
    pub variants: [String; 2],
}

/// The relations of all kept tables, by their position.
pub(super) fn relations(rows: &Rows, kept: &BTreeSet<usize>) -> BTreeMap<usize, Vec<Relation>> {
    let counts = pair_counts(rows, kept);
    let mut relations: BTreeMap<usize, Vec<Relation>> = BTreeMap::new();
    let mut names: BTreeMap<usize, Scope> = BTreeMap::new();
    for (position, table, key) in keys(rows, kept) {
        let is_only = counts.get(&pair(position, key.table)) == Some(&1);
        let scope = names.entry(position).or_default();
        if let Some(relation) = belongs_to(rows, (position, table, key), is_only, scope) {
            relations.entry(position).or_default().push(relation);
        }
    }
    for (position, table, key) in keys(rows, kept) {
        let is_only = counts.get(&pair(position, key.table)) == Some(&1);
        if !is_only || position == key.table {
            continue;
        }
        let Some(child) = rows.tables.get(position) else { continue };
        let scope = names.entry(key.table).or_default();
        let module = child.local.module.clone();
        let kind = if is_unique(table, &key.columns) { "has_one" } else { "has_many" };
        relations.entry(key.table).or_default().push(Relation {
            variant: scope.give(Kind::Variant, unraw(&child.local.ident), None).ident,
            arguments: vec![(kind, format!("super::{module}::Entity"))],
            related: Some(module),
            element: element(key.reference),
        });
    }
    relations
}

/// The ways over join tables, by the position of the table where they start.
pub(super) fn ways(
    rows: &Rows,
    kept: &BTreeSet<usize>,
    relations: &BTreeMap<usize, Vec<Relation>>,
) -> BTreeMap<usize, Vec<Way>> {
    let counts = pair_counts(rows, kept);
    let mut ways: BTreeMap<usize, Vec<Way>> = BTreeMap::new();
    let tables = rows.schema.tables.iter().enumerate();
    for (over, table) in tables.filter(|(position, _)| kept.contains(position)) {
        let (TableOrigin::Join(_), [a, b]) = (table.origin, table.foreign_keys.as_slice()) else {
            continue;
        };
        for [here, there] in [[a, b], [b, a]] {
            let is_plain =
                here.table != there.table && !counts.contains_key(&pair(here.table, there.table));
            let Some(way) = way(rows, relations, over, [here, there]).filter(|_| is_plain) else {
                continue;
            };
            let of_table = ways.entry(here.table).or_default();
            if of_table.iter().all(|other| other.to != way.to) {
                of_table.push(way);
            }
        }
    }
    ways
}

fn way(
    rows: &Rows,
    relations: &BTreeMap<usize, Vec<Relation>>,
    over: usize,
    [here, there]: [&ForeignKey; 2],
) -> Option<Way> {
    let module = |position: usize| rows.tables.get(position).map(|row| row.local.module.clone());
    let variant = |key: &ForeignKey| {
        let target = module(key.table)?;
        let found = relations.get(&over)?.iter().find(|one| one.related.as_ref() == Some(&target));
        found.map(|one| one.variant.clone())
    };
    let variants = [variant(there)?, variant(here)?];
    Some(Way { to: module(there.table)?, over: module(over)?, variants })
}

type Key<'a> = (usize, &'a Table, &'a ForeignKey);

fn keys<'a>(rows: &'a Rows, kept: &'a BTreeSet<usize>) -> impl Iterator<Item = Key<'a>> {
    let tables = rows.schema.tables.iter().enumerate();
    let tables = tables.filter(|(position, _)| kept.contains(position));
    tables
        .flat_map(|(position, table)| table.foreign_keys.iter().map(move |k| (position, table, k)))
        .filter(|(_, _, key)| kept.contains(&key.table))
}

fn pair(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

fn pair_counts(rows: &Rows, kept: &BTreeSet<usize>) -> BTreeMap<(usize, usize), usize> {
    let mut counts = BTreeMap::new();
    for (position, _, key) in keys(rows, kept) {
        *counts.entry(pair(position, key.table)).or_default() += 1;
    }
    counts
}

fn element(reference: Option<ReferenceId>) -> Option<ElementId> {
    reference.map(ElementId::Reference)
}

/// Whether no two rows can agree on these columns.
fn is_unique(table: &Table, columns: &[String]) -> bool {
    let same = |other: &[String]| {
        other.len() == columns.len() && other.iter().all(|column| columns.contains(column))
    };
    table.primary_key.iter().chain(&table.uniques).any(|key| same(&key.columns))
}

fn belongs_to(
    rows: &Rows,
    (position, _, key): Key<'_>,
    is_only: bool,
    names: &mut Scope,
) -> Option<Relation> {
    let (child, parent) = (rows.tables.get(position)?, rows.tables.get(key.table)?);
    let is_self = position == key.table;
    let (target, columns) = if is_self {
        ("Entity".to_owned(), "Column".to_owned())
    } else {
        let module = &parent.local.module;
        (format!("super::{module}::Entity"), format!("super::{module}::Column"))
    };
    let variants = |table: usize, names: &[String], prefix: &str| -> Option<String> {
        let row = rows.tables.get(table)?;
        let variants = names.iter().map(|name| {
            let column = row.columns.iter().find(|column| column.name == *name)?;
            Some(format!("{prefix}::{}", column.variant))
        });
        let variants: Vec<String> = variants.collect::<Option<_>>()?;
        match variants.as_slice() {
            [only] => Some(only.clone()),
            variants => Some(format!("({})", variants.join(", "))),
        }
    };
    let from = variants(position, &key.columns, "Column")?;
    let to = variants(key.table, &key.referenced_columns, &columns)?;
    let mut arguments = vec![("belongs_to", target), ("from", from), ("to", to)];
    for (event, action) in [("on_update", key.on_update), ("on_delete", key.on_delete)] {
        if action != ReferentialAction::NoAction {
            arguments.push((event, action.as_str().to_upper_camel_case()));
        }
    }
    let is_related = is_only && !is_self;
    let name =
        if is_related { unraw(&parent.local.ident).to_owned() } else { key.columns.join(" ") };
    let longer = format!("{name} of {}", unraw(&child.local.ident));
    Some(Relation {
        variant: names.give(Kind::Variant, &name, Some(&longer)).ident,
        arguments,
        related: is_related.then(|| parent.local.module.clone()),
        element: element(key.reference),
    })
}
