//! The bar on top (menus, name, undo, tools, view) and the zoom at the bottom. All of it is read
//! from the lists of actions and tools.

use eframe::egui::{self, Align, Button, Layout, RichText, Ui, WidgetInfo};

use crate::app::icons;
use crate::app::theme;
use crate::app::widgets;
use crate::app::window::Window;
use crate::editor::Editor;
use crate::editor::actions::{self, Action, Menu};
use crate::editor::tools::{TOOLS, ToolId};

/// Draws the bar and says which action was chosen.
pub(super) fn top_ui(ui: &mut Ui, window: &mut Window) -> Option<&'static Action> {
    let mut chosen = None;
    let has_zoom = has_zoom(ui);
    ui.horizontal(|ui| {
        menus_ui(ui, window.open.as_ref().map(|open| &open.editor), &mut chosen);
        ui.add_space(8.0);
        if let Some(open) = &mut window.open {
            let modified = open.editor.is_modified();
            let dot = if modified { " •" } else { "" };
            let name = widgets::strong(format!("{}{dot}", open.name()));
            let path = open
                .path
                .as_ref()
                .map_or("Not saved yet".to_owned(), |path| path.display().to_string());
            let hint = if modified { format!("{path}: unsaved changes") } else { path };
            name_ui(ui, name, &hint);
            ui.add_space(8.0);
            undo_ui(ui, &open.editor, &mut chosen);
            ui.add_space(8.0);
            tools_ui(ui, &mut open.editor);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_open = window.open.is_some();
            let ids: &[&str] = if is_open {
                &[
                    "view.theme",
                    "view.inspector",
                    "view.code",
                    "file.export-image",
                    "arrange.all",
                    "view.palette",
                ]
            } else {
                &["view.theme"]
            };
            for id in ids {
                if let Some(action) = actions::action(id)
                    && action_button_ui(ui, action, window.open.as_ref().map(|open| &open.editor))
                {
                    chosen = Some(action);
                }
            }
            if let Some(open) = window.open.as_ref().filter(|_| has_zoom) {
                ui.add_space(12.0);
                let percent = open.editor.session().viewport().zoom() * 100.0;
                let asked = zoom_ui(ui, percent).and_then(actions::action);
                chosen = asked.or(chosen);
            }
        });
    });
    chosen
}

/// Whether the bar at the top is wide enough for the zoom; else it is at the bottom.
pub(super) fn has_zoom(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() >= 940.0
}

/// The name of the project, cut off where it is long.
fn name_ui(ui: &mut Ui, name: RichText, hint: &str) {
    let width = (ui.ctx().content_rect().width() * 0.12).clamp(64.0, 200.0);
    ui.scope(|ui| {
        ui.set_max_width(width);
        ui.add(egui::Label::new(name).truncate()).on_hover_text(hint);
    });
}

fn menus_ui(ui: &mut Ui, editor: Option<&Editor>, chosen: &mut Option<&'static Action>) {
    ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = 6.0;
        ui.spacing_mut().item_spacing.x = 2.0;
        let at_rest = &mut ui.visuals_mut().widgets.inactive;
        at_rest.weak_bg_fill = egui::Color32::TRANSPARENT;
        at_rest.bg_stroke = egui::Stroke::NONE;
        menu_buttons_ui(ui, editor, chosen);
    });
}

/// The menus beside each other, or all in one where there is no room.
fn menu_buttons_ui(ui: &mut Ui, editor: Option<&Editor>, chosen: &mut Option<&'static Action>) {
    if ui.ctx().content_rect().width() >= 1160.0 {
        return each_menu_ui(ui, editor, chosen);
    }
    ui.menu_button("Menu", |ui| {
        ui.set_min_width(140.0);
        each_menu_ui(ui, editor, chosen);
    });
}

fn each_menu_ui(ui: &mut Ui, editor: Option<&Editor>, chosen: &mut Option<&'static Action>) {
    for menu in Menu::ALL {
        ui.menu_button(menu.label(), |ui| {
            ui.set_width(MENU);
            for action in actions::all().filter(|action| action.menu == menu) {
                if action.starts_group {
                    ui.separator();
                }
                if menu_item_ui(ui, action, editor) {
                    *chosen = Some(action);
                    ui.close();
                }
            }
        });
    }
}

