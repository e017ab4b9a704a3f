//! Which entities hang together more than with others: an offer of areas.
//!
//! Communities by modularity (Blondel, Guillaume, Lambiotte, Lefebvre: Fast unfolding of communities in
//! large networks, 2008). Nodes are always visited in the same order, so that the answer is always the
//! same. Must not know where cards stand.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use petgraph::visit::EdgeRef as _;

use crate::model::Model;
use crate::model::id::NodeId;

/// Smaller communities are not worth a frame.
const SMALLEST: usize = 3;
/// How much better a move must be.
const LEAST_GAIN: f64 = 1e-9;
/// How often all nodes look for a better community at most.
const MOST_ROUNDS: usize = 20;

/// The communities of those nodes, the largest first, each in the order of the nodes; nodes that hang
/// together with few others are in none.
pub fn communities(model: &Model, nodes: &[NodeId]) -> Vec<Vec<NodeId>> {
    let mut community: Vec<usize> = (0..nodes.len()).collect();
    let mut graph = Graph::of(model, nodes);
    loop {
        let found = graph.moved();
        let n_found = found.iter().max().map_or(0, |last| last + 1);
        for slot in &mut community {
            *slot = found.get(*slot).copied().unwrap_or(*slot);
        }
        if n_found == graph.n_nodes() {
            break;
        }
        graph = graph.folded(&found, n_found);
    }
    let mut members: BTreeMap<usize, Vec<NodeId>> = BTreeMap::new();
    for (node, community) in nodes.iter().zip(community) {
        members.entry(community).or_default().push(*node);
    }
    let mut found: Vec<Vec<NodeId>> =
        members.into_values().filter(|members| members.len() >= SMALLEST).collect();
    found.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    found
}

/// A graph with weights.
#[derive(Debug)]
struct Graph {
    /// For each node, its neighbors and the weight of the links to them.
    neighbors: Vec<Vec<(usize, f64)>>,
    /// The weight of the links from each node to itself, both ends counted.
    own: Vec<f64>,
    /// The weight of all links of a node.
    degrees: Vec<f64>,
    /// The weight of all links, both ends counted.
    total: f64,
}

impl Graph {
    fn of(model: &Model, nodes: &[NodeId]) -> Self {
        let number_from_node: IndexMap<NodeId, usize> =
            nodes.iter().enumerate().map(|(number, node)| (*node, number)).collect();
        let graph = model.graph().inner();
        let number = |index| number_from_node.get(graph.node_weight(index)?).copied();
        let links = graph
            .edge_references()
            .filter_map(|edge| Some((number(edge.source())?, number(edge.target())?, 1.0)));
        Self::with_links(nodes.len(), links.filter(|(a, b, _)| a != b))
    }

    fn with_links(n_nodes: usize, links: impl Iterator<Item = (usize, usize, f64)>) -> Self {
        let mut weights = vec![BTreeMap::new(); n_nodes];
        let mut own = vec![0.0; n_nodes];
        for (a, b, weight) in links {
            if a == b {
                own.get_mut(a).into_iter().for_each(|own| *own += 2.0 * weight);
                continue;
            }
            for (from, to) in [(a, b), (b, a)] {
                if let Some(weights) = weights.get_mut(from) {
                    *weights.entry(to).or_insert(0.0) += weight;
                }
            }
        }
        let neighbors: Vec<Vec<(usize, f64)>> =
            weights.into_iter().map(|weights| weights.into_iter().collect()).collect();
        let sum = |links: &Vec<(usize, f64)>| links.iter().map(|(_, weight)| weight).sum::<f64>();
        let degrees: Vec<f64> =
            neighbors.iter().zip(&own).map(|(links, own)| sum(links) + own).collect();
        let total = degrees.iter().sum();
        Self { neighbors, own, degrees, total }
    }

    fn n_nodes(&self) -> usize {
        self.neighbors.len()
    }

    fn degree(&self, node: usize) -> f64 {
        self.degrees.get(node).copied().unwrap_or(0.0)
    }

    /// The community of each node once no move makes them better, counted from zero.
    fn moved(&self) -> Vec<usize> {
        let mut community: Vec<usize> = (0..self.n_nodes()).collect();
        let mut weights = self.degrees.clone();
        for _ in 0..MOST_ROUNDS {
            let mut has_moved = false;
            for node in 0..self.n_nodes() {
                let own = community.get(node).copied().unwrap_or_default();
                let best = self.best_community(node, own, &community, &weights);
                if best == own {
                    continue;
                }
                has_moved = true;
                for (community, change) in [(own, -self.degree(node)), (best, self.degree(node))] {
                    if let Some(weight) = weights.get_mut(community) {
                        *weight += change;
                    }
                }
                if let Some(slot) = community.get_mut(node) {
                    *slot = best;
                }
            }
            if !has_moved {
                break;
            }
        }
        let mut number_from_community: IndexMap<usize, usize> = IndexMap::new();
        for community in &mut community {
            let next = number_from_community.len();
            *community = *number_from_community.entry(*community).or_insert(next);
        }
        community
    }

    /// The community where a node adds most to the modularity.
    fn best_community(
        &self,
        node: usize,
        own: usize,
        community: &[usize],
        weights: &[f64],
    ) -> usize {
        let mut links: BTreeMap<usize, f64> = BTreeMap::from([(own, 0.0)]);
        for (other, weight) in self.neighbors.get(node).into_iter().flatten() {
            let there = community.get(*other).copied().unwrap_or_default();
            *links.entry(there).or_insert(0.0) += weight;
        }
        let gain = |there: usize, links: f64| {
            let without = if there == own { self.degree(node) } else { 0.0 };
            let weight = weights.get(there).copied().unwrap_or(0.0) - without;
            links - weight * self.degree(node) / self.total.max(1.0)
        };
        let stay = gain(own, links.get(&own).copied().unwrap_or(0.0));
        let best = links.into_iter().map(|(there, links)| (gain(there, links), there));
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.filter(|(most, _)| *most > stay + LEAST_GAIN).map_or(own, |(_, there)| there)
    }

    /// The graph of communities.
    fn folded(&self, community: &[usize], n_communities: usize) -> Self {
        let at = |node: usize| community.get(node).copied().unwrap_or_default();
        let links = self.neighbors.iter().enumerate().flat_map(|(a, links)| {
            let links = links.iter().filter(move |(b, _)| a < *b);
            links.map(move |(b, weight)| (at(a), at(*b), *weight))
        });
        let own = self.own.iter().enumerate().map(|(node, own)| (at(node), at(node), own / 2.0));
        Self::with_links(n_communities, links.chain(own))
    }
}
