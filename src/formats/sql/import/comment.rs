//! Notes: `COMMENT ON …`.

use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::Name;
use crate::formats::sql::import::reader::Reader;
use crate::formats::sql::import::statements::Statement;

/// Reads what stands behind `COMMENT ON`.
pub(super) fn read_comment<'a>(
    reader: &mut Reader<'a>,
    mut cursor: Cursor<'a>,
    statement: Statement<'a>,
) {
    cursor.take(&["materialized"]);
    let kind = cursor.word().unwrap_or_default();
    let subject = cursor;
    let Some(mut parts) = name_parts(&mut cursor) else { return reader.skip(statement) };
    let owner = if cursor.take(&["on"]) { reader.placed_name(&mut cursor) } else { None };
    if !cursor.take(&["is"]) {
        return reader.skip(statement);
    }
    let note = cursor.constant().unwrap_or_default();
    let name = |parts: &mut Vec<String>| {
        let name = parts.pop().unwrap_or_default();
        Name { namespace: parts.pop(), name }
    };
    match kind.as_str() {
        "table" | "view" => {
            let name = reader.place(name(&mut parts));
            if let Some(table) = reader.facts.table_mut(&name) {
                table.note = note;
            }
        }
        "column" => {
            let column = parts.pop().unwrap_or_default();
            let name = reader.place(name(&mut parts));
            let table = reader.facts.table_mut(&name);
            if let Some(column) = table.and_then(|table| table.column_mut(&column)) {
                column.note = note;
            }
        }
        "index" => {
            let name = name(&mut parts).name;
            set_index_note(reader, &name, &note);
        }
        "constraint" => {
            let name = name(&mut parts).name;
            set_constraint_note(reader, owner.as_ref(), &name, &note);
        }
        "type" => {
            let name = reader.place(name(&mut parts));
            let mut enumerations = reader.facts.enumerations.iter_mut();
            if let Some(enumeration) = enumerations.find(|one| one.name == name) {
                enumeration.note = note;
            }
        }
        "schema" => {
            if let Some(known) = reader.facts.namespaces.get_mut(&name(&mut parts).name) {
                *known = note;
            }
        }
        _ if subject.is_done() => {}
        _ => reader.skip(statement),
    }
}

/// The parts of a name between dots, stepped over.
fn name_parts(cursor: &mut Cursor<'_>) -> Option<Vec<String>> {
    let mut parts = vec![cursor.name()?];
    while cursor.take_symbol('.') {
        parts.push(cursor.name()?);
    }
    Some(parts)
}

fn set_index_note(reader: &mut Reader<'_>, name: &str, note: &str) {
    let indexes = reader.facts.tables.iter_mut().flat_map(|table| &mut table.indexes);
    for index in indexes.filter(|index| index.name.as_deref() == Some(name)) {
        note.clone_into(&mut index.note);
    }
}

fn set_constraint_note(reader: &mut Reader<'_>, owner: Option<&Name>, name: &str, note: &str) {
    let Some(table) = owner.and_then(|owner| reader.facts.table_mut(owner)) else { return };
    for check in table.checks.iter_mut().filter(|check| check.name.as_deref() == Some(name)) {
        note.clone_into(&mut check.note);
    }
    for key in table.foreign_keys.iter_mut().filter(|key| key.name.as_deref() == Some(name)) {
        note.clone_into(&mut key.note);
    }
}
