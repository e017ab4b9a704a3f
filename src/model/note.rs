//! A note: free text that stands on the canvas, like a sticky on a wall.
//!
//! The documentation of an element is that element's own `note` text, not one of these.

use crate::model::area::ColorToken;
use crate::model::id::{NodeId, NoteId};

/// A sticky note.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its identity.
    pub id: NoteId,
    /// What it says; lines are kept.
    pub text: String,
    /// Its color.
    pub color: ColorToken,
    /// What it speaks of, when it speaks of something.
    pub subject: Option<NodeId>,
}
