//! What stands above the diagram: selection, what the pointer is over, ports, guides, and what is
//! being drawn.

use eframe::egui::{Color32, Painter, Shape, Stroke, StrokeKind};

use crate::app::canvas::paint::{View, screen_width};
use crate::app::canvas::typed_card::TypedCard;
use crate::app::theme;
use crate::base::geom::{Point, Rect};
use crate::editor::Editor;
use crate::editor::selection::{element_of, row_element};
use crate::editor::tools::BrushKind;
use crate::layout::{Layout, LineId, RowContent};
use crate::model::graph::Link;
use crate::model::id::{ElementId, NodeId};
use crate::scene::reference_line::line_points;
use crate::scene::target::Target;
use crate::scene::theme::Theme;

pub(super) fn paint(
    painter: &Painter,
    view: &View,
    editor: &Editor,
    colors: &Theme,
    typed: Option<&TypedCard>,
) {
    let accent = theme::color32(colors.accent);
    let session = editor.session();
    let layout = editor.layout();
    let mut shapes = Vec::new();
    if let Some(hover) = session.hover.filter(|_| session.cell.is_none()) {
        let element = element_of(layout, hover);
        let is_selected = element.is_some_and(|element| session.selection.contains(element));
        if !is_selected {
            outline(view, layout, hover, accent.gamma_multiply(0.6), 1.0, &mut shapes);
        }
        push_ports(view, layout, hover, colors, &mut shapes);
    }
    let is_typed = |target: Target| match target {
        Target::Card(node) | Target::Row(node, _) => typed.is_some_and(|typed| typed.node == node),
        _ => false,
    };
    for target in selected(view, editor).into_iter().filter(|target| !is_typed(*target)) {
        outline(view, layout, target, accent, 2.0, &mut shapes);
    }
    if let Some(typed) = typed {
        card_outline(view, typed.card.rect, Stroke::new(2.0, accent), &mut shapes);
    }
    if let Some(card) = session.focus.and_then(|node| layout.cards.get(&node)) {
        push_focus(view, card.rect, accent, &mut shapes);
    }
    let overlay = session.tool.overlay();
    for guide in &overlay.guides {
        let line = [view.pos(guide.from), view.pos(guide.to)];
        shapes.push(Shape::line_segment(line, Stroke::new(1.0, accent)));
    }
    if let Some(drop) = overlay.drop {
        outline(view, layout, drop, accent, 2.0, &mut shapes);
    }
    if let Some(rubber) = overlay.rubber {
        let line = [view.pos(rubber.from), view.pos(rubber.to)];
        shapes.push(Shape::line_segment(line, Stroke::new(2.0, accent)));
        shapes.push(Shape::circle_filled(line[1], 4.0, accent));
    }
    if let Some(brush) = overlay.brush {
        let rect = view.screen_rect(brush.rect);
        shapes.push(Shape::rect_filled(rect, 0, accent.gamma_multiply(0.10)));
        let stroke = Stroke::new(1.0, accent);
        if brush.kind == BrushKind::Touching {
            let corners = [
                rect.left_top(),
                rect.right_top(),
                rect.right_bottom(),
                rect.left_bottom(),
                rect.left_top(),
            ];
            shapes.extend(Shape::dashed_line(&corners, stroke, 5.0, 4.0));
        } else {
            shapes.push(Shape::rect_stroke(rect, 0, stroke, StrokeKind::Inside));
        }
    }
    painter.extend(shapes);
}

/// More elements than this are looked for among what is visible.
const MANY: usize = 64;

/// What is selected; of many elements only what is visible.
fn selected(view: &View, editor: &Editor) -> Vec<Target> {
    let (selection, layout) = (&editor.session().selection, editor.layout());
    if selection.len() <= MANY {
        return selection.iter().flat_map(|element| targets_of(layout, element)).collect();
    }
    let visible = view.visible().inflate(8.0 / view.zoom(), 8.0 / view.zoom());
    let is_selected = |target: &Target| match target {
        // What a containment line stands for is marked where its row is.
        Target::Line(Link::Embedding(_) | Link::Use(_)) => false,
        _ => element_of(layout, *target).is_some_and(|element| selection.contains(element)),
    };
    // A frame around all that is visible shows nothing of itself.
    let frames = layout.frames.keys().map(|id| Target::Area(*id));
    let seen = editor.derived().hits().touching(visible).into_iter();
    let mut found = Vec::new();
    for target in seen.filter(|target| !matches!(target, Target::Area(_))).chain(frames) {
        if is_selected(&target) {
            found.push(target);
        }
        let Target::Card(node) = target else { continue };
        let rows = layout.cards.get(&node).map(|card| card.rows.as_slice()).unwrap_or_default();
        let rows = rows.iter().map(|row| row.content);
        let chosen = rows.filter(|row| {
            let element = row_element(node, *row);
            element != node.into() && selection.contains(element)
        });
        found.extend(chosen.map(|row| Target::Row(node, row)));
    }
    found
}

/// What of the diagram an element is.
fn targets_of(layout: &Layout, element: ElementId) -> Vec<Target> {
    match element {
        ElementId::Entity(id) => vec![Target::Card(id.into())],
        ElementId::Enumeration(id) => vec![Target::Card(id.into())],
        ElementId::Field(entity, field) => {
            vec![Target::Row(entity.into(), RowContent::Field(field))]
        }
        ElementId::Value(id, value) => vec![Target::Row(id.into(), RowContent::Value(value))],
        ElementId::Reference(id) => {
            let line = Link::Reference(id);
            layout.lines.contains_key(&line).then_some(Target::Line(line)).into_iter().collect()
        }
        ElementId::Area(id) => vec![Target::Area(id)],
        ElementId::Note(id) => vec![Target::Note(id)],
        ElementId::Namespace(_)
        | ElementId::Key(..)
        | ElementId::Index(..)
        | ElementId::Check(..) => Vec::new(),
    }
}

