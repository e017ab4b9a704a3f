//! Geometry in world units, y growing downwards: the one place where `kurbo` is named.
//!
//! Must not know what is drawn.

pub use kurbo::{Affine, BezPath, Insets, Line, PathEl, Point, Rect, Shape, Size, Vec2, flatten};

/// Rounds a coordinate to the two decimals that files carry, so that no platform prints another
/// last digit; negative zero becomes zero.
pub fn rounded(value: f64) -> f64 {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}
