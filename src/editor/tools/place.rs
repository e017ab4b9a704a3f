//! Adds one thing where the pointer is pressed: an entity, an enumeration or a note.

use crate::base::geom::{Point, Rect, Size};
use crate::editor::command::{Command, Intent};
use crate::editor::event::{Button, Event, Key, PointerKind};
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::{Brush, BrushKind, Overlay, ToolId};

/// Size of a note that was not drawn to size.
const NOTE_SIZE: Size = Size::new(200.0, 96.0);
/// Smallest note that a drag makes.
const SMALLEST_NOTE: f64 = 48.0;

/// What is added, and where it was pressed.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    id: ToolId,
    drawn: Option<(Point, Point)>,
}

impl Place {
    pub(super) fn new(id: ToolId) -> Self {
        Self { id, drawn: None }
    }

    pub(super) fn id(self) -> ToolId {
        self.id
    }

    pub(super) fn on_event(mut self, event: &Event, cx: &ToolContext<'_>) -> (Self, Vec<Command>) {
        let pointer = match event {
            Event::Pointer(pointer) => pointer,
            Event::Key(key) if key.key == Key::Escape => return self.escape(),
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
                    let commands = vec![Command::Edit(self.intent(from, at)), Command::Used];
                    return (self, commands);
                }
            }
            _ => {}
        }
        (self, Vec::new())
    }

    fn escape(mut self) -> (Self, Vec<Command>) {
        let commands = match self.drawn.take() {
            Some(_) => Vec::new(),
            None => vec![Command::Take(ToolId::Select)],
        };
        (self, commands)
    }

    fn intent(self, from: Point, to: Point) -> Intent {
        match self.id {
            ToolId::Note => Intent::AddNote(note_rect(from, to)),
            ToolId::Enumeration => Intent::AddEnumeration(to),
            _ => Intent::AddEntity(to),
        }
    }

    pub(super) fn is_at_rest(self) -> bool {
        self.drawn.is_none()
    }

    pub(super) fn overlay(self) -> Overlay {
        let brush = self.drawn.filter(|_| self.id == ToolId::Note).map(|(from, to)| Brush {
            rect: Rect::from_points(from, to),
            kind: BrushKind::Drawing,
        });
        Overlay { brush, ..Overlay::default() }
    }
}

fn note_rect(from: Point, to: Point) -> Rect {
    let drawn = Rect::from_points(from, to);
    if drawn.width() < SMALLEST_NOTE || drawn.height() < SMALLEST_NOTE {
        Rect::from_origin_size(to, NOTE_SIZE)
    } else {
        drawn
    }
}
