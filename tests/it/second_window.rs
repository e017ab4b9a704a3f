//! Two windows on one file: the second one changes nothing until it takes the project over, with
//! all that the first one had not saved.

use std::path::{Path, PathBuf};

use egui_kittest::kittest::Queryable as _;
use lunette::files::journal::place_for;
use lunette::files::save::save;
use lunette::formats::native::write;
use tempfile::TempDir;

use eframe::egui::{Key, Modifiers, vec2};

use crate::hand::Hand;
use crate::support::small;

const ELSEWHERE: &str = "This project is open in another window; here it is read-only.";
const TAKEN: &str = "Another window took this project over; here it is read-only now.";
const REFUSED: &str = "Nothing was changed: here the project is read-only";

fn window(folder: &Path, path: &Path) -> Hand<'static> {
    let mut hand = Hand::picking(&folder.join("copy.lunette.json"));
    hand.keep_journals(folder);
    hand.open(path);
    hand
}

/// Two windows on one file, the first of which has it.
fn two() -> (TempDir, PathBuf, Hand<'static>, Hand<'static>) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("small.lunette.json");
    save(&small::tables(), &path).unwrap();
    let first = opened_first(folder.path(), &path);
    let mut second = window(folder.path(), &path);
    second.wait_for(ELSEWHERE);
    (folder, path, first, second)
}

fn opened_first(folder: &Path, path: &Path) -> Hand<'static> {
    let mut first = window(folder, path);
    let journal = place_for(&folder.join("journals"), Some(path));
    first.until(|_| journal.exists());
    first.frames(3);
    first
}

impl Hand<'_> {
    fn text(&self) -> String {
        write(self.editor().project())
    }

    fn note_it(&mut self, note: &str) {
        self.change("Note", |project| note.clone_into(&mut project.settings.note));
    }
}

#[test]
fn the_second_window_shows_and_changes_nothing() {
    let (_folder, path, mut first, mut second) = two();
    let before = second.text();
    // By drag, by key, by typing on a card, by undo.
    let card = second.center_of("Entity customer");
    second.drag(card, card + vec2(60.0, 40.0));
    assert_eq!(second.text(), before);
    second.wait_for(REFUSED);
    second.click_at(card);
    second.press(Key::Delete);
    second.double_click(card);
    second.type_text("other");
    second.press(Key::Enter);
    second.key(Modifiers::SHIFT, Key::E);
    second.type_lines(&["new", "a int", ""]);
    second.key(Modifiers::COMMAND, Key::Z);
    second.frames(10);
    assert_eq!(second.text(), before);
    assert!(!second.editor().is_modified());
    assert!(second.editor().session().cell.is_none());

    // What the first one saves is seen here.
    first.note_it("from the first");
    first.key(Modifiers::COMMAND, Key::S);
    first.until(|first| !first.editor().is_modified());
    second.until(|second| second.editor().project().settings.note == "from the first");

    // Its own file it may change.
    second.key(Modifiers::COMMAND, Key::S);
    second.until(|second| !second.has(ELSEWHERE));
    second.note_it("a copy");
    assert_eq!(second.editor().project().settings.note, "a copy");
    assert!(path.with_file_name("copy.lunette.json").exists());
}

#[test]
fn the_second_window_takes_over_with_all_that_was_not_saved() {
    let (_folder, path, mut first, mut second) = two();
    first.note_it("not saved");
    first.frames(3);
    second.click("Take over");
    second.until(|second| !second.has("Asking the other window…") && !second.has(ELSEWHERE));
    first.wait_for(TAKEN);
    assert_eq!(second.text(), first.text());
    assert!(second.editor().is_modified() && !first.editor().is_modified());
    first.note_it("too late");
    first.frames(3);
    assert!(first.harness.query_all_by_label(REFUSED).next().is_some());
    assert_eq!(first.editor().project().settings.note, "not saved");

    second.note_it("mine now");
    second.key(Modifiers::COMMAND, Key::S);
    second.until(|second| !second.editor().is_modified());
    first.until(|first| first.editor().project().settings.note == "mine now");
    drop(path);

    // And back again.
    first.click("Take over");
    first.until(|first| !first.has(TAKEN));
    second.wait_for(TAKEN);
    first.note_it("again");
    assert_eq!(first.editor().project().settings.note, "again");
}
