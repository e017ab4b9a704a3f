//! The pointer is down and has not moved yet: released it was a click, moved it is a drag.

use crate::base::geom::Point;
use crate::editor::command::{Command, Intent, Select};
use crate::editor::event::{PointerEvent, PointerKind};
use crate::editor::session::Popover;
use crate::editor::tools::connect::Line;
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::select::bending::Bending;
use crate::editor::tools::select::brushing::Brushing;
use crate::editor::tools::select::dragging::Dragging;
use crate::editor::tools::select::reconnecting::Reconnecting;
use crate::editor::tools::select::{Answer, DRAG_DISTANCE, SelectTool};
use crate::model::graph::Link;
use crate::model::id::ElementId;
use crate::scene::target::Target;

/// A press that may become anything.
#[derive(Clone, Copy, Debug)]
pub struct Pressing {
    /// Where, on the screen.
    pub at: Point,
    /// What is under it.
    pub target: Option<Target>,
    /// The element that stands for.
    pub element: Option<ElementId>,
    /// Whether that was selected before the press.
    pub was_selected: bool,
}

impl Pressing {
    pub(super) fn on_pointer(self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        match pointer.kind {
            PointerKind::Move if self.at.distance(pointer.at) >= DRAG_DISTANCE => {
                self.drag(pointer, cx)
            }
            PointerKind::Up { .. } => (SelectTool::Idle, self.click(pointer, cx)),
            _ => (SelectTool::Pressing(self), Vec::new()),
        }
    }

    fn click(self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Vec<Command> {
        if let Some((node, field, is_open)) = cx.fold_at(self.at) {
            return vec![Command::Edit(Intent::Fold(node, field, is_open))];
        }
        if let Some(Target::LineEnd(Link::Reference(id), end)) = self.target {
            return vec![Command::Ask(Popover::Cardinality(id, end))];
        }
        match self.element {
            Some(element) if self.was_selected && !pointer.modifiers.shift => {
                vec![Command::Select(Select::Only(vec![element]))]
            }
            Some(_) | None => Vec::new(),
        }
    }

    fn drag(self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        match self.target {
            None => Brushing::start(self.at, pointer, cx),
            Some(Target::Port(..)) => match Line::start(cx, self.at) {
                Some(line) => (SelectTool::Connecting(line.moved(cx, pointer.at)), Vec::new()),
                None => (SelectTool::Idle, Vec::new()),
            },
            Some(Target::LineEnd(Link::Reference(id), end)) => {
                Reconnecting::start(id, end, pointer, cx)
            }
            Some(Target::Line(Link::Reference(id))) => Bending::start(id, self.at, pointer, cx),
            Some(Target::Line(_) | Target::LineEnd(..) | Target::LineLabel(_)) => {
                (SelectTool::Idle, Vec::new())
            }
            Some(
                Target::Card(_)
                | Target::Header(_)
                | Target::Row(..)
                | Target::Note(_)
                | Target::Area(_),
            ) => Dragging::start(self.at, pointer, cx),
        }
    }
}
