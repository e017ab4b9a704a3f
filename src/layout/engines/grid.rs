//! Rows and columns in the order in which cards are given: plain, even, and easy to find things in.

use crate::base::geom::{Point, Size};
use crate::layout::engines::by_group::place_by_group;
use crate::layout::engines::{Engine, Sketch, rings};
use crate::layout::metrics::GRID;
use crate::layout::work::Work;

/// Its line in the list.
pub const ENGINE: Engine = Engine {
    id: "grid",
    name: "Grid",
    description: "Rows and columns in the order of the model, each area a block of its own",
    place: |sketch, work| place_by_group(sketch, work, in_rows),
    is_steady: false,
    grow: rings::sideways,
};

/// Distance between two columns; lines run there.
const COLUMN_GAP: f64 = 96.0;
/// Distance between the cards of a column.
const ROW_GAP: f64 = 40.0;
/// Width to height of the whole.
const ASPECT: f64 = 1.6;

/// Places cards in rows, in the order in which they are given.
fn in_rows(sketch: &Sketch, _: &Work<'_>) -> Vec<Point> {
    let room = |size: &Size| (size.width + COLUMN_GAP) * (size.height + ROW_GAP);
    let area: f64 = sketch.sizes.iter().map(room).sum();
    in_rows_of(sketch, (area * ASPECT).sqrt())
}

/// The same, in rows about so wide.
pub(in crate::layout) fn in_rows_of(sketch: &Sketch, width: f64) -> Vec<Point> {
    let widest = sketch.sizes.iter().map(|size| size.width).fold(0.0, f64::max);
    let n_columns = ((width / (widest + COLUMN_GAP)).round() as usize).max(1);
    let column_step = ((widest + COLUMN_GAP) / GRID).ceil() * GRID;
    let mut places = Vec::with_capacity(sketch.sizes.len());
    let mut y = 0.0;
    for row in sketch.sizes.chunks(n_columns) {
        places.extend((0..row.len()).map(|column| Point::new(column as f64 * column_step, y)));
        let tallest = row.iter().map(|size| size.height).fold(0.0, f64::max);
        y += ((tallest + ROW_GAP) / GRID).ceil() * GRID;
    }
    places
}
