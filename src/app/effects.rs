//! What actions ask of the window: files, dialogs, the clipboard, panels. Nothing here holds the
//! window up: dialogs of the system, loading, saving and drawing run on threads.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::{Path, PathBuf};

use eframe::egui::{Context, ViewportCommand};

use crate::app::dialogs::export_code::{self, ExportCode};
use crate::app::dialogs::export_image::{self, ExportImage, Parts, Picture};
use crate::app::dialogs::finder::{self, Finder, Found};
use crate::app::dialogs::history::history_ui;
use crate::app::dialogs::preferences::preferences_ui;
use crate::app::dialogs::question::{Message, Unsaved, message_ui, path_ui, unsaved_ui};
use crate::app::dialogs::shortcuts::shortcuts_ui;
use crate::app::jobs::Job;
use crate::app::open::{Arranging, Open};
use crate::app::picker::{Answer, Question};
use crate::app::pictures;
use crate::app::preferences::ThemeChoice;
use crate::app::samples::SAMPLES;
use crate::app::theme;
use crate::app::window::{Dialog, Window};
use crate::base::diagnostic::{Diagnostic, has_errors};
use crate::document::edit::clipboard::{Fragment, copy, paste};
use crate::document::edit::diagrams::Arrangement;
use crate::document::edit::entities::remove_elements;
use crate::document::project::Project;
use crate::editor::actions::Action;
use crate::editor::actions::effect::{Arranged, Effect};
use crate::export::{self, PictureOptions};
use crate::files::export::{Destination, write_export};
use crate::files::load::{Loaded, load};
use crate::files::save::{save, write_atomic};
use crate::files::{FileError, export::Overwrite};
use crate::formats::native;
use crate::formats::options::Options;
use crate::formats::registry;
use crate::layout::arrange::{arrange, displaced_notes};
use crate::layout::engines;
use crate::model::id::IdMint;
use crate::render::{ImageOptions, format_named};
use crate::scene::theme::ThemeKind;

/// What runs beside the window and will answer.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    asking: Option<(Asking, Job<Answer>)>,
    loading: Option<LoadingFile>,
    saving: Option<Saving>,
    drawing: Option<Job<Result<PathBuf, String>>>,
    copying: Option<Job<Option<eframe::egui::ColorImage>>>,
}

/// A file that is being loaded.
#[derive(Debug)]
struct LoadingFile {
    path: PathBuf,
    purpose: Loading,
    job: Job<Result<Loaded, FileError>>,
}

/// Why a file was asked for.
#[derive(Clone, Debug)]
pub(super) enum Asking {
    Open,
    Import,
    Save(AfterSaving),
    Image(Box<Picture>),
    Folder,
}

/// What a loaded file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loading {
    Open,
    Import,
}

/// What comes after saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AfterSaving {
    Nothing,
    Close,
    Quit,
    New,
    Open(PathBuf),
    AskForFile,
}

#[derive(Debug)]
struct Saving {
    path: PathBuf,
    project: Project,
    after: AfterSaving,
    job: Job<Result<(), FileError>>,
}

/// A mint that no other editor shares.
fn fresh_mint() -> IdMint {
    IdMint::from_seed(RandomState::new().build_hasher().finish())
}

/// Actions.
impl Window {
    /// Does what an action says.
    pub fn run(&mut self, ctx: &Context, action: &Action) {
        let editor = self.open.as_mut().map(|open| &mut open.editor);
        if let Some(effect) = action.run(editor) {
            self.carry_out(ctx, effect);
        }
    }

    fn carry_out(&mut self, ctx: &Context, effect: Effect) {
        match effect {
            Effect::New => self.leave(ctx, AfterSaving::New),
            Effect::Open => self.leave(ctx, AfterSaving::AskForFile),
            Effect::Import => self.ask(ctx, Asking::Import, &Question::Open),
            Effect::Save => self.save(ctx, AfterSaving::Nothing),
            Effect::SaveAs => self.ask_where_to_save(ctx, AfterSaving::Nothing),
            Effect::ExportCode => self.export_code(),
            Effect::ExportImage => self.export_image(ctx),
            Effect::Close => self.leave(ctx, AfterSaving::Close),
            Effect::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Effect::Preferences => self.dialog = Some(Dialog::Preferences),
            Effect::Shortcuts => self.dialog = Some(Dialog::Shortcuts),
            Effect::History => self.dialog = Some(Dialog::History),
            Effect::About => self.dialog = Some(Dialog::Message(about())),
            Effect::Cut => self.cut(ctx),
            Effect::Copy => self.copy(ctx),
            Effect::CopyImage => self.copy_selection_as_image(ctx),
            Effect::CopyCode => self.copy_code(ctx),
            Effect::Paste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            Effect::Arrange(scope) => self.arrange(ctx, scope),
            Effect::Palette | Effect::Find | Effect::Filter => self.find(effect),
            Effect::ToggleTheme
            | Effect::ToggleExplorer
            | Effect::ToggleInspector
            | Effect::ToggleProblems
            | Effect::ToggleMinimap
            | Effect::ShowCode => self.switch(ctx, effect),
        }
    }

