//! How a reference was bent by hand.

use crate::base::geom::{Point, Vec2};

/// The bends that a person gave a line; they stay until reset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Points between the two ends, in order from the referencing end.
    pub bends: Vec<Point>,
    /// How far the label was moved from where it would stand.
    pub label_offset: Vec2,
}
