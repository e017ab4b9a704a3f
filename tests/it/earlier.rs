//! Earlier versions: each save keeps what it replaces, and the window brings any of it back.

use std::fs;
use std::path::{Path, PathBuf};

use egui_kittest::kittest::Queryable as _;
use lunette::files::backups::{Backup, backups_of};
use lunette::files::save::save;
use lunette::formats::native::write;
use tempfile::TempDir;

use eframe::egui::{Key, Modifiers};

use crate::hand::Hand;
use crate::support::small;

/// A window with a project open that keeps what saving replaces, and its file.
fn opened() -> (TempDir, PathBuf, Hand<'static>) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("small.lunette.json");
    save(&small::tables(), &path).unwrap();
    let mut hand = Hand::new();
    let kept = folder.path().join("backups");
    hand.window().keep_backups(kept);
    hand.open(&path);
    (folder, path, hand)
}

fn kept(path: &Path) -> Vec<Backup> {
    backups_of(&path.with_file_name("backups"), path)
}

/// Gives the file another time, so that its version is not of the same second as the next.
fn age(path: &Path, seconds: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    let time = std::time::SystemTime::now() - std::time::Duration::from_secs(seconds);
    file.set_modified(time).unwrap();
}

impl Hand<'_> {
    fn rename(&mut self, name: &str) {
        self.change("Rename", |project| {
            let id = project.model.entities().next().unwrap().id;
            name.clone_into(&mut project.model.entity_mut(id).unwrap().name);
        });
    }

    fn save_now(&mut self) {
        self.key(Modifiers::COMMAND, Key::S);
        self.until(|hand| !hand.editor().is_modified());
    }

    fn says(&self, part: &str) -> bool {
        self.harness.query_all_by_label_contains(part).next().is_some()
    }

    fn show_earlier(&mut self) {
        self.click("File");
        self.click("Earlier versions…");
        self.wait_for("Earlier versions of small.lunette.json");
    }
}

#[test]
fn what_saving_replaced_is_listed_and_brought_back() {
    let (_folder, path, mut hand) = opened();
    hand.show_earlier();
    hand.wait_for("Each save keeps the version that it replaces. Nothing was replaced yet.");
    hand.frames(3);
    hand.press(Key::Escape);
    for (name, seconds) in [("first", 7_200), ("second", 240)] {
        age(&path, seconds);
        hand.rename(name);
        hand.save_now();
    }
    assert_eq!(kept(&path).len(), 2);
    let before = write(hand.editor().project());
    hand.show_earlier();
    hand.until(|hand| hand.says(", 2 hours ago"));
    assert!(hand.says(", 4 minutes ago"));
    assert!(hand.says("was renamed to"), "the newest one is told of");
    assert!(hand.says("1 change since"));
    hand.harness.get_by_label_contains(", 2 hours ago").click();
    hand.frames(4);
    hand.click("Restore");
    hand.until(|hand| !hand.has("Earlier versions of small.lunette.json"));
    let names: Vec<_> =
        hand.editor().project().model.entities().map(|one| one.name.clone()).collect();
    assert_eq!(names[0], small::tables().model.entities().next().unwrap().name);
    assert!(hand.editor().is_modified(), "the file still holds the other");
    hand.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(write(hand.editor().project()), before, "one undo is exact");
}

#[test]
fn a_version_that_cannot_be_read_is_told_and_not_brought_back() {
    let (_folder, path, mut hand) = opened();
    age(&path, 60);
    hand.rename("first");
    hand.save_now();
    fs::write(&kept(&path)[0].path, "{").unwrap();
    hand.show_earlier();
    hand.until(|hand| hand.says("cannot be read"));
    let before = write(hand.editor().project());
    hand.click("Restore");
    hand.frames(10);
    assert_eq!(write(hand.editor().project()), before);
    hand.click("Close");
    assert!(!hand.has("Earlier versions of small.lunette.json"));
}

#[test]
fn a_save_without_a_place_for_the_version_before_is_done_and_told() {
    let (folder, path, mut hand) = opened();
    fs::write(folder.path().join("backups"), "in the way").unwrap();
    hand.rename("first");
    hand.key(Modifiers::COMMAND, Key::S);
    hand.wait_for("Saved, but the version before is not kept");
    assert!(!hand.editor().is_modified());
    assert_eq!(fs::read_to_string(&path).unwrap(), write(hand.editor().project()));
}
