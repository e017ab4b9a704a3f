//! What could come next while a line is typed: types, entities, enumerations, values and rules.

use std::borrow::Cow;
use std::ops::Range;

use crate::base::ident::find_ignoring_case;
use crate::editor::quick_entry::lexer::{Token, TokenKind, tokens};
use crate::editor::quick_entry::print::quoted_value;
use crate::editor::quick_entry::{Flag, Kind, Line, Role, parser};
use crate::model::Model;
use crate::model::entity::EntityKind;
use crate::model::id::EnumerationId;
use crate::model::reference::ReferentialAction;
use crate::model::type_words::SUGGESTED;

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
        .map(|(text, role, detail)| {
            let text = text.into_owned();
            Completion { range: range.clone(), text, role, detail }
        })
        .collect()
}

type Candidate<'a> = (Cow<'a, str>, Role, &'static str);

/// Everything that may stand after these tokens.
fn candidates<'a>(earlier: &[Token], before: &str, model: &'a Model) -> Vec<Candidate<'a>> {
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
        return actions.into_iter().map(|a| (a.as_str().into(), Role::Value, "")).collect();
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

fn entities(model: &Model, keep: impl Fn(EntityKind) -> bool) -> Vec<Candidate<'_>> {
    model
        .entities()
        .filter(|entity| keep(entity.kind))
        .map(|entity| (Cow::from(&entity.name), Role::Element, entity.kind.as_str()))
        .collect()
}

fn types(model: &Model) -> Vec<Candidate<'_>> {
    let mut all: Vec<Candidate<'_>> =
        SUGGESTED.iter().map(|word| (Cow::from(*word), Role::Type, "")).collect();
    all.push(("enum(".into(), Role::Type, ""));
    let enumerations = model.enumerations();
    all.extend(enumerations.map(|one| (Cow::from(&one.name), Role::Element, "enumeration")));
    all.extend(entities(model, |_| true));
    all
}

fn rules() -> Vec<Candidate<'static>> {
    let flags = Flag::ALL.iter().map(|flag| flag.as_str());
    flags.chain(RULES).map(|word| (word.into(), Role::Rule, "")).collect()
}

fn defaults<'a>(before: &str, model: &'a Model) -> Vec<Candidate<'a>> {
    let value = |text: &str| (Cow::from(text.to_owned()), Role::Value, "");
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

fn values_of(model: &Model, id: EnumerationId) -> Vec<Candidate<'_>> {
    let values = model.enumeration(id).map(|one| one.values.as_slice()).unwrap_or_default();
    values.iter().map(|value| (quoted_value(&value.name).into(), Role::Value, "")).collect()
}

/// Those that start with the prefix, then those that hold it, each in their own order.
fn matching<'a>(candidates: Vec<Candidate<'a>>, prefix: &str) -> Vec<Candidate<'a>> {
    let rank = |text: &str| match find_ignoring_case(text, prefix)? {
        0 if text.len() == prefix.len() && !prefix.is_empty() => None,
        0 => Some(0),
        _ => Some(1),
    };
    let mut ranked: Vec<(i32, Candidate<'a>)> =
        candidates.into_iter().filter_map(|one| Some((rank(&one.0)?, one))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, candidate)| candidate).take(LIMIT).collect()
}
