//! What happens to placed cards when cards around them grow: they make room, and keep the order and
//! as much of their distances as is usual.
//!
//! Must not know why cards grow. Cards that shrink leave all others where they are.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use indexmap::IndexMap;

use crate::base::geom::{Point, Rect, Size};
use crate::diagram::Diagram;
use crate::layout::Card;
use crate::layout::arrange::measured;
use crate::layout::room::{GAP_ACROSS, GAP_ALONG};
use crate::layout::row_text::CardTexts;
use crate::model::Model;
use crate::model::id::NodeId;

/// A placed card in two diagrams.
#[derive(Clone, Copy, Debug)]
struct Growing {
    node: NodeId,
    before: Rect,
    after: Rect,
    is_pinned: bool,
}

/// Where placed cards go once a diagram looks different: to the right and down where a card beside
/// or above them grew too near. Only cards that move are in it; pinned ones never are.
pub fn make_room(model: &Model, before: &Diagram, after: &Diagram) -> IndexMap<NodeId, Point> {
    let texts = CardTexts::of(model);
    let (old, new) = (measured(&texts, before), measured(&texts, after));
    let mut cards: Vec<Growing> = after
        .placements
        .iter()
        .filter_map(|(node, placement)| {
            let (before, after) = (old.get(node)?.rect, new.get(node)?.rect);
            Some(Growing { node: *node, before, after, is_pinned: placement.pinned })
        })
        .collect();
    push_all(&mut cards, Gaps::USUAL);
    moved(cards)
}

/// Distances that are kept from a card that grows, where there were that much: sideways, and up and
/// down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaps {
    across: f64,
    along: f64,
}

impl Gaps {
    /// While a card is edited.
    pub const EDITED: Self = Self { across: 16.0, along: 16.0 };
    /// Where lines run between cards.
    pub const USUAL: Self = Self { across: GAP_ACROSS, along: GAP_ALONG };
}

/// Where placed cards go once some cards of a diagram changed; `before` are all its cards as they were
/// drawn, `after` the sizes of those that changed. Only cards that move are in it.
pub fn make_way(
    diagram: &Diagram,
    before: &IndexMap<NodeId, Card>,
    after: &BTreeMap<NodeId, Size>,
    gaps: Gaps,
) -> IndexMap<NodeId, Point> {
    if !is_in_the_way(before, after, gaps) {
        return IndexMap::new();
    }
    let mut cards: Vec<Growing> = before
        .iter()
        .filter_map(|(node, card)| {
            let placement = diagram.placements.get(node)?;
            let size = after.get(node).copied().unwrap_or(card.rect.size());
            let after = Rect::from_origin_size(card.rect.origin(), size);
            Some(Growing { node: *node, before: card.rect, after, is_pinned: placement.pinned })
        })
        .collect();
    push_all(&mut cards, gaps);
    moved(cards)
}

/// Whether some card stands right of or below one that grows, nearer than it may.
fn is_in_the_way(
    before: &IndexMap<NodeId, Card>,
    after: &BTreeMap<NodeId, Size>,
    gaps: Gaps,
) -> bool {
    let grown_size = |node: &NodeId, card: &Card| {
        let (now, then) = (card.rect.size(), after.get(node).copied().unwrap_or_default());
        Size::new(now.width.max(then.width), now.height.max(then.height))
    };
    let mut reached: Vec<(Rect, Rect)> = Vec::new();
    for (node, card) in after.keys().filter_map(|node| before.get_key_value(node)) {
        let (rect, size) = (card.rect, grown_size(node, card));
        // Cards that stood nearer than the gap keep what distance they had.
        if size.width > rect.width() {
            let room = Size::new(size.width + gaps.across, size.height);
            reached.push((rect, Rect::from_origin_size(rect.origin(), room)));
        }
        if size.height > rect.height() {
            let room = Size::new(size.width, size.height + gaps.along);
            reached.push((rect, Rect::from_origin_size(rect.origin(), room)));
        }
    }
    let is_reached = |(node, card): (&NodeId, &Card)| {
        let other = Rect::from_origin_size(card.rect.origin(), grown_size(node, card));
        let is_behind = |rect: &Rect| rect.x1 <= other.x0 || rect.y1 <= other.y0;
        reached.iter().any(|(rect, room)| is_behind(rect) && room.overlaps(other))
    };
    !reached.is_empty() && before.iter().any(is_reached)
}

