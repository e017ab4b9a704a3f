//! Eraser in, line by line: blocks of fields, lines between entities, directives. What is none of
//! these costs only its line.

use std::collections::BTreeSet;

use crate::base::diagnostic::{Diagnostic, Span};
use crate::base::similar::did_you_mean;
use crate::formats::draft::entity::{DraftEntity, DraftField, DraftType};
use crate::formats::draft::name::{FieldName, Name};
use crate::formats::draft::nest::nest;
use crate::formats::draft::reference::{Count, DraftEnd, DraftReference};
use crate::formats::draft::{Draft, Habits, Undeclared};
use crate::formats::eraser::{ERASER, Eraser};
use crate::formats::sources::Sources;
use crate::formats::{FormatInfo, Imported, Importer};
use crate::model::data_type::DataType;
use crate::model::entity::EntityKind;
use crate::model::id::IdMint;
use crate::model::type_words::from_spelling;

/// Words that begin a line about the whole diagram.
const DIRECTIVES: [&str; 6] =
    ["title", "notation", "colorMode", "styleMode", "typeface", "direction"];

/// What is said of fields, as people say it.
const BADGES: [&str; 14] = [
    "pk",
    "fk",
    "unique",
    "uk",
    "null",
    "nullable",
    "optional",
    "not null",
    "required",
    "auto_increment",
    "autoincrement",
    "increment",
    "primary",
    "index",
];

/// Signs between the ends of a line, longest first.
const OPERATORS: [&str; 4] = ["<>", "<", ">", "-"];

impl Importer for Eraser {
    fn info(&self) -> &'static FormatInfo {
        &ERASER
    }

    fn recognizes(&self, text: &str) -> bool {
        let first = text.lines().map(str::trim).find(|line| !line.is_empty());
        first == Some("entity-relationship-diagram")
    }

    fn import(&self, sources: &Sources, name: &str) -> Imported {
        let joined = sources.joined();
        let mut reader = Reader::new(joined.text());
        reader.read();
        if let Some(span) = reader.looks {
            let message = "icons, colors and labels in square brackets are left out";
            let hint = "write what they say into a remark: `// …` above the block";
            let told = Diagnostic::info(message).at(span).with_hint(hint);
            reader.draft.diagnostics.push(told);
        }
        let mut imported = reader.draft.finish(name, IdMint::from_text(joined.text()));
        joined.locate(&mut imported.diagnostics);
        imported
    }
}

