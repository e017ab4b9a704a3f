//! What an export will write into a folder: the tree of files, and which of them a person changed
//! since, before anything is written.

use std::path::PathBuf;

use eframe::egui::{Context, RichText, ScrollArea};

use crate::app::dialogs::{Pressed, buttons_ui, dialog_ui};
use crate::app::icons;
use crate::files::export::{ExportReport, Overwrite};
use crate::files::{Conflict, FileError};
use crate::formats::file_set::FileSet;

/// The open dialog.
#[derive(Clone, Debug)]
pub struct ExportCode {
    /// The target.
    pub target: String,
    /// What will be written.
    pub files: FileSet,
    /// Where it goes, once chosen.
    pub folder: Option<PathBuf>,
    /// What stands in the way, once it was tried.
    pub conflicts: Vec<Conflict>,
}

/// What became of the dialog in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It stays open.
    Open,
    /// It was closed.
    Closed,
    /// A folder is to be chosen.
    Choose,
    /// The files are to be written.
    Write(Overwrite),
}

impl ExportCode {
    /// A dialog about these files.
    pub fn new(target: String, files: FileSet) -> Self {
        Self { target, files, folder: None, conflicts: Vec::new() }
    }

    /// Draws the dialog and says what became of it.
    pub fn export_code_ui(&mut self, ctx: &Context) -> Outcome {
        let mut outcome = Outcome::Open;
        let stays = dialog_ui(ctx, "Save code", 520.0, |ui| {
            ui.horizontal(|ui| {
                let text = self.folder.as_ref().map_or_else(
                    || "No folder chosen yet".to_owned(),
                    |folder| folder.display().to_string(),
                );
                ui.label(RichText::new(text).weak());
                if ui.button("Choose folder…").clicked() {
                    outcome = Outcome::Choose;
                }
            });
            self.tree_ui(ui);
            let is_blocked = !self.conflicts.is_empty();
            let can_force = self.conflicts.iter().all(|one| one.reason.can_be_forced());
            let main = if is_blocked { "Overwrite them" } else { "Save" };
            let can_save = self.folder.is_some() && (!is_blocked || can_force);
            match buttons_ui(ui, main, &["Cancel"], can_save) {
                Some(Pressed::Main) if is_blocked => outcome = Outcome::Write(Overwrite::Force),
                Some(Pressed::Main) => outcome = Outcome::Write(Overwrite::Refuse),
                Some(Pressed::Other(_)) => outcome = Outcome::Closed,
                None => {}
            }
        });
        if stays { outcome } else { Outcome::Closed }
    }

    fn tree_ui(&self, ui: &mut eframe::egui::Ui) {
        let warning = ui.visuals().warn_fg_color;
        ui.add_space(4.0);
        ScrollArea::vertical().max_height(320.0).auto_shrink([false, true]).show(ui, |ui| {
            for file in self.files.iter() {
                let path = file.path.as_str();
                let conflict = self.conflicts.iter().find(|conflict| conflict.name == path);
                ui.horizontal(|ui| {
                    ui.label(icons::icon(icons::FILE_CODE, 14.0));
                    ui.label(path);
                    let remark = match conflict {
                        Some(one) => RichText::new(one.reason.describe()).color(warning),
                        None => {
                            RichText::new(format!("{} lines", file.text.lines().count())).weak()
                        }
                    };
                    ui.label(remark.small());
                });
            }
        });
    }

    /// Takes over what came of an attempt; says the report when all was written.
    pub fn settle(
        &mut self,
        result: Result<ExportReport, FileError>,
    ) -> Result<ExportReport, Option<FileError>> {
        match result {
            Ok(report) => Ok(report),
            Err(FileError::Conflicts { conflicts, .. }) => {
                self.conflicts = conflicts;
                Err(None)
            }
            Err(other) => Err(Some(other)),
        }
    }
}
