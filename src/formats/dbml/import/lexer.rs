//! Text → tokens: words, quoted texts, signs, each with its place.
//!
//! A character that begins nothing is told and costs only itself; a quote that is never closed
//! costs the rest of its line, three of them the rest of the text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::base::diagnostic::{Diagnostic, Span};
use crate::formats::dbml::import::text::{unescaped, without_indent};

/// A piece of the text that means something.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::formats::dbml) struct Token<'a> {
    pub(in crate::formats::dbml) kind: Kind,
    /// Its text, without quotes and with escapes resolved.
    pub(in crate::formats::dbml) text: Cow<'a, str>,
    pub(in crate::formats::dbml) span: Span,
    /// Whether it is the first one in its line.
    pub(in crate::formats::dbml) begins_line: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats::dbml) enum Kind {
    /// A bare word; it may begin with a digit.
    Word,
    /// A name in double quotes.
    Quoted,
    /// A text in single quotes, one or three.
    Text,
    /// An expression in backticks.
    Expression,
    /// A number without a sign.
    Number,
    /// `#` and hexadecimal digits.
    Color,
    /// Any one sign.
    Sign(char),
}

impl Token<'_> {
    /// Whether it is that sign.
    pub(in crate::formats::dbml) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Whether it can be a name.
    pub(in crate::formats::dbml) fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Quoted)
    }
}

/// A text in tokens.
#[derive(Debug)]
pub(in crate::formats::dbml) struct Lexed<'a> {
    pub(in crate::formats::dbml) tokens: Vec<Token<'a>>,
    /// Comments that fill their line, by its number.
    pub(in crate::formats::dbml) comments: BTreeMap<usize, &'a str>,
    /// What is wrong with the text.
    pub(in crate::formats::dbml) diagnostics: Vec<Diagnostic>,
}

/// The tokens of a text, and what is wrong with it.
pub(in crate::formats::dbml) fn lex(text: &str, source: usize) -> Lexed<'_> {
    let mut lexer = Lexer {
        text,
        at: 0,
        place: Span::new(1, 1).in_source(source),
        begins_line: true,
        lexed: Lexed {
            tokens: Vec::with_capacity(text.len() / 5),
            comments: BTreeMap::new(),
            diagnostics: Vec::new(),
        },
    };
    while lexer.step() {}
    lexer.lexed
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Line and column of `at`.
    place: Span,
    begins_line: bool,
    lexed: Lexed<'a>,
}

impl<'a> Lexer<'a> {
    /// Reads one token, blank or comment; false at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return false };
        match first {
            c if c.is_whitespace() || c == '\u{feff}' => {
                let end = rest.find(|c: char| !c.is_whitespace() && c != '\u{feff}');
                self.skip(end.unwrap_or(rest.len()));
            }
            '/' if rest.starts_with("//") => {
                let comment = rest.get(2..line_end(rest)).unwrap_or_default();
                if self.begins_line {
                    self.lexed.comments.insert(self.place.line, comment);
                }
                self.skip(line_end(rest));
            }
            '/' if rest.starts_with("/*") => {
                let end = rest.find("*/").map(|end| end + 2);
                if end.is_none() {
                    self.tell("a comment is never closed", "add `*/` at its end");
                }
                self.skip(end.unwrap_or(rest.len()));
            }
            '\'' if rest.starts_with("'''") => self.long_text(),
            '\'' => self.quoted(Kind::Text, '\''),
            '"' => self.quoted(Kind::Quoted, '"'),
            '`' => self.expression(),
            '#' => self.color(),
            c if is_word(c) => self.word(),
            '{' | '}' | '[' | ']' | '(' | ')' | ',' | ':' | '.' | '<' | '>' | '-' | '?' | '~'
            | '+' | '*' | '/' | '%' | '=' | '!' | ';' | '@' | '$' | '^' | '&' | '|' => {
                self.push(Kind::Sign(first), 1, Cow::Borrowed(""));
            }
            other => {
                self.tell(
                    &format!("`{}` means nothing here", other.escape_debug()),
                    "put names that hold it in quotes",
                );
                self.skip(other.len_utf8());
            }
        }
        true
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Moves on by that many bytes.
    fn skip(&mut self, length: usize) {
        let passed = self.rest().get(..length).unwrap_or_default();
        match passed.rsplit_once('\n') {
            Some((before, last)) => {
                self.place.line += before.matches('\n').count() + 1;
                self.place.column = last.chars().count() + 1;
                self.begins_line = true;
            }
            None => self.place.column += passed.chars().count(),
        }
        self.at += length;
    }

