//! SQL in and out: what one of our own scripts says is what it was made of.

use lunette::document::project::Project;
use lunette::formats::options::Options;
use lunette::formats::registry::{exporter, importer};
use lunette::formats::{Exporter, Imported};

use crate::support::every_project;

const DIALECTS: [&str; 5] = ["postgres", "mysql", "mariadb", "sqlite", "sqlserver"];

fn export(target: &dyn Exporter, project: &Project, choices: &[(&str, &str)]) -> String {
    let options = Options::parse(target.info(), choices.iter().copied()).unwrap();
    let exported = target.export(project, &options);
    exported.files.iter().next().unwrap().text.clone()
}

fn import(text: &str) -> Imported {
    importer("sql").unwrap().import(text, "read")
}

/// The script from its first statement on: the title is not part of a model.
fn statements(script: &str) -> &str {
    script.split_once("\n\n").map_or("", |(_, statements)| statements)
}

/// The first line in which two scripts differ, with both versions.
fn difference(expected: &str, found: &str, what: &str) -> Option<String> {
    let (expected, found) = (statements(expected), statements(found));
    let end = "(the end)";
    let pairs = expected.lines().chain([end]).zip(found.lines().chain([end]));
    let (number, (expected, found)) = pairs.enumerate().find(|(_, (a, b))| a != b)?;
    Some(format!("{what}, line {number}:\n- {expected}\n+ {found}"))
}

#[test]
fn a_script_that_was_read_is_written_the_same() {
    let mut failures = Vec::new();
    for id in DIALECTS {
        let target = exporter(id).unwrap();
        for (name, project) in every_project() {
            for choices in [[].as_slice(), &[("embedded", "tables")], &[("keys", "identity")]] {
                let script = export(target, &project, choices);
                let read = import(&script);
                assert_eq!(read.project.settings.target, id, "{name}");
                let again = export(target, &read.project, &[]);
                failures.extend(difference(
                    &script,
                    &again,
                    &format!("{id} of {name} {choices:?}"),
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
