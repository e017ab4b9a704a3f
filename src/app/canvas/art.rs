//! What is kept between frames: the drawings of visible cards and lines, made once per change of
//! each, and their shapes at the zoom they were seen at last, only moved while the canvas moves.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use eframe::egui::{Painter, Pos2, Shape};

use crate::app::canvas::far::Far;
use crate::app::canvas::paint::{
    Galleys, Stretch, View, group_shapes, group_shapes_again, push_visible_path, stretches,
};
use crate::app::theme;
use crate::base::color::Color;
use crate::base::geom::Rect;
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

/// Drawings of what is, or lately was, visible.
///
/// - A drawing is made anew when its stamp says that it changed, when another diagram is opened and
///   when colors change; its shapes also when the zoom changes or egui forgets its glyphs.
#[derive(Debug, Default)]
pub(super) struct Art {
    made_for: Option<(DiagramId, ThemeKind)>,
    version: u64,
    cards: BTreeMap<NodeId, CardArt>,
    lines: BTreeMap<LineId, LineArt>,
    glyphs: Option<Glyphs>,
    far: Far,
}

#[derive(Debug)]
struct CardArt {
    /// The version that it was made of.
    stamp: u64,
    group: Group,
    galleys: Galleys,
    shapes: Vec<Shape>,
    /// Zoom, and where the world's origin was, when the shapes were made.
    drawn: Option<(f64, Pos2)>,
}

#[derive(Debug)]
struct LineArt {
    /// The version that it was made of.
    stamp: u64,
    group: Group,
    label: Option<Group>,
    pieces: Vec<Piece>,
    /// The zoom for which the pieces are near enough.
    zoom: f64,
}

/// One path of a line.
#[derive(Debug)]
struct Piece {
    path: Vec<Stretch>,
    paint: Paint,
    /// Whether it is part of what stands at an end.
    is_mark: bool,
}

/// Marks at the ends of lines are specks below this zoom.
const MARK_ZOOM: f64 = 0.25;

/// What laid out texts point into: a font atlas of one resolution, and how full it is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Glyphs {
    pixels_per_point: f32,
    filled: f32,
}

/// How many drawings are kept before those out of sight are forgotten.
const MOST_KEPT: usize = 1_500;

