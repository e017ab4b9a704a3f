//! Model + diagram + layout + theme → scene: all of it, or one card at a time.
//!
//! Must not know how anything is painted or written.

use std::collections::BTreeMap;

use crate::base::color::Color;
use crate::base::font::{FontFace, TextMeasurer, display_text};
use crate::base::geom::{Point, Rect, Vec2};
use crate::diagram::Diagram;
use crate::diagram::placement::Placement;
use crate::layout::row_text::CardTexts;
use crate::layout::{Card, Layout, Line, LineId};
use crate::model::Model;
use crate::model::area::ColorToken;
use crate::model::graph::Link;
use crate::model::id::NodeId;
use crate::scene::area_frame::area_frame;
use crate::scene::entity_card::entity_card;
use crate::scene::enumeration_card::enumeration_card;
use crate::scene::note_card::note_card;
use crate::scene::reference_line::{label_rect, line_label, reference_line};
use crate::scene::theme::{Shade, Theme};
use crate::scene::{Anchor, Group, Item, Scene, TextItem};

/// Room around everything in a picture.
const MARGIN: f64 = 40.0;
/// Font sizes of the title and of the line below it.
const TITLE_SIZE: f64 = 20.0;
const SUBTITLE_SIZE: f64 = 12.0;
/// Height that the title takes above everything else.
const TITLE_HEIGHT: f64 = 64.0;

/// What scenes are made of, for one version of a diagram.
#[derive(Clone, Debug)]
pub struct SceneContext<'a> {
    /// What cards say.
    pub texts: CardTexts<'a>,
    /// How the diagram is drawn.
    pub diagram: &'a Diagram,
    /// Where everything stands.
    pub layout: &'a Layout,
    /// The colors.
    pub theme: &'a Theme,
    colors: BTreeMap<NodeId, ColorToken>,
}

impl<'a> SceneContext<'a> {
    /// The context of that diagram.
    pub fn new(
        model: &'a Model,
        diagram: &'a Diagram,
        layout: &'a Layout,
        theme: &'a Theme,
    ) -> Self {
        let colors = node_colors(model, diagram);
        Self { texts: CardTexts::of(model), diagram, layout, theme, colors }
    }

    /// The context in which only those cards are drawn, at a cost that does not grow with the model.
    pub fn of_some(
        model: &'a Model,
        diagram: &'a Diagram,
        layout: &'a Layout,
        theme: &'a Theme,
        nodes: &[NodeId],
    ) -> Self {
        let texts = CardTexts::of_some(model, nodes.iter().copied());
        let colors = nodes.iter().map(|node| (*node, node_color(model, diagram, *node))).collect();
        Self { texts, diagram, layout, theme, colors }
    }

    /// The model that is drawn.
    pub fn model(&self) -> &'a Model {
        self.texts.model()
    }

    /// The color of a card: its own in this diagram, else that of its area.
    pub fn color(&self, node: NodeId) -> ColorToken {
        self.colors.get(&node).copied().unwrap_or_default()
    }

    /// The shades of a card.
    pub fn shade(&self, node: NodeId) -> &'a Shade {
        self.theme.shade(self.color(node))
    }

    /// The color behind the lines at a point: that of the frame there, else that of the canvas.
    pub fn ground_at(&self, point: Point) -> Color {
        let frames = self.layout.frames.iter().rev();
        let area = frames
            .filter(|(_, rect)| rect.contains(point))
            .find_map(|(id, _)| self.model().area(*id));
        area.map_or(self.theme.canvas, |area| self.theme.shade(area.color).frame)
    }

    /// Draws the card of a node.
    pub fn card(&self, node: NodeId, card: &Card) -> Option<Group> {
        match node {
            NodeId::Entity(id) => Some(entity_card(self, self.model().entity(id)?, card)),
            NodeId::Enumeration(id) => {
                Some(enumeration_card(self, self.model().enumeration(id)?, card))
            }
        }
    }

    /// Whether a line leads to a list of what it stands for.
    pub fn holds_list(&self, id: LineId) -> bool {
        let (Link::Embedding(field) | Link::Use(field)) = id else { return false };
        let Some(line) = self.layout.lines.get(&id) else { return false };
        let NodeId::Entity(entity) = line.from else { return false };
        let field = self.model().entity(entity).and_then(|entity| entity.field(field));
        field.is_some_and(|field| field.ty.is_array())
    }
}

/// The color of a card: its own in this diagram, else that of its area.
pub fn node_color(model: &Model, diagram: &Diagram, node: NodeId) -> ColorToken {
    let chosen = diagram.placements.get(&node).and_then(|placement| placement.color);
    let of_area = || model.area_of(node).map(|area| area.color);
    chosen.or_else(of_area).unwrap_or_default()
}

