//! Sizes of cards and the places of their rows, from texts and the diagram's choices.
//!
//! The constants are the card's anatomy: the scene draws with the same ones. Must not know where
//! cards stand.

use crate::base::font::FontFace;
use crate::base::font::measurer::TextMeasurer;
use crate::base::geom::{Point, Rect, Size};
use crate::diagram::notation::Detail;
use crate::diagram::placement::Placement;
use crate::layout::row_text::{CardTexts, RowText};
use crate::layout::{Card, Row, RowContent};
use crate::model::entity::Entity;
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::id::NodeId;

/// The grid that sizes and computed positions keep to.
pub const GRID: f64 = 8.0;
/// Font size of names and headers.
pub const TEXT_SIZE: f64 = 13.0;
/// Font size of types, notes and the dimmed part of headers.
pub const SECONDARY_SIZE: f64 = 11.0;
/// Height of a header band.
pub const HEADER_HEIGHT: f64 = 32.0;
/// Free height above the first row and below the last one. With it the middles of headers and rows
/// differ by whole steps of the grid, so that lines between cards on the grid can run straight.
pub const ROWS_PADDING: f64 = 4.0;
/// Height of a row.
pub const ROW_HEIGHT: f64 = 24.0;
/// What a row is higher by when it shows a note below its name.
pub const NOTE_LINE_HEIGHT: f64 = 16.0;
/// Distance of texts from the left and right border.
pub const PADDING: f64 = 12.0;
/// Room for the mark before a name, and for the icon in a header.
pub const MARK_WIDTH: f64 = 20.0;
/// How much further in the fields of a nested object stand.
pub const INDENT: f64 = 16.0;
/// Room for a badge, its distance from the next one included.
pub const BADGE_WIDTH: f64 = 16.0;
/// Least distance between a name and what stands right of it.
pub const TEXT_GAP: f64 = 16.0;
/// Least distance between a header's name and its dimmed text.
pub const HEADER_GAP: f64 = 8.0;
/// Narrowest card.
pub const MIN_WIDTH: f64 = 160.0;
/// Widest card that texts alone make; what does not fit is cut with an ellipsis.
pub const MAX_WIDTH: f64 = 360.0;

/// The width below which nobody can size a card by hand.
const MIN_CHOSEN_WIDTH: f64 = 96.0;

/// Measures the card of a node at the diagram's detail level; its top left corner is where the
/// placement says, or the origin.
pub fn card(
    texts: &CardTexts<'_>,
    node: NodeId,
    detail: Detail,
    placement: Option<&Placement>,
) -> Card {
    let rows = match node {
        NodeId::Entity(id) => match texts.model().entity(id) {
            Some(entity) => entity_rows(texts, entity, detail, placement),
            None => Vec::new(),
        },
        NodeId::Enumeration(id) => match texts.model().enumeration(id) {
            Some(enumeration) => enumeration_rows(enumeration, detail, placement),
            None => Vec::new(),
        },
    };
    let chosen = placement.and_then(|placement| placement.width);
    let width = match chosen {
        Some(width) if width.is_finite() => width.max(MIN_CHOSEN_WIDTH),
        Some(_) | None => text_width(texts, node, detail, &rows),
    };
    let height = rows.last().map_or(HEADER_HEIGHT, |row| row.top + row.height + ROWS_PADDING);
    let position = placement.map_or(Point::ORIGIN, |placement| placement.position);
    Card {
        rect: Rect::from_origin_size(position, Size::new(width, height)),
        header: HEADER_HEIGHT,
        rows,
    }
}

/// The width that shows all texts, within bounds and on the grid.
fn text_width(texts: &CardTexts<'_>, node: NodeId, detail: Detail, rows: &[Row]) -> f64 {
    let widest = rows
        .iter()
        .map(|row| {
            let text = texts.row(node, row.content, detail);
            INDENT * row.depth as f64 + row_width(&text)
        })
        .fold(header_width(texts, node), f64::max);
    let padded = MARK_WIDTH + widest + 2.0 * PADDING;
    ((padded / GRID).ceil() * GRID).clamp(MIN_WIDTH, MAX_WIDTH)
}

