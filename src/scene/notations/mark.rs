//! Draws the mark at one end of a line, in distances from the card and from the line.
//!
//! Must not know what the mark means.

use crate::base::color::Color;
use crate::base::font::FontFace;
use crate::base::geom::{BezPath, Point, Vec2};
use crate::layout::metrics::SECONDARY_SIZE;
use crate::model::reference::{End, Reference};
use crate::scene::card_row::centered;
use crate::scene::icons::circle;
use crate::scene::target::LineEnd;
use crate::scene::{Anchor, Group, Paint};

/// The mark at one end of a line, while it is drawn.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Which end.
    pub end: LineEnd,
    /// Where the line meets the card.
    pub origin: Point,
    /// The way the line leaves the card, of length 1.
    pub outward: Vec2,
    /// Color of the line.
    pub color: Color,
    /// Width of the line.
    pub width: f64,
    /// Color of what is behind the line.
    pub ground: Color,
    /// Color of texts.
    pub ink: Color,
    /// What was drawn so far.
    pub group: Group,
}

impl Mark {
    /// The reference's end that this mark stands at.
    pub fn end_of<'r>(&self, reference: &'r Reference) -> &'r End {
        match self.end {
            LineEnd::From => &reference.from,
            LineEnd::To => &reference.to,
        }
    }

    /// The point so far away from the card along the line, and so far beside it.
    fn at(&self, (along, beside): (f64, f64)) -> Point {
        let across = Vec2::new(-self.outward.y, self.outward.x);
        self.origin + self.outward * along + across * beside
    }

    fn outline(&self, points: &[(f64, f64)]) -> BezPath {
        let mut path = BezPath::new();
        for (idx, point) in points.iter().enumerate() {
            if idx == 0 {
                path.move_to(self.at(*point));
            } else {
                path.line_to(self.at(*point));
            }
        }
        path
    }

    fn paint(&self) -> Paint {
        Paint::stroke(self.color, self.width)
    }

    /// A stroke through those points, given as distances along and beside the line.
    pub fn stroke(&mut self, points: &[(f64, f64)]) {
        self.group.path(self.outline(points), self.paint());
    }

    /// A ring whose middle is so far from the card.
    pub fn ring(&mut self, along: f64, radius: f64) {
        let ring = circle(self.at((along, 0.0)), radius);
        self.group.path(ring, self.paint().filled(self.ground));
    }

    /// A dot whose middle is so far from the card.
    pub fn dot(&mut self, along: f64, radius: f64) {
        self.group.path(circle(self.at((along, 0.0)), radius), Paint::fill(self.color));
    }

    /// A diamond from the card on, of that length and half that width.
    pub fn diamond(&mut self, length: f64, fill: Color) {
        let (middle, side) = (length / 2.0, length / 4.0 + 1.0);
        let corners = [(0.0, 0.0), (middle, side), (length, 0.0), (middle, -side)];
        let mut path = self.outline(&corners);
        path.close_path();
        self.group.path(path, self.paint().filled(fill));
    }

    /// A text beside the line, so far from the card: above a level line, right of an upright one.
    pub fn text(&mut self, along: f64, text: &str) {
        let point = self.at((along, 0.0));
        let style = (FontFace::Regular, SECONDARY_SIZE, self.ink);
        let is_level = self.outward.x.abs() >= self.outward.y.abs();
        let (place, anchor) = match (is_level, self.outward.x >= 0.0) {
            (true, true) => ((point.x, point.y - 9.0), Anchor::Start),
            (true, false) => ((point.x, point.y - 9.0), Anchor::End),
            (false, _) => ((point.x + 7.0, point.y), Anchor::Start),
        };
        self.group.text(centered(text, place, style, anchor));
    }
}
