//! Model + diagram → positions and routes; pure and deterministic.
//!
//! Must not know colors, notations or pixels: a [`Layout`] says where things are, the scene says
//! how they look.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::base::geom::{Point, Rect};
use crate::model::graph::Link;
use crate::model::id::{AreaId, FieldId, NodeId, NoteId, ValueId};

/// Where everything of one diagram stands; computed, never stored or edited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The cards, in the model's order.
    pub cards: IndexMap<NodeId, Card>,
    /// The lines.
    pub lines: IndexMap<LineId, Line>,
    /// The sticky notes.
    pub notes: BTreeMap<NoteId, Rect>,
    /// The frames of areas.
    pub frames: IndexMap<AreaId, Rect>,
    /// Smallest rectangle around all of it.
    pub bounds: Rect,
}

/// The box of an entity or enumeration.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The whole box, in world units.
    pub rect: Rect,
    /// Height of the header band.
    pub header: f64,
    /// The rows below the header, top to bottom.
    pub rows: Vec<Row>,
}

/// One line of text on a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it shows.
    pub content: RowContent,
    /// How deep it is nested; 0 is the entity's own level.
    pub depth: usize,
    /// Distance of its top from the card's top.
    pub top: f64,
    /// Its height.
    pub height: f64,
}

/// What a row shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowContent {
    /// A field.
    Field(FieldId),
    /// A value of an enumeration.
    Value(ValueId),
    /// `createdAt` and `updatedAt`, which the entity keeps by itself.
    Timestamps,
}

/// What a line stands for: a link of the E-R graph, which its field or reference identifies.
pub type LineId = Link;

/// A line between two cards.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The node it starts at: the referencing or containing one.
    pub from: NodeId,
    /// The node it ends at.
    pub to: NodeId,
    /// Where it leaves the first card.
    pub start: Port,
    /// Where it meets the second card.
    pub end: Port,
    /// All points from start to end, both included; bends are between.
    pub points: Vec<Point>,
    /// Whether the points are control points of cubic curves (one start, then three per curve).
    pub is_curve: bool,
    /// Center of its label.
    pub label: Point,
}

/// Where a line meets a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Port {
    /// On the card's border.
    pub point: Point,
    /// Which border.
    pub side: Side,
}

/// A border of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The left one.
    Left,
    /// The right one.
    Right,
    /// The upper one.
    Top,
    /// The lower one.
    Bottom,
}
