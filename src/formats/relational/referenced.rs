//! What a foreign key references is unique, and its columns stand in the order of that key.

use crate::formats::relational::lower::Lowering;
use crate::formats::relational::schema::{TableOrigin, UniqueKey};

/// Whether a key or plain unique index of the table is over exactly these columns.
pub(super) fn is_unique(lowering: &Lowering<'_>, table: usize, columns: &[String]) -> bool {
    key_order(lowering, table, columns).is_some()
}

/// The columns of the first key or plain unique index over exactly these columns, in its order.
fn key_order(lowering: &Lowering<'_>, table: usize, columns: &[String]) -> Option<Vec<String>> {
    let draft = lowering.drafts.get(table)?;
    let same_set = |key: &[String]| {
        key.len() == columns.len() && key.iter().all(|name| columns.contains(name))
    };
    let mut keys = draft.table.primary_key.iter().chain(&draft.table.uniques);
    if let Some(key) = keys.find(|key| same_set(&key.columns)) {
        return Some(key.columns.clone());
    }
    unique_field_index(lowering, table, columns)
}

/// The same for the model's unique indexes, which become tables' indexes later.
fn unique_field_index(
    lowering: &Lowering<'_>,
    table: usize,
    columns: &[String],
) -> Option<Vec<String>> {
    let draft = lowering.drafts.get(table)?;
    let TableOrigin::Entity(id) = draft.table.origin else { return None };
    let entity = lowering.model.entity(id)?;
    entity.indexes.iter().find_map(|index| {
        if !index.unique || index.partial.is_some() {
            return None;
        }
        let fields: Option<Vec<_>> = index.parts.iter().map(|part| part.on.field()).collect();
        let names = lowering.columns_of(table, &fields?)?;
        let same = names.len() == columns.len() && names.iter().all(|name| columns.contains(name));
        same.then_some(names)
    })
}

/// What is referenced must be unique; the pairs of a link stand in the order of that key.
pub(super) fn make_referenced_unique(lowering: &mut Lowering<'_>) {
    for position in 0..lowering.links.len() {
        let Some(link) = lowering.links.get(position) else { continue };
        let (to, to_columns) = (link.to, link.to_columns.clone());
        match key_order(lowering, to, &to_columns) {
            Some(order) if order != to_columns => {
                if let Some(link) = lowering.links.get_mut(position) {
                    let pairs: Vec<_> =
                        link.to_columns.iter().cloned().zip(link.columns.iter().cloned()).collect();
                    let from = |name: &String| {
                        pairs.iter().find(|(to, _)| to == name).map(|(_, from)| from.clone())
                    };
                    link.columns = order.iter().filter_map(from).collect();
                    link.to_columns = order;
                }
            }
            Some(_) => {}
            None => {
                let Some(draft) = lowering.drafts.get_mut(to) else { continue };
                let name = draft.table.name.name.clone();
                let subject = format!("{name}.{}", to_columns.join("+"));
                draft.table.uniques.push(UniqueKey { name: String::new(), columns: to_columns });
                lowering.notices.warn("what is referenced must be unique and is made so", subject);
            }
        }
    }
}
