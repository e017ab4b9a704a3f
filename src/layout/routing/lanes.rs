//! Spreads lines that take one track into lanes side by side: in the order that crosses least, in
//! the middle of the room that the cards leave.
//!
//! Nudging as in Wybrow, Marriott, Stuckey: Orthogonal connector routing (Graph Drawing 2009), with
//! places by longest paths from both borders of a corridor instead of a quadratic program. Lines
//! that end at one row keep together until their ways part.

use std::collections::BTreeMap;

use crate::base::geom::{Point, Rect};
use crate::layout::Side;
use crate::layout::routing::neighbors::side_by_side;
use crate::layout::routing::order::ranks;
use crate::layout::routing::places::{Lack, lacks, places};
use crate::layout::routing::trunks::trunk_numbers;
use crate::layout::spatial::RectIndex;

/// How far from its track a piece may be moved at most.
pub(super) const REACH: f64 = 400.0;
/// Pieces that pass each other this closely, end to end, need lanes as well.
pub(super) const SLACK: f64 = 6.0;

/// How far upright pieces keep from cards, as a part of the usual distance.
const UPRIGHT_DISTANCE: f64 = 1.0;
/// How far level pieces do: no marks stand above or below a card.
const LEVEL_DISTANCE: f64 = 0.5;

/// A way to be spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// All its points, level and upright pieces in turn.
    pub points: Vec<Point>,
    /// Number of the row it starts at; two wires with one number share a row and side.
    pub start: usize,
    /// Number of the row it ends at.
    pub end: usize,
    /// Whether it may not be moved.
    pub is_fixed: bool,
}

/// Upright pieces that move as one: a single one, or those of lines that end at one row.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The pieces: number of the wire and of the point they start at.
    pub pieces: Vec<(usize, usize)>,
    /// Where it is.
    pub at: f64,
    /// Its upper end.
    pub from: f64,
    /// Its lower end.
    pub to: f64,
    /// Whether it may be moved.
    pub is_free: bool,
    /// The least and greatest place it may take, cards alone considered.
    pub corridor: (f64, f64),
    /// The borders where its lines end, left and right of it: marks stand there.
    pub borders: (f64, f64),
    /// Where it would like to be within its corridor.
    pub pull: Pull,
}

/// Where a piece would like to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pull {
    /// At the left: both its neighbors lie there.
    Left,
    /// In the middle of its corridor: its neighbors lie on either side.
    Middle,
    /// At the right.
    Right,
}

/// Spreads first the level pieces, then the upright ones.
pub fn spread(wires: &mut [Wire], obstacles: &RectIndex) {
    let transposed =
        RectIndex::new(obstacles.rects().iter().copied().map(transpose_rect).collect());
    transpose(wires);
    spread_uprights(wires, &transposed, LEVEL_DISTANCE);
    transpose(wires);
    spread_uprights(wires, obstacles, UPRIGHT_DISTANCE);
}

/// Where room is missing for those ways: left and right of upright pieces, then above and below level
/// ones.
pub fn lacking_room(wires: &mut [Wire], obstacles: &RectIndex) -> [Vec<Lack>; 2] {
    let lacks_across = |wires: &[Wire], obstacles: &RectIndex, distance: f64| {
        let bundles = bundles(wires, obstacles);
        let ranks = ranks(wires, &bundles);
        lacks(&bundles, &side_by_side(&bundles, &ranks), &ranks, distance)
    };
    let uprights = lacks_across(wires, obstacles, UPRIGHT_DISTANCE);
    let transposed =
        RectIndex::new(obstacles.rects().iter().copied().map(transpose_rect).collect());
    transpose(wires);
    let levels = lacks_across(wires, &transposed, LEVEL_DISTANCE);
    transpose(wires);
    [uprights, levels]
}

fn transpose(wires: &mut [Wire]) {
    for point in wires.iter_mut().flat_map(|wire| &mut wire.points) {
        *point = Point::new(point.y, point.x);
    }
}

fn transpose_rect(rect: Rect) -> Rect {
    Rect::new(rect.y0, rect.x0, rect.y1, rect.x1)
}

