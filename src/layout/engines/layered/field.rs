//! Cards anywhere on a plane, and what it would cost to draw their lines.
//!
//! A line counts as a straight piece between the two sides where it would leave and arrive; where two
//! such pieces cross, or one runs over a card, the router will hardly find a better way. Moving a card
//! changes only its own lines, so that a move is weighed in a microsecond. Must not know what moves.

use crate::base::geom::{Point, Rect};
use crate::layout::engines::layered::block::Block;
use crate::layout::engines::layered::stress::distances;
use crate::layout::metrics::GRID;
use crate::layout::routing::STUB;

/// Least distance of two cards side by side.
pub(super) const ACROSS: f64 = 64.0;
/// Least distance of two cards one above the other.
pub(super) const ALONG: f64 = 40.0;
/// What two lines that cross cost.
const CROSSING: f32 = 500.0;
/// What a card costs that a line runs over.
const PIERCED: f32 = 260.0;
/// What a bend costs.
const BEND: f32 = 50.0;
/// What each unit costs that the label of a line lacks.
const NO_ROOM_FOR_LABEL: f32 = 2.0;
/// What each unit costs that a card is away from the middle.
const AWAY: f32 = 0.8;
/// What a unit of stress costs.
const STRESS: f32 = 90.0;
/// Width to height of the whole.
const ASPECT: f32 = 1.6;

/// The middle of a card.
pub(super) type Spot = (f32, f32);

/// Where a card stands, by its middle and half its size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    x: f32,
    y: f32,
    half_width: f32,
    half_height: f32,
}

/// A line as a straight piece, and what its length and bends cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Straight {
    from: (f32, f32),
    to: (f32, f32),
    cost: f32,
}

/// Cards on a plane.
#[derive(Clone, Debug)]
pub(super) struct Field<'a> {
    block: &'a Block,
    places: Vec<Place>,
    straights: Vec<Straight>,
    /// For each pair of cards, how many links lead from one to the other.
    hops: Vec<f32>,
    /// How long a link should be.
    unit: f32,
    middle: (f32, f32),
}

impl<'a> Field<'a> {
    /// The cards of a block with their middles at those points.
    pub(super) fn new(block: &'a Block, middles: &[Point]) -> Self {
        let places = middles.iter().enumerate().map(|(card, middle)| {
            let size = block.size(card);
            Place {
                x: middle.x as f32,
                y: middle.y as f32,
                half_width: size.width as f32 / 2.0,
                half_height: size.height as f32 / 2.0,
            }
        });
        let neighbors = block.neighbors();
        let hops = (0..block.len()).flat_map(|card| distances(&neighbors, card));
        let mut field = Self {
            block,
            places: places.collect(),
            straights: Vec::new(),
            hops: hops.map(|hops| hops.unwrap_or(0.0) as f32).collect(),
            unit: 1.0,
            middle: (0.0, 0.0),
        };
        field.straights = (0..block.links.len()).map(|link| field.straight(link)).collect();
        field.adjust();
        field
    }

    /// The top left corners of all cards.
    pub(super) fn corners(&self) -> Vec<Point> {
        self.places.iter().map(|place| place.rect().origin()).collect()
    }

    /// Where a card stands.
    pub(super) fn place(&self, card: usize) -> Place {
        self.places.get(card).copied().unwrap_or_default()
    }

