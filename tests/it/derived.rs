//! What follows from the document: a layout that is patched while things change is the layout that
//! would be made anew, but for the ways of lines that did not change.

use lunette::base::geom::{Point, Size, Vec2};
use lunette::diagram::notation::Detail;
use lunette::document::edit::diagrams::show_node;
use lunette::document::edit::entities::{add_entity, rename_node};
use lunette::document::edit::fields::{FieldPlace, add_field, set_required};
use lunette::document::edit::references::{Anchor, connect};
use lunette::document::project::Project;
use lunette::editor::Editor;
use lunette::editor::command::{Command, Intent};
use lunette::layout::{Card, layout};
use lunette::model::data_type::DataType;
use lunette::model::field::Field;
use lunette::model::id::{ElementId, IdMint, NodeId};
use lunette::scene::hit::HitIndex;
use lunette::scene::target::Target;

use crate::support::kitchen_sink;

fn open(project: Project) -> Editor {
    let mut editor = Editor::new(project, IdMint::from_seed(5));
    editor.resize_canvas(Size::new(1600.0, 1000.0));
    editor
}

/// The patched layout against one made anew: the same cards, lines between the same places.
fn assert_agrees(editor: &Editor, step: &str) {
    let patched = editor.layout();
    let fresh = layout(&editor.project().model, editor.diagram().unwrap());
    for (node, card) in &fresh.cards {
        assert_eq!(patched.cards.get(node), Some(card), "{step}");
    }
    assert_eq!(patched.cards.len(), fresh.cards.len(), "{step}");
    assert_eq!((&patched.frames, &patched.notes), (&fresh.frames, &fresh.notes), "{step}");
    for (id, line) in &fresh.lines {
        let known = patched.lines.get(id).unwrap_or_else(|| panic!("{step}: {id:?} is missing"));
        assert_eq!((known.from, known.to), (line.from, line.to), "{step}");
        for (node, port) in [(known.from, known.start), (known.to, known.end)] {
            let rect = patched.cards[&node].rect;
            let on_border = rect.inflate(0.5, 0.5).contains(port.point)
                && !rect.inset(-0.5).contains(port.point);
            assert!(on_border, "{step}: {id:?} ends beside its card");
        }
    }
    assert_eq!(patched.lines.len(), fresh.lines.len(), "{step}");
    assert_hits_agree(editor, step);
}

/// What is under a point is what an index made anew says, lines aside.
fn assert_hits_agree(editor: &Editor, step: &str) {
    let (model, layout) = (&editor.project().model, editor.layout());
    let fresh = HitIndex::of(model, layout);
    let is_line = |target: &Target| {
        matches!(target, Target::Line(_) | Target::LineEnd(..) | Target::LineLabel(_))
    };
    let covers = |a: &Card, b: &Card| a.rect != b.rect && a.rect.overlaps(b.rect);
    let is_free = |card: &&Card| !layout.cards.values().any(|other| covers(other, card));
    for card in layout.cards.values().filter(is_free) {
        for share in [0.02, 0.5, 0.98] {
            let at = card.rect.origin() + card.rect.size().to_vec2() * share;
            let expected = fresh.at(layout, at, 4.0).filter(|target| !is_line(target));
            let found = editor.derived().hits().at(layout, at, 4.0);
            assert_eq!(found.filter(|target| !is_line(target)), expected, "{step}");
        }
    }
    let all = layout.bounds.inflate(50.0, 50.0);
    let mut seen = editor.derived().hits().touching(all);
    let mut expected = fresh.touching(all);
    seen.sort();
    expected.sort();
    assert_eq!(seen, expected, "{step}");
}

fn nodes(editor: &Editor) -> Vec<NodeId> {
    editor.layout().cards.keys().copied().collect()
}

#[test]
fn a_drag_patches_the_layout() {
    let mut editor = open(kitchen_sink());
    editor.carry_out(Command::Begin("move"));
    for (n, node) in nodes(&editor).into_iter().enumerate() {
        let cx = editor.tool_context().unwrap();
        let held = cx.arrangement(&[ElementId::from(node)]);
        let by = Vec2::new(64.0 * n as f64, -40.0);
        let moved = held.shifted(by);
        editor.carry_out(Command::Edit(Intent::Arrange(Box::new(moved))));
        assert!(editor.derived().is_draft());
        assert_agrees(&editor, &format!("moving card {n}"));
    }
    editor.carry_out(Command::Commit);
    assert!(!editor.derived().is_draft(), "after a drag all lines make room");
    assert_agrees(&editor, "after the drag");
}

