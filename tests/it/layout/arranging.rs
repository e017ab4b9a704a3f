//! Arranging: each engine, and what each scope leaves alone.

use std::collections::BTreeSet;

use lunette::base::geom::{Point, Rect};
use lunette::diagram::Diagram;
use lunette::diagram::notation::Detail;
use lunette::diagram::placement::Placement;
use lunette::layout::arrange::{ArrangeScope, arrange, displaced_notes};
use lunette::layout::engines::{self, Engine};
use lunette::layout::growth::make_room;
use lunette::layout::layout;
use lunette::model::Model;
use lunette::model::id::NodeId;

use super::{assert_no_overlap, everything, laid_out};
use crate::support::builder::Builder;
use crate::support::kitchen_sink;
use crate::support::random::{Shape, random_project};

const SHAPE: Shape = Shape { entities: 30, references: 40, enumerations: 4, areas: 2 };

/// A diagram in which everything stands where an engine put it.
fn arranged(model: &Model, engine: &Engine) -> Diagram {
    let mut diagram = everything();
    for (node, corner) in arrange(model, &diagram, engine, &ArrangeScope::All) {
        diagram.placements.insert(node, Placement::at(corner));
    }
    diagram
}

#[test]
fn every_engine_places_every_card_apart() {
    let project = random_project(SHAPE, 3);
    let empty = Model::new();
    for engine in engines::ALL {
        let diagram = arranged(&project.model, engine);
        assert_eq!(diagram.placements.len(), diagram.nodes(&project.model).len());
        assert_no_overlap(&layout(&project.model, &diagram));
        assert!(arranged(&empty, engine).placements.is_empty());
        assert_eq!(engines::engine(engine.id).map(|one| one.name), Some(engine.name));
    }
}

#[test]
fn pinned_cards_stay_when_all_are_arranged() {
    let project = random_project(SHAPE, 4);
    let mut diagram = everything();
    let pinned = diagram.nodes(&project.model)[5];
    let position = Point::new(-1234.0, 777.0);
    let placement = Placement { pinned: true, ..Placement::at(position) };
    diagram.placements.insert(pinned, placement);
    let moved = arrange(&project.model, &diagram, &engines::DEFAULT, &ArrangeScope::All);
    assert!(!moved.contains_key(&pinned));
    for (node, corner) in moved {
        diagram.placements.insert(node, Placement::at(corner));
    }
    let layout = layout(&project.model, &diagram);
    assert_eq!(layout.cards[&pinned].rect.origin(), position);
    assert_no_overlap(&layout);
}

#[test]
fn cards_that_grow_push_others_aside() {
    let mut project = random_project(Shape { areas: 0, ..SHAPE }, 12);
    for entity in project.model.entities().map(|entity| entity.id).collect::<Vec<_>>() {
        let entity = project.model.entity_mut(entity).unwrap();
        for field in &mut entity.fields {
            "As people say it, in some more words than fit.".clone_into(&mut field.note);
        }
    }
    let mut before = arranged(&project.model, &engines::DEFAULT);
    before.detail = Detail::Keys;
    let mut after = Diagram { detail: Detail::Notes, ..before.clone() };
    let moved = make_room(&project.model, &before, &after);
    for (node, corner) in &moved {
        after.placements.get_mut(node).unwrap().position = *corner;
    }
    assert_no_overlap(&layout(&project.model, &after));
    let smaller = Diagram { detail: Detail::Keys, ..after.clone() };
    assert!(make_room(&project.model, &after, &smaller).is_empty(), "what shrinks moves nothing");
    let first = |diagram: &Diagram| {
        diagram.placements.values().map(|one| one.position.x).fold(f64::INFINITY, f64::min)
    };
    assert_eq!(first(&before), first(&after));
}

