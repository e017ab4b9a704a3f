//! A grid over rectangles that answers which of them touch a rectangle, without looking at all.
//!
//! Must not know what the rectangles are.

use crate::base::geom::{Point, Rect};
use crate::layout::Side;

/// No cell is smaller than this; cards are about this wide.
const SMALLEST_CELL: f64 = 256.0;

/// Rectangles in a grid of equal cells that covers them all.
///
/// - Made once for a set of rectangles; their numbers are their places in that set.
/// - Has at most some four times as many cells as rectangles, however far apart they lie.
#[derive(Clone, Debug, Default)]
pub struct RectIndex {
    rects: Vec<Rect>,
    origin: Point,
    cell: f64,
    n_columns: usize,
    n_rows: usize,
    /// Where each cell's numbers start in `numbers`; one more than there are cells.
    starts: Vec<usize>,
    numbers: Vec<usize>,
}

/// A range of cells, ends included.
#[derive(Clone, Copy, Debug)]
struct Cells {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl RectIndex {
    /// The index of those rectangles.
    pub fn new(rects: Vec<Rect>) -> Self {
        let Some(bounds) = rects.iter().copied().reduce(|a, b| a.union(b)) else {
            return Self::default();
        };
        let area = bounds.width().max(1.0) * bounds.height().max(1.0);
        let longest = bounds.width().max(bounds.height());
        let most_cells = (4 * rects.len() + 64) as f64;
        let cell = (area / most_cells).sqrt().max(longest / most_cells).max(SMALLEST_CELL);
        let mut index = Self {
            origin: bounds.origin(),
            cell,
            n_columns: (bounds.width() / cell) as usize + 1,
            n_rows: (bounds.height() / cell) as usize + 1,
            starts: Vec::new(),
            numbers: Vec::new(),
            rects,
        };
        index.fill();
        index
    }

    /// Counts, then places: a counting sort of the rectangles by cell.
    fn fill(&mut self) {
        let mut ends = vec![0; self.n_columns * self.n_rows + 1];
        for rect in &self.rects {
            for cell in self.cell_numbers(self.cells(*rect)) {
                if let Some(count) = ends.get_mut(cell) {
                    *count += 1;
                }
            }
        }
        let mut total = 0;
        for count in &mut ends {
            total += *count;
            *count = total;
        }
        let mut numbers = vec![0; total];
        for (number, rect) in self.rects.iter().enumerate().rev() {
            for cell in self.cell_numbers(self.cells(*rect)) {
                if let Some(end) = ends.get_mut(cell) {
                    *end -= 1;
                    if let Some(slot) = numbers.get_mut(*end) {
                        *slot = number;
                    }
                }
            }
        }
        self.starts = ends;
        self.numbers = numbers;
    }

    fn cells(&self, rect: Rect) -> Cells {
        let place = |distance: f64, n: usize| {
            ((distance / self.cell).max(0.0) as usize).min(n.saturating_sub(1))
        };
        Cells {
            left: place(rect.x0 - self.origin.x, self.n_columns),
            top: place(rect.y0 - self.origin.y, self.n_rows),
            right: place(rect.x1 - self.origin.x, self.n_columns),
            bottom: place(rect.y1 - self.origin.y, self.n_rows),
        }
    }

    fn cell_numbers(&self, cells: Cells) -> impl Iterator<Item = usize> + use<> {
        let n_columns = self.n_columns;
        (cells.top..=cells.bottom)
            .flat_map(move |row| (cells.left..=cells.right).map(move |c| row * n_columns + c))
    }

    /// The rectangle of that number.
    pub fn rect(&self, number: usize) -> Option<Rect> {
        self.rects.get(number).copied()
    }

    /// All rectangles, by number.
    pub fn rects(&self) -> &[Rect] {
        &self.rects
    }

