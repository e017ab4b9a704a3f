//! Each group arranged within itself, in a frame that keeps the others out; the groups side by side,
//! near those that they are linked to.
//!
//! Must not know what a group is, nor how its cards are arranged.

use crate::base::geom::Point;
use crate::layout::engines::Sketch;
use crate::layout::engines::layered::groups;
use crate::layout::engines::layered::packing::{Piece, pack};
use crate::layout::frames::framed;
use crate::layout::work::Work;

/// Places the cards of each group by that function, then the groups; what is in no group is one more.
pub fn place_by_group(
    sketch: &Sketch,
    work: &Work<'_>,
    place: fn(&Sketch, &Work<'_>) -> Vec<Point>,
) -> Vec<Point> {
    let n_cards = sketch.sizes.len().max(1) as f64;
    let mut n_done = 0;
    let mut pieces = Vec::new();
    for (group, cards) in groups(sketch) {
        let own_work = work.part(n_done as f64 / n_cards, cards.len() as f64 / n_cards);
        n_done += cards.len();
        let part = Sketch { groups: vec![None; cards.len()], ..sketch.part(&cards) };
        let corners = place(&part, &own_work);
        let mut piece = Piece::around(sketch, cards.into_iter().zip(corners).collect());
        if group.is_some() {
            piece.bounds = framed(piece.bounds);
        }
        pieces.push(piece);
    }
    pack(sketch, &mut pieces);
    let mut places = vec![Point::ORIGIN; sketch.sizes.len()];
    for (card, place) in pieces.iter().flat_map(|piece| &piece.cards) {
        if let Some(slot) = places.get_mut(*card) {
            *slot = *place;
        }
    }
    places
}
