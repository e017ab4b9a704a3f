//! A sticky note: text, color, what it is about.

use eframe::egui::Ui;

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::{InspectorView, rows};
use crate::app::theme;
use crate::model::Model;
use crate::model::id::NodeId;
use crate::model::note::Note;

pub(super) fn note_ui(ui: &mut Ui, view: InspectorView<'_>, note: &Note, requests: &mut Requests) {
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
    if let Some(Some(color)) = rows::color_row_ui(ui, "Color", Some(Some(note.color)), false) {
        set("Color note", "color", Box::new(move |note| note.color = color));
    }
    if let Some(subject) = subject_ui(ui, &view.project.model, note.subject) {
        set("Change subject", "subject", Box::new(move |note| note.subject = subject));
    }
}

/// What the note is about: nothing, or one of all cards.
#[expect(clippy::option_option, reason = "outside: whether it changed; inside: the value")]
fn subject_ui(ui: &mut Ui, model: &Model, subject: Option<NodeId>) -> Option<Option<NodeId>> {
    const NOTHING: &str = "Nothing in particular";
    let (n_entities, n_enumerations) = (model.entities().len(), model.enumerations().len());
    let node = |row: usize| {
        let row = row.checked_sub(1)?;
        let entity = model.entities().nth(row).map(|one| one.id.into());
        entity.or_else(|| Some(model.enumerations().nth(row - n_entities)?.id.into()))
    };
    let words = |node: Option<NodeId>| {
        node.map_or_else(|| NOTHING.to_owned(), |node| model.display_name(node))
    };
    let choice = |row: usize| (node(row), words(node(row)));
    let n_choices = 1 + n_entities + n_enumerations;
    rows::pick_row_ui(ui, "About", (subject, &words(subject)), n_choices, choice)
}