struct Reader<'t> {
    lines: Vec<(usize, &'t str)>,
    draft: Draft,
    /// Where the text first speaks of looks.
    looks: Option<Span>,
    /// The remark on the line before.
    remark: String,
    /// Names of blocks that are the type of a field.
    embedded: BTreeSet<String>,
    /// Fields that say of themselves that they refer, by block and name.
    referring: BTreeSet<(String, String)>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        let lines: Vec<_> = text.lines().enumerate().map(|(at, line)| (at + 1, line)).collect();
        let is_documents =
            text.split_whitespace().any(|word| word.eq_ignore_ascii_case("objectid"));
        let kind = if is_documents { EntityKind::Collection } else { EntityKind::Table };
        let draft = Draft::new(Habits {
            native: ERASER.id,
            spelling: |_| None,
            undeclared: Undeclared::Declaration,
            joins_keys: false,
            kind,
        });
        Self {
            lines,
            draft,
            looks: None,
            remark: String::new(),
            embedded: BTreeSet::new(),
            referring: BTreeSet::new(),
        }
    }

    fn warn(&mut self, message: String, span: Span, hint: String) {
        self.draft.diagnostics.push(Diagnostic::warning(message).at(span).with_hint(hint));
    }

    fn read(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        self.find_embedded(&lines);
        let mut rest = lines.as_slice();
        while let Some(((number, line), after)) = rest.split_first() {
            rest = after;
            let (code, remark) = without_remark(line);
            let trimmed = code.trim();
            let span = place(*number, code);
            if trimmed.is_empty() {
                remark.trim().clone_into(&mut self.remark);
                continue;
            }
            let note = std::mem::take(&mut self.remark);
            if trimmed.starts_with("```") || trimmed == "entity-relationship-diagram" {
                continue;
            }
            let first = trimmed.split_whitespace().next().unwrap_or_default();
            let open = outside_quotes(trimmed, '{').filter(|_| !DIRECTIVES.contains(&first));
            if let Some(open) = open {
                rest = self.block(trimmed, open, note, span, after);
            } else {
                self.statement(trimmed, span);
            }
        }
    }

    /// Blocks whose name is the type of a field stand inside others.
    fn find_embedded(&mut self, lines: &[(usize, &str)]) {
        let (mut blocks, mut types) = (BTreeSet::new(), BTreeSet::new());
        for (_, line) in lines {
            let code = without_remark(line).0.trim();
            if let Some(open) = outside_quotes(code, '{') {
                let head = code.get(..open).unwrap_or_default();
                blocks.extend(first_name(head));
            } else if let [_, ty, ..] = words(code).as_slice() {
                types.insert(ty.trim_end_matches("[]").to_owned());
            }
        }
        let is_word = |ty: &str| from_spelling(ty).is_some();
        types.retain(|ty| blocks.contains(ty) && !is_word(ty));
        self.embedded = types;
    }

    /// Reads a block; what is left are the lines after it.
    fn block<'l>(
        &mut self,
        head: &str,
        open: usize,
        note: String,
        span: Span,
        rest: &'l [(usize, &'t str)],
    ) -> &'l [(usize, &'t str)] {
        let before = head.get(..open).unwrap_or_default();
        if outside_quotes(before, '[').is_some() {
            self.looks.get_or_insert(span);
        }
        let name = first_name(before).unwrap_or_default();
        let kind = if self.embedded.contains(&name) {
            EntityKind::Embedded
        } else {
            self.draft.habits.kind
        };
        let mut entity = DraftEntity::new(Name::plain(&name, span), kind);
        entity.entity.note = note;
        let mut fields = Vec::new();
        let mut body = head.get(open + 1..).unwrap_or_default();
        let mut at = span;
        let mut remark = "";
        let mut left = rest;
        loop {
            let end = outside_quotes(body, '}');
            let line = end.and_then(|end| body.get(..end)).unwrap_or(body).trim();
            if !line.is_empty() {
                fields.extend(self.field(&name, line, remark.trim(), at));
            }
            if end.is_some() {
                break;
            }
            let Some(((number, next), after)) = left.split_first() else {
                let message = format!("`{name}` is not closed");
                self.warn(message, span, "a block ends with `}`".to_owned());
                break;
            };
            left = after;
            (body, remark) = without_remark(next);
            at = place(*number, body);
        }
        entity.fields = nest(fields);
        if name.is_empty() {
            let hint = "write its name before `{`".to_owned();
            self.warn("a block without a name is left out".to_owned(), span, hint);
        } else {
            self.draft.entities.push(entity);
        }
        left
    }

    fn field(&mut self, block: &str, line: &str, remark: &str, span: Span) -> Option<DraftField> {
        let mut words = words(line).into_iter();
        let name = unquoted(&words.next()?);
        let mut ty = DraftType::Known(DataType::Mixed);
        let mut badges: Vec<String> = Vec::new();
        for (at, word) in words.enumerate() {
            let badge = word.trim_matches(',').to_lowercase();
            if at == 0 && !BADGES.contains(&badge.as_str()) && badge != "not" {
                ty = DraftType::spelled(unquoted(&word), span);
            } else {
                badges.push(badge);
            }
        }
        let mut field = DraftField::new(name, ty, span);
        remark.clone_into(&mut field.field.note);
        let mut badges = badges.into_iter().peekable();
        while let Some(badge) = badges.next() {
            match badge.as_str() {
                "pk" | "primary" => field.is_key = true,
                "unique" | "uk" => field.field.unique = true,
                "not" if badges.peek().is_some_and(|next| next == "null") => {
                    badges.next();
                    field.field.required = true;
                }
                "required" | "notnull" | "not_null" => field.field.required = true,
                "auto_increment" | "autoincrement" | "increment" => {
                    field.field.auto_increment = true;
                }
                "fk" => {
                    self.referring.insert((block.to_owned(), field.field.name.clone()));
                }
                // Silence says it.
                "null" | "nullable" | "optional" | "key" | "index" | "" => {}
                other => {
                    let message = format!("`{other}` of `{}` is left out", field.field.name);
                    let usual =
                        "a field is its name, its type, then `pk`, `fk`, `unique`, `not null`";
                    let hint = did_you_mean(other, BADGES).unwrap_or_else(|| usual.to_owned());
                    self.warn(message, span, hint);
                }
            }
        }
        Some(field)
    }

    /// A line outside blocks.
    fn statement(&mut self, line: &str, span: Span) {
        let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if first == "title" && !rest.trim().is_empty() {
            self.draft.name = Some(rest.trim().to_owned());
            return;
        }
        if DIRECTIVES.contains(&first) {
            return;
        }
        let bare = outside_quotes(line, '[').and_then(|at| line.get(..at)).unwrap_or(line);
        if bare.len() < line.len() {
            self.looks.get_or_insert(span);
        }
        let parts = tokens(bare);
        let operator_of = |token: &Token| match token {
            Token::Operator(sign) => Some(*sign),
            Token::Name(_) | Token::Sign(_) => None,
        };
        let mut left: Vec<DraftEnd> = Vec::new();
        let mut operator = None;
        let mut n_links = 0;
        for group in parts.split_inclusive(|token| operator_of(token).is_some()) {
            let (ends, next) = match group.split_last() {
                Some((last, ends)) if operator_of(last).is_some() => (ends, operator_of(last)),
                _ => (group, None),
            };
            let ends = ends.split(|token| *token == Token::Sign(','));
            let ends: Vec<_> = ends.filter_map(|end| end_of(end, span)).collect();
            if let Some(operator) = operator {
                for from in &left {
                    for to in &ends {
                        n_links += 1;
                        self.link(from.clone(), operator, to.clone(), span);
                    }
                }
            }
            left = ends;
            operator = next;
        }
        if n_links == 0 {
            let usual = "a line is a block `name { … }` or joins two entities: `a.b_id > b.id`";
            let hint = did_you_mean(first, DIRECTIVES).unwrap_or_else(|| usual.to_owned());
            self.warn("this line is left out".to_owned(), span, hint);
        }
    }

    fn link(&mut self, left: DraftEnd, operator: &str, right: DraftEnd, span: Span) {
        let is_inside =
            |end: &DraftEnd| end.fields.is_empty() && self.embedded.contains(&end.entity.name);
        let refers = |end: &DraftEnd| {
            let field = end.fields.first().map(|name| name.path.join("."));
            field.is_some_and(|field| self.referring.contains(&(end.entity.name.clone(), field)))
        };
        // Such a line between a field and the block that is its type says nothing more.
        let is_type_of = |block: &DraftEnd, end: &DraftEnd| {
            is_inside(block) && self.has_type(end, &block.entity.name)
        };
        let may_be_type = matches!(operator, "-" | "<");
        if may_be_type && (is_type_of(&right, &left) || is_type_of(&left, &right)) {
            return;
        }
        let (mut from, mut to) = if operator == "<" { (right, left) } else { (left, right) };
        (from.count, to.count) = match operator {
            "<>" => (Count::Many, Count::Many),
            "-" => (Count::One, Count::One),
            _ => (Count::Many, Count::One),
        };
        if refers(&to) && !refers(&from) {
            std::mem::swap(&mut from, &mut to);
        }
        self.draft.references.push(DraftReference::new(from, to, span));
    }

    /// Whether the field at that end has the type of that name.
    fn has_type(&self, end: &DraftEnd, wanted: &str) -> bool {
        fn find<'f>(fields: &'f [DraftField], path: &str) -> Option<&'f DraftField> {
            fields.iter().find_map(|field| {
                let rest = path.strip_prefix(&field.field.name)?;
                if rest.is_empty() {
                    Some(field)
                } else {
                    find(&field.fields, rest.strip_prefix('.')?)
                }
            })
        }
        let Some([only]) = end.fields.first().map(|name| name.path.as_slice()) else {
            return false;
        };
        let entity = self.draft.entities.iter().find(|one| one.name.name == end.entity.name);
        let field = entity.and_then(|entity| find(&entity.fields, only));
        field.is_some_and(|field| match &field.ty {
            DraftType::Spelled(name) => name.name.trim_end_matches("[]") == wanted,
            DraftType::Known(_) | DraftType::OneOf(_) | DraftType::Array(_) | DraftType::Map(_) => {
                false
            }
        })
    }
}

