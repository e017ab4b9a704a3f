//! Where a dragged box comes to rest: on the grid, or in line with its neighbors, with the guides
//! that say why. Pure functions that return a plan. Must not know tools or the screen.

use crate::base::geom::{Point, Rect, Vec2};
use crate::editor::session::Snapping;

/// The grid, in world units.
pub const GRID: f64 = 8.0;

/// A line that shows what something is aligned with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// One end.
    pub from: Point,
    /// The other end.
    pub to: Point,
}

/// Where a move ends, and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snap {
    /// The move that was wanted, corrected.
    pub by: Vec2,
    /// What it is in line with now.
    pub guides: Vec<Guide>,
}

/// Corrects the move `by` of `moving`: to the nearest edges and centers of `neighbors` within
/// `reach`, per axis, else to the grid.
pub fn snap(moving: Rect, by: Vec2, neighbors: &[Rect], reach: f64, snapping: Snapping) -> Snap {
    let wanted = moving + by;
    let near = if snapping.to_neighbors { neighbors } else { &[] };
    let x = best_shift(wanted, near, reach, xs);
    let y = best_shift(wanted, near, reach, ys);
    let grid = |value: f64| {
        if snapping.to_grid { (value / GRID).round() * GRID - value } else { 0.0 }
    };
    let shift = Vec2::new(x.unwrap_or(grid(wanted.x0)), y.unwrap_or(grid(wanted.y0)));
    let rest = wanted + shift;
    let mut guides = Vec::new();
    if x.is_some() {
        guides.extend(guide(rest, near, xs, |at, low, high| Guide {
            from: Point::new(at, low),
            to: Point::new(at, high),
        }));
    }
    if y.is_some() {
        guides.extend(guide(rest, near, ys, |at, low, high| Guide {
            from: Point::new(low, at),
            to: Point::new(high, at),
        }));
    }
    Snap { by: by + shift, guides }
}

/// Edges and center along one axis, and the extent across it.
type Lines = ([f64; 3], (f64, f64));

fn xs(rect: Rect) -> Lines {
    ([rect.x0, rect.center().x, rect.x1], (rect.y0, rect.y1))
}

fn ys(rect: Rect) -> Lines {
    ([rect.y0, rect.center().y, rect.y1], (rect.x0, rect.x1))
}

fn best_shift(
    moving: Rect,
    neighbors: &[Rect],
    reach: f64,
    lines: fn(Rect) -> Lines,
) -> Option<f64> {
    let (own, _) = lines(moving);
    let mut best: Option<f64> = None;
    for neighbor in neighbors {
        let (theirs, _) = lines(*neighbor);
        for (a, b) in own.iter().flat_map(|a| theirs.iter().map(move |b| (a, b))) {
            let shift = b - a;
            let is_better = best.is_none_or(|best| shift.abs() < best.abs());
            if shift.abs() <= reach && is_better {
                best = Some(shift);
            }
        }
    }
    best
}

/// The line through everything that stands in line with the box at rest.
fn guide(
    rest: Rect,
    neighbors: &[Rect],
    lines: fn(Rect) -> Lines,
    make: impl Fn(f64, f64, f64) -> Guide,
) -> Vec<Guide> {
    let (own, (low, high)) = lines(rest);
    let mut guides = Vec::new();
    for at in own {
        let aligned = neighbors
            .iter()
            .map(|one| lines(*one))
            .filter(|(theirs, _)| theirs.iter().any(|their| (their - at).abs() < 0.01));
        let extent = aligned.map(|(_, extent)| extent).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        if let Some((first, last)) = extent {
            guides.push(make(at, low.min(first), high.max(last)));
        }
    }
    guides
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Snapping = Snapping { to_grid: true, to_neighbors: true };

    #[test]
    fn a_box_rests_on_the_grid_or_beside_its_neighbor() {
        let moving = Rect::new(0.0, 0.0, 100.0, 50.0);
        let alone = snap(moving, Vec2::new(13.0, 3.0), &[], 6.0, BOTH);
        assert_eq!(alone, Snap { by: Vec2::new(16.0, 0.0), guides: Vec::new() });
        let neighbor = Rect::new(205.0, 300.0, 305.0, 400.0);
        let aligned = snap(moving, Vec2::new(203.0, 40.0), &[neighbor], 6.0, BOTH);
        assert_eq!(aligned.by, Vec2::new(205.0, 40.0));
        let first = aligned.guides.first().map(|guide| (guide.from.x, guide.from.y, guide.to.y));
        assert_eq!(first, Some((205.0, 40.0, 400.0)));
    }

    #[test]
    fn nothing_snaps_when_nothing_is_asked() {
        let off = Snapping { to_grid: false, to_neighbors: false };
        let by = Vec2::new(3.3, 1.7);
        let neighbor = Rect::new(4.0, 2.0, 8.0, 9.0);
        assert_eq!(snap(neighbor, by, &[neighbor], 6.0, off), Snap { by, guides: Vec::new() });
    }
}
