//! A walk over the parts of one line or group.

use crate::base::diagnostic::Span;
use crate::formats::dbml::import::lexer::{Kind, Token};
use crate::formats::dbml::import::tree::{Block, Group, Part};

/// Where a reader stands.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'t, 'a> {
    parts: &'t [Part<'a>],
    /// The place of the last part that was read.
    span: Span,
}

/// A name with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) span: Span,
}

impl<'t, 'a> Cursor<'t, 'a> {
    /// At the beginning of these parts, which stand at that place.
    pub(super) fn new(parts: &'t [Part<'a>], span: Span) -> Self {
        Self { parts, span }
    }

    /// The next part.
    pub(super) fn peek(&self) -> Option<&'t Part<'a>> {
        self.parts.first()
    }

    /// What is left.
    pub(super) fn rest(&self) -> &'t [Part<'a>] {
        self.parts
    }

    /// Whether nothing is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.parts.is_empty()
    }

    /// Where the next part is, or the last one was.
    pub(super) fn span(&self) -> Span {
        self.peek().map_or(self.span, Part::span)
    }

    /// Takes the next part.
    pub(super) fn next(&mut self) -> Option<&'t Part<'a>> {
        let (first, rest) = self.parts.split_first()?;
        self.parts = rest;
        self.span = first.span();
        Some(first)
    }

    /// Takes the next part if it is a token that passes.
    pub(super) fn token_if(&mut self, test: impl Fn(&Token<'a>) -> bool) -> Option<&'t Token<'a>> {
        match self.peek() {
            Some(Part::Token(token)) if test(token) => {
                self.next();
                Some(token)
            }
            _ => None,
        }
    }

    /// Takes that sign.
    pub(super) fn sign(&mut self, sign: char) -> bool {
        self.token_if(|token| token.is_sign(sign)).is_some()
    }

    /// Takes that bare word, in any case.
    pub(super) fn keyword(&mut self, word: &str) -> bool {
        let is_word =
            |token: &Token<'a>| token.kind == Kind::Word && token.text.eq_ignore_ascii_case(word);
        self.token_if(is_word).is_some()
    }

    /// Takes a name: a word, a number or anything in double quotes.
    pub(super) fn name(&mut self) -> Option<Word> {
        let token = self.token_if(|token| token.is_name() || token.kind == Kind::Number)?;
        Some(Word { text: token.text.clone().into_owned(), span: token.span })
    }

    /// Takes names with points between them.
    pub(super) fn path(&mut self) -> Vec<Word> {
        let mut path: Vec<Word> = self.name().into_iter().collect();
        while !path.is_empty() {
            let mut ahead = self.clone();
            if !ahead.sign('.') {
                break;
            }
            let Some(name) = ahead.name() else { break };
            path.push(name);
            *self = ahead;
        }
        path
    }

    /// Takes a text in single quotes; double quotes were allowed once.
    pub(super) fn text(&mut self) -> Option<String> {
        let token = self.token_if(|token| matches!(token.kind, Kind::Text | Kind::Quoted))?;
        Some(token.text.clone().into_owned())
    }

    /// Takes a list in square brackets.
    pub(super) fn list(&mut self) -> Option<&'t Group<'a>> {
        let Some(Part::List(group)) = self.peek() else { return None };
        self.next();
        Some(group)
    }

    /// Takes a list in parentheses.
    pub(super) fn tuple(&mut self) -> Option<&'t Group<'a>> {
        let Some(Part::Tuple(group)) = self.peek() else { return None };
        self.next();
        Some(group)
    }

    /// Takes a block in braces.
    pub(super) fn block(&mut self) -> Option<&'t Block<'a>> {
        let Some(Part::Block(block)) = self.peek() else { return None };
        self.next();
        Some(block)
    }
}

/// The parts between commas.
pub(super) fn between_commas<'t, 'a>(group: &'t Group<'a>) -> Vec<Cursor<'t, 'a>> {
    if group.parts.is_empty() {
        return Vec::new();
    }
    let pieces = group.parts.split(|part| part.is_sign(','));
    pieces.map(|parts| Cursor::new(parts, group.span)).collect()
}
