//! Cards in columns: who stands in which one, in which order and at which height, and what the
//! lines would cost.
//!
//! Must not know how a good state is found; that is [`improve`](mod@super::improve)'s.

use crate::layout::engines::layered::block::Block;

/// Least distance between the cards of a column.
pub(super) const CARD_GAP: f64 = 40.0;
/// How wide a column and its channel count while the real widths are open.
pub(super) const COLUMN_STEP: f64 = 320.0;
/// What a line to the next column costs beside the height that it climbs.
const NEXT_COLUMN: f64 = 96.0;
/// What a line within one column costs: it leaves at one side and comes back.
const SAME_COLUMN: f64 = 150.0;
/// What each column that a line has to pass costs beside its width.
const PASSED_COLUMN: f64 = 160.0;
/// What each unit of height costs that a column is too high by.
const TOO_HIGH: f64 = 3.0;

/// A state of a block.
#[derive(Clone, Debug)]
pub(super) struct Columns<'a> {
    /// What stands in the columns.
    pub block: &'a Block,
    /// The cards of each column, from top to bottom.
    pub stacks: Vec<Vec<usize>>,
    /// The column of each card.
    pub column_of: Vec<usize>,
    /// The top of each card.
    pub tops: Vec<f64>,
    /// The free height below each card.
    pub gaps: Vec<f64>,
    /// How high a column should be at most.
    pub wanted_height: f64,
}

impl<'a> Columns<'a> {
    /// Cards in those columns, stacked around one middle line.
    pub(super) fn new(block: &'a Block, stacks: Vec<Vec<usize>>, wanted_height: f64) -> Self {
        let mut state = Self {
            block,
            column_of: vec![0; block.len()],
            tops: vec![0.0; block.len()],
            gaps: vec![CARD_GAP; block.len()],
            stacks,
            wanted_height,
        };
        for number in 0..state.stacks.len() {
            state.stack(number);
        }
        state
    }

    /// The top of a card.
    pub(super) fn top(&self, card: usize) -> f64 {
        self.tops.get(card).copied().unwrap_or_default()
    }

    /// The column of a card.
    pub(super) fn column(&self, card: usize) -> usize {
        self.column_of.get(card).copied().unwrap_or_default()
    }

    /// The cards of a column, from top to bottom.
    pub(super) fn cards(&self, column: usize) -> &[usize] {
        self.stacks.get(column).map(Vec::as_slice).unwrap_or_default()
    }

    /// The width of a column's widest card.
    pub(super) fn width(&self, column: usize) -> f64 {
        self.cards(column).iter().map(|card| self.block.size(*card).width).fold(0.0, f64::max)
    }

    /// The height of a card and of the gap below it.
    pub(super) fn step(&self, card: usize) -> f64 {
        self.block.size(card).height + self.gaps.get(card).copied().unwrap_or(CARD_GAP)
    }

    /// How high a column is at least.
    pub(super) fn height(&self, column: usize) -> f64 {
        self.cards(column).iter().map(|card| self.step(*card)).sum()
    }

    /// Stacks a column without gaps, around the middle line, and notes who stands in it.
    fn stack(&mut self, column: usize) {
        let mut top = -self.height(column) / 2.0;
        for card in self.cards(column).to_vec() {
            self.put(card, column, top);
            top += self.step(card);
        }
    }

    /// Puts a card at a height of a column; the column's order is not touched.
    pub(super) fn put(&mut self, card: usize, column: usize, top: f64) {
        if let Some(slot) = self.tops.get_mut(card) {
            *slot = top;
        }
        if let Some(slot) = self.column_of.get_mut(card) {
            *slot = column;
        }
    }

    /// Where the rows of its neighbors would have a card, and how much they pull; neighbors in its
    /// own column pull less, since they cannot be level with it.
    pub(super) fn wanted_top(&self, card: usize, column: usize) -> Option<(f64, f64)> {
        let mut sum = 0.0;
        let mut weights = 0.0;
        for seen in self.block.seen_from(card) {
            let apart = self.column(seen.other).abs_diff(column);
            let share = match apart {
                0 => 0.2,
                1 => 1.0,
                _ => 0.5,
            };
            let weight = seen.weight * share;
            sum += weight * (self.top(seen.other) + seen.other_offset - seen.own_offset);
            weights += weight;
        }
        (weights > 0.0).then(|| (sum / weights, weights))
    }

