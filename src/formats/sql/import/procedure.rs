//! Stored procedures of SQL Server that say structure: notes, types and names.

use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{DomainFacts, Name};
use crate::formats::sql::import::lexer::{Kind, lex};
use crate::formats::sql::import::reader::Reader;
use crate::formats::sql::import::renaming::rename_constraint;
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

/// What `sp_rename` takes.
const RENAMING: [&str; 3] = ["@objname", "@newname", "@objtype"];

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
        "sp_rename" => return rename(reader, arguments(cursor, RENAMING)),
        _ => return false,
    }
    true
}

/// Gives a table, a column, a constraint or an index another name; false when there is none.
fn rename(reader: &mut Reader<'_>, [old, new, kind]: [Option<String>; 3]) -> bool {
    let (Some(old), Some(new)) = (old, new) else { return false };
    let quoting = reader.reading.quoting;
    let lexed = lex(&old, quoting);
    let folds = reader.reading.folds;
    let cursor = || Cursor { text: &old, tokens: &lexed.tokens, folds };
    let mut parts = lexed.tokens.split(|token| token.kind == Kind::Symbol('.'));
    let (mut owner, mut last) = (cursor(), cursor());
    let n_last = parts.next_back().map_or(0, <[_]>::len);
    let before = lexed.tokens.len().saturating_sub(n_last);
    last.tokens = lexed.tokens.get(before..).unwrap_or_default();
    owner.tokens = lexed.tokens.get(..before.saturating_sub(1)).unwrap_or_default();
    let owner = owner.qualified().map(|name| reader.place(name));
    let owner = owner.and_then(|name| reader.facts.table(&name));
    let Some(own) = last.name() else { return false };
    let kind = kind.unwrap_or_default().to_lowercase();
    if matches!(kind.as_str(), "" | "object")
        && let Some(name) = cursor().qualified()
    {
        let name = reader.place(name);
        let moved = Name { namespace: name.namespace.clone(), name: new.clone() };
        if reader.rename_table(&name, &moved) {
            return true;
        }
    }
    if matches!(kind.as_str(), "" | "column")
        && let Some(owner) = owner
        && reader.facts.rename_column(owner, (&own, &new), quoting)
    {
        return true;
    }
    // The name of a constraint is known in its whole namespace.
    let tables = reader.facts.tables.iter_mut().enumerate();
    let mut candidates = tables.filter(|(at, _)| owner.is_none_or(|owner| owner == *at));
    kind != "column" && candidates.any(|(_, table)| rename_constraint(table, &own, &new, folds))
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
