//! From first points to columns, and from columns to better ones.
//!
//! Sweeps as in Sugiyama, Tagawa, Toda (1981), where columns are the layers; then cards move one by
//! one to where their lines cost less.

use crate::base::geom::Point;
use crate::layout::engines::layered::block::Block;
use crate::layout::engines::layered::columns::{CARD_GAP, Columns};
use crate::layout::engines::layered::hops::Hops;
use crate::layout::engines::layered::wiring::Wiring;

/// How often all columns are put into the order of their neighbors.
const N_SWEEPS: usize = 12;
/// How often all cards look for a better place.
const N_ROUNDS: usize = 4;
/// How far a card is moved to make a line straight.
const MOST_STRAIGHTENED: f64 = 64.0;
/// Up to this many cards crossings are counted for every move.
const SMALL: usize = 220;
/// How often all cards look for a place where lines cross less.
const MOST_ROUNDS: usize = 4;
/// Up to this many cards, all places of a column are tried.
const SMALLEST: usize = 80;
/// Beyond this many cards they look around less.
const LARGE: usize = 2000;

/// Cuts points into so many columns of one height, from left to right, each from top to bottom.
pub(super) fn columns_of_points<'a>(
    block: &'a Block,
    points: &[Point],
    n_columns: usize,
) -> Columns<'a> {
    let point = |card: usize| points.get(card).copied().unwrap_or_default();
    let mut order: Vec<usize> = (0..block.len()).collect();
    order.sort_by(|a, b| point(*a).x.total_cmp(&point(*b).x).then(a.cmp(b)));
    let height = |card: usize| block.size(card).height + CARD_GAP;
    let total: f64 = order.iter().map(|card| height(*card)).sum();
    let share = total / n_columns.max(1) as f64;
    let mut columns = vec![Vec::new(); n_columns.max(1)];
    let mut filled = 0.0;
    for card in order {
        let number = ((filled + height(card) / 2.0) / share) as usize;
        filled += height(card);
        if let Some(column) = columns.get_mut(number.min(n_columns.saturating_sub(1))) {
            column.push(card);
        }
    }
    for column in &mut columns {
        column.sort_by(|a, b| point(*a).y.total_cmp(&point(*b).y).then(a.cmp(b)));
    }
    let tallest = (0..block.len()).map(|card| block.size(card).height).fold(0.0, f64::max);
    Columns::new(block, columns, share.max(tallest) * 1.05)
}

/// Makes the lines of a state cheaper until that stops helping, with about so many trials at most.
pub(super) fn improve(state: &mut Columns<'_>, n_trials: i32) {
    if state.block.len() <= SMALL {
        untangle(state, n_trials);
        return;
    }
    let is_hurried = usize::try_from(n_trials).unwrap_or(0) < state.block.len();
    let n_rounds = if is_hurried || state.block.len() > LARGE { 1 } else { N_ROUNDS };
    for _ in 0..n_rounds {
        let is_better = move_cards(state);
        settle_all(state, 2);
        if !is_better {
            break;
        }
    }
    settle_all(state, 6);
    straighten(state);
    straighten(state);
}

/// Moves cards one by one to where lines cost less, crossings included, and distances suit.
fn untangle(state: &mut Columns<'_>, n_trials: i32) {
    let mut untangling = Untangling::of(state);
    let mut n_left = n_trials;
    for _ in 0..MOST_ROUNDS {
        let before = untangling.least;
        for card in 0..state.block.len() {
            for column in columns_to_try(state, card) {
                for slot in slots_around(state, card, column) {
                    untangling.attempt(state, (card, column, slot));
                    n_left -= 1;
                }
            }
            if n_left <= 0 {
                break;
            }
        }
        settle_all(state, 2);
        untangling.least = untangling.wiring.cost(state);
        untangling.hops.adjust(state);
        if untangling.least > before * 0.998 || n_left <= 0 {
            break;
        }
    }
    settle_all(state, 2);
    straighten(state);
    straighten(state);
}

