//! Which cards an arrangement moves, and where they go among those that stay.
//!
//! Must not know how lines run.

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};

use crate::base::geom::{Point, Rect, Vec2};
use crate::diagram::Diagram;
use crate::layout::ends::line_ends;
use crate::layout::engines::by_group::place_by_group;
use crate::layout::engines::grid::{self, in_rows_of};
use crate::layout::engines::rings::hops;
use crate::layout::engines::spacing::{Care, make_room};
use crate::layout::engines::{Engine, Sketch};
use crate::layout::newcomers::Newcomers;
use crate::layout::room::{GAP_ALONG, Room};
use crate::layout::row_text::CardTexts;
use crate::layout::sketching::{Grouping, sketch};
use crate::layout::spatial::RectIndex;
use crate::layout::steady::Scene;
use crate::layout::work::Work;
use crate::layout::{Card, frames, metrics};
use crate::model::Model;
use crate::model::id::{NodeId, NoteId};

/// Which cards an arrangement may move, and by what they are put together; pinned ones that have a
/// place never move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArrangeScope {
    /// All of them; good places stay.
    All,
    /// All of them, from scratch.
    Anew,
    /// Those without a place.
    New,
    /// These, around where they stand now.
    Selection(BTreeSet<NodeId>),
    /// All but this one: the fewer links lead there, the nearer to it; what hangs together with it by
    /// none, below.
    Around(NodeId),
    /// All of them, each area within itself; in a model without areas, each namespace.
    Areas,
    /// Those that no line and no area joins with others, by name in a grid below the rest.
    Unlinked,
}

/// A scope as the command line names it.
#[derive(Clone, Copy, Debug)]
pub struct Mode {
    /// Its id.
    pub id: &'static str,
    /// What it moves, in one sentence.
    pub description: &'static str,
}

/// THE list of modes; the first one is the usual one.
pub const MODES: &[Mode] = &[
    Mode { id: "all", description: "Every card that is not pinned; those that stand well stay" },
    Mode { id: "anew", description: "Every card that is not pinned, from scratch" },
    Mode { id: "new", description: "Cards without a place; no other moves" },
    Mode { id: "selection", description: "The entities that are named, around where they stand" },
    Mode {
        id: "around",
        description: "The entity that is named stays, what is nearest to it by links stands next to it",
    },
    Mode {
        id: "areas",
        description: "Each area within itself; in a model without areas, each namespace",
    },
    Mode {
        id: "unlinked",
        description: "Cards without lines and areas, by name in a grid below the rest, which stays",
    },
];

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
    if diagram.notes.is_empty() {
        return IndexMap::new();
    }
    let mut after = diagram.clone();
    for (node, place) in nodes {
        after.placements.update(*node, |placement| placement.position = *place);
    }
    displaced_among(model, diagram, &measured(&CardTexts::of(model), &after), nodes)
}

