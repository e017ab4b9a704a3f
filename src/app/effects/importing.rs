//! Files that become part of the open project: read on a thread, compared, shown, and taken over
//! in one step of undo.

use std::path::{Path, PathBuf};

use eframe::egui::Context;

use crate::app::dialogs::import_preview::{Chosen, ImportPreview, Outcome};
use crate::app::effects::dialogs::{failure, findings_message};
use crate::app::effects::project_files::fresh_mint;
use crate::app::jobs::Job;
use crate::app::offers::Offer;
use crate::app::remarks::Remarks;
use crate::app::window::{Dialog, Window};
use crate::document::edit::diagrams::show_legibly;
use crate::files::FileError;
use crate::files::load::{self, Loaded};

/// Files that are being read.
#[derive(Debug)]
pub(super) struct Importing {
    subject: String,
    job: Job<Result<Vec<Loaded>, FileError>>,
}

impl Window {
    /// Starts to read files and folders for the open project, or to begin one with.
    pub(super) fn import(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        let Some(subject) = subject_of(&paths) else { return };
        let job = Job::start("import", ctx, move || read(&paths));
        self.waiting.importing = Some(Importing { subject, job });
    }

    pub(super) fn collect_imported(&mut self, ctx: &Context) {
        let Some(importing) = self.waiting.importing.take() else { return };
        match importing.job.poll() {
            None => self.waiting.importing = Some(importing),
            Some(Ok(wholes)) => self.imported(ctx, importing.subject, wholes),
            Some(Err(error)) => {
                let message = failure("The files could not be read", &error);
                self.dialog = Some(Dialog::Message(message));
            }
        }
    }

    fn imported(&mut self, ctx: &Context, subject: String, wholes: Vec<Loaded>) {
        let remarks = Remarks::of(&subject, &wholes);
        let is_empty = wholes.iter().all(|loaded| loaded.project.model.is_empty());
        if self.open.is_none() && is_empty {
            let all: Vec<_> = remarks.all.into_iter().map(|one| one.diagnostic).collect();
            let message = findings_message("Nothing could be imported", &all);
            self.dialog = Some(Dialog::Message(message));
            return;
        }
        let begins = self.open.is_none();
        match wholes.as_slice() {
            [only] if begins => self.show_first(ctx, only.project.clone(), None),
            _ if begins => self.new_project(ctx),
            _ => {}
        }
        let Some(open) = &mut self.open else { return };
        open.take_remarks(remarks);
        if begins && wholes.len() == 1 {
            return;
        }
        if is_empty {
            self.say(ctx, format!("Nothing to import in {subject}"));
            return;
        }
        open.editor.commit_cell();
        let project = open.editor.project().clone();
        let dialog = ImportPreview::new(ctx, subject, wholes, project, fresh_mint());
        self.dialog = Some(Dialog::ImportPreview(Box::new(dialog)));
    }

    pub(super) fn import_preview_ui(
        &mut self,
        ctx: &Context,
        mut dialog: Box<ImportPreview>,
    ) -> Option<Dialog> {
        match dialog.import_preview_ui(ctx) {
            Outcome::Open => return Some(Dialog::ImportPreview(dialog)),
            Outcome::Closed => {}
            Outcome::Nothing => self.say(ctx, "The project says all of it already"),
            Outcome::Chosen(chosen) => self.take_over(ctx, &chosen),
        }
        None
    }

    /// One step of undo.
    fn take_over(&mut self, ctx: &Context, chosen: &Chosen) {
        let Some(open) = &mut self.open else { return };
        let mut project = chosen.project(open.editor.session().diagram);
        let was_empty = open.editor.diagram().is_some_and(|one| one.placements.is_empty());
        let detail = show_legibly(&mut project);
        if was_empty {
            open.offer = Offer::of(ctx, &project, detail);
        }
        let label = format!("Import {}", chosen.subject);
        open.editor.edit(&label, |current, _| *current = project);
        open.editor.select(chosen.added());
        self.say(ctx, format!("Imported {}", chosen.subject));
    }
}

/// The files and folders as one whole for each format.
fn read(paths: &[PathBuf]) -> Result<Vec<Loaded>, FileError> {
    let mut sources = Vec::new();
    for path in paths {
        sources.extend(load::sources_at(path, None)?);
    }
    let name = paths.first().map_or_else(String::new, |path| load::project_name(path));
    let wholes = load::by_format(sources)?;
    Ok(wholes.into_iter().map(|(importer, whole)| load::import(whole, importer, &name)).collect())
}

/// What files are called together: `shop.sql`, `3 files`.
fn subject_of(paths: &[PathBuf]) -> Option<String> {
    match paths {
        [] => None,
        [only] => Some(name_of(only)),
        several => Some(format!("{} files", several.len())),
    }
}

/// The name of a file.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
