//! What a drawn thing stands for: what a pointer is over, and what a selection holds.

use std::fmt;
use std::fmt::Display as _;

use crate::layout::{LineId, RowContent};
use crate::model::graph::Link;
use crate::model::id::{AreaId, NodeId, NoteId};

/// A thing on the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The frame of an area.
    Area(AreaId),
    /// The card of an entity or enumeration.
    Card(NodeId),
    /// The band of a card with its name.
    Header(NodeId),
    /// A row of a card.
    Row(NodeId, RowContent),
    /// The dot at the edge of a row or header, from which references are drawn.
    Port(NodeId, Option<RowContent>),
    /// A line.
    Line(LineId),
    /// One end of a line with its mark.
    LineEnd(LineId, LineEnd),
    /// The label of a line.
    LineLabel(LineId),
    /// A sticky note.
    Note(NoteId),
}

/// Which end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineEnd {
    /// Where it starts: the referencing or containing end.
    From,
    /// Where it leads.
    To,
}

impl fmt::Display for Target {
    /// A name for it that is unique in a picture: an id and what part of the thing it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area(id) => id.fmt(f),
            Self::Card(id) => id.fmt(f),
            Self::Header(id) => write!(f, "{id}.header"),
            Self::Row(id, row) => write_row(f, *id, *row),
            Self::Port(id, Some(row)) => {
                write_row(f, *id, *row)?;
                f.write_str(".port")
            }
            Self::Port(id, None) => write!(f, "{id}.port"),
            Self::Line(id) => write_line(f, *id),
            Self::LineEnd(id, end) => {
                write_line(f, *id)?;
                f.write_str(match end {
                    LineEnd::From => ".from",
                    LineEnd::To => ".to",
                })
            }
            Self::LineLabel(id) => {
                write_line(f, *id)?;
                f.write_str(".label")
            }
            Self::Note(id) => id.fmt(f),
        }
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, node: NodeId, row: RowContent) -> fmt::Result {
    match row {
        RowContent::Field(id) => id.fmt(f),
        RowContent::Value(id) => id.fmt(f),
        RowContent::Timestamps => write!(f, "{node}.timestamps"),
    }
}

fn write_line(f: &mut fmt::Formatter<'_>, line: LineId) -> fmt::Result {
    match line {
        Link::Reference(id) => id.fmt(f),
        Link::Embedding(field) => write!(f, "{field}.embedding"),
        Link::Use(field) => write!(f, "{field}.use"),
    }
}
