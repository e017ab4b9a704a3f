//! Sets lines apart at the rows where they end: twins that join the same two rows, and lines whose
//! marks would be drawn over one another.
//!
//! Must not know how lines run between their ends.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::base::geom::{Point, Rect, Vec2};
use crate::layout::Side;
use crate::layout::ends::EndMark;
use crate::layout::routing::{Connection, LANE, Path};
use crate::layout::spatial::RectIndex;
use crate::model::reference::Cardinality;

/// How far from each other the lines of one row stand at most.
const ROW_REACH: f64 = 22.0;
/// How far from the middle of a row other marks stand; the row ends a little farther out.
const MARK_STEP: f64 = 11.0;

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
        let step = MARK_STEP.min(ROW_REACH / last);
        for (place, number) in twins.into_iter().enumerate() {
            let Some(connection) = connections.get_mut(number) else { continue };
            connection.is_twin = true;
            connection.lane = LANE * place as f64;
            if !connection.is_row_loop() {
                connection.from_y += step * (place as f64 - last / 2.0);
                connection.to_y += step * (place as f64 - last / 2.0);
            }
        }
    }
}

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
pub fn set_marks_apart(
    connections: &[Connection],
    paths: &mut [Path],
    is_fixed: &[bool],
    obstacles: &RectIndex,
) {
    let mut rows: BTreeMap<(usize, i64, Side), Vec<RowEnd>> = BTreeMap::new();
    let free = connections.iter().zip(paths.iter()).zip(is_fixed).enumerate();
    for (line, ((connection, path), is_fixed)) in free {
        if *is_fixed || connection.is_twin {
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
                    shift_end(path, end.is_start, shift, obstacles);
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

/// How far each kind of mark moves. One kind has the middle: that of a straight line, which cannot
/// move, else that of most lines; the others stand beside it, above where they turn up.
fn shifts(ends: &[RowEnd]) -> Vec<(EndMark, f64)> {
    let mut kinds: Vec<Kind> = Vec::new();
    for end in ends.iter().filter(|end| end.mark != EndMark::Choice) {
        let turn = end.turn.map_or(0.0, f64::signum);
        let is_straight = end.turn.is_none();
        match kinds.iter_mut().find(|kind| kind.mark == end.mark) {
            Some(kind) => kind.add(turn, is_straight),
            None => kinds.push(Kind { mark: end.mark, n_lines: 1, turn, is_straight }),
        }
    }
    kinds.sort_by_key(|kind| {
        let is_usual = kind.mark == EndMark::Reference(Cardinality::ExactlyOne);
        (!kind.is_straight, Reverse(kind.n_lines), !is_usual, kind.mark)
    });
    let mut is_taken_above = false;
    let mut is_taken_below = false;
    let mut shifts = Vec::new();
    for kind in kinds.iter().skip(1) {
        let is_above = if kind.turn < 0.0 { !is_taken_above } else { is_taken_below };
        is_taken_above |= is_above;
        is_taken_below |= !is_above;
        shifts.push((kind.mark, if is_above { -MARK_STEP } else { MARK_STEP }));
    }
    shifts
}

/// The lines with one kind of mark at a row.
#[derive(Clone, Copy, Debug)]
struct Kind {
    mark: EndMark,
    n_lines: usize,
    /// How many more of them turn down than up.
    turn: f64,
    is_straight: bool,
}

impl Kind {
    fn add(&mut self, turn: f64, is_straight: bool) {
        self.n_lines += 1;
        self.turn += turn;
        self.is_straight |= is_straight;
    }
}

/// Moves the first or last level piece of a way up or down, unless it would run over a card there.
fn shift_end(path: &mut Path, is_start: bool, shift: f64, obstacles: &RectIndex) {
    let n_points = path.points.len();
    let first = if is_start { 0 } else { n_points.saturating_sub(2) };
    let Some([a, b]) = path.points.get_mut(first..first + 2) else { return };
    let moved = Rect::from_points(*a, *b) + Vec2::new(0.0, shift);
    if obstacles.touching(moved.inflate(-0.5, 2.0)).next().is_none() {
        a.y += shift;
        b.y += shift;
    }
}
