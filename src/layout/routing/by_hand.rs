//! Lines that somebody bent: through all bends, with corners in between where lines are level and
//! upright.
//!
//! Must not know what else is drawn: somebody wanted them so.

use crate::base::geom::Point;
use crate::diagram::notation::LineStyle;
use crate::layout::Side;
use crate::layout::routing::search::without_needless;
use crate::layout::routing::{Connection, Path, STUB};

/// The way of a connection through those bends.
pub fn bent_path(connection: &Connection, bends: &[Point], style: LineStyle) -> Option<Path> {
    let (first, last) = (*bends.first()?, *bends.last()?);
    let start = side_towards(connection.from_card.center().x, first.x);
    let end = side_towards(connection.to_card.center().x, last.x);
    let ports = (connection.from_port(start), connection.to_port(end));
    let mut points = vec![ports.0];
    for bend in bends {
        if style == LineStyle::Orthogonal {
            corner(&mut points, *bend);
        }
        points.push(*bend);
    }
    if style == LineStyle::Orthogonal {
        arrive_level(&mut points, ports.1, end);
    }
    points.push(ports.1);
    Some(Path::new(without_needless(points), start, end))
}

fn side_towards(from: f64, to: f64) -> Side {
    if to < from { Side::Left } else { Side::Right }
}

/// Adds the corner between the last point and a bend: it leaves level and arrives upright.
fn corner(points: &mut Vec<Point>, bend: Point) {
    let Some(last) = points.last().copied() else { return };
    if last.x != bend.x && last.y != bend.y {
        points.push(Point::new(bend.x, last.y));
    }
}

/// Adds the corners between the last bend and a port that is met level: straight up or down from
/// the bend, unless that would lead back over the way it came.
fn arrive_level(points: &mut Vec<Point>, port: Point, side: Side) {
    let [.., before, last] = points.as_slice() else { return };
    let (before, last) = (*before, *last);
    let turns_back = before.x == last.x && (last.y - before.y) * (port.y - last.y) < 0.0;
    if turns_back {
        let x = if side == Side::Left { port.x - STUB } else { port.x + STUB };
        points.extend([Point::new(x, last.y), Point::new(x, port.y)]);
    } else {
        points.push(Point::new(last.x, port.y));
    }
}
