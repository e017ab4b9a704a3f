//! How the text of one file changes, line by line.

use std::time::Duration;

use eframe::egui::{FontId, RichText, ScrollArea, TextWrapMode, Ui};
use similar::{ChangeTag, TextDiff};

use crate::app::theme;

/// Longest search for the smallest difference; after it a larger one is shown.
const PATIENCE: Duration = Duration::from_millis(50);
/// Lines shown around each change.
const AROUND: usize = 3;

/// The lines of one file with what happens to them.
#[derive(Debug)]
pub(super) struct ChangeView {
    index: usize,
    lines: Vec<Line>,
}

#[derive(Debug)]
enum Line {
    Same(String),
    Added(String),
    Removed(String),
    /// Lines that stay as they are and are not shown.
    Gap,
}

impl ChangeView {
    /// The change of the file at `index` of the list. A new or unchanged file is shown whole.
    pub(super) fn new(index: usize, before: &str, after: &str) -> Self {
        let lines = if before == after {
            after.lines().map(|line| Line::Same(line.to_owned())).collect()
        } else {
            difference(before, after)
        };
        Self { index, lines }
    }

    /// Which file of the list it is.
    pub(super) fn index(&self) -> usize {
        self.index
    }

    /// Draws the lines that are in view.
    pub(super) fn change_ui(&self, ui: &mut Ui) {
        let height = ui.text_style_height(&eframe::egui::TextStyle::Monospace);
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        ScrollArea::both().id_salt("change").auto_shrink(false).show_rows(
            ui,
            height,
            self.lines.len(),
            |ui, range| {
                for line in self.lines.get(range).unwrap_or_default() {
                    line_ui(ui, line);
                }
            },
        );
    }
}

fn line_ui(ui: &mut Ui, line: &Line) {
    let (mark, text, color) = match line {
        Line::Same(text) => (' ', text.as_str(), ui.visuals().text_color()),
        Line::Added(text) => ('+', text.as_str(), theme::color32(theme::current(ui.ctx()).accent)),
        Line::Removed(text) => ('−', text.as_str(), ui.visuals().error_fg_color),
        Line::Gap => ('⋯', "", ui.visuals().weak_text_color()),
    };
    let font = FontId::monospace(theme::SMALL + 1.0);
    ui.label(RichText::new(format!("{mark} {text}")).font(font).color(color));
}

fn difference(before: &str, after: &str) -> Vec<Line> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(before, after);
    let mut lines = Vec::new();
    for (number, group) in diff.grouped_ops(AROUND).iter().enumerate() {
        if number > 0 {
            lines.push(Line::Gap);
        }
        for change in group.iter().flat_map(|operation| diff.iter_changes(operation)) {
            let text = change.value().trim_end_matches(['\n', '\r']).to_owned();
            lines.push(match change.tag() {
                ChangeTag::Equal => Line::Same(text),
                ChangeTag::Insert => Line::Added(text),
                ChangeTag::Delete => Line::Removed(text),
            });
        }
    }
    lines
}
