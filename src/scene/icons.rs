//! The small signs on cards: drawn by hand on a field of 12 × 12, all of one stroke weight.
//!
//! Must not know where they stand, nor in which color.

use crate::base::geom::{BezPath, Point, Vec2};

/// Width of the strokes of all icons.
pub const STROKE_WIDTH: f64 = 1.25;
/// Width and height of the field on which icons are drawn.
pub const SIZE: f64 = 12.0;

/// A small sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Icon {
    /// Part of the primary key.
    Key,
    /// Part of the primary key, and refers to another entity.
    KeyReference,
    /// Refers to another entity.
    Reference,
    /// No two records agree on it.
    Unique,
    /// Must have a value.
    Required,
    /// An index starts with it.
    Indexed,
    /// Kept by itself: the moments of creation and change.
    Clock,
    /// A collection of documents.
    Collection,
    /// A table of rows.
    Table,
    /// A stored query.
    View,
    /// A type of document that lives inside others.
    Embedded,
    /// A list of choices.
    Enumeration,
    /// What it holds is shown below it.
    Open,
    /// What it holds is folded away.
    Folded,
}

impl Icon {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Key,
        Self::KeyReference,
        Self::Reference,
        Self::Unique,
        Self::Required,
        Self::Indexed,
        Self::Clock,
        Self::Collection,
        Self::Table,
        Self::View,
        Self::Embedded,
        Self::Enumeration,
        Self::Open,
        Self::Folded,
    ];

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::KeyReference => "key-reference",
            Self::Reference => "reference",
            Self::Unique => "unique",
            Self::Required => "required",
            Self::Indexed => "indexed",
            Self::Clock => "clock",
            Self::Collection => "collection",
            Self::Table => "table",
            Self::View => "view",
            Self::Embedded => "embedded",
            Self::Enumeration => "enumeration",
            Self::Open => "open",
            Self::Folded => "folded",
        }
    }

    /// Its strokes, around the origin.
    pub fn path(self) -> BezPath {
        let mut pen = Pen::default();
        match self {
            Self::Key => {
                pen.circle((-2.75, 0.0), 2.5);
                pen.line(&[(-0.25, 0.0), (5.25, 0.0), (5.25, 2.5)]);
                pen.line(&[(2.75, 0.0), (2.75, 2.0)]);
            }
            Self::KeyReference => {
                pen.circle((-2.75, 0.0), 2.5);
                pen.line(&[(-0.25, 0.0), (5.25, 0.0)]);
                pen.line(&[(2.75, -2.5), (5.25, 0.0), (2.75, 2.5)]);
            }
            Self::Reference => {
                pen.line(&[(-3.25, 3.25), (3.25, -3.25)]);
                pen.line(&[(-1.5, -3.25), (3.25, -3.25), (3.25, 1.5)]);
            }
            Self::Unique => {
                pen.circle((0.0, 0.0), 4.75);
                pen.line(&[(-1.25, -1.25), (0.25, -2.25), (0.25, 2.25)]);
            }
            Self::Required => {
                pen.line(&[(0.0, -3.25), (0.0, 3.25)]);
                pen.line(&[(-2.8, -1.625), (2.8, 1.625)]);
                pen.line(&[(-2.8, 1.625), (2.8, -1.625)]);
            }
            Self::Indexed => {
                pen.line(&[(-4.25, -3.25), (4.25, -3.25)]);
                pen.line(&[(-4.25, 0.0), (1.75, 0.0)]);
                pen.line(&[(-4.25, 3.25), (-0.75, 3.25)]);
            }
            Self::Clock => {
                pen.circle((0.0, 0.0), 4.75);
                pen.line(&[(0.0, -2.5), (0.0, 0.0), (1.75, 1.25)]);
            }
            Self::Collection => {
                pen.line(&[
                    (-4.75, -2.75),
                    (0.0, -5.0),
                    (4.75, -2.75),
                    (0.0, -0.5),
                    (-4.75, -2.75),
                ]);
                pen.line(&[(-4.75, 0.25), (0.0, 2.5), (4.75, 0.25)]);
                pen.line(&[(-4.75, 3.0), (0.0, 5.25), (4.75, 3.0)]);
            }
            Self::Table => {
                pen.frame((-5.0, -4.25), (5.0, 4.25), 1.25);
                pen.line(&[(-5.0, -1.25), (5.0, -1.25)]);
                pen.line(&[(-1.5, -1.25), (-1.5, 4.25)]);
            }
            Self::View => {
                pen.lens(5.25, 3.75);
                pen.circle((0.0, 0.0), 1.5);
            }
            Self::Embedded => {
                pen.brace(-1.0);
                pen.brace(1.0);
            }
            Self::Enumeration => {
                for y in [-3.5, 0.0, 3.5] {
                    pen.circle((-4.25, y), 0.5);
                    pen.line(&[(-1.5, y), (5.0, y)]);
                }
            }
            Self::Open => pen.line(&[(-3.0, -1.5), (0.0, 1.5), (3.0, -1.5)]),
            Self::Folded => pen.line(&[(-1.5, -3.0), (1.5, 0.0), (-1.5, 3.0)]),
        }
        pen.path
    }
}

