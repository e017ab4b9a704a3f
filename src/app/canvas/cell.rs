//! Typing on a card: one text field over the open cell, colored as it is understood, with proposals
//! below it.

use eframe::egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use eframe::egui::{
    self, Area, Frame, Id, Key, Margin, Modifiers, Order, Rect as EguiRect, RichText, TextBuffer,
    TextEdit, Ui, WidgetInfo, vec2,
};

use crate::app::canvas::paint::{View, font};
use crate::app::canvas::typed_card::{LEAST_HEIGHT, TypedCard};
use crate::app::theme;
use crate::app::widgets;
use crate::base::font::FontFace;
use crate::base::geom::{Point, Rect};
use crate::editor::Editor;
use crate::editor::cell::{Cell, OpenCell, Step};
use crate::editor::quick_entry::complete::{Completion, completions};
use crate::editor::quick_entry::parser::read;
use crate::editor::quick_entry::{Mark, Role};
use crate::model::graph::Link;
use crate::model::id::NodeId;
use crate::scene::theme::Theme;

/// The text field that stands over the open cell.
#[derive(Debug, Default)]
pub(super) struct CellEditor {
    shown: Option<Cell>,
    rect: Option<EguiRect>,
    chosen: usize,
    is_listing: bool,
    /// Whether Escape was for the list alone: the text field, which lost the keyboard by it, takes it
    /// back.
    regains_keys: bool,
    reading: Reading,
    proposed: Proposed,
}

/// How a line was understood last, for that text and meaning of the model.
#[derive(Debug, Default)]
struct Reading {
    made_of: Option<(u64, String)>,
    marks: Vec<Mark>,
}

impl Reading {
    fn marks(&mut self, text: &str, editor: &Editor) -> &[Mark] {
        let revision = editor.document().meaning_revision();
        let is_current = |(old, read): &(u64, String)| *old == revision && read == text;
        if !self.made_of.as_ref().is_some_and(is_current) {
            self.marks = read(text, &editor.project().model).marks;
            self.made_of = Some((revision, text.to_owned()));
        }
        &self.marks
    }
}

/// What was proposed last, for that text, cursor and meaning of the model.
#[derive(Debug, Default)]
struct Proposed {
    made_of: Option<(u64, String, usize)>,
    all: Vec<Completion>,
}

impl Proposed {
    fn all(&mut self, text: &str, cursor: usize, editor: &Editor) -> &[Completion] {
        let made_of = (editor.document().meaning_revision(), text.to_owned(), cursor);
        if self.made_of.as_ref() != Some(&made_of) {
            self.all = completions(text, cursor, &editor.project().model);
            self.made_of = Some(made_of);
        }
        &self.all
    }
}

impl CellEditor {
    /// Where somebody types: the pointer is there for the text, not for what is below it.
    pub(super) fn rect(&self) -> Option<EguiRect> {
        self.rect
    }

    pub(super) fn cell_ui(
        &mut self,
        ui: &mut Ui,
        view: &View,
        editor: &mut Editor,
        colors: &Theme,
        typed: Option<&TypedCard>,
    ) {
        self.rect = None;
        let Some(open) = editor.session().cell.clone() else {
            self.shown = None;
            return;
        };
        let place = typed.map(|typed| typed.cell).or_else(|| place(editor, open.cell));
        let Some(world) = place else { return };
        let is_new = self.shown != Some(open.cell);
        self.shown = Some(open.cell);
        let mut rect = view.screen_rect(world);
        let wanted = rect.width().max(240.0).max(text_width(ui, view, &open) + 32.0);
        let most = (view.rect.right() - rect.left() - 8.0).max(240.0);
        rect.set_width(wanted.min(most));
        rect.set_height(rect.height().max(LEAST_HEIGHT as f32));
        self.rect = Some(rect);
        let is_field = matches!(open.cell, Cell::Field(_));
        let (proposals, cursor_id) = (self.proposals(ui, editor, is_field), Id::unique("cell"));
        let taken = self.take_keys(ui, editor, open.cell, &proposals, cursor_id);
        if taken {
            self.shown = None;
            return;
        }
        self.field_ui(ui, (view, rect), editor, colors, (cursor_id, is_new, is_field));
        if is_field && self.is_listing && !proposals.is_empty() {
            self.proposals_ui(ui, rect, editor, &proposals, cursor_id);
        }
    }

