//! One straight line per reference, and around cards a taut one.
//!
//! Must not know how a way around cards is found.

use crate::base::geom::Point;
use crate::layout::Side;
use crate::layout::routing::clear::is_clear;
use crate::layout::routing::{Connection, MARK, Path};
use crate::layout::spatial::RectIndex;

/// The straight line from row to row between two sides that face each other, with room for the marks
/// at both ends; none where it would run over a card.
pub fn straight_line(connection: &Connection, obstacles: &RectIndex) -> Option<Path> {
    let sides = [(Side::Right, Side::Left, 1.0), (Side::Left, Side::Right, -1.0)];
    sides
        .into_iter()
        .filter(|_| !connection.is_loop())
        .map(|(start, end, outward)| {
            let (from, to) = (connection.from_port(start), connection.to_port(end));
            ((to.x - from.x) * outward, Path::new(vec![from, to], start, end))
        })
        .find(|(gap, path)| {
            *gap >= 2.0 * MARK && path.pieces().all(|(a, b)| is_clear(a, b, obstacles))
        })
        .map(|(_, path)| path)
}

/// A way pulled taut: points are left out as long as the straight line between the others is free.
/// The pieces at its ends stay, for the marks.
pub fn taut(points: &[Point], obstacles: &RectIndex) -> Vec<Point> {
    let [start, inner @ .., end] = points else { return points.to_vec() };
    let mut kept = vec![*start];
    let mut rest = inner;
    while let Some((first, following)) = rest.split_first() {
        kept.push(*first);
        let farthest =
            following.iter().rposition(|point| is_clear(*first, *point, obstacles)).unwrap_or(0);
        rest = following.get(farthest..).unwrap_or_default();
    }
    kept.push(*end);
    kept
}
