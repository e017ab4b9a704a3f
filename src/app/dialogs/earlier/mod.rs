//! The versions that saving replaced: when each was saved, what was changed since, and how it looks;
//! any of them can be brought back. Reading and drawing run on threads.

mod moment;
mod versions;

use std::path::PathBuf;

use eframe::egui::{
    Align, Context, Frame, Layout, Rect, Response, RichText, Role, ScrollArea, Sense, Ui,
    UiBuilder, Vec2, WidgetInfo, vec2,
};

use crate::app::dialogs::earlier::versions::{Version, picture, read, versions};
use crate::app::dialogs::{Pressed, buttons_ui, dialog_ui};
use crate::app::jobs::Job;
use crate::app::pictures::{Pixels, Texture};
use crate::app::theme;
use crate::app::widgets;
use crate::document::project::Project;
use crate::files::backups::Backup;
use crate::model::id::DiagramId;
use crate::scene::theme::ThemeKind;

/// The width of the dialog, where there is room.
const WIDTH: f32 = 800.0;
/// The height of list and picture, where there is room.
const HEIGHT: f32 = 440.0;
/// The width of the list.
const LIST: f32 = 236.0;
/// The height of a version in it.
const ROW: f32 = 50.0;
/// The height of a line of what was changed.
const LINE: f32 = 20.0;
/// The height of those lines.
const LINES: f32 = 112.0;

/// The open dialog.
#[derive(Debug)]
pub struct Earlier {
    /// The name of the file.
    name: String,
    diagram: DiagramId,
    reading: Option<Job<Vec<Version>>>,
    versions: Vec<Version>,
    selected: usize,
    /// The picture of the selected version, drawn or on its way.
    picture: Option<Picture>,
    restoring: Option<(String, Job<Result<Project, String>>)>,
    trouble: Option<String>,
}

#[derive(Debug)]
struct Picture {
    of: (usize, ThemeKind),
    drawing: Option<Job<Option<Pixels>>>,
    texture: Option<Texture>,
}

/// What became of the dialog in a frame.
#[derive(Debug)]
pub enum Outcome {
    /// It stays open.
    Open,
    /// It was closed.
    Closed,
    /// This version is to be brought back; it was saved then.
    Restore {
        /// `2026-11-23 19:40 UTC`.
        date: String,
        /// The version.
        project: Box<Project>,
    },
}

impl Earlier {
    /// A dialog about what was kept of a file, compared with how the project is now.
    pub fn new(
        ctx: &Context,
        name: String,
        backups: Vec<Backup>,
        now: Project,
        diagram: DiagramId,
    ) -> Self {
        let reading = Job::start("earlier versions", ctx, move || versions(backups, &now));
        Self {
            name,
            diagram,
            reading: Some(reading),
            versions: Vec::new(),
            selected: 0,
            picture: None,
            restoring: None,
            trouble: None,
        }
    }

    /// Draws the dialog and says what became of it.
    pub fn earlier_ui(&mut self, ctx: &Context) -> Outcome {
        if let Some(versions) = self.reading.as_ref().and_then(Job::poll) {
            self.reading = None;
            self.versions = versions;
        }
        if let Some((date, result)) =
            self.restoring.as_ref().and_then(|(date, job)| Some((date.clone(), job.poll()?)))
        {
            self.restoring = None;
            match result {
                Ok(project) => return Outcome::Restore { date, project: Box::new(project) },
                Err(error) => self.trouble = Some(error),
            }
        }
        self.refresh_picture(ctx);
        let title = format!("Earlier versions of {}", self.name);
        let mut pressed = None;
        let stays = dialog_ui(ctx, &title, WIDTH, |ui| {
            let height = HEIGHT.min(ui.ctx().content_rect().height() - 160.0);
            self.content_ui(ui, height);
            let selected = self.versions.get(self.selected);
            let can_restore =
                selected.is_some_and(|one| one.since.is_ok()) && self.restoring.is_none();
            pressed = buttons_ui(ui, "Restore", &["Close"], can_restore);
        });
        match pressed {
            Some(Pressed::Main) => {
                self.restore(ctx);
                Outcome::Open
            }
            None if stays => Outcome::Open,
            Some(Pressed::Other(_)) | None => Outcome::Closed,
        }
    }

    fn restore(&mut self, ctx: &Context) {
        let Some(version) = self.versions.get(self.selected) else { return };
        let (date, path) = (version.date.clone(), version.backup.path.clone());
        self.restoring = Some((date, Job::start("restore", ctx, move || read(&path))));
    }

