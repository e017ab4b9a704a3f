//! `ALTER TABLE`.

use crate::formats::sql::import::column::{add_identity, read_column, read_default, read_type};
use crate::formats::sql::import::constraint::read_constraint;
use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{ColumnFacts, TableFacts};
use crate::formats::sql::import::reader::Reader;
use crate::formats::sql::import::statements::Statement;
use crate::formats::sql::import::table::place_references;

/// Reads what stands behind `ALTER TABLE`.
pub(super) fn read_alter_table<'a>(
    reader: &mut Reader<'a>,
    mut cursor: Cursor<'a>,
    statement: Statement<'a>,
) {
    cursor.take(&["if", "exists"]);
    cursor.take(&["only"]);
    let Some(name) = reader.placed_name(&mut cursor) else { return reader.skip(statement) };
    cursor.take_symbol('*');
    let note = reader.note_above(&Cursor { tokens: statement.tokens, ..cursor });
    let Some(position) = reader.facts.table(&name) else {
        if is_structural(&cursor) {
            reader.report_missing(&name, statement);
        }
        return;
    };
    let mut table = reader.facts.tables.get_mut(position).map(std::mem::take).unwrap_or_default();
    let (checks, keys) = (table.checks.len(), table.foreign_keys.len());
    let mut adds = false;
    let mut understood = true;
    for action in cursor.split_at_commas() {
        adds = action.has(&["add"]) || action.has(&["with"]) || (adds && !is_action(&action));
        understood &= read_action(reader, action, &mut table, adds);
    }
    place_references(reader, &mut table, keys);
    if let Some(check) = table.checks.get_mut(checks) {
        check.note.clone_from(&note);
    }
    if let Some(key) = table.foreign_keys.get_mut(keys) {
        key.note = note;
    }
    if let Some(place) = reader.facts.tables.get_mut(position) {
        *place = table;
    }
    if !understood {
        reader.skip(statement);
    }
}

fn is_structural(cursor: &Cursor<'_>) -> bool {
    cursor.has_any(&["add", "modify", "change", "with"])
}

fn is_action(cursor: &Cursor<'_>) -> bool {
    cursor.has_any(&["alter", "drop", "modify", "change", "rename", "owner", "enable", "disable"])
}

/// Reads one action; false when it says nothing that a model knows.
fn read_action<'a>(
    reader: &Reader<'a>,
    mut cursor: Cursor<'a>,
    table: &mut TableFacts,
    adds: bool,
) -> bool {
    if cursor.take(&["with", "check"]) || cursor.take(&["with", "nocheck"]) {
        // SQL Server says whether rows are checked now.
    }
    if adds {
        cursor.take(&["add"]);
        return read_addition(reader, cursor, table);
    }
    if cursor.take(&["alter"]) {
        cursor.take(&["column"]);
        return read_column_change(cursor, table);
    }
    if cursor.take(&["modify"]) {
        cursor.take(&["column"]);
        return redefine_column(cursor, None, table);
    }
    if cursor.take(&["change"]) {
        cursor.take(&["column"]);
        let old = cursor.name();
        return redefine_column(cursor, old.as_deref(), table);
    }
    if cursor.take(&["rename", "to"]) {
        if let Some(name) = cursor.name() {
            table.name.name = name;
        }
        return true;
    }
    if cursor.take(&["rename"]) {
        cursor.take(&["column"]);
        return rename_column(cursor, table);
    }
    if cursor.take(&["drop"]) {
        return read_drop(cursor, table);
    }
    // What MySQL says of a dump's rows, or who owns a table, is no structure worth telling.
    cursor.has_any(&["owner", "disable", "enable", "check", "cluster", "replica", "auto_increment"])
}

