//! The E-R graph in petgraph: entities and enumerations as nodes, references, embeddings and uses
//! of enumerations as edges. Every traversal of the model goes through it.
//!
//! It holds ids only and is derived from the model's maps: petgraph's indices are handed out again
//! after a removal, so they never leave this file.

use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use petgraph::Direction;
use petgraph::algo::{connected_components, tarjan_scc};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;

use crate::model::Model;
use crate::model::entity::Entity;
use crate::model::id::{EntityId, FieldId, NodeId, ReferenceId};

/// What joins two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// A reference, from the referencing to the referenced entity.
    Reference(ReferenceId),
    /// A field that holds documents of an embedded entity.
    Embedding(FieldId),
    /// A field that holds values of an enumeration.
    Use(FieldId),
}

/// The graph of a model at one moment.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    graph: DiGraph<NodeId, Link>,
    index_from_node: IndexMap<NodeId, NodeIndex>,
}

impl Graph {
    /// The graph of that model, nodes and edges in the model's own order.
    pub fn of(model: &Model) -> Self {
        let mut graph = Self::default();
        for entity in model.entities() {
            graph.add_node(entity.id.into());
        }
        for enumeration in model.enumerations() {
            graph.add_node(enumeration.id.into());
        }
        for entity in model.entities() {
            for (link, to) in links_of_fields(entity) {
                graph.add_edge(entity.id, to, link);
            }
        }
        for reference in model.references() {
            let link = Link::Reference(reference.id);
            graph.add_edge(reference.from.entity, reference.to.entity.into(), link);
        }
        graph
    }

    fn add_node(&mut self, node: NodeId) {
        let index = self.graph.add_node(node);
        self.index_from_node.insert(node, index);
    }

    fn add_edge(&mut self, from: EntityId, to: NodeId, link: Link) {
        let from = self.index_from_node.get(&NodeId::Entity(from));
        let to = self.index_from_node.get(&to);
        if let (Some(from), Some(to)) = (from, to) {
            self.graph.add_edge(*from, *to, link);
        }
    }

    /// The petgraph inside, for algorithms that need all of it.
    pub fn inner(&self) -> &DiGraph<NodeId, Link> {
        &self.graph
    }

    /// What leaves a node: the link and where it leads, in the model's order.
    pub fn outgoing(&self, node: impl Into<NodeId>) -> Vec<(Link, NodeId)> {
        self.links(node.into(), Direction::Outgoing)
    }

    /// What arrives at a node: the link and where it comes from, in the model's order.
    pub fn incoming(&self, node: impl Into<NodeId>) -> Vec<(Link, NodeId)> {
        self.links(node.into(), Direction::Incoming)
    }

    fn links(&self, node: NodeId, direction: Direction) -> Vec<(Link, NodeId)> {
        let Some(index) = self.index_from_node.get(&node) else { return Vec::new() };
        let mut links: Vec<_> = self
            .graph
            .edges_directed(*index, direction)
            .map(|edge| {
                let other =
                    if direction == Direction::Outgoing { edge.target() } else { edge.source() };
                (edge.id(), *edge.weight(), other)
            })
            .collect();
        links.sort_by_key(|(edge, _, _)| *edge);
        links
            .into_iter()
            .filter_map(|(_, link, other)| Some((link, *self.graph.node_weight(other)?)))
            .collect()
    }

    /// The nodes one link away in either direction, without the node itself, each once.
    pub fn neighbors(&self, node: impl Into<NodeId>) -> Vec<NodeId> {
        let node = node.into();
        let mut found = indexmap::IndexSet::new();
        for direction in [Direction::Outgoing, Direction::Incoming] {
            found.extend(self.links(node, direction).into_iter().map(|(_, other)| other));
        }
        found.shift_remove(&node);
        found.into_iter().collect()
    }

