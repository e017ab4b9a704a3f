//! Pieces side by side: near what they are linked to, the whole in a good shape.

use indexmap::IndexMap;

use crate::base::geom::{Point, Rect, Size, Vec2};
use crate::layout::engines::Sketch;
use crate::layout::metrics::GRID;
use crate::layout::spatial::overlap;

/// Distance between two pieces.
pub(super) const PIECE_GAP: f64 = 96.0;
/// Width to height of the whole.
const ASPECT: f64 = 1.6;
/// Beyond this many pieces, those without links are put into rows.
const MOST_TO_PLACE: usize = 120;

/// Cards that keep their places among each other.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The cards and their top left corners.
    pub cards: Vec<(usize, Point)>,
    /// What the piece takes up.
    pub bounds: Rect,
}

impl Piece {
    /// A piece as large as its cards.
    pub(super) fn around(sketch: &Sketch, cards: Vec<(usize, Point)>) -> Self {
        let rect = |(card, place): &(usize, Point)| {
            let size = sketch.sizes.get(*card).copied().unwrap_or(Size::ZERO);
            Rect::from_origin_size(*place, size)
        };
        let bounds = cards.iter().map(rect).reduce(|a, b| a.union(b)).unwrap_or_default();
        Self { cards, bounds }
    }

    fn shift(&mut self, by: Vec2) {
        self.bounds = self.bounds + by;
        for (_, place) in &mut self.cards {
            *place += by;
        }
    }
}

/// A row of a piece joined to a row of another one.
#[derive(Clone, Copy, Debug)]
struct Tie {
    other: usize,
    /// The row here, from the corner of this piece.
    here: Vec2,
    /// The row there, from the corner of the other piece.
    there: Vec2,
    weight: f64,
}

/// Moves pieces so that none overlap: the largest first, then always the one most linked to those
/// that are placed.
pub(super) fn pack(sketch: &Sketch, pieces: &mut [Piece]) {
    let ties = ties(sketch, pieces);
    let mut packing = Packing::default();
    let mut waiting: Vec<usize> = (0..pieces.len()).collect();
    let area = |number: usize| pieces.get(number).map_or(0.0, |piece| piece.bounds.area());
    waiting.sort_by(|a, b| area(*a).total_cmp(&area(*b)).then(b.cmp(a)));
    let mut pull: Vec<f64> = vec![0.0; pieces.len()];
    while !waiting.is_empty() {
        let strongest = waiting.iter().enumerate().max_by(|(a, first), (b, second)| {
            let strength = |number: &usize| pull.get(*number).copied().unwrap_or(0.0);
            strength(first).total_cmp(&strength(second)).then(a.cmp(b))
        });
        let Some((place, strength)) =
            strongest.map(|(place, number)| (place, pull.get(*number).copied().unwrap_or(0.0)))
        else {
            break;
        };
        if strength == 0.0 && packing.placed.len() > MOST_TO_PLACE {
            break;
        }
        let next = waiting.remove(place);
        let own_ties = ties.get(next).map(Vec::as_slice).unwrap_or_default();
        if let Some(piece) = pieces.get_mut(next) {
            let corner = packing.best_corner(piece.bounds.size(), own_ties);
            piece.shift(corner - piece.bounds.origin());
            packing.put(next, piece.bounds);
        }
        for tie in own_ties {
            if let Some(pull) = pull.get_mut(tie.other) {
                *pull += tie.weight;
            }
        }
    }
    put_in_rows(pieces, &waiting, packing.bounds);
}

fn ties(sketch: &Sketch, pieces: &[Piece]) -> Vec<Vec<Tie>> {
    let mut home = vec![(usize::MAX, Vec2::ZERO); sketch.sizes.len()];
    for (number, piece) in pieces.iter().enumerate() {
        for (card, place) in &piece.cards {
            if let Some(slot) = home.get_mut(*card) {
                let size = sketch.sizes.get(*card).copied().unwrap_or_default();
                let middle = *place + Vec2::new(size.width / 2.0, 0.0);
                *slot = (number, middle - piece.bounds.origin());
            }
        }
    }
    let mut ties = vec![Vec::new(); pieces.len()];
    for link in &sketch.links {
        let homes = (home.get(link.from), home.get(link.to));
        let (Some((a, a_place)), Some((b, b_place))) = homes else { continue };
        if a == b || *a == usize::MAX || *b == usize::MAX {
            continue;
        }
        let a_row = *a_place + Vec2::new(0.0, link.from_offset);
        let b_row = *b_place + Vec2::new(0.0, link.to_offset);
        let weight = link.weight;
        if let Some(ties) = ties.get_mut(*a) {
            ties.push(Tie { other: *b, here: a_row, there: b_row, weight });
        }
        if let Some(ties) = ties.get_mut(*b) {
            ties.push(Tie { other: *a, here: b_row, there: a_row, weight });
        }
    }
    ties
}

