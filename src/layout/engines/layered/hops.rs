//! How well the distances of cards agree with how many links lead from one to the other: the stress
//! of Kamada and Kawai (An algorithm for drawing general undirected graphs, 1989), card by card.

use crate::base::geom::Point;
use crate::layout::engines::layered::columns::{COLUMN_STEP, Columns};
use crate::layout::engines::layered::stress::distances;

/// How much stress counts beside lines.
const SHARE: f64 = 0.4;

/// Numbers of links between all cards of a block.
#[derive(Clone, Debug)]
pub(super) struct Hops {
    n_cards: usize,
    /// One row per card.
    links_between: Vec<f64>,
    /// How many links a unit of distance should stand for.
    scale: f64,
    /// What a unit of stress costs.
    weight: f64,
}

impl Hops {
    /// The links between the cards of a state whose lines cost that much.
    pub(super) fn of(state: &Columns<'_>, line_cost: f64) -> Self {
        let neighbors = state.block.neighbors();
        let n_cards = neighbors.len();
        let all = (0..n_cards).flat_map(|card| distances(&neighbors, card));
        let links_between = all.map(|hops| hops.unwrap_or(0.0)).collect();
        let mut new = Self { n_cards, links_between, scale: 1.0, weight: 0.0 };
        new.adjust(state);
        let stress: f64 = (0..n_cards).map(|card| new.stress(state, card)).sum::<f64>() / 2.0;
        new.weight = SHARE * line_cost / stress.max(1.0);
        new
    }

    /// Finds the scale that suits a state best.
    pub(super) fn adjust(&mut self, state: &Columns<'_>) {
        let (mut sum, mut squares) = (0.0, 0.0);
        for card in 0..self.n_cards {
            let here = middle(state, card);
            for (other, hops) in self.row(card) {
                let apart = here.distance(middle(state, other));
                sum += apart / hops;
                squares += (apart / hops).powi(2);
            }
        }
        self.scale = if squares > 0.0 { sum / squares } else { 1.0 };
    }

    fn row(&self, card: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let start = card * self.n_cards;
        let row = self.links_between.get(start..start + self.n_cards).unwrap_or_default();
        row.iter().copied().enumerate().filter(|(_, hops)| *hops > 0.0)
    }

    fn stress(&self, state: &Columns<'_>, card: usize) -> f64 {
        let here = middle(state, card);
        self.row(card)
            .map(|(other, hops)| {
                let apart = here.distance(middle(state, other));
                (self.scale * apart / hops - 1.0).powi(2)
            })
            .sum()
    }

    /// What it costs that a card stands where it stands.
    pub(super) fn cost(&self, state: &Columns<'_>, card: usize) -> f64 {
        self.weight * self.stress(state, card)
    }
}

fn middle(state: &Columns<'_>, card: usize) -> Point {
    let x = state.column(card) as f64 * COLUMN_STEP;
    Point::new(x, state.top(card) + state.block.size(card).height / 2.0)
}
