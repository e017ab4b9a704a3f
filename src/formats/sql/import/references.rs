//! Foreign keys → references.

use crate::base::similar::did_you_mean;
use crate::formats::relational::naming::default_name;
use crate::formats::sql::import::build::{Builder, ids_of};
use crate::formats::sql::import::facts::{
    ColumnFacts, ForeignKeyFacts, Name, NameIndex, TableFacts,
};
use crate::formats::sql::import::reader::MOST_HINTS;
use crate::model::entity::Entity;
use crate::model::reference::{Cardinality, Reference};

impl Builder<'_> {
    /// The references that the foreign keys of all tables are.
    pub(super) fn references(
        &mut self,
        entities: &[Entity],
        tables: &[TableFacts],
    ) -> Vec<Reference> {
        let mut references = Vec::new();
        let index = NameIndex::of(tables.iter().map(|table| &table.name));
        for (from, table) in tables.iter().enumerate() {
            for key in &table.foreign_keys {
                let to = find_table(tables, &index, &key.table, table);
                match to.and_then(|to| self.reference(key, [from, to], entities, tables)) {
                    Some(reference) => references.push(reference),
                    None => self.report_lost(key, table, to.and_then(|to| tables.get(to)), tables),
                }
            }
        }
        references
    }

    fn report_lost(
        &mut self,
        key: &ForeignKeyFacts,
        from: &TableFacts,
        to: Option<&TableFacts>,
        tables: &[TableFacts],
    ) {
        let Some(to) = to else {
            let message = format!(
                "`{}` ({}) references `{}`, which is not there: the reference is left out",
                from.name.name,
                key.columns.join(", "),
                key.table.name
            );
            self.missing += 1;
            let names = tables.iter().map(|table| table.name.name.as_str());
            let is_hinted = self.missing <= MOST_HINTS;
            let hint = is_hinted.then(|| did_you_mean(&key.table.name, names)).flatten();
            let other = || "read the script that makes the table too".to_owned();
            return self.warn(message, hint.unwrap_or_else(other), key.place);
        };
        let own = key.columns.iter().map(|name| (from, name));
        let others = key.referenced_columns.iter().map(|name| (to, name));
        let missing = own.chain(others).find(|(table, name)| table.column(name).is_none());
        if let Some((table, name)) = missing {
            return self.report_column(table, name, "the reference is left out", key.place);
        }
        let message = format!(
            "`{}` ({}) references `{}` by another number of columns: the reference is left out",
            from.name.name,
            key.columns.join(", "),
            to.name.name
        );
        self.warn(message, "name as many columns as the key has", key.place);
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
}

/// The table that a name in a statement about `from` means: its own namespace comes first.
fn find_table(
    tables: &[TableFacts],
    index: &NameIndex,
    name: &Name,
    from: &TableFacts,
) -> Option<usize> {
    let here = Name {
        namespace: name.namespace.clone().or_else(|| from.name.namespace.clone()),
        name: name.name.clone(),
    };
    let candidates: Vec<_> = index
        .like(&name.name)
        .iter()
        .filter_map(|position| Some((*position, &tables.get(*position)?.name)))
        .collect();
    let first = |is: &dyn Fn(&Name) -> bool| {
        candidates.iter().find(|(_, known)| is(known)).map(|(position, _)| *position)
    };
    first(&|known| known == name)
        .or_else(|| first(&|known| *known == here))
        .or_else(|| first(&|known| known.is_like(&here)))
        .or_else(|| first(&|known| known.is_like(name)))
}

/// Gives computed columns that no type is written for the type of the columns that reference them.
pub(super) fn type_computed_columns(tables: &mut [TableFacts]) {
    let has_untyped = |table: &TableFacts| table.columns.iter().any(ColumnFacts::is_untyped);
    if !tables.iter().any(has_untyped) {
        return;
    }
    let mut types = Vec::new();
    let index = NameIndex::of(tables.iter().map(|table| &table.name));
    for from in tables.iter() {
        for key in &from.foreign_keys {
            let Some(to) = find_table(tables, &index, &key.table, from) else { continue };
            let primary = tables.get(to).and_then(|table| table.primary_key.as_ref());
            let referenced = match (key.referenced_columns.as_slice(), primary) {
                ([], Some(primary)) => &primary.columns,
                _ => &key.referenced_columns,
            };
            for (own, other) in key.columns.iter().zip(referenced) {
                let ty = from.column(own).map(|column| column.ty.clone());
                types.extend(ty.map(|ty| (to, other.clone(), ty)));
            }
        }
    }
    for (to, name, ty) in types {
        let column = tables.get_mut(to).and_then(|table| table.column_mut(&name));
        if let Some(column) = column.filter(|column| column.is_untyped()) {
            column.ty = ty;
        }
    }
}
