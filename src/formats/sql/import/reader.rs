//! Statements → facts: which statement it is, and the short ones.
//!
//! What says nothing about structure is counted and told; nothing fails.

use crate::base::diagnostic::Diagnostic;
use crate::base::lines::Lines;
use crate::base::similar::did_you_mean;
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{Facts, Name, TableFacts};
use crate::formats::sql::import::index::read_index;
use crate::formats::sql::import::lexer::{Kind, Lexed, Token};
use crate::formats::sql::import::losses::{Loss, Lost};
use crate::formats::sql::import::readings::Reading;
use crate::formats::sql::import::skipped::Skipped;
use crate::formats::sql::import::statements::{Statement, note_above};
use crate::formats::sql::import::{alter, comment, procedure, table};

/// How many names that are not there are compared with those that are: each is with all of them.
pub(super) const MOST_HINTS: usize = 100;

/// How long the line of a drawn heading is at least; a note may have a shorter one of its own.
const SHORTEST_RULE: usize = 10;

/// How deep parentheses may nest.
const DEEPEST: usize = 200;

/// Reads statements one after the other.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a Lines<'a>,
    pub(super) lexed: &'a Lexed,
    pub(super) reading: &'static Reading,
    /// The namespace that names without one are in.
    default_namespace: &'static str,
    pub(super) facts: Facts,
    /// The namespace of names without one, when a statement says so.
    namespace: Option<String>,
    skipped: Skipped,
    /// How many statements were about tables that are not there.
    missing: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        text: &'a str,
        lines: &'a Lines<'a>,
        lexed: &'a Lexed,
        dialect: &dyn Dialect,
    ) -> Self {
        Self {
            text,
            lines,
            missing: 0,
            lexed,
            reading: dialect.reading(),
            default_namespace: dialect.traits().default_namespace,
            facts: Facts::default(),
            namespace: None,
            skipped: Skipped::default(),
            diagnostics: Vec::new(),
        }
    }

    /// The facts of all statements so far, and what was skipped.
    pub(super) fn finish(mut self) -> (Facts, Vec<Diagnostic>) {
        self.report_unclosed();
        self.diagnostics.extend(self.skipped.told(self.lines));
        (self.facts, self.diagnostics)
    }

    pub(super) fn read(&mut self, statement: Statement<'a>) {
        let mut cursor =
            Cursor { text: self.text, tokens: statement.tokens, folds: self.reading.folds };
        if !self.is_readable(&cursor) {
            return;
        }
        if cursor.take(&["create"]) {
            self.create(cursor, statement);
        } else if cursor.take(&["alter", "table"]) {
            alter::read_alter_table(self, cursor, statement);
        } else if cursor.has_any(&["rename"]) || cursor.has(&["alter", "schema"]) {
            self.rename(cursor, statement);
        } else if cursor.has(&["alter", "domain"]) || cursor.has(&["alter", "type"]) {
            self.alter_type(cursor, statement);
        } else if cursor.take(&["comment", "on"]) {
            comment::read_comment(self, cursor, statement);
        } else if cursor.has_any(&["exec", "execute"]) && procedure::read_procedure(self, cursor) {
            // Read.
        } else if cursor.has_any(&["drop"]) {
            self.drop(cursor, statement);
        } else if cursor.take(&["set"]) {
            self.set(cursor, statement);
        } else if self.reading.namespace_is_database && cursor.take(&["use"]) {
            self.facts.database = cursor.name();
        } else {
            self.skip(statement);
        }
    }

    /// Whether a statement nests no deeper than is read; tells a parenthesis that is never closed.
    fn is_readable(&mut self, cursor: &Cursor<'a>) -> bool {
        if !cursor.has_any(&["create", "alter"]) {
            return true;
        }
        let mut open = Vec::new();
        for token in cursor.tokens {
            match token.kind {
                Kind::Symbol('(') => {
                    open.push(token.range.start);
                    if open.len() > DEEPEST {
                        let place = self.lines.span_at(token.range.start);
                        let message = format!(
                            "parentheses are nested more than {DEEPEST} deep: the statement is left \
                             out"
                        );
                        let hint = "take the expression apart, or leave parentheses out";
                        let diagnostic = Diagnostic::error(message).at(place).with_hint(hint);
                        self.diagnostics.push(diagnostic);
                        return false;
                    }
                }
                Kind::Symbol(')') => drop(open.pop()),
                _ => {}
            }
        }
        let place = open.pop().filter(|_| self.lexed.unclosed.is_none());
        if let Some(place) = place {
            let message = "a parenthesis is never closed: the statement may be read wrongly";
            let span = self.lines.span_at(place);
            let diagnostic = Diagnostic::warning(message).at(span).with_hint("close it with `)`");
            self.diagnostics.push(diagnostic);
        }
        true
    }

    /// Tells a text, name or comment that is never closed.
    fn report_unclosed(&mut self) {
        let Some(place) = self.lexed.unclosed else { return };
        let rest = self.text.get(place..).unwrap_or_default();
        let close = match rest.trim_start_matches(|c: char| c.is_alphabetic()) {
            rest if rest.starts_with("/*") => "*/",
            rest if rest.starts_with('[') => "]",
            rest if rest.starts_with('$') => {
                let end = rest.get(1..).and_then(|rest| rest.find('$')).map_or(1, |end| end + 2);
                rest.get(..end).unwrap_or("$")
            }
            rest => rest.get(..1).unwrap_or("'"),
        };
        let message = "this is never closed: all behind it is part of it";
        let diagnostic = Diagnostic::warning(message).at(self.lines.span_at(place));
        self.diagnostics.push(diagnostic.with_hint(format!("close it with `{close}`")));
    }

    /// Counts a statement that is not read.
    pub(super) fn skip(&mut self, statement: Statement<'_>) {
        let cursor = Cursor { text: self.text, tokens: statement.tokens, folds: false };
        self.skipped.count(&cursor);
    }

    /// A name as the model has it: in the current namespace, the default one left out.
    pub(super) fn place(&self, mut name: Name) -> Name {
        name.namespace = name.namespace.or_else(|| self.namespace.clone());
        let database = self.facts.database.as_deref();
        name.namespace.take_if(|namespace| {
            namespace.eq_ignore_ascii_case(self.default_namespace)
                || database == Some(namespace.as_str())
        });
        name
    }

    /// The qualified name here, in its place.
    pub(super) fn placed_name(&self, cursor: &mut Cursor<'a>) -> Option<Name> {
        Some(self.place(cursor.qualified()?))
    }

    /// What the comments directly above a token say, unless they are a drawn heading.
    pub(super) fn note_above(&self, tokens: &Cursor<'_>) -> String {
        let Some(token) = tokens.peek() else { return String::new() };
        let note = note_above(self.text, self.lexed, token.range.start);
        let is_rule = |line: &str| {
            line.len() >= SHORTEST_RULE && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '#'))
        };
        if note.lines().any(is_rule) { String::new() } else { note }
    }

    fn create(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        cursor.take(&["or", "replace"]);
        let kind = cursor;
        cursor.take_all(&["global", "local", "unlogged", "foreign", "temp", "temporary"]);
        if cursor.take(&["table"]) {
            let mut named = cursor;
            named.take(&["if", "not", "exists"]);
            // SQLite's own, which `.schema` lists among the others.
            let is_own = |name: &Name| {
                name.name == "sqlite_sequence" || name.name.starts_with("sqlite_stat")
            };
            if named.qualified().is_some_and(|name| is_own(&name)) {
                return self.skip(statement);
            }
            table::read_create_table(self, cursor, statement);
            if kind.has(&["unlogged", "table"]) {
                let is_new = |table: &&mut TableFacts| table.place == statement.start();
                if let Some(table) = self.facts.tables.last_mut().filter(is_new) {
                    table.store("unlogged", "true".to_owned(), "false");
                }
            } else if !kind.has(&["table"]) {
                let mut named = cursor;
                named.take(&["if", "not", "exists"]);
                named.qualified();
                self.lose(Lost::Persistence, kind.written_until(&named), statement.start());
            }
        } else if cursor.take(&["type"]) {
            self.create_type(cursor, statement);
        } else if cursor.take(&["domain"]) {
            self.create_domain(cursor, statement);
        } else if cursor.take(&["schema"]) {
            self.create_namespace(cursor, statement);
        } else if let Some((name, index)) = read_index(cursor) {
            let name = self.place(name);
            let note = self.note_above(&Cursor { tokens: statement.tokens, ..cursor });
            if let Some(table) = self.facts.table_mut(&name) {
                table.indexes.push(index);
                if let Some(index) = table.indexes.last_mut().filter(|index| index.note.is_empty())
                {
                    index.note = note;
                }
            } else {
                self.report_missing(&name, statement);
            }
        } else if let Some(after) = after_view(cursor) {
            let before = cursor.written_until(&after).to_lowercase();
            let name = after.clone().qualified().map(|name| name.name).unwrap_or_default();
            if before.contains("materialized") {
                self.lose(Lost::Materialized, &name, statement.start());
            }
            if before.contains("invoker") {
                self.lose(Lost::ViewOption, &name, statement.start());
            }
            self.create_view(after, statement);
        } else {
            if cursor.take(&["function"]) || cursor.take(&["aggregate"]) {
                let name = cursor.qualified().map(|name| name.name.to_lowercase());
                self.facts.routines.extend(name);
            }
            self.skip(statement);
        }
    }

    /// Notes that something of anything but a table is lost.
    pub(super) fn lose(&mut self, what: Lost, subject: &str, place: usize) {
        self.facts.losses.push(Loss { what, subject: subject.to_owned(), place });
    }

    /// A statement about a table that the script has not made.
    pub(super) fn report_missing(&mut self, name: &Name, statement: Statement<'_>) {
        if self.facts.partitions.iter().any(|partition| partition.is_like(name)) {
            return;
        }
        let message = format!("there is no table `{}`: the statement is left out", name.name);
        self.missing += 1;
        let names = self.facts.tables.iter().map(|table| table.name.name.as_str());
        let hint = if self.missing > MOST_HINTS { None } else { did_you_mean(&name.name, names) };
        let span = self.lines.span_at(statement.start());
        let other = || "read the script that makes the table before this one".to_owned();
        let diagnostic = Diagnostic::warning(message).at(span);
        self.diagnostics.push(diagnostic.with_hint(hint.unwrap_or_else(other)));
    }

    fn create_view(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        cursor.take(&["if", "not", "exists"]);
        let Some(name) = self.placed_name(&mut cursor) else { return self.skip(statement) };
        let columns = cursor.name_list();
        let options = cursor;
        while !cursor.is_done() && !cursor.has(&["as"]) {
            cursor.skip();
        }
        let options = options.written_until(&cursor);
        if !options.is_empty() {
            self.lose(Lost::ViewOption, &format!("{} ({options})", name.name), statement.start());
        }
        if !cursor.take(&["as"]) {
            return self.skip(statement);
        }
        let start = cursor;
        while !cursor.is_done() && !ends_query(&cursor) {
            cursor.skip();
        }
        // A dump first makes a table in the place of a view, to know its columns.
        let placeholder = self.facts.table(&name).and_then(|at| self.facts.remove_table(at));
        let mut view = TableFacts {
            columns: placeholder.map(|table| table.columns).unwrap_or_default(),
            query: Some(start.code_until(&cursor)),
            note: self.note_above(&Cursor { tokens: statement.tokens, ..cursor }),
            place: statement.start(),
            name,
            ..TableFacts::default()
        };
        if !cursor.is_done() && !cursor.has(&["with", "data"]) && !cursor.has(&["with", "no"]) {
            let place = cursor.place();
            view.lose(Lost::ViewOption, &format!("({})", cursor.rest_as_code()), place);
        }
        for name in columns {
            if view.column(&name).is_none() {
                view.columns.push(table::nameless_type(name));
            }
        }
        self.facts.push_table(view);
    }

    fn create_namespace(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        cursor.take(&["if", "not", "exists"]);
        let Some(name) = cursor.name() else { return self.skip(statement) };
        let note = self.note_above(&Cursor { tokens: statement.tokens, ..cursor });
        if !name.eq_ignore_ascii_case(self.default_namespace) {
            self.facts.namespaces.entry(name.clone()).or_insert(note);
        }
        // `CREATE SCHEMA name CREATE TABLE … CREATE TABLE …` makes all of them in it.
        let outer = self.namespace.replace(name);
        while let Some(inner) = next_creation(&mut cursor) {
            self.read(Statement { tokens: inner });
        }
        self.namespace = outer;
    }

    fn drop(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        cursor.take(&["drop"]);
        cursor.take(&["materialized"]);
        if !cursor.take(&["table"]) && !cursor.take(&["view"]) {
            return self.skip(statement);
        }
        cursor.take(&["if", "exists"]);
        for mut name in cursor.split_at_commas() {
            let name = self.placed_name(&mut name);
            // A dump drops the table that stood for a view just before it makes the view.
            let position = name.and_then(|name| self.facts.table(&name));
            if let Some(table) = position.and_then(|at| self.facts.tables.get_mut(at)) {
                table.is_dropped = true;
            }
        }
    }

    /// `RENAME TABLE a TO b, …` and `ALTER SCHEMA a TRANSFER b`.
    fn rename(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        let mut moves = Vec::new();
        if cursor.take(&["rename", "table"]) || cursor.take(&["rename", "tables"]) {
            cursor.take(&["if", "exists"]);
            for mut part in cursor.split_at_commas() {
                let old = self.placed_name(&mut part);
                while !part.is_done() && !part.take(&["to"]) {
                    part.next();
                }
                moves.extend(old.zip(self.placed_name(&mut part)));
            }
        } else if cursor.take(&["alter", "schema"]) {
            let namespace = cursor.name();
            let is_transfer = cursor.take(&["transfer"]);
            if cursor.take(&["object"]) {
                while cursor.take_symbol(':') {}
            }
            let old = self.placed_name(&mut cursor).filter(|_| is_transfer && cursor.is_done());
            moves.extend(old.map(|old| {
                let new = self.place(Name { namespace, name: old.name.clone() });
                (old, new)
            }));
        }
        if moves.is_empty() {
            return self.skip(statement);
        }
        for (old, new) in moves {
            if !self.rename_table(&old, &new) {
                self.report_missing(&old, statement);
            }
        }
    }

    fn set(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        if !cursor.take(&["search_path"]) {
            return self.skip(statement);
        }
        if !cursor.take_symbol('=') {
            cursor.take(&["to"]);
        }
        self.namespace = cursor.name().filter(|name| !name.is_empty());
    }
}

