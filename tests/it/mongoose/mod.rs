//! The target `mongoose`, trap by trap: each test is named for what other generators get wrong.
//!
//! Whether the real library takes the files is for the engine tests to say.

mod fields;
mod indexes;
mod modules;
mod names;
mod references;

use lunette::document::project::Project;
use lunette::formats::Exported;
use lunette::formats::mongoose::MONGOOSE;
use lunette::formats::options::Options;
use lunette::formats::registry::exporter;

/// Exports with these options.
fn export(project: &Project, options: &[(&str, &str)]) -> Exported {
    let options = Options::parse(&MONGOOSE, options.iter().copied()).unwrap();
    exporter("mongoose").unwrap().export(project, &options)
}

/// The text of one file of the default export.
#[track_caller]
fn file(project: &Project, path: &str) -> String {
    text_of(&export(project, &[]), path)
}

#[track_caller]
fn text_of(exported: &Exported, path: &str) -> String {
    let paths: Vec<_> = exported.files.iter().map(|file| file.path.as_str()).collect();
    let file = exported.files.file(path);
    file.unwrap_or_else(|| panic!("{path} is not among {paths:?}")).text.clone()
}

/// All files in one text.
fn everything(exported: &Exported) -> String {
    exported.files.iter().map(|file| file.text.as_str()).collect()
}

/// What was said, one message a line.
fn said(exported: &Exported) -> String {
    let messages: Vec<_> = exported.diagnostics.iter().map(|one| one.message.as_str()).collect();
    messages.join("\n")
}

#[track_caller]
fn assert_has(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in:\n{text}");
}

#[track_caller]
fn assert_lacks(text: &str, part: &str) {
    assert!(!text.contains(part), "`{part}` in:\n{text}");
}
