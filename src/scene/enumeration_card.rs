//! The card of an enumeration: tinted all over and rounder than an entity's, so that it reads as a
//! list of choices and not as a record.
//!
//! Must not know where the card stands: it is drawn from its own top left corner.

use crate::base::geom::{Point, Rect};
use crate::layout::Card;
use crate::layout::metrics::PADDING;
use crate::model::enumeration::Enumeration;
use crate::model::id::NodeId;
use crate::scene::build::SceneContext;
use crate::scene::card_row::{ENTITY_NAME_X, RowStyle, card_row};
use crate::scene::entity_card::header_texts;
use crate::scene::icons::Icon;
use crate::scene::target::Target;
use crate::scene::{Group, Item, Paint};

/// Radius of the corners of enumeration cards.
pub const RADIUS: f64 = 12.0;

/// Draws the card of an enumeration.
pub fn enumeration_card(cx: &SceneContext<'_>, enumeration: &Enumeration, card: &Card) -> Group {
    let node = NodeId::Enumeration(enumeration.id);
    let shade = cx.shade(node);
    let header = cx.texts.header(node);
    let mut group = Group::of(Target::Card(node), &header.name);
    group.offset = card.rect.origin().to_vec2();
    let body = Rect::from_origin_size(Point::ORIGIN, card.rect.size());
    group.rect(body, RADIUS, Paint::fill(shade.soft));
    let mut band = Group::of(Target::Header(node), "");
    let rect = Rect::new(0.0, 0.0, body.width(), card.header);
    header_texts(&mut band, &header, shade, Icon::Enumeration, rect);
    group.items.push(Item::Group(band));
    if !card.rows.is_empty() {
        let y = card.header - 0.5;
        let ends = (Point::new(PADDING, y), Point::new(body.x1 - PADDING, y));
        group.line(ends.0, ends.1, Paint::stroke(shade.edge, 1.0));
    }
    let style = RowStyle {
        theme: cx.theme,
        width: body.width(),
        name_x: ENTITY_NAME_X,
        ink: shade.ink,
        ink_secondary: shade.ink_secondary,
        dot: shade.strong,
    };
    for row in &card.rows {
        let text = cx.texts.row(node, row.content, cx.diagram.detail);
        group.items.push(Item::Group(card_row(node, row, &text, &style)));
    }
    group.rect(body.inset(-0.5), RADIUS - 0.5, Paint::stroke(shade.edge, 1.0));
    group
}
