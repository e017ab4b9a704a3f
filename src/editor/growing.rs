//! Cards that an edit or unfolding made larger push their neighbors aside, as a part of that step.
//!
//! Must not know how cards are measured or pushed; that is the layout's.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::base::geom::{Rect, Size};
use crate::diagram::Diagram;
use crate::document::edit::diagrams::{Arrangement, arrange};
use crate::document::project::Project;
use crate::editor::Editor;
use crate::editor::derived::Derived;
use crate::editor::detail::change_looks;
use crate::layout::Layout;
use crate::layout::arrange::displaced_among;
use crate::layout::growth::{Gaps, make_way};
use crate::layout::metrics;
use crate::layout::row_text::CardTexts;
use crate::model::Model;
use crate::model::id::{DiagramId, IdMint, NodeId};

/// The same change, after which cards of that diagram make way for those that it made larger.
pub(super) fn make_way_after<R>(
    change: impl FnOnce(&mut Project, &mut IdMint) -> R,
    derived: &Derived,
    diagram: DiagramId,
) -> impl FnOnce(&mut Project, &mut IdMint) -> R {
    move |project, mint| {
        let before = project.clone();
        let result = change(project, mint);
        // What an edit of the diagram itself changes is its own affair.
        let is_same = |project: &Project| project.diagram(diagram) == before.diagram(diagram);
        if derived.has_all_cards() && project.model != before.model && is_same(project) {
            make_way_in(project, &before.model, derived, diagram);
        }
        result
    }
}

fn make_way_in(project: &mut Project, before: &Model, derived: &Derived, diagram: DiagramId) {
    let Some(shown) = project.diagram(diagram) else { return };
    let changed = changed_nodes(&project.model, before);
    let placed = |node: &NodeId| shown.placements.contains_key(node);
    let changed: Vec<NodeId> = changed.into_iter().filter(placed).collect();
    if changed.is_empty() {
        return;
    }
    let after = sizes(&project.model, shown, &changed);
    let nodes = make_way(shown, &derived.layout().cards, &after, Gaps::EDITED);
    if !nodes.is_empty() {
        arrange(project, diagram, &Arrangement { nodes, ..Arrangement::default() });
    }
}

/// How large those cards are in a diagram.
fn sizes(model: &Model, diagram: &Diagram, nodes: &[NodeId]) -> BTreeMap<NodeId, Size> {
    let texts = CardTexts::of_some(model, nodes.iter().copied());
    let size = |node: &NodeId| {
        metrics::card(&texts, *node, diagram.detail, diagram.placements.get(node)).rect.size()
    };
    nodes.iter().map(|node| (*node, size(node))).collect()
}

impl Editor {
    /// Changes how large these cards of the open diagram are: cards and notes near those that grow
    /// make room.
    pub(super) fn fold(
        &mut self,
        label: &str,
        nodes: &[NodeId],
        change: impl FnOnce(&mut Project, DiagramId),
    ) {
        let diagram = self.session.diagram;
        let layout = self.derived.has_all_cards().then(|| Arc::clone(self.derived.layout()));
        self.edit(label, |project, _| match layout {
            Some(layout) => {
                change(project, diagram);
                make_room_around(project, diagram, &layout, nodes);
            }
            None => change_looks(project, diagram, |project| change(project, diagram)),
        });
    }
}

/// Makes room around cards that are as large as the project says now; all others are as they were
/// drawn.
fn make_room_around(project: &mut Project, id: DiagramId, layout: &Layout, changed: &[NodeId]) {
    let (model, Some(diagram)) = (&project.model, project.diagram(id)) else { return };
    let after = sizes(model, diagram, changed);
    let nodes = make_way(diagram, &layout.cards, &after, Gaps::USUAL);
    let mut notes = IndexMap::new();
    if !diagram.notes.is_empty() {
        let mut cards = layout.cards.clone();
        for (node, card) in &mut cards {
            let corner = nodes.get(node).copied().unwrap_or(card.rect.origin());
            let size = after.get(node).copied().unwrap_or(card.rect.size());
            card.rect = Rect::from_origin_size(corner, size);
        }
        notes = displaced_among(model, diagram, &cards, &nodes);
    }
    arrange(project, id, &Arrangement { nodes, notes, ..Arrangement::default() });
}

/// The entities and enumerations that differ, of those that both versions have.
fn changed_nodes(model: &Model, before: &Model) -> Vec<NodeId> {
    let entities = model.changed_entities(before).into_iter().flatten();
    let enumerations = model.changed_enumerations(before).into_iter().flatten();
    let entities = entities.map(|(_, entity)| NodeId::Entity(entity.id));
    entities.chain(enumerations.map(|(_, one)| NodeId::Enumeration(one.id))).collect()
}
