//! One conflict: what it is about, and below it both values, one of which is chosen.

use eframe::egui::{
    Align, Frame, Layout, Margin, Response, RichText, Role, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use crate::app::icons;
use crate::app::theme;
use crate::app::widgets;
use crate::formats::native::merge::Side;
use crate::formats::native::merge::words::Told;

/// How much room a conflict takes.
pub(super) const HEIGHT: f32 = 86.0;
/// The height of a value.
const VALUE: f32 = 52.0;
/// Between the values.
const GAP: f32 = 8.0;

/// A conflict to be drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice<'a> {
    pub(super) told: &'a Told,
    /// What our side is called, and theirs.
    pub(super) words: [&'static str; 2],
    pub(super) chosen: Side,
}

/// Draws a conflict; the side that was clicked.
pub(super) fn choice_ui(ui: &mut Ui, choice: Choice<'_>) -> Option<Side> {
    let Choice { told, words: [our_word, their_word], chosen } = choice;
    let mut clicked = None;
    let size = vec2(ui.available_width(), HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_size(size);
        ui.add_space(4.0);
        let subject = widgets::message(&told.subject, theme::TEXT, ui.visuals().text_color());
        ui.add(eframe::egui::Label::new(subject).truncate());
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            let width = (ui.available_width() - GAP) / 2.0;
            for (side, word, value) in
                [(Side::Ours, our_word, &told.ours), (Side::Theirs, their_word, &told.theirs)]
            {
                let response = value_ui(ui, [width, VALUE], word, value, chosen == side);
                let label = format!("{word}: {}: {value}", told.subject.replace('`', ""));
                response.widget_info(|| {
                    WidgetInfo::selected(Role::RadioButton, true, chosen == side, &label)
                });
                if response.clicked() {
                    clicked = Some(side);
                }
            }
        });
    });
    clicked
}

fn value_ui(ui: &mut Ui, size: [f32; 2], word: &str, value: &str, is_chosen: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(size.into(), Sense::click());
    let visuals = ui.visuals();
    let accent = visuals.selection.stroke.color;
    let edge = if is_chosen {
        Stroke::new(1.5, accent)
    } else if response.hovered() || response.has_focus() {
        visuals.widgets.hovered.bg_stroke
    } else {
        visuals.widgets.noninteractive.bg_stroke
    };
    let fill = if is_chosen { visuals.selection.bg_fill } else { visuals.extreme_bg_color };
    let frame = Frame::new().corner_radius(6).fill(fill).stroke(edge);
    ui.painter().add(frame.paint(rect));
    let inner = UiBuilder::new().max_rect(rect - Margin::symmetric(10, 5));
    let mut inner = ui.new_child(inner.layout(Layout::top_down(Align::Min)));
    inner.spacing_mut().item_spacing.y = 2.0;
    inner.style_mut().interaction.selectable_labels = false;
    inner.horizontal(|ui| {
        let icon = if is_chosen { icons::CHECK_CIRCLE } else { icons::CIRCLE };
        let mark = icons::icon(icon, 13.0);
        ui.label(if is_chosen { mark.color(accent) } else { mark.weak() });
        ui.label(RichText::new(word).size(theme::SMALL).weak());
    });
    inner.add(eframe::egui::Label::new(value).truncate());
    response
}
