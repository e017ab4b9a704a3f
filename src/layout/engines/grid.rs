//! Rows and columns in the model's own order: plain, even, and easy to find things in.

use crate::base::geom::Point;
use crate::layout::engines::{Engine, Sketch};
use crate::layout::metrics::GRID;
use crate::layout::work::Work;

/// Its line in the list.
pub const ENGINE: Engine = Engine {
    id: "grid",
    name: "Grid",
    description: "Rows and columns in the order of the model, areas one after the other",
    place,
};

/// Distance between two columns; lines run there.
const COLUMN_GAP: f64 = 96.0;
/// Distance between the cards of a column.
const ROW_GAP: f64 = 40.0;
/// Width to height of the whole.
const ASPECT: f64 = 1.6;

fn place(sketch: &Sketch, _: &Work<'_>) -> Vec<Point> {
    let mut order: Vec<usize> = (0..sketch.sizes.len()).collect();
    order.sort_by_key(|number| {
        let group = sketch.groups.get(*number).copied().flatten();
        (group.is_none(), group)
    });
    let ordered: Vec<_> =
        order.iter().filter_map(|number| Some((*number, *sketch.sizes.get(*number)?))).collect();
    let area: f64 =
        ordered.iter().map(|(_, size)| (size.width + COLUMN_GAP) * (size.height + ROW_GAP)).sum();
    let widest = ordered.iter().map(|(_, size)| size.width).fold(0.0, f64::max);
    let n_columns = (((area * ASPECT).sqrt() / (widest + COLUMN_GAP)).round() as usize).max(1);
    let column_step = ((widest + COLUMN_GAP) / GRID).ceil() * GRID;

    let mut places = vec![Point::ORIGIN; sketch.sizes.len()];
    let mut y = 0.0;
    for row in ordered.chunks(n_columns) {
        for (column, (number, _)) in row.iter().enumerate() {
            if let Some(place) = places.get_mut(*number) {
                *place = Point::new(column as f64 * column_step, y);
            }
        }
        let tallest = row.iter().map(|(_, size)| size.height).fold(0.0, f64::max);
        y += ((tallest + ROW_GAP) / GRID).ceil() * GRID;
    }
    places
}
