//! The journal: deltas give back what they were made of, torn and changed lines are not believed,
//! and after a kill at any instant nothing older than a second is gone.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lunette::document::project::Project;
use lunette::files::journal::writer::JournalWriter;
use lunette::files::journal::{Journal, JournalError, Recovered, left_over, place_for, recover};
use lunette::formats::native::delta::{apply, delta, project_of_snapshot, snapshot};
use lunette::formats::native::{read, write};
use lunette::model::id::IdMint;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use tempfile::TempDir;

use crate::edits::{Edit, any_edit};
use crate::support::newer::newer_file;
use crate::support::{kitchen_sink, small};

fn starts() -> [Project; 4] {
    let newer = read(&newer_file().to_string(), "newer").project;
    [Project::default(), small::documents(), kitchen_sink(), newer]
}

/// Asserts that the files of both are the same, and shows the lines in which they are not.
#[track_caller]
fn assert_same(one: &Project, other: &Project) {
    let [one, other] = [write(one), write(other)];
    let differing = one.lines().zip(other.lines()).filter(|(a, b)| a != b);
    let differing: Vec<_> = differing.take(3).collect();
    assert!(one == other, "{differing:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn deltas_give_every_version_back(
        start in 0..4_usize,
        edits in prop::collection::vec(any_edit(), 1..12),
    ) {
        let mut mint = IdMint::from_seed(1);
        let mut project = starts()[start].clone();
        let mut kept = snapshot(&project);
        for edit in &edits {
            let before = project.clone();
            edit.apply(&mut project, &mut mint);
            if let Some(delta) = delta(&before, &project) {
                apply(&mut kept, delta).unwrap();
            }
            assert_same(&project_of_snapshot(kept.clone()), &project);
        }
    }
}

/// Versions of a project: each says in its note which one it is.
fn versions(seed: u64, count: usize) -> Vec<Project> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut mint = IdMint::from_seed(seed);
    let mut project = small::tables();
    let mut versions = Vec::with_capacity(count);
    for number in 0..count {
        let edit: Edit = any_edit().new_tree(&mut runner).unwrap().current();
        edit.apply(&mut project, &mut mint);
        project.settings.note = number.to_string();
        versions.push(project.clone());
    }
    versions
}

#[track_caller]
fn recovered(path: &Path) -> Recovered {
    recover(path).unwrap().unwrap()
}

/// A journal of these versions, as a program that was killed leaves it.
fn journal_of(path: &Path, versions: &[Project]) -> Vec<u8> {
    let mut journal = Journal::open(path, Some(Path::new("/x/shop.lunette.json"))).unwrap();
    for version in versions {
        journal.append(version).unwrap();
    }
    drop(journal);
    fs::read(path).unwrap()
}

#[test]
fn a_journal_gives_the_newest_version_back() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a/b/x.journal");
    let versions = versions(1, 20);
    journal_of(&path, &versions);
    let found = recovered(&path);
    assert_same(&found.project, &versions[19]);
    assert_eq!((found.n_changes, found.is_torn), (19, false));
    assert_eq!(found.edited.as_deref(), Some(Path::new("/x/shop.lunette.json")));

    let mut journal = Journal::open(&path, None).unwrap();
    assert!(!fs::read(&path).unwrap().is_empty(), "opening alone loses nothing");
    journal.append(&versions[3]).unwrap();
    journal.clear().unwrap();
    journal.append(&versions[4]).unwrap();
    drop(journal);
    assert_same(&recovered(&path).project, &versions[4]);
}

#[test]
fn torn_and_changed_lines_are_not_believed() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.journal");
    let versions = versions(2, 4);
    let bytes = journal_of(&path, &versions);
    let ends: Vec<_> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').collect();
    let n_whole = |length: usize| ends.iter().filter(|end| **end < length).count();
    let expect = |n_lines: usize, is_torn: bool, what: &str| match recover(&path).unwrap() {
        None => assert!(n_lines < 2, "{what}"),
        Some(found) => {
            assert_same(&found.project, &versions[n_lines - 2]);
            assert_eq!((found.n_changes + 2, found.is_torn), (n_lines, is_torn), "{what}");
        }
    };
    for length in 0..=bytes.len() {
        fs::write(&path, &bytes[..length]).unwrap();
        let is_torn = length > 0 && bytes[length - 1] != b'\n';
        expect(n_whole(length), is_torn, &format!("cut at {length}"));
    }
    for at in (0..bytes.len()).step_by(7) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x15;
        fs::write(&path, &changed).unwrap();
        expect(n_whole(at), true, &format!("changed at {at}"));
    }
}

#[test]
fn a_long_journal_begins_anew() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.journal");
    let mut journal = Journal::open(&path, None).unwrap();
    let mut project = small::tables();
    for number in 0..12 {
        project.settings.note = number.to_string().repeat(1_000_000);
        journal.append(&project).unwrap();
    }
    drop(journal);
    assert!(fs::metadata(&path).unwrap().len() < 9_000_000);
    assert_eq!(write(&recovered(&path).project), write(&project));
}

