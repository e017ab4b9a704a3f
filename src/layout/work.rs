//! What somebody who asks for an arrangement says about the work on it: how good it must be, who
//! watches, and whether to go on.
//!
//! Work is counted, never timed: the same request always gives the same answer.

use std::fmt;

/// How good an arrangement must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quality {
    /// Good enough to look at while a better one is made.
    First,
    /// As good as it gets.
    #[default]
    Full,
}

/// Told how much is done, from zero to one; answers whether to go on.
pub type Watch<'a> = &'a dyn Fn(f64) -> bool;

/// The work on an arrangement.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    /// How good it must be.
    pub quality: Quality,
    watch: Option<Watch<'a>>,
    from: f64,
    share: f64,
}

impl Default for Work<'_> {
    fn default() -> Self {
        Self::unwatched(Quality::Full)
    }
}

impl fmt::Debug for Work<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Work").field("quality", &self.quality).finish_non_exhaustive()
    }
}

impl<'a> Work<'a> {
    /// Work that nobody watches.
    pub const fn unwatched(quality: Quality) -> Self {
        Self { quality, watch: None, from: 0.0, share: 1.0 }
    }

    /// Work that somebody watches, and may end early.
    pub fn watched(quality: Quality, watch: Watch<'a>) -> Self {
        Self { watch: Some(watch), ..Self::unwatched(quality) }
    }

    /// The work on a part, which starts where so much is done and is that much of the whole.
    #[must_use]
    pub fn part(&self, from: f64, share: f64) -> Self {
        Self { from: self.from + self.share * from, share: self.share * share, ..*self }
    }

    /// Tells how much is done; whether to go on. What was asked to end gives back what it has.
    pub fn goes_on(&self, done: f64) -> bool {
        self.watch.is_none_or(|watch| watch(self.from + self.share * done.clamp(0.0, 1.0)))
    }
}
