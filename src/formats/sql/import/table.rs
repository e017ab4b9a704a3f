//! `CREATE TABLE`.

use crate::base::diagnostic::Diagnostic;
use crate::formats::sql::import::column::read_column;
use crate::formats::sql::import::constraint::{InlineIndexes, read_constraint};
use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{
    CheckFacts, ColumnFacts, IndexFacts, KeyFacts, Name, TableFacts,
};
use crate::formats::sql::import::losses::Lost;
use crate::formats::sql::import::reader::Reader;
use crate::formats::sql::import::statements::Statement;

/// Reads what stands behind `CREATE TABLE`.
pub(super) fn read_create_table<'a>(
    reader: &mut Reader<'a>,
    mut cursor: Cursor<'a>,
    statement: Statement<'a>,
) {
    cursor.take(&["if", "not", "exists"]);
    let Some(name) = reader.placed_name(&mut cursor) else { return reader.skip(statement) };
    if cursor.take(&["partition", "of"]) {
        let parent = cursor.qualified().map(|name| name.name).unwrap_or_default();
        reader.lose(Lost::Partitions, &parent, statement.start());
        reader.facts.partitions.push(name);
        return;
    }
    let mut table = TableFacts {
        note: reader.note_above(&Cursor { tokens: statement.tokens, ..cursor }),
        place: statement.start(),
        name,
        ..TableFacts::default()
    };
    if cursor.take(&["like"]) {
        // MySQL copies all but references.
        let original = reader.placed_name(&mut cursor);
        copy_columns(reader, original.as_ref(), &mut table);
        copy_rules(reader, original.as_ref(), &mut table);
    } else if let Some(inside) = cursor.parenthesized() {
        for item in inside.split_at_commas() {
            read_item(reader, item, &mut table);
        }
    } else {
        let place = statement.start();
        return reader.lose(Lost::Query, &table.name.name, place);
    }
    read_table_options(reader, cursor, &mut table);
    put_table(reader, table, statement);
}

/// Adds a table; the same name again replaces what was dropped before, and is left out otherwise.
fn put_table(reader: &mut Reader<'_>, table: TableFacts, statement: Statement<'_>) {
    let known = reader.facts.first_table(&table.name);
    let Some(known) = known.and_then(|position| reader.facts.tables.get_mut(position)) else {
        return reader.facts.push_table(table);
    };
    if known.is_dropped {
        *known = table;
        return;
    }
    let message = format!("the table `{}` is made twice: the first one counts", table.name.name);
    let span = reader.lines.span_at(statement.start());
    let hint = "drop the first before the second, or give it another name";
    reader.diagnostics.push(Diagnostic::warning(message).at(span).with_hint(hint));
}

fn read_item<'a>(reader: &mut Reader<'a>, item: Cursor<'a>, table: &mut TableFacts) {
    let note = reader.note_above(&item);
    let (checks, keys) = (table.checks.len(), table.foreign_keys.len());
    if item.has(&["like"]) && reader.reading.inline_indexes == InlineIndexes::No {
        let mut original = item;
        original.next();
        let name = reader.placed_name(&mut original);
        copy_columns(reader, name.as_ref(), table);
        if original.has(&["including", "all"]) {
            copy_rules(reader, name.as_ref(), table);
        } else {
            table.lose(Lost::Copy, "", item.place());
        }
        return;
    }
    if item.has(&["period", "for"]) {
        return table.lose(Lost::Period, "", item.place());
    }
    let inline = reader.reading.inline_indexes;
    let mut rest = item;
    if read_constraint(&mut rest, table, inline) {
        // SQLite lets the next constraint follow without a comma.
        while !rest.is_done() && read_constraint(&mut rest, table, inline) {}
    } else {
        read_column(item, table);
        if let Some(column) = table.columns.last_mut().filter(|column| column.note.is_empty()) {
            column.note.clone_from(&note);
        }
        return place_references(reader, table, keys);
    }
    if let Some(check) = table.checks.get_mut(checks) {
        check.note.clone_from(&note);
    }
    if let Some(key) = table.foreign_keys.get_mut(keys) {
        key.note = note;
    }
    place_references(reader, table, keys);
}

