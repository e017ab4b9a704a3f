//! Where a diagram shows a card.

use std::collections::BTreeSet;

use crate::base::geom::Point;
use crate::model::area::ColorToken;
use crate::model::id::FieldId;

/// Where a diagram shows an entity or enumeration.
///
/// - Coordinates are world units, y grows downwards, and files round them to integers.
/// - Absent from the diagram's map means the layout engine chooses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placement {
    /// Top left corner.
    pub position: Point,
    /// Width, when somebody chose one; else the texts decide.
    pub width: Option<f64>,
    /// Whether arranging leaves it where it is.
    pub pinned: bool,
    /// Whether only its header is shown.
    pub folded: bool,
    /// Nested objects whose fields are not shown.
    pub folded_fields: BTreeSet<FieldId>,
    /// Color of its header, when somebody chose one; else its area decides.
    pub color: Option<ColorToken>,
}

impl Placement {
    /// At that point, everything else as usual.
    pub fn at(position: Point) -> Self {
        Self { position, ..Self::default() }
    }
}
