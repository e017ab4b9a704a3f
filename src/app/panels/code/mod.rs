//! The code that the model becomes, in any target, while it is drawn.
//!
//! Exporting runs on a thread; until its answer comes the last code stays, so typing never waits.
//! The panel must not change the project: which target it shows is its own, and what else a person
//! asks for is returned. Reading order: this file, `shown` (a file as lines).

mod shown;

use std::ops::Range;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    self, Color32, Context, FontFamily, FontId, Label, RichText, ScrollArea, TextStyle, Ui,
    WidgetInfo,
};

use crate::app::highlight::Class;
use crate::app::icons;
use crate::app::jobs::{self, Worker};
use crate::app::panels::code::shown::{Line, ShownFile};
use crate::app::theme;
use crate::app::widgets;
use crate::base::diagnostic::Diagnostic;
use crate::document::edit::clipboard::copy;
use crate::document::project::Project;
use crate::editor::selection::{Selection, owner_of};
use crate::formats::feature::losses_of;
use crate::formats::options::Options;
use crate::formats::registry;
use crate::model::id::{DiagramId, ElementId};
use crate::scene::theme::Theme;

/// What the panel shows, as the window knows it.
#[derive(Clone, Copy, Debug)]
pub struct CodeView<'a> {
    /// What is exported.
    pub project: &'a Project,
    /// The open diagram.
    pub diagram: DiagramId,
    /// The revision of what it means: another one means other code.
    pub revision: u64,
    /// What is selected: its lines are marked and followed.
    pub selection: &'a Selection,
}

/// What a person asked for in the panel.
#[derive(Clone, Debug, PartialEq)]
pub enum CodeAction {
    /// Make this the target of the project.
    Adopt(String),
    /// Save its files somewhere.
    Save,
}

/// The Code tab.
#[derive(Debug)]
pub struct CodePanel {
    worker: Worker<Request, Code>,
    asked: Option<Wanted>,
    /// The target that is looked at instead of the project's own.
    target: Option<&'static str>,
    /// Whether only what is selected is shown, when something is.
    of_selection: bool,
    code: Option<Code>,
    file: usize,
    /// Grows with the answers of the worker.
    version: u64,
    followed: Selection,
    marked: Marked,
    scroll_to: Option<usize>,
}

/// What the shown code is of: anything else means other code.
type Wanted = (u64, String, Selection);

/// The lines of a file that come from what is selected, as ranges in order that do not touch, for
/// that selection of that file of that version of the code.
#[derive(Debug, Default)]
struct Marked {
    made_of: Option<(Selection, usize, u64)>,
    lines: Vec<Range<usize>>,
}

#[derive(Debug)]
struct Request {
    project: Project,
    diagram: DiagramId,
    /// What alone is shown, when something is in it.
    selection: Selection,
    target: String,
}

/// The files of an export, ready to be shown.
#[derive(Debug)]
struct Code {
    shown: Vec<ShownFile>,
    diagnostics: Vec<Diagnostic>,
}

/// From so many bytes on, code that nobody looks at is not kept.
const MUCH: usize = 1_000_000;

impl Marked {
    fn has(&self, line: usize) -> bool {
        let behind = self.lines.partition_point(|lines| lines.end <= line);
        self.lines.get(behind).is_some_and(|lines| lines.contains(&line))
    }
}

/// Ranges of lines as few ranges in order, none of which touch.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined
}

impl CodePanel {
    /// An empty panel; its thread wakes `ctx` when there is code.
    pub fn new(ctx: &Context) -> Self {
        Self {
            worker: Worker::new("code", ctx.clone(), |request: Request| generate(&request)),
            asked: None,
            target: None,
            of_selection: false,
            code: None,
            file: 0,
            version: 0,
            followed: Selection::default(),
            marked: Marked::default(),
            scroll_to: None,
        }
    }

