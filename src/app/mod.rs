//! The window: the only module that names egui.
//!
//! Reading order: [`run`], [`window`] (what stands where, frame by frame), [`open`] (an open
//! project), [`effects`] (files, clipboard, dialogs), [`bars`], [`status`], [`offers`], [`canvas`], [`panels`], [`dialogs`],
//! [`start`]; then [`theme`], [`icons`], [`widgets`], [`keymap`], [`keys`], [`highlight`], [`pictures`],
//! [`preferences`], [`picker`], [`clipboard`], [`motion`], [`jobs`], [`reports`], [`samples`],
//! `watch` and [`change`].

mod bars;
pub mod canvas;
pub mod change;
pub mod clipboard;
pub mod dialogs;
mod effects;
pub mod highlight;
pub mod icons;
pub mod jobs;
pub mod keymap;
mod keys;
pub mod motion;
mod offers;
pub mod open;
pub mod panels;
pub mod picker;
pub mod pictures;
pub mod preferences;
pub mod remarks;
pub mod reports;
pub mod samples;
pub mod start;
mod status;
pub mod theme;
mod watch;
pub mod widgets;
pub mod window;

use std::path::Path;

use eframe::egui::{self, ViewportBuilder};
use eframe::{App, CreationContext, Frame, NativeOptions};

use crate::app::clipboard::SystemClipboard;
use crate::app::picker::SystemPicker;
use crate::app::preferences::Preferences;
use crate::app::window::Window;

/// Why the window could not open.
#[derive(Debug, thiserror::Error)]
#[error("the window cannot open: {reason}")]
pub struct NoWindow {
    reason: String,
}

impl NoWindow {
    /// The way out.
    pub fn hint(&self) -> &'static str {
        "use `lunette render` and `lunette export` where there is no display; with one, X11 needs \
         libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libegl1 libgl1, and a stale \
         WAYLAND_DISPLAY must be unset"
    }
}

/// Opens the window, on a file when one is given, and returns when it is closed.
pub fn run(file: Option<&Path>) -> Result<(), NoWindow> {
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if cfg!(target_os = "linux") && !has_display {
        return Err(NoWindow { reason: "there is no display".to_owned() });
    }
    if let Some(folder) = reports::usual_folder() {
        reports::keep_in(folder);
    }
    let viewport = ViewportBuilder::default()
        .with_title("Lunette")
        .with_app_id("lunette")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([720.0, 480.0])
        .with_drag_and_drop(true);
    let options = NativeOptions { viewport, ..NativeOptions::default() };
    let file = file.map(Path::to_path_buf);
    eframe::run_native("lunette", options, Box::new(move |cx| Ok(Box::new(Program::new(cx, file)))))
        .map_err(|error| NoWindow { reason: reason(&error) })
}

/// Why, in words for a person: what the window system says of itself is for the log.
fn reason(error: &eframe::Error) -> String {
    log::debug!("{error}");
    match error {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => {
            "the display does not answer".to_owned()
        }
        other => other.to_string(),
    }
}

/// The window as eframe runs it.
#[derive(Debug)]
struct Program {
    window: Window,
    title: String,
}

impl Program {
    fn new(cx: &CreationContext<'_>, file: Option<std::path::PathBuf>) -> Self {
        let ctx = &cx.egui_ctx;
        let mut window =
            Window::new(ctx, Box::<SystemPicker>::default(), Preferences::usual_path());
        window.asked_motion = Some(motion::ask(ctx));
        window.clipboard = Some(Box::<SystemClipboard>::default());
        if let Some(folder) = preferences::state_folder() {
            window.keep_journals(ctx, folder.join("journals"));
            window.keep_backups(folder.join("backups"));
        }
        if let Some(file) = file {
            window.load(ctx, file);
        }
        Self { window, title: String::new() }
    }
}

impl App for Program {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut Frame) {
        self.window.window_ui(ui);
        let title = self.window.title();
        if self.title != title {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.window.let_go();
    }
}
