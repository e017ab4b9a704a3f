//! What is kept between frames: the shapes of visible cards, made once per change of each, zoom and
//! theme and only moved while the canvas moves, and the points of visible lines.

use std::collections::BTreeMap;

use eframe::egui::{Painter, Pos2, Shape};

use crate::app::canvas::far::Far;
use crate::app::canvas::paint::{View, group_shapes, points_of, push_visible_path};
use crate::app::theme;
use crate::base::color::Color;
use crate::base::geom::{Point, Rect};
use crate::editor::Editor;
use crate::layout::LineId;
use crate::model::id::{DiagramId, NodeId};
use crate::scene::area_frame::area_frame;
use crate::scene::build::SceneContext;
use crate::scene::entity_card::RADIUS;
use crate::scene::note_card::note_card;
use crate::scene::reference_line::{line_label, reference_line};
use crate::scene::target::Target;
use crate::scene::theme::{Theme, ThemeKind};
use crate::scene::{Group, Item, Paint, Stroke};

/// Shapes and points of what is, or lately was, visible.
#[derive(Debug, Default)]
pub(super) struct Art {
    made_for: Option<Key>,
    cards: BTreeMap<NodeId, Card>,
    lines: BTreeMap<LineId, Line>,
    far: Far,
}

/// What shapes depend on; another one makes them all anew.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    diagram: DiagramId,
    theme: ThemeKind,
    zoom: f64,
}

#[derive(Debug)]
struct Card {
    /// The version they were made of.
    stamp: u64,
    /// Where the world's origin was when they were made.
    origin: Pos2,
    shapes: Vec<Shape>,
}

/// One piece of a line's path with its paint.
type Piece = (Vec<(Vec<Point>, bool)>, Paint);

#[derive(Debug)]
struct Line {
    /// The version it was made of.
    stamp: u64,
    pieces: Vec<Piece>,
    label: Option<Group>,
}

/// How many cards are kept before those out of sight are forgotten.
const MOST_CARDS: usize = 600;

impl Art {
    /// Paints everything visible in full.
    pub(super) fn near(&mut self, painter: &Painter, view: &View, editor: &Editor, colors: &Theme) {
        let Some(diagram) = editor.diagram() else { return };
        self.forget_stale(editor, view, colors);
        let (model, layout) = (&editor.project().model, editor.layout());
        let visible = view.visible().inflate(8.0 / view.zoom(), 8.0 / view.zoom());
        let Some(tools) = editor.tool_context() else { return };
        let seen = Seen::new(tools.hits.touching(layout, visible));
        self.forget_changed(editor, &seen);
        let missing: Vec<NodeId> =
            seen.cards.iter().copied().filter(|node| !self.cards.contains_key(node)).collect();
        let context = SceneContext::of_some(model, diagram, layout, colors, &missing);
        let mut shapes = Vec::new();
        for (id, rect) in layout.frames.iter().filter(|(_, rect)| rect.overlaps(visible)) {
            if let Some(area) = model.area(*id) {
                group_shapes(painter, view, &area_frame(&context, area, *rect), &mut shapes);
            }
        }
        self.make_missing(painter, view, &context, editor, &seen);
        self.push_lines(painter, view, editor, &seen, visible, &mut shapes);
        self.push_cards(view, &seen, editor, colors, &mut shapes);
        for id in &seen.notes {
            if let (Some(note), Some(rect)) = (model.note(*id), layout.notes.get(id)) {
                group_shapes(painter, view, &note_card(&context, note, *rect), &mut shapes);
            }
        }
        painter.extend(shapes);
    }

    /// Paints all of a diagram that is too small for texts.
    pub(super) fn far(&mut self, painter: &Painter, view: &View, editor: &Editor, colors: &Theme) {
        self.far.paint(painter, view, editor, colors);
    }

    fn forget_stale(&mut self, editor: &Editor, view: &View, colors: &Theme) {
        let key = Key { diagram: editor.session().diagram, theme: colors.kind, zoom: view.zoom() };
        if self.made_for != Some(key) || self.cards.len() > MOST_CARDS {
            self.cards.clear();
            self.lines.clear();
            self.made_for = Some(key);
        }
    }

    /// Forgets the visible things that changed since they were made.
    fn forget_changed(&mut self, editor: &Editor, seen: &Seen) {
        let derived = editor.derived();
        for node in &seen.cards {
            if self.cards.get(node).is_some_and(|card| card.stamp != derived.node_stamp(*node)) {
                self.cards.remove(node);
            }
        }
        for id in &seen.lines {
            if self.lines.get(id).is_some_and(|line| line.stamp != derived.line_stamp(*id)) {
                self.lines.remove(id);
            }
        }
    }

