//! The short way of cards from where they stood to where an arrangement puts them, so that the eye
//! can follow. On the way they are drawn without their texts, and no lines are. Must not know why
//! they move.

use eframe::egui::{CornerRadius, Painter, Rect as EguiRect, Stroke, StrokeKind};

use crate::app::canvas::paint::View;
use crate::app::theme;
use crate::editor::Editor;
use crate::model::id::NodeId;
use crate::scene::build::SceneContext;
use crate::scene::theme::Theme;

/// How long it takes, in seconds.
const DURATION: f64 = 0.14;
/// More cards than this jump: nobody can follow so many.
const MOST_CARDS: usize = 400;

/// Cards on their way.
#[derive(Debug)]
pub(super) struct Glide {
    /// Where each card stood on the screen.
    cards: Vec<(NodeId, EguiRect)>,
    began: Option<f64>,
}

impl Glide {
    /// A way for all cards, from where they stand now; none when they are too many.
    pub(super) fn from_here(view: &View, editor: &Editor) -> Option<Self> {
        let cards = &editor.layout().cards;
        let from = cards.iter().map(|(node, card)| (*node, view.screen_rect(card.rect)));
        (cards.len() <= MOST_CARDS).then(|| Self { cards: from.collect(), began: None })
    }

    /// Paints the cards where they are now; says whether they are still on their way.
    pub(super) fn paint(
        &mut self,
        painter: &Painter,
        view: &View,
        editor: &Editor,
        colors: &Theme,
    ) -> bool {
        let now = painter.ctx().input(|input| input.time);
        let began = *self.began.get_or_insert(now);
        let share = ((now - began) / DURATION).clamp(0.0, 1.0);
        let Some(diagram) = editor.diagram().filter(|_| share < 1.0) else { return false };
        // Quick at first, then slow, as things that come to rest.
        let way = (1.0 - (1.0 - share).powi(3)) as f32;
        let layout = editor.layout();
        let cx = SceneContext::new(&editor.project().model, diagram, layout, colors);
        for (node, old) in &self.cards {
            let Some(card) = layout.cards.get(node) else { continue };
            let new = view.screen_rect(card.rect);
            let rect = EguiRect::from_min_max(
                old.min + (new.min - old.min) * way,
                old.max + (new.max - old.max) * way,
            );
            if rect.intersects(view.rect) {
                let shade = cx.shade(*node);
                let header = (card.header / card.rect.height()) as f32 * rect.height();
                paint_card(painter, view, rect, header, colors, shade);
            }
        }
        painter.ctx().request_repaint();
        true
    }
}

fn paint_card(
    painter: &Painter,
    view: &View,
    rect: EguiRect,
    header: f32,
    colors: &Theme,
    shade: &crate::scene::theme::Shade,
) {
    let radius = (6.0 * view.zoom()).round().clamp(0.0, 255.0) as u8;
    let band = CornerRadius { nw: radius, ne: radius, sw: 0, se: 0 };
    let top =
        EguiRect::from_min_max(rect.min, rect.max.min((rect.max.x, rect.min.y + header).into()));
    painter.rect_filled(rect, radius, theme::color32(colors.surface));
    painter.rect_filled(top, band, theme::color32(shade.band));
    let edge = Stroke::new(1.0, theme::color32(shade.edge));
    painter.rect_stroke(rect, radius, edge, StrokeKind::Middle);
}