impl Art {
    /// Paints everything visible in full.
    pub(super) fn near(&mut self, painter: &Painter, view: &View, editor: &Editor, colors: &Theme) {
        let Some(diagram) = editor.diagram() else { return };
        let (model, layout) = (&editor.project().model, editor.layout());
        let visible = view.visible().inflate(8.0 / view.zoom(), 8.0 / view.zoom());
        let Some(tools) = editor.tool_context() else { return };
        let seen = Seen::new(tools.hits.touching(visible));
        self.forget_stale(painter, editor, colors);
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
        self.make_missing(&context, editor, &seen);
        self.push_lines(painter, view, editor, &seen, visible, &mut shapes);
        self.push_cards(painter, view, &seen, editor, colors, &mut shapes);
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

    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method takes one lifetime only"
    )]
    fn forget_stale(&mut self, painter: &Painter, editor: &Editor, colors: &Theme) {
        let key = (editor.session().diagram, colors.kind);
        if self.made_for != Some(key) {
            self.cards.clear();
            self.lines.clear();
            self.made_for = Some(key);
        }
        let glyphs = Glyphs {
            pixels_per_point: painter.pixels_per_point(),
            filled: painter.ctx().fonts(|fonts| fonts.font_atlas_fill_ratio()),
        };
        // An atlas only fills, until it is emptied and begun anew.
        let is_same = |old: Glyphs| {
            old.pixels_per_point == glyphs.pixels_per_point && old.filled <= glyphs.filled
        };
        if !self.glyphs.is_some_and(is_same) {
            for card in self.cards.values_mut() {
                card.galleys = Galleys::default();
                card.drawn = None;
            }
        }
        self.glyphs = Some(glyphs);
    }

    /// Forgets what changed since it was made, and all that is out of sight when that has become a
    /// lot.
    fn forget_changed(&mut self, editor: &Editor, seen: &Seen) {
        if self.cards.len() + self.lines.len() > MOST_KEPT.max(2 * seen.len()) {
            let (cards, lines) =
                (BTreeSet::from_iter(&seen.cards), BTreeSet::from_iter(&seen.lines));
            self.cards.retain(|node, _| cards.contains(node));
            self.lines.retain(|id, _| lines.contains(id));
        }
        let derived = editor.derived();
        if self.version != derived.version() {
            self.cards.retain(|node, card| card.stamp == derived.node_stamp(*node));
            self.lines.retain(|id, line| line.stamp == derived.line_stamp(*id));
            self.version = derived.version();
        }
    }

    fn make_missing(&mut self, cx: &SceneContext<'_>, editor: &Editor, seen: &Seen) {
        let derived = editor.derived();
        for node in &seen.cards {
            if let Some(card) = cx.layout.cards.get(node)
                && let Entry::Vacant(vacant) = self.cards.entry(*node)
            {
                let (stamp, group) = (derived.node_stamp(*node), cx.card(*node, card));
                let (group, galleys) = (group.unwrap_or_default(), Galleys::default());
                vacant.insert(CardArt { stamp, group, galleys, shapes: Vec::new(), drawn: None });
            }
        }
        for id in &seen.lines {
            if let Some(line) = cx.layout.lines.get(id)
                && let Entry::Vacant(vacant) = self.lines.entry(*id)
            {
                let (stamp, group) = (derived.line_stamp(*id), reference_line(cx, *id, line));
                let label = line_label(cx, *id, line);
                vacant.insert(LineArt { stamp, group, label, pieces: Vec::new(), zoom: 0.0 });
            }
        }
    }

    fn push_lines(
        &mut self,
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
        for id in &seen.lines {
            let Some(line) = self.lines.get_mut(id) else { continue };
            let is_lit = is_lit(id);
            let shows_marks = view.zoom() >= MARK_ZOOM;
            let pieces = line.pieces_for(view.zoom()).iter();
            for Piece { path, paint, .. } in pieces.filter(|one| shows_marks || !one.is_mark) {
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
        &mut self,
        painter: &Painter,
        view: &View,
        seen: &Seen,
        editor: &Editor,
        colors: &Theme,
        shapes: &mut Vec<Shape>,
    ) {
        let spotlight = &editor.session().spotlight;
        let veil = theme::color32(colors.canvas).gamma_multiply(0.66);
        for node in &seen.cards {
            let Some(card) = self.cards.get_mut(node) else { continue };
            card.push_shapes(painter, view, shapes);
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

impl CardArt {
    /// Its shapes where the world stands now.
    fn push_shapes(&mut self, painter: &Painter, view: &View, shapes: &mut Vec<Shape>) {
        let made_at = match self.drawn {
            Some((zoom, made_at)) if zoom == view.zoom() => made_at,
            _ => {
                let Self { group, galleys, shapes, .. } = self;
                shapes.clear();
                group_shapes_again(painter, view, group, galleys, shapes);
                self.drawn = Some((view.zoom(), view.origin()));
                view.origin()
            }
        };
        let shift = view.origin() - made_at;
        shapes.extend(self.shapes.iter().cloned().map(|mut shape| {
            shape.translate(shift);
            shape
        }));
    }
}

impl LineArt {
    /// Its pieces, followed nearly enough at that zoom.
    fn pieces_for(&mut self, zoom: f64) -> &[Piece] {
        // Points for twice the zoom do for every zoom below that is not much smaller.
        if self.zoom < zoom || self.zoom > 4.0 * zoom {
            self.zoom = 2.0 * zoom;
            self.pieces.clear();
            push_pieces(&self.group, self.zoom, false, &mut self.pieces);
        }
        &self.pieces
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
    fn len(&self) -> usize {
        self.cards.len() + self.lines.len()
    }

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

/// The paths of a line; those of groups inside it are its marks.
fn push_pieces(group: &Group, zoom: f64, is_mark: bool, pieces: &mut Vec<Piece>) {
    for item in &group.items {
        match item {
            Item::Path(path) => {
                let (path, paint) = (stretches(&path.path, group.offset, zoom), path.paint);
                pieces.push(Piece { path, paint, is_mark });
            }
            Item::Group(inner) => push_pieces(inner, zoom, true, pieces),
            Item::Rect(_) | Item::Text(_) | Item::Icon(_) => {}
        }
    }
}
