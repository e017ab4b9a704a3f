//! A rectangle selects: drawn to the right what lies inside, to the left what it touches.

use crate::base::geom::{Point, Rect};
use crate::editor::command::{Command, Select};
use crate::editor::event::{PointerEvent, PointerKind};
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::select::{Answer, SelectTool};
use crate::editor::tools::{Brush, BrushKind, Overlay};
use crate::model::id::ElementId;

/// The rectangle so far, and what was selected before.
#[derive(Clone, Debug)]
pub struct Brushing {
    start: Point,
    at: Point,
    before: Vec<ElementId>,
}

impl Brushing {
    pub(super) fn start(at: Point, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        let start = cx.world(at);
        let before = if pointer.modifiers.shift { cx.selection.to_vec() } else { Vec::new() };
        Self { start, at: start, before }.moved(pointer, cx)
    }

    pub(super) fn on_pointer(self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        match pointer.kind {
            PointerKind::Move => self.moved(pointer, cx),
            PointerKind::Up { .. } => (SelectTool::Idle, Vec::new()),
            _ => (SelectTool::Brushing(self), Vec::new()),
        }
    }

    fn moved(mut self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        self.at = cx.world(pointer.at);
        let brush = self.brush();
        let mut selected = self.before.clone();
        selected.extend(cx.brushed(brush.rect, brush.kind));
        (SelectTool::Brushing(self), vec![Command::Select(Select::Only(selected))])
    }

    pub(super) fn cancelled(self) -> Vec<Command> {
        vec![Command::Select(Select::Only(self.before))]
    }

    fn brush(&self) -> Brush {
        let kind = if self.at.x >= self.start.x { BrushKind::Inside } else { BrushKind::Touching };
        Brush { rect: Rect::from_points(self.start, self.at), kind }
    }

    pub(super) fn overlay(&self) -> Overlay {
        Overlay { brush: Some(self.brush()), ..Overlay::default() }
    }
}