    fn proposals(&mut self, ui: &Ui, editor: &Editor, is_field: bool) -> Vec<Completion> {
        let Some(open) = editor.session().cell.as_ref().filter(|_| is_field) else {
            return Vec::new();
        };
        let cursor = cursor(ui, Id::unique("cell"), &open.text);
        self.proposed.all(&open.text, cursor, editor).to_vec()
    }

    /// Keys that walk on or choose a proposal, before the text field sees them. Says whether the
    /// cell is another one now.
    fn take_keys(
        &mut self,
        ui: &Ui,
        editor: &mut Editor,
        cell: Cell,
        proposals: &[Completion],
        id: Id,
    ) -> bool {
        let lists = self.is_listing && !proposals.is_empty();
        let pressed =
            |key: Key, held: Modifiers| ui.input_mut(|input| input.consume_key(held, key));
        if pressed(Key::Escape, Modifiers::NONE) {
            if lists {
                self.is_listing = false;
                self.regains_keys = true;
                return false;
            }
            editor.escape_cell();
            return true;
        }
        if lists && pressed(Key::ArrowDown, Modifiers::NONE) {
            self.chosen = (self.chosen + 1) % proposals.len();
        } else if lists && pressed(Key::ArrowUp, Modifiers::NONE) {
            self.chosen = (self.chosen + proposals.len() - 1) % proposals.len();
        } else if lists && pressed(Key::Tab, Modifiers::NONE) {
            self.accept(ui, editor, proposals, id);
        } else if pressed(Key::Tab, Modifiers::SHIFT)
            || (!lists && pressed(Key::ArrowUp, Modifiers::NONE))
        {
            editor.step_cell(Step::Back);
            return true;
        } else if (!cell.is_multiline() && pressed(Key::Enter, Modifiers::NONE))
            || pressed(Key::Tab, Modifiers::NONE)
            || (!lists && !cell.is_multiline() && pressed(Key::ArrowDown, Modifiers::NONE))
        {
            editor.step_cell(Step::Forward);
            return true;
        }
        false
    }

    fn accept(&mut self, ui: &Ui, editor: &mut Editor, proposals: &[Completion], id: Id) {
        let Some(chosen) = proposals.get(self.chosen.min(proposals.len().saturating_sub(1))) else {
            return;
        };
        let Some(open) = &editor.session().cell else { return };
        let mut text = open.text.clone();
        text.replace_range(chosen.range.clone(), &chosen.text);
        let end = chosen.range.start + chosen.text.len();
        if end == text.len() && !text.ends_with([' ', '(']) {
            text.push(' ');
        }
        let after =
            text.get(..(end + 1).min(text.len())).map_or(0, |before| before.chars().count());
        editor.type_text(&text);
        set_cursor(ui, id, after);
        self.chosen = 0;
        self.is_listing = false;
    }

