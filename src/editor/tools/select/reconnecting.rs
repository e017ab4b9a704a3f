//! One end of a reference follows the pointer to another card or row.

use crate::base::geom::Point;
use crate::document::edit::references::EndSide;
use crate::editor::command::{Command, Intent};
use crate::editor::event::{PointerEvent, PointerKind};
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::select::{Answer, SelectTool};
use crate::editor::tools::{Overlay, Rubber};
use crate::model::graph::Link;
use crate::model::id::ReferenceId;
use crate::scene::target::{LineEnd, Target};

/// The end that is free, and where the other one is held.
#[derive(Clone, Copy, Debug)]
pub struct Reconnecting {
    reference: ReferenceId,
    end: LineEnd,
    held: Point,
    at: Point,
    over: Option<Target>,
}

impl Reconnecting {
    pub(super) fn start(
        reference: ReferenceId,
        end: LineEnd,
        pointer: &PointerEvent,
        cx: &ToolContext<'_>,
    ) -> Answer {
        let Some(line) = cx.layout.lines.get(&Link::Reference(reference)) else {
            return (SelectTool::Idle, Vec::new());
        };
        let held = match end {
            LineEnd::From => line.end.point,
            LineEnd::To => line.start.point,
        };
        Self { reference, end, held, at: held, over: None }.moved(pointer, cx)
    }

    pub(super) fn on_pointer(self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        match pointer.kind {
            PointerKind::Move => self.moved(pointer, cx),
            PointerKind::Up { .. } => {
                let side = match self.end {
                    LineEnd::From => EndSide::From,
                    LineEnd::To => EndSide::To,
                };
                let commands = cx.anchor_at(pointer.at).map(|(anchor, _)| {
                    Command::Edit(Intent::Reconnect(self.reference, side, anchor))
                });
                (SelectTool::Idle, commands.into_iter().collect())
            }
            _ => (SelectTool::Reconnecting(self), Vec::new()),
        }
    }

    fn moved(mut self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        self.at = cx.world(pointer.at);
        self.over = cx.anchor_at(pointer.at).map(|(_, target)| target);
        (SelectTool::Reconnecting(self), Vec::new())
    }

    pub(super) fn overlay(self) -> Overlay {
        Overlay {
            rubber: Some(Rubber { from: self.held, to: self.at }),
            drop: self.over,
            ..Overlay::default()
        }
    }
}
