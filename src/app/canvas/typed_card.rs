//! The card that is typed on: its rows make room for the open cell, which may be a row that is not
//! there yet, or higher on the screen than the row it stands over.
//!
//! Nothing of it reaches the layout: when the cell closes, the card is as it was. Must not know how
//! a text is edited.

use eframe::egui::{Painter, Shape};

use crate::app::canvas::paint::{View, group_shapes};
use crate::base::geom::Rect;
use crate::editor::Editor;
use crate::editor::cell::Cell;
use crate::editor::quick_entry::lower::Slot;
use crate::layout::metrics::{ROW_HEIGHT, ROWS_PADDING};
use crate::layout::{Card, Row, RowContent};
use crate::model::Model;
use crate::model::field::Field;
use crate::model::id::NodeId;
use crate::scene::build::SceneContext;
use crate::scene::theme::Theme;

/// How high a cell is at least, on the screen.
pub(super) const LEAST_HEIGHT: f64 = 26.0;

/// A card with room for the open cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TypedCard {
    pub(super) node: NodeId,
    /// The card as it stands while somebody types.
    pub(super) card: Card,
    /// Where the cell stands, in the world.
    pub(super) cell: Rect,
}

/// Which row of a card a cell is.
enum Place {
    Header,
    /// The row of that number.
    Over(usize),
    /// A new one before the row of that number.
    Before(usize),
}

impl TypedCard {
    /// The card of the open cell; none when the cell is on no card.
    pub(super) fn of(editor: &Editor, view: &View) -> Option<Self> {
        let cell = editor.session().cell.as_ref()?.cell;
        let node = cell.node()?;
        let card = editor.layout().cards.get(&node)?;
        let place = place(&editor.project().model, card, cell)?;
        Some(Self::with_room(node, card.clone(), &place, LEAST_HEIGHT / view.zoom()))
    }

    fn with_room(node: NodeId, mut card: Card, place: &Place, least: f64) -> Self {
        let (top, height, first_below, old) = match place {
            Place::Header => (0.0, card.header.max(least), 0, card.header),
            Place::Over(at) => {
                let row = card.rows.get(*at);
                let (top, old) = row.map_or((0.0, ROW_HEIGHT), |row| (row.top, row.height));
                (top, old.max(least), at + 1, old)
            }
            Place::Before(at) => {
                let above = at.checked_sub(1).and_then(|above| card.rows.get(above));
                let top = above.map_or(card.header + ROWS_PADDING, |row| row.top + row.height);
                (top, ROW_HEIGHT.max(least), *at, 0.0)
            }
        };
        let is_bare = card.rows.is_empty() && !matches!(place, Place::Header);
        let more = height - old + if is_bare { 2.0 * ROWS_PADDING } else { 0.0 };
        for row in card.rows.iter_mut().skip(first_below) {
            row.top += more;
        }
        card.rect.y1 += more;
        if matches!(place, Place::Header) {
            card.header = height;
        }
        let (x0, x1, y0) = (card.rect.x0, card.rect.x1, card.rect.y0 + top);
        Self { node, card, cell: Rect::new(x0, y0, x1, y0 + height) }
    }

    /// Paints it over the card as it usually is.
    pub(super) fn paint(&self, painter: &Painter, view: &View, editor: &Editor, colors: &Theme) {
        let Some(diagram) = editor.diagram() else { return };
        let (model, layout) = (&editor.project().model, editor.layout());
        let context = SceneContext::of_some(model, diagram, layout, colors, &[self.node]);
        let mut shapes: Vec<Shape> = Vec::new();
        if let Some(group) = context.card(self.node, &self.card) {
            group_shapes(painter, view, &group, &mut shapes);
        }
        painter.extend(shapes);
    }
}

fn place(model: &Model, card: &Card, cell: Cell) -> Option<Place> {
    let row_of = |content| card.rows.iter().position(|row| row.content == content);
    Some(match cell {
        Cell::NodeName(_) => Place::Header,
        Cell::Field(Slot::Existing(_, field)) => Place::Over(row_of(RowContent::Field(field))?),
        Cell::Field(Slot::New(place)) => {
            let siblings = place.siblings(model)?;
            let before = siblings.get(..place.position.min(siblings.len())).unwrap_or_default();
            let parent = place.parent.and_then(|parent| row_of(RowContent::Field(parent)));
            Place::Before(below(&card.rows, before, parent))
        }
        Cell::Value(_, value) => Place::Over(row_of(RowContent::Value(value))?),
        Cell::NewValue(id, position) => {
            let values = &model.enumeration(id)?.values;
            let above = position.checked_sub(1).and_then(|at| values.get(at)).or(values.last());
            let row = above.and_then(|value| row_of(RowContent::Value(value.id)));
            Place::Before(row.map_or(0, |row| row + 1))
        }
        Cell::NoteText(_) | Cell::AreaName(_) | Cell::ReferenceName(_) | Cell::DiagramName(_) => {
            return None;
        }
    })
}

/// The number of the row below the last of these siblings that is shown, with all that is nested in
/// it; else below their parent.
fn below(rows: &[Row], siblings: &[Field], parent: Option<usize>) -> usize {
    let row_of =
        |field: &Field| rows.iter().position(|row| row.content == RowContent::Field(field.id));
    let Some(last) = siblings.iter().rev().find_map(row_of) else {
        return parent.map_or(0, |parent| parent + 1);
    };
    let depth = rows.get(last).map_or(0, |row| row.depth);
    let nested = rows.iter().skip(last + 1).take_while(|row| row.depth > depth);
    last + 1 + nested.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{EntityId, FieldId, IdMint};

    #[test]
    fn rows_below_make_room_and_rows_above_stay() {
        let mut mint = IdMint::from_seed(1);
        let row = |top: f64, content| Row { content, depth: 0, top, height: 24.0 };
        let first = RowContent::Field(mint.mint::<FieldId>());
        let rows = vec![row(36.0, first), row(60.0, RowContent::Timestamps)];
        let card = Card { rect: Rect::new(0.0, 0.0, 160.0, 88.0), header: 32.0, rows };
        let node = NodeId::Entity(mint.mint::<EntityId>());
        let typed = TypedCard::with_room(node, card.clone(), &Place::Before(1), 20.0);
        assert_eq!(typed.cell, Rect::new(0.0, 60.0, 160.0, 84.0));
        let tops: Vec<f64> = typed.card.rows.iter().map(|row| row.top).collect();
        assert_eq!((tops, typed.card.rect.y1), (vec![36.0, 84.0], 112.0));
        // From afar the cell is higher than the row below it.
        let typed = TypedCard::with_room(node, card, &Place::Over(0), 52.0);
        assert_eq!(typed.cell, Rect::new(0.0, 36.0, 160.0, 88.0));
        assert_eq!(typed.card.rows[1].top, 88.0);
    }
}
