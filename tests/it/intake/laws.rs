//! What holds whatever is imported into whatever: the same again changes nothing, all of another is
//! taken over, and no id dangles.

use indexmap::IndexSet;
use lunette::document::Document;
use lunette::document::edit::intake::{Basis, Intake, Renames, compare};
use lunette::document::project::Project;
use lunette::formats::native::{read, write};
use lunette::formats::options::Options;
use lunette::formats::registry::{EXPORTERS, IMPORTERS, importer};
use lunette::formats::sources::{Source, Sources};
use lunette::formats::{Exporter, Importer};
use lunette::model::diff::Difference;
use lunette::model::id::IdMint;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{intake_of, told};
use crate::edits::any_edit;
use crate::support::{every_project, kitchen_sink, small};

/// Every format that is both written and read, with each way of writing it.
fn both_ways() -> Vec<(&'static dyn Exporter, &'static dyn Importer)> {
    let dialects = ["postgres", "mysql", "mariadb", "sqlite", "sqlserver"];
    let reader = |exporter: &&'static dyn Exporter| {
        let id = exporter.info().id;
        importer(if dialects.contains(&id) { "sql" } else { id })
    };
    let all: Vec<_> = EXPORTERS.iter().filter_map(|one| Some((*one, reader(one)?))).collect();
    assert!(all.len() >= IMPORTERS.len(), "every format that is read is written");
    all
}

fn written(exporter: &dyn Exporter, project: &Project) -> Sources {
    let options = Options::of_project(exporter.info(), project);
    let files = exporter.export(project, &options).files;
    let sources = files
        .iter()
        .map(|file| Source { path: file.path.as_str().to_owned(), text: file.text.clone() });
    Sources::from(sources.collect::<Vec<_>>())
}

#[test]
fn what_was_exported_contradicts_nothing() {
    let mut failures = Vec::new();
    for (exporter, importer) in both_ways() {
        for (name, project) in every_project() {
            let sources = written(exporter, &project);
            let imported = importer.import(&sources, &project.settings.name).project;
            let intake = intake_of(&project, &imported, importer);
            let found = told(&intake);
            if !found.is_empty() {
                failures.push(format!("{} of {name}: {found:#?}", exporter.info().id));
                continue;
            }
            let merged = intake.project(&IndexSet::new(), None);
            assert_eq!(write(&merged), write(&project), "{} of {name}", exporter.info().id);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn importing_the_same_again_changes_nothing() {
    for (exporter, importer) in both_ways() {
        for (name, project) in every_project() {
            let what = format!("{} of {name}", exporter.info().id);
            let sources = written(exporter, &project);
            let imported = importer.import(&sources, &project.settings.name).project;
            let intake = intake_of(&imported, &imported, importer);
            assert_eq!(told(&intake), Vec::<String>::new(), "{what}");
            let merged = intake.project(&IndexSet::new(), None);
            assert_eq!(write(&merged), write(&imported), "{what}");
        }
    }
}

/// A project whose file reads back without a word keeps every promise of a model.
fn assert_whole(project: &Project) {
    let text = write(project);
    let again = read(&text, "again");
    assert_eq!(again.diagnostics, vec![], "{text}");
    assert_eq!(write(&again.project), text);
}

type Start = fn() -> Project;
const STARTS: [Start; 3] = [small::documents, small::tables, kitchen_sink];

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 8,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_901),
        ..ProptestConfig::default()
    })]

    /// A project into an older version of itself gives its model, whatever was edited; leaving
    /// everything out gives the older version; and undo gives it back to the byte.
    #[test]
    fn a_newer_version_is_taken_over_whole(
        start in 0..STARTS.len(),
        edits in prop::collection::vec(any_edit(), 0..20),
    ) {
        let old = STARTS[start]();
        let mut new = old.clone();
        let mut mint = IdMint::from_seed(1);
        for edit in edits {
            edit.apply(&mut new, &mut mint);
        }
        let mut mint = IdMint::from_seed(2);
        let intake = Intake::new(&old, &new, Basis::Whole, Renames::Guessed, &mut mint);
        let all = intake.project(&IndexSet::new(), None);
        prop_assert_eq!(compare(&all.model, &new.model, true), vec![]);
        let none: IndexSet<_> = intake.differences.iter().map(Difference::owner).collect();
        prop_assert_eq!(write(&intake.project(&none, None)), write(&Project {
            diagrams: intake.project(&none, None).diagrams,
            ..old.clone()
        }));
        let mut document = Document::new(old.clone(), IdMint::from_seed(3));
        document.edit("Import", |project, _| *project = all.clone());
        prop_assert!(write(&old) == write(&all) || document.undo().is_some());
        prop_assert_eq!(write(document.project()), write(&old));
    }

    /// Whatever is imported into whatever, and whatever of it is left out, no id dangles.
    #[test]
    fn any_part_of_any_import_is_whole(
        ours in 0..STARTS.len(),
        theirs in 0..STARTS.len(),
        our_edits in prop::collection::vec(any_edit(), 0..12),
        their_edits in prop::collection::vec(any_edit(), 0..12),
        format in any::<prop::sample::Index>(),
        left_out in prop::collection::vec(any::<bool>(), 40),
    ) {
        let mut mint = IdMint::from_seed(1);
        let edited = |start: usize, edits: &[crate::edits::Edit], mint: &mut IdMint| {
            let mut project = STARTS[start]();
            for edit in edits {
                edit.apply(&mut project, mint);
            }
            // As the file holds it: what it repairs is no matter of imports.
            read(&write(&project), "edited").project
        };
        let ours = edited(ours, &our_edits, &mut mint);
        let theirs = edited(theirs, &their_edits, &mut mint);
        let all = both_ways();
        let (exporter, importer) = all[format.index(all.len())];
        let imported = importer.import(&written(exporter, &theirs), "theirs").project;
        let intake = intake_of(&ours, &imported, importer);
        let elements: IndexSet<_> = intake.differences.iter().map(Difference::owner).collect();
        let left_out: IndexSet<_> = elements
            .into_iter()
            .zip(left_out.iter().cycle())
            .filter_map(|(element, is_out)| is_out.then_some(element))
            .collect();
        assert_whole(&intake.project(&left_out, None));
        let merged = intake.project(&IndexSet::new(), None);
        assert_whole(&merged);
        let again = intake_of(&merged, &imported, importer);
        let shown: Vec<_> = told(&again);
        prop_assert!(shown.len() <= told(&intake).len(), "{shown:#?}");
    }
}