    /// The numbers of the rectangles that share more than a border with `query`, each once.
    pub fn touching(&self, query: Rect) -> impl Iterator<Item = usize> + '_ {
        let asked = self.cells(query);
        let cells = if self.rects.is_empty() { None } else { Some(self.cell_numbers(asked)) };
        cells.into_iter().flatten().flat_map(move |cell| {
            let start = self.starts.get(cell).copied().unwrap_or_default();
            let end = self.starts.get(cell + 1).copied().unwrap_or(self.numbers.len());
            let numbers = self.numbers.get(start..end).unwrap_or_default();
            numbers.iter().copied().filter(move |number| {
                let Some(rect) = self.rect(*number) else { return false };
                // It stands in several cells: the first one that was asked for reports it.
                let own = self.cells(rect);
                let first = own.top.max(asked.top) * self.n_columns + own.left.max(asked.left);
                first == cell && overlap(rect, query)
            })
        })
    }

    /// How far a rectangle can be stretched over one of its sides before it touches another one,
    /// at most to `limit`: the coordinate where that side ends up. One that it touches already
    /// stops it where it is.
    pub fn reach(&self, start: Rect, side: Side, limit: f64) -> f64 {
        let (origin, direction) = match side {
            Side::Left => (start.x0, -1.0),
            Side::Right => (start.x1, 1.0),
            Side::Top => (start.y0, -1.0),
            Side::Bottom => (start.y1, 1.0),
        };
        let whole = ((limit - origin) * direction).max(0.0);
        let mut done = 0.0;
        let mut window = self.cell.max(1.0);
        while done < whole {
            let next = (done + window).min(whole);
            let strip = stretched(start, side, done, next);
            let nearest = self
                .touching(strip)
                .filter_map(|number| self.rect(number))
                .map(|rect| match side {
                    Side::Left => origin - rect.x1,
                    Side::Right => rect.x0 - origin,
                    Side::Top => origin - rect.y1,
                    Side::Bottom => rect.y0 - origin,
                })
                .fold(f64::INFINITY, f64::min);
            if nearest < next {
                return origin + direction * nearest.max(0.0);
            }
            done = next;
            window *= 2.0;
        }
        origin + direction * whole
    }
}

/// The strip beyond a side of a rectangle, between two distances from it.
fn stretched(rect: Rect, side: Side, near: f64, far: f64) -> Rect {
    match side {
        Side::Left => Rect { x0: rect.x0 - far, x1: rect.x0 - near, ..rect },
        Side::Right => Rect { x0: rect.x1 + near, x1: rect.x1 + far, ..rect },
        Side::Top => Rect { y0: rect.y0 - far, y1: rect.y0 - near, ..rect },
        Side::Bottom => Rect { y0: rect.y1 + near, y1: rect.y1 + far, ..rect },
    }
}

/// Whether two rectangles share more than a border; a rectangle without width is a line.
pub fn overlap(a: Rect, b: Rect) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_touching_rectangle_once() {
        let rects: Vec<_> = (0..400)
            .map(|n| {
                let corner = Point::new(f64::from(n % 20) * 150.0, f64::from(n / 20) * 170.0);
                Rect::from_origin_size(corner, (130.0, 400.0))
            })
            .collect();
        let index = RectIndex::new(rects.clone());
        for query in [Rect::new(100.0, 100.0, 900.0, 130.0), Rect::new(-5e3, -5e3, 5e6, 5e6)] {
            let mut found: Vec<_> = index.touching(query).collect();
            found.sort_unstable();
            let expected: Vec<_> =
                (0..rects.len()).filter(|number| overlap(rects[*number], query)).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn far_apart_rectangles_cost_no_cells() {
        let far = Rect::from_origin_size((1e7, -1e7), (10.0, 10.0));
        let index = RectIndex::new(vec![Rect::new(0.0, 0.0, 10.0, 10.0), far]);
        assert!(index.starts.len() < 200);
        assert_eq!(index.touching(far.inflate(1.0, 1.0)).collect::<Vec<_>>(), vec![1]);
        assert_eq!(RectIndex::new(Vec::new()).touching(far).count(), 0);
    }
}
