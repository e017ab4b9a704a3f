//! An area: name, color, members.

use eframe::egui::{RichText, Ui};

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::explorer::face;
use crate::app::panels::inspector::{InspectorView, rows};
use crate::app::theme;
use crate::app::widgets;
use crate::model::area::Area;

pub(super) fn area_ui(ui: &mut Ui, view: InspectorView<'_>, area: &Area, requests: &mut Requests) {
    let id = area.id;
    let colors = theme::current(ui.ctx());
    let strong = theme::color32(colors.shade(area.color).strong);
    rows::title_ui(ui, "Area", icons::BOUNDING_BOX, strong);
    let mut set = |label: &str, key: &str, change: Box<dyn FnOnce(&mut Area)>| {
        requests.ongoing_change(label, format!("{key} {id}"), move |project, _| {
            if let Some(area) = project.model.area_mut(id) {
                change(area);
            }
        });
    };
    if let Some(name) = rows::text_row_ui(ui, "Name", &area.name, "Name") {
        set("Rename area", "name", Box::new(move |area| area.name = name));
    }
    if let Some(Some(color)) = rows::color_row_ui(ui, "Color", Some(Some(area.color)), false) {
        set("Color area", "color", Box::new(move |area| area.color = color));
    }
    if let Some(note) = rows::note_row_ui(ui, "Note", &area.note) {
        set("Describe area", "note", Box::new(move |area| area.note = note));
    }
    rows::group_ui(ui, "Members", true, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for member in &area.members {
            let Some((name, n_rows, icon)) = face(&view.project.model, *member) else { continue };
            let icon = Some((icon, strong));
            if widgets::row_ui(ui, icon, name, &n_rows.to_string(), false).clicked() {
                requests.reveal = Some((*member).into());
            }
        }
        if area.members.is_empty() {
            let hint = "Cards choose their area in their inspector, under Looks.";
            ui.label(RichText::new(hint).weak());
        }
    });
}
