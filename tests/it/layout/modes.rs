//! The modes of arranging: which cards each may move, and where it puts them.

use std::collections::{BTreeMap, BTreeSet};

use lunette::base::geom::{Point, Rect};
use lunette::diagram::Diagram;
use lunette::diagram::placement::Placement;
use lunette::layout::arrange::{ArrangeScope, MODES, arrange};
use lunette::layout::engines::{self, Engine, flow};
use lunette::layout::frames::framed;
use lunette::layout::{Layout, layout};
use lunette::model::Model;
use lunette::model::id::{EntityId, NodeId};

use super::{assert_no_overlap, everything, overlaps};
use crate::support::builder::Builder;
use crate::support::random::{Shape, random_project};

const SHAPE: Shape = Shape { entities: 30, references: 40, enumerations: 4, areas: 0 };

/// What a diagram becomes when that is arranged; twice the same, and never with cards over others.
fn arranged(model: &Model, diagram: &Diagram, engine: &Engine, scope: &ArrangeScope) -> Diagram {
    let places = arrange(model, diagram, engine, scope);
    assert_eq!(places, arrange(model, diagram, engine, scope), "{scope:?}");
    let mut after = diagram.clone();
    for (node, corner) in places {
        after.placements.update(node, |placement| placement.position = corner.round());
    }
    assert_no_overlap(&layout(model, &after));
    after
}

fn fresh(model: &Model) -> Diagram {
    arranged(model, &everything(), &engines::DEFAULT, &ArrangeScope::All)
}

/// The cards that stand elsewhere.
fn moved(before: &Diagram, after: &Diagram) -> BTreeSet<NodeId> {
    let moved = after.placements.iter().filter(|(node, placement)| {
        before.placements.get(node).map(|one| one.position) != Some(placement.position)
    });
    moved.map(|(node, _)| *node).collect()
}

/// How many links away from a node all others are.
fn hops(model: &Model, start: NodeId) -> BTreeMap<NodeId, usize> {
    let mut hops = BTreeMap::from([(start, 0)]);
    let mut ring = vec![start];
    for hop in 1.. {
        let next = ring.iter().flat_map(|node| model.graph().neighbors(*node));
        ring = next.filter(|node| !hops.contains_key(node)).collect();
        if ring.is_empty() {
            break;
        }
        hops.extend(ring.iter().map(|node| (*node, hop)));
    }
    hops
}

/// Where a card starts and ends on the way from ring to ring.
type Span = fn(Rect) -> (f64, f64);

/// Asserts that what is more links away stands farther away, on both sides of a card.
fn assert_rings(layout: &Layout, model: &Model, center: NodeId, span: Span) {
    let middle = span(layout.cards[&center].rect);
    let mut rings: BTreeMap<(bool, usize), (f64, f64)> = BTreeMap::new();
    for (node, hop) in hops(model, center).into_iter().filter(|(node, _)| *node != center) {
        let (start, end) = span(layout.cards[&node].rect);
        let is_before = end <= middle.0;
        let (near, far) = if is_before {
            (middle.0 - end, middle.0 - start)
        } else {
            (start - middle.1, end - middle.1)
        };
        assert!(near > 0.0, "{node} stands level with the middle");
        let ring = rings.entry((is_before, hop)).or_insert((near, far));
        *ring = (ring.0.min(near), ring.1.max(far));
    }
    for ((is_before, hop), (_, far)) in &rings {
        if let Some((near, _)) = rings.get(&(*is_before, hop + 1)) {
            assert!(far <= near, "ring {hop} reaches into the next one");
        }
    }
    assert!(rings.keys().any(|(is_before, _)| *is_before) && rings.keys().any(|one| !one.0));
}

#[test]
fn what_is_nearer_by_links_stands_nearer_to_a_card_that_stays() {
    let project = random_project(SHAPE, 31);
    let model = &project.model;
    let before = fresh(model);
    let nodes = before.nodes(model);
    let center = *nodes.iter().max_by_key(|node| model.graph().neighbors(**node).len()).unwrap();
    let scope = ArrangeScope::Around(center);
    let spans: [(&Engine, Span); 2] =
        [(&engines::DEFAULT, |r| (r.x0, r.x1)), (&flow::TOP_DOWN, |r| (r.y0, r.y1))];
    for (engine, span) in spans {
        let after = arranged(model, &before, engine, &scope);
        assert!(!moved(&before, &after).contains(&center));
        let drawn = layout(model, &after);
        assert_rings(&drawn, model, center, span);
        let near = hops(model, center);
        let lowest = near.keys().map(|node| drawn.cards[node].rect.y1).fold(f64::MIN, f64::max);
        let far = nodes.iter().filter(|node| !near.contains_key(node));
        assert!(far.clone().count() > 0);
        assert!(far.into_iter().all(|node| drawn.cards[node].rect.y0 >= lowest));
    }
    // Pinned cards stay, and the rings leave them room.
    let mut pinned = before.clone();
    let neighbor = model.graph().neighbors(center)[0];
    let place = before.placements.get(&center).unwrap().position + (0.0, 900.0);
    pinned.placements.insert(neighbor, Placement { pinned: true, ..Placement::at(place) });
    let after = arranged(model, &pinned, &engines::DEFAULT, &scope);
    assert!(moved(&pinned, &after).is_disjoint(&[center, neighbor].into()));
    // A card that nobody placed yet may be the middle too.
    let unplaced = arranged(model, &everything(), &engines::DEFAULT, &scope);
    assert_rings(&layout(model, &unplaced), model, center, |rect| (rect.x0, rect.x1));
}

