//! A diagram as a picture file: what of it, in which format, how large and how colored, with a
//! preview that is drawn on a thread.

use eframe::egui::{self, Context, RichText, Ui};

use crate::app::dialogs::{Pressed, buttons_ui, dialog_ui};
use crate::app::jobs::Worker;
use crate::app::pictures::{self, Pixels, Sketch, Texture};
use crate::app::theme;
use crate::app::widgets;
use crate::base::geom::Rect;
use crate::diagram::Diagram;
use crate::document::project::Project;
use crate::export::PictureOptions;
use crate::render::{self, Background, ImageFormat, ImageOptions};
use crate::scene::theme::ThemeKind;

/// What of the diagram is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Selection,
    Visible,
}

/// The parts that can be drawn, in world units.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts {
    /// Around what is selected, when something is.
    pub selection: Option<Rect>,
    /// What the canvas shows now.
    pub visible: Option<Rect>,
}

/// The open dialog.
#[derive(Debug)]
pub struct ExportImage {
    project: Project,
    diagram: Diagram,
    parts: Parts,
    part: Part,
    format: usize,
    theme: ThemeKind,
    background: Background,
    scale: f64,
    worker: Worker<Sketch, Option<Pixels>>,
    asked: Option<(Part, ThemeKind, Background)>,
    preview: Option<(Texture, Pixels)>,
}

/// What became of the dialog in a frame.
#[derive(Debug)]
pub enum Outcome {
    /// It stays open.
    Open,
    /// It was closed.
    Closed,
    /// This is to be written to a file.
    Save(Picture),
    /// This is to be put on the clipboard.
    Copy(Picture),
}

/// A picture that a person wants.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Whose diagram.
    pub project: Project,
    /// Which one.
    pub diagram: Diagram,
    /// In which format.
    pub format: &'static ImageFormat,
    /// How.
    pub options: PictureOptions,
}

const SCALES: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 8.0];
const PREVIEW: egui::Vec2 = egui::vec2(460.0, 320.0);
/// Room that the choices beside the preview need.
const CHOICES: f32 = 356.0;

impl ExportImage {
    /// A dialog about that diagram.
    pub fn new(ctx: &Context, project: Project, diagram: Diagram, parts: Parts) -> Self {
        let worker = Worker::new("preview", ctx.clone(), |sketch: Sketch| pictures::draw(&sketch));
        let (theme, background) = (theme::kind(ctx), Background::Ground);
        let (part, format, scale) = (Part::Whole, 1, 2.0);
        let (asked, preview) = (None, None);
        Self {
            project,
            diagram,
            parts,
            part,
            format,
            theme,
            background,
            scale,
            worker,
            asked,
            preview,
        }
    }

