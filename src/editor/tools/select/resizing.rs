//! A selected note, frame or card changes its size at its lower right corner or right edge.

use crate::base::geom::{Point, Rect};
use crate::editor::command::{Command, Intent};
use crate::editor::event::{PointerEvent, PointerKind};
use crate::editor::snapping::GRID;
use crate::editor::tools::Cursor;
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::select::{Answer, SelectTool};
use crate::model::id::{AreaId, ElementId, NodeId, NoteId};

/// How near a corner the pointer must be, in screen units.
const REACH: f64 = 7.0;
/// Smallest note and frame.
const SMALLEST: (f64, f64) = (64.0, 40.0);
/// Narrowest card.
const NARROWEST: f64 = 96.0;

/// What changes its size, and how large it was.
#[derive(Clone, Copy, Debug)]
pub struct Resizing {
    what: Sized,
    rect: Rect,
    start: Point,
}

#[derive(Clone, Copy, Debug)]
enum Sized {
    Note(NoteId),
    Frame(AreaId),
    /// Its width only: its rows decide the height.
    Card(NodeId),
}

impl Resizing {
    /// Takes hold of the corner under a point of the screen, when a selected thing has one there.
    pub(super) fn start(at: Point, cx: &ToolContext<'_>) -> Option<Self> {
        let world = cx.world(at);
        let reach = REACH / cx.viewport.zoom();
        let (what, rect) = match cx.selection.single()? {
            ElementId::Note(id) => (Sized::Note(id), *cx.layout.notes.get(&id)?),
            ElementId::Area(id) => (Sized::Frame(id), *cx.layout.frames.get(&id)?),
            ElementId::Entity(id) => (Sized::Card(id.into()), card_rect(cx, id.into())?),
            ElementId::Enumeration(id) => (Sized::Card(id.into()), card_rect(cx, id.into())?),
            _ => return None,
        };
        let corner = Point::new(rect.x1, rect.y1);
        (corner.distance(world) <= reach).then_some(Self { what, rect, start: world })
    }

    pub(super) fn on_pointer(self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        match pointer.kind {
            PointerKind::Move => {
                let by = cx.world(pointer.at) - self.start;
                let command = Command::Edit(self.resized(by.x, by.y));
                (SelectTool::Resizing(self), vec![command])
            }
            PointerKind::Up { .. } => (SelectTool::Idle, vec![Command::Commit]),
            _ => (SelectTool::Resizing(self), Vec::new()),
        }
    }

    fn resized(self, dx: f64, dy: f64) -> Intent {
        let on_grid = |value: f64| (value / GRID).round() * GRID;
        let width = on_grid(self.rect.width() + dx);
        let height = on_grid(self.rect.height() + dy);
        let (least_width, least_height) = SMALLEST;
        let rect = Rect::from_origin_size(
            self.rect.origin(),
            (width.max(least_width), height.max(least_height)),
        );
        match self.what {
            Sized::Note(id) => Intent::ResizeNote(id, rect),
            Sized::Frame(id) => Intent::ResizeFrame(id, rect),
            Sized::Card(node) => Intent::ResizeCard(node, self.rect.x0, width.max(NARROWEST)),
        }
    }

    pub(super) fn cursor(self) -> Cursor {
        match self.what {
            Sized::Note(_) | Sized::Frame(_) => Cursor::ResizeDiagonal,
            Sized::Card(_) => Cursor::ResizeHorizontal,
        }
    }
}

fn card_rect(cx: &ToolContext<'_>, node: NodeId) -> Option<Rect> {
    cx.layout.cards.get(&node).map(|card| card.rect)
}
