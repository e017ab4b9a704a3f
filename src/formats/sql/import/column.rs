//! A column's definition: name, type, and whatever each dialect lets stand behind it.

use crate::formats::sql::import::constraint;
use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{
    AutoIncrement, CheckFacts, ColumnFacts, KeyFacts, TableFacts, TypeFacts,
};
use crate::formats::sql::import::lexer::Kind;
use crate::formats::sql::import::losses::Lost;
use crate::formats::sql::import::upkeep::{read_enforcement, read_storage};

/// Words that end a type or a default.
const OPTIONS: &[&str] = &[
    "always",
    "as",
    "auto_increment",
    "autoincrement",
    "charset",
    "column_format",
    "column_set",
    "compression",
    "check",
    "collate",
    "comment",
    "constraint",
    "default",
    "encode",
    "encrypted",
    "engine_attribute",
    "filestream",
    "foreign",
    "generated",
    "identity",
    "invisible",
    "key",
    "masked",
    "not",
    "null",
    "on",
    "options",
    "persisted",
    "primary",
    "references",
    "rowguidcol",
    "secondary_engine_attribute",
    "sparse",
    "srid",
    "storage",
    "stored",
    "unique",
    "using",
    "virtual",
    "visible",
];

/// Reads a column of a table: its constraints go to the table. False when there is no name.
pub(super) fn read_column(mut cursor: Cursor<'_>, table: &mut TableFacts) -> bool {
    let Some(name) = cursor.name() else { return false };
    let mut column = ColumnFacts { name, ..ColumnFacts::default() };
    // A word with a dot behind it is the namespace of a type.
    if !cursor.has_any(OPTIONS) || cursor.has_symbol_at(1, '.') {
        column.ty = read_type(&mut cursor);
    }
    read_options(&mut cursor, &mut column, table);
    table.columns.push(column);
    true
}

/// Reads a type, and steps over it.
pub(super) fn read_type(cursor: &mut Cursor<'_>) -> TypeFacts {
    let start = *cursor;
    let mut ty = TypeFacts { place: cursor.place(), ..TypeFacts::default() };
    let mut probe = *cursor;
    ty.name = probe.qualified();
    while let Some(token) = cursor.peek() {
        match &token.kind {
            Kind::Word
                if (cursor.has_any(OPTIONS) && !cursor.has_symbol_at(1, '.'))
                    || cursor.has(&["character", "set"]) =>
            {
                break;
            }
            Kind::Word | Kind::Name(_) => {
                let word = cursor.name().unwrap_or_default().to_lowercase();
                if word == "array" {
                    ty.arrays += 1;
                } else {
                    ty.words.push(word);
                }
            }
            Kind::Symbol('(') => {
                let arguments = cursor.parenthesized().map(|inside| inside.split_at_commas());
                ty.arguments = arguments.into_iter().flatten().map(argument).collect();
            }
            Kind::Symbol('[') => {
                ty.arrays += 1;
                while !cursor.take_symbol(']') && cursor.next().is_some() {}
            }
            Kind::Symbol('.') => {
                ty.words.pop();
                cursor.next();
            }
            Kind::Symbol(_) | Kind::Text(_) | Kind::Number | Kind::End => break,
        }
    }
    start.written_until(cursor).clone_into(&mut ty.written);
    ty
}

/// An argument of a type: a text without quotes, anything else as it was written.
fn argument(mut cursor: Cursor<'_>) -> String {
    let written = cursor.rest_as_written();
    cursor.constant().unwrap_or_else(|| written.to_lowercase())
}

/// Reads what stands behind a column's type.
pub(super) fn read_options(
    cursor: &mut Cursor<'_>,
    column: &mut ColumnFacts,
    table: &mut TableFacts,
) {
    let mut constraint_name = None;
    while !cursor.is_done() {
        let named = std::mem::take(&mut constraint_name);
        let own = || KeyFacts { name: named.clone(), columns: vec![column.name.clone()] };
        if cursor.take(&["constraint"]) {
            constraint_name = cursor.name();
        } else if cursor.take(&["not", "null"]) {
            column.required = true;
        } else if cursor.take(&["primary", "key"]) || cursor.take(&["key"]) {
            table.primary_key = Some(own());
            column.required = true;
            if column.ty.written.eq_ignore_ascii_case("integer") {
                column.auto_increment = AutoIncrement::RowId;
            }
            cursor.take_all(&["asc", "desc", "clustered", "nonclustered"]);
        } else if cursor.take(&["unique"]) {
            table.uniques.push(own());
            cursor.take_all(&["key", "clustered", "nonclustered"]);
        } else if cursor.take(&["foreign", "key"]) {
            // SQL Server lets these words stand before `REFERENCES`.
            constraint_name = named;
        } else if cursor.has(&["references"]) {
            let mut key = constraint::read_references(cursor, table);
            key.name = named;
            key.columns = vec![column.name.clone()];
            table.foreign_keys.push(key);
        } else if cursor.take(&["check"]) {
            cursor.take(&["not", "for", "replication"]);
            if let Some(inside) = cursor.parenthesized() {
                let expression = inside.rest_as_code();
                table.checks.push(CheckFacts { name: named, expression, note: String::new() });
            }
        } else if cursor.take(&["null"]) {
            column.nullable = true;
        } else if cursor.take(&["default"]) {
            column.default = Some(read_default(cursor));
            column.default_name = named;
        } else if !read_value_option(cursor, column, table) {
            read_lost_option(cursor, column, table);
        }
    }
}

