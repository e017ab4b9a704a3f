//! New names for what a script has made: tables, which may move to another namespace, with columns,
//! constraints and indexes. Whatever speaks of them follows.
//!
//! Must not know which statement says so.

use crate::formats::relational::naming::default_name;
use crate::formats::sql::import::facts::{Facts, ForeignKeyFacts, Name, TableFacts};
use crate::formats::sql::import::lexer::{Kind, Quoting, Token, lex};
use crate::formats::sql::import::reader::Reader;

impl Facts {
    /// Gives the table at that position another name.
    pub(super) fn rename_table(&mut self, position: usize, new: &Name) {
        let Some(old) = self.tables.get(position).map(|table| table.name.clone()) else { return };
        self.change_keys_to(position, &old, |key| key.table.clone_from(new));
        let Some(mut table) = self.tables.get_mut(position).map(std::mem::take) else { return };
        table.name.clone_from(new);
        self.replace_table(position, table);
    }

    /// Gives a column another name; false when the table has none of the old one.
    pub(super) fn rename_column(
        &mut self,
        position: usize,
        (old, new): (&str, &str),
        quoting: Quoting,
    ) -> bool {
        let Some(table) = self.tables.get_mut(position) else { return false };
        let Some(column) = table.column_mut(old) else { return false };
        new.clone_into(&mut column.name);
        rename_in_table(table, (old, new), quoting);
        let name = table.name.clone();
        self.change_keys_to(position, &name, |key| {
            rename_all(key.referenced_columns.iter_mut(), (old, new));
        });
        true
    }

    /// Changes the foreign keys that lead to the table at that position, which has that name.
    fn change_keys_to(
        &mut self,
        position: usize,
        name: &Name,
        change: impl Fn(&mut ForeignKeyFacts),
    ) {
        let leads_there = |known: &Name| {
            known.name.eq_ignore_ascii_case(&name.name) && self.table(known) == Some(position)
        };
        let of_table = |(owner, table): (usize, &TableFacts)| {
            let keys = table.foreign_keys.iter().enumerate();
            let led = keys.filter(|(_, key)| leads_there(&key.table));
            led.map(|(key, _)| (owner, key)).collect::<Vec<_>>()
        };
        let led: Vec<_> = self.tables.iter().enumerate().flat_map(of_table).collect();
        for (owner, key) in led {
            let owner = self.tables.get_mut(owner);
            owner.and_then(|owner| owner.foreign_keys.get_mut(key)).into_iter().for_each(&change);
        }
    }
}

impl Reader<'_> {
    /// Gives the table of that name another one; false when there is none.
    pub(super) fn rename_table(&mut self, old: &Name, new: &Name) -> bool {
        let Some(position) = self.facts.table(old) else { return false };
        self.facts.rename_table(position, new);
        true
    }
}

fn rename_all<'a>(names: impl Iterator<Item = &'a mut String>, (old, new): (&str, &str)) {
    for name in names.filter(|name| name.eq_ignore_ascii_case(old)) {
        new.clone_into(name);
    }
}

fn rename_in_table(table: &mut TableFacts, names: (&str, &str), quoting: Quoting) {
    let own = table.primary_key.iter_mut().chain(&mut table.uniques).map(|key| &mut key.columns);
    let foreign = table.foreign_keys.iter_mut().map(|key| &mut key.columns);
    rename_all(own.chain(foreign).flatten(), names);
    let mut codes: Vec<&mut String> = Vec::new();
    for index in &mut table.indexes {
        codes.extend(&mut index.partial);
        for part in &mut index.parts {
            match &mut part.on {
                Ok(column) => rename_all(std::iter::once(column), names),
                Err(expression) => codes.push(expression),
            }
        }
    }
    codes.extend(table.checks.iter_mut().map(|check| &mut check.expression));
    let generated = table.columns.iter_mut().filter_map(|column| column.generated.as_mut());
    codes.extend(generated.map(|(expression, _)| expression));
    for code in codes {
        *code = renamed(code, names, quoting);
    }
}

/// Code that speaks of a column by its new name.
fn renamed(code: &str, (old, new): (&str, &str), quoting: Quoting) -> String {
    let (open, close) = match quoting {
        Quoting { mysql: true, .. } => ('`', '`'),
        Quoting { brackets: true, .. } => ('[', ']'),
        _ => ('"', '"'),
    };
    let doubled = new.replace(close, &format!("{close}{close}"));
    let quoted = format!("{open}{doubled}{close}");
    let mut renamed = String::new();
    let mut at = 0;
    for range in places_of(code, old, quoting) {
        renamed.push_str(code.get(at..range.start).unwrap_or_default());
        renamed.push_str(&quoted);
        at = range.end;
    }
    renamed.push_str(code.get(at..).unwrap_or_default());
    renamed
}

/// Whether code speaks of a column.
pub(super) fn speaks_of(code: &str, column: &str, quoting: Quoting) -> bool {
    !places_of(code, column, quoting).is_empty()
}

/// Where code speaks of a column: by a name that is no function's and stands before no point.
fn places_of(code: &str, column: &str, quoting: Quoting) -> Vec<std::ops::Range<usize>> {
    let lexed = lex(code, quoting);
    let is_named = |token: &Token| match &token.kind {
        Kind::Name(name) => name.eq_ignore_ascii_case(column),
        Kind::Word => {
            code.get(token.range.clone()).is_some_and(|word| word.eq_ignore_ascii_case(column))
        }
        Kind::Text(_) | Kind::Number | Kind::Symbol(_) | Kind::End => false,
    };
    let tokens = lexed.tokens.iter().enumerate().filter(|(at, token)| {
        let next = lexed.tokens.get(at + 1).map(|next| &next.kind);
        is_named(token) && !matches!(next, Some(Kind::Symbol('(' | '.')))
    });
    tokens.map(|(_, token)| token.range.clone()).collect()
}

/// Whether two names are one to a dialect.
pub(super) fn is_same(a: &str, b: &str, folds: bool) -> bool {
    if folds { a == b } else { a.eq_ignore_ascii_case(b) }
}

/// Gives a key, a check or an index another name; false when there is none of the old one.
pub(super) fn rename_constraint(table: &mut TableFacts, old: &str, new: &str, folds: bool) -> bool {
    let owner = table.name.name.clone();
    let is = |own: &Option<String>, usual: Option<String>| {
        own.as_ref().or(usual.as_ref()).is_some_and(|name| is_same(name, old, folds))
    };
    let mut names: Vec<&mut Option<String>> = Vec::new();
    if let Some(key) = &mut table.primary_key
        && is(&key.name, Some(default_name::primary_key(&owner)))
    {
        names.push(&mut key.name);
    }
    for key in &mut table.uniques {
        if is(&key.name, Some(default_name::unique(&owner, &key.columns))) {
            names.push(&mut key.name);
        }
    }
    for key in &mut table.foreign_keys {
        if is(&key.name, Some(default_name::foreign_key(&owner, &key.columns))) {
            names.push(&mut key.name);
        }
    }
    let checks = table.checks.iter_mut().map(|check| &mut check.name);
    let others = checks.chain(table.indexes.iter_mut().map(|index| &mut index.name));
    names.extend(others.filter(|name| is(name, None)));
    let found = !names.is_empty();
    for name in names {
        *name = Some(new.to_owned());
    }
    found
}
