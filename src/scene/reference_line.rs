//! The lines between cards: references with their marks and labels, and the quieter lines of
//! embeddings and of uses of enumerations.
//!
//! Must not know how lines were routed.

use crate::base::font::FontFace;
use crate::base::geom::{BezPath, PathEl, Point, Rect, Vec2, flatten};
use crate::layout::metrics::SECONDARY_SIZE;
use crate::layout::routing::labels::{label_size, label_text};
use crate::layout::{Line, LineId, Port, Side};
use crate::model::Model;
use crate::model::graph::Link;
use crate::scene::build::SceneContext;
use crate::scene::card_row::centered;
use crate::scene::notations::mark::Mark;
use crate::scene::notations::style_of;
use crate::scene::target::{LineEnd, Target};
use crate::scene::{Anchor, Group, Item, Paint, Stroke};

/// Width of the lines of references.
pub const LINE_WIDTH: f64 = 1.5;
/// Width of the lines of embeddings and of uses of enumerations.
pub const QUIET_WIDTH: f64 = 1.25;
/// Radius of the bends of level and upright lines.
const BEND_RADIUS: f64 = 8.0;
/// Dots of the lines of uses of enumerations.
const DOTS: (f64, f64) = (0.1, 4.0);

/// Draws a line with the marks at its ends, without its label.
pub fn reference_line(cx: &SceneContext<'_>, id: LineId, line: &Line) -> Group {
    let label = label_text(cx.model(), id).unwrap_or_default();
    let mut group = Group::of(Target::Line(id), label);
    let stroke = stroke_of(cx, id);
    let path = line_path(line);
    group.path(path, Paint { fill: None, stroke: Some(stroke) });
    for end in [LineEnd::From, LineEnd::To] {
        let mut mark = mark_at(cx, id, line, end, stroke);
        draw_mark(cx, id, &mut mark);
        if !mark.group.items.is_empty() {
            group.items.push(Item::Group(mark.group));
        }
    }
    group
}

/// Color, width and dashes of a line.
pub fn stroke_of(cx: &SceneContext<'_>, id: LineId) -> Stroke {
    let quiet = Stroke { color: cx.theme.line_quiet, width: QUIET_WIDTH, dash: None };
    match id {
        Link::Reference(id) => {
            let dash = cx.model().reference(id).and_then(style_of(cx.diagram.notation).dash);
            Stroke { color: cx.theme.line, width: LINE_WIDTH, dash }
        }
        Link::Embedding(_) => quiet,
        Link::Use(_) => Stroke { dash: Some(DOTS), ..quiet },
    }
}

/// The mark at one end, not yet drawn.
fn mark_at(cx: &SceneContext<'_>, id: LineId, line: &Line, end: LineEnd, stroke: Stroke) -> Mark {
    let points = crisp_points(line);
    let (port, origin, next) = match end {
        LineEnd::From => (line.start, points.first(), points.get(1)),
        LineEnd::To => (line.end, points.last(), points.iter().rev().nth(1)),
    };
    let origin = origin.copied().unwrap_or(port.point);
    let toward = next.map_or(Vec2::ZERO, |next| *next - origin);
    let outward = if toward.hypot() > 1.0 { toward.normalize() } else { outward_of(port) };
    Mark {
        end,
        origin,
        outward,
        color: stroke.color,
        width: stroke.width,
        ground: cx.ground_at(origin + outward * 12.0),
        ink: cx.theme.ink_secondary,
        group: Group::of(Target::LineEnd(id, end), ""),
    }
}

fn outward_of(port: Port) -> Vec2 {
    match port.side {
        Side::Left => Vec2::new(-1.0, 0.0),
        Side::Right => Vec2::new(1.0, 0.0),
        Side::Top => Vec2::new(0.0, -1.0),
        Side::Bottom => Vec2::new(0.0, 1.0),
    }
}

