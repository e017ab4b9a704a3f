//! What is wrong or risky: a row per finding, with a jump and, where a machine can mend it, a
//! button. Above them what the file said that was read last, each with its line of text.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, FontId, RichText, ScrollArea, Ui};

use crate::app::icons;
use crate::app::remarks::{MarkedLine, Remark, Remarks};
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
    /// Let go of what the file said.
    Dismiss,
    /// Close the list.
    Close,
}

const ROW: f32 = 26.0;

/// Draws the list and says what was asked for.
pub fn problems_ui(ui: &mut Ui, findings: &[Finding], remarks: &Remarks) -> Option<ProblemAction> {
    let mut action = head_ui(ui);
    if findings.is_empty() && remarks.all.is_empty() {
        widgets::empty_ui(ui, "No problems found.");
        return action;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    // A heading, then two rows for each: what was said, and the line that it is about.
    let of_reading = if remarks.all.is_empty() { 0 } else { 1 + 2 * remarks.all.len() };
    let count = of_reading + findings.len();
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, count, |ui, range| {
        for row in range {
            let asked = match row.checked_sub(of_reading) {
                Some(index) => {
                    let finding = findings.get(index);
                    finding.and_then(|finding| problem_ui(ui, index, finding))
                }
                None if row == 0 => subject_ui(ui, &remarks.subject),
                None => {
                    if let Some(remark) = remarks.all.get((row - 1) / 2) {
                        remark_ui(ui, remark, row % 2 == 1);
                    }
                    None
                }
            };
            action = asked.or(action);
        }
    });
    action
}

/// The heading of what a file said.
fn subject_ui(ui: &mut Ui, subject: &str) -> Option<ProblemAction> {
    ui.horizontal(|ui| {
        ui.set_height(ROW);
        ui.add_space(6.0);
        ui.label(RichText::new(format!("Reading {subject}")).size(theme::SMALL).weak());
        let label = format!("Dismiss what {subject} said");
        let dismiss = egui::Button::new(RichText::new("Dismiss").size(theme::SMALL));
        let response = ui.add(dismiss.frame_when_inactive(false)).on_hover_text(&label);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        response.clicked().then_some(ProblemAction::Dismiss)
    })
    .inner
}

/// One of the two rows of a remark.
fn remark_ui(ui: &mut Ui, remark: &Remark, is_first: bool) {
    let (icon, color) = severity(ui, remark.diagnostic.severity);
    ui.horizontal(|ui| {
        ui.set_height(ROW);
        ui.add_space(6.0);
        if !is_first {
            ui.add_space(22.0);
            ui.label(RichText::new(&remark.place).size(theme::SMALL).weak());
            if let Some(line) = &remark.line {
                ui.add(egui::Label::new(line_of_text(ui, line, color)).truncate());
            }
            return;
        }
        ui.label(icons::icon(icon, 14.0).color(color));
        let text =
            widgets::message(&remark.diagnostic.message, theme::TEXT, ui.visuals().text_color());
        ui.add(egui::Label::new(text).truncate());
        let hint = remark.diagnostic.hint.as_deref().unwrap_or_default();
        let hint = widgets::message(hint, theme::SMALL, ui.visuals().weak_text_color());
        ui.add(egui::Label::new(hint).truncate());
    });
}

/// A line of text with its place underlined.
fn line_of_text(ui: &Ui, line: &MarkedLine, color: egui::Color32) -> LayoutJob {
    let font = FontId::monospace(theme::SMALL + 1.0);
    let weak = ui.visuals().weak_text_color();
    let plain = TextFormat::simple(font.clone(), weak);
    let marked = TextFormat {
        underline: egui::Stroke::new(1.5, color),
        ..TextFormat::simple(font, ui.visuals().text_color())
    };
    let mut job = LayoutJob::default();
    job.append(&line.before, 0.0, plain.clone());
    // An empty place, such as the end of a line, is still seen.
    let place = if line.marked.trim().is_empty() { "\u{2038}" } else { &line.marked };
    job.append(place, 0.0, marked);
    job.append(&line.after, 0.0, plain);
    job
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

fn problem_ui(ui: &mut Ui, index: usize, finding: &Finding) -> Option<ProblemAction> {
    let mut action = None;
    let diagnostic = &finding.diagnostic;
    let (icon, color) = severity(ui, diagnostic.severity);
    ui.horizontal(|ui| {
        ui.set_height(ROW);
        ui.add_space(6.0);
        ui.label(icons::icon(icon, 14.0).color(color));
        let text = widgets::message(&diagnostic.message, theme::TEXT, ui.visuals().text_color());
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
