//! `created_at` and `updated_at`, when they are as our own exporter writes them.

use crate::formats::dbml::import::facts::{End, Link};
use crate::formats::dbml::tables::timestamp_names;
use crate::formats::draft::entity::{
    DraftDefault, DraftEntity, DraftField, DraftTarget, DraftType,
};
use crate::model::field::Field;

/// Makes `timestamps` of the last two columns, when they say nothing else and nothing uses them.
pub(super) fn fold_timestamps(entity: &mut DraftEntity, links: &[Link]) {
    let names = timestamp_names(entity.entity.kind);
    let [.., created, updated] = entity.fields.as_slice() else { return };
    let are_stamps = is_stamp(created, names[0]) && is_stamp(updated, names[1]);
    if are_stamps && !names.iter().any(|name| is_used(entity, name, links)) {
        entity.fields.truncate(entity.fields.len() - 2);
        entity.entity.timestamps = true;
    }
}

fn is_stamp(column: &DraftField, name: &str) -> bool {
    let mut plain = Field::new(column.field.id, name, column.field.ty.clone());
    plain.required = true;
    let DraftType::Spelled(ty) = &column.ty else { return false };
    column.field == plain
        && ty.name == "timestamptz"
        && ty.namespace.is_none()
        && column.default == Some(DraftDefault::Code("now()".to_owned()))
        && column.fields.is_empty()
        && !column.is_key
}

fn is_used(entity: &DraftEntity, name: &str, links: &[Link]) -> bool {
    let is_it = |path: &[String]| path == [name];
    let in_index =
        entity.indexes.iter().flat_map(|index| &index.parts).any(|part| match &part.on {
            DraftTarget::Field(field) => is_it(&field.path),
            DraftTarget::Expression(_) => false,
        });
    let in_key = entity.keys.iter().flat_map(|key| &key.fields).any(|field| is_it(&field.path));
    let in_end = |end: &End| match end {
        End::Column { table, path } => {
            *table == entity.name && path.first().is_some_and(|word| word.text == name)
        }
        End::Path { path, columns } => path.iter().chain(columns).any(|word| word.text == name),
    };
    in_index || in_key || links.iter().any(|link| in_end(&link.left) || in_end(&link.right))
}
