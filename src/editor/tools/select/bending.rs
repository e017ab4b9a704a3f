//! A line is bent by hand: a level or upright piece moves across itself, any other line gets a bend
//! where it is held.

use crate::base::geom::Point;
use crate::diagram::notation::LineStyle;
use crate::diagram::route::Route;
use crate::editor::command::{Command, Intent};
use crate::editor::event::{PointerEvent, PointerKind};
use crate::editor::snapping::GRID;
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::select::{Answer, SelectTool};
use crate::model::graph::Link;
use crate::model::id::ReferenceId;

/// The bends as they were, and which of them follow the pointer.
#[derive(Clone, Debug)]
pub struct Bending {
    reference: ReferenceId,
    route: Route,
    start: Point,
    held: Held,
}

/// What follows the pointer.
#[derive(Clone, Copy, Debug)]
enum Held {
    /// One bend, freely.
    Bend(usize),
    /// Two bends on the ends of an upright piece, sideways.
    Upright(usize, usize),
    /// Two bends on the ends of a level piece, up and down.
    Level(usize, usize),
}

impl Bending {
    pub(super) fn start(
        reference: ReferenceId,
        at: Point,
        pointer: &PointerEvent,
        cx: &ToolContext<'_>,
    ) -> Answer {
        let Some(line) = cx.layout.lines.get(&Link::Reference(reference)) else {
            return (SelectTool::Idle, Vec::new());
        };
        let start = cx.world(at);
        let known = cx.diagram.routes.get(&reference).cloned().unwrap_or_default();
        let is_orthogonal = cx.diagram.lines == LineStyle::Orthogonal;
        let (route, held) = if is_orthogonal {
            hold_piece(&line.points, start, known)
        } else {
            hold_bend(line.start.point, line.end.point, start, known)
        };
        let state = Self { reference, route, start, held };
        let (state, moves) = state.moved(pointer, cx);
        let mut commands = vec![Command::Begin("bend line")];
        commands.extend(moves);
        (state, commands)
    }

    pub(super) fn on_pointer(self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        match pointer.kind {
            PointerKind::Move => self.moved(pointer, cx),
            PointerKind::Up { .. } => (SelectTool::Idle, vec![Command::Commit]),
            _ => (SelectTool::Bending(self), Vec::new()),
        }
    }

    fn moved(self, pointer: &PointerEvent, cx: &ToolContext<'_>) -> Answer {
        let by = cx.world(pointer.at) - self.start;
        let mut route = self.route.clone();
        let bends = match self.held {
            Held::Bend(at) => [Some(at), None],
            Held::Upright(a, b) | Held::Level(a, b) => [Some(a), Some(b)],
        };
        for bend in bends.into_iter().flatten() {
            if let Some(bend) = route.bends.get_mut(bend) {
                let moved = on_grid(*bend + by);
                // A piece that moves across itself stays upright or level.
                *bend = match self.held {
                    Held::Bend(_) => moved,
                    Held::Upright(..) => Point::new(moved.x, bend.y),
                    Held::Level(..) => Point::new(bend.x, moved.y),
                };
            }
        }
        let command = Command::Edit(Intent::Bend(self.reference, route));
        (SelectTool::Bending(self), vec![command])
    }
}

fn on_grid(point: Point) -> Point {
    let half = GRID / 2.0;
    Point::new((point.x / half).round() * half, (point.y / half).round() * half)
}

/// The piece of an orthogonal line nearest to a point, with all its inner corners as bends.
fn hold_piece(points: &[Point], at: Point, known: Route) -> (Route, Held) {
    let last = points.len().saturating_sub(1);
    let mut bends: Vec<Point> = points.get(1..last).unwrap_or_default().to_vec();
    let nearest = points
        .windows(2)
        .enumerate()
        .min_by(|(_, a), (_, b)| distance(at, a).total_cmp(&distance(at, b)));
    let Some((piece, [from, to])) = nearest.and_then(|(n, piece)| Some((n, as_pair(piece)?)))
    else {
        return hold_bend(at, at, at, known);
    };
    // The first and last pieces hang on their cards: they get a corner of their own to move.
    let first = piece.checked_sub(1);
    let second = (piece + 1 < last).then_some(piece);
    let (a, b) = match (first, second) {
        (Some(a), Some(b)) => (a, b),
        (None, Some(b)) => {
            bends.insert(0, from.midpoint(to));
            bends.insert(1, from.midpoint(to));
            (1, b + 2)
        }
        (Some(a), None) => {
            bends.push(from.midpoint(to));
            bends.push(from.midpoint(to));
            (a, bends.len() - 2)
        }
        (None, None) => {
            bends = vec![
                from.lerp(to, 0.3),
                from.lerp(to, 0.3),
                from.lerp(to, 0.7),
                from.lerp(to, 0.7),
            ];
            (1, 2)
        }
    };
    let held = if (from.x - to.x).abs() < (from.y - to.y).abs() {
        Held::Upright(a, b)
    } else {
        Held::Level(a, b)
    };
    (Route { bends, ..known }, held)
}

fn as_pair(piece: &[Point]) -> Option<[Point; 2]> {
    piece.try_into().ok()
}

fn distance(at: Point, piece: &[Point]) -> f64 {
    let Some([a, b]) = as_pair(piece) else { return f64::INFINITY };
    let along = b - a;
    let length = along.hypot2();
    let share = if length == 0.0 { 0.0 } else { ((at - a).dot(along) / length).clamp(0.0, 1.0) };
    at.distance(a + along * share)
}

/// The bend of a free line under a point, or a new one between its neighbors.
fn hold_bend(from: Point, to: Point, at: Point, mut route: Route) -> (Route, Held) {
    let near = route.bends.iter().position(|bend| bend.distance(at) < 12.0);
    if let Some(bend) = near {
        return (route, Held::Bend(bend));
    }
    let mut points = vec![from];
    points.extend(&route.bends);
    points.push(to);
    let piece = points
        .windows(2)
        .enumerate()
        .min_by(|(_, a), (_, b)| distance(at, a).total_cmp(&distance(at, b)))
        .map_or(0, |(piece, _)| piece);
    let piece = piece.min(route.bends.len());
    route.bends.insert(piece, at);
    (route, Held::Bend(piece))
}
