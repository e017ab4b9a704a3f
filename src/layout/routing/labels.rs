//! Where the labels of lines stand: on their line, clear of cards, of other labels and, where it
//! can be had, of other lines.

use std::borrow::Cow;

use crate::base::font::{FontFace, TextMeasurer};
use crate::base::geom::{Point, Rect, Size, Vec2};
use crate::layout::LineId;
use crate::layout::metrics::SECONDARY_SIZE;
use crate::layout::routing::{Path, STUB};
use crate::layout::spatial::{RectIndex, overlap};
use crate::model::Model;
use crate::model::graph::Link;

/// What a label costs that lies on a card.
const ON_CARD: f64 = 100.0;
/// What a label costs that lies on another label.
const ON_LABEL: f64 = 60.0;
/// What a label costs for each line of another reference that it hides.
const ON_LINE: f64 = 6.0;
/// What it costs to stand on a piece that is shorter than the label, ends of the line included.
const CRAMPED: f64 = 20.0;
/// What it costs to stand away from the middle of a piece.
const OFF_MIDDLE: f64 = 2.0;

/// Height of a label.
const HEIGHT: f64 = 20.0;
/// Room left and right of its text.
const PADDING: f64 = 6.0;
/// Widest text; a longer one is cut with an ellipsis.
const MAX_TEXT_WIDTH: f64 = 160.0;

/// What a line's label says: the name that somebody gave the reference. The name of a constraint
/// that only says that it is a foreign key is none.
pub fn label_text(model: &Model, id: LineId) -> Option<Cow<'_, str>> {
    let Link::Reference(id) = id else { return None };
    let name = model.reference(id)?.name.as_deref().filter(|name| !name.trim().is_empty())?;
    let lower = name.to_lowercase();
    let says_nothing = lower.starts_with("fk_")
        || name.starts_with("FK")
        || lower.ends_with("_fk")
        || lower.ends_with("_fkey")
        || lower.contains("_ibfk_");
    let measurer = TextMeasurer::shared();
    let elided = || measurer.elide(name, FontFace::Regular, SECONDARY_SIZE, MAX_TEXT_WIDTH);
    (!says_nothing).then(elided)
}

/// The size of a line's label; none when it has no text.
pub fn label_size(model: &Model, id: LineId) -> Option<Size> {
    let text = label_text(model, id)?;
    let width = TextMeasurer::shared().width(&text, FontFace::Regular, SECONDARY_SIZE);
    Some(Size::new((width + 2.0 * PADDING).ceil(), HEIGHT))
}

/// The centers of the labels of those paths; one without a label has the middle of its longest
/// piece.
pub fn label_centers(paths: &[Path], labels: &[Option<Size>], obstacles: &RectIndex) -> Vec<Point> {
    let paths: Vec<Path> = paths.iter().map(Path::flattened).collect();
    if labels.iter().all(Option::is_none) {
        return paths.iter().map(Path::middle).collect();
    }
    let mut owners = Vec::new();
    let mut pieces = Vec::new();
    for (number, path) in paths.iter().enumerate() {
        for (a, b) in path.pieces() {
            owners.push(number);
            pieces.push(Rect::from_points(a, b).inflate(0.5, 0.5));
        }
    }
    let pieces = RectIndex::new(pieces);
    let mut placed: Vec<Rect> = Vec::new();
    let mut centers = Vec::with_capacity(paths.len());
    for (number, path) in paths.iter().enumerate() {
        let Some(size) = labels.get(number).copied().flatten() else {
            centers.push(path.middle());
            continue;
        };
        let cost = |spot: &Spot| {
            let rect = spot.rect(size);
            let n_lines = pieces
                .touching(rect)
                .filter(|piece| owners.get(*piece).is_some_and(|owner| *owner != number))
                .count();
            let n_labels = placed.iter().filter(|other| overlap(**other, rect)).count();
            spot.cost
                + ON_CARD * obstacles.touching(rect.inflate(2.0, 2.0)).count() as f64
                + ON_LABEL * n_labels as f64
                + ON_LINE * n_lines as f64
        };
        let best = spots(path, size)
            .into_iter()
            .map(|spot| (cost(&spot), spot))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let center = best.map_or_else(|| path.middle(), |(_, spot)| spot.center);
        placed.push(Spot { center, cost: 0.0 }.rect(size));
        centers.push(center);
    }
    centers
}

/// A place for a label.
#[derive(Clone, Copy, Debug)]
struct Spot {
    center: Point,
    cost: f64,
}

impl Spot {
    fn rect(&self, size: Size) -> Rect {
        Rect::from_center_size(self.center, size)
    }
}

/// Places along a path, with what they cost by themselves.
fn spots(path: &Path, size: Size) -> Vec<Spot> {
    let n_pieces = path.points.len().saturating_sub(1);
    let mut spots = Vec::new();
    for (place, (a, b)) in path.pieces().enumerate() {
        let length = (b - a).hypot();
        let is_level = a.y == b.y;
        // The marks at the ends of the line stay visible.
        let from = if place == 0 { STUB } else { 0.0 };
        let to = if place + 1 == n_pieces { STUB } else { 0.0 };
        let needed = if is_level { size.width } else { size.height };
        let cramped = if length < needed + from + to { CRAMPED } else { 0.0 };
        let way = if length > 0.0 { (b - a) / length } else { Vec2::ZERO };
        let free = (length - from - to).max(0.0);
        for (share, away) in [(0.5, 0.0), (0.3, 1.0), (0.7, 1.0), (0.15, 2.0), (0.85, 2.0)] {
            let center = a + way * (from + free * share);
            // Longer pieces first: each hundred units are worth a step off the middle.
            let short = (4.0 - length / 100.0).max(0.0);
            spots.push(Spot { center, cost: cramped + OFF_MIDDLE * away + short });
        }
    }
    spots
}