/// A state being untangled.
struct Untangling {
    wiring: Wiring,
    hops: Hops,
    /// What its lines cost.
    least: f64,
}

impl Untangling {
    fn of(state: &Columns<'_>) -> Self {
        let mut wiring = Wiring::default();
        let least = wiring.cost(state);
        Self { wiring, hops: Hops::of(state, least), least }
    }

    /// Moves a card there if that makes the whole cheaper.
    fn attempt(&mut self, state: &mut Columns<'_>, (card, column, slot): (usize, usize, usize)) {
        let old = self.least + self.hops.cost(state, card);
        let before = moved(state, card, column, slot);
        let lines = self.wiring.cost(state);
        if lines + self.hops.cost(state, card) < old - 1.0 {
            self.least = lines;
        } else {
            put_back(state, before);
        }
    }
}

/// The places of a column that a card may try: all of a short one.
fn slots_around(state: &Columns<'_>, card: usize, column: usize) -> Vec<usize> {
    if state.block.len() <= SMALLEST {
        return (0..=state.cards(column).len()).collect();
    }
    slots_to_try(state, card, column)
}

/// Moves cards a little where that makes one of their lines run straight and costs nothing.
pub(super) fn straighten(state: &mut Columns<'_>) {
    for column in 0..state.stacks.len() {
        for place in 0..state.cards(column).len() {
            let Some(card) = state.cards(column).get(place).copied() else { continue };
            let (highest, lowest) = state.freedom(column, place);
            let before = state.top(card);
            let mut best = (state.card_cost(card), before);
            for seen in state.block.seen_from(card) {
                let top = state.top(seen.other) + seen.other_offset - seen.own_offset;
                if (top - before).abs() > MOST_STRAIGHTENED || top < highest || top > lowest {
                    continue;
                }
                state.put(card, column, top);
                let cost = state.card_cost(card);
                if cost < best.0 - 1.0 {
                    best = (cost, top);
                }
            }
            state.put(card, column, best.1);
        }
    }
}

/// Orders each column by where its neighbors would have its cards, forth and back; keeps the best.
pub(super) fn sweep(state: &mut Columns<'_>) {
    let mut best = state.clone();
    let mut least = f64::INFINITY;
    for round in 0..N_SWEEPS {
        let n_columns = state.stacks.len();
        for step in 0..n_columns {
            let column = if round % 2 == 0 { step } else { n_columns - 1 - step };
            reorder(state, column);
            state.settle(column);
        }
        let cost = state.cost();
        if cost < least {
            least = cost;
            best = state.clone();
        }
    }
    *state = best;
}

fn reorder(state: &mut Columns<'_>, column: usize) {
    let middle = |card: usize| {
        let top = state.wanted_top(card, column).map_or(state.top(card), |(top, _)| top);
        top + state.block.size(card).height / 2.0
    };
    let mut keyed: Vec<(f64, usize)> =
        state.cards(column).iter().map(|card| (middle(*card), *card)).collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let Some(cards) = state.stacks.get_mut(column) {
        *cards = keyed.into_iter().map(|(_, card)| card).collect();
    }
}

/// Settles all columns in turn, forth and back.
pub(super) fn settle_all(state: &mut Columns<'_>, n_times: usize) {
    for round in 0..n_times {
        let n_columns = state.stacks.len();
        for step in 0..n_columns {
            state.settle(if round % 2 == 0 { step } else { n_columns - 1 - step });
        }
    }
}

/// Lets every card look for a cheaper place; whether any found one.
fn move_cards(state: &mut Columns<'_>) -> bool {
    let mut is_better = false;
    for card in 0..state.block.len() {
        for column in columns_to_try(state, card) {
            for slot in slots_to_try(state, card, column) {
                is_better |= try_move(state, card, column, slot);
            }
        }
    }
    is_better
}

