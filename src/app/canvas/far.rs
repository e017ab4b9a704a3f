//! A diagram seen from far: cards as rectangles and lines as thin strips.
//!
//! Things that stand near each other share a mesh. What the meshes are made of is kept in world
//! units, once per version of the layout and theme, and coarser the farther away; a frame only moves
//! the corners of the meshes that are visible, and nothing while the view stays; a change only makes
//! the meshes anew that have to do with it. Must not know tools or what is selected.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use eframe::egui::epaint::{Mesh, Vertex, WHITE_UV};
use eframe::egui::{Color32, Painter, Pos2, Shape, pos2};

use crate::app::canvas::paint::View;
use crate::app::theme;
use crate::base::geom::{PathEl, Point, Rect, Vec2, flatten};
use crate::diagram::Diagram;
use crate::editor::Editor;
use crate::editor::derived::Derived;
use crate::layout::{Card, Layout, Line, LineId};
use crate::model::Model;
use crate::model::id::{DiagramId, NodeId};
use crate::scene::build::node_color;
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

/// The meshes of a diagram: frames, above them lines, then cards.
///
/// - They are made anew with the layout and the theme; where single things changed, only the meshes
///   that these share with their neighbors are.
#[derive(Debug, Default)]
pub(super) struct Far {
    made_for: Option<(DiagramId, ThemeKind)>,
    version: u64,
    lines: Places<LineId>,
    cards: Places<NodeId>,
    frames: Patch,
    /// By coarseness; none until it is seen.
    levels: [Option<Level>; LEVELS],
}

/// The meshes of one coarseness, by where they stand.
#[derive(Debug, Default)]
struct Level {
    lines: BTreeMap<Cell, Patch>,
    cards: BTreeMap<Cell, Patch>,
}

impl Far {
    pub(super) fn paint(
        &mut self,
        painter: &Painter,
        view: &View,
        editor: &Editor,
        colors: &Theme,
    ) {
        let Some(diagram) = editor.diagram() else { return };
        let (model, layout) = (&editor.project().model, editor.layout());
        let drawing = Drawing { model, diagram, layout, colors };
        let number = ((FAR / view.zoom()).log2() as usize).min(LEVELS - 1);
        self.refresh(editor.derived(), &drawing, number);
        let Some(level) = self.levels.get_mut(number) else { return };
        let (lines, cards) = (&self.lines, &self.cards);
        let level = level.get_or_insert_with(|| Level::of(&drawing, lines, cards, number));
        let place = Place { origin: view.origin(), zoom: view.zoom() as f32 };
        let visible = view.visible();
        let above = level.lines.values_mut().chain(level.cards.values_mut());
        let patches = std::iter::once(&mut self.frames).chain(above);
        for patch in patches.filter(|patch| patch.bounds.overlaps(visible)) {
            // A clip of its own keeps egui from gathering all meshes into a single huge one.
            let clip = view.screen_rect(patch.bounds).expand(2.0).intersect(painter.clip_rect());
            painter.with_clip_rect(clip).add(Shape::Mesh(patch.mesh_at(place)));
        }
    }

    /// Brings up to date what changed since the last frame, at that coarseness; of the others it
    /// lets go.
    fn refresh(&mut self, derived: &Derived, drawing: &Drawing<'_>, number: usize) {
        let made_for = Some((drawing.diagram.id, drawing.colors.kind));
        let is_same = self.made_for == made_for;
        if is_same && self.version == derived.version() {
            return;
        }
        self.frames = drawing.frames();
        let is_placed = self.made_for.is_some_and(|(diagram, _)| diagram == drawing.diagram.id);
        if !is_same && is_placed && self.version == derived.version() {
            self.recolor(drawing, number);
            self.made_for = made_for;
            return;
        }
        let touched = derived.touched_since(self.version).filter(|_| is_same);
        let layout = drawing.layout;
        if let Some(touched) = touched {
            let (mut nodes, mut ids) = (BTreeSet::new(), BTreeSet::new());
            for one in touched {
                nodes.extend(&one.nodes);
                ids.extend(&one.lines);
            }
            let place = |node: &NodeId| layout.cards.get(node).map(cell_of_card);
            let cards = self.cards.replace(nodes, place, |node| layout.cards.get_index_of(node));
            let place = |id: &LineId| layout.lines.get(id).and_then(cell_of_line);
            let lines = self.lines.replace(ids, place, |id| layout.lines.get_index_of(id));
            for (other, level) in self.levels.iter_mut().enumerate() {
                if other == number
                    && let Some(level) = level
                {
                    refill(&mut level.lines, &lines, |cell| {
                        drawing.lines(self.lines.at(cell), number)
                    });
                    refill(&mut level.cards, &cards, |cell| {
                        drawing.cards(self.cards.at(cell), number)
                    });
                } else {
                    *level = None;
                }
            }
        } else {
            let cards = layout.cards.iter().map(|(node, card)| (*node, Some(cell_of_card(card))));
            self.cards = Places::of(cards);
            self.lines = Places::of(layout.lines.iter().map(|(id, one)| (*id, cell_of_line(one))));
            self.levels = Default::default();
        }
        (self.made_for, self.version) = (made_for, derived.version());
    }
}

impl Far {
    /// Changes the colors of one coarseness; of the others it lets go.
    fn recolor(&mut self, drawing: &Drawing<'_>, number: usize) {
        for (other, level) in self.levels.iter_mut().enumerate() {
            let Some(kept) = level.as_mut().filter(|_| other == number) else {
                *level = None;
                continue;
            };
            for patch in kept.lines.values_mut() {
                patch.paint(drawing.line_color());
            }
            for (cell, patch) in &mut kept.cards {
                *patch = drawing.cards(self.cards.at(*cell), number);
            }
        }
    }
}

