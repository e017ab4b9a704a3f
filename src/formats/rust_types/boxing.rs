//! Which embedded values must be boxed, so that every struct has a size.
//!
//! Must not know any Rust.

use std::collections::BTreeSet;

use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::field::Field;
use crate::model::graph::Link;
use crate::model::id::FieldId;

/// The fields whose embedded value must be boxed: those on a cycle of types that hold each other
/// without a list or map in between.
pub(super) fn boxed_fields(model: &Model) -> BTreeSet<FieldId> {
    let mut direct = BTreeSet::new();
    for entity in model.entities() {
        collect_direct(&entity.fields, &mut direct);
    }
    let cycles = model
        .graph()
        .cycles(|link| matches!(link, Link::Embedding(field) if direct.contains(&field)));
    let mut boxed = BTreeSet::new();
    for entity in model.entities() {
        let Some(cycle) = cycles.iter().find(|cycle| cycle.contains(&entity.id)) else { continue };
        for field in entity.all_fields() {
            let is_in_cycle = field.ty.embedded().is_some_and(|embedded| cycle.contains(&embedded));
            if is_in_cycle && direct.contains(&field.id) {
                boxed.insert(field.id);
            }
        }
    }
    boxed
}

fn collect_direct(fields: &[Field], direct: &mut BTreeSet<FieldId>) {
    for field in fields {
        match &field.ty {
            DataType::Embedded(_) => {
                direct.insert(field.id);
            }
            DataType::Object => collect_direct(&field.fields, direct),
            _ => {}
        }
    }
}
