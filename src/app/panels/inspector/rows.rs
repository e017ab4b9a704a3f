//! The kinds of rows that inspectors are made of: a label left, an input right, both with one
//! name for screen readers. Each says whether and how its value changed.

use eframe::egui::{
    self, Align, Color32, ComboBox, Id, Layout, Response, RichText, Role, Sense, TextEdit, Ui,
    UiBuilder, WidgetInfo, vec2,
};

use crate::app::icons;
use crate::app::theme;
use crate::app::widgets;
use crate::model::area::ColorToken;

/// Width of the labels.
const LABEL: f32 = 104.0;

/// The title of an inspector: what it is about.
pub(super) fn title_ui(ui: &mut Ui, kind: &str, icon: char, color: Color32) {
    ui.horizontal(|ui| {
        ui.label(icons::icon(icon, theme::ICON).color(color));
        ui.label(RichText::new(kind).weak());
    });
    ui.add_space(2.0);
}

/// A group that folds and remembers whether it is open, until there is a reason to open it.
pub(super) fn group_ui(ui: &mut Ui, title: &str, is_open: bool, content: impl FnOnce(&mut Ui)) {
    ui.add_space(4.0);
    let text = widgets::strong(title).size(12.0);
    egui::CollapsingHeader::new(text)
        .id_salt((title, is_open))
        .default_open(is_open)
        .icon(widgets::folds)
        .show_unindented(ui, |ui| {
            ui.add_space(2.0);
            content(ui);
            ui.add_space(4.0);
        });
    ui.separator();
}

/// A label left and whatever is asked for right of it.
pub(super) fn labeled_ui<R>(ui: &mut Ui, label: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(LABEL, 24.0), Sense::hover());
        let galley = egui::WidgetText::from(RichText::new(label).weak()).into_galley(
            ui,
            Some(egui::TextWrapMode::Truncate),
            LABEL,
            egui::TextStyle::Body,
        );
        let at = egui::pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
        let color = ui.visuals().weak_text_color();
        ui.painter().galley(at, galley, color);
        content(ui)
    })
    .inner
}

/// A label left and things right of it that go on in the next line where there is no room.
fn wrapped_ui<R>(ui: &mut Ui, label: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    labeled_ui(ui, label, |ui| {
        let room = vec2(ui.available_width(), 24.0);
        let layout = Layout::left_to_right(Align::Center).with_main_wrap(true);
        ui.allocate_ui_with_layout(room, layout, content).inner
    })
}

/// A line of text; the new text while it is typed.
pub(super) fn text_row_ui(ui: &mut Ui, label: &str, value: &str, hint: &str) -> Option<String> {
    labeled_ui(ui, label, |ui| text_ui(ui, label, value, hint))
}

/// A text field without a label beside it; `name` is what screen readers say.
pub(super) fn text_ui(ui: &mut Ui, name: &str, value: &str, hint: &str) -> Option<String> {
    let id = ui.make_persistent_id(("text", name));
    let mut text = typed(ui, id, value);
    let edit = TextEdit::singleline(&mut text).id(id).hint_text(hint).desired_width(f32::INFINITY);
    let response = ui.add(edit.margin(vec2(6.0, 4.0)));
    finish_text(ui, id, &response, name, value, text)
}

/// Several lines of text.
pub(super) fn note_row_ui(ui: &mut Ui, label: &str, value: &str) -> Option<String> {
    let id = ui.make_persistent_id(("note", label));
    let mut text = typed(ui, id, value);
    ui.label(RichText::new(label).weak());
    let edit = TextEdit::multiline(&mut text).id(id).desired_rows(2).desired_width(f32::INFINITY);
    let response = ui.add(edit.hint_text("What it means, in plain words").margin(vec2(6.0, 4.0)));
    finish_text(ui, id, &response, label, value, text)
}

/// What stands in a text field: what is typed in it while it has the focus, the value otherwise.
fn typed(ui: &Ui, id: Id, value: &str) -> String {
    let kept = ui.memory(|memory| memory.has_focus(id)).then(|| ui.data(|data| data.get_temp(id)));
    kept.flatten().unwrap_or_else(|| value.to_owned())
}

/// Gives the keyboard to the text field that is drawn next.
pub(super) fn offer_keys(ui: &Ui) {
    ui.data_mut(|data| data.insert_temp(Id::unique("takes keys"), true));
}

fn finish_text(
    ui: &Ui,
    id: Id,
    response: &Response,
    name: &str,
    value: &str,
    text: String,
) -> Option<String> {
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, value, &text, "");
        info.label = Some(name.to_owned());
        info
    });
    if ui.data_mut(|data| data.remove_temp(Id::unique("takes keys"))).unwrap_or(false) {
        response.request_focus();
    }
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    response.changed().then_some(text)
}

/// A text that may be missing: an empty field is none.
#[expect(clippy::option_option, reason = "outside: whether it changed; inside: the value")]
pub(super) fn optional_text_row_ui(
    ui: &mut Ui,
    label: &str,
    value: Option<&str>,
    hint: &str,
) -> Option<Option<String>> {
    let typed = text_row_ui(ui, label, value.unwrap_or_default(), hint)?;
    Some((!typed.trim().is_empty()).then_some(typed))
}

/// A switch.
pub(super) fn check_row_ui(ui: &mut Ui, label: &str, value: bool, hint: &str) -> Option<bool> {
    mixed_check_row_ui(ui, label, Some(value), hint)
}

/// A switch of several things, of which some may be on and others off; then it is neither.
pub(super) fn mixed_check_row_ui(
    ui: &mut Ui,
    label: &str,
    value: Option<bool>,
    hint: &str,
) -> Option<bool> {
    let mut checked = value.unwrap_or(false);
    let check = egui::Checkbox::new(&mut checked, label).indeterminate(value.is_none());
    let response = ui.add(check).on_hover_text(hint);
    response.changed().then_some(checked)
}

