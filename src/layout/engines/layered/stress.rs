//! First places, as points: cards as far apart as lines lead from one to the other.
//!
//! Stress by stochastic gradient descent (Zheng, Pawar, Goodman: Graph drawing by stochastic
//! gradient descent, 2018); large graphs use the distances to some pivots only (Ortmann, Klimenta,
//! Brandes: A sparse stress model, 2016). Must not know sizes.

use std::collections::VecDeque;

use crate::base::geom::{Point, Vec2};
use crate::layout::engines::chance::Chance;

/// Up to this many cards all distances count.
const MOST_FOR_ALL_PAIRS: usize = 700;
/// How many pivots stand for all cards beyond that.
const N_PIVOTS: usize = 48;
/// How often all pairs are moved.
const N_ROUNDS: usize = 24;
/// The step of the last round, as a part of the distance that is missing.
const LAST_STEP: f64 = 0.05;

/// A pair that should be so far apart.
#[derive(Clone, Copy, Debug)]
struct Pair {
    a: usize,
    b: usize,
    distance: f64,
    weight: f64,
}

/// Points for the nodes of a connected graph, one unit per link, spread mostly from left to right.
pub(super) fn stress_points(neighbors: &[Vec<usize>]) -> Vec<Point> {
    let n = neighbors.len();
    let mut points: Vec<Point> = (0..n).map(|number| on_spiral(number, n)).collect();
    let mut pairs = pairs(neighbors);
    let mut chance = Chance::default();
    let largest = pairs.iter().map(|pair| 1.0 / pair.weight).fold(1.0, f64::max);
    let decay = (LAST_STEP / largest).ln() / (N_ROUNDS.max(2) - 1) as f64;
    for round in 0..N_ROUNDS {
        let step = largest * (decay * round as f64).exp();
        chance.shuffle(&mut pairs);
        for pair in &pairs {
            pull(&mut points, pair, step);
        }
    }
    lay_flat(&mut points);
    points
}

/// Sunflower seeds: evenly spread and never two at one place.
fn on_spiral(number: usize, n: usize) -> Point {
    let radius = (number as f64 + 0.5).sqrt() / (n as f64).sqrt() * (n as f64).sqrt();
    Point::ORIGIN + radius * Vec2::from_angle(number as f64 * 2.399_963)
}

/// Moves both points of a pair towards their wanted distance.
fn pull(points: &mut [Point], pair: &Pair, step: f64) {
    let (Some(a), Some(b)) = (points.get(pair.a).copied(), points.get(pair.b).copied()) else {
        return;
    };
    let apart = a - b;
    let length = apart.hypot().max(1e-6);
    let shift = (pair.weight * step).min(1.0) * (length - pair.distance) / 2.0 / length * apart;
    if let Some(point) = points.get_mut(pair.a) {
        *point -= shift;
    }
    if let Some(point) = points.get_mut(pair.b) {
        *point += shift;
    }
}

fn pairs(neighbors: &[Vec<usize>]) -> Vec<Pair> {
    let n = neighbors.len();
    let pair = |a, b, distance: f64| Pair { a, b, distance, weight: distance.powi(-2) };
    if n <= MOST_FOR_ALL_PAIRS {
        let from_all = (0..n).flat_map(|a| {
            let distances = distances(neighbors, a).into_iter().enumerate().skip(a + 1);
            distances.filter_map(move |(b, distance)| Some(pair(a, b, distance?)))
        });
        return from_all.collect();
    }
    let mut pairs: Vec<Pair> = Vec::new();
    for (a, neighbors) in neighbors.iter().enumerate() {
        pairs.extend(neighbors.iter().filter(|b| **b > a).map(|b| pair(a, *b, 1.0)));
    }
    // Each pivot is the node farthest from those before it.
    let mut nearest = vec![f64::INFINITY; n];
    let mut pivot = 0;
    for _ in 0..N_PIVOTS {
        let distances = distances(neighbors, pivot);
        for (b, distance) in distances.iter().enumerate() {
            let Some(distance) = distance.filter(|distance| *distance > 1.0) else { continue };
            pairs.push(pair(pivot, b, distance));
        }
        for (least, distance) in nearest.iter_mut().zip(distances) {
            *least = least.min(distance.unwrap_or(0.0));
        }
        let farthest =
            nearest.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
        pivot = farthest.map_or(0, |(number, _)| number);
    }
    pairs
}

/// How many links lead from one node to each other one.
pub(super) fn distances(neighbors: &[Vec<usize>], from: usize) -> Vec<Option<f64>> {
    let mut distances: Vec<Option<f64>> = vec![None; neighbors.len()];
    let mut queue = VecDeque::from([(from, 0.0)]);
    while let Some((node, distance)) = queue.pop_front() {
        let Some(known) = distances.get_mut(node) else { continue };
        if known.is_some() {
            continue;
        }
        *known = Some(distance);
        queue.extend(neighbors.get(node).into_iter().flatten().map(|next| (*next, distance + 1.0)));
    }
    distances
}

/// Turns the points so that they spread most from left to right.
fn lay_flat(points: &mut [Point]) {
    let n = points.len().max(1) as f64;
    let mean = points.iter().map(|point| point.to_vec2()).fold(Vec2::ZERO, |a, b| a + b) / n;
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for point in points.iter() {
        let apart = point.to_vec2() - mean;
        xx += apart.x * apart.x;
        xy += apart.x * apart.y;
        yy += apart.y * apart.y;
    }
    let turn = Vec2::from_angle(-0.5 * (2.0 * xy).atan2(xx - yy));
    for point in points.iter_mut() {
        let apart = point.to_vec2() - mean;
        *point =
            Point::new(turn.x * apart.x - turn.y * apart.y, turn.y * apart.x + turn.x * apart.y);
    }
}
