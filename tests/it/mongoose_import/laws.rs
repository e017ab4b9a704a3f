//! Our own files, of every model: read without a word, and written the same to the byte.

use lunette::document::project::Project;

use super::{Files, export, import, messages};
use crate::support::every_project;

/// What keeps the names of entities apart from their case, which code decides.
const CHOICES: [&[(&str, &str)]; 5] = [
    &[],
    &[("module", "commonjs"), ("barrel", "true")],
    &[("module", "typescript"), ("barrel", "true")],
    &[("guard", "false"), ("file_name", "{entity:pascal}.model.mjs")],
    &[
        ("module", "typescript"),
        ("big_integers", "number"),
        ("file_name", "{entity:plural:snake}/{entity:camel}Model.{ext}"),
    ],
];

/// With virtuals, whose order is that of the references that they lead back along.
const WITH_VIRTUALS: [&[(&str, &str)]; 3] = [
    &[("virtuals", "true")],
    &[("virtuals", "true"), ("module", "commonjs")],
    &[("virtuals", "true"), ("module", "typescript")],
];

/// The first line in which two exports differ, with both versions.
fn difference(expected: &Files, found: &Files, what: &str) -> Option<String> {
    let end = "(the end)";
    let paths = [expected, found].map(|files| files.keys().collect::<Vec<_>>());
    if paths[0] != paths[1] {
        return Some(format!("{what}:\n- {:?}\n+ {:?}", paths[0], paths[1]));
    }
    expected.iter().zip(found).find_map(|((path, expected), (_, found))| {
        let pairs = expected.lines().chain([end]).zip(found.lines().chain([end]));
        let (number, (expected, found)) = pairs.enumerate().find(|(_, (a, b))| a != b)?;
        Some(format!("{what}, {path}, line {number}:\n- {expected}\n+ {found}"))
    })
}

/// Every model but the hostile one, whose names no code can carry.
fn tame_projects() -> impl Iterator<Item = (String, Project)> {
    every_project().into_iter().filter(|(name, _)| name != "hostile")
}

fn assert_none(failures: &[String]) {
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn files_that_were_read_are_written_the_same() {
    let mut failures = Vec::new();
    for (name, project) in tame_projects() {
        for choices in CHOICES {
            let what = format!("{name} {choices:?}");
            let files = export(&project, choices);
            let read = import(&files, &project.settings.name);
            let told = messages(&read.diagnostics);
            if !told.is_empty() {
                failures.push(format!("{what} is not read without a word: {told:#?}"));
            }
            let again = export(&read.project, choices);
            failures.extend(difference(&files, &again, &what));
        }
    }
    assert_none(&failures);
}

#[test]
fn virtuals_that_were_read_are_written_again() {
    let sorted = |files: Files| -> Files {
        let sorted = |text: String| {
            let mut blocks: Vec<_> = text.split("\n\n").collect();
            blocks.sort_unstable();
            blocks.join("\n\n")
        };
        files.into_iter().map(|(path, text)| (path, sorted(text))).collect()
    };
    let mut failures = Vec::new();
    for (name, project) in tame_projects() {
        for choices in WITH_VIRTUALS {
            let what = format!("{name} {choices:?}");
            let files = export(&project, choices);
            let read = import(&files, &project.settings.name);
            let again = export(&read.project, choices);
            failures.extend(difference(&sorted(files), &sorted(again), &what));
        }
    }
    assert_none(&failures);
}

/// A name that code cannot carry is changed once, and then stays.
#[test]
fn any_name_stays_once_it_is_fit_for_code() {
    let (_, project) = every_project().into_iter().find(|(name, _)| name == "hostile").unwrap();
    let mut failures = Vec::new();
    for choices in CHOICES {
        let written = |project: &Project| export(project, choices);
        let first = import(&written(&project), "x");
        assert_eq!(messages(&first.diagnostics), Vec::<String>::new(), "{choices:?}");
        let second = written(&first.project);
        let third = written(&import(&second, "x").project);
        failures.extend(difference(&second, &third, &format!("{choices:?}")));
    }
    assert_none(&failures);
}
