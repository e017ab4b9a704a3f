//! An arrangement anew that leaves what is good where it is: present places, with newcomers among them and
//! a few strays put right, where that is about as good a picture as one from scratch.
//!
//! The present places are anchors, as in the online layouts of Misue, Eades, Lai and Sugiyama (Layout
//! adjustment and the mental map, 1995). Must not know how an engine places cards.

use indexmap::IndexMap;

use crate::base::geom::{Point, Rect, Vec2};
use crate::diagram::Diagram;
use crate::layout::Card;
use crate::layout::engines::spacing::{Care, make_room};
use crate::layout::engines::straightening::straighten;
use crate::layout::engines::{Engine, Sketch};
use crate::layout::frames::framed;
use crate::layout::metrics::GRID;
use crate::layout::newcomers::Newcomers;
use crate::layout::room::Room;
use crate::layout::routing::Effort;
use crate::layout::routing::orthogonal::orthogonal_paths;
use crate::layout::routing::rework::cost_of;
use crate::layout::sketching::{Grouping, sketch};
use crate::layout::spatial::RectIndex;
use crate::layout::work::Work;
use crate::model::Model;
use crate::model::id::NodeId;

/// How many times as much as a picture from scratch one that stays may cost: in a small one, a line
/// more is much of it.
const WORTH_STAYING: f64 = 1.5;
/// How much better tidied places must be than those at hand: less is what rounding does.
const WORTH_TIDYING: f64 = 60.0;
/// How much of its lines a stray would save elsewhere, and how much that must be at least.
const STRAY: (f64, f64) = (0.5, 400.0);
/// How many strays are put right at most.
const MOST_STRAYS: usize = 48;
/// Width to height of the whole.
const ASPECT: f64 = 1.6;

/// What is arranged, and what stays in any case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene<'a> {
    /// The model.
    pub model: &'a Model,
    /// The diagram.
    pub diagram: &'a Diagram,
    /// All its cards.
    pub cards: &'a IndexMap<NodeId, Card>,
    /// Those that may move.
    pub moving: &'a [NodeId],
    /// Those that never do.
    pub staying: &'a IndexMap<NodeId, Rect>,
}

impl Scene<'_> {
    /// The places from scratch, or better ones: those at hand as far as they are good.
    pub(super) fn steadied(
        self,
        fresh: Vec<Point>,
        (engine, work): (&Engine, &Work<'_>),
    ) -> Vec<Point> {
        let Some(kept) = self.kept(engine, work) else { return fresh };
        let nodes: Vec<NodeId> = self.moving.iter().chain(self.staying.keys()).copied().collect();
        let sketch = sketch(self.model, self.cards, &nodes, Grouping::Areas);
        let whole = |places: &[Point]| {
            let staying = self.staying.values().map(Rect::origin);
            places.iter().copied().chain(staying).collect::<Vec<Point>>()
        };
        let price = |places: &[Point]| {
            let places = whole(places);
            if is_sound(&sketch, &places) { cost(&sketch, &places) } else { f64::INFINITY }
        };
        let (from_scratch, as_it_is) = (cost(&sketch, &whole(&fresh)), price(&kept));
        if as_it_is <= from_scratch {
            return kept;
        }
        let mut best = (as_it_is - WORTH_TIDYING, kept.clone());
        if self.staying.is_empty() {
            let mut tidy = kept.clone();
            gather_strays(&sketch, &mut tidy);
            straighten(&sketch, &mut tidy);
            let mut roomy = tidy.clone();
            make_room(&sketch, &mut roomy, Care::Quick);
            for places in [tidy, roomy] {
                let price = price(&places);
                if price < best.0 {
                    best = (price, places);
                }
            }
        }
        if best.0 <= WORTH_STAYING * from_scratch {
            return best.1;
        }
        if self.staying.is_empty() { near(fresh, &kept) } else { fresh }
    }

    /// Where the cards stand now, newcomers among them; none when most of them are newcomers.
    fn kept(self, engine: &Engine, work: &Work<'_>) -> Option<Vec<Point>> {
        let place = |node: &NodeId| self.diagram.placements.get(node).map(|one| one.position);
        let (placed, new): (Vec<NodeId>, Vec<NodeId>) =
            self.moving.iter().partition(|node| place(node).is_some());
        if placed.is_empty() || new.len() > placed.len() {
            return None;
        }
        let rect = |node: &NodeId| Some((*node, self.cards.get(node)?.rect));
        let mut standing: IndexMap<NodeId, Rect> = placed.iter().filter_map(rect).collect();
        standing.extend(self.staying.iter().map(|(node, rect)| (*node, *rect)));
        let taken = standing.values().copied().collect();
        let part = sketch(self.model, self.cards, &new, Grouping::Areas);
        let found = Newcomers::new(self.model, self.cards, &new, &standing, taken)
            .places(&part, engine, work);
        let found: IndexMap<NodeId, Point> = new.into_iter().zip(found).collect();
        let places = self.moving.iter();
        Some(places.filter_map(|node| place(node).or(found.get(node).copied())).collect())
    }
}

