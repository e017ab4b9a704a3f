//! References: `Ref name: a.x > b.y [settings]`, in a block, or in the settings of a column.

use crate::base::diagnostic::Span;
use crate::formats::dbml::import::cursor::{Cursor, Word, between_commas};
use crate::formats::dbml::import::facts::{End, Facts, Link, Operator, Side};
use crate::formats::dbml::import::lexer::Kind;
use crate::formats::dbml::import::settings::settings;
use crate::formats::dbml::import::tree::{Line, Part};
use crate::model::reference::ReferentialAction;

const SETTINGS: [&str; 6] = ["delete", "update", "color", "inactive", "source", "target"];

/// Reads what follows the word `Ref`.
pub(super) fn reference(facts: &mut Facts, mut cursor: Cursor<'_, '_>) {
    let span = cursor.span();
    let path = cursor.path();
    let name = path.last().map(|word| word.text.clone());
    if let Some(list) = cursor.list() {
        facts.error(
            "settings of a reference stand behind its ends",
            "write `Ref: a.x > b.y [delete: cascade]`",
            list.span,
        );
    }
    if cursor.sign(':') {
        relation(facts, name, cursor);
    } else if let Some(block) = cursor.block() {
        match block.lines.as_slice() {
            [] => facts.error("the reference is empty", "write `a.x > b.y` in it", span),
            [line] => relation(facts, name, start(line)),
            [line, more, ..] => {
                relation(facts, name, start(line));
                facts.error(
                    "a reference has one line: the others are left out",
                    "write another `Ref` for each of them",
                    more.span(),
                );
            }
        }
    } else {
        facts.error("this is no reference", "write `Ref: a.x > b.y`", span);
    }
}

fn start<'t, 'a>(line: &'t Line<'a>) -> Cursor<'t, 'a> {
    Cursor::new(&line.parts, line.span())
}

/// Reads `a.x > b.y [settings]`.
fn relation(facts: &mut Facts, name: Option<String>, mut cursor: Cursor<'_, '_>) {
    let span = cursor.span();
    let left = end(&mut cursor);
    let operator = operator(facts, &mut cursor);
    let right = end(&mut cursor);
    let (Some(left), Some(operator), Some(right)) = (left, operator, right) else {
        let hint = "write `a.x > b.y`, with one of `>`, `<`, `-`, `<>` between the ends";
        return facts.error("this is no reference: it is left out", hint, span);
    };
    let [on_delete, on_update] = [ReferentialAction::NoAction; 2];
    let mut link =
        Link { name, left, operator, right, on_delete, on_update, is_inline: false, span };
    if let Some(list) = cursor.list() {
        link_settings(facts, &mut link, list);
    }
    if !cursor.is_at_end() {
        let hint = "only settings in square brackets follow";
        facts.error("this does not belong to the reference", hint, cursor.span());
    }
    facts.links.push(link);
}

fn link_settings(
    facts: &mut Facts,
    link: &mut Link,
    list: &crate::formats::dbml::import::tree::Group<'_>,
) {
    for setting in settings(list, &mut facts.diagnostics) {
        match setting.name.as_str() {
            "delete" | "update" => {
                let words = setting.words();
                let action =
                    ReferentialAction::ALL.into_iter().find(|action| action.as_str() == words);
                let Some(action) = action else {
                    let wanted = "cascade, restrict, set null, set default or no action";
                    facts.diagnostics.push(setting.bad_value(wanted));
                    continue;
                };
                if setting.name == "delete" {
                    link.on_delete = action;
                } else {
                    link.on_update = action;
                }
            }
            "color" => facts.lose(
                (
                    "colors of references are left out",
                    "nothing has to be done: lines take their color from the theme",
                ),
                "",
                setting.span,
            ),
            "inactive" => facts.lose(
                ("inactive references are like any other", "delete those that should not be drawn"),
                "",
                setting.span,
            ),
            "source" | "target" => {
                let side = setting.any_text().and_then(|text| multiplicity(&text));
                let Some(side) = side else {
                    facts.diagnostics.push(setting.bad_value("'0..1', '1', '0..*' or '1..*'"));
                    continue;
                };
                if setting.name == "source" {
                    link.operator.left = side;
                } else {
                    link.operator.right = side;
                }
            }
            _ => facts.diagnostics.push(setting.unknown(&SETTINGS)),
        }
    }
}

