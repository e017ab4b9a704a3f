//! What a program that ended badly did not save: taken back, or left.

use eframe::egui::{Context, RichText, ScrollArea};

use crate::app::dialogs::{Pressed, buttons_ui, dialog_ui};

/// What a person wants of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The changes.
    Changes,
    /// The project as it was saved.
    AsSaved,
}

/// Shows what the changes of a project are; `has_file` says whether there is a saved version.
pub fn recovered_ui(ctx: &Context, name: &str, lines: &[String], has_file: bool) -> Option<Choice> {
    let mut choice = None;
    let title = format!("{name} has changes that were not saved");
    dialog_ui(ctx, &title, 480.0, |ui| {
        ui.label("Lunette ended before they were saved. This is what they change:");
        ui.add_space(4.0);
        ScrollArea::vertical().max_height(280.0).auto_shrink([false, true]).show_rows(
            ui,
            18.0,
            lines.len(),
            |ui, range| {
                for line in lines.get(range).unwrap_or_default() {
                    ui.add(eframe::egui::Label::new(RichText::new(line).weak()).truncate());
                }
            },
        );
        if has_file {
            ui.add_space(4.0);
            ui.label("Undo and redo lead from one to the other.");
        }
        let other = if has_file { "Open as saved" } else { "Throw away" };
        choice = match buttons_ui(ui, "Take them back", &[other], true) {
            Some(Pressed::Main) => Some(Choice::Changes),
            Some(Pressed::Other(_)) => Some(Choice::AsSaved),
            None => None,
        };
    });
    choice
}