/// The new corners of those that moved.
fn moved(cards: Vec<Growing>) -> IndexMap<NodeId, Point> {
    let moved = cards.into_iter().filter(|card| card.before.origin() != card.after.origin());
    moved.map(|card| (card.node, card.after.origin().round())).collect()
}

/// Pushes cards to the right, then down; the gaps are the most that any two keep between them.
fn push_all(cards: &mut [Growing], Gaps { across, along }: Gaps) {
    push(cards, across, |a, b| a.before.x0 == b.before.x0);
    cards.iter_mut().for_each(Growing::transpose);
    push(cards, along, |_, _| false);
    cards.iter_mut().for_each(Growing::transpose);
}

/// Pushes cards to the right, some of them together; `gap` is the most that any two keep between
/// them.
fn push(cards: &mut [Growing], gap: f64, are_together: fn(&Growing, &Growing) -> bool) {
    cards.sort_by(|a, b| a.before.x0.total_cmp(&b.before.x0).then(a.node.cmp(&b.node)));
    let mut pushed = Pushed::default();
    for column in cards.chunk_by_mut(are_together) {
        let needed = |card: &Growing| {
            let others = pushed.near(card).filter(|other| other.is_left_of(card));
            let place =
                |other: &Growing| other.after.x1 + (card.before.x0 - other.before.x1).min(gap);
            others.map(|other| place(other) - card.after.x0).fold(0.0, f64::max)
        };
        let free = column.iter().filter(|card| !card.is_pinned);
        let by = free.map(needed).fold(0.0, f64::max);
        for card in column.iter_mut().filter(|card| !card.is_pinned) {
            card.after.x0 += by;
            card.after.x1 += by;
        }
        // What reaches no farther than before is in nobody's way that it was not in.
        for card in column.iter().filter(|card| card.after.x1 > card.before.x1) {
            pushed.add(*card);
        }
    }
}

/// Height of the bands in which cards are looked for.
const BAND: f64 = 512.0;

/// Cards that have their place, found by the bands that they reach into now and then.
#[derive(Debug, Default)]
struct Pushed {
    before: BTreeMap<i64, Vec<Growing>>,
    after: BTreeMap<i64, Vec<Growing>>,
}

impl Pushed {
    fn add(&mut self, card: Growing) {
        for (bands, rect) in [(&mut self.before, card.before), (&mut self.after, card.after)] {
            for band in bands_of(rect) {
                bands.entry(band).or_default().push(card);
            }
        }
    }

    /// All that share some height with the card, then or now, some of them twice; and others.
    fn near(&self, card: &Growing) -> impl Iterator<Item = &Growing> {
        let before = bands_of(card.before).filter_map(|band| self.before.get(&band));
        let after = bands_of(card.after).filter_map(|band| self.after.get(&band));
        before.chain(after).flatten()
    }
}

fn bands_of(rect: Rect) -> RangeInclusive<i64> {
    (rect.y0 / BAND).floor() as i64..=(rect.y1 / BAND).floor() as i64
}

impl Growing {
    /// Whether it stood left of the other one, with some height in common then or now.
    fn is_left_of(&self, other: &Self) -> bool {
        let share_height = |a: Rect, b: Rect| a.y0 < b.y1 && b.y0 < a.y1;
        let share =
            share_height(self.before, other.before) || share_height(self.after, other.after);
        share && self.before.x1 <= other.before.x0
    }

    fn transpose(&mut self) {
        let turned = |rect: Rect| Rect::new(rect.y0, rect.x0, rect.y1, rect.x1);
        (self.before, self.after) = (turned(self.before), turned(self.after));
    }
}