    /// Draws the dialog and says what became of it.
    pub fn export_image_ui(&mut self, ctx: &Context) -> Outcome {
        self.refresh(ctx);
        let mut outcome = Outcome::Open;
        let stays = dialog_ui(ctx, "Export image", 816.0, |ui| {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| self.preview_ui(ui));
                ui.add_space(16.0);
                ui.vertical(|ui| self.choices_ui(ui));
            });
            outcome = match buttons_ui(ui, "Save…", &["Copy", "Cancel"], self.is_possible()) {
                Some(Pressed::Main) => self.picture().map_or(Outcome::Open, Outcome::Save),
                Some(Pressed::Other("Copy")) => self.picture().map_or(Outcome::Open, Outcome::Copy),
                Some(Pressed::Other(_)) => Outcome::Closed,
                None => Outcome::Open,
            };
        });
        if stays { outcome } else { Outcome::Closed }
    }

    fn part_rect(&self) -> Option<Rect> {
        match self.part {
            Part::Whole => None,
            Part::Selection => self.parts.selection.map(|rect| rect.inflate(24.0, 24.0)),
            Part::Visible => self.parts.visible,
        }
    }

    fn refresh(&mut self, ctx: &Context) {
        let wanted = (self.part, self.theme, self.background);
        if self.asked != Some(wanted) {
            self.asked = Some(wanted);
            self.worker.ask(Sketch {
                project: self.project.clone(),
                diagram: self.diagram.clone(),
                theme: self.theme,
                background: self.background,
                part: self.part_rect(),
                longest_side: 1400.0,
            });
        }
        if let Some(pixels) = self.worker.answer() {
            let made = pixels
                .map(|pixels| (Texture::new(ctx, "export preview", pixels.image.clone()), pixels));
            self.preview = made;
        }
    }

    fn is_pixels(&self) -> bool {
        render::ALL.get(self.format).is_some_and(|format| format.id == "png")
    }

    fn is_possible(&self) -> bool {
        let largest = self.preview.as_ref().map_or(0.0, |(_, pixels)| pixels.largest_scale);
        !self.is_pixels() || self.scale <= largest
    }

    fn picture(&self) -> Option<Picture> {
        let image = ImageOptions { scale: self.scale, background: self.background };
        Some(Picture {
            project: self.project.clone(),
            diagram: self.diagram.clone(),
            format: render::ALL.get(self.format)?,
            options: PictureOptions { theme: self.theme, image, part: self.part_rect() },
        })
    }

    fn preview_ui(&self, ui: &mut Ui) {
        let room = egui::vec2(ui.available_width() - CHOICES, PREVIEW.y);
        let (rect, _) = ui.allocate_exact_size(PREVIEW.min(room), egui::Sense::hover());
        let ground = ui.visuals().code_bg_color;
        ui.painter().rect_filled(rect, 6, ground);
        let Some((texture, _)) = &self.preview else {
            egui::Spinner::new()
                .paint_at(ui, egui::Rect::from_center_size(rect.center(), egui::vec2(24.0, 24.0)));
            return;
        };
        texture.paint_into(ui.painter(), rect.shrink(4.0));
    }

    fn choices_ui(&mut self, ui: &mut Ui) {
        widgets::heading_ui(ui, "What");
        ui.horizontal(|ui| {
            ui.radio_value(&mut self.part, Part::Whole, "Whole diagram");
            ui.add_enabled_ui(self.parts.selection.is_some(), |ui| {
                ui.radio_value(&mut self.part, Part::Selection, "Selection");
            });
            ui.radio_value(&mut self.part, Part::Visible, "Visible part");
        });
        widgets::heading_ui(ui, "Format");
        ui.horizontal(|ui| {
            for (index, format) in render::ALL.iter().enumerate() {
                ui.radio_value(&mut self.format, index, format.name).on_hover_text(format.summary);
            }
        });
        widgets::heading_ui(ui, "Colors");
        ui.horizontal(|ui| {
            ui.radio_value(&mut self.theme, ThemeKind::Light, "Light");
            ui.radio_value(&mut self.theme, ThemeKind::Dark, "Dark");
        });
        let mut transparent = self.background == Background::Transparent;
        if ui.checkbox(&mut transparent, "Transparent background").changed() {
            self.background =
                if transparent { Background::Transparent } else { Background::Ground };
        }
        if self.is_pixels() {
            self.scale_ui(ui);
        }
        self.size_ui(ui);
    }

    fn scale_ui(&mut self, ui: &mut Ui) {
        widgets::heading_ui(ui, "Scale");
        let largest =
            self.preview.as_ref().map_or(f64::INFINITY, |(_, pixels)| pixels.largest_scale);
        ui.horizontal_wrapped(|ui| {
            for scale in SCALES {
                ui.add_enabled_ui(scale <= largest, |ui| {
                    ui.radio_value(&mut self.scale, scale, format!("{scale}×"));
                });
            }
        });
        if self.scale > largest {
            let color = ui.visuals().warn_fg_color;
            let text = format!("The largest scale for this diagram is {largest}×.");
            ui.label(RichText::new(text).color(color));
            if ui.button(format!("Use {largest}×")).clicked() {
                self.scale = largest;
            }
        }
    }

    fn size_ui(&self, ui: &mut Ui) {
        let Some((_, pixels)) = &self.preview else { return };
        let scale = if self.is_pixels() { self.scale } else { 1.0 };
        let (width, height) = ((pixels.size.0 * scale).ceil(), (pixels.size.1 * scale).ceil());
        let unit = if self.is_pixels() { "pixels" } else { "units" };
        ui.add_space(6.0);
        ui.label(RichText::new(format!("{width} × {height} {unit}")).weak());
    }
}
