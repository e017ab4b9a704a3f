//! What is under a point, kept up to date without looking at all of a diagram: an index of how
//! things were, and a small one over what changed since.

use std::sync::{Arc, OnceLock};

use crate::base::geom::{Point, Rect};
use crate::editor::derived::patch::Patched;
use crate::layout::Layout;
use crate::model::Model;
use crate::scene::hit::HitIndex;
use crate::scene::target::Target;

/// As many changes as this have an index of their own, whatever the size of the diagram.
const FEW: usize = 400;

/// Answers what is under a point or in a rectangle of a layout.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    base: OnceLock<Arc<HitIndex>>,
    patch: Option<Arc<Patch>>,
}

/// What changed since the index was made.
#[derive(Clone, Debug)]
struct Patch {
    things: Patched,
    /// Where they are now.
    index: HitIndex,
}

impl Hits {
    /// An index that is at hand already.
    pub(super) fn ready(index: HitIndex) -> Self {
        Self { base: OnceLock::from(Arc::new(index)), patch: None }
    }

    /// Makes the index of everything, unless it is there.
    pub(super) fn prepare(&self, model: &Model, layout: &Layout) {
        self.base.get_or_init(|| Arc::new(HitIndex::of(model, layout)));
    }

    /// Takes into account what was brought up to date.
    pub(super) fn update(&mut self, model: &Model, layout: &Layout, patched: Patched) {
        let mut things = patched;
        if let Some(old) = self.patch.take() {
            things.nodes.extend(&old.things.nodes);
            things.lines.extend(&old.things.lines);
        }
        if things.len() > FEW && 2 * things.len() > layout.cards.len() + layout.lines.len() {
            // It costs no more than an index of these alone.
            *self = Self::ready(HitIndex::of(model, layout));
            return;
        }
        let cards = things.nodes.iter().filter_map(|id| Some((*id, layout.cards.get(id)?)));
        let lines = things.lines.iter().filter_map(|id| Some((*id, layout.lines.get(id)?)));
        let index = HitIndex::of_some(model, layout, cards, lines);
        self.patch = Some(Arc::new(Patch { things, index }));
    }

    /// The uppermost thing at a point, or the nearest line within the tolerance.
    pub fn at(&self, layout: &Layout, point: Point, tolerance: f64) -> Option<Target> {
        let base = self.base.get().and_then(|base| base.at(layout, point, tolerance));
        let Some(patch) = &self.patch else { return base };
        let base = base.filter(|target| !patch.replaces(*target));
        let fresh = patch.index.at(layout, point, tolerance);
        // Whatever stands above a line or frame hides it, whichever index knows it.
        match (base, fresh) {
            (Some(base), Some(fresh)) if height(base) > height(fresh) => Some(base),
            (base, fresh) => fresh.or(base),
        }
    }

    /// What lies wholly inside a rectangle.
    pub fn inside(&self, layout: &Layout, rect: Rect) -> Vec<Target> {
        self.found(|index| index.inside(layout, rect))
    }

    /// What a rectangle touches, and areas that lie wholly inside.
    pub fn touching(&self, rect: Rect) -> Vec<Target> {
        self.found(|index| index.touching(rect))
    }

    fn found(&self, find: impl Fn(&HitIndex) -> Vec<Target>) -> Vec<Target> {
        let mut found = self.base.get().map(|base| find(base)).unwrap_or_default();
        if let Some(patch) = &self.patch {
            found.retain(|target| !patch.replaces(*target));
            found.extend(find(&patch.index));
        }
        found
    }
}

impl Patch {
    /// Whether this index knows better. Notes and frames are few: it has all of them.
    fn replaces(&self, target: Target) -> bool {
        match target {
            Target::Card(node)
            | Target::Header(node)
            | Target::Row(node, _)
            | Target::Port(node, _) => self.things.nodes.contains(&node),
            Target::Line(line) | Target::LineEnd(line, _) | Target::LineLabel(line) => {
                self.things.lines.contains(&line)
            }
            Target::Area(_) | Target::Note(_) => true,
        }
    }
}

/// What hides what: notes, cards, labels, lines, frames.
fn height(target: Target) -> u8 {
    match target {
        Target::Note(_) => 4,
        Target::Card(_) | Target::Header(_) | Target::Row(..) | Target::Port(..) => 3,
        Target::LineLabel(_) => 2,
        Target::Line(_) | Target::LineEnd(..) => 1,
        Target::Area(_) => 0,
    }
}
