//! The small forms beside a line: the cardinality of one end, or name, cardinalities and actions of
//! a reference.

use eframe::egui::{self, Area, Frame, Id, Key, Order, RichText, TextEdit, Ui, WidgetInfo, vec2};

use crate::app::canvas::paint::View;
use crate::app::icons;
use crate::app::panels::inspector::{ACTIONS, CARDINALITIES};
use crate::app::theme;
use crate::app::widgets;
use crate::document::edit::references::{EndSide, set_cardinality};
use crate::editor::Editor;
use crate::editor::session::{KeyHolder, Popover};
use crate::model::graph::Link;
use crate::model::id::ReferenceId;
use crate::model::reference::Reference;
use crate::scene::target::LineEnd;

/// The form that is open.
#[derive(Debug, Default)]
pub(super) struct PopoverEditor {
    name: Option<(ReferenceId, String)>,
}

impl PopoverEditor {
    pub(super) fn popover_ui(&mut self, ui: &mut Ui, view: &View, editor: &mut Editor) {
        let Some(popover) = editor.session().popover else {
            self.name = None;
            return;
        };
        let id = popover.reference();
        let (Some(reference), Some(line)) = (
            editor.project().model.reference(id).cloned(),
            editor.layout().lines.get(&Link::Reference(id)),
        ) else {
            return;
        };
        let at = match popover {
            Popover::Cardinality(_, LineEnd::From) => line.start.point,
            Popover::Cardinality(_, LineEnd::To) => line.end.point,
            Popover::Reference(_) => line.label,
        };
        let area =
            Area::new(Id::unique("popover")).order(Order::Foreground).constrain_to(view.rect);
        let mut closes = ui.input(|input| input.key_pressed(Key::Escape));
        let takes_keys = editor.session().wants_keys == Some(KeyHolder::Popover);
        editor.session_mut().wants_keys.take_if(|_| takes_keys);
        area.fixed_pos(view.pos(at) + vec2(12.0, 12.0)).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(10).show(ui, |ui| {
                ui.set_width(230.0);
                match popover {
                    Popover::Cardinality(_, end) => {
                        let side = side(end);
                        closes |= cardinality_ui(ui, editor, &reference, side, takes_keys);
                    }
                    Popover::Reference(_) => {
                        self.reference_ui(ui, editor, &reference, takes_keys);
                    }
                }
            });
        });
        if closes {
            editor.session_mut().popover = None;
        }
    }

    fn reference_ui(
        &mut self,
        ui: &mut Ui,
        editor: &mut Editor,
        reference: &Reference,
        takes_keys: bool,
    ) {
        let id = reference.id;
        if self.name.as_ref().is_none_or(|(of, _)| *of != id) {
            self.name = Some((id, reference.name.clone().unwrap_or_default()));
        }
        let Some((_, name)) = &mut self.name else { return };
        let response =
            ui.add(TextEdit::singleline(name).hint_text("Name").desired_width(f32::INFINITY));
        response.widget_info(|| {
            let mut info = WidgetInfo::text_edit(true, "", &*name, "Name");
            info.label = Some("Name of the reference".to_owned());
            info
        });
        if takes_keys {
            response.request_focus();
        }
        if response.changed() {
            let name = (!name.trim().is_empty()).then(|| name.clone());
            editor.edit_coalescing("Name reference", &format!("name {id}"), |project, _| {
                if let Some(reference) = project.model.reference_mut(id) {
                    reference.name = name;
                }
            });
        }
        for (title, side) in [("From", EndSide::From), ("To", EndSide::To)] {
            ui.add_space(6.0);
            ui.label(RichText::new(title).weak().size(theme::SMALL));
            cardinality_ui(ui, editor, reference, side, false);
        }
        ui.add_space(6.0);
        ui.label(RichText::new("On delete").weak().size(theme::SMALL));
        ui.horizontal_wrapped(|ui| {
            for (action, label) in ACTIONS {
                if ui.selectable_label(reference.on_delete == action, label).clicked() {
                    editor.edit("Change on delete", |project, _| {
                        if let Some(reference) = project.model.reference_mut(id) {
                            reference.on_delete = action;
                        }
                    });
                }
            }
        });
        ui.add_space(6.0);
        ui.label(RichText::new("On update").weak().size(theme::SMALL));
        ui.horizontal_wrapped(|ui| {
            for (action, label) in ACTIONS {
                if ui.selectable_label(reference.on_update == action, label).clicked() {
                    editor.edit("Change on update", |project, _| {
                        if let Some(reference) = project.model.reference_mut(id) {
                            reference.on_update = action;
                        }
                    });
                }
            }
        });
    }
}

fn side(end: LineEnd) -> EndSide {
    match end {
        LineEnd::From => EndSide::From,
        LineEnd::To => EndSide::To,
    }
}

/// The four cardinalities; says whether one was chosen.
fn cardinality_ui(
    ui: &mut Ui,
    editor: &mut Editor,
    reference: &Reference,
    side: EndSide,
    takes_keys: bool,
) -> bool {
    let end = match side {
        EndSide::From => &reference.from,
        EndSide::To => &reference.to,
    };
    let name = editor.project().model.display_name(end.entity.into());
    let mut chosen = false;
    ui.spacing_mut().item_spacing.y = 0.0;
    for (cardinality, label) in CARDINALITIES {
        let is_current = end.cardinality == cardinality;
        let mark = if is_current { icons::CHECK } else { icons::CIRCLE };
        let color = ui.visuals().weak_text_color();
        let response =
            widgets::row_ui(ui, Some((mark, color)), format!("{label} {name}"), "", is_current);
        response.widget_info(|| {
            let (from, role) = (matches!(side, EndSide::From), egui::Role::RadioButton);
            let title = if from { "From" } else { "To" };
            WidgetInfo::selected(role, true, is_current, format!("{title}: {label} {name}"))
        });
        if takes_keys && is_current {
            response.request_focus();
        }
        if response.clicked() {
            let id = reference.id;
            editor.edit("Change cardinality", |project, _| {
                set_cardinality(project, id, side, cardinality);
            });
            chosen = true;
        }
    }
    chosen
}
