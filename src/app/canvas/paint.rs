//! Scene items → egui shapes, at any zoom: texts are laid out anew at stepped sizes and never
//! stretched. Must not know what an item stands for.

use std::sync::Arc;

use eframe::egui::epaint::{Mesh, PathShape, PathStroke, RectShape, TextShape};
use eframe::egui::{
    Color32, CornerRadius, FontFamily, FontId, Galley, Painter, Pos2, Rect as EguiRect, Shape,
    Stroke, StrokeKind, pos2, vec2,
};

use crate::app::theme;
use crate::base::font::{FontFace, TextMeasurer, display_text};
use crate::base::geom::{self, BezPath, PathEl, Point, Rect, Vec2};
use crate::editor::viewport::Viewport;
use crate::scene::icons;
use crate::scene::theme::Theme;
use crate::scene::{Anchor, Group, Item, Paint, PathItem, RectItem, TextItem};

/// Texts smaller than this are left out.
const SMALLEST_TEXT: f64 = 4.0;
/// Dashes shorter than this, in pixels, are dots.
const SMALLEST_DASH: f64 = 1.5;
/// Icons are left out below this zoom.
const ICON_ZOOM: f64 = 0.35;

/// The points of each piece of a path, and whether it is closed; nearer than `tolerance`.
fn flatten(path: &BezPath, tolerance: f64) -> Vec<(Vec<Point>, bool)> {
    let mut pieces: Vec<(Vec<Point>, bool)> = Vec::new();
    geom::flatten(path, tolerance, |element| match (element, pieces.last_mut()) {
        (PathEl::MoveTo(point), _) => pieces.push((vec![point], false)),
        (PathEl::LineTo(point), Some((points, _))) => points.push(point),
        (PathEl::ClosePath, Some((_, is_closed))) => *is_closed = true,
        _ => {}
    });
    pieces
}

/// Where the world stands on the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    /// The canvas on the screen.
    pub(super) rect: EguiRect,
    viewport: Viewport,
}

impl View {
    pub(super) fn new(rect: EguiRect, viewport: Viewport) -> Self {
        Self { rect, viewport }
    }

    pub(super) fn zoom(&self) -> f64 {
        self.viewport.zoom()
    }

    /// What of the world is visible.
    pub(super) fn visible(&self) -> Rect {
        self.viewport.visible()
    }

    pub(super) fn pos(&self, world: Point) -> Pos2 {
        let at = self.viewport.screen_from_world(world);
        self.rect.min + vec2(at.x as f32, at.y as f32)
    }

    pub(super) fn screen_rect(&self, world: Rect) -> EguiRect {
        EguiRect::from_min_max(self.pos(world.origin()), self.pos(Point::new(world.x1, world.y1)))
    }

    /// Where the world's origin stands.
    pub(super) fn origin(&self) -> Pos2 {
        self.pos(Point::ORIGIN)
    }

    /// The point of the world under a position.
    pub(super) fn world_point(&self, at: Pos2) -> Point {
        self.viewport.world_from_screen(self.editor_point(at))
    }

    /// The point of the editor's screen under a position.
    pub(super) fn editor_point(&self, at: Pos2) -> Point {
        let from_corner = at - self.rect.min;
        Point::new(f64::from(from_corner.x), f64::from(from_corner.y))
    }
}

/// The texts of a group as they were laid out last, in the order in which they are painted.
#[derive(Debug, Default)]
pub(super) struct Galleys(Vec<Option<Arc<Galley>>>);

/// The shapes of a group. They stand where they belong while the world's origin is at
/// [`View::origin`]; moving the view moves them all alike.
pub(super) fn group_shapes(painter: &Painter, view: &View, group: &Group, out: &mut Vec<Shape>) {
    group_shapes_again(painter, view, group, &mut Galleys::default(), out);
}

/// Like [`group_shapes`], for a group whose texts were laid out before: those whose size is the same
/// still are.
pub(super) fn group_shapes_again(
    painter: &Painter,
    view: &View,
    group: &Group,
    galleys: &mut Galleys,
    out: &mut Vec<Shape>,
) {
    let mut texts = Texts { painter, galleys: &mut galleys.0, at: 0 };
    push_group(&mut texts, view, group, Vec2::ZERO, out);
}

/// Lays texts out, one after the other.
struct Texts<'a> {
    painter: &'a Painter,
    galleys: &'a mut Vec<Option<Arc<Galley>>>,
    at: usize,
}

