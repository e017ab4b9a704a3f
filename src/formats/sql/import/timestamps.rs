//! `created_at` and `updated_at`, when they are as our own scripts write them.

use crate::formats::sql::dialect::Dialect;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::{DefaultValue, Field};
use crate::model::id::FieldId;
use crate::model::index::IndexTarget;
use crate::model::reference::Reference;

/// Makes `timestamps` of the last two fields, when they say nothing else and nothing uses them.
pub(super) fn fold_timestamps(
    dialect: &dyn Dialect,
    entity: &mut Entity,
    references: &[Reference],
) {
    let [.., created, updated] = entity.fields.as_slice() else { return };
    let id = dialect.target().id();
    let is_stamp = |field: &Field, name: &str, updates: bool| {
        let mut expected = Field::new(field.id, name, DataType::DateTime { zoned: true });
        expected.required = true;
        expected.default = Some(DefaultValue::Now);
        if updates {
            expected.extras.set(id, "on_update", "current_timestamp");
        }
        *field == expected
    };
    let updates = dialect.reading().updates_on_change;
    let are_stamps =
        is_stamp(created, "created_at", false) && is_stamp(updated, "updated_at", updates);
    let ids = [created.id, updated.id];
    if are_stamps && !ids.iter().any(|id| is_used(entity, *id, references)) {
        entity.fields.truncate(entity.fields.len() - 2);
        entity.timestamps = true;
    }
}

fn is_used(entity: &Entity, field: FieldId, references: &[Reference]) -> bool {
    let in_index = entity
        .indexes
        .iter()
        .flat_map(|index| &index.parts)
        .any(|part| part.on == IndexTarget::Field(field));
    let in_key = entity.keys.iter().any(|key| key.fields.contains(&field));
    let in_reference = references.iter().any(|reference| {
        reference.from.fields.contains(&field) || reference.to.fields.contains(&field)
    });
    in_index || in_key || in_reference
}