/// What all of these say; none when they differ.
pub(super) fn shared<T: PartialEq>(values: impl IntoIterator<Item = T>) -> Option<T> {
    let mut values = values.into_iter();
    let first = values.next()?;
    values.all(|one| one == first).then_some(first)
}

/// Switches beside each other, as many as fit in a line.
pub(super) fn checks_ui(ui: &mut Ui, checks: &[(&str, bool, &str)]) -> Option<(usize, bool)> {
    let checks: Vec<_> =
        checks.iter().map(|(label, value, hint)| (*label, Some(*value), *hint)).collect();
    mixed_checks_ui(ui, &checks)
}

/// Switches of several things beside each other.
pub(super) fn mixed_checks_ui(
    ui: &mut Ui,
    checks: &[(&str, Option<bool>, &str)],
) -> Option<(usize, bool)> {
    let mut changed = None;
    let width = (ui.available_width() / 2.0).floor() - 6.0;
    for pair in checks.chunks(2).enumerate() {
        let (row, pair) = pair;
        ui.horizontal(|ui| {
            for (column, (label, value, hint)) in pair.iter().enumerate() {
                ui.allocate_ui_with_layout(
                    vec2(width, 24.0),
                    Layout::left_to_right(Align::Center),
                    |ui| {
                        ui.set_min_width(width);
                        if let Some(value) = mixed_check_row_ui(ui, label, *value, hint) {
                            changed = Some((row * 2 + column, value));
                        }
                    },
                );
            }
        });
    }
    changed
}

/// One of several values, each with its words.
pub(super) fn choice_row_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    value: T,
    choices: &[(T, &str)],
) -> Option<T> {
    labeled_ui(ui, label, |ui| choice_ui(ui, label, value, choices))
}

/// A choice without a label beside it.
pub(super) fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: T,
    choices: &[(T, &str)],
) -> Option<T> {
    let shown = choices.iter().find(|(one, _)| *one == value).map_or("several", |(_, text)| text);
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(("choice", name)).selected_text(shown);
    let combo = combo.icon(widgets::opens_list);
    let response = combo.width(ui.available_width()).height(360.0).show_ui(ui, |ui| {
        for (one, text) in choices {
            if ui.selectable_label(*one == value, *text).clicked() && *one != value {
                chosen = Some(*one);
            }
        }
    });
    response
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("{name}: {shown}")));
    chosen
}

/// One of many things, which are looked up row by row when they are seen.
pub(super) fn pick_row_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    (value, shown): (T, &str),
    n_choices: usize,
    choice: impl Fn(usize) -> (T, String),
) -> Option<T> {
    labeled_ui(ui, label, |ui| {
        let mut chosen = None;
        let combo = ComboBox::from_id_salt(("choice", label)).selected_text(shown);
        let combo = combo.icon(widgets::opens_list).width(ui.available_width()).height(360.0);
        let response = combo.show_ui(ui, |ui| {
            widgets::seen_rows_ui(ui, n_choices, |ui, row| {
                let (one, words) = choice(row);
                if ui.selectable_label(one == value, words).clicked() && one != value {
                    chosen = Some(one);
                }
            });
        });
        let name = format!("{label}: {shown}");
        response.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
        chosen
    })
}

/// The colors as dots; `None` inside is "as its area", `None` outside that there are several.
#[expect(clippy::option_option, reason = "outside: whether it is one; inside: the value")]
pub(super) fn color_row_ui(
    ui: &mut Ui,
    label: &str,
    value: Option<Option<ColorToken>>,
    with_none: bool,
) -> Option<Option<ColorToken>> {
    let colors = theme::current(ui.ctx());
    let mut chosen = None;
    wrapped_ui(ui, label, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 2.0);
        let tokens = ColorToken::ALL.into_iter().map(Some);
        for token in with_none.then_some(None).into_iter().chain(tokens) {
            let (rect, response) = ui.allocate_exact_size(vec2(19.0, 22.0), Sense::click());
            let name = token.map_or("As its area", ColorToken::as_str);
            response.widget_info(|| {
                WidgetInfo::selected(Role::RadioButton, true, Some(token) == value, name)
            });
            let center = rect.center();
            let ink = ui.visuals().weak_text_color();
            if let Some(token) = token {
                let color = theme::color32(colors.shade(token).strong);
                ui.painter().circle_filled(center, 7.0, color);
            } else {
                ui.painter().circle_stroke(center, 6.5, egui::Stroke::new(1.0, ink));
                let reach = vec2(4.0, -4.0);
                ui.painter()
                    .line_segment([center - reach, center + reach], egui::Stroke::new(1.0, ink));
            }
            if Some(token) == value || response.has_focus() {
                let ring = egui::Stroke::new(1.5, theme::color32(colors.accent));
                ui.painter().circle_stroke(center, 9.5, ring);
            }
            if response.on_hover_text(name).clicked() {
                chosen = Some(token);
            }
        }
    });
    chosen
}

/// A quiet button with an icon and words, for adding things.
pub(super) fn add_button_ui(ui: &mut Ui, text: &str) -> bool {
    let label = format!("{}  {text}", icons::PLUS);
    let button = egui::Button::new(RichText::new(label).weak()).frame_when_inactive(false);
    // It keeps its id, and with it the keyboard, when what it adds appears above it.
    let own = UiBuilder::new().scope_id(ui.scope_id().with(text));
    let response = ui.scope_builder(own, |ui| ui.add(button)).inner;
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    response.clicked()
}