#[test]
fn one_window_writes_and_others_are_told() {
    let folder = TempDir::new().unwrap();
    let path = place_for(folder.path(), Some(Path::new("shop.lunette.json")));
    assert_eq!(path, place_for(folder.path(), Some(Path::new("shop.lunette.json"))));
    let [first] = &versions(3, 1)[..] else { panic!() };
    let mut journal = Journal::open(&path, None).unwrap();
    journal.append(first).unwrap();
    assert!(matches!(Journal::open(&path, None), Err(JournalError::Taken)));
    assert!(matches!(recover(&path), Err(JournalError::Taken)));
    assert_eq!(left_over(folder.path()), [] as [&Path; 0]);
    drop(journal);
    assert_eq!(left_over(folder.path()), [path.as_path()]);
    Journal::open(&path, None).unwrap().remove().unwrap();
    assert_eq!(left_over(folder.path()), [] as [&Path; 0]);
    let untitled = [place_for(folder.path(), None), place_for(folder.path(), None)];
    assert_eq!(untitled[0], untitled[1], "until it is taken");
    let _taken = Journal::open(&untitled[0], None).unwrap();
    assert_ne!(place_for(folder.path(), None), untitled[0]);
}

#[test]
fn the_thread_writes_the_newest_and_removes_what_is_saved() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.journal");
    let versions = versions(4, 30);
    let start = |saved| JournalWriter::start(Journal::open(&path, None).unwrap(), saved, || ());
    let writer = start(&versions[0]);
    for version in &versions {
        writer.note(version);
    }
    writer.close();
    assert_same(&recovered(&path).project, &versions[29]);

    let writer = start(&versions[29]);
    writer.note(&versions[5]);
    writer.saved(&versions[5], &versions[5]);
    writer.close();
    assert!(recover(&path).unwrap().is_none());

    let writer = start(&versions[5]);
    writer.note(&versions[6]);
    writer.note(&versions[5]);
    writer.close();
    assert!(recover(&path).unwrap().is_none(), "undone down to what is saved");

    let writer = start(&versions[5]);
    writer.note(&versions[6]);
    writer.remove();
    assert!(!path.exists());
}

/// How many kills; `KILLS=1000` kills more often.
fn kills() -> u64 {
    std::env::var("KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(50)
}

/// How many children run at a time.
const AT_A_TIME: u64 = 10;

/// Changes that a child makes, one every few milliseconds.
const CHANGES: usize = 200;

fn now() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()
}

#[test]
fn after_a_kill_nothing_older_than_a_second_is_gone() {
    let folder = TempDir::new().unwrap();
    let seeds: Vec<u64> = (0..kills()).collect();
    for together in seeds.chunks(AT_A_TIME as usize) {
        let children: Vec<_> = together.iter().map(|seed| child_in(folder.path(), *seed)).collect();
        thread::scope(|scope| {
            for (seed, child) in together.iter().zip(children) {
                scope.spawn(|| kill_and_recover(folder.path(), *seed, child));
            }
        });
    }
}

fn child_in(folder: &Path, seed: u64) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "--ignored", "journal::a_child_that_edits"]);
    command.env("JOURNAL_FOLDER", folder).env("JOURNAL_SEED", seed.to_string());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn kill_and_recover(folder: &Path, seed: u64, mut child: Child) {
    let told = folder.join(format!("{seed}.told"));
    while fs::metadata(&told).map_or(0, |told| told.len()) == 0 {
        assert!(child.try_wait().unwrap().is_none(), "the child ended by itself");
        thread::sleep(Duration::from_millis(5));
    }
    thread::sleep(Duration::from_millis(900 + seed * 37 % 700));
    let killed = now();
    child.kill().unwrap();
    child.wait().unwrap();
    let told = fs::read_to_string(told).unwrap();
    let made = told.lines().filter_map(|line| line.split_once(' '));
    let made = made.filter_map(|(number, at)| Some((number.parse().ok()?, at.parse().ok()?)));
    let made: Vec<(usize, u128)> = made.collect();
    let due = made.iter().rfind(|(_, at)| at + 1_000 < killed).map(|(number, _)| *number);
    let found = recover(&folder.join(format!("{seed}.journal"))).unwrap();
    let Some(found) = found else { return assert_eq!(due, None, "nothing was written") };
    let newest: usize = found.project.settings.note.parse().unwrap();
    assert!(due.is_none_or(|due| due <= newest), "{due:?} was made, {newest} is there");
    let expected = versions(seed, newest + 1);
    assert_same(&found.project, &expected[newest]);
}

#[test]
#[ignore = "the child that the test above kills"]
fn a_child_that_edits() {
    let folder = std::env::var("JOURNAL_FOLDER").unwrap();
    let seed: u64 = std::env::var("JOURNAL_SEED").unwrap().parse().unwrap();
    let folder = Path::new(&folder);
    let journal = Journal::open(&folder.join(format!("{seed}.journal")), None).unwrap();
    let versions = versions(seed, CHANGES);
    let writer = JournalWriter::start(journal, &small::tables(), || ());
    let told = folder.join(format!("{seed}.told"));
    let mut told = OpenOptions::new().create(true).append(true).open(told).unwrap();
    for (number, version) in versions.iter().enumerate() {
        writer.note(version);
        told.write_all(format!("{number} {}\n", now()).as_bytes()).unwrap();
        thread::sleep(Duration::from_millis(seed % 10 + 4));
    }
    thread::sleep(Duration::from_mins(1));
}
