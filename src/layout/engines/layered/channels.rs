//! From columns to coordinates: how wide each column is, and how wide the channels between them
//! must be for the lines that climb there.

use crate::base::geom::Point;
use crate::layout::engines::layered::columns::{CARD_GAP, Columns};
use crate::layout::metrics::GRID;
use crate::layout::routing::{LANE, STUB};

/// Narrowest channel.
const MIN_CHANNEL: f64 = 80.0;
/// Widest channel that lines alone make.
const MAX_CHANNEL: f64 = 320.0;

/// Lines from one row that climb in a channel: they share a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Climb {
    row: (usize, i64),
    from: f64,
    to: f64,
}

/// The top left corners of a block's cards, on the grid.
pub(super) fn places(state: &Columns<'_>) -> Vec<Point> {
    let mut places = vec![Point::ORIGIN; state.block.len()];
    let climbs = climbs(state);
    let mut left = 0.0;
    for (number, _) in state.stacks.iter().enumerate() {
        let cards = state.cards(number);
        if cards.is_empty() {
            continue;
        }
        let widest = cards.iter().map(|card| state.block.size(*card).width).fold(0.0, f64::max);
        let mut bottom = f64::NEG_INFINITY;
        for card in cards {
            let top = (state.top(*card) / GRID).round() * GRID;
            let top = top.max(bottom);
            if let Some(place) = places.get_mut(*card) {
                *place = Point::new(left, top);
            }
            bottom = ((top + state.block.size(*card).height + CARD_GAP) / GRID).ceil() * GRID;
        }
        let n_lanes = climbs.get(number).map_or(0, |climbs| depth(climbs));
        let channel = (2.0 * STUB + LANE * (n_lanes as f64 + 1.0)).clamp(MIN_CHANNEL, MAX_CHANNEL);
        left += ((widest + channel) / GRID).ceil() * GRID;
    }
    places
}

/// What climbs in the channel right of each column.
fn climbs(state: &Columns<'_>) -> Vec<Vec<Climb>> {
    let mut climbs: Vec<Vec<Climb>> = vec![Vec::new(); state.stacks.len()];
    for link in &state.block.links {
        let a = state.top(link.a) + link.a_offset;
        let b = state.top(link.b) + link.b_offset;
        let (a_column, b_column) = (state.column(link.a), state.column(link.b));
        // A long line climbs in one of its channels; it counts where it arrives.
        let channel = match a_column.cmp(&b_column) {
            std::cmp::Ordering::Less => b_column - 1,
            std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => b_column,
        };
        if a != b
            && let Some(climbs) = climbs.get_mut(channel)
        {
            climbs.push(Climb { row: (link.b, b as i64), from: a.min(b), to: a.max(b) });
        }
    }
    climbs
}

/// How many lanes climbing lines need side by side.
fn depth(climbs: &[Climb]) -> usize {
    let mut merged: Vec<Climb> = Vec::new();
    let mut sorted = climbs.to_vec();
    sorted.sort_by(|a, b| a.row.cmp(&b.row).then(a.from.total_cmp(&b.from)));
    for climb in sorted {
        match merged.last_mut() {
            Some(last) if last.row == climb.row && climb.from <= last.to => {
                last.to = last.to.max(climb.to);
            }
            _ => merged.push(climb),
        }
    }
    let mut events: Vec<(f64, i32)> =
        merged.iter().flat_map(|climb| [(climb.from, 1), (climb.to, -1)]).collect();
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut open = 0;
    let mut most = 0;
    for (_, change) in events {
        open += change;
        most = most.max(open);
    }
    most as usize
}