    /// Finds the middle, and the length of links that suits best.
    pub(super) fn adjust(&mut self) {
        let n = self.places.len().max(1) as f32;
        let sum = self.places.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.x, sum.1 + one.y));
        self.middle = (sum.0 / n, sum.1 / n);
        let (mut once, mut squared) = (0.0_f64, 0.0_f64);
        for card in 0..self.places.len() {
            let here = self.place(card);
            for (hops, other) in self.hops_of(card).iter().zip(&self.places) {
                if *hops > 0.0 {
                    let share = f64::from((here.x - other.x).hypot(here.y - other.y) / hops);
                    once += share;
                    squared += share * share;
                }
            }
        }
        self.unit = if once > 0.0 { (squared / once) as f32 } else { 1.0 };
    }

    fn hops_of(&self, card: usize) -> &[f32] {
        let n = self.places.len();
        self.hops.get(card * n..(card + 1) * n).unwrap_or_default()
    }

    /// Whether a card would have room there, some others left aside.
    pub(super) fn is_free(&self, card: usize, spot: Spot, aside: &[usize]) -> bool {
        let moved = self.place(card).moved(spot);
        let n_near = |places: &[Place]| {
            places.iter().map(|other| u32::from(!moved.is_apart_from(other))).sum::<u32>()
        };
        let n_aside: u32 =
            aside.iter().chain([&card]).map(|other| n_near(&[self.place(*other)])).sum();
        n_near(&self.places) == n_aside
    }

    /// Moves cards; their lines follow.
    pub(super) fn put(&mut self, moves: &[(usize, Spot)]) {
        for (card, (x, y)) in moves {
            if let Some(place) = self.places.get_mut(*card) {
                (place.x, place.y) = (*x, *y);
            }
        }
        for (card, _) in moves {
            for link in self.block.links_of.get(*card).into_iter().flatten() {
                let straight = self.straight(*link);
                if let Some(slot) = self.straights.get_mut(*link) {
                    *slot = straight;
                }
            }
        }
    }

    /// The straight piece of a link between the two sides that suit it best.
    fn straight(&self, link: usize) -> Straight {
        let Some(link) = self.block.links.get(link) else { return Straight::default() };
        let (a, b) = (self.place(link.a), self.place(link.b));
        let from_y = a.y - a.half_height + link.a_offset as f32;
        let to_y = b.y - b.half_height + link.b_offset as f32;
        let climb = (to_y - from_y).abs();
        let stub = STUB as f32;
        let mut best = Straight { cost: f32::INFINITY, ..Straight::default() };
        for from_side in [1.0, -1.0] {
            for to_side in [-1.0, 1.0] {
                // A line that comes back to its side passes the ends of others.
                let stub = if from_side == to_side { 2.0 * stub } else { stub };
                let from_x = a.x + from_side * (a.half_width + stub);
                let to_x = b.x + to_side * (b.half_width + stub);
                let ahead = (to_x - from_x) * from_side;
                let n_bends = if from_side == to_side {
                    2.0
                } else if ahead >= -stub {
                    if climb < 1.0 { 0.0 } else { 2.0 }
                } else {
                    4.0
                };
                let label = if link.label > 0.0 { link.label as f32 } else { 0.0 };
                let lacking = if from_side == to_side { 0.0 } else { (label - ahead).max(0.0) };
                let cost = (to_x - from_x).abs()
                    + climb
                    + 2.0 * stub
                    + BEND * n_bends
                    + NO_ROOM_FOR_LABEL * lacking;
                if cost < best.cost {
                    best = Straight { from: (from_x, from_y), to: (to_x, to_y), cost };
                }
            }
        }
        best.cost *= link.weight as f32;
        best
    }

    /// What some cards and their lines cost, beside all others.
    pub(super) fn cost_of(&self, cards: &[usize]) -> f32 {
        let mut cost = 0.0;
        let mut n_crossings = 0.0;
        let mut n_pierced = 0.0;
        let own_links = || {
            let of = |card: &usize| self.block.links_of.get(*card).into_iter().flatten().copied();
            cards.iter().flat_map(of)
        };
        for (n_before, number) in own_links().enumerate() {
            let Some(straight) = self.straights.get(number) else { continue };
            // A link between two of the cards counts twice, which weighs it no less.
            cost += straight.cost;
            n_crossings += crossings(straight, &self.straights);
            n_pierced += straight.n_pierced(&self.places);
            let before = own_links().take(n_before).filter_map(|other| self.straights.get(other));
            let crossed = before.map(|other| u32::from(straight.crosses(other))).sum::<u32>();
            n_crossings -= crossed as f32;
        }
        for card in cards {
            let place = self.place(*card);
            n_pierced += self.straights.iter().map(|one| one.pierces(&place)).sum::<u32>() as f32;
            for number in own_links() {
                let own = self.straights.get(number);
                n_pierced -= own.map_or(0, |own| own.pierces(&place)) as f32;
            }
            let (dx, dy) = (place.x - self.middle.0, place.y - self.middle.1);
            cost += AWAY * (dx * dx / ASPECT + dy * dy * ASPECT).sqrt();
            cost += STRESS * self.stress(*card);
        }
        cost + CROSSING * n_crossings + PIERCED * n_pierced
    }

    fn stress(&self, card: usize) -> f32 {
        let here = self.place(card);
        let pairs = self.hops_of(card).iter().zip(&self.places);
        pairs
            .map(|(hops, other)| {
                let (dx, dy) = (here.x - other.x, here.y - other.y);
                let apart = (dx * dx + dy * dy).sqrt() / self.unit;
                let share = if *hops > 0.0 { apart / hops - 1.0 } else { 0.0 };
                share * share
            })
            .sum()
    }

    /// The stress of all cards, on average over all pairs.
    pub(super) fn mean_stress(&self) -> f64 {
        let n_pairs = self.hops.iter().filter(|hops| **hops > 0.0).count().max(1) as f64;
        f64::from((0..self.places.len()).map(|card| self.stress(card)).sum::<f32>()) / n_pairs
    }

    /// What all of it costs.
    pub(super) fn cost(&self) -> f32 {
        let lines: f32 = self.straights.iter().map(|one| one.cost).sum();
        let all = self.straights.iter();
        let n_crossings: f32 = all.clone().map(|one| crossings(one, &self.straights)).sum();
        let n_pierced: f32 = all.map(|one| one.n_pierced(&self.places)).sum();
        let cards: f32 = (0..self.places.len())
            .map(|card| {
                let place = self.place(card);
                let (dx, dy) = (place.x - self.middle.0, place.y - self.middle.1);
                AWAY * (dx * dx / ASPECT + dy * dy * ASPECT).sqrt()
                    + STRESS * self.stress(card) / 2.0
            })
            .sum();
        lines + CROSSING * n_crossings / 2.0 + PIERCED * n_pierced + cards
    }
}

