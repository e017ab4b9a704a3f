//! Everything in the direction of its references: what is referred to first, what refers to it later;
//! from left to right or from top to bottom.
//!
//! Layers by longest paths over what is left once references that run against the rest are turned
//! (Eades, Lin, Smyth: A fast and effective heuristic for the feedback arc set problem, 1993), ordered
//! by the middles of neighbors (Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical
//! system structures, 1981). Must not know how lines run.

use crate::base::geom::{Point, Size};
use crate::layout::engines::spacing::{Care, make_room};
use crate::layout::engines::straightening::straighten;
use crate::layout::engines::{Engine, Sketch, rings};
use crate::layout::metrics::GRID;
use crate::layout::work::Work;

/// From left to right.
pub const LEFT_RIGHT: Engine = Engine {
    id: "left-right",
    name: "Left to right",
    description: "Columns in the direction of references, what is referred to on the left",
    place: |sketch, work| place(sketch, work, Direction::Right),
    is_steady: false,
    grow: rings::sideways,
};

/// From top to bottom.
pub const TOP_DOWN: Engine = Engine {
    id: "top-down",
    name: "Top down",
    description: "Rows in the direction of references, what is referred to at the top",
    place: |sketch, work| place(sketch, work, Direction::Down),
    is_steady: false,
    grow: rings::up_and_down,
};

/// Distance between two layers.
const LAYER_GAP: f64 = 96.0;
/// Distance of two cards of a layer.
const CARD_GAP: f64 = 40.0;
/// How often all layers are put into the order of their neighbors.
const N_SWEEPS: usize = 12;
/// How many times as long as the whole is deep a layer may be before it is split.
const LONGEST: f64 = 2.4;

/// The way that references lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// To the left: what refers stands on the right of what it refers to.
    Right,
    /// Upwards: what refers stands below what it refers to.
    Down,
}

/// Cards in layers; `across` is the way from layer to layer, `along` the way within one.
struct Layers {
    stacks: Vec<Vec<usize>>,
    /// How deep and how long each card is.
    sizes: Vec<(f64, f64)>,
    neighbors: Vec<Vec<usize>>,
    /// Where each card starts within its layer.
    along: Vec<f64>,
}

fn place(sketch: &Sketch, work: &Work<'_>, direction: Direction) -> Vec<Point> {
    let ranks = ranks(sketch);
    let size = |size: &Size| match direction {
        Direction::Right => (size.width, size.height),
        Direction::Down => (size.height, size.width),
    };
    let sizes: Vec<(f64, f64)> = sketch.sizes.iter().map(size).collect();
    let neighbors = sketch.neighbors();
    let along = vec![0.0; sizes.len()];
    let mut layers = Layers { stacks: split(sketch, &ranks, &sizes), sizes, neighbors, along };
    layers.stack();
    for round in 0..N_SWEEPS {
        if !work.goes_on(round as f64 / N_SWEEPS as f64) {
            break;
        }
        layers.sweep(round % 2 == 0);
    }
    layers.settle();
    let mut places = layers.places(direction);
    if direction == Direction::Right {
        straighten(sketch, &mut places);
    }
    make_room(sketch, &mut places, Care::Quick);
    places
}

/// The layer of each card: one more than the deepest of those it refers to.
fn ranks(sketch: &Sketch) -> Vec<usize> {
    let order = order(sketch);
    let mut position = vec![0; order.len()];
    for (place, card) in order.iter().enumerate() {
        position.get_mut(*card).into_iter().for_each(|slot| *slot = place);
    }
    let at = |card: usize| position.get(card).copied().unwrap_or_default();
    let mut later = vec![Vec::new(); order.len()];
    for link in &sketch.links {
        let (first, second) =
            if at(link.to) < at(link.from) { (link.to, link.from) } else { (link.from, link.to) };
        if first != second {
            later.get_mut(first).into_iter().for_each(|all: &mut Vec<usize>| all.push(second));
        }
    }
    let mut ranks = vec![0; order.len()];
    for card in order {
        let next = ranks.get(card).map_or(1, |rank: &usize| rank + 1);
        for other in later.get(card).into_iter().flatten() {
            if let Some(rank) = ranks.get_mut(*other) {
                *rank = next.max(*rank);
            }
        }
    }
    ranks
}

