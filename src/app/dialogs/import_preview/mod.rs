//! What an import would change in the open project, before anything is changed: a check box for
//! each element, and below it what differs. Comparing runs on a thread.

mod groups;

use std::sync::Arc;

use eframe::egui::{
    Align, Checkbox, Context, Layout, RichText, ScrollArea, Ui, UiBuilder, Vec2, vec2,
};
use indexmap::IndexSet;

use crate::app::dialogs::import_preview::groups::{Fate, Group, groups};
use crate::app::dialogs::{Pressed, buttons_ui, dialog_ui};
use crate::app::jobs::Job;
use crate::app::theme;
use crate::app::widgets;
use crate::document::edit::intake::{Intake, Renames};
use crate::document::project::Project;
use crate::files::load::Loaded;
use crate::formats::echo::intake_all;
use crate::model::diff::What;
use crate::model::diff::names::name_of;
use crate::model::id::{DiagramId, ElementId, IdMint};

/// The width of the dialog, where there is room.
const WIDTH: f32 = 560.0;
/// The height of the list, where there is room.
const HEIGHT: f32 = 380.0;
/// The height of a row.
const ROW: f32 = 24.0;

/// The open dialog.
#[derive(Debug)]
pub struct ImportPreview {
    /// What is imported: `shop.sql`.
    subject: String,
    wholes: Arc<Vec<Loaded>>,
    project: Project,
    mint: IdMint,
    renames: Renames,
    /// How many renames were guessed when they were last asked for.
    guesses: usize,
    comparing: Option<Job<Intake>>,
    intake: Option<Intake>,
    groups: Vec<Group>,
    left_out: IndexSet<ElementId>,
}

/// What became of the dialog in a frame.
#[derive(Debug)]
pub enum Outcome {
    /// It stays open.
    Open,
    /// It was closed.
    Closed,
    /// The import says nothing that the project does not say.
    Nothing,
    /// This is to be taken over.
    Chosen(Box<Chosen>),
}

/// What a person chose.
#[derive(Debug)]
pub struct Chosen {
    /// What is imported.
    pub subject: String,
    /// What of it.
    pub intake: Intake,
    /// What is not taken over.
    pub left_out: IndexSet<ElementId>,
}

/// A row of the list.
#[derive(Clone, Copy, Debug)]
enum Row {
    Section(Fate),
    Element(usize),
    Line(usize, usize),
}

impl ImportPreview {
    /// A dialog about importing these into a project.
    pub fn new(
        ctx: &Context,
        subject: String,
        wholes: Vec<Loaded>,
        project: Project,
        mint: IdMint,
    ) -> Self {
        let mut dialog = Self {
            subject,
            wholes: Arc::new(wholes),
            project,
            mint,
            renames: Renames::Guessed,
            guesses: 0,
            comparing: None,
            intake: None,
            groups: Vec::new(),
            left_out: IndexSet::new(),
        };
        dialog.compare(ctx);
        dialog
    }

    fn compare(&mut self, ctx: &Context) {
        let (wholes, project) = (Arc::clone(&self.wholes), self.project.clone());
        let (renames, mut mint) = (self.renames, self.mint.clone());
        self.comparing = Some(Job::start("compare import", ctx, move || {
            let imports: Vec<_> = wholes.iter().map(|one| (&one.project, one.importer)).collect();
            intake_all(&project, &imports, renames, &mut mint)
        }));
    }

    /// Takes over what the thread has found.
    fn collect(&mut self) {
        let Some(intake) = self.comparing.as_ref().and_then(Job::poll) else { return };
        self.comparing = None;
        let full = intake.project(&IndexSet::new(), None);
        let models = [&self.project.model, &full.model];
        let name = |element| {
            let names = models.map(|model| name_of(model, element));
            names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
        };
        self.groups = groups(&intake.differences, name);
        if self.renames == Renames::Guessed {
            self.guesses = intake.renames.len();
        }
        // What an import does not hold may just be in another file.
        self.left_out = intake.missing().map(|one| one.element).collect();
        self.intake = Some(intake);
    }

    /// Draws the dialog and says what became of it.
    pub fn import_preview_ui(&mut self, ctx: &Context) -> Outcome {
        self.collect();
        let has_nothing = self.intake.as_ref().is_some_and(Intake::is_empty);
        if has_nothing && self.comparing.is_none() {
            return Outcome::Nothing;
        }
        let screen = ctx.content_rect().size();
        let title = format!("Import {}", self.subject);
        let mut pressed = None;
        let stays = dialog_ui(ctx, &title, WIDTH.min(screen.x - 64.0), |ui| {
            ui.label(RichText::new(self.summary()).weak());
            ui.add_space(8.0);
            let height = HEIGHT.min(screen.y - 220.0);
            self.framed_list_ui(ui, vec2(ui.available_width(), height));
            self.renames_ui(ui);
            let can_import = self.comparing.is_none() && self.is_anything_chosen();
            pressed = buttons_ui(ui, "Import", &["Cancel"], can_import);
        });
        match pressed {
            Some(Pressed::Main) => match self.intake.take() {
                Some(intake) => Outcome::Chosen(Box::new(Chosen {
                    subject: self.subject.clone(),
                    intake,
                    left_out: std::mem::take(&mut self.left_out),
                })),
                None => Outcome::Open,
            },
            None if stays => Outcome::Open,
            Some(Pressed::Other(_)) | None => Outcome::Closed,
        }
    }

