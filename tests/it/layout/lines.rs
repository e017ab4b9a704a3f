//! Lines: they end at their rows, run around cards, and can be told apart.

use lunette::base::geom::{Point, Vec2};
use lunette::diagram::notation::LineStyle;
use lunette::diagram::placement::Placement;
use lunette::diagram::route::Route;
use lunette::document::edit::diagrams::{Arrangement, rearrange};
use lunette::layout::arrange::{ArrangeScope, arrange};
use lunette::layout::engines;
use lunette::layout::work::{Quality, Work};
use lunette::layout::{Layout, Line, RowContent, Side, layout, layout_in};
use lunette::model::Model;
use lunette::model::data_type::DataType;
use lunette::model::graph::Link;
use lunette::model::id::{EntityId, NodeId};
use proptest::prelude::*;

use super::{drawn, everything, laid_out, lines_over_cards};
use crate::support::builder::Builder;
use crate::support::kitchen_sink;
use crate::support::random::{Shape, random_project};

/// Whether a line starts at the row of the reference's first field and ends at the key's row; one
/// without fields joins the headers.
pub(super) fn assert_ends_at_rows(model: &Model, layout: &Layout) {
    for reference in model.references() {
        let line = &layout.lines[&Link::Reference(reference.id)];
        let from = reference.from.fields.first().copied();
        let to = from.and_then(|_| model.referenced_fields(reference).first().copied());
        let ends = [
            (reference.from.entity, from, line.start),
            (reference.to.entity, to.or(reference.to.fields.first().copied()), line.end),
        ];
        for (entity, field, port) in ends {
            let card = &layout.cards[&NodeId::Entity(entity)];
            let center = field.and_then(|field| card.row_center(RowContent::Field(field)));
            let expected = center.unwrap_or(card.rect.y0 + card.header / 2.0);
            match port.side {
                Side::Left => assert_eq!(port.point.x, card.rect.x0),
                Side::Right => assert_eq!(port.point.x, card.rect.x1),
                Side::Top | Side::Bottom => {
                    assert!(reference.is_self_reference(), "only loops end above a card");
                    continue;
                }
            }
            // Twins and ends with different marks share the height of the row.
            assert!((port.point.y - expected).abs() < 12.0, "{} misses its row", reference.id);
        }
    }
}

pub(super) fn assert_level_and_upright(layout: &Layout) {
    for (id, line) in &layout.lines {
        assert_eq!(line.points.first(), Some(&line.start.point));
        assert_eq!(line.points.last(), Some(&line.end.point));
        for piece in line.points.windows(2) {
            assert!(piece[0].x == piece[1].x || piece[0].y == piece[1].y, "{id:?} slants");
        }
    }
}

#[test]
fn the_kitchen_sink_is_joined_row_to_row() {
    let project = kitchen_sink();
    let layout = laid_out(&project.model);
    assert_ends_at_rows(&project.model, &layout);
    assert_level_and_upright(&layout);
    assert_eq!(lines_over_cards(&layout), Vec::<String>::new());
}

/// Two placed collections and what the caller makes of them.
fn pair(change: impl FnOnce(&mut Builder, EntityId, EntityId)) -> (Builder, Layout) {
    let mut build = Builder::new("Pair");
    let (a, b) = (build.collection("A"), build.collection("B"));
    change(&mut build, a, b);
    let mut diagram = everything();
    diagram.placements.insert(a.into(), Placement::at(Point::new(0.0, 0.0)));
    diagram.placements.insert(b.into(), Placement::at(Point::new(480.0, 160.0)));
    let layout = layout(&build.project.model, &diagram);
    (build, layout)
}

#[test]
fn facing_rows_are_joined_with_two_bends_and_room_for_marks() {
    let (_, layout) = pair(|build, a, b| {
        let field = build.field(a, "b", DataType::ObjectId);
        build.reference(a, &[field], b);
    });
    let line = &layout.lines[0];
    assert_eq!((line.start.side, line.end.side), (Side::Right, Side::Left));
    assert_eq!(line.points.len(), 4);
    assert!((line.points[1] - line.points[0]).hypot() >= 24.0);
    assert!((line.points[3] - line.points[2]).hypot() >= 24.0);
}

#[test]
fn parallel_references_can_be_told_apart() {
    let (_, layout) = pair(|build, a, b| {
        for name in ["author", "editor", "reviewer"] {
            let field = build.field(a, name, DataType::ObjectId);
            build.reference(a, &[field], b);
        }
        build.many_to_many(a, b);
        build.many_to_many(b, a);
    });
    let lines: Vec<&Line> = layout.lines.values().collect();
    for (n, first) in lines.iter().enumerate() {
        for second in &lines[n + 1..] {
            let starts = [first.start.point, second.start.point];
            assert_ne!(first.points, second.points);
            assert_ne!(starts[0], starts[1], "two lines leave one point");
        }
    }
}