#[test]
fn edits_in_a_transaction_patch_the_layout() {
    let mut editor = open(kitchen_sink());
    editor.carry_out(Command::Begin("edit"));
    let entities: Vec<_> = editor.project().model.entities().map(|one| one.id).collect();
    for (n, id) in entities.iter().enumerate() {
        let place = FieldPlace::last(*id);
        editor.edit("add", |project, mint| {
            add_field(project, place, Field::new(mint.mint(), "a rather long name", DataType::Text))
        });
        assert_agrees(&editor, &format!("field added to {n}"));
        editor.edit("rename", |project, _| rename_node(project, (*id).into(), "X"));
        assert_agrees(&editor, &format!("{n} renamed"));
    }
    for (a, b) in entities.iter().zip(entities.iter().skip(1)) {
        let (a, b) = (Anchor::Node((*a).into()), Anchor::Node((*b).into()));
        editor.edit("connect", |project, mint| connect(project, mint, a, b));
        assert_agrees(&editor, "connected");
    }
    let field = editor
        .project()
        .model
        .references()
        .next()
        .map(|one| (one.from.entity, one.from.fields.first().copied()));
    if let Some((entity, Some(field))) = field {
        editor.edit("required", |project, _| set_required(project, entity, field, false));
        assert_agrees(&editor, "no longer required");
    }
    editor.carry_out(Command::Rollback);
    assert_agrees(&editor, "rolled back");
}

#[test]
fn removing_in_a_transaction_patches_the_layout() {
    let mut editor = open(kitchen_sink());
    editor.carry_out(Command::Begin("delete"));
    let elements: Vec<ElementId> = nodes(&editor).into_iter().map(ElementId::from).collect();
    for element in elements {
        editor.edit("delete", |project, _| project.model.remove(element));
        assert_agrees(&editor, &format!("{element:?} removed"));
    }
}

#[test]
fn drawings_keep_their_stamp_while_nothing_about_them_changes() {
    let mut editor = open(kitchen_sink());
    let all = nodes(&editor);
    let before: Vec<u64> = all.iter().map(|node| editor.derived().node_stamp(*node)).collect();
    let first = all[0];
    editor.edit("rename", |project, _| rename_node(project, first, "Renamed to something long"));
    let after: Vec<u64> = all.iter().map(|node| editor.derived().node_stamp(*node)).collect();
    assert!(after[0] > before[0]);
    let same = before.iter().zip(&after).filter(|(a, b)| a == b).count();
    assert!(same * 2 > all.len(), "{same} of {} drawings were kept", all.len());
}

#[test]
fn a_large_project_is_laid_out_elsewhere() {
    let mut mint = IdMint::from_seed(11);
    let mut project = Project::new("Large", &mut mint);
    for n in 0..200 {
        add_entity(&mut project, &mut mint, &format!("Entity {n}"));
    }
    let mut editor = Editor::new_deferring(project, mint);
    assert!(editor.layout().cards.is_empty() && !editor.is_modified());
    let request = editor.layout_request().unwrap();
    editor.accept_layout(request.answer().unwrap());
    assert_eq!(editor.layout().cards.len(), 200);
    assert!(!editor.is_modified(), "places that were computed are no change");
    assert!(editor.session().viewport().visible().overlaps(editor.layout().bounds));
    let node = nodes(&editor)[0];
    editor.edit("move", |project, _| {
        let id = project.first_diagram().unwrap().id;
        let diagram = project.diagram_mut(id).unwrap();
        diagram.placements.update(node, |one| one.position = Point::new(-400.0, -400.0));
    });
    assert_eq!(editor.layout().cards[&node].rect.origin(), Point::new(-400.0, -400.0));
    let stale = editor.layout_request().unwrap();
    editor.edit("rename", |project, _| rename_node(project, node, "Renamed"));
    editor.accept_layout(stale.answer().unwrap());
    assert!(editor.derived().is_draft(), "an answer to an older question is dropped");
}

