//! What the keyboard does with the selection: nudge, walk, gather, open, let go.

use crate::base::geom::{Rect, Vec2};
use crate::editor::cell::Cell;
use crate::editor::command::{Command, Intent, Select};
use crate::editor::event::{Key, KeyEvent};
use crate::editor::selection::{owner_of, row_element};
use crate::editor::session::Popover;
use crate::editor::tools::context::ToolContext;
use crate::layout::{Line, RowContent};
use crate::model::graph::Link;
use crate::model::id::{ElementId, NodeId};

/// How far an arrow moves the selection, alone and with Shift.
const NUDGE: (f64, f64) = (8.0, 64.0);

/// What the keyboard does with cards and rows, for the sheet of shortcuts.
pub const KEYS: [(&str, &[&str]); 9] = [
    ("Walk the cards", &["Tab", "Shift+Tab"]),
    ("Walk on, the selection stays", &["Ctrl+Tab"]),
    ("Take this card in or out", &["Ctrl+Space"]),
    ("Walk rows, along lines", &["Alt+arrows"]),
    ("Take the next row in", &["Shift+Up", "Shift+Down"]),
    ("Type in what is selected", &["Enter"]),
    ("Move by 8", &["arrows"]),
    ("Move by 64", &["Shift+arrows"]),
    ("Let go", &["Esc"]),
];

