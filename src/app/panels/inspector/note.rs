//! A sticky note: text and color.

use eframe::egui::Ui;

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::{InspectorView, rows};
use crate::app::theme;
use crate::model::note::Note;

pub(super) fn note_ui(ui: &mut Ui, _: InspectorView<'_>, note: &Note, requests: &mut Requests) {
    let id = note.id;
    let colors = theme::current(ui.ctx());
    let strong = theme::color32(colors.shade(note.color).strong);
    rows::title_ui(ui, "Note", icons::NOTE, strong);
    let mut set = |label: &str, key: &str, change: Box<dyn FnOnce(&mut Note)>| {
        requests.ongoing_change(label, format!("{key} {id}"), move |project, _| {
            if let Some(note) = project.model.note_mut(id) {
                change(note);
            }
        });
    };
    if let Some(text) = rows::note_row_ui(ui, "Text", &note.text) {
        set("Write note", "text", Box::new(move |note| note.text = text));
    }
    if let Some(Some(color)) = rows::color_row_ui(ui, "Color", Some(note.color), false) {
        set("Color note", "color", Box::new(move |note| note.color = color));
    }
}
