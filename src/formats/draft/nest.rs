//! Fields with dotted names below an object are the fields of that object: for formats that know no
//! nesting.

use crate::formats::draft::entity::{DraftField, DraftType};
use crate::model::data_type::DataType;
use crate::model::type_words::from_spelling;

/// How deep objects may stand in each other; columns below that stay beside them.
const DEEPEST: usize = 64;

/// The fields with those of objects in them.
pub fn nest(columns: Vec<DraftField>) -> Vec<DraftField> {
    let mut fields: Vec<DraftField> = Vec::with_capacity(columns.len());
    // The objects that a dotted name may continue, outer first, by their full names.
    let mut open: Vec<(String, DraftField)> = Vec::new();
    for mut column in columns {
        let full = column.field.name.clone();
        let inner = |name: &str| {
            let rest = full.strip_prefix(name)?.strip_prefix('.')?;
            (!rest.is_empty()).then(|| rest.to_owned())
        };
        while open.last().is_some_and(|(name, _)| inner(name).is_none()) {
            close(&mut open, &mut fields);
        }
        if let Some(rest) = open.last().and_then(|(name, _)| inner(name)) {
            column.field.name = rest;
        }
        open.push((full, column));
        if open.len() > DEEPEST || open.last().is_some_and(|(_, column)| !is_object(column)) {
            close(&mut open, &mut fields);
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut fields);
    }
    fields
}

/// Puts the innermost open field where it belongs.
fn close(open: &mut Vec<(String, DraftField)>, fields: &mut Vec<DraftField>) {
    let Some((_, field)) = open.pop() else { return };
    match open.last_mut() {
        Some((_, outer)) => outer.fields.push(field),
        None => fields.push(field),
    }
}

fn is_object(column: &DraftField) -> bool {
    let mut ty = &column.ty;
    while let DraftType::Array(inner) | DraftType::Map(inner) = ty {
        ty = inner;
    }
    match ty {
        DraftType::Spelled(name) => {
            let word = from_spelling(&name.name);
            word.is_some_and(|word| *word.ty.innermost() == DataType::Object)
        }
        DraftType::Known(ty) => *ty.innermost() == DataType::Object,
        DraftType::OneOf(_) | DraftType::Array(_) | DraftType::Map(_) => false,
    }
}