/// The columns around a card's own and around the middle of its neighbors'.
fn columns_to_try(state: &Columns<'_>, card: usize) -> Vec<usize> {
    let own = state.column(card);
    let mut neighbors: Vec<usize> =
        state.block.seen_from(card).map(|seen| state.column(seen.other)).collect();
    neighbors.sort_unstable();
    let median = neighbors.get(neighbors.len() / 2).copied().unwrap_or(own);
    let reach = usize::from(state.block.len() <= LARGE);
    let around = |column: usize, reach: usize| column.saturating_sub(reach)..=column + reach;
    let mut columns: Vec<usize> = around(own, reach).chain(around(median, 1)).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|column| *column < state.stacks.len());
    columns
}

/// The places in a column around where a card's neighbors would have it.
fn slots_to_try(state: &Columns<'_>, card: usize, column: usize) -> Vec<usize> {
    let height = state.block.size(card).height;
    let top = state.wanted_top(card, column).map_or(state.top(card), |(top, _)| top);
    let middle = top + height / 2.0;
    let others = state.cards(column).iter().filter(|other| **other != card);
    let n_above = others
        .clone()
        .filter(|other| state.top(**other) + state.block.size(**other).height / 2.0 < middle)
        .count();
    let n_others = others.count();
    let first = n_above.saturating_sub(1);
    (first..=(n_above + 1).min(n_others)).collect()
}

/// The cards of some columns, and where they stand.
type Before = Vec<(usize, Vec<usize>, Vec<f64>)>;

/// Moves a card to a place of a column; how it was before.
fn moved(state: &mut Columns<'_>, card: usize, column: usize, slot: usize) -> Before {
    let old_column = state.column(card);
    let touched = if column == old_column { vec![column] } else { vec![old_column, column] };
    let before = touched
        .iter()
        .map(|touched| {
            let cards = state.cards(*touched).to_vec();
            let tops = cards.iter().map(|card| state.top(*card)).collect();
            (*touched, cards, tops)
        })
        .collect();
    if let Some(cards) = state.stacks.get_mut(old_column) {
        cards.retain(|other| *other != card);
    }
    if let Some(cards) = state.stacks.get_mut(column) {
        cards.insert(slot.min(cards.len()), card);
    }
    if let Some(own) = state.column_of.get_mut(card) {
        *own = column;
    }
    for column in touched {
        state.settle(column);
    }
    before
}

fn put_back(state: &mut Columns<'_>, before: Before) {
    for (column, cards, tops) in before {
        for (card, top) in cards.iter().zip(tops) {
            state.put(*card, column, top);
        }
        if let Some(slot) = state.stacks.get_mut(column) {
            *slot = cards;
        }
    }
}

/// Moves a card there if that makes it cheaper.
fn try_move(state: &mut Columns<'_>, card: usize, column: usize, slot: usize) -> bool {
    let old_column = state.column(card);
    let touched: Vec<usize> =
        if column == old_column { vec![column] } else { vec![old_column, column] };
    let before: Vec<(usize, Vec<usize>, Vec<f64>)> = touched
        .iter()
        .map(|touched| {
            let cards = state.cards(*touched).to_vec();
            let tops = cards.iter().map(|card| state.top(*card)).collect();
            (*touched, cards, tops)
        })
        .collect();
    let cost = |state: &Columns<'_>| -> f64 {
        touched.iter().map(|column| state.column_cost(*column)).sum()
    };
    let old_cost = cost(state);
    if let Some(cards) = state.stacks.get_mut(old_column) {
        cards.retain(|other| *other != card);
    }
    if let Some(cards) = state.stacks.get_mut(column) {
        cards.insert(slot.min(cards.len()), card);
    }
    if let Some(own) = state.column_of.get_mut(card) {
        *own = column;
    }
    for column in &touched {
        state.settle(*column);
    }
    if cost(state) < old_cost - 1.0 {
        return true;
    }
    for (column, cards, tops) in before {
        for (card, top) in cards.iter().zip(tops) {
            state.put(*card, column, top);
        }
        if let Some(slot) = state.stacks.get_mut(column) {
            *slot = cards;
        }
    }
    false
}
