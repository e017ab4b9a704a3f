//! How lines run between rows of cards.
//!
//! Reading order: [`shapes`] (the simple ways); for ways around cards [`network`] (where lines may
//! run), [`search`] (the best way of one), [`apart`] (what must not share a place), [`trunks`], [`order`], [`neighbors`], [`places`] and [`lanes`] (side by side), [`stubs`] (what could not make way), [`siblings`] (lines to one row that cross), [`rework`] (a second look at what crosses), all
//! joined in [`orthogonal`]; [`curved`] and [`straight`] for the other styles, [`by_hand`] for
//! lines that somebody bent, all styles joined in [`styled`]; [`labels`], then [`lines()`].
//! Must not know colors or shapes of marks: those are the scene's.

pub mod apart;
pub mod by_hand;
pub mod clear;
pub mod curved;
pub mod labels;
pub mod lanes;
pub mod neighbors;
pub mod network;
pub mod order;
pub mod orthogonal;
pub mod places;
pub mod rework;
pub mod search;
pub mod shapes;
pub mod siblings;
pub mod straight;
pub mod stubs;
pub mod styled;
pub mod temper;
pub mod trunks;

use indexmap::IndexMap;

use crate::base::geom::{Point, Rect, Size, Vec2};
use crate::diagram::Diagram;
use crate::layout::ends::{Anchor, EndMark, LineEnds};
use crate::layout::routing::apart::set_twins_apart;
use crate::layout::routing::by_hand::bent_path;
use crate::layout::routing::labels::{label_centers, label_size};
use crate::layout::routing::styled::{draft_paths, styled_paths};
use crate::layout::spatial::RectIndex;
use crate::layout::{Card, Line, LineId, Port, Side};
use crate::model::Model;
use crate::model::graph::Link;
use crate::model::id::NodeId;

/// Straight way that a line keeps before its first bend, so that the marks at its end have room.
pub const STUB: f64 = 24.0;
/// Straight way that the longest mark takes: where room is scarce, lines give up all but this.
pub const MARK: f64 = 20.0;
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
    /// What is drawn at its start and end.
    pub marks: (EndMark, EndMark),
    /// Whether others join the same two rows.
    pub is_twin: bool,
    /// How far it keeps from those.
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
    /// Whether the points are control points of cubic curves: one start, then three per curve.
    pub is_curve: bool,
}

impl Default for Path {
    fn default() -> Self {
        Self::new(Vec::new(), Side::Right, Side::Left)
    }
}

impl Path {
    /// A way of straight pieces.
    pub fn new(points: Vec<Point>, start: Side, end: Side) -> Self {
        Self { points, start, end, is_curve: false }
    }

    /// Its straight pieces, from start to end; of a curve those between its control points.
    pub fn pieces(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.points.iter().copied().zip(self.points.iter().copied().skip(1))
    }

    /// The same way in straight pieces.
    #[must_use]
    pub fn flattened(&self) -> Self {
        if !self.is_curve {
            return self.clone();
        }
        Self::new(curved::flattened(&self.points), self.start, self.end)
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

/// All lines of a diagram, around its cards and those texts.
pub fn lines(
    model: &Model,
    diagram: &Diagram,
    cards: &IndexMap<NodeId, Card>,
    texts: &[Rect],
    ends: &[LineEnds],
) -> IndexMap<LineId, Line> {
    let card = |node: NodeId| cards.get_full(&node).map(|(number, _, card)| (number, card.rect));
    let cards = cards.values().map(|card| card.rect).collect();
    Leading { model, diagram, obstacles: &obstacles(cards, texts), effort: Effort::Best }
        .lines(ends, card)
}

/// How much is done for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// A simple shape that minds cards but not other lines: quick enough for every frame.
    Draft,
    /// The best way around cards, in a lane of its own: quick enough for the lines of a few cards.
    Around,
    /// The same, and then again for lines that cross others.
    Best,
}

/// What is known when lines are led.
#[derive(Clone, Copy, Debug)]
pub struct Leading<'a> {
    /// Names of references, for their labels.
    pub model: &'a Model,
    /// Bends by hand, and the style.
    pub diagram: &'a Diagram,
    /// What lines run around.
    pub obstacles: &'a RectIndex,
    /// How much is done.
    pub effort: Effort,
}