    fn find(&mut self, effect: Effect) {
        let editor = self.open.as_ref().map(|open| &open.editor);
        match (effect, editor) {
            (Effect::Filter, _) => {
                self.preferences.shows_explorer = true;
                if let Some(open) = &mut self.open {
                    open.explorer.focus_filter();
                }
            }
            (Effect::Find, Some(editor)) => self.finder = Some(Finder::places(editor.project())),
            (_, editor) => self.finder = Some(Finder::commands(editor)),
        }
    }

    fn switch(&mut self, ctx: &Context, effect: Effect) {
        let preferences = &mut self.preferences;
        match (effect, &mut self.open) {
            (Effect::ToggleTheme, _) => {
                preferences.theme = match theme::kind(ctx) {
                    ThemeKind::Light => ThemeChoice::Dark,
                    ThemeKind::Dark => ThemeChoice::Light,
                };
            }
            (Effect::ToggleExplorer, _) => preferences.shows_explorer = !preferences.shows_explorer,
            (Effect::ToggleMinimap, _) => preferences.shows_minimap = !preferences.shows_minimap,
            (Effect::ToggleInspector, Some(open)) => {
                let hides = preferences.shows_inspector && !open.shows_code;
                preferences.shows_inspector = !hides;
                open.shows_code = false;
            }
            (Effect::ShowCode, Some(open)) => {
                let hides = preferences.shows_inspector && open.shows_code;
                preferences.shows_inspector = !hides;
                open.shows_code = true;
            }
            (Effect::ToggleProblems, Some(open)) => open.shows_problems = !open.shows_problems,
            _ => {}
        }
    }

    pub(super) fn finder_ui(&mut self, ctx: &Context) {
        let Some(mut finder) = self.finder.take() else { return };
        match finder.finder_ui(ctx) {
            finder::Outcome::Open => self.finder = Some(finder),
            finder::Outcome::Closed => {}
            finder::Outcome::Chosen(Found::Action(action)) => self.run(ctx, action),
            finder::Outcome::Chosen(Found::Element(element)) => {
                if let Some(open) = &mut self.open {
                    open.editor.reveal(element);
                }
            }
            finder::Outcome::Chosen(Found::Diagram(diagram)) => {
                if let Some(open) = &mut self.open {
                    open.editor.open_diagram(diagram);
                }
            }
        }
    }
}

/// Dialogs.
impl Window {
    pub(super) fn dialog_ui(&mut self, ctx: &Context) {
        let Some(dialog) = self.dialog.take() else { return };
        self.dialog = match dialog {
            Dialog::Shortcuts => shortcuts_ui(ctx).then_some(Dialog::Shortcuts),
            Dialog::Preferences => {
                preferences_ui(ctx, &mut self.preferences).then_some(Dialog::Preferences)
            }
            Dialog::History => self.history_ui(ctx),
            Dialog::Message(message) => {
                message_ui(ctx, &message).then_some(Dialog::Message(message))
            }
            Dialog::Unsaved(after) => self.unsaved_ui(ctx, after),
            Dialog::TypePath(text, asking) => self.path_ui(ctx, text, asking),
            Dialog::ExportImage(dialog) => self.export_image_ui(ctx, dialog),
            Dialog::ExportCode(dialog) => self.export_code_ui(ctx, dialog),
        };
    }

    fn history_ui(&mut self, ctx: &Context) -> Option<Dialog> {
        let open = self.open.as_mut()?;
        let (stays, travel) = history_ui(ctx, open.editor.document().history());
        let steps = travel.unwrap_or_default();
        for _ in 0..steps.unsigned_abs() {
            let _ = if steps < 0 { open.editor.undo() } else { open.editor.redo() };
        }
        stays.then_some(Dialog::History)
    }

