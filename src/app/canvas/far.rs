//! A diagram seen from far: cards as rectangles and lines as thin strips, all in one mesh that is
//! made once per version and theme, in world units, and only scaled afterwards.

use eframe::egui::epaint::{Mesh, Vertex, WHITE_UV};
use eframe::egui::{Color32, Painter, Pos2, Shape, pos2};

use crate::app::canvas::paint::View;
use crate::app::theme;
use crate::base::geom::{Point, Rect};
use crate::editor::Editor;
use crate::layout::Layout;
use crate::model::id::DiagramId;
use crate::scene::build::SceneContext;
use crate::scene::reference_line::line_points;
use crate::scene::theme::{Theme, ThemeKind};

/// Below this zoom nothing on a card can be read.
const FAR: f64 = 0.16;

/// Whether the view is so far that cards are rectangles.
pub(super) fn is_far(view: &View) -> bool {
    view.zoom() < FAR
}

/// The mesh of a diagram.
#[derive(Debug, Default)]
pub(super) struct Far {
    made_for: Option<(u64, DiagramId, ThemeKind)>,
    /// Corners in world units; lines come as two corners per end, moved apart on the screen.
    corners: Vec<(Point, Side, Color32)>,
    indices: Vec<u32>,
}

/// Where a corner goes from its point, in pixels: a line has a width on the screen whatever the
/// zoom.
#[derive(Clone, Copy, Debug)]
struct Side(f32, f32);

const NO_SIDE: Side = Side(0.0, 0.0);
/// Half the width of a line on the screen.
const HALF: f32 = 0.45;

impl Far {
    pub(super) fn paint(
        &mut self,
        painter: &Painter,
        view: &View,
        editor: &Editor,
        colors: &Theme,
    ) {
        let key = (editor.derived().version(), editor.session().diagram, colors.kind);
        if self.made_for != Some(key) {
            self.make(editor, colors);
            self.made_for = Some(key);
        }
        let (origin, zoom) = (view.origin(), view.zoom() as f32);
        let vertex = |(point, side, color): &(Point, Side, Color32)| Vertex {
            pos: at(origin, zoom, *point, *side),
            uv: WHITE_UV,
            color: *color,
        };
        let vertices = self.corners.iter().map(vertex).collect();
        let mesh = Mesh { indices: self.indices.clone(), vertices, ..Mesh::default() };
        painter.add(Shape::mesh(mesh));
    }

    fn make(&mut self, editor: &Editor, colors: &Theme) {
        self.corners.clear();
        self.indices.clear();
        let Some(diagram) = editor.diagram() else { return };
        let layout = editor.layout();
        let cx = SceneContext::new(&editor.project().model, diagram, layout, colors);
        for (id, rect) in &layout.frames {
            if let Some(area) = cx.model().area(*id) {
                self.rect(*rect, theme::color32(colors.shade(area.color).frame));
            }
        }
        self.lines(layout, theme::color32(colors.line).gamma_multiply(0.6));
        for (node, card) in &layout.cards {
            let shade = cx.shade(*node);
            self.rect(card.rect, theme::color32(shade.edge));
            let inner = card.rect.inset(-2.0);
            self.rect(inner, theme::color32(colors.surface));
            let head = Rect { y1: inner.y0 + card.header, ..inner };
            self.rect(head, theme::color32(shade.band));
        }
    }

    fn lines(&mut self, layout: &Layout, color: Color32) {
        for line in layout.lines.values() {
            for pair in line_points(line).windows(2) {
                let [a, b] = *pair else { continue };
                let along = b - a;
                let length = along.hypot();
                if length > 0.0 {
                    let (x, y) =
                        ((along.x / length) as f32 * HALF, (along.y / length) as f32 * HALF);
                    self.quad(
                        [(a, Side(-y, x)), (b, Side(-y, x)), (b, Side(y, -x)), (a, Side(y, -x))],
                        color,
                    );
                }
            }
        }
    }

    fn rect(&mut self, rect: Rect, color: Color32) {
        let corner = |x: f64, y: f64| (Point::new(x, y), NO_SIDE);
        let corners = [
            corner(rect.x0, rect.y0),
            corner(rect.x1, rect.y0),
            corner(rect.x1, rect.y1),
            corner(rect.x0, rect.y1),
        ];
        self.quad(corners, color);
    }

    fn quad(&mut self, corners: [(Point, Side); 4], color: Color32) {
        let first = self.corners.len() as u32;
        self.corners.extend(corners.map(|(point, side)| (point, side, color)));
        self.indices.extend([0, 1, 2, 0, 2, 3].map(|corner: u32| first + corner));
    }
}

fn at(origin: Pos2, zoom: f32, point: Point, Side(x, y): Side) -> Pos2 {
    pos2(origin.x + point.x as f32 * zoom + x, origin.y + point.y as f32 * zoom + y)
}
