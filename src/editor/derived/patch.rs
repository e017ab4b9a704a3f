//! A layout brought up to date where a few parts changed, at a cost that grows with them and not
//! with the diagram. Lines elsewhere stay as they are until all is laid out anew.

use indexmap::{IndexMap, IndexSet};

use crate::base::geom::Rect;
use crate::diagram::Diagram;
use crate::document::project::Project;
use crate::editor::derived::changes::Parts;
use crate::editor::derived::hits::Hits;
use crate::layout::ends::{LineEnds, ends_of};
use crate::layout::frames::{frames, notes};
use crate::layout::routing::{Effort, Leading, obstacles};
use crate::layout::row_text::CardTexts;
use crate::layout::{Layout, LineId, metrics};
use crate::model::Model;
use crate::model::id::NodeId;
use crate::scene::target::Target;

/// How far around its ends a line may look for a way.
const LEEWAY: f64 = 400.0;
/// Lines are led around at most this many cards; among more they are drawn as simple shapes.
const MOST_AROUND: usize = 300;

/// What was brought up to date, things that are gone among them.
#[derive(Clone, Debug, Default)]
pub(super) struct Patched {
    pub(super) nodes: IndexSet<NodeId>,
    pub(super) lines: IndexSet<LineId>,
}

/// Brings a layout up to date; `hits` are still those of the layout as it was.
pub(super) fn patch(
    layout: &mut Layout,
    hits: &Hits,
    old: &Project,
    new: &Project,
    diagram: &Diagram,
    parts: &Parts,
) -> Patched {
    let mut patched = Patched::default();
    patched.nodes.extend(&parts.gone);
    patched.nodes.extend(&parts.reworded);
    patched.nodes.extend(&parts.moved);
    let mut stale: IndexSet<LineId> = parts.lines.clone();
    for node in &patched.nodes {
        stale.extend(links(&old.model, *node).map(|(link, _)| link));
    }
    let around = neighborhood(layout, hits, &patched.nodes);
    place_cards(layout, &new.model, diagram, parts);
    let ends = ends_to_lead(layout, &new.model, &patched.nodes, &parts.lines);
    patched.lines = lead(layout, &new.model, diagram, &ends, around);
    for line in &patched.lines {
        widen_bounds(layout, *line);
    }
    for line in stale {
        if patched.lines.insert(line) {
            layout.lines.shift_remove(&line);
        }
    }
    if parts.notes {
        layout.notes = notes(&new.model, diagram, &layout.cards);
    }
    let in_areas = || patched.nodes.iter().any(|node| new.model.area_of(*node).is_some());
    if parts.areas || (new.model.areas().len() > 0 && in_areas()) {
        layout.frames = frames(&new.model, diagram, &layout.cards);
    }
    let boxes = layout.frames.values().chain(layout.notes.values()).copied();
    layout.bounds = boxes.fold(layout.bounds, |bounds, rect| bounds.union(rect));
    patched
}

fn links(model: &Model, node: NodeId) -> impl Iterator<Item = (LineId, (NodeId, NodeId))> {
    let graph = model.graph();
    let leaving = graph.outgoing(node).into_iter().map(move |(link, to)| (link, (node, to)));
    let arriving = graph.incoming(node).into_iter().map(move |(link, from)| (link, (from, node)));
    leaving.chain(arriving)
}

/// The cards that stand near changing ones and stay as they are.
fn neighborhood(layout: &Layout, hits: &Hits, nodes: &IndexSet<NodeId>) -> IndexMap<NodeId, Rect> {
    let rects = nodes.iter().filter_map(|node| Some(layout.cards.get(node)?.rect));
    let region = rects.reduce(|a, b| a.union(b)).unwrap_or_default();
    cards_in(layout, hits, region.inflate(LEEWAY, LEEWAY), nodes)
}

fn cards_in(
    layout: &Layout,
    hits: &Hits,
    region: Rect,
    without: &IndexSet<NodeId>,
) -> IndexMap<NodeId, Rect> {
    hits.touching(layout, region)
        .into_iter()
        .filter_map(|target| match target {
            Target::Card(node) if !without.contains(&node) => {
                Some((node, layout.cards.get(&node)?.rect))
            }
            _ => None,
        })
        .collect()
}

fn place_cards(layout: &mut Layout, model: &Model, diagram: &Diagram, parts: &Parts) {
    for node in &parts.gone {
        layout.cards.shift_remove(node);
    }
    if !parts.reworded.is_empty() {
        let texts = CardTexts::of_some(model, parts.reworded.iter().copied());
        for node in parts.reworded.iter().filter(|node| diagram.shows(**node)) {
            let placement = diagram.placements.get(node);
            let card = metrics::card(&texts, *node, diagram.detail, placement);
            layout.bounds = layout.bounds.union(card.rect);
            layout.cards.insert(*node, card);
        }
    }
    for node in &parts.moved {
        let place = diagram.placements.get(node).map(|placement| placement.position);
        if let (Some(card), Some(place)) = (layout.cards.get_mut(node), place) {
            card.rect = Rect::from_origin_size(place, card.rect.size());
            layout.bounds = layout.bounds.union(card.rect);
        }
    }
}

/// The ends of all lines at those cards, and of those lines.
fn ends_to_lead(
    layout: &Layout,
    model: &Model,
    nodes: &IndexSet<NodeId>,
    lines: &IndexSet<LineId>,
) -> Vec<LineEnds> {
    let mut wanted: IndexMap<LineId, (NodeId, NodeId)> =
        nodes.iter().flat_map(|node| links(model, *node)).collect();
    for line in lines {
        if let Some(drawn) = layout.lines.get(line) {
            wanted.entry(*line).or_insert((drawn.from, drawn.to));
        }
    }
    let ends = |(link, ends)| ends_of(model, &layout.cards, link, ends);
    wanted.into_iter().filter_map(ends).collect()
}

/// Leads those lines around what is near them.
fn lead(
    layout: &mut Layout,
    model: &Model,
    diagram: &Diagram,
    ends: &[LineEnds],
    mut near: IndexMap<NodeId, Rect>,
) -> IndexSet<LineId> {
    for node in ends.iter().flat_map(|ends| [ends.from.node, ends.to.node]) {
        near.extend(layout.cards.get(&node).map(|card| (node, card.rect)));
    }
    let effort = if near.len() > MOST_AROUND { Effort::Draft } else { Effort::Around };
    let notes: Vec<Rect> = layout.notes.values().copied().collect();
    let obstacles = obstacles(near.values().copied().collect(), &notes);
    let card = |node: NodeId| near.get_full(&node).map(|(number, _, rect)| (number, *rect));
    let leading = Leading { model, diagram, obstacles: &obstacles, effort };
    let led = leading.lines(ends, card);
    let ids = led.keys().copied().collect();
    for (id, line) in led {
        layout.lines.insert(id, line);
    }
    ids
}

fn widen_bounds(layout: &mut Layout, line: LineId) {
    let points = layout.lines.get(&line).map(|line| line.points.as_slice()).unwrap_or_default();
    layout.bounds = points.iter().fold(layout.bounds, |bounds, point| bounds.union_pt(*point));
}