impl Texts<'_> {
    /// The next text of the group; none when it is too small to be read.
    fn next(&mut self, item: &TextItem, zoom: f64) -> Option<Arc<Galley>> {
        if self.galleys.len() <= self.at {
            self.galleys.push(None);
        }
        let slot = self.galleys.get_mut(self.at)?;
        self.at += 1;
        let size = item.size * zoom;
        if size < SMALLEST_TEXT {
            return None;
        }
        let font = font(item.face, size);
        let is_same = |known: &&Arc<Galley>| {
            known.job.sections.first().is_some_and(|section| section.format.font_id == font)
        };
        if let Some(known) = slot.as_ref().filter(is_same) {
            return Some(Arc::clone(known));
        }
        let text = display_text(&item.text).into_owned();
        let galley = self.painter.layout_no_wrap(text, font, theme::color32(item.color));
        *slot = Some(Arc::clone(&galley));
        Some(galley)
    }
}

fn push_group(
    texts: &mut Texts<'_>,
    view: &View,
    group: &Group,
    offset: Vec2,
    out: &mut Vec<Shape>,
) {
    let offset = offset + group.offset;
    for item in &group.items {
        match item {
            Item::Group(inner) => push_group(texts, view, inner, offset, out),
            Item::Rect(rect) => out.push(rect_shape(view, rect, offset)),
            Item::Path(path) => push_path(view, path, offset, out),
            Item::Text(text) => push_text(texts, view, text, offset, out),
            Item::Icon(icon) => {
                if view.zoom() >= ICON_ZOOM {
                    let offset = offset + icon.center.to_vec2();
                    let paint = Paint::stroke(icon.color, icons::STROKE_WIDTH);
                    push_path(view, &PathItem { path: icon.icon.path(), paint }, offset, out);
                }
            }
        }
    }
}

/// A line's width on the screen: never so thin that it vanishes.
pub(super) fn screen_width(width: f64, zoom: f64) -> f32 {
    (width * zoom).clamp(0.6, 8.0) as f32
}

fn egui_stroke(paint: &Paint, zoom: f64) -> Stroke {
    paint.stroke.map_or(Stroke::NONE, |stroke| {
        Stroke::new(screen_width(stroke.width, zoom), theme::color32(stroke.color))
    })
}

fn fill(paint: &Paint) -> Color32 {
    paint.fill.map_or(Color32::TRANSPARENT, theme::color32)
}

fn rect_shape(view: &View, item: &RectItem, offset: Vec2) -> Shape {
    let rect = view.screen_rect(item.rect + offset);
    let corner = |radius: f64| (radius * view.zoom()).round().clamp(0.0, 255.0) as u8;
    let (top, bottom) = (corner(item.top_radius), corner(item.bottom_radius));
    let radius = CornerRadius { nw: top, ne: top, sw: bottom, se: bottom };
    let stroke = egui_stroke(&item.paint, view.zoom());
    RectShape::new(rect, radius, fill(&item.paint), stroke, StrokeKind::Middle).into()
}

fn push_path(view: &View, item: &PathItem, offset: Vec2, out: &mut Vec<Shape>) {
    for (points, is_closed) in flatten(&item.path, 0.2 / view.zoom()) {
        let points: Vec<Pos2> = points.iter().map(|point| view.pos(*point + offset)).collect();
        push_line(points, is_closed, &item.paint, view.zoom(), out);
    }
}

fn push_line(points: Vec<Pos2>, is_closed: bool, paint: &Paint, zoom: f64, out: &mut Vec<Shape>) {
    let stroke = egui_stroke(paint, zoom);
    if let Some((dash, gap)) = paint.stroke.and_then(|stroke| stroke.dash) {
        if dash * zoom < SMALLEST_DASH {
            let apart = ((dash + gap) * zoom).max(2.5) as f32;
            out.push(dots(&points, apart, stroke.color));
        } else {
            let (dash, gap) = ((dash * zoom) as f32, (gap * zoom).max(1.5) as f32);
            out.extend(Shape::dashed_line(&points, stroke, dash, gap));
        }
        return;
    }
    out.push(if is_closed {
        Shape::Path(PathShape { points, closed: true, fill: fill(paint), stroke: stroke.into() })
    } else {
        Shape::Path(PathShape {
            points,
            closed: false,
            fill: Color32::TRANSPARENT,
            stroke: PathStroke::from(stroke),
        })
    });
}

/// Dots along a path, each one pixel that the grid of pixels meets, in one mesh: strokes as short as
/// a pixel come and go with where they fall.
fn dots(points: &[Pos2], apart: f32, color: Color32) -> Shape {
    let mut mesh = Mesh::default();
    let mut ahead = 0.0;
    for pair in points.windows(2) {
        let [from, to] = *pair else { continue };
        let length = from.distance(to);
        while ahead < length {
            let at = from.lerp(to, ahead / length);
            let corner = pos2(at.x.floor(), at.y.floor());
            mesh.add_colored_rect(EguiRect::from_min_size(corner, vec2(1.0, 1.0)), color);
            ahead += apart;
        }
        ahead -= length;
    }
    Shape::mesh(mesh)
}

