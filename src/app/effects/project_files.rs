//! Opening, dropping and saving projects, and what is asked before work is left.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::{Path, PathBuf};

use eframe::egui::{Context, ViewportCommand};

use crate::app::dialogs::question::waiting_ui;
use crate::app::effects::dialogs::{failure, findings_message};
use crate::app::effects::disk::{OnDisk, sides_of};
use crate::app::effects::importing::name_of;
use crate::app::effects::{AfterSaving, Asking};
use crate::app::jobs::Job;
use crate::app::offers::Offer;
use crate::app::open::Open;
use crate::app::picker::Question;
use crate::app::remarks::Remarks;
use crate::app::samples::SAMPLES;
use crate::app::window::{Dialog, Window};
use crate::base::diagnostic::has_errors;
use crate::document::edit::diagrams::show_legibly;
use crate::document::project::Project;
use crate::files::FileError;
use crate::files::load::{Loaded, load};
use crate::files::save::{Expected, Saved, save_over};
use crate::files::stamp::Stamp;
use crate::formats::Importer as _;
use crate::formats::native::{self, Native};
use crate::model::id::IdMint;

/// A file that is being loaded.
#[derive(Debug)]
pub(super) struct LoadingFile {
    path: PathBuf,
    /// When it began, in the seconds of the window.
    began: f64,
    job: Job<Result<Read, FileError>>,
}

/// What was read, and what tells whether the file is still the same.
#[derive(Debug)]
struct Read {
    loaded: Loaded,
    stamp: Option<Stamp>,
}

#[derive(Debug)]
pub(super) struct Saving {
    path: PathBuf,
    project: Project,
    after: AfterSaving,
    job: Job<Result<Saved, FileError>>,
}

/// How long reading a file may take before it is spoken of, in seconds.
const PATIENCE: f64 = 0.4;

/// A mint that no other editor shares.
pub(super) fn fresh_mint() -> IdMint {
    IdMint::from_seed(RandomState::new().build_hasher().finish())
}

impl Window {
    /// Asks for a file to open.
    pub(in crate::app) fn ask_for_file(&mut self, ctx: &Context) {
        self.ask(ctx, Asking::Open, &Question::Open);
    }

    /// Asks for a file to add to the project, or to begin one with.
    pub(in crate::app) fn ask_for_import(&mut self, ctx: &Context) {
        self.ask(ctx, Asking::Import, &Question::Import);
    }

    pub(super) fn ask_where_to_save(&mut self, ctx: &Context, after: AfterSaving) {
        let Some(open) = &self.open else { return };
        let name = open.proposed_file_name();
        let question = Question::Save { name, extension: "json".to_owned() };
        self.ask(ctx, Asking::Save(after), &question);
    }

    /// Goes on at once, or asks first what happens to unsaved work.
    pub(super) fn leave(&mut self, ctx: &Context, after: AfterSaving) {
        if self.open.as_ref().is_some_and(|open| open.editor.is_modified()) {
            self.dialog = Some(Dialog::Unsaved(after));
        } else {
            self.go_on(ctx, after);
        }
    }