/// The colors of all cards that have another one than the usual.
fn node_colors(model: &Model, diagram: &Diagram) -> BTreeMap<NodeId, ColorToken> {
    let mut colors = BTreeMap::new();
    for area in model.areas() {
        colors.extend(area.members.iter().map(|node| (*node, area.color)));
    }
    let chosen = |(node, placement): (&NodeId, &Placement)| Some((*node, placement.color?));
    colors.extend(diagram.placements.iter().filter_map(chosen));
    colors
}

/// Draws all of a diagram, with a title when it is not empty.
pub fn scene(cx: &SceneContext<'_>, title: &str) -> Scene {
    let layout = cx.layout;
    let mut items = Vec::new();
    for (id, rect) in &layout.frames {
        if let Some(area) = cx.model().area(*id) {
            items.push(area_frame(cx, area, *rect));
        }
    }
    items.extend(lines_in_order(layout).map(|(id, line)| reference_line(cx, *id, line)));
    items.extend(layout.lines.iter().filter_map(|(id, line)| line_label(cx, *id, line)));
    items.extend(layout.cards.iter().filter_map(|(node, card)| cx.card(*node, card)));
    for (id, rect) in &layout.notes {
        if let Some(note) = cx.model().note(*id) {
            items.push(note_card(cx, note, *rect));
        }
    }
    let mut bounds = content_bounds(cx).inflate(MARGIN, MARGIN).expand();
    let mut items: Vec<Item> = items.into_iter().map(Item::Group).collect();
    if !title.is_empty() {
        bounds.y0 -= TITLE_HEIGHT;
        let group = title_group(cx, title, &mut bounds);
        items.push(Item::Group(group));
    }
    Scene {
        title: display_text(title).into_owned(),
        description: summary(cx),
        bounds,
        ground: cx.theme.canvas,
        items,
    }
}

/// The lines, quiet ones first so that references run over them.
fn lines_in_order(layout: &Layout) -> impl Iterator<Item = (&LineId, &Line)> {
    let rank = |id: &LineId| match id {
        Link::Use(_) => 0,
        Link::Embedding(_) => 1,
        Link::Reference(_) => 2,
    };
    (0..3).flat_map(move |wanted| layout.lines.iter().filter(move |(id, _)| rank(id) == wanted))
}

/// The smallest rectangle around all that is drawn.
fn content_bounds(cx: &SceneContext<'_>) -> Rect {
    let layout = cx.layout;
    let cards = layout.cards.values().map(|card| card.rect);
    let boxes = cards.chain(layout.notes.values().copied()).chain(layout.frames.values().copied());
    let points = layout.lines.values().flat_map(|line| &line.points);
    let on_lines = points.map(|point| Rect::from_points(*point, *point));
    let label = |(id, line): (&LineId, &Line)| label_rect(cx.model(), *id, line);
    let labels = layout.lines.iter().filter_map(label);
    boxes.chain(on_lines).chain(labels).reduce(|a, b| a.union(b)).unwrap_or_default()
}

/// The title and what there is to see, above everything else; makes room where it is wider.
fn title_group(cx: &SceneContext<'_>, title: &str, bounds: &mut Rect) -> Group {
    let mut group =
        Group { offset: Vec2::new(bounds.x0 + MARGIN, bounds.y0 + MARGIN), ..Group::default() };
    let mut text = |text: String, y: f64, face: FontFace, size: f64, color: Color| {
        let width = TextMeasurer::shared().width(&text, face, size);
        bounds.x1 = bounds.x1.max((bounds.x0 + 2.0 * MARGIN + width).ceil());
        let position = Point::new(0.0, y);
        group.text(TextItem { position, anchor: Anchor::Start, face, size, color, text });
    };
    let measured = TextMeasurer::shared().elide(title, FontFace::SemiBold, TITLE_SIZE, 1000.0);
    text(display_text(&measured).into_owned(), 16.0, FontFace::SemiBold, TITLE_SIZE, cx.theme.ink);
    text(summary(cx), 38.0, FontFace::Regular, SUBTITLE_SIZE, cx.theme.ink_secondary);
    group
}

/// How much there is to see: `3 entities · 2 enumerations · 4 references`.
fn summary(cx: &SceneContext<'_>) -> String {
    let cards = &cx.layout.cards;
    let n_entities = cards.keys().filter(|node| matches!(node, NodeId::Entity(_))).count();
    let n_references = cx.layout.lines.keys().filter(|id| matches!(id, Link::Reference(_))).count();
    let parts = [
        (n_entities, "entity", "entities"),
        (cards.len() - n_entities, "enumeration", "enumerations"),
        (n_references, "reference", "references"),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    if said.is_empty() { "nothing yet".to_owned() } else { said.join(" · ") }
}
