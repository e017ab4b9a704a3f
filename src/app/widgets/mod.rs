//! Small pieces that panels and dialogs share. They must not know the model.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Align, Align2, Button, Color32, FontFamily, FontId, Frame, Layout, Margin, Rect, Response,
    RichText, Role, Sense, Stroke, StrokeKind, TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText,
    pos2, style::WidgetVisuals, vec2,
};

use crate::app::icons;
use crate::app::theme;

/// A button that is an icon; its label is its tooltip and its name for screen readers.
pub fn icon_button_ui(ui: &mut Ui, icon: char, label: &str) -> Response {
    let button = Button::new(icons::icon(icon, theme::ICON)).frame_when_inactive(false);
    let response = ui.add(button.min_size(vec2(28.0, 26.0)));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    response.on_hover_text(label)
}

/// A button that is an icon and stays pressed while it is on.
pub fn icon_toggle_ui(ui: &mut Ui, icon: char, label: &str, is_on: bool) -> Response {
    let text = icons::icon(icon, theme::ICON);
    let text = if is_on { text.color(ui.visuals().selection.stroke.color) } else { text };
    let mut button = Button::new(text).frame_when_inactive(is_on).min_size(vec2(28.0, 26.0));
    if is_on {
        button = button.fill(ui.visuals().selection.bg_fill);
    }
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), is_on, label));
    response.on_hover_text(label)
}

/// The arrow of a list that opens, in the stroke of all other icons.
pub fn opens_list(ui: &Ui, rect: Rect, visuals: &WidgetVisuals, _is_open: bool) {
    caret(ui, rect, icons::CARET_DOWN, visuals.fg_stroke.color);
}

/// The arrow of a group that folds.
pub fn folds(ui: &mut Ui, openness: f32, response: &Response) {
    let icon = if openness > 0.5 { icons::CARET_DOWN } else { icons::CARET_RIGHT };
    caret(ui, response.rect, icon, ui.visuals().weak_text_color());
}

fn caret(ui: &Ui, rect: Rect, icon: char, color: Color32) {
    let font = FontId::new(12.0, FontFamily::Name(icons::FAMILY.into()));
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, font, color);
}

/// What an empty place says: what to do here.
pub fn empty_ui(ui: &mut Ui, text: &str) {
    ui.add_space(24.0);
    ui.vertical_centered(|ui| {
        ui.set_max_width(260.0);
        ui.label(RichText::new(text).weak());
    });
}

/// The small heading of a group.
pub fn heading_ui(ui: &mut Ui, text: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(text).size(theme::SMALL).family(theme::semi_bold()).weak());
}

/// A text in the font of headings.
pub fn strong(text: impl Into<String>) -> RichText {
    RichText::new(text).family(theme::semi_bold())
}

/// A sentence with its names, which stand between backticks, in the font of headings.
pub fn message(text: &str, size: f32, color: Color32) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (position, piece) in text.split('`').enumerate() {
        let family = if position % 2 == 0 { FontFamily::Proportional } else { theme::semi_bold() };
        job.append(piece, 0.0, TextFormat::simple(FontId::new(size, family), color));
    }
    job
}

/// A key as it stands on a keyboard, in menus and sheets.
pub fn keys_ui(ui: &mut Ui, keys: &str) {
    let edge = ui.visuals().widgets.noninteractive.bg_stroke.color;
    let cap = Frame::new().corner_radius(4).stroke(Stroke::new(1.0, edge));
    cap.inner_margin(Margin::symmetric(6, 1)).show(ui, |ui| {
        ui.label(RichText::new(keys).size(theme::SMALL).weak());
    });
}

/// The one button that a dialog is for.
pub fn primary_button_ui(ui: &mut Ui, text: &str) -> Response {
    let accent = ui.visuals().selection.stroke.color;
    let ink =
        if ui.visuals().dark_mode { Color32::from_rgb(0x13, 0x16, 0x1b) } else { Color32::WHITE };
    ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = 14.0;
        ui.add(Button::new(RichText::new(text).color(ink)).fill(accent).min_size(vec2(72.0, 28.0)))
    })
    .inner
}

/// The rows of a list inside a scrolled area, each as high as a button: those out of sight only take
/// their room.
pub fn seen_rows_ui(ui: &mut Ui, n_rows: usize, mut row_ui: impl FnMut(&mut Ui, usize)) {
    let height = ui.spacing().interact_size.y;
    let pitch = height + ui.spacing().item_spacing.y;
    let (top, clip) = (ui.cursor().top(), ui.clip_rect());
    let row_at = |y: f32| (((y - top) / pitch).max(0.0) as usize).min(n_rows);
    let seen = row_at(clip.top())..(row_at(clip.bottom()) + 1).min(n_rows);
    let room = |ui: &mut Ui, n_rows: usize| {
        if n_rows > 0 {
            ui.allocate_space(vec2(1.0, pitch * n_rows as f32 - ui.spacing().item_spacing.y));
        }
    };
    room(ui, seen.start);
    for row in seen.clone() {
        ui.allocate_ui_with_layout(
            vec2(ui.available_width(), height),
            Layout::top_down_justified(Align::Min),
            |ui| {
                ui.set_min_height(height);
                row_ui(ui, row);
            },
        );
    }
    room(ui, n_rows - seen.end);
}

/// A row of a list: text left, something quiet right, the whole width to click.
pub fn row_ui(
    ui: &mut Ui,
    icon: Option<(char, Color32)>,
    text: impl Into<WidgetText>,
    quiet: &str,
    is_selected: bool,
) -> Response {
    let height = 24.0;
    let text = text.into();
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click_and_drag());
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListItem, ui.is_enabled(), is_selected, text.text())
    });
    if ui.is_rect_visible(rect) {
        let visuals = ui.visuals();
        if is_selected {
            ui.painter().rect_filled(rect, 4, visuals.selection.bg_fill);
        } else if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 4, visuals.widgets.hovered.weak_bg_fill);
        }
        if response.has_focus() {
            ui.painter().rect_stroke(rect, 4, visuals.selection.stroke, StrokeKind::Inside);
        }
        paint_row(ui, rect, icon, text, quiet);
    }
    response
}

fn paint_row(ui: &Ui, rect: Rect, icon: Option<(char, Color32)>, text: WidgetText, quiet: &str) {
    let mut left = rect.left() + 6.0;
    if let Some((icon, color)) = icon {
        let font = FontId::new(14.0, FontFamily::Name(icons::FAMILY.into()));
        ui.painter().text(pos2(left, rect.center().y), Align2::LEFT_CENTER, icon, font, color);
        left += 20.0;
    }
    let small = FontId::new(theme::SMALL, FontFamily::Proportional);
    let weak = ui.visuals().weak_text_color();
    let mut right = rect.right() - 6.0;
    if !quiet.is_empty() {
        let at = pos2(right, rect.center().y);
        let drawn = ui.painter().text(at, Align2::RIGHT_CENTER, quiet, small, weak);
        right = drawn.left() - 8.0;
    }
    let width = (right - left).max(0.0);
    let galley = text.into_galley(ui, Some(TextWrapMode::Truncate), width, TextStyle::Body);
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ui.visuals().text_color());
}
