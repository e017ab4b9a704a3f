//! The window: which panels stand where, frame by frame, and what is open in it.
//!
//! It owns no rule of the model: actions come from the editor's list, effects are in
//! [`effects`](super::effects), panels and dialogs show and ask.

use std::path::PathBuf;

use eframe::egui::{self, CentralPanel, Context, Frame, Margin, Panel, Ui};

use crate::app::bars;
use crate::app::canvas::{CanvasOptions, Keyboard};
use crate::app::change::Requests;
use crate::app::clipboard::Clipboard;
use crate::app::dialogs::earlier::Earlier;
use crate::app::dialogs::export_code::ExportCode;
use crate::app::dialogs::export_image::ExportImage;
use crate::app::dialogs::finder::Finder;
use crate::app::dialogs::import_preview::ImportPreview;
use crate::app::dialogs::question::Message;
use crate::app::effects::Waiting;
use crate::app::icons;
use crate::app::jobs::Job;
use crate::app::keys::HeldBack;
use crate::app::open::Open;
use crate::app::panels::code::{CodeAction, CodeView};
use crate::app::panels::explorer::{ExplorerAction, ExplorerView};
use crate::app::panels::inspector::InspectorView;
use crate::app::panels::problems::problems_ui;
use crate::app::picker::FilePicker;
use crate::app::preferences::Preferences;
use crate::app::start::{StartAction, StartPage};
use crate::app::theme;
use crate::app::widgets;
use crate::editor::session::KeyHolder;

/// All of the window's state.
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
#[derive(Debug)]
pub struct Window {
    /// The open project.
    pub open: Option<Open>,
    /// What the person prefers.
    pub preferences: Preferences,
    pub(super) preferences_path: Option<PathBuf>,
    /// Where journals are kept, if they are.
    pub(super) journals: Option<PathBuf>,
    /// Where versions that saving replaces are kept, if they are.
    pub(super) backups: Option<PathBuf>,
    /// The preferences that the file holds.
    kept: Preferences,
    /// What the system wishes, once it has said so.
    pub(super) asked_motion: Option<Job<bool>>,
    wishes_less_motion: bool,
    pub(super) picker: Box<dyn FilePicker>,
    /// A clipboard for more than text; without one, Lunette's own data is copied as text.
    pub clipboard: Option<Box<dyn Clipboard>>,
    pub(super) waiting: Waiting,
    pub(super) dialog: Option<Dialog>,
    pub(super) finder: Option<Finder>,
    pub(super) notice: Option<Notice>,
    pub(super) start: StartPage,
    pub(super) may_quit: bool,
    /// Keys that came faster than frames.
    pub(super) held_back: HeldBack,
    /// Whether something above the canvas had the keyboard at the end of the last frame: the key
    /// that closes it is not also meant for the canvas.
    keys_are_taken: bool,
    /// Whether a dialog or the start page is gone, so that the canvas has the keyboard.
    returns_keys: bool,
}

/// The dialog that is open.
#[derive(Debug)]
pub(super) enum Dialog {
    ExportImage(Box<ExportImage>),
    ExportCode(Box<ExportCode>),
    ImportPreview(Box<ImportPreview>),
    Shortcuts,
    Preferences,
    History,
    Message(Message),
    Unsaved(super::effects::AfterSaving),
    Recovered(Box<super::effects::recovery::Unsaved>),
    Merge(Box<super::effects::disk::Merging>),
    Earlier(Box<Earlier>),
    /// What is typed, what for, and the dialog that asked.
    TypePath(String, super::effects::Asking, Option<Box<Self>>),
    /// What would be replaced, and what for.
    Replace(PathBuf, super::effects::Asking),
}

/// A line at the bottom that says what just happened and goes away.
#[derive(Clone, Debug)]
pub(super) struct Notice {
    pub(super) text: String,
    pub(super) until: f64,
}

/// How long a notice stays, in seconds.
const NOTICE: f64 = 4.0;

