//! Fields that documents have without anybody declaring them: an id and the moments of `timestamps`.
//!
//! Must not know any Rust.

use crate::model::entity::{Entity, EntityKind};

/// The names of the moments that `timestamps` stands for.
pub(super) fn timestamp_names(entity: &Entity) -> [&'static str; 2] {
    match entity.kind {
        EntityKind::Collection | EntityKind::Embedded => ["createdAt", "updatedAt"],
        EntityKind::Table | EntityKind::View => ["created_at", "updated_at"],
    }
}

/// Whether a document has an `_id` that nobody declared; `tables_too` when tables are collections.
pub(super) fn needs_id(entity: &Entity, tables_too: bool) -> bool {
    let has_id = match entity.kind {
        EntityKind::Collection => true,
        EntityKind::Embedded => entity.keeps_id,
        EntityKind::Table => tables_too,
        EntityKind::View => false,
    };
    has_id && entity.field_named("_id").is_none()
}