    /// The target that is shown: the project's own until another one is looked at.
    pub fn target<'a>(&self, project: &'a Project) -> &'a str {
        self.target.unwrap_or(&project.settings.target)
    }

    /// Draws the panel and says what was asked for.
    pub fn code_ui(&mut self, ui: &mut Ui, view: CodeView<'_>) -> Option<CodeAction> {
        self.refresh(view, self.target(view.project));
        let action = self.head_ui(ui, view.project);
        let Some(code) = &self.code else {
            widgets::empty_ui(ui, "The code appears here as you draw.");
            return action;
        };
        if code.shown.is_empty() {
            widgets::empty_ui(ui, "Add an entity to see its code.");
            return action;
        }
        self.follow(view.selection);
        self.mark(view.selection);
        self.lines_ui(ui);
        action
    }

    fn refresh(&mut self, view: CodeView<'_>, target: &str) {
        let selection =
            if self.of_selection { view.selection.clone() } else { Selection::default() };
        let is_current = |(revision, of, elements): &Wanted| {
            let is_same = elements.is_clone_of(&selection) || *elements == selection;
            *revision == view.revision && of == target && is_same
        };
        if !self.asked.as_ref().is_some_and(is_current) {
            let (project, target) = (view.project.clone(), target.to_owned());
            self.asked = Some((view.revision, target.clone(), selection.clone()));
            self.worker.ask(Request { project, diagram: view.diagram, selection, target });
        }
        if let Some(code) = self.worker.answer() {
            let path = self.current().map(|file| file.path.clone());
            self.file = path
                .and_then(|path| code.shown.iter().position(|file| file.path == path))
                .unwrap_or(0);
            self.version += 1;
            let old = self.code.replace(code);
            // Letting go of a hundred thousand lines takes longer than a frame may.
            if let Some(old) = old {
                jobs::discard(old);
            }
        }
    }

    /// Nobody looks at the code: much of it is let go of, and made anew once somebody does.
    pub fn rest(&mut self) {
        if let Some(late) = self.worker.answer() {
            self.code = Some(late);
        }
        let is_much =
            |code: &mut Code| code.shown.iter().map(|file| file.text.len()).sum::<usize>() > MUCH;
        if let Some(code) = self.code.take_if(is_much) {
            self.asked = None;
            jobs::discard(code);
        }
    }

    fn current(&self) -> Option<&ShownFile> {
        self.code.as_ref()?.shown.get(self.file)
    }

    /// Which target, which file, and what to do with it.
    fn head_ui(&mut self, ui: &mut Ui, project: &Project) -> Option<CodeAction> {
        let mut action = None;
        let (own, shown) = (project.settings.target.as_str(), self.target(project));
        ui.horizontal(|ui| {
            match target_ui(ui, own, shown) {
                Some(Chosen::Look(target)) => self.target = Some(target).filter(|id| *id != own),
                Some(Chosen::Adopt(target)) => {
                    self.target = None;
                    action = Some(CodeAction::Adopt(target));
                }
                None => {}
            }
            let (icon, label) = (icons::SELECTION_ALL, "Only what is selected");
            if widgets::icon_toggle_ui(ui, icon, label, self.of_selection).clicked() {
                self.of_selection = !self.of_selection;
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let Some(code) = &self.code else { return };
                if widgets::icon_button_ui(ui, icons::DOWNLOAD_SIMPLE, "Save these files…")
                    .clicked()
                {
                    action = Some(CodeAction::Save);
                }
                if widgets::icon_button_ui(ui, icons::COPY, "Copy this file").clicked()
                    && let Some(file) = code.shown.get(self.file)
                {
                    ui.copy_text(file.text.clone());
                }
                losses_ui(ui, &code.diagnostics);
            });
        });
        self.file_ui(ui);
        action
    }

    fn file_ui(&mut self, ui: &mut Ui) {
        let Some(code) = &self.code else { return };
        if code.shown.len() < 2 {
            return;
        }
        let path = code.shown.get(self.file).map_or("", |file| file.path.as_str());
        let mut chosen = self.file;
        let combo = egui::ComboBox::from_id_salt("code file")
            .selected_text(path)
            .icon(widgets::opens_list)
            .width(ui.available_width());
        let response = combo.show_ui(ui, |ui| {
            widgets::seen_rows_ui(ui, code.shown.len(), |ui, index| {
                if let Some(file) = code.shown.get(index) {
                    ui.selectable_value(&mut chosen, index, &file.path);
                }
            });
        });
        response.response.widget_info(|| {
            WidgetInfo::labeled(egui::Role::ComboBox, true, format!("File: {path}"))
        });
        self.file = chosen;
    }

    /// Shows the file and line of what was selected last, once per selection.
    fn follow(&mut self, selection: &Selection) {
        if self.followed.is_clone_of(selection) {
            return;
        }
        if std::mem::replace(&mut self.followed, selection.clone()) == *selection {
            return;
        }
        let (Some(last), Some(code)) = (selection.leader(), &self.code) else { return };
        let found = code.shown.iter().enumerate().find_map(|(index, file)| {
            let origin = file.origins.iter().find(|origin| origin.element == last)?;
            Some((index, origin.lines.start))
        });
        if let Some((file, line)) = found {
            self.file = file;
            self.scroll_to = Some(line);
        }
    }

    /// Looks which lines of the shown file come from what is selected.
    fn mark(&mut self, selection: &Selection) {
        let is_current = self.marked.made_of.as_ref().is_some_and(|(of, file, version)| {
            of.is_clone_of(selection) && (*file, *version) == (self.file, self.version)
        });
        if is_current {
            return;
        }
        let origins = self.current().map(|file| file.origins.as_slice()).unwrap_or_default();
        let of_selection = origins.iter().filter(|origin| selection.contains(origin.element));
        let lines = joined(of_selection.map(|origin| origin.lines.clone()).collect());
        self.marked = Marked { made_of: Some((selection.clone(), self.file, self.version)), lines };
    }

    fn lines_ui(&mut self, ui: &mut Ui) {
        let row = ui.text_style_height(&TextStyle::Monospace) + 3.0;
        let scroll_to = self.scroll_to.take();
        let Some(file) = self.current() else { return };
        let colors = theme::current(ui.ctx());
        let mut area = ScrollArea::both().auto_shrink(false).id_salt(("code", &file.path));
        if let Some(line) = scroll_to {
            area = area.vertical_scroll_offset((line.saturating_sub(3)) as f32 * row);
        }
        let digits = file.lines.len().max(10).to_string().len();
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, row, file.lines.len(), |ui, range| {
            for number in range {
                let Some(line) = file.line(number) else { break };
                let is_marked = self.marked.has(number);
                line_ui(ui, (number, digits), &line, &colors, is_marked, row);
            }
        });
    }
}