    fn make_missing(
        &mut self,
        painter: &Painter,
        view: &View,
        cx: &SceneContext<'_>,
        editor: &Editor,
        seen: &Seen,
    ) {
        let derived = editor.derived();
        for node in &seen.cards {
            let Some(card) = cx.layout.cards.get(node) else { continue };
            self.cards.entry(*node).or_insert_with(|| {
                let mut shapes = Vec::new();
                if let Some(group) = cx.card(*node, card) {
                    group_shapes(painter, view, &group, &mut shapes);
                }
                Card { stamp: derived.node_stamp(*node), origin: view.origin(), shapes }
            });
        }
        for id in &seen.lines {
            let Some(line) = cx.layout.lines.get(id) else { continue };
            self.lines.entry(*id).or_insert_with(|| {
                let group = reference_line(cx, *id, line);
                let mut pieces = Vec::new();
                push_pieces(&group, view.zoom(), &mut pieces);
                Line { stamp: derived.line_stamp(*id), pieces, label: line_label(cx, *id, line) }
            });
        }
    }

    fn push_lines(
        &self,
        painter: &Painter,
        view: &View,
        editor: &Editor,
        seen: &Seen,
        visible: Rect,
        shapes: &mut Vec<Shape>,
    ) {
        let spotlight = &editor.session().spotlight;
        let is_lit = |id: &LineId| {
            let line = editor.layout().lines.get(id);
            spotlight.is_empty()
                || line.is_some_and(|l| spotlight.contains(&l.from) && spotlight.contains(&l.to))
        };
        for (id, line) in seen.lines.iter().filter_map(|id| Some((id, self.lines.get(id)?))) {
            let is_lit = is_lit(id);
            for (path, paint) in &line.pieces {
                let paint = if is_lit { *paint } else { dimmed(paint) };
                push_visible_path(view, path, &paint, visible, shapes);
            }
        }
        for (id, line) in seen.lines.iter().filter_map(|id| Some((id, self.lines.get(id)?))) {
            if let Some(label) = line.label.as_ref().filter(|_| is_lit(id)) {
                group_shapes(painter, view, label, shapes);
            }
        }
    }

    fn push_cards(
        &self,
        view: &View,
        seen: &Seen,
        editor: &Editor,
        colors: &Theme,
        shapes: &mut Vec<Shape>,
    ) {
        let spotlight = &editor.session().spotlight;
        let veil = theme::color32(colors.canvas).gamma_multiply(0.66);
        for node in &seen.cards {
            let Some(card) = self.cards.get(node) else { continue };
            let shift = view.origin() - card.origin;
            shapes.extend(card.shapes.iter().cloned().map(|mut shape| {
                shape.translate(shift);
                shape
            }));
            let is_dimmed = !spotlight.is_empty() && !spotlight.contains(node);
            if is_dimmed && let Some(card) = editor.layout().cards.get(node) {
                let radius = (RADIUS * view.zoom()) as f32;
                // The border stands half outside.
                let rect = view.screen_rect(card.rect).expand(1.0);
                shapes.push(Shape::rect_filled(rect, radius + 1.0, veil));
            }
        }
    }
}

/// The paint of a line that leads away from what is lit.
fn dimmed(paint: &Paint) -> Paint {
    let faint = |color: Color| color.with_alpha((f64::from(color.alpha) * 0.3) as u8);
    Paint {
        fill: paint.fill.map(faint),
        stroke: paint.stroke.map(|stroke| Stroke { color: faint(stroke.color), ..stroke }),
    }
}

/// What is visible, each kind in painting order.
#[derive(Debug, Default)]
struct Seen {
    cards: Vec<NodeId>,
    lines: Vec<LineId>,
    notes: Vec<crate::model::id::NoteId>,
}

impl Seen {
    fn new(targets: Vec<Target>) -> Self {
        let mut seen = Self::default();
        for target in targets {
            match target {
                Target::Card(node) => seen.cards.push(node),
                Target::Line(line) => seen.lines.push(line),
                Target::Note(note) => seen.notes.push(note),
                Target::Area(_)
                | Target::Header(_)
                | Target::Row(..)
                | Target::Port(..)
                | Target::LineEnd(..)
                | Target::LineLabel(_) => {}
            }
        }
        seen
    }
}

fn push_pieces(group: &Group, zoom: f64, pieces: &mut Vec<Piece>) {
    for item in &group.items {
        match item {
            Item::Path(path) => {
                pieces.push((points_of(&path.path, group.offset, zoom), path.paint));
            }
            Item::Group(inner) => push_pieces(inner, zoom, pieces),
            Item::Rect(_) | Item::Text(_) | Item::Icon(_) => {}
        }
    }
}