fn draw_mark(cx: &SceneContext<'_>, id: LineId, mark: &mut Mark) {
    let model = cx.model();
    match (id, mark.end) {
        (Link::Reference(id), _) => {
            if let Some(reference) = model.reference(id) {
                (style_of(cx.diagram.notation).mark)(reference, mark);
            }
        }
        // The whole holds its parts, as in UML; a foot says that it holds a list of them.
        (Link::Embedding(_), LineEnd::From) => mark.diamond(12.0, mark.color),
        (Link::Embedding(_), LineEnd::To) => {
            if cx.holds_list(id) {
                mark.stroke(&[(0.0, 5.0), (9.0, 0.0), (0.0, -5.0)]);
            }
        }
        (Link::Use(_), LineEnd::From) => {}
        (Link::Use(_), LineEnd::To) => mark.dot(2.5, 2.5),
    }
}

/// The outline of a line, its bends rounded.
pub fn line_path(line: &Line) -> BezPath {
    let points = crisp_points(line);
    let mut path = BezPath::new();
    let Some((start, rest)) = points.split_first() else { return path };
    path.move_to(*start);
    if line.is_curve {
        for curve in rest.chunks_exact(3) {
            if let [first, second, end] = curve {
                path.curve_to(*first, *second, *end);
            }
        }
        return path;
    }
    for corner in points.windows(3) {
        let [before, bend, after] = corner else { continue };
        let (back, on) = (*before - *bend, *after - *bend);
        let radius = BEND_RADIUS.min(back.hypot() / 2.0).min(on.hypot() / 2.0);
        if radius < 0.5 {
            path.line_to(*bend);
            continue;
        }
        path.line_to(*bend + back.normalize() * radius);
        path.quad_to(*bend, *bend + on.normalize() * radius);
    }
    if let Some(end) = rest.last() {
        path.line_to(*end);
    }
    path
}

/// Points along a line, near enough for pointing at it: curves as many short pieces.
pub fn line_points(line: &Line) -> Vec<Point> {
    if !line.is_curve {
        return line.points.clone();
    }
    let mut points = Vec::new();
    flatten(line_path(line), 0.5, |element| {
        if let PathEl::MoveTo(point) | PathEl::LineTo(point) = element {
            points.push(point);
        }
    });
    points
}

/// The points of a line, moved so that level and upright pieces lie on the middle of pixels.
fn crisp_points(line: &Line) -> Vec<Point> {
    let is_orthogonal = line.points.windows(2).all(|piece| match piece {
        [a, b] => a.x == b.x || a.y == b.y,
        _ => true,
    });
    if line.is_curve || !is_orthogonal {
        return line.points.clone();
    }
    let crisp = |value: f64| (value - 0.5).round() + 0.5;
    line.points.iter().map(|point| Point::new(crisp(point.x), crisp(point.y))).collect()
}

/// The box of a line's label; none when it has no text.
pub fn label_rect(model: &Model, id: LineId, line: &Line) -> Option<Rect> {
    let rect = Rect::from_center_size(line.label, label_size(model, id)?);
    Some(rect + (rect.origin().round() - rect.origin()))
}

/// Draws the label of a line, on a ground of its own so that it reads over any line.
pub fn line_label(cx: &SceneContext<'_>, id: LineId, line: &Line) -> Option<Group> {
    let text = label_text(cx.model(), id)?;
    let rect = label_rect(cx.model(), id, line)?;
    let mut group = Group::of(Target::LineLabel(id), "");
    group.offset = rect.origin().to_vec2();
    let body = Rect::from_origin_size(Point::ORIGIN, rect.size());
    let edge = Paint::stroke(cx.theme.border, 1.0).filled(cx.theme.surface);
    group.rect(body.inset(-0.5), 4.0, edge);
    let style = (FontFace::Regular, SECONDARY_SIZE, cx.theme.ink_secondary);
    let center = body.center();
    group.text(centered(&text, (center.x, center.y), style, Anchor::Middle));
    Some(group)
}
