//! Tokens → lines of parts: brackets are groups, braces hold lines of their own.
//!
//! The tree knows no element of the language, so a line that makes no sense costs only itself.

use std::collections::BTreeSet;

use crate::base::diagnostic::{Diagnostic, Span};
use crate::formats::dbml::import::lexer::{Kind, Token};

/// Words that begin an element whose block holds elements.
const HOLDERS: [&str; 6] = ["project", "container", "database", "keyspace", "namespace", "schema"];

/// How deep groups and blocks may stand in each other.
const DEEPEST: usize = 64;

/// A line: a statement with what belongs to it.
#[derive(Debug, Default)]
pub(super) struct Line<'a> {
    pub(super) parts: Vec<Part<'a>>,
}

/// A part of a line.
#[derive(Debug)]
pub(super) enum Part<'a> {
    Token(Token<'a>),
    /// `(…)`
    Tuple(Group<'a>),
    /// `[…]`
    List(Group<'a>),
    /// `{…}`
    Block(Block<'a>),
}

/// What stands between brackets.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) parts: Vec<Part<'a>>,
    pub(super) span: Span,
}

/// What stands between braces.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub(super) lines: Vec<Line<'a>>,
    pub(super) span: Span,
}

impl Line<'_> {
    /// Where it begins.
    pub(super) fn span(&self) -> Span {
        self.parts.first().map_or(Span::new(1, 1), Part::span)
    }
}

impl Part<'_> {
    /// Where it begins.
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Token(token) => token.span,
            Self::Tuple(group) | Self::List(group) => group.span,
            Self::Block(block) => block.span,
        }
    }

    /// Whether it is that sign.
    pub(super) fn is_sign(&self, sign: char) -> bool {
        matches!(self, Self::Token(token) if token.is_sign(sign))
    }
}

/// The lines of a text.
pub(super) fn lines(tokens: Vec<Token<'_>>) -> (Vec<Line<'_>>, Vec<Diagnostic>) {
    let heads = heads(&tokens);
    let tokens = tokens.into_iter().peekable();
    let mut builder =
        Builder { tokens, heads, diagnostics: Vec::new(), depth: 0, holds_elements: false };
    let lines = builder.lines(None);
    (lines, builder.diagnostics)
}

struct Builder<'a> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token<'a>>>,
    /// The lines that begin an element whatever is still open.
    heads: BTreeSet<usize>,
    diagnostics: Vec<Diagnostic>,
    depth: usize,
    /// Whether the block that is open may hold elements: a project.
    holds_elements: bool,
}

