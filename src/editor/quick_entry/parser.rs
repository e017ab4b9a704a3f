//! Line → what it says, by recursive descent, with the role of every piece for coloring. It never
//! fails: what it cannot read stays in the entry as typed.

use std::ops::Range;

use crate::base::ident::same_ignoring_case;
use crate::editor::quick_entry::lexer::{Token, TokenKind, tokens};
use crate::editor::quick_entry::rules::starts_rule;
use crate::editor::quick_entry::{
    Entry, Flag, Kind, Line, Mark, Problem, Reading, Referred, Role, Rules,
};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::EnumerationId;
use crate::model::type_words::{from_two_words, from_word};

/// How deep objects and lists may nest in one line.
const DEEPEST: usize = 32;

/// Reads one line, which may hold nested objects over several lines.
pub fn read(text: &str, model: &Model) -> Reading {
    let mut parser = Parser {
        text,
        tokens: tokens(text),
        at: 0,
        model,
        depth: 0,
        marks: Vec::new(),
        problems: Vec::new(),
    };
    parser.skip_breaks();
    let line = parser.line();
    Reading { line, marks: parser.marks, problems: parser.problems }
}

/// Reads several lines, such as a pasted list: entries end at line breaks outside braces.
pub fn read_lines(text: &str, model: &Model) -> Vec<Reading> {
    let mut lines = Vec::new();
    let mut depth = 0_i32;
    let mut start = 0;
    for token in tokens(text) {
        match token.text.as_str() {
            "{" | "(" | "[" if token.kind == TokenKind::Sign => depth += 1,
            "}" | ")" | "]" if token.kind == TokenKind::Sign => depth -= 1,
            _ if token.kind == TokenKind::Break && depth <= 0 => {
                lines.push(text.get(start..token.range.start).unwrap_or_default());
                start = token.range.end;
            }
            _ => {}
        }
    }
    lines.push(text.get(start..).unwrap_or_default());
    let tidy = |line: &str| line.trim().trim_end_matches([',', ';']).to_owned();
    lines.into_iter().map(tidy).filter(|line| !line.is_empty()).map(|l| read(&l, model)).collect()
}

/// Stands at a token of a line; what it passed has a mark.
pub(super) struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    pub(super) model: &'a Model,
    depth: usize,
    pub(super) marks: Vec<Mark>,
    problems: Vec<Problem>,
}

