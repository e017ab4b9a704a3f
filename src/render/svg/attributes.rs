//! Paints as attributes, and paths as their values.

use crate::base::color::Color;
use crate::base::geom::{BezPath, PathEl, Point, Rect};
use crate::render::svg::markup::{Markup, Value};
use crate::scene::Paint;

/// How opaque a color is, where it is not wholly so.
pub(super) fn opacity(name: &'static str, color: Color, markup: &mut Markup) {
    if color.alpha != 255 {
        markup.attribute(name, color.opacity());
    }
}

pub(super) fn paint(paint: &Paint, markup: &mut Markup) {
    if let Some(fill) = paint.fill {
        markup.attribute("fill", fill);
        opacity("fill-opacity", fill, markup);
    }
    if let Some(stroke) = paint.stroke {
        markup.attribute("stroke", stroke.color);
        opacity("stroke-opacity", stroke.color, markup);
        if stroke.width != 1.0 {
            markup.attribute("stroke-width", stroke.width);
        }
        if let Some((on, off)) = stroke.dash {
            markup.attribute("stroke-dasharray", Value::numbers([on, off]));
        }
    }
}

/// A command of a path, and its numbers.
fn command<const N: usize>(data: &mut Value, letter: &'static str, numbers: [f64; N]) {
    data.push([letter.into(), Value::numbers(numbers)]);
}

pub(super) fn path_data(path: &BezPath) -> Value {
    let mut data = Value::default();
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(Point { x, y }) => command(&mut data, "M", [x, y]),
            PathEl::LineTo(Point { x, y }) => command(&mut data, "L", [x, y]),
            PathEl::QuadTo(a, b) => command(&mut data, "Q", [a.x, a.y, b.x, b.y]),
            PathEl::CurveTo(a, b, c) => {
                command(&mut data, "C", [a.x, a.y, b.x, b.y, c.x, c.y]);
            }
            PathEl::ClosePath => command(&mut data, "Z", []),
        }
    }
    data
}

/// A rectangle whose upper and lower corners differ in radius.
pub(super) fn rounded_rect_data(rect: Rect, top: f64, bottom: f64) -> Value {
    let Rect { x0, y0, x1, y1 } = rect;
    let mut data = Value::default();
    // A quarter of a circle, to the right of where it comes from.
    let turn = |data: &mut Value, radius: f64, x: f64, y: f64| {
        if radius > 0.0 {
            command(data, "A", [radius, radius, 0.0, 0.0, 1.0, x, y]);
        }
    };
    command(&mut data, "M", [x0, y0 + top]);
    turn(&mut data, top, x0 + top, y0);
    command(&mut data, "H", [x1 - top]);
    turn(&mut data, top, x1, y0 + top);
    command(&mut data, "V", [y1 - bottom]);
    turn(&mut data, bottom, x1 - bottom, y1);
    command(&mut data, "H", [x0 + bottom]);
    turn(&mut data, bottom, x0, y1 - bottom);
    command(&mut data, "Z", []);
    data
}
