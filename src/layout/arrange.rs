//! Which cards an arrangement moves, and where they go among those that stay.
//!
//! Must not know how lines run.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::base::geom::{Point, Rect};
use crate::diagram::Diagram;
use crate::layout::ends::line_ends;
use crate::layout::engines::{Engine, Sketch, SketchLink};
use crate::layout::newcomers::Newcomers;
use crate::layout::room::Room;
use crate::layout::routing::labels::label_size;
use crate::layout::row_text::CardTexts;
use crate::layout::spatial::RectIndex;
use crate::layout::work::Work;
use crate::layout::{Card, frames, metrics};
use crate::model::Model;
use crate::model::graph::Link;
use crate::model::id::{NodeId, NoteId};

/// Which cards an arrangement may move; pinned ones that have a place never move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArrangeScope {
    /// All of them.
    All,
    /// Those without a place.
    New,
    /// These, around where they stand now.
    Selection(BTreeSet<NodeId>),
}

/// Where an engine puts the cards of a diagram that the scope lets it move: their top left corners,
/// in the model's order, without overlapping what stays.
pub fn arrange(
    model: &Model,
    diagram: &Diagram,
    engine: &Engine,
    scope: &ArrangeScope,
) -> IndexMap<NodeId, Point> {
    arrange_watched(model, diagram, engine, scope, &Work::default())
}

/// The same for somebody who watches the work or wants a quick answer; nothing to rely on once it was
/// asked to end.
pub fn arrange_watched(
    model: &Model,
    diagram: &Diagram,
    engine: &Engine,
    scope: &ArrangeScope,
    work: &Work<'_>,
) -> IndexMap<NodeId, Point> {
    let texts = CardTexts::of(model);
    let cards = measured(&texts, diagram);
    arrange_cards(model, diagram, &cards, (engine, work), scope)
}

/// Where placed notes go once cards stand at those places: a note that a card would cover, or whose
/// subject moves, stands where it would if nobody had placed it.
pub fn displaced_notes(
    model: &Model,
    diagram: &Diagram,
    nodes: &IndexMap<NodeId, Point>,
) -> IndexMap<NoteId, Rect> {
    let mut after = diagram.clone();
    for (node, place) in nodes {
        after.placements.update(*node, |placement| placement.position = *place);
    }
    let cards = measured(&CardTexts::of(model), &after);
    let rects = RectIndex::new(cards.values().map(|card| card.rect).collect());
    after.notes.retain(|id, rect| {
        let subject = model.notes().find(|note| note.id == *id).and_then(|note| note.subject);
        let follows = subject.is_some_and(|node| nodes.contains_key(&node));
        !follows && rects.touching(*rect).next().is_none()
    });
    let placed = frames::notes(model, &after, &cards).into_iter();
    placed.filter(|(id, rect)| diagram.notes.get(id).is_some_and(|old| old != rect)).collect()
}

/// The cards of a diagram, those without a place at the origin.
pub(super) fn measured(texts: &CardTexts<'_>, diagram: &Diagram) -> IndexMap<NodeId, Card> {
    let nodes = diagram.nodes(texts.model()).into_iter();
    nodes
        .map(|node| {
            let placement = diagram.placements.get(&node);
            (node, metrics::card(texts, node, diagram.detail, placement))
        })
        .collect()
}

/// Like [`arrange`], for cards that were measured.
pub(super) fn arrange_cards(
    model: &Model,
    diagram: &Diagram,
    cards: &IndexMap<NodeId, Card>,
    (engine, work): (&Engine, &Work<'_>),
    scope: &ArrangeScope,
) -> IndexMap<NodeId, Point> {
    let moves = |node: &NodeId| match (diagram.placements.get(node), scope) {
        (None, ArrangeScope::All | ArrangeScope::New) => true,
        (Some(placement), ArrangeScope::All) => !placement.pinned,
        (Some(_), ArrangeScope::New) => false,
        (placement, ArrangeScope::Selection(nodes)) => {
            nodes.contains(node) && !placement.is_some_and(|one| one.pinned)
        }
    };
    let moving: Vec<NodeId> = cards.keys().copied().filter(moves).collect();
    let staying: IndexMap<NodeId, Rect> = cards
        .iter()
        .filter(|(node, _)| !moves(node) && diagram.placements.contains_key(*node))
        .map(|(node, card)| (*node, card.rect))
        .collect();
    // When all is arranged, notes make way; else they stay, and cards do.
    let mut taken: Vec<Rect> = staying.values().copied().collect();
    if *scope != ArrangeScope::All {
        taken.extend(diagram.notes.values());
    }
    let sketch = sketch(model, cards, &moving);
    let places = if staying.is_empty() {
        (engine.place)(&sketch, work)
    } else if matches!(scope, ArrangeScope::Selection(_)) {
        let current = moving.iter().filter_map(|node| cards.get(node)).map(|card| card.rect);
        let middle = current.reduce(|a, b| a.union(b)).unwrap_or_default().center();
        around(&sketch, (engine, work), middle, &Room::around(taken))
    } else {
        Newcomers::new(model, cards, &moving, &staying, taken).places(&sketch, engine, work)
    };
    moving.into_iter().zip(places).collect()
}

/// All cards of a sketch as one picture, in the free room nearest to a point.
fn around(
    sketch: &Sketch,
    (engine, work): (&Engine, &Work<'_>),
    middle: Point,
    room: &Room,
) -> Vec<Point> {
    let places = (engine.place)(sketch, work);
    let bounds = bounds(sketch, &places);
    let corner = room.nearest_free(bounds.size(), middle - bounds.size().to_vec2() / 2.0, None);
    let shift = corner - bounds.origin();
    places.into_iter().map(|place| place + shift).collect()
}

/// What cards at those places take up.
pub(super) fn bounds(sketch: &Sketch, places: &[Point]) -> Rect {
    let boxes = places.iter().zip(&sketch.sizes);
    boxes
        .map(|(place, size)| Rect::from_origin_size(*place, *size))
        .reduce(|a, b| a.union(b))
        .unwrap_or_default()
}

/// What an engine knows of those cards.
fn sketch(model: &Model, cards: &IndexMap<NodeId, Card>, nodes: &[NodeId]) -> Sketch {
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
    let mut groups = vec![None; nodes.len()];
    for (group, area) in model.areas().enumerate() {
        for member in area.members.iter().filter_map(|node| number(*node)) {
            if let Some(slot) = groups.get_mut(member) {
                *slot = Some(group);
            }
        }
    }
    let sizes = nodes.iter().filter_map(|node| Some(cards.get(node)?.rect.size())).collect();
    Sketch { sizes, links: links.collect(), groups }
}

/// How much the shortness of a line matters.
fn weight(link: Link) -> f64 {
    match link {
        Link::Reference(_) => 1.0,
        Link::Embedding(_) => 1.5,
        Link::Use(_) => 0.5,
    }
}
