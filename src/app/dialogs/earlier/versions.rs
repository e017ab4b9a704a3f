//! What the list of earlier versions is made of; all of it is read on threads.

use std::path::Path;
use std::time::SystemTime;

use crate::app::dialogs::earlier::moment::{ago, in_utc};
use crate::app::pictures::{Pixels, Sketch, draw};
use crate::base::diagnostic::has_errors;
use crate::document::project::Project;
use crate::files::backups::Backup;
use crate::files::load::{project_name, read_text};
use crate::formats::native;
use crate::model::diff::differences;
use crate::model::diff::words::sentences;
use crate::model::id::DiagramId;
use crate::render::Background;
use crate::scene::theme::ThemeKind;

/// How many differences of a version are told.
const MOST_TOLD: usize = 200;

/// A version in the list.
#[derive(Clone, Debug)]
pub(super) struct Version {
    pub(super) backup: Backup,
    /// `12 minutes ago`.
    pub(super) age: String,
    /// `2026-11-23 19:40 UTC`.
    pub(super) date: String,
    /// `14 KB`.
    pub(super) size: String,
    /// What was changed since, or why it cannot be read.
    pub(super) since: Result<Vec<String>, String>,
}

/// What there is to be told of versions, compared with how the project is now.
pub(super) fn versions(backups: Vec<Backup>, now: &Project) -> Vec<Version> {
    let clock = SystemTime::now();
    let version = |backup: Backup| {
        let since = read(&backup.path).map(|version| changes(&version, now));
        let age = ago(clock.duration_since(backup.saved).unwrap_or_default());
        let (date, size) = (in_utc(backup.saved), size(backup.n_bytes));
        Version { backup, age, date, size, since }
    };
    backups.into_iter().map(version).collect()
}

/// The project of a version.
pub(super) fn read(path: &Path) -> Result<Project, String> {
    let text = read_text(path).map_err(|error| error.to_string())?;
    let read = native::read(&text, &project_name(path));
    match read.diagnostics.iter().find(|_| has_errors(&read.diagnostics)) {
        Some(error) => Err(error.message.clone()),
        None => Ok(read.project),
    }
}

/// The picture of a diagram in a version, or of its first one.
pub(super) fn picture(
    path: &Path,
    diagram: DiagramId,
    theme: ThemeKind,
    longest_side: f64,
) -> Option<Pixels> {
    let project = read(path).ok()?;
    let diagram = project.diagram(diagram).or_else(|| project.first_diagram())?.clone();
    let background = Background::Transparent;
    draw(&Sketch { project, diagram, theme, background, part: None, longest_side })
}

fn changes(version: &Project, now: &Project) -> Vec<String> {
    let found = differences(&version.model, &now.model);
    let mut lines: Vec<String> = found.iter().flat_map(sentences).take(MOST_TOLD).collect();
    if lines.is_empty() && version != now {
        lines.push("Only how diagrams look, or settings of the project".to_owned());
    }
    lines
}

fn size(n_bytes: u64) -> String {
    match n_bytes {
        0..1_000 => format!("{n_bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", n_bytes / 1_000),
        _ => format!("{}.{} MB", n_bytes / 1_000_000, n_bytes / 100_000 % 10),
    }
}
