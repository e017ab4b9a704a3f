//! Mermaid in, line by line: entities with their fields, lines between them, subgraphs, titles. What
//! is none of these costs only its line. What stands in a block is taken apart in `attributes`, what
//! lines between entities mean is in `lines`.

mod attributes;
mod lines;

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::base::diagnostic::{Diagnostic, Span};
use crate::formats::draft::entity::{DraftEntity, DraftEnumeration, DraftField, DraftType};
use crate::formats::draft::groups::DraftArea;
use crate::formats::draft::name::Name;
use crate::formats::draft::nest::nest;
use crate::formats::draft::{Draft, Habits, Undeclared};
use crate::formats::mermaid::cardinality::{LINES, cardinality};
use crate::formats::mermaid::import::attributes::{Attribute, attributes};
use crate::formats::mermaid::text::{self, word};
use crate::formats::mermaid::{INFO, Mermaid};
use crate::formats::sources::Sources;
use crate::formats::{FormatInfo, Imported, Importer};
use crate::model::area::ColorToken;
use crate::model::entity::EntityKind;
use crate::model::id::IdMint;
use crate::model::reference::Cardinality;
use crate::model::type_words::from_spelling;

/// Words that begin a line which says nothing of the data.
const LOOKS: [&str; 6] = ["direction", "style", "classdef", "class", "linkstyle", "click"];

impl Importer for Mermaid {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn recognizes(&self, text: &str) -> bool {
        let lines = text.lines().map(str::trim).take(400);
        lines.into_iter().any(|line| line.eq_ignore_ascii_case("erDiagram"))
    }

    fn import(&self, sources: &Sources, name: &str) -> Imported {
        let joined = sources.joined();
        let mut reader = Reader::new(joined.text());
        reader.read(joined.text());
        reader.finish_lines();
        let mut imported = reader.draft.finish(name, IdMint::from_text(joined.text()));
        joined.locate(&mut imported.diagnostics);
        imported
    }
}

/// A line between two entities.
struct Line {
    ends: [String; 2],
    counts: [Cardinality; 2],
    is_identifying: bool,
    label: String,
    span: Span,
}

struct Reader {
    draft: Draft,
    /// Entities by the id that lines use.
    ids: IndexMap<String, DraftEntity>,
    lines: Vec<Line>,
    /// Fields that are marked `FK`, by the id of their entity.
    foreign: BTreeSet<(String, String)>,
    /// Where the text first speaks of looks.
    looks: Option<Span>,
    /// The remark on the line before.
    remark: String,
    /// Subgraphs that are open, by their place among areas; none for one inside another.
    open: Vec<Option<usize>>,
    /// Whether optional fields are marked, so that all others are required.
    marks_optional: bool,
}

/// What the lines are inside of.
enum Inside {
    Nothing,
    FrontMatter,
    Description,
    Entity(String, Vec<DraftField>),
}

impl Reader {
    fn new(text: &str) -> Self {
        let is_documents = text.split_whitespace().any(|word| word.starts_with("ObjectId"));
        let kind = if is_documents { EntityKind::Collection } else { EntityKind::Table };
        let is_marked = |line: &str| {
            let first = line.split_whitespace().next().unwrap_or_default();
            first.len() > 1 && first.ends_with('?') && !first.contains('"')
        };
        let habits = Habits {
            native: INFO.id,
            spelling: |_| None,
            undeclared: Undeclared::Declaration,
            joins_keys: false,
            kind,
        };
        Self {
            draft: Draft::new(habits),
            ids: IndexMap::new(),
            lines: Vec::new(),
            foreign: BTreeSet::new(),
            looks: None,
            remark: String::new(),
            open: Vec::new(),
            marks_optional: text.lines().any(is_marked),
        }
    }

    fn read(&mut self, text: &str) {
        let mut inside = Inside::Nothing;
        for (number, line) in text.lines().enumerate() {
            let before = line.chars().take_while(|c| c.is_whitespace()).count();
            let span = Span::new(number + 1, before + 1);
            inside = self.line(line.trim(), span, inside);
        }
        if let Some(span) = self.looks {
            let message = "how the diagram looks is left out";
            let hint = "a project has diagrams, themes and colors of its own";
            self.draft.diagnostics.push(Diagnostic::info(message).at(span).with_hint(hint));
        }
        if let Inside::Entity(id, fields) = inside {
            let span = self.ids.get(&id).map_or(Span::new(1, 1), |entity| entity.name.span);
            self.warn(format!("`{id}` is not closed"), span, "a block ends with `}`");
            self.close(&id, fields);
        }
    }

