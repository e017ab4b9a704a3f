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
        let run = Run { points, is_closed, begin: 0.0 };
        push_run(run, &item.paint, view.zoom(), out);
    }
}

/// Points of a path on the screen.
#[derive(Default)]
struct Run {
    points: Vec<Pos2>,
    is_closed: bool,
    /// How much of the path lies before the first of them, in pixels.
    begin: f64,
}

/// The lengths of a dash and of the gap behind it in pixels; dashes that are too short are dots.
fn dashes(paint: &Paint, zoom: f64) -> Option<(f64, f64)> {
    let (dash, gap) = paint.stroke?.dash?;
    Some(if dash * zoom < SMALLEST_DASH {
        (0.0, ((dash + gap) * zoom).max(2.5))
    } else {
        (dash * zoom, (gap * zoom).max(1.5))
    })
}

fn push_run(run: Run, paint: &Paint, zoom: f64, out: &mut Vec<Shape>) {
    let Run { points, is_closed, begin } = run;
    let stroke = egui_stroke(paint, zoom);
    if let Some((dash, gap)) = dashes(paint, zoom) {
        // Dashes stand where they would if all of the path were painted.
        let ahead = (-begin).rem_euclid(dash + gap) as f32;
        if dash == 0.0 {
            out.push(dots(&points, ahead, gap as f32, stroke.color));
        } else {
            let (dash, gap) = ([dash as f32], [gap as f32]);
            Shape::dashed_line_many_with_offset(&points, stroke, &dash, &gap, ahead, out);
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
fn dots(points: &[Pos2], mut ahead: f32, apart: f32, color: Color32) -> Shape {
    let mut mesh = Mesh::default();
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
    let zoom = view.zoom();
    // The dash in which a piece begins is left out: that one is out of sight.
    let margin = 1.0 + dashes(paint, zoom).map_or(0.0, |(dash, gap)| (dash + gap) / zoom);
    let visible = visible.inflate(margin, margin);
    for Stretch { points, is_closed, .. } in path.iter().filter(|one| one.is_seen(visible)) {
        if *is_closed {
            let points = points.iter().map(|point| view.pos(*point)).collect();
            push_run(Run { points, is_closed: true, begin: 0.0 }, paint, zoom, out);
            continue;
        }
        let (mut run, mut passed) = (Run::default(), 0.0);
        for pair in points.windows(2) {
            let [a, b] = *pair else { continue };
            let length = a.distance(b);
            let seen = part_inside(a, b, visible);
            if !run.points.is_empty() && seen.is_none_or(|(first, _)| first > 0.0) {
                push_run(std::mem::take(&mut run), paint, zoom, out);
            }
            if let Some((first, last)) = seen {
                if run.points.is_empty() {
                    run.begin = (passed + first * length) * zoom;
                    run.points.push(view.pos(a.lerp(b, first)));
                }
                run.points.push(view.pos(a.lerp(b, last)));
            }
            passed += length;
        }
        if !run.points.is_empty() {
            push_run(run, paint, zoom, out);
        }
    }
}

/// From where to where a segment is in a rectangle, as shares of its length.
fn part_inside(from: Point, to: Point, rect: Rect) -> Option<(f64, f64)> {
    let along = to - from;
    let (mut first, mut last) = (0.0_f64, 1.0_f64);
    let sides = [
        (-along.x, from.x - rect.x0),
        (along.x, rect.x1 - from.x),
        (-along.y, from.y - rect.y0),
        (along.y, rect.y1 - from.y),
    ];
    for (speed, room) in sides {
        if speed < 0.0 {
            first = first.max(room / speed);
        } else if speed > 0.0 {
            last = last.min(room / speed);
        } else if room < 0.0 {
            return None;
        }
    }
    (first < last).then_some((first, last))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::color::Color;
    use crate::base::geom::Size;

    /// The dashes of a line through that view, in the part of the screen that it shows.
    fn dashes_in(visible: Rect, view: &View, path: &BezPath) -> Vec<[i32; 4]> {
        let paint = Paint::dashed(Color::rgb(0), 1.0, (6.0, 4.0));
        let path = stretches(path, Vec2::ZERO, view.zoom());
        let mut shapes = Vec::new();
        push_visible_path(view, &path, &paint, visible, &mut shapes);
        assert!(visible.width() > 1e5 || shapes.len() < 300, "{} dashes", shapes.len());
        let ends = shapes.iter().filter_map(|shape| match shape {
            Shape::LineSegment { points, .. } => Some(*points),
            _ => None,
        });
        let seen = ends.filter(|ends| ends.iter().all(|end| view.rect.contains(*end)));
        seen.map(|[a, b]| [a.x, a.y, b.x, b.y].map(|side| side.round() as i32)).collect()
    }

    #[test]
    fn a_long_dashed_line_costs_what_is_seen_of_it() {
        let mut viewport = Viewport::default();
        viewport.resize(Size::new(900.0, 600.0));
        viewport.center_on(Point::new(10_450.0, 300.0));
        let rect = EguiRect::from_min_size(Pos2::ZERO, vec2(900.0, 600.0));
        let view = View::new(rect, viewport);
        let mut path = BezPath::new();
        path.move_to((-3.0, 100.0));
        path.line_to((10_200.0, 100.0));
        path.line_to((10_200.0, 40_000.0));
        path.line_to((10_400.0, 40_000.0));
        path.line_to((10_400.0, -40_000.0));
        let seen = dashes_in(view.visible(), &view, &path);
        assert_eq!(seen, dashes_in(view.visible().inflate(1e6, 1e6), &view, &path));
        assert!(seen.len() > 100, "{} dashes", seen.len());
    }
}
