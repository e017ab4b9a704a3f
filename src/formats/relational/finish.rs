//! The last pass: defaults that fit, foreign keys, names of constraints, order of tables.

use indexmap::IndexMap;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::DfsPostOrder;

use crate::formats::relational::defaults;
use crate::formats::relational::lower::{Draft, Lowering};
use crate::formats::relational::naming::{NameOf, NameSet, default_name};
use crate::formats::relational::schema::{
    Condition, ForeignKey, IndexOn, QualifiedName, Schema, Table,
};
use crate::formats::relational::target::{NameRules, Scope};

/// The schema that the passes made.
pub(super) fn finish(mut lowering: Lowering<'_>) -> Schema {
    fit_defaults(&mut lowering);
    let links = lowering.links.iter().map(|link| (link.from, link.to));
    let order = dependency_order(lowering.drafts.len(), links);
    let tables = place_foreign_keys(&mut lowering, &order);
    let mut namer = Namer::new(&mut lowering);
    let named = |mut table: Table| {
        sort_uniques(&mut table, namer.rules);
        namer.named(table)
    };
    let tables = tables.into_iter().map(named).collect();
    let renamed = namer.renamed;
    for (wanted, name) in renamed {
        lowering.report_rename(&wanted, &name);
    }
    let diagnostics = lowering.notices.into_diagnostics(lowering.target.id());
    Schema { tables, diagnostics, ..lowering.schema }
}

fn fit_defaults(lowering: &mut Lowering<'_>) {
    let mut misfits = Vec::new();
    for draft in &mut lowering.drafts {
        for column in &mut draft.table.columns {
            let enumerations = &lowering.schema.enumerations;
            let is_native = column.native_type.is_some();
            let misfit = column.default.take_if(|default| {
                !is_native && !defaults::fits(default, &column.ty, enumerations)
            });
            if misfit.is_some() {
                misfits.push(format!("{}.{}", draft.table.name.name, column.name));
            }
        }
    }
    for misfit in misfits {
        lowering.notices.warn("defaults that do not fit their type are left out", misfit);
    }
}

/// Positions of the drafts with what they reference first, else in the order of their making; in a
/// cycle, the one made first stands first. Tables made in this order keep it.
fn dependency_order(count: usize, links: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: Vec<_> = (0..count).map(|_| graph.add_node(())).collect();
    for (from, to) in links {
        if let (Some(from), Some(to)) = (nodes.get(from), nodes.get(to)) {
            graph.update_edge(*from, *to, ());
        }
    }
    let mut cycle_of = vec![0; nodes.len()];
    for (cycle, members) in tarjan_scc(&graph).iter().enumerate() {
        for node in members {
            if let Some(place) = cycle_of.get_mut(node.index()) {
                *place = cycle;
            }
        }
    }
    graph.retain_edges(|graph, edge| {
        let ends = graph.edge_endpoints(edge);
        ends.is_none_or(|(from, to)| {
            from > to || cycle_of.get(from.index()) != cycle_of.get(to.index())
        })
    });
    let mut walk = DfsPostOrder::empty(&graph);
    let mut order = Vec::with_capacity(nodes.len());
    for node in nodes {
        walk.move_to(node);
        while let Some(next) = walk.next(&graph) {
            order.push(NodeIndex::index(next));
        }
    }
    order
}

/// Puts the tables in order again after a dialect left foreign keys out.
pub fn reorder(schema: &mut Schema) {
    let links = schema
        .tables
        .iter()
        .enumerate()
        .flat_map(|(from, table)| table.foreign_keys.iter().map(move |key| (from, key.table)));
    let order = dependency_order(schema.tables.len(), links);
    let place_of = places(&order);
    let mut tables: Vec<_> = std::mem::take(&mut schema.tables).into_iter().enumerate().collect();
    tables.sort_by_key(|(position, _)| place_of.get(*position).copied());
    schema.tables = tables.into_iter().map(|(_, table)| table).collect();
    let keys_of: Vec<Vec<Vec<String>>> = schema.tables.iter().map(keys).collect();
    for (from, table) in schema.tables.iter_mut().enumerate() {
        for key in &mut table.foreign_keys {
            key.table = place_of.get(key.table).copied().unwrap_or(key.table);
            let is_key =
                keys_of.get(key.table).is_some_and(|k| k.contains(&key.referenced_columns));
            key.deferred = key.table > from || !is_key;
        }
    }
}

/// Where each position stands in an order.
fn places(order: &[usize]) -> Vec<usize> {
    let mut place_of = vec![0; order.len()];
    for (place, position) in order.iter().enumerate() {
        if let Some(slot) = place_of.get_mut(*position) {
            *slot = place;
        }
    }
    place_of
}

