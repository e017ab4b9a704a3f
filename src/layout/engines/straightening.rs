//! Straight lines where a small step of one card makes them so.
//!
//! Cards joined by a straight line move as one from then on, like the blocks of Brandes and Köpf
//! (Fast and simple horizontal coordinate assignment, 2001). Must not know how the cards were placed.

use std::collections::BTreeMap;

use crate::base::geom::{Point, Rect, Vec2};
use crate::layout::engines::{Sketch, SketchLink};
use crate::layout::frames::framed;
use crate::layout::routing::MARK;
use crate::layout::spatial::{RectIndex, overlap};

/// How far a card moves at most, each time.
const MOST: f64 = 96.0;
/// Distance that moved cards keep from those above and below.
const GAP: f64 = 40.0;

/// Moves cards up or down so that more lines run straight.
pub(in crate::layout) fn straighten(sketch: &Sketch, places: &mut [Point]) {
    let mut steps: Vec<(f64, usize)> = Vec::new();
    let mut blocks = Blocks::new(sketch, places);
    for (number, link) in sketch.links.iter().enumerate() {
        let Some(climb) = blocks.climb(link) else { continue };
        if climb == 0.0 {
            blocks.join(link);
        } else if climb.abs() <= MOST {
            steps.push((climb.abs() / link.weight.max(0.1), number));
        }
    }
    steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (_, number) in steps {
        let Some(link) = sketch.links.get(number) else { continue };
        let Some(climb) = blocks.climb(link) else { continue };
        let (from, to) = (blocks.of(link.from), blocks.of(link.to));
        if from == to || climb.abs() > MOST {
            continue;
        }
        let n_cards = |block: usize| blocks.members.get(block).map_or(0, Vec::len);
        let first = (from, climb);
        let second = (to, -climb);
        let tries = if n_cards(from) <= n_cards(to) { [first, second] } else { [second, first] };
        let fits = tries.into_iter().find(|(block, by)| blocks.may_move(*block, *by, link));
        if let Some((block, by)) = fits {
            blocks.shift(block, by);
            blocks.join(link);
        }
    }
    for (place, rect) in places.iter_mut().zip(&blocks.rects) {
        *place = rect.origin();
    }
}

/// Cards that move as one.
struct Blocks {
    rects: Vec<Rect>,
    groups: Vec<Option<usize>>,
    /// What the members of each group take up, and the frame around them.
    frames: BTreeMap<usize, (Rect, Rect)>,
    /// The cards where they stood at first, widened by as far as they may go.
    near: RectIndex,
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl Blocks {
    fn new(sketch: &Sketch, places: &[Point]) -> Self {
        let rects = sketch.rects(places);
        let mut frames: BTreeMap<usize, (Rect, Rect)> = BTreeMap::new();
        for (rect, group) in rects.iter().zip(&sketch.groups) {
            if let Some(group) = group {
                let entry = frames.entry(*group).or_insert((*rect, *rect));
                entry.0 = entry.0.union(*rect);
                entry.1 = framed(entry.0);
            }
        }
        let widened = rects.iter().map(|rect| rect.inflate(0.0, 4.0 * MOST)).collect();
        Self {
            near: RectIndex::new(widened),
            of: (0..rects.len()).collect(),
            members: (0..rects.len()).map(|card| vec![card]).collect(),
            groups: sketch.groups.clone(),
            rects,
            frames,
        }
    }

    fn of(&self, card: usize) -> usize {
        self.of.get(card).copied().unwrap_or(card)
    }

    fn rect(&self, card: usize) -> Rect {
        self.rects.get(card).copied().unwrap_or_default()
    }

    /// How far a link's first card would have to go down for a straight line; none where its cards
    /// do not stand side by side.
    fn climb(&self, link: &SketchLink) -> Option<f64> {
        let (from, to) = (self.rect(link.from), self.rect(link.to));
        let gap = (to.x0 - from.x1).max(from.x0 - to.x1);
        (gap >= 2.0 * MARK).then_some(to.y0 + link.to_offset - from.y0 - link.from_offset)
    }

    fn join(&mut self, link: &SketchLink) {
        let (kept, gone) = (self.of(link.from), self.of(link.to));
        if kept == gone {
            return;
        }
        let moved = self.members.get_mut(gone).map(std::mem::take).unwrap_or_default();
        for card in &moved {
            if let Some(of) = self.of.get_mut(*card) {
                *of = kept;
            }
        }
        if let Some(members) = self.members.get_mut(kept) {
            members.extend(moved);
        }
    }

    fn shift(&mut self, block: usize, by: f64) {
        for card in self.members.get(block).into_iter().flatten() {
            if let Some(rect) = self.rects.get_mut(*card) {
                rect.y0 += by;
                rect.y1 += by;
            }
        }
    }

    /// Whether a block finds room that far down, and the line it moves for would be free.
    fn may_move(&self, block: usize, by: f64, link: &SketchLink) -> bool {
        let members = self.members.get(block).map(Vec::as_slice).unwrap_or_default();
        let mut cards = members.iter().copied();
        if !cards.all(|card| self.has_room(card, block, by)) {
            return false;
        }
        let shift = |card: usize| if self.of(card) == block { by } else { 0.0 };
        let (from, to) = (self.rect(link.from), self.rect(link.to));
        let y = from.y0 + shift(link.from) + link.from_offset;
        let line = Rect::new(from.x1.min(to.x1), y - 2.0, from.x0.max(to.x0), y + 2.0);
        !self.near.touching(line).any(|other| {
            other != link.from
                && other != link.to
                && overlap(self.rect(other) + Vec2::new(0.0, shift(other)), line)
        })
    }

    fn has_room(&self, card: usize, block: usize, by: f64) -> bool {
        let now = self.rect(card);
        let moved = Rect { y0: now.y0 + by, y1: now.y1 + by, ..now };
        let group = self.groups.get(card).copied().flatten();
        let is_inside = group.is_none_or(|group| {
            self.frames.get(&group).is_some_and(|(own, _)| moved.y0 >= own.y0 && moved.y1 <= own.y1)
        });
        let is_fenced_off = |(other, (_, frame)): (&usize, &(Rect, Rect))| {
            group != Some(*other) && overlap(*frame, moved.inflate(0.0, GAP))
        };
        let with_gap = moved.inflate(GAP, GAP - 0.5);
        is_inside
            && !self.frames.iter().any(is_fenced_off)
            && !self
                .near
                .touching(with_gap)
                .any(|other| self.of(other) != block && overlap(self.rect(other), with_gap))
    }
}