    fn field_ui(
        &mut self,
        ui: &mut Ui,
        (view, rect): (&View, EguiRect),
        editor: &mut Editor,
        colors: &Theme,
        (id, is_new, is_field): (Id, bool, bool),
    ) {
        let Some(open) = editor.session().cell.clone() else { return };
        let font = cell_font(view, open.cell);
        let (reading, of) = (&mut self.reading, &*editor);
        let mut text = open.text.clone();
        let ink = theme::color32(colors.ink);
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
            let mut job = if is_field {
                colored(text.as_str(), reading.marks(text.as_str(), of), &font, colors)
            } else {
                LayoutJob::simple(text.as_str().to_owned(), font.clone(), ink, width)
            };
            job.wrap.max_width = if open.cell.is_multiline() { width } else { f32::INFINITY };
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let hint = if is_field { "name type required" } else { "" };
        let edit = if open.cell.is_multiline() {
            TextEdit::multiline(&mut text)
        } else {
            TextEdit::singleline(&mut text)
        };
        if is_new {
            // Before it is drawn, so that what is typed in this very frame is its own.
            ui.memory_mut(|memory| memory.request_focus(id));
            select_all(ui, id, &open.text, !is_field && open.text == open.original);
            self.chosen = 0;
            self.is_listing = false;
        }
        let edit = edit
            .id(id)
            .desired_width(rect.width())
            .hint_text(hint)
            .lock_focus(true)
            .layouter(&mut layouter);
        let frame_rect = rect.expand(1.0);
        ui.painter().rect(
            frame_rect,
            4,
            theme::color32(colors.surface),
            egui::Stroke::new(2.0, theme::color32(colors.accent)),
            egui::StrokeKind::Outside,
        );
        let response = ui.put(rect, edit.frame(Frame::new().inner_margin(Margin::symmetric(8, 3))));
        response.widget_info(|| {
            let mut info = WidgetInfo::text_edit(true, &open.original, &text, hint);
            info.label = Some(label(open.cell).to_owned());
            info
        });
        // The click that opened it was elsewhere, which takes the keyboard away again.
        if is_new || std::mem::take(&mut self.regains_keys) {
            response.request_focus();
        } else if response.lost_focus() {
            editor.commit_cell();
            return;
        }
        if response.changed() {
            self.is_listing = true;
            self.chosen = 0;
            editor.type_text(&text);
        }
    }

    fn proposals_ui(
        &mut self,
        ui: &mut Ui,
        rect: EguiRect,
        editor: &mut Editor,
        proposals: &[Completion],
        id: Id,
    ) {
        self.chosen = self.chosen.min(proposals.len().saturating_sub(1));
        let area = Area::new(Id::unique("proposals")).order(Order::Foreground);
        let mut clicked = None;
        area.fixed_pos(rect.left_bottom() + vec2(0.0, 4.0)).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).inner_margin(4).show(ui, |ui| {
                ui.set_width(220.0);
                ui.spacing_mut().item_spacing.y = 0.0;
                for (row, proposal) in proposals.iter().enumerate().take(8) {
                    let response = widgets::row_ui(
                        ui,
                        None,
                        &proposal.text,
                        proposal.detail,
                        row == self.chosen,
                    );
                    if response.clicked() {
                        clicked = Some(row);
                    }
                }
                ui.label(
                    RichText::new("Tab to complete, Enter for the next row")
                        .weak()
                        .size(theme::SMALL),
                );
            });
        });
        if let Some(row) = clicked {
            self.chosen = row;
            self.accept(ui, editor, proposals, id);
        }
    }
}

fn cell_font(view: &View, cell: Cell) -> egui::FontId {
    let face = match cell {
        Cell::NodeName(_) | Cell::AreaName(_) => FontFace::SemiBold,
        _ => FontFace::Regular,
    };
    font(face, 13.0 * view.zoom().clamp(1.0, 2.0))
}

/// How wide a line is as typed: the cell grows with it.
fn text_width(ui: &Ui, view: &View, open: &OpenCell) -> f32 {
    if open.cell.is_multiline() {
        return 0.0;
    }
    let (font, color) = (cell_font(view, open.cell), egui::Color32::PLACEHOLDER);
    ui.fonts_mut(|fonts| fonts.layout_no_wrap(open.text.clone(), font, color).size().x)
}