pub(super) fn on_key(key: KeyEvent, cx: &ToolContext<'_>) -> Vec<Command> {
    match key.key {
        Key::Tab => walk_cards(key, cx),
        Key::Space if key.modifiers.command => gather(cx),
        Key::Up | Key::Down | Key::Left | Key::Right if !key.modifiers.command => arrow(key, cx),
        Key::Enter => match cx.selection.leader() {
            Some(ElementId::Reference(id)) => vec![Command::Ask(Popover::Reference(id))],
            other => other.and_then(Cell::of).map(Command::Type).into_iter().collect(),
        },
        Key::Function(2) => {
            let cell = cx.selection.leader().and_then(Cell::of);
            cell.map(Command::Type).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// From a row to its card, from anything else to nothing.
pub(super) fn escape(cx: &ToolContext<'_>) -> Vec<Command> {
    let card = match cx.selection.single() {
        Some(element @ (ElementId::Field(..) | ElementId::Value(..))) => owner_of(element),
        _ => None,
    };
    let select = match card {
        Some(card) => Select::Only(vec![card.into()]),
        None => Select::Nothing,
    };
    vec![Command::Select(select)]
}

/// Arrows move cards; on a row, or with Alt, they walk.
fn arrow(key: KeyEvent, cx: &ToolContext<'_>) -> Vec<Command> {
    let single = cx.selection.single();
    let is_row = single.is_some_and(is_row);
    let is_line = matches!(single, Some(ElementId::Reference(_)));
    if let (true, Key::Up | Key::Down) = (key.modifiers.shift && all_rows(cx), key.key) {
        return stretch(key.key == Key::Down, cx);
    }
    if let (true, Some(element)) = (is_row || is_line || key.modifiers.alt, single) {
        return walk(key.key, element, cx).map_or(Vec::new(), go_to);
    }
    let (small, large) = NUDGE;
    let step = if key.modifiers.shift { large } else { small };
    let by = match key.key {
        Key::Up => Vec2::new(0.0, -step),
        Key::Down => Vec2::new(0.0, step),
        Key::Left => Vec2::new(-step, 0.0),
        _ => Vec2::new(step, 0.0),
    };
    let moved = cx.arrangement(&cx.selection.to_vec()).shifted(by);
    if moved.is_empty() {
        Vec::new()
    } else {
        vec![Command::Edit(Intent::Arrange(Box::new(moved)))]
    }
}

fn go_to(element: ElementId) -> Vec<Command> {
    vec![Command::Select(Select::Only(vec![element])), Command::Reveal(element)]
}

fn is_row(element: ElementId) -> bool {
    matches!(element, ElementId::Field(..) | ElementId::Value(..))
}

fn all_rows(cx: &ToolContext<'_>) -> bool {
    !cx.selection.is_empty() && cx.selection.iter().all(is_row)
}

/// Takes the next row in as well, or the last one out when that leads back.
fn stretch(down: bool, cx: &ToolContext<'_>) -> Vec<Command> {
    let Some(last) = cx.selection.leader() else { return Vec::new() };
    let toggled = match walk_rows(down, last, cx).filter(|next| is_row(*next)) {
        Some(next) if cx.selection.contains(next) => last,
        Some(next) => next,
        None => return Vec::new(),
    };
    vec![Command::Select(Select::Toggle(toggled))]
}

/// Takes the card that the keyboard is at into the selection, or out of it.
fn gather(cx: &ToolContext<'_>) -> Vec<Command> {
    let Some(node) = cx.focus.or_else(|| cx.selection.leader().and_then(owner_of)) else {
        return Vec::new();
    };
    vec![Command::Select(Select::Toggle(node.into())), Command::Focus(node)]
}

/// Up and down between the rows of a card, sideways along lines.
fn walk(key: Key, from: ElementId, cx: &ToolContext<'_>) -> Option<ElementId> {
    match key {
        Key::Up | Key::Down => walk_rows(key == Key::Down, from, cx),
        _ => walk_lines(key == Key::Right, from, cx),
    }
}

fn walk_rows(down: bool, from: ElementId, cx: &ToolContext<'_>) -> Option<ElementId> {
    let node = owner_of(from)?;
    let card = cx.layout.cards.get(&node)?;
    let rows: Vec<ElementId> = card
        .rows
        .iter()
        .filter(|row| row.content != RowContent::Timestamps)
        .map(|row| row_element(node, row.content))
        .collect();
    let at = rows.iter().position(|row| *row == from);
    match (at, down) {
        (None, true) => rows.first().copied(),
        (None, false) => rows.last().copied(),
        (Some(at), true) => rows.get(at + 1).copied(),
        (Some(at), false) => {
            Some(at.checked_sub(1).and_then(|at| rows.get(at)).copied().unwrap_or(node.into()))
        }
    }
}

/// From a card or row to a line that leaves it on that side, from a line to the card it leads to.
fn walk_lines(right: bool, from: ElementId, cx: &ToolContext<'_>) -> Option<ElementId> {
    if let ElementId::Reference(id) = from {
        let line = cx.layout.lines.get(&Link::Reference(id))?;
        let (low, high) = if line.start.point.x <= line.end.point.x {
            (line.from, line.to)
        } else {
            (line.to, line.from)
        };
        return Some(if right { high.into() } else { low.into() });
    }
    let node = owner_of(from)?;
    let middle = cx.layout.cards.get(&node)?.rect.center().x;
    let leaves = |link: &Link, line: &Line| {
        let end = if line.from == node { line.start.point } else { line.end.point };
        let on_row = match (from, link) {
            (ElementId::Field(_, field), Link::Embedding(held) | Link::Use(held)) => *held == field,
            (ElementId::Field(_, field), Link::Reference(id)) => {
                let reference = cx.project.model.reference(*id);
                reference.is_some_and(|one| {
                    one.from.fields.contains(&field) || one.to.fields.contains(&field)
                })
            }
            _ => true,
        };
        (line.from == node || line.to == node) && on_row && (end.x >= middle) == right
    };
    let (link, line) = cx.layout.lines.iter().find(|(link, line)| leaves(link, line))?;
    match link {
        Link::Reference(id) => Some(ElementId::Reference(*id)),
        Link::Embedding(_) | Link::Use(_) => {
            Some(if line.from == node { line.to.into() } else { line.from.into() })
        }
    }
}

/// The next card in reading order, row by row from the top left; with Ctrl the selection stays.
fn walk_cards(key: KeyEvent, cx: &ToolContext<'_>) -> Vec<Command> {
    let current = cx.focus.or_else(|| cx.selection.leader().and_then(owner_of));
    let place = |node: NodeId| cx.layout.cards.get(&node).map(|card| reading_key(card.rect, node));
    let here = current.and_then(place);
    let others = cx.layout.cards.iter().map(|(node, card)| reading_key(card.rect, *node));
    let next = match (here, key.modifiers.shift) {
        (None, false) => others.min(),
        (None, true) => others.max(),
        (Some(here), false) => {
            others.clone().filter(|one| *one > here).min().or_else(|| others.min())
        }
        (Some(here), true) => {
            others.clone().filter(|one| *one < here).max().or_else(|| others.max())
        }
    };
    match next {
        Some((_, _, node)) if key.modifiers.command => {
            vec![Command::Focus(node), Command::Reveal(node.into())]
        }
        Some((_, _, node)) => go_to(node.into()),
        None => Vec::new(),
    }
}

/// Bands of a card's usual height, from left to right in each.
fn reading_key(rect: Rect, node: NodeId) -> (i64, i64, NodeId) {
    ((rect.y0 / 160.0).floor() as i64, rect.x0 as i64, node)
}
