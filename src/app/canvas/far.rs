//! A diagram seen from far: cards as rectangles and lines as thin strips.
//!
//! Things that stand near each other share a mesh. What the meshes are made of is kept in world
//! units, once per version of the layout and theme, and coarser the farther away; a frame only moves
//! the corners of the meshes that are visible, and nothing while the view stays. Must not know tools
//! or what is selected.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::epaint::{Mesh, Vertex, WHITE_UV};
use eframe::egui::{Color32, Painter, Pos2, Shape, pos2};

use crate::app::canvas::paint::View;
use crate::app::theme;
use crate::base::geom::{PathEl, Point, Rect, Vec2, flatten};
use crate::editor::Editor;
use crate::layout::Line;
use crate::model::id::DiagramId;
use crate::scene::build::node_colors;
use crate::scene::reference_line::line_path;
use crate::scene::theme::{Theme, ThemeKind};

/// Below this zoom nothing on a card can be read.
const FAR: f64 = 0.16;
/// Things in a square of this size, in world units, share a mesh.
const PATCH: f64 = 6_000.0;
/// Half the width of a line on the screen.
const HALF: f64 = 0.45;
/// How much of a pixel a line may stray from its way.
const TOLERANCE: f64 = 0.4;
/// How much a line fades into the ground: there are more of them than cards.
const LINE_FADE: f64 = 0.5;
/// How much of its edge is mixed into what is seen of a card, since its texts are missing.
const CARD_TINT: f64 = 0.3;
/// Each level of coarseness begins at half the zoom of the one before.
const LEVELS: usize = 3;

/// Whether the view is so far that cards are rectangles.
pub(super) fn is_far(view: &View) -> bool {
    view.zoom() < FAR
}

/// The meshes of a diagram, the first painted below the others: frames, lines, then cards.
#[derive(Debug, Default)]
pub(super) struct Far {
    made_for: Option<(u64, DiagramId, ThemeKind)>,
    /// By level of coarseness; empty until it is seen.
    levels: [Vec<Patch>; LEVELS],
}

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
            self.levels = Default::default();
            self.made_for = Some(key);
        }
        let level = (FAR / view.zoom()).log2() as usize;
        let level = level.min(LEVELS - 1);
        let Some(patches) = self.levels.get_mut(level) else { return };
        if patches.is_empty() {
            *patches = self::patches(editor, colors, level);
        }
        let place = Place { origin: view.origin(), zoom: view.zoom() as f32 };
        let visible = view.visible();
        for patch in patches.iter_mut().filter(|patch| patch.bounds.overlaps(visible)) {
            // A clip of its own keeps egui from gathering all meshes into a single huge one.
            let clip = view.screen_rect(patch.bounds).expand(2.0).intersect(painter.clip_rect());
            painter.with_clip_rect(clip).add(Shape::Mesh(patch.mesh_at(place)));
        }
    }
}

/// Where the world stands on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    origin: Pos2,
    zoom: f32,
}

/// A corner of a mesh in world units, and where it goes from there in pixels: a line has a width on
/// the screen whatever the zoom.
#[derive(Clone, Copy, Debug)]
struct Corner {
    x: f32,
    y: f32,
    aside: [f32; 2],
}

/// Things near each other.
#[derive(Debug, Default)]
struct Patch {
    bounds: Rect,
    corners: Vec<Corner>,
    /// Its corners stand where the world stood when it was painted last.
    mesh: Arc<Mesh>,
    placed: Option<Place>,
}

impl Patch {
    fn mesh_at(&mut self, place: Place) -> Arc<Mesh> {
        if self.placed != Some(place) {
            let Place { origin, zoom } = place;
            // What was painted before is gone by now, so that nothing is copied.
            let mesh = Arc::make_mut(&mut self.mesh);
            for (vertex, corner) in mesh.vertices.iter_mut().zip(&self.corners) {
                let Corner { x, y, aside: [right, down] } = *corner;
                vertex.pos = pos2(origin.x + x * zoom + right, origin.y + y * zoom + down);
            }
            self.placed = Some(place);
        }
        Arc::clone(&self.mesh)
    }

    fn reach(&mut self, rect: Rect) {
        self.bounds = if self.corners.is_empty() { rect } else { self.bounds.union(rect) };
    }

    fn rect(&mut self, rect: Rect, color: Color32) {
        self.rect_within(rect, 0.0, color);
    }

    /// A rectangle with so many pixels more around it.
    fn rect_within(&mut self, rect: Rect, margin: f64, color: Color32) {
        self.reach(rect);
        let corners = [
            (rect.x0, rect.y0, -margin, -margin),
            (rect.x1, rect.y0, margin, -margin),
            (rect.x1, rect.y1, margin, margin),
            (rect.x0, rect.y1, -margin, margin),
        ];
        let first = self.corners.len() as u32;
        for (x, y, right, down) in corners {
            self.corner(Point::new(x, y), Vec2::new(right, down), color);
        }
        self.quad([first, first + 1, first + 2, first + 3]);
    }

