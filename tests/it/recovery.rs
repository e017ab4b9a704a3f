//! The window keeps a journal: what a program that ended badly did not save is offered, and taken
//! back or left with undo leading to the other.

use std::fs;
use std::path::Path;

use lunette::document::project::Project;
use lunette::files::journal::{left_over, place_for, recover};
use lunette::files::save::save;
use lunette::formats::native::write;
use tempfile::TempDir;

use crate::hand::Hand;
use crate::support::random::{Shape, random_project};
use crate::support::small;

/// A window that keeps its journals below that folder.
fn hand_in(folder: &Path) -> Hand<'static> {
    let mut hand = Hand::new();
    hand.keep_journals(folder);
    hand
}

impl Hand<'_> {
    /// Changes the note of the project and waits until that is written down.
    fn note_down(&mut self, note: &str, journal: &Path) -> Project {
        self.change("Change", |project| note.clone_into(&mut project.settings.note));
        self.until(|_| fs::read_to_string(journal).is_ok_and(|text| text.contains(note)));
        self.editor().project().clone()
    }
}

#[track_caller]
fn assert_same(one: &Project, other: &Project) {
    assert!(write(one) == write(other), "{:?} is not {:?}", one.settings.note, other.settings.note);
}

#[test]
fn what_was_not_saved_comes_back_and_undo_leads_to_what_was() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("small.lunette.json");
    save(&small::tables(), &path).unwrap();
    let journal = place_for(&folder.path().join("journals"), Some(&path));

    let mut hand = hand_in(folder.path());
    hand.open(&path);
    let saved = hand.editor().project().clone();
    hand.note_down("first", &journal);
    let changed = hand.note_down("second", &journal);
    drop(hand);
    assert_same(&recover(&journal).unwrap().unwrap().project, &changed);

    for (choice, then) in [("Open as saved", &saved), ("Take them back", &changed)] {
        let mut hand = hand_in(folder.path());
        hand.open(&path);
        hand.wait_for(choice);
        assert!(hand.has("small.lunette.json has changes that were not saved"));
        hand.ask(choice);
        assert_same(hand.editor().project(), then);
        let editor = hand.editor_mut();
        let step = if then == &saved { editor.redo() } else { editor.undo() };
        assert!(step.is_some_and(|label| label.to_lowercase().contains("recover")));
        let other = if then == &saved { &changed } else { &saved };
        assert_same(hand.editor().project(), other);
        hand.frames(2);
    }
}

#[test]
fn work_without_a_file_is_offered_at_the_next_start() {
    let folder = TempDir::new().unwrap();
    let journals = folder.path().join("journals");
    let mut hand = hand_in(folder.path());
    hand.ask("Open the sample Shop");
    hand.until(|_| fs::read_dir(&journals).is_ok_and(|mut found| found.next().is_some()));
    let journal = fs::read_dir(&journals).unwrap().next().unwrap().unwrap().path();
    let changed = hand.note_down("a thought", &journal);
    drop(hand);

    let mut hand = hand_in(folder.path());
    hand.wait_for("Take them back");
    hand.ask("Take them back");
    assert_same(hand.editor().project(), &changed);
    assert!(hand.editor().is_modified());
    hand.window().let_go();
    assert_eq!(left_over(&journals), [] as [&Path; 0], "what nobody wants is gone");
}

#[test]
fn a_clean_end_leaves_no_journal() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("small.lunette.json");
    save(&small::tables(), &path).unwrap();
    let journal = place_for(&folder.path().join("journals"), Some(&path));
    let mut hand = hand_in(folder.path());
    hand.open(&path);
    hand.until(|_| journal.exists());
    hand.note_down("kept", &journal);
    hand.window().let_go();
    assert!(!journal.exists());
}

#[test]
fn what_nobody_did_is_not_written_down() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("large.lunette.json");
    let shape = Shape { entities: 160, references: 120, enumerations: 0, areas: 0 };
    save(&random_project(shape, 7), &path).unwrap();
    let journal = place_for(&folder.path().join("journals"), Some(&path));
    let settled = |hand: &mut Hand<'_>| {
        hand.until(|hand| {
            let editor = hand.editor();
            !editor.derived().is_draft() && editor.settlings() > 0
        });
        hand.frames(3);
        assert!(!hand.editor().is_modified());
    };

    let mut hand = hand_in(folder.path());
    hand.open(&path);
    hand.until(|_| journal.exists());
    settled(&mut hand);
    drop(hand);
    assert!(recover(&journal).unwrap().is_none(), "only places were computed");

    let mut hand = hand_in(folder.path());
    hand.open(&path);
    settled(&mut hand);
    let changed = hand.note_down("a thought", &journal);
    drop(hand);

    // What was left stays until it is known what is to become of it.
    let mut hand = hand_in(folder.path());
    hand.open(&path);
    hand.wait_for("Take them back");
    settled(&mut hand);
    drop(hand);
    assert_same(&recover(&journal).unwrap().unwrap().project, &changed);

    let mut hand = hand_in(folder.path());
    hand.open(&path);
    hand.wait_for("Open as saved");
    hand.ask("Open as saved");
    drop(hand);
    assert!(recover(&journal).unwrap().is_none());
}
