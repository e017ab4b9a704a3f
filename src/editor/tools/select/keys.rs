//! What the keyboard does with the selection: nudge, walk, open, let go.

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

pub(super) fn on_key(key: KeyEvent, cx: &ToolContext<'_>) -> Vec<Command> {
    match key.key {
        Key::Tab if !key.modifiers.command => walk_cards(cx, key.modifiers.shift),
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
    let is_row = matches!(single, Some(ElementId::Field(..) | ElementId::Value(..)));
    let is_line = matches!(single, Some(ElementId::Reference(_)));
    if let (true, Some(element)) = (is_row || is_line || key.modifiers.alt, single) {
        return walk(key.key, element, cx)
            .map(|next| Command::Select(Select::Only(vec![next])))
            .into_iter()
            .collect();
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

/// The next card in reading order: row by row from the top left.
fn walk_cards(cx: &ToolContext<'_>, back: bool) -> Vec<Command> {
    let current = cx.selection.leader().and_then(owner_of);
    let place = |node: NodeId| cx.layout.cards.get(&node).map(|card| reading_key(card.rect, node));
    let here = current.and_then(place);
    let others = cx.layout.cards.iter().map(|(node, card)| reading_key(card.rect, *node));
    let next = match (here, back) {
        (None, false) => others.min(),
        (None, true) => others.max(),
        (Some(here), false) => {
            others.clone().filter(|one| *one > here).min().or_else(|| others.min())
        }
        (Some(here), true) => {
            others.clone().filter(|one| *one < here).max().or_else(|| others.max())
        }
    };
    let next = next.map(|(_, _, node)| Command::Select(Select::Only(vec![node.into()])));
    next.into_iter().collect()
}

/// Bands of a card's usual height, from left to right in each.
fn reading_key(rect: Rect, node: NodeId) -> (i64, i64, NodeId) {
    ((rect.y0 / 160.0).floor() as i64, rect.x0 as i64, node)
}
