//! Statements → facts: which statement it is, and the short ones.
//!
//! What says nothing about structure is counted and told; nothing fails.

use indexmap::IndexMap;

use crate::base::diagnostic::{Diagnostic, Span};
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::import::column::{read_default, read_type};
use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{DomainFacts, EnumerationFacts, Facts, Name, TableFacts};
use crate::formats::sql::import::index::read_index;
use crate::formats::sql::import::lexer::{Lexed, Token};
use crate::formats::sql::import::readings::Reading;
use crate::formats::sql::import::statements::{Statement, note_above};
use crate::formats::sql::import::{alter, comment, table};

/// Reads statements one after the other.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) lexed: &'a Lexed,
    pub(super) reading: &'static Reading,
    /// The namespace that names without one are in.
    default_namespace: &'static str,
    pub(super) facts: Facts,
    /// The namespace of names without one, when a statement says so.
    namespace: Option<String>,
    /// Kinds of statements that were skipped: how many, and where the first was.
    skipped: IndexMap<String, (usize, Span)>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, lexed: &'a Lexed, dialect: &dyn Dialect) -> Self {
        Self {
            text,
            lexed,
            reading: dialect.reading(),
            default_namespace: dialect.traits().default_namespace,
            facts: Facts::default(),
            namespace: None,
            skipped: IndexMap::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The facts of all statements so far, and what was skipped.
    pub(super) fn finish(mut self) -> (Facts, Vec<Diagnostic>) {
        for (kind, (count, span)) in self.skipped {
            let statements = if count == 1 { "statement" } else { "statements" };
            let message = format!("skipped {count} {kind} {statements}: not part of a model");
            self.diagnostics.push(Diagnostic::info(message).at(span));
        }
        (self.facts, self.diagnostics)
    }

    pub(super) fn read(&mut self, statement: Statement<'a>) {
        let mut cursor =
            Cursor { text: self.text, tokens: statement.tokens, folds: self.reading.folds };
        if cursor.take(&["create"]) {
            self.create(cursor, statement);
        } else if cursor.take(&["alter", "table"]) {
            alter::read_alter_table(self, cursor, statement);
        } else if cursor.take(&["comment", "on"]) {
            comment::read_comment(self, cursor, statement);
        } else if cursor.has_any(&["exec", "execute"]) && comment::read_property(self, cursor) {
            // A note, read.
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

    /// Counts a statement that is not read.
    pub(super) fn skip(&mut self, statement: Statement<'_>) {
        let cursor = Cursor { text: self.text, tokens: statement.tokens, folds: false };
        let words = cursor.tokens.iter().take(6).map(|token| cursor.written(token).to_uppercase());
        let known = [
            "CREATE",
            "ALTER",
            "DROP",
            "TABLE",
            "VIEW",
            "FUNCTION",
            "PROCEDURE",
            "TRIGGER",
            "SEQUENCE",
            "EXTENSION",
            "INDEX",
            "TYPE",
            "POLICY",
            "RULE",
            "DATABASE",
            "ROLE",
            "USER",
            "DOMAIN",
            "SCHEMA",
            "AGGREGATE",
            "OPERATOR",
            "SERVER",
            "PUBLICATION",
            "EVENT",
            "VIRTUAL",
            "DEFAULT",
        ];
        let words: Vec<String> = words.collect();
        let first = words.first().cloned().unwrap_or_default();
        let is_definition = matches!(first.as_str(), "CREATE" | "ALTER" | "DROP");
        let kind = if is_definition {
            words
                .into_iter()
                .filter(|word| known.contains(&word.as_str()))
                .take(2)
                .collect::<Vec<_>>()
        } else {
            vec![first]
        };
        let span = statement.span(self.text);
        self.skipped.entry(kind.join(" ")).or_insert((0, span)).0 += 1;
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
            line.len() > 2 && line.chars().all(|c| matches!(c, '-' | '=' | '*' | '#' | '_' | ' '))
        };
        if note.lines().any(is_rule) { String::new() } else { note }
    }

    fn create(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        cursor.take(&["or", "replace"]);
        cursor.take_all(&["global", "local", "unlogged", "foreign", "temp", "temporary"]);
        if cursor.take(&["table"]) {
            table::read_create_table(self, cursor, statement);
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
            self.create_view(after, statement);
        } else {
            self.skip(statement);
        }
    }

    /// A statement about a table that the script has not made.
    pub(super) fn report_missing(&mut self, name: &Name, statement: Statement<'_>) {
        if self.facts.partitions.iter().any(|partition| partition.is_like(name)) {
            return;
        }
        let message = format!("there is no table `{}`: the statement is left out", name.name);
        self.diagnostics.push(Diagnostic::warning(message).at(statement.span(self.text)));
    }

    fn create_view(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        cursor.take(&["if", "not", "exists"]);
        let Some(name) = self.placed_name(&mut cursor) else { return self.skip(statement) };
        let columns = cursor.name_list();
        while !cursor.is_done() && !cursor.has(&["as"]) {
            cursor.skip();
        }
        if !cursor.take(&["as"]) {
            return self.skip(statement);
        }
        let start = cursor;
        while !cursor.is_done() && !ends_query(&cursor) {
            cursor.skip();
        }
        // A dump first makes a table in the place of a view, to know its columns.
        let placeholder = self.facts.table(&name).map(|at| self.facts.tables.remove(at));
        let mut view = TableFacts {
            columns: placeholder.map(|table| table.columns).unwrap_or_default(),
            query: Some(self.without_comments(&start, &cursor)),
            note: self.note_above(&Cursor { tokens: statement.tokens, ..cursor }),
            span: Some(statement.span(self.text)),
            name,
            ..TableFacts::default()
        };
        for name in columns {
            if view.column(&name).is_none() {
                view.columns.push(table::nameless_type(name));
            }
        }
        self.facts.tables.push(view);
    }

    /// The code from one place to another; comments in it are blanks.
    fn without_comments(&self, start: &Cursor<'a>, end: &Cursor<'a>) -> String {
        let code = start.written_until(end);
        let Some(first) = start.peek() else { return String::new() };
        let range = first.range.start..first.range.start + code.len();
        let mut clean = String::new();
        let mut at = range.start;
        for skipped in &self.lexed.skipped {
            if skipped.start >= at && skipped.end <= range.end {
                clean.push_str(self.text.get(at..skipped.start).unwrap_or_default());
                clean.push(' ');
                at = skipped.end;
            }
        }
        clean.push_str(self.text.get(at..range.end).unwrap_or_default());
        clean
    }

    fn create_type(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        let Some(name) = self.placed_name(&mut cursor) else { return self.skip(statement) };
        if cursor.take(&["as", "enum"]) {
            let values = cursor.parenthesized().map(|inside| inside.split_at_commas());
            let values = values.into_iter().flatten();
            let values = values.filter_map(|mut value| value.constant()).collect();
            let note = String::new();
            self.facts.enumerations.push(EnumerationFacts { name, values, note });
        } else if cursor.take(&["from"]) {
            self.add_domain(name, cursor);
        } else {
            self.facts.other_types.push(name);
            self.skip(statement);
        }
    }

    fn create_domain(&mut self, mut cursor: Cursor<'a>, statement: Statement<'a>) {
        let Some(name) = self.placed_name(&mut cursor) else { return self.skip(statement) };
        cursor.take(&["as"]);
        self.add_domain(name, cursor);
    }

    fn add_domain(&mut self, name: Name, mut cursor: Cursor<'a>) {
        let ty = read_type(&mut cursor);
        let mut domain = DomainFacts { name, ty, ..DomainFacts::default() };
        while !cursor.is_done() {
            if cursor.take(&["not", "null"]) {
                domain.required = true;
            } else if cursor.take(&["default"]) {
                domain.default = Some(read_default(&mut cursor).to_owned());
            } else {
                cursor.skip();
            }
        }
        self.facts.domains.push(domain);
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
