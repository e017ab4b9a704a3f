//! Where cards go that come to a diagram whose other cards stay: each connected piece of them near
//! what it is linked to, the rest below everything.
//!
//! Must not know how a piece is arranged in itself; that is the engine's.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use petgraph::unionfind::UnionFind;

use crate::base::geom::{Point, Rect, Vec2};
use crate::layout::Card;
use crate::layout::ends::line_ends;
use crate::layout::engines::{Engine, Sketch};
use crate::layout::frames::framed;
use crate::layout::room::{GAP_ALONG, Room};
use crate::layout::work::Work;
use crate::model::Model;
use crate::model::id::NodeId;

/// A row of a newcomer that is linked to a row of a card that stays.
#[derive(Clone, Copy, Debug)]
struct Tie {
    newcomer: usize,
    /// Distance of its row from the newcomer's top.
    offset: f64,
    /// The middle of the other card, level with its row.
    there: Point,
}

/// Cards that come to a diagram.
#[derive(Debug)]
pub struct Newcomers {
    ties: Vec<Tie>,
    room: Room,
    /// The middle of what stays of each area.
    area_middles: BTreeMap<usize, Point>,
    /// The lower left corner of all that stays.
    below: Point,
}

/// Newcomers that hang together.
struct Piece {
    cards: Vec<usize>,
    places: Vec<Point>,
    bounds: Rect,
    group: Option<usize>,
    /// Where its upper left corner would best be; none when nothing says so.
    wanted: Option<Point>,
}

impl Newcomers {
    /// The newcomers among the cards of a diagram, the cards that stay, and all that takes up room.
    pub fn new(
        model: &Model,
        cards: &IndexMap<NodeId, Card>,
        newcomers: &[NodeId],
        staying: &IndexMap<NodeId, Rect>,
        taken: Vec<Rect>,
    ) -> Self {
        let number_from_node: IndexMap<NodeId, usize> =
            newcomers.iter().enumerate().map(|(number, node)| (*node, number)).collect();
        let lines = line_ends(model, cards).into_iter();
        let ties = lines.flat_map(|line| [(line.from, line.to), (line.to, line.from)]).filter_map(
            |(here, there)| {
                let stays = staying.get(&there.node)?;
                Some(Tie {
                    newcomer: *number_from_node.get(&here.node)?,
                    offset: here.offset,
                    there: Point::new(stays.center().x, stays.y0 + there.offset),
                })
            },
        );
        let ties = ties.collect();
        let mut room = Room::around(taken);
        let mut area_middles = BTreeMap::new();
        for (group, area) in model.areas().enumerate() {
            let members = area.members.iter().filter_map(|node| staying.get(node));
            if let Some(members) = members.copied().reduce(|a, b| a.union(b)) {
                area_middles.insert(group, members.center());
                room.fence(group, framed(members));
            }
        }
        let all = staying.values().copied().reduce(|a, b| a.union(b)).unwrap_or_default();
        let below = Point::new(all.x0, all.y1 + 2.0 * GAP_ALONG);
        Self { ties, room, area_middles, below }
    }

    /// Their top left corners, in the order of the sketch.
    pub fn places(mut self, sketch: &Sketch, engine: &Engine, work: &Work<'_>) -> Vec<Point> {
        let mut places = vec![Point::ORIGIN; sketch.sizes.len()];
        let mut alone = Vec::new();
        let mut pieces = Vec::new();
        for cards in components(sketch) {
            let piece = self.piece(sketch, engine, work, cards);
            if piece.wanted.is_some() { pieces.push(piece) } else { alone.extend(piece.cards) }
        }
        if !alone.is_empty() {
            alone.sort_unstable();
            let mut rest = self.piece(sketch, engine, work, alone);
            rest.wanted = Some(self.below);
            pieces.push(rest);
        }
        for piece in pieces {
            let wanted = piece.wanted.unwrap_or(self.below);
            let corner = self.room.nearest_free(piece.bounds.size(), wanted, piece.group);
            let shift = corner - piece.bounds.origin();
            for (card, place) in piece.cards.iter().zip(&piece.places) {
                let place = *place + shift;
                if let (Some(slot), Some(size)) = (places.get_mut(*card), sketch.sizes.get(*card)) {
                    *slot = place;
                    self.room.take(Rect::from_origin_size(place, *size));
                }
            }
        }
        places
    }

    fn piece(&self, sketch: &Sketch, engine: &Engine, work: &Work<'_>, cards: Vec<usize>) -> Piece {
        let part = sketch.part(&cards);
        let places = (engine.place)(&part, work);
        let bounds = part.bounds(&places);
        let group = common_group(&part);
        let ties: Vec<Vec2> = self
            .ties
            .iter()
            .filter_map(|tie| {
                let number = cards.binary_search(&tie.newcomer).ok()?;
                let (place, size) = (places.get(number)?, part.sizes.get(number)?);
                let here = *place + Vec2::new(size.width / 2.0, tie.offset);
                Some(tie.there - here)
            })
            .collect();
        let area_middle = group.and_then(|group| self.area_middles.get(&group));
        let wanted = if ties.is_empty() {
            area_middle.map(|middle| *middle - bounds.size().to_vec2() / 2.0)
        } else {
            let n_ties = ties.len() as f64;
            let shift = ties.into_iter().fold(Vec2::ZERO, |sum, tie| sum + tie) / n_ties;
            Some(bounds.origin() + shift)
        };
        Piece { cards, places, bounds, group, wanted }
    }
}

/// The group that all cards of a sketch are in.
fn common_group(sketch: &Sketch) -> Option<usize> {
    let first = sketch.groups.first().copied().flatten();
    first.filter(|_| sketch.groups.iter().all(|group| *group == first))
}

/// The connected pieces of a sketch, the first card's first, cards in order.
fn components(sketch: &Sketch) -> Vec<Vec<usize>> {
    let mut sets: UnionFind<usize> = UnionFind::new(sketch.sizes.len());
    for link in &sketch.links {
        sets.union(link.from, link.to);
    }
    let mut components: IndexMap<usize, Vec<usize>> = IndexMap::new();
    for card in 0..sketch.sizes.len() {
        components.entry(sets.find(card)).or_default().push(card);
    }
    components.into_values().collect()
}