    /// Between which tops a card of a column may be moved while all others stay.
    pub(super) fn freedom(&self, column: usize, place: usize) -> (f64, f64) {
        let cards = self.cards(column);
        let above = place.checked_sub(1).and_then(|above| cards.get(above));
        let highest = above.map_or(f64::NEG_INFINITY, |above| self.top(*above) + self.step(*above));
        let own = cards.get(place).map_or(0.0, |card| self.step(*card));
        let lowest = cards.get(place + 1).map_or(f64::INFINITY, |below| self.top(*below) - own);
        (highest, lowest)
    }

    /// Moves the cards of a column, in their order, as near as they can get to where their
    /// neighbors would have them: isotonic regression by pooling adjacent violators (Ayer, Brunk,
    /// Ewing, Reid, Silverman, 1955), then within the height that is wanted.
    pub(super) fn settle(&mut self, column: usize) {
        let cards = self.cards(column).to_vec();
        let mut pools: Vec<Pool> = Vec::with_capacity(cards.len());
        let mut stacked = 0.0;
        for card in &cards {
            let (wanted, weight) =
                self.wanted_top(*card, column).unwrap_or((self.top(*card), 0.05));
            pools.push(Pool { sum: weight * (wanted - stacked), weight, n_cards: 1 });
            stacked += self.step(*card);
            while let [.., above, below] = pools.as_slice()
                && above.place() > below.place()
            {
                let joined = above.joined(below);
                pools.pop();
                if let Some(last) = pools.last_mut() {
                    *last = joined;
                }
            }
        }
        let slack = self.wanted_height.max(self.height(column)) / 2.0;
        let (highest, lowest) = (-slack, slack - stacked);
        let mut places =
            pools.iter().flat_map(|pool| std::iter::repeat_n(pool.place(), pool.n_cards));
        let mut stacked = 0.0;
        for card in cards {
            let place = places.next().unwrap_or_default().clamp(highest, lowest.max(highest));
            self.put(card, column, place + stacked);
            stacked += self.step(card);
        }
    }

    /// What the lines of a column's cards cost, and its height.
    pub(super) fn column_cost(&self, column: usize) -> f64 {
        let overflow = (self.height(column) - self.wanted_height).max(0.0);
        let lines: f64 = self.cards(column).iter().map(|card| self.card_cost(*card)).sum();
        lines + TOO_HIGH * overflow
    }

    /// What the lines of a card cost.
    pub(super) fn card_cost(&self, card: usize) -> f64 {
        let own_column = self.column(card);
        let own_top = self.top(card);
        self.block
            .seen_from(card)
            .map(|seen| {
                let other = self.top(seen.other) + seen.other_offset;
                let climb = (other - own_top - seen.own_offset).abs();
                seen.weight * line_cost(self.column(seen.other).abs_diff(own_column), climb)
            })
            .sum()
    }

    /// What all of it costs.
    pub(super) fn cost(&self) -> f64 {
        (0..self.stacks.len()).map(|column| self.column_cost(column)).sum()
    }
}

/// What a line costs that runs over so many columns and climbs so much.
fn line_cost(n_columns: usize, climb: f64) -> f64 {
    let bends = if climb < 1.0 { 0.0 } else { 40.0 };
    match n_columns {
        0 => SAME_COLUMN + climb,
        1 => NEXT_COLUMN + bends + climb,
        n => {
            let passed = (n - 1) as f64;
            NEXT_COLUMN + bends + passed * (COLUMN_STEP + PASSED_COLUMN) + climb
        }
    }
}

/// Neighboring cards that want to overlap and so stand together.
#[derive(Clone, Copy, Debug)]
struct Pool {
    sum: f64,
    weight: f64,
    n_cards: usize,
}

impl Pool {
    fn place(&self) -> f64 {
        self.sum / self.weight
    }

    fn joined(&self, other: &Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            weight: self.weight + other.weight,
            n_cards: self.n_cards + other.n_cards,
        }
    }
}
