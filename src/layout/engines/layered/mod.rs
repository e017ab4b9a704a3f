//! Cards with short lines between them, in columns or wherever they suit: the usual engine.
//!
//! Reading order: [`block`] (a connected piece), [`stress`] (first points), [`columns`] (a state
//! and its cost), [`wiring`] (how lines cross), [`hops`] (how far cards should be apart),
//! [`mod@improve`] (better states), [`channels`] (how wide the gaps must be); [`field`] (cards anywhere,
//! and their cost), [`roaming`] (better places there); [`packing`] (pieces side by side), then
//! [`ENGINE`]'s function, which keeps what turns out best once its lines are led.

mod block;
mod channels;
mod columns;
mod field;
mod hops;
mod improve;
pub(super) mod packing;
mod roaming;
mod stress;
mod wiring;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use petgraph::unionfind::UnionFind;

use crate::base::geom::{Point, Rect};
use crate::layout::engines::chance::Chance;
use crate::layout::engines::layered::block::Block;
use crate::layout::engines::layered::channels::{guessed_channels, places};
use crate::layout::engines::layered::columns::{CARD_GAP, COLUMN_STEP, Columns};
use crate::layout::engines::layered::field::Field;
use crate::layout::engines::layered::improve::{columns_of_points, improve, sweep};
use crate::layout::engines::layered::packing::{Piece, pack};
use crate::layout::engines::layered::roaming::{roam, spread_out};
use crate::layout::engines::layered::stress::stress_points;
use crate::layout::engines::layered::wiring::Wiring;
use crate::layout::engines::spacing::{Care, make_room as make_room_for_lines};
use crate::layout::engines::straightening::straighten;
use crate::layout::engines::{Engine, Sketch, rings};
use crate::layout::frames::framed;
use crate::layout::routing::Effort;
use crate::layout::routing::orthogonal::orthogonal_paths;
use crate::layout::routing::rework::cost_of;
use crate::layout::spatial::RectIndex;
use crate::layout::work::{Quality, Work};

/// Its line in the list.
pub const ENGINE: Engine = Engine {
    id: "layered",
    name: "Layered",
    description: "Columns with short lines between them, linked cards near each other, areas together",
    place,
    is_steady: true,
    grow: rings::sideways,
};

/// Width to height of the whole.
const ASPECT: f64 = 1.6;
/// How many steps cards roam at most.
const MOST_STEPS: usize = 12_000;
/// How much of the work is done once all blocks have their places.
const PLACING: f64 = 0.6;

fn place(sketch: &Sketch, work: &Work<'_>) -> Vec<Point> {
    let links_of = links_of(sketch);
    let blocks: Vec<(Option<usize>, Block)> = groups(sketch)
        .iter()
        .flat_map(|(group, cards)| {
            let pieces = components(sketch, cards).into_iter();
            pieces.map(|cards| (*group, Block::of(sketch, &links_of, cards)))
        })
        .collect();
    let mut places = assemble(sketch, &blocks, &work.part(0.0, PLACING));
    straighten(sketch, &mut places);
    let spacings = spacings(sketch.links.len(), work.quality);
    for (number, care) in spacings.iter().enumerate() {
        let done = number as f64 / spacings.len() as f64;
        if !work.goes_on(PLACING + (1.0 - PLACING) * done) {
            break;
        }
        if make_room_for_lines(sketch, &mut places, *care) {
            straighten(sketch, &mut places);
        }
    }
    places
}

/// How exactly room is made for lines that lack it, time after time.
fn spacings(n_links: usize, quality: Quality) -> Vec<Care> {
    match (quality, n_links) {
        (Quality::First, 0..=1000) => vec![Care::Quick],
        (Quality::Full, 0..=100) => {
            vec![Care::Quick, Care::Quick, Care::Thorough, Care::Thorough]
        }
        (Quality::Full, 101..=400) => vec![Care::Quick; 3],
        (Quality::Full, 401..=6000) => {
            vec![Care::Quick, Care::Quick, Care::Quick, Care::Thorough]
        }
        (Quality::First | Quality::Full, _) => Vec::new(),
    }
}

