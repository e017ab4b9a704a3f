//! Earlier versions of the open file: shown, and brought back as one step of undo.

use std::path::PathBuf;

use eframe::egui::Context;

use crate::app::dialogs::earlier::{Earlier, Outcome};
use crate::app::effects::importing::name_of;
use crate::app::window::{Dialog, Window};
use crate::files::backups::backups_of;

impl Window {
    /// Keeps the versions that saving replaces in that folder from now on.
    pub fn keep_backups(&mut self, folder: PathBuf) {
        self.backups = Some(folder);
    }

    /// Shows what was kept of the open file.
    pub(super) fn show_earlier(&mut self, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let backups = match (&self.backups, &open.path) {
            (Some(folder), Some(path)) => backups_of(folder, path),
            _ => Vec::new(),
        };
        let name = open.path.as_deref().map_or_else(|| open.name().to_owned(), name_of);
        let diagram = open.editor.session().diagram;
        let dialog = Earlier::new(ctx, name, backups, open.editor.project().clone(), diagram);
        self.dialog = Some(Dialog::Earlier(Box::new(dialog)));
    }

    pub(super) fn earlier_ui(&mut self, ctx: &Context, mut dialog: Box<Earlier>) -> Option<Dialog> {
        match dialog.earlier_ui(ctx) {
            Outcome::Open => return Some(Dialog::Earlier(dialog)),
            Outcome::Closed => {}
            Outcome::Restore { date, project } => {
                let open = self.open.as_mut()?;
                open.editor.replace(&format!("Restore the version of {date}"), *project);
                self.say(ctx, format!("The version of {date} is back; undo leads to the other"));
            }
        }
        None
    }
}