#[test]
fn notes_make_way_for_arranged_cards() {
    let project = kitchen_sink();
    let mut diagram = everything();
    let nodes = arrange(&project.model, &diagram, &engines::DEFAULT, &ArrangeScope::All);
    let ids: Vec<_> = project.model.notes().map(|note| note.id).collect();
    for (id, place) in ids.iter().zip(nodes.values()) {
        diagram.notes.insert(*id, Rect::from_origin_size(*place, (160.0, 80.0)));
    }
    let notes = displaced_notes(&project.model, &diagram, &nodes);
    assert_eq!(notes.len(), diagram.notes.len());
    diagram.notes.extend(notes);
    for (node, corner) in nodes {
        diagram.placements.insert(node, Placement::at(corner));
    }
    let drawn = layout(&project.model, &diagram);
    for (note, rect) in &drawn.notes {
        assert!(!drawn.cards.values().any(|card| super::overlaps(card.rect, *rect)), "{note}");
    }
}

#[test]
fn a_selection_is_arranged_where_it_stands() {
    let project = random_project(SHAPE, 5);
    let diagram = arranged(&project.model, &engines::DEFAULT);
    let nodes: BTreeSet<NodeId> = diagram.placements.keys().copied().skip(3).take(6).collect();
    let scope = ArrangeScope::Selection(nodes.clone());
    let moved = arrange(&project.model, &diagram, &engines::DEFAULT, &scope);
    assert_eq!(moved.keys().copied().collect::<BTreeSet<_>>(), nodes);
    let mut after = diagram.clone();
    for (node, corner) in moved {
        after.placements.insert(node, Placement::at(corner));
    }
    assert_no_overlap(&layout(&project.model, &after));
}

#[test]
fn a_new_card_stands_near_what_it_is_linked_to() {
    let project = random_project(SHAPE, 6);
    let mut diagram = arranged(&project.model, &engines::DEFAULT);
    let graph = project.model.graph();
    let nodes = diagram.nodes(&project.model);
    let new = *nodes.iter().find(|node| graph.neighbors(**node).len() == 1).unwrap();
    let neighbor = graph.neighbors(new)[0];
    diagram.placements.remove(&new);
    let layout = layout(&project.model, &diagram);
    assert_no_overlap(&layout);
    let gap = distance(layout.cards[&new].rect, layout.cards[&neighbor].rect);
    let farthest = layout.bounds.size().to_vec2().hypot();
    assert!(gap < farthest / 2.0, "{gap} of {farthest}");
}

fn distance(a: Rect, b: Rect) -> f64 {
    let apart = |a0: f64, a1: f64, b0: f64, b1: f64| (a0 - b1).max(b0 - a1).max(0.0);
    apart(a.x0, a.x1, b.x0, b.x1).hypot(apart(a.y0, a.y1, b.y0, b.y1))
}

#[test]
fn linked_cards_end_up_closer_than_in_the_order_of_the_model() {
    let project = random_project(Shape { areas: 0, ..SHAPE }, 8);
    let length = |engine: &Engine| {
        let layout = layout(&project.model, &arranged(&project.model, engine));
        let lines = layout.lines.values();
        lines.map(|line| line.points.windows(2).map(|p| (p[1] - p[0]).hypot()).sum::<f64>()).sum()
    };
    let (layered, grid): (f64, f64) =
        (length(&engines::layered::ENGINE), length(&engines::grid::ENGINE));
    assert!(layered < 0.8 * grid, "{layered} of {grid}");
}

#[test]
fn frames_surround_their_members_and_keep_others_out() {
    let project = random_project(Shape { areas: 2, ..SHAPE }, 9);
    let layout = laid_out(&project.model);
    assert_eq!(layout.frames.len(), 2);
    for area in project.model.areas() {
        let frame = layout.frames[&area.id];
        for (node, card) in &layout.cards {
            let inside = frame.union(card.rect) == frame;
            assert_eq!(inside, area.members.contains(node), "{node} and {}", area.name);
            assert!(inside || !super::overlaps(frame, card.rect), "{node} cuts {}", area.name);
        }
    }
}

#[test]
fn a_chosen_diagram_shows_only_what_was_chosen() {
    let mut build = Builder::new("Chosen");
    let (a, b, c) = (build.collection("A"), build.collection("B"), build.collection("C"));
    build.many_to_many(a, b);
    build.many_to_many(b, c);
    let mut diagram = everything();
    diagram.content = lunette::diagram::Content::Chosen([a.into(), b.into()].into_iter().collect());
    let layout = layout(&build.project.model, &diagram);
    assert_eq!((layout.cards.len(), layout.lines.len()), (2, 1));
}
