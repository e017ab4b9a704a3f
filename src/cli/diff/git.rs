//! `lunette diff --git`: what Git shows as the difference of a project, file by file.
//!
//! Git names the path, then the older file, its hash and its mode, then the same of the newer one;
//! of a file that is not merged it names the path alone. Whatever is in a file, Git goes on with the
//! next one.

use std::path::Path;

use crate::base::diagnostic::Severity;
use crate::cli::diff::Compared;
use crate::cli::failure::{Failure, Status};
use crate::cli::{input, terminal};
use crate::document::project::Project;
use crate::files::load::read_text;
use crate::formats::native;

/// Says what differs below the path of the file.
pub(super) fn run(path: &Path, old: Option<&Path>, more: &[String]) -> Result<Status, Failure> {
    let lines = match (old, more) {
        (Some(old), [_, _, new, ..]) => lines(old, Path::new(new)),
        _ => vec!["it is not merged: open it in the window to choose".to_owned()],
    };
    let path = terminal::one_line(&path.display().to_string());
    let lines = lines.iter().map(|line| format!("  {line}\n"));
    let text: String = std::iter::once(path + "\n").chain(lines).collect();
    terminal::print(text.as_bytes())?;
    Ok(Status::Done)
}

fn lines(old: &Path, new: &Path) -> Vec<String> {
    let compared = match (read(old), read(new)) {
        (Ok(old), Ok(new)) => Compared::of(&old, &new, true),
        (Err(error), _) => return vec![format!("the older version cannot be read: {error}")],
        (_, Err(error)) => return vec![format!("the newer version cannot be read: {error}")],
    };
    if compared.is_empty() {
        return vec!["it is only written in another way".to_owned()];
    }
    compared.lines().collect()
}

/// A version; one that is not there is an empty project.
fn read(path: &Path) -> Result<Project, String> {
    let text = read_text(path).map_err(|error| error.to_string())?;
    if text.trim().is_empty() {
        return Ok(Project::default());
    }
    let read = native::read(&text, &input::project_name(path));
    let error = read.diagnostics.iter().find(|one| one.severity == Severity::Error);
    error.map_or(Ok(read.project), |error| Err(terminal::one_line(&error.message)))
}