/// The tables in that order, with their foreign keys; those that point ahead are deferred.
fn place_foreign_keys(lowering: &mut Lowering<'_>, order: &[usize]) -> Vec<Table> {
    let place_of = places(order);
    let mut drafts: Vec<Option<Draft>> =
        std::mem::take(&mut lowering.drafts).into_iter().map(Some).collect();
    let mut tables: Vec<Table> = order
        .iter()
        .filter_map(|position| drafts.get_mut(*position)?.take())
        .map(|draft| draft.table)
        .collect();
    for link in std::mem::take(&mut lowering.links) {
        let (Some(from), Some(to)) = (place_of.get(link.from), place_of.get(link.to)) else {
            continue;
        };
        let is_key = tables.get(*to).is_some_and(|table| is_key(table, &link.to_columns));
        let key = ForeignKey {
            reference: link.reference,
            name: link.name,
            columns: link.columns,
            table: *to,
            referenced_columns: link.to_columns,
            on_delete: link.on_delete,
            on_update: link.on_update,
            deferred: to > from || !is_key,
            note: link.note,
        };
        if let Some(table) = tables.get_mut(*from) {
            table.foreign_keys.push(key);
        }
    }
    tables
}

/// Unique columns stand in the order of columns before keys that need a name or several columns,
/// wherever they come from: so a script that was read is written in the same order.
fn sort_uniques(table: &mut Table, rules: NameRules) {
    let mut keys = std::mem::take(&mut table.uniques);
    keys.sort_by_key(|key| {
        let [only] = key.columns.as_slice() else { return usize::MAX };
        let usual = default_name::unique(&table.name.name, &key.columns);
        let is_plain = key.name.is_empty() || key.name == rules.accept(&usual, NameOf::Constraint);
        let position = table.columns.iter().position(|column| column.name == *only);
        position.filter(|_| is_plain).unwrap_or(usize::MAX)
    });
    table.uniques = keys;
}

/// Whether a key, and not only an index, is over these columns.
fn is_key(table: &Table, columns: &[String]) -> bool {
    keys(table).iter().any(|key| key == columns)
}

fn keys(table: &Table) -> Vec<Vec<String>> {
    table.primary_key.iter().chain(&table.uniques).map(|key| key.columns.clone()).collect()
}

/// Gives constraints and indexes their final names.
struct Namer {
    rules: NameRules,
    relations: IndexMap<Option<String>, NameSet>,
    kinds: IndexMap<(Option<String>, &'static str), NameSet>,
    renamed: Vec<(String, String)>,
}

impl Namer {
    fn new(lowering: &mut Lowering<'_>) -> Self {
        Self {
            rules: lowering.target.names,
            relations: std::mem::take(&mut lowering.relation_names),
            kinds: IndexMap::new(),
            renamed: Vec::new(),
        }
    }

    fn named(&mut self, mut table: Table) -> Table {
        let mut own = NameSet::default();
        let QualifiedName { namespace, name } = table.name.clone();
        let rules = self.rules;
        if let Some(key) = &mut table.primary_key {
            let usual = default_name::primary_key(&name);
            self.settle(&mut key.name, usual, (rules.keys, "key"), namespace.as_ref(), &mut own);
        }
        for key in &mut table.uniques {
            let usual = default_name::unique(&name, &key.columns);
            self.settle(&mut key.name, usual, (rules.keys, "key"), namespace.as_ref(), &mut own);
        }
        for key in &mut table.foreign_keys {
            let usual = default_name::foreign_key(&name, &key.columns);
            let scope = (rules.foreign_keys, "foreign key");
            self.settle(&mut key.name, usual, scope, namespace.as_ref(), &mut own);
        }
        for check in &mut table.checks {
            let column = match &check.condition {
                Condition::Expression(..) => None,
                Condition::Rules { column, .. } => Some(column.as_str()),
            };
            let usual = default_name::check(&name, column);
            let scope = (rules.checks, "check");
            self.settle(&mut check.name, usual, scope, namespace.as_ref(), &mut own);
        }
        for index in &mut table.indexes {
            let parts: Vec<_> = index
                .parts
                .iter()
                .map(|part| match &part.on {
                    IndexOn::Column(name) => name.as_str(),
                    IndexOn::Expression(_) => "expr",
                })
                .collect();
            let usual = default_name::index(&name, &parts);
            let scope = (rules.indexes, "index");
            self.settle(&mut index.name, usual, scope, namespace.as_ref(), &mut own);
        }
        table
    }

    fn settle(
        &mut self,
        name: &mut String,
        usual: String,
        (scope, kind): (Scope, &'static str),
        namespace: Option<&String>,
        own: &mut NameSet,
    ) {
        let is_chosen = !name.is_empty();
        let wanted = if is_chosen { name.clone() } else { usual };
        let mut none = NameSet::default();
        let outer = match scope {
            Scope::Table => &mut none,
            Scope::Namespace => self.relations.entry(namespace.cloned()).or_default(),
            Scope::Kind => self.kinds.entry((namespace.cloned(), kind)).or_default(),
        };
        let of = if kind == "index" { NameOf::Relation } else { NameOf::Constraint };
        *name = self.rules.unique(&wanted, of, |name| own.is_taken(name) || outer.is_taken(name));
        own.take(name);
        outer.take(name);
        if is_chosen && wanted != *name {
            self.renamed.push((wanted, name.clone()));
        }
    }
}