/// Draws strokes around the origin.
#[derive(Default)]
struct Pen {
    path: BezPath,
}

/// How far the control points of a quarter circle stand from its ends, for a radius of 1.
const QUARTER: f64 = 0.552_285;

impl Pen {
    fn line(&mut self, points: &[(f64, f64)]) {
        let mut points = points.iter().map(|point| Point::from(*point));
        let Some(start) = points.next() else { return };
        self.path.move_to(start);
        for point in points {
            self.path.line_to(point);
        }
    }

    fn circle(&mut self, center: (f64, f64), radius: f64) {
        self.path.extend(circle(center.into(), radius));
    }

    fn frame(&mut self, (x0, y0): (f64, f64), (x1, y1): (f64, f64), radius: f64) {
        let r = radius;
        self.path.move_to((x0 + r, y0));
        self.path.line_to((x1 - r, y0));
        self.path.quad_to((x1, y0), (x1, y0 + r));
        self.path.line_to((x1, y1 - r));
        self.path.quad_to((x1, y1), (x1 - r, y1));
        self.path.line_to((x0 + r, y1));
        self.path.quad_to((x0, y1), (x0, y1 - r));
        self.path.line_to((x0, y0 + r));
        self.path.quad_to((x0, y0), (x0 + r, y0));
        self.path.close_path();
    }

    /// The outline of an eye.
    fn lens(&mut self, half_width: f64, half_height: f64) {
        let (w, h) = (half_width, half_height * 1.35);
        self.path.move_to((-w, 0.0));
        self.path.curve_to((-w * 0.5, -h), (w * 0.5, -h), (w, 0.0));
        self.path.curve_to((w * 0.5, h), (-w * 0.5, h), (-w, 0.0));
        self.path.close_path();
    }

    /// A curly brace on the side of that sign.
    fn brace(&mut self, side: f64) {
        let x = |distance: f64| side * distance;
        self.path.move_to((x(2.0), -4.75));
        self.path.quad_to((x(3.5), -4.75), (x(3.5), -3.25));
        self.path.line_to((x(3.5), -1.5));
        self.path.quad_to((x(3.5), 0.0), (x(5.0), 0.0));
        self.path.quad_to((x(3.5), 0.0), (x(3.5), 1.5));
        self.path.line_to((x(3.5), 3.25));
        self.path.quad_to((x(3.5), 4.75), (x(2.0), 4.75));
    }
}

/// A circle of four curves.
pub fn circle(center: Point, radius: f64) -> BezPath {
    let at = |x: f64, y: f64| center + Vec2::new(x, y) * radius;
    let k = QUARTER;
    let mut path = BezPath::new();
    path.move_to(at(1.0, 0.0));
    path.curve_to(at(1.0, k), at(k, 1.0), at(0.0, 1.0));
    path.curve_to(at(-k, 1.0), at(-1.0, k), at(-1.0, 0.0));
    path.curve_to(at(-1.0, -k), at(-k, -1.0), at(0.0, -1.0));
    path.curve_to(at(k, -1.0), at(1.0, -k), at(1.0, 0.0));
    path.close_path();
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::geom::Shape as _;

    #[test]
    fn icons_stay_on_their_field_and_have_names_of_their_own() {
        let half = SIZE / 2.0;
        let names: std::collections::BTreeSet<_> = Icon::ALL.map(Icon::as_str).into();
        assert_eq!(names.len(), Icon::ALL.len());
        for icon in Icon::ALL {
            let bounds = icon.path().bounding_box().inflate(STROKE_WIDTH / 2.0, STROKE_WIDTH / 2.0);
            let fits =
                bounds.x0 >= -half && bounds.y0 >= -half && bounds.x1 <= half && bounds.y1 <= half;
            assert!(fits, "{icon:?}: {bounds:?}");
        }
    }
}