/// The same for somebody who has the cards at hand, as they stand then.
pub fn displaced_among(
    model: &Model,
    diagram: &Diagram,
    cards: &IndexMap<NodeId, Card>,
    nodes: &IndexMap<NodeId, Point>,
) -> IndexMap<NoteId, Rect> {
    let rects = RectIndex::new(cards.values().map(|card| card.rect).collect());
    let mut after = diagram.clone();
    after.notes.retain(|id, rect| {
        let subject = model.note(*id).and_then(|note| note.subject);
        let follows = subject.is_some_and(|node| nodes.contains_key(&node));
        !follows && rects.touching(*rect).next().is_none()
    });
    let placed = frames::notes(model, &after, cards).into_iter();
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
    let moving = moving(model, diagram, cards, scope);
    let staying: IndexMap<NodeId, Rect> = cards
        .iter()
        .filter(|(node, _)| !moving.contains(*node) && diagram.placements.contains_key(*node))
        .map(|(node, card)| (*node, card.rect))
        .collect();
    // When all is arranged, notes make way; else they stay, and cards do.
    let mut taken: Vec<Rect> = staying.values().copied().collect();
    if matches!(scope, ArrangeScope::New | ArrangeScope::Selection(_) | ArrangeScope::Unlinked) {
        taken.extend(diagram.notes.values());
    }
    let moving: Vec<NodeId> = moving.into_iter().collect();
    let sketch = |grouping| sketch(model, cards, &moving, grouping);
    let places = match scope {
        ArrangeScope::All | ArrangeScope::Anew | ArrangeScope::New => {
            let sketch = sketch(Grouping::Areas);
            let fresh = if staying.is_empty() {
                (engine.place)(&sketch, work)
            } else {
                Newcomers::new(model, cards, &moving, &staying, taken).places(&sketch, engine, work)
            };
            if *scope == ArrangeScope::All && engine.is_steady {
                let (moving, staying) = (&moving[..], &staying);
                let scene = Scene { model, diagram, cards, moving, staying };
                scene.steadied(fresh, (engine, work))
            } else {
                fresh
            }
        }
        ArrangeScope::Selection(_) => {
            let sketch = sketch(Grouping::Areas);
            let current = moving.iter().filter_map(|node| cards.get(node)).map(|card| card.rect);
            let middle = current.reduce(|a, b| a.union(b)).unwrap_or_default().center();
            let places = (engine.place)(&sketch, work);
            let wanted = middle - sketch.bounds(&places).size().to_vec2() / 2.0;
            in_free_room(&sketch, places, wanted, &Room::around(taken))
        }
        ArrangeScope::Areas => {
            let sketch = sketch(Grouping::AreasOrNamespaces);
            let mut places = place_by_group(&sketch, work, engine.place);
            make_room(&sketch, &mut places, Care::Quick);
            let wanted = sketch.bounds(&places).origin();
            in_free_room(&sketch, places, wanted, &Room::around(taken))
        }
        ArrangeScope::Around(center) if !cards.contains_key(center) => {
            (engine.place)(&sketch(Grouping::Areas), work)
        }
        ArrangeScope::Around(center) => around(model, cards, &moving, *center, (engine, work)),
        ArrangeScope::Unlinked => {
            let sketch = sketch(Grouping::Areas);
            let drawn = staying.keys().filter_map(|node| cards.get_key_value(node));
            let drawn = drawn.map(|(node, card)| (*node, card.clone())).collect();
            taken.extend(frames::frames(model, diagram, &drawn).into_values());
            in_grid_below(&sketch, taken, work)
        }
    };
    let mut places: IndexMap<NodeId, Point> = moving.into_iter().zip(places).collect();
    if matches!(scope, ArrangeScope::Around(_)) {
        keep_clear(cards, &staying, &mut places);
    }
    places
}

/// The cards that a scope lets move, in the order in which they are placed: those without lines by
/// name, all others as in the model.
fn moving(
    model: &Model,
    diagram: &Diagram,
    cards: &IndexMap<NodeId, Card>,
    scope: &ArrangeScope,
) -> IndexSet<NodeId> {
    let linked: BTreeSet<NodeId> = match scope {
        ArrangeScope::Unlinked => line_ends(model, cards)
            .into_iter()
            .flat_map(|line| [line.from.node, line.to.node])
            .collect(),
        _ => BTreeSet::new(),
    };
    let moves = |node: &NodeId| {
        let placement = diagram.placements.get(node);
        let is_pinned = placement.is_some_and(|one| one.pinned);
        !is_pinned
            && match scope {
                ArrangeScope::All | ArrangeScope::Anew | ArrangeScope::Areas => true,
                ArrangeScope::New => placement.is_none(),
                ArrangeScope::Selection(nodes) => nodes.contains(node),
                ArrangeScope::Around(center) => node != center || placement.is_none(),
                ArrangeScope::Unlinked => !linked.contains(node) && model.area_of(*node).is_none(),
            }
    };
    let mut moving: IndexSet<NodeId> = cards.keys().copied().filter(moves).collect();
    if *scope == ArrangeScope::Unlinked {
        moving.sort_by_cached_key(|node| (model.display_name(*node).to_lowercase(), *node));
    }
    moving
}

