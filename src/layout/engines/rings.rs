//! A picture that grows from one card: what is one link away stands next to it, what is two links away
//! beyond that, and so on; what it refers to on one side, what refers to it on the other.
//!
//! The other cards hang on the tree of shortest ways from that card, as in the radial drawings of Wills
//! (`NicheWorks`, 1999), with sides instead of circles: lines end at rows, which face left and right. Must
//! not know how lines run.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::base::geom::{Point, Vec2};
use crate::layout::engines::Sketch;
use crate::layout::engines::flow::Direction;
use crate::layout::engines::spacing::{Care, make_room};
use crate::layout::engines::straightening::straighten;
use crate::layout::metrics::GRID;
use crate::layout::work::Work;

/// Distance between two stacks; lines run there.
const STACK_GAP: f64 = 96.0;
/// Distance of two cards of a stack.
const CARD_GAP: f64 = 40.0;
/// Width to height of the whole.
const ASPECT: f64 = 1.6;
/// The most of all cards that stand on one side.
const MOST_ON_A_SIDE: f64 = 0.6;

/// To the left and right of a card.
pub(super) fn sideways(sketch: &Sketch, start: usize, _: &Work<'_>) -> Vec<Point> {
    let mut places = Rings::of(sketch, start, Direction::Right).places();
    straighten(sketch, &mut places);
    make_room(sketch, &mut places, Care::Quick);
    places
}

/// Above and below a card.
pub(super) fn up_and_down(sketch: &Sketch, start: usize, _: &Work<'_>) -> Vec<Point> {
    let mut places = Rings::of(sketch, start, Direction::Down).places();
    make_room(sketch, &mut places, Care::Quick);
    places
}

/// How many links away from a card each card is; none where no links lead.
pub fn hops(sketch: &Sketch, start: usize) -> Vec<Option<usize>> {
    Tree::of(&sketch.neighbors(), start).hops
}

/// The shortest ways from one card to all that hang together with it.
struct Tree {
    hops: Vec<Option<usize>>,
    /// The card before each card on its way.
    parents: Vec<usize>,
    /// All cards that are reached, nearest first.
    order: Vec<usize>,
}

impl Tree {
    fn of(neighbors: &[Vec<usize>], start: usize) -> Self {
        let n_cards = neighbors.len();
        let mut tree =
            Self { hops: vec![None; n_cards], parents: (0..n_cards).collect(), order: Vec::new() };
        tree.hops.get_mut(start).into_iter().for_each(|slot| *slot = Some(0));
        let mut waiting = VecDeque::from([(start, 0)]);
        while let Some((card, hop)) = waiting.pop_front() {
            tree.order.push(card);
            for other in neighbors.get(card).into_iter().flatten() {
                let Some(slot) = tree.hops.get_mut(*other).filter(|slot| slot.is_none()) else {
                    continue;
                };
                *slot = Some(hop + 1);
                tree.parents.get_mut(*other).into_iter().for_each(|parent| *parent = card);
                waiting.push_back((*other, hop + 1));
            }
        }
        tree
    }

    fn hop(&self, card: usize) -> usize {
        self.hops.get(card).copied().flatten().unwrap_or_default()
    }

    fn parent(&self, card: usize) -> usize {
        self.parents.get(card).copied().unwrap_or(card)
    }
}

/// Cards around one of them; `across` is the way from ring to ring, `along` the way within one.
struct Rings {
    direction: Direction,
    start: usize,
    tree: Tree,
    /// How deep and how long each card is.
    sizes: Vec<(f64, f64)>,
    /// Whether each card stands on the side of what the first one refers to.
    is_before: Vec<bool>,
    /// The middle of each card.
    along: Vec<f64>,
    across: Vec<f64>,
}

impl Rings {
    fn of(sketch: &Sketch, start: usize, direction: Direction) -> Self {
        let sizes: Vec<(f64, f64)> = sketch
            .sizes
            .iter()
            .map(|size| match direction {
                Direction::Right => (size.width, size.height),
                Direction::Down => (size.height, size.width),
            })
            .collect();
        let n_cards = sizes.len();
        let mut rings = Self {
            direction,
            start,
            tree: Tree::of(&sketch.neighbors(), start),
            sizes,
            is_before: vec![false; n_cards],
            along: vec![0.0; n_cards],
            across: vec![0.0; n_cards],
        };
        rings.choose_sides(sketch);
        rings
    }

    fn size(&self, card: usize) -> (f64, f64) {
        self.sizes.get(card).copied().unwrap_or_default()
    }

    fn room(&self, card: usize) -> f64 {
        let (depth, length) = self.size(card);
        (depth + STACK_GAP) * (length + CARD_GAP)
    }

