//! Pieces side by side: near what they are linked to, the whole in a good shape.

use indexmap::IndexMap;

use crate::base::geom::{Point, Rect, Size, Vec2};
use crate::layout::engines::Sketch;
use crate::layout::metrics::GRID;
use crate::layout::spatial::overlap;

/// Distance between two pieces.
pub(in crate::layout::engines) const PIECE_GAP: f64 = 96.0;
/// Distance between pieces in rows; no lines run there.
const ROWS_GAP: f64 = 48.0;
/// Width to height of the whole.
const ASPECT: f64 = 1.6;
/// Beyond this many pieces, those without links are put into rows.
const MOST_TO_PLACE: usize = 120;

/// Cards that keep their places among each other.
#[derive(Clone, Debug)]
pub(in crate::layout::engines) struct Piece {
    /// The cards and their top left corners.
    pub cards: Vec<(usize, Point)>,
    /// What the piece takes up.
    pub bounds: Rect,
}

impl Piece {
    /// A piece as large as its cards.
    pub(in crate::layout::engines) fn around(sketch: &Sketch, cards: Vec<(usize, Point)>) -> Self {
        let rect = |(card, place): &(usize, Point)| {
            let size = sketch.sizes.get(*card).copied().unwrap_or(Size::ZERO);
            Rect::from_origin_size(*place, size)
        };
        let bounds = cards.iter().map(rect).reduce(|a, b| a.union(b)).unwrap_or_default();
        Self { cards, bounds }
    }

    /// Where its columns start, from its corner.
    fn lefts(&self) -> Vec<f64> {
        let mut lefts: Vec<f64> =
            self.cards.iter().map(|(_, place)| place.x - self.bounds.x0).collect();
        lefts.sort_by(f64::total_cmp);
        lefts.dedup();
        lefts
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
pub(in crate::layout::engines) fn pack(sketch: &Sketch, pieces: &mut [Piece]) {
    let ties = ties(sketch, pieces);
    let mut packing = Packing::default();
    let is_alone = |number: &usize| {
        let is_single = pieces.get(*number).is_some_and(|piece| piece.cards.len() == 1);
        is_single && ties.get(*number).is_none_or(Vec::is_empty)
    };
    let (alone, mut waiting): (Vec<usize>, Vec<usize>) = (0..pieces.len()).partition(is_alone);
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
            let corner = packing.best_corner(piece, own_ties);
            piece.shift(corner - piece.bounds.origin());
            packing.put(next, piece);
        }
        for tie in own_ties {
            if let Some(pull) = pull.get_mut(tie.other) {
                *pull += tie.weight;
            }
        }
    }
    put_in_rows(pieces, &waiting, &mut packing.bounds);
    put_in_rows(pieces, &alone, &mut packing.bounds);
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
    /// Where the columns of each of them start.
    lefts: Vec<Vec<f64>>,
    bounds: Option<Rect>,
}

impl Packing {
    fn put(&mut self, number: usize, piece: &Piece) {
        let bounds = piece.bounds;
        self.placed.insert(number, bounds);
        self.lefts.push(piece.lefts().into_iter().map(|left| bounds.x0 + left).collect());
        self.bounds = Some(self.bounds.map_or(bounds, |all| all.union(bounds)));
    }

    /// The free corner where lines are short and the whole stays in shape.
    fn best_corner(&self, piece: &Piece, ties: &[Tie]) -> Point {
        let size = piece.bounds.size();
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
        for corner in self.corners(piece, wanted) {
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
    fn corners(&self, piece: &Piece, wanted: Vec2) -> Vec<Point> {
        if self.placed.is_empty() {
            return vec![Point::ORIGIN];
        }
        let size = piece.bounds.size();
        let own_lefts = piece.lefts();
        let on_grid = |value: f64| (value / GRID).round() * GRID;
        let mut corners = Vec::new();
        for (rect, lefts) in self.placed.values().zip(&self.lefts) {
            let (left, right) = (rect.x0 - PIECE_GAP - size.width, rect.x1 + PIECE_GAP);
            let (above, below) = (rect.y0 - PIECE_GAP - size.height, rect.y1 + PIECE_GAP);
            let level = wanted.y.clamp(above, below);
            let beneath = wanted.x.clamp(left, right);
            for y in [rect.y0, rect.y1 - size.height, on_grid(level)] {
                corners.extend([Point::new(left, y), Point::new(right, y)]);
            }
            // Columns that go on below others leave the channels between them straight.
            let aligned = lefts.iter().flat_map(|left| own_lefts.iter().map(move |own| left - own));
            let aligned =
                aligned.min_by(|a, b| (a - beneath).abs().total_cmp(&(b - beneath).abs()));
            for x in [rect.x0, rect.x1 - size.width, aligned.unwrap_or(on_grid(beneath))] {
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

/// Puts the remaining pieces into rows below all others or right of them, where the whole keeps the
/// better shape.
fn put_in_rows(pieces: &mut [Piece], waiting: &[usize], whole: &mut Option<Rect>) {
    let mut order = waiting.to_vec();
    let height = |number: usize| pieces.get(number).map_or(0.0, |piece| piece.bounds.height());
    order.sort_by(|a, b| height(*b).total_cmp(&height(*a)).then(a.cmp(b)));
    let sizes: Vec<Size> = order
        .iter()
        .map(|number| pieces.get(*number).map_or(Size::ZERO, |piece| piece.bounds.size()))
        .collect();
    let area: f64 =
        sizes.iter().map(|size| (size.width + ROWS_GAP) * (size.height + ROWS_GAP)).sum();
    let square = (area * ASPECT).sqrt();
    let candidates = match *whole {
        None => vec![rows(&sizes, Point::ORIGIN, square)],
        Some(bounds) => {
            let below = Point::new(bounds.x0, bounds.y1 + ROWS_GAP);
            let beside = Point::new(bounds.x1 + ROWS_GAP, bounds.y0);
            let narrow = 1.2 * area / bounds.height().max(1.0);
            vec![
                rows(&sizes, below, bounds.width().max(square)),
                rows(&sizes, beside, narrow),
                rows(&sizes, beside, square),
            ]
        }
    };
    let shape = |corners: &[Point]| {
        let boxes = corners.iter().zip(&sizes);
        let rects = boxes.map(|(corner, size)| Rect::from_origin_size(*corner, *size));
        rects.chain(*whole).reduce(|a, b| a.union(b))
    };
    let side = |corners: &Vec<Point>| {
        shape(corners).map_or(0.0, |rect| rect.width().max(ASPECT * rect.height()))
    };
    let best = candidates.into_iter().min_by(|a, b| side(a).total_cmp(&side(b)));
    let corners = best.unwrap_or_default();
    let bounds = shape(&corners);
    for (number, corner) in order.into_iter().zip(corners) {
        if let Some(piece) = pieces.get_mut(number) {
            piece.shift(corner - piece.bounds.origin());
        }
    }
    *whole = bounds.or(*whole);
}

/// The corners of boxes in rows from that corner on, each row no wider than that.
fn rows(sizes: &[Size], corner: Point, width: f64) -> Vec<Point> {
    let mut place = corner;
    let mut row_height: f64 = 0.0;
    sizes
        .iter()
        .map(|size| {
            if place.x > corner.x && place.x + size.width > corner.x + width {
                place = Point::new(corner.x, place.y + row_height + ROWS_GAP);
                row_height = 0.0;
            }
            let own = place;
            place.x += size.width + ROWS_GAP;
            row_height = row_height.max(size.height);
            own
        })
        .collect()
}