/// All cards, so that few references lead to a later one: always next is one that refers to none of the
/// rest, at last one that none of the rest refers to, else the one that most of them refer to.
fn order(sketch: &Sketch) -> Vec<usize> {
    let n = sketch.sizes.len();
    // How many references lead out of and into each card, and between whom.
    let mut degrees = vec![(0_i64, 0_i64); n];
    let mut ends: Vec<Vec<(usize, bool)>> = vec![Vec::new(); n];
    for link in sketch.links.iter().filter(|link| link.from != link.to) {
        degrees.get_mut(link.from).into_iter().for_each(|one| one.0 += 1);
        degrees.get_mut(link.to).into_iter().for_each(|one| one.1 += 1);
        ends.get_mut(link.from).into_iter().for_each(|all| all.push((link.to, true)));
        ends.get_mut(link.to).into_iter().for_each(|all| all.push((link.from, false)));
    }
    let key = |card: usize, (out, into): (i64, i64)| match (out, into) {
        (0, _) => (0, 0, card),
        _ => (1, out - into, card),
    };
    let mut waiting: std::collections::BTreeSet<(i64, i64, usize)> =
        degrees.iter().enumerate().map(|(card, degree)| key(card, *degree)).collect();
    let mut is_taken = vec![false; n];
    let mut order = Vec::with_capacity(n);
    while let Some((_, _, card)) = waiting.pop_first() {
        is_taken.get_mut(card).into_iter().for_each(|taken| *taken = true);
        order.push(card);
        for (other, leads_out) in ends.get(card).into_iter().flatten() {
            if is_taken.get(*other) != Some(&false) {
                continue;
            }
            let Some(degree) = degrees.get_mut(*other) else { continue };
            waiting.remove(&key(*other, *degree));
            if *leads_out {
                degree.1 -= 1;
            } else {
                degree.0 -= 1;
            }
            waiting.insert(key(*other, *degree));
        }
    }
    order
}

/// The cards of each layer; a layer that would be much longer than the whole is deep becomes several.
fn split(sketch: &Sketch, ranks: &[usize], sizes: &[(f64, f64)]) -> Vec<Vec<usize>> {
    let n_layers = ranks.iter().max().map_or(0, |last| last + 1);
    let mut layers = vec![Vec::new(); n_layers];
    let is_linked = |card: usize| {
        sketch
            .links
            .iter()
            .any(|link| link.from != link.to && (link.from == card || link.to == card))
    };
    let mut alone = Vec::new();
    for (card, rank) in ranks.iter().enumerate() {
        if *rank == 0 && !is_linked(card) {
            alone.push(card);
        } else if let Some(layer) = layers.get_mut(*rank) {
            layer.push(card);
        }
    }
    layers.push(alone);
    let area: f64 = sizes.iter().map(|(deep, long)| (deep + LAYER_GAP) * (long + CARD_GAP)).sum();
    let longest = LONGEST * area.sqrt();
    let mut parts: Vec<Vec<usize>> = Vec::new();
    for layer in layers {
        let long = |card: &usize| sizes.get(*card).map_or(0.0, |(_, long)| long + CARD_GAP);
        let total: f64 = layer.iter().map(long).sum();
        let share = total / (total / longest).ceil().max(1.0);
        let mut filled = 0.0;
        let mut part = Vec::new();
        for card in layer {
            filled += long(&card);
            part.push(card);
            if filled >= share {
                parts.push(std::mem::take(&mut part));
                filled = 0.0;
            }
        }
        parts.push(part);
    }
    parts.retain(|part| !part.is_empty());
    parts
}

impl Layers {
    fn long(&self, card: usize) -> f64 {
        self.sizes.get(card).map_or(0.0, |(_, long)| long + CARD_GAP)
    }

    fn start(&self, card: usize) -> f64 {
        self.along.get(card).copied().unwrap_or_default()
    }

    /// Puts the cards of all layers one after the other, around one middle line.
    fn stack(&mut self) {
        for layer in self.stacks.clone() {
            let total: f64 = layer.iter().map(|card| self.long(*card)).sum();
            let mut at = -total / 2.0;
            for card in layer {
                let long = self.long(card);
                self.along.get_mut(card).into_iter().for_each(|slot| *slot = at);
                at += long;
            }
        }
    }