fn read_addition<'a>(reader: &Reader<'a>, cursor: Cursor<'a>, table: &mut TableFacts) -> bool {
    if let Some(()) = read_late_default(cursor, table) {
        return true;
    }
    let mut constraint = cursor;
    if read_constraint(&mut constraint, table, reader.reading.inline_indexes) {
        return true;
    }
    let mut cursor = cursor;
    cursor.take(&["column"]);
    cursor.take(&["if", "not", "exists"]);
    if let Some(inside) = cursor.parenthesized() {
        return inside.split_at_commas().into_iter().all(|part| read_column(part, table));
    }
    read_column(cursor, table)
}

/// `ADD CONSTRAINT name DEFAULT value FOR column` of SQL Server.
fn read_late_default(mut cursor: Cursor<'_>, table: &mut TableFacts) -> Option<()> {
    if cursor.take(&["constraint"]) {
        cursor.name()?;
    }
    if !cursor.take(&["default"]) {
        return None;
    }
    let default = read_default(&mut cursor).to_owned();
    if cursor.take(&["for"])
        && let Some(name) = cursor.name()
        && let Some(column) = table.column_mut(&name)
    {
        column.default = Some(default);
    }
    Some(())
}

fn read_column_change(mut cursor: Cursor<'_>, table: &mut TableFacts) -> bool {
    let Some(name) = cursor.name() else { return false };
    let Some(column) = table.column_mut(&name) else { return false };
    if cursor.take(&["set", "default"]) {
        column.default = Some(read_default(&mut cursor).to_owned());
    } else if cursor.take(&["drop", "default"]) {
        column.default = None;
    } else if cursor.take(&["set", "not", "null"]) {
        column.required = true;
    } else if cursor.take(&["drop", "not", "null"]) {
        column.required = false;
    } else if cursor.take(&["add"]) {
        add_identity(&mut cursor, column);
    } else if cursor.take(&["type"]) || cursor.take(&["set", "data", "type"]) {
        column.ty = read_type(&mut cursor);
    } else if cursor.has_any(&["set", "drop", "reset"]) {
        // Statistics and storage.
    } else {
        return redefine_type(cursor, column);
    }
    true
}

/// `ALTER COLUMN name type [NOT NULL]` of SQL Server.
fn redefine_type(mut cursor: Cursor<'_>, column: &mut ColumnFacts) -> bool {
    column.ty = read_type(&mut cursor);
    column.required = cursor.has(&["not", "null"]);
    true
}

/// `MODIFY` and `CHANGE` of MySQL: the column anew, in its place.
fn redefine_column(cursor: Cursor<'_>, old: Option<&str>, table: &mut TableFacts) -> bool {
    let mut probe = cursor;
    let Some(name) = probe.name() else { return false };
    let Some(position) = table.column_position(old.unwrap_or(&name)) else { return false };
    if !read_column(cursor, table) {
        return false;
    }
    if let Some(column) = table.columns.pop()
        && let Some(place) = table.columns.get_mut(position)
    {
        let is_key =
            table.primary_key.as_ref().is_some_and(|key| key.columns.contains(&place.name));
        *place = column;
        place.required |= is_key;
    }
    true
}

fn rename_column(mut cursor: Cursor<'_>, table: &mut TableFacts) -> bool {
    let Some(old) = cursor.name() else { return false };
    if !cursor.take(&["to"]) {
        return false;
    }
    let (Some(new), Some(column)) = (cursor.name(), table.column_mut(&old)) else { return false };
    column.name = new;
    true
}

fn read_drop(mut cursor: Cursor<'_>, table: &mut TableFacts) -> bool {
    if cursor.take(&["constraint"]) {
        cursor.take(&["if", "exists"]);
        let name = cursor.name();
        table.uniques.retain(|key| key.name != name);
        table.foreign_keys.retain(|key| key.name != name);
        table.checks.retain(|check| check.name != name);
        return true;
    }
    if cursor.has(&["foreign"]) || cursor.has_any(&["index", "primary", "key", "check"]) {
        return false;
    }
    cursor.take(&["column"]);
    cursor.take(&["if", "exists"]);
    let Some(position) = cursor.name().and_then(|name| table.column_position(&name)) else {
        return false;
    };
    table.columns.remove(position);
    true
}