/// The cards that are selected, or on which something is, with all that they need; none when that
/// is nothing.
fn part_of(project: &Project, diagram: DiagramId, selected: &Selection) -> Option<Project> {
    let mut cards: Vec<ElementId> =
        selected.iter().filter_map(owner_of).map(ElementId::from).collect();
    cards.sort_unstable();
    cards.dedup();
    (!cards.is_empty()).then(|| copy(project, diagram, &cards).project)
}

fn line_ui(
    ui: &mut Ui,
    (number, digits): (usize, usize),
    line: &Line<'_>,
    colors: &Theme,
    is_marked: bool,
    height: f32,
) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(0.0, height), egui::Sense::hover());
    if is_marked {
        let band = egui::Rect::from_min_max(
            rect.min,
            egui::pos2(ui.clip_rect().right().max(rect.right()), rect.bottom()),
        );
        let ground = theme::color32(theme::selection_ground(colors)).gamma_multiply(0.5);
        ui.painter().rect_filled(band, 0, ground);
        let edge = egui::Rect::from_min_size(rect.min, egui::vec2(2.0, height));
        ui.painter().rect_filled(edge, 0, theme::color32(colors.accent));
    }
    let job = job(line, number, digits, colors);
    let place = egui::Rect::from_min_size(
        rect.min + egui::vec2(6.0, 0.0),
        egui::vec2(f32::INFINITY, height),
    );
    // A child that the rows do not wait for: they are as high as they were promised to be.
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(place));
    let label = Label::new(job).selectable(true).wrap_mode(egui::TextWrapMode::Extend);
    let written = inside.add(label).rect;
    ui.expand_to_include_x(written.right());
}