impl<'a> Builder<'a> {
    /// The lines up to the brace that closes the one at that place, or to the end.
    fn lines(&mut self, opened: Option<Span>) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        loop {
            let is_head = self.is_head();
            let Some(next) = self.tokens.peek() else { return self.tell_open(opened, lines) };
            if is_head && opened.is_some() && !self.holds_elements {
                return self.tell_open(opened, lines);
            }
            if next.is_sign('}') {
                let span = next.span;
                self.tokens.next();
                if opened.is_some() {
                    return lines;
                }
                let told = Diagnostic::error("`}` closes nothing").at(span);
                self.diagnostics.push(told.with_hint("delete it, or open its block with `{`"));
                continue;
            }
            let line = self.line();
            if !line.parts.is_empty() {
                lines.push(line);
            }
        }
    }

    fn tell_open(&mut self, opened: Option<Span>, lines: Vec<Line<'a>>) -> Vec<Line<'a>> {
        if let Some(span) = opened {
            let told = Diagnostic::error("`{` is never closed").at(span);
            self.diagnostics.push(told.with_hint("add `}` at the end of its block"));
        }
        lines
    }

    /// Whether the next line begins an element at the margin.
    fn is_head(&mut self) -> bool {
        let next = self.tokens.peek();
        next.is_some_and(|next| next.begins_line && self.heads.contains(&next.span.line))
    }

    fn line(&mut self) -> Line<'a> {
        let mut line = Line::default();
        while let Some(next) = self.tokens.peek() {
            if next.is_sign('}') {
                break;
            }
            let last = line.parts.last();
            let after_block = matches!(last, Some(Part::Block(_)));
            let joins = next.is_sign('{') || next.is_sign('[') || last.is_some_and(wants_more);
            if next.begins_line && !line.parts.is_empty() && (after_block || !joins) {
                break;
            }
            // What follows a block in its line is its settings, where it comes from, or another
            // statement.
            let belongs = next.is_sign('[') || next.text == "from" && next.kind == Kind::Word;
            if after_block && !belongs {
                break;
            }
            self.part(&mut line.parts);
        }
        line
    }

    /// Adds the next part, brackets with what they hold.
    fn part(&mut self, parts: &mut Vec<Part<'a>>) {
        let Some(token) = self.tokens.next() else { return };
        let Kind::Sign(sign) = token.kind else { return parts.push(Part::Token(token)) };
        let closing = match sign {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            ')' | ']' => {
                let message = format!("`{sign}` closes nothing");
                let hint = "delete it, or open it before";
                let told = Diagnostic::error(message).at(token.span).with_hint(hint);
                return self.diagnostics.push(told);
            }
            _ => return parts.push(Part::Token(token)),
        };
        let span = token.span;
        if self.depth >= DEEPEST {
            let message = format!("more than {DEEPEST} brackets stand in each other");
            let hint = "take what is inside out into tables of its own";
            self.diagnostics.push(Diagnostic::error(message).at(span).with_hint(hint));
            return self.pass_group();
        }
        self.depth += 1;
        let outer = self.holds_elements;
        self.holds_elements = HOLDERS.iter().any(|word| is_word(parts.first(), word));
        parts.push(match sign {
            '{' => Part::Block(Block { lines: self.lines(Some(span)), span }),
            '(' => Part::Tuple(self.group(closing, span)),
            _ => Part::List(self.group(closing, span)),
        });
        self.holds_elements = outer;
        self.depth -= 1;
    }

    fn group(&mut self, closing: char, span: Span) -> Group<'a> {
        let mut parts = Vec::new();
        loop {
            // A brace that closes ends what is still open in its block.
            let is_end = self.tokens.peek().is_none_or(|next| next.is_sign('}'));
            let is_over =
                closing == ']' && !parts.is_empty() && self.begins_other_line(parts.last());
            if is_end || is_over || self.is_head() {
                let message = format!("the bracket is never closed by `{closing}`");
                let hint = format!("add `{closing}` where it ends");
                self.diagnostics.push(Diagnostic::error(message).at(span).with_hint(hint));
                return Group { parts, span };
            }
            if self.tokens.next_if(|next| next.is_sign(closing)).is_some() {
                return Group { parts, span };
            }
            self.part(&mut parts);
        }
    }

    /// Whether the next line goes on with something else than the settings that are still open.
    fn begins_other_line(&mut self, last: Option<&Part<'a>>) -> bool {
        let goes_on = last.is_some_and(|last| last.is_sign(',') || wants_more(last));
        let next = self.tokens.peek().filter(|next| next.begins_line && !goes_on);
        next.is_some_and(|next| ![']', ',', '{', '['].iter().any(|sign| next.is_sign(*sign)))
    }

    /// Passes over what is in a bracket that was just opened.
    fn pass_group(&mut self) {
        let mut open = 1_usize;
        while open > 0 {
            let Some(token) = self.tokens.next() else { return };
            match token.kind {
                Kind::Sign('(' | '[' | '{') => open += 1,
                Kind::Sign(')' | ']' | '}') => open -= 1,
                _ => {}
            }
        }
    }
}

/// The lines that begin an element at the margin: `Table … {`.
fn heads(tokens: &[Token<'_>]) -> BTreeSet<usize> {
    const ELEMENTS: [&str; 4] = ["table", "tablegroup", "tablepartial", "enum"];
    let mut heads = BTreeSet::new();
    let mut candidate = None;
    for token in tokens {
        if token.begins_line {
            let is_element = token.kind == Kind::Word
                && token.span.column == 1
                && ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(&token.text));
            candidate = is_element.then_some(token.span.line);
        }
        if token.is_sign('{') {
            heads.extend(candidate.take());
        }
    }
    heads
}

/// Whether a part is that word, in any case.
fn is_word(part: Option<&Part<'_>>, word: &str) -> bool {
    matches!(part, Some(Part::Token(token)) if token.kind == Kind::Word && token.text.eq_ignore_ascii_case(word))
}

/// Whether a line goes on after this part: `Note:`, `a.`, `a >`.
fn wants_more(part: &Part<'_>) -> bool {
    [':', '.', '<', '>', '-'].iter().any(|sign| part.is_sign(*sign))
}
