//! A place in the tokens of a statement, and the little words that every statement is made of.
//!
//! Must not know any statement.

use crate::formats::sql::import::facts::Name;
use crate::formats::sql::import::lexer::{Kind, Token};
use crate::formats::sql::text;

/// A place in a list of tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    /// Whether names without quotes are in lower case.
    pub(super) folds: bool,
}

impl<'a> Cursor<'a> {
    /// The token here.
    pub(super) fn peek(&self) -> Option<&'a Token> {
        self.tokens.first()
    }

    /// Where it is in the text, in bytes.
    pub(super) fn place(&self) -> usize {
        self.peek().map_or(self.text.len(), |token| token.range.start)
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Steps over the token here.
    pub(super) fn next(&mut self) -> Option<&'a Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    /// The text of a token as it was written.
    pub(super) fn written(&self, token: &Token) -> &'a str {
        self.text.get(token.range.clone()).unwrap_or_default()
    }

    /// Whether the token `ahead` of here is that word, without quotes, in any case.
    pub(super) fn has_at(&self, ahead: usize, word: &str) -> bool {
        self.tokens.get(ahead).is_some_and(|token| {
            token.kind == Kind::Word && self.written(token).eq_ignore_ascii_case(word)
        })
    }

    /// Whether these words stand here.
    pub(super) fn has(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(ahead, word)| self.has_at(ahead, word))
    }

    /// Whether one of these words stands here.
    pub(super) fn has_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.has_at(0, word))
    }

    /// Steps over these words, when they all stand here.
    pub(super) fn take(&mut self, words: &[&str]) -> bool {
        let found = self.has(words);
        if found {
            self.tokens = self.tokens.get(words.len()..).unwrap_or_default();
        }
        found
    }

    /// Steps over any of these words, as many as there are.
    pub(super) fn take_all(&mut self, words: &[&str]) {
        while self.has_any(words) {
            self.next();
        }
    }

    /// Whether that character stands `ahead` of here.
    pub(super) fn has_symbol_at(&self, ahead: usize, symbol: char) -> bool {
        self.tokens.get(ahead).is_some_and(|token| token.kind == Kind::Symbol(symbol))
    }

    /// Steps over that character.
    pub(super) fn take_symbol(&mut self, symbol: char) -> bool {
        let found = self.has_symbol_at(0, symbol);
        if found {
            self.next();
        }
        found
    }

    /// The word here, in lower case and stepped over.
    pub(super) fn word(&mut self) -> Option<String> {
        let token = self.peek().filter(|token| token.kind == Kind::Word)?;
        self.next();
        Some(self.written(token).to_lowercase())
    }

    /// The text constant here, stepped over.
    pub(super) fn constant(&mut self) -> Option<String> {
        let Some(Token { kind: Kind::Text(value), .. }) = self.peek() else { return None };
        self.next();
        Some(value.clone())
    }

    /// The name here, stepped over.
    pub(super) fn name(&mut self) -> Option<String> {
        let token = self.peek()?;
        let name = match &token.kind {
            // SQLite and MySQL take texts where a name must be.
            Kind::Name(name) | Kind::Text(name) => name.clone(),
            Kind::Word if self.folds => self.written(token).to_lowercase(),
            Kind::Word => self.written(token).to_owned(),
            Kind::Number | Kind::Symbol(_) | Kind::End => return None,
        };
        self.next();
        Some(name)
    }

    /// The name with its namespace here, stepped over: the last two of all parts between dots.
    pub(super) fn qualified(&mut self) -> Option<Name> {
        let mut parts = vec![self.name()?];
        while self.has_symbol_at(0, '.') {
            self.next();
            // `database..table` leaves the namespace out.
            if let Some(part) = self.name() {
                parts.push(part);
            }
        }
        let name = parts.pop()?;
        Some(Name { namespace: parts.pop(), name })
    }

    /// What stands between the parenthesis here and the one that closes it, stepped over.
    pub(super) fn parenthesized(&mut self) -> Option<Self> {
        if !self.has_symbol_at(0, '(') {
            return None;
        }
        let mut depth = 0_usize;
        for (at, token) in self.tokens.iter().enumerate() {
            match token.kind {
                Kind::Symbol('(') => depth += 1,
                Kind::Symbol(')') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let inside = self.tokens.get(1..at).unwrap_or_default();
                self.tokens = self.tokens.get(at + 1..).unwrap_or_default();
                return Some(Self { tokens: inside, ..*self });
            }
        }
        let inside = self.tokens.get(1..).unwrap_or_default();
        self.tokens = &[];
        Some(Self { tokens: inside, ..*self })
    }

    /// The parts between commas outside of parentheses and of lists: `ARRAY['a', 'b']`.
    pub(super) fn split_at_commas(&self) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut depth = 0_usize;
        let mut start = 0;
        let count = |sign| self.tokens.iter().filter(|one| one.kind == Kind::Symbol(sign)).count();
        let has_lists = count('[') == count(']');
        for (at, token) in self.tokens.iter().enumerate() {
            match token.kind {
                Kind::Symbol('(') => depth += 1,
                Kind::Symbol(')') => depth = depth.saturating_sub(1),
                Kind::Symbol('[') if has_lists => depth += 1,
                Kind::Symbol(']') if has_lists => depth = depth.saturating_sub(1),
                Kind::Symbol(',') if depth == 0 => {
                    parts.push(self.part(start, at));
                    start = at + 1;
                }
                _ => {}
            }
        }
        if start < self.tokens.len() {
            parts.push(self.part(start, self.tokens.len()));
        }
        parts
    }

    fn part(&self, start: usize, end: usize) -> Self {
        Self { tokens: self.tokens.get(start..end).unwrap_or_default(), ..*self }
    }

    /// The names between parentheses here, stepped over; what follows a name is left out.
    pub(super) fn name_list(&mut self) -> Vec<String> {
        let Some(inside) = self.parenthesized() else { return Vec::new() };
        inside.split_at_commas().iter_mut().filter_map(Self::name).collect()
    }

    /// The tokens from here up to `end`, as they were written.
    pub(super) fn written_until(&self, end: &Self) -> &'a str {
        let count = self.tokens.len().saturating_sub(end.tokens.len());
        let tokens = self.tokens.get(..count).unwrap_or_default();
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return "" };
        self.text.get(first.range.start..last.range.end).unwrap_or_default()
    }

    /// All tokens from here on, as they were written.
    pub(super) fn rest_as_written(&self) -> &'a str {
        self.written_until(&Self { tokens: &[], ..*self })
    }

    /// The tokens from here up to `end` as code: a comment between them is a blank.
    pub(super) fn code_until(&self, end: &Self) -> String {
        let count = self.tokens.len().saturating_sub(end.tokens.len());
        let tokens = self.tokens.get(..count).unwrap_or_default();
        let mut code = String::new();
        let mut before = None;
        for token in tokens {
            if let Some(before) = before {
                let gap = self.text.get(before..token.range.start).unwrap_or_default();
                code.push_str(if gap.trim().is_empty() { gap } else { " " });
            }
            match (&token.kind, self.written(token)) {
                // A text in double quotes would be a name to anybody else.
                (Kind::Text(text), written) if written.starts_with('"') => {
                    let text = text.replace('\\', "\\\\");
                    code.push_str(text::string(&text).as_str());
                }
                (_, written) => code.push_str(written),
            }
            before = Some(token.range.end);
        }
        code
    }

    /// All tokens from here on, as code.
    pub(super) fn rest_as_code(&self) -> String {
        self.code_until(&Self { tokens: &[], ..*self })
    }

    /// Steps over one thing: a token, or parentheses with all inside.
    pub(super) fn skip(&mut self) {
        if self.parenthesized().is_none() {
            self.next();
        }
    }
}