    fn warn(&mut self, message: String, span: Span, hint: &str) {
        self.draft.diagnostics.push(Diagnostic::warning(message).at(span).with_hint(hint));
    }

    fn line(&mut self, line: &str, span: Span, inside: Inside) -> Inside {
        match inside {
            Inside::FrontMatter => {
                if let Some(title) = line.strip_prefix("title:") {
                    self.title(title.trim());
                }
                if line == "---" { Inside::Nothing } else { Inside::FrontMatter }
            }
            Inside::Description => {
                let text = line.trim_end_matches('}').trim();
                if !text.is_empty() {
                    add_line(&mut self.draft.note, text);
                }
                if line.ends_with('}') { Inside::Nothing } else { Inside::Description }
            }
            Inside::Entity(id, mut fields) => {
                let (line, is_end) = match line.strip_suffix('}') {
                    Some(rest) if !rest.ends_with('"') || rest.matches('"').count() % 2 == 0 => {
                        (rest.trim(), true)
                    }
                    _ => (line, false),
                };
                if !line.starts_with("%%") {
                    let (found, left) = attributes(line);
                    if let Some(left) = left {
                        let message =
                            format!("`{left}` has a type or a name, but not both: it is left out");
                        self.warn(message, span, MARKS);
                    }
                    for one in found {
                        fields.push(self.field(&id, one, span));
                    }
                }
                if is_end {
                    self.close(&id, fields);
                    return Inside::Nothing;
                }
                Inside::Entity(id, fields)
            }
            Inside::Nothing => self.statement(line, span),
        }
    }

    fn title(&mut self, title: &str) {
        let said: Option<String> = serde_json::from_str(title).ok();
        let bare = || title.trim_matches('\'').to_owned();
        self.draft.name = Some(said.unwrap_or_else(bare)).filter(|title| !title.is_empty());
    }

    fn statement(&mut self, line: &str, span: Span) -> Inside {
        if let Some(remark) = line.strip_prefix("%%") {
            self.remark.clear();
            if !remark.starts_with('{') {
                remark.trim().clone_into(&mut self.remark);
            }
            return Inside::Nothing;
        }
        let remark = std::mem::take(&mut self.remark);
        let first = line.split([' ', '\t', ':', '{']).next().unwrap_or_default();
        let rest = line.get(first.len()..).unwrap_or_default().trim();
        match first.to_ascii_lowercase().as_str() {
            "---" => return Inside::FrontMatter,
            "acctitle" if self.draft.name.is_none() => {
                self.title(rest.trim_start_matches(':').trim());
            }
            "" | "erdiagram" | "acctitle" => {}
            "accdescr" => {
                let text = rest.trim_start_matches([':', '{']).trim();
                let is_open = rest.starts_with('{') && !rest.ends_with('}');
                add_line(&mut self.draft.note, text.trim_end_matches('}').trim());
                return if is_open { Inside::Description } else { Inside::Nothing };
            }
            "subgraph" => self.subgraph(rest, span),
            "end" if rest.is_empty() => {
                self.open.pop();
            }
            word if LOOKS.contains(&word) && !rest.is_empty() && !rest.starts_with(['{', '[']) => {
                self.looks.get_or_insert(span);
            }
            _ => return self.entity_or_line(line, remark, span),
        }
        Inside::Nothing
    }

    fn subgraph(&mut self, rest: &str, span: Span) {
        let name = match rest.split_once('[') {
            Some((_, label)) => unquoted(label.trim_end().trim_end_matches(']')),
            None => unquoted(rest),
        };
        if self.open.iter().any(Option::is_some) {
            let message = format!("the subgraph `{name}` in another is left out");
            self.warn(
                message,
                span,
                "an area holds no areas: its entities belong to the outer one",
            );
            return self.open.push(None);
        }
        let (color, note, members) = (ColorToken::default(), String::new(), Vec::new());
        self.open.push(Some(self.draft.areas.len()));
        self.draft.areas.push(DraftArea { name, color, note, members });
    }