/// Reads an option that says what the column holds; false when none stands here.
fn read_value_option(
    cursor: &mut Cursor<'_>,
    column: &mut ColumnFacts,
    table: &mut TableFacts,
) -> bool {
    if cursor.take(&["generated"]) {
        read_generated(cursor, column, table);
    } else if cursor.has(&["as"]) && cursor.has_symbol_at(1, '(') {
        cursor.next();
        read_expression(cursor, column);
    } else if cursor.take(&["auto_increment"]) || cursor.take(&["autoincrement"]) {
        column.auto_increment = AutoIncrement::Usual;
    } else if cursor.take(&["identity"]) {
        column.auto_increment = AutoIncrement::Usual;
        read_counter(cursor, &column.name, table);
    } else if cursor.take(&["comment"]) {
        column.note = cursor.constant().unwrap_or_default();
    } else if cursor.take(&["on", "update"]) {
        column.updated_on_change = true;
        cursor.skip();
        cursor.parenthesized();
    } else {
        return false;
    }
    true
}

/// Reads an option that a model has no word for.
fn read_lost_option(cursor: &mut Cursor<'_>, column: &ColumnFacts, table: &mut TableFacts) {
    let place = cursor.place();
    let is_enumeration = column.ty.words.first().is_some_and(|word| word == "enum");
    let column = column.name.as_str();
    if cursor.take(&["collate"]) {
        let collation = cursor.qualified().map(|name| name.name).unwrap_or_default();
        // Our own enumerations compare so where it must be.
        if !collation.eq_ignore_ascii_case("utf8mb4_bin") || !is_enumeration {
            table.lose(Lost::Collation, &format!("{column} ({collation})"), place);
        }
    } else if cursor.take(&["character", "set"]) || cursor.take(&["charset"]) {
        let set = cursor.name().unwrap_or_default();
        if !set.eq_ignore_ascii_case("utf8mb4") {
            table.lose(Lost::CharacterSet, &format!("{column} ({set})"), place);
        }
    } else if cursor.take(&["on", "conflict"]) {
        table.lose(Lost::Conflict, column, place);
        cursor.next();
    } else if let Some(lost) = read_enforcement(cursor) {
        for lost in lost {
            table.lose(*lost, column, place);
        }
    } else if !cursor.has_any(&["visible", "invisible", "ignored"])
        && let Some(lost) = read_storage(cursor)
    {
        for lost in lost {
            table.lose(lost, column, place);
        }
    } else if !cursor.take(&["visible"])
        && !cursor.take(&["enable"])
        && !cursor.take(&["with", "values"])
    {
        let option = cursor.peek().map(|token| cursor.written(token)).unwrap_or_default();
        // What stands in parentheses belongs to the word before.
        if !matches!(option, "(" | "WITH" | "with") {
            table.lose(Lost::ColumnOption, &format!("{column} ({option})"), place);
        }
        cursor.skip();
    }
}

/// Reads where a counter begins and how it counts: `(1, 1)`, `(START WITH 1 INCREMENT BY 1)`.
fn read_counter(cursor: &mut Cursor<'_>, column: &str, table: &mut TableFacts) {
    let place = cursor.place();
    let Some(mut inside) = cursor.parenthesized() else { return };
    let mut is_usual = true;
    while let Some(token) = inside.peek() {
        // The name of the sequence may hold digits, its cache says nothing of the values.
        if inside.take(&["sequence", "name"]) {
            inside.qualified();
        } else if inside.take(&["cache"]) {
            inside.next();
        } else if inside.take(&["no"]) || inside.take_symbol(',') {
        } else {
            let word = inside.written(token).to_lowercase();
            is_usual &= token.kind == Kind::Word && word != "cycle" || word == "1";
            inside.next();
        }
    }
    if !is_usual {
        table.lose(Lost::CounterStart, column, place);
    }
}

/// Reads the expression of a default, as it was written.
pub(super) fn read_default(cursor: &mut Cursor<'_>) -> String {
    let start = *cursor;
    cursor.skip();
    while let Some(token) = cursor.peek() {
        let is_name_of_cast = start.written_until(cursor).ends_with("::");
        let ends = token.kind == Kind::Word
            && (cursor.has_any(OPTIONS)
                || cursor.has(&["with", "values"])
                || cursor.has_any(&["for"]));
        if ends && !is_name_of_cast {
            break;
        }
        cursor.skip();
    }
    start.code_until(cursor)
}

fn read_generated(cursor: &mut Cursor<'_>, column: &mut ColumnFacts, table: &mut TableFacts) {
    let place = cursor.place();
    let always = cursor.take(&["always"]);
    cursor.take(&["by", "default"]);
    if cursor.take(&["as", "identity"]) {
        column.auto_increment = if always { AutoIncrement::Always } else { AutoIncrement::Usual };
        read_counter(cursor, &column.name, table);
    } else if cursor.take(&["as", "row"]) {
        table.lose(Lost::Period, &column.name, place);
        cursor.take_all(&["start", "end", "hidden"]);
    } else if cursor.take(&["as"]) {
        read_expression(cursor, column);
    }
}

fn read_expression(cursor: &mut Cursor<'_>, column: &mut ColumnFacts) {
    let Some(inside) = cursor.parenthesized() else { return };
    let stored = cursor.has_any(&["stored", "persisted", "persistent"]);
    cursor.take_all(&["stored", "persisted", "persistent", "virtual"]);
    column.generated = Some((inside.rest_as_code(), stored));
}

/// Reads what `ADD GENERATED … AS IDENTITY` and the like change of a column.
pub(super) fn add_identity(
    cursor: &mut Cursor<'_>,
    column: &mut ColumnFacts,
    table: &mut TableFacts,
) {
    if cursor.take(&["generated"]) {
        read_generated(cursor, column, table);
    }
}
