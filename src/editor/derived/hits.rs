//! What is under a point, kept up to date without looking at all of a diagram: an index of how
//! things were, and a small one over what changed since.

use std::sync::{Arc, OnceLock};

use indexmap::IndexSet;

use crate::base::geom::{Point, Rect};
use crate::editor::derived::patch::Patched;
use crate::layout::{Layout, LineId};
use crate::model::Model;
use crate::model::id::NodeId;
use crate::scene::hit::HitIndex;
use crate::scene::target::Target;

/// More changes than this are worth an index of everything.
const MOST_PATCHED: usize = 400;

/// Answers what is under a point or in a rectangle of a layout.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    base: OnceLock<Arc<HitIndex>>,
    patch: Option<Arc<Patch>>,
}

/// What changed since the index was made.
#[derive(Clone, Debug)]
struct Patch {
    nodes: IndexSet<NodeId>,
    lines: IndexSet<LineId>,
    /// The changed things as they are now.
    layout: Layout,
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
        let Patched { mut nodes, mut lines } = patched;
        if let Some(old) = self.patch.take() {
            nodes.extend(&old.nodes);
            lines.extend(&old.lines);
        }
        if nodes.len() + lines.len() > MOST_PATCHED {
            self.base = OnceLock::new();
            return;
        }
        let cards = nodes.iter().filter_map(|node| Some((*node, layout.cards.get(node)?.clone())));
        let drawn = lines.iter().filter_map(|line| Some((*line, layout.lines.get(line)?.clone())));
        let layout = Layout {
            cards: cards.collect(),
            lines: drawn.collect(),
            notes: layout.notes.clone(),
            frames: layout.frames.clone(),
            bounds: layout.bounds,
        };
        let index = HitIndex::of(model, &layout);
        self.patch = Some(Arc::new(Patch { nodes, lines, layout, index }));
    }

    /// The uppermost thing at a point, or the nearest line within the tolerance.
    pub fn at(&self, layout: &Layout, point: Point, tolerance: f64) -> Option<Target> {
        let base = self.base.get().and_then(|base| base.at(layout, point, tolerance));
        let Some(patch) = &self.patch else { return base };
        let base = base.filter(|target| !patch.replaces(*target));
        let fresh = patch.index.at(&patch.layout, point, tolerance);
        // Whatever stands above a line or frame hides it, whichever index knows it.
        match (base, fresh) {
            (Some(base), Some(fresh)) if height(base) > height(fresh) => Some(base),
            (base, fresh) => fresh.or(base),
        }
    }

    /// What lies wholly inside a rectangle.
    pub fn inside(&self, layout: &Layout, rect: Rect) -> Vec<Target> {
        self.found(|index, layout| index.inside(layout, rect), layout)
    }

    /// What a rectangle touches, and areas that lie wholly inside.
    pub fn touching(&self, layout: &Layout, rect: Rect) -> Vec<Target> {
        self.found(|index, _| index.touching(rect), layout)
    }

    fn found(
        &self,
        find: impl Fn(&HitIndex, &Layout) -> Vec<Target>,
        layout: &Layout,
    ) -> Vec<Target> {
        let mut found = self.base.get().map(|base| find(base, layout)).unwrap_or_default();
        if let Some(patch) = &self.patch {
            found.retain(|target| !patch.replaces(*target));
            found.extend(find(&patch.index, &patch.layout));
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
            | Target::Port(node, _) => self.nodes.contains(&node),
            Target::Line(line) | Target::LineEnd(line, _) | Target::LineLabel(line) => {
                self.lines.contains(&line)
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
