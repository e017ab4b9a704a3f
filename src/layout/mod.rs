//! Model + diagram → positions and routes; pure and deterministic.
//!
//! Reading order: [`work`] (who watches), [`row_text`] (what cards say), [`metrics`] (how large they
//! are), [`note_text`], [`engines`] (where cards go), [`sketching`] (what they are told), [`arrange`]
//! (which cards move; [`steady`] leaves good ones alone, [`newcomers`] find [`room`] among the others,
//! and [`growth`] pushes cards apart), [`ends`] (which rows lines join), [`routing`] (how lines run),
//! [`spatial`] (what is where), [`frames`] (areas and notes), [`communities`] (areas to offer),
//! [`hubs`] (cards to mark), then [`layout()`].
//!
//! Must not know colors, notations or pixels: a [`Layout`] says where things are, the scene says
//! how they look.

pub mod arrange;
pub mod communities;
pub mod ends;
pub mod engines;
pub mod frames;
pub mod growth;
pub mod hubs;
pub mod metrics;
pub mod newcomers;
pub mod note_text;
pub mod room;
pub mod routing;
pub mod row_text;
mod sketching;
pub mod spatial;
mod steady;
pub mod work;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::base::geom::{Point, Rect, Size};
use crate::diagram::Diagram;
use crate::layout::arrange::{ArrangeScope, arrange_cards};
use crate::layout::ends::line_ends;
use crate::layout::row_text::CardTexts;
use crate::layout::work::Work;
use crate::model::Model;
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

/// Where everything of that diagram stands: placed cards exactly where they were placed, all others
/// where the usual engine finds room, lines around cards.
pub fn layout(model: &Model, diagram: &Diagram) -> Layout {
    layout_in(model, diagram, &Work::default())
}

/// The same for somebody who watches the work or wants a quick answer.
pub fn layout_in(model: &Model, diagram: &Diagram, work: &Work<'_>) -> Layout {
    let mut cards = arrange::measured(&CardTexts::of(model), diagram);
    let new = arrange_cards(model, diagram, &cards, (&engines::DEFAULT, work), &ArrangeScope::New);
    for (node, place) in new {
        if let Some(card) = cards.get_mut(&node) {
            card.rect = Rect::from_origin_size(place, card.rect.size());
        }
    }
    let notes = frames::notes(model, diagram, &cards);
    let frames = frames::frames(model, diagram, &cards);
    let mut texts = frames::titles(model, &frames);
    texts.extend(notes.values().copied());
    let lines = routing::lines(model, diagram, &cards, &texts, &line_ends(model, &cards));
    let mut layout = Layout { cards, lines, notes, frames, bounds: Rect::ZERO };
    layout.bounds = layout.bounds_of_parts();
    layout
}

impl Layout {
    /// The smallest rectangle around cards, lines, notes and frames, which [`bounds`](Self::bounds) may
    /// exceed while single things move.
    pub fn bounds_of_parts(&self) -> Rect {
        let cards = self.cards.values().map(|card| card.rect);
        let boxes = cards.chain(self.notes.values().copied()).chain(self.frames.values().copied());
        let points = self.lines.values().flat_map(|line| &line.points);
        boxes
            .chain(points.map(|point| Rect::from_origin_size(*point, Size::ZERO)))
            .reduce(|a, b| a.union(b))
            .unwrap_or_default()
    }
}

impl Card {
    /// The middle of the row that shows that, in world units; none when it is folded away.
    pub fn row_center(&self, content: RowContent) -> Option<f64> {
        let row = self.rows.iter().find(|row| row.content == content)?;
        Some(self.rect.y0 + row.top + row.height / 2.0)
    }
}
