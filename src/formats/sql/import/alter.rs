//! `ALTER TABLE`.

use crate::formats::relational::naming::default_name;
use crate::formats::sql::import::column::{
    add_identity, read_column, read_default, read_options, read_type,
};
use crate::formats::sql::import::constraint::{InlineIndexes, read_constraint};
use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{AutoIncrement, ColumnFacts, TableFacts};
use crate::formats::sql::import::losses::Lost;
use crate::formats::sql::import::reader::Reader;
use crate::formats::sql::import::statements::Statement;
use crate::formats::sql::import::table::place_references;
use crate::formats::sql::import::upkeep::read_enforcement;

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
    if cursor.has(&["attach", "partition"]) {
        attach_partition(reader, cursor);
    }
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
        // SQL Server lets one `ADD` stand before several.
        let goes_on = adds && reader.reading.inline_indexes == InlineIndexes::SqlServer;
        adds = action.has(&["add"]) || action.has(&["with"]) || (goes_on && !is_action(&action));
        understood &= read_action(reader, action, &mut table, adds);
    }
    place_references(reader, &mut table, keys);
    if let Some(check) = table.checks.get_mut(checks) {
        check.note.clone_from(&note);
    }
    if let Some(key) = table.foreign_keys.get_mut(keys) {
        key.note = note;
    }
    reader.facts.replace_table(position, table);
    if !understood {
        reader.skip(statement);
    }
}

/// A table that becomes a partition is no table of its own.
fn attach_partition<'a>(reader: &mut Reader<'a>, mut cursor: Cursor<'a>) {
    cursor.take(&["attach", "partition"]);
    let Some(name) = reader.placed_name(&mut cursor) else { return };
    if let Some(position) = reader.facts.table(&name) {
        reader.facts.remove_table(position);
    }
    reader.facts.partitions.push(name);
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
    let place = cursor.place();
    // SQL Server says whether rows are checked now.
    if cursor.take(&["with", "nocheck"]) && adds {
        let mut named = cursor;
        named.take(&["add", "constraint"]);
        table.lose(Lost::NotValidated, &named.name().unwrap_or_default(), place);
    }
    cursor.take(&["with", "check"]);
    if adds {
        cursor.take(&["add"]);
        return read_addition(reader, cursor, table);
    }
    if is_about_upkeep(&mut cursor, table) {
        return true;
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
        if cursor.take(&["index"]) || cursor.take(&["key"]) {
            return rename_index(cursor, table);
        }
        cursor.take(&["column"]);
        return rename_column(cursor, table);
    }
    if cursor.take(&["drop"]) {
        return read_drop(cursor, table);
    }
    if cursor.take(&["attach", "partition"]) {
        table.lose(Lost::Partitions, "", cursor.place());
        return true;
    }
    if (reader.reading.storage)(&mut cursor, table) {
        return true;
    }
    // What MySQL says of a dump's rows, or who owns a table, is no structure worth telling.
    cursor.has_any(&["auto_increment", "check", "disable", "enable", "owner"])
}

/// Reads an action that says how constraints, indexes and rows are kept; false when it is another.
fn is_about_upkeep(cursor: &mut Cursor<'_>, table: &mut TableFacts) -> bool {
    let place = cursor.place();
    let start = *cursor;
    let alters = cursor.take(&["alter"]);
    let is_named = cursor.take(&["constraint"]) || cursor.take(&["check"]);
    if alters && is_named || start.has(&["nocheck", "constraint"]) {
        cursor.take(&["nocheck", "constraint"]);
        let name = cursor.name().unwrap_or_default();
        let is_off = !alters || cursor.has(&["not", "enforced"]);
        let off: &[Lost] = &[Lost::NotEnforced];
        let lost = if is_off { off } else { read_enforcement(cursor).unwrap_or_default() };
        for lost in lost {
            table.lose(*lost, &name, place);
        }
    } else if alters && cursor.take(&["index"]) {
        let name = cursor.name().unwrap_or_default();
        if cursor.has_any(&["invisible", "ignored"]) {
            table.lose(Lost::Invisible, &name, place);
        }
    } else if start.has(&["replica", "identity"]) {
        if !start.has_at(2, "default") {
            table.lose(Lost::ReplicaIdentity, "", place);
        }
    } else if start.has(&["cluster", "on"]) {
        table.lose(Lost::Clustering, "", place);
    } else if [0, 1].iter().any(|at| start.has_at(*at, "row") && start.has_at(at + 1, "level")) {
        if start.has_any(&["enable", "force"]) {
            table.lose(Lost::RowSecurity, "", place);
        }
    } else {
        *cursor = start;
        return false;
    }
    true
}

fn read_addition<'a>(reader: &Reader<'a>, cursor: Cursor<'a>, table: &mut TableFacts) -> bool {
    if cursor.has(&["partition"])
        && (cursor.has_symbol_at(1, '(') || cursor.has_at(1, "partitions"))
    {
        table.lose(Lost::Partitions, "", cursor.place());
        return true;
    }
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
    let default = read_default(&mut cursor);
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
    let Some(position) = table.column_position(&name) else { return false };
    let mut column = table.columns.get(position).cloned().unwrap_or_default();
    let is_read = change_column(&mut cursor, &mut column, table);
    if let Some(place) = table.columns.get_mut(position) {
        *place = column;
    }
    is_read
}