    /// Where the middle of a card's neighbors would have its own middle.
    fn wanted(&self, card: usize) -> f64 {
        let middle = |card: usize| self.start(card) + self.long(card) / 2.0;
        let neighbors = self.neighbors.get(card).map(Vec::as_slice).unwrap_or_default();
        if neighbors.is_empty() {
            return middle(card);
        }
        neighbors.iter().map(|other| middle(*other)).sum::<f64>() / neighbors.len() as f64
    }

    /// Orders all layers by their neighbors.
    fn sweep(&mut self, is_forward: bool) {
        let n_layers = self.stacks.len();
        for step in 0..n_layers {
            let number = if is_forward { step } else { n_layers - 1 - step };
            let Some(layer) = self.stacks.get(number).cloned() else { continue };
            let mut keyed: Vec<(f64, usize)> =
                layer.iter().map(|card| (self.wanted(*card), *card)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let layer: Vec<usize> = keyed.into_iter().map(|(_, card)| card).collect();
            let total: f64 = layer.iter().map(|card| self.long(*card)).sum();
            let mut at = -total / 2.0;
            for card in &layer {
                let long = self.long(*card);
                self.along.get_mut(*card).into_iter().for_each(|slot| *slot = at);
                at += long;
            }
            if let Some(slot) = self.stacks.get_mut(number) {
                *slot = layer;
            }
        }
    }

    /// Moves cards towards their neighbors as far as those before and after leave room.
    fn settle(&mut self) {
        for _ in 0..4 {
            for layer in self.stacks.clone() {
                let mut least = f64::NEG_INFINITY;
                for (place, card) in layer.iter().enumerate() {
                    let wanted = self.wanted(*card) - self.long(*card) / 2.0;
                    let next = layer.get(place + 1).map_or(f64::INFINITY, |next| self.start(*next));
                    let most = (next - self.long(*card)).max(least);
                    let at = wanted.clamp(least, most);
                    self.along.get_mut(*card).into_iter().for_each(|slot| *slot = at);
                    least = at + self.long(*card);
                }
            }
        }
    }

    fn places(&self, direction: Direction) -> Vec<Point> {
        let on_grid = |value: f64| (value / GRID).round() * GRID;
        let mut places = vec![Point::ORIGIN; self.sizes.len()];
        let mut across = 0.0;
        for layer in &self.stacks {
            let deep = |card: &usize| self.sizes.get(*card).map_or(0.0, |(deep, _)| *deep);
            let deepest = layer.iter().map(deep).fold(0.0, f64::max);
            let mut least = f64::NEG_INFINITY;
            for card in layer {
                let along = on_grid(self.start(*card)).max(least);
                least = along + (self.long(*card) / GRID).ceil() * GRID;
                if let Some(place) = places.get_mut(*card) {
                    *place = match direction {
                        Direction::Right => Point::new(across, along),
                        Direction::Down => Point::new(along, across),
                    };
                }
            }
            across += ((deepest + LAYER_GAP) / GRID).ceil() * GRID;
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::geom::Rect;
    use crate::layout::ends::EndMark;
    use crate::layout::engines::SketchLink;

    #[test]
    fn what_is_referred_to_comes_first_even_in_a_cycle() {
        let link = |from, to| SketchLink {
            from,
            to,
            from_offset: 16.0,
            to_offset: 16.0,
            weight: 1.0,
            label: 0.0,
            marks: (EndMark::Choice, EndMark::Choice),
        };
        let sketch = Sketch {
            sizes: vec![Size::new(160.0, 80.0); 5],
            links: vec![link(0, 1), link(1, 2), link(2, 3), link(3, 2), link(4, 4)],
            groups: vec![None; 5],
        };
        let places = (LEFT_RIGHT.place)(&sketch, &Work::default());
        assert!(places[0].x > places[1].x && places[1].x > places[2].x);
        let places = (TOP_DOWN.place)(&sketch, &Work::default());
        assert!(places[0].y > places[1].y && places[1].y > places[2].y);
        let rects = sketch.rects(&places);
        let overlaps = |a: &Rect, b: &Rect| a.overlaps(*b);
        assert!(
            rects.iter().enumerate().all(|(n, a)| !rects[n + 1..].iter().any(|b| overlaps(a, b)))
        );
    }
}
