//! Our own scripts, of every model: read without a word, and written the same to the byte.

use lunette::formats::registry::exporter;
use lunette::formats::sql::dialects::DIALECTS as ALL;
use proptest::prelude::*;

use super::{DIALECTS, export, import, messages};
use crate::edits::any_edit;
use crate::support::{every_project, kitchen_sink, small};

const CHOICES: [&[(&str, &str)]; 5] = [
    &[],
    &[("embedded", "tables")],
    &[("keys", "identity")],
    &[("keys", "uuid"), ("names", "snake_plural")],
    &[("names", "snake")],
];

/// The first line in which two scripts differ, with both versions.
fn difference(expected: &str, found: &str, what: &str) -> Option<String> {
    let end = "(the end)";
    let pairs = expected.lines().chain([end]).zip(found.lines().chain([end]));
    let (number, (expected, found)) = pairs.enumerate().find(|(_, (a, b))| a != b)?;
    Some(format!("{what}, line {number}:\n- {expected}\n+ {found}"))
}

#[test]
fn every_dialect_is_tried() {
    assert_eq!(ALL.map(|dialect| dialect.target().id()), DIALECTS);
}

#[test]
fn a_script_that_was_read_is_written_the_same() {
    let mut failures = Vec::new();
    for id in DIALECTS {
        let target = exporter(id).unwrap();
        for (name, project) in every_project() {
            for choices in CHOICES {
                let what = format!("{id} of {name} {choices:?}");
                let script = export(target, &project, choices);
                let read = import(&script, &project.settings.name);
                assert_eq!(read.project.settings.target, id, "{what}");
                let told = messages(&read.diagnostics);
                if !told.is_empty() {
                    failures.push(format!("{what} is not read without a word: {told:#?}"));
                }
                let again = export(target, &read.project, &[]);
                failures.extend(difference(&script, &again, &what));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").map_or(64, |cases| cases.parse().unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Whatever a person edits.
    #[test]
    fn an_edited_model_is_written_the_same_once_it_was_read(
        documents in any::<bool>(),
        edits in prop::collection::vec(any_edit(), 0..30),
        id in prop::sample::select(DIALECTS.to_vec()),
    ) {
        let mut project = if documents { small::documents() } else { kitchen_sink() };
        let mut mint = lunette::model::id::IdMint::from_seed(1);
        for edit in &edits {
            edit.apply(&mut project, &mut mint);
        }
        let target = exporter(id).unwrap();
        let script = export(target, &project, &[]);
        let read = import(&script, &project.settings.name);
        let again = export(target, &read.project, &[]);
        prop_assert_eq!(difference(&script, &again, id), None);
    }

    /// Reading never fails, and what it made of nonsense is as good a model as any other.
    #[test]
    fn a_broken_script_is_read(
        id in prop::sample::select(DIALECTS.to_vec()),
        cut in any::<prop::sample::Index>(),
        garbage in ".{0,6}",
        length in 0..60_usize,
    ) {
        let target = exporter(id).unwrap();
        let mut text = export(target, &kitchen_sink(), &[]);
        let boundaries: Vec<_> = text.char_indices().map(|(offset, _)| offset).collect();
        let start = cut.index(boundaries.len());
        let end = boundaries.get(start + length).copied().unwrap_or(text.len());
        text.replace_range(boundaries[start]..end, &garbage);
        let read = import(&text, "broken");
        let mut script = export(target, &read.project, &[]);
        let again = import(&script, "broken");
        script = export(target, &again.project, &[]);
        let again = import(&script, "broken");
        prop_assert_eq!(difference(&script, &export(target, &again.project, &[]), id), None);
    }
}