impl Level {
    fn of(
        drawing: &Drawing<'_>,
        lines: &Places<LineId>,
        cards: &Places<NodeId>,
        number: usize,
    ) -> Self {
        let lines = lines.members.iter().map(|(cell, ids)| (*cell, drawing.lines(ids, number)));
        let cards = cards.members.iter().map(|(cell, nodes)| (*cell, drawing.cards(nodes, number)));
        Self { lines: lines.collect(), cards: cards.collect() }
    }
}

/// Makes the meshes of those cells anew.
fn refill(
    meshes: &mut BTreeMap<Cell, Patch>,
    cells: &BTreeSet<Cell>,
    make: impl Fn(Cell) -> Patch,
) {
    for cell in cells {
        meshes.insert(*cell, make(*cell));
    }
}

/// A square of the world.
type Cell = (i64, i64);

fn cell_at(point: Point) -> Cell {
    let place = (point.to_vec2() / PATCH).floor();
    (place.x as i64, place.y as i64)
}

fn cell_of_card(card: &Card) -> Cell {
    cell_at(card.rect.origin())
}

fn cell_of_line(line: &Line) -> Option<Cell> {
    line.points.first().map(|point| cell_at(*point))
}

/// In which square things stand, and which things stand there, the first painted first.
#[derive(Debug)]
struct Places<I> {
    cells: BTreeMap<I, Cell>,
    members: BTreeMap<Cell, Vec<I>>,
}

impl<I> Default for Places<I> {
    fn default() -> Self {
        Self { cells: BTreeMap::new(), members: BTreeMap::new() }
    }
}

impl<I: Copy + Ord> Places<I> {
    fn of(things: impl Iterator<Item = (I, Option<Cell>)>) -> Self {
        let mut places = Self::default();
        for (id, cell) in things {
            if let Some(cell) = cell {
                places.cells.insert(id, cell);
                places.members.entry(cell).or_default().push(id);
            }
        }
        places
    }

    fn at(&self, cell: Cell) -> &[I] {
        self.members.get(&cell).map(Vec::as_slice).unwrap_or_default()
    }

    /// Puts things where they are now; the squares that they were in and are in.
    fn replace(
        &mut self,
        things: BTreeSet<I>,
        place: impl Fn(&I) -> Option<Cell>,
        number: impl Fn(&I) -> Option<usize>,
    ) -> BTreeSet<Cell> {
        let mut touched = BTreeSet::new();
        let was_in: BTreeSet<Cell> =
            things.iter().filter_map(|id| self.cells.get(id).copied()).collect();
        for cell in was_in {
            if let Some(members) = self.members.get_mut(&cell) {
                members.retain(|id| !things.contains(id));
            }
            touched.insert(cell);
        }
        for id in things {
            self.cells.remove(&id);
            if let Some(cell) = place(&id) {
                self.cells.insert(id, cell);
                self.members.entry(cell).or_default().push(id);
                touched.insert(cell);
            }
        }
        for cell in &touched {
            if let Some(members) = self.members.get_mut(cell) {
                members.sort_by_cached_key(&number);
            }
        }
        touched
    }
}

/// What meshes are made of.
struct Drawing<'a> {
    model: &'a Model,
    diagram: &'a Diagram,
    layout: &'a Layout,
    colors: &'a Theme,
}

impl Drawing<'_> {
    fn frames(&self) -> Patch {
        let mut patch = Patch::default();
        for (id, rect) in &self.layout.frames {
            if let Some(area) = self.model.area(*id) {
                patch.rect(*rect, theme::color32(self.colors.shade(area.color).frame));
            }
        }
        patch
    }

    fn line_color(&self) -> Color32 {
        theme::color32(self.colors.line.mix(self.colors.canvas, LINE_FADE))
    }

    fn lines(&self, ids: &[LineId], level: usize) -> Patch {
        let mut patch = Patch::default();
        let color = self.line_color();
        let tolerance = TOLERANCE / FAR * f64::from(1 << level);
        for line in ids.iter().filter_map(|id| self.layout.lines.get(id)) {
            let points = points_of(line, tolerance);
            let Some(first) = points.first() else { continue };
            let reach = |bounds: Rect, point: &Point| bounds.union_pt(*point);
            patch.reach(points.iter().fold(Rect::from_points(*first, *first), reach));
            patch.strip(&points, color);
        }
        patch.fit();
        patch
    }

    fn cards(&self, nodes: &[NodeId], level: usize) -> Patch {
        let mut patch = Patch::default();
        for node in nodes {
            let Some(card) = self.layout.cards.get(node) else { continue };
            let shade = self.colors.shade(node_color(self.model, self.diagram, *node));
            if level == 0 {
                patch.rect_within(card.rect, 1.0, theme::color32(shade.edge));
            }
            // A card is lighter than the lines behind it, on dark ground too.
            let tint = match self.colors.kind {
                ThemeKind::Light => 0.0,
                ThemeKind::Dark => CARD_TINT,
            };
            let ground = self.colors.surface.mix(shade.edge, tint);
            patch.rect(card.rect, theme::color32(ground));
            let band = Rect { y1: card.rect.y0 + card.header, ..card.rect };
            patch.rect(band, theme::color32(shade.band.mix(shade.edge, CARD_TINT)));
        }
        patch.fit();
        patch
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

    /// Gives all of it another color.
    fn paint(&mut self, color: Color32) {
        for vertex in &mut Arc::make_mut(&mut self.mesh).vertices {
            vertex.color = color;
        }
    }

    /// Gives back room that was taken in advance.
    fn fit(&mut self) {
        self.corners.shrink_to_fit();
        let mesh = Arc::make_mut(&mut self.mesh);
        mesh.vertices.shrink_to_fit();
        mesh.indices.shrink_to_fit();
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
