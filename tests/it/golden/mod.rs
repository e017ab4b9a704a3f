//! What every export target writes, compared with files that people can read, and the laws that
//! hold for every target.
//!
//! `UPDATE_EXPECT=1 cargo test golden` writes the files anew. Each target has
//! `tests/fixtures/export/<target>/<model>/` for whole models with its usual options, and
//! `<target>/todo with <option>=<value>/` for what every other choice changes; where a target has
//! flavors, the whole models in each of them too.

mod fixture;
mod laws;

use std::collections::BTreeMap;

use lunette::base::diagnostic::Diagnostic;
use lunette::document::project::Project;
use lunette::formats::feature::losses_of;
use lunette::formats::options::{OptionInfo, OptionValues, Options};
use lunette::formats::registry::EXPORTERS;
use lunette::formats::{Exported, Exporter};

use crate::support::kitchen_sink;
use crate::support::samples::samples;

use fixture::Comparison;

/// The samples that are kept whole for every target: one of each world.
const WHOLE: [&str; 2] = ["shop", "warehouse"];
/// The sample that shows what the options of a target do.
const FOR_OPTIONS: &str = "todo";
/// The option whose choices write something else altogether.
const FLAVOR: &str = "flavor";
/// What the file with warnings is called.
const SAID: &str = "said.txt";

#[test]
fn every_target_writes_what_it_wrote() {
    let mut comparison = Comparison::new("export");
    for exporter in EXPORTERS {
        let id = exporter.info().id;
        for sample in samples() {
            if WHOLE.contains(&sample.name.as_str()) {
                let name = format!("{id}/{}", sample.name);
                comparison.add(&name, &files(*exporter, &sample.project(), &[]));
                for choice in choices(*exporter).into_iter().filter(|(key, _)| *key == FLAVOR) {
                    let name = format!("{name} with {}={}", choice.0, choice.1);
                    comparison.add(&name, &files(*exporter, &sample.project(), &[choice]));
                }
            }
            if sample.name == FOR_OPTIONS {
                let usual = files(*exporter, &sample.project(), &[]);
                comparison.add(&format!("{id}/{}", sample.name), &usual);
                for (key, value) in choices(*exporter) {
                    let mut files = files(*exporter, &sample.project(), &[(key, value)]);
                    files.retain(|path, text| usual.get(path) != Some(text));
                    let name = format!("{id}/{} with {key}={value}", sample.name);
                    comparison.add(&name, &files);
                }
            }
        }
        comparison.add(&format!("{id}/kitchen_sink"), &files(*exporter, &kitchen_sink(), &[]));
    }
    comparison.finish();
}

/// The files of an export with those options, and what was said of it.
fn files(
    exporter: &dyn Exporter,
    project: &Project,
    options: &[(&str, &str)],
) -> BTreeMap<String, String> {
    let exported = export(exporter, project, options);
    let said = losses_of(&project.model, exporter.info()).into_iter().chain(exported.diagnostics);
    let said: String = said.map(|diagnostic| line_of(&diagnostic)).collect();
    let files = exported.files.iter();
    let mut files: BTreeMap<_, _> =
        files.map(|file| (file.path.as_str().to_owned(), file.text.clone())).collect();
    if !said.is_empty() {
        let clash = files.insert(SAID.to_owned(), said);
        assert_eq!(clash, None, "{} writes a file called {SAID}", exporter.info().id);
    }
    files
}

fn line_of(diagnostic: &Diagnostic) -> String {
    let hint = diagnostic.hint.as_ref().map(|hint| format!("\n  {hint}")).unwrap_or_default();
    format!("{}: {}{hint}\n", diagnostic.severity, diagnostic.message)
}

fn export(exporter: &dyn Exporter, project: &Project, options: &[(&str, &str)]) -> Exported {
    let info = exporter.info();
    let options = Options::parse(info, options.iter().copied()).unwrap();
    exporter.export(project, &options)
}

/// Every choice of every option that is not the usual one.
fn choices(exporter: &dyn Exporter) -> Vec<(&'static str, &'static str)> {
    let values = |option: &'static OptionInfo| -> Vec<&'static str> {
        match option.values {
            OptionValues::Flag => vec!["false", "true"],
            OptionValues::Choice(values) => values.to_vec(),
            OptionValues::Text => Vec::new(),
        }
    };
    exporter
        .info()
        .options
        .iter()
        .flat_map(|option| values(option).into_iter().map(move |value| (option, value)))
        .filter(|(option, value)| *value != option.default)
        .map(|(option, value)| (option.key, value))
        .collect()
}
