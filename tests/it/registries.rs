//! The registries keep what the documentation and the command line say of them.
//!
//! `UPDATE_EXPECT=1` writes the tables that are made from them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lunette::checks::RULES;
use lunette::formats::FormatInfo;
use lunette::formats::feature::Feature;
use lunette::formats::options::{OptionInfo, OptionValues, Options};
use lunette::formats::property::PropertyInfo;
use lunette::formats::registry::{self, EXPORTERS, IMPORTERS};
use lunette::layout::arrange::MODES;
use lunette::layout::engines;
use lunette::render;

fn exporters() -> impl Iterator<Item = &'static FormatInfo> {
    EXPORTERS.iter().map(|exporter| exporter.info())
}

fn importers() -> impl Iterator<Item = &'static FormatInfo> {
    IMPORTERS.iter().map(|importer| importer.info())
}

/// Asserts that ids are unique, short lower-case words joined by hyphens, and told in a sentence.
#[track_caller]
fn assert_well_kept<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) {
    let mut seen = BTreeSet::new();
    for (id, sentence) in entries {
        assert!(seen.insert(id), "`{id}` is there twice");
        let is_word = |part: &str| {
            !part.is_empty() && part.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9'))
        };
        assert!(id.split('-').all(is_word), "`{id}` is no id");
        assert!(!sentence.is_empty() && !sentence.ends_with('.'), "`{id}`: {sentence:?}");
        assert!(!sentence.contains('\n'), "`{id}`: {sentence:?}");
    }
    assert!(!seen.is_empty(), "the registry is empty");
}

#[test]
fn ids_are_unique_and_told_in_a_sentence() {
    assert_well_kept(exporters().map(|info| (info.id, info.summary)));
    assert_well_kept(importers().map(|info| (info.id, info.summary)));
    assert_well_kept(render::ALL.iter().map(|format| (format.id, format.summary)));
    assert_well_kept(engines::ALL.iter().map(|engine| (engine.id, engine.description)));
    assert_well_kept(MODES.iter().map(|mode| (mode.id, mode.description)));
    assert_well_kept(RULES.iter().map(|rule| (rule.id, rule.summary)));
    let features: Vec<_> = Feature::ALL.iter().map(|feature| feature.id()).collect();
    assert_well_kept(features.iter().map(|id| (id.as_str(), "Told by its format")));
}

#[test]
fn a_format_is_found_by_its_id() {
    for exporter in EXPORTERS {
        let found = registry::exporter(exporter.info().id).unwrap();
        assert!(std::ptr::eq(found.info(), exporter.info()), "{}", exporter.info().id);
    }
    for importer in IMPORTERS {
        let found = registry::importer(importer.info().id).unwrap();
        assert!(std::ptr::eq(found.info(), importer.info()), "{}", importer.info().id);
    }
    assert!(registry::exporter("no such target").is_none());
}

#[test]
fn options_and_losses_are_declared_soundly() {
    for info in exporters().chain(importers()) {
        assert!(!info.extensions.is_empty(), "`{}` names no ending", info.id);
        assert!(info.extensions.iter().all(|e| !e.starts_with('.')), "{:?}", info.extensions);
        let keys: BTreeSet<_> = info.options.iter().map(|option| option.key).collect();
        assert_eq!(keys.len(), info.options.len(), "`{}` has an option twice", info.id);
        let defaults = info.options.iter().map(|option| (option.key, option.default));
        assert_eq!(Options::parse(info, defaults), Ok(Options::defaults(info)), "{}", info.id);
        let lost: BTreeSet<_> = info.losses.iter().map(|loss| loss.feature).collect();
        assert_eq!(lost.len(), info.losses.len(), "`{}` loses a feature twice", info.id);
    }
}

#[test]
fn the_readme_lists_every_target() {
    let mut table = "| target | what it writes | options |\n|---|---|---|\n".to_owned();
    for info in exporters() {
        let options: Vec<_> =
            info.options.iter().map(|option| format!("`{}`", option.key)).collect();
        let options = options.join(", ");
        writeln!(table, "| `{}` | {} | {options} |", info.id, in_cell(info.summary)).unwrap();
    }
    assert_block("README.md", "targets", &table);
    let mut table = "| format | what it reads | endings |\n|---|---|---|\n".to_owned();
    for info in importers() {
        let endings: Vec<_> = info.extensions.iter().map(|ending| format!("`.{ending}`")).collect();
        let endings = endings.join(", ");
        writeln!(table, "| `{}` | {} | {endings} |", info.id, in_cell(info.summary)).unwrap();
    }
    assert_block("README.md", "imports", &table);
}

#[test]
fn the_guide_lists_every_option_engine_and_rule() {
    let mut options = "| target | option | what it decides | values, the usual one in bold |\n|---|---|---|---|\n".to_owned();
    for info in exporters() {
        for option in info.options {
            let summary = in_cell(option.summary);
            let values = values_of(option);
            writeln!(options, "| `{}` | `{}` | {summary} | {values} |", info.id, option.key)
                .unwrap();
        }
    }
    assert_block("docs/command-line.md", "options", &options);
    let mut properties = "| target | of | property | what it decides | values, the usual one in bold |\n|---|---|---|---|---|\n".to_owned();
    for info in exporters() {
        for PropertyInfo { of, option } in info.properties {
            let (of, summary, values) = (of.as_str(), in_cell(option.summary), values_of(option));
            writeln!(
                properties,
                "| `{}` | {of} | `{}` | {summary} | {values} |",
                info.id, option.key
            )
            .unwrap();
        }
    }
    assert_block("docs/command-line.md", "properties", &properties);
    let mut table = "| engine | what it is good for |\n|---|---|\n".to_owned();
    for engine in engines::ALL {
        writeln!(table, "| `{}` | {} |", engine.id, in_cell(engine.description)).unwrap();
    }
    assert_block("docs/command-line.md", "engines", &table);
    let mut table = "| mode | what it moves |\n|---|---|\n".to_owned();
    for mode in MODES {
        writeln!(table, "| `{}` | {} |", mode.id, in_cell(mode.description)).unwrap();
    }
    assert_block("docs/command-line.md", "modes", &table);
    let mut table = "| rule | what it looks for |\n|---|---|\n".to_owned();
    for rule in RULES {
        writeln!(table, "| `{}` | {} |", rule.id, in_cell(rule.summary)).unwrap();
    }
    assert_block("docs/command-line.md", "rules", &table);
}

/// What an option may be, the usual value in bold.
fn values_of(option: &OptionInfo) -> String {
    let bold = |value: &str| format!("**{value}**");
    match option.values {
        OptionValues::Text if option.default.is_empty() => "text".to_owned(),
        OptionValues::Text => format!("text: **`{}`**", option.default),
        OptionValues::Flag | OptionValues::Choice(_) => {
            let values = option.values.describe();
            let marked = values
                .split(", ")
                .map(|value| if value == option.default { bold(value) } else { value.to_owned() });
            marked.collect::<Vec<_>>().join(", ")
        }
    }
}

fn in_cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Asserts that the named block of a document holds that text, or puts it there.
#[track_caller]
fn assert_block(document: &str, name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
    let text = fs::read_to_string(&path).unwrap();
    let [start, end] = [format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->")];
    let (before, rest) = text.split_once(&start).unwrap();
    let (actual, after) = rest.split_once(&end).unwrap();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, format!("{before}{start}{expected}{end}{after}")).unwrap();
    } else {
        let way_out = "UPDATE_EXPECT=1 cargo test registries writes it anew";
        assert_eq!(actual, expected, "`{name}` in {document} is out of date: {way_out}");
    }
}
