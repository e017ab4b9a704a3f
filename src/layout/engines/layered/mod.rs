//! Columns of cards with short lines between neighboring columns: the usual engine.
//!
//! Reading order: [`block`] (a connected piece), [`stress`] (first points), [`columns`] (a state
//! and its cost), [`wiring`] (how lines cross), [`hops`] (how far cards
//! should be apart), [`mod@improve`] (better states), [`channels`] (how wide the gaps must be),
//! [`packing`] (pieces side by side), [`demand`] (how much room lines took), then [`ENGINE`]'s function.

mod block;
mod channels;
mod columns;
mod demand;
mod hops;
mod improve;
mod packing;
mod stress;
mod wiring;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use petgraph::unionfind::UnionFind;

use crate::base::geom::{Insets, Point, Rect};
use crate::layout::engines::layered::block::Block;
use crate::layout::engines::layered::channels::{guessed_channels, places};
use crate::layout::engines::layered::columns::{CARD_GAP, COLUMN_STEP, Columns};
use crate::layout::engines::layered::demand::make_room;
use crate::layout::engines::layered::hops::Hops;
use crate::layout::engines::layered::improve::{SMALL, columns_of_points, improve, sweep};
use crate::layout::engines::layered::packing::{Piece, pack};
use crate::layout::engines::layered::stress::stress_points;
use crate::layout::engines::layered::wiring::Wiring;
use crate::layout::engines::spacing::{Care, make_room as make_room_for_lines};
use crate::layout::engines::straightening::straighten;
use crate::layout::engines::{Engine, Sketch};
use crate::layout::frames::framed;
use crate::layout::routing::Effort;
use crate::layout::routing::orthogonal::orthogonal_paths;
use crate::layout::routing::rework::cost_of;
use crate::layout::spatial::RectIndex;

/// Its line in the list.
pub const ENGINE: Engine = Engine {
    id: "layered",
    name: "Layered",
    description: "Columns with short lines between them, linked cards near each other, areas together",
    place,
};

/// Width to height of the whole.
const ASPECT: f64 = 1.6;

fn place(sketch: &Sketch) -> Vec<Point> {
    let links_of = links_of(sketch);
    let groups = groups(sketch);
    let blocks: Vec<(Option<usize>, Block)> = groups
        .iter()
        .flat_map(|(group, cards)| {
            let pieces = components(sketch, cards).into_iter();
            pieces.map(|cards| (*group, Block::of(sketch, &links_of, cards)))
        })
        .collect();
    let mut arranged: Vec<Arranged<'_>> =
        blocks.iter().map(|(group, block)| arrange_block(*group, block)).collect();
    let mut margins = Vec::new();
    let mut places = assemble(sketch, &arranged, &mut margins);
    for _ in 0..n_measures(sketch) {
        make_room(sketch, &places, &mut arranged, &mut margins);
        places = assemble(sketch, &arranged, &mut margins);
    }
    straighten(sketch, &mut places);
    for care in spacings(sketch.links.len()) {
        if make_room_for_lines(sketch, &mut places, care) {
            straighten(sketch, &mut places);
        }
    }
    places
}

/// How often lines are led to see how much room they need: room made for some leads others there.
fn n_measures(sketch: &Sketch) -> usize {
    match sketch.links.len() {
        0..=400 => 2,
        401..=1200 => 1,
        _ => 0,
    }
}

/// How exactly room is made for lines that lack it, time after time.
fn spacings(n_links: usize) -> Vec<Care> {
    match n_links {
        0..=100 => vec![Care::Quick, Care::Quick, Care::Thorough, Care::Thorough],
        101..=400 => vec![Care::Quick; 3],
        401..=6000 => vec![Care::Quick, Care::Quick, Care::Quick, Care::Thorough],
        _ => Vec::new(),
    }
}

/// What a block or framed group takes up, and how much free room lines need around it.
#[derive(Clone, Copy, Debug, Default)]
struct Margin {
    bounds: Rect,
    around: Insets,
}

/// A block in columns.
#[derive(Debug)]
struct Arranged<'a> {
    group: Option<usize>,
    state: Columns<'a>,
    /// The width of the channel right of each column.
    channels: Vec<f64>,
}

impl Arranged<'_> {
    fn piece(&self, sketch: &Sketch) -> Piece {
        let places = places(&self.state, &self.channels);
        Piece::around(sketch, self.state.block.cards.iter().copied().zip(places).collect())
    }
}

