//! Constraints of a table, within it or added later.

use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{
    AutoIncrement, CheckFacts, ForeignKeyFacts, IndexFacts, KeyFacts, TableFacts,
};
use crate::formats::sql::import::index::{
    read_clustering, read_index_options, read_method, read_parts,
};
use crate::formats::sql::import::losses::Lost;
use crate::formats::sql::import::upkeep::{read_enforcement, read_storage};
use crate::model::index::IndexKind;
use crate::model::reference::ReferentialAction;

/// Which words begin an index within a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InlineIndexes {
    /// None.
    No,
    /// `KEY`, `INDEX`, `FULLTEXT`, `SPATIAL`.
    MySql,
    /// `INDEX`.
    SqlServer,
}

/// Reads a constraint or an index of a table, when it is one, and steps over it.
pub(super) fn read_constraint(
    cursor: &mut Cursor<'_>,
    table: &mut TableFacts,
    inline: InlineIndexes,
) -> bool {
    let mut name = None;
    if cursor.take(&["constraint"]) {
        cursor.take(&["if", "not", "exists"]);
        if !cursor.has_any(&["primary", "unique", "foreign", "check"])
            || cursor.has_symbol_at(1, '"')
        {
            name = cursor.name();
        }
    }
    if cursor.take(&["primary", "key"]) {
        skip_key_words(cursor);
        let made = read_made_index(cursor, table);
        let name = name.or(made.as_ref().and_then(|made| made.name.clone()));
        let columns = made.map_or_else(|| key_columns(cursor, table), |made| made.columns);
        read_key_options(cursor, table, name.as_deref());
        require(table, &columns);
        table.primary_key = Some(KeyFacts { name, columns });
    } else if cursor.take(&["unique"]) {
        read_unique(cursor, table, name);
    } else if cursor.take(&["foreign", "key"]) {
        cursor.take(&["if", "not", "exists"]);
        if !cursor.has_symbol_at(0, '(') {
            name = name.or(cursor.name());
        }
        let columns = cursor.name_list();
        let mut key = read_references(cursor, table);
        key.name = name;
        key.columns = columns;
        table.foreign_keys.push(key);
    } else if cursor.has(&["check"]) && (cursor.has_symbol_at(1, '(') || name.is_some()) {
        cursor.next();
        cursor.take(&["not", "for", "replication"]);
        let Some(inside) = cursor.parenthesized() else { return true };
        let expression = inside.rest_as_code();
        read_key_options(cursor, table, name.as_deref());
        table.checks.push(CheckFacts { name, expression, note: String::new() });
    } else if cursor.take(&["not", "null"]) {
        // PostgreSQL 18 lets this constraint have a name.
        let column = cursor.name();
        require(table, column.as_slice());
        read_key_options(cursor, table, name.as_deref());
    } else if cursor.has(&["exclude"])
        && (cursor.has_at(1, "using") || cursor.has_symbol_at(1, '('))
    {
        table.lose(Lost::Exclusion, name.as_deref().unwrap_or_default(), cursor.place());
        cursor.tokens = &[];
    } else {
        return read_inline_index(cursor, table, inline) || name.is_some();
    }
    true
}

fn read_unique(cursor: &mut Cursor<'_>, table: &mut TableFacts, name: Option<String>) {
    let is_index = name.is_none() && cursor.has(&["index"]);
    let place = cursor.place();
    skip_key_words(cursor);
    if cursor.take(&["nulls", "not", "distinct"]) {
        table.lose(Lost::NullsNotDistinct, name.as_deref().unwrap_or_default(), place);
    }
    if let Some(made) = read_made_index(cursor, table) {
        table.uniques.push(KeyFacts { name: name.or(made.name), ..made });
        return read_key_options(cursor, table, None);
    }
    let mut own = None;
    if !cursor.has_symbol_at(0, '(') && !cursor.has(&["using"]) {
        own = cursor.name();
    }
    read_method(cursor, &mut IndexFacts::default());
    let Some(inside) = cursor.parenthesized() else { return };
    let parts = read_parts(inside);
    let columns: Option<Vec<_>> = parts.iter().map(|part| part.on.clone().ok()).collect();
    let name = name.or(own);
    if let Some(columns) = columns.filter(|_| !is_index) {
        for what in parts.iter().flat_map(|part| &part.lost) {
            table.lose(*what, &columns.join("+"), place);
        }
        if parts.iter().any(|part| part.prefix.is_some()) {
            table.lose(Lost::Prefix, &columns.join("+"), place);
        }
        read_key_options(cursor, table, name.as_deref());
        table.uniques.push(KeyFacts { name, columns });
        return;
    }
    let mut index = IndexFacts { name, parts, unique: true, place, ..IndexFacts::default() };
    read_index_options(cursor, &mut index);
    table.indexes.push(index);
}

/// Reads `USING INDEX name`: an index that was made before becomes the constraint.
fn read_made_index(cursor: &mut Cursor<'_>, table: &mut TableFacts) -> Option<KeyFacts> {
    let mut probe = *cursor;
    if !(probe.take(&["using", "index"]) || probe.take(&["index"])) {
        return None;
    }
    let name = probe.name()?;
    let is_it = |known: &IndexFacts| known.name.as_ref() == Some(&name);
    let position = table.indexes.iter().position(is_it)?;
    *cursor = probe;
    let index = table.indexes.remove(position);
    let columns = index.parts.into_iter().filter_map(|part| part.on.ok()).collect();
    Some(KeyFacts { name: index.name, columns })
}