/// A project of that many entities in a grid, each referring to the next.
fn chain(count: usize) -> (Project, IdMint) {
    let mut mint = IdMint::from_seed(11);
    let mut project = Project::new("Chain", &mut mint);
    let diagram = project.first_diagram().unwrap().id;
    let mut before = None;
    for n in 0..count {
        let node = NodeId::from(add_entity(&mut project, &mut mint, &format!("Entity {n}")));
        let at = Point::new((n % 20) as f64 * 360.0, (n / 20) as f64 * 280.0);
        show_node(&mut project, diagram, node, at);
        if let Some(before) = before.replace(node) {
            connect(&mut project, &mut mint, Anchor::Node(before), Anchor::Node(node));
        }
    }
    (project, mint)
}

/// A window's editor on it, laid out.
fn open_large(count: usize) -> Editor {
    let (project, mint) = chain(count);
    let mut editor = Editor::new_deferring(project, mint);
    editor.resize_canvas(Size::new(1600.0, 1000.0));
    editor.accept_layout(editor.layout_request().unwrap().answer().unwrap());
    editor
}

#[test]
fn what_is_dragged_together_keeps_its_lines_and_is_still_found() {
    let mut editor = open_large(300);
    let held: Vec<NodeId> = nodes(&editor).into_iter().take(260).collect();
    let before = editor.layout().lines.clone();
    let elements: Vec<ElementId> = held.iter().copied().map(ElementId::from).collect();
    editor.carry_out(Command::Begin("move"));
    for step in 1..=3 {
        let by = Vec2::new(40.0, 24.0) * f64::from(step);
        let start = editor.tool_context().unwrap().arrangement(&elements);
        let shift = by - Vec2::new(40.0, 24.0) * f64::from(step - 1);
        editor.carry_out(Command::Edit(Intent::Arrange(Box::new(start.shifted(shift)))));
        assert_agrees(&editor, &format!("step {step}"));
        let (mut carried, mut led) = (0, 0);
        for (id, line) in &editor.layout().lines {
            let old = &before[id];
            if held.contains(&line.from) && held.contains(&line.to) {
                let moved: Vec<Point> = old.points.iter().map(|point| *point + by).collect();
                assert_eq!((&line.points, line.label), (&moved, old.label + by));
                carried += 1;
            } else {
                led += 1;
            }
        }
        assert_eq!((carried, led), (259, 40));
    }
    editor.carry_out(Command::Rollback);
    assert_agrees(&editor, "rolled back");
}

#[test]
fn a_level_of_detail_is_made_elsewhere_and_comes_with_its_layout() {
    let mut editor = open_large(200);
    let diagram = editor.session().diagram;
    let (shown, revision) = (editor.layout().clone(), editor.document().revision());
    editor.show_detail(diagram, Detail::Names);
    assert_eq!((editor.layout(), editor.document().revision()), (&shown, revision));
    let stale = editor.detail_request().unwrap();
    let node = nodes(&editor)[0];
    editor.edit("rename", |project, _| rename_node(project, node, "Renamed"));
    editor.accept_detail(stale.answer());
    assert_ne!(editor.diagram().unwrap().detail, Detail::Names, "it was made of another version");
    editor.accept_detail(editor.detail_request().unwrap().answer());
    assert_eq!(editor.diagram().unwrap().detail, Detail::Names);
    assert!(!editor.derived().is_draft() && editor.detail_request().is_none());
    assert!(editor.layout().cards[&node].rect.height() < shown.cards[&node].rect.height());
    assert_agrees(&editor, "names only");
    assert_eq!(editor.undo().as_deref(), Some("detail level"));
    assert_eq!(editor.project().model.display_name(node), "Renamed");
}

#[test]
fn traveling_far_is_undoing_often() {
    let mut editor = open(kitchen_sink());
    let start = editor.project().clone();
    let node = nodes(&editor)[0];
    for n in 0..40 {
        editor.edit("rename", |project, _| rename_node(project, node, &format!("Name {n}")));
    }
    let end = editor.project().clone();
    editor.travel(-40);
    assert_eq!(*editor.project(), start);
    assert_agrees(&editor, "at the begin");
    editor.travel(15);
    assert_eq!(editor.project().model.display_name(node), "Name 14");
    editor.travel(1_000);
    assert_eq!(*editor.project(), end);
    assert_agrees(&editor, "at the end");
}