/// The pieces that have their places.
#[derive(Debug, Default)]
struct Packing {
    placed: IndexMap<usize, Rect>,
    bounds: Option<Rect>,
}

impl Packing {
    fn put(&mut self, number: usize, bounds: Rect) {
        self.placed.insert(number, bounds);
        self.bounds = Some(self.bounds.map_or(bounds, |all| all.union(bounds)));
    }

    /// The free corner where lines are short and the whole stays in shape.
    fn best_corner(&self, size: Size, ties: &[Tie]) -> Point {
        let ties: Vec<(Point, Vec2, f64)> = ties
            .iter()
            .filter_map(|tie| {
                let other = self.placed.get(&tie.other)?;
                Some((other.origin() + tie.there, tie.here, tie.weight))
            })
            .collect();
        let weights: f64 = ties.iter().map(|(_, _, weight)| weight).sum();
        let wanted = ties.iter().fold(Vec2::ZERO, |sum, (there, here, weight)| {
            sum + (there.to_vec2() - *here) * (weight / weights.max(f64::MIN_POSITIVE))
        });
        let mut best: Option<(f64, Point)> = None;
        for corner in self.corners(size, wanted) {
            let rect = Rect::from_origin_size(corner, size);
            let cost = self.shape_cost(rect)
                + ties
                    .iter()
                    .map(|(there, here, weight)| {
                        let apart = *there - (corner + *here);
                        weight * (apart.x.abs() + apart.y.abs())
                    })
                    .sum::<f64>();
            if best.is_none_or(|(least, _)| cost < least) && self.is_free(rect) {
                best = Some((cost, corner));
            }
        }
        best.map_or(Point::ORIGIN, |(_, corner)| corner)
    }

    /// Places beside each placed piece: aligned with its borders, or level with what is linked.
    fn corners(&self, size: Size, wanted: Vec2) -> Vec<Point> {
        if self.placed.is_empty() {
            return vec![Point::ORIGIN];
        }
        let on_grid = |value: f64| (value / GRID).round() * GRID;
        let mut corners = Vec::new();
        for rect in self.placed.values() {
            let (left, right) = (rect.x0 - PIECE_GAP - size.width, rect.x1 + PIECE_GAP);
            let (above, below) = (rect.y0 - PIECE_GAP - size.height, rect.y1 + PIECE_GAP);
            let level = wanted.y.clamp(above, below);
            let beneath = wanted.x.clamp(left, right);
            for y in [rect.y0, rect.y1 - size.height, on_grid(level)] {
                corners.extend([Point::new(left, y), Point::new(right, y)]);
            }
            for x in [rect.x0, rect.x1 - size.width, on_grid(beneath)] {
                corners.extend([Point::new(x, above), Point::new(x, below)]);
            }
        }
        corners
    }

    fn is_free(&self, rect: Rect) -> bool {
        let with_gap = rect.inflate(PIECE_GAP - 0.5, PIECE_GAP - 0.5);
        !self.placed.values().any(|other| overlap(*other, with_gap))
    }

    /// What it costs that the whole grows.
    fn shape_cost(&self, rect: Rect) -> f64 {
        let whole = self.bounds.map_or(rect, |bounds| bounds.union(rect));
        let side = whole.width().max(ASPECT * whole.height());
        let middle = self.bounds.unwrap_or(rect).center();
        2.0 * side + 0.05 * (rect.center() - middle).hypot()
    }
}

/// Puts the remaining pieces into rows below all others.
fn put_in_rows(pieces: &mut [Piece], waiting: &[usize], bounds: Option<Rect>) {
    let mut is_waiting = vec![false; pieces.len()];
    for number in waiting {
        if let Some(flag) = is_waiting.get_mut(*number) {
            *flag = true;
        }
    }
    let mut rest: Vec<&mut Piece> = pieces
        .iter_mut()
        .enumerate()
        .filter(|(number, _)| is_waiting.get(*number) == Some(&true))
        .map(|(_, piece)| piece)
        .collect();
    rest.sort_by(|a, b| b.bounds.height().total_cmp(&a.bounds.height()));
    let gap = PIECE_GAP / 2.0;
    let area: f64 =
        rest.iter().map(|piece| (piece.bounds.width() + gap) * (piece.bounds.height() + gap)).sum();
    let bounds = bounds.unwrap_or_default();
    let width = (area * ASPECT).sqrt().max(bounds.width());
    let (mut x, mut y) = (bounds.x0, bounds.y1 + PIECE_GAP);
    let mut row_height = 0.0;
    for piece in rest {
        if x > bounds.x0 && x + piece.bounds.width() > bounds.x0 + width {
            x = bounds.x0;
            y += row_height + gap;
            row_height = 0.0;
        }
        piece.shift(Point::new(x, y) - piece.bounds.origin());
        x += piece.bounds.width() + gap;
        row_height = f64::max(row_height, piece.bounds.height());
    }
}
