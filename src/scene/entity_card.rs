//! The card of an entity: a tinted header band with its name, then its fields.
//!
//! Must not know where the card stands: it is drawn from its own top left corner.

use crate::base::font::{FontFace, TextMeasurer};
use crate::base::geom::{Point, Rect};
use crate::layout::metrics::{HEADER_GAP, MARK_WIDTH, PADDING, SECONDARY_SIZE, TEXT_SIZE};
use crate::layout::row_text::HeaderText;
use crate::layout::{Card, RowContent};
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::NodeId;
use crate::scene::build::SceneContext;
use crate::scene::card_row::{ENTITY_NAME_X, RowStyle, card_row, centered, fold_center};
use crate::scene::icons::Icon;
use crate::scene::target::Target;
use crate::scene::theme::Shade;
use crate::scene::{Anchor, Group, Item, Paint, RectItem};

/// Radius of the corners of cards.
pub const RADIUS: f64 = 6.0;

/// Draws the card of an entity.
pub fn entity_card(cx: &SceneContext<'_>, entity: &Entity, card: &Card) -> Group {
    let node = NodeId::Entity(entity.id);
    let shade = cx.shade(node);
    let header = cx.texts.header(node);
    let mut group = Group::of(Target::Card(node), &header.name);
    group.offset = card.rect.origin().to_vec2();
    let body = Rect::from_origin_size(Point::ORIGIN, card.rect.size());
    group.rect(body, RADIUS, Paint::fill(cx.theme.surface));
    group.items.push(Item::Group(header_band(cx, node, card, &header)));
    let style = RowStyle {
        theme: cx.theme,
        width: body.width(),
        name_x: ENTITY_NAME_X,
        ink: cx.theme.ink,
        ink_secondary: cx.theme.ink_secondary,
        dot: shade.strong,
    };
    for (at, row) in card.rows.iter().enumerate() {
        let text = cx.texts.row(node, row.content, cx.diagram.detail);
        let mut drawn = card_row(node, row, &text, &style);
        if let Some(icon) = fold_icon(entity, card, at).filter(|_| text.mark.is_none()) {
            drawn.icon(icon, fold_center(row), cx.theme.mark);
        }
        group.items.push(Item::Group(drawn));
    }
    // The border comes last, so that nothing paints over it, and inside, so that it is crisp.
    let edge = body.inset(-0.5);
    let border = match entity.kind {
        EntityKind::View => Paint::dashed(shade.edge, 1.0, (4.0, 3.0)),
        EntityKind::Collection | EntityKind::Table | EntityKind::Embedded => {
            Paint::stroke(shade.edge, 1.0)
        }
    };
    group.rect(edge, RADIUS - 0.5, border);
    group
}

/// Whether what a nested object holds is shown below it; none for anything else.
fn fold_icon(entity: &Entity, card: &Card, at: usize) -> Option<Icon> {
    let row = card.rows.get(at)?;
    let RowContent::Field(field) = row.content else { return None };
    if entity.field(field)?.fields.is_empty() {
        return None;
    }
    let is_open = card.rows.get(at + 1).is_some_and(|next| next.depth > row.depth);
    Some(if is_open { Icon::Open } else { Icon::Folded })
}

fn header_band(cx: &SceneContext<'_>, node: NodeId, card: &Card, text: &HeaderText) -> Group {
    let shade = cx.shade(node);
    let mut group = Group::of(Target::Header(node), "");
    let rect = Rect::new(0.0, 0.0, card.rect.width(), card.header);
    let bottom_radius = if card.rows.is_empty() { RADIUS } else { 0.0 };
    let paint = Paint::fill(shade.band);
    group.items.push(Item::Rect(RectItem { rect, top_radius: RADIUS, bottom_radius, paint }));
    header_texts(&mut group, text, shade, kind_icon(cx, node), rect);
    group
}

/// Icon, name and dimmed text of a header.
pub(super) fn header_texts(
    group: &mut Group,
    text: &HeaderText,
    shade: &Shade,
    icon: Icon,
    header: Rect,
) {
    let measurer = TextMeasurer::shared();
    let center = header.center().y;
    let (left, right) = (PADDING + MARK_WIDTH, header.x1 - PADDING);
    let room = right - left;
    let name = measurer.elide(&text.name, FontFace::SemiBold, TEXT_SIZE, room);
    let rest = room - measurer.width(&name, FontFace::SemiBold, TEXT_SIZE) - HEADER_GAP;
    group.icon(icon, Point::new(PADDING + 5.0, center), shade.strong);
    let name_style = (FontFace::SemiBold, TEXT_SIZE, shade.ink);
    group.text(centered(&name, (left, center), name_style, Anchor::Start));
    let secondary = measurer.elide(&text.secondary, FontFace::Regular, SECONDARY_SIZE, rest);
    if secondary != "…" {
        let style = (FontFace::Regular, SECONDARY_SIZE, shade.ink_secondary);
        group.text(centered(&secondary, (right, center), style, Anchor::End));
    }
}

/// The sign for what a node is stored as.
fn kind_icon(cx: &SceneContext<'_>, node: NodeId) -> Icon {
    let entity = match node {
        NodeId::Entity(id) => cx.texts.model().entity(id),
        NodeId::Enumeration(_) => None,
    };
    match entity.map(|entity| entity.kind) {
        Some(EntityKind::Collection) => Icon::Collection,
        Some(EntityKind::Table) => Icon::Table,
        Some(EntityKind::View) => Icon::View,
        Some(EntityKind::Embedded) => Icon::Embedded,
        None => Icon::Enumeration,
    }
}
