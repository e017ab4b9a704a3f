//! A reference: its two ends with cardinality, fields and role, and what happens to referring
//! records.

use eframe::egui::{self, RichText, Ui};

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::{InspectorView, entity_rules, rows};
use crate::app::theme;
use crate::app::widgets;
use crate::document::edit::references::{EndSide, reverse, set_cardinality};
use crate::model::id::{ElementId, FieldId, ReferenceId};
use crate::model::reference::{Cardinality, End, Reference, ReferentialAction};

/// What a cardinality is called.
pub(crate) const CARDINALITIES: [(Cardinality, &str); 4] = [
    (Cardinality::ZeroOrOne, "Zero or one"),
    (Cardinality::ExactlyOne, "Exactly one"),
    (Cardinality::ZeroOrMore, "Zero or more"),
    (Cardinality::OneOrMore, "One or more"),
];

/// What an action is called.
pub(crate) const ACTIONS: [(ReferentialAction, &str); 5] = [
    (ReferentialAction::NoAction, "No action"),
    (ReferentialAction::Restrict, "Restrict"),
    (ReferentialAction::Cascade, "Cascade"),
    (ReferentialAction::SetNull, "Set null"),
    (ReferentialAction::SetDefault, "Set default"),
];

pub(super) fn reference_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    reference: &Reference,
    requests: &mut Requests,
) {
    let id = reference.id;
    let accent = theme::color32(theme::current(ui.ctx()).accent);
    rows::title_ui(ui, "Reference", icons::LINK, accent);
    let name = reference.name.as_deref();
    if let Some(name) = rows::optional_text_row_ui(ui, "Name", name, "named by the target") {
        put(requests, id, "Name reference", "name", move |reference| reference.name = name);
    }
    end_ui(ui, view, reference, EndSide::From, requests);
    end_ui(ui, view, reference, EndSide::To, requests);
    ui.add_space(4.0);
    if let Some(action) = rows::choice_row_ui(ui, "On delete", reference.on_delete, &ACTIONS) {
        put(requests, id, "Change on delete", "delete", move |one| one.on_delete = action);
    }
    if let Some(action) = rows::choice_row_ui(ui, "On update", reference.on_update, &ACTIONS) {
        put(requests, id, "Change on update", "update", move |one| one.on_update = action);
    }
    let hint = "The referenced key is part of the referring record's identity";
    if let Some(on) = rows::check_row_ui(ui, "Identifying", reference.identifying, hint) {
        put(requests, id, "Change identifying", "identifying", move |one| one.identifying = on);
    }
    if let Some(note) = rows::note_row_ui(ui, "Note", &reference.note) {
        put(requests, id, "Describe reference", "note", move |one| one.note = note);
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        if ui.button("Turn around").on_hover_text("What referred is referred to").clicked() {
            requests.change("Turn reference around", move |project, _| reverse(project, id));
        }
        if ui.button("Remove").clicked() {
            requests
                .change("Remove reference", move |project, _| project.model.remove_reference(id));
        }
    });
}

fn put(
    requests: &mut Requests,
    id: ReferenceId,
    label: &str,
    key: &str,
    change: impl FnOnce(&mut Reference) + 'static,
) {
    requests.ongoing_change(label, format!("{key} {id}"), move |project, _| {
        if let Some(reference) = project.model.reference_mut(id) {
            change(reference);
        }
    });
}

fn end_of(reference: &Reference, side: EndSide) -> &End {
    match side {
        EndSide::From => &reference.from,
        EndSide::To => &reference.to,
    }
}

fn end_mut(reference: &mut Reference, side: EndSide) -> &mut End {
    match side {
        EndSide::From => &mut reference.from,
        EndSide::To => &mut reference.to,
    }
}

fn end_ui(
    ui: &mut Ui,
    view: InspectorView<'_>,
    reference: &Reference,
    side: EndSide,
    requests: &mut Requests,
) {
    let (id, end) = (reference.id, end_of(reference, side));
    let Some(entity) = view.project.model.entity(end.entity) else { return };
    let (title, salt) = match side {
        EndSide::From => ("From", "from"),
        EndSide::To => ("To", "to"),
    };
    ui.add_space(4.0);
    ui.push_id(salt, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(title).weak());
            let name = egui::Button::new(widgets::strong(&entity.name)).frame_when_inactive(false);
            if ui.add(name).clicked() {
                requests.reveal = Some(ElementId::Entity(entity.id));
            }
        });
        if end.fields.is_empty() {
            let said = match side {
                EndSide::From => "No field carries it",
                EndSide::To => "By its primary key",
            };
            ui.label(RichText::new(said).weak().size(theme::SMALL));
        }
        if let Some(fields) = entity_rules::field_list_ui(ui, entity, &end.fields) {
            set_fields(requests, id, side, fields);
        }
        let choice = rows::choice_row_ui(ui, "Cardinality", end.cardinality, &CARDINALITIES);
        if let Some(cardinality) = choice {
            requests.change("Change cardinality", move |project, _| {
                set_cardinality(project, id, side, cardinality);
            });
        }
        let role = end.role.as_deref();
        if let Some(role) = rows::optional_text_row_ui(ui, "Role", role, "author, comments") {
            put(requests, id, "Change role", salt, move |one| end_mut(one, side).role = role);
        }
    });
}

/// Both ends keep equally many fields: a surplus one of the other end goes.
fn set_fields(requests: &mut Requests, id: ReferenceId, side: EndSide, fields: Vec<FieldId>) {
    put(requests, id, "Change fields", "fields", move |reference| {
        let count = fields.len();
        end_mut(reference, side).fields = fields;
        let other = match side {
            EndSide::From => &mut reference.to.fields,
            EndSide::To => &mut reference.from.fields,
        };
        other.truncate(count);
    });
}
