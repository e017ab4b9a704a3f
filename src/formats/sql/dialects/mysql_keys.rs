//! The limits of `InnoDB` on keys and rows: 3,072 bytes per key, 65,535 per row, no text of unbounded
//! length in a key.

use indexmap::IndexSet;

use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{Column, ColumnType, IndexOn, Schema, Table};
use crate::formats::sql::adapt;
use crate::model::index::IndexKind;

/// Bytes of a key.
const LONGEST_KEY: usize = 3072;
/// Bytes of a row without what is stored apart; some are left for the engine's own use.
const LONGEST_ROW: usize = 65_000;
/// Bytes of a character.
const CHARACTER: usize = 4;
/// Characters of a text that nobody gave a length.
const USUAL_LENGTH: u32 = 255;

/// Makes keys, indexes and rows fit.
pub(super) fn fit(schema: &mut Schema, notices: &mut Notices) {
    let is_document = |column: &Column| {
        matches!(column.ty, ColumnType::Json | ColumnType::GeoPoint | ColumnType::Vector { .. })
    };
    adapt::keep_keys(schema, notices, |column| !is_document(column));
    adapt::keep_indexes(
        schema,
        notices,
        "indexes over columns that cannot be sorted are left out",
        |table, index| {
            index.kind == IndexKind::Geo || !adapt::any_column(table, index, is_document)
        },
    );
    bound_key_columns(schema, notices);
    for table in &mut schema.tables {
        let keys = keys_of(table);
        for key in keys {
            shrink_key(table, &key, notices);
        }
        prefix_indexes(table);
        fit_row(table, notices);
    }
}

/// Columns in keys have a length.
fn bound_key_columns(schema: &mut Schema, notices: &mut Notices) {
    let mut in_keys: IndexSet<(usize, String)> = IndexSet::new();
    for (position, table) in schema.tables.iter().enumerate() {
        for name in keys_of(table).into_iter().flatten() {
            in_keys.insert((position, name));
        }
        for key in &table.foreign_keys {
            in_keys.extend(key.referenced_columns.iter().map(|name| (key.table, name.clone())));
        }
    }
    for (position, table) in schema.tables.iter_mut().enumerate() {
        for column in &mut table.columns {
            let of_text = Some(ColumnType::String { length: Some(USUAL_LENGTH) });
            let of_bytes = Some(ColumnType::Binary { length: Some(USUAL_LENGTH) });
            let bounded = match (&column.native_type, &column.ty) {
                (Some(native), _) if native.to_lowercase().ends_with("text") => of_text,
                (Some(native), _) if native.to_lowercase().ends_with("blob") => of_bytes,
                (None, ColumnType::Text) => of_text,
                (None, ColumnType::Binary { length: None }) => of_bytes,
                _ => None,
            };
            let in_key = in_keys.contains(&(position, column.name.clone()));
            if let Some(bounded) = bounded.filter(|_| in_key) {
                column.ty = bounded;
                column.native_type = None;
                let subject = format!("{}.{}", table.name.name, column.name);
                notices.warn("texts in keys hold 255 characters at most", subject);
            }
        }
    }
}

/// The column lists that must fit into a key as a whole.
fn keys_of(table: &Table) -> Vec<Vec<String>> {
    let own = table.primary_key.iter().chain(&table.uniques).map(|key| key.columns.clone());
    let foreign = table.foreign_keys.iter().map(|key| key.columns.clone());
    let unique_indexes = table.indexes.iter().filter(|index| index.unique).map(|index| {
        let columns = index.parts.iter().filter_map(|part| match &part.on {
            IndexOn::Column(name) => Some(name.clone()),
            IndexOn::Expression(_) => None,
        });
        columns.collect()
    });
    own.chain(foreign).chain(unique_indexes).collect()
}

/// Bytes of a column in a key.
fn key_bytes(column: &Column) -> usize {
    match &column.ty {
        ColumnType::String { length } => length.unwrap_or(USUAL_LENGTH) as usize * CHARACTER,
        ColumnType::Binary { length: Some(length) } => *length as usize,
        ColumnType::Uuid | ColumnType::ObjectId => 36 * CHARACTER,
        ColumnType::Inet | ColumnType::Interval => 64 * CHARACTER,
        _ => 32,
    }
}

fn shrink_key(table: &mut Table, key: &[String], notices: &mut Notices) {
    let is_in_key = |column: &&mut Column| key.contains(&column.name);
    let columns: Vec<_> = table.columns.iter_mut().filter(is_in_key).collect();
    let total: usize = columns.iter().map(|column| key_bytes(column)).sum();
    if total <= LONGEST_KEY {
        return;
    }
    let is_string = |column: &Column| matches!(column.ty, ColumnType::String { .. });
    let strings = columns.iter().filter(|column| is_string(column)).count().max(1);
    let others: usize =
        columns.iter().filter(|column| !is_string(column)).map(|column| key_bytes(column)).sum();
    let most = (LONGEST_KEY.saturating_sub(others) / CHARACTER / strings).max(1);
    for column in columns {
        if let ColumnType::String { length } = &mut column.ty
            && length.unwrap_or(USUAL_LENGTH) as usize > most
        {
            *length = u32::try_from(most).ok();
            let subject = format!("{}.{}", table.name.name, column.name);
            notices.warn("texts in long keys are shortened to fit", subject);
        }
    }
}

/// Plain indexes look at the beginning of long texts.
fn prefix_indexes(table: &mut Table) {
    let columns = &table.columns;
    for index in table.indexes.iter_mut().filter(|index| index.kind == IndexKind::Ordered) {
        let most = LONGEST_KEY / CHARACTER / index.parts.len().max(1);
        for part in &mut index.parts {
            let IndexOn::Column(name) = &part.on else { continue };
            let column = columns.iter().find(|column| column.name == *name);
            let length = match column.map(|column| &column.ty) {
                Some(ColumnType::Text | ColumnType::Binary { length: None }) => usize::MAX,
                Some(ColumnType::String { length }) if !index.unique => {
                    length.unwrap_or(USUAL_LENGTH) as usize
                }
                _ => 0,
            };
            if length > most || length == usize::MAX {
                part.prefix = u32::try_from(most.min(USUAL_LENGTH as usize)).ok();
            }
        }
    }
}

/// Long texts that make a row too wide are stored apart.
fn fit_row(table: &mut Table, notices: &mut Notices) {
    let keyed: Vec<String> = keys_of(table).into_iter().flatten().collect();
    let mut total: usize = table.columns.iter().map(key_bytes).sum();
    while total > LONGEST_ROW {
        let widest = table
            .columns
            .iter_mut()
            .filter(|column| matches!(column.ty, ColumnType::String { .. }))
            .filter(|column| column.native_type.is_none() && !keyed.contains(&column.name))
            .max_by_key(|column| key_bytes(column));
        let Some(column) = widest else { return };
        total -= key_bytes(column);
        column.ty = ColumnType::Text;
        let subject = format!("{}.{}", table.name.name, column.name);
        notices.warn("texts that make a row too wide are unbounded", subject);
        for part in table.indexes.iter_mut().flat_map(|index| &mut index.parts) {
            if part.on == IndexOn::Column(column.name.clone()) {
                part.prefix = Some(USUAL_LENGTH);
            }
        }
    }
}