    pub(super) fn go_on(&mut self, ctx: &Context, after: AfterSaving) {
        match after {
            AfterSaving::Nothing => {}
            AfterSaving::Close => self.let_go(),
            AfterSaving::Quit => {
                self.may_quit = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            AfterSaving::New => self.new_project(ctx),
            AfterSaving::Open(path) => self.load(ctx, path),
            AfterSaving::AskForFile => self.ask_for_file(ctx),
        }
    }

    /// Opens an empty project.
    pub fn new_project(&mut self, ctx: &Context) {
        let mut mint = fresh_mint();
        let project = Project::new("Untitled", &mut mint);
        self.show(ctx, project, mint, None);
    }

    /// Opens a project that is already in memory.
    pub fn show(&mut self, ctx: &Context, project: Project, mint: IdMint, path: Option<PathBuf>) {
        let mut open = Open::new(ctx, project, mint, path);
        open.editor.session_mut().snapping.to_grid = self.preferences.snaps_to_grid;
        self.let_go();
        if let Some(folder) = &self.journals {
            open.start_journal(ctx, folder);
        }
        self.open = Some(open);
    }

    /// Opens a project that comes from a file. Of what has no places yet as much is shown as can be
    /// read, and areas are offered.
    pub(super) fn show_first(
        &mut self,
        ctx: &Context,
        mut project: Project,
        path: Option<PathBuf>,
    ) {
        let is_unseen = project.first_diagram().is_none_or(|one| one.placements.is_empty());
        let detail = show_legibly(&mut project);
        let offer = if is_unseen { Offer::of(ctx, &project, detail) } else { Offer::default() };
        self.show(ctx, project, fresh_mint(), path);
        if let Some(open) = &mut self.open {
            open.offer = offer;
        }
    }

    /// Closes what is open: all of it is saved, or nobody wants it.
    pub fn let_go(&mut self) {
        if let Some(mut open) = self.open.take() {
            open.end_journal();
        }
    }

    pub(in crate::app) fn open_sample(&mut self, ctx: &Context, index: usize) {
        let Some(sample) = SAMPLES.get(index) else { return };
        let project = native::read(sample.text, sample.name).project;
        self.show(ctx, project, fresh_mint(), None);
    }

    /// Starts to load a file.
    pub fn load(&mut self, ctx: &Context, path: PathBuf) {
        let file = path.clone();
        let job = Job::start("load", ctx, move || read(&file));
        let began = ctx.input(|input| input.time);
        self.waiting.loading = Some(LoadingFile { path, began, job });
    }

    /// Says which file is being read, once that takes a moment; it can be let go.
    pub(super) fn loading_ui(&mut self, ctx: &Context) {
        let Some(loading) = &self.waiting.loading else { return };
        let left = PATIENCE - (ctx.input(|input| input.time) - loading.began);
        if left > 0.0 {
            ctx.request_repaint_after_secs(left as f32);
            return;
        }
        let name = loading.path.file_name().unwrap_or(loading.path.as_os_str());
        if !waiting_ui(ctx, &format!("Reading {}…", name.to_string_lossy())) {
            self.waiting.loading = None;
        }
    }

    pub(super) fn save(&mut self, ctx: &Context, after: AfterSaving) {
        let Some(open) = &self.open else { return };
        let is_ours = open.read_only.is_none();
        match open.path.clone().filter(|path| is_ours && is_project_file(path)) {
            Some(path) => self.save_to(ctx, path, after),
            None => self.ask_where_to_save(ctx, after),
        }
    }

    pub(super) fn save_to(&mut self, ctx: &Context, path: PathBuf, after: AfterSaving) {
        if self.waiting.is_saving() {
            // What the first one writes is what the second one replaces.
            self.waiting.save_next = Some((path, after));
            return;
        }
        let Some(open) = &mut self.open else { return };
        open.editor.commit_cell();
        let project = open.editor.project().clone();
        let is_own = open.path.as_deref() == Some(path.as_path());
        if is_own && open.read_only.is_some() {
            return self.refuse_to_save(&path);
        }
        let expected = open.on_disk.as_ref().filter(|_| is_own).map(OnDisk::expected);
        let expected = expected.unwrap_or(Expected::Anything);
        let (of_thread, file, kept) = (project.clone(), path.clone(), self.backups.clone());
        let job = Job::start("save", ctx, move || {
            save_over(&of_thread, &file, expected, kept.as_deref(), &|_| Ok(()))
        });
        self.waiting.saving = Some(Saving { path, project, after, job });
    }

    /// Files and folders that are dropped on the window are imported while a project is open; a
    /// project is opened.
    pub(in crate::app) fn take_dropped_files(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let paths: Vec<_> = dropped.iter().map(|file| file.path().to_path_buf()).collect();
        match paths.as_slice() {
            [] => {}
            [only] if self.open.is_none() || is_own_file(only) => {
                self.leave(ctx, AfterSaving::Open(only.clone()));
            }
            _ => self.import(ctx, paths),
        }
    }

    /// The close button of the window asks about unsaved work first.
    pub(in crate::app) fn guard_closing(&mut self, ctx: &Context) {
        let wants = ctx.input(|input| input.viewport().close_requested());
        let is_modified = self.open.as_ref().is_some_and(|open| open.editor.is_modified());
        if wants && is_modified && !self.may_quit {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Unsaved(AfterSaving::Quit));
        }
    }

    pub(super) fn collect_loaded(&mut self, ctx: &Context) {
        let Some(loading) = self.waiting.loading.take() else { return };
        match loading.job.poll() {
            None if loading.job.is_lost() => {}
            None => self.waiting.loading = Some(loading),
            Some(result) => self.loaded(ctx, loading.path, result),
        }
    }

