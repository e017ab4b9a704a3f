//! Statements that say nothing to a model: counted by kind, and told apart from mistyped ones.

use indexmap::IndexMap;

use crate::base::diagnostic::Diagnostic;
use crate::base::lines::Lines;
use crate::base::similar::did_you_mean;
use crate::formats::sql::import::cursor::Cursor;

/// Words that begin a statement in some dialect.
const STATEMENTS: &[&str] = &[
    "ALTER",
    "ANALYZE",
    "ATTACH",
    "BACKUP",
    "BEGIN",
    "BULK",
    "CALL",
    "CHECKPOINT",
    "CLOSE",
    "CLUSTER",
    "COMMENT",
    "COMMIT",
    "COPY",
    "CREATE",
    "DBCC",
    "DEALLOCATE",
    "DECLARE",
    "DELETE",
    "DENY",
    "DETACH",
    "DISABLE",
    "DISCARD",
    "DO",
    "DROP",
    "ELSE",
    "ENABLE",
    "END",
    "EXEC",
    "EXECUTE",
    "EXPLAIN",
    "FETCH",
    "FLUSH",
    "GO",
    "GRANT",
    "HANDLER",
    "IF",
    "IMPORT",
    "INSERT",
    "KILL",
    "LISTEN",
    "LOAD",
    "LOCK",
    "MERGE",
    "MOVE",
    "NOTIFY",
    "OPEN",
    "OPTIMIZE",
    "PRAGMA",
    "PREPARE",
    "PRINT",
    "RAISERROR",
    "REASSIGN",
    "RECONFIGURE",
    "REFRESH",
    "REINDEX",
    "RELEASE",
    "RENAME",
    "REPAIR",
    "REPLACE",
    "RESET",
    "RESTORE",
    "RETURN",
    "REVERT",
    "REVOKE",
    "ROLLBACK",
    "SAVE",
    "SAVEPOINT",
    "SECURITY",
    "SELECT",
    "SET",
    "SHOW",
    "SHUTDOWN",
    "START",
    "TABLE",
    "THROW",
    "TRUNCATE",
    "UNLISTEN",
    "UNLOCK",
    "UPDATE",
    "USE",
    "VACUUM",
    "VALUES",
    "WAITFOR",
    "WHILE",
    "WITH",
    "XA",
];

/// What is created, altered and dropped, as far as it is told by kind.
const OBJECTS: &[&str] = &[
    "AGGREGATE",
    "ASSEMBLY",
    "CAST",
    "COLLATION",
    "DATABASE",
    "DEFAULT",
    "DOMAIN",
    "EVENT",
    "EXTENSION",
    "FUNCTION",
    "INDEX",
    "LANGUAGE",
    "LOGIN",
    "OPERATOR",
    "POLICY",
    "PROC",
    "PROCEDURE",
    "PUBLICATION",
    "ROLE",
    "RULE",
    "SCHEMA",
    "SEQUENCE",
    "SERVER",
    "STATISTICS",
    "SYNONYM",
    "TABLE",
    "TABLESPACE",
    "TRIGGER",
    "TYPE",
    "USER",
    "VIEW",
    "VIRTUAL",
];

/// What was meant most likely by a mistyped word.
const USUAL: &[&str] =
    &["CREATE", "ALTER", "COMMENT", "DROP", "INSERT", "SELECT", "UPDATE", "DELETE"];

/// What a mistyped word behind `CREATE` meant.
const USUAL_OBJECTS: &[&str] =
    &["TABLE", "VIEW", "INDEX", "TYPE", "SCHEMA", "DOMAIN", "UNIQUE", "SEQUENCE", "FUNCTION"];

/// Statements that were not read.
#[derive(Debug, Default)]
pub(super) struct Skipped {
    /// How many of a kind, and where the first was, in bytes.
    kinds: IndexMap<String, (usize, usize)>,
    /// Beginnings that no statement has, where the first was, and what was meant.
    unknown: IndexMap<String, (usize, Option<String>)>,
}

impl Skipped {
    /// Counts a statement.
    pub(super) fn count(&mut self, cursor: &Cursor<'_>) {
        let tokens = cursor.tokens.iter().take(6);
        let words: Vec<_> = tokens.map(|token| cursor.written(token).to_uppercase()).collect();
        let Some(first) = words.iter().find(|word| *word != "(") else { return };
        let place = cursor.place();
        if !STATEMENTS.contains(&first.as_str()) {
            let hint = did_you_mean(first, USUAL.iter().copied());
            let beginning = first.chars().take(24).collect();
            self.unknown.entry(beginning).or_insert((place, hint));
            return;
        }
        let mut kind = vec![first.as_str()];
        if matches!(first.as_str(), "CREATE" | "ALTER" | "DROP") {
            let is_object = |word: &&str| OBJECTS.contains(word);
            kind.extend(words.iter().skip(1).map(String::as_str).find(is_object));
            if let ([verb], Some(second)) = (kind.as_slice(), words.get(1))
                && let Some(hint) = did_you_mean(second, USUAL_OBJECTS.iter().copied())
            {
                self.unknown.entry(format!("{verb} {second}")).or_insert((place, Some(hint)));
                return;
            }
        }
        self.kinds.entry(kind.join(" ")).or_insert((0, place)).0 += 1;
    }

    /// One diagnostic per kind.
    pub(super) fn told(self, lines: &Lines<'_>) -> Vec<Diagnostic> {
        let unknown = self.unknown.into_iter().map(|(beginning, (place, hint))| {
            let message = format!("unknown statement `{beginning}`: it is left out");
            let span = lines.span_at(place);
            let other = || "look whether the text is SQL of the dialect that was read".to_owned();
            Diagnostic::warning(message).at(span).with_hint(hint.unwrap_or_else(other))
        });
        let kinds = self.kinds.into_iter().map(|(kind, (count, place))| {
            let statements = if count == 1 { "statement" } else { "statements" };
            let message = format!("skipped {count} {kind} {statements}: not part of a model");
            let hint = "run them beside the script of the model where the database needs them";
            Diagnostic::info(message).at(lines.span_at(place)).with_hint(hint)
        });
        unknown.chain(kinds).collect()
    }
}