impl Window {
    /// A window with nothing open. Preferences are read from and kept in `preferences_path`.
    pub fn new(
        ctx: &Context,
        picker: Box<dyn FilePicker>,
        preferences_path: Option<PathBuf>,
    ) -> Self {
        theme::install(ctx);
        let preferences = preferences_path.as_deref().map(Preferences::load).unwrap_or_default();
        ctx.set_theme(preferences.theme.preference());
        Self {
            open: None,
            kept: preferences.clone(),
            preferences,
            preferences_path,
            journals: None,
            backups: None,
            asked_motion: None,
            wishes_less_motion: false,
            picker,
            clipboard: None,
            waiting: Waiting::default(),
            dialog: None,
            finder: None,
            notice: None,
            start: StartPage::default(),
            may_quit: false,
            held_back: HeldBack::default(),
            keys_are_taken: false,
            returns_keys: true,
        }
    }

    /// Draws a frame.
    pub fn window_ui(&mut self, ui: &mut Ui) {
        self.pace_keys(ui.ctx());
        self.collect(ui.ctx());
        self.take_cancel_key(ui.ctx());
        self.take_dropped_files(ui.ctx());
        Panel::top("bar").frame(bar_frame(ui)).show(ui, |ui| {
            if let Some(action) = bars::top_ui(ui, self) {
                self.run(ui.ctx(), action);
            }
        });
        if self.open.is_some() {
            self.project_ui(ui);
        } else {
            let chosen = CentralPanel::default()
                .frame(Frame::new().fill(ui.visuals().panel_fill))
                .show(ui, |ui| self.start.start_ui(ui, &self.preferences.recent))
                .inner;
            if let Some(chosen) = chosen {
                self.start_with(ui.ctx(), chosen);
            }
        }
        let covered = self.open.is_none() || self.finder.is_some() || self.dialog.is_some();
        self.finder_ui(ui.ctx());
        self.dialog_ui(ui.ctx());
        let covers = self.open.is_none() || self.finder.is_some() || self.dialog.is_some();
        self.returns_keys |= covered && !covers;
        self.notice_ui(ui.ctx());
        self.take_keys(ui.ctx());
        self.keys_are_taken = self.dialog.is_some()
            || self.finder.is_some()
            || ui.ctx().text_edit_focused()
            || egui::Popup::is_any_open(ui.ctx());
        self.journal(ui.ctx());
        self.watch_file(ui.ctx());
        self.guard_closing(ui.ctx());
        self.keep_preferences(ui.ctx());
    }

    /// The title of the system's window.
    pub fn title(&self) -> String {
        match &self.open {
            Some(open) if open.read_only.is_some() => {
                format!("{} (read-only) – Lunette", open.name())
            }
            Some(open) if open.editor.is_modified() => format!("{} • Lunette", open.name()),
            Some(open) => format!("{} – Lunette", open.name()),
            None => "Lunette".to_owned(),
        }
    }

    /// Where the canvas was drawn last, while a project is open.
    pub fn canvas_rect(&self) -> Option<egui::Rect> {
        self.open.as_ref()?.canvas.rect()
    }

    fn start_with(&mut self, ctx: &Context, chosen: StartAction) {
        match chosen {
            StartAction::New => self.new_project(ctx),
            StartAction::Open => self.ask_for_file(ctx),
            StartAction::Import => self.ask_for_import(ctx),
            StartAction::OpenPath(path) => self.load(ctx, path),
            StartAction::Sample(index) => self.open_sample(ctx, index),
        }
    }

    fn project_ui(&mut self, ui: &mut Ui) {
        let mut requests = Requests::default();
        self.read_only_ui(ui);
        self.status_bar_ui(ui);
        self.problems_panel_ui(ui);
        self.explorer_panel_ui(ui, &mut requests);
        self.side_panel_ui(ui, &mut requests);
        let ground = Frame::new().fill(ui.visuals().panel_fill);
        CentralPanel::default().frame(ground).show(ui, |ui| {
            self.tabs_ui(ui);
            self.offer_ui(ui);
            self.canvas_panel_ui(ui);
        });
        let Some(open) = &mut self.open else { return };
        open.refresh_checks();
        open.refresh_detail();
        open.refresh_layout();
        requests.carry_out(&mut open.editor);
    }