/// Asserts that the frames around those groups do not overlap, whatever engine arranges them.
fn assert_grouped(model: &Model, groups: &[Vec<NodeId>]) {
    for engine in engines::ALL {
        let drawn = layout(model, &arranged(model, &everything(), engine, &ArrangeScope::Areas));
        let rects = |nodes: &Vec<NodeId>| {
            nodes.iter().map(|node| drawn.cards[node].rect).reduce(|a, b| a.union(b)).map(framed)
        };
        let frames: Vec<Rect> = groups.iter().filter_map(rects).collect();
        for (n, one) in frames.iter().enumerate() {
            assert!(!frames[n + 1..].iter().any(|other| overlaps(*one, *other)), "{}", engine.id);
        }
    }
}

#[test]
fn areas_are_arranged_each_within_itself() {
    let project = random_project(Shape { references: 20, areas: 3, ..SHAPE }, 32);
    let groups: Vec<Vec<NodeId>> = project.model.areas().map(|area| area.members.clone()).collect();
    assert_eq!(groups.len(), 3);
    assert_grouped(&project.model, &groups);
}

#[test]
fn namespaces_are_arranged_each_within_itself_where_there_are_no_areas() {
    let mut build = Builder::new("Names");
    let namespaces = ["sales", "stock", "staff"].map(|name| build.namespace(name, ""));
    let mut groups = vec![Vec::new(); 3];
    let mut before = None;
    for n in 0..21 {
        let table = build.table(&format!("table{n}"));
        build.change(table, |entity| entity.namespace = Some(namespaces[n % 3]));
        if let Some(before) = before.replace(table) {
            build.many_to_many(before, table);
        }
        groups[n % 3].push(NodeId::Entity(table));
    }
    assert_grouped(&build.project.model, &groups);
}

#[test]
fn areas_keep_to_themselves_in_a_grid() {
    let project = random_project(Shape { references: 20, areas: 3, ..SHAPE }, 33);
    let grid = arranged(&project.model, &everything(), &engines::grid::ENGINE, &ArrangeScope::All);
    let drawn = layout(&project.model, &grid);
    for (area, frame) in &drawn.frames {
        let members = &project.model.area(*area).unwrap().members;
        let strangers = drawn.cards.iter().filter(|(node, _)| !members.contains(*node));
        for (node, card) in strangers {
            assert!(!overlaps(card.rect, *frame), "{node}");
        }
    }
}

#[test]
fn cards_without_lines_go_by_name_below_all_others() {
    let mut build = Builder::new("Loose");
    let hub = build.table("hub");
    let linked: Vec<EntityId> = (0..5).map(|n| build.table(&format!("part{n}"))).collect();
    for part in &linked {
        build.many_to_many(hub, *part);
    }
    let names = ["zebra", "Apple", "mango", "banana", "Cherry", "kiwi", "fig"];
    let loose: Vec<EntityId> = names.iter().map(|name| build.table(name)).collect();
    let model = &build.project.model;
    let before = fresh(model);
    let after = arranged(model, &before, &engines::DEFAULT, &ArrangeScope::Unlinked);
    let loose: BTreeSet<NodeId> = loose.into_iter().map(NodeId::from).collect();
    assert!(moved(&before, &after).is_subset(&loose), "the rest does not move");
    let drawn = layout(model, &after);
    let lowest =
        linked.iter().map(|id| drawn.cards[&NodeId::from(*id)].rect.y1).fold(0.0, f64::max);
    let mut by_place: Vec<(NodeId, Point)> =
        loose.iter().map(|node| (*node, drawn.cards[node].rect.origin())).collect();
    assert!(by_place.iter().all(|(_, place)| place.y >= lowest));
    by_place.sort_by(|(_, a), (_, b)| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let found: Vec<String> =
        by_place.iter().map(|(node, _)| model.display_name(*node).to_lowercase()).collect();
    assert!(found.is_sorted(), "{found:?}");
}

#[test]
fn only_what_is_new_moves_and_only_what_is_selected() {
    let project = random_project(Shape { references: 20, ..SHAPE }, 34);
    let model = &project.model;
    let mut before = fresh(model);
    let new: BTreeSet<NodeId> = before.nodes(model).into_iter().skip(4).step_by(9).collect();
    before.placements.retain(|node, _| !new.contains(node));
    for engine in engines::ALL {
        let after = arranged(model, &before, engine, &ArrangeScope::New);
        assert_eq!(moved(&before, &after), new, "{}", engine.id);
        let chosen: BTreeSet<NodeId> = after.nodes(model).into_iter().take(5).collect();
        let again = arranged(model, &after, engine, &ArrangeScope::Selection(chosen.clone()));
        assert!(moved(&after, &again).is_subset(&chosen), "{}", engine.id);
    }
}

#[test]
fn an_empty_model_is_arranged_in_every_mode() {
    let model = Model::new();
    let mut mint = Builder::new("Nothing").mint;
    let nobody = NodeId::Entity(mint.mint());
    for scope in [
        ArrangeScope::All,
        ArrangeScope::Anew,
        ArrangeScope::New,
        ArrangeScope::Areas,
        ArrangeScope::Unlinked,
        ArrangeScope::Around(nobody),
        ArrangeScope::Selection([nobody].into()),
    ] {
        assert!(arrange(&model, &everything(), &engines::DEFAULT, &scope).is_empty());
    }
    assert_eq!(MODES.len(), 7);
}
