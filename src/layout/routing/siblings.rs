//! Lines to one row that cross each other before they get there: from the first crossing on, both take
//! the better of their two ways.
//!
//! That way is free of cards already, so nothing is searched for. Must not know how lines were led.

use std::collections::BTreeMap;

use crate::base::geom::Point;
use crate::layout::routing::search::without_needless;
use crate::layout::routing::{Connection, Path};

/// What a bend costs, as a length of line.
const BEND: f64 = 60.0;
/// Ways nearer than this read as one.
const NEAR: f64 = 5.0;

/// A line, seen so that it runs towards the place where it meets its siblings.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sibling {
    line: usize,
    is_turned: bool,
}

/// Joins lines that end at one place where they cross.
pub fn join_siblings(connections: &[Connection], paths: &mut [Path], is_fixed: &[bool]) {
    let mut families: BTreeMap<Place, Vec<Sibling>> = BTreeMap::new();
    let all = connections.iter().zip(paths.iter()).zip(is_fixed).enumerate();
    for (line, ((connection, path), is_fixed)) in all {
        if *is_fixed || connection.is_loop() {
            continue;
        }
        for (place, is_turned) in [(path.points.first(), true), (path.points.last(), false)] {
            if let Some(place) = place {
                families.entry(place_of(place)).or_default().push(Sibling { line, is_turned });
            }
        }
    }
    for (place, family) in &families {
        for (number, one) in family.iter().enumerate() {
            for other in family.iter().skip(number + 1) {
                join(paths, &families, *place, (*one, *other));
            }
        }
    }
}

/// Where lines end, in eighths of a unit.
type Place = (i64, i64);

fn place_of(point: &Point) -> Place {
    ((point.x * 8.0) as i64, (point.y * 8.0) as i64)
}

/// Leads both along the better way from where they cross first.
fn join(
    paths: &mut [Path],
    families: &BTreeMap<Place, Vec<Sibling>>,
    meeting: Place,
    (one, other): (Sibling, Sibling),
) {
    let (Some(a), Some(b)) = (paths.get(one.line), paths.get(other.line)) else { return };
    if one.line == other.line || !may_meet(&a.points, &b.points) {
        return;
    }
    let (a, b) = (one.seen(&a.points), other.seen(&b.points));
    let Some((a_piece, b_piece, place)) = first_crossing(&a, &b) else { return };
    let rest = |points: &[Point], piece: usize| {
        let rest = points.iter().copied().skip(piece + 1);
        std::iter::once(place).chain(rest).collect::<Vec<_>>()
    };
    let a_way = (other, &b, b_piece, &a, rest(&a, a_piece));
    let b_way = (one, &a, a_piece, &b, rest(&b, b_piece));
    let ways = if cost(&a_way.4) <= cost(&b_way.4) { [a_way, b_way] } else { [b_way, a_way] };
    // A way that its owner shares with lines to another place is not for all.
    let is_shared = |owner: &[Point], rest: &[Point]| {
        let start = owner.first().map(place_of);
        let cousins = start.and_then(|start| families.get(&start)).into_iter().flatten();
        let mut ways = cousins.filter_map(|cousin| paths.get(cousin.line));
        ways.any(|way| {
            let ends = [way.points.first(), way.points.last()];
            !ends.into_iter().flatten().any(|end| place_of(end) == meeting)
                && run_together(rest, &way.points)
        })
    };
    let free = ways.into_iter().find(|(_, _, _, owner, rest)| !is_shared(owner, rest));
    let Some((changed, kept, piece, _, rest)) = free else { return };
    let points: Vec<Point> = kept.iter().copied().take(piece + 1).chain(rest).collect();
    if let Some(path) = paths.get_mut(changed.line) {
        path.points = without_needless(changed.seen(&points));
    }
}

/// Whether two ways lie on one another somewhere, or nearly so.
fn run_together(a: &[Point], b: &[Point]) -> bool {
    let mut pieces = a.windows(2).flat_map(|first| b.windows(2).map(move |second| (first, second)));
    pieces.any(|(first, second)| {
        let ([a, b], [c, d]) = (first, second) else { return false };
        let common =
            |a: f64, b: f64, c: f64, d: f64| a.max(b).min(c.max(d)) - a.min(b).max(c.min(d));
        let is_level = a.y == b.y && c.y == d.y && (a.y - c.y).abs() < NEAR;
        let is_upright = a.x == b.x && c.x == d.x && (a.x - c.x).abs() < NEAR;
        (is_level && common(a.x, b.x, c.x, d.x) > 0.0)
            || (is_upright && common(a.y, b.y, c.y, d.y) > 0.0)
    })
}

impl Sibling {
    /// The points in the order it is seen; the same again gives them back.
    fn seen(self, points: &[Point]) -> Vec<Point> {
        let mut points = points.to_vec();
        if self.is_turned {
            points.reverse();
        }
        points
    }
}

fn cost(points: &[Point]) -> f64 {
    let length: f64 = points.windows(2).map(pair_length).sum();
    length + BEND * points.len() as f64
}

fn pair_length(pair: &[Point]) -> f64 {
    let [a, b] = pair else { return 0.0 };
    (*b - *a).hypot()
}

/// Whether what two lines take up has anything in common.
fn may_meet(a: &[Point], b: &[Point]) -> bool {
    let span = |points: &[Point], of: fn(&Point) -> f64| {
        points.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    };
    let share = |of: fn(&Point) -> f64| {
        let ((a0, a1), (b0, b1)) = (span(a, of), span(b, of));
        a0 < b1 && b0 < a1
    };
    share(|point| point.x) && share(|point| point.y)
}

/// The first place along the first line where the two cross: the pieces of both, and where.
fn first_crossing(a: &[Point], b: &[Point]) -> Option<(usize, usize, Point)> {
    a.windows(2).enumerate().find_map(|(a_piece, first)| {
        let [from, _] = first else { return None };
        let crossings = b
            .windows(2)
            .enumerate()
            .filter_map(|(b_piece, second)| Some((a_piece, b_piece, crossing(first, second)?)));
        let far = |place: &Point| (*place - *from).hypot();
        crossings.min_by(|x, y| far(&x.2).total_cmp(&far(&y.2)))
    })
}

/// Where a level and an upright piece cross inside both.
fn crossing(first: &[Point], second: &[Point]) -> Option<Point> {
    let ([a, b], [c, d]) = (first, second) else { return None };
    let (level, upright) = match (a.y == b.y, c.y == d.y) {
        (true, false) => ((a, b), (c, d)),
        (false, true) => ((c, d), (a, b)),
        (true, true) | (false, false) => return None,
    };
    let place = Point::new(upright.0.x, level.0.y);
    let within = |value: f64, a: f64, b: f64| a.min(b) < value && value < a.max(b);
    let crosses =
        within(place.x, level.0.x, level.1.x) && within(place.y, upright.0.y, upright.1.y);
    crosses.then_some(place)
}
