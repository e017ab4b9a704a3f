//! What actions ask of the window: files, dialogs, the clipboard, panels. Nothing here holds the
//! window up: dialogs of the system, loading, saving and drawing run on threads.
//!
//! Reading order: this file (actions and answers), [`project_files`] (open, save), [`disk`] (what
//! others write), [`earlier`] (what saving replaced), [`importing`], [`dialogs`] (which dialog shows,
//! and what it decides), [`clipboard`], [`pictures`], [`arranging`], [`recovery`],
//! [`second_window`].

pub(super) mod arranging;
mod clipboard;
mod dialogs;
pub(in crate::app) mod disk;
mod earlier;
mod importing;
mod pictures;
mod project_files;
pub(in crate::app) mod recovery;
pub(in crate::app) mod second_window;

use std::path::PathBuf;

use eframe::egui::{Context, ViewportCommand};

use crate::app::dialogs::export_image::Picture;
use crate::app::dialogs::finder::{self, Finder, Found};
use crate::app::effects::clipboard::Copied;
pub(in crate::app) use crate::app::effects::clipboard::Pasted;
use crate::app::effects::dialogs::about;
use crate::app::effects::importing::Importing;
use crate::app::effects::project_files::{LoadingFile, Saving, as_project_file};
use crate::app::effects::recovery::Unsaved;
use crate::app::jobs::{Failure, Job};
use crate::app::picker::{Answer, Question};
use crate::app::preferences::ThemeChoice;
use crate::app::theme;
use crate::app::window::{Dialog, Window};
use crate::editor::actions::Action;
use crate::editor::actions::effect::Effect;
use crate::scene::theme::ThemeKind;

/// What runs beside the window and will answer.
#[derive(Debug, Default)]
pub(in crate::app) struct Waiting {
    asking: Option<(Asking, Job<Answer>)>,
    loading: Option<LoadingFile>,
    importing: Option<Importing>,
    saving: Option<Saving>,
    /// Where to save once that is done, and what comes after it.
    save_next: Option<(PathBuf, AfterSaving)>,
    drawing: Option<Job<Result<PathBuf, String>>>,
    copying: Option<Job<Option<eframe::egui::ColorImage>>>,
    texts: Option<Job<Copied>>,
    left_over: Option<Job<Vec<Unsaved>>>,
    /// Work of earlier programs that is still to be offered.
    unnamed: Vec<Unsaved>,
    /// Work that panicked, of which a person was told.
    failed: Vec<Failure>,
}

impl Waiting {
    /// Whether the project is on its way to the disk.
    fn is_saving(&self) -> bool {
        self.saving.is_some()
    }
}

/// Why a file was asked for.
#[derive(Clone, Debug)]
pub(in crate::app) enum Asking {
    Open,
    Import,
    Save(AfterSaving),
    Image(Box<Picture>),
    Folder,
}

/// What comes after saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) enum AfterSaving {
    Nothing,
    Close,
    Quit,
    New,
    Open(PathBuf),
    AskForFile,
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
            Effect::Import => self.ask_for_import(ctx),
            Effect::Save => self.save(ctx, AfterSaving::Nothing),
            Effect::SaveAs => self.ask_where_to_save(ctx, AfterSaving::Nothing),
            Effect::Earlier => self.show_earlier(ctx),
            Effect::ExportCode => self.export_code(ctx),
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
            Effect::CopyCode => self.copy_code(ctx, None),
            Effect::CopyDbml => self.copy_code(ctx, Some("dbml")),
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

    pub(in crate::app) fn finder_ui(&mut self, ctx: &Context) {
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

    fn ask(&mut self, ctx: &Context, asking: Asking, question: &Question) {
        let job = self.picker.ask(ctx, question);
        self.waiting.asking = Some((asking, job));
    }

    /// Takes over what threads have finished.
    pub(in crate::app) fn collect(&mut self, ctx: &Context) {
        self.collect_failures(ctx);
        if let Some((asking, job)) = self.waiting.asking.take() {
            match job.poll() {
                None if job.is_lost() => {}
                None => self.waiting.asking = Some((asking, job)),
                Some(Answer::Picked(path)) => match &asking {
                    // The system asked about the name that it was given.
                    Asking::Save(_) if as_project_file(path.clone()) != path => {
                        self.answered_unasked(ctx, asking, path);
                    }
                    _ => self.answered(ctx, asking, path),
                },
                Some(Answer::PickedSeveral(paths)) => self.import(ctx, paths),
                Some(Answer::Unavailable) => {
                    let below = self.dialog.take().map(Box::new);
                    self.dialog = Some(Dialog::TypePath(String::new(), asking, below));
                }
                Some(Answer::Canceled) => {}
            }
        }
        self.collect_loaded(ctx);
        self.collect_imported(ctx);
        self.collect_saved(ctx);
        self.collect_pictures(ctx);
        self.collect_texts(ctx);
        self.collect_pasted(ctx);
        self.collect_arrangement(ctx);
    }

    /// Like [`answered`](Self::answered), where nobody asked yet whether to replace what is there.
    fn answered_unasked(&mut self, ctx: &Context, asking: Asking, path: PathBuf) {
        let path = match &asking {
            Asking::Save(_) => as_project_file(path),
            Asking::Image(_) => path,
            Asking::Open | Asking::Import | Asking::Folder => {
                return self.answered(ctx, asking, path);
            }
        };
        let own = self.open.as_ref().and_then(|open| open.path.as_ref());
        if own != Some(&path) && path.exists() {
            self.dialog = Some(Dialog::Replace(path, asking));
        } else {
            self.answered(ctx, asking, path);
        }
    }

    fn answered(&mut self, ctx: &Context, asking: Asking, path: PathBuf) {
        match asking {
            Asking::Open => self.load(ctx, path),
            Asking::Import => self.import(ctx, vec![path]),
            Asking::Save(after) => self.save_to(ctx, as_project_file(path), after),
            Asking::Image(picture) => self.write_picture(ctx, *picture, path),
            Asking::Folder => {
                if let Some(Dialog::ExportCode(dialog)) = &mut self.dialog {
                    dialog.choose(ctx, path);
                }
            }
        }
    }
}