    /// What the first card refers to goes before it, what refers to it behind it, each with all that
    /// hangs on it; a side that would get too full gives some of them to the other.
    fn choose_sides(&mut self, sketch: &Sketch) {
        let mut rooms: Vec<f64> = (0..self.sizes.len()).map(|card| self.room(card)).collect();
        for card in self.tree.order.iter().rev().filter(|card| self.tree.hop(**card) > 1) {
            let own = rooms.get(*card).copied().unwrap_or_default();
            rooms.get_mut(self.tree.parent(*card)).into_iter().for_each(|room| *room += own);
        }
        let room = |card: usize| rooms.get(card).copied().unwrap_or_default();
        let mut first: Vec<usize> =
            self.tree.order.iter().copied().filter(|card| self.tree.hop(*card) == 1).collect();
        let all: f64 = first.iter().map(|card| room(*card)).sum();
        first.sort_by(|a, b| room(*b).total_cmp(&room(*a)));
        let outgoing = sketch.links.iter().filter(|link| link.from == self.start);
        let referred_to: BTreeSet<usize> = outgoing.map(|link| link.to).collect();
        let (mut before, mut behind) = (0.0, 0.0);
        for card in first {
            let (own, wants_before) = (room(card), referred_to.contains(&card));
            let wanted = if wants_before { before } else { behind };
            let fits = wanted == 0.0 || wanted + own <= MOST_ON_A_SIDE * all;
            let is_before = wants_before == fits;
            if is_before {
                before += own;
            } else {
                behind += own;
            }
            self.is_before.get_mut(card).into_iter().for_each(|side| *side = is_before);
        }
        for card in self.tree.order.iter().filter(|card| self.tree.hop(**card) > 1) {
            let side = self.is_before.get(self.tree.parent(*card)).copied().unwrap_or_default();
            self.is_before.get_mut(*card).into_iter().for_each(|slot| *slot = side);
        }
    }

    /// The upper left corners of all cards.
    fn places(mut self) -> Vec<Point> {
        for is_before in [true, false] {
            let mut edge = self.size(self.start).0 / 2.0;
            let mut rings: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for card in self.tree.order.iter().copied().filter(|card| *card != self.start) {
                if self.is_before.get(card) == Some(&is_before) {
                    rings.entry(self.tree.hop(card)).or_default().push(card);
                }
            }
            for mut ring in rings.into_values() {
                let wanted = |card: &usize| self.along.get(self.tree.parent(*card)).copied();
                ring.sort_by(|a, b| {
                    let (a, b) = (wanted(a).unwrap_or_default(), wanted(b).unwrap_or_default());
                    a.total_cmp(&b)
                });
                for stack in self.stacks(&ring) {
                    edge = self.put(&stack, edge + STACK_GAP, is_before);
                }
            }
        }
        let corner = |(card, (depth, length)): (usize, &(f64, f64))| {
            let middle = |all: &[f64]| all.get(card).copied().unwrap_or_default();
            let corner =
                Vec2::new(middle(&self.across) - depth / 2.0, middle(&self.along) - length / 2.0);
            match self.direction {
                Direction::Right => Point::new(corner.x, corner.y),
                Direction::Down => Point::new(corner.y, corner.x),
            }
        };
        self.sizes.iter().enumerate().map(corner).collect()
    }

    /// The cards of a ring side by side in as many stacks as keep the whole in shape; neighbors in the
    /// order stay neighbors.
    fn stacks(&self, ring: &[usize]) -> Vec<Vec<usize>> {
        let all: f64 = self.tree.order.iter().map(|card| self.room(*card)).sum();
        let longest = match self.direction {
            Direction::Right => (all / ASPECT).sqrt(),
            Direction::Down => (all * ASPECT).sqrt(),
        };
        let length: f64 = ring.iter().map(|card| self.size(*card).1 + CARD_GAP).sum();
        let n_stacks = ((length / longest.max(1.0)).ceil() as usize).clamp(1, ring.len().max(1));
        let mut stacks = vec![Vec::new(); n_stacks];
        for (number, card) in ring.iter().enumerate() {
            stacks.get_mut(number % n_stacks).into_iter().for_each(|stack| stack.push(*card));
        }
        stacks
    }

    /// Puts a stack at that distance from the first card, level with it; gives back how far it reaches.
    fn put(&mut self, stack: &[usize], edge: f64, is_before: bool) -> f64 {
        let on_grid = |value: f64| (value / GRID).round() * GRID;
        let length: f64 = stack.iter().map(|card| self.size(*card).1 + CARD_GAP).sum();
        let deepest = stack.iter().map(|card| self.size(*card).0).fold(0.0, f64::max);
        let mut at = on_grid(-(length - CARD_GAP) / 2.0);
        for card in stack {
            let (depth, length) = self.size(*card);
            let across = edge + depth / 2.0;
            self.across
                .get_mut(*card)
                .into_iter()
                .for_each(|slot| *slot = if is_before { -across } else { across });
            self.along.get_mut(*card).into_iter().for_each(|slot| *slot = at + length / 2.0);
            at += length + CARD_GAP;
        }
        edge + deepest
    }
}
