//! What follows from the document: layout, hit index, findings. Recomputed when the revision or the
//! diagram changes, and only as far as something asks for it.
//!
//! Must not know selection or tools.

use std::sync::{Arc, OnceLock};

use crate::base::geom::{Point, Rect};
use crate::checks::check;
use crate::checks::finding::Finding;
use crate::document::Document;
use crate::layout::room::{GAP_ACROSS, Room};
use crate::layout::{Card, Layout, layout};
use crate::model::id::{DiagramId, NodeId};
use crate::scene::hit::HitIndex;

/// How many new cards find places one by one.
const FEW: usize = 24;

/// Caches of one editor.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    made_of: Option<(u64, DiagramId)>,
    layout: Arc<Layout>,
    hits: OnceLock<Arc<HitIndex>>,
    version: u64,
    findings: Arc<Vec<Finding>>,
    checked: Option<u64>,
}

impl Derived {
    /// Brings the layout up to date; says whether anything changed.
    pub fn refresh(&mut self, document: &Document, diagram: DiagramId) -> bool {
        let wanted = Some((document.revision(), diagram));
        if self.made_of == wanted {
            return false;
        }
        let project = document.project();
        let Some(shown) = project.diagram(diagram) else { return false };
        self.layout = Arc::new(layout(&project.model, shown));
        self.hits = OnceLock::new();
        self.version += 1;
        self.made_of = wanted;
        true
    }

    /// Where everything stands.
    pub fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    /// Grows with every new layout.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// What is under a point, made at the first question after a change.
    pub fn hits(&self, document: &Document) -> &Arc<HitIndex> {
        self.hits.get_or_init(|| Arc::new(HitIndex::of(&document.project().model, &self.layout)))
    }

    /// Places for the cards that have none of their own: a few go beside what they hang together
    /// with, many where the layout put them.
    pub fn computed_places(&self, document: &Document, diagram: DiagramId) -> Vec<(NodeId, Point)> {
        let project = document.project();
        let Some(shown) = project.diagram(diagram) else { return Vec::new() };
        let is_placed = |node: &NodeId| shown.placements.contains_key(node);
        let (old, new): (Vec<_>, Vec<_>) =
            self.layout.cards.iter().partition(|(node, _)| is_placed(node));
        if old.is_empty() || new.len() > FEW {
            return new.into_iter().map(|(node, card)| (*node, card.rect.origin())).collect();
        }
        let mut room = Room::around(old.iter().map(|(_, card)| card.rect).collect());
        let graph = project.model.graph();
        let place = |(node, card): (&NodeId, &Card)| {
            let neighbors = graph.neighbors(*node).into_iter();
            let beside = neighbors
                .filter(is_placed)
                .find_map(|neighbor| Some(self.layout.cards.get(&neighbor)?.rect));
            let wanted = match beside {
                Some(rect) => Point::new(rect.x1 + GAP_ACROSS, rect.y0),
                None => card.rect.origin(),
            };
            let at = room.nearest_free(card.rect.size(), wanted, None);
            room.take(Rect::from_origin_size(at, card.rect.size()));
            (*node, at)
        };
        new.into_iter().map(place).collect()
    }

    /// The findings that were accepted last.
    pub fn findings(&self) -> &Arc<Vec<Finding>> {
        &self.findings
    }

    /// Whether findings of that revision are still to be made.
    pub fn needs_check(&self, revision: u64) -> bool {
        self.checked != Some(revision)
    }

    /// Takes findings over, unless they are older than those at hand.
    pub fn accept_findings(&mut self, revision: u64, findings: Vec<Finding>) {
        if self.checked.is_none_or(|checked| checked < revision) {
            self.checked = Some(revision);
            self.findings = Arc::new(findings);
        }
    }

    /// Makes the findings here and now.
    pub fn check_now(&mut self, document: &Document) {
        let project = document.project();
        let findings = check(&project.model, &project.settings.target);
        self.accept_findings(document.revision(), findings);
    }
}
