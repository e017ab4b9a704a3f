//! Example rows: `records users(id, name) { 1, 'Ada' }`, outside of a table or in it.

use crate::formats::dbml::import::cursor::{Cursor, between_commas};
use crate::formats::dbml::import::facts::{Facts, Records};
use crate::formats::dbml::import::lexer::Token;
use crate::formats::dbml::import::table::qualified;
use crate::formats::dbml::import::tree::{Line, Part};
use crate::formats::dbml::records::{MOST_ROWS, literal};
use crate::formats::dbml::text::Code;
use crate::formats::draft::name::Name;

/// Reads what follows the word `Records` outside of tables.
pub(super) fn records(facts: &mut Facts, mut cursor: Cursor<'_, '_>) {
    let span = cursor.span();
    let Some(table) = qualified(cursor.path()) else {
        let hint = "write `records table(column, …) { … }`";
        return facts.error("the records have no table: they are left out", hint, span);
    };
    records_in(facts, table, cursor);
}

/// Reads the columns and rows of a table's records.
pub(super) fn records_in(facts: &mut Facts, table: Name, mut cursor: Cursor<'_, '_>) {
    let span = cursor.span();
    let names = cursor.tuple().map(between_commas).unwrap_or_default();
    let columns: Vec<String> =
        names.into_iter().filter_map(|mut one| one.name().map(|word| word.text)).collect();
    cursor.list();
    let lines = cursor.block().map(|block| block.lines.as_slice()).unwrap_or_default();
    let mut rows = Vec::new();
    for line in lines {
        let row = values(line);
        match row {
            Some(row) if columns.is_empty() || row.len() == columns.len() => rows.push(row),
            Some(_) => {
                let hint = format!("write {} values", columns.len());
                let message = "the row has another number of values than columns: it is left out";
                facts.error(message, &hint, line.span());
            }
            None => facts.error(
                "this is no row of values: it is left out",
                "write values with commas between them",
                line.span(),
            ),
        }
    }
    if rows.len() > MOST_ROWS {
        facts.lose(
            (
                "rows beyond the first 1000 of a table are left out",
                "load rows into the database: a model only keeps a few as examples",
            ),
            table.shown(),
            span,
        );
        rows.truncate(MOST_ROWS);
    }
    if facts
        .records
        .iter()
        .any(|other| (&other.table.namespace, &other.table.name) == (&table.namespace, &table.name))
    {
        let message = format!("`{}` has records twice: the first stay", table.shown());
        return facts.error(message, "write all rows of a table in one block", span);
    }
    facts.records.push(Records { table, columns, rows });
}

/// The values between the commas of a line.
fn values(line: &Line<'_>) -> Option<Vec<Code>> {
    let value = |parts: &[Part<'_>]| {
        let tokens: Option<Vec<Token<'_>>> = parts
            .iter()
            .map(|part| match part {
                Part::Token(token) => Some(token.clone()),
                Part::Tuple(_) | Part::List(_) | Part::Block(_) => None,
            })
            .collect();
        literal(&tokens?)
    };
    line.parts.split(|part| part.is_sign(',')).map(value).collect()
}
