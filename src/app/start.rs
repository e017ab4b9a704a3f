//! The start page: what to do when nothing is open. New, open, recent files, and the samples with
//! pictures that are drawn on a thread.

use std::path::{Path, PathBuf};

use eframe::egui::{
    self, Align, Context, CornerRadius, Layout, Rect, RichText, ScrollArea, Sense, Ui, WidgetInfo,
    vec2,
};

use crate::app::icons;
use crate::app::jobs::Job;
use crate::app::pictures::{self, Pixels, Sketch, Texture};
use crate::app::samples::SAMPLES;
use crate::app::theme;
use crate::app::widgets;
use crate::formats::native;
use crate::formats::registry;
use crate::render::Background;
use crate::scene::theme::ThemeKind;

/// What was chosen on the start page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartAction {
    /// A new project.
    New,
    /// A file that is to be picked.
    Open,
    /// A file of another format that is to be picked.
    Import,
    /// A recent file.
    OpenPath(PathBuf),
    /// A sample, by its position.
    Sample(usize),
}

/// The pictures of the samples, as far as they are drawn.
#[derive(Debug, Default)]
pub struct StartPage {
    drawing: Option<(ThemeKind, Job<Vec<Option<Pixels>>>)>,
    pictures: Vec<Option<Texture>>,
    drawn: Option<ThemeKind>,
}

const CARD: egui::Vec2 = vec2(248.0, 208.0);
const PICTURE: f32 = 138.0;

impl StartPage {
    /// Draws the page and says what was chosen.
    pub fn start_ui(&mut self, ui: &mut Ui, recent: &[PathBuf]) -> Option<StartAction> {
        self.refresh(ui.ctx());
        let mut action = None;
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let width = 800.0_f32.min(ui.available_width() - 48.0);
            let margin = ((ui.available_width() - width) / 2.0).max(0.0);
            ui.add_space((ui.available_height() * 0.08).max(24.0));
            ui.horizontal_top(|ui| {
                ui.add_space(margin);
                ui.vertical(|ui| {
                    ui.set_width(width);
                    action = self.content_ui(ui, recent);
                });
            });
            ui.add_space(48.0);
        });
        action
    }

    fn content_ui(&self, ui: &mut Ui, recent: &[PathBuf]) -> Option<StartAction> {
        let mut action = None;
        ui.label(widgets::strong("Lunette").size(30.0));
        ui.label(
            RichText::new("Draw entities and references; take away code that runs.")
                .weak()
                .size(15.0),
        );
        ui.add_space(20.0);
        ui.horizontal(|ui| {
            if widgets::primary_button_ui(ui, "New project").clicked() {
                action = Some(StartAction::New);
            }
            if ui.add(egui::Button::new("Open…").min_size(vec2(72.0, 28.0))).clicked() {
                action = Some(StartAction::Open);
            }
            if ui.add(egui::Button::new("Import…").min_size(vec2(72.0, 28.0))).clicked() {
                action = Some(StartAction::Import);
            }
            ui.add_space(8.0);
            let formats = registry::IMPORTERS.iter().map(|one| one.info().name);
            let formats = formats.collect::<Vec<_>>().join(", ");
            ui.add(egui::Label::new(RichText::new("or drop a file here").weak()))
                .on_hover_text(format!("Opens {formats}"));
        });
        if !recent.is_empty() {
            ui.add_space(16.0);
            widgets::heading_ui(ui, "Recent");
            for path in recent.iter().take(6) {
                if let Some(chosen) = recent_ui(ui, path) {
                    action = Some(chosen);
                }
            }
        }
        ui.add_space(16.0);
        widgets::heading_ui(ui, "Samples");
        ui.add_space(4.0);
        ui.with_layout(Layout::left_to_right(Align::Min).with_main_wrap(true), |ui| {
            ui.spacing_mut().item_spacing = vec2(16.0, 16.0);
            for index in 0..SAMPLES.len() {
                if self.sample_ui(ui, index) {
                    action = Some(StartAction::Sample(index));
                }
            }
        });
        action
    }

    fn sample_ui(&self, ui: &mut Ui, index: usize) -> bool {
        let Some(sample) = SAMPLES.get(index) else { return false };
        let (rect, response) = ui.allocate_exact_size(CARD, Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(
                egui::Role::Button,
                true,
                format!("Open the sample {}", sample.name),
            )
        });
        let colors = theme::current(ui.ctx());
        let is_lit = response.hovered() || response.has_focus();
        let edge = if is_lit { colors.accent } else { colors.border };
        let painter = ui.painter();
        painter.rect(
            rect,
            8,
            theme::color32(colors.surface),
            egui::Stroke::new(1.0, theme::color32(edge)),
            egui::StrokeKind::Inside,
        );
        let top = Rect::from_min_size(rect.min, vec2(CARD.x, PICTURE)).shrink(1.0);
        let rounded = CornerRadius { nw: 7, ne: 7, sw: 0, se: 0 };
        painter.rect_filled(top, rounded, theme::color32(colors.canvas));
        if let Some(Some(texture)) = self.pictures.get(index) {
            texture.paint_into(painter, top.shrink(10.0));
        }
        let at = egui::pos2(rect.left() + 12.0, rect.top() + PICTURE + 10.0);
        let name = egui::FontId::new(theme::TEXT, theme::semi_bold());
        painter.text(at, egui::Align2::LEFT_TOP, sample.name, name, theme::color32(colors.ink));
        let small = egui::FontId::proportional(theme::SMALL);
        let below = at + vec2(0.0, 20.0);
        let ink = theme::color32(colors.ink_secondary);
        let galley = painter.layout(sample.summary.to_owned(), small, ink, CARD.x - 24.0);
        painter.galley(below, galley, ink);
        response.clicked()
    }

    /// Has the pictures drawn in the colors of the window.
    fn refresh(&mut self, ctx: &Context) {
        let kind = theme::kind(ctx);
        let is_wanted = self.drawn != Some(kind);
        if is_wanted && self.drawing.as_ref().is_none_or(|(drawing, _)| *drawing != kind) {
            let job = Job::start("samples", ctx, move || {
                SAMPLES.iter().map(|one| draw(one.text, kind)).collect()
            });
            self.drawing = Some((kind, job));
        }
        let Some((kind, job)) = &self.drawing else { return };
        let Some(pictures) = job.poll() else { return };
        self.pictures = pictures
            .into_iter()
            .map(|pixels| Some(Texture::new(ctx, "sample", pixels?.image)))
            .collect();
        self.drawn = Some(*kind);
        self.drawing = None;
    }
}

fn recent_ui(ui: &mut Ui, path: &Path) -> Option<StartAction> {
    let name =
        path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let folder = path.parent().map_or_else(String::new, |folder| folder.display().to_string());
    let icon = Some((icons::FILE_TEXT, ui.visuals().weak_text_color()));
    let response = widgets::row_ui(ui, icon, &name, &folder, false);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("Open {name}")));
    response.clicked().then(|| StartAction::OpenPath(path.to_path_buf()))
}

fn draw(text: &str, theme: ThemeKind) -> Option<Pixels> {
    let project = native::read(text, "").project;
    let diagram = project.first_diagram()?.clone();
    let background = Background::Transparent;
    // Twice as large as shown, for screens with fine pixels.
    let longest_side = f64::from(CARD.x) * 2.0;
    pictures::draw(&Sketch { project, diagram, theme, background, part: None, longest_side })
}
