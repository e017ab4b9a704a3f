//! Somebody else writes the file of the open project: read again while nothing is unsaved, merged
//! by choice otherwise, and never saved over in silence.

use std::fs;
use std::path::{Path, PathBuf};

use egui_kittest::kittest::Queryable as _;
use lunette::document::project::Project;
use lunette::files::journal::{place_for, recover};
use lunette::files::save::save;
use lunette::formats::native::merge::markers;
use lunette::formats::native::{read, write};
use lunette::model::id::ElementId;
use tempfile::TempDir;

use eframe::egui::{Event, Key, Modifiers};

use crate::hand::Hand;
use crate::support::small;

fn with(base: &Project, change: impl FnOnce(&mut Project)) -> Project {
    let mut project = base.clone();
    change(&mut project);
    project
}

/// Renames the first entity.
fn renamed(base: &Project, name: &str) -> Project {
    with(base, |project| {
        let id = project.model.entities().next().unwrap().id;
        name.clone_into(&mut project.model.entity_mut(id).unwrap().name);
    })
}

fn noted(base: &Project, note: &str) -> Project {
    with(base, |project| note.clone_into(&mut project.settings.note))
}

fn on_disk(path: &Path) -> Project {
    read(&fs::read_to_string(path).unwrap(), "").project
}

/// A window with a project open, and its file.
fn opened() -> (TempDir, PathBuf, Hand<'static>) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("small.lunette.json");
    // Placed, as a file that the window saved is.
    save(&small::tables(), &path).unwrap();
    let mut hand = Hand::new();
    hand.keep_journals(folder.path());
    hand.open(&path);
    hand.key(Modifiers::COMMAND, Key::S);
    hand.change("Note", |project| "begin".clone_into(&mut project.settings.note));
    hand.save();
    (folder, path, hand)
}

impl Hand<'_> {
    fn save(&mut self) {
        self.key(Modifiers::COMMAND, Key::S);
        self.until(|hand| !hand.editor().is_modified());
    }

    fn first_entity(&self) -> String {
        self.editor().project().model.entities().next().unwrap().name.clone()
    }

    fn note(&self) -> &str {
        &self.editor().project().settings.note
    }
}

#[test]
fn what_comes_in_is_read_again_while_nothing_is_unsaved() {
    let (_folder, path, mut hand) = opened();
    let before = hand.editor().project().clone();
    let entity = before.model.entities().nth(1).unwrap().id;
    hand.editor_mut().reveal(ElementId::Entity(entity));
    hand.frames(30);
    let zoom = hand.editor().session().viewport().zoom();
    save(&renamed(&before, "human"), &path).unwrap();
    hand.until(|hand| hand.first_entity() == "human");
    hand.frames(3);
    assert!(!hand.editor().is_modified());
    assert_eq!(hand.editor().session().selection.to_vec(), [ElementId::Entity(entity)]);
    assert_eq!(hand.editor().session().viewport().zoom(), zoom);
    assert!(
        hand.harness.query_by_label_contains("was changed on disk and is read again").is_some()
    );
    let step = hand.editor_mut().undo().unwrap();
    assert!(step.eq_ignore_ascii_case("read again from disk"), "{step}");
    assert_eq!(write(hand.editor().project()), write(&before), "one undo leads back");
    assert!(hand.editor().is_modified(), "to what the file no longer says");
}

#[test]
fn what_is_unsaved_is_merged_with_what_comes_in() {
    let (folder, path, mut hand) = opened();
    let base = hand.editor().project().clone();
    hand.change("Rename", |project| *project = renamed(project, "person"));
    let mine = hand.editor().project().clone();
    let theirs = with(&noted(&renamed(&base, "user"), "theirs"), |project| {
        let id = project.model.entities().nth(1).unwrap().id;
        "from them".clone_into(&mut project.model.entity_mut(id).unwrap().note);
    });
    save(&theirs, &path).unwrap();
    hand.wait_for("small.lunette.json was changed on disk");
    hand.wait_for("1 conflict");
    assert_eq!(write(hand.editor().project()), write(&mine), "a look changes nothing");
    assert!(hand.has("Mine: entity person: name: person"));
    assert!(hand.harness.query_by_label_contains("from them").is_some(), "what came in is told");
    hand.frames(3);
    hand.click("On disk: entity person: name: user");
    hand.click("Merge");
    hand.until(|hand| hand.note() == "theirs");
    assert_eq!(hand.first_entity(), "user");
    assert!(!hand.editor().is_modified(), "all of ours was given up");

    hand.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(write(hand.editor().project()), write(&mine), "one undo is exact");
    assert!(hand.editor().is_modified());
    let journal = place_for(&folder.path().join("journals"), Some(&path));
    hand.until(|_| {
        recover(&journal).is_ok_and(|found| found.is_none())
            || fs::read_to_string(&journal).is_ok_and(|text| text.contains("person"))
    });
    hand.save();
    assert_eq!(write(&on_disk(&path)), write(&mine), "it was chosen, so saving does not ask again");
}