    fn is_anything_chosen(&self) -> bool {
        self.groups.iter().any(|group| !self.left_out.contains(&group.element))
            || self.intake.as_ref().is_some_and(|intake| intake.differences.is_empty())
    }

    /// `2 new, 1 changed, 4 no longer there`.
    fn summary(&self) -> String {
        if self.intake.is_none() {
            return "Comparing with this project…".to_owned();
        }
        let counts = Fate::ALL.map(|fate| (self.of_fate(fate).count(), fate));
        let told = counts.into_iter().filter(|(count, _)| *count > 0);
        let told: Vec<_> = told.map(|(count, fate)| format!("{count} {}", fate.word())).collect();
        if told.is_empty() { "New diagrams only".to_owned() } else { told.join(", ") }
    }

    fn of_fate(&self, fate: Fate) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(move |group| group.fate == fate)
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for fate in Fate::ALL {
            if self.of_fate(fate).next().is_none() {
                continue;
            }
            rows.push(Row::Section(fate));
            let groups = self.groups.iter().enumerate().filter(|(_, group)| group.fate == fate);
            for (place, group) in groups {
                rows.push(Row::Element(place));
                rows.extend((0..group.lines.len()).map(|line| Row::Line(place, line)));
            }
        }
        rows
    }

    fn framed_list_ui(&mut self, ui: &mut Ui, size: Vec2) {
        let (rect, _) = ui.allocate_exact_size(size, eframe::egui::Sense::hover());
        let layout = Layout::top_down(Align::Min);
        ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let rows = self.rows();
            let area = ScrollArea::vertical().id_salt("differences").auto_shrink(false);
            area.show_rows(ui, ROW, rows.len(), |ui, range| {
                for row in rows.get(range).unwrap_or_default() {
                    self.list_row_ui(ui, *row);
                }
            });
        });
    }

    fn list_row_ui(&mut self, ui: &mut Ui, row: Row) {
        let size = vec2(ui.available_width(), ROW);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(size);
            match row {
                Row::Section(fate) => self.section_ui(ui, fate),
                Row::Element(place) => self.element_ui(ui, place),
                Row::Line(place, line) => {
                    let text = self.groups.get(place).and_then(|group| group.lines.get(line));
                    ui.add_space(42.0);
                    let weak = ui.visuals().weak_text_color();
                    let text =
                        widgets::message(text.map_or("", String::as_str), theme::SMALL, weak);
                    ui.add(eframe::egui::Label::new(text).truncate());
                }
            }
        });
    }

    /// A box that checks all of a section, or none.
    fn section_ui(&mut self, ui: &mut Ui, fate: Fate) {
        let elements: Vec<ElementId> = self.of_fate(fate).map(|group| group.element).collect();
        let out = elements.iter().filter(|one| self.left_out.contains(*one)).count();
        let mut is_checked = out == 0;
        let mut title = fate.word().to_owned();
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let text = widgets::strong(title).size(theme::SMALL);
        let is_mixed = out > 0 && out < elements.len();
        if ui.add(Checkbox::new(&mut is_checked, text).indeterminate(is_mixed)).changed() {
            for element in elements {
                self.choose(element, is_checked);
            }
        }
    }

    fn element_ui(&mut self, ui: &mut Ui, place: usize) {
        let Some(group) = self.groups.get(place) else { return };
        let element = group.element;
        let mut is_checked = !self.left_out.contains(&element);
        ui.add_space(20.0);
        let color = match group.fate {
            Fate::Added | Fate::Changed => ui.visuals().text_color(),
            Fate::Removed => ui.visuals().warn_fg_color,
        };
        let text = RichText::new(&group.name).color(color);
        let has_changed = ui.checkbox(&mut is_checked, text).changed();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(12.0);
            ui.label(RichText::new(group.kind).size(theme::SMALL).weak());
        });
        if has_changed {
            self.choose(element, is_checked);
        }
    }

    fn choose(&mut self, element: ElementId, is_chosen: bool) {
        if is_chosen {
            self.left_out.shift_remove(&element);
        } else {
            self.left_out.insert(element);
        }
    }

    /// Whether what is alike counts as renamed; asked only where something does.
    fn renames_ui(&mut self, ui: &mut Ui) {
        if self.guesses == 0 {
            return;
        }
        ui.add_space(8.0);
        let mut follows = self.renames == Renames::Guessed;
        let names = match self.intake.as_ref().and_then(|intake| intake.renames.first()) {
            Some(first) => format!("such as `{}` for `{}`", first.new, first.old),
            None => "they are new and gone instead".to_owned(),
        };
        let text = format!("Take what is alike for renamed ({})", self.guesses);
        let changed = ui.horizontal(|ui| {
            let changed = ui.checkbox(&mut follows, text).changed();
            ui.label(widgets::message(&names, theme::SMALL, ui.visuals().weak_text_color()));
            changed
        });
        if changed.inner {
            self.renames = if follows { Renames::Guessed } else { Renames::Refused };
            self.compare(ui.ctx());
        }
    }
}

impl Chosen {
    /// The project with what was chosen; new cards are shown in that diagram.
    pub fn project(&self, diagram: DiagramId) -> Project {
        self.intake.project(&self.left_out, Some(diagram))
    }

    /// The elements that are new, to be selected.
    pub fn added(&self) -> Vec<ElementId> {
        let new = self.intake.differences.iter().filter(|one| one.what == What::Added);
        let nodes = new
            .map(|one| one.element)
            .filter(|element| matches!(element, ElementId::Entity(_) | ElementId::Enumeration(_)));
        nodes.filter(|element| !self.left_out.contains(element)).collect()
    }
}