/// Puts blocks side by side, those of a group together in a frame.
fn assemble(sketch: &Sketch, blocks: &[(Option<usize>, Block)], work: &Work<'_>) -> Vec<Point> {
    let n_cards = sketch.sizes.len().max(1) as f64;
    let mut n_done = 0;
    let mut pieces: Vec<Piece> = Vec::new();
    for blocks in blocks.chunk_by(|a, b| a.0 == b.0) {
        let mut piece = |(_, block): &(Option<usize>, Block)| {
            let part = work.part(n_done as f64 / n_cards, block.len() as f64 / n_cards);
            n_done += block.len();
            let corners = arrange_block(block, &part);
            Piece::around(sketch, block.cards.iter().copied().zip(corners).collect())
        };
        let mut own: Vec<Piece> = blocks.iter().map(&mut piece).collect();
        if blocks.first().is_some_and(|(group, _)| group.is_some()) {
            pack(sketch, &mut own);
            let cards = own.into_iter().flat_map(|piece| piece.cards).collect();
            let mut piece = Piece::around(sketch, cards);
            piece.bounds = framed(piece.bounds);
            own = vec![piece];
        }
        pieces.extend(own);
    }
    pack(sketch, &mut pieces);
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
pub(super) fn groups(sketch: &Sketch) -> Vec<(Option<usize>, Vec<usize>)> {
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

/// The best places for a block: in several numbers of columns, and roaming freely; kept is what turns
/// out best once its lines are led.
fn arrange_block(block: &Block, work: &Work<'_>) -> Vec<Point> {
    if block.len() == 1 {
        return vec![Point::ORIGIN];
    }
    let points = stress_points(&block.neighbors());
    let budget = Budget::of(block, work.quality);
    let mut candidates: Vec<Vec<Point>> = Vec::new();
    let n_candidates = (budget.columns + budget.roams).max(1) as f64;
    for mut state in swept_columns(block, &points, budget.columns) {
        if work.goes_on(candidates.len() as f64 / n_candidates) {
            improve(&mut state, budget.trials);
        }
        candidates.push(places(&state, &guessed_channels(&state)));
    }
    let mut chance = Chance::default();
    let middles = if budget.roams > 0 { spread_out(block, &points) } else { Vec::new() };
    for _ in 0..budget.roams {
        if work.goes_on(candidates.len() as f64 / n_candidates) {
            candidates.push(roam(block, &middles, &mut chance, budget.steps));
        }
    }
    if candidates.len() == 1 {
        return candidates.pop().unwrap_or_default();
    }
    let costs = candidates.into_iter().map(|corners| (cost_as_drawn(block, &corners), corners));
    costs.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, corners)| corners).unwrap_or_default()
}

/// How much is done for a block.
#[derive(Clone, Copy, Debug)]
struct Budget {
    /// How many numbers of columns are tried.
    columns: usize,
    /// How many moves each of them is worth.
    trials: i32,
    /// How often cards roam.
    roams: usize,
    /// How many steps they take each time.
    steps: usize,
}

impl Budget {
    fn of(block: &Block, quality: Quality) -> Self {
        let (columns, trials, roams, weighings) = match (quality, block.links.len()) {
            (Quality::Full, 0..=40) => (4, 9000, 2, 600_000),
            (Quality::Full, 41..=101) => (2, 8000, 1, 3_000_000),
            (Quality::Full, 102..=150) => (1, 8000, 1, 3_000_000),
            (Quality::Full, 151..=400) => (1, 9000, 1, 6_000_000),
            (Quality::First, 0..=400) => (1, 400, 0, 0),
            (Quality::First, _) => (1, 1, 0, 0),
            (Quality::Full, _) => (1, 9000, 0, 0),
        };
        // Each step weighs the lines of a card against all lines and cards.
        let (n_cards, n_links) = (block.len().max(1), block.links.len());
        let per_step = (2 * n_links).div_ceil(n_cards) * (n_cards + n_links);
        let steps = (weighings / per_step.max(1)).min(MOST_STEPS);
        Self { columns, trials, roams, steps }
    }
}

/// Columns in order of their neighbors: those numbers of columns that promise most.
fn swept_columns<'a>(block: &'a Block, points: &[Point], n_kept: usize) -> Vec<Columns<'a>> {
    let ideal = n_columns(block);
    let tried = if n_kept > 1 {
        ideal.saturating_sub(2).max(1)..=(ideal + 2).min(block.len())
    } else {
        ideal..=ideal
    };
    let mut states: Vec<(f64, Columns<'_>)> = tried
        .map(|n_columns| {
            let mut state = columns_of_points(block, points, n_columns);
            sweep(&mut state);
            (cost_with_shape(&state), state)
        })
        .collect();
    states.sort_by(|a, b| a.0.total_cmp(&b.0));
    states.truncate(n_kept);
    states.into_iter().map(|(_, state)| state).collect()
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

/// What the lines of a block cost once they are led, its size, shape and distances included.
fn cost_as_drawn(block: &Block, corners: &[Point]) -> f64 {
    let sketch = block.sketch();
    let mut places = corners.to_vec();
    straighten(&sketch, &mut places);
    make_room_for_lines(&sketch, &mut places, Care::Quick);
    straighten(&sketch, &mut places);
    let rects = sketch.rects(&places);
    let connections = sketch.connections(&rects);
    let paths = orthogonal_paths(&connections, &[], &RectIndex::new(rects.clone()), Effort::Around);
    let middles: Vec<Point> = rects.iter().map(Rect::center).collect();
    let stress = Field::new(block, &middles).mean_stress();
    cost_of(&paths) * size_factor(&rects) * (1.0 + stress)
}

/// How much more a picture costs that takes up more of a screen than its cards would alone.
fn size_factor(rects: &[Rect]) -> f64 {
    let bounds = rects.iter().copied().reduce(|a, b| a.union(b)).unwrap_or_default();
    let cards: f64 = rects.iter().map(Rect::area).sum();
    let side = bounds.width().max(ASPECT * bounds.height());
    (side / cards.max(1.0).sqrt()).max(1.0).sqrt()
}

/// How much more a picture costs that is not in shape.
fn shape_factor(rects: &[Rect]) -> f64 {
    let bounds = rects.iter().copied().reduce(|a, b| a.union(b));
    let shape = bounds.map_or(1.0, |bounds| bounds.width().max(1.0) / bounds.height().max(1.0));
    let away = (shape / ASPECT).ln().abs();
    1.0 + 0.25 * away * away
}