/// How many pieces a piece crosses.
fn crossings(one: &Straight, others: &[Straight]) -> f32 {
    others.iter().map(|other| u32::from(one.crosses(other))).sum::<u32>() as f32
}

impl Straight {
    /// Whether two pieces cross inside both.
    fn crosses(&self, other: &Self) -> bool {
        let turn = |a: (f32, f32), b: (f32, f32), c: (f32, f32)| {
            (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
        };
        let own = turn(self.from, self.to, other.from) * turn(self.from, self.to, other.to);
        let their = turn(other.from, other.to, self.from) * turn(other.from, other.to, self.to);
        own.max(their) < 0.0
    }

    fn n_pierced(&self, places: &[Place]) -> f32 {
        places.iter().map(|place| self.pierces(place)).sum::<u32>() as f32
    }

    /// Whether it runs over a card: no line separates the two (Gottschalk, 1996).
    fn pierces(&self, place: &Place) -> u32 {
        let (dx, dy) = ((self.to.0 - self.from.0) / 2.0, (self.to.1 - self.from.1) / 2.0);
        let x = place.x - (0.5 * self.from.0 + 0.5 * self.to.0);
        let y = place.y - (0.5 * self.from.1 + 0.5 * self.to.1);
        let across = x.abs() < place.half_width + dx.abs();
        let along = y.abs() < place.half_height + dy.abs();
        let near =
            (x * dy - y * dx).abs() < place.half_width * dy.abs() + place.half_height * dx.abs();
        u32::from(across & along & near)
    }
}

impl Place {
    fn rect(&self) -> Rect {
        let on_grid = |value: f32| (f64::from(value) / GRID).round() * GRID;
        let (x, y) = (on_grid(self.x - self.half_width), on_grid(self.y - self.half_height));
        let (width, height) = (f64::from(self.half_width), f64::from(self.half_height));
        Rect::new(x, y, x + 2.0 * width, y + 2.0 * height)
    }

    /// Its middle.
    pub(super) fn middle(&self) -> Spot {
        (self.x, self.y)
    }

    /// The same card with its middle there.
    pub(super) fn moved(self, (x, y): Spot) -> Self {
        Self { x, y, ..self }
    }

    /// Whether it keeps its distance from another card.
    pub(super) fn is_apart_from(&self, other: &Self) -> bool {
        (self.x - other.x).abs() > self.half_width + other.half_width + ACROSS as f32 - 0.5
            || (self.y - other.y).abs() > self.half_height + other.half_height + ALONG as f32 - 0.5
    }

    /// Half its width and height.
    pub(super) fn half_size(&self) -> (f32, f32) {
        (self.half_width, self.half_height)
    }
}