impl Leading<'_> {
    /// The lines with those ends; `card` says the number and place of a card.
    pub fn lines(
        &self,
        ends: &[LineEnds],
        card: impl Fn(NodeId) -> Option<(usize, Rect)>,
    ) -> IndexMap<LineId, Line> {
        let (ends, mut connections): (Vec<&LineEnds>, Vec<Connection>) =
            ends.iter().filter_map(|ends| Some((ends, connection(&card, ends)?))).unzip();
        set_twins_apart(&mut connections);
        let style = self.diagram.lines;
        let by_hand: Vec<Option<Path>> = ends
            .iter()
            .zip(&connections)
            .map(|(ends, connection)| bent_path(connection, bends(self.diagram, ends.id), style))
            .collect();
        let paths = match self.effort {
            Effort::Around | Effort::Best => {
                styled_paths(&connections, &by_hand, style, self.obstacles, self.effort)
            }
            Effort::Draft => draft_paths(&connections, &by_hand, style, self.obstacles),
        };
        let labels: Vec<Option<Size>> =
            ends.iter().map(|ends| label_size(self.model, ends.id)).collect();
        let centers = label_centers(&paths, &labels, self.obstacles);
        ends.into_iter()
            .zip(paths)
            .zip(centers)
            .filter_map(|((ends, path), center)| {
                let center = center + label_offset(self.diagram, ends.id);
                Some((ends.id, line(ends, path, center)?))
            })
            .collect()
    }
}

/// What lines run around: cards, and texts that stand clear of them.
pub fn obstacles(mut cards: Vec<Rect>, texts: &[Rect]) -> RectIndex {
    let index = RectIndex::new(cards.clone());
    let is_clear = |text: &&Rect| index.touching(text.inflate(LANE, LANE)).next().is_none();
    cards.extend(texts.iter().filter(is_clear));
    RectIndex::new(cards)
}

/// What a line joins, as rectangles and levels.
fn connection(
    card: impl Fn(NodeId) -> Option<(usize, Rect)>,
    ends: &LineEnds,
) -> Option<Connection> {
    let end = |anchor: Anchor| {
        let (number, rect) = card(anchor.node)?;
        Some((number, rect, rect.y0 + anchor.offset))
    };
    let (from, from_card, from_y) = end(ends.from)?;
    let (to, to_card, to_y) = end(ends.to)?;
    Some(Connection {
        from,
        to,
        from_card,
        to_card,
        from_y,
        to_y,
        marks: (ends.from.mark, ends.to.mark),
        is_twin: false,
        lane: 0.0,
    })
}

/// The bends that somebody gave a line.
fn bends(diagram: &Diagram, id: LineId) -> &[Point] {
    let Link::Reference(id) = id else { return &[] };
    diagram.routes.get(&id).map(|route| route.bends.as_slice()).unwrap_or_default()
}

/// How far somebody moved the label of a line.
fn label_offset(diagram: &Diagram, id: LineId) -> Vec2 {
    let Link::Reference(id) = id else { return Vec2::ZERO };
    diagram.routes.get(&id).map(|route| route.label_offset).unwrap_or_default()
}

/// The line along a path.
fn line(ends: &LineEnds, path: Path, label: Point) -> Option<Line> {
    let start = Port { point: *path.points.first()?, side: path.start };
    let end = Port { point: *path.points.last()?, side: path.end };
    Some(Line {
        from: ends.from.node,
        to: ends.to.node,
        start,
        end,
        is_curve: path.is_curve,
        points: path.points,
        label,
    })
}
