//! The names of cards where their own texts are too small to be read: at one size on the screen, the
//! most connected cards first, and none over another. Hubs bear a band and the number of their lines.
//!
//! Which names there is room for is found once per step of the zoom, and after a change again where
//! it freed or took room; a frame paints those of them that are visible. Must not know tools.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use eframe::egui::epaint::TextShape;
use eframe::egui::{
    Color32, CornerRadius, FontId, Painter, Pos2, Rect as EguiRect, Shape, pos2, vec2,
};
use indexmap::IndexMap;

use crate::app::canvas::paint::View;
use crate::app::theme;
use crate::base::font::{FontFace, TextMeasurer, display_text};
use crate::base::geom::{Point, Rect, Vec2};
use crate::editor::Editor;
use crate::layout::hubs::{Degrees, drawn_degrees, least_of_a_hub};
use crate::layout::{Card, Layout};
use crate::model::Model;
use crate::model::id::{DiagramId, NodeId};
use crate::scene::build::node_color;
use crate::scene::target::Target;
use crate::scene::theme::{Theme, ThemeKind};

/// Below this zoom nobody reads the texts of cards.
const NAMES_ZOOM: f64 = 0.4;
/// The most that one name takes, in screen units.
const WIDEST: f64 = 168.0;
/// Height of a name with its ground.
const HEIGHT: f64 = 17.0;
/// About how wide a letter is, and what its ground adds: enough to keep names apart.
const LETTER: f64 = 6.6;
const PADDING: f64 = 12.0;
/// About how much wider the mark of a hub makes its name.
const HUB_MARK: f64 = 30.0;
/// Width of the band before the name of a hub, and distance of the number behind it.
const BAND: f32 = 4.0;
const GAP: f32 = 6.0;
/// Below this zoom there are so many cards that names leave room between them.
const CROWDED_ZOOM: f64 = 0.2;
/// How far apart names stand then.
const APART: (f64, f64) = (28.0, 16.0);
/// Names in a square of this size, in screen units, are looked for together.
const CELL: f64 = 256.0;
/// So many names are painted at most.
const MOST: usize = 600;

/// The names that there is room for.
#[derive(Debug, Default)]
pub(super) struct Names {
    made_for: Option<(DiagramId, ThemeKind)>,
    version: u64,
    /// By step of the zoom, of which there are two each time that it halves.
    steps: BTreeMap<i32, Step>,
}

/// The names at one step of the zoom, by where their cards stood when each was found room for.
#[derive(Debug, Default)]
struct Step {
    zoom: f64,
    /// From how many lines on a card was a hub when the step was made.
    least_of_a_hub: usize,
    cells: BTreeMap<Cell, Vec<Name>>,
    taken: Taken,
}

/// A card and how many lines end at it.
type Ranked = (NodeId, usize);

/// A square of the screen, were all of the world on it: row, column.
type Cell = (i64, i64);

#[derive(Clone, Debug)]
struct Name {
    node: NodeId,
    text: String,
    /// How many lines a hub has.
    n_lines: Option<String>,
    ground: Color32,
    ink: Color32,
    band: Color32,
}

impl Names {
    /// Paints the names of visible cards, when they are that small.
    pub(super) fn paint(
        &mut self,
        painter: &Painter,
        view: &View,
        editor: &Editor,
        colors: &Theme,
    ) {
        if view.zoom() >= NAMES_ZOOM {
            return;
        }
        let number = ((view.zoom() / NAMES_ZOOM).log2() * 2.0).floor() as i32;
        self.refresh(editor, colors, number);
        let step = self.steps.entry(number).or_insert_with(|| {
            let zoom = NAMES_ZOOM * (f64::from(number) / 2.0).exp2();
            Step::new(editor, colors, zoom)
        });
        painter.extend(step.shapes(painter, view, editor));
    }

