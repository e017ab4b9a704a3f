//! Columns of cards with short lines between neighboring columns: the usual engine.
//!
//! Reading order: [`block`] (a connected piece), [`stress`] (first points), [`columns`] (a state
//! and its cost), [`improve`] (better states), [`channels`] (how wide the gaps must be),
//! [`packing`] (pieces side by side), then [`ENGINE`]'s function.

mod block;
mod channels;
mod columns;
mod improve;
mod packing;
mod stress;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use petgraph::unionfind::UnionFind;

use crate::base::geom::{Point, Rect};
use crate::layout::engines::layered::block::Block;
use crate::layout::engines::layered::channels::places;
use crate::layout::engines::layered::columns::{CARD_GAP, COLUMN_STEP, Columns};
use crate::layout::engines::layered::improve::{columns_of_points, improve};
use crate::layout::engines::layered::packing::{Piece, pack};
use crate::layout::engines::layered::stress::stress_points;
use crate::layout::engines::{Engine, Sketch};
use crate::layout::frames::framed;

/// Its line in the list.
pub const ENGINE: Engine = Engine {
    id: "layered",
    name: "Layered",
    description: "Columns with short lines between them, linked cards near each other, areas together",
    place,
};

/// Width to height of the whole.
const ASPECT: f64 = 1.6;
/// Up to this many cards, several numbers of columns are tried.
const SMALL: usize = 160;

fn place(sketch: &Sketch) -> Vec<Point> {
    let mut tops = vec![Point::ORIGIN; sketch.sizes.len()];
    let whole: Vec<usize> = (0..sketch.sizes.len()).collect();
    let mut pieces = Vec::new();
    let mut ungrouped = Vec::new();
    for (group, cards) in groups(sketch) {
        match group {
            Some(_) => pieces.push(place_together(sketch, &cards)),
            None => ungrouped = cards,
        }
    }
    for cards in components(sketch, &ungrouped) {
        pieces.push(place_component(sketch, cards));
    }
    debug_assert_eq!(
        pieces.iter().map(|piece| piece.cards.len()).sum::<usize>(),
        whole.len(),
        "each card once"
    );
    pack(sketch, &mut pieces);
    for (card, place) in pieces.iter().flat_map(|piece| &piece.cards) {
        if let Some(slot) = tops.get_mut(*card) {
            *slot = *place;
        }
    }
    tops
}

/// The cards of each group, those of none last.
fn groups(sketch: &Sketch) -> Vec<(Option<usize>, Vec<usize>)> {
    let mut groups: BTreeMap<(bool, Option<usize>), Vec<usize>> = BTreeMap::new();
    for card in 0..sketch.sizes.len() {
        let group = sketch.groups.get(card).copied().flatten();
        groups.entry((group.is_none(), group)).or_default().push(card);
    }
    groups.into_iter().map(|((_, group), cards)| (group, cards)).collect()
}

/// The connected pieces of those cards, the first card's first.
fn components(sketch: &Sketch, cards: &[usize]) -> Vec<Vec<usize>> {
    let mut is_inside = vec![false; sketch.sizes.len()];
    for card in cards {
        if let Some(flag) = is_inside.get_mut(*card) {
            *flag = true;
        }
    }
    let inside = |card: usize| is_inside.get(card) == Some(&true);
    let mut sets: UnionFind<usize> = UnionFind::new(sketch.sizes.len());
    for link in sketch.links.iter().filter(|link| inside(link.from) && inside(link.to)) {
        sets.union(link.from, link.to);
    }
    let mut components: IndexMap<usize, Vec<usize>> = IndexMap::new();
    for card in cards {
        components.entry(sets.find(*card)).or_default().push(*card);
    }
    components.into_values().collect()
}

/// A group: its connected pieces side by side, in one frame.
fn place_together(sketch: &Sketch, cards: &[usize]) -> Piece {
    let mut pieces: Vec<Piece> =
        components(sketch, cards).into_iter().map(|cards| place_component(sketch, cards)).collect();
    pack(sketch, &mut pieces);
    let cards = pieces.into_iter().flat_map(|piece| piece.cards).collect();
    let mut piece = Piece::around(sketch, cards);
    piece.bounds = framed(piece.bounds);
    piece
}

/// A connected piece in columns.
fn place_component(sketch: &Sketch, cards: Vec<usize>) -> Piece {
    let block = Block::of(sketch, cards);
    let points = stress_points(&block.neighbors());
    let ideal = n_columns(&block);
    let tried = if block.len() <= SMALL {
        ideal.saturating_sub(2).max(1)..=(ideal + 2).min(block.len())
    } else {
        ideal..=ideal
    };
    let best = tried
        .map(|n_columns| {
            let mut state = columns_of_points(&block, &points, n_columns);
            improve(&mut state);
            let places = places(&state);
            (cost_with_shape(&state, &block, &places), places)
        })
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let places = best.map(|(_, places)| places).unwrap_or_default();
    Piece::around(sketch, block.cards.iter().copied().zip(places).collect())
}

/// How many columns give the whole its shape.
fn n_columns(block: &Block) -> usize {
    let height: f64 = block.sizes.iter().map(|size| size.height + CARD_GAP).sum();
    ((ASPECT * height / COLUMN_STEP).sqrt().round() as usize).clamp(1, block.len().max(1))
}

/// What a state costs, a bad shape of the whole included.
fn cost_with_shape(state: &Columns<'_>, block: &Block, places: &[Point]) -> f64 {
    let boxes = places.iter().zip(&block.sizes);
    let bounds =
        boxes.map(|(place, size)| Rect::from_origin_size(*place, *size)).reduce(|a, b| a.union(b));
    let shape = bounds.map_or(1.0, |bounds| bounds.width().max(1.0) / bounds.height().max(1.0));
    let away = (shape / ASPECT).ln().abs();
    state.cost() * (1.0 + 0.25 * away * away)
}
