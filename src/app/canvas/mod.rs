//! The canvas: paints the scene of the open diagram and hands what a person does to the editor.
//!
//! Reading order: [`paint`] (items → shapes), [`art`] (what is kept between frames), [`far`] (all of
//! it as two meshes when it is small), [`names`] (which then are readable), [`glide`] (the way to a new arrangement), [`input`] (egui →
//! editor events), [`dropped`] (what is dragged here), [`overlay`] (selection, guides, what is being drawn), [`cell`] (typing on a
//! card, which makes room: [`typed_card`]), [`popover`], [`minimap`], [`access`] (for screen readers
//! and tests). Nothing per frame grows with the model beyond what is visible.

mod access;
mod art;
mod cell;
mod dropped;
mod far;
mod glide;
mod input;
mod minimap;
mod names;
mod overlay;
mod paint;
mod popover;
mod typed_card;

use eframe::egui::{self, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::app::bars;
use crate::app::canvas::art::Art;
use crate::app::canvas::cell::CellEditor;
use crate::app::canvas::glide::Glide;
use crate::app::canvas::minimap::Minimap;
use crate::app::canvas::names::Names;
use crate::app::canvas::paint::View;
use crate::app::canvas::popover::PopoverEditor;
use crate::app::canvas::typed_card::TypedCard;
use crate::app::theme;
use crate::base::geom::Size;
use crate::editor::Editor;
use crate::editor::actions::{self, Action, Subject};
use crate::editor::tools::Cursor;

/// What the canvas keeps between frames.
#[derive(Debug, Default)]
pub struct Canvas {
    art: Art,
    cell: CellEditor,
    popover: PopoverEditor,
    minimap: Minimap,
    names: Names,
    pointer: input::PointerState,
    glide: Option<Glide>,
    rect: Option<egui::Rect>,
}

/// What the window wants of the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CanvasOptions {
    /// Whether the minimap is shown.
    pub shows_minimap: bool,
    /// Whether things move where a jump would do.
    pub reduces_motion: bool,
    /// Whom keys are meant for.
    pub keyboard: Keyboard,
}

/// Whom the keys of a frame are meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyboard {
    /// Something that stands above the canvas.
    Elsewhere,
    /// The canvas, unless something beside it has the focus.
    Free,
    /// The canvas: what stood above it is gone.
    Returned,
}

/// What was asked for on the canvas.
#[derive(Debug, Default)]
pub struct CanvasOutput {
    /// An action of the context menu.
    pub action: Option<&'static Action>,
}

impl Canvas {
    /// Draws the canvas into all the room there is.
    pub fn canvas_ui(
        &mut self,
        ui: &mut Ui,
        editor: &mut Editor,
        options: CanvasOptions,
    ) -> CanvasOutput {
        let size = ui.available_size().max(vec2(1.0, 1.0));
        let (rect, response) =
            ui.allocate_exact_size(size, Sense::click_and_drag() | Sense::FOCUSABLE);
        response
            .widget_info(|| WidgetInfo::labeled(Role::GraphicsDocument, true, "Diagram canvas"));
        self.resize(editor, rect);
        let shows_minimap = options.shows_minimap && minimap::is_needed(editor);
        let minimap_rect = shows_minimap.then(|| minimap::place(rect));
        Minimap::take_input(ui, minimap_rect, editor);
        let covered: Vec<_> = minimap_rect.into_iter().chain(self.cell.rect()).collect();
        input::take(ui, &response, editor, &mut self.pointer, &covered);
        if options.keyboard != Keyboard::Elsewhere {
            input::take_keys(ui, &response, editor);
        }
        dropped::take(&response, &View::new(rect, editor.session().viewport()), editor);
        let colors = theme::current(ui.ctx());
        let view = View::new(rect, editor.session().viewport());
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0, theme::color32(colors.canvas));
        paint::grid(&painter, &view, &colors);
        if options.reduces_motion
            || !self.glide.as_mut().is_some_and(|one| one.paint(&painter, &view, editor, &colors))
        {
            self.glide = None;
        }
        if self.glide.is_some() {
            // The picture follows when the cards have arrived.
        } else if far::is_far(&view) {
            self.art.far(&painter, &view, editor, &colors);
        } else {
            self.art.near(&painter, &view, editor, &colors);
        }
        if self.glide.is_none() {
            self.names.paint(&painter, &view, editor, &colors);
        }
        let typed_card = TypedCard::of(editor, &view);
        if let Some(typed_card) = &typed_card {
            typed_card.paint(&painter, &view, editor, &colors);
        }
        overlay::paint(&painter, &view, editor, &colors, typed_card.as_ref());
        dropped::paint(&painter, &response, &view, editor, &colors);
        access::describe(ui, &response, &view, editor);
        if editor.project().model.is_empty() {
            empty_ui(&painter, rect, &colors);
        } else if editor.layout().cards.is_empty() && editor.derived().is_draft() {
            busy_ui(&painter, rect, editor, &colors);
        }
        self.minimap.paint(&painter, minimap_rect, editor, &colors);
        let typed = editor.session().cell.is_some() || editor.session().popover.is_some();
        self.cell.cell_ui(ui, &view, editor, &colors, typed_card.as_ref());
        self.popover.popover_ui(ui, &view, editor);
        let types = editor.session().cell.is_some() || editor.session().popover.is_some();
        let escaped = ui.input(|input| input.key_pressed(egui::Key::Escape));
        let nobody = ui.memory(|memory| memory.focused().is_none());
        if options.keyboard == Keyboard::Returned || (typed && !types) || (escaped && nobody) {
            response.request_focus();
        }
        set_cursor(ui, &response, editor);
        CanvasOutput { action: context_menu(&response, editor) }
    }

    /// Lets cards find their way to where they stand in the next frame.
    pub fn glide(&mut self, editor: &Editor) {
        self.glide = self.rect.and_then(|rect| {
            let view = View::new(rect, editor.session().viewport());
            Glide::from_here(&view, editor)
        });
    }

    /// Whether cards are still on their way.
    pub fn is_gliding(&self) -> bool {
        self.glide.is_some()
    }

    /// Where the canvas was drawn last.
    pub fn rect(&self) -> Option<egui::Rect> {
        self.rect
    }

    fn resize(&mut self, editor: &mut Editor, rect: egui::Rect) {
        let size = rect.size();
        let is_first = self.rect.is_none();
        let is_same = self.rect.is_some_and(|old| old.size() == size);
        self.rect = Some(rect);
        if is_same {
            return;
        }
        editor.resize_canvas(Size::new(f64::from(size.x), f64::from(size.y)));
        if is_first && !editor.layout().cards.is_empty() {
            editor.show_whole();
        }
    }
}

