//! Tokens → statements: where one ends, and what was said above it.
//!
//! Must not know what statements mean, but which ones have others inside of them.

use crate::formats::sql::import::lexer::{Kind, Lexed, Token};

/// The tokens of one statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Statement<'a> {
    /// Its tokens, at least one, without the one that ends it.
    pub(super) tokens: &'a [Token],
}

/// Words that begin a statement where a dialect does not demand a semicolon between them.
pub(super) const BEGINNINGS: &[&str] = &[
    "alter", "begin", "create", "declare", "delete", "drop", "exec", "execute", "grant", "if",
    "insert", "print", "select", "set", "update", "use",
];

/// The statements of a text. With `batches`, a line that begins like a statement is one.
pub(super) fn split<'a>(text: &str, lexed: &'a Lexed, batches: bool) -> Vec<Statement<'a>> {
    let tokens = &lexed.tokens;
    let mut statements = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    let mut blocks = 0_usize;
    let mut routine = None;
    // Where no line `GO` ends a batch, a routine ends with its own semicolon.
    let ends_batch = |token: &Token| token.kind == Kind::End && token.range.len() > 1;
    let has_batches = batches && tokens.iter().any(ends_batch);
    for (at, token) in tokens.iter().enumerate() {
        let word = || text.get(token.range.clone()).unwrap_or_default().to_ascii_lowercase();
        let is_routine = *routine
            .get_or_insert_with(|| holds_statements(text, tokens.get(start..).unwrap_or_default()));
        match token.kind {
            Kind::Symbol('(') => depth += 1,
            Kind::Symbol(')') => depth = depth.saturating_sub(1),
            Kind::Word if is_routine => match word().as_str() {
                "begin" | "case" => blocks += 1,
                "end" => blocks = blocks.saturating_sub(1),
                _ => {}
            },
            Kind::Word
                if batches
                    && token.starts_line
                    && depth == 0
                    && at > start
                    && BEGINNINGS.contains(&word().as_str())
                    && !is_view(text, tokens.get(start..).unwrap_or_default()) =>
            {
                statements.extend(statement(tokens, start, at));
                start = at;
                routine = None;
            }
            Kind::End => {
                let is_semicolon = text.get(token.range.clone()) == Some(";");
                let is_inside = is_semicolon && (blocks > 0 || (is_routine && has_batches));
                if !is_inside {
                    statements.extend(statement(tokens, start, at));
                    start = at + 1;
                    (depth, blocks, routine) = (0, 0, None);
                }
            }
            _ => {}
        }
    }
    statements
}

fn statement(tokens: &[Token], start: usize, end: usize) -> Option<Statement<'_>> {
    let tokens = tokens.get(start..end).filter(|tokens| !tokens.is_empty())?;
    Some(Statement { tokens })
}

/// Whether the statement makes a view, whose query may begin on a line of its own.
fn is_view(text: &str, tokens: &[Token]) -> bool {
    tokens.iter().take(6).any(|token| {
        text.get(token.range.clone()).is_some_and(|word| word.eq_ignore_ascii_case("view"))
    })
}

/// Whether the statement is one that has others inside, between `BEGIN` and `END`.
fn holds_statements(text: &str, tokens: &[Token]) -> bool {
    let mut words = tokens
        .iter()
        .take(12)
        .take_while(|token| token.kind != Kind::End)
        .map(|token| text.get(token.range.clone()).unwrap_or_default().to_ascii_lowercase());
    let creates = matches!(words.next().as_deref(), Some("create" | "alter"));
    creates
        && words.any(|word| {
            matches!(word.as_str(), "trigger" | "procedure" | "proc" | "function" | "event")
        })
}

impl Statement<'_> {
    /// Where it begins in the text, in bytes.
    pub(super) fn start(&self) -> usize {
        self.tokens.first().map_or(0, |token| token.range.start)
    }
}

/// What the comment lines directly above a place say, one line each; blank lines separate.
pub(super) fn note_above(text: &str, lexed: &Lexed, place: usize) -> String {
    let mut lines = Vec::new();
    let mut below = place;
    let end = lexed.comments.partition_point(|comment| comment.range.end <= place);
    for comment in lexed.comments.get(..end).unwrap_or_default().iter().rev() {
        let between = text.get(comment.range.end..below).unwrap_or("x");
        let is_adjacent = between.trim().is_empty() && between.matches('\n').count() == 1;
        if !comment.starts_line || !is_adjacent {
            break;
        }
        lines.push(comment.text.as_str());
        below = comment.range.start;
    }
    lines.reverse();
    lines.join("\n")
}
