//! The simple ways to join two rows: straight across, in a Z, in a C at one side, in an S around.
//!
//! They know nothing of other lines, and of other cards only how many are in the way: enough while
//! a card is dragged, and where no free way exists.

use crate::base::geom::{Point, Rect};
use crate::layout::Side;
use crate::layout::routing::{Connection, LANE, Path, STUB};
use crate::layout::spatial::RectIndex;

/// What a bend costs, as a length of line.
const BEND_COST: f64 = 48.0;
/// What a card in the way costs, as a length of line.
const BLOCKED_COST: f64 = 4000.0;
/// Distance of a line from the card that it passes above or below.
const CLEARANCE: f64 = 16.0;

/// The best simple way between two rows; `in_the_way` holds the cards.
pub fn simple_path(connection: &Connection, in_the_way: &RectIndex) -> Path {
    if connection.is_row_loop() {
        return row_loop(connection);
    }
    let mut best: Option<(f64, Path)> = None;
    for path in shapes(connection) {
        let cost = cost(&path, in_the_way);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, path));
        }
    }
    best.map(|(_, path)| path).unwrap_or_default()
}

/// How far above and below the middle of its row a reference from a row to itself ends.
const ROW_LOOP: f64 = 8.0;

/// A loop beside a card, for a reference from a row to itself: both ends are at the row.
pub fn row_loop(connection: &Connection) -> Path {
    let reach = ROW_LOOP + connection.lane / 4.0;
    let (upper, lower) = (connection.from_y - reach, connection.to_y + reach);
    let card = connection.from_card;
    let out = card.x1 + STUB + LANE + connection.lane;
    let points = vec![
        Point::new(card.x1, upper),
        Point::new(out, upper),
        Point::new(out, lower),
        Point::new(card.x1, lower),
    ];
    Path::new(points, Side::Right, Side::Right)
}

/// All simple ways, the preferred ones first.
fn shapes(connection: &Connection) -> Vec<Path> {
    let mut shapes = Vec::new();
    let sides: &[(Side, Side)] = if connection.is_loop() {
        &[(Side::Right, Side::Right), (Side::Left, Side::Left)]
    } else {
        &[
            (Side::Right, Side::Left),
            (Side::Left, Side::Right),
            (Side::Right, Side::Right),
            (Side::Left, Side::Left),
        ]
    };
    for (start, end) in sides.iter().copied() {
        let from = connection.from_port(start);
        let to = connection.to_port(end);
        let outward = if start == Side::Right { 1.0 } else { -1.0 };
        let gap = (to.x - from.x) * outward;
        let bends: Vec<Vec<Point>> = if start == end {
            let farthest = if outward > 0.0 { from.x.max(to.x) } else { from.x.min(to.x) };
            vec![upright(farthest + outward * (STUB + connection.lane), from, to)]
        } else if gap >= STUB {
            z_bends(connection, from, to)
        } else {
            s_bends(connection, from, to, outward)
        };
        shapes.extend(bends.into_iter().map(|bends| {
            let points = std::iter::once(from).chain(bends).chain([to]).collect();
            Path::new(points, start, end)
        }));
    }
    shapes
}

/// The two bends of an upright piece.
fn upright(x: f64, from: Point, to: Point) -> Vec<Point> {
    vec![Point::new(x, from.y), Point::new(x, to.y)]
}

/// Across the gap between two facing sides: straight, or with the upright piece in the middle or
/// near either end.
fn z_bends(connection: &Connection, from: Point, to: Point) -> Vec<Vec<Point>> {
    if from.y == to.y {
        return vec![Vec::new()];
    }
    let middle = f64::midpoint(from.x, to.x);
    let stub = STUB.min((to.x - from.x).abs() / 2.0) * (to.x - from.x).signum();
    let reach = ((to.x - from.x).abs() / 2.0 - STUB).max(0.0);
    let lane = connection.lane.min(reach);
    [middle + lane, from.x + stub, to.x - stub].into_iter().map(|x| upright(x, from, to)).collect()
}

/// Around, when the sides look away from each other: between, above or below the two cards.
fn s_bends(connection: &Connection, from: Point, to: Point, outward: f64) -> Vec<Vec<Point>> {
    let (a, b) = (connection.from_card, connection.to_card);
    let lane = connection.lane;
    let out = from.x + outward * (STUB + lane);
    let back = to.x - outward * (STUB + lane);
    let mut levels = vec![a.y0.min(b.y0) - CLEARANCE - lane, a.y1.max(b.y1) + CLEARANCE + lane];
    let (upper, lower) = if a.y0 <= b.y0 { (a, b) } else { (b, a) };
    if lower.y0 - upper.y1 >= CLEARANCE {
        levels.insert(0, f64::midpoint(upper.y1, lower.y0));
    }
    levels
        .into_iter()
        .map(|y| {
            vec![
                Point::new(out, from.y),
                Point::new(out, y),
                Point::new(back, y),
                Point::new(back, to.y),
            ]
        })
        .collect()
}

fn cost(path: &Path, in_the_way: &RectIndex) -> f64 {
    let mut cost = BEND_COST * path.points.len() as f64;
    for (a, b) in path.pieces() {
        cost += (b - a).hypot();
        cost += BLOCKED_COST
            * in_the_way.touching(Rect::from_points(a, b).inflate(0.5, 0.5)).count() as f64;
    }
    cost
}
