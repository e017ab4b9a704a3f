//! Scenes as small SVG files that a person can look at: `UPDATE_EXPECT=1` writes them anew.

use expect_test::{ExpectFile, expect_file};
use lunette::base::geom::{Point, Rect};
use lunette::diagram::Diagram;
use lunette::diagram::notation::{Detail, Notation};
use lunette::document::project::Project;
use lunette::layout::metrics::card;
use lunette::layout::row_text::CardTexts;
use lunette::layout::{Layout, Line, Port, Side};
use lunette::model::area::ColorToken;
use lunette::model::data_type::DataType;
use lunette::model::entity::EntityKind;
use lunette::model::graph::Link;
use lunette::model::id::NodeId;
use lunette::model::reference::Cardinality;
use lunette::render::{ImageOptions, svg};
use lunette::scene::build::{SceneContext, scene};
use lunette::scene::theme::{Theme, ThemeKind};

use crate::scene::stage;
use crate::support::builder::Builder;

/// Compares a picture with its file, all but the fonts that it carries.
pub(crate) fn assert_drawn(
    project: &Project,
    diagram: &Diagram,
    layout: &Layout,
    theme: ThemeKind,
    expected: &ExpectFile,
) {
    let theme = Theme::of(theme);
    let cx = SceneContext::new(&project.model, diagram, layout, &theme);
    let bytes = (svg::FORMAT.render)(&scene(&cx, ""), &ImageOptions::default(), &mut |_| {});
    let mut drawn = String::from_utf8(bytes.unwrap()).unwrap();
    if let (Some(start), Some(end)) = (drawn.find("  <style>"), drawn.find("</style>\n")) {
        drawn.replace_range(start..end + "</style>\n".len(), "");
    }
    expected.assert_eq(&drawn);
}

/// All cards where they were placed, with these lines.
fn placed(project: &Project, diagram: &Diagram, lines: Vec<(Link, Line)>) -> Layout {
    let texts = CardTexts::of(&project.model);
    let nodes = diagram.nodes(&project.model).into_iter();
    let cards = nodes
        .map(|node| (node, card(&texts, node, diagram.detail, diagram.placements.get(&node))))
        .collect();
    Layout { cards, lines: lines.into_iter().collect(), ..Layout::default() }
}

#[test]
fn an_entity_card_shows_keys_badges_nested_fields_and_notes() {
    let mut build = Builder::new("Entity card");
    let owner = build.collection("Owner");
    let entity = build.collection("Todo");
    build.field_with(entity, "slug", DataType::STRING, |field| {
        field.required = true;
        field.unique = true;
        field.note = "Made from the title".to_owned();
    });
    let by = build.required(entity, "createdBy", DataType::ObjectId);
    build.reference(entity, &[by], owner);
    build.index_with(entity, &[by], |_| {});
    let place = build.field(entity, "place", DataType::Object);
    let inner = build.nested(entity, place, "geo", DataType::Object);
    build.nested(entity, inner, "point", DataType::GeoPoint);
    build.field(entity, "a_name_that_is_far_too_long_for_any_card_to_show_as_a_whole", {
        DataType::Map(Box::new(DataType::Decimal { precision: Some(12), scale: Some(2) }))
    });
    build.change(entity, |entity| {
        entity.timestamps = true;
        entity.stored_name = Some("todo_items".to_owned());
    });
    build.place(entity, 0.0, 0.0);
    let mut diagram = build.project.first_diagram().unwrap().clone();
    diagram.detail = Detail::Notes;
    let mut layout = placed(&build.project, &diagram, Vec::new());
    layout.cards.shift_remove(&NodeId::Entity(owner));
    let file = expect_file!["../fixtures/scene/entity_card.svg"];
    assert_drawn(&build.project, &diagram, &layout, ThemeKind::Light, &file);
}

#[test]
fn kinds_of_cards_differ_in_shape() {
    let mut build = Builder::new("Kinds");
    for (n, kind) in EntityKind::ALL.into_iter().enumerate() {
        let entity = build.entity(kind.as_str(), kind);
        build.field(entity, "name", DataType::STRING);
        build.place(entity, 200.0 * n as f64, 0.0);
        let diagram = build.project.first_diagram().unwrap().id;
        let placements = &mut build.project.diagram_mut(diagram).unwrap().placements;
        placements.get_mut(&NodeId::Entity(entity)).unwrap().color =
            ColorToken::ALL.get(2 * n + 1).copied();
    }
    let status = build.enumeration("Status", &["open", "done"]);
    build.place(status, 200.0 * 4.0, 0.0);
    let diagram = build.project.first_diagram().unwrap().clone();
    let layout = placed(&build.project, &diagram, Vec::new());
    let file = expect_file!["../fixtures/scene/kinds_of_cards.svg"];
    assert_drawn(&build.project, &diagram, &layout, ThemeKind::Dark, &file);
}

#[test]
fn every_notation_marks_both_ends() {
    let files = [
        (Notation::CrowsFoot, expect_file!["../fixtures/scene/notation_crows_foot.svg"]),
        (Notation::Idef1x, expect_file!["../fixtures/scene/notation_idef1x.svg"]),
        (Notation::Uml, expect_file!["../fixtures/scene/notation_uml.svg"]),
        (Notation::Chen, expect_file!["../fixtures/scene/notation_chen.svg"]),
    ];
    for (notation, file) in files {
        let mut stage = stage(Cardinality::OneOrMore, Cardinality::ZeroOrOne);
        stage.diagram.notation = notation;
        assert_drawn(&stage.project, &stage.diagram, &stage.layout, ThemeKind::Light, &file);
    }
}

#[test]
fn embeddings_and_uses_are_quieter_than_references() {
    let mut build = Builder::new("Quiet lines");
    let status = build.enumeration("Status", &["open"]);
    let item = build.embedded("Item");
    build.field(item, "name", DataType::STRING);
    let order = build.collection("Order");
    let items = build.field(order, "items", DataType::Embedded(item).array());
    let state = build.field(order, "state", DataType::Enumeration(status));
    build.place(order, 0.0, 0.0);
    build.place(item, 320.0, 0.0);
    build.place(status, 320.0, 96.0);
    let diagram = build.project.first_diagram().unwrap().clone();
    let line = |to: NodeId, points: [(f64, f64); 4]| {
        let [start, .., end] = points.map(Point::from);
        Line {
            from: NodeId::Entity(order),
            to,
            start: Port { point: start, side: Side::Right },
            end: Port { point: end, side: Side::Left },
            points: points.map(Point::from).to_vec(),
            is_curve: false,
            label: start.midpoint(end),
        }
    };
    let bent = line(item.into(), [(160.0, 72.0), (248.0, 72.0), (248.0, 16.0), (320.0, 16.0)]);
    let mut curved =
        line(status.into(), [(160.0, 96.0), (248.0, 96.0), (248.0, 112.0), (320.0, 112.0)]);
    curved.is_curve = true;
    let lines = vec![(Link::Embedding(items), bent), (Link::Use(state), curved)];
    let mut layout = placed(&build.project, &diagram, lines);
    layout.bounds = Rect::new(0.0, 0.0, 480.0, 160.0);
    let file = expect_file!["../fixtures/scene/quiet_lines.svg"];
    assert_drawn(&build.project, &diagram, &layout, ThemeKind::Light, &file);
}