    fn entity_or_line(&mut self, line: &str, remark: String, span: Span) -> Inside {
        let Some((id, rest)) = name(line) else {
            self.warn("this line is left out".to_owned(), span, HINT);
            return Inside::Nothing;
        };
        let mut rest = rest.trim_start();
        let mut label = None;
        if let Some(after) = rest.strip_prefix('[') {
            let end = if after.starts_with('"') {
                after.get(1..).and_then(|inner| inner.find("\"]")).map(|at| at + 2)
            } else {
                after.find(']')
            };
            let Some(end) = end else {
                self.warn(format!("the label of `{id}` is not closed"), span, HINT);
                return Inside::Nothing;
            };
            label = after.get(..end).map(unquoted);
            rest = after.get(end + 1..).unwrap_or_default().trim_start();
        }
        if let Some(class) = rest.strip_prefix(":::") {
            rest = class.trim_start_matches(|c: char| !c.is_whitespace() && c != '{').trim_start();
        }
        if let Some(body) = rest.strip_prefix('{') {
            self.declare(&id, label, remark, span);
            let body = body.trim();
            if body.is_empty() {
                return Inside::Entity(id, Vec::new());
            }
            return self.line(body, span, Inside::Entity(id, Vec::new()));
        }
        if rest.is_empty() {
            self.declare(&id, label, remark, span);
            return Inside::Nothing;
        }
        match relation(rest) {
            Some((counts, is_identifying, other, label)) => {
                let line = Line { ends: [id, other], counts, is_identifying, label, span };
                self.lines.push(line);
            }
            None => self.warn("this line is left out".to_owned(), span, HINT),
        }
        Inside::Nothing
    }

    /// Makes the entity of an id known, with what is said of it.
    fn declare(&mut self, id: &str, label: Option<String>, note: String, span: Span) {
        let shown = label.unwrap_or_else(|| id.to_owned());
        // An id is made of the name alone, so what is before it is the namespace.
        let made = |name: &str| text::id(name, &mut crate::base::ident::UniqueNames::new());
        let splits = || {
            let points = shown.match_indices('.');
            points.filter_map(|(at, _)| Some((shown.get(..at)?, shown.get(at + 1..)?)))
        };
        // The name may have a point of its own: the id tells which one is between the two.
        let is_made = |(_, name): &(&str, &str)| {
            let usual = made(name);
            let number = id.strip_prefix(usual.as_str());
            number.is_some_and(|number| number.is_empty() || number.starts_with('_'))
        };
        let split = splits().find(is_made).or_else(|| splits().next());
        let split = split.filter(|_| made(&shown) != id || id.contains('.'));
        let name = match split {
            Some((namespace, name)) if !namespace.is_empty() && !name.is_empty() => {
                Name { namespace: Some(namespace.to_owned()), name: name.to_owned(), span }
            }
            _ => Name::plain(shown, span),
        };
        if let Some(Some(area)) = self.open.first()
            && let Some(area) = self.draft.areas.get_mut(*area)
            && !area.members.contains(&name)
        {
            area.members.push(name.clone());
        }
        let kind = self.draft.habits.kind;
        let entity =
            self.ids.entry(id.to_owned()).or_insert_with(|| DraftEntity::new(name.clone(), kind));
        entity.name = name;
        entity.entity.name.clone_from(&entity.name.name);
        if !note.is_empty() {
            entity.entity.note = note;
        }
    }

    fn close(&mut self, id: &str, fields: Vec<DraftField>) {
        if let Some(entity) = self.ids.get_mut(id) {
            entity.fields.extend(nest(fields));
        }
    }

