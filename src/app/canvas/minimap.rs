//! The whole diagram in a corner, with the part that is visible; pressing it goes there.

use std::sync::Arc;

use eframe::egui::epaint::Mesh;
use eframe::egui::{
    Painter, PointerButton, Rect as EguiRect, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};

use crate::app::theme;
use crate::base::geom::{Point, Rect};
use crate::editor::Editor;
use crate::model::id::DiagramId;
use crate::scene::theme::{Theme, ThemeKind};

const SIZE: eframe::egui::Vec2 = vec2(184.0, 124.0);
const MARGIN: f32 = 12.0;

/// Where the minimap stands on a canvas.
pub(super) fn place(canvas: EguiRect) -> EguiRect {
    EguiRect::from_min_size(canvas.max - SIZE - vec2(MARGIN, MARGIN), SIZE)
}

/// Whether something of the diagram is out of sight.
pub(super) fn is_needed(editor: &Editor) -> bool {
    let (visible, all) = (editor.session().viewport().visible(), editor.layout().bounds);
    let sees_all = visible.x0 <= all.x0
        && visible.y0 <= all.y0
        && visible.x1 >= all.x1
        && visible.y1 >= all.y1;
    !sees_all && !editor.layout().cards.is_empty()
}

/// The rectangles of the cards in one mesh, in the order of the layout.
///
/// - It is made anew when the layout is, and brought up to date where single cards changed.
#[derive(Debug, Default)]
pub(super) struct Minimap {
    made_for: Option<MadeFor>,
    version: u64,
    mesh: Arc<Mesh>,
}

/// What all rectangles follow from, beside the layout.
#[derive(Clone, Copy, Debug, PartialEq)]
struct MadeFor {
    diagram: DiagramId,
    theme: ThemeKind,
    rect: EguiRect,
    bounds: Rect,
}

/// The scale and shift that fit a diagram into the minimap.
struct Fit {
    scale: f32,
    origin: eframe::egui::Pos2,
    bounds: Rect,
}

impl Fit {
    fn new(rect: EguiRect, bounds: Rect) -> Self {
        let inside = rect.shrink(8.0);
        let (width, height) = (bounds.width().max(1.0) as f32, bounds.height().max(1.0) as f32);
        let scale = (inside.width() / width).min(inside.height() / height);
        let origin = inside.center() - vec2(width, height) * scale / 2.0;
        Self { scale, origin, bounds }
    }

    fn pos(&self, point: Point) -> eframe::egui::Pos2 {
        let x = (point.x - self.bounds.x0) as f32 * self.scale;
        let y = (point.y - self.bounds.y0) as f32 * self.scale;
        pos2(self.origin.x + x, self.origin.y + y)
    }

    fn rect(&self, rect: Rect) -> EguiRect {
        EguiRect::from_min_max(self.pos(rect.origin()), self.pos(Point::new(rect.x1, rect.y1)))
    }

    fn world(&self, at: eframe::egui::Pos2) -> Point {
        let from = (at - self.origin) / self.scale;
        Point::new(self.bounds.x0 + f64::from(from.x), self.bounds.y0 + f64::from(from.y))
    }
}

impl Minimap {
    /// Pressing or dragging in it moves the canvas there.
    pub(super) fn take_input(ui: &mut Ui, place: Option<EguiRect>, editor: &mut Editor) {
        let Some(rect) = place else { return };
        let response = ui.interact(rect, ui.scope_id().with("minimap"), Sense::click_and_drag());
        let at = response.interact_pointer_pos();
        let is_held = ui.input(|input| input.pointer.button_down(PointerButton::Primary));
        if let Some(at) = at.filter(|_| is_held && response.is_pointer_button_down_on()) {
            let world = Fit::new(rect, editor.layout().bounds).world(at);
            editor.session_mut().viewport_mut().center_on(world);
        }
    }

    pub(super) fn paint(
        &mut self,
        painter: &Painter,
        place: Option<EguiRect>,
        editor: &Editor,
        colors: &Theme,
    ) {
        let Some(rect) = place else { return };
        let fit = Fit::new(rect, editor.layout().bounds);
        self.refresh(rect, &fit, editor, colors);
        let ground = theme::color32(theme::panel_ground(colors));
        let edge = Stroke::new(1.0, theme::color32(colors.border));
        painter.rect(rect, 6, ground, edge, StrokeKind::Inside);
        let inside = painter.with_clip_rect(rect.shrink(1.0));
        inside.add(Shape::Mesh(Arc::clone(&self.mesh)));
        let visible = fit.rect(editor.session().viewport().visible());
        let accent = Stroke::new(1.0, theme::color32(colors.accent));
        inside.rect_stroke(visible.intersect(rect.shrink(2.0)), 2, accent, StrokeKind::Inside);
    }

    fn refresh(&mut self, rect: EguiRect, fit: &Fit, editor: &Editor, colors: &Theme) {
        let (diagram, theme) = (editor.session().diagram, colors.kind);
        let made_for = MadeFor { diagram, theme, rect, bounds: fit.bounds };
        let (derived, cards) = (editor.derived(), &editor.layout().cards);
        let is_same = self.made_for == Some(made_for) && derived.has_numbers_of(self.version);
        if let Some(touched) = derived.touched_since(self.version).filter(|_| is_same) {
            for node in touched.flat_map(|touched| &touched.nodes) {
                if let Some((number, _, card)) = cards.get_full(node) {
                    self.move_rect(number, fit.rect(card.rect));
                }
            }
        } else {
            let color = theme::color32(colors.mark).gamma_multiply(0.55);
            let mut mesh = Mesh::default();
            for card in cards.values() {
                mesh.add_colored_rect(fit.rect(card.rect), color);
            }
            self.mesh = Arc::new(mesh);
            self.made_for = Some(made_for);
        }
        self.version = derived.version();
    }

    fn move_rect(&mut self, number: usize, rect: EguiRect) {
        let corners = [rect.left_top(), rect.right_top(), rect.left_bottom(), rect.right_bottom()];
        let mesh = Arc::make_mut(&mut self.mesh);
        if let Some(vertices) = mesh.vertices.get_mut(4 * number..4 * number + 4) {
            for (vertex, corner) in vertices.iter_mut().zip(corners) {
                vertex.pos = corner;
            }
        }
    }
}
