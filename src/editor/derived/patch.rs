//! A layout brought up to date where a few parts changed, at a cost that grows with them and not
//! with the diagram. Lines elsewhere stay as they are until all is laid out anew.

use indexmap::{IndexMap, IndexSet};

use crate::base::geom::{Rect, Vec2};
use crate::diagram::Diagram;
use crate::document::project::Project;
use crate::editor::derived::changes::Parts;
use crate::editor::derived::hits::Hits;
use crate::layout::ends::{LineEnds, ends_of};
use crate::layout::frames::{frame, frames, notes};
use crate::layout::routing::{Effort, Leading, obstacles};
use crate::layout::row_text::CardTexts;
use crate::layout::{Card, Layout, LineId, metrics};
use crate::model::Model;
use crate::model::area::Area;
use crate::model::graph::Link;
use crate::model::id::{AreaId, NodeId};
use crate::scene::target::Target;

/// How far around its ends a line may look for a way.
const LEEWAY: f64 = 400.0;
/// Lines are led around at most this many cards; among more they are drawn as simple shapes.
const MOST_AROUND: usize = 300;

/// What was brought up to date, things that are gone among them.
#[derive(Clone, Debug, Default)]
pub struct Patched {
    /// The cards.
    pub nodes: IndexSet<NodeId>,
    /// The lines.
    pub lines: IndexSet<LineId>,
}