    fn push(&mut self, kind: Kind, length: usize, text: Cow<'a, str>) {
        let (span, begins_line) = (self.place, self.begins_line);
        self.lexed.tokens.push(Token { kind, text, span, begins_line });
        self.skip(length);
        self.begins_line = false;
    }

    fn tell(&mut self, message: &str, hint: &str) {
        self.lexed.diagnostics.push(Diagnostic::error(message).at(self.place).with_hint(hint));
    }

    /// A text in quotes that ends with its line.
    fn quoted(&mut self, kind: Kind, quote: char) {
        let rest = self.rest();
        let inside = rest.get(1..).unwrap_or_default();
        let mut escaped = false;
        for (end, c) in inside.char_indices() {
            match c {
                // A line is continued by a backslash.
                '\n' if !escaped => break,
                c if c == quote && !escaped => {
                    let text = unescaped(inside.get(..end).unwrap_or_default());
                    return self.push(kind, end + 2, text);
                }
                c => escaped = c == '\\' && !escaped,
            }
        }
        self.tell(
            &format!("the text is not closed by `{quote}` in its line"),
            "close it, or write `'''` around a text of several lines",
        );
        let line = inside.get(..line_end(inside)).unwrap_or_default();
        self.push(kind, line.len() + 1, unescaped(line.trim_end()));
    }

    fn long_text(&mut self) {
        let rest = self.rest();
        let inside = rest.get(3..).unwrap_or_default();
        let mut escaped = false;
        for (end, c) in inside.char_indices() {
            if !escaped && inside.get(end..).is_some_and(|rest| rest.starts_with("'''")) {
                let text = without_indent(inside.get(..end).unwrap_or_default());
                return self.push(Kind::Text, end + 6, Cow::Owned(text));
            }
            escaped = c == '\\' && !escaped;
        }
        self.tell("the text is never closed", "add `'''` at its end");
        self.push(Kind::Text, rest.len(), Cow::Owned(without_indent(inside)));
    }

    fn expression(&mut self) {
        let rest = self.rest();
        let inside = rest.get(1..).unwrap_or_default();
        let closed = inside.find('`');
        if closed.is_none() {
            self.tell("the expression is not closed by a backtick", "close it with a backtick");
        }
        let end = closed.unwrap_or_else(|| line_end(inside));
        let code = inside.get(..end).unwrap_or_default().trim_end_matches('\r');
        self.push(Kind::Expression, end + 1 + usize::from(closed.is_some()), Cow::Borrowed(code));
    }

    fn color(&mut self) {
        let rest = self.rest();
        let digits = rest.get(1..).unwrap_or_default();
        let end = digits.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(digits.len());
        let text = rest.get(..end + 1).unwrap_or_default();
        self.push(Kind::Color, end + 1, Cow::Borrowed(text));
    }

    fn word(&mut self) {
        let rest = self.rest();
        let length = number_length(rest);
        let after = rest.get(length..).unwrap_or_default();
        if length > 0 && !after.starts_with(is_word) {
            let text = rest.get(..length).unwrap_or_default();
            return self.push(Kind::Number, length, Cow::Borrowed(text));
        }
        let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let text = rest.get(..end).unwrap_or_default();
        self.push(Kind::Word, end, Cow::Borrowed(text));
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_mark(c)
}

/// Combining marks, which belong to the letter before them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Where the line ends, in bytes.
fn line_end(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// How many bytes are a number: digits, a fraction, an exponent.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let whole = digits(text);
    if whole == 0 {
        return 0;
    }
    let mut length = whole;
    let rest = |length: usize| text.get(length..).unwrap_or_default();
    if let Some(fraction) = rest(length).strip_prefix('.') {
        let n = digits(fraction);
        if n > 0 {
            length += n + 1;
        }
    }
    if let Some(exponent) = rest(length).strip_prefix(['e', 'E']) {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let n = digits(unsigned);
        if n > 0 {
            length += 1 + exponent.len() - unsigned.len() + n;
        }
    }
    length
}
