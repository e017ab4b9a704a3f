//! Draws a line from one thing to another: by dragging, or by a press on each.

use crate::base::geom::Point;
use crate::document::edit::references::Anchor;
use crate::editor::command::{Command, Intent};
use crate::editor::event::{Button, Event, Key, PointerKind};
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::{Overlay, Rubber, ToolId};
use crate::scene::target::Target;

/// How far the pointer moves before a press is a drag, in screen units.
const DRAG_DISTANCE: f64 = 4.0;

/// A line on its way.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// What it is held by.
    pub from: Anchor,
    /// Where that is drawn.
    source: Target,
    /// Where it starts.
    start: Point,
    /// Where the pointer is, in the world.
    at: Point,
    /// What is under the pointer.
    over: Option<(Anchor, Target)>,
}

impl Line {
    /// A line held by what is under a point of the screen.
    pub fn start(cx: &ToolContext<'_>, screen: Point) -> Option<Self> {
        let (from, source) = cx.anchor_at(screen)?;
        let at = cx.world(screen);
        Some(Self { from, source, start: cx.port(source, at)?, at, over: None })
    }

    /// The line with its free end under the pointer.
    #[must_use]
    pub fn moved(self, cx: &ToolContext<'_>, screen: Point) -> Self {
        let at = cx.world(screen);
        let over = cx.anchor_at(screen).filter(|(anchor, _)| *anchor != self.from);
        let start = cx.port(self.source, at).unwrap_or(self.start);
        Self { start, at, over, ..self }
    }

    /// What dropping it here means; nothing over what it came from.
    pub fn dropped(self, cx: &ToolContext<'_>, screen: Point) -> Option<Intent> {
        match cx.anchor_at(screen) {
            Some((anchor, _)) if anchor == self.from => None,
            Some((anchor, _)) => Some(Intent::Connect(self.from, anchor)),
            None => Some(Intent::ConnectToNew(self.from, cx.world(screen))),
        }
    }

    /// What is shown of it.
    pub fn overlay(self) -> Overlay {
        Overlay {
            rubber: Some(Rubber { from: self.start, to: self.at }),
            drop: self.over.map(|(_, target)| target),
            ..Overlay::default()
        }
    }
}

/// The tool for references.
#[derive(Clone, Copy, Debug, Default)]
pub enum Connect {
    /// Nothing is held yet.
    #[default]
    Idle,
    /// The pointer is down on what the line starts at.
    Dragging {
        /// The line.
        line: Line,
        /// Where it was pressed, on the screen.
        pressed: Point,
    },
    /// The line follows the pointer, which is up.
    Following(Line),
}

impl Connect {
    pub(super) fn on_event(self, event: &Event, cx: &ToolContext<'_>) -> (Self, Vec<Command>) {
        let pointer = match event {
            Event::Pointer(pointer) => pointer,
            Event::Key(key) if key.key == Key::Escape => return self.escape(),
            Event::Key(_) => return (self, Vec::new()),
        };
        match (self, pointer.kind) {
            (Self::Idle, PointerKind::Down { button: Button::Primary, .. }) => {
                let line = Line::start(cx, pointer.at);
                let pressed = pointer.at;
                (line.map_or(Self::Idle, |line| Self::Dragging { line, pressed }), Vec::new())
            }
            (Self::Dragging { line, pressed }, PointerKind::Move) => {
                (Self::Dragging { line: line.moved(cx, pointer.at), pressed }, Vec::new())
            }
            (Self::Following(line), PointerKind::Move) => {
                (Self::Following(line.moved(cx, pointer.at)), Vec::new())
            }
            (Self::Dragging { line, pressed }, PointerKind::Up { .. }) => {
                if pressed.distance(pointer.at) < DRAG_DISTANCE {
                    (Self::Following(line), Vec::new())
                } else {
                    (Self::Idle, finish(line, cx, pointer.at))
                }
            }
            (Self::Following(line), PointerKind::Down { button: Button::Primary, .. }) => {
                (Self::Idle, finish(line, cx, pointer.at))
            }
            (same, _) => (same, Vec::new()),
        }
    }

    fn escape(self) -> (Self, Vec<Command>) {
        match self {
            Self::Idle => (self, vec![Command::Take(ToolId::Select)]),
            Self::Dragging { .. } | Self::Following(_) => (Self::Idle, Vec::new()),
        }
    }

    pub(super) fn is_at_rest(self) -> bool {
        matches!(self, Self::Idle)
    }

    pub(super) fn overlay(self) -> Overlay {
        match self {
            Self::Idle => Overlay::default(),
            Self::Dragging { line, .. } | Self::Following(line) => line.overlay(),
        }
    }

    pub(super) fn hint(self) -> &'static str {
        match self {
            Self::Idle => ToolId::Reference.info().hint,
            Self::Dragging { .. } | Self::Following(_) => {
                "Drop on an entity, a field or an empty place; Esc cancels"
            }
        }
    }
}

fn finish(line: Line, cx: &ToolContext<'_>, screen: Point) -> Vec<Command> {
    let intent = line.dropped(cx, screen);
    intent.map_or(Vec::new(), |intent| vec![Command::Edit(intent), Command::Used])
}
