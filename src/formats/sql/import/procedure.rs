//! Stored procedures of SQL Server that say structure: notes, types and names.

use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{DomainFacts, Name};
use crate::formats::sql::import::lexer::Kind;
use crate::formats::sql::import::reader::Reader;
use crate::formats::sql::import::types::type_facts;

/// What `sp_addextendedproperty` takes.
const PROPERTY: [&str; 8] = [
    "@name",
    "@value",
    "@level0type",
    "@level0name",
    "@level1type",
    "@level1name",
    "@level2type",
    "@level2name",
];

/// Reads `EXEC …`; false when it says nothing of structure.
pub(super) fn read_procedure(reader: &mut Reader<'_>, mut cursor: Cursor<'_>) -> bool {
    let place = cursor.place();
    cursor.next();
    let Some(procedure) = cursor.qualified() else { return false };
    match procedure.name.to_lowercase().as_str() {
        "sp_addextendedproperty" => apply_property(reader, arguments(cursor, PROPERTY)),
        "sp_addtype" => {
            let [name, ty, nullable] = arguments(cursor, ["@typename", "@phystype", "@nulltype"]);
            let (Some(name), Some(ty)) = (name, ty) else { return false };
            reader.facts.domains.push(DomainFacts {
                name: Name { namespace: None, name },
                ty: type_facts(&ty, reader.reading.quoting),
                required: nullable.is_some_and(|text| text.eq_ignore_ascii_case("not null")),
                place,
                ..DomainFacts::default()
            });
        }
        _ => return false,
    }
    true
}

/// The arguments of a call, by position or name.
fn arguments<const N: usize>(cursor: Cursor<'_>, names: [&str; N]) -> [Option<String>; N] {
    let mut values = [const { None }; N];
    for (position, mut argument) in cursor.split_at_commas().into_iter().enumerate() {
        let named = argument.has_symbol_at(1, '=').then(|| argument.word()).flatten();
        let position = match named {
            Some(word) => names.iter().position(|name| *name == word),
            None => Some(position),
        };
        argument.take_symbol('=');
        let value = match argument.peek().map(|token| &token.kind) {
            Some(Kind::Text(value) | Kind::Name(value)) => Some(value.clone()),
            Some(Kind::Word) => argument.word(),
            _ => None,
        };
        if let Some(place) = position.and_then(|position| values.get_mut(position)) {
            *place = value;
        }
    }
    values
}

fn apply_property(reader: &mut Reader<'_>, values: [Option<String>; 8]) {
    let [name, value, _, namespace, _, table, kind, part] = values;
    if !name.is_some_and(|name| name.eq_ignore_ascii_case("MS_Description")) {
        return;
    }
    let Some(note) = value else { return };
    let Some(table) = table else {
        // A note on a namespace.
        let known = namespace.and_then(|name| reader.facts.namespaces.get_mut(&name));
        return known.into_iter().for_each(|known| note.clone_into(known));
    };
    let table = reader.place(Name { namespace, name: table });
    let Some(table) = reader.facts.table_mut(&table) else { return };
    match (kind.map(|kind| kind.to_uppercase()).as_deref(), part) {
        (Some("COLUMN"), Some(part)) => {
            if let Some(column) = table.column_mut(&part) {
                column.note = note;
            }
        }
        (Some("INDEX"), Some(part)) => {
            for index in table.indexes.iter_mut().filter(|index| index.name.as_ref() == Some(&part))
            {
                index.note.clone_from(&note);
            }
        }
        (Some("CONSTRAINT"), Some(part)) => {
            for check in table.checks.iter_mut().filter(|check| check.name.as_ref() == Some(&part))
            {
                check.note.clone_from(&note);
            }
            let keys = table.foreign_keys.iter_mut();
            for key in keys.filter(|key| key.name.as_ref() == Some(&part)) {
                key.note.clone_from(&note);
            }
        }
        (None, _) => table.note = note,
        _ => {}
    }
}
