//! Text → tokens with their places, the way each dialect quotes and comments.
//!
//! It never fails: what is not closed ends with the text. Must not know what statements mean, but
//! for the three things that change how the text after them is read: `COPY … FROM stdin`,
//! `DELIMITER` and lines for a client (`\connect`, `GO`).

use std::ops::Range;

use memchr::memmem;

/// How a dialect writes what is not code.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own")]
pub(super) struct Quoting {
    /// Whether a backslash escapes inside of texts.
    pub(super) backslashes: bool,
    /// Whether `"…"` is a text and not a name.
    pub(super) double_quoted_texts: bool,
    /// Whether `[…]` is a name.
    pub(super) brackets: bool,
    /// Whether `$tag$…$tag$` is a text, `\…` a line for the client and comments nest.
    pub(super) postgres: bool,
    /// Whether `#` begins a comment and `DELIMITER` is a line for the client.
    pub(super) mysql: bool,
    /// Whether a line `GO` ends a batch.
    pub(super) batches: bool,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word without quotes, a keyword perhaps.
    Word,
    /// A name in quotes, without them.
    Name(String),
    /// A text, without its quotes and escapes.
    Text(String),
    /// A number.
    Number,
    /// Any other character.
    Symbol(char),
    /// The end of a statement or batch.
    End,
}

/// A token.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where it stands in the text, in bytes.
    pub(super) range: Range<usize>,
    /// Whether it is the first of its line.
    pub(super) starts_line: bool,
}

/// A line comment.
#[derive(Clone, Debug)]
pub(super) struct Comment {
    /// What it says, without its dashes.
    pub(super) text: String,
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// Whether nothing but blanks stands before it on its line.
    pub(super) starts_line: bool,
}

/// The tokens of a text and its line comments.
#[derive(Debug, Default)]
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    pub(super) comments: Vec<Comment>,
    /// The first text, name or comment that is never closed, in bytes.
    pub(super) unclosed: Option<usize>,
}

/// Reads a text.
pub(super) fn lex(text: &str, quoting: Quoting) -> Lexed {
    let mut lexer = Lexer {
        text,
        quoting,
        at: 0,
        starts_line: true,
        delimiter: ";".to_owned(),
        statement: 0,
        lexed: Lexed::default(),
    };
    while lexer.at < text.len() {
        lexer.step();
    }
    lexer.end(text.len()..text.len());
    lexer.lexed
}

/// A place in a text that becomes tokens.
pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) quoting: Quoting,
    /// The place, in bytes.
    pub(super) at: usize,
    /// Whether nothing but blanks stands before it on its line.
    pub(super) starts_line: bool,
    /// What ends a statement.
    pub(super) delimiter: String,
    /// The first token of the statement that is being read.
    statement: usize,
    /// What was read so far.
    pub(super) lexed: Lexed,
}

