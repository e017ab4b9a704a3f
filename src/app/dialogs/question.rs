//! A question with a few answers, such as what to do with unsaved work, and a plain message.

use std::path::Path;

use eframe::egui::{Context, Key, RichText};

use crate::app::dialogs::{Pressed, appears, buttons_ui, dialog_ui};

/// What a person answered about unsaved work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// Save it first.
    Save,
    /// Let it go.
    Discard,
    /// Stay.
    Cancel,
}

/// Asks what to do with the unsaved work of that project.
pub fn unsaved_ui(ctx: &Context, name: &str) -> Option<Unsaved> {
    let mut answer = None;
    let stays = dialog_ui(ctx, &format!("Save changes to {name}?"), 380.0, |ui| {
        ui.label("They would be lost otherwise.");
        answer = match buttons_ui(ui, "Save", &["Cancel", "Don't save"], true) {
            Some(Pressed::Main) => Some(Unsaved::Save),
            Some(Pressed::Other("Cancel")) => Some(Unsaved::Cancel),
            Some(Pressed::Other(_)) => Some(Unsaved::Discard),
            None => None,
        };
    });
    if stays { answer } else { answer.or(Some(Unsaved::Cancel)) }
}

/// Asks whether what stands at a path is to be replaced: true when it is.
pub fn replace_ui(ctx: &Context, path: &Path) -> Option<bool> {
    let mut answer = None;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let stays = dialog_ui(ctx, &format!("Replace {name}?"), 420.0, |ui| {
        ui.label(format!("{} is there already.", path.display()));
        answer = match buttons_ui(ui, "Replace", &["Cancel"], true) {
            Some(Pressed::Main) => Some(true),
            Some(Pressed::Other(_)) => Some(false),
            None => None,
        };
    });
    if stays { answer } else { answer.or(Some(false)) }
}

/// Something that a person should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What happened.
    pub title: String,
    /// Why, and the way out; one line each.
    pub lines: Vec<String>,
}

/// Shows a message; says whether it stays open.
pub fn message_ui(ctx: &Context, message: &Message) -> bool {
    let mut stays = true;
    let open = dialog_ui(ctx, &message.title, 440.0, |ui| {
        eframe::egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for line in &message.lines {
                ui.label(RichText::new(line));
            }
        });
        stays = buttons_ui(ui, "OK", &[], true).is_none();
    });
    open && stays
}

/// Says what is waited for; says whether it still is, or was canceled.
pub fn waiting_ui(ctx: &Context, what: &str) -> bool {
    let mut stays = true;
    let open = dialog_ui(ctx, what, 320.0, |ui| {
        ui.label(RichText::new("It goes on in the background; nothing is lost meanwhile.").weak());
        stays = buttons_ui(ui, "Cancel", &[], true).is_none();
    });
    open && stays
}

/// Asks for a path in plain text, where the system has no dialog of its own: true when one was
/// given, false when it was canceled.
pub fn path_ui(ctx: &Context, text: &mut String) -> Option<bool> {
    let mut answer = None;
    let stays = dialog_ui(ctx, "Name a file or folder", 460.0, |ui| {
        ui.label(RichText::new("This system offers no file dialog; type the path.").weak());
        let edit = eframe::egui::TextEdit::singleline(text).desired_width(f32::INFINITY);
        let response = ui.add(edit.hint_text("/home/me/shop.lunette.json"));
        response.widget_info(|| {
            let mut info = eframe::egui::WidgetInfo::text_edit(true, "", "", "");
            info.label = Some("Path".to_owned());
            info
        });
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let has_text = !text.trim().is_empty();
        answer = match buttons_ui(ui, "OK", &["Cancel"], has_text) {
            Some(Pressed::Main) => Some(true),
            Some(Pressed::Other(_)) => Some(false),
            None => (is_entered && has_text).then_some(true),
        };
        if appears(ui) || is_entered {
            response.request_focus();
        }
    });
    if stays { answer } else { answer.or(Some(false)) }
}