/// Width of a header's texts with the gap between them.
fn header_width(texts: &CardTexts<'_>, node: NodeId) -> f64 {
    let measurer = TextMeasurer::shared();
    let header = texts.header(node);
    let name = measurer.width(&header.name, FontFace::SemiBold, TEXT_SIZE);
    if header.secondary.is_empty() {
        return name;
    }
    name + HEADER_GAP + measurer.width(&header.secondary, FontFace::Regular, SECONDARY_SIZE)
}

/// Width of a row's texts and badges with the gaps between them, without mark and indent.
fn row_width(row: &RowText) -> f64 {
    let measurer = TextMeasurer::shared();
    let name = measurer.width(&row.name, FontFace::Regular, TEXT_SIZE);
    let badges = BADGE_WIDTH * row.badges.len() as f64;
    let ty = measurer.width(&row.ty, FontFace::Regular, SECONDARY_SIZE);
    let gap = if badges + ty > 0.0 { TEXT_GAP } else { 0.0 };
    let note = measurer.width(&row.note, FontFace::Regular, SECONDARY_SIZE);
    (name + gap + badges + ty).max(note)
}

/// Stacks rows below the header.
struct Stack {
    rows: Vec<Row>,
    top: f64,
}

impl Stack {
    fn new() -> Self {
        Self { rows: Vec::new(), top: HEADER_HEIGHT + ROWS_PADDING }
    }

    fn push(&mut self, content: RowContent, depth: usize, has_note: bool) {
        let height = if has_note { ROW_HEIGHT + NOTE_LINE_HEIGHT } else { ROW_HEIGHT };
        self.rows.push(Row { content, depth, top: self.top, height });
        self.top += height;
    }
}

fn is_folded(placement: Option<&Placement>) -> bool {
    placement.is_some_and(|placement| placement.folded)
}

/// The rows of an entity: its fields as far as the detail level and folds show them.
fn entity_rows(
    texts: &CardTexts<'_>,
    entity: &Entity,
    detail: Detail,
    placement: Option<&Placement>,
) -> Vec<Row> {
    let mut stack = Stack::new();
    if is_folded(placement) || detail == Detail::Names {
        return stack.rows;
    }
    push_fields(&mut stack, &entity.fields, 0, detail, &|field| {
        let folded = placement.is_some_and(|one| one.folded_fields.contains(&field.id));
        let is_key = entity.keys.iter().any(|key| key.fields.contains(&field.id))
            || texts.is_referencing(field.id);
        Showing { itself: detail != Detail::Keys || is_key, below: !folded }
    });
    if entity.timestamps && detail != Detail::Keys {
        stack.push(RowContent::Timestamps, 0, false);
    }
    stack.rows
}

/// What is shown of a field.
struct Showing {
    /// Whether the field is interesting by itself.
    itself: bool,
    /// Whether the fields below it may be shown.
    below: bool,
}

/// Pushes those fields and the ones below them; a field also shows when one below it does.
fn push_fields(
    stack: &mut Stack,
    fields: &[Field],
    depth: usize,
    detail: Detail,
    showing: &impl Fn(&Field) -> Showing,
) {
    for field in fields {
        let Showing { itself, below } = showing(field);
        if !itself && !any_below(field, showing) {
            continue;
        }
        let has_note = detail == Detail::Notes && !field.note.trim().is_empty();
        stack.push(RowContent::Field(field.id), depth, has_note);
        if below {
            push_fields(stack, &field.fields, depth + 1, detail, showing);
        }
    }
}

/// Whether a field below that one is interesting by itself.
fn any_below(field: &Field, showing: &impl Fn(&Field) -> Showing) -> bool {
    field.fields.iter().any(|child| showing(child).itself || any_below(child, showing))
}

/// The rows of an enumeration: its values.
fn enumeration_rows(
    enumeration: &Enumeration,
    detail: Detail,
    placement: Option<&Placement>,
) -> Vec<Row> {
    let mut stack = Stack::new();
    if is_folded(placement) || matches!(detail, Detail::Names | Detail::Keys) {
        return stack.rows;
    }
    for value in &enumeration.values {
        let has_note = detail == Detail::Notes && !value.note.trim().is_empty();
        stack.push(RowContent::Value(value.id), 0, has_note);
    }
    stack.rows
}
