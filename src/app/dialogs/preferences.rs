//! What a person prefers, to change.

use eframe::egui::Context;

use crate::app::dialogs::{buttons_ui, dialog_ui};
use crate::app::preferences::{Preferences, ThemeChoice};

/// Shows the preferences, which change at once; says whether the dialog stays open.
pub fn preferences_ui(ctx: &Context, preferences: &mut Preferences) -> bool {
    let mut stays = true;
    let open = dialog_ui(ctx, "Preferences", 360.0, |ui| {
        ui.label("Theme");
        ui.horizontal(|ui| {
            for (choice, label) in [
                (ThemeChoice::System, "As the system"),
                (ThemeChoice::Light, "Light"),
                (ThemeChoice::Dark, "Dark"),
            ] {
                ui.radio_value(&mut preferences.theme, choice, label);
            }
        });
        ui.add_space(4.0);
        ui.checkbox(&mut preferences.snaps_to_grid, "Snap to the grid");
        ui.checkbox(&mut preferences.shows_minimap, "Show the minimap");
        ui.checkbox(&mut preferences.reduces_motion, "Reduce motion")
            .on_hover_text("It is reduced anyway where the system asks for it");
        stays = buttons_ui(ui, "Done", &[], true).is_none();
    });
    open && stays
}
