//! What an export will write into a folder: the tree of files, what becomes of each, and how its
//! text changes, before anything is written. Making, comparing and writing files run on threads.

mod change_view;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui::{Align, Context, Layout, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use crate::app::dialogs::export_code::change_view::ChangeView;
use crate::app::dialogs::{Pressed, buttons_ui, dialog_ui};
use crate::app::icons;
use crate::app::jobs::Job;
use crate::app::theme;
use crate::app::widgets;
use crate::document::project::Project;
use crate::files::FileError;
use crate::files::export::{
    Destination, ExportReport, Fate, FileChange, Overwrite, label, preview_export, write_export,
};
use crate::formats::Exporter;
use crate::formats::file_set::FileSet;
use crate::formats::options::Options;

/// The width of the dialog, where there is room.
const WIDTH: f32 = 860.0;
/// The height of the list and the text beside it, where there is room.
const HEIGHT: f32 = 360.0;
/// The width of the list.
const LIST: f32 = 290.0;
/// The room on either side of the line between the list and the text.
const GAP: f32 = 8.0;

/// The open dialog.
#[derive(Debug)]
pub struct ExportCode {
    /// The target's name in menus.
    target: &'static str,
    /// Which export of the folder it is: target and project.
    export: String,
    making: Option<Job<FileSet>>,
    files: Arc<FileSet>,
    folder: Option<PathBuf>,
    comparing: Option<Job<Vec<FileChange>>>,
    /// What becomes of each file; without a folder nothing is known yet.
    changes: Vec<FileChange>,
    view: Option<ChangeView>,
    writing: Option<Job<Result<ExportReport, FileError>>>,
}

/// What became of the dialog in a frame.
#[derive(Debug)]
pub enum Outcome {
    /// It stays open.
    Open,
    /// It was closed.
    Closed,
    /// A folder is to be chosen.
    Choose,
    /// The files were written into that folder.
    Written(PathBuf, ExportReport),
    /// They were not.
    Failed(FileError),
}

impl ExportCode {
    /// A dialog about the code that this exporter makes of a project. `folder` is the one of last
    /// time.
    pub fn new(
        ctx: &Context,
        project: Project,
        exporter: &'static dyn Exporter,
        folder: Option<PathBuf>,
    ) -> Self {
        let export = label(exporter.info().id, &project.settings.name);
        let making = Job::start("export", ctx, move || {
            exporter.export(&project, &Options::of_project(exporter.info(), &project)).files
        });
        Self {
            target: exporter.info().name,
            export,
            making: Some(making),
            files: Arc::default(),
            folder,
            comparing: None,
            changes: Vec::new(),
            view: None,
            writing: None,
        }
    }

    /// Takes another folder and looks what is there.
    pub fn choose(&mut self, ctx: &Context, folder: PathBuf) {
        self.folder = Some(folder);
        self.compare(ctx);
    }

    fn compare(&mut self, ctx: &Context) {
        let Some(folder) = self.folder.clone() else { return };
        let (files, export) = (Arc::clone(&self.files), self.export.clone());
        let job = Job::start("compare", ctx, move || preview_export(&files, &folder, &export));
        self.comparing = Some(job);
    }

    fn write(&mut self, ctx: &Context, overwrite: Overwrite) {
        let Some(folder) = self.folder.clone() else { return };
        let (files, export) = (Arc::clone(&self.files), self.export.clone());
        self.writing = Some(Job::start("write", ctx, move || {
            write_export(&files, Destination::Folder(&folder), &export, overwrite)
        }));
    }

    /// Takes over what threads have finished; says the end of writing.
    fn collect(&mut self, ctx: &Context) -> Option<Result<ExportReport, FileError>> {
        if let Some(files) = self.making.as_ref().and_then(Job::poll) {
            self.making = None;
            self.files = Arc::new(files);
            self.compare(ctx);
        }
        if let Some(changes) = self.comparing.as_ref().and_then(Job::poll) {
            self.comparing = None;
            self.changes = changes;
            self.view = None;
        }
        let result = self.writing.as_ref().and_then(Job::poll)?;
        self.writing = None;
        Some(result)
    }

    /// Draws the dialog and says what became of it.
    pub fn export_code_ui(&mut self, ctx: &Context) -> Outcome {
        match (self.collect(ctx), &self.folder) {
            (Some(Ok(report)), Some(folder)) => return Outcome::Written(folder.clone(), report),
            // Somebody was faster than this person: what stands there is shown anew.
            (Some(Err(FileError::Conflicts { .. })), _) => self.compare(ctx),
            (Some(Err(error)), _) => return Outcome::Failed(error),
            (Some(Ok(_)) | None, _) => {}
        }
        let mut outcome = Outcome::Open;
        let title = format!("Save {} code", self.target);
        let width = WIDTH.min(ctx.content_rect().width() - 64.0);
        let stays = dialog_ui(ctx, &title, width, |ui| {
            self.folder_ui(ui, &mut outcome);
            ui.add_space(8.0);
            self.columns_ui(ui);
            self.foot_ui(ui, &mut outcome);
        });
        if stays { outcome } else { Outcome::Closed }
    }

    fn folder_ui(&self, ui: &mut Ui, outcome: &mut Outcome) {
        ui.horizontal(|ui| {
            if ui.button("Choose folder…").clicked() {
                *outcome = Outcome::Choose;
            }
            let text = self.folder.as_deref().map_or_else(
                || "Choose the folder to see what will change there".to_owned(),
                |folder: &Path| folder.display().to_string(),
            );
            ui.label(RichText::new(text).weak());
        });
    }

