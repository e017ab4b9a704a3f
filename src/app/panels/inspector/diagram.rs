//! Nothing is selected: how the diagram is drawn, and what the project is.

use eframe::egui::Ui;

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::{InspectorView, rows};
use crate::diagram::Diagram;
use crate::diagram::notation::{Detail, LineStyle, Notation};
use crate::document::edit::diagrams::rename_diagram;
use crate::formats::registry::EXPORTERS;

/// What a level of detail is called.
pub(super) const DETAILS: [(Detail, &str); 5] = [
    (Detail::Names, "Names only"),
    (Detail::Keys, "Keys only"),
    (Detail::Fields, "All fields"),
    (Detail::Types, "Fields with types"),
    (Detail::Notes, "Fields with types and notes"),
];
const NOTATIONS: [(Notation, &str); 4] = [
    (Notation::CrowsFoot, "Crow's foot"),
    (Notation::Idef1x, "IDEF1X"),
    (Notation::Uml, "UML"),
    (Notation::Chen, "Chen"),
];
const LINES: [(LineStyle, &str); 3] = [
    (LineStyle::Orthogonal, "Orthogonal"),
    (LineStyle::Curved, "Curved"),
    (LineStyle::Straight, "Straight"),
];

pub(super) fn diagram_ui(ui: &mut Ui, view: InspectorView<'_>, requests: &mut Requests) {
    if let Some(diagram) = view.project.diagram(view.diagram) {
        looks_ui(ui, diagram, requests);
    }
    ui.add_space(8.0);
    project_ui(ui, view, requests);
}

fn looks_ui(ui: &mut Ui, diagram: &Diagram, requests: &mut Requests) {
    let id = diagram.id;
    let weak = ui.visuals().weak_text_color();
    rows::title_ui(ui, "Diagram", icons::FRAME_CORNERS, weak);
    if let Some(name) = rows::text_row_ui(ui, "Name", &diagram.name, "Name") {
        requests.ongoing_change("Rename diagram", format!("name {id}"), move |project, _| {
            rename_diagram(project, id, &name);
        });
    }
    if let Some(detail) = rows::choice_row_ui(ui, "Detail", diagram.detail, &DETAILS) {
        requests.detail = Some((id, detail));
    }
    let mut set = |label: &str, change: Box<dyn FnOnce(&mut Diagram)>| {
        requests.change(label, move |project, _| {
            if let Some(diagram) = project.diagram_mut(id) {
                change(diagram);
            }
        });
    };
    if let Some(notation) = rows::choice_row_ui(ui, "Notation", diagram.notation, &NOTATIONS) {
        set("Change notation", Box::new(move |diagram| diagram.notation = notation));
    }
    if let Some(lines) = rows::choice_row_ui(ui, "Lines", diagram.lines, &LINES) {
        set("Change lines", Box::new(move |diagram| diagram.lines = lines));
    }
}

fn project_ui(ui: &mut Ui, view: InspectorView<'_>, requests: &mut Requests) {
    let settings = &view.project.settings;
    let weak = ui.visuals().weak_text_color();
    rows::title_ui(ui, "Project", icons::HOUSE, weak);
    if let Some(name) = rows::text_row_ui(ui, "Project name", &settings.name, "Untitled") {
        requests.ongoing_change("Rename project", "project name", move |project, _| {
            project.settings.name = name;
        });
    }
    let targets: Vec<(&str, &str)> =
        EXPORTERS.iter().map(|one| (one.info().id, one.info().name)).collect();
    if let Some(target) = rows::choice_row_ui(ui, "Target", settings.target.as_str(), &targets) {
        let target = target.to_owned();
        requests.change("Change target", move |project, _| project.settings.target = target);
    }
    if let Some(note) = rows::note_row_ui(ui, "Project note", &settings.note) {
        requests.ongoing_change("Describe project", "project note", move |project, _| {
            project.settings.note = note;
        });
    }
}
