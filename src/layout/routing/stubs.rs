//! The last look at level pieces: where two that belong to different rows still lie on one another,
//! one of them moves up or down a little.
//!
//! Lanes keep apart what may move; the pieces at the ends of lines may not, and those of two rows on
//! one level can face each other across a channel. Must not know how lines were led there.

use std::collections::BTreeMap;

use crate::base::geom::Rect;
use crate::layout::routing::lanes::Wire;
use crate::layout::spatial::RectIndex;

/// Pieces nearer than this read as one.
const NEAR: f64 = 3.0;
/// Height of the slices in which pieces are looked for.
const SLICE: f64 = 16.0;
/// How far a piece may move, the preferred ways first: a row is higher than all of them.
const SHIFTS: [f64; 8] = [4.0, -4.0, 6.0, -6.0, 8.0, -8.0, 10.0, -10.0];

/// A level piece of a wire.
#[derive(Clone, Copy, Debug)]
struct Piece {
    wire: usize,
    first: usize,
    y: f64,
    from: f64,
    to: f64,
    /// The rows of its wire: pieces of one row may lie on one another.
    rows: (usize, usize),
    is_fixed: bool,
}

impl Piece {
    fn is_on(&self, other: &Self, shift: f64) -> bool {
        let shares_row = [self.rows.0, self.rows.1]
            .into_iter()
            .any(|row| row == other.rows.0 || row == other.rows.1);
        self.wire != other.wire
            && !shares_row
            && (self.y + shift - other.y).abs() < NEAR
            && self.from < other.to
            && other.from < self.to
    }
}

/// Moves level pieces off one another.
pub fn set_levels_apart(wires: &mut [Wire], obstacles: &RectIndex) {
    let mut pieces = level_pieces(wires);
    let mut slices: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (number, piece) in pieces.iter().enumerate() {
        slices.entry(slice(piece.y)).or_default().push(number);
    }
    for number in 0..pieces.len() {
        let Some(piece) = pieces.get(number).copied() else { continue };
        let own = slice(piece.y);
        let near: Vec<Piece> = slices
            .range(own - 1..=own + 1)
            .flat_map(|(_, numbers)| numbers)
            .filter_map(|other| pieces.get(*other).copied())
            .filter(|other| other.from < piece.to && piece.from < other.to)
            .collect();
        let is_free = |shift: f64| !near.iter().any(|other| piece.is_on(other, shift));
        if piece.is_fixed || is_free(0.0) {
            continue;
        }
        let clears_cards = |shift: f64| {
            let moved = Rect::new(piece.from, piece.y + shift, piece.to, piece.y + shift);
            obstacles.touching(moved.inflate(-0.5, 2.0)).next().is_none()
        };
        let mut shifts = SHIFTS.into_iter();
        let Some(shift) = shifts.find(|shift| is_free(*shift) && clears_cards(*shift)) else {
            continue;
        };
        if let Some(piece) = pieces.get_mut(number) {
            piece.y += shift;
        }
        let points = wires.get_mut(piece.wire).map(|wire| wire.points.as_mut_slice());
        for point in points.unwrap_or_default().iter_mut().skip(piece.first).take(2) {
            point.y += shift;
        }
    }
}

fn slice(y: f64) -> i64 {
    (y / SLICE).floor() as i64
}

fn level_pieces(wires: &[Wire]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (number, wire) in wires.iter().enumerate() {
        // A straight line from row to row has no bend that could give way.
        let is_straight = wire.points.len() == 2;
        let all = wire.points.iter().zip(wire.points.iter().skip(1)).enumerate();
        for (first, (a, b)) in all.filter(|(_, (a, b))| a.y == b.y && a.x != b.x) {
            pieces.push(Piece {
                wire: number,
                first,
                y: a.y,
                from: a.x.min(b.x),
                to: a.x.max(b.x),
                rows: (wire.start, wire.end),
                is_fixed: wire.is_fixed || is_straight,
            });
        }
    }
    pieces
}
