//! Draws the frame of an area around what belongs together.

use crate::base::geom::{Point, Rect};
use crate::editor::command::{Command, Intent};
use crate::editor::event::{Button, Event, Key, PointerKind};
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::{Brush, BrushKind, Overlay, ToolId};

/// Smallest side of a frame that somebody meant.
const SMALLEST: f64 = 24.0;

/// The two corners drawn so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct DrawArea {
    drawn: Option<(Point, Point)>,
}

impl DrawArea {
    pub(super) fn on_event(mut self, event: &Event, cx: &ToolContext<'_>) -> (Self, Vec<Command>) {
        let pointer = match event {
            Event::Pointer(pointer) => pointer,
            Event::Key(key) if key.key == Key::Escape => {
                let commands = match self.drawn.take() {
                    Some(_) => Vec::new(),
                    None => vec![Command::Take(ToolId::Select)],
                };
                return (self, commands);
            }
            Event::Key(_) => return (self, Vec::new()),
        };
        let at = cx.world(pointer.at);
        match pointer.kind {
            PointerKind::Down { button: Button::Primary, .. } => self.drawn = Some((at, at)),
            PointerKind::Move => {
                if let Some((_, to)) = &mut self.drawn {
                    *to = at;
                }
            }
            PointerKind::Up { button: Button::Primary } => {
                if let Some((from, _)) = self.drawn.take() {
                    let rect = Rect::from_points(from, at);
                    if rect.width() >= SMALLEST && rect.height() >= SMALLEST {
                        return (self, vec![Command::Edit(Intent::AddArea(rect)), Command::Used]);
                    }
                }
            }
            _ => {}
        }
        (self, Vec::new())
    }

    pub(super) fn is_at_rest(self) -> bool {
        self.drawn.is_none()
    }

    pub(super) fn overlay(self) -> Overlay {
        let brush = self.drawn.map(|(from, to)| Brush {
            rect: Rect::from_points(from, to),
            kind: BrushKind::Drawing,
        });
        Overlay { brush, ..Overlay::default() }
    }
}
