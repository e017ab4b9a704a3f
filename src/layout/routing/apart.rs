//! Sets lines apart at the rows where they end: twins that join the same two rows, and lines whose
//! marks would be drawn over one another.
//!
//! Must not know how lines run between their ends.

use std::collections::BTreeMap;

use crate::base::geom::Point;
use crate::layout::Side;
use crate::layout::ends::EndMark;
use crate::layout::routing::{Connection, LANE, Path};

/// How far from each other the lines of one row stand at most.
const ROW_REACH: f64 = 16.0;
/// How far apart two marks stand.
const MARK_STEP: f64 = 12.0;

/// Sets lines apart that join the same two rows: a little higher and lower at both ends.
pub fn set_twins_apart(connections: &mut [Connection]) {
    let mut twins: BTreeMap<[(usize, i64); 2], Vec<usize>> = BTreeMap::new();
    for (number, connection) in connections.iter().enumerate() {
        let mut rows =
            [(connection.from, connection.from_y as i64), (connection.to, connection.to_y as i64)];
        rows.sort_unstable();
        twins.entry(rows).or_default().push(number);
    }
    for twins in twins.into_values().filter(|twins| twins.len() > 1) {
        let last = (twins.len() - 1) as f64;
        let step = LANE.min(ROW_REACH / last);
        for (place, number) in twins.into_iter().enumerate() {
            let Some(connection) = connections.get_mut(number) else { continue };
            connection.lane = LANE * place as f64;
            if !connection.is_row_loop() {
                connection.from_y += step * (place as f64 - last / 2.0);
                connection.to_y += step * (place as f64 - last / 2.0);
            }
        }
    }
}

/// How far marks stand from one that cannot move; the row ends a little farther out.
const BESIDE_STRAIGHT: f64 = 11.0;

/// A line's end at a row.
#[derive(Clone, Copy, Debug)]
struct RowEnd {
    line: usize,
    is_start: bool,
    mark: EndMark,
    /// Whether the line turns up (negative) or down from there; none when it runs straight on.
    turn: Option<f64>,
}

/// Sets the ends of lines apart that meet one row on one side with different marks: those that turn
/// up above those that turn down.
pub fn set_marks_apart(connections: &[Connection], paths: &mut [Path], is_fixed: &[bool]) {
    let mut rows: BTreeMap<(usize, i64, Side), Vec<RowEnd>> = BTreeMap::new();
    let free = connections.iter().zip(paths.iter()).zip(is_fixed).enumerate();
    for (line, ((connection, path), is_fixed)) in free {
        if *is_fixed {
            continue;
        }
        let (start, end) = (turn(path.points.iter()), turn(path.points.iter().rev()));
        let from = (connection.from, (connection.from_y * 4.0) as i64, path.start);
        let to = (connection.to, (connection.to_y * 4.0) as i64, path.end);
        let (from_mark, to_mark) = connection.marks;
        let ends = [(from, true, from_mark, start), (to, false, to_mark, end)];
        for (row, is_start, mark, turn) in ends {
            rows.entry(row).or_default().push(RowEnd { line, is_start, mark, turn });
        }
    }
    for ends in rows.into_values() {
        for (mark, shift) in shifts(&ends) {
            let moved = ends.iter().filter(|end| end.mark == mark && end.turn.is_some());
            for end in moved {
                if let Some(path) = paths.get_mut(end.line) {
                    shift_end(path, end.is_start, shift);
                }
            }
        }
    }
}

/// Where the first upright piece of a way leads; none when there is none.
fn turn<'a>(mut points: impl Iterator<Item = &'a Point>) -> Option<f64> {
    let (_, bend, next) = (points.next()?, points.next()?, points.next()?);
    Some(next.y - bend.y)
}

/// How far each kind of mark moves; nowhere when there is one kind only. A kind that a straight
/// line has cannot move, and the others move farther.
fn shifts(ends: &[RowEnd]) -> Vec<(EndMark, f64)> {
    let mut turns: BTreeMap<EndMark, f64> = BTreeMap::new();
    for end in ends {
        *turns.entry(end.mark).or_default() += end.turn.unwrap_or(0.0).signum();
    }
    let straight = ends.iter().find(|end| end.turn.is_none()).map(|end| end.mark);
    let mut kinds: Vec<(EndMark, f64)> = turns.into_iter().collect();
    kinds.sort_by(|a, b| a.1.total_cmp(&b.1));
    let n_kinds = kinds.len();
    let shift = |place: usize, mark: EndMark, turn: f64| match straight {
        Some(straight) if straight == mark || n_kinds == 1 => 0.0,
        Some(_) => BESIDE_STRAIGHT.copysign(turn),
        None => {
            let last = n_kinds.saturating_sub(1) as f64;
            MARK_STEP.min(ROW_REACH / last.max(1.0)) * (place as f64 - last / 2.0)
        }
    };
    kinds
        .into_iter()
        .enumerate()
        .map(|(place, (mark, turn))| (mark, shift(place, mark, turn)))
        .collect()
}

/// Moves the first or last level piece of a way up or down.
fn shift_end(path: &mut Path, is_start: bool, shift: f64) {
    let n_points = path.points.len();
    let first = if is_start { 0 } else { n_points.saturating_sub(2) };
    for point in path.points.iter_mut().skip(first).take(2) {
        point.y += shift;
    }
}