/// Reads what stands behind a constraint, up to the next one.
pub(super) fn read_key_options(
    cursor: &mut Cursor<'_>,
    table: &mut TableFacts,
    name: Option<&str>,
) {
    let subject = name.unwrap_or_default();
    while !cursor.is_done() && !begins_constraint(cursor) {
        let place = cursor.place();
        if cursor.take(&["on", "conflict"]) {
            table.lose(Lost::Conflict, subject, place);
            cursor.next();
        } else if let Some(lost) = read_enforcement(cursor) {
            for lost in lost {
                table.lose(*lost, subject, place);
            }
        } else if let Some(lost) = read_storage(cursor) {
            for lost in lost {
                table.lose(lost, subject, place);
            }
        } else if cursor.take(&["comment"]) {
            cursor.take_symbol('=');
            cursor.skip();
            table.lose(Lost::ConstraintNote, subject, place);
        } else if cursor.take(&["using"]) {
            cursor.name();
        } else {
            let start = *cursor;
            cursor.skip();
            let written = format!("({})", start.written_until(cursor));
            table.lose(Lost::ConstraintOption, &written, place);
        }
    }
}

/// Whether the next constraint begins here, which SQLite lets follow without a comma.
fn begins_constraint(cursor: &Cursor<'_>) -> bool {
    cursor.has_any(&["constraint", "check", "unique"])
        || cursor.has(&["primary", "key"])
        || cursor.has(&["foreign", "key"])
}

/// Words between `PRIMARY KEY` or `UNIQUE` and the columns that say how it is stored.
fn skip_key_words(cursor: &mut Cursor<'_>) {
    cursor.take_all(&["key", "index", "clustered", "nonclustered"]);
    if cursor.has(&["using"]) && !cursor.has_at(1, "index") {
        cursor.next();
        cursor.next();
    }
}

fn key_columns(cursor: &mut Cursor<'_>, table: &mut TableFacts) -> Vec<String> {
    // MySQL lets a primary key have a name that it ignores.
    if !cursor.has_symbol_at(0, '(') {
        cursor.name();
    }
    let parts = cursor.parenthesized().map(|inside| inside.split_at_commas());
    let mut columns = Vec::new();
    for mut part in parts.into_iter().flatten() {
        let place = part.place();
        let Some(name) = part.name() else { continue };
        if part.has(&["autoincrement"])
            && let Some(column) = table.column_mut(&name)
        {
            column.auto_increment = AutoIncrement::Usual;
        }
        if part.has(&["without", "overlaps"]) {
            table.lose(Lost::Overlaps, &name, place);
        }
        columns.push(name);
    }
    columns
}

/// Columns of a primary key must have a value.
fn require(table: &mut TableFacts, columns: &[String]) {
    for name in columns {
        if let Some(column) = table.column_mut(name) {
            column.required = true;
        }
    }
}

fn read_inline_index(
    cursor: &mut Cursor<'_>,
    table: &mut TableFacts,
    inline: InlineIndexes,
) -> bool {
    let mut index = IndexFacts::default();
    match inline {
        InlineIndexes::No => return false,
        InlineIndexes::SqlServer => {
            if !cursor.take(&["index"]) {
                return false;
            }
        }
        InlineIndexes::MySql => {
            if cursor.take(&["fulltext"]) {
                index.kind = IndexKind::Text;
                cursor.take_all(&["index", "key"]);
            } else if cursor.take(&["spatial"]) {
                index.kind = IndexKind::Geo;
                cursor.take_all(&["index", "key"]);
            } else if !cursor.take(&["index"]) && !cursor.take(&["key"]) {
                return false;
            }
        }
    }
    cursor.take(&["if", "not", "exists"]);
    if !cursor.has_symbol_at(0, '(') && !cursor.has(&["using"]) {
        index.name = cursor.name();
    }
    index.place = cursor.place();
    index.unique = cursor.take(&["unique"]);
    read_clustering(cursor, &mut index);
    read_method(cursor, &mut index);
    let Some(inside) = cursor.parenthesized() else { return true };
    index.parts = read_parts(inside);
    read_index_options(cursor, &mut index);
    table.indexes.push(index);
    true
}

/// Reads `REFERENCES table (columns) ON DELETE … ON UPDATE …` and what else may follow.
pub(super) fn read_references(cursor: &mut Cursor<'_>, table: &mut TableFacts) -> ForeignKeyFacts {
    let mut key = ForeignKeyFacts { place: cursor.place(), ..ForeignKeyFacts::default() };
    cursor.take(&["references"]);
    key.table = cursor.qualified().unwrap_or_default();
    key.referenced_columns = cursor.name_list();
    loop {
        let place = cursor.place();
        if cursor.take(&["on", "delete"]) {
            key.on_delete = read_action(cursor, table);
        } else if cursor.take(&["on", "update"]) {
            key.on_update = read_action(cursor, table);
        } else if cursor.take(&["match"]) {
            if !cursor.has(&["simple"]) {
                table.lose(Lost::Match, "", place);
            }
            cursor.next();
        } else if let Some(lost) = read_enforcement(cursor) {
            for lost in lost {
                table.lose(*lost, "", place);
            }
        } else {
            return key;
        }
    }
}

fn read_action(cursor: &mut Cursor<'_>, table: &mut TableFacts) -> ReferentialAction {
    for action in ReferentialAction::ALL {
        let words: Vec<_> = action.as_str().split(' ').collect();
        if cursor.take(&words) {
            // `SET NULL (columns)` of PostgreSQL names some of the columns.
            let place = cursor.place();
            if cursor.parenthesized().is_some() {
                table.lose(Lost::PartialAction, "", place);
            }
            return action;
        }
    }
    ReferentialAction::NoAction
}
