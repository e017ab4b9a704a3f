//! Cards: sizes follow detail and folds, placements are kept, nothing overlaps.

use std::collections::BTreeSet;

use lunette::base::geom::Point;
use lunette::diagram::notation::Detail;
use lunette::diagram::placement::Placement;
use lunette::layout::work::{Quality, Work};
use lunette::layout::{RowContent, layout, layout_in};
use lunette::model::data_type::DataType;
use lunette::model::id::NodeId;
use proptest::prelude::*;

use super::{assert_no_overlap, everything, laid_out};
use crate::support::builder::Builder;
use crate::support::kitchen_sink;
use crate::support::random::{Shape, random_project};

#[test]
fn the_kitchen_sink_is_laid_out_whole() {
    let project = kitchen_sink();
    let layout = laid_out(&project.model);
    let n_nodes = project.model.entities().len() + project.model.enumerations().len();
    assert_eq!(layout.cards.len(), n_nodes);
    assert_eq!(layout.lines.len(), project.model.graph().inner().edge_count());
    assert_eq!(layout.notes.len(), project.model.notes().len());
    assert_no_overlap(&layout);
    for rect in layout.cards.values().map(|card| card.rect) {
        assert_eq!(layout.bounds.union(rect), layout.bounds);
    }
}

#[test]
fn rows_follow_detail_and_folds() {
    let mut build = Builder::new("Rows");
    let user = build.collection("User");
    let address = build.field(user, "address", DataType::Object);
    let city = build.nested(user, address, "city", DataType::STRING);
    let team = build.collection("Team");
    let member_of = build.field(user, "team", DataType::ObjectId);
    build.reference(user, &[member_of], team);
    build.change(user, |user| user.timestamps = true);
    let id = build.project.model.entity(user).unwrap().fields[0].id;
    let model = &build.project.model;
    let node = NodeId::Entity(user);
    let rows = |detail: Detail, placement: Option<Placement>| {
        let mut diagram = everything();
        diagram.detail = detail;
        diagram.placements.extend(placement.map(|placement| (node, placement)));
        let layout = layout(model, &diagram);
        let rows = layout.cards[&node].rows.iter().map(|row| (row.content, row.depth));
        rows.collect::<Vec<_>>()
    };
    let field = |id, depth| (RowContent::Field(id), depth);
    let all = vec![
        field(id, 0),
        field(address, 0),
        field(city, 1),
        field(member_of, 0),
        (RowContent::Timestamps, 0),
    ];
    assert_eq!(rows(Detail::Types, None), all);
    assert_eq!(rows(Detail::Fields, None), all);
    assert_eq!(rows(Detail::Keys, None), vec![field(id, 0), field(member_of, 0)]);
    assert_eq!(rows(Detail::Names, None), vec![]);
    let folded = Placement { folded: true, ..Placement::default() };
    assert_eq!(rows(Detail::Types, Some(folded)), vec![]);
    let folded_fields = BTreeSet::from([address]);
    let closed = Placement { folded_fields, ..Placement::default() };
    let without_city: Vec<_> = all.iter().copied().filter(|row| *row != field(city, 1)).collect();
    assert_eq!(rows(Detail::Types, Some(closed)), without_city);
}

#[test]
fn sizes_are_on_the_grid_and_follow_the_texts() {
    let mut build = Builder::new("Sizes");
    let short = build.collection("A");
    let long = build.collection("An entity whose name is longer than that of any other one here");
    let huge = build.collection(&"W".repeat(5000));
    let layout = laid_out(&build.project.model);
    let size = |id| layout.cards[&NodeId::Entity(id)].rect.size();
    for card in layout.cards.values() {
        assert_eq!((card.rect.width() % 8.0, card.rect.height() % 8.0), (0.0, 0.0));
    }
    assert!(size(short).width < size(long).width);
    assert!(size(huge).width <= 360.0);
    let mut diagram = everything();
    let width = Some(408.0);
    diagram.placements.insert(short.into(), Placement { width, ..Placement::default() });
    let wide = lunette::layout::layout(&build.project.model, &diagram);
    assert_eq!(wide.cards[&NodeId::Entity(short)].rect.width(), 408.0);
}

#[test]
fn the_same_model_gives_the_same_layout() {
    let shape = Shape { entities: 60, references: 90, enumerations: 5, areas: 3 };
    let project = random_project(shape, 11);
    assert_eq!(laid_out(&project.model), laid_out(&project.model.clone()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn placed_cards_stay_and_others_find_room(
        n_entities in 1_usize..40,
        n_references in 0_usize..60,
        n_areas in 0_usize..3,
        share in 0_usize..4,
        seed in 1_u64..1_000_000,
    ) {
        let shape = Shape { entities: n_entities, references: n_references, enumerations: 3, areas: n_areas };
        let project = random_project(shape, seed);
        let mut diagram = everything();
        for (n, node) in diagram.nodes(&project.model).into_iter().enumerate() {
            if n % 4 < share {
                let corner = Point::new(n as f64 * 500.0 - 3000.0, (n % 7) as f64 * 33.0);
                diagram.placements.insert(node, Placement::at(corner));
            }
        }
        let layout = layout_in(&project.model, &diagram, &Work::unwatched(Quality::First));
        for (node, placement) in &diagram.placements {
            prop_assert_eq!(layout.cards[node].rect.origin(), placement.position);
        }
        assert_no_overlap(&layout);
    }
}
