//! One straight line per reference, and around cards a taut one.
//!
//! Must not know how a way around cards is found.

use crate::base::geom::Point;
use crate::layout::Side;
use crate::layout::routing::clear::is_clear;
use crate::layout::routing::{Connection, Path};
use crate::layout::spatial::RectIndex;

/// The shortest straight line from row to row; none where each would run over a card.
pub fn straight_line(connection: &Connection, obstacles: &RectIndex) -> Option<Path> {
    if connection.is_loop() {
        return None;
    }
    let sides = [
        (Side::Right, Side::Left),
        (Side::Left, Side::Right),
        (Side::Right, Side::Right),
        (Side::Left, Side::Left),
    ];
    sides
        .into_iter()
        .map(|(start, end)| {
            let (from, to) = (connection.from_port(start), connection.to_port(end));
            ((to - from).hypot(), Path::new(vec![from, to], start, end))
        })
        .filter(|(_, path)| path.pieces().all(|(a, b)| is_clear(a, b, obstacles)))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, path)| path)
}

/// A way pulled taut: points are left out as long as the straight line between the others is free.
pub fn taut(points: &[Point], obstacles: &RectIndex) -> Vec<Point> {
    let mut kept = Vec::new();
    let mut rest = points;
    while let Some((first, following)) = rest.split_first() {
        kept.push(*first);
        let farthest =
            following.iter().rposition(|point| is_clear(*first, *point, obstacles)).unwrap_or(0);
        rest = following.get(farthest..).unwrap_or_default();
    }
    kept
}
