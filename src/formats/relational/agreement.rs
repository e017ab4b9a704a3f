//! Both ends of a foreign key have the same types, as far as the target asks for it.
//!
//! Must not know where foreign keys come from.

use crate::formats::relational::lower::Lowering;
use crate::formats::relational::schema::{Column, ColumnType};
use crate::formats::relational::target::ReferenceTypes;

/// Referencing columns take the type of what they reference, along chains of references.
pub(super) fn take_types(lowering: &mut Lowering<'_>) {
    let mut taken: Vec<(usize, String)> = Vec::new();
    let mut changed = true;
    while changed {
        changed = false;
        for position in 0..lowering.links.len() {
            for (from, to) in disagreements(lowering, position) {
                if taken.contains(&from) {
                    continue;
                }
                changed = true;
                take_type(lowering, &from, &to);
                taken.push(from);
            }
        }
    }
}

/// Pairs of columns of a link whose types do not agree: referencing and referenced.
fn disagreements(
    lowering: &Lowering<'_>,
    position: usize,
) -> Vec<((usize, String), (usize, String))> {
    let Some(link) = lowering.links.get(position) else { return Vec::new() };
    let pairs = link.columns.iter().zip(&link.to_columns);
    pairs
        .filter(|(from, to)| {
            let column = |table: usize, name: &str| {
                lowering.drafts.get(table).and_then(|draft| draft.table.column(name))
            };
            match (column(link.from, from), column(link.to, to)) {
                (Some(from), Some(to)) => !agree(lowering.target.reference_types, from, to),
                _ => false,
            }
        })
        .map(|(from, to)| ((link.from, from.clone()), (link.to, to.clone())))
        .collect()
}

fn agree(types: ReferenceTypes, a: &Column, b: &Column) -> bool {
    let is_spelled_alike = types == ReferenceTypes::Family || a.native_type == b.native_type;
    is_spelled_alike && types_agree(types, &a.ty, &b.ty)
}

/// Whether a column of one type can reference a column of the other.
pub fn types_agree(types: ReferenceTypes, a: &ColumnType, b: &ColumnType) -> bool {
    use ColumnType::{Integer, String, Text};
    a == b
        || matches!(
            (types, a, b),
            (ReferenceTypes::Family, Integer(_), Integer(_))
                | (ReferenceTypes::Family, String { .. } | Text, String { .. } | Text)
                | (ReferenceTypes::Size, String { .. }, String { .. })
        )
}

fn take_type(lowering: &mut Lowering<'_>, from: &(usize, String), to: &(usize, String)) {
    let target = lowering.drafts.get(to.0).and_then(|draft| draft.table.column(&to.1));
    let Some((ty, native_type)) = target.map(|c| (c.ty.clone(), c.native_type.clone())) else {
        return;
    };
    let Some(draft) = lowering.drafts.get_mut(from.0) else { return };
    let subject = format!("{}.{}", draft.table.name.name, from.1);
    let column = draft.table.columns.iter_mut().find(|column| column.name == from.1);
    let Some(column) = column else { return };
    let was_object_id = column.ty == ColumnType::ObjectId;
    column.ty = ty;
    column.native_type = native_type;
    if !matches!(column.ty, ColumnType::Integer(_)) {
        column.auto_increment = false;
    }
    if was_object_id {
        lowering.notices.note("references by object id take the type of the key", subject);
    } else {
        lowering
            .notices
            .warn("references whose type differs from the key's take its type", subject);
    }
}

/// Leaves out foreign keys whose columns cannot take the type of what they reference.
pub(super) fn drop_disagreeing(lowering: &mut Lowering<'_>) {
    for position in (0..lowering.links.len()).rev() {
        let why = if !disagreements(lowering, position).is_empty() {
            "one column cannot reference keys of different types: references are left out"
        } else if is_over_list(lowering, position) {
            "a list in a key is no list of references: references are left out"
        } else {
            continue;
        };
        let link = lowering.links.remove(position);
        let table = lowering.drafts.get(link.from).map(|draft| draft.table.name.name.clone());
        let subject = format!("{}.{}", table.unwrap_or_default(), link.columns.join("+"));
        lowering.notices.warn(why, subject);
    }
}

/// Whether one of the referencing columns is a list.
fn is_over_list(lowering: &Lowering<'_>, position: usize) -> bool {
    let Some(link) = lowering.links.get(position) else { return false };
    let draft = lowering.drafts.get(link.from);
    let mut columns = link.columns.iter().filter_map(|name| draft?.table.column(name));
    columns.any(|column| matches!(column.ty, ColumnType::Array(_) | ColumnType::Vector { .. }))
}
