//! Which dialog is open, and what comes of it.

use std::path::PathBuf;

use eframe::egui::Context;

use crate::app::dialogs::export_code::{self, ExportCode};
use crate::app::dialogs::export_image::{self, ExportImage, Parts};
use crate::app::dialogs::history::history_ui;
use crate::app::dialogs::preferences::preferences_ui;
use crate::app::dialogs::question::{
    Message, Unsaved, message_ui, path_ui, replace_ui, unsaved_ui,
};
use crate::app::dialogs::shortcuts::shortcuts_ui;
use crate::app::effects::{AfterSaving, Asking};
use crate::app::jobs::{self, Failure};
use crate::app::picker::Question;
use crate::app::window::{Dialog, Window};
use crate::base::diagnostic::Diagnostic;
use crate::formats::registry;

impl Window {
    pub(in crate::app) fn dialog_ui(&mut self, ctx: &Context) {
        self.loading_ui(ctx);
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
            Dialog::Earlier(dialog) => self.earlier_ui(ctx, dialog),
            Dialog::Merge(merging) => self.merge_ui(ctx, merging),
            Dialog::Recovered(unsaved) => self.recovered_ui(ctx, unsaved),
            Dialog::TypePath(text, asking, below) => self.path_ui(ctx, text, asking, below),
            Dialog::Replace(path, asking) => self.replace_ui(ctx, path, asking),
            Dialog::ExportImage(dialog) => self.export_image_ui(ctx, dialog),
            Dialog::ExportCode(dialog) => self.export_code_ui(ctx, dialog),
            Dialog::ImportPreview(dialog) => self.import_preview_ui(ctx, dialog),
        };
    }

    /// Says what panicked beside the window, each thing once.
    pub(super) fn collect_failures(&mut self, ctx: &Context) {
        for failure in jobs::failures(ctx) {
            if !self.waiting.failed.contains(&failure) {
                self.dialog = Some(Dialog::Message(lost_work(&failure)));
                self.waiting.failed.push(failure);
            }
        }
    }

    fn history_ui(&mut self, ctx: &Context) -> Option<Dialog> {
        let open = self.open.as_mut()?;
        let (stays, travel) = history_ui(ctx, open.editor.document().history());
        if let Some(steps) = travel {
            open.editor.travel(steps);
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

    fn path_ui(
        &mut self,
        ctx: &Context,
        mut text: String,
        asking: Asking,
        below: Option<Box<Dialog>>,
    ) -> Option<Dialog> {
        match path_ui(ctx, &mut text) {
            None => Some(Dialog::TypePath(text, asking, below)),
            Some(false) => below.map(|dialog| *dialog),
            Some(true) => {
                self.dialog = below.map(|dialog| *dialog);
                self.answered_unasked(ctx, asking, PathBuf::from(text.trim()));
                self.dialog.take()
            }
        }
    }

    fn replace_ui(&mut self, ctx: &Context, path: PathBuf, asking: Asking) -> Option<Dialog> {
        match replace_ui(ctx, &path) {
            None => return Some(Dialog::Replace(path, asking)),
            Some(true) => self.answered(ctx, asking, path),
            Some(false) => self.say(ctx, "Nothing was saved"),
        }
        self.dialog.take()
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
            export_code::Outcome::Written(folder, report) => {
                let count = report.written.len();
                self.say(ctx, format!("{count} files written to {}", folder.display()));
                if let Some(open) = &mut self.open {
                    open.code_folder = Some(folder);
                }
                return None;
            }
            export_code::Outcome::Failed(error) => {
                return Some(Dialog::Message(failure("Nothing was written", &error)));
            }
        }
        Some(Dialog::ExportCode(dialog))
    }

    pub(in crate::app) fn export_code(&mut self, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let project = open.editor.project().clone();
        let exporter = registry::exporter(open.code.target(&project));
        let Some(exporter) = exporter else { return };
        let dialog = ExportCode::new(ctx, project, exporter, open.code_folder.clone());
        self.dialog = Some(Dialog::ExportCode(Box::new(dialog)));
    }

    pub(super) fn export_image(&mut self, ctx: &Context) {
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

pub(super) fn about() -> Message {
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

pub(super) fn failure(title: &str, error: &dyn std::error::Error) -> Message {
    Message { title: title.to_owned(), lines: vec![error.to_string()] }
}

/// Work beside the window that panicked.
fn lost_work(failure: &Failure) -> Message {
    let mut lines = vec![
        format!(
            "The work `{}` ended by a mistake of the program: {}.",
            failure.work, failure.reason
        ),
        "The project is as it was. Save it, then try once more.".to_owned(),
    ];
    let report = failure.report.as_ref();
    lines.extend(report.map(|path| format!("What happened is written in {}", path.display())));
    Message { title: "Something went wrong".to_owned(), lines }
}

pub(super) fn findings_message(title: &str, diagnostics: &[Diagnostic]) -> Message {
    let lines = diagnostics.iter().take(60).map(|one| {
        let place = one.span.map(|span| format!("{}:{}: ", span.line, span.column));
        let hint = one.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{}{}{hint}", place.unwrap_or_default(), one.message)
    });
    Message { title: title.to_owned(), lines: lines.collect() }
}