    fn unsaved_ui(&mut self, ctx: &Context, after: AfterSaving) -> Option<Dialog> {
        let name = self.open.as_ref()?.name().to_owned();
        match unsaved_ui(ctx, &name) {
            None => return Some(Dialog::Unsaved(after)),
            Some(Unsaved::Save) => self.save(ctx, after),
            Some(Unsaved::Discard) => self.go_on(ctx, after),
            Some(Unsaved::Cancel) => {}
        }
        self.dialog.take()
    }

    fn path_ui(&mut self, ctx: &Context, mut text: String, asking: Asking) -> Option<Dialog> {
        match path_ui(ctx, &mut text) {
            None => Some(Dialog::TypePath(text, asking)),
            Some(false) => None,
            Some(true) => {
                self.answered(ctx, asking, PathBuf::from(text.trim()));
                self.dialog.take()
            }
        }
    }

    fn export_image_ui(&mut self, ctx: &Context, mut dialog: Box<ExportImage>) -> Option<Dialog> {
        match dialog.export_image_ui(ctx) {
            export_image::Outcome::Open => Some(Dialog::ExportImage(dialog)),
            export_image::Outcome::Closed => None,
            export_image::Outcome::Copy(picture) => {
                self.copy_picture(ctx, picture);
                None
            }
            export_image::Outcome::Save(picture) => {
                let extension = picture.format.id.to_owned();
                let name = format!("{}.{extension}", picture.project.settings.name.to_lowercase());
                let question = Question::Save { name, extension };
                self.ask(ctx, Asking::Image(Box::new(picture)), &question);
                None
            }
        }
    }

    fn export_code_ui(&mut self, ctx: &Context, mut dialog: Box<ExportCode>) -> Option<Dialog> {
        match dialog.export_code_ui(ctx) {
            export_code::Outcome::Closed => return None,
            export_code::Outcome::Open => {}
            export_code::Outcome::Choose => self.ask(ctx, Asking::Folder, &Question::Folder),
            export_code::Outcome::Write(overwrite) => {
                return self.write_code(ctx, dialog, overwrite);
            }
        }
        Some(Dialog::ExportCode(dialog))
    }

    fn write_code(
        &mut self,
        ctx: &Context,
        mut dialog: Box<ExportCode>,
        overwrite: Overwrite,
    ) -> Option<Dialog> {
        let folder = dialog.folder.clone()?;
        let project = self.open.as_ref().map_or("", |open| open.name());
        let export = format!("{} {project}", dialog.target);
        let result = write_export(&dialog.files, Destination::Folder(&folder), &export, overwrite);
        match dialog.settle(result) {
            Ok(report) => {
                let count = report.written.len();
                self.say(ctx, format!("{count} files written to {}", folder.display()));
                None
            }
            Err(None) => Some(Dialog::ExportCode(dialog)),
            Err(Some(error)) => Some(Dialog::Message(failure("Nothing was written", &error))),
        }
    }

    fn export_code(&mut self) {
        let Some(open) = &self.open else { return };
        let project = open.editor.project();
        let target = project.settings.target.clone();
        let Some(exporter) = registry::exporter(&target) else { return };
        let files = exporter.export(project, &options_of(project, &target)).files;
        self.dialog = Some(Dialog::ExportCode(Box::new(ExportCode::new(target, files))));
    }

    fn export_image(&mut self, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let Some(diagram) = open.editor.diagram().cloned() else { return };
        let selection = open.editor.session().selection.to_vec();
        let parts = Parts {
            selection: open.editor.bounds_of(&selection),
            visible: Some(open.editor.session().viewport().visible()),
        };
        let dialog = ExportImage::new(ctx, open.editor.project().clone(), diagram, parts);
        self.dialog = Some(Dialog::ExportImage(Box::new(dialog)));
    }
}

fn options_of(project: &Project, target: &str) -> Options {
    let Some(exporter) = registry::exporter(target) else { return Options::default() };
    let info = exporter.info();
    let chosen = project.settings.target_options.get(target).into_iter().flatten();
    let pairs = chosen.map(|(key, value)| (key.as_str(), value.as_str()));
    Options::parse(info, pairs).unwrap_or_else(|_| Options::defaults(info))
}

fn about() -> Message {
    let version = env!("CARGO_PKG_VERSION");
    Message {
        title: format!("Lunette {version}"),
        lines: vec![
            "Draw entities and references; take away code that runs.".to_owned(),
            "No account, no network, no telemetry.".to_owned(),
            "MIT license. Inter and JetBrains Mono: OFL 1.1. Phosphor Icons: MIT.".to_owned(),
        ],
    }
}

