//! The project file `NAME.lunette.json`: everything of a project, nothing else, in a form that Git
//! can show.
//!
//! Reading order: `v1` (the objects of the file), `type_text`, `convert` (to and from the
//! model), `lines` (how the JSON is laid out), `places` (where in the text something stands),
//! `migrate` (older versions), then [`read`] and [`write()`], [`delta`] (what
//! one version changes in another) and [`mod@merge`] (three versions as one). Must not know files on disk.
//!
//! | model | file |
//! |---|---|
//! | settings | `name`, `note`, `target`, `targetOptions` |
//! | namespaces, enumerations, entities, references, areas, notes | lists in `model`, in order |
//! | data types | texts: `string(80)`, `[objectId]`, `map<int32>`, ids of enumerations and embedded types |
//! | constants | JSON values; numbers whose digits JSON would change are texts |
//! | `now`, generated ids, expressions as defaults | `{ "value": "now" }`, `{ "value": "generated" }`, `{ "expression": … }` |
//! | references | two ends, each on one line, with their cardinality in words |
//! | diagrams | list beside `model`; cards by the id of their node, whole numbers |
//! | what is not known | kept where it stood |
//!
//! Nothing is lost; what equals its default is not written, and neither are placements of nodes
//! that the model no longer has.

mod convert;
pub mod delta;
mod lines;
pub mod merge;
mod migrate;
mod places;
mod type_text;
mod v1;

pub use places::definitions;

use serde::Deserialize;

use crate::base::diagnostic::{Diagnostic, Span};
use crate::document::project::Project;
use crate::formats::sources::Sources;
use crate::formats::{FormatInfo, Imported, Importer};

/// What the key `format` says; also the id of the format.
pub const FORMAT: &str = "lunette";

/// The version that is written.
const VERSION: u64 = 1;

/// The text of a project file. The same project gives the same bytes.
pub fn write(project: &Project) -> String {
    let file = convert::file_from_project(project);
    match serde_json::to_value(&file) {
        Ok(value) => lines::text_from_value(&value),
        Err(error) => {
            debug_assert!(false, "plain data is always JSON: {error}");
            String::new()
        }
    }
}

/// The project of a file's text. What is broken is an error with its place and gives an empty
/// project; what contradicts itself is repaired and told.
pub fn read(text: &str, name: &str) -> Imported {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match file_from_text(text) {
        Ok(file) => {
            let (project, diagnostics) = convert::project_from_file(file, name, text);
            Imported { project, diagnostics }
        }
        Err(diagnostic) => Imported { project: Project::default(), diagnostics: vec![diagnostic] },
    }
}

/// The part of every version that says which one it is.
#[derive(Deserialize)]
struct Head {
    format: Option<serde_json::Value>,
    version: Option<serde_json::Value>,
}

fn file_from_text(text: &str) -> Result<v1::File, Diagnostic> {
    let head: Head = serde_json::from_str(text).map_err(|error| broken(text, &error))?;
    if head.format.as_ref().and_then(serde_json::Value::as_str) != Some(FORMAT) {
        return Err(Diagnostic::error("this is not a Lunette project")
            .at(Span::new(1, 1))
            .with_hint("a project begins with `\"format\": \"lunette\"`; other formats are read by `lunette import --from`"));
    }
    let version = head.version.unwrap_or_default();
    let place = Span::at_offset(text, text.find("\"version\"").unwrap_or(0));
    let Some(number) = version.as_u64().filter(|number| *number > 0) else {
        let message = format!("`{version}` is not a version of the project file");
        return Err(Diagnostic::error(message)
            .at(place)
            .with_hint(format!("this Lunette writes `\"version\": {VERSION}`")));
    };
    match migrate::newest_from_text(text, number) {
        Some(file) => file.map_err(|error| broken(text, &error)),
        None => Err(Diagnostic::error(format!(
            "the file was written by a newer Lunette: its version is {number}, this one reads up to {VERSION}"
        ))
        .at(place)
        .with_hint("update Lunette, or save the file with the older version")),
    }
}

/// A diagnostic for text that is no JSON, or JSON of another shape.
fn broken(text: &str, error: &serde_json::Error) -> Diagnostic {
    let place = place_of(text, error);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let hint = if text.lines().any(|line| line.starts_with("<<<<<<< ")) {
        "the file holds both sides of a merge conflict: open it in the window to choose, or take \
         the versions from Git and run `lunette merge BASE OURS THEIRS -o FILE`"
    } else {
        match error.classify() {
            serde_json::error::Category::Eof => {
                "the file ends too early: was it cut off? take it from version control or a backup"
            }
            serde_json::error::Category::Syntax => {
                "look for a missing or extra comma, quote or bracket here or just before"
            }
            serde_json::error::Category::Data => {
                "compare with `assets/lunette.schema.json`, which says what stands where"
            }
            serde_json::error::Category::Io => "try again",
        }
    };
    Diagnostic::error(format!("broken project file: {message}")).at(place).with_hint(hint)
}

/// The place of an error, whose column counts bytes.
fn place_of(text: &str, error: &serde_json::Error) -> Span {
    let line_start: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    Span::at_offset(text, line_start + error.column().saturating_sub(1))
}

/// Whether a text begins like a project file.
pub fn is_project(text: &str) -> bool {
    let head: String = text
        .trim_start_matches('\u{feff}')
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(400)
        .collect();
    head.starts_with('{') && head.contains("\"format\":\"lunette\"")
}

/// The importer of project files.
#[derive(Debug)]
pub struct Native;

static INFO: FormatInfo = FormatInfo {
    id: FORMAT,
    name: "Lunette project",
    summary: "Everything of a project: the model, its diagrams and settings",
    extensions: &["lunette.json"],
    options: &[],
    properties: &[],
    losses: &[],
};

impl Importer for Native {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn recognizes(&self, text: &str) -> bool {
        is_project(text)
    }

    fn import(&self, sources: &Sources, name: &str) -> Imported {
        if sources.len() > 1 {
            let too_many = Diagnostic::error("each of these files is a project of its own")
                .at(Span::new(1, 1).in_source(1))
                .with_hint("import one project at a time");
            return Imported { project: Project::default(), diagnostics: vec![too_many] };
        }
        read(sources.get(0).map_or("", |source| source.text.as_str()), name)
    }
}
