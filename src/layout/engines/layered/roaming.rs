//! Better places by chance: cards roam over a plane, alone or changing places, and what makes lines
//! worse is kept less and less often.
//!
//! Simulated annealing (Kirkpatrick, Gelatt, Vecchi: Optimization by simulated annealing, 1983; for
//! drawings Davidson, Harel: Drawing graphs nicely using simulated annealing, 1996). Chance is the same
//! every time, and the work is counted in steps. Must not know what lines cost.

use crate::base::geom::{Point, Rect};
use crate::layout::engines::chance::Chance;
use crate::layout::engines::layered::block::Block;
use crate::layout::engines::layered::field::{ACROSS, ALONG, Field, Spot};
use crate::layout::metrics::GRID;
use crate::layout::room::Room;

/// How much worse all may become at first, on average.
const FIRST_HEAT: f32 = 500.0;
/// How much at last.
const LAST_HEAT: f32 = 4.0;
/// How far cards look around at first, beyond what they do at last.
const FIRST_REACH: f32 = 900.0;
/// How far they look around at last.
const LAST_REACH: f32 = 24.0;
/// How often the measure of distances is adjusted.
const N_ADJUSTMENTS: usize = 30;
/// How much room a card takes at first, beside its own.
const SPREAD: f64 = 1.3;

/// The top left corners of cards that started at those middles, after so many steps.
pub(super) fn roam(
    block: &Block,
    middles: &[Point],
    chance: &mut Chance,
    n_steps: usize,
) -> Vec<Point> {
    let mut field = Field::new(block, middles);
    let mut best = (f32::INFINITY, field.corners());
    let cooling = (LAST_HEAT / FIRST_HEAT).ln() / n_steps.max(1) as f32;
    let adjusting = (n_steps / N_ADJUSTMENTS).max(1);
    for step in 0..n_steps {
        let left = 1.0 - step as f32 / n_steps as f32;
        let heat = FIRST_HEAT * (cooling * step as f32).exp();
        if let Some(moves) = proposal(&field, block, chance, LAST_REACH + FIRST_REACH * left * left)
        {
            attempt(&mut field, &moves, |worse| {
                worse <= 0.0 || (chance.share() as f32) < (-worse / heat).exp()
            });
        }
        if step % adjusting == adjusting - 1 {
            field.adjust();
            let cost = field.cost();
            if cost < best.0 || left > 0.5 {
                best = (cost, field.corners());
            }
        }
    }
    best.1
}

/// Where some cards go.
type Moves = Vec<(usize, Spot)>;

/// Moves cards, and back where what that costs is not accepted.
fn attempt(field: &mut Field<'_>, moves: &Moves, mut accepts: impl FnMut(f32) -> bool) {
    let cards: Vec<usize> = moves.iter().map(|(card, _)| *card).collect();
    let back: Moves = cards.iter().map(|card| (*card, field.place(*card).middle())).collect();
    let before = field.cost_of(&cards);
    field.put(moves);
    if !accepts(field.cost_of(&cards) - before) {
        field.put(&back);
    }
}

/// A move that has room; none when this try finds none.
fn proposal(field: &Field<'_>, block: &Block, chance: &mut Chance, reach: f32) -> Option<Moves> {
    let card = chance.below(block.len());
    let n_links = block.links_of.get(card).map_or(0, Vec::len);
    let spot = match chance.below(10) {
        0 | 1 => return exchange(field, card, chance.below(block.len())),
        2..=5 if n_links > 0 => {
            let link = chance.below(n_links);
            beside(field, block, (card, link), chance, reach)?
        }
        6 | 7 => flush(field, card, chance.below(block.len()), chance),
        _ => {
            let here = field.place(card).middle();
            let mut offset = || (chance.share() as f32 - 0.5) * reach;
            (here.0 + offset(), here.1 + offset())
        }
    };
    let half = field.place(card).half_size();
    let grid = GRID as f32;
    let on_grid = |middle: f32, half: f32| ((middle - half) / grid).round() * grid + half;
    let spot = (on_grid(spot.0, half.0), on_grid(spot.1, half.1));
    field.is_free(card, spot, &[]).then(|| vec![(card, spot)])
}

/// Two cards that change places.
fn exchange(field: &Field<'_>, a: usize, b: usize) -> Option<Moves> {
    let (there, back) = (field.place(b), field.place(a));
    let fits = a != b
        && field.is_free(a, there.middle(), &[b])
        && field.is_free(b, back.middle(), &[a])
        && there.moved(back.middle()).is_apart_from(&back.moved(there.middle()));
    fits.then(|| vec![(a, there.middle()), (b, back.middle())])
}

/// Beside what a card is linked to, mostly so that the line runs straight.
fn beside(
    field: &Field<'_>,
    block: &Block,
    (card, link): (usize, usize),
    chance: &mut Chance,
    reach: f32,
) -> Option<Spot> {
    let seen = block.seen_from(card).nth(link)?;
    let (own, other) = (field.place(card), field.place(seen.other));
    let (half, other_half) = (own.half_size(), other.half_size());
    let side = if chance.below(2) == 0 { 1.0 } else { -1.0 };
    let mut away = || if chance.below(2) == 0 { 0.0 } else { chance.share() as f32 };
    let x = side * (other_half.0 + half.0 + ACROSS as f32 + away() * reach);
    let level = seen.other_offset as f32 - other_half.1 - seen.own_offset as f32 + half.1;
    let aside = away();
    let y = if aside == 0.0 { level } else { level + (aside - 0.5) * reach };
    let there = other.middle();
    Some((there.0 + x, there.1 + y))
}

/// Above or below another card, their left borders in one line.
fn flush(field: &Field<'_>, card: usize, other: usize, chance: &mut Chance) -> Spot {
    let (half, other) = (field.place(card).half_size(), field.place(other));
    let (other_half, there) = (other.half_size(), other.middle());
    let side = if chance.below(2) == 0 { 1.0 } else { -1.0 };
    (there.0 - other_half.0 + half.0, there.1 + side * (other_half.1 + half.1 + ALONG as f32))
}

/// Middles of cards at those points, as far apart as cards need, and moved so that none overlap.
pub(super) fn spread_out(block: &Block, points: &[Point]) -> Vec<Point> {
    let area: f64 =
        block.sizes.iter().map(|size| (size.width + ACROSS) * (size.height + ALONG)).sum();
    let first = points.first().copied().unwrap_or_default();
    let bounds = points
        .iter()
        .fold(Rect::from_points(first, first), |bounds, point| bounds.union_pt(*point));
    let scale = SPREAD * (area / bounds.area().max(0.25)).sqrt();
    let far = |card: &usize| points.get(*card).map_or(0.0, |one| one.distance(bounds.center()));
    let mut order: Vec<usize> = (0..block.len()).collect();
    order.sort_by(|a, b| far(a).total_cmp(&far(b)).then(a.cmp(b)));
    let mut room = Room::around(Vec::new());
    let mut middles = points.to_vec();
    for card in order {
        let (size, point) = (block.size(card), points.get(card).copied().unwrap_or_default());
        let wanted = (point.to_vec2() * scale - size.to_vec2() / 2.0).to_point();
        let rect = Rect::from_origin_size(room.nearest_free(size, wanted, None), size);
        room.take(rect);
        if let Some(slot) = middles.get_mut(card) {
            *slot = rect.center();
        }
    }
    middles
}