impl Lexer<'_> {
    pub(super) fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    pub(super) fn is_statement_start(&self) -> bool {
        self.lexed.tokens.len() == self.statement
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        if c == '\n' {
            self.at += 1;
            self.starts_line = true;
        } else if c.is_whitespace() || (c == '\u{feff}' && self.at == 0) {
            self.at += c.len_utf8();
        } else if rest.starts_with("--") || (c == '#' && self.quoting.mysql) {
            self.line_comment();
        } else if rest.starts_with("/*") {
            self.block_comment();
        } else if rest.starts_with("*/") && self.quoting.mysql {
            // The end of a comment whose inside MySQL runs.
            self.at += 2;
        } else if rest.starts_with(self.delimiter.as_str()) {
            let range = self.at..self.at + self.delimiter.len();
            self.at = range.end;
            self.end(range);
        } else if c == '\\' && self.quoting.postgres && self.is_statement_start() {
            self.skip_line();
        } else {
            self.token(c);
        }
    }

    fn push(&mut self, kind: Kind, end: usize) {
        let range = self.at..end.max(self.at + 1);
        self.at = range.end;
        self.lexed.tokens.push(Token { kind, range, starts_line: self.starts_line });
        self.starts_line = false;
    }

    /// Ends a statement, and skips the rows that follow a `COPY … FROM stdin`.
    fn end(&mut self, range: Range<usize>) {
        let word = |token: &Token| self.slice(token.range.clone()).to_ascii_lowercase();
        let statement = self.lexed.tokens.get(self.statement..).unwrap_or_default();
        let copies = statement.first().is_some_and(|first| word(first) == "copy")
            && statement.iter().rev().take(30).any(|token| word(token) == "stdin");
        self.lexed.tokens.push(Token { kind: Kind::End, range, starts_line: self.starts_line });
        self.statement = self.lexed.tokens.len();
        if copies && self.quoting.postgres {
            let rows_end = memmem::find(self.rest().as_bytes(), b"\n\\.");
            let rows_end = rows_end.map_or(self.text.len(), |end| self.at + end + 1);
            self.at = rows_end;
            self.skip_line();
        }
    }

    pub(super) fn skip_line(&mut self) {
        self.at += self.rest().find('\n').unwrap_or(self.rest().len());
    }

    fn line_comment(&mut self) {
        let start = self.at;
        let starts_line = self.starts_line;
        self.skip_line();
        let text = self.slice(start..self.at).trim_start_matches(['-', '#']);
        let text = text.strip_prefix(' ').unwrap_or(text).trim_end().to_owned();
        self.lexed.comments.push(Comment { text, range: start..self.at, starts_line });
    }

    /// Skips a comment; of one whose inside MySQL runs (`/*!40101 … */`) only the opening.
    pub(super) fn block_comment(&mut self) {
        let opening = ["/*!", "/*M!"].into_iter().find(|opening| self.rest().starts_with(opening));
        // No server has that version: MariaDB's dumps begin with a word for the client alone.
        let is_for_nobody = opening.is_some_and(|opening| {
            self.rest().get(opening.len()..).is_some_and(|rest| rest.starts_with("999999"))
        });
        if let Some(opening) = opening.filter(|_| self.quoting.mysql && !is_for_nobody) {
            self.at += opening.len();
            self.at += self.rest().len()
                - self.rest().trim_start_matches(|c: char| c.is_ascii_digit()).len();
            return;
        }
        let start = self.at;
        let mut depth = 0_usize;
        while self.at < self.text.len() {
            let rest = self.rest();
            if rest.starts_with("/*") && (depth == 0 || self.quoting.postgres) {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        self.lexed.unclosed.get_or_insert(start);
    }

    fn token(&mut self, c: char) {
        match c {
            '\'' => self.text_constant(0, self.quoting.backslashes),
            '"' if self.quoting.double_quoted_texts => {
                self.text_constant(0, self.quoting.backslashes);
            }
            '"' | '`' => self.quoted_name(c),
            '[' if self.quoting.brackets => self.quoted_name(']'),
            '$' if self.quoting.postgres => self.dollar_quoted(),
            c if c.is_ascii_digit() => self.number(),
            c if is_word_start(c) => self.word(),
            c => self.push(Kind::Symbol(c), self.at + c.len_utf8()),
        }
    }

    fn text_constant(&mut self, prefix: usize, backslashes: bool) {
        let start = self.at + prefix;
        let Some(quote) = self.slice(start..self.text.len()).chars().next() else { return };
        let mut value = String::new();
        let mut chars = self.slice(start + 1..self.text.len()).char_indices().peekable();
        let mut end = None;
        while let Some((offset, c)) = chars.next() {
            if c == quote {
                if chars.next_if(|(_, next)| *next == quote).is_none() {
                    end = Some(start + 1 + offset + 1);
                    break;
                }
                value.push(quote);
            } else if c == '\\' && backslashes {
                value.push(match chars.next().map(|(_, escaped)| escaped) {
                    Some('n') => '\n',
                    Some('r') => '\r',
                    Some('t') => '\t',
                    Some('0') => '\0',
                    Some('Z') => '\u{1a}',
                    Some(other) => other,
                    None => '\\',
                });
            } else {
                value.push(c);
            }
        }
        let end = self.closed(end);
        self.push(Kind::Text(value), end);
    }

    /// Where a text or name ends: with all of the text when it is never closed.
    pub(super) fn closed(&mut self, end: Option<usize>) -> usize {
        if end.is_none() {
            self.lexed.unclosed.get_or_insert(self.at);
        }
        end.unwrap_or(self.text.len())
    }

    fn quoted_name(&mut self, close: char) {
        let mut name = String::new();
        let mut chars = self.slice(self.at + 1..self.text.len()).char_indices().peekable();
        let mut end = None;
        while let Some((offset, c)) = chars.next() {
            if c == close && chars.next_if(|(_, next)| *next == close).is_none() {
                end = Some(self.at + 1 + offset + 1);
                break;
            }
            name.push(c);
        }
        let end = self.closed(end);
        self.push(Kind::Name(name), end);
    }

    pub(super) fn dollar_quoted(&mut self) {
        let rest = self.rest();
        let tag_end = rest.get(1..).and_then(|inside| {
            let end = inside.find(|c: char| !c.is_alphanumeric() && c != '_')?;
            inside.get(end..)?.starts_with('$').then_some(end + 2)
        });
        let Some(tag) = tag_end.and_then(|end| rest.get(..end)) else {
            self.push(Kind::Symbol('$'), self.at + 1);
            return;
        };
        let body = rest.get(tag.len()..).unwrap_or_default();
        let length = body.find(tag);
        let value = body.get(..length.unwrap_or(body.len())).unwrap_or_default().to_owned();
        let end = length.map(|length| self.at + tag.len() + length + tag.len());
        let end = self.closed(end);
        self.push(Kind::Text(value), end);
    }

    fn number(&mut self) {
        let mut end = 0;
        let mut before = '0';
        for (offset, c) in self.rest().char_indices() {
            let is_sign = matches!(c, '+' | '-') && matches!(before, 'e' | 'E');
            if !c.is_ascii_alphanumeric() && c != '.' && c != '_' && !is_sign {
                break;
            }
            before = c;
            end = offset + c.len_utf8();
        }
        self.push(Kind::Number, self.at + end);
    }

    fn word(&mut self) {
        let rest = self.rest();
        let length = rest.find(|c: char| !is_word_part(c)).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
        let is_prefix = rest.get(length..).is_some_and(|after| after.starts_with('\''));
        if is_prefix && matches!(word.as_str(), "e" | "n") {
            let escapes = self.quoting.backslashes || word == "e";
            self.text_constant(length, escapes);
            return;
        }
        if self.starts_line && self.is_client_line(&word, length) {
            return;
        }
        let begins_rows = self.begins_rows(&word);
        self.push(Kind::Word, self.at + length);
        if begins_rows {
            self.skip_rows();
        }
    }

    /// Whether the line was for the client and is read.
    fn is_client_line(&mut self, word: &str, length: usize) -> bool {
        let line = self.rest().lines().next().unwrap_or_default();
        let after = line.get(length..).unwrap_or_default().trim().to_owned();
        if word == "delimiter" && self.quoting.mysql && !after.is_empty() {
            self.delimiter = after;
            self.skip_line();
            return true;
        }
        let is_count = after.chars().all(|c| c.is_ascii_digit() || c == ';');
        if word == "go" && self.quoting.batches && is_count {
            let range = self.at..self.at + length;
            self.end(range);
            self.skip_line();
            return true;
        }
        false
    }
}

fn is_word_start(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | '@')
}

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '#' | '@')
}