impl Patched {
    /// How many things.
    pub(super) fn len(&self) -> usize {
        self.nodes.len() + self.lines.len()
    }
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
    let measured = measured(&new.model, diagram, parts);
    let lines = Affected::of(layout, (&old.model, &new.model), diagram, parts, &measured);
    let around = neighborhood(layout, hits, &patched.nodes, &lines);
    place_cards(layout, diagram, parts, measured);
    for (line, by) in &lines.carried {
        carry(layout, *line, *by);
    }
    let ends = |(link, ends): (&LineId, &(NodeId, NodeId))| {
        ends_of(&new.model, &layout.cards, *link, *ends)
    };
    let ends: Vec<LineEnds> = lines.led.iter().filter_map(ends).collect();
    patched.lines = lead(layout, &new.model, diagram, &ends, around);
    patched.lines.extend(lines.carried.keys());
    for line in &patched.lines {
        widen_bounds(layout, *line);
    }
    for line in lines.stale {
        if patched.lines.insert(line) {
            layout.lines.shift_remove(&line);
        }
    }
    if parts.notes {
        layout.notes = notes(&new.model, diagram, &layout.cards);
    }
    if parts.areas {
        layout.frames = frames(&new.model, diagram, &layout.cards);
    } else {
        let around = patched.nodes.iter().filter_map(|node| new.model.area_of(*node));
        let touched: IndexMap<AreaId, &Area> = around.map(|area| (area.id, area)).collect();
        for (id, area) in touched {
            if let Some(frame) = frame(diagram, &layout.cards, area) {
                layout.frames.insert(id, frame);
            }
        }
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

/// The cards that say something else, as large as they are now.
fn measured(model: &Model, diagram: &Diagram, parts: &Parts) -> IndexMap<NodeId, Card> {
    if parts.reworded.is_empty() {
        return IndexMap::new();
    }
    let texts = CardTexts::of_some(model, parts.reworded.iter().copied());
    let shown = parts.reworded.iter().filter(|node| diagram.shows(**node));
    let card = |node: &NodeId| {
        (*node, metrics::card(&texts, *node, diagram.detail, diagram.placements.get(node)))
    };
    shown.map(card).collect()
}

/// What becomes of the lines at cards that changed.
#[derive(Debug, Default)]
struct Affected {
    /// Those whose two cards only moved, and alike: they go along as they are.
    carried: IndexMap<LineId, Vec2>,
    /// Those that are led anew, with their cards.
    led: IndexMap<LineId, (NodeId, NodeId)>,
    /// Those that are gone, unless they are led.
    stale: Vec<LineId>,
}

impl Affected {
    fn of(
        layout: &Layout,
        (old, new): (&Model, &Model),
        diagram: &Diagram,
        parts: &Parts,
        measured: &IndexMap<NodeId, Card>,
    ) -> Self {
        let mut affected = Self { stale: parts.lines.iter().copied().collect(), ..Self::default() };
        // Cards that look as before keep the lines that they have.
        let is_still = |node: &NodeId| {
            measured.get(node).is_some_and(|card| layout.cards.get(node) == Some(card))
        };
        for node in &parts.reworded {
            let links: Vec<_> = links(new, *node).collect();
            if is_still(node) {
                let has = |line: &LineId| links.iter().any(|(link, _)| link == line);
                let before = self::links(old, *node).map(|(link, _)| link);
                affected.stale.extend(before.filter(|line| !has(line)));
                let is_drawn = |line: &LineId| layout.lines.contains_key(line);
                affected.led.extend(links.into_iter().filter(|(line, _)| !is_drawn(line)));
            } else {
                affected.stale.extend(self::links(old, *node).map(|(link, _)| link));
                affected.led.extend(links);
            }
        }
        for node in &parts.gone {
            affected.stale.extend(links(old, *node).map(|(link, _)| link));
        }
        affected.add_moved(layout, new, diagram, parts);
        for line in &parts.lines {
            if let Some(drawn) = layout.lines.get(line) {
                affected.led.entry(*line).or_insert((drawn.from, drawn.to));
            }
        }
        affected
    }

    /// The lines of cards that only moved: their links are what they were.
    fn add_moved(&mut self, layout: &Layout, model: &Model, diagram: &Diagram, parts: &Parts) {
        let shift = |node: &NodeId| {
            let place = diagram.placements.get(node)?.position;
            Some((*node, place - layout.cards.get(node)?.rect.origin()))
        };
        let only_moved = parts.moved.iter().filter(|node| !parts.reworded.contains(*node));
        let shifts: IndexMap<NodeId, Vec2> = only_moved.clone().filter_map(shift).collect();
        let is_bent = |line: &LineId| match line {
            Link::Reference(id) => diagram.routes.contains_key(id),
            Link::Embedding(_) | Link::Use(_) => false,
        };
        for (line, (from, to)) in only_moved.flat_map(|node| links(model, *node)) {
            let by = shifts.get(&from).filter(|by| from != to && shifts.get(&to) == Some(by));
            match by.filter(|_| layout.lines.contains_key(&line) && !is_bent(&line)) {
                Some(by) if !parts.lines.contains(&line) => {
                    self.carried.insert(line, *by);
                }
                Some(_) | None => {
                    self.led.insert(line, (from, to));
                }
            }
        }
    }
}

fn carry(layout: &mut Layout, line: LineId, by: Vec2) {
    let Some(line) = layout.lines.get_mut(&line) else { return };
    let ends = [&mut line.start.point, &mut line.end.point, &mut line.label];
    for point in line.points.iter_mut().chain(ends) {
        *point += by;
    }
}

/// The cards that stay as they are near changing ones, as far as lines are led there.
fn neighborhood(
    layout: &Layout,
    hits: &Hits,
    nodes: &IndexSet<NodeId>,
    lines: &Affected,
) -> IndexMap<NodeId, Rect> {
    let ends: IndexSet<NodeId> = lines.led.values().flat_map(|(from, to)| [*from, *to]).collect();
    let changing = nodes.iter().filter(|node| ends.contains(*node));
    let rects = changing.filter_map(|node| Some(layout.cards.get(node)?.rect));
    let Some(region) = rects.reduce(|a, b| a.union(b)) else { return IndexMap::new() };
    cards_in(layout, hits, region.inflate(LEEWAY, LEEWAY), nodes)
}

fn cards_in(
    layout: &Layout,
    hits: &Hits,
    region: Rect,
    without: &IndexSet<NodeId>,
) -> IndexMap<NodeId, Rect> {
    hits.touching(region)
        .into_iter()
        .filter_map(|target| match target {
            Target::Card(node) if !without.contains(&node) => {
                Some((node, layout.cards.get(&node)?.rect))
            }
            _ => None,
        })
        .collect()
}

fn place_cards(
    layout: &mut Layout,
    diagram: &Diagram,
    parts: &Parts,
    measured: IndexMap<NodeId, Card>,
) {
    for node in &parts.gone {
        layout.cards.shift_remove(node);
    }
    for (node, card) in measured {
        layout.bounds = layout.bounds.union(card.rect);
        layout.cards.insert(node, card);
    }
    for node in &parts.moved {
        let place = diagram.placements.get(node).map(|placement| placement.position);
        if let (Some(card), Some(place)) = (layout.cards.get_mut(node), place) {
            card.rect = Rect::from_origin_size(place, card.rect.size());
            layout.bounds = layout.bounds.union(card.rect);
        }
    }
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
