//! Cards that are being moved: what changes in a layout, at a cost that grows with the lines at the
//! moved cards and not with the diagram.
//!
//! Must not know pointers or frames per second. Once a move is over, [`layout`](super::layout())
//! decides anew, and other lines make room.

use indexmap::{IndexMap, IndexSet};

use crate::base::geom::{Rect, Vec2};
use crate::diagram::Diagram;
use crate::layout::ends::{LineEnds, ends_of};
use crate::layout::frames::{framed, titles};
use crate::layout::routing::{Effort, Leading, obstacles};
use crate::layout::spatial::RectIndex;
use crate::layout::{Layout, Line, LineId};
use crate::model::Model;
use crate::model::id::{AreaId, NodeId};

/// Lines are led around at most this many cards while a card moves; a move across more of them
/// draws simple shapes.
const MOST_AROUND: usize = 300;
/// How far around its ends a line may look for a way.
const LEEWAY: f64 = 400.0;

/// Some cards of a layout, taken up to be moved.
#[derive(Clone, Debug)]
pub struct Moving<'a> {
    model: &'a Model,
    diagram: &'a Diagram,
    /// The moved cards as they stood: their numbers in the layout and places.
    moved: IndexMap<NodeId, (usize, Rect)>,
    /// Cards at the other ends of their lines.
    others: IndexMap<NodeId, (usize, Rect)>,
    /// All that stays where it is.
    staying: RectIndex,
    ends: Vec<LineEnds>,
    /// The areas of moved cards, with what stays of them.
    areas: Vec<Area>,
}

#[derive(Clone, Debug)]
struct Area {
    id: AreaId,
    staying: Option<Rect>,
    moved: Vec<NodeId>,
}

/// What a move changes in a layout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moved {
    /// The places of the moved cards.
    pub cards: IndexMap<NodeId, Rect>,
    /// The lines at them.
    pub lines: IndexMap<LineId, Line>,
    /// The frames of their areas, except those sized by hand.
    pub frames: IndexMap<AreaId, Rect>,
}

impl<'a> Moving<'a> {
    /// Takes up those cards of a layout of that diagram.
    pub fn new(
        layout: &Layout,
        model: &'a Model,
        diagram: &'a Diagram,
        nodes: &IndexSet<NodeId>,
    ) -> Self {
        let place = |node: NodeId| {
            layout.cards.get_full(&node).map(|(number, _, card)| (node, (number, card.rect)))
        };
        let graph = model.graph();
        let links = nodes.iter().flat_map(|node| {
            let leaving = graph.outgoing(*node).into_iter().map(|(link, to)| (link, (*node, to)));
            let arriving =
                graph.incoming(*node).into_iter().map(|(link, from)| (link, (from, *node)));
            leaving.chain(arriving)
        });
        let links: IndexMap<LineId, (NodeId, NodeId)> = links.collect();
        let ends: Vec<LineEnds> = links
            .into_iter()
            .filter_map(|(link, ends)| ends_of(model, &layout.cards, link, ends))
            .collect();
        let both = ends.iter().flat_map(|ends| [ends.from.node, ends.to.node]);
        let staying = layout.cards.iter().filter(|(node, _)| !nodes.contains(*node));
        let staying = staying.map(|(_, card)| card.rect).collect();
        let mut texts = titles(model, &layout.frames);
        texts.extend(layout.notes.values().copied());
        Self {
            model,
            diagram,
            moved: nodes.iter().filter_map(|node| place(*node)).collect(),
            others: both.filter(|node| !nodes.contains(node)).filter_map(place).collect(),
            staying: obstacles(staying, &texts),
            ends,
            areas: areas(layout, model, diagram, nodes),
        }
    }

    /// What it looks like once they are moved that far from where they stood.
    pub fn by(&self, distance: Vec2, effort: Effort) -> Moved {
        let cards: IndexMap<NodeId, Rect> =
            self.moved.iter().map(|(node, (_, rect))| (*node, *rect + distance)).collect();
        let card = |node: NodeId| match self.moved.get(&node) {
            Some((number, rect)) => Some((*number, *rect + distance)),
            None => self.others.get(&node).copied(),
        };
        let (around, effort) = self.surroundings(&cards, effort);
        let leading =
            Leading { model: self.model, diagram: self.diagram, obstacles: &around, effort };
        let lines = leading.lines(&self.ends, card);
        let frames = self.areas.iter().filter_map(|area| {
            let moved = area.moved.iter().filter_map(|node| cards.get(node)).copied();
            let members = area.staying.into_iter().chain(moved).reduce(|a, b| a.union(b))?;
            Some((area.id, framed(members)))
        });
        let frames = frames.collect();
        Moved { cards, lines, frames }
    }

    /// What the lines run around, and the effort that so many cards allow.
    fn surroundings(&self, moved: &IndexMap<NodeId, Rect>, effort: Effort) -> (RectIndex, Effort) {
        let others = self.others.values().map(|(_, rect)| *rect);
        let region = moved.values().copied().chain(others).reduce(|a, b| a.union(b));
        let region = region.unwrap_or_default().inflate(LEEWAY, LEEWAY);
        let near: Vec<Rect> =
            self.staying.touching(region).filter_map(|number| self.staying.rect(number)).collect();
        let effort = if near.len() > MOST_AROUND { Effort::Draft } else { effort };
        (RectIndex::new(moved.values().copied().chain(near).collect()), effort)
    }
}

/// The areas that those nodes are in, except those whose frames were sized by hand.
fn areas(layout: &Layout, model: &Model, diagram: &Diagram, nodes: &IndexSet<NodeId>) -> Vec<Area> {
    let areas = model.areas().filter(|area| !diagram.frames.contains_key(&area.id));
    areas
        .filter_map(|area| {
            let (moved, staying): (Vec<NodeId>, Vec<NodeId>) =
                area.members.iter().copied().partition(|node| nodes.contains(node));
            let rects =
                staying.iter().filter_map(|node| layout.cards.get(node)).map(|card| card.rect);
            let staying = rects.reduce(|a, b| a.union(b));
            (!moved.is_empty()).then_some(Area { id: area.id, staying, moved })
        })
        .collect()
}

impl Layout {
    /// Takes over what a move changed.
    pub fn apply(&mut self, moved: Moved) {
        for (node, rect) in moved.cards {
            if let Some(card) = self.cards.get_mut(&node) {
                card.rect = rect;
            }
        }
        for (id, line) in moved.lines {
            self.lines.insert(id, line);
        }
        for (id, frame) in moved.frames {
            self.frames.insert(id, frame);
        }
        self.bounds = self.bounds_of_parts();
    }
}