    /// Has the selected version drawn in the colors of the window.
    fn refresh_picture(&mut self, ctx: &Context) {
        let wanted = (self.selected, theme::kind(ctx));
        let path: Option<PathBuf> = self
            .versions
            .get(self.selected)
            .filter(|one| one.since.is_ok())
            .map(|one| one.backup.path.clone());
        if self.picture.as_ref().is_none_or(|picture| picture.of != wanted)
            && let Some(path) = path
        {
            let diagram = self.diagram;
            // Twice as large as shown, for screens with fine pixels.
            let longest_side = f64::from(WIDTH - LIST) * 2.0;
            let job = Job::start("earlier picture", ctx, move || {
                picture(&path, diagram, wanted.1, longest_side)
            });
            self.picture = Some(Picture { of: wanted, drawing: Some(job), texture: None });
        }
        if let Some(picture) = &mut self.picture
            && let Some(pixels) = picture.drawing.as_ref().and_then(Job::poll)
        {
            picture.drawing = None;
            picture.texture = pixels.map(|pixels| Texture::new(ctx, "earlier", pixels.image));
        }
    }

    fn content_ui(&mut self, ui: &mut Ui, height: f32) {
        if self.reading.is_some() {
            return widgets::empty_ui(ui, "Reading what was kept…");
        }
        if self.versions.is_empty() {
            return widgets::empty_ui(
                ui,
                "Each save keeps the version that it replaces. Nothing was replaced yet.",
            );
        }
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let list = Rect::from_min_size(rect.min, vec2(LIST, height));
        let shown = Rect::from_min_max(list.right_top() + vec2(16.0, 0.0), rect.max);
        for (rect, is_list) in [(list, true), (shown, false)] {
            let builder = UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min));
            let mut ui = ui.new_child(builder);
            if is_list { self.list_ui(&mut ui) } else { self.version_ui(&mut ui) }
        }
    }

    fn list_ui(&mut self, ui: &mut Ui) {
        ui.spacing_mut().item_spacing.y = 2.0;
        ScrollArea::vertical().id_salt("versions").auto_shrink(false).show(ui, |ui| {
            for (at, version) in self.versions.iter().enumerate() {
                if row_ui(ui, version, at == self.selected).clicked() {
                    self.selected = at;
                }
            }
        });
    }

    /// How the selected version looks, and what was changed since.
    fn version_ui(&self, ui: &mut Ui) {
        let size = ui.available_size() - vec2(0.0, LINES + 34.0);
        self.picture_ui(ui, size);
        let Some(version) = self.versions.get(self.selected) else { return };
        ui.add_space(6.0);
        let (title, lines) = match &version.since {
            Ok(lines) if lines.is_empty() => ("It is what is open now", &[][..]),
            Ok(lines) => ("Changed since then", lines.as_slice()),
            Err(error) => ("It cannot be read", std::slice::from_ref(error)),
        };
        widgets::heading_ui(ui, title);
        let lines = self.trouble.as_ref().map_or(lines, std::slice::from_ref);
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().id_salt("since").max_height(LINES).auto_shrink(false);
        area.show_rows(ui, LINE, lines.len(), |ui, range| {
            for line in lines.get(range).unwrap_or_default() {
                let text = widgets::message(line, theme::TEXT, ui.visuals().text_color());
                ui.allocate_ui(vec2(ui.available_width(), LINE), |ui| {
                    ui.set_min_height(LINE);
                    ui.add(eframe::egui::Label::new(text).truncate());
                });
            }
        });
    }

    fn picture_ui(&self, ui: &mut Ui, size: Vec2) {
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "How it looked"));
        let colors = theme::current(ui.ctx());
        let edge = ui.visuals().widgets.noninteractive.bg_stroke;
        let frame = Frame::new().corner_radius(8).fill(theme::color32(colors.canvas)).stroke(edge);
        ui.painter().add(frame.paint(rect));
        match &self.picture {
            Some(Picture { texture: Some(texture), .. }) => {
                texture.paint_into(ui.painter(), rect.shrink(12.0));
            }
            Some(Picture { drawing: Some(_), .. }) => {
                let mut ui = ui.new_child(UiBuilder::new().max_rect(rect));
                ui.centered_and_justified(|ui| ui.label(RichText::new("Drawing…").weak()));
            }
            Some(_) | None => {}
        }
    }
}

fn row_ui(ui: &mut Ui, version: &Version, is_selected: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| {
        let label = format!("Version of {}, {}", version.date, version.age);
        WidgetInfo::selected(Role::ListItem, true, is_selected, label)
    });
    let visuals = ui.visuals();
    if is_selected {
        ui.painter().rect_filled(rect, 6, visuals.selection.bg_fill);
    } else if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6, visuals.widgets.hovered.weak_bg_fill);
    }
    let told = match &version.since {
        Ok(lines) => match lines.len() {
            0 => "no change since".to_owned(),
            1 => "1 change since".to_owned(),
            count => format!("{count} changes since"),
        },
        Err(_) => "cannot be read".to_owned(),
    };
    let layout = Layout::top_down(Align::Min);
    let mut ui =
        ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(10.0, 7.0))).layout(layout));
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.style_mut().interaction.selectable_labels = false;
    ui.horizontal(|ui| {
        ui.label(&version.age);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(&version.size).size(theme::SMALL).weak());
        });
    });
    ui.label(RichText::new(format!("{} · {told}", version.date)).size(theme::SMALL).weak());
    response
}