/// Puts blocks side by side, those of a group together in a frame; the margins are for what stands
/// side by side then, and learn where it stands.
fn assemble(sketch: &Sketch, arranged: &[Arranged<'_>], margins: &mut Vec<Margin>) -> Vec<Point> {
    let mut pieces: Vec<Piece> = Vec::new();
    for blocks in arranged.chunk_by(|a, b| a.group == b.group) {
        let mut own: Vec<Piece> = blocks.iter().map(|block| block.piece(sketch)).collect();
        if blocks.first().is_some_and(|block| block.group.is_some()) {
            pack(sketch, &mut own);
            let cards = own.into_iter().flat_map(|piece| piece.cards).collect();
            let mut piece = Piece::around(sketch, cards);
            piece.bounds = framed(piece.bounds);
            own = vec![piece];
        }
        pieces.extend(own);
    }
    margins.resize(pieces.len(), Margin::default());
    for (piece, margin) in pieces.iter_mut().zip(margins.iter()) {
        piece.bounds = piece.bounds + margin.around;
    }
    pack(sketch, &mut pieces);
    for (piece, margin) in pieces.iter().zip(margins.iter_mut()) {
        margin.bounds = piece.bounds - margin.around;
    }
    let mut places = vec![Point::ORIGIN; sketch.sizes.len()];
    for (card, place) in pieces.iter().flat_map(|piece| &piece.cards) {
        if let Some(slot) = places.get_mut(*card) {
            *slot = *place;
        }
    }
    places
}

/// The links of each card.
fn links_of(sketch: &Sketch) -> Vec<Vec<usize>> {
    let mut links_of = vec![Vec::new(); sketch.sizes.len()];
    for (number, link) in sketch.links.iter().enumerate() {
        for card in [link.from, link.to] {
            if let Some(links) = links_of.get_mut(card) {
                links.push(number);
            }
        }
    }
    links_of
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

/// The best columns for a block: several numbers of columns are swept, those that promise most
/// untangled, and the one kept whose lines, led as they will be, turn out best.
fn arrange_block(group: Option<usize>, block: &Block) -> Arranged<'_> {
    let points = stress_points(&block.neighbors());
    let ideal = n_columns(block);
    let tried = if block.len() <= SMALL {
        ideal.saturating_sub(2).max(1)..=(ideal + 2).min(block.len())
    } else {
        ideal..=ideal
    };
    let mut states: Vec<(f64, Columns<'_>)> = tried
        .map(|n_columns| {
            let mut state = columns_of_points(block, &points, n_columns);
            sweep(&mut state);
            (cost_with_shape(&state), state)
        })
        .collect();
    states.sort_by(|a, b| a.0.total_cmp(&b.0));
    states.truncate(n_untangled(block));
    let mut best: Option<(f64, Columns<'_>)> = None;
    let is_alone = states.len() == 1;
    for (_, mut state) in states {
        improve(&mut state);
        let cost = if is_alone { 0.0 } else { cost_as_drawn(&state) };
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, state));
        }
    }
    let state = best.map_or_else(|| Columns::new(block, Vec::new(), 0.0), |(_, state)| state);
    Arranged { group, channels: guessed_channels(&state), state }
}

/// How many states of a block are worth untangling.
fn n_untangled(block: &Block) -> usize {
    match block.links.len() {
        0..=40 => 5,
        41..=100 => 2,
        _ => 1,
    }
}

/// How many columns give the whole its shape.
fn n_columns(block: &Block) -> usize {
    let height: f64 = block.sizes.iter().map(|size| size.height + CARD_GAP).sum();
    ((ASPECT * height / COLUMN_STEP).sqrt().round() as usize).clamp(1, block.len().max(1))
}

/// What a state costs, a bad shape of the whole included.
fn cost_with_shape(state: &Columns<'_>) -> f64 {
    let sketch = state.block.sketch();
    let rects = sketch.rects(&places(state, &guessed_channels(state)));
    Wiring::default().cost(state) * shape_factor(&rects)
}

/// What the lines of a state cost once they are led, its shape and distances included.
fn cost_as_drawn(state: &Columns<'_>) -> f64 {
    let sketch = state.block.sketch();
    let mut places = places(state, &guessed_channels(state));
    straighten(&sketch, &mut places);
    make_room_for_lines(&sketch, &mut places, Care::Quick);
    straighten(&sketch, &mut places);
    let rects = sketch.rects(&places);
    let connections = sketch.connections(&rects);
    let paths = orthogonal_paths(&connections, &[], &RectIndex::new(rects.clone()), Effort::Best);
    cost_of(&paths) * shape_factor(&rects) * (1.0 + Hops::of(state, 0.0).mean_stress(state))
}

/// How much more a picture costs that is not in shape.
fn shape_factor(rects: &[Rect]) -> f64 {
    let bounds = rects.iter().copied().reduce(|a, b| a.union(b));
    let shape = bounds.map_or(1.0, |bounds| bounds.width().max(1.0) / bounds.height().max(1.0));
    let away = (shape / ASPECT).ln().abs();
    1.0 + 0.25 * away * away
}