    /// Brings the names of one step up to date, and lets go of those of all others.
    fn refresh(&mut self, editor: &Editor, colors: &Theme, number: i32) {
        let derived = editor.derived();
        let made_for = Some((editor.session().diagram, colors.kind));
        let is_same = self.made_for == made_for;
        // What moves takes its name along; there is room for others when it has come to rest.
        let rests = self.version == derived.version() || editor.document().is_in_transaction();
        if is_same && rests {
            return;
        }
        let kept = self.steps.remove(&number);
        self.steps.clear();
        let is_placed =
            self.made_for.is_some_and(|(diagram, _)| diagram == editor.session().diagram);
        let touched = derived.touched_since(self.version).filter(|_| is_placed);
        if let (Some(touched), Some(mut step)) = (touched, kept) {
            let nodes = touched.flat_map(|one| &one.nodes).copied().collect();
            step.update(editor, colors, &nodes);
            if !is_same {
                step.recolor(editor, colors);
            }
            self.steps.insert(number, step);
        }
        (self.made_for, self.version) = (made_for, derived.version());
    }
}

impl Step {
    fn new(editor: &Editor, colors: &Theme, zoom: f64) -> Self {
        let degrees = drawn_degrees(editor.layout());
        let mut step = Self { zoom, least_of_a_hub: least_of_a_hub(&degrees), ..Self::default() };
        step.add(editor, colors, by_rank(editor.layout(), &degrees));
        step
    }

    /// Gives names to those of these cards that there is still room for, the first ones first.
    fn add(&mut self, editor: &Editor, colors: &Theme, nodes: Vec<Ranked>) {
        let Some(diagram) = editor.diagram() else { return };
        let (model, layout) = (&editor.project().model, editor.layout());
        let mut chosen: Vec<(NodeId, Point, Option<usize>)> = Vec::new();
        for (node, n_lines) in nodes {
            let Some(card) = layout.cards.get(&node) else { continue };
            let letters = name_of(model, node).map_or(0, |name| name.chars().take(40).count());
            let n_lines = (n_lines >= self.least_of_a_hub).then_some(n_lines);
            let mark = if n_lines.is_some() { HUB_MARK } else { 0.0 };
            let width = (letters as f64 * LETTER + PADDING).min(WIDEST) + mark;
            if self.taken.take(node, card, width, self.zoom) {
                chosen.push((node, card.rect.center(), n_lines));
            }
        }
        let measurer = TextMeasurer::shared();
        for (node, at, n_lines) in chosen {
            let name = display_text(name_of(model, node).unwrap_or_default());
            let size = f64::from(theme::SMALL);
            let text = measurer.elide(&name, FontFace::SemiBold, size, WIDEST - PADDING);
            let shade = colors.shade(node_color(model, diagram, node));
            let name = Name {
                node,
                text: text.into_owned(),
                n_lines: n_lines.map(|count| count.to_string()),
                ground: theme::color32(shade.band),
                ink: theme::color32(shade.ink),
                band: theme::color32(shade.strong),
            };
            self.cells.entry(cell(at, self.zoom)).or_default().push(name);
        }
    }

    /// Gives all names the colors that they have now.
    fn recolor(&mut self, editor: &Editor, colors: &Theme) {
        let Some(diagram) = editor.diagram() else { return };
        for name in self.cells.values_mut().flatten() {
            let shade = colors.shade(node_color(&editor.project().model, diagram, name.node));
            name.ground = theme::color32(shade.band);
            name.ink = theme::color32(shade.ink);
            name.band = theme::color32(shade.strong);
        }
    }

    /// Finds room anew where these cards were and are: names elsewhere stay.
    fn update(&mut self, editor: &Editor, colors: &Theme, touched: &BTreeSet<NodeId>) {
        let mut freed: Vec<Rect> = Vec::new();
        for node in touched {
            freed.extend(self.taken.free(*node));
        }
        for names in self.cells.values_mut() {
            names.retain(|name| !touched.contains(&name.node));
        }
        let mut asking = touched.clone();
        for rect in freed {
            // A name reaches out of its card.
            let near = rect.inflate(WIDEST / 2.0, HEIGHT).scale_from_origin(1.0 / self.zoom);
            let found = editor.derived().hits().touching(near).into_iter();
            asking.extend(found.filter_map(|target| match target {
                Target::Card(node) if !self.taken.has(node) => Some(node),
                _ => None,
            }));
        }
        let layout = editor.layout();
        let graph = editor.project().model.graph();
        let is_drawn = |link| layout.lines.contains_key(&link);
        let counted = |node: NodeId| {
            let links = graph.outgoing(node).into_iter().chain(graph.incoming(node));
            (node, links.filter(|(link, _)| is_drawn(*link)).count())
        };
        let mut asking: Vec<Ranked> = asking.into_iter().map(counted).collect();
        asking.sort_by_cached_key(|(node, n_lines)| {
            let (number, _, card) = layout.cards.get_full(node)?;
            Some((Reverse((*n_lines, card.rows.len())), number))
        });
        self.add(editor, colors, asking);
    }

