//! Looks for tables without a primary key. Collections have `_id` in any case.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::Model;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::entity::EntityKind;
use crate::model::field::Field;
use crate::model::id::{ElementId, IdMint};
use crate::model::key::{Key, KeyKind};

pub(super) const RULE: Rule =
    Rule { id: "missing-key", summary: "a table without a primary key", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let tables = cx.model.entities().filter(|entity| entity.kind == EntityKind::Table);
    for entity in tables.filter(|entity| entity.primary_key().is_none()) {
        let message = format!("`{}` has no primary key", entity.name);
        let hint = "mark the fields that identify a record as its key";
        let element = ElementId::Entity(entity.id);
        let finding = findings.add(element, Diagnostic::warning(message).with_hint(hint));
        finding.offer("Add a key", add_key);
    }
}

/// Makes the field `id` the key, and adds it in front when there is none.
fn add_key(model: &mut Model, mint: &mut IdMint, element: ElementId) {
    let ElementId::Entity(id) = element else { return };
    let Some(entity) = model.entity_mut(id) else { return };
    let named = entity.fields.iter().find(|field| field.name.eq_ignore_ascii_case("id"));
    let field = named.map_or_else(|| mint.mint(), |field| field.id);
    if entity.field(field).is_none() {
        let mut added = Field::new(field, "id", DataType::Integer(IntegerSize::Big));
        added.required = true;
        added.auto_increment = true;
        entity.fields.insert(0, added);
    }
    let key = Key { id: mint.mint(), kind: KeyKind::Primary, fields: vec![field], name: None };
    entity.keys.insert(0, key);
}
