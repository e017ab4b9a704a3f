//! The ways of drawing a diagram that a person chooses: marks, detail and lines.

/// The marks at the ends of references.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notation {
    /// Crow's foot (Everest, 1976); the usual one.
    #[default]
    CrowsFoot,
    /// IDEF1X (FIPS 184, 1993).
    Idef1x,
    /// UML multiplicities.
    Uml,
    /// Chen's `1` and `N` (Chen, 1976).
    Chen,
}

impl Notation {
    /// All of them, in the order in which menus show them.
    pub const ALL: [Self; 4] = [Self::CrowsFoot, Self::Idef1x, Self::Uml, Self::Chen];

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CrowsFoot => "crows-foot",
            Self::Idef1x => "idef1x",
            Self::Uml => "uml",
            Self::Chen => "chen",
        }
    }
}

/// How much of each card is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// Headers only.
    Names,
    /// Fields of keys and references.
    Keys,
    /// All fields, without types.
    Fields,
    /// All fields with types; the usual one.
    #[default]
    Types,
    /// All fields with types and notes.
    Notes,
}

impl Detail {
    /// All of them, from least to most.
    pub const ALL: [Self; 5] = [Self::Names, Self::Keys, Self::Fields, Self::Types, Self::Notes];

    /// Up to this many cards can be read with all their fields when they fill a window.
    const MOST_WHOLE: usize = 80;
    /// Up to this many cards can be told apart with their keys.
    const MOST_WITH_KEYS: usize = 320;

    /// What suits a diagram of that many cards which nobody has looked at yet.
    pub fn of_size(n_cards: usize) -> Self {
        if n_cards <= Self::MOST_WHOLE {
            Self::default()
        } else if n_cards <= Self::MOST_WITH_KEYS {
            Self::Keys
        } else {
            Self::Names
        }
    }

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Keys => "keys",
            Self::Fields => "fields",
            Self::Types => "types",
            Self::Notes => "notes",
        }
    }
}

/// How lines run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineStyle {
    /// Level and upright pieces around cards; the usual one.
    #[default]
    Orthogonal,
    /// One smooth curve.
    Curved,
    /// One straight line.
    Straight,
}

impl LineStyle {
    /// All of them, in the order in which menus show them.
    pub const ALL: [Self; 3] = [Self::Orthogonal, Self::Curved, Self::Straight];

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Orthogonal => "orthogonal",
            Self::Curved => "curved",
            Self::Straight => "straight",
        }
    }
}