fn failure(title: &str, error: &dyn std::error::Error) -> Message {
    Message { title: title.to_owned(), lines: vec![error.to_string()] }
}

fn findings_message(title: &str, diagnostics: &[Diagnostic]) -> Message {
    let lines = diagnostics.iter().take(60).map(|one| {
        let place = one.span.map(|span| format!("{}:{}: ", span.line, span.column));
        let hint = one.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{}{}{hint}", place.unwrap_or_default(), one.message)
    });
    Message { title: title.to_owned(), lines: lines.collect() }
}

/// Opening and saving.
impl Window {
    fn ask(&mut self, ctx: &Context, asking: Asking, question: &Question) {
        let job = self.picker.ask(ctx, question);
        self.waiting.asking = Some((asking, job));
    }

    /// Asks for a file to open.
    pub(super) fn ask_for_file(&mut self, ctx: &Context) {
        self.ask(ctx, Asking::Open, &Question::Open);
    }

    fn ask_where_to_save(&mut self, ctx: &Context, after: AfterSaving) {
        let Some(open) = &self.open else { return };
        let name = open.proposed_file_name();
        let question = Question::Save { name, extension: "json".to_owned() };
        self.ask(ctx, Asking::Save(after), &question);
    }

    /// Goes on at once, or asks first what happens to unsaved work.
    fn leave(&mut self, ctx: &Context, after: AfterSaving) {
        if self.open.as_ref().is_some_and(|open| open.editor.is_modified()) {
            self.dialog = Some(Dialog::Unsaved(after));
        } else {
            self.go_on(ctx, after);
        }
    }

    fn go_on(&mut self, ctx: &Context, after: AfterSaving) {
        match after {
            AfterSaving::Nothing => {}
            AfterSaving::Close => self.open = None,
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
        self.open = Some(open);
    }

    pub(super) fn open_sample(&mut self, ctx: &Context, index: usize) {
        let Some(sample) = SAMPLES.get(index) else { return };
        let project = native::read(sample.text, sample.name).project;
        self.show(ctx, project, fresh_mint(), None);
    }

    /// Starts to load a file.
    pub fn load(&mut self, ctx: &Context, path: PathBuf) {
        self.start_loading(ctx, path, Loading::Open);
    }

    fn start_loading(&mut self, ctx: &Context, path: PathBuf, purpose: Loading) {
        let file = path.clone();
        let job = Job::start("load", ctx, move || load(&file));
        self.waiting.loading = Some(LoadingFile { path, purpose, job });
    }

    fn save(&mut self, ctx: &Context, after: AfterSaving) {
        let Some(open) = &self.open else { return };
        match open.path.clone().filter(|path| is_project_file(path)) {
            Some(path) => self.save_to(ctx, path, after),
            None => self.ask_where_to_save(ctx, after),
        }
    }

    fn save_to(&mut self, ctx: &Context, path: PathBuf, after: AfterSaving) {
        let Some(open) = &mut self.open else { return };
        open.editor.commit_cell();
        let project = open.editor.project().clone();
        let (of_thread, file) = (project.clone(), path.clone());
        let job = Job::start("save", ctx, move || save(&of_thread, &file));
        self.waiting.saving = Some(Saving { path, project, after, job });
    }

    /// Files that are dropped on the window are opened, or imported while a project is open.
    pub(super) fn take_dropped_files(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        let Some(file) = dropped.first() else { return };
        let path = file.path().to_path_buf();
        if self.open.is_some() && !is_project_file(&path) {
            self.start_loading(ctx, path, Loading::Import);
        } else {
            self.leave(ctx, AfterSaving::Open(path));
        }
    }

    /// The close button of the window asks about unsaved work first.
    pub(super) fn guard_closing(&mut self, ctx: &Context) {
        let wants = ctx.input(|input| input.viewport().close_requested());
        let is_modified = self.open.as_ref().is_some_and(|open| open.editor.is_modified());
        if wants && is_modified && !self.may_quit {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Unsaved(AfterSaving::Quit));
        }
    }

