//! Scenes: what is found under a point, and what each notation draws.

use lunette::base::geom::{Point, Rect};
use lunette::diagram::Diagram;
use lunette::diagram::notation::Notation;
use lunette::document::project::Project;
use lunette::layout::metrics::card;
use lunette::layout::row_text::CardTexts;
use lunette::layout::{Layout, Line, Port, RowContent, Side};
use lunette::model::area::{Area, ColorToken};
use lunette::model::data_type::DataType;
use lunette::model::graph::Link;
use lunette::model::id::NodeId;
use lunette::model::note::Note;
use lunette::model::reference::Cardinality;
use lunette::scene::Item;
use lunette::scene::build::{SceneContext, scene};
use lunette::scene::hit::HitIndex;
use lunette::scene::notations;
use lunette::scene::target::{LineEnd, Target};
use lunette::scene::theme::Theme;

use crate::support::builder::Builder;

/// Two tables side by side with a named reference, an area around the right one, and a note.
pub(crate) struct Stage {
    pub(crate) project: Project,
    pub(crate) diagram: Diagram,
    pub(crate) layout: Layout,
    pub(crate) left: NodeId,
    pub(crate) right: NodeId,
    pub(crate) line: Link,
}

/// The stage with these cardinalities at the referencing and the referenced end.
pub(crate) fn stage(from: Cardinality, to: Cardinality) -> Stage {
    let mut build = Builder::new("Stage");
    let target = build.table("customer");
    let key = build.required(target, "id", DataType::Uuid);
    build.primary_key(target, &[key]);
    let source = build.table("orders");
    let buyer = build.field(source, "buyer", DataType::Uuid);
    let reference = build.reference_with(source, &[buyer], target, |reference| {
        reference.name = Some("placed by".to_owned());
        reference.from.cardinality = from;
        reference.to.cardinality = to;
    });
    build.place(target, 400.0, 0.0);
    build.place(source, 0.0, 0.0);
    let area = Area {
        id: build.mint.mint(),
        name: "People".to_owned(),
        color: ColorToken::Teal,
        members: vec![target.into()],
        note: String::new(),
    };
    let note = Note {
        id: build.mint.mint(),
        text: "Ask first".to_owned(),
        color: ColorToken::Amber,
        subject: None,
    };
    let (area_id, note_id) = (area.id, note.id);
    build.project.model.put_area(area);
    build.project.model.put_note(note);
    let project = build.project;
    let diagram = project.first_diagram().unwrap().clone();
    let (left, right) = (NodeId::Entity(source), NodeId::Entity(target));
    let mut layout = Layout::default();
    for node in [right, left] {
        let texts = CardTexts::of(&project.model);
        let placement = diagram.placements.get(&node);
        layout.cards.insert(node, card(&texts, node, diagram.detail, placement));
    }
    let line = Link::Reference(reference);
    layout.lines.insert(line, line_between(&layout, left, right));
    layout.frames.insert(area_id, Rect::new(360.0, -60.0, 640.0, 200.0));
    layout.notes.insert(note_id, Rect::new(0.0, 200.0, 208.0, 248.0));
    layout.bounds = Rect::new(0.0, -60.0, 640.0, 248.0);
    Stage { project, diagram, layout, left, right, line }
}

fn line_between(layout: &Layout, left: NodeId, right: NodeId) -> Line {
    let y = |node: NodeId| {
        let row = &layout.cards[&node].rows[0];
        row.top + row.height / 2.0
    };
    let start = Point::new(layout.cards[&left].rect.x1, y(left));
    let end = Point::new(layout.cards[&right].rect.x0, y(right));
    Line {
        from: left,
        to: right,
        start: Port { point: start, side: Side::Right },
        end: Port { point: end, side: Side::Left },
        points: vec![start, end],
        is_curve: false,
        label: start.midpoint(end),
    }
}

fn many_to_one() -> Stage {
    stage(Cardinality::ZeroOrMore, Cardinality::ExactlyOne)
}