    fn loaded(&mut self, ctx: &Context, path: PathBuf, result: Result<Read, FileError>) {
        let Read { loaded, stamp } = match result {
            Ok(read) => read,
            Err(error) => {
                let mut message = failure("The file could not be opened", &error);
                if self.forget_gone(&path) {
                    message.lines.push("It is no longer among the recent files.".to_owned());
                }
                self.dialog = Some(Dialog::Message(message));
                return;
            }
        };
        let name = name_of(&path);
        if has_errors(&loaded.diagnostics) && loaded.project.model.is_empty() {
            if let (Some(stamp), Some(sides)) = (stamp, sides_of(&loaded)) {
                return self.ask_about_sides(ctx, path, stamp, sides);
            }
            let message = findings_message(&format!("{name} has errors"), &loaded.diagnostics);
            self.dialog = Some(Dialog::Message(message));
            return;
        }
        self.preferences.remember(&path);
        let remarks = Remarks::of(&name, std::slice::from_ref(&loaded));
        // Saving over a file of another format would lose what it was.
        let is_own = loaded.importer.info().id == Native.info().id;
        let path = is_own.then_some(path);
        self.show_first(ctx, loaded.project.clone(), path.clone());
        if let Some(open) = &mut self.open {
            open.take_remarks(remarks);
            open.on_disk = path.map(|path| OnDisk::new(ctx, &path, stamp, loaded.project));
        }
    }

    /// Takes a file that is no more off the recent ones; says whether it was among them.
    fn forget_gone(&mut self, path: &Path) -> bool {
        let recent = &mut self.preferences.recent;
        let count = recent.len();
        if !path.exists() {
            recent.retain(|known| known != path);
        }
        recent.len() < count
    }

    pub(super) fn collect_saved(&mut self, ctx: &Context) {
        let Some(saving) = self.waiting.saving.take() else { return };
        let answer = saving.job.poll();
        if saving.job.is_lost() || matches!(answer, Some(Err(_))) {
            self.waiting.save_next = None;
        }
        match answer {
            None if saving.job.is_lost() => {}
            None => self.waiting.saving = Some(saving),
            Some(Err(FileError::Changed { .. })) => {
                let disk = self.open.as_mut().and_then(|open| open.on_disk.as_mut());
                if let Some(disk) = disk {
                    disk.look_again(ctx);
                }
            }
            Some(Err(error)) => {
                let message = failure("The project could not be saved", &error);
                self.dialog = Some(Dialog::Message(message));
            }
            Some(Ok(saved)) => {
                self.saved(ctx, saving, saved);
                if let Some((path, after)) = self.waiting.save_next.take() {
                    self.save_to(ctx, path, after);
                }
            }
        }
    }

    fn saved(&mut self, ctx: &Context, saving: Saving, saved: Saved) {
        let Saving { path, project, after, .. } = saving;
        self.preferences.remember(&path);
        match saved.without_backup {
            None => self.say(ctx, format!("Saved {}", path.display())),
            Some(error) => {
                let message = failure("Saved, but the version before is not kept", &error);
                self.dialog = Some(Dialog::Message(message));
            }
        }
        if let Some(open) = &mut self.open {
            let is_new = open.path.replace(path.clone()).as_ref() != Some(&path);
            open.may_be_changed();
            open.editor.mark_saved_as(project.clone());
            match &self.journals {
                Some(folder) if is_new => {
                    open.end_journal();
                    open.start_journal(ctx, folder);
                }
                Some(_) | None => open.journal_saved(&project),
            }
            match &mut open.on_disk {
                Some(disk) if !is_new => disk.holds(saved.stamp, project),
                disk => *disk = Some(OnDisk::new(ctx, &path, Some(saved.stamp), project)),
            }
        }
        self.go_on(ctx, after);
    }
}

fn read(path: &Path) -> Result<Read, FileError> {
    // What is written between both looks is noticed as a change.
    let stamp = if is_project_file(path) { Stamp::of(path).ok().flatten() } else { None };
    Ok(Read { loaded: load(path)?, stamp })
}

/// Whether a file calls itself one of Lunette's: dropped on a project, it is opened instead.
fn is_own_file(path: &Path) -> bool {
    path.to_string_lossy().to_lowercase().ends_with(".lunette.json")
}

/// Whether saving over it keeps what it is.
fn is_project_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

pub(super) fn as_project_file(path: PathBuf) -> PathBuf {
    if is_project_file(&path) {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".lunette.json");
    PathBuf::from(name)
}