    /// Takes over what threads have finished.
    pub(super) fn collect(&mut self, ctx: &Context) {
        if let Some((asking, job)) = self.waiting.asking.take() {
            match job.poll() {
                None => self.waiting.asking = Some((asking, job)),
                Some(Answer::Picked(path)) => self.answered(ctx, asking, path),
                Some(Answer::Unavailable) => {
                    self.dialog = Some(Dialog::TypePath(String::new(), asking));
                }
                Some(Answer::Canceled) => {}
            }
        }
        if let Some(loading) = self.waiting.loading.take() {
            match loading.job.poll() {
                None => self.waiting.loading = Some(loading),
                Some(result) => self.loaded(ctx, loading.path, loading.purpose, result),
            }
        }
        self.collect_saved(ctx);
        self.collect_pictures(ctx);
        self.collect_arrangement();
    }

    fn answered(&mut self, ctx: &Context, asking: Asking, path: PathBuf) {
        match asking {
            Asking::Open => self.load(ctx, path),
            Asking::Import => self.start_loading(ctx, path, Loading::Import),
            Asking::Save(after) => self.save_to(ctx, as_project_file(path), after),
            Asking::Image(picture) => self.write_picture(ctx, *picture, path),
            Asking::Folder => {
                if let Some(Dialog::ExportCode(dialog)) = &mut self.dialog {
                    dialog.folder = Some(path);
                    dialog.conflicts.clear();
                }
            }
        }
    }

    fn loaded(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        purpose: Loading,
        result: Result<Loaded, FileError>,
    ) {
        let loaded = match result {
            Ok(loaded) => loaded,
            Err(error) => {
                let message = failure("The file could not be opened", &error);
                self.dialog = Some(Dialog::Message(message));
                return;
            }
        };
        if !loaded.diagnostics.is_empty() {
            let title = if has_errors(&loaded.diagnostics) {
                "The file has errors"
            } else {
                "What was changed on the way in"
            };
            let message = findings_message(title, &loaded.diagnostics);
            self.dialog = Some(Dialog::Message(message));
        }
        if has_errors(&loaded.diagnostics) && loaded.project.model.is_empty() {
            return;
        }
        match purpose {
            Loading::Open => {
                self.preferences.remember(&path);
                self.keep_recent();
                self.show(ctx, loaded.project, fresh_mint(), Some(path));
            }
            Loading::Import => self.add_fragment(&Fragment::whole(loaded.project), "Import"),
        }
    }

    fn keep_recent(&self) {
        if let Some(path) = &self.preferences_path {
            self.preferences.save(path);
        }
    }

    fn collect_saved(&mut self, ctx: &Context) {
        let Some(saving) = self.waiting.saving.take() else { return };
        match saving.job.poll() {
            None => self.waiting.saving = Some(saving),
            Some(Err(error)) => {
                let message = failure("The project could not be saved", &error);
                self.dialog = Some(Dialog::Message(message));
            }
            Some(Ok(())) => {
                self.preferences.remember(&saving.path);
                self.keep_recent();
                self.say(ctx, format!("Saved {}", saving.path.display()));
                if let Some(open) = &mut self.open {
                    open.path = Some(saving.path);
                    open.editor.mark_saved_as(saving.project);
                }
                self.go_on(ctx, saving.after);
            }
        }
    }
}

/// Whether saving over it keeps what it is.
fn is_project_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

fn as_project_file(path: PathBuf) -> PathBuf {
    if is_project_file(&path) {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".lunette.json");
    PathBuf::from(name)
}

/// Pictures, the clipboard and arrangements.
impl Window {
    fn write_picture(&mut self, ctx: &Context, picture: Picture, path: PathBuf) {
        let job = Job::start("picture", ctx, move || {
            let Picture { project, diagram, format, options } = picture;
            let bytes = export::image(&project, &diagram, format, &options, &mut |_| ());
            let bytes = bytes.map_err(|error| error.to_string())?;
            write_atomic(&path, &bytes).map_err(|error| error.to_string())?;
            Ok(path)
        });
        self.say(ctx, "Drawing the picture…");
        self.waiting.drawing = Some(job);
    }

    fn copy_picture(&mut self, ctx: &Context, picture: Picture) {
        let job = Job::start("picture", ctx, move || {
            let Picture { project, diagram, options, .. } = picture;
            let format = format_named("png")?;
            let bytes = export::image(&project, &diagram, format, &options, &mut |_| ()).ok()?;
            pictures::decode(&bytes)
        });
        self.waiting.copying = Some(job);
    }

