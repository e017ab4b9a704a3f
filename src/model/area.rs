//! An area: a logical group of entities and enumerations; where its frame lies is a diagram's business.

use crate::model::id::{AreaId, NodeId};

/// A named, colored group.
///
/// - A member is in one area at most; the model's own mutation keeps that.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Its identity.
    pub id: AreaId,
    /// Its name.
    pub name: String,
    /// Its color.
    pub color: ColorToken,
    /// What belongs to it.
    pub members: Vec<NodeId>,
    /// What it is for; empty means nothing was said.
    pub note: String,
}

/// A color by name, so that light and dark themes each have their own shade of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColorToken {
    /// Neutral; what a card has when nobody chose.
    #[default]
    Slate,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Amber.
    Amber,
    /// Green.
    Green,
    /// Teal.
    Teal,
    /// Blue.
    Blue,
    /// Violet.
    Violet,
    /// Pink.
    Pink,
}

impl ColorToken {
    /// All colors, in the order in which menus show them.
    pub const ALL: [Self; 9] = [
        Self::Slate,
        Self::Red,
        Self::Orange,
        Self::Amber,
        Self::Green,
        Self::Teal,
        Self::Blue,
        Self::Violet,
        Self::Pink,
    ];

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Slate => "slate",
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Amber => "amber",
            Self::Green => "green",
            Self::Teal => "teal",
            Self::Blue => "blue",
            Self::Violet => "violet",
            Self::Pink => "pink",
        }
    }

    /// The color of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|color| color.as_str() == name)
    }
}
