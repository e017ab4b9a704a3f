//! The steps that were made and undone, to travel to any of them.

use eframe::egui::{Context, RichText, ScrollArea};

use crate::app::dialogs::dialog_ui;
use crate::app::icons;
use crate::app::widgets;
use crate::document::history::History;

/// How many steps to go: back when negative.
pub type Travel = isize;

/// Shows the list; says whether it stays open, and where to travel.
pub fn history_ui(ctx: &Context, history: &History) -> (bool, Option<Travel>) {
    let mut travel = None;
    let stays = dialog_ui(ctx, "History", 360.0, |ui| {
        let (past, future) = (history.past_labels().len(), history.future_labels().len());
        if past + future == 0 {
            widgets::empty_ui(ui, "Nothing was changed yet.");
        }
        let total = past + future;
        let step = |position: usize| match position.checked_sub(past) {
            Some(position) => history.future_labels().nth(position),
            None => history.past_labels().nth(position),
        };
        ScrollArea::vertical().max_height(420.0).show_rows(ui, 24.0, total, |ui, range| {
            // The newest step stands on top.
            for line in range {
                let position = total - 1 - line;
                let label = step(position).unwrap_or_default();
                let is_current = position + 1 == past;
                let is_undone = position >= past;
                let color = ui.visuals().weak_text_color();
                let icon = if is_undone { icons::ARROW_U_UP_RIGHT } else { icons::CHECK };
                let text = RichText::new(label);
                let text = if is_undone { text.weak() } else { text };
                if widgets::row_ui(ui, Some((icon, color)), text, "", is_current).clicked() {
                    travel = Some((position + 1).cast_signed() - past.cast_signed());
                }
            }
        });
    });
    (stays, travel)
}