    fn field(&mut self, id: &str, said: Attribute<'_>, span: Span) -> DraftField {
        let Attribute { ty, name, keys, comment } = said;
        let is_optional = ty.len() > 1 && ty.ends_with('?');
        let ty = if is_optional { ty.trim_end_matches('?') } else { ty };
        let mut parts: Vec<&str> = comment.split("; ").filter(|part| !part.is_empty()).collect();
        let spelled = spelled(ty);
        let is_word = from_spelling(&spelled).is_some();
        let innermost = innermost(&spelled).to_owned();
        let is_choice = |part: &&str| part.contains(" | ") || part.ends_with(" |") || *part == "|";
        if !is_word && parts.last().is_some_and(is_choice) {
            let values = parts.pop().unwrap_or_default();
            let values = values.strip_suffix('|').map_or(values, str::trim_end);
            let is_there = self.draft.enumerations.iter().any(|one| one.name.name == innermost);
            if !is_there {
                let mut enumeration = DraftEnumeration::new(Name::plain(innermost, span));
                for value in values.split(" | ").filter(|value| !value.is_empty()) {
                    enumeration.value(value, "");
                }
                self.draft.enumerations.push(enumeration);
            }
        }
        let true_name = parts.first().copied().filter(|part| *part != name && word(part) == name);
        if true_name.is_some() {
            parts.remove(0);
        }
        let ty = drafted(&spelled, span);
        let mut field = DraftField::new(true_name.unwrap_or(name), ty, span);
        field.field.note = parts.join("; ");
        field.field.required = self.marks_optional && !is_optional;
        for key in keys {
            match key.to_ascii_uppercase().as_str() {
                "PK" => field.is_key = true,
                "UK" => field.field.unique = true,
                "FK" => {
                    self.foreign.insert((id.to_owned(), field.field.name.clone()));
                }
                _ => {
                    let message = format!("`{key}` of `{name}` is left out");
                    self.warn(message, span, MARKS);
                }
            }
        }
        field
    }
}

const MARKS: &str = "a field is its type, its name, then `PK`, `FK` or `UK`";

const HINT: &str = "a line is a block `NAME { … }` or joins two entities: `A ||--o{ B : label`";

/// A type with the lists and maps around it.
fn drafted(ty: &str, span: Span) -> DraftType {
    let is_word = from_spelling(ty).is_some();
    let map = ty.strip_prefix("map(").and_then(|rest| rest.strip_suffix(')'));
    match (ty.strip_suffix("[]"), map) {
        (Some(item), _) if !is_word => drafted(item, span).array(),
        (_, Some(value)) => DraftType::Map(Box::new(drafted(&spelled(value), span))),
        _ => DraftType::spelled(ty, span),
    }
}

/// The name of what a type holds: `map(Status[])` holds `Status`.
fn innermost(ty: &str) -> &str {
    let list = ty.strip_suffix("[]");
    let map = || ty.strip_prefix("map(").and_then(|rest| rest.strip_suffix(')'));
    list.or_else(map).map_or(ty, innermost)
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(text).to_owned()
}

/// A type as people say it: what stands for blanks is one again where that makes a type.
fn spelled(ty: &str) -> String {
    let blank = ty.replace('_', " ");
    let generic = ty.replacen('~', "<", 1).replacen('~', ">", 1);
    let is_word = |text: &str| from_spelling(text).is_some();
    match () {
        () if is_word(ty) => ty.to_owned(),
        () if is_word(&blank) => blank,
        () => generic,
    }
}

/// A name at the beginning of a line, and the rest.
fn name(line: &str) -> Option<(String, &str)> {
    if let Some(inner) = line.strip_prefix('"') {
        let end = inner.find('"')?;
        return Some((inner.get(..end)?.to_owned(), inner.get(end + 1..)?));
    }
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '*');
    let mut end = 0;
    for (at, c) in line.char_indices() {
        let ahead = line.get(at + 1..).unwrap_or_default();
        // A hyphen belongs to a name unless it begins a line.
        let is_hyphen = c == '-' && at > 0 && ahead.starts_with(char::is_alphanumeric);
        let is_line = c == '.' && (ahead.starts_with(['.', '-']) || at == 0);
        if !(is_inside(c) || is_hyphen) || is_line {
            break;
        }
        end = at + c.len_utf8();
    }
    (end > 0).then(|| (line.get(..end).unwrap_or(line).to_owned(), line.get(end..).unwrap_or("")))
}

/// Both counts, whether the line is solid, the other name and the label.
fn relation(text: &str) -> Option<([Cardinality; 2], bool, String, String)> {
    let (left, rest) = cardinality(text)?;
    let rest = rest.trim_start();
    let (is_identifying, rest) =
        LINES.iter().find_map(|(sign, solid)| Some((*solid, rest.strip_prefix(sign)?)))?;
    let (right, rest) = cardinality(rest.trim_start())?;
    let (other, rest) = name(rest.trim_start())?;
    let label = match rest.trim_start().split_once(':') {
        Some((_, label)) => unquoted(label),
        None => String::new(),
    };
    Some(([left, right], is_identifying, other, label))
}