fn outline(
    view: &View,
    layout: &Layout,
    target: Target,
    color: Color32,
    width: f32,
    shapes: &mut Vec<Shape>,
) {
    let radius = radius(view);
    let stroke = Stroke::new(width, color);
    match target {
        Target::Card(node) | Target::Header(node) | Target::Port(node, None) => {
            if let Some(card) = layout.cards.get(&node) {
                card_outline(view, card.rect, stroke, shapes);
            }
        }
        Target::Row(node, row) | Target::Port(node, Some(row)) => {
            if let Some(rect) = row_rect(layout, node, row) {
                let rect = view.screen_rect(rect);
                shapes.push(Shape::rect_filled(rect, 2, color.gamma_multiply(0.16)));
                let edge = eframe::egui::Rect::from_min_size(
                    rect.min,
                    eframe::egui::vec2(width, rect.height()),
                );
                shapes.push(Shape::rect_filled(edge, 0, color));
            }
        }
        Target::Line(id) | Target::LineEnd(id, _) | Target::LineLabel(id) => {
            push_line(view, layout, id, color, f64::from(width), shapes);
        }
        Target::Area(id) => {
            if let Some(rect) = layout.frames.get(&id) {
                let rect = view.screen_rect(*rect);
                shapes.push(Shape::rect_stroke(rect, radius, stroke, StrokeKind::Middle));
            }
        }
        Target::Note(id) => {
            if let Some(rect) = layout.notes.get(&id) {
                let rect = view.screen_rect(*rect);
                shapes.push(Shape::rect_stroke(rect, 4, stroke, StrokeKind::Outside));
            }
        }
    }
}

fn card_outline(view: &View, card: Rect, stroke: Stroke, shapes: &mut Vec<Shape>) {
    let rect = view.screen_rect(card);
    shapes.push(Shape::rect_stroke(rect, radius(view), stroke, StrokeKind::Outside));
}

/// A dashed ring around the card that the keyboard is at: it may be selected or not.
fn push_focus(view: &View, card: Rect, color: Color32, shapes: &mut Vec<Shape>) {
    let ring = view.screen_rect(card).expand(5.0);
    let corners = [
        ring.left_top(),
        ring.right_top(),
        ring.right_bottom(),
        ring.left_bottom(),
        ring.left_top(),
    ];
    shapes.extend(Shape::dashed_line(&corners, Stroke::new(1.5, color), 4.0, 3.0));
}

fn radius(view: &View) -> u8 {
    (6.0 * view.zoom()).clamp(2.0, 12.0) as u8
}

/// A line in that color, with the two fields that it joins.
fn push_line(
    view: &View,
    layout: &Layout,
    id: LineId,
    color: Color32,
    width: f64,
    shapes: &mut Vec<Shape>,
) {
    let Some(line) = layout.lines.get(&id) else { return };
    let points = line_points(line).into_iter().map(|point| view.pos(point)).collect();
    let stroke = Stroke::new(screen_width(width + 0.5, view.zoom().max(0.7)), color);
    shapes.push(Shape::line(points, stroke));
    for (node, at) in [(line.from, line.start.point), (line.to, line.end.point)] {
        if let Some(rect) = row_at(layout, node, at) {
            shapes.push(Shape::rect_filled(view.screen_rect(rect), 2, color.gamma_multiply(0.14)));
        }
    }
}

/// The rectangle of a row.
pub(super) fn row_rect(layout: &Layout, node: NodeId, row: RowContent) -> Option<Rect> {
    let card = layout.cards.get(&node)?;
    let row = card.rows.iter().find(|one| one.content == row)?;
    let top = card.rect.y0 + row.top;
    Some(Rect::new(card.rect.x0, top, card.rect.x1, top + row.height))
}

/// The row at the height where a line meets a card.
fn row_at(layout: &Layout, node: NodeId, at: Point) -> Option<Rect> {
    let card = layout.cards.get(&node)?;
    let row = card.rows.iter().find(|row| {
        let top = card.rect.y0 + row.top;
        (top..top + row.height).contains(&at.y)
    })?;
    row_rect(layout, node, row.content)
}

/// The dots from which references are drawn, on the row under the pointer.
fn push_ports(
    view: &View,
    layout: &Layout,
    hover: Target,
    colors: &Theme,
    shapes: &mut Vec<Shape>,
) {
    if view.zoom() < 0.4 {
        return;
    }
    let rect = match hover {
        Target::Row(node, row) | Target::Port(node, Some(row)) => row_rect(layout, node, row),
        Target::Header(node) | Target::Port(node, None) => {
            layout.cards.get(&node).map(|card| Rect { y1: card.rect.y0 + card.header, ..card.rect })
        }
        _ => None,
    };
    let Some(rect) = rect else { return };
    let is_port = matches!(hover, Target::Port(..));
    let radius = if is_port { 5.5 } else { 4.0 };
    for x in [rect.x0, rect.x1] {
        let at = view.pos(Point::new(x, rect.center().y));
        shapes.push(Shape::circle_filled(at, radius, theme::color32(colors.surface)));
        shapes.push(Shape::circle_stroke(
            at,
            radius,
            Stroke::new(1.5, theme::color32(colors.accent)),
        ));
    }
}
