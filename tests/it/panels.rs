//! What stands beside the canvas of the real window: the explorer and the Code tab, what is copied
//! out of it and what is dropped onto it.

use std::fs;
use std::slice::from_ref;

use egui_kittest::kittest::Queryable as _;
use lunette::model::id::{ElementId, NodeId};

use eframe::egui::{Key, Modifiers, OutputCommand};
use tempfile::TempDir;

use crate::hand::Hand;

fn labels(hand: &Hand<'_>) -> Vec<String> {
    hand.editor().document().history().past_labels().map(str::to_owned).collect()
}

fn reads(hand: &Hand<'_>, text: &str) -> bool {
    hand.harness.query_all_by_label_contains(text).next().is_some()
}

fn command(hand: &mut Hand<'_>, name: &str) {
    hand.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    hand.type_text(name);
    hand.harness.key_press(Key::Enter);
}

#[test]
fn the_palette_knows_the_theme_by_that_word() {
    let mut hand = Hand::with_sample("To-do");
    let is_dark = |hand: &Hand<'_>| hand.harness.ctx.global_style().visuals.dark_mode;
    let before = is_dark(&hand);
    command(&mut hand, "theme");
    hand.until(|hand| is_dark(hand) != before);
    assert!(!hand.editor().is_modified());
}

#[test]
fn a_double_click_in_the_explorer_finds_the_card_on_the_canvas() {
    let mut hand = Hand::with_sample("Shop");
    let order = hand.editor().project().model.entity_named("Order").unwrap().id;
    let card = hand.editor().layout().cards.get(&NodeId::Entity(order)).unwrap().rect;
    let sees =
        |hand: &Hand<'_>| hand.editor().session().viewport().visible().contains(card.center());
    let far = lunette::base::geom::Vec2::new(90_000.0, -40_000.0);
    hand.editor_mut().session_mut().viewport_mut().pan(far);
    hand.frames(2);
    assert!(!sees(&hand));
    let row = hand.center_of("Order in the list");
    hand.double_click(row);
    hand.until(sees);
    assert_eq!(hand.editor().session().selection.to_vec(), [ElementId::Entity(order)]);
    assert!(!hand.editor().is_modified());
}

#[test]
fn the_code_is_of_the_whole_or_of_what_is_selected() {
    let mut hand = Hand::with_sample("To-do");
    hand.ask("Code");
    hand.ask("Target: Mongoose");
    hand.ask("DBML");
    let (user, todo) = ("Table User", "Table Todo");
    hand.until(|hand| reads(hand, user) && reads(hand, todo));
    hand.ask("Only what is selected");
    hand.frames(20);
    assert!(reads(&hand, user) && reads(&hand, todo), "nothing is selected");
    hand.click("Entity User");
    hand.until(|hand| reads(hand, user) && !reads(hand, todo));
    hand.ask("Only what is selected");
    hand.until(|hand| reads(hand, user) && reads(hand, todo));
}

#[test]
fn looking_at_the_code_of_another_target_changes_no_project() {
    let mut hand = Hand::with_sample("To-do");
    let before = hand.editor().project().clone();
    hand.ask("Code");
    hand.ask("Target: Mongoose");
    hand.ask("Prisma");
    hand.until(|hand| reads(hand, "model User"));
    assert!(!hand.editor().is_modified() && labels(&hand).is_empty());
    assert_eq!(*hand.editor().project(), before);
    // What is saved is what is looked at.
    hand.ask("Save these files…");
    assert!(hand.has("Save Prisma code"));
    hand.press(Key::Escape);
    // It becomes the project's own where a person says so.
    hand.ask("Target: Prisma");
    hand.ask("Make Prisma the project's target");
    assert_eq!(hand.editor().project().settings.target, "prisma");
    assert_eq!(labels(&hand), ["change target"]);
    hand.key(Modifiers::COMMAND, Key::Z);
    assert!(hand.has("Target: Mongoose"), "the tab follows the project again");
    assert_eq!(*hand.editor().project(), before);
}

/// What the window asks the system to put into the clipboard.
fn put_next(hand: &mut Hand<'_>) -> OutputCommand {
    for _ in 0..2_000 {
        hand.frames(1);
        if let Some(command) = hand.harness.output().platform_output.commands.first() {
            return command.clone();
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("nothing was copied");
}

#[test]
fn what_is_selected_is_copied_as_an_image() {
    let mut hand = Hand::with_sample("To-do");
    let size = |command: OutputCommand| match command {
        OutputCommand::CopyImage(image) => image.size,
        other => panic!("{other:?} is no image"),
    };
    command(&mut hand, "copy as image");
    let whole = size(put_next(&mut hand));
    hand.frames(4);
    assert!(hand.has("Copied as image"));
    hand.click("Entity User");
    command(&mut hand, "copy as image");
    let part = size(put_next(&mut hand));
    let card = hand.editor().bounds_of(&hand.editor().session().selection.to_vec()).unwrap();
    assert!((part[0] as f64 - 2.0 * (card.width() + 48.0)).abs() < 3.0, "{part:?} for {card:?}");
    assert!(part[0] < whole[0] && part[1] < whole[1], "{part:?} of {whole:?}");
}

#[test]
fn what_is_selected_is_copied_as_code() {
    let mut hand = Hand::with_sample("To-do");
    let text = |command: OutputCommand| match command {
        OutputCommand::CopyText(text) => text,
        other => panic!("{other:?} is no text"),
    };
    command(&mut hand, "copy as code");
    let whole = text(put_next(&mut hand));
    assert!(whole.contains("mongoose") && whole.contains("subTodos"), "{whole}");
    hand.frames(4);
    assert!(hand.has("Copied as Mongoose"));
    hand.click("Entity User");
    command(&mut hand, "copy as code");
    let part = text(put_next(&mut hand));
    assert!(part.contains("mongoose") && !part.contains("subTodos"), "{part}");
    assert!(!hand.editor().is_modified());
}

#[test]
fn a_file_that_is_dropped_is_opened_or_imported() {
    let folder = TempDir::new().unwrap();
    let (own, script) = (folder.path().join("own.lunette.json"), folder.path().join("b.sql"));
    let hand = Hand::with_sample("To-do");
    let text = lunette::formats::native::write(hand.editor().project());
    fs::write(&own, text).unwrap();
    fs::write(&script, "create table book (id int primary key);").unwrap();
    let mut hand = Hand::new();
    let is_open = |hand: &Hand<'_>| hand.harness.state().as_ref().unwrap().open.is_some();
    let has = |hand: &Hand<'_>, name: &str| {
        is_open(hand) && hand.editor().project().model.entity_named(name).is_some()
    };
    hand.drop_files(from_ref(&script));
    hand.until(|hand| has(hand, "book"));
    // A project of one's own is opened instead of what is open.
    hand.drop_files(from_ref(&own));
    hand.until(|hand| has(hand, "SubTodo"));
    assert!(!has(&hand, "book"));
    assert!(!hand.editor().is_modified());
    // Anything else comes into it.
    hand.drop_files(from_ref(&script));
    hand.wait_for("Import b.sql");
    hand.wait_for("book");
    hand.click("Import");
    hand.until(|hand| has(hand, "book"));
    assert!(has(&hand, "SubTodo"));
}
