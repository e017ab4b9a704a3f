//! Nothing is held: a press decides what comes next.

use crate::editor::cell::Cell;
use crate::editor::command::{Command, Intent, Select};
use crate::editor::event::{Button, PointerEvent, PointerKind};
use crate::editor::session::Popover;
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::select::pressing::Pressing;
use crate::editor::tools::select::resizing::Resizing;
use crate::editor::tools::select::{Answer, SelectTool};
use crate::model::graph::Link;
use crate::model::id::ElementId;
use crate::scene::target::Target;

pub(super) fn on_pointer(pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
    match pointer.kind {
        PointerKind::Down { button: Button::Primary, clicks } if clicks >= 2 => {
            (SelectTool::Idle, open(pointer, cx))
        }
        PointerKind::Down { button: Button::Primary, .. } => press(pointer, cx),
        PointerKind::Down { button: Button::Secondary, .. } => {
            (SelectTool::Idle, select_for_menu(pointer, cx))
        }
        _ => (SelectTool::Idle, Vec::new()),
    }
}

/// A press selects what was not selected, so that a drag moves it at once.
fn press(pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
    if let Some(resizing) = Resizing::start(pointer.at, cx) {
        return (SelectTool::Resizing(resizing), vec![Command::Begin("resize")]);
    }
    let target = cx.hit(pointer.at);
    let element = target.and_then(|target| cx.element(target));
    let was_selected = element.is_some_and(|element| cx.selection.contains(element));
    let mut commands = Vec::new();
    match element {
        Some(element) if pointer.modifiers.shift => commands.push(Select::Toggle(element)),
        Some(element) if !was_selected => commands.push(Select::Only(vec![element])),
        None if !pointer.modifiers.shift => commands.push(Select::Nothing),
        Some(_) | None => {}
    }
    let pressing = Pressing { at: pointer.at, target, element, was_selected };
    (SelectTool::Pressing(pressing), commands.into_iter().map(Command::Select).collect())
}

/// A menu speaks of the selection that it was opened on.
fn select_for_menu(pointer: &PointerEvent, cx: &ToolContext<'_>) -> Vec<Command> {
    match cx.element_at(pointer.at) {
        Some(element) if cx.selection.contains(element) => Vec::new(),
        Some(element) => vec![Command::Select(Select::Only(vec![element]))],
        None => vec![Command::Select(Select::Nothing)],
    }
}

/// A double press: types in what is there, or adds an entity where nothing is.
fn open(pointer: &PointerEvent, cx: &ToolContext<'_>) -> Vec<Command> {
    let Some(target) = cx.hit(pointer.at) else {
        return vec![Command::Edit(Intent::AddEntity(cx.world(pointer.at)))];
    };
    let is_reference = |id| matches!(id, Link::Reference(_));
    match (target, cx.element(target)) {
        (Target::Line(id) | Target::LineEnd(id, _) | Target::LineLabel(id), Some(element))
            if is_reference(id) =>
        {
            let ElementId::Reference(reference) = element else { return Vec::new() };
            vec![Command::Ask(Popover::Reference(reference))]
        }
        (_, Some(element)) => Cell::of(element).map(Command::Type).into_iter().collect(),
        (_, None) => Vec::new(),
    }
}
