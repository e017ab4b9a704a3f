//! Large projects in the window: they open in a useful state, and arranging them can be watched and
//! canceled.

use std::fs;

use eframe::egui::{Key, Modifiers, vec2};
use lunette::app::open::Arranging;
use lunette::base::geom::Point;
use lunette::diagram::notation::Detail;
use lunette::diagram::placement::Placement;
use lunette::document::edit::diagrams::show_legibly;
use lunette::document::project::Project;
use lunette::formats::native;
use lunette::layout::hubs::{degrees, least_of_a_hub};
use lunette::model::data_type::DataType;
use lunette::model::id::{IdMint, NodeId};
use tempfile::TempDir;

use crate::hand::Hand;
use crate::support::builder::Builder;
use crate::support::random::{Shape, random_project};

/// A project of that many entities without places, three by three together.
fn project(entities: usize) -> Project {
    let mut build = Builder::new("Large");
    let ids: Vec<_> = (0..entities).map(|n| build.table(&format!("table{n}"))).collect();
    for three in ids.chunks(3) {
        for pair in three.windows(2) {
            build.many_to_many(pair[0], pair[1]);
        }
    }
    build.project
}

/// The window with that project, read from a file.
fn opened(project: &Project, folder: &TempDir) -> Hand<'static> {
    let path = folder.path().join("large.lunette.json");
    fs::write(&path, native::write(project)).unwrap();
    let mut hand = Hand::new();
    let ctx = hand.harness.ctx.clone();
    hand.window().load(&ctx, path);
    hand.until(|hand| {
        let open = hand.harness.state().as_ref().unwrap().open.as_ref();
        open.is_some_and(|open| !open.editor.layout().cards.is_empty())
    });
    hand
}

fn arrange_from_scratch(hand: &mut Hand<'_>) {
    hand.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    hand.type_text("arrange all from scratch");
    hand.press(Key::Enter);
}

fn detail(hand: &Hand<'_>) -> Detail {
    hand.editor().diagram().unwrap().detail
}

/// The window with seventy cards that stand in rows.
fn in_rows() -> Hand<'static> {
    let mut large =
        random_project(Shape { entities: 70, references: 90, enumerations: 0, areas: 0 }, 5);
    let shown = large.first_diagram().unwrap().id;
    let nodes = large.first_diagram().unwrap().nodes(&large.model);
    for (n, node) in nodes.into_iter().enumerate() {
        let place = Point::new((n % 10) as f64 * 400.0, (n / 10) as f64 * 600.0);
        let placements = &mut large.diagram_mut(shown).unwrap().placements;
        placements.insert(node, Placement::at(place));
    }
    let mut hand = Hand::new();
    let ctx = hand.harness.ctx.clone();
    hand.window().show(&ctx, large, IdMint::from_seed(3), None);
    hand.frames(3);
    hand
}

fn arranging<'a>(hand: &'a Hand<'_>) -> Option<&'a Arranging> {
    hand.harness.state().as_ref().unwrap().open.as_ref().unwrap().arranging.as_ref()
}

/// Whether a first picture is shown while a better one is made.
fn has_better(hand: &Hand<'_>) -> bool {
    arranging(hand).is_some_and(|arranging| arranging.is_shown)
}

#[test]
fn a_click_between_both_pictures_of_an_arrangement_leaves_one_step() {
    let mut hand = in_rows();
    let before = hand.editor().project().clone();
    arrange_from_scratch(&mut hand);
    hand.until(has_better);
    let first = hand.editor().project().clone();
    let empty = hand.window().canvas_rect().unwrap().left_bottom() + vec2(3.0, -3.0);
    hand.button(empty, true);
    hand.button(empty, false);
    assert!(has_better(&hand), "it was clicked too late");
    hand.until(|hand| arranging(hand).is_none());
    assert!(first != *hand.editor().project(), "no better one came");
    assert_eq!(hand.editor().document().history().past_labels().count(), 1);
    hand.key(Modifiers::COMMAND, Key::Z);
    assert!(before == *hand.editor().project());
}

