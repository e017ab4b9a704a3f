//! `lunette merge`: three versions of a project as one, by hand or as Git's merge driver.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::base::diagnostic::{Diagnostic, has_errors};
use crate::cli::failure::{Failure, Status};
use crate::cli::{input, terminal};
use crate::document::project::Project;
use crate::files::load::read_text;
use crate::files::save::write_atomic;
use crate::formats::native;
use crate::formats::native::merge::{
    Conflict, Contradiction, Member, Side, Versions, merge, text_with_conflicts,
};

/// Arguments of `merge`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The project that both sides began with
    base: PathBuf,
    /// One side
    ours: PathBuf,
    /// The other side
    theirs: PathBuf,
    /// The project to write; it may be one of the three
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
}

/// Merges and says where the sides contradict each other: there the project gets both, between the
/// markers that Git uses, and the command fails.
pub fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let Arguments { base, ours, theirs, output } = arguments;
    let [base, ours, theirs] = [read(base)?, read(ours)?, read(theirs)?];
    let versions = Versions { base: &base, ours: &ours, theirs: &theirs };
    let merged = merge(versions, &|_| None);
    if merged.conflicts.is_empty() {
        for diagnostic in &merged.diagnostics {
            terminal::say(Some(output), diagnostic);
        }
        write_atomic(output, native::write(&merged.project).as_bytes())?;
        return Ok(Status::Done);
    }
    write_atomic(output, text_with_conflicts(versions).as_bytes())?;
    for conflict in &merged.conflicts {
        terminal::say(Some(output), &diagnostic(conflict));
    }
    Err(Failure::Reported(Status::InputFailed))
}

/// A version; an empty file, as Git gives for one that was not there, is an empty project.
fn read(path: &Path) -> Result<Project, Failure> {
    let text = read_text(path)?;
    if text.trim().is_empty() {
        return Ok(Project::default());
    }
    let read = native::read(&text, &input::project_name(path));
    for diagnostic in &read.diagnostics {
        terminal::say(Some(path), diagnostic);
    }
    if has_errors(&read.diagnostics) {
        return Err(Failure::Reported(Status::InputFailed));
    }
    Ok(read.project)
}

fn diagnostic(conflict: &Conflict) -> Diagnostic {
    let subject = &conflict.subject;
    let message = match &conflict.what {
        Contradiction::Member(member) => {
            let Member { path, base, ours, theirs } = member.as_ref();
            let [base, ours, theirs] = [base, ours, theirs].map(|value| shown(value.as_ref()));
            format!("conflict: {subject}: `{path}` was {base}; ours {ours}, theirs {theirs}")
        }
        Contradiction::Removal { by } => {
            let [by, other] = match by {
                Side::Ours => ["ours", "theirs"],
                Side::Theirs => ["theirs", "ours"],
            };
            format!("conflict: {subject}: {by} removed it, {other} changed or uses it")
        }
        Contradiction::Place => format!("conflict: {subject}: both moved it"),
        Contradiction::Order { list } => format!("conflict: {subject}: both reordered `{list}`"),
    };
    let hint = "open the file in Lunette to choose, or edit it between the markers";
    Diagnostic::error(message).with_hint(hint)
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "not set".to_owned(), Value::to_string)
}