fn change_column(
    cursor: &mut Cursor<'_>,
    column: &mut ColumnFacts,
    table: &mut TableFacts,
) -> bool {
    if cursor.take(&["set", "default"]) {
        column.default = Some(read_default(cursor));
    } else if cursor.take(&["drop", "default"]) {
        column.default = None;
    } else if cursor.take(&["set", "not", "null"]) {
        column.required = true;
    } else if cursor.take(&["drop", "not", "null"]) {
        column.required = false;
    } else if cursor.take(&["add"]) {
        add_identity(cursor, column, table);
    } else if cursor.take(&["type"]) || cursor.take(&["set", "data", "type"]) {
        column.ty = read_type(cursor);
    } else if cursor.take(&["drop", "expression"]) {
        column.generated = None;
    } else if cursor.take(&["drop", "identity"]) {
        column.auto_increment = AutoIncrement::No;
    } else if cursor.take(&["set", "expression", "as"]) {
        let stored = column.generated.as_ref().is_some_and(|(_, stored)| *stored);
        let expression = cursor.parenthesized().map(|inside| inside.rest_as_code());
        column.generated = expression.map(|expression| (expression, stored));
    } else if cursor.has(&["set", "statistics"]) || cursor.has_any(&["reset", "restart"]) {
        // What the planner knows of rows, and how far a counter is.
    } else if cursor.has_any(&["set", "drop"]) {
        let place = cursor.place();
        cursor.next();
        let option = format!("{} ({})", column.name, cursor.rest_as_written());
        table.lose(Lost::ColumnOption, &option, place);
    } else {
        return redefine_type(cursor, column, table);
    }
    true
}

/// `ALTER COLUMN name type [NOT NULL]` of SQL Server.
fn redefine_type(
    cursor: &mut Cursor<'_>,
    column: &mut ColumnFacts,
    table: &mut TableFacts,
) -> bool {
    column.ty = read_type(cursor);
    column.required = false;
    read_options(cursor, column, table);
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

fn rename_index(mut cursor: Cursor<'_>, table: &mut TableFacts) -> bool {
    let old = cursor.name();
    cursor.take(&["to"]);
    let new = cursor.name();
    let names = table.indexes.iter_mut().map(|index| &mut index.name);
    let mut names = names.chain(table.uniques.iter_mut().map(|key| &mut key.name));
    let found = names.find(|name| **name == old).filter(|_| old.is_some() && new.is_some());
    found.map(|name| *name = new).is_some()
}

fn rename_column(mut cursor: Cursor<'_>, table: &mut TableFacts) -> bool {
    let Some(old) = cursor.name() else { return false };
    if !cursor.take(&["to"]) {
        return false;
    }
    let (Some(new), Some(position)) = (cursor.name(), table.column_position(&old)) else {
        return false;
    };
    let own_keys = table.primary_key.iter_mut().chain(&mut table.uniques);
    let foreign = table.foreign_keys.iter_mut().map(|key| &mut key.columns);
    for name in own_keys.map(|key| &mut key.columns).chain(foreign).flatten() {
        if name.eq_ignore_ascii_case(&old) {
            name.clone_from(&new);
        }
    }
    for part in table.indexes.iter_mut().flat_map(|index| &mut index.parts) {
        if part.on.as_ref().is_ok_and(|name| name.eq_ignore_ascii_case(&old)) {
            part.on = Ok(new.clone());
        }
    }
    if let Some(column) = table.columns.get_mut(position) {
        column.name = new;
    }
    true
}

/// Takes out a constraint by its name, or by the one that it has when nobody chose any; false when
/// there is none.
fn drop_constraint(name: &str, table: &mut TableFacts) -> bool {
    let count =
        |table: &TableFacts| table.uniques.len() + table.foreign_keys.len() + table.checks.len();
    let before = count(table);
    let owner = table.name.name.clone();
    let is = |own: &Option<String>, usual: String| own.as_ref().unwrap_or(&usual) == name;
    let usual = default_name::primary_key(&owner);
    let had_key = table.primary_key.take_if(|key| is(&key.name, usual)).is_some();
    table.uniques.retain(|key| !is(&key.name, default_name::unique(&owner, &key.columns)));
    table
        .foreign_keys
        .retain(|key| !is(&key.name, default_name::foreign_key(&owner, &key.columns)));
    table.checks.retain(|check| !is(&check.name, default_name::check(&owner, None)));
    had_key || count(table) < before
}

fn read_drop(mut cursor: Cursor<'_>, table: &mut TableFacts) -> bool {
    if cursor.take(&["constraint"]) {
        cursor.take(&["if", "exists"]);
        return cursor.name().is_some_and(|name| drop_constraint(&name, table));
    }
    if cursor.take(&["primary", "key"]) {
        table.primary_key = None;
        return true;
    }
    if cursor.take(&["foreign", "key"]) {
        let name = cursor.name();
        table.foreign_keys.retain(|key| key.name != name);
        return true;
    }
    if cursor.take(&["index"]) || cursor.take(&["key"]) {
        let name = cursor.name();
        table.uniques.retain(|key| key.name != name);
        table.indexes.retain(|index| index.name != name);
        return true;
    }
    if cursor.take(&["check"]) {
        let name = cursor.name();
        table.checks.retain(|check| check.name != name);
        return true;
    }
    cursor.take(&["column"]);
    cursor.take(&["if", "exists"]);
    let Some(position) = cursor.name().and_then(|name| table.column_position(&name)) else {
        return false;
    };
    let column = table.columns.remove(position);
    // What was over the column goes with it.
    let has = |names: &[String]| names.iter().any(|name| name.eq_ignore_ascii_case(&column.name));
    table.primary_key.take_if(|key| has(&key.columns));
    table.uniques.retain(|key| !has(&key.columns));
    table.foreign_keys.retain(|key| !has(&key.columns));
    table.indexes.retain(|index| {
        let names = index.parts.iter().filter_map(|part| part.on.clone().ok());
        !has(&names.collect::<Vec<_>>())
    });
    true
}
