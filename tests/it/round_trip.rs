//! The laws of every format that is both read and written as names: what we wrote is read without a
//! word and written the same to the byte, whatever the model; and no text, however broken, is more
//! than a model.
//!
//! SQL has laws of its own, for its dialects.

use lunette::base::diagnostic::Severity;
use lunette::document::edit::intake::compare;
use lunette::document::project::Project;
use lunette::formats::Imported;
use lunette::formats::options::Options;
use lunette::formats::registry::{exporter, importer};
use lunette::formats::sources::Sources;
use lunette::model::diff::words::sentences;
use lunette::model::id::IdMint;
use proptest::prelude::*;

use crate::edits::any_edit;
use crate::support::random::{Shape, random_project};
use crate::support::rich::rich_project;
use crate::support::{every_project, kitchen_sink, small};

/// The formats that these laws hold for.
const FORMATS: [&str; 5] = ["dbml", "json-schema", "prisma", "eraser", "mermaid"];

/// Those of them that hold any name. Mermaid can escape nothing, and so it changes what would break
/// out.
const FREE: [&str; 4] = ["dbml", "json-schema", "eraser", "prisma"];

/// Those that say all that a usual model says; what the others leave out is among their losses.
const WHOLE: [&str; 1] = ["dbml"];

/// The text of a project; a format of several files is read as several texts.
fn export(id: &str, project: &Project) -> Sources {
    let target = exporter(id).unwrap();
    let exported = target.export(project, &Options::defaults(target.info()));
    let mut sources = Sources::default();
    for file in exported.files.iter() {
        let (path, text) = (file.path.to_string(), file.text.clone());
        sources.push(lunette::formats::sources::Source { path, text });
    }
    sources
}

fn import(id: &str, sources: &Sources, name: &str) -> Imported {
    importer(id).unwrap().import(sources, name)
}

fn all(sources: &Sources) -> String {
    let texts = sources.iter().flat_map(|source| [source.path.as_str(), "\n", &source.text]);
    texts.collect()
}

/// The first line in which two texts differ, with both versions.
fn difference(expected: &Sources, found: &Sources, what: &str) -> Option<String> {
    let end = "(the end)";
    let [expected, found] = [expected, found].map(all);
    let pairs = expected.lines().chain([end]).zip(found.lines().chain([end]));
    let (number, (expected, found)) = pairs.enumerate().find(|(_, (a, b))| a != b)?;
    Some(format!("{what}, line {number}:\n- {expected}\n+ {found}"))
}

#[test]
fn a_text_that_was_read_is_written_the_same() {
    let mut failures = Vec::new();
    for id in FORMATS {
        let random = (0..6).map(|seed| (format!("random {seed}"), rich_project(seed)));
        for (name, project) in every_project().into_iter().chain(random) {
            if name == "hostile" && !FREE.contains(&id) {
                continue;
            }
            let what = format!("{id} of {name}");
            let text = export(id, &project);
            let read = import(id, &text, &project.settings.name);
            let told: Vec<_> = read
                .diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity != Severity::Info)
                .collect();
            if !told.is_empty() {
                failures.push(format!("{what} is not read without a word: {told:#?}"));
            }
            failures.extend(difference(&text, &export(id, &read.project), &what));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// What reading made different from what was written, in sentences.
fn differences(id: &str, project: &Project) -> Vec<String> {
    let read = import(id, &export(id, project), &project.settings.name);
    let found = compare(&project.model, &read.project.model, false);
    found.iter().flat_map(sentences).collect()
}

#[test]
fn a_model_that_a_format_can_carry_comes_back_whole() {
    let shape = Shape { entities: 30, references: 40, enumerations: 4, areas: 2 };
    let random = (0..8).map(|seed| random_project(shape, seed));
    for project in [small::documents(), small::tables()].into_iter().chain(random) {
        for id in WHOLE {
            let what = format!("{id} of {}", project.settings.name);
            assert_eq!(differences(id, &project), Vec::<String>::new(), "{what}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").map_or(96, |cases| cases.parse().unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn an_edited_model_is_written_the_same_once_it_was_read(
        documents in any::<bool>(),
        edits in prop::collection::vec(any_edit(), 0..30),
        id in prop::sample::select(FORMATS.to_vec()),
    ) {
        let mut project = if documents { small::documents() } else { kitchen_sink() };
        let mut mint = IdMint::from_seed(1);
        for edit in &edits {
            edit.apply(&mut project, &mut mint);
        }
        let text = export(id, &project);
        let read = import(id, &text, &project.settings.name);
        prop_assert_eq!(difference(&text, &export(id, &read.project), id), None);
    }

    /// Reading never fails, and what it made of nonsense is as good a model as any other.
    #[test]
    fn a_broken_text_is_read(
        id in prop::sample::select(FORMATS.to_vec()),
        cut in any::<prop::sample::Index>(),
        garbage in ".{0,6}",
        length in 0..60_usize,
    ) {
        let whole = export(id, &kitchen_sink());
        let first = whole.iter().next().unwrap();
        let mut text = first.text.clone();
        let boundaries: Vec<_> = text.char_indices().map(|(offset, _)| offset).collect();
        let start = cut.index(boundaries.len());
        let end = boundaries.get(start + length).copied().unwrap_or(text.len());
        text.replace_range(boundaries[start]..end, &garbage);
        let read = import(id, &Sources::single(first.path.clone(), text), "broken");
        let written = export(id, &read.project);
        let again = export(id, &import(id, &written, "broken").project);
        prop_assert_eq!(difference(&written, &again, id), None);
    }
}
