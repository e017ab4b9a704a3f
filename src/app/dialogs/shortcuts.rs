//! Every shortcut at a glance, read from the list of actions.

use eframe::egui::{Context, Grid, ScrollArea, Ui};

use crate::app::dialogs::dialog_ui;
use crate::app::widgets;
use crate::editor::actions::{self, Menu};
use crate::editor::tools::TOOLS;

/// Shows the sheet; says whether it stays open.
pub fn shortcuts_ui(ctx: &Context) -> bool {
    dialog_ui(ctx, "Keyboard shortcuts", 720.0, |ui| {
        ScrollArea::vertical().max_height(520.0).show(ui, |ui| {
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
    Grid::new("tools").num_columns(2).striped(false).show(ui, |ui| {
        for tool in TOOLS {
            ui.label(tool.label);
            widgets::keys_ui(ui, &tool.shortcut.to_string());
            ui.end_row();
        }
        for (what, keys) in [
            ("Move the canvas", "Space + drag"),
            ("Zoom at the pointer", "Ctrl + wheel"),
            ("Duplicate by dragging", "Alt + drag"),
            ("Back to select", "Esc"),
        ] {
            ui.label(what);
            widgets::keys_ui(ui, keys);
            ui.end_row();
        }
    });
}

fn menu_ui(ui: &mut Ui, menu: Menu) {
    let listed: Vec<_> = actions::all()
        .filter(|action| action.menu == menu && !action.shortcuts.is_empty())
        .collect();
    if listed.is_empty() {
        return;
    }
    widgets::heading_ui(ui, menu.label());
    Grid::new(menu.label()).num_columns(2).show(ui, |ui| {
        for action in listed {
            ui.label(action.label.trim_end_matches('…'));
            let keys: Vec<_> = action.shortcuts.iter().map(ToString::to_string).collect();
            widgets::keys_ui(ui, &keys.join("  "));
            ui.end_row();
        }
    });
}
