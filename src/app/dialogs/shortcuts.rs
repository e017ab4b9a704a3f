//! Every shortcut at a glance, read from the list of actions.

use eframe::egui::{Align, Context, Layout, ScrollArea, Ui, vec2};

use crate::app::dialogs::dialog_ui;
use crate::app::widgets;
use crate::editor::actions::{self, Menu};
use crate::editor::tools::TOOLS;
use crate::editor::tools::select::keys::KEYS;

/// Shows the sheet; says whether it stays open.
pub fn shortcuts_ui(ctx: &Context) -> bool {
    let height = (ctx.content_rect().height() - 160.0).max(240.0);
    dialog_ui(ctx, "Keyboard shortcuts", 760.0, |ui| {
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 32.0;
            ui.columns(2, |columns| {
                if let [left, right] = columns {
                    tools_ui(left);
                    for (position, menu) in Menu::ALL.into_iter().enumerate() {
                        // The long menus stand right, the short ones left.
                        menu_ui(if position % 2 == 0 { right } else { left }, menu);
                    }
                }
            });
        });
    })
}

fn tools_ui(ui: &mut Ui) {
    widgets::heading_ui(ui, "Tools");
    for tool in TOOLS {
        row_ui(ui, tool.label, &[tool.shortcut.to_string()]);
    }
    for (what, keys) in [
        ("Move the canvas", "Space + drag"),
        ("Zoom at the pointer", "Ctrl + wheel"),
        ("Duplicate by dragging", "Alt + drag"),
        ("Back to select", "Esc"),
    ] {
        row_ui(ui, what, &[keys.to_owned()]);
    }
    widgets::heading_ui(ui, "Cards and rows");
    for (what, keys) in KEYS {
        let keys: Vec<_> = keys.iter().map(|key| (*key).to_owned()).collect();
        row_ui(ui, what, &keys);
    }
}

fn menu_ui(ui: &mut Ui, menu: Menu) {
    let listed: Vec<_> = actions::all()
        .filter(|action| action.menu == menu && !action.shortcuts.is_empty())
        .filter(|action| !action.id.starts_with("tool."))
        .collect();
    if listed.is_empty() {
        return;
    }
    widgets::heading_ui(ui, menu.label());
    for action in listed {
        let keys: Vec<_> = action.shortcuts.iter().map(ToString::to_string).collect();
        row_ui(ui, action.label.trim_end_matches('…'), &keys);
    }
}

/// What a key does, and the key at the end of the line.
fn row_ui(ui: &mut Ui, label: &str, keys: &[String]) {
    let size = vec2(ui.available_width() - 12.0, 24.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(label);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for key in keys.iter().rev() {
                widgets::keys_ui(ui, key);
            }
        });
    });
}
