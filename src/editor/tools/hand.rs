//! The hand: moves the canvas, nothing else.

use crate::editor::command::Command;
use crate::editor::event::{Event, PointerKind};
use crate::editor::session::Grip;
use crate::editor::tools::Cursor;

/// Open, or holding the canvas.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hand {
    grip: Option<Grip>,
}

impl Hand {
    pub(super) fn on_event(mut self, event: &Event) -> (Self, Vec<Command>) {
        let Event::Pointer(pointer) = event else { return (self, Vec::new()) };
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

    pub(super) fn is_at_rest(self) -> bool {
        self.grip.is_none()
    }

    pub(super) fn cursor(self) -> Cursor {
        if self.is_at_rest() { Cursor::Grab } else { Cursor::Grabbing }
    }
}
