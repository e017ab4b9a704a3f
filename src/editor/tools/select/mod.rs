//! The arrow: selects, moves, resizes, bends and opens things.
//!
//! One file per state: [`idle`], [`pressing`] (down, but not yet moved), [`dragging`],
//! [`brushing`], [`resizing`], [`bending`], [`reconnecting`]; drawing a line from a port is shared
//! with the [`connect`](super::connect) tool. [`keys`] is what the keyboard does meanwhile.

pub mod bending;
pub mod brushing;
pub mod dragging;
pub mod idle;
pub mod keys;
pub mod pressing;
pub mod reconnecting;
pub mod resizing;

use crate::base::geom::Point;
use crate::editor::command::Command;
use crate::editor::event::{Event, Key, PointerKind};
use crate::editor::tools::connect::Line;
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::select::bending::Bending;
use crate::editor::tools::select::brushing::Brushing;
use crate::editor::tools::select::dragging::Dragging;
use crate::editor::tools::select::pressing::Pressing;
use crate::editor::tools::select::reconnecting::Reconnecting;
use crate::editor::tools::select::resizing::Resizing;
use crate::editor::tools::{Cursor, Overlay, ToolId};
use crate::scene::target::Target;

/// How far the pointer moves before a press is a drag, in screen units.
const DRAG_DISTANCE: f64 = 4.0;

/// The arrow in its state.
#[derive(Clone, Debug, Default)]
pub enum SelectTool {
    /// Nothing is held.
    #[default]
    Idle,
    /// The pointer is down and has not moved yet.
    Pressing(Pressing),
    /// Things move with the pointer.
    Dragging(Box<Dragging>),
    /// A rectangle selects.
    Brushing(Brushing),
    /// A line is drawn from a port.
    Connecting(Line),
    /// One end of a line looks for another place.
    Reconnecting(Reconnecting),
    /// A line is bent.
    Bending(Bending),
    /// A note, frame or card changes its size.
    Resizing(Resizing),
}

type Answer = (SelectTool, Vec<Command>);

impl SelectTool {
    pub(super) fn on_event(self, event: &Event, cx: &ToolContext<'_>) -> Answer {
        let pointer = match event {
            Event::Pointer(pointer) => pointer,
            Event::Key(key) if key.key == Key::Escape => return self.escape(cx),
            Event::Key(key) => {
                let commands = if self.is_at_rest() { keys::on_key(*key, cx) } else { Vec::new() };
                return (self, commands);
            }
        };
        match self {
            Self::Idle => idle::on_pointer(pointer, cx),
            Self::Pressing(state) => state.on_pointer(pointer, cx),
            Self::Dragging(state) => state.on_pointer(pointer, cx),
            Self::Brushing(state) => state.on_pointer(pointer, cx),
            Self::Connecting(line) => on_connecting(line, pointer.kind, pointer.at, cx),
            Self::Reconnecting(state) => state.on_pointer(pointer, cx),
            Self::Bending(state) => state.on_pointer(pointer, cx),
            Self::Resizing(state) => state.on_pointer(pointer, cx),
        }
    }

    /// Escape puts everything back; at rest it clears the selection.
    fn escape(self, cx: &ToolContext<'_>) -> Answer {
        let commands = match self {
            Self::Idle => keys::escape(cx),
            Self::Pressing(_) | Self::Connecting(_) | Self::Reconnecting(_) => Vec::new(),
            Self::Brushing(state) => state.cancelled(),
            Self::Dragging(_) | Self::Bending(_) | Self::Resizing(_) => vec![Command::Rollback],
        };
        (Self::Idle, commands)
    }

    pub(super) fn is_at_rest(&self) -> bool {
        matches!(self, Self::Idle)
    }

    pub(super) fn overlay(&self) -> Overlay {
        match self {
            Self::Idle | Self::Pressing(_) | Self::Bending(_) | Self::Resizing(_) => {
                Overlay::default()
            }
            Self::Dragging(state) => state.overlay(),
            Self::Brushing(state) => state.overlay(),
            Self::Connecting(line) => line.overlay(),
            Self::Reconnecting(state) => state.overlay(),
        }
    }

    pub(super) fn cursor(&self, over: Option<Target>) -> Cursor {
        match self {
            Self::Idle | Self::Pressing(_) => match over {
                Some(Target::Port(..)) => Cursor::Cross,
                Some(Target::Line(_) | Target::LineEnd(..) | Target::LineLabel(_)) => {
                    Cursor::Pointer
                }
                Some(
                    Target::Area(_)
                    | Target::Card(_)
                    | Target::Header(_)
                    | Target::Row(..)
                    | Target::Note(_),
                )
                | None => Cursor::Arrow,
            },
            Self::Dragging(_) => Cursor::Move,
            Self::Brushing(_) | Self::Connecting(_) | Self::Reconnecting(_) => Cursor::Cross,
            Self::Bending(_) => Cursor::Grabbing,
            Self::Resizing(state) => state.cursor(),
        }
    }

    pub(super) fn hint(&self) -> &'static str {
        match self {
            Self::Idle | Self::Pressing(_) => ToolId::Select.info().hint,
            Self::Dragging(_) => "Esc puts everything back; Ctrl holds off snapping",
            Self::Brushing(_) => "To the right takes what is inside, to the left what is touched",
            Self::Connecting(_) => "Drop on an entity, a field or an empty place; Esc cancels",
            Self::Reconnecting(_) => "Drop on the entity or field that this end belongs to",
            Self::Bending(_) => "The bend stays until it is reset",
            Self::Resizing(_) => "Esc puts the old size back",
        }
    }
}

fn on_connecting(line: Line, kind: PointerKind, at: Point, cx: &ToolContext<'_>) -> Answer {
    match kind {
        PointerKind::Move => (SelectTool::Connecting(line.moved(cx, at)), Vec::new()),
        PointerKind::Up { .. } => {
            let commands = line.dropped(cx, at).map(Command::Edit).into_iter().collect();
            (SelectTool::Idle, commands)
        }
        _ => (SelectTool::Connecting(line), Vec::new()),
    }
}
