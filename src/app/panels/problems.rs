//! What is wrong or risky: a row per finding, with a jump and, where a machine can mend it, a
//! button.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, FontFamily, FontId, RichText, ScrollArea, Ui};

use crate::app::icons;
use crate::app::theme;
use crate::app::widgets;
use crate::base::diagnostic::Severity;
use crate::checks::finding::Finding;

/// What was asked for, by the position of the finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemAction {
    /// Show what it is about.
    Jump(usize),
    /// Mend it.
    Fix(usize),
    /// Close the list.
    Close,
}

const ROW: f32 = 26.0;

/// Draws the list and says what was asked for.
pub fn problems_ui(ui: &mut Ui, findings: &[Finding]) -> Option<ProblemAction> {
    let mut action = head_ui(ui);
    if findings.is_empty() {
        widgets::empty_ui(ui, "No problems found.");
        return action;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, findings.len(), |ui, range| {
        let start = range.start;
        for (offset, finding) in findings.get(range).unwrap_or_default().iter().enumerate() {
            if let Some(asked) = problem_ui(ui, start + offset, finding) {
                action = Some(asked);
            }
        }
    });
    action
}

fn head_ui(ui: &mut Ui) -> Option<ProblemAction> {
    let row = egui::vec2(ui.available_width(), ROW);
    let from_right = egui::Layout::right_to_left(egui::Align::Center);
    ui.allocate_ui_with_layout(row, from_right, |ui| {
        let closes = widgets::icon_button_ui(ui, icons::X, "Close the list of problems").clicked();
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.add_space(6.0);
            ui.label(widgets::strong("Problems"));
        });
        closes.then_some(ProblemAction::Close)
    })
    .inner
}

/// A message with its names, which stand between backticks, in the font of headings.
fn message(ui: &Ui, text: &str) -> LayoutJob {
    let color = ui.visuals().text_color();
    let mut job = LayoutJob::default();
    for (position, piece) in text.split('`').enumerate() {
        let family = if position % 2 == 0 { FontFamily::Proportional } else { theme::semi_bold() };
        let format = TextFormat::simple(FontId::new(theme::TEXT, family), color);
        job.append(piece, 0.0, format);
    }
    job
}

fn problem_ui(ui: &mut Ui, index: usize, finding: &Finding) -> Option<ProblemAction> {
    let mut action = None;
    let diagnostic = &finding.diagnostic;
    let (icon, color) = severity(ui, diagnostic.severity);
    ui.horizontal(|ui| {
        ui.set_height(ROW);
        ui.add_space(6.0);
        ui.label(icons::icon(icon, 14.0).color(color));
        let text = message(ui, &diagnostic.message);
        let text = egui::Button::new(text).frame_when_inactive(false);
        let hint = diagnostic.hint.as_deref().unwrap_or_default();
        if ui.add(text.truncate()).on_hover_text(hint).clicked() {
            action = Some(ProblemAction::Jump(index));
        }
        if let Some(fix) = finding.fix {
            let label =
                RichText::new(format!("{}  {}", icons::WRENCH, fix.label)).size(theme::SMALL);
            if ui.button(label).clicked() {
                action = Some(ProblemAction::Fix(index));
            }
        }
        ui.label(RichText::new(hint).weak().size(theme::SMALL));
    });
    action
}

fn severity(ui: &Ui, severity: Severity) -> (char, egui::Color32) {
    match severity {
        Severity::Error => (icons::X_CIRCLE, ui.visuals().error_fg_color),
        Severity::Warning => (icons::WARNING, ui.visuals().warn_fg_color),
        Severity::Info => (icons::INFO, ui.visuals().weak_text_color()),
    }
}
