//! The steps that were made and undone, to travel to any of them.

use eframe::egui::{Context, RichText, ScrollArea};

use crate::app::dialogs::dialog_ui;
use crate::app::icons;
use crate::app::widgets;
use crate::document::history::History;

/// How many steps to go: back when negative.
pub type Travel = isize;

/// What stands before all steps.
const START: &str = "As it was opened";

/// Shows the list; says whether it stays open, and where to travel.
pub fn history_ui(ctx: &Context, history: &History) -> (bool, Option<Travel>) {
    let mut travel = None;
    let stays = dialog_ui(ctx, "History", 360.0, |ui| {
        let (past, future) = (history.past_labels().len(), history.future_labels().len());
        if past + future == 0 {
            widgets::empty_ui(ui, "Nothing was changed yet.");
            return;
        }
        let total = past + future;
        let step = |position: usize| match position.checked_sub(past) {
            Some(position) => history.future_labels().nth(position),
            None => history.past_labels().nth(position),
        };
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().max_height(420.0).show_rows(ui, 24.0, total + 1, |ui, range| {
            // The newest step stands on top, what was there before all of them at the bottom.
            for line in range {
                let n_made = total - line;
                let label = n_made.checked_sub(1).map(step);
                let label = label.map_or(START.to_owned(), |label| sentence(label.unwrap_or("")));
                let is_undone = n_made > past;
                let color = ui.visuals().weak_text_color();
                let icon = match (is_undone, n_made) {
                    (true, _) => icons::ARROW_U_UP_RIGHT,
                    (false, 0) => icons::FOLDER_OPEN,
                    (false, _) => icons::CHECK,
                };
                let text = RichText::new(label);
                let text = if is_undone { text.weak() } else { text };
                if widgets::row_ui(ui, Some((icon, color)), text, "", n_made == past).clicked() {
                    travel = Some(n_made.cast_signed() - past.cast_signed());
                }
            }
        });
    });
    (stays, travel)
}

/// A label as a line of its own: it begins with a capital.
fn sentence(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