    fn copy_selection_as_image(&mut self, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let (Some(diagram), Some(format)) = (open.editor.diagram().cloned(), format_named("png"))
        else {
            return;
        };
        let selection = open.editor.session().selection.to_vec();
        let part = open.editor.bounds_of(&selection).map(|rect| rect.inflate(24.0, 24.0));
        let image = ImageOptions { scale: 2.0, ..ImageOptions::default() };
        let options = PictureOptions { theme: theme::kind(ctx), image, part };
        let project = open.editor.project().clone();
        self.copy_picture(ctx, Picture { project, diagram, format, options });
    }

    fn collect_pictures(&mut self, ctx: &Context) {
        if let Some(result) = self.waiting.drawing.as_ref().and_then(Job::poll) {
            self.waiting.drawing = None;
            match result {
                Ok(path) => self.say(ctx, format!("Saved {}", path.display())),
                Err(reason) => {
                    let title = "The picture could not be saved".to_owned();
                    let message = Message { title, lines: vec![reason] };
                    self.dialog = Some(Dialog::Message(message));
                }
            }
        }
        if let Some(image) = self.waiting.copying.as_ref().and_then(Job::poll) {
            self.waiting.copying = None;
            if let Some(image) = image {
                ctx.copy_image(image);
                self.say(ctx, "Copied as image");
            }
        }
    }

    fn copy(&mut self, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let session = open.editor.session();
        let fragment = copy(open.editor.project(), session.diagram, &session.selection.to_vec());
        if !fragment.is_empty() {
            ctx.copy_text(native::write(&fragment.project));
        }
    }

    fn cut(&mut self, ctx: &Context) {
        self.copy(ctx);
        let Some(open) = &mut self.open else { return };
        let elements = open.editor.session().selection.to_vec();
        open.editor.edit("Cut", |project, _| remove_elements(project, &elements));
    }

    /// The code of the project's target for what is selected, or for all of it.
    fn copy_code(&mut self, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let project = open.editor.project();
        let session = open.editor.session();
        let fragment = copy(project, session.diagram, &session.selection.to_vec());
        let source = if fragment.is_empty() { project } else { &fragment.project };
        let target = &project.settings.target;
        let Some(exporter) = registry::exporter(target) else { return };
        let files = exporter.export(source, &options_of(project, target)).files;
        let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
        ctx.copy_text(texts.join("\n"));
        self.say(ctx, "Copied as code");
    }

    /// Pastes Lunette's own data, or any text that an import format recognizes, at the pointer.
    pub(super) fn paste(&mut self, text: &str) {
        if self.open.is_none() || text.trim().is_empty() {
            return;
        }
        let importer = registry::IMPORTERS.iter().find(|importer| importer.recognizes(text));
        if let Some(importer) = importer {
            let imported = importer.import(text, "Pasted");
            if !imported.project.model.is_empty() {
                self.add_fragment(&Fragment::whole(imported.project), "Paste");
            }
        }
    }

    fn add_fragment(&mut self, fragment: &Fragment, label: &str) {
        let Some(open) = &mut self.open else { return };
        let viewport = open.editor.session().viewport();
        let at = open.editor.session().pointer.unwrap_or_else(|| viewport.middle());
        let (diagram, at) = (open.editor.session().diagram, viewport.world_from_screen(at));
        let added =
            open.editor.edit(label, |project, mint| paste(project, mint, diagram, fragment, at));
        open.editor.select(added);
    }

    fn arrange(&mut self, ctx: &Context, scope: Arranged) {
        let Some(open) = &mut self.open else { return };
        let Some(diagram) = open.editor.diagram().cloned() else { return };
        let scope = scope.scope(open.editor.session().selection.nodes());
        let (id, revision) = (diagram.id, open.editor.document().revision());
        let project = open.editor.project().clone();
        let job = Job::start("arrange", ctx, move || {
            let nodes = arrange(&project.model, &diagram, &engines::DEFAULT, &scope);
            let notes = displaced_notes(&project.model, &diagram, &nodes);
            Arrangement { nodes, notes, ..Arrangement::default() }
        });
        open.arranging = Some(Arranging { diagram: id, revision, job });
    }

    fn collect_arrangement(&mut self) {
        let Some(open) = &mut self.open else { return };
        let Some(arranging) = open.arranging.take() else { return };
        match arranging.job.poll() {
            None => open.arranging = Some(arranging),
            // The project went on meanwhile: the answer is stale.
            Some(_) if open.editor.document().revision() != arranging.revision => {}
            Some(arrangement) => {
                let diagram = arranging.diagram;
                open.editor.arrange(diagram, &arrangement);
            }
        }
    }
}
