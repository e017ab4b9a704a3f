//! How far others move when a little is added: not at all where only what is new is arranged, and where
//! all is arranged anew the same input gives the same answer.

use std::cell::RefCell;

use lunette::base::geom::Point;
use lunette::diagram::Diagram;
use lunette::diagram::placement::Placement;
use lunette::document::edit::entities::add_entity;
use lunette::document::edit::references::{Anchor, connect};
use lunette::layout::arrange::{ArrangeScope, arrange, arrange_watched};
use lunette::layout::communities::communities;
use lunette::layout::engines;
use lunette::layout::work::{Quality, Work};
use lunette::layout::{Layout, layout};
use lunette::model::Model;
use lunette::model::data_type::DataType;
use lunette::model::id::{EntityId, IdMint, NodeId};

use super::{assert_no_overlap, everything};
use crate::support::builder::Builder;
use crate::support::random::{Shape, random_project};

const SHAPE: Shape = Shape { entities: 40, references: 60, enumerations: 0, areas: 0 };

/// A diagram in which everything stands where the usual engine puts it.
fn arranged(model: &Model) -> Diagram {
    let mut diagram = everything();
    for (node, corner) in arrange(model, &diagram, &engines::DEFAULT, &ArrangeScope::All) {
        diagram.placements.insert(node, Placement::at(corner));
    }
    diagram
}

/// How far the cards of both move on average, as a part of the diagonal of all.
fn mean_move(before: &Layout, after: &Layout) -> f64 {
    let moves = before.cards.iter().filter_map(|(node, card)| {
        Some((after.cards.get(node)?.rect.origin() - card.rect.origin()).hypot())
    });
    let moves: Vec<f64> = moves.collect();
    moves.iter().sum::<f64>() / moves.len() as f64 / before.bounds.size().to_vec2().hypot()
}

#[test]
fn a_new_entity_moves_no_other() {
    let mut project = random_project(SHAPE, 21);
    let mut diagram = arranged(&project.model);
    let before = layout(&project.model, &diagram);
    let gone = diagram.nodes(&project.model)[7];
    diagram.placements.remove(&gone);
    let after = layout(&project.model, &diagram);
    assert_no_overlap(&after);
    let others = Layout {
        cards: before
            .cards
            .iter()
            .filter(|(node, _)| **node != gone)
            .map(|(node, card)| (*node, card.clone()))
            .collect(),
        ..before.clone()
    };
    assert_eq!(mean_move(&others, &after), 0.0);
    let first = project.model.entities().next().unwrap().id;
    project.model.entity_mut(first).unwrap().name = "Renamed".to_owned();
    assert!(mean_move(&after, &layout(&project.model, &diagram)) == 0.0);
}

#[test]
fn a_new_reference_moves_no_card() {
    let mut build = Builder::new("Stable");
    let entities: Vec<_> = (0..12).map(|n| build.collection(&format!("Entity{n}"))).collect();
    for pair in entities.windows(2) {
        let field = build.field(pair[1], "before", DataType::ObjectId);
        build.reference(pair[1], &[field], pair[0]);
    }
    let diagram = arranged(&build.project.model);
    let before = layout(&build.project.model, &diagram);
    build.many_to_many(entities[0], entities[11]);
    let after = layout(&build.project.model, &diagram);
    assert_eq!(mean_move(&before, &after), 0.0);
    assert_eq!(after.lines.len(), before.lines.len() + 1);
}

/// All arranged again, starting from where it stands.
fn again(model: &Model, diagram: &Diagram) -> Diagram {
    let mut next = diagram.clone();
    for (node, corner) in arrange(model, diagram, &engines::DEFAULT, &ArrangeScope::All) {
        next.placements.update(node, |placement| placement.position = corner.round());
    }
    next
}

