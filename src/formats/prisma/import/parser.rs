//! Tokens → blocks. What is no block or field costs only its line.
//!
//! Must not know what blocks mean.

use crate::base::diagnostic::{Diagnostic, Span};
use crate::base::similar::did_you_mean;
use crate::formats::prisma::import::lexer::{Placed, Token, lex};
use crate::formats::prisma::import::tree::{Argument, Attribute, Block, FieldType, Member, Value};

/// Values inside values that are followed.
const DEEPEST: usize = 32;

const KINDS: [&str; 6] = ["model", "view", "type", "enum", "datasource", "generator"];

/// The blocks of a text, and what was not understood.
pub(super) fn parse(text: &str, source: usize) -> (Vec<Block>, Vec<Diagnostic>) {
    let tokens = lex(text);
    let mut parser = Parser {
        text,
        source,
        tokens: &tokens,
        at: 0,
        blocks: Vec::new(),
        diagnostics: Vec::new(),
    };
    parser.run();
    (parser.blocks, parser.diagnostics)
}

struct Parser<'t> {
    text: &'t str,
    source: usize,
    tokens: &'t [Placed<'t>],
    at: usize,
    blocks: Vec<Block>,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    /// The byte at which the next token begins.
    fn place(&self) -> usize {
        self.tokens.get(self.at).map_or(self.text.len(), |(_, at)| *at)
    }

    fn takes(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    fn word(&mut self) -> Option<&'t str> {
        let Some(Token::Word(word)) = self.peek() else { return None };
        self.at += 1;
        Some(word)
    }

    fn skip_line(&mut self) {
        while self.peek().is_some_and(|token| *token != Token::LineEnd) {
            self.at += 1;
        }
    }

    fn skip_line_ends(&mut self) {
        while self.peek() == Some(&Token::LineEnd) {
            self.at += 1;
        }
    }

    fn warn(&mut self, message: String, at: usize, hint: String) {
        let span = Span::at_offset(self.text, at).in_source(self.source);
        self.diagnostics.push(Diagnostic::warning(message).at(span).with_hint(hint));
    }

    fn run(&mut self) {
        let mut doc = String::new();
        while let Some(token) = self.peek() {
            match token {
                Token::Doc(line) => {
                    add_line(&mut doc, line);
                    self.at += 1;
                }
                Token::LineEnd => self.at += 1,
                _ => {
                    let doc = std::mem::take(&mut doc);
                    self.block(doc);
                }
            }
        }
    }

    fn block(&mut self, doc: String) {
        let start = self.place();
        let kind = self.word().unwrap_or_default().to_owned();
        let at = self.place();
        let name = self.word().unwrap_or_default().to_owned();
        if name.is_empty() || !self.takes('{') {
            let hint = did_you_mean(&kind, KINDS);
            let hint = hint.unwrap_or_else(|| "a block begins like `model User {`".to_owned());
            self.warn("this is no block: the line is left out".to_owned(), start, hint);
            self.at += 1;
            return self.skip_line();
        }
        let mut block = Block {
            kind,
            name,
            source: self.source,
            at,
            doc,
            members: Vec::new(),
            attributes: Vec::new(),
        };
        self.members(&mut block);
        if KINDS.contains(&block.kind.as_str()) {
            self.blocks.push(block);
        } else {
            let message = format!("unknown block `{}`: it is left out", block.kind);
            let hint = did_you_mean(&block.kind, KINDS);
            let hint = hint.unwrap_or_else(|| format!("Prisma knows {}", KINDS.join(", ")));
            self.warn(message, start, hint);
        }
    }

    fn members(&mut self, block: &mut Block) {
        let mut doc = String::new();
        loop {
            match self.peek() {
                None => {
                    let message = format!("`{}` is not closed", block.name);
                    return self.warn(message, block.at, "a block ends with `}`".to_owned());
                }
                Some(Token::Sign('}')) => {
                    self.at += 1;
                    return;
                }
                Some(Token::LineEnd) => self.at += 1,
                Some(Token::Doc(line)) => {
                    add_line(&mut doc, line);
                    self.at += 1;
                }
                Some(Token::Sign('@')) => {
                    self.at += 1;
                    self.takes('@');
                    block.attributes.extend(self.attribute());
                }
                Some(Token::Word(_)) if self.begins_block() => {
                    let message = format!("`{}` is not closed", block.name);
                    return self.warn(message, block.at, "a block ends with `}`".to_owned());
                }
                Some(Token::Word(_)) => {
                    let mut member = self.member(std::mem::take(&mut doc));
                    if let Some(Token::Doc(line)) = self.peek() {
                        add_line(&mut member.doc, line);
                        self.at += 1;
                    }
                    block.members.push(member);
                }
                Some(_) => {
                    let at = self.place();
                    let hint = "a field is a name, a type and attributes: `email String @unique`";
                    let message = "this is no field: the line is left out".to_owned();
                    self.warn(message, at, hint.to_owned());
                    self.skip_line();
                }
            }
        }
    }

    /// Whether the next line is the head of a block: no field looks like that.
    fn begins_block(&self) -> bool {
        let ahead = self.tokens.get(self.at..).unwrap_or_default();
        let [(Token::Word(kind), _), (Token::Word(_), _), (Token::Sign('{'), _), ..] = ahead else {
            return false;
        };
        KINDS.contains(kind)
    }

    fn member(&mut self, doc: String) -> Member {
        let at = self.place();
        let name = self.word().unwrap_or_default().to_owned();
        let mut member = Member { name, at, doc, ty: None, attributes: Vec::new(), value: None };
        if self.takes('=') {
            member.value = self.value(0);
            return member;
        }
        member.ty = self.field_type();
        while self.takes('@') {
            member.attributes.extend(self.attribute());
        }
        let is_done =
            matches!(self.peek(), None | Some(Token::LineEnd | Token::Doc(_) | Token::Sign('}')));
        if !is_done {
            let at = self.place();
            let message = format!("the rest of the line of `{}` is left out", member.name);
            let hint = "each field has a line of its own, and attributes begin with `@`";
            self.warn(message, at, hint.to_owned());
            // A block that is closed in the same line is closed.
            let goes_on = |token: &Token<'_>| !matches!(token, Token::LineEnd | Token::Sign('}'));
            while self.peek().is_some_and(goes_on) {
                self.at += 1;
            }
        }
        member
    }

    fn field_type(&mut self) -> Option<FieldType> {
        let at = self.place();
        let is_bracketed = self.takes('[');
        let name = self.word()?.to_owned();
        let mut ty =
            FieldType { name, argument: None, is_list: is_bracketed, is_optional: false, at };
        if self.takes('(') {
            if let Some(Token::Text(text)) = self.peek() {
                ty.argument = Some(text.clone());
                self.at += 1;
            }
            self.takes(')');
        }
        loop {
            if self.takes('[') {
                ty.is_list = true;
                self.takes(']');
            } else if self.takes('?') {
                ty.is_optional = true;
            } else if !(self.takes('!') || is_bracketed && self.takes(']')) {
                return Some(ty);
            }
        }
    }

    /// An attribute after its sign.
    fn attribute(&mut self) -> Option<Attribute> {
        let at = self.place();
        let Some(name) = self.dotted() else {
            let hint = "write it: `@unique`, `@default(now())`".to_owned();
            self.warn("an attribute has a name".to_owned(), at, hint);
            return None;
        };
        let mut arguments = Vec::new();
        if self.takes('(') {
            for (name, value) in self.arguments(0) {
                arguments.push(Argument { name, value });
            }
        }
        Some(Attribute { name, arguments, at })
    }

    fn dotted(&mut self) -> Option<String> {
        let mut name = self.word()?.to_owned();
        while self.takes('.') {
            name.push('.');
            name.push_str(self.word().unwrap_or_default());
        }
        Some(name)
    }

    /// Arguments up to the closing parenthesis, which may be lines below.
    fn arguments(&mut self, depth: usize) -> Vec<(Option<String>, Value)> {
        let mut arguments = Vec::new();
        loop {
            self.skip_line_ends();
            if self.takes(')') || self.peek().is_none() || self.peek() == Some(&Token::Sign('}')) {
                return arguments;
            }
            if self.takes(',') {
                continue;
            }
            let before = self.at;
            let mut name = None;
            if let (Some(Token::Word(word)), Some((Token::Sign(':'), _))) =
                (self.peek(), self.tokens.get(self.at + 1))
            {
                name = Some((*word).to_owned());
                self.at += 2;
                self.skip_line_ends();
            }
            match self.value(depth) {
                Some(value) => arguments.push((name, value)),
                None if self.at == before => {
                    let at = self.place();
                    let hint =
                        "a value is a text, a number, a name, a function or a list".to_owned();
                    self.warn("this is no value: it is left out".to_owned(), at, hint);
                    self.at += 1;
                }
                None => {}
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            let at = self.place();
            let hint = format!("values stand in each other at most {DEEPEST} times");
            self.warn("values are nested too deep: the line is left out".to_owned(), at, hint);
            self.skip_line();
            return None;
        }
        match self.peek()? {
            Token::Text(text) => {
                self.at += 1;
                Some(Value::Text(text.clone()))
            }
            Token::Number(number) => {
                self.at += 1;
                Some(Value::Number((*number).to_owned()))
            }
            Token::Word(_) => {
                let name = self.dotted()?;
                if self.takes('(') {
                    return Some(Value::Call(name, self.arguments(depth + 1)));
                }
                Some(Value::Word(name))
            }
            Token::Sign('[') => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.skip_line_ends();
                    let is_end = matches!(self.peek(), None | Some(Token::Sign('}')));
                    if self.takes(']') || is_end {
                        return Some(Value::List(items));
                    }
                    if self.takes(',') {
                        continue;
                    }
                    items.push(self.value(depth + 1)?);
                }
            }
            Token::Sign(_) | Token::Doc(_) | Token::LineEnd => None,
        }
    }
}

fn add_line(doc: &mut String, line: &str) {
    if !doc.is_empty() {
        doc.push('\n');
    }
    doc.push_str(line);
}
