//! What a tool asks for: changes of the session and of the document, as data, so that a script can
//! say what it expects and one place carries them out.

use crate::base::geom::{Point, Rect, Vec2};
use crate::diagram::route::Route;
use crate::document::edit::diagrams::Arrangement;
use crate::document::edit::references::{Anchor, EndSide};
use crate::editor::cell::Cell;
use crate::editor::session::Popover;
use crate::editor::tools::ToolId;
use crate::model::id::{AreaId, ElementId, FieldId, NodeId, NoteId, ReferenceId};

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Changes the selection.
    Select(Select),
    /// Brings an element into view.
    Reveal(ElementId),
    /// The keyboard goes to a card, whatever is selected.
    Focus(NodeId),
    /// Moves the content by that much on the screen.
    Pan(Vec2),
    /// Opens a transaction under that label.
    Begin(&'static str),
    /// Closes it.
    Commit,
    /// Closes it and puts everything back.
    Rollback,
    /// Changes the document.
    Edit(Intent),
    /// Opens a cell to type in.
    Type(Cell),
    /// Takes another tool.
    Take(ToolId),
    /// The tool was used; it is put away unless it is kept.
    Used,
    /// Opens a popover.
    Ask(Popover),
}

/// A change of the selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Select {
    /// Just these.
    Only(Vec<ElementId>),
    /// In or out.
    Toggle(ElementId),
    /// Nothing.
    Nothing,
}

/// A change of the document that a tool means.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// An entity whose header starts there; its name is typed next.
    AddEntity(Point),
    /// An enumeration there; its name is typed next.
    AddEnumeration(Point),
    /// A note there; its text is typed next.
    AddNote(Rect),
    /// An area with that frame and the cards inside; its name is typed next.
    AddArea(Rect),
    /// A line between two things.
    Connect(Anchor, Anchor),
    /// A line to an entity that is made there; its name is typed next.
    ConnectToNew(Anchor, Point),
    /// One end of a reference on something else.
    Reconnect(ReferenceId, EndSide, Anchor),
    /// The bends of a reference.
    Bend(ReferenceId, Route),
    /// Things where they are said to be.
    Arrange(Box<Arrangement>),
    /// A nested object of a card, folded to its name or not.
    Fold(NodeId, FieldId, bool),
    /// Copies of these where they are, which are selected instead.
    Duplicate(Vec<ElementId>),
    /// A note of that size.
    ResizeNote(NoteId, Rect),
    /// A frame of that size.
    ResizeFrame(AreaId, Rect),
    /// A card with that left edge and width.
    ResizeCard(NodeId, f64, f64),
}
