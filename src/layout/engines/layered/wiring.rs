//! How the lines of a state would run and cross: through channels between columns, and through the
//! gaps of the columns that they pass.
//!
//! Two lines that climb in one channel cross when their order changes from one side to the other,
//! wherever they climb; so crossings follow from where they enter and leave (Sugiyama, Tagawa,
//! Toda, 1981, with rows instead of nodes). Must not know what moves.

use crate::layout::engines::layered::columns::{CARD_GAP, COLUMN_STEP, Columns};

/// What a line to the next column costs beside the height that it climbs.
const NEXT_COLUMN: f64 = 96.0;
/// What a line within one column costs: it leaves at one side and comes back.
const SAME_COLUMN: f64 = 150.0;
/// What each column that a line has to pass costs beside its width.
const PASSED_COLUMN: f64 = 160.0;
/// What a climb costs beside its height: two bends.
const CLIMB: f64 = 60.0;
/// What two lines that cross cost.
const CROSSING: f64 = 500.0;
/// What each unit of height costs that a column is too high by.
const TOO_HIGH: f64 = 3.0;

/// What climbs in one channel.
#[derive(Clone, Debug, Default)]
struct Channel {
    /// Lines from the left side to the right one: where they enter and leave.
    through: (Vec<f32>, Vec<f32>),
    /// Lines that come back to the left side: their upper and lower ends.
    left_loops: Vec<(f64, f64)>,
    /// Lines that come back to the right side.
    right_loops: Vec<(f64, f64)>,
}

/// Costs states; keeps its memory from one to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Wiring {
    /// Channel `n` is left of column `n`; the last one is right of all.
    channels: Vec<Channel>,
    loops: Vec<(usize, f64, f64)>,
    /// The cards of each column: their upper and lower borders.
    borders: Vec<Vec<(f64, f64)>>,
}

impl Wiring {
    /// What the lines of a state cost, and the heights of its columns.
    pub(super) fn cost(&mut self, state: &Columns<'_>) -> f64 {
        self.clear(state);
        let mut cost = 0.0;
        for link in &state.block.links {
            let a = state.top(link.a) + link.a_offset;
            let b = state.top(link.b) + link.b_offset;
            let (a_column, b_column) = (state.column(link.a), state.column(link.b));
            let run = if a_column <= b_column {
                self.lead((a_column, a), (b_column, b))
            } else {
                self.lead((b_column, b), (a_column, a))
            };
            cost += link.weight * run;
        }
        let crossings =
            self.lead_loops() + self.channels.iter().map(Channel::crossings).sum::<usize>();
        let overflow = |column: usize| (state.height(column) - state.wanted_height).max(0.0);
        let overflow: f64 = (0..state.stacks.len()).map(overflow).sum();
        cost + CROSSING * crossings as f64 + TOO_HIGH * overflow
    }

    fn clear(&mut self, state: &Columns<'_>) {
        self.channels.resize_with(state.stacks.len() + 1, Channel::default);
        self.borders.resize_with(state.stacks.len(), Vec::new);
        for channel in &mut self.channels {
            channel.through.0.clear();
            channel.through.1.clear();
            channel.left_loops.clear();
            channel.right_loops.clear();
        }
        self.loops.clear();
        for (borders, cards) in self.borders.iter_mut().zip(&state.stacks) {
            borders.clear();
            borders.extend(cards.iter().map(|card| {
                let top = state.top(*card);
                (top, top + state.block.size(*card).height)
            }));
        }
    }

    /// Leads a line from left to right; what it costs, crossings aside.
    fn lead(&mut self, from: (usize, f64), to: (usize, f64)) -> f64 {
        let ((first, start), (last, end)) = (from, to);
        if first == last {
            self.loops.push((first, start.min(end), start.max(end)));
            return SAME_COLUMN + (start - end).abs();
        }
        let mut cost = NEXT_COLUMN;
        let mut y = start;
        for column in first + 1..=last {
            let next = if column == last { end } else { self.gap(column, y, end) };
            if let Some(channel) = self.channels.get_mut(column) {
                channel.through.0.push(y as f32);
                channel.through.1.push(next as f32);
            }
            if (next - y).abs() >= 1.0 {
                cost += CLIMB + (next - y).abs();
            }
            if column != last {
                cost += COLUMN_STEP + PASSED_COLUMN;
            }
            y = next;
        }
        cost
    }

    /// Where a line passes a column that comes from one height and wants to get to another.
    fn gap(&self, column: usize, y: f64, wanted: f64) -> f64 {
        let borders = self.borders.get(column).map(Vec::as_slice).unwrap_or_default();
        let half = CARD_GAP / 2.0;
        let place = borders.partition_point(|(_, bottom)| bottom + half / 2.0 < y);
        match borders.get(place) {
            Some((top, bottom)) if y > top - half / 2.0 => {
                let (above, below) = (top - half, bottom + half);
                let way = |gap: f64| (gap - y).abs() + (gap - wanted).abs();
                if way(above) <= way(below) { above } else { below }
            }
            _ => y,
        }
    }

    /// Leads the lines that come back to their column, each on the side where it crosses less; how
    /// many lines they cross.
    fn lead_loops(&mut self) -> usize {
        let mut crossings = 0;
        for (column, upper, lower) in std::mem::take(&mut self.loops) {
            let on_left = self.channels.get(column).map_or(0, |channel| {
                inside(&channel.through.1, upper, lower)
                    + interleaved(&channel.right_loops, upper, lower)
            });
            let on_right = self.channels.get(column + 1).map_or(0, |channel| {
                inside(&channel.through.0, upper, lower)
                    + interleaved(&channel.left_loops, upper, lower)
            });
            if on_right <= on_left {
                crossings += on_right;
                if let Some(channel) = self.channels.get_mut(column + 1) {
                    channel.left_loops.push((upper, lower));
                }
            } else {
                crossings += on_left;
                if let Some(channel) = self.channels.get_mut(column) {
                    channel.right_loops.push((upper, lower));
                }
            }
        }
        crossings
    }
}

/// How many ends lie between two heights.
fn inside(ends: &[f32], upper: f64, lower: f64) -> usize {
    let (upper, lower) = (upper as f32, lower as f32);
    ends.iter().filter(|y| upper < **y && **y < lower).count()
}

/// How many loops have one end between two heights.
fn interleaved(loops: &[(f64, f64)], upper: f64, lower: f64) -> usize {
    let is_inside = |y: f64| upper < y && y < lower;
    let is_outside = |y: f64| y < upper || lower < y;
    loops
        .iter()
        .filter(|(a, b)| (is_inside(*a) && is_outside(*b)) || (is_outside(*a) && is_inside(*b)))
        .count()
}

impl Channel {
    /// How many pairs of lines that run through it change their order.
    fn crossings(&self) -> usize {
        let (left, right) = &self.through;
        let mut crossings = 0;
        for (number, (a, b)) in left.iter().zip(right).enumerate() {
            let (above, beyond) = (left.get(..number), right.get(..number));
            let before = above.unwrap_or_default().iter().zip(beyond.unwrap_or_default());
            crossings += before.map(|(c, d)| u32::from((a - c) * (b - d) < 0.0)).sum::<u32>();
        }
        crossings as usize
    }
}
