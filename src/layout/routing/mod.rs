//! How lines run between rows of cards.
//!
//! Reading order: [`shapes`] (the simple ways); for ways around cards [`network`] (where lines may
//! run), [`search`] (the best way of one), [`trunks`], [`order`] and [`lanes`] (side by side), all
//! joined in [`orthogonal`].

pub mod lanes;
pub mod network;
pub mod order;
pub mod orthogonal;
pub mod search;
pub mod shapes;
pub mod trunks;

use indexmap::IndexMap;

use crate::base::geom::{Point, Rect};
use crate::diagram::Diagram;
use crate::layout::ends::{Anchor, LineEnds};
use crate::layout::routing::orthogonal::orthogonal_paths;
use crate::layout::spatial::RectIndex;
use crate::layout::{Card, Line, LineId, Port, Side};
use crate::model::Model;
use crate::model::id::NodeId;

/// Straight way that a line keeps before its first bend, so that the marks at its end have room.
pub const STUB: f64 = 24.0;
/// Distance between lines that run side by side.
pub const LANE: f64 = 8.0;

/// Two rows to join.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Connection {
    /// Number of the card it starts at.
    pub from: usize,
    /// Number of the card it ends at.
    pub to: usize,
    /// The card it starts at.
    pub from_card: Rect,
    /// The card it ends at.
    pub to_card: Rect,
    /// The middle of the row it starts at.
    pub from_y: f64,
    /// The middle of the row it ends at.
    pub to_y: f64,
    /// How far it keeps from others that join the same two cards.
    pub lane: f64,
}

impl Connection {
    /// Whether both ends are at one card.
    pub fn is_loop(&self) -> bool {
        self.from == self.to
    }

    /// Whether both ends are one row.
    pub fn is_row_loop(&self) -> bool {
        self.is_loop() && self.from_y == self.to_y
    }

    /// Where it leaves its first card on that side.
    pub fn from_port(&self, side: Side) -> Point {
        port(self.from_card, side, self.from_y)
    }

    /// Where it meets its second card on that side.
    pub fn to_port(&self, side: Side) -> Point {
        port(self.to_card, side, self.to_y)
    }
}

/// The point of a card's border at that level; of an upper or lower border, its middle.
fn port(card: Rect, side: Side, y: f64) -> Point {
    match side {
        Side::Left => Point::new(card.x0, y),
        Side::Right => Point::new(card.x1, y),
        Side::Top => Point::new(card.center().x, card.y0),
        Side::Bottom => Point::new(card.center().x, card.y1),
    }
}

/// The way of a line: all its points, and the borders it leaves and meets.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// From the first card to the second.
    pub points: Vec<Point>,
    /// The border it leaves.
    pub start: Side,
    /// The border it meets.
    pub end: Side,
}

impl Default for Path {
    fn default() -> Self {
        Self { points: Vec::new(), start: Side::Right, end: Side::Left }
    }
}

impl Path {
    /// Its straight pieces, from start to end.
    pub fn pieces(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.points.iter().copied().zip(self.points.iter().copied().skip(1))
    }

    /// The middle of its longest piece.
    pub fn middle(&self) -> Point {
        let longest = self.pieces().reduce(|longest, piece| {
            if (piece.1 - piece.0).hypot() > (longest.1 - longest.0).hypot() {
                piece
            } else {
                longest
            }
        });
        longest.map_or(Point::ORIGIN, |(a, b)| a.midpoint(b))
    }
}

/// All lines of a diagram.
pub fn lines(
    _model: &Model,
    _diagram: &Diagram,
    cards: &IndexMap<NodeId, Card>,
    ends: &[LineEnds],
) -> IndexMap<LineId, Line> {
    let index = RectIndex::new(cards.values().map(|card| card.rect).collect());
    let (ends, connections): (Vec<&LineEnds>, Vec<Connection>) =
        ends.iter().filter_map(|ends| Some((ends, connection(cards, ends)?))).unzip();
    let paths = orthogonal_paths(&connections, &[], &index);
    ends.into_iter()
        .zip(paths)
        .filter_map(|(ends, path)| Some((ends.id, line(ends, &path)?)))
        .collect()
}

/// What a line joins, as rectangles and levels.
fn connection(cards: &IndexMap<NodeId, Card>, ends: &LineEnds) -> Option<Connection> {
    let end = |anchor: Anchor| {
        let (number, _, card) = cards.get_full(&anchor.node)?;
        Some((number, card.rect, card.rect.y0 + anchor.offset))
    };
    let (from, from_card, from_y) = end(ends.from)?;
    let (to, to_card, to_y) = end(ends.to)?;
    Some(Connection { from, to, from_card, to_card, from_y, to_y, lane: 0.0 })
}

/// The line along a path.
fn line(ends: &LineEnds, path: &Path) -> Option<Line> {
    let start = Port { point: *path.points.first()?, side: path.start };
    let end = Port { point: *path.points.last()?, side: path.end };
    Some(Line {
        from: ends.from.node,
        to: ends.to.node,
        start,
        end,
        points: path.points.clone(),
        is_curve: false,
        label: path.middle(),
    })
}
