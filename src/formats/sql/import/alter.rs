//! `ALTER TABLE`.

use crate::formats::relational::naming::default_name;
use crate::formats::sql::import::column::{
    add_identity, read_column, read_default, read_options, read_type,
};
use crate::formats::sql::import::constraint::{InlineIndexes, read_constraint};
use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{
    AutoIncrement, ColumnFacts, IndexPartFacts, Name, TableFacts,
};
use crate::formats::sql::import::lexer::Quoting;
use crate::formats::sql::import::losses::Lost;
use crate::formats::sql::import::reader::Reader;
use crate::formats::sql::import::renaming::{is_same, rename_constraint, speaks_of};
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
    let counted = reader.facts.tables.get(position);
    let (checks, keys) =
        counted.map_or((0, 0), |table| (table.checks.len(), table.foreign_keys.len()));
    let mut said = Said::default();
    let mut understood = true;
    for action in cursor.split_at_commas() {
        // SQL Server lets one `ADD` or `DROP` stand before several.
        let goes_on =
            reader.reading.inline_indexes == InlineIndexes::SqlServer && !is_action(&action);
        said = Said::of(&action, said, goes_on);
        understood &= read_renaming(reader, action, position).unwrap_or_else(|| {
            let place = reader.facts.tables.get_mut(position);
            let mut table = place.map(std::mem::take).unwrap_or_default();
            let is_read = read_action(reader, action, &mut table, said);
            reader.facts.replace_table(position, table);
            is_read
        });
    }
    let mut table = reader.facts.tables.get_mut(position).map(std::mem::take).unwrap_or_default();
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

/// What an action does, where those behind it may leave the word out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Said {
    /// `ADD`.
    Add,
    /// `DROP COLUMN`.
    DropColumn,
    /// `DROP CONSTRAINT`.
    DropConstraint,
    /// Anything else.
    #[default]
    Other,
}