    fn canvas_panel_ui(&mut self, ui: &mut Ui) {
        let options = CanvasOptions {
            shows_minimap: self.preferences.shows_minimap,
            reduces_motion: self.reduces_motion(ui.ctx()),
            keyboard: match (self.keys_are_taken, std::mem::take(&mut self.returns_keys)) {
                (_, true) => Keyboard::Returned,
                (true, false) => Keyboard::Elsewhere,
                (false, false) => Keyboard::Free,
            },
        };
        let Some(open) = &mut self.open else { return };
        open.editor.session_mut().snapping.to_grid = self.preferences.snaps_to_grid;
        let output = open.canvas.canvas_ui(ui, &mut open.editor, options);
        self.preferences.snaps_to_grid = open.editor.session().snapping.to_grid;
        if let Some(action) = output.action {
            self.run(ui.ctx(), action);
        }
    }

    /// One tab per open diagram; only shown when there are several.
    fn tabs_ui(&mut self, ui: &mut Ui) {
        let Some(open) = &mut self.open else { return };
        let tabs: Vec<_> = open.editor.session().tabs.iter().copied().collect();
        if tabs.len() < 2 {
            return;
        }
        let current = open.editor.session().diagram;
        let (mut opened, mut closed) = (None, None);
        Frame::new().inner_margin(Margin::symmetric(8, 2)).show(ui, |ui| {
            ui.horizontal(|ui| {
                for id in tabs {
                    let Some(diagram) = open.editor.project().diagram(id) else { continue };
                    if ui.selectable_label(id == current, &diagram.name).clicked() {
                        opened = Some(id);
                    }
                    let label = format!("Close the tab {}", diagram.name);
                    if widgets::icon_button_ui(ui, icons::X, &label).clicked() {
                        closed = Some(id);
                    }
                }
            });
        });
        if let Some(id) = closed {
            open.editor.close_tab(id);
        } else if let Some(id) = opened {
            open.editor.open_diagram(id);
        }
    }

    fn explorer_panel_ui(&mut self, ui: &mut Ui, requests: &mut Requests) {
        let Some(open) = &mut self.open else { return };
        if !self.preferences.shows_explorer {
            return;
        }
        let panel = Panel::left("explorer")
            .frame(panel_frame(ui))
            .default_size(self.preferences.panels.explorer);
        let widest = widest_panel(ui, 0.23, 420.0);
        let action = panel.size_range(160.0..=widest.max(160.0)).show(ui, |ui| {
            let view = ExplorerView {
                project: open.editor.project(),
                revision: open.editor.document().meaning_revision(),
                diagram: open.editor.session().diagram,
                selection: &open.editor.session().selection,
            };
            open.explorer.explorer_ui(ui, view, requests)
        });
        keep_size(&mut self.preferences.panels.explorer, action.response.rect.width(), widest);
        if let Some(ExplorerAction::OpenDiagram(id)) = action.inner {
            open.editor.open_diagram(id);
        }
    }

    /// The right side: inspector or code.
    fn side_panel_ui(&mut self, ui: &mut Ui, requests: &mut Requests) {
        let Some(open) = &mut self.open else { return };
        let takes_keys = open.editor.session().wants_keys == Some(KeyHolder::Properties);
        if takes_keys {
            open.editor.session_mut().wants_keys = None;
            open.shows_code = false;
            self.preferences.shows_inspector = true;
        }
        if !self.preferences.shows_inspector || !open.shows_code {
            open.code.rest();
        }
        if !self.preferences.shows_inspector {
            return;
        }
        let panel =
            Panel::right("side").frame(panel_frame(ui)).default_size(self.preferences.panels.side);
        let selection = open.editor.session().selection.clone();
        let mut code_action = None;
        let widest = widest_panel(ui, 0.40, 720.0);
        let side = panel.size_range(260.0..=widest.max(260.0)).show(ui, |ui| {
            ui.horizontal(|ui| {
                for (is_code, label) in [(false, "Inspector"), (true, "Code")] {
                    if ui.selectable_label(open.shows_code == is_code, label).clicked() {
                        open.shows_code = is_code;
                    }
                }
            });
            ui.add_space(4.0);
            let project = open.editor.project();
            let revision = open.editor.document().meaning_revision();
            if open.shows_code {
                let diagram = open.editor.session().diagram;
                let view = CodeView { project, diagram, revision, selection: &selection };
                code_action = open.code.code_ui(ui, view);
            } else {
                let diagram = open.editor.session().diagram;
                let selection = &selection;
                let revision = open.editor.document().revision();
                let view = InspectorView { project, revision, diagram, selection, takes_keys };
                open.inspector.inspector_ui(ui, view, requests);
            }
        });
        keep_size(&mut self.preferences.panels.side, side.response.rect.width(), widest);
        match code_action {
            Some(CodeAction::Adopt(target)) => {
                requests
                    .change("Change target", move |project, _| project.settings.target = target);
            }
            Some(CodeAction::Save) => self.export_code(ui.ctx()),
            None => {}
        }
    }

