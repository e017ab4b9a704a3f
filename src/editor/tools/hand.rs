//! The hand: moves the canvas, nothing else.

use crate::editor::command::Command;
use crate::editor::event::{Event, Key, PointerKind};
use crate::editor::session::Grip;
use crate::editor::tools::{Cursor, ToolId};

/// Open, or holding the canvas.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hand {
    grip: Option<Grip>,
}

impl Hand {
    pub(super) fn on_event(mut self, event: &Event) -> (Self, Vec<Command>) {
        let pointer = match event {
            Event::Pointer(pointer) => pointer,
            Event::Key(key) if key.key == Key::Escape => return self.escape(),
            Event::Key(_) => return (self, Vec::new()),
        };
        let mut commands = Vec::new();
        match pointer.kind {
            PointerKind::Down { .. } => self.grip = Some(Grip { last: pointer.at }),
            PointerKind::Move => {
                if let Some(grip) = &mut self.grip {
                    commands.push(Command::Pan(pointer.at - grip.last));
                    grip.last = pointer.at;
                }
            }
            PointerKind::Up { .. } => self.grip = None,
            PointerKind::Scroll(_) | PointerKind::Zoom(_) | PointerKind::Leave => {}
        }
        (self, commands)
    }

    fn escape(mut self) -> (Self, Vec<Command>) {
        let commands = match self.grip.take() {
            Some(_) => Vec::new(),
            None => vec![Command::Take(ToolId::Select)],
        };
        (self, commands)
    }

    pub(super) fn is_at_rest(self) -> bool {
        self.grip.is_none()
    }

    pub(super) fn cursor(self) -> Cursor {
        if self.is_at_rest() { Cursor::Grab } else { Cursor::Grabbing }
    }
}