/// All cards of a sketch in a grid below what is taken, about as wide as that.
fn in_grid_below(sketch: &Sketch, taken: Vec<Rect>, work: &Work<'_>) -> Vec<Point> {
    let all = taken.iter().copied().reduce(|a, b| a.union(b)).unwrap_or_default();
    let below = Point::new(all.x0, if taken.is_empty() { 0.0 } else { all.y1 + GAP_ALONG });
    let own_width = sketch.bounds(&(grid::ENGINE.place)(sketch, work)).width();
    let places = in_rows_of(sketch, own_width.max(all.width()));
    in_free_room(sketch, places, below, &Room::around(taken))
}

/// All cards of a sketch as one picture, in the free room nearest to where its corner is wanted.
fn in_free_room(sketch: &Sketch, places: Vec<Point>, wanted: Point, room: &Room) -> Vec<Point> {
    let bounds = sketch.bounds(&places);
    let corner = room.nearest_free(bounds.size(), wanted, None);
    let shift = corner - bounds.origin();
    places.into_iter().map(|place| place + shift).collect()
}

/// Cards around one that stays; what does not hang together with it comes below.
fn around(
    model: &Model,
    cards: &IndexMap<NodeId, Card>,
    moving: &[NodeId],
    center: NodeId,
    (engine, work): (&Engine, &Work<'_>),
) -> Vec<Point> {
    let others = moving.iter().copied().filter(|node| *node != center);
    let nodes: Vec<NodeId> = std::iter::once(center).chain(others).collect();
    let sketch = sketch(model, cards, &nodes, Grouping::Areas);
    let (near, far): (Vec<usize>, Vec<usize>) = {
        let hops = hops(&sketch, 0);
        (0..nodes.len()).partition(|card| hops.get(*card).copied().flatten().is_some())
    };
    let (own, rest) = (sketch.part(&near), sketch.part(&far));
    let grown = (engine.grow)(&own, 0, &work.part(0.0, 0.5));
    let stands = cards.get(&center).map_or(Point::ORIGIN, |card| card.rect.origin());
    let shift = stands - grown.first().copied().unwrap_or_default();
    let bounds = own.bounds(&grown) + shift;
    let below = (engine.place)(&rest, &work.part(0.5, 0.5));
    let corner = Point::new(bounds.x0, bounds.y1 + 2.0 * GAP_ALONG);
    let fall = corner - rest.bounds(&below).origin();
    let places: IndexMap<NodeId, Point> = [(near, grown, shift), (far, below, fall)]
        .into_iter()
        .flat_map(|(cards, places, by): (Vec<usize>, Vec<Point>, Vec2)| {
            cards.into_iter().zip(places.into_iter().map(move |place| place + by))
        })
        .filter_map(|(card, place)| Some((*nodes.get(card)?, place)))
        .collect();
    moving.iter().map(|node| places.get(node).copied().unwrap_or(stands)).collect()
}

/// Moves cards that were put over some that stay to the nearest free room.
fn keep_clear(
    cards: &IndexMap<NodeId, Card>,
    staying: &IndexMap<NodeId, Rect>,
    places: &mut IndexMap<NodeId, Point>,
) {
    let rect = |node: &NodeId, place: Point| {
        let size = cards.get(node).map(|card| card.rect.size()).unwrap_or_default();
        Rect::from_origin_size(place, size)
    };
    let fixed = RectIndex::new(staying.values().copied().collect());
    let is_covered = |node: &NodeId, place: Point| {
        let with_gap = rect(node, place).inflate(GAP_ALONG / 2.0, GAP_ALONG / 2.0);
        fixed.touching(with_gap).next().is_some()
    };
    let (covering, clear): (Vec<_>, Vec<_>) = places
        .iter()
        .map(|(node, place)| (*node, *place))
        .partition(|(node, place)| is_covered(node, *place));
    if covering.is_empty() {
        return;
    }
    let clear = clear.iter().map(|(node, place)| rect(node, *place));
    let mut room = Room::around(clear.chain(staying.values().copied()).collect());
    for (node, place) in covering {
        let size = rect(&node, place).size();
        let free = room.nearest_free(size, place, None);
        room.take(Rect::from_origin_size(free, size));
        places.insert(node, free);
    }
}
