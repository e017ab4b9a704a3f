//! Importing into the open project: what is read is compared and shown first, taken over in one
//! step, and what the files said stays in the list of problems.

use std::fs;
use std::path::Path;

use egui_kittest::kittest::Queryable as _;
use lunette::base::geom::Point;
use lunette::formats::native::write;
use lunette::model::id::NodeId;
use tempfile::TempDir;

use eframe::egui::{Key, Modifiers, vec2};

use crate::hand::Hand;

const SHOP: &str = "CREATE TABLE users (id int PRIMARY KEY, mail text NOT NULL);
CREATE TABLE carts (id int PRIMARY KEY, user_id int REFERENCES users (id));
";

/// Another version: a renamed field, a new table, a table that is gone and a line of nonsense.
const NEXT: &str = "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);
CREATE TABLE visits (id int PRIMARY KEY, at timestamptz);
CREATE TABEL broken (id int);
";

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("shop.sql"), SHOP).unwrap();
    fs::write(folder.path().join("next.sql"), NEXT).unwrap();
    folder
}

/// A window with the first version open, in which every question is answered with the second.
fn with_shop(folder: &Path) -> Hand<'static> {
    let mut hand = Hand::picking(&folder.join("next.sql"));
    let ctx = hand.harness.ctx.clone();
    let window = hand.window();
    window.load(&ctx, folder.join("shop.sql"));
    hand.wait_for("Entity users");
    hand.frames(8);
    hand
}

fn ask_for_import(hand: &mut Hand<'_>) {
    hand.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::O);
    hand.wait_for("Import next.sql");
    hand.wait_for("1 new, 1 changed, 2 no longer there");
    // The dialog grows around what was found.
    hand.frames(4);
}

fn entities(hand: &Hand<'_>) -> Vec<String> {
    hand.editor().project().model.entities().map(|one| one.name.clone()).collect()
}

fn place(hand: &Hand<'_>, entity: &str) -> Option<Point> {
    let editor = hand.editor();
    let id: NodeId = editor.project().model.entity_named(entity)?.id.into();
    let diagram = editor.diagram()?;
    diagram.placements.get(&id).map(|placement| placement.position)
}

#[test]
fn an_import_is_shown_before_it_is_taken_over_and_undone_in_one_step() {
    let folder = folder();
    let mut hand = with_shop(folder.path());
    let from = hand.center_of("Entity users");
    hand.drag(from, from + vec2(-120.0, 80.0));
    let before = write(hand.editor().project());
    let stood = place(&hand, "users").unwrap();
    ask_for_import(&mut hand);
    assert!(hand.harness.query_by_label_contains("was renamed to email").is_some());
    assert_eq!(write(hand.editor().project()), before, "a look changes nothing");
    hand.press(Key::Escape);
    assert!(!hand.has("Import next.sql"));
    assert_eq!(write(hand.editor().project()), before, "Escape leaves all as it was");

    ask_for_import(&mut hand);
    hand.click("Import");
    hand.frames(30);
    assert_eq!(entities(&hand), ["users", "carts", "visits"], "what is gone stays unless checked");
    let model = &hand.editor().project().model;
    let names: Vec<_> = model.entity_named("users").unwrap().fields.iter().collect();
    assert_eq!(names[1].name, "email");
    assert_eq!(place(&hand, "users"), Some(stood), "no card moved");
    assert!(place(&hand, "visits").is_some(), "a new card has its place");
    let history = hand.editor().document().history();
    assert_eq!(history.undo_label(), Some("import next.sql"));
    hand.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(write(hand.editor().project()), before, "one undo is exact");
}

#[test]
fn only_what_is_checked_is_taken_over() {
    let folder = folder();
    let mut hand = with_shop(folder.path());
    ask_for_import(&mut hand);
    hand.click("New");
    hand.click("No longer there");
    hand.click("Take what is alike for renamed (1)");
    hand.frames(2);
    while hand.harness.query_by_label_contains("was renamed").is_some() {
        hand.frames(1);
    }
    hand.wait_for("field email was added");
    hand.click("New");
    hand.click("No longer there");
    hand.click("Import");
    hand.frames(10);
    assert_eq!(entities(&hand), ["users"]);
    let model = &hand.editor().project().model;
    assert_eq!(model.references().len(), 0);
    assert_eq!(model.entity_named("users").unwrap().fields[1].name, "email");
}

#[test]
fn what_files_said_stays_in_the_list_of_problems_until_dismissed() {
    let folder = folder();
    let mut hand = with_shop(folder.path());
    assert!(!hand.has("Reading shop.sql"), "nothing was said");
    ask_for_import(&mut hand);
    hand.press(Key::Escape);
    assert!(hand.has("Reading next.sql"));
    assert!(hand.has("next.sql:3:1") || hand.has("next.sql:3:8"), "the place is told");
    assert!(hand.harness.query_by_label_contains("CREATE TABEL broken").is_some(), "and the line");
    hand.click("Dismiss what next.sql said");
    assert!(!hand.has("Reading next.sql"));
    // Opened by itself it says the same.
    let ctx = hand.harness.ctx.clone();
    let window = hand.window();
    window.load(&ctx, folder.path().join("next.sql"));
    hand.wait_for("Reading next.sql");
    assert_eq!(entities(&hand), ["users", "visits"]);
}

#[test]
fn the_same_again_is_nothing_to_ask_about() {
    let folder = folder();
    let mut hand = with_shop(folder.path());
    let before = write(hand.editor().project());
    hand.drop_files(&[folder.path().join("shop.sql")]);
    hand.wait_for("The project says all of it already");
    assert_eq!(write(hand.editor().project()), before);
    assert!(!hand.editor().is_modified());
}

#[test]
fn a_folder_and_several_files_are_dropped_at_once() {
    let folder = folder();
    let mut hand = with_shop(folder.path());
    let more = folder.path().join("more");
    fs::create_dir(&more).unwrap();
    fs::write(more.join("a.sql"), "CREATE TABLE a (id int PRIMARY KEY);").unwrap();
    let other = folder.path().join("b.sql");
    fs::write(&other, "CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);").unwrap();
    hand.drop_files(&[more, other]);
    hand.wait_for("Import 2 files");
    hand.wait_for("b.a_id → a");
    hand.click("Import");
    hand.frames(10);
    assert_eq!(entities(&hand), ["users", "carts", "a", "b"]);
    assert_eq!(hand.editor().project().model.references().len(), 2);
}