/// A range of multiplicities: `0..1`, `1`, `0..*`, `1..*`, `*`.
fn multiplicity(text: &str) -> Option<Side> {
    let side = |is_many, may_be_none| Some(Side { is_many, may_be_none, is_exact: true });
    match text.trim() {
        "1" | "1..1" => side(false, false),
        "0..1" => side(false, true),
        "*" | "0..*" | "0..n" | "0..N" => side(true, true),
        "1..*" | "1..n" | "1..N" => side(true, false),
        _ => None,
    }
}

/// Takes an end: `[schema.]table.column`, `table.(a, b)`, `table.object.[*].field`.
fn end(cursor: &mut Cursor<'_, '_>) -> Option<End> {
    let mut path: Vec<Word> = cursor.name().into_iter().collect();
    if path.is_empty() {
        return None;
    }
    let mut columns = Vec::new();
    loop {
        let mut ahead = cursor.clone();
        let pointed = ahead.sign('.');
        if let Some(name) = Some(()).filter(|()| pointed).and_then(|()| ahead.name()) {
            path.push(name);
        } else if let Some(tuple) = ahead.tuple() {
            columns = between_commas(tuple).into_iter().filter_map(|mut one| one.name()).collect();
            *cursor = ahead;
            break;
        } else if !is_wildcard(ahead.next()) {
            // All items of a list: the path goes on inside.
            break;
        }
        *cursor = ahead;
    }
    Some(End::Path { path, columns })
}

/// `[*]`
fn is_wildcard(part: Option<&Part<'_>>) -> bool {
    matches!(part, Some(Part::List(group)) if matches!(group.parts.as_slice(), [only] if only.is_sign('*')))
}

/// Takes an operator: `>`, `<`, `-` or `<>`, with `?` at an end that may be none.
fn operator(facts: &mut Facts, cursor: &mut Cursor<'_, '_>) -> Option<Operator> {
    let mut signs = String::new();
    while let Some(token) = cursor.token_if(|token| {
        matches!(token.kind, Kind::Sign('<' | '>' | '-' | '?')) && signs.len() < 4
    }) {
        if let Kind::Sign(sign) = token.kind {
            signs.push(sign);
        }
    }
    let (left_optional, rest) = match signs.strip_prefix('?') {
        Some(rest) => (true, rest),
        None => (false, signs.as_str()),
    };
    let (right_optional, sign) = match rest.strip_suffix('?') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (left, right) = match sign {
        ">" => (true, false),
        "<" => (false, true),
        "-" => (false, false),
        "<>" => (true, true),
        _ => return None,
    };
    facts.ends_are_exact |= left_optional || right_optional;
    let side = |is_many, may_be_none| Side { is_many, may_be_none, is_exact: may_be_none };
    Some(Operator { left: side(left, left_optional), right: side(right, right_optional) })
}

/// Reads the value of the setting `ref` of a column: `> users.id`.
pub(super) fn inline(
    facts: &mut Facts,
    mut value: Cursor<'_, '_>,
    span: Span,
) -> Option<(Operator, End)> {
    let operator = operator(facts, &mut value);
    let end = end(&mut value);
    match (operator, end) {
        (Some(operator), Some(end)) if value.is_at_end() => Some((operator, end)),
        _ => {
            let hint = "write `ref: > table.column`";
            facts.error("this is no reference: it is left out", hint, span);
            None
        }
    }
}