/// Whether no card lies on another one, and none in the frame of a group that it is not in.
fn is_sound(sketch: &Sketch, places: &[Point]) -> bool {
    let rects = sketch.rects(places);
    let index = RectIndex::new(rects.clone());
    let is_apart = |(card, rect): (usize, &Rect)| {
        let mut others = index.touching(rect.inflate(GRID / 2.0, GRID / 2.0));
        others.all(|other| other == card)
    };
    let mut frames: IndexMap<usize, Rect> = IndexMap::new();
    for (rect, group) in rects.iter().zip(&sketch.groups) {
        if let Some(group) = group {
            frames.entry(*group).and_modify(|all| *all = all.union(*rect)).or_insert(*rect);
        }
    }
    let keeps_out = |(group, members): (&usize, &Rect)| {
        let group_of = |card: usize| sketch.groups.get(card).copied().flatten();
        index.touching(framed(*members)).all(|card| group_of(card) == Some(*group))
    };
    rects.iter().enumerate().all(is_apart) && frames.iter().all(keeps_out)
}

/// What a picture costs: its lines as they would be drawn, and its size.
fn cost(sketch: &Sketch, places: &[Point]) -> f64 {
    let rects = sketch.rects(places);
    let connections = sketch.connections(&rects);
    let bounds = sketch.bounds(places);
    let cards: f64 = rects.iter().map(Rect::area).sum();
    let side = bounds.width().max(ASPECT * bounds.height());
    let paths = orthogonal_paths(&connections, &[], &RectIndex::new(rects), Effort::Around);
    cost_of(&paths) * (side / cards.max(1.0).sqrt()).max(1.0).sqrt()
}

/// Puts cards that stand far from all that they are linked to near it, those that save most first.
fn gather_strays(sketch: &Sketch, places: &mut [Point]) {
    let mut ties: Vec<Vec<(f64, usize, f64)>> = vec![Vec::new(); sketch.sizes.len()];
    for link in sketch.links.iter().filter(|link| link.from != link.to) {
        let ends = [
            (link.from, link.from_offset, link.to, link.to_offset),
            (link.to, link.to_offset, link.from, link.from_offset),
        ];
        for (own, own_offset, other, offset) in ends {
            ties.get_mut(own).into_iter().for_each(|all| all.push((own_offset, other, offset)));
        }
    }
    // Where each line of a card wants it to stand, seen from where it stands.
    let pulls = |card: usize, at: Point, places: &[Point]| -> Vec<Vec2> {
        let middle = |card: usize| sketch.sizes.get(card).map_or(0.0, |size| size.width / 2.0);
        let pull = |(own_offset, other, offset): &(f64, usize, f64)| {
            let there = *places.get(*other)? + Vec2::new(middle(*other), *offset);
            Some(there - (at + Vec2::new(middle(card), *own_offset)))
        };
        ties.get(card).into_iter().flatten().filter_map(pull).collect()
    };
    let length = |pulls: &[Vec2]| pulls.iter().map(|pull| pull.x.abs() + pull.y.abs()).sum::<f64>();
    let saves =
        |before: f64, after: f64| before - after >= STRAY.1 && after <= (1.0 - STRAY.0) * before;
    let mut strays: Vec<(f64, usize, Point)> = Vec::new();
    for (card, at) in places.iter().enumerate() {
        let pulls_here = pulls(card, *at, places);
        let is_free = sketch.groups.get(card).copied().flatten().is_none();
        if pulls_here.is_empty() || !is_free {
            continue;
        }
        let mean = pulls_here.iter().fold(Vec2::ZERO, |sum, pull| sum + *pull);
        let wanted = *at + mean / pulls_here.len() as f64;
        let (before, after) = (length(&pulls_here), length(&pulls(card, wanted, places)));
        if saves(before, after) {
            strays.push((before - after, card, wanted));
        }
    }
    strays.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut room = Room::around(sketch.rects(places));
    for (_, card, wanted) in strays.into_iter().take(MOST_STRAYS) {
        let (Some(at), Some(size)) = (places.get(card).copied(), sketch.sizes.get(card)) else {
            continue;
        };
        let free = room.nearest_free(*size, wanted, None);
        let before = length(&pulls(card, at, places));
        if saves(before, length(&pulls(card, free, places))) {
            room.take(Rect::from_origin_size(free, *size));
            places.get_mut(card).into_iter().for_each(|slot| *slot = free);
        }
    }
}

/// A picture from scratch, moved as a whole to where the cards of the old one stand.
fn near(fresh: Vec<Point>, kept: &[Point]) -> Vec<Point> {
    let steps = fresh.iter().zip(kept).map(|(new, old)| *old - *new);
    let mean = steps.fold(Vec2::ZERO, |sum, step| sum + step) / kept.len().max(1) as f64;
    let by = (mean / GRID).round() * GRID;
    fresh.into_iter().map(|place| place + by).collect()
}
