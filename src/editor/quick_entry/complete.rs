//! What could come next while a line is typed: types, entities, enumerations, values and rules.

use std::ops::Range;

use crate::editor::quick_entry::lexer::{Token, TokenKind, tokens};
use crate::editor::quick_entry::print::quoted_value;
use crate::editor::quick_entry::types::SUGGESTED;
use crate::editor::quick_entry::{Flag, Kind, Line, Role, parser};
use crate::model::Model;
use crate::model::entity::EntityKind;
use crate::model::id::EnumerationId;
use crate::model::reference::ReferentialAction;

/// Words that start a rule, beside the flags.
const RULES: [&str; 7] = ["default", "min", "max", "match", "note", "on delete", "on update"];
/// How many proposals are worth showing.
const LIMIT: usize = 8;

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that it replaces.
    pub range: Range<usize>,
    /// What it puts there.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// A word on it, such as `enumeration`; empty for types and rules.
    pub detail: &'static str,
}

/// Proposals for the word that ends at the byte `cursor`, best first; none while a name is typed.
pub fn completions(line: &str, cursor: usize, model: &Model) -> Vec<Completion> {
    let before = line.get(..cursor).unwrap_or(line);
    let typed = tokens(before);
    let is_touching =
        |token: &&Token| token.range.end == before.len() && token.kind == TokenKind::Word;
    let (earlier, prefix, start) = match typed.last().filter(is_touching) {
        Some(word) => {
            let earlier = typed.get(..typed.len() - 1).unwrap_or_default();
            (earlier, word.text.as_str(), word.range.start)
        }
        None => (typed.as_slice(), "", before.len()),
    };
    let range = start..before.len();
    let candidates = candidates(earlier, before.get(..start).unwrap_or_default(), model);
    matching(candidates, prefix)
        .into_iter()
        .map(|(text, role, detail)| Completion { range: range.clone(), text, role, detail })
        .collect()
}

type Candidate = (String, Role, &'static str);

/// Everything that may stand after these tokens.
fn candidates(earlier: &[Token], before: &str, model: &Model) -> Vec<Candidate> {
    let Some(last) = earlier.last() else { return Vec::new() };
    let starts_field = last.is_sign("{") || last.kind == TokenKind::Break;
    let after_name = |sign: &str| {
        earlier.len().checked_sub(2).and_then(|at| earlier.get(at)).is_some_and(|t| t.is_sign(sign))
    };
    if starts_field || (last.is_sign(",") && is_in_braces(earlier)) {
        return Vec::new();
    }
    if last.is_sign("->") || (last.is_sign("[") && after_name("->")) {
        return entities(model, |kind| kind != EntityKind::Embedded);
    }
    if last.is_word("default") || last.is_sign("=") {
        return defaults(before, model);
    }
    if last.is_word("delete") || last.is_word("update") {
        let actions = ReferentialAction::ALL;
        return actions.into_iter().map(|a| (a.as_str().to_owned(), Role::Value, "")).collect();
    }
    let is_first = earlier.len() == 1 || after_name("{") || after_name(",") || last.is_sign(":");
    if is_first || last.is_sign("[") || last.is_word("of") || last.is_sign("<") {
        let mut all = types(model);
        if is_first {
            all.extend(rules());
        }
        return all;
    }
    rules()
}

fn is_in_braces(tokens: &[Token]) -> bool {
    let count = |sign: &str| tokens.iter().filter(|token| token.is_sign(sign)).count();
    count("{") > count("}") && count("(") <= count(")")
}

fn entities(model: &Model, keep: impl Fn(EntityKind) -> bool) -> Vec<Candidate> {
    model
        .entities()
        .filter(|entity| keep(entity.kind))
        .map(|entity| (entity.name.clone(), Role::Element, entity.kind.as_str()))
        .collect()
}

fn types(model: &Model) -> Vec<Candidate> {
    let mut all: Vec<Candidate> =
        SUGGESTED.iter().map(|word| ((*word).to_owned(), Role::Type, "")).collect();
    all.push(("enum(".to_owned(), Role::Type, ""));
    let enumerations = model.enumerations();
    all.extend(enumerations.map(|one| (one.name.clone(), Role::Element, "enumeration")));
    all.extend(entities(model, |_| true));
    all
}

fn rules() -> Vec<Candidate> {
    let flags = Flag::ALL.iter().map(|flag| flag.as_str());
    flags.chain(RULES).map(|word| (word.to_owned(), Role::Rule, "")).collect()
}

fn defaults(before: &str, model: &Model) -> Vec<Candidate> {
    let value = |text: &str| (text.to_owned(), Role::Value, "");
    let kind = match parser::read(before, model).line {
        Some(Line::Entry(entry)) => entry.kind,
        Some(Line::Timestamps) | None => None,
    };
    match kind {
        Some(Kind::Enumeration(id)) => values_of(model, id),
        Some(Kind::Choices { values, .. }) => {
            values.iter().map(|name| value(&quoted_value(name))).collect()
        }
        _ => ["now", "generated", "true", "false", "null", "[]"].into_iter().map(value).collect(),
    }
}

fn values_of(model: &Model, id: EnumerationId) -> Vec<Candidate> {
    let values = model.enumeration(id).map(|one| one.values.as_slice()).unwrap_or_default();
    values.iter().map(|value| (quoted_value(&value.name), Role::Value, "")).collect()
}

/// Those that start with the prefix, then those that hold it, each in their own order.
fn matching(candidates: Vec<Candidate>, prefix: &str) -> Vec<Candidate> {
    let prefix = prefix.to_lowercase();
    let rank = |candidate: &Candidate| {
        let text = candidate.0.to_lowercase();
        if text == prefix && !prefix.is_empty() {
            None
        } else if text.starts_with(&prefix) {
            Some(0)
        } else if text.contains(&prefix) {
            Some(1)
        } else {
            None
        }
    };
    let mut ranked: Vec<(i32, Candidate)> =
        candidates.into_iter().filter_map(|one| Some((rank(&one)?, one))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, candidate)| candidate).take(LIMIT).collect()
}
