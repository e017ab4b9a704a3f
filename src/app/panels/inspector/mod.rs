//! The properties of what is selected; of the diagram and the project when nothing is.
//!
//! Reading order: [`rows`] (the kinds of rows), then one file per kind of element, [`several`] for
//! several at once. An inspector shows and asks; it changes nothing itself.

mod area;
mod diagram;
mod entity;
mod entity_rules;
mod enumeration;
mod field;
mod field_rules;
mod fields;
mod index_rules;
mod note;
mod reference;
mod rows;
mod several;
mod target_options;

pub(crate) use reference::{ACTIONS, CARDINALITIES};

use eframe::egui::{Frame, Margin, ScrollArea, Ui, UiBuilder};

use crate::app::change::Requests;
use crate::app::panels::inspector::several::Several;
use crate::document::project::Project;
use crate::editor::selection::Selection;
use crate::model::id::{DiagramId, ElementId};

/// What the inspector shows, as the window knows it.
#[derive(Clone, Copy, Debug)]
pub struct InspectorView<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its revision.
    pub revision: u64,
    /// The open diagram.
    pub diagram: DiagramId,
    /// What is selected.
    pub selection: &'a Selection,
    /// Whether its first field takes the keyboard now.
    pub takes_keys: bool,
}

/// What the inspector keeps between frames.
#[derive(Debug, Default)]
pub struct Inspector {
    several: Option<Several>,
}

impl Inspector {
    /// Draws the inspector and notes what was asked for.
    pub fn inspector_ui(&mut self, ui: &mut Ui, view: InspectorView<'_>, requests: &mut Requests) {
        if view.takes_keys {
            rows::offer_keys(ui);
        }
        // What does not fit is cut off: no content makes the panel wider.
        let room = ui.available_rect_before_wrap();
        let mut inside = ui.new_child(UiBuilder::new().max_rect(room));
        ui.advance_cursor_after_rect(room);
        // Each selection scrolls on its own and starts at the top.
        let salt = ("inspector", view.selection.iter().next(), view.selection.len());
        ScrollArea::vertical().auto_shrink(false).id_salt(salt).show(&mut inside, |ui| {
            Frame::new().inner_margin(Margin { left: 4, right: 10, top: 2, bottom: 16 }).show(
                ui,
                |ui| {
                    ui.set_width(ui.available_width());
                    self.content_ui(ui, view, requests);
                },
            );
        });
    }

    fn content_ui(&mut self, ui: &mut Ui, view: InspectorView<'_>, requests: &mut Requests) {
        self.several = self.several.take().filter(|several| several.is_current(view));
        match (view.selection.single(), view.selection.is_empty()) {
            (Some(element), _) => element_ui(ui, view, element, requests),
            (None, true) => diagram::diagram_ui(ui, view, requests),
            (None, false) => {
                let several = self.several.get_or_insert_with(|| Several::of(view));
                several.several_ui(ui, view, requests);
            }
        }
    }
}

fn element_ui(ui: &mut Ui, view: InspectorView<'_>, element: ElementId, requests: &mut Requests) {
    let model = &view.project.model;
    match element {
        ElementId::Entity(id)
        | ElementId::Key(id, _)
        | ElementId::Index(id, _)
        | ElementId::Check(id, _) => {
            if let Some(entity) = model.entity(id) {
                entity::entity_ui(ui, view, entity, requests);
            }
        }
        ElementId::Field(entity, id) => {
            if let Some(entity) = model.entity(entity)
                && let Some(field) = entity.field(id)
            {
                field::field_ui(ui, view, entity, field, requests);
            }
        }
        ElementId::Enumeration(id) | ElementId::Value(id, _) => {
            if let Some(enumeration) = model.enumeration(id) {
                enumeration::enumeration_ui(ui, view, enumeration, requests);
            }
        }
        ElementId::Reference(id) => {
            if let Some(reference) = model.reference(id) {
                reference::reference_ui(ui, view, reference, requests);
            }
        }
        ElementId::Area(id) => {
            if let Some(area) = model.area(id) {
                area::area_ui(ui, view, area, requests);
            }
        }
        ElementId::Note(id) => {
            if let Some(note) = model.note(id) {
                note::note_ui(ui, view, note, requests);
            }
        }
        ElementId::Namespace(_) => diagram::diagram_ui(ui, view, requests),
    }
}
