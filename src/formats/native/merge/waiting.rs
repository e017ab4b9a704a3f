//! A merge that Git or `lunette merge` could not finish: both sides in one file.

use crate::base::diagnostic::has_errors;
use crate::document::project::Project;
use crate::formats::native;
use crate::formats::native::merge::markers::sides_of;
use crate::formats::native::merge::{Choose, Merged, Versions, merge, merge_sides};

/// Two sides that somebody has to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Sides {
    /// What both began with, where that is known.
    pub base: Option<Project>,
    /// One side.
    pub ours: Project,
    /// The other side.
    pub theirs: Project,
}

/// The sides in a text with conflict markers; none when it has no whole conflict, or when a side is
/// no project.
pub fn sides_in(text: &str, name: &str) -> Option<Sides> {
    let sides = sides_of(text)?;
    let read = |text: &str| {
        let read = native::read(text, name);
        (!has_errors(&read.diagnostics)).then_some(read.project)
    };
    let base = sides.base.as_deref().and_then(read);
    Some(Sides { base, ours: read(&sides.ours)?, theirs: read(&sides.theirs)? })
}

impl Sides {
    /// Merges them.
    pub fn merge(&self, choose: Choose<'_>) -> Merged {
        let Self { base, ours, theirs } = self;
        match base {
            Some(base) => merge(Versions { base, ours, theirs }, choose),
            None => merge_sides(ours, theirs, choose),
        }
    }
}
