//! The fields of an entity or nested object: a row each, to open, drag to another place or remove,
//! and a line below that makes the next one by quick entry.

use eframe::egui::{self, Id, RichText, TextEdit, Ui, WidgetInfo};

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::InspectorView;
use crate::app::theme;
use crate::app::widgets;
use crate::document::edit::fields::{FieldPlace, move_field};
use crate::editor::quick_entry::lower::{Slot, lower};
use crate::editor::quick_entry::parser::read_lines;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{ElementId, FieldId};
use crate::model::spelling::type_name;

/// `parent` is the nested object whose fields they are; none is the entity itself.
pub(super) fn fields_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    entity: &Entity,
    parent: Option<&Field>,
    requests: &mut Requests,
) {
    let fields = parent.map_or(&entity.fields, |field| &field.fields);
    ui.spacing_mut().item_spacing.y = 0.0;
    for (position, field) in fields.iter().enumerate() {
        let place = FieldPlace { entity: entity.id, parent: parent.map(|one| one.id), position };
        field_row_ui(ui, view, entity, field, place, requests);
    }
    ui.spacing_mut().item_spacing.y = 6.0;
    ui.add_space(4.0);
    let end =
        FieldPlace { entity: entity.id, parent: parent.map(|one| one.id), position: usize::MAX };
    quick_ui(ui, view, end, requests);
}

fn field_row_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    entity: &Entity,
    field: &Field,
    place: FieldPlace,
    requests: &mut Requests,
) {
    let colors = theme::current(ui.ctx());
    let is_key = entity.is_in_primary_key(field.id);
    let icon = if is_key { icons::KEY } else { icons::DOTS_SIX_VERTICAL };
    let color = if is_key { colors.key } else { colors.mark };
    let ty = type_name(&view.project.model, &field.ty);
    let name = if field.required { field.name.clone() } else { format!("{} ?", field.name) };
    let response = widgets::row_ui(ui, Some((icon, theme::color32(color))), name, &ty, false);
    response.widget_info(|| {
        WidgetInfo::labeled(egui::Role::ListItem, true, format!("Field {}", field.name))
    });
    if response.clicked() {
        requests.select = Some(vec![ElementId::Field(entity.id, field.id)]);
    }
    response.dnd_set_drag_payload(field.id);
    if response.dnd_hover_payload::<FieldId>().is_some() {
        let line = egui::Stroke::new(2.0, theme::color32(colors.accent));
        ui.painter().hline(response.rect.x_range(), response.rect.top(), line);
    }
    if let Some(dragged) = response.dnd_release_payload::<FieldId>() {
        requests.change("Move field", move |project, _| {
            move_field(project, *dragged, place);
        });
    }
    response.context_menu(|ui| {
        if ui.button("Remove field").clicked() {
            let (entity, id) = (entity.id, field.id);
            requests.change("Remove field", move |project, _| {
                project.model.remove_field(entity, id);
            });
            ui.close();
        }
    });
}

/// A line that makes a field at Enter, or several when several lines are pasted.
fn quick_ui(ui: &mut Ui, view: InspectorView<'_>, place: FieldPlace, requests: &mut Requests) {
    let id = Id::unique(("quick entry", place.entity, place.parent));
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let edit = TextEdit::multiline(&mut text)
        .id(id)
        .desired_rows(1)
        .desired_width(f32::INFINITY)
        .margin(egui::vec2(6.0, 4.0))
        .return_key(None)
        .hint_text("name string required");
    let response = ui.add(edit);
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, "", &text, "");
        info.label = Some("New field".to_owned());
        info
    });
    let readings = read_lines(&text, &view.project.model);
    let wants = response.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if wants && readings.iter().any(|reading| reading.line.is_some()) {
        let lines: Vec<_> = readings.into_iter().filter_map(|reading| reading.line).collect();
        let label = if lines.len() == 1 { "Add field" } else { "Add fields" };
        requests.change(label, move |project, mint| {
            for line in &lines {
                lower(project, mint, Slot::New(place), line);
            }
        });
        text.clear();
    } else if let Some(problem) = readings.iter().flat_map(|reading| &reading.problems).next() {
        let color = ui.visuals().warn_fg_color;
        ui.label(RichText::new(&problem.message).small().color(color));
    }
    ui.data_mut(|data| data.insert_temp(id, text));
}

/// The line of one field, edited as text; it is taken at Enter or when the focus goes elsewhere.
pub(super) fn line_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    (entity, field): (&Entity, &Field),
    line: &str,
    requests: &mut Requests,
) {
    let id = Id::unique(("field line", field.id));
    let is_typing = ui.memory(|memory| memory.has_focus(id));
    let kept: Option<String> = ui.data(|data| data.get_temp(id));
    let mut text = kept.filter(|_| is_typing).unwrap_or_else(|| line.to_owned());
    let edit = TextEdit::singleline(&mut text).id(id).font(egui::TextStyle::Monospace);
    let response = ui.add(edit.desired_width(f32::INFINITY).margin(egui::vec2(6.0, 5.0)));
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, line, &text, "");
        info.label = Some("Line of the field".to_owned());
        info
    });
    let readings = read_lines(&text, &view.project.model);
    if let Some(problem) = readings.iter().flat_map(|reading| &reading.problems).next() {
        let color = ui.visuals().warn_fg_color;
        ui.label(RichText::new(&problem.message).small().color(color));
    }
    if response.lost_focus() && text != line {
        let slot = Slot::Existing(entity.id, field.id);
        let read = readings.into_iter().find_map(|reading| reading.line);
        if let Some(read) = read {
            requests.change("Edit field", move |project, mint| {
                lower(project, mint, slot, &read);
            });
        }
    }
    ui.data_mut(|data| data.insert_temp(id, text));
}