/// A path as points.
#[derive(Debug)]
pub(super) struct Stretch {
    points: Vec<Point>,
    is_closed: bool,
    bounds: Rect,
}

/// The pieces of a path that are visible: long lines cost what is seen of them.
pub(super) fn push_visible_path(
    view: &View,
    path: &[Stretch],
    paint: &Paint,
    visible: Rect,
    out: &mut Vec<Shape>,
) {
    for Stretch { points, is_closed, .. } in path.iter().filter(|one| one.is_seen(visible)) {
        if *is_closed {
            let points = points.iter().map(|point| view.pos(*point)).collect();
            push_line(points, true, paint, view.zoom(), out);
            continue;
        }
        let mut run: Vec<Pos2> = Vec::new();
        for pair in points.windows(2) {
            let [a, b] = *pair else { continue };
            if Rect::from_points(a, b).inflate(1.0, 1.0).overlaps(visible) {
                if run.is_empty() {
                    run.push(view.pos(a));
                }
                run.push(view.pos(b));
            } else if run.len() > 1 {
                push_line(std::mem::take(&mut run), false, paint, view.zoom(), out);
            } else {
                run.clear();
            }
        }
        if run.len() > 1 {
            push_line(run, false, paint, view.zoom(), out);
        }
    }
}

/// A path as points, near enough at that zoom.
pub(super) fn stretches(path: &BezPath, offset: Vec2, zoom: f64) -> Vec<Stretch> {
    let pieces = flatten(path, 0.2 / zoom).into_iter();
    pieces
        .map(|(mut points, is_closed)| {
            for point in &mut points {
                *point += offset;
            }
            let rects = points.iter().map(|point| Rect::from_points(*point, *point));
            let bounds = rects.reduce(|a, b| a.union(b)).unwrap_or_default();
            Stretch { points, is_closed, bounds }
        })
        .collect()
}

impl Stretch {
    fn is_seen(&self, visible: Rect) -> bool {
        self.bounds.inflate(1.0, 1.0).overlaps(visible)
    }
}

/// The font of a face at a size that is stepped, so that zooming does not fill the glyph atlas.
pub(super) fn font(face: FontFace, size: f64) -> FontId {
    let stepped = if size < 24.0 { (size * 2.0).round() / 2.0 } else { size.round() };
    let family = match face {
        FontFace::Regular => FontFamily::Proportional,
        FontFace::SemiBold => theme::semi_bold(),
        FontFace::Mono => FontFamily::Monospace,
    };
    FontId::new(stepped as f32, family)
}

fn push_text(
    texts: &mut Texts<'_>,
    view: &View,
    item: &TextItem,
    offset: Vec2,
    out: &mut Vec<Shape>,
) {
    let Some(galley) = texts.next(item, view.zoom()) else { return };
    let drawn_size = f64::from(font(item.face, item.size * view.zoom()).size);
    let color = theme::color32(item.color);
    let shift = match item.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => galley.size().x / 2.0,
        Anchor::End => galley.size().x,
    };
    let at = view.pos(item.position + offset);
    let ascent = ascent(item.face, drawn_size);
    out.push(TextShape::new(pos2(at.x - shift, at.y - ascent), galley, color).into());
}

/// How far above the baseline egui's line of text begins.
fn ascent(face: FontFace, size: f64) -> f32 {
    TextMeasurer::shared().line(face, size).ascent as f32
}

/// Dots of the grid, when they are far enough apart to be a help.
pub(super) fn grid(painter: &Painter, view: &View, colors: &Theme) {
    const STEP: f64 = 32.0;
    let zoom = view.zoom();
    if zoom < 0.5 {
        return;
    }
    let visible = view.visible();
    let color = theme::color32(colors.canvas.mix(colors.ink, 0.10));
    let first = |low: f64| (low / STEP).ceil() * STEP;
    let mut y = first(visible.y0);
    let mut shapes = Vec::new();
    while y <= visible.y1 {
        let mut x = first(visible.x0);
        while x <= visible.x1 {
            let dot = EguiRect::from_center_size(view.pos(Point::new(x, y)), vec2(1.5, 1.5));
            shapes.push(Shape::rect_filled(dot, 0, color));
            x += STEP;
        }
        y += STEP;
    }
    painter.extend(shapes);
}
