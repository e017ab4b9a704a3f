//! Things move with the pointer, as one transaction.

use crate::base::geom::{Point, Rect, Vec2};
use crate::document::edit::diagrams::Arrangement;
use crate::editor::command::{Command, Intent, Select};
use crate::editor::event::{PointerEvent, PointerKind};
use crate::editor::selection::owner_of;
use crate::editor::session::Snapping;
use crate::editor::snapping::{Guide, snap};
use crate::editor::tools::Overlay;
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::select::{Answer, SelectTool};
use crate::model::id::ElementId;

/// What moves, from where, and what it is in line with now.
#[derive(Clone, Debug)]
pub struct Dragging {
    /// Where the pointer was pressed, in the world.
    start: Point,
    /// Where everything stood; none until copies have been made.
    snapshot: Option<Snapshot>,
    guides: Vec<Guide>,
}

#[derive(Clone, Debug)]
struct Snapshot {
    arrangement: Arrangement,
    bounds: Rect,
    neighbors: Vec<Rect>,
}

impl Snapshot {
    fn of(elements: &[ElementId], cx: &ToolContext<'_>) -> Option<Self> {
        let arrangement = cx.arrangement(elements);
        let bounds = cx.bounds(&arrangement)?;
        let neighbors = cx.neighbors(&arrangement);
        Some(Self { arrangement, bounds, neighbors })
    }
}

impl Dragging {
    /// Takes hold of the selected things; a selected row is held by its card. With Alt it is copies
    /// that move.
    pub(super) fn start(at: Point, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        let mut held: Vec<ElementId> = cx.selection.iter().map(as_movable).collect();
        if let Some(pressed) = cx.element_at(at).map(as_movable)
            && !held.contains(&pressed)
        {
            held.push(pressed);
        }
        let state = Self { start: cx.world(at), snapshot: None, guides: Vec::new() };
        let mut commands = vec![Command::Select(Select::Only(held.clone()))];
        if pointer.modifiers.alt {
            commands.push(Command::Begin("duplicate"));
            commands.push(Command::Edit(Intent::Duplicate(held)));
            return (SelectTool::Dragging(Box::new(state)), commands);
        }
        commands.push(Command::Begin("move"));
        let state = Self { snapshot: Snapshot::of(&held, cx), ..state };
        let (state, moves) = state.moved(pointer, cx);
        commands.extend(moves);
        (state, commands)
    }

    pub(super) fn on_pointer(mut self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        if self.snapshot.is_none() {
            self.snapshot = Snapshot::of(&cx.selection.to_vec(), cx);
        }
        match pointer.kind {
            PointerKind::Move => self.moved(pointer, cx),
            PointerKind::Up { .. } => {
                let (_, mut commands) = self.moved(pointer, cx);
                commands.push(Command::Commit);
                (SelectTool::Idle, commands)
            }
            _ => (SelectTool::Dragging(Box::new(self)), Vec::new()),
        }
    }

    fn moved(mut self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        let Some(snapshot) = &self.snapshot else {
            return (SelectTool::Dragging(Box::new(self)), Vec::new());
        };
        let drawn: Vec2 = cx.world(pointer.at) - self.start;
        let axes = if pointer.modifiers.shift { longer_axis(drawn) } else { Vec2::new(1.0, 1.0) };
        let snapping = if pointer.modifiers.command {
            Snapping { to_grid: false, to_neighbors: false }
        } else {
            cx.snapping
        };
        let by = along(drawn, axes);
        let snapped = snap(snapshot.bounds, by, &snapshot.neighbors, cx.snap_reach(), snapping);
        // Where it is held to one axis, nothing attracts it across.
        let by = along(snapped.by, axes);
        let moved = snapshot.arrangement.shifted(by);
        self.guides = if by == snapped.by { snapped.guides } else { Vec::new() };
        (
            SelectTool::Dragging(Box::new(self)),
            vec![Command::Edit(Intent::Arrange(Box::new(moved)))],
        )
    }

    pub(super) fn overlay(&self) -> Overlay {
        Overlay { guides: self.guides.clone(), ..Overlay::default() }
    }
}

/// What moves when an element is dragged: a row moves its card.
fn as_movable(element: ElementId) -> ElementId {
    owner_of(element).map_or(element, ElementId::from)
}

/// One along the axis that a drag is longer on, nothing along the other.
fn longer_axis(by: Vec2) -> Vec2 {
    if by.x.abs() >= by.y.abs() { Vec2::new(1.0, 0.0) } else { Vec2::new(0.0, 1.0) }
}

fn along(by: Vec2, axes: Vec2) -> Vec2 {
    Vec2::new(by.x * axes.x, by.y * axes.y)
}
