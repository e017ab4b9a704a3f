//! Cards that an edit made larger push their neighbors aside, as a part of that edit.
//!
//! Must not know how cards are measured or pushed; that is the layout's.

use std::collections::BTreeMap;

use crate::base::geom::Size;
use crate::document::edit::diagrams::{Arrangement, arrange};
use crate::document::project::Project;
use crate::editor::derived::Derived;
use crate::layout::growth::make_way;
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
        if !derived.is_draft() && project.model != before.model && is_same(project) {
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
    let texts = CardTexts::of_some(&project.model, changed.iter().copied());
    let size = |node: &NodeId| {
        metrics::card(&texts, *node, shown.detail, shown.placements.get(node)).rect.size()
    };
    let after: BTreeMap<NodeId, Size> = changed.iter().map(|node| (*node, size(node))).collect();
    let nodes = make_way(shown, &derived.layout().cards, &after);
    if !nodes.is_empty() {
        arrange(project, diagram, &Arrangement { nodes, ..Arrangement::default() });
    }
}

/// The entities and enumerations that differ, of those that both versions have.
fn changed_nodes(model: &Model, before: &Model) -> Vec<NodeId> {
    let entities = model.changed_entities(before).into_iter().flatten();
    let enumerations = model.changed_enumerations(before).into_iter().flatten();
    let entities = entities.map(|(_, entity)| NodeId::Entity(entity.id));
    entities.chain(enumerations.map(|(_, one)| NodeId::Enumeration(one.id))).collect()
}