impl Said {
    /// What this action does, after that one where it goes on.
    fn of(action: &Cursor<'_>, before: Self, goes_on: bool) -> Self {
        let has = |word: &str| action.has_at(usize::from(action.has(&["drop"])), word);
        if action.has(&["add"]) || action.has(&["with"]) {
            return Self::Add;
        }
        match before {
            Self::DropColumn | Self::DropConstraint if goes_on && has("column") => Self::DropColumn,
            Self::DropColumn | Self::DropConstraint if goes_on && has("constraint") => {
                Self::DropConstraint
            }
            before if goes_on => before,
            _ if action.has(&["drop", "column"]) => Self::DropColumn,
            _ if action.has(&["drop"]) => Self::DropConstraint,
            _ => Self::Other,
        }
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
    said: Said,
) -> bool {
    let place = cursor.place();
    let adds = said == Said::Add;
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
    if cursor.take(&["rename", "index"]) || cursor.take(&["rename", "key"]) {
        return rename_index(cursor, table);
    }
    let quoting = reader.reading.quoting;
    if cursor.take(&["drop"]) {
        return read_drop(cursor, table, quoting);
    }
    match said {
        Said::DropColumn => {
            cursor.take(&["column"]);
            return drop_column(cursor, table, quoting);
        }
        Said::DropConstraint => {
            cursor.take(&["constraint"]);
            return cursor.name().is_some_and(|name| drop_constraint(&name, table, cursor.folds));
        }
        Said::Add | Said::Other => {}
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
    let own_name = if cursor.take(&["constraint"]) { Some(cursor.name()?) } else { None };
    if !cursor.take(&["default"]) {
        return None;
    }
    let default = read_default(&mut cursor);
    if cursor.take(&["for"])
        && let Some(name) = cursor.name()
        && let Some(column) = table.column_mut(&name)
    {
        column.default = Some(default);
        column.default_name = own_name;
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

/// Reads `RENAME TO name`, `RENAME COLUMN a TO b` and `SET SCHEMA name` of the table at that position;
/// none when something else stands here, false when it cannot be done.
fn read_renaming<'a>(
    reader: &mut Reader<'a>,
    mut cursor: Cursor<'a>,
    position: usize,
) -> Option<bool> {
    let old = reader.facts.tables.get(position)?.name.clone();
    if cursor.take(&["set", "schema"]) {
        let namespace = cursor.name()?;
        let new = reader.place(Name { namespace: Some(namespace), name: old.name });
        reader.facts.rename_table(position, &new);
        return Some(true);
    }
    if !cursor.take(&["rename"]) {
        return None;
    }
    if cursor.has_any(&["index", "key"]) && cursor.has_at(2, "to") {
        return None;
    }
    if cursor.has(&["constraint"]) && cursor.has_at(2, "to") {
        cursor.next();
        let (from, _, to) = (cursor.name()?, cursor.next(), cursor.name()?);
        let folds = cursor.folds;
        let table = reader.facts.tables.get_mut(position)?;
        return Some(rename_constraint(table, &from, &to, folds));
    }
    let names_column = cursor.has_at(1, "to") || cursor.has(&["column"]) && cursor.has_at(2, "to");
    if names_column {
        if cursor.has_at(2, "to") {
            cursor.next();
        }
        let (from, _, to) = (cursor.name()?, cursor.next(), cursor.name()?);
        let quoting = reader.reading.quoting;
        return Some(reader.facts.rename_column(position, (&from, &to), quoting));
    }
    if !cursor.take(&["to"]) {
        cursor.take(&["as"]);
    }
    let mut new = cursor.qualified()?;
    new.namespace = new.namespace.or(old.namespace);
    let new = reader.place(new);
    reader.facts.rename_table(position, &new);
    Some(true)
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

/// Takes out a constraint by its name, or by the one that it has when nobody chose any; false when
/// there is none.
fn drop_constraint(name: &str, table: &mut TableFacts, folds: bool) -> bool {
    let count =
        |table: &TableFacts| table.uniques.len() + table.foreign_keys.len() + table.checks.len();
    let before = count(table);
    let owner = table.name.name.clone();
    let is =
        |own: &Option<String>, usual: String| is_same(own.as_ref().unwrap_or(&usual), name, folds);
    let of_default = |column: &&mut ColumnFacts| {
        column.default_name.as_ref().is_some_and(|own| is_same(own, name, folds))
    };
    if let Some(column) = table.columns.iter_mut().find(of_default) {
        (column.default, column.default_name) = (None, None);
        return true;
    }
    let usual = default_name::primary_key(&owner);
    let had_key = table.primary_key.take_if(|key| is(&key.name, usual)).is_some();
    table.uniques.retain(|key| !is(&key.name, default_name::unique(&owner, &key.columns)));
    table
        .foreign_keys
        .retain(|key| !is(&key.name, default_name::foreign_key(&owner, &key.columns)));
    table.checks.retain(|check| !is(&check.name, default_name::check(&owner, None)));
    had_key || count(table) < before
}

fn read_drop(mut cursor: Cursor<'_>, table: &mut TableFacts, quoting: Quoting) -> bool {
    if cursor.take(&["constraint"]) {
        let may_be_gone = cursor.take(&["if", "exists"]);
        let folds = cursor.folds;
        let is_gone = cursor.name().is_some_and(|name| drop_constraint(&name, table, folds));
        return is_gone || may_be_gone;
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
    // SQL Server means a constraint where nothing is said.
    if quoting.batches && !cursor.has(&["column"]) {
        return cursor.name().is_some_and(|name| drop_constraint(&name, table, cursor.folds));
    }
    cursor.take(&["column"]);
    drop_column(cursor, table, quoting)
}

/// Takes out a column with what is over it; false when there is none of that name.
fn drop_column(mut cursor: Cursor<'_>, table: &mut TableFacts, quoting: Quoting) -> bool {
    let may_be_gone = cursor.take(&["if", "exists"]);
    let Some(position) = cursor.name().and_then(|name| table.column_position(&name)) else {
        return may_be_gone;
    };
    let column = table.columns.remove(position);
    let has = |names: &[String]| names.iter().any(|name| name.eq_ignore_ascii_case(&column.name));
    let speaks = |code: &String| speaks_of(code, &column.name, quoting);
    table.primary_key.take_if(|key| has(&key.columns));
    table.uniques.retain(|key| !has(&key.columns));
    table.foreign_keys.retain(|key| !has(&key.columns));
    table.checks.retain(|check| !speaks(&check.expression));
    table.indexes.retain(|index| {
        let is_over = |part: &IndexPartFacts| match &part.on {
            Ok(name) => name.eq_ignore_ascii_case(&column.name),
            Err(expression) => speaks(expression),
        };
        !index.parts.iter().any(is_over) && !index.partial.as_ref().is_some_and(speaks)
    });
    true
}