fn label(cell: Cell) -> &'static str {
    match cell {
        Cell::NodeName(NodeId::Entity(_)) => "Name of the entity",
        Cell::NodeName(NodeId::Enumeration(_)) => "Name of the enumeration",
        Cell::Field(_) => "Field",
        Cell::Value(..) | Cell::NewValue(..) => "Value",
        Cell::NoteText(_) => "Text of the note",
        Cell::AreaName(_) => "Name of the area",
        Cell::ReferenceName(_) => "Name of the reference",
        Cell::DiagramName(_) => "Name of the diagram",
    }
}

/// Where the cursor stands, in bytes.
fn cursor(ui: &Ui, id: Id, text: &str) -> usize {
    let state = egui::text_edit::TextEditState::load(ui.ctx(), id);
    let range = state.and_then(|state| state.cursor.char_range());
    let chars = range.map_or(text.chars().count(), |range| range.primary.index.0);
    text.char_indices().nth(chars).map_or(text.len(), |(byte, _)| byte)
}

fn set_cursor(ui: &Ui, id: Id, chars: usize) {
    if let Some(mut state) = egui::text_edit::TextEditState::load(ui.ctx(), id) {
        state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(chars))));
        state.store(ui.ctx(), id);
    }
}

/// A name is replaced by typing; a field's line is gone on with.
fn select_all(ui: &Ui, id: Id, text: &str, all: bool) {
    let end = CCursor::new(text.chars().count());
    let start = if all { CCursor::new(0) } else { end };
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::two(start, end)));
    state.store(ui.ctx(), id);
}

/// A field's line in the colors of what was understood.
fn colored(text: &str, marks: &[Mark], font: &egui::FontId, colors: &Theme) -> LayoutJob {
    use crate::model::area::ColorToken::{Amber, Blue, Green, Violet};
    let plain = theme::color32(colors.ink);
    let mut job = LayoutJob::default();
    let mut at = 0;
    for mark in marks {
        job.append(
            text.get(at..mark.range.start).unwrap_or_default(),
            0.0,
            TextFormat::simple(font.clone(), plain),
        );
        let color = match mark.role {
            Role::Name => plain,
            Role::Type => theme::color32(colors.shade(Blue).word),
            Role::NewElement => theme::color32(colors.shade(Green).word),
            Role::Element | Role::Rule => theme::color32(colors.shade(Violet).word),
            Role::Value => theme::color32(colors.shade(Amber).word),
            Role::Sign => theme::color32(colors.ink_secondary),
            Role::Unread => theme::color32(theme::error(colors)),
        };
        let mut format = TextFormat::simple(font.clone(), color);
        if mark.role == Role::Unread {
            format.underline = egui::Stroke::new(1.0, color);
        }
        job.append(text.get(mark.range.clone()).unwrap_or_default(), 0.0, format);
        at = mark.range.end;
    }
    job.append(text.get(at..).unwrap_or_default(), 0.0, TextFormat::simple(font.clone(), plain));
    job
}

/// Where a cell that is on no card stands in the world.
fn place(editor: &Editor, cell: Cell) -> Option<Rect> {
    let layout = editor.layout();
    match cell {
        Cell::NodeName(_) | Cell::Field(_) | Cell::Value(..) | Cell::NewValue(..) => None,
        Cell::NoteText(id) => layout.notes.get(&id).copied(),
        Cell::AreaName(id) => {
            let frame = layout.frames.get(&id)?;
            Some(Rect { y1: frame.y0 + 32.0, ..*frame })
        }
        Cell::ReferenceName(id) => {
            let line = layout.lines.get(&Link::Reference(id))?;
            Some(Rect::from_center_size(line.label, (160.0, 26.0)))
        }
        Cell::DiagramName(_) => {
            editor.bounds_of(&editor.session().selection.to_vec()).or_else(|| {
                let visible = editor.session().viewport().visible();
                Some(Rect::from_origin_size(
                    Point::new(visible.x0 + 24.0, visible.y0 + 24.0),
                    (240.0, 26.0),
                ))
            })
        }
    }
}
