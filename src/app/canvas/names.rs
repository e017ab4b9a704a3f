//! The names of cards where their own texts are too small to be read: at one size on the screen, the
//! most connected cards first, and none over another. Hubs bear a band and the number of their lines.
//!
//! Which names there is room for is found once per change and step of the zoom; a frame paints those
//! of them that are visible. Must not know tools.

use std::collections::BTreeMap;

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
use crate::scene::build::SceneContext;
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
    made_for: Option<MadeFor>,
    /// By step of the zoom, of which there are two each time that it halves.
    steps: BTreeMap<i32, Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MadeFor {
    version: u64,
    diagram: DiagramId,
    theme: ThemeKind,
}

/// The names at one step of the zoom, by where their cards stood when it was made.
#[derive(Debug, Default)]
struct Step {
    zoom: f64,
    cells: BTreeMap<(i64, i64), Vec<Name>>,
}

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
        // What moves takes its name along; there is room for others when it has come to rest.
        let version = editor.derived().version();
        let made_for = MadeFor { version, diagram: editor.session().diagram, theme: colors.kind };
        if self.made_for != Some(made_for) && !editor.document().is_in_transaction() {
            self.made_for = Some(made_for);
            self.steps.clear();
        }
        let number = ((view.zoom() / NAMES_ZOOM).log2() * 2.0).floor() as i32;
        let step = self.steps.entry(number).or_insert_with(|| {
            let zoom = NAMES_ZOOM * (f64::from(number) / 2.0).exp2();
            Step::new(editor, colors, zoom)
        });
        painter.extend(step.shapes(painter, view, editor));
    }
}

impl Step {
    fn new(editor: &Editor, colors: &Theme, zoom: f64) -> Self {
        let mut step = Self { zoom, ..Self::default() };
        let Some(diagram) = editor.diagram() else { return step };
        let (model, layout) = (&editor.project().model, editor.layout());
        let mut taken = Taken::default();
        let mut chosen: Vec<(NodeId, Point)> = Vec::new();
        let degrees = drawn_degrees(layout);
        let least = least_of_a_hub(&degrees);
        let hub = |node: &NodeId| degrees.get(node).copied().filter(|count| *count >= least);
        for (node, card) in by_rank(layout, &degrees) {
            let letters = name_of(model, node).map_or(0, |name| name.chars().take(40).count());
            let mark = if hub(&node).is_some() { HUB_MARK } else { 0.0 };
            let width = (letters as f64 * LETTER + PADDING).min(WIDEST) + mark;
            if taken.take(card, width, zoom) {
                chosen.push((node, card.rect.center()));
            }
        }
        let nodes: Vec<NodeId> = chosen.iter().map(|(node, _)| *node).collect();
        let context = SceneContext::of_some(model, diagram, layout, colors, &nodes);
        let measurer = TextMeasurer::shared();
        for (node, at) in chosen {
            let name = display_text(name_of(model, node).unwrap_or_default());
            let size = f64::from(theme::SMALL);
            let text = measurer.elide(&name, FontFace::SemiBold, size, WIDEST - PADDING);
            let shade = context.shade(node);
            let name = Name {
                node,
                text: text.into_owned(),
                n_lines: hub(&node).map(|count| count.to_string()),
                ground: theme::color32(shade.band),
                ink: theme::color32(shade.ink),
                band: theme::color32(shade.strong),
            };
            step.cells.entry(cell(at, zoom)).or_default().push(name);
        }
        step
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
fn by_rank<'a>(layout: &'a Layout, degrees: &Degrees) -> Vec<(NodeId, &'a Card)> {
    let mut cards: Vec<_> = layout.cards.iter().map(|(node, card)| (*node, card)).collect();
    cards.sort_by_cached_key(|(node, card)| {
        let degree = degrees.get(node).copied().unwrap_or_default();
        std::cmp::Reverse((degree, card.rows.len()))
    });
    cards
}

/// The square of the screen, were all of the world on it, in which a point lies: row, column.
fn cell(at: Point, zoom: f64) -> (i64, i64) {
    let at = (at.to_vec2() * zoom / CELL).floor();
    (at.y as i64, at.x as i64)
}

/// Where names stand already.
#[derive(Default)]
struct Taken {
    cells: IndexMap<(i64, i64), Vec<Rect>>,
}

impl Taken {
    /// Takes the room for a name on a card, if it is free.
    fn take(&mut self, card: &Card, width: f64, zoom: f64) -> bool {
        let top = Point::new(card.rect.center().x, card.rect.y0).to_vec2() * zoom;
        let center = top.to_point() + Vec2::new(0.0, below_top(card, zoom));
        let name = Rect::from_center_size(center, (width, HEIGHT));
        let hides = width > card.rect.width() * zoom;
        let (across, down) = if hides && zoom < CROWDED_ZOOM { APART } else { (4.0, 2.0) };
        let room = name.inflate(across / 2.0, down / 2.0);
        let cells = cells_of(room);
        let is_free = |cell: &(i64, i64)| {
            let names = self.cells.get(cell).map(Vec::as_slice).unwrap_or_default();
            !names.iter().any(|other| other.overlaps(room))
        };
        if !cells.iter().all(is_free) {
            return false;
        }
        for cell in cells {
            self.cells.entry(cell).or_default().push(room);
        }
        true
    }
}

fn cells_of(rect: Rect) -> Vec<(i64, i64)> {
    let number = |value: f64| (value / CELL).floor() as i64;
    let rows = number(rect.y0)..=number(rect.y1);
    rows.flat_map(|row| (number(rect.x0)..=number(rect.x1)).map(move |column| (row, column)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(x: f64, y: f64) -> Card {
        Card { rect: Rect::new(x, y, x + 200.0, y + 120.0), header: 32.0, rows: Vec::new() }
    }

    #[test]
    fn a_name_over_another_one_is_left_out() {
        let mut taken = Taken::default();
        assert!(taken.take(&card(0.0, 0.0), 90.0, 0.1));
        assert!(!taken.take(&card(260.0, 0.0), 90.0, 0.1), "26 units apart on the screen");
        assert!(taken.take(&card(2000.0, 0.0), 90.0, 0.1));
        // Nearer, there is room for all.
        let mut taken = Taken::default();
        assert!(taken.take(&card(0.0, 0.0), 70.0, 0.38));
        assert!(taken.take(&card(208.0, 0.0), 70.0, 0.38));
    }
}