    /// Groups of entities that reach each other over the links that `keep` accepts: an entity alone
    /// is listed only when it links to itself. Groups and members stand in the model's order.
    pub fn cycles(&self, keep: impl Fn(Link) -> bool) -> Vec<Vec<EntityId>> {
        let kept =
            self.graph.filter_map(|_, node| Some(*node), |_, link| keep(*link).then_some(*link));
        let mut groups: Vec<Vec<NodeIndex>> = tarjan_scc(&kept)
            .into_iter()
            .filter(|group| match group.as_slice() {
                [only] => kept.contains_edge(*only, *only),
                _ => true,
            })
            .map(|mut group| {
                group.sort();
                group
            })
            .collect();
        groups.sort();
        groups
            .into_iter()
            .map(|group| {
                group
                    .into_iter()
                    .filter_map(|index| match kept.node_weight(index) {
                        Some(NodeId::Entity(id)) => Some(*id),
                        Some(NodeId::Enumeration(_)) | None => None,
                    })
                    .collect()
            })
            .collect()
    }

    /// The entities with what they depend on first (over the links that `keep` accepts), else in
    /// the model's order; in a cycle, the first in the model's order breaks it.
    pub fn dependency_order(&self, keep: impl Fn(Link) -> bool) -> Vec<EntityId> {
        let mut order = Vec::new();
        let mut visited = vec![false; self.graph.node_count()];
        for start in self.graph.node_indices() {
            self.visit_dependencies(start, &keep, &mut visited, &mut order);
        }
        order
    }

    /// Depth-first with a stack of our own, since dependency chains may be long.
    fn visit_dependencies(
        &self,
        start: NodeIndex,
        keep: &impl Fn(Link) -> bool,
        visited: &mut [bool],
        order: &mut Vec<EntityId>,
    ) {
        let mut stack = vec![(start, false)];
        while let Some((index, done)) = stack.pop() {
            if done {
                if let Some(NodeId::Entity(id)) = self.graph.node_weight(index) {
                    order.push(*id);
                }
                continue;
            }
            let Some(seen) = visited.get_mut(index.index()) else { continue };
            if std::mem::replace(seen, true) {
                continue;
            }
            stack.push((index, true));
            // petgraph walks newest edges first, which is what a stack wants: oldest on top.
            for edge in self.graph.edges(index).filter(|edge| keep(*edge.weight())) {
                stack.push((edge.target(), false));
            }
        }
    }

    /// How many separate pieces the model falls into.
    pub fn component_count(&self) -> usize {
        connected_components(&self.graph)
    }
}

/// What the fields of an entity join it to.
fn links_of_fields(entity: &Entity) -> impl Iterator<Item = (Link, NodeId)> {
    entity.all_fields().into_iter().filter_map(|field| {
        let embedded = field.ty.embedded().map(|to| (Link::Embedding(field.id), to.into()));
        embedded.or_else(|| Some((Link::Use(field.id), field.ty.enumeration()?.into())))
    })
}

/// The graph of a model that changes.
///
/// - It belongs to one model and is made when that is asked for it.
/// - Before any part changes the model outdates it; if no link has changed by the next question, it
///   is taken up again, else made anew.
#[derive(Clone, Debug, Default)]
pub(super) struct CachedGraph {
    current: OnceLock<Arc<Graph>>,
    outdated: Option<Arc<Outdated>>,
}

#[derive(Debug)]
struct Outdated {
    graph: Arc<Graph>,
    made_of: Model,
}

impl CachedGraph {
    pub(super) fn of(&self, model: &Model) -> &Graph {
        self.current.get_or_init(|| match &self.outdated {
            Some(outdated) if has_same_links(&outdated.made_of, model) => {
                Arc::clone(&outdated.graph)
            }
            _ => Arc::new(Graph::of(model)),
        })
    }

    pub(super) fn is_current(&self) -> bool {
        self.current.get().is_some()
    }

    /// The model of which the graph was made is about to become another.
    pub(super) fn outdate(&mut self, made_of: Model) {
        if let Some(graph) = self.current.take() {
            self.outdated = Some(Arc::new(Outdated { graph, made_of }));
        }
    }
}

/// Whether two versions of a model have the same nodes and links; cheap where they share parts.
fn has_same_links(old: &Model, new: &Model) -> bool {
    let (Some(mut entities), Some(mut references)) =
        (new.changed_entities(old), new.changed_references(old))
    else {
        return false;
    };
    new.changed_enumerations(old).is_some()
        && entities.all(|(old, new)| links_of_fields(old).eq(links_of_fields(new)))
        && references
            .all(|(old, new)| (old.from.entity, old.to.entity) == (new.from.entity, new.to.entity))
}
