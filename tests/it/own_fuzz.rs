//! Broken texts of our own: project files, merges of what is left of them, and typed lines. What is
//! read is whole, what is mended stays mended, and a merge of whole sides is whole.
//!
//! `LUNETTE_FUZZ_SECONDS=600 cargo test --release --test it own_fuzz -- --nocapture` goes on for that
//! long and says how many texts there were.

use std::env;
use std::time::{Duration, Instant};

use lunette::document::edit::fields::FieldPlace;
use lunette::document::project::Project;
use lunette::editor::quick_entry::lower::{Slot, lower};
use lunette::editor::quick_entry::parser::read as read_line;
use lunette::formats::native::merge::waiting::sides_in;
use lunette::formats::native::merge::{Side, Versions, merge, merge_sides, text_with_conflicts};
use lunette::formats::native::{read, write};
use lunette::model::id::IdMint;

use crate::import_fuzz::mutated;
use crate::support::random::Random;
use crate::support::{kitchen_sink, small};

const LINES: [&str; 6] = [
    "email string(80)! unique = 'a' note \"b\"",
    "items [Product] on delete cascade",
    "address { city string, zip string, geo { x double, y double } }",
    "status enum Status(open, in progress, done) = open",
    "at map<string, [int64]> default {}",
    "price decimal(10, 2) min 0 max 1e3 match /a\\/b/ default `now()`",
];

/// Does that again and again: a few times in a test, or as long as is wished.
#[expect(clippy::print_stdout, reason = "how many there were is what a long run is for")]
fn often(rounds: usize, mut round: impl FnMut(&mut Random)) {
    let seconds = env::var("LUNETTE_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let seconds = Duration::from_secs(seconds.unwrap_or(0));
    let (began, mut random, mut count) = (Instant::now(), Random::from_seed(20_261_123), 0);
    while count < rounds || began.elapsed() < seconds {
        round(&mut random);
        count += 1;
    }
    println!("{count} texts");
}

/// A text of a file, changed a little; mostly so that it can still be read.
fn broken_file(random: &mut Random) -> String {
    let projects = [small::documents, small::tables, kitchen_sink];
    let text = write(&projects[random.below(projects.len())]());
    if random.below(3) == 0 {
        return mutated(&text, random);
    }
    // Words for words: ids that dangle or repeat, kinds that are none.
    let mut words: Vec<&str> = text.split_inclusive('"').collect();
    for _ in 0..=random.below(5) {
        let (at, from) = (random.below(words.len()), random.below(words.len()));
        words[at] = words[from];
    }
    words.concat()
}

#[test]
fn what_is_mended_in_a_project_file_stays_mended() {
    often(60, |random| {
        let text = broken_file(random);
        let project = read(&text, "x").project;
        let again = read(&write(&project), "x");
        assert!(again.diagnostics.is_empty(), "{:?}\n{text}", again.diagnostics);
        assert_eq!(write(&again.project), write(&project), "{text}");
    });
}

#[test]
fn sides_that_are_whole_merge_into_one_that_is() {
    often(10, |random| {
        let [base, ours, theirs] = [(); 3].map(|()| whole(random));
        let versions = Versions { base: &base, ours: &ours, theirs: &theirs };
        let side = [None, Some(Side::Ours), Some(Side::Theirs)][random.below(3)];
        for merged in [merge(versions, &|_| side), merge_sides(&ours, &theirs, &|_| side)] {
            let text = write(&merged.project);
            let again = read(&text, "x");
            assert!(again.diagnostics.is_empty(), "{:?}\n{text}", again.diagnostics);
        }
        let text = mutated(&text_with_conflicts(versions), random);
        if let Some(sides) = sides_in(&text, "x") {
            sides.merge(&|_| side);
        }
    });
}

fn whole(random: &mut Random) -> Project {
    loop {
        let project = read(&broken_file(random), "x").project;
        if project != Project::default() {
            return project;
        }
    }
}

#[test]
fn any_line_makes_a_field_or_none() {
    often(300, |random| {
        let mut project = small::documents();
        let todo = project.model.entity_named("Todo").unwrap().id;
        let line = mutated(LINES[random.below(LINES.len())], random);
        let reading = read_line(&line, &project.model);
        let mut end = 0;
        for mark in &reading.marks {
            assert!(mark.range.start >= end && line.get(mark.range.clone()).is_some(), "{line}");
            end = mark.range.end;
        }
        let Some(entry) = reading.line else { return };
        let slot = Slot::New(FieldPlace::last(todo));
        let _ = lower(&mut project, &mut IdMint::from_text(&line), slot, &entry);
        let again = read(&write(&project), "x");
        assert!(again.diagnostics.is_empty(), "{line}: {:?}", again.diagnostics);
    });
}