    /// The list, and beside it how the text of the chosen file changes.
    fn columns_ui(&mut self, ui: &mut Ui) {
        let height = HEIGHT.min(ui.ctx().content_rect().height() - 210.0);
        let size = vec2(ui.available_width(), height);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let (list, text) = rect.split_left_right_at_x(rect.left() + LIST);
        let column = |rect| UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min));
        ui.scope_builder(column(list), |ui| self.list_ui(ui));
        let line = ui.visuals().widgets.noninteractive.bg_stroke;
        ui.painter().vline(list.right() + GAP, rect.y_range(), line);
        ui.scope_builder(column(text.with_min_x(text.left() + 2.0 * GAP)), |ui| {
            if let Some(view) = &self.view {
                view.change_ui(ui);
            }
        });
    }

    fn list_ui(&mut self, ui: &mut Ui) {
        let shown = self.view.as_ref().map_or(0, ChangeView::index);
        let count = if self.changes.is_empty() { self.files.len() } else { self.changes.len() };
        if count == 0 {
            let is_busy = self.making.is_some() || self.comparing.is_some();
            let text =
                if is_busy { "Writing the code…" } else { "There is nothing to write yet" };
            widgets::empty_ui(ui, text);
            return;
        }
        let mut chosen = shown;
        ScrollArea::vertical().id_salt("files").auto_shrink(false).show_rows(
            ui,
            24.0,
            count,
            |ui, range| {
                for index in range {
                    let Some((name, fate)) = self.line(index) else { continue };
                    let icon = Some((icons::FILE_CODE, fate_color(ui, fate)));
                    let quiet = fate.map_or("", fate_word);
                    let row = widgets::row_ui(ui, icon, name, quiet, index == shown);
                    let row = match fate {
                        Some(Fate::Blocked(reason)) => row.on_hover_text(reason.describe()),
                        Some(_) | None => row,
                    };
                    if row.clicked() {
                        chosen = index;
                    }
                }
            },
        );
        if self.view.as_ref().map(ChangeView::index) != Some(chosen) {
            self.view = Some(self.view_of(chosen));
        }
    }

    fn line(&self, index: usize) -> Option<(&str, Option<Fate>)> {
        match self.changes.get(index) {
            Some(change) => Some((&change.name, Some(change.fate))),
            None => Some((self.files.iter().nth(index)?.path.as_str(), None)),
        }
    }

    fn view_of(&self, index: usize) -> ChangeView {
        let change = self.changes.get(index);
        let after = match change {
            Some(change) => self.files.file(&change.name),
            None => self.files.iter().nth(index),
        };
        let after = after.map_or("", |file| file.text.as_str());
        // Without a folder there is nothing to compare with: the text stands for itself.
        let before = change.map_or(after, |change| change.before.as_str());
        ChangeView::new(index, before, after)
    }

    fn foot_ui(&mut self, ui: &mut Ui, outcome: &mut Outcome) {
        let blocked: Vec<_> = self.changes.iter().filter_map(|change| block(change.fate)).collect();
        ui.add_space(8.0);
        if blocked.is_empty() {
            ui.label(RichText::new(summary(&self.changes)).weak());
        } else {
            let text = format!(
                "{} would overwrite something that Lunette did not write",
                counted(blocked.len(), "file")
            );
            ui.colored_label(ui.visuals().warn_fg_color, text);
        }
        let is_idle = self.making.is_none() && self.comparing.is_none() && self.writing.is_none();
        let can_save = is_idle && !self.changes.is_empty() && blocked.iter().all(|can| *can);
        let main = if blocked.is_empty() { "Save" } else { "Overwrite" };
        match buttons_ui(ui, main, &["Cancel"], can_save) {
            Some(Pressed::Main) if blocked.is_empty() => self.write(ui.ctx(), Overwrite::Refuse),
            Some(Pressed::Main) => self.write(ui.ctx(), Overwrite::Force),
            Some(Pressed::Other(_)) => *outcome = Outcome::Closed,
            None => {}
        }
    }
}

/// Whether a person may insist on a file that is in the way; none when it is not.
fn block(fate: Fate) -> Option<bool> {
    match fate {
        Fate::Blocked(reason) => Some(reason.can_be_forced()),
        Fate::Added | Fate::Changed | Fate::Unchanged | Fate::Removed => None,
    }
}

fn fate_word(fate: Fate) -> &'static str {
    match fate {
        Fate::Added => "new",
        Fate::Changed => "changed",
        Fate::Unchanged => "same",
        Fate::Removed => "removed",
        Fate::Blocked(_) => "in the way",
    }
}

fn fate_color(ui: &Ui, fate: Option<Fate>) -> eframe::egui::Color32 {
    match fate {
        Some(Fate::Added | Fate::Changed) => theme::color32(theme::current(ui.ctx()).accent),
        Some(Fate::Removed | Fate::Blocked(_)) => ui.visuals().warn_fg_color,
        Some(Fate::Unchanged) | None => ui.visuals().weak_text_color(),
    }
}

/// `2 new, 1 changed, 4 same`.
fn summary(changes: &[FileChange]) -> String {
    let fates = [Fate::Added, Fate::Changed, Fate::Removed, Fate::Unchanged];
    let counts = fates.map(|fate| (changes.iter().filter(|one| one.fate == fate).count(), fate));
    let told = counts.iter().filter(|(count, _)| *count > 0);
    told.map(|(count, fate)| format!("{count} {}", fate_word(*fate))).collect::<Vec<_>>().join(", ")
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