fn job(line: &Line<'_>, number: usize, digits: usize, colors: &Theme) -> LayoutJob {
    let font = FontId::new(12.0, FontFamily::Monospace);
    let format = |color: Color32| TextFormat::simple(font.clone(), color);
    let mut job = LayoutJob::default();
    let quiet = theme::color32(colors.mark);
    job.append(&format!("{:>digits$}  ", number + 1), 0.0, format(quiet));
    let plain = theme::color32(colors.ink);
    let mut at = 0;
    for (range, class) in &line.pieces {
        job.append(line.text.get(at..range.start).unwrap_or_default(), 0.0, format(plain));
        let piece = line.text.get(range.clone()).unwrap_or_default();
        job.append(piece, 0.0, format(class_color(*class, colors)));
        at = range.end;
    }
    job.append(line.text.get(at..).unwrap_or_default(), 0.0, format(plain));
    job
}

fn class_color(class: Class, colors: &Theme) -> Color32 {
    use crate::model::area::ColorToken::{Amber, Blue, Green, Violet};
    theme::color32(match class {
        Class::Keyword => colors.shade(Violet).word,
        Class::Type => colors.shade(Blue).word,
        Class::Text => colors.shade(Green).word,
        Class::Number => colors.shade(Amber).word,
        Class::Comment => colors.ink_secondary,
    })
}

/// What a person chose in the list of targets.
enum Chosen {
    /// To look at the code for this one.
    Look(&'static str),
    /// To make this one the project's own.
    Adopt(String),
}

/// The list of targets, and the way to make the one that is shown the project's own.
fn target_ui(ui: &mut Ui, own: &str, shown: &str) -> Option<Chosen> {
    let name = registry::exporter(shown).map_or(shown, |exporter| exporter.info().name);
    let mut chosen = None;
    let response = egui::ComboBox::from_id_salt("code target")
        .selected_text(name)
        .icon(widgets::opens_list)
        .width(160.0)
        .height(420.0)
        .show_ui(ui, |ui| {
            if own != shown {
                let adopt = ui.button(format!("Make {name} the project's target"));
                if adopt.on_hover_text("New cards and keys follow it, and so do checks").clicked() {
                    chosen = Some(Chosen::Adopt(shown.to_owned()));
                }
                ui.separator();
            }
            for exporter in registry::EXPORTERS {
                let info = exporter.info();
                let label = ui.selectable_label(info.id == shown, info.name);
                if label.on_hover_text(info.summary).clicked() {
                    chosen = Some(Chosen::Look(info.id));
                }
            }
        });
    response
        .response
        .widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, format!("Target: {name}")));
    chosen
}

/// How many things this target cannot carry, and which.
fn losses_ui(ui: &mut Ui, diagnostics: &[Diagnostic]) {
    if diagnostics.is_empty() {
        return;
    }
    let color = ui.visuals().warn_fg_color;
    let text =
        RichText::new(format!("{} {}", icons::WARNING, diagnostics.len())).color(color).small();
    ui.add(Label::new(text).sense(egui::Sense::hover())).on_hover_ui(|ui| {
        ui.set_max_width(420.0);
        for diagnostic in diagnostics.iter().take(20) {
            ui.label(&diagnostic.message);
        }
    });
}

fn generate(request: &Request) -> Code {
    let Some(exporter) = registry::exporter(&request.target) else {
        return Code { shown: Vec::new(), diagnostics: Vec::new() };
    };
    let info = exporter.info();
    let part = part_of(&request.project, request.diagram, &request.selection);
    let project = part.as_ref().unwrap_or(&request.project);
    let options = Options::of_project(info, project);
    let exported = exporter.export(project, &options);
    let mut diagnostics = losses_of(&project.model, info);
    diagnostics.extend(exported.diagnostics);
    let files = exported.files.iter();
    let shown = files.map(|file| ShownFile::new(file.path.as_str(), &file.text, &file.origins));
    Code { shown: shown.collect(), diagnostics }
}