#[test]
fn self_references_are_loops_beside_their_card() {
    let (_, layout) = pair(|build, a, _| {
        let parent = build.field(a, "parent", DataType::ObjectId);
        build.reference(a, &[parent], a);
        build.many_to_many(a, a);
    });
    let card = layout.cards[0].rect;
    for line in layout.lines.values() {
        assert!(line.points.len() >= 4);
        for point in &line.points[1..line.points.len() - 1] {
            assert!(!card.inflate(-0.5, -0.5).contains(*point));
        }
        let out = line.points[1];
        assert!(out.x - card.x1 >= 24.0 || card.x0 - out.x >= 24.0);
    }
}

#[test]
fn bends_by_hand_are_kept() {
    let (build, _) = pair(|build, a, b| {
        let field = build.field(a, "b", DataType::ObjectId);
        build.reference(a, &[field], b);
    });
    let model = &build.project.model;
    let id = model.references().next().unwrap().id;
    let bends = vec![Point::new(330.0, 300.0), Point::new(400.0, 20.0)];
    for style in LineStyle::ALL {
        let mut diagram = everything();
        diagram.lines = style;
        let label_offset = Vec2::new(5.0, -7.0);
        let straight = layout(model, &diagram).lines[0].label;
        diagram.routes.insert(id, Route { bends: Vec::new(), label_offset });
        assert_eq!(layout(model, &diagram).lines[0].label, straight + label_offset);
        diagram.routes.insert(id, Route { bends: bends.clone(), label_offset });
        let line = &layout(model, &diagram).lines[0];
        for bend in &bends {
            let near = drawn(line).iter().any(|point| (*point - *bend).hypot() < 24.0);
            assert!(near, "{style:?} leaves out a bend");
        }
    }
}

#[test]
fn bends_by_hand_stay_when_others_are_moved_and_led_anew() {
    let mut build = Builder::new("Others");
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| build.collection(name));
    for (x, node) in [(0.0, a), (600.0, b), (0.0, c), (600.0, d)] {
        build.place(node, x, if node == a || node == b { 0.0 } else { 500.0 });
    }
    let [bent, _] = [(a, b), (c, d)].map(|(from, to)| build.many_to_many(from, to));
    let shown = *build.project.diagrams.keys().next().unwrap();
    let bends = vec![Point::new(400.0, 300.0), Point::new(450.0, -100.0)];
    let route = Route { bends: bends.clone(), ..Route::default() };
    build.project.diagram_mut(shown).unwrap().routes.insert(bent, route);
    let line = |build: &Builder| {
        let diagram = build.project.diagram(shown).unwrap();
        layout(&build.project.model, diagram).lines[&Link::Reference(bent)].points.clone()
    };
    let before = line(&build);
    // A card in the way, another reference between the same two, a card that is arranged.
    build.place(c, 380.0, 100.0);
    assert_eq!(line(&build), before);
    build.many_to_many(b, c);
    assert_eq!(line(&build), before);
    let scope = ArrangeScope::Selection([NodeId::from(c), NodeId::from(d)].into());
    let diagram = build.project.diagram(shown).unwrap();
    let nodes = arrange(&build.project.model, diagram, &engines::DEFAULT, &scope);
    assert!(!nodes.is_empty());
    let arrangement = Arrangement { nodes, ..Arrangement::default() };
    rearrange(&mut build.project, shown, &arrangement);
    assert_eq!(line(&build), before);
}

#[test]
fn folded_rows_hand_their_lines_to_what_is_shown() {
    let mut build = Builder::new("Folded");
    let (order, item) = (build.collection("Order"), build.collection("Item"));
    let cart = build.field(order, "cart", DataType::Object);
    let nested = build.nested(order, cart, "item", DataType::ObjectId);
    let reference = build.reference(order, &[nested], item);
    let mut diagram = everything();
    let mut placement = Placement::default();
    placement.folded_fields.insert(cart);
    diagram.placements.insert(order.into(), placement);
    let folded = layout(&build.project.model, &diagram);
    let card = &folded.cards[&NodeId::Entity(order)];
    let line = &folded.lines[&Link::Reference(reference)];
    assert_eq!(Some(line.start.point.y), card.row_center(RowContent::Field(cart)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn lines_run_around_cards_in_every_style(
        n_entities in 1_usize..30,
        n_references in 0_usize..50,
        n_areas in 0_usize..3,
        seed in 1_u64..1_000_000,
    ) {
        let shape = Shape { entities: n_entities, references: n_references, enumerations: 3, areas: n_areas };
        let project = random_project(shape, seed);
        for style in LineStyle::ALL {
            let mut diagram = everything();
            diagram.lines = style;
            let quick = Work::unwatched(Quality::First);
            let layout = layout_in(&project.model, &diagram, &quick);
            prop_assert_eq!(lines_over_cards(&layout), Vec::<String>::new(), "{:?}", style);
            assert_ends_at_rows(&project.model, &layout);
            if style == LineStyle::Orthogonal {
                assert_level_and_upright(&layout);
            }
        }
    }
}