/// What an empty diagram says.
fn empty_ui(painter: &egui::Painter, rect: egui::Rect, colors: &crate::scene::theme::Theme) {
    let ink = theme::color32(colors.ink_secondary);
    let center = rect.center();
    let lines = [
        ("Double-click to draw your first entity", 16.0),
        ("or press Shift+E, or paste a text that can be imported", 13.0),
    ];
    for (row, (text, size)) in lines.into_iter().enumerate() {
        let at = center + vec2(0.0, row as f32 * 26.0);
        painter.text(at, egui::Align2::CENTER_CENTER, text, egui::FontId::proportional(size), ink);
    }
}

/// What a large diagram says while it is laid out.
fn busy_ui(
    painter: &egui::Painter,
    rect: egui::Rect,
    editor: &Editor,
    colors: &crate::scene::theme::Theme,
) {
    let model = &editor.project().model;
    let count = model.entities().len() + model.enumerations().len();
    let ink = theme::color32(colors.ink_secondary);
    let text = format!("Laying out {count} cards…");
    let font = egui::FontId::proportional(16.0);
    painter.text(rect.center(), egui::Align2::CENTER_CENTER, text, font, ink);
}

fn set_cursor(ui: &Ui, response: &Response, editor: &Editor) {
    if !response.hovered() && !response.dragged() {
        return;
    }
    let session = editor.session();
    let icon = if session.grip.is_some() {
        egui::CursorIcon::Grabbing
    } else if session.holds_space {
        egui::CursorIcon::Grab
    } else {
        match session.tool.cursor(session.hover) {
            Cursor::Arrow => egui::CursorIcon::Default,
            Cursor::Move => egui::CursorIcon::Move,
            Cursor::Grab => egui::CursorIcon::Grab,
            Cursor::Grabbing => egui::CursorIcon::Grabbing,
            Cursor::Cross => egui::CursorIcon::Crosshair,
            Cursor::Pointer => egui::CursorIcon::PointingHand,
            Cursor::ResizeHorizontal => egui::CursorIcon::ResizeHorizontal,
            Cursor::ResizeDiagonal => egui::CursorIcon::ResizeNwSe,
        }
    };
    ui.set_cursor_icon(icon);
}

/// The menu of what was clicked, read from the list of actions.
fn context_menu(response: &Response, editor: &Editor) -> Option<&'static Action> {
    let mut chosen = None;
    response.context_menu(|ui| {
        ui.set_width(bars::MENU);
        let subject = Subject::of(editor);
        let mut menu = None;
        for action in actions::all().filter(|action| action.subjects.contains(&subject)) {
            if action.starts_group || menu.is_some_and(|menu| menu != action.menu) {
                ui.separator();
            }
            menu = Some(action.menu);
            if bars::menu_item_ui(ui, action, Some(editor)) {
                chosen = Some(action);
                ui.close();
            }
        }
    });
    chosen
}