/// Where the code of a line begins.
fn place(number: usize, code: &str) -> Span {
    let before = code.chars().take_while(|c| c.is_whitespace()).count();
    Span::new(number, before + 1)
}

/// The place of a sign that stands in no quotes.
fn outside_quotes(text: &str, sign: char) -> Option<usize> {
    let mut is_quoted = false;
    text.char_indices().find_map(|(at, c)| {
        is_quoted ^= c == '"';
        (c == sign && !is_quoted).then_some(at)
    })
}

/// A line without the remark at its end, and the remark.
fn without_remark(line: &str) -> (&str, &str) {
    let mut is_quoted = false;
    let mut last = ' ';
    for (at, c) in line.char_indices() {
        is_quoted ^= c == '"';
        if c == '/' && last == '/' && !is_quoted {
            let remark = line.get(at + 1..).unwrap_or_default();
            return (line.get(..at - 1).unwrap_or_default(), remark);
        }
        last = c;
    }
    (line, "")
}

/// The words of a line in a block; quotes and parentheses hold blanks.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut is_quoted, mut depth) = (false, 0_usize);
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c.is_whitespace() && !is_quoted && depth == 0 {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        } else {
            word.push(c);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn unquoted(word: &str) -> String {
    let inner = word.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(word).to_owned()
}

/// A part of a line outside blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Name(String),
    Operator(&'static str),
    Sign(char),
}

/// Names, operators and signs of a line outside blocks.
fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = line.trim_start();
    while let Some(c) = rest.chars().next() {
        let is_inside = |c: char| !c.is_whitespace() && !"<>-{}[],:\".".contains(c);
        let length = if let Some(inner) = rest.strip_prefix('"') {
            let end = inner.find('"').unwrap_or(inner.len());
            tokens.push(Token::Name(inner.get(..end).unwrap_or(inner).to_owned()));
            (end + 2).min(rest.len())
        } else if let Some(operator) = OPERATORS.iter().find(|sign| rest.starts_with(**sign)) {
            tokens.push(Token::Operator(operator));
            operator.len()
        } else if is_inside(c) {
            let end = rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
            tokens.push(Token::Name(rest.get(..end).unwrap_or(rest).to_owned()));
            end
        } else {
            tokens.push(Token::Sign(c));
            c.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    tokens
}

/// The name at the beginning of the head of a block.
fn first_name(head: &str) -> Option<String> {
    match tokens(head).into_iter().next()? {
        Token::Name(name) => Some(name),
        Token::Operator(_) | Token::Sign(_) => None,
    }
}

/// An entity, or a field of one.
fn end_of(parts: &[Token], span: Span) -> Option<DraftEnd> {
    let mut names = parts.iter().filter_map(|token| match token {
        Token::Name(name) => Some(name.as_str()),
        Token::Operator(_) | Token::Sign(_) => None,
    });
    let entity = names.next()?;
    let path: Vec<_> = names.collect();
    let fields = if path.is_empty() {
        Vec::new()
    } else {
        vec![FieldName { path: vec![path.join(".")], span }]
    };
    Some(DraftEnd::new(Name::plain(entity, span), fields))
}