    fn shapes(&self, painter: &Painter, view: &View, editor: &Editor) -> Vec<Shape> {
        let visible = view.visible();
        let (first, last) = (
            cell(visible.origin(), self.zoom),
            cell(Point::new(visible.x1, visible.y1), self.zoom),
        );
        let spotlight = &editor.session().spotlight;
        // A name may reach in from the next square.
        let rows = (first.0 - 1..=last.0 + 1).flat_map(|row| {
            self.cells.range((row, first.1 - 1)..=(row, last.1 + 1)).flat_map(|(_, names)| names)
        });
        let mut shapes = Vec::new();
        for name in rows.take(MOST) {
            let Some(card) = editor.layout().cards.get(&name.node) else { continue };
            let is_lit = spotlight.is_empty() || spotlight.contains(&name.node);
            name.push(painter, place(view, card), is_lit, &mut shapes);
        }
        shapes
    }
}

impl Name {
    fn push(&self, painter: &Painter, at: Pos2, is_lit: bool, shapes: &mut Vec<Shape>) {
        let strength = if is_lit { 1.0 } else { 0.25 };
        let ink = self.ink.gamma_multiply(strength);
        let font = FontId::new(theme::SMALL, theme::semi_bold());
        let galley = painter.layout_no_wrap(self.text.clone(), font, ink);
        let count = self.n_lines.clone().map(|count| {
            let font = FontId::proportional(theme::SMALL);
            painter.layout_no_wrap(count, font, ink.gamma_multiply(0.7))
        });
        let more = count.as_ref().map_or(0.0, |count| BAND + GAP + count.size().x);
        let size = vec2(galley.size().x + more + 8.0, HEIGHT as f32);
        let ground = EguiRect::from_center_size(at, size);
        shapes.push(Shape::rect_filled(ground, 3, self.ground.gamma_multiply(strength)));
        let mut left = ground.left() + 4.0;
        if let Some(count) = count {
            let band = EguiRect::from_min_size(ground.min, vec2(BAND, HEIGHT as f32));
            let radius = CornerRadius { nw: 3, sw: 3, ne: 0, se: 0 };
            shapes.push(Shape::rect_filled(band, radius, self.band.gamma_multiply(strength)));
            left += BAND;
            let corner = pos2(left + galley.size().x + GAP, at.y - count.size().y / 2.0);
            shapes.push(TextShape::new(corner, count, ink).into());
        }
        let corner = pos2(left, at.y - galley.size().y / 2.0);
        shapes.push(TextShape::new(corner, galley, ink).into());
    }
}

/// How far below the top of its card a name stands, in screen units: on the header, or on the middle
/// of a card that is smaller.
fn below_top(card: &Card, zoom: f64) -> f64 {
    let header = (card.header * zoom / 2.0).max(HEIGHT / 2.0 - 2.0);
    header.min(card.rect.height() * zoom / 2.0)
}

fn place(view: &View, card: &Card) -> Pos2 {
    let top = view.pos(Point::new(card.rect.center().x, card.rect.y0));
    top + vec2(0.0, below_top(card, view.zoom()) as f32)
}

fn name_of(model: &Model, node: NodeId) -> Option<&str> {
    match node {
        NodeId::Entity(id) => model.entity(id).map(|one| one.name.as_str()),
        NodeId::Enumeration(id) => model.enumeration(id).map(|one| one.name.as_str()),
    }
}

