//! What is wrong or risky: a row per finding, with a jump and, where a machine can mend it, a
//! button.

use eframe::egui::{self, RichText, ScrollArea, Ui};

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
}

const ROW: f32 = 26.0;

/// Draws the list and says what was asked for.
pub fn problems_ui(ui: &mut Ui, findings: &[Finding]) -> Option<ProblemAction> {
    if findings.is_empty() {
        widgets::empty_ui(ui, "No problems found.");
        return None;
    }
    let mut action = None;
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

fn problem_ui(ui: &mut Ui, index: usize, finding: &Finding) -> Option<ProblemAction> {
    let mut action = None;
    let diagnostic = &finding.diagnostic;
    let (icon, color) = severity(ui, diagnostic.severity);
    ui.horizontal(|ui| {
        ui.set_height(ROW);
        ui.add_space(6.0);
        ui.label(icons::icon(icon, 14.0).color(color));
        let text = egui::Button::new(RichText::new(&diagnostic.message)).frame_when_inactive(false);
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

/// How many errors and warnings there are, for the bar at the bottom.
pub fn counts(findings: &[Finding]) -> (usize, usize) {
    let count = |severity: Severity| {
        findings.iter().filter(|finding| finding.diagnostic.severity == severity).count()
    };
    (count(Severity::Error), count(Severity::Warning))
}
