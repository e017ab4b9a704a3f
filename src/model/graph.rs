//! The E-R graph in petgraph: entities and enumerations as nodes, references, embeddings and uses
//! of enumerations as edges. Every traversal of the model goes through it.
//!
//! It holds ids only and is derived from the model's maps: petgraph's indices are handed out again
//! after a removal, so they never leave this file.

use std::hash::Hash;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;
use petgraph::Direction;
use petgraph::algo::{connected_components, tarjan_scc};
use petgraph::graph::{DiGraph, Edge, NodeIndex};
use petgraph::visit::EdgeRef as _;

use crate::base::shared_map::SharedMap;
use crate::model::Model;
use crate::model::entity::Entity;
use crate::model::field::Field;
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
    inner: DiGraph<NodeId, Link>,
    index_from_node: Arc<IndexMap<NodeId, NodeIndex>>,
    /// Whether a link was left out whose node is not there.
    lacks_links: bool,
}

impl Graph {
    /// The graph of that model, nodes and edges in the model's own order.
    pub fn of(model: &Model) -> Self {
        let mut graph = Self::with_nodes(model, None);
        for entity in model.entities() {
            for (link, to) in links_of_fields(entity) {
                graph.add_edge(entity.id.into(), to, link);
            }
        }
        for reference in model.references() {
            let link = Link::Reference(reference.id);
            graph.add_edge(reference.from.entity.into(), reference.to.entity.into(), link);
        }
        graph
    }

    /// The nodes of that model, without links. What is known of a version with the same nodes is
    /// shared.
    fn with_nodes(model: &Model, known: Option<(&Model, &Self)>) -> Self {
        let entities = model.entities.keys().map(|id| NodeId::Entity(*id));
        let enumerations = model.enumerations.keys().map(|id| NodeId::Enumeration(*id));
        let same = known.filter(|(old, _)| {
            old.entities.has_same_keys(&model.entities)
                && old.enumerations.has_same_keys(&model.enumerations)
        });
        let n_nodes = model.entities.len() + model.enumerations.len();
        let mut graph = DiGraph::with_capacity(n_nodes, model.references.len());
        let nodes = entities.chain(enumerations).map(|node| (node, graph.add_node(node)));
        let index_from_node = match same {
            Some((_, known)) => {
                nodes.for_each(drop);
                Arc::clone(&known.index_from_node)
            }
            None => Arc::new(nodes.collect()),
        };
        Self { inner: graph, index_from_node, lacks_links: false }
    }

    fn add_edge(&mut self, from: NodeId, to: NodeId, link: Link) {
        let from = self.index_from_node.get(&from).copied();
        let to = self.index_from_node.get(&to).copied();
        self.add_edge_between(from, to, link);
    }

    fn add_edge_between(&mut self, from: Option<NodeIndex>, to: Option<NodeIndex>, link: Link) {
        if let (Some(from), Some(to)) = (from, to) {
            self.inner.add_edge(from, to, link);
        } else {
            self.lacks_links = true;
        }
    }

    /// The petgraph inside, for algorithms that need all of it.
    pub fn inner(&self) -> &DiGraph<NodeId, Link> {
        &self.inner
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
            .inner
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
            .filter_map(|(_, link, other)| Some((link, *self.inner.node_weight(other)?)))
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
            self.inner.filter_map(|_, node| Some(*node), |_, link| keep(*link).then_some(*link));
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
        let mut visited = vec![false; self.inner.node_count()];
        for start in self.inner.node_indices() {
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
                if let Some(NodeId::Entity(id)) = self.inner.node_weight(index) {
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
            for edge in self.inner.edges(index).filter(|edge| keep(*edge.weight())) {
                stack.push((edge.target(), false));
            }
        }
    }

    /// How many separate pieces the model falls into.
    pub fn component_count(&self) -> usize {
        connected_components(&self.inner)
    }
}

/// What the fields of an entity join it to, outer fields first.
fn links_of_fields(entity: &Entity) -> Vec<(Link, NodeId)> {
    let mut links = Vec::new();
    for field in &entity.fields {
        field.for_each(&mut |field| links.extend(link_of(field)));
    }
    links
}

fn link_of(field: &Field) -> Option<(Link, NodeId)> {
    let embedded = field.ty.embedded().map(|to| (Link::Embedding(field.id), to.into()));
    embedded.or_else(|| Some((Link::Use(field.id), field.ty.enumeration()?.into())))
}

/// The graph of a model that changes.
///
/// - It belongs to one version of a model and its clones, and is made when the first of them is
///   asked for it.
/// - Before any part changes the model outdates it; at the next question it is taken up again where
///   no link has changed, else made anew from what it knew of all that stayed.
#[derive(Clone, Debug, Default)]
pub(super) struct CachedGraph {
    current: Arc<OnceLock<Arc<Graph>>>,
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
            Some(outdated) if !outdated.graph.lacks_links => Arc::new(outdated.brought_to(model)),
            Some(_) | None => Arc::new(Graph::of(model)),
        })
    }

    pub(super) fn is_current(&self) -> bool {
        self.current.get().is_some()
    }

    /// The model of which the graph was made is about to become another.
    pub(super) fn outdate(&mut self, made_of: Model) {
        if let Some(graph) = std::mem::take(&mut self.current).get() {
            self.outdated = Some(Arc::new(Outdated { graph: Arc::clone(graph), made_of }));
        }
    }

    /// The same where no graph was made yet: from now on clones make their own.
    pub(super) fn part(&mut self) {
        if Arc::get_mut(&mut self.current).is_none() {
            self.current = Arc::default();
        }
    }
}