    fn problems_panel_ui(&mut self, ui: &mut Ui) {
        let Some(open) = &mut self.open else { return };
        if !open.shows_problems {
            return;
        }
        let panel = Panel::bottom("problems")
            .frame(panel_frame(ui))
            .default_size(self.preferences.panels.problems);
        let shown = panel
            .size_range(96.0..=480.0)
            .show(ui, |ui| problems_ui(ui, open.editor.findings(), &open.remarks));
        self.preferences.panels.problems = shown.response.rect.height().round();
        if let Some(action) = shown.inner {
            open.carry_out_problem(action);
        }
    }

    pub(super) fn say(&mut self, ctx: &Context, text: impl Into<String>) {
        let until = ctx.input(|input| input.time) + NOTICE;
        self.notice = Some(Notice { text: text.into(), until });
        ctx.request_repaint_after_secs(NOTICE as f32);
    }

    fn notice_ui(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let Some(notice) = self.notice.as_ref().filter(|notice| notice.until > now) else {
            self.notice = None;
            return;
        };
        let area = egui::Area::new(egui::Id::unique("notice")).order(egui::Order::Tooltip);
        let place = area.anchor(egui::Align2::CENTER_BOTTOM, egui::vec2(0.0, -56.0));
        place.interactable(false).show(ctx, |ui| {
            Frame::popup(ui.style()).inner_margin(Margin::symmetric(14, 8)).show(ui, |ui| {
                ui.label(&notice.text);
            });
        });
    }

    /// Keeps preferences that changed, once what changes them is let go of.
    fn keep_preferences(&mut self, ctx: &Context) {
        if self.preferences == self.kept || ctx.input(|input| input.pointer.any_down()) {
            return;
        }
        ctx.set_theme(self.preferences.theme.preference());
        if let Some(path) = &self.preferences_path {
            self.preferences.save(path);
        }
        self.kept = self.preferences.clone();
    }

    /// Whether things move, as the person or the system wants it.
    fn reduces_motion(&mut self, ctx: &Context) -> bool {
        if let Some(wish) = self.asked_motion.as_ref().and_then(Job::poll) {
            self.asked_motion = None;
            self.wishes_less_motion = wish;
        }
        let reduces = self.preferences.reduces_motion || self.wishes_less_motion;
        let time = if reduces { 0.0 } else { theme::ANIMATION };
        if ctx.global_style().animation_time != time {
            ctx.all_styles_mut(|style| style.animation_time = time);
        }
        reduces
    }
}

/// How wide a panel may be at most: a part of the window, so that the canvas keeps some room.
fn widest_panel(ui: &Ui, share: f32, most: f32) -> f32 {
    (ui.ctx().content_rect().width() * share).min(most).round()
}

/// Remembers the size of a panel, unless the window is too small for the size that it had.
fn keep_size(kept: &mut f32, size: f32, widest: f32) {
    if *kept <= widest {
        *kept = size.round();
    }
}

/// The ground of the bars at the top and bottom.
pub(super) fn bar_frame(ui: &Ui) -> Frame {
    Frame::new().fill(ui.visuals().panel_fill).inner_margin(Margin::symmetric(8, 4))
}

fn panel_frame(ui: &Ui) -> Frame {
    Frame::new().fill(ui.visuals().panel_fill).inner_margin(Margin::same(8))
}