/// Gives the tables that the newest foreign keys point at their place.
pub(super) fn place_references(reader: &Reader<'_>, table: &mut TableFacts, first: usize) {
    for key in table.foreign_keys.iter_mut().skip(first) {
        // SQLite and MySQL mean the namespace of the table itself.
        key.table = reader.place(std::mem::take(&mut key.table));
    }
}

fn copy_columns(reader: &Reader<'_>, original: Option<&Name>, table: &mut TableFacts) {
    let original = original.and_then(|name| reader.facts.table(name));
    if let Some(original) = original.and_then(|position| reader.facts.tables.get(position)) {
        table.columns.extend(original.columns.iter().cloned());
    }
}

/// Copies keys, indexes and checks, which have the usual names then.
fn copy_rules(reader: &Reader<'_>, original: Option<&Name>, table: &mut TableFacts) {
    let original = original.and_then(|name| reader.facts.table(name));
    let original = original.and_then(|position| reader.facts.tables.get(position));
    let Some(original) = original else { return };
    let nameless = |key: &KeyFacts| KeyFacts { name: None, ..key.clone() };
    table.primary_key = original.primary_key.as_ref().map(nameless);
    table.uniques.extend(original.uniques.iter().map(nameless));
    table.checks.extend(original.checks.iter().map(|c| CheckFacts { name: None, ..c.clone() }));
    table.indexes.extend(original.indexes.iter().map(|i| IndexFacts { name: None, ..i.clone() }));
}

/// Reads what stands behind the closing parenthesis.
fn read_table_options<'a>(reader: &Reader<'a>, mut cursor: Cursor<'a>, table: &mut TableFacts) {
    while !cursor.is_done() {
        let place = cursor.place();
        if cursor.take(&["comment"]) {
            cursor.take_symbol('=');
            if let Some(note) = cursor.constant() {
                table.note = note;
            }
        } else if cursor.take(&["partition", "by"]) {
            table.lose(Lost::Partitions, "", place);
            cursor.tokens = &[];
        } else if cursor.has(&["as"]) && cursor.tokens.len() > 2 || cursor.has(&["select"]) {
            table.lose(Lost::Query, "", place);
            cursor.tokens = &[];
        } else if cursor.take(&["inherits"]) {
            table.lose(Lost::Inheritance, "", place);
            let parents = cursor.parenthesized().map(|inside| inside.split_at_commas());
            let own = std::mem::take(&mut table.columns);
            for mut parent in parents.into_iter().flatten() {
                let parent = reader.placed_name(&mut parent);
                copy_columns(reader, parent.as_ref(), table);
            }
            table.columns.extend(own);
        } else if !(reader.reading.storage)(&mut cursor, table) {
            read_storage(&mut cursor, table);
        }
    }
}

/// Options of tables that say nothing of what rows may hold, or what is usual.
const USUAL_OPTIONS: &[&str] =
    &["auto_increment", "as", "checksum", "default", "on", "primary", "row_format", "strict"];

/// Reads an option that a model has no word for, with its value.
fn read_storage(cursor: &mut Cursor<'_>, table: &mut TableFacts) {
    let place = cursor.place();
    let start = *cursor;
    let is_usual = cursor.has_any(USUAL_OPTIONS);
    let is_set = cursor.take(&["default"]) || cursor.has_any(&["charset", "character", "collate"]);
    cursor.take(&["character", "set"]);
    cursor.skip();
    cursor.take(&["rowid"]);
    if cursor.take_symbol('=') || is_set || cursor.has_symbol_at(0, '(') {
        cursor.take_symbol('=');
        cursor.skip();
    }
    let option = start.written_until(cursor).to_lowercase();
    let value = option.rsplit(['=', ' ']).next().unwrap_or_default();
    let is_ours = matches!(value, "innodb" | "utf8mb4" | "," | ")" | "[primary]");
    if option.contains("system_versioning") {
        table.lose(Lost::Period, "", place);
    } else if is_set && !is_ours && option.contains("collate") {
        table.lose(Lost::Collation, &format!("({value})"), place);
    } else if is_set && !is_ours {
        table.lose(Lost::CharacterSet, &format!("({value})"), place);
    } else if !is_usual && !is_ours {
        table.lose(Lost::Storage, &format!("({option})"), place);
    }
}

/// A column of which only the name is known.
pub(super) fn nameless_type(name: String) -> ColumnFacts {
    ColumnFacts { name, ..ColumnFacts::default() }
}
