//! Which cards are hubs: many more lines end at them than at others.
//!
//! Must not know how a hub is marked.

use indexmap::IndexMap;
use petgraph::visit::EdgeRef as _;

use crate::layout::Layout;
use crate::model::Model;
use crate::model::id::NodeId;

/// With fewer lines nothing is a hub.
const FEWEST: usize = 8;
/// How many times as many lines as others a hub has.
const TIMES_THE_MEAN: f64 = 3.0;

/// How many lines end at each node that has some.
pub type Degrees = IndexMap<NodeId, usize>;

/// How many links of a model end at each node.
pub fn degrees(model: &Model) -> Degrees {
    let graph = model.graph().inner();
    let ends = graph.edge_references().flat_map(|edge| [edge.source(), edge.target()]);
    count(ends.filter_map(|end| graph.node_weight(end).copied()))
}

/// How many lines of a layout end at each card.
pub fn drawn_degrees(layout: &Layout) -> Degrees {
    count(layout.lines.values().flat_map(|line| [line.from, line.to]))
}

fn count(ends: impl Iterator<Item = NodeId>) -> Degrees {
    let mut degrees = Degrees::new();
    for end in ends {
        *degrees.entry(end).or_default() += 1;
    }
    degrees
}

/// From how many lines on a node is a hub.
pub fn least_of_a_hub(degrees: &Degrees) -> usize {
    let all: usize = degrees.values().sum();
    let mean = all as f64 / degrees.len().max(1) as f64;
    ((TIMES_THE_MEAN * mean).ceil() as usize).max(FEWEST)
}
