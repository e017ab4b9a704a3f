//! The values of SVG attributes: numbers, paints, paths and escaped texts.

use std::fmt::Write as _;

use crate::base::color::Color;
use crate::base::geom::{BezPath, PathEl, Point, Rect, rounded};
use crate::scene::Paint;

/// A coordinate with at most two decimals.
pub(super) fn number(value: f64) -> String {
    rounded(value).to_string()
}

pub(super) fn opacity(what: &str, color: Color) -> String {
    if color.alpha == 255 {
        String::new()
    } else {
        format!(" {what}-opacity=\"{}\"", number(color.opacity()))
    }
}

pub(super) fn paint(paint: &Paint) -> String {
    let mut attributes = String::new();
    if let Some(fill) = paint.fill {
        let _ = write!(attributes, " fill=\"{}\"{}", fill.hex(), opacity("fill", fill));
    }
    if let Some(stroke) = paint.stroke {
        let color = stroke.color;
        let _ = write!(attributes, " stroke=\"{}\"{}", color.hex(), opacity("stroke", color));
        if stroke.width != 1.0 {
            let _ = write!(attributes, " stroke-width=\"{}\"", number(stroke.width));
        }
        if let Some((on, off)) = stroke.dash {
            let _ = write!(attributes, " stroke-dasharray=\"{} {}\"", number(on), number(off));
        }
    }
    attributes
}

fn point(Point { x, y }: Point) -> String {
    format!("{} {}", number(x), number(y))
}

pub(super) fn path_data(path: &BezPath) -> String {
    let mut data = String::new();
    for element in path.elements() {
        match element {
            PathEl::MoveTo(to) => {
                let _ = write!(data, "M{}", point(*to));
            }
            PathEl::LineTo(to) => {
                let _ = write!(data, "L{}", point(*to));
            }
            PathEl::QuadTo(control, to) => {
                let _ = write!(data, "Q{} {}", point(*control), point(*to));
            }
            PathEl::CurveTo(first, second, to) => {
                let _ = write!(data, "C{} {} {}", point(*first), point(*second), point(*to));
            }
            PathEl::ClosePath => data.push('Z'),
        }
    }
    data
}

/// A rectangle whose upper and lower corners differ in radius.
pub(super) fn rounded_rect_data(rect: Rect, top: f64, bottom: f64) -> String {
    let Rect { x0, y0, x1, y1 } = rect;
    let [left, right, t, b] = [x0, x1, top, bottom].map(number);
    let mut data = format!("M{left} {}", number(y0 + top));
    if top > 0.0 {
        let _ = write!(data, "A{t} {t} 0 0 1 {} {}", number(x0 + top), number(y0));
    }
    let _ = write!(data, "H{}", number(x1 - top));
    if top > 0.0 {
        let _ = write!(data, "A{t} {t} 0 0 1 {right} {}", number(y0 + top));
    }
    let _ = write!(data, "V{}", number(y1 - bottom));
    if bottom > 0.0 {
        let _ = write!(data, "A{b} {b} 0 0 1 {} {}", number(x1 - bottom), number(y1));
    }
    let _ = write!(data, "H{}", number(x0 + bottom));
    if bottom > 0.0 {
        let _ = write!(data, "A{b} {b} 0 0 1 {left} {}", number(y1 - bottom));
    }
    data.push('Z');
    data
}

/// A text as XML character data, without the characters that XML cannot hold.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
