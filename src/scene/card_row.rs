//! A row of a card: mark, name, badges, type and note, cut to the card's width.
//!
//! Sizes are those of [`metrics`](crate::layout::metrics). Must not know which kind of card it is on.

use crate::base::color::Color;
use crate::base::font::{FontFace, TextMeasurer, display_text};
use crate::base::geom::{Point, Vec2};
use crate::layout::metrics::{
    BADGE_WIDTH, INDENT, MARK_WIDTH, NOTE_LINE_HEIGHT, PADDING, ROW_HEIGHT, SECONDARY_SIZE,
    TEXT_GAP, TEXT_SIZE,
};
use crate::layout::row_text::{Badge, Mark, RowText};
use crate::layout::{Row, RowContent};
use crate::model::id::NodeId;
use crate::scene::icons::{Icon, circle};
use crate::scene::target::Target;
use crate::scene::theme::Theme;
use crate::scene::{Anchor, Group, Paint, TextItem};

/// Middle of the marks, from the card's left border.
const MARK_CENTER: f64 = PADDING + 5.0;
/// Distance of the first badge's middle from the end of the name.
const BADGE_START: f64 = 13.0;
/// Share of the room that a name leaves to a long type.
const TYPE_SHARE: f64 = 0.45;

/// How rows of one card are drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowStyle<'a> {
    /// The colors.
    pub(super) theme: &'a Theme,
    /// Width of the card.
    pub(super) width: f64,
    /// Where names of the outermost level begin.
    pub(super) name_x: f64,
    /// Color of names.
    pub(super) ink: Color,
    /// Color of types and notes.
    pub(super) ink_secondary: Color,
    /// Color of the dots before values.
    pub(super) dot: Color,
}

/// A text on one line, its capitals in the middle of a height.
pub(super) fn centered(
    text: &str,
    (x, center_y): (f64, f64),
    (face, size, color): (FontFace, f64, Color),
    anchor: Anchor,
) -> TextItem {
    let line = TextMeasurer::shared().line(face, size);
    let position = Point::new(x, center_y + line.baseline_below_center());
    TextItem { position, anchor, face, size, color, text: display_text(text).into_owned() }
}

/// The sign left of a row's name, and its color.
fn mark_of(row: &Row, text: &RowText, theme: &Theme) -> Option<(Icon, Color)> {
    match (text.mark, row.content) {
        (Some(Mark::PrimaryKey), _) => Some((Icon::Key, theme.key)),
        (Some(Mark::PrimaryReference), _) => Some((Icon::KeyReference, theme.key)),
        (Some(Mark::Reference), _) => Some((Icon::Reference, theme.mark)),
        (None, RowContent::Timestamps) => Some((Icon::Clock, theme.mark)),
        (None, RowContent::Field(_) | RowContent::Value(_)) => None,
    }
}

/// Draws a row, seen from the card's top left corner.
pub(super) fn card_row(node: NodeId, row: &Row, text: &RowText, style: &RowStyle<'_>) -> Group {
    let mut group = Group::of(Target::Row(node, row.content), "");
    group.offset = Vec2::new(0.0, row.top);
    let center = ROW_HEIGHT / 2.0;
    guides(&mut group, row, style);
    if let Some((icon, color)) = mark_of(row, text, style.theme) {
        group.icon(icon, Point::new(MARK_CENTER, center), color);
    }
    if matches!(row.content, RowContent::Value(_)) {
        group.path(circle(Point::new(MARK_CENTER, center), 1.75), Paint::fill(style.dot));
    }
    let name_x = style.name_x + INDENT * row.depth as f64;
    let fitted = fit(text, style.width - PADDING - name_x);
    let is_kept = row.content == RowContent::Timestamps;
    let ink = if is_kept { style.ink_secondary } else { style.ink };
    let name_style = (FontFace::Regular, TEXT_SIZE, ink);
    let secondary = (FontFace::Regular, SECONDARY_SIZE, style.ink_secondary);
    let mut badge_x = name_x + fitted.name_width + BADGE_START;
    group.text(centered(&fitted.name, (name_x, center), name_style, Anchor::Start));
    for badge in &text.badges {
        group.icon(icon_of(*badge), Point::new(badge_x, center), style.theme.mark);
        badge_x += BADGE_WIDTH;
    }
    let right = style.width - PADDING;
    group.text(centered(&fitted.ty, (right, center), secondary, Anchor::End));
    if !text.note.is_empty() {
        let measurer = TextMeasurer::shared();
        let note = measurer.elide(&text.note, FontFace::Regular, SECONDARY_SIZE, right - name_x);
        let y = ROW_HEIGHT + NOTE_LINE_HEIGHT / 2.0 - 4.0;
        group.text(centered(&note, (name_x, y), secondary, Anchor::Start));
    }
    group
}

/// Where the sign of a nested object stands that says whether it is open, seen from its row.
pub fn fold_center(row: &Row) -> Point {
    Point::new(MARK_CENTER + INDENT * row.depth as f64, ROW_HEIGHT / 2.0)
}

/// The upright hairlines that tie nested fields to the object above them.
fn guides(group: &mut Group, row: &Row, style: &RowStyle<'_>) {
    for level in 0..row.depth {
        let x = style.name_x + INDENT * level as f64 + 3.5;
        let ends = (Point::new(x, 0.0), Point::new(x, row.height));
        group.line(ends.0, ends.1, Paint::stroke(style.theme.border, 1.0));
    }
}

fn icon_of(badge: Badge) -> Icon {
    match badge {
        Badge::Unique => Icon::Unique,
        Badge::Required => Icon::Required,
        Badge::Indexed => Icon::Indexed,
    }
}

/// Name and type as far as there is room for them.
struct Fitted {
    name: String,
    name_width: f64,
    ty: String,
}

/// Cuts name and type to the room between them; the name gives way first only when it leaves the
/// type its share.
fn fit(text: &RowText, room: f64) -> Fitted {
    let measurer = TextMeasurer::shared();
    let width_of_name = |name: &str| measurer.width(name, FontFace::Regular, TEXT_SIZE);
    let ty_width = measurer.width(&text.ty, FontFace::Regular, SECONDARY_SIZE);
    let badges = BADGE_WIDTH * text.badges.len() as f64;
    let gap = if badges + ty_width > 0.0 { TEXT_GAP } else { 0.0 };
    let room = (room - badges - gap).max(0.0);
    let ty_room = (room - width_of_name(&text.name)).max(room * TYPE_SHARE);
    let ty = measurer.elide(
        &text.ty,
        FontFace::Regular,
        SECONDARY_SIZE,
        ty_room.max(ty_width.min(ty_room)),
    );
    let ty_width = measurer.width(&ty, FontFace::Regular, SECONDARY_SIZE);
    let name = measurer.elide(&text.name, FontFace::Regular, TEXT_SIZE, room - ty_width);
    Fitted { name_width: width_of_name(&name), name: name.into_owned(), ty: ty.into_owned() }
}

/// Where the names of entity cards begin: right of the marks.
pub(super) const ENTITY_NAME_X: f64 = PADDING + MARK_WIDTH;
