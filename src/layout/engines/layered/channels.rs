//! From columns to coordinates: how wide each column is, and how wide the channels between them
//! must be for the lines that climb there.

use std::cmp::Ordering;

use crate::base::geom::Point;
use crate::layout::engines::layered::columns::Columns;
use crate::layout::metrics::GRID;
use crate::layout::routing::{LANE, STUB};

/// Narrowest channel.
const MIN_CHANNEL: f64 = 80.0;
/// Widest channel that guessed lines make.
const MAX_GUESSED: f64 = 320.0;

/// Lines of one row that run side by side with others: they share a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run {
    /// What they share.
    pub(super) row: (usize, usize),
    /// Where they start.
    pub(super) from: f64,
    /// Where they end.
    pub(super) to: f64,
}

/// The top left corners of a block's cards, on the grid, with channels of those widths.
pub(super) fn places(state: &Columns<'_>, channels: &[f64]) -> Vec<Point> {
    let mut places = vec![Point::ORIGIN; state.block.len()];
    let mut left = 0.0;
    for number in 0..state.stacks.len() {
        let cards = state.cards(number);
        if cards.is_empty() {
            continue;
        }
        let mut bottom = f64::NEG_INFINITY;
        for card in cards {
            let top = ((state.top(*card) / GRID).round() * GRID).max(bottom);
            if let Some(place) = places.get_mut(*card) {
                *place = Point::new(left, top);
            }
            bottom = ((top + state.step(*card)) / GRID).ceil() * GRID;
        }
        let channel = channels.get(number).copied().unwrap_or(MIN_CHANNEL);
        left += ((state.width(number) + channel) / GRID).ceil() * GRID;
    }
    places
}

/// How wide the channel right of each column should be, guessed from where lines start and end.
pub(super) fn guessed_channels(state: &Columns<'_>) -> Vec<f64> {
    let runs = climbs(state);
    let guessed = runs.iter().map(|runs| channel_width(n_lanes(runs)).min(MAX_GUESSED));
    guessed.zip(label_channels(state)).map(|(lanes, labels)| lanes.max(labels)).collect()
}

/// How wide the channel right of each column must be for the labels of lines that cross it.
pub(super) fn label_channels(state: &Columns<'_>) -> Vec<f64> {
    let mut widths = vec![0.0; state.stacks.len()];
    for link in &state.block.links {
        let (a, b) = (state.column(link.a), state.column(link.b));
        if link.label > 0.0
            && a.abs_diff(b) == 1
            && let Some(width) = widths.get_mut(a.min(b))
        {
            *width = f64::max(*width, link.label + 2.0 * STUB + GRID);
        }
    }
    widths
}

/// How wide a channel is that so many lines climb in side by side.
pub(super) fn channel_width(n_lanes: usize) -> f64 {
    (2.0 * STUB + LANE * (n_lanes as f64 + 1.0)).max(MIN_CHANNEL)
}

/// What climbs in the channel right of each column.
fn climbs(state: &Columns<'_>) -> Vec<Vec<Run>> {
    let mut climbs: Vec<Vec<Run>> = vec![Vec::new(); state.stacks.len()];
    for link in &state.block.links {
        let a = state.top(link.a) + link.a_offset;
        let b = state.top(link.b) + link.b_offset;
        let (a_column, b_column) = (state.column(link.a), state.column(link.b));
        // A long line climbs in one of its channels; it counts where it arrives.
        let channel = match a_column.cmp(&b_column) {
            Ordering::Less => b_column - 1,
            Ordering::Equal | Ordering::Greater => b_column,
        };
        if a != b
            && let Some(climbs) = climbs.get_mut(channel)
        {
            climbs.push(Run {
                row: (link.b, link.b_offset as usize),
                from: a.min(b),
                to: a.max(b),
            });
        }
    }
    climbs
}

/// How many lanes those lines need side by side.
pub(super) fn n_lanes(runs: &[Run]) -> usize {
    let mut merged: Vec<Run> = Vec::new();
    let mut sorted = runs.to_vec();
    sorted.sort_by(|a, b| a.row.cmp(&b.row).then(a.from.total_cmp(&b.from)));
    for run in sorted {
        match merged.last_mut() {
            Some(last) if last.row == run.row && run.from <= last.to => {
                last.to = last.to.max(run.to);
            }
            _ => merged.push(run),
        }
    }
    let mut events: Vec<(f64, i32)> =
        merged.iter().flat_map(|run| [(run.from, 1), (run.to, -1)]).collect();
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut open = 0;
    let mut most = 0;
    for (_, change) in events {
        open += change;
        most = most.max(open);
    }
    most as usize
}