#[test]
fn a_point_finds_the_uppermost_thing() {
    let stage = many_to_one();
    let index = HitIndex::of(&stage.project.model, &stage.layout);
    let at = |x: f64, y: f64| index.at(&stage.layout, Point::new(x, y), 4.0);
    let row = stage.layout.cards[&stage.left].rows[0].clone();
    let (y, edge) = (row.top + 12.0, stage.layout.cards[&stage.left].rect.x1);
    let area = *stage.layout.frames.keys().next().unwrap();
    let note = *stage.layout.notes.keys().next().unwrap();
    assert_eq!(at(40.0, 8.0), Some(Target::Header(stage.left)));
    assert_eq!(at(40.0, y), Some(Target::Row(stage.left, row.content)));
    assert_eq!(at(edge + 6.0, y), Some(Target::Port(stage.left, Some(row.content))));
    assert_eq!(at(-6.0, 16.0), Some(Target::Port(stage.left, None)));
    assert_eq!(at(edge + 16.0, y + 3.0), Some(Target::LineEnd(stage.line, LineEnd::From)));
    assert_eq!(at(384.0, y), Some(Target::LineEnd(stage.line, LineEnd::To)));
    assert_eq!(at(edge + 40.0, y - 3.0), Some(Target::Line(stage.line)));
    assert_eq!(at(f64::midpoint(edge, 400.0), y), Some(Target::LineLabel(stage.line)));
    assert_eq!(at(40.0, 220.0), Some(Target::Note(note)));
    assert_eq!(at(500.0, -50.0), Some(Target::Area(area)), "the title of an area");
    assert_eq!(at(638.0, 190.0), Some(Target::Area(area)), "the border of an area");
    assert_eq!(at(500.0, 150.0), None, "the inside of an area is free");
    assert_eq!(at(300.0, 500.0), None);
}

#[test]
fn a_rectangle_finds_what_is_inside_or_touched() {
    let stage = many_to_one();
    let index = HitIndex::of(&stage.project.model, &stage.layout);
    let all = Rect::new(-100.0, -100.0, 1000.0, 1000.0);
    assert_eq!(index.inside(&stage.layout, all).len(), 5, "area, two cards, line, note");
    let left = Rect::new(-10.0, -10.0, 300.0, 150.0);
    assert_eq!(index.inside(&stage.layout, left), [Target::Card(stage.left)]);
    let touched = index.touching(left);
    assert_eq!(touched, [Target::Card(stage.left), Target::Line(stage.line)]);
    let sliver = Rect::new(500.0, 20.0, 510.0, 22.0);
    assert_eq!(index.inside(&stage.layout, sliver), []);
    assert_eq!(index.touching(sliver), [Target::Card(stage.right)]);
}

#[test]
fn the_cards_of_a_scene_carry_what_they_stand_for() {
    let stage = many_to_one();
    let theme = Theme::light();
    let cx = SceneContext::new(&stage.project.model, &stage.diagram, &stage.layout, &theme);
    let node = stage.left;
    let group = cx.card(node, &stage.layout.cards[&node]).unwrap();
    assert_eq!(group.target, Some(Target::Card(node)));
    assert_eq!(group.label, "orders");
    let rows = group.items.iter().filter(|item| {
        matches!(item, Item::Group(row)
            if matches!(row.target, Some(Target::Row(_, RowContent::Field(_)))))
    });
    assert_eq!(rows.count(), 1);
    let whole = scene(&cx, "Stage");
    assert_eq!(whole.description, "2 entities · 1 reference");
    assert!(whole.items.iter().all(|item| {
        let extent = item.extent();
        whole.bounds.union(extent) == whole.bounds
    }));
}

#[test]
fn notations_are_listed_once_and_tell_cardinalities_apart() {
    let listed = notations::ALL.map(|style| style.notation);
    assert_eq!(listed, Notation::ALL);
    for style in notations::ALL {
        assert_eq!(notations::style_of(style.notation).name, style.name);
        let mut drawn = Vec::new();
        for cardinality in Cardinality::ALL {
            let mut stage = stage(cardinality, Cardinality::ExactlyOne);
            stage.diagram.notation = style.notation;
            let theme = Theme::dark();
            let cx = SceneContext::new(&stage.project.model, &stage.diagram, &stage.layout, &theme);
            drawn.push(format!("{:?}", scene(&cx, "").items));
        }
        drawn.sort();
        drawn.dedup();
        // Chen's notation only tells one from many.
        let expected = if style.notation == Notation::Chen { 2 } else { 4 };
        assert_eq!(drawn.len(), expected, "{}", style.name);
    }
}