/// Width of menus: the longest label with its keys.
pub(super) const MENU: f32 = 264.0;

/// An action as a line of a menu; whether it was chosen.
pub(super) fn menu_item_ui(ui: &mut Ui, action: &Action, editor: Option<&Editor>) -> bool {
    let is_enabled = action.is_enabled(editor);
    let quiet = ui.visuals().weak_text_color();
    let (sign, color) = match editor.and_then(|editor| action.is_on(editor)) {
        Some(true) => (icons::CHECK, ui.visuals().selection.stroke.color),
        Some(false) => (' ', quiet),
        None => (icons::named(action.icon).unwrap_or(' '), quiet),
    };
    let keys = action.shortcuts.first().map(ToString::to_string).unwrap_or_default();
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_enabled_ui(is_enabled, |ui| {
        let response = widgets::row_ui(ui, Some((sign, color)), action.label, &keys, false);
        response
            .widget_info(|| WidgetInfo::labeled(egui::Role::MenuItem, is_enabled, action.label));
        response.clicked()
    })
    .inner
}

fn action_button_ui(ui: &mut Ui, action: &Action, editor: Option<&Editor>) -> bool {
    let keys = action.shortcuts.first().map(|keys| format!("  ({keys})")).unwrap_or_default();
    let label = format!("{}{keys}", action.label);
    let icon = icons::named(action.icon).unwrap_or(icons::CIRCLE);
    let response = ui
        .add_enabled_ui(action.is_enabled(editor), |ui| widgets::icon_button_ui(ui, icon, &label));
    response.inner.clicked()
}

fn undo_ui(ui: &mut Ui, editor: &Editor, chosen: &mut Option<&'static Action>) {
    let history = editor.document().history();
    for (id, icon, label) in [
        (
            "edit.undo",
            icons::ARROW_U_UP_LEFT,
            history.undo_label().map(|label| format!("Undo: {label}")),
        ),
        (
            "edit.redo",
            icons::ARROW_U_UP_RIGHT,
            history.redo_label().map(|label| format!("Redo: {label}")),
        ),
    ] {
        let is_possible = label.is_some();
        let what = if id == "edit.undo" { "Nothing to undo" } else { "Nothing to redo" };
        let text = label.unwrap_or_else(|| what.to_owned());
        let response =
            ui.add_enabled_ui(is_possible, |ui| widgets::icon_button_ui(ui, icon, &text));
        if response.inner.clicked() {
            *chosen = actions::action(id);
        }
    }
}

fn tools_ui(ui: &mut Ui, editor: &mut Editor) {
    let current = editor.session().tool.id();
    ui.spacing_mut().item_spacing.x = 2.0;
    for tool in TOOLS {
        let label = format!("{} ({})", tool.label, tool.shortcut);
        let icon = match tool.id {
            ToolId::Select => icons::CURSOR,
            ToolId::Hand => icons::HAND,
            ToolId::Entity => icons::TABLE,
            ToolId::Enumeration => icons::LIST_BULLETS,
            ToolId::Reference => icons::FLOW_ARROW,
            ToolId::Note => icons::NOTE,
            ToolId::Area => icons::BOUNDING_BOX,
        };
        if widgets::icon_toggle_ui(ui, icon, &label, tool.id == current).clicked() {
            editor.take_tool(tool.id);
        }
    }
}

/// The zoom and its buttons, rightmost first; the id of the action that was chosen.
pub(super) fn zoom_ui(ui: &mut Ui, percent: f64) -> Option<&'static str> {
    let mut chosen = None;
    if widgets::icon_button_ui(ui, icons::CORNERS_OUT, "Fit all").clicked() {
        chosen = Some("view.fit-all");
    }
    if widgets::icon_button_ui(ui, icons::PLUS, "Zoom in").clicked() {
        chosen = Some("view.zoom-in");
    }
    let text = RichText::new(format!("{percent:.0} %")).size(theme::SMALL);
    let response =
        ui.add(Button::new(text).frame_when_inactive(false).min_size(egui::vec2(48.0, 22.0)));
    if response.on_hover_text("Zoom to 100 %").clicked() {
        chosen = Some("view.zoom-100");
    }
    if widgets::icon_button_ui(ui, icons::MINUS, "Zoom out").clicked() {
        chosen = Some("view.zoom-out");
    }
    chosen
}
