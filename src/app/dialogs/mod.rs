//! What floats above the window, one file each. A dialog shows and says what a person asked for.

pub mod earlier;
pub mod export_code;
pub mod export_image;
pub mod finder;
pub mod history;
pub mod import_preview;
pub mod merge;
pub mod preferences;
pub mod question;
pub mod recovered;
pub mod shortcuts;

use eframe::egui::{self, Context, Frame, Id, Modal, Ui};

use crate::app::widgets;

/// A dialog with a title that Escape or a click beside it closes; says whether it stays open.
fn dialog_ui(ctx: &Context, title: &str, width: f32, content: impl FnOnce(&mut Ui)) -> bool {
    let frame = Frame::window(&ctx.global_style());
    let response = Modal::new(Id::unique(title)).frame(frame).show(ctx, |ui| {
        // A small window is not wider than its dialog.
        ui.set_width(width.min(ctx.content_rect().width() - 56.0));
        ui.label(widgets::strong(title).size(15.0));
        ui.add_space(8.0);
        content(ui);
    });
    !response.should_close()
}

/// Whether a dialog is drawn for the first time since it was opened.
fn appears(ui: &Ui) -> bool {
    !ui.memory(|memory| memory.areas().visible_last_frame(&ui.layer_id()))
}

/// The buttons at the foot of a dialog, the main one rightmost; the one that was pressed. The main
/// one has the keyboard until something else takes it.
fn buttons_ui(
    ui: &mut Ui,
    main: &str,
    others: &[&'static str],
    is_enabled: bool,
) -> Option<Pressed> {
    let mut pressed = None;
    ui.add_space(12.0);
    // As high as its buttons: a layout from the right would take all the room below as well.
    let row = egui::vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(row, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.add_enabled_ui(is_enabled, |ui| {
            let button = widgets::primary_button_ui(ui, main);
            if appears(ui) {
                button.request_focus();
            }
            if button.clicked() {
                pressed = Some(Pressed::Main);
            }
        });
        for other in others {
            let button = egui::Button::new(*other).min_size(egui::vec2(72.0, 28.0));
            if ui.add(button).clicked() {
                pressed = Some(Pressed::Other(other));
            }
        }
    });
    pressed
}

/// A button at the foot of a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pressed {
    Main,
    Other(&'static str),
}
