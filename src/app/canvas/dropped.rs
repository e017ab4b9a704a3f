//! What is dragged here from the explorer: a ghost of its card follows the pointer, and the card
//! stands where it is dropped. Must not know where it was dragged from.

use eframe::egui::{Painter, Response, Stroke, StrokeKind};

use crate::app::canvas::paint::View;
use crate::app::theme;
use crate::base::geom::{Rect, Size};
use crate::editor::Editor;
use crate::editor::carry_out::GRIP_OFFSET;
use crate::layout::metrics::{HEADER_HEIGHT, MIN_WIDTH};
use crate::model::id::NodeId;
use crate::scene::theme::Theme;

/// Takes over a card that is let go of here.
pub(super) fn take(response: &Response, view: &View, editor: &mut Editor) {
    let Some(node) = response.dnd_release_payload::<NodeId>() else { return };
    let at = response.ctx.input(|input| input.pointer.interact_pos());
    if let Some(at) = at {
        editor.drop_card(*node, view.world_point(at));
    }
}

/// Paints the outline of what would be dropped now.
pub(super) fn paint(
    painter: &Painter,
    response: &Response,
    view: &View,
    editor: &Editor,
    colors: &Theme,
) {
    let Some(node) = response.dnd_hover_payload::<NodeId>() else { return };
    let Some(at) = response.ctx.input(|input| input.pointer.hover_pos()) else { return };
    let size = match editor.layout().cards.get(&*node) {
        Some(card) => card.rect.size(),
        None => Size::new(MIN_WIDTH, 3.0 * HEADER_HEIGHT),
    };
    let rect = view.screen_rect(Rect::from_origin_size(view.world_point(at) - GRIP_OFFSET, size));
    let accent = theme::color32(colors.accent);
    painter.rect_filled(rect, 6, accent.gamma_multiply(0.12));
    painter.rect_stroke(rect, 6, Stroke::new(1.5, accent), StrokeKind::Inside);
}