#[test]
fn arranging_all_again_moves_little_when_little_was_added() {
    for seed in 41..44 {
        let shape = Shape { entities: 24, references: 30, enumerations: 0, areas: 0 };
        let mut project = random_project(shape, seed);
        let diagram = again(&project.model, &arranged(&project.model));
        let before = layout(&project.model, &diagram);
        assert_eq!(diagram, again(&project.model, &diagram), "nothing new, nothing moves");
        let ids: Vec<EntityId> = project.model.entities().map(|entity| entity.id).collect();
        let mut mint = IdMint::from_seed(seed);
        let ends = (Anchor::Node(ids[3].into()), Anchor::Node(ids[17].into()));
        connect(&mut project, &mut mint, ends.0, ends.1);
        let with_reference = again(&project.model, &diagram);
        let after = layout(&project.model, &with_reference);
        assert_no_overlap(&after);
        let way = mean_move(&before, &after);
        assert!(way <= 0.02, "one reference more moves cards {way} of the diagonal");
        let added = add_entity(&mut project, &mut mint, "Added");
        connect(&mut project, &mut mint, Anchor::Node(added.into()), ends.1);
        let last = layout(&project.model, &again(&project.model, &with_reference));
        assert_no_overlap(&last);
        let way = mean_move(&after, &last);
        assert!(way <= 0.02, "one entity more moves cards {way} of the diagonal");
    }
}

#[test]
fn arranging_all_again_gathers_strays_and_mends_a_mess() {
    let project = random_project(Shape { entities: 24, references: 30, ..SHAPE }, 45);
    let diagram = arranged(&project.model);
    let good = layout(&project.model, &diagram);
    // One card far away comes back, and hardly any other moves.
    let stray = diagram
        .nodes(&project.model)
        .into_iter()
        .find(|node| project.model.graph().neighbors(*node).len() == 2)
        .unwrap();
    let mut messy = diagram.clone();
    let away = Point::new(good.bounds.x1 + 3000.0, good.bounds.y1 + 3000.0);
    messy.placements.update(stray, |placement| placement.position = away);
    let mended = layout(&project.model, &again(&project.model, &messy));
    assert_no_overlap(&mended);
    let size = |layout: &Layout| layout.bounds.size().to_vec2().hypot();
    assert!(size(&mended) < 1.3 * size(&good), "{} of {}", size(&mended), size(&good));
    // What is all over the place is arranged from scratch.
    let nodes = diagram.nodes(&project.model);
    for (n, node) in nodes.into_iter().enumerate() {
        let place = Point::new((n * 7 % 24) as f64 * 500.0, (n * 11 % 24) as f64 * 500.0);
        messy.placements.update(node, |placement| placement.position = place);
    }
    let mended = layout(&project.model, &again(&project.model, &messy));
    assert!(size(&mended) < 1.3 * size(&good), "{} of {}", size(&mended), size(&good));
}

#[test]
fn work_is_told_and_ends_when_asked_to() {
    let project = random_project(SHAPE, 22);
    let told = RefCell::new(Vec::new());
    let watch = |done: f64| {
        told.borrow_mut().push(done);
        true
    };
    let diagram = everything();
    let arrange = |work: &Work<'_>| {
        arrange_watched(&project.model, &diagram, &engines::DEFAULT, &ArrangeScope::All, work)
    };
    let watched = arrange(&Work::watched(Quality::Full, &watch));
    let told = told.into_inner();
    assert!(
        told.len() > 2 && told.is_sorted() && told.iter().all(|done| (0.0..=1.0).contains(done))
    );
    assert_eq!(watched, arrange(&Work::default()), "who watches changes nothing");
    let ended = arrange(&Work::watched(Quality::Full, &|_| false));
    assert_eq!(ended.len(), watched.len());
    let corners: Vec<Point> = arrange(&Work::unwatched(Quality::First)).into_values().collect();
    assert_eq!(corners.len(), watched.len());
}

#[test]
fn communities_are_what_hangs_together() {
    let mut build = Builder::new("Communities");
    let mut cluster = |name: &str| -> Vec<NodeId> {
        let members: Vec<_> = (0..5).map(|n| build.collection(&format!("{name}{n}"))).collect();
        for (n, one) in members.iter().enumerate() {
            for other in &members[n + 1..] {
                build.many_to_many(*one, *other);
            }
        }
        members.into_iter().map(NodeId::from).collect()
    };
    let (left, right) = (cluster("Left"), cluster("Right"));
    let alone = build.collection("Alone");
    let (NodeId::Entity(a), NodeId::Entity(b)) = (left[0], right[0]) else { unreachable!() };
    build.many_to_many(a, b);
    let model = &build.project.model;
    let nodes: Vec<NodeId> = model.entities().map(|entity| entity.id.into()).collect();
    assert!(nodes.contains(&alone.into()));
    assert_eq!(communities(model, &nodes), vec![left, right]);
    assert_eq!(communities(model, &[]), Vec::<Vec<NodeId>>::new());
}
