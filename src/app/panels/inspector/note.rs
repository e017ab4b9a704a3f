//! A sticky note: text, color, what it is about.

use eframe::egui::Ui;

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::{InspectorView, rows};
use crate::app::theme;
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
    let model = &view.project.model;
    let nodes = model.entities().map(|one| NodeId::from(one.id));
    let nodes = nodes.chain(model.enumerations().map(|one| NodeId::from(one.id)));
    let named: Vec<_> = nodes.map(|node| (Some(node), model.display_name(node))).collect();
    let mut subjects = vec![(None, "Nothing in particular")];
    subjects.extend(named.iter().map(|(node, name)| (*node, name.as_str())));
    if let Some(subject) = rows::choice_row_ui(ui, "About", note.subject, &subjects) {
        set("Change subject", "subject", Box::new(move |note| note.subject = subject));
    }
}
