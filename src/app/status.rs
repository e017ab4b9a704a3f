//! The bar at the bottom: what the tool in hand does or how far an arrangement is, problems, zoom.

use eframe::egui::{self, Panel, RichText, Ui};

use crate::app::bars;
use crate::app::icons;
use crate::app::open::{Arranging, Open};
use crate::app::theme;
use crate::app::window::{Window, bar_frame};
use crate::editor::actions;

/// What was asked for in the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// The action of that id.
    Action(&'static str),
    /// No more of the arrangement.
    CancelArranging,
}

impl Window {
    /// Draws the bar and does what is asked for in it.
    pub(super) fn status_bar_ui(&mut self, ui: &mut Ui) {
        let Some(open) = &mut self.open else { return };
        let mut asked = None;
        Panel::bottom("status").frame(bar_frame(ui)).show(ui, |ui| {
            ui.horizontal(|ui| {
                let now = ui.input(|input| input.time);
                match open.arranging.as_ref().filter(|arranging| arranging.is_worth_telling(now)) {
                    Some(arranging) => asked = arranging_ui(ui, arranging),
                    None => hint_ui(ui, open),
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let zoom = open.editor.session().viewport().zoom() * 100.0;
                    if !bars::has_zoom(ui) {
                        asked = bars::zoom_ui(ui, zoom).map(Asked::Action).or(asked);
                    }
                    problems_ui(ui, open);
                });
            });
        });
        match asked {
            Some(Asked::Action(id)) => {
                if let Some(action) = actions::action(id) {
                    self.run(ui.ctx(), action);
                }
            }
            Some(Asked::CancelArranging) => self.cancel_arranging(),
            None => {}
        }
    }
}

fn hint_ui(ui: &mut Ui, open: &Open) {
    let hint = match &open.editor.session().cell {
        Some(_) => "Enter goes on to the next row, Tab completes, Esc leaves it as it was",
        None => open.editor.session().tool.hint(),
    };
    ui.label(RichText::new(hint).size(theme::SMALL).weak());
}

/// How far an arrangement is, and the way out of it.
fn arranging_ui(ui: &mut Ui, arranging: &Arranging) -> Option<Asked> {
    let count = arranging.n_cards;
    let text = if arranging.is_shown {
        "Finding a better arrangement…".to_owned()
    } else {
        format!("Arranging {count} cards…")
    };
    ui.label(RichText::new(text).size(theme::SMALL).weak());
    let bar = egui::ProgressBar::new(arranging.progress.share())
        .desired_width(160.0)
        .desired_height(6.0)
        .fill(ui.visuals().selection.stroke.color.gamma_multiply(0.8));
    ui.add(bar);
    let button = egui::Button::new(RichText::new("Cancel (Esc)").size(theme::SMALL));
    let response = ui.add(button.frame_when_inactive(false));
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, "Cancel the arrangement")
    });
    response.clicked().then_some(Asked::CancelArranging)
}

fn problems_ui(ui: &mut Ui, open: &mut Open) {
    let (errors, warnings, remarks) = open.problem_counts();
    let text = format!(
        "{} {errors}   {} {warnings}   {} {remarks}",
        icons::X_CIRCLE,
        icons::WARNING,
        icons::INFO
    );
    let button = egui::Button::new(RichText::new(text).size(theme::SMALL));
    let response = ui.add(button.frame_when_inactive(false));
    response.widget_info(|| {
        let label = format!("Problems: {errors} errors, {warnings} warnings, {remarks} remarks");
        egui::WidgetInfo::labeled(egui::Role::Button, true, label)
    });
    if response.clicked() {
        open.shows_problems = !open.shows_problems;
    }
}