#[test]
fn canceling_an_arrangement_leaves_everything_as_it_was() {
    let mut hand = in_rows();
    let state = |hand: &Hand<'_>| {
        let editor = hand.editor();
        let steps = editor.document().history().past_labels().count();
        (editor.project().clone(), editor.session().viewport(), steps)
    };
    let before = state(&hand);
    let is_arranging = |hand: &Hand<'_>| arranging(hand).is_some();
    // Before a first picture is there, by the button.
    arrange_from_scratch(&mut hand);
    hand.frames(20);
    if is_arranging(&hand) {
        hand.wait_for("Cancel the arrangement");
        hand.ask("Cancel the arrangement");
    } else {
        hand.key(Modifiers::COMMAND, Key::Z);
    }
    assert!(!is_arranging(&hand));
    assert!(before.0 == state(&hand).0 && before.2 == state(&hand).2);
    // While a better one is made, by Escape.
    arrange_from_scratch(&mut hand);
    hand.until(has_better);
    assert!(before.0 != state(&hand).0);
    hand.press(Key::Escape);
    assert!(!is_arranging(&hand));
    assert!(before == state(&hand), "places, view and history are as they were");
    hand.frames(30);
    assert!(before.0 == state(&hand).0, "no late answer comes");
}

#[test]
fn a_large_file_opens_legibly_and_a_choice_is_kept() {
    let folder = TempDir::new().unwrap();
    let large = project(100);
    let mut hand = opened(&large, &folder);
    assert_eq!(detail(&hand), Detail::Keys);
    assert!(!hand.editor().is_modified());
    hand.wait_for("Show all fields");
    hand.ask("Show all fields");
    assert_eq!(detail(&hand), Detail::Types);
    hand.frames(3);
    assert!(!hand.has("Show all fields"), "what was taken up is no longer offered");
    let chosen = hand.editor().project().clone();
    drop(hand);
    let hand = opened(&chosen, &folder);
    assert_eq!(detail(&hand), Detail::Types);
    assert!(!hand.has("Show all fields") && !hand.has("Put them into areas"));
}

#[test]
fn areas_are_offered_and_never_made_by_themselves() {
    let folder = TempDir::new().unwrap();
    let mut hand = opened(&project(60), &folder);
    assert_eq!(detail(&hand), Detail::Types);
    hand.wait_for("Put them into areas");
    let n_areas = |hand: &Hand<'_>| hand.editor().project().model.areas().count();
    assert_eq!(n_areas(&hand), 0);
    hand.ask("Dismiss the offer");
    assert!(!hand.has("Put them into areas") && n_areas(&hand) == 0);
    drop(hand);
    let mut hand = opened(&project(60), &folder);
    hand.wait_for("Put them into areas");
    hand.ask("Put them into areas");
    assert!(n_areas(&hand) >= 3);
    assert!(!hand.has("Put them into areas"));
}

#[test]
fn the_level_of_detail_follows_from_the_size() {
    for (count, expected) in [(10, Detail::Types), (81, Detail::Keys), (400, Detail::Names)] {
        let mut one = project(count);
        let chosen = show_legibly(&mut one);
        assert_eq!(one.first_diagram().unwrap().detail, expected);
        assert_eq!(chosen, (expected != Detail::default()).then_some(expected));
        assert_eq!(show_legibly(&mut one), None, "a choice is made once");
    }
}

#[test]
fn hubs_are_what_many_refer_to() {
    let mut build = Builder::new("Hub");
    let hub = build.table("user");
    for n in 0..12 {
        let part = build.table(&format!("part{n}"));
        let field = build.field(part, "user_id", DataType::INTEGER);
        build.reference(part, &[field], hub);
    }
    let degrees = degrees(&build.project.model);
    let least = least_of_a_hub(&degrees);
    let hubs: Vec<_> = degrees.iter().filter(|(_, count)| **count >= least).collect();
    assert_eq!(hubs, [(&NodeId::Entity(hub), &12)]);
    let even = random_project(Shape { entities: 6, references: 5, enumerations: 0, areas: 0 }, 1);
    let few = lunette::layout::hubs::degrees(&even.model);
    assert!(few.values().all(|count| *count < least_of_a_hub(&few)));
}