impl Parser<'_> {
    fn line(&mut self) -> Option<Line> {
        let first = self.peek()?;
        if first.is_word("timestamps") && self.tokens.len() == 1 {
            self.take(Role::Rule);
            return Some(Line::Timestamps);
        }
        let mut entry = self.entry()?;
        while let Some(token) = self.peek() {
            let range = token.range.clone();
            self.problem(range, "not understood; kept as typed");
            self.unread(&mut entry);
        }
        Some(Line::Entry(Box::new(entry)))
    }

    fn entry(&mut self) -> Option<Entry> {
        let mut entry = Entry::default();
        let token = self.peek()?;
        if !matches!(token.kind, TokenKind::Word | TokenKind::Quoted | TokenKind::Number) {
            let range = token.range.clone();
            self.problem(range, "a field starts with its name");
            self.unread(&mut entry);
            return Some(entry);
        }
        entry.name = self.take(Role::Name).map(|token| token.text)?;
        self.optionality(&mut entry.rules);
        self.sign(":");
        entry.kind = self.kind(&mut entry);
        self.optionality(&mut entry.rules);
        self.rules(&mut entry);
        self.check_default(&entry);
        Some(entry)
    }

    /// `?` and `!` after a name or type.
    fn optionality(&mut self, rules: &mut Rules) {
        loop {
            if self.sign("?") {
                rules.flags.push(Flag::Optional);
            } else if self.sign("!") {
                rules.flags.push(Flag::Required);
            } else {
                return;
            }
        }
    }

    fn kind(&mut self, entry: &mut Entry) -> Option<Kind> {
        if self.depth >= DEEPEST {
            return None;
        }
        self.depth += 1;
        let mut kind = self.single_kind(entry);
        while let Some(inner) = kind.take_if(|_| self.next_is_empty_brackets()) {
            self.take(Role::Sign);
            self.take(Role::Sign);
            kind = Some(Kind::List(Box::new(inner)));
        }
        self.depth -= 1;
        kind
    }

    fn next_is_empty_brackets(&self) -> bool {
        self.peek().is_some_and(|token| token.is_sign("["))
            && self.peek_at(1).is_some_and(|token| token.is_sign("]"))
    }

    fn single_kind(&mut self, entry: &mut Entry) -> Option<Kind> {
        let token = self.peek()?.clone();
        match token.kind {
            TokenKind::Sign => match token.text.as_str() {
                "[" => Some(self.list(entry)),
                "{" => Some(Kind::Object(Some(self.object()))),
                "->" => {
                    self.take(Role::Sign);
                    self.reference()
                }
                _ => None,
            },
            TokenKind::Word => self.worded_kind(&token, entry),
            TokenKind::Quoted => {
                let role = self.role_of_name(&token.text);
                self.take(role);
                Some(self.named(&token.text, &[]))
            }
            TokenKind::Number | TokenKind::Expression | TokenKind::Pattern | TokenKind::Break => {
                None
            }
        }
    }

    fn list(&mut self, entry: &mut Entry) -> Kind {
        self.take(Role::Sign);
        self.sign("->");
        let inner = self.kind(entry).unwrap_or(Kind::Plain(DataType::Mixed));
        self.optionality(&mut Rules::default());
        self.expect("]");
        Kind::List(Box::new(inner))
    }

    fn object(&mut self) -> Vec<Entry> {
        self.take(Role::Sign);
        let mut entries = Vec::new();
        loop {
            while self.sign(",") || self.sign(";") || self.skip_breaks() {}
            if self.peek().is_none_or(|token| token.is_sign("}")) {
                break;
            }
            let before = self.at;
            if self.depth < DEEPEST {
                self.depth += 1;
                entries.extend(self.entry());
                self.depth -= 1;
            }
            if self.at == before {
                self.take(Role::Unread);
            }
        }
        self.expect("}");
        entries
    }

    fn worded_kind(&mut self, token: &Token, entry: &mut Entry) -> Option<Kind> {
        let next = self.peek_at(1).cloned();
        let next_is = |sign: &str| next.as_ref().is_some_and(|next| next.is_sign(sign));
        if token.is_word("enum") {
            return Some(self.choices());
        }
        if token.is_word("map") && self.names_nothing(&token.text) {
            return Some(self.map(entry));
        }
        if token.is_word("list") && next.as_ref().is_some_and(|next| next.is_word("of")) {
            self.take(Role::Type);
            self.take(Role::Type);
            return self.kind(entry).map(|inner| Kind::List(Box::new(inner)));
        }
        if next_is("<") && matches!(token.text.as_str(), "Vec" | "Array" | "List" | "Option") {
            return self.generic(token, entry);
        }
        if token.is_word("object") && self.names_nothing(&token.text) {
            self.take(Role::Type);
            return Some(Kind::Object(None));
        }
        if self.names_nothing(&token.text) && starts_rule(token) {
            return None;
        }
        if let Some(ty) = next.as_ref().and_then(|next| from_two_words(&token.text, &next.text)) {
            self.take(Role::Type);
            self.take(Role::Type);
            return Some(Kind::Plain(ty));
        }
        let role = self.role_of_name(&token.text);
        self.take(role);
        let arguments = self.arguments();
        Some(self.named(&token.text, &arguments))
    }

    /// `Vec<T>` and its like.
    fn generic(&mut self, token: &Token, entry: &mut Entry) -> Option<Kind> {
        self.take(Role::Type);
        self.take(Role::Sign);
        let inner = self.kind(entry)?;
        self.expect(">");
        if token.text == "Option" {
            entry.rules.flags.push(Flag::Optional);
            return Some(inner);
        }
        Some(Kind::List(Box::new(inner)))
    }

    fn map(&mut self, entry: &mut Entry) -> Kind {
        self.take(Role::Type);
        let close = if self.peek().is_some_and(|token| token.is_word("of")) {
            self.take(Role::Type);
            None
        } else if self.sign("<") {
            Some(">")
        } else if self.sign("(") {
            Some(")")
        } else {
            return Kind::Map(Box::new(Kind::Plain(DataType::Mixed)));
        };
        let inner = self.kind(entry).unwrap_or(Kind::Plain(DataType::Mixed));
        if let Some(close) = close {
            self.expect(close);
        }
        Kind::Map(Box::new(inner))
    }

    fn choices(&mut self) -> Kind {
        self.take(Role::Type);
        let mut name = None;
        if let Some(token) = self.peek().cloned()
            && matches!(token.kind, TokenKind::Word | TokenKind::Quoted)
            && !starts_rule(&token)
        {
            let known = self.model.enumeration_named(&token.text);
            self.take(if known.is_some() { Role::Element } else { Role::NewElement });
            if let Some(known) = known
                && !self.peek().is_some_and(|token| token.is_sign("("))
            {
                return Kind::Enumeration(known.id);
            }
            name = Some(token.text);
        }
        let values = if self.sign("(") { self.values() } else { Vec::new() };
        Kind::Choices { name, values }
    }

    /// Values up to `)`. Where signs stand between them, words beside each other are one value.
    fn values(&mut self) -> Vec<String> {
        let is_separator = |token: &Token| matches!(token.kind, TokenKind::Sign | TokenKind::Break);
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        let is_listed = rest.iter().take_while(|token| !token.is_sign(")")).any(is_separator);
        let mut values: Vec<String> = Vec::new();
        let mut goes_on = false;
        while let Some(token) = self.peek().cloned().filter(|token| !token.is_sign(")")) {
            if is_separator(&token) {
                self.take(Role::Sign);
                goes_on = false;
                continue;
            }
            self.take(Role::Value);
            match values.last_mut().filter(|_| goes_on) {
                Some(value) => {
                    value.push(' ');
                    value.push_str(&token.text);
                }
                None => values.push(token.text),
            }
            goes_on = is_listed;
        }
        self.expect(")");
        values
    }

    /// After `->`: an entity, a list of one, or one of its fields.
    fn reference(&mut self) -> Option<Kind> {
        if self.sign("[") {
            let inner = self.reference()?;
            self.expect("]");
            return Some(Kind::List(Box::new(inner)));
        }
        let Some(token) = self.peek().cloned() else {
            let end = self.text.len();
            self.problem(end..end, "`->` is followed by the name of an entity");
            return None;
        };
        if !matches!(token.kind, TokenKind::Word | TokenKind::Quoted) {
            self.problem(token.range, "`->` is followed by the name of an entity");
            return None;
        }
        let (to, field) = match self.entity(&token.text) {
            Some(entity) => (Referred::Known(entity.id), None),
            None => match token
                .text
                .rsplit_once('.')
                .and_then(|(entity, field)| Some((self.entity(entity)?.id, field.to_owned())))
            {
                Some((entity, field)) => (Referred::Known(entity), Some(field)),
                None => (Referred::New(token.text.clone()), None),
            },
        };
        let is_known = matches!(to, Referred::Known(_));
        self.take(if is_known { Role::Element } else { Role::NewElement });
        Some(Kind::Reference { to, field })
    }

    /// What a word in the place of a type means.
    fn named(&mut self, word: &str, arguments: &[u32]) -> Kind {
        if let Some(enumeration) = self.enumeration(word) {
            return Kind::Enumeration(enumeration);
        }
        if let Some(entity) = self.entity(word) {
            return match entity.kind {
                EntityKind::Embedded => Kind::Embedded(entity.id),
                EntityKind::Collection | EntityKind::Table | EntityKind::View => {
                    Kind::Reference { to: Referred::Known(entity.id), field: None }
                }
            };
        }
        if word == "Date" {
            return Kind::Plain(DataType::DateTime { zoned: true });
        }
        match from_word(word, arguments) {
            Some(known) if known.counts => Kind::Counted(known.ty),
            Some(known) => Kind::Plain(known.ty),
            None => {
                let range = self.marks.last().map(|mark| mark.range.clone()).unwrap_or_default();
                self.problem(range, &format!("no type, entity or enumeration is called `{word}`"));
                Kind::Native(with_arguments(word, arguments))
            }
        }
    }

    fn role_of_name(&self, word: &str) -> Role {
        if !self.names_nothing(word) {
            Role::Element
        } else if word == "Date" || from_word(word, &[]).is_some() {
            Role::Type
        } else {
            Role::Unread
        }
    }

    fn names_nothing(&self, word: &str) -> bool {
        self.enumeration(word).is_none() && self.entity(word).is_none()
    }

    /// The entity of that name: as written, else ignoring case when no type is called so.
    fn entity(&self, name: &str) -> Option<&Entity> {
        let qualified = |entity: &&Entity| self.model.display_name(entity.id.into()) == name;
        let same = |entity: &&Entity| same_ignoring_case(&entity.name, name);
        let find_qualified = || self.model.entities().find(qualified);
        let find_same = || self.model.entities().find(same);
        self.model
            .entity_named(name)
            .or_else(|| if name.contains('.') { find_qualified() } else { None })
            .or_else(|| if from_word(name, &[]).is_none() { find_same() } else { None })
    }

    fn enumeration(&self, name: &str) -> Option<EnumerationId> {
        self.model.enumeration_named(name).map(|enumeration| enumeration.id)
    }

    fn arguments(&mut self) -> Vec<u32> {
        let mut arguments = Vec::new();
        if !self.peek().is_some_and(|token| token.is_sign("(")) {
            return arguments;
        }
        self.take(Role::Sign);
        while let Some(token) = self.peek().cloned() {
            if token.is_sign(")") {
                break;
            }
            match (token.kind, token.text.parse()) {
                (TokenKind::Number, Ok(number)) => {
                    self.take(Role::Value);
                    arguments.push(number);
                }
                _ if token.is_sign(",") => {
                    self.take(Role::Sign);
                }
                _ => {
                    self.take(Role::Unread);
                    self.problem(token.range, "the arguments of a type are numbers");
                }
            }
        }
        self.expect(")");
        arguments
    }

    pub(super) fn unread(&mut self, entry: &mut Entry) {
        let Some(token) = self.take(Role::Unread) else { return };
        if !entry.unread.is_empty() {
            entry.unread.push(' ');
        }
        entry.unread.push_str(self.text.get(token.range).unwrap_or_default());
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    pub(super) fn take(&mut self, role: Role) -> Option<Token> {
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        if token.kind != TokenKind::Break {
            self.marks.push(Mark { range: token.range.clone(), role });
        }
        Some(token)
    }

    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let is_it = self.peek().is_some_and(|token| token.is_sign(sign));
        if is_it {
            self.take(Role::Sign);
        }
        is_it
    }

    fn expect(&mut self, sign: &str) {
        if !self.sign(sign) {
            let at = self.peek().map_or(self.text.len(), |token| token.range.start);
            self.problem(at..at, &format!("`{sign}` is missing"));
        }
    }

    fn skip_breaks(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(|token| token.kind == TokenKind::Break) {
            self.at += 1;
        }
        self.at > start
    }

    pub(super) fn problem(&mut self, range: Range<usize>, message: &str) {
        self.problems.push(Problem { range, message: message.to_owned() });
    }
}

fn with_arguments(word: &str, arguments: &[u32]) -> String {
    if arguments.is_empty() {
        return word.to_owned();
    }
    let list: Vec<String> = arguments.iter().map(u32::to_string).collect();
    format!("{word}({})", list.join(", "))
}