/// All cards, the most connected ones first, then the largest.
fn by_rank(layout: &Layout, degrees: &Degrees) -> Vec<Ranked> {
    let n_lines = |node: &NodeId| degrees.get(node).copied().unwrap_or_default();
    let mut cards: Vec<_> =
        layout.cards.iter().map(|(node, card)| ((*node, n_lines(node)), card.rows.len())).collect();
    cards.sort_by_key(|((_, n_lines), n_rows)| Reverse((*n_lines, *n_rows)));
    cards.into_iter().map(|(ranked, _)| ranked).collect()
}

fn cell(at: Point, zoom: f64) -> Cell {
    let at = (at.to_vec2() * zoom / CELL).floor();
    (at.y as i64, at.x as i64)
}

/// Where names stand already.
#[derive(Debug, Default)]
struct Taken {
    rooms: BTreeMap<NodeId, Rect>,
    cells: IndexMap<Cell, Vec<(NodeId, Rect)>>,
}

impl Taken {
    fn has(&self, node: NodeId) -> bool {
        self.rooms.contains_key(&node)
    }

    /// Takes the room for a name on a card, if it is free.
    fn take(&mut self, node: NodeId, card: &Card, width: f64, zoom: f64) -> bool {
        let top = Point::new(card.rect.center().x, card.rect.y0).to_vec2() * zoom;
        let center = top.to_point() + Vec2::new(0.0, below_top(card, zoom));
        let name = Rect::from_center_size(center, (width, HEIGHT));
        let hides = width > card.rect.width() * zoom;
        let (across, down) = if hides && zoom < CROWDED_ZOOM { APART } else { (4.0, 2.0) };
        let room = name.inflate(across / 2.0, down / 2.0);
        let is_free = |cell: Cell| {
            let names = self.cells.get(&cell).map(Vec::as_slice).unwrap_or_default();
            !names.iter().any(|(_, other)| other.overlaps(room))
        };
        if !cells_of(room).all(is_free) {
            return false;
        }
        for cell in cells_of(room) {
            self.cells.entry(cell).or_default().push((node, room));
        }
        self.rooms.insert(node, room);
        true
    }

    /// Gives the room of a name back, if the card has one.
    fn free(&mut self, node: NodeId) -> Option<Rect> {
        let room = self.rooms.remove(&node)?;
        for cell in cells_of(room) {
            if let Some(names) = self.cells.get_mut(&cell) {
                names.retain(|(other, _)| *other != node);
            }
        }
        Some(room)
    }
}

fn cells_of(rect: Rect) -> impl Iterator<Item = Cell> {
    let number = |value: f64| (value / CELL).floor() as i64;
    let (rows, columns) = (number(rect.y0)..=number(rect.y1), number(rect.x0)..=number(rect.x1));
    rows.flat_map(move |row| columns.clone().map(move |column| (row, column)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{EntityId, IdMint};

    fn card(x: f64, y: f64) -> Card {
        Card { rect: Rect::new(x, y, x + 200.0, y + 120.0), header: 32.0, rows: Vec::new() }
    }

    #[test]
    fn a_name_over_another_one_is_left_out() {
        let mut mint = IdMint::from_seed(1);
        let [a, b, c] = [(); 3].map(|()| NodeId::from(mint.mint::<EntityId>()));
        let mut taken = Taken::default();
        assert!(taken.take(a, &card(0.0, 0.0), 90.0, 0.1));
        assert!(!taken.take(b, &card(260.0, 0.0), 90.0, 0.1), "26 units apart on the screen");
        assert!(taken.take(c, &card(2000.0, 0.0), 90.0, 0.1));
        assert!(taken.free(a).is_some() && taken.free(b).is_none());
        assert!(taken.take(b, &card(260.0, 0.0), 90.0, 0.1), "there is room again");
        // Nearer, there is room for all.
        let mut taken = Taken::default();
        assert!(taken.take(a, &card(0.0, 0.0), 70.0, 0.38));
        assert!(taken.take(b, &card(208.0, 0.0), 70.0, 0.38));
    }
}
