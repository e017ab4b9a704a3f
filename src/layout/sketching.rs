//! What an engine is told of the cards of a diagram: their sizes, the links among them, their groups.
//!
//! Must not know where cards stand.

use indexmap::IndexMap;

use crate::layout::Card;
use crate::layout::ends::line_ends;
use crate::layout::engines::{Sketch, SketchLink};
use crate::layout::routing::labels::label_size;
use crate::model::Model;
use crate::model::graph::Link;
use crate::model::id::{NamespaceId, NodeId};

/// What counts as a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grouping {
    /// An area.
    Areas,
    /// An area; in a model without areas, a namespace.
    AreasOrNamespaces,
}

/// What an engine knows of those cards.
pub(super) fn sketch(
    model: &Model,
    cards: &IndexMap<NodeId, Card>,
    nodes: &[NodeId],
    grouping: Grouping,
) -> Sketch {
    let number_from_node: IndexMap<NodeId, usize> =
        nodes.iter().enumerate().map(|(number, node)| (*node, number)).collect();
    let number = |node: NodeId| number_from_node.get(&node).copied();
    let links = line_ends(model, cards).into_iter().filter_map(|line| {
        Some(SketchLink {
            from: number(line.from.node)?,
            to: number(line.to.node)?,
            from_offset: line.from.offset,
            to_offset: line.to.offset,
            weight: weight(line.id),
            label: label_size(model, line.id).map_or(0.0, |size| size.width),
            marks: (line.from.mark, line.to.mark),
        })
    });
    let groups = groups(model, nodes, number, grouping);
    let sizes = nodes.iter().filter_map(|node| Some(cards.get(node)?.rect.size())).collect();
    Sketch { sizes, links: links.collect(), groups }
}

/// The group of each of those cards.
fn groups(
    model: &Model,
    nodes: &[NodeId],
    number: impl Fn(NodeId) -> Option<usize>,
    grouping: Grouping,
) -> Vec<Option<usize>> {
    if grouping == Grouping::AreasOrNamespaces && model.areas().len() == 0 {
        let from_namespace: IndexMap<NamespaceId, usize> =
            model.namespaces().enumerate().map(|(number, one)| (one.id, number)).collect();
        let of = |node: &NodeId| from_namespace.get(&namespace_of(model, *node)?).copied();
        return nodes.iter().map(of).collect();
    }
    let mut groups = vec![None; nodes.len()];
    for (group, area) in model.areas().enumerate() {
        for member in area.members.iter().filter_map(|node| number(*node)) {
            if let Some(slot) = groups.get_mut(member) {
                *slot = Some(group);
            }
        }
    }
    groups
}

fn namespace_of(model: &Model, node: NodeId) -> Option<NamespaceId> {
    match node {
        NodeId::Entity(id) => model.entity(id)?.namespace,
        NodeId::Enumeration(id) => model.enumeration(id)?.namespace,
    }
}

/// How much the shortness of a line matters.
fn weight(link: Link) -> f64 {
    match link {
        Link::Reference(_) => 1.0,
        Link::Embedding(_) => 1.5,
        Link::Use(_) => 0.5,
    }
}
