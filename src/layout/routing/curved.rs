//! One smooth curve per line, and around cards a way with wide bends.
//!
//! Must not know how that way is found.

use crate::base::geom::{Point, Vec2};
use crate::layout::Side;
use crate::layout::routing::clear::is_clear;
use crate::layout::routing::{Connection, Path, STUB};
use crate::layout::spatial::RectIndex;

/// Radius of the bends of a curve that leads around cards.
const RADIUS: f64 = 32.0;
/// How many straight pieces stand for a curve when cards are looked for in its way.
const N_SAMPLES: usize = 24;
/// How far the ends of a curve run straight on at least, as control points.
const LEAST_PULL: f64 = 2.0 * STUB;

/// One curve from row to row; none where it would run over a card.
pub fn single_curve(connection: &Connection, obstacles: &RectIndex) -> Option<Path> {
    let sides = [
        (Side::Right, Side::Left),
        (Side::Left, Side::Right),
        (Side::Right, Side::Right),
        (Side::Left, Side::Left),
    ];
    let curves = sides.into_iter().map(|(start, end)| {
        let (from, to) = (connection.from_port(start), connection.to_port(end));
        let apart = (to - from).hypot();
        let pull = (apart * 0.45).clamp(LEAST_PULL, 400.0);
        let points = vec![from, from + outward(start) * pull, to + outward(end) * pull, to];
        let length: f64 = sampled(&points).windows(2).map(length_of).sum();
        (length, Path { points, start, end, is_curve: true })
    });
    curves
        .filter(|(_, path)| {
            sampled(&path.points).windows(2).all(|pair| match pair {
                [a, b] => is_clear(*a, *b, obstacles),
                _ => true,
            })
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, path)| path)
}

fn length_of(pair: &[Point]) -> f64 {
    match pair {
        [a, b] => (*b - *a).hypot(),
        _ => 0.0,
    }
}

fn outward(side: Side) -> Vec2 {
    match side {
        Side::Left => Vec2::new(-1.0, 0.0),
        Side::Right => Vec2::new(1.0, 0.0),
        Side::Top => Vec2::new(0.0, -1.0),
        Side::Bottom => Vec2::new(0.0, 1.0),
    }
}

/// Points along one cubic curve.
fn sampled(control: &[Point]) -> Vec<Point> {
    let [a, b, c, d] = control else { return control.to_vec() };
    let point = |n: usize| {
        let t = n as f64 / N_SAMPLES as f64;
        let u = 1.0 - t;
        let sum = a.to_vec2() * (u * u * u)
            + b.to_vec2() * (3.0 * u * u * t)
            + c.to_vec2() * (3.0 * u * t * t)
            + d.to_vec2() * (t * t * t);
        sum.to_point()
    };
    (0..=N_SAMPLES).map(point).collect()
}

/// The straight pieces that stand for the curves of those control points.
pub fn flattened(control: &[Point]) -> Vec<Point> {
    let mut points: Vec<Point> = control.first().copied().into_iter().collect();
    let mut rest = control;
    while let [a, b, c, d, ..] = rest {
        points.extend(sampled(&[*a, *b, *c, *d]).into_iter().skip(1));
        rest = rest.get(3..).unwrap_or_default();
    }
    points
}

/// The control points of a way whose corners are rounded wide: one start, three per curve.
pub fn rounded_curve(points: &[Point]) -> Vec<Point> {
    let (Some(start), Some(end)) = (points.first(), points.last()) else { return Vec::new() };
    let mut control = vec![*start];
    for corner in points.windows(3) {
        let [before, bend, after] = corner else { continue };
        let (back, on) = (*before - *bend, *after - *bend);
        let radius = RADIUS.min(back.hypot() / 2.0).min(on.hypot() / 2.0);
        if radius < 0.5 {
            continue;
        }
        let (enter, leave) = (*bend + back.normalize() * radius, *bend + on.normalize() * radius);
        straight_on(&mut control, enter);
        // Two thirds of the way to the corner make a quadratic curve a cubic one.
        control.extend([enter.lerp(*bend, 2.0 / 3.0), leave.lerp(*bend, 2.0 / 3.0), leave]);
    }
    straight_on(&mut control, *end);
    control
}

/// Adds a curve that is a straight line.
fn straight_on(control: &mut Vec<Point>, to: Point) {
    let from = control.last().copied().unwrap_or(to);
    if (to - from).hypot() > 0.01 || control.len() == 1 {
        control.extend([from.lerp(to, 1.0 / 3.0), from.lerp(to, 2.0 / 3.0), to]);
    }
}