    /// A line as one strip that is mitered at its bends.
    fn strip(&mut self, points: &[Point], color: Color32) {
        let mut before: Option<Vec2> = None;
        for (at, point) in points.iter().enumerate() {
            let after = points.get(at + 1).map(|next| (*next - *point).normalize());
            let aside = match (before, after) {
                (Some(before), Some(after)) => mitered(before, after),
                (Some(along), None) | (None, Some(along)) => upright(along) * HALF,
                (None, None) => return,
            };
            let first = self.corners.len() as u32;
            self.corner(*point, aside, color);
            self.corner(*point, -aside, color);
            if before.is_some() {
                self.quad([first - 2, first, first + 1, first - 1]);
            }
            before = after;
        }
    }

    fn corner(&mut self, at: Point, aside: Vec2, color: Color32) {
        let aside = [aside.x as f32, aside.y as f32];
        self.corners.push(Corner { x: at.x as f32, y: at.y as f32, aside });
        let vertex = Vertex { pos: Pos2::ZERO, uv: WHITE_UV, color };
        Arc::make_mut(&mut self.mesh).vertices.push(vertex);
    }

    fn quad(&mut self, [a, b, c, d]: [u32; 4]) {
        Arc::make_mut(&mut self.mesh).indices.extend([a, b, c, a, c, d]);
    }
}

fn upright(along: Vec2) -> Vec2 {
    Vec2::new(-along.y, along.x)
}

/// Where the side of a line goes at a bend; where it turns back, to the side of what comes.
fn mitered(before: Vec2, after: Vec2) -> Vec2 {
    let cosine = before.dot(after);
    if cosine < -0.8 {
        return upright(after) * HALF;
    }
    (upright(before) + upright(after)) * (HALF / (1.0 + cosine))
}

/// Things sorted by where they stand.
#[derive(Default)]
struct Layer(BTreeMap<(i64, i64), Patch>);

impl Layer {
    fn at(&mut self, point: Point) -> &mut Patch {
        let place = (point.to_vec2() / PATCH).floor();
        self.0.entry((place.x as i64, place.y as i64)).or_default()
    }
}

fn patches(editor: &Editor, colors: &Theme, level: usize) -> Vec<Patch> {
    let Some(diagram) = editor.diagram() else { return Vec::new() };
    let (model, layout) = (&editor.project().model, editor.layout());
    let (mut frames, mut lines, mut cards) = (Patch::default(), Layer::default(), Layer::default());
    for (id, rect) in &layout.frames {
        if let Some(area) = model.area(*id) {
            frames.rect(*rect, theme::color32(colors.shade(area.color).frame));
        }
    }
    let color = theme::color32(colors.line.mix(colors.canvas, LINE_FADE));
    let tolerance = TOLERANCE / FAR * f64::from(1 << level);
    for line in layout.lines.values() {
        let points = points_of(line, tolerance);
        let Some(first) = points.first() else { continue };
        let patch = lines.at(*first);
        let reach = |bounds: Rect, point: &Point| bounds.union_pt(*point);
        patch.reach(points.iter().fold(Rect::from_points(*first, *first), reach));
        patch.strip(&points, color);
    }
    let tokens = node_colors(model, diagram);
    for (node, card) in &layout.cards {
        let shade = colors.shade(tokens.get(node).copied().unwrap_or_default());
        let patch = cards.at(card.rect.origin());
        if level == 0 {
            patch.rect_within(card.rect, 1.0, theme::color32(shade.edge));
        }
        // A card is lighter than the lines behind it, on dark ground too.
        let tint = match colors.kind {
            ThemeKind::Light => 0.0,
            ThemeKind::Dark => CARD_TINT,
        };
        patch.rect(card.rect, theme::color32(colors.surface.mix(shade.edge, tint)));
        let band = Rect { y1: card.rect.y0 + card.header, ..card.rect };
        patch.rect(band, theme::color32(shade.band.mix(shade.edge, CARD_TINT)));
    }
    let layers = lines.0.into_values().chain(cards.0.into_values());
    std::iter::once(frames).chain(layers).collect()
}

/// The points of a line, those left out that are hardly apart from the one before.
fn points_of(line: &Line, tolerance: f64) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    let mut push = |point: Point| {
        if points.last().is_none_or(|last| last.distance(point) > tolerance) {
            points.push(point);
        }
    };
    if line.is_curve {
        flatten(line_path(line), tolerance, |element| {
            if let PathEl::MoveTo(point) | PathEl::LineTo(point) = element {
                push(point);
            }
        });
    } else {
        line.points.iter().copied().for_each(push);
    }
    points
}