/// Spreads the upright pieces; `distance` scales how far they keep from cards.
fn spread_uprights(wires: &mut [Wire], obstacles: &RectIndex, distance: f64) {
    let mut bundles = bundles(wires, obstacles);
    let ranks = ranks(wires, &bundles);
    let places = places(&bundles, &side_by_side(&bundles, &ranks), &ranks, distance);
    for (bundle, place) in bundles.iter_mut().zip(places) {
        bundle.at = if bundle.is_free { place } else { bundle.at };
    }
    for bundle in bundles.iter().filter(|bundle| bundle.is_free) {
        for (wire, first) in &bundle.pieces {
            let points = wires.get_mut(*wire).map(|wire| wire.points.as_mut_slice());
            for point in points.unwrap_or_default().iter_mut().skip(*first).take(2) {
                point.x = bundle.at;
            }
        }
    }
}

/// All upright pieces, those of one trunk together.
fn bundles(wires: &[Wire], obstacles: &RectIndex) -> Vec<Bundle> {
    let trunks = trunk_numbers(wires);
    let mut bundles: Vec<Bundle> = Vec::new();
    let mut bundle_from_trunk: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, wire) in wires.iter().enumerate() {
        let n_pieces = wire.points.len().saturating_sub(1);
        let pieces = wire.points.iter().zip(wire.points.iter().skip(1)).enumerate();
        for (first, (a, b)) in pieces.filter(|(_, (a, b))| a.x == b.x && a.y != b.y) {
            let is_end = first == 0 || first + 1 == n_pieces;
            let bundle = Bundle {
                pieces: vec![(number, first)],
                at: a.x,
                from: a.y.min(b.y),
                to: a.y.max(b.y),
                is_free: !wire.is_fixed && !is_end,
                corridor: (a.x, a.x),
                borders: borders(wire, first),
                pull: pull(wire, first),
            };
            let trunk = trunks.get(&(number, first)).filter(|_| bundle.is_free);
            let known = trunk.and_then(|trunk| bundle_from_trunk.get(trunk));
            if let Some(known) = known.and_then(|known| bundles.get_mut(*known)) {
                known.join(bundle);
                continue;
            }
            if let Some(trunk) = trunk {
                bundle_from_trunk.insert(*trunk, bundles.len());
            }
            bundles.push(bundle);
        }
    }
    for bundle in bundles.iter_mut().filter(|bundle| bundle.is_free) {
        let piece = Rect::new(bundle.at, bundle.from, bundle.at, bundle.to);
        bundle.corridor = (
            obstacles.reach(piece, Side::Left, bundle.at - REACH),
            obstacles.reach(piece, Side::Right, bundle.at + REACH),
        );
    }
    bundles
}

impl Bundle {
    fn join(&mut self, other: Self) {
        self.pieces.extend(other.pieces);
        self.from = self.from.min(other.from);
        self.to = self.to.max(other.to);
        self.borders.0 = self.borders.0.max(other.borders.0);
        self.borders.1 = self.borders.1.min(other.borders.1);
        if self.pull != other.pull {
            self.pull = Pull::Middle;
        }
    }

    /// Whether the two could come into each other's way.
    pub fn conflicts(&self, other: &Self) -> bool {
        self.from < other.to + SLACK
            && other.from < self.to + SLACK
            && self.corridor.0 <= other.corridor.1
            && other.corridor.0 <= self.corridor.1
            && (self.is_free || other.is_free)
    }
}

/// The borders left and right of a piece where the line leaves and meets its cards; infinitely far
/// away where it does neither.
fn borders(wire: &Wire, first: usize) -> (f64, f64) {
    let n_points = wire.points.len();
    let start = if first == 1 { wire.points.first() } else { None };
    let end = if first + 3 == n_points { wire.points.last() } else { None };
    let at = wire.points.get(first).map_or(0.0, |point| point.x);
    let mut borders = (f64::NEG_INFINITY, f64::INFINITY);
    for border in [start, end].into_iter().flatten() {
        if border.x < at {
            borders.0 = borders.0.max(border.x);
        } else {
            borders.1 = borders.1.min(border.x);
        }
    }
    borders
}

/// Where the neighbors of a piece pull it.
fn pull(wire: &Wire, first: usize) -> Pull {
    let x = |place: Option<usize>| place.and_then(|place| wire.points.get(place)).map(|p| p.x);
    let (before, at, after) = (x(first.checked_sub(1)), x(Some(first)), x(Some(first + 2)));
    let (Some(before), Some(at), Some(after)) = (before, at, after) else { return Pull::Middle };
    match (before < at, after < at) {
        (true, true) => Pull::Left,
        (false, false) => Pull::Right,
        (true, false) | (false, true) => Pull::Middle,
    }
}