/// The tokens from the next `CREATE` to the one after it, stepped over.
fn next_creation<'a>(cursor: &mut Cursor<'a>) -> Option<&'a [Token]> {
    while !cursor.has(&["create"]) {
        cursor.next()?;
    }
    let start = *cursor;
    cursor.next();
    while !cursor.is_done() && !cursor.has(&["create"]) {
        cursor.skip();
    }
    start.tokens.get(..start.tokens.len() - cursor.tokens.len())
}

/// What stands behind the word `VIEW`, when it is among the words that a view begins with.
fn after_view(mut cursor: Cursor<'_>) -> Option<Cursor<'_>> {
    for _ in 0..24 {
        if cursor.take(&["view"]) {
            return Some(cursor);
        }
        if cursor.has_any(&["function", "procedure", "trigger", "as", "virtual"]) {
            return None;
        }
        cursor.next()?;
    }
    None
}

/// Whether the query of a view ends here.
fn ends_query(cursor: &Cursor<'_>) -> bool {
    cursor.has(&["with", "check", "option"])
        || cursor.has(&["with", "cascaded", "check"])
        || cursor.has(&["with", "local", "check"])
        || cursor.has(&["with", "no", "data"])
        || cursor.has(&["with", "data"])
        || cursor.has(&["with", "schemabinding"])
}