#[test]
fn mine_is_kept_or_the_disks_is_taken() {
    for (button, name, is_modified) in
        [("Keep mine", "person", true), ("Take the disk's", "user", false)]
    {
        let (_folder, path, mut hand) = opened();
        let base = hand.editor().project().clone();
        hand.change("Rename", |project| *project = renamed(project, "person"));
        save(&renamed(&base, "user"), &path).unwrap();
        hand.wait_for("1 conflict");
        hand.frames(3);
        hand.click(button);
        hand.frames(5);
        assert_eq!(
            (hand.first_entity().as_str(), hand.editor().is_modified()),
            (name, is_modified)
        );
        hand.save();
        hand.until(|_| on_disk(&path).model.entities().next().unwrap().name == name);
    }
}

#[test]
fn saving_never_replaces_what_somebody_else_wrote_without_a_word() {
    let (_folder, path, mut hand) = opened();
    let theirs = renamed(hand.editor().project(), "user");
    hand.change("Rename", |project| *project = renamed(project, "person"));
    save(&theirs, &path).unwrap();
    hand.wait_for("1 conflict");
    hand.press(Key::Escape);
    hand.frames(3);
    assert!(!hand.has("1 conflict"));
    // Coming back to the window does not ask again, saving does.
    hand.harness.event(Event::WindowFocused(true));
    hand.frames(20);
    assert!(!hand.has("1 conflict"));
    hand.key(Modifiers::COMMAND, Key::S);
    hand.wait_for("1 conflict");
    assert_eq!(write(&on_disk(&path)), write(&theirs));
    hand.frames(3);
    hand.click("All: mine");
    hand.click("Merge");
    hand.until(|hand| !hand.has("1 conflict"));
    hand.save();
    assert_eq!(on_disk(&path).model.entities().next().unwrap().name, "person");
}

#[test]
fn a_file_that_is_gone_leaves_the_window_unsaved() {
    let (_folder, path, mut hand) = opened();
    assert!(!hand.editor().is_modified());
    fs::remove_file(&path).unwrap();
    hand.wait_for("small.lunette.json is gone");
    assert!(hand.editor().is_modified());
    hand.click("OK");
    hand.save();
    assert_eq!(write(&on_disk(&path)), write(hand.editor().project()));
}

#[test]
fn what_cannot_be_read_stays_out_of_the_window() {
    let (_folder, path, mut hand) = opened();
    let before = write(hand.editor().project());
    fs::write(&path, &before[..before.len() / 2]).unwrap();
    hand.wait_for("small.lunette.json was changed on disk and cannot be read");
    assert_eq!(write(hand.editor().project()), before);
    assert!(hand.editor().is_modified());
    hand.click("OK");
    hand.save();
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}

#[test]
fn a_merge_that_git_could_not_finish_is_offered_on_opening() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("small.lunette.json");
    let base = small::tables();
    let theirs = noted(&renamed(&base, "user"), "theirs");
    let text = markers::join(&write(&renamed(&base, "person")), &write(&theirs));
    fs::write(&path, &text).unwrap();
    let mut hand = Hand::new();
    let ctx = hand.harness.ctx.clone();
    hand.window().load(&ctx, path.clone());
    hand.wait_for("small.lunette.json holds a merge that is not finished");
    hand.wait_for("2 conflicts");
    hand.frames(3);
    hand.press(Key::Escape);
    hand.frames(3);
    assert!(hand.harness.state().as_ref().unwrap().open.is_none(), "nothing is opened unasked");
    hand.window().load(&ctx, path.clone());
    hand.wait_for("2 conflicts");
    hand.frames(3);
    hand.click("Theirs: entity person: name: user");
    hand.click("Merge");
    hand.until(|hand| hand.harness.state().as_ref().unwrap().open.is_some());
    hand.frames(5);
    assert_eq!((hand.first_entity().as_str(), hand.note()), ("user", ""));
    assert!(hand.editor().is_modified());
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "until it is saved the file stays");
    hand.save();
    assert_eq!(write(&on_disk(&path)), write(hand.editor().project()));
}