impl Outdated {
    /// The graph of another version: entities and references that both share are not read, since
    /// reading all fields takes longer than all else.
    fn brought_to(&self, model: &Model) -> Graph {
        let (old, known) = (&self.made_of, &self.graph);
        let edges = known.inner.raw_edges();
        let is_of_field = |edge: &Edge<Link>| !matches!(edge.weight, Link::Reference(_));
        let n_of_fields = edges.partition_point(is_of_field);
        let (of_fields, of_references) = edges.split_at(n_of_fields);
        let mut graph = Graph::with_nodes(model, Some((old, known)));
        let moved = |node: NodeIndex| graph.index_from_node.get(known.inner.node_weight(node)?);
        let moved: Vec<Option<NodeIndex>> =
            if Arc::ptr_eq(&graph.index_from_node, &known.index_from_node) {
                known.inner.node_indices().map(Some).collect()
            } else {
                known.inner.node_indices().map(|node| moved(node).copied()).collect()
            };
        let place = |node: NodeIndex| moved.get(node.index()).copied().flatten();
        let are_there = old.entities.has_same_keys(&model.entities);
        for (number, (id, entity)) in model.entities.iter().enumerate() {
            let was = if are_there { Some(number) } else { old.entities.place_of(id) };
            let same = was.filter(|was| is_at(&old.entities, *was, entity));
            let Some(was) = same else {
                for (link, to) in links_of_fields(entity) {
                    graph.add_edge((*id).into(), to, link);
                }
                continue;
            };
            // Those of one entity stand side by side, in the order of the entities.
            let first = of_fields.partition_point(|edge| edge.source().index() < was);
            let own = of_fields.iter().skip(first).take_while(|edge| edge.source().index() == was);
            for edge in own {
                graph.add_edge_between(place(edge.source()), place(edge.target()), edge.weight);
            }
        }
        let are_there = old.references.has_same_keys(&model.references);
        for (number, (id, reference)) in model.references.iter().enumerate() {
            let was = if are_there { Some(number) } else { old.references.place_of(id) };
            let same = was.filter(|was| is_at(&old.references, *was, reference));
            if let Some(edge) = same.and_then(|was| of_references.get(was)) {
                graph.add_edge_between(place(edge.source()), place(edge.target()), edge.weight);
            } else {
                let (from, to) = (reference.from.entity.into(), reference.to.entity.into());
                graph.add_edge(from, to, Link::Reference(*id));
            }
        }
        graph
    }
}

/// Whether a part is the one that stood at a place of an older version.
fn is_at<K: Hash + Eq, V>(old: &SharedMap<K, Arc<V>>, place: usize, part: &Arc<V>) -> bool {
    old.at(place).is_some_and(|old| Arc::ptr_eq(old, part))
}

/// Whether two versions of a model have the same nodes and links; cheap where they share parts.
fn has_same_links(old: &Model, new: &Model) -> bool {
    let (Some(mut entities), Some(mut references)) =
        (new.changed_entities(old), new.changed_references(old))
    else {
        return false;
    };
    new.changed_enumerations(old).is_some()
        && entities.all(|(old, new)| links_of_fields(old) == links_of_fields(new))
        && references
            .all(|(old, new)| (old.from.entity, old.to.entity) == (new.from.entity, new.to.entity))
}
