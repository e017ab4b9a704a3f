//! The notations: which marks stand at the ends of references, and how their lines are dashed.
//!
//! [`ALL`] is the list that menus, the command line and the scene read; to add a notation, write a
//! file with its [`NotationStyle`] and name it there. Must not know how lines run.

pub mod chen;
pub mod crows_foot;
pub mod idef1x;
pub mod mark;
pub mod uml;

use crate::diagram::notation::Notation;
use crate::model::reference::Reference;
use crate::scene::notations::mark::Mark;

/// A way of marking the ends of references.
#[derive(Clone, Copy, Debug)]
pub struct NotationStyle {
    /// Which one it is.
    pub notation: Notation,
    /// Its name, as menus show it.
    pub name: &'static str,
    /// What it draws, in one sentence.
    pub description: &'static str,
    /// Draws the mark of one end.
    pub mark: fn(&Reference, &mut Mark),
    /// Lengths of dashes and gaps of the line; none is a line without gaps.
    pub dash: fn(&Reference) -> Option<(f64, f64)>,
}

/// THE list of notations, in the order in which menus show them.
pub const ALL: [NotationStyle; 4] = [crows_foot::STYLE, idef1x::STYLE, uml::STYLE, chen::STYLE];

/// The style of a notation.
pub fn style_of(notation: Notation) -> &'static NotationStyle {
    match notation {
        Notation::CrowsFoot => &crows_foot::STYLE,
        Notation::Idef1x => &idef1x::STYLE,
        Notation::Uml => &uml::STYLE,
        Notation::Chen => &chen::STYLE,
    }
}
