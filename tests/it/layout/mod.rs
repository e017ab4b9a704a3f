//! Layouts: where cards stand, how lines run, what arranging changes.

mod arranging;
mod cards;
mod drawn_well;
mod hard_cases;
mod lines;
mod modes;
mod stability;

use lunette::base::geom::{Point, Rect};
use lunette::diagram::Diagram;
use lunette::layout::{Layout, Line, layout};
use lunette::model::Model;
use lunette::model::id::IdMint;

/// A diagram of everything without a placement.
fn everything() -> Diagram {
    Diagram::new(IdMint::from_seed(7).mint(), "Everything")
}

/// The layout of all of a model, none of it placed.
fn laid_out(model: &Model) -> Layout {
    layout(model, &everything())
}

fn overlaps(a: Rect, b: Rect) -> bool {
    let common = a.intersect(b);
    common.width() > 0.01 && common.height() > 0.01
}

fn assert_no_overlap(layout: &Layout) {
    let cards: Vec<_> = layout.cards.iter().collect();
    for (n, (a, first)) in cards.iter().enumerate() {
        for (b, second) in &cards[n + 1..] {
            assert!(!overlaps(first.rect, second.rect), "{a} overlaps {b}");
        }
    }
}

/// The points of a line, those of curves in small steps.
fn drawn(line: &Line) -> Vec<Point> {
    if line.is_curve {
        lunette::layout::routing::curved::flattened(&line.points)
    } else {
        line.points.clone()
    }
}

/// How many pairs of a line and a card there are where the line runs over the card.
fn lines_over_cards(layout: &Layout) -> Vec<String> {
    let mut found = Vec::new();
    for (id, line) in &layout.lines {
        let points = drawn(line);
        for (node, card) in &layout.cards {
            let inside = card.rect.inflate(-1.0, -1.0);
            let over = points.windows(2).any(|piece| {
                (0..=64).any(|n| inside.contains(piece[0].lerp(piece[1], f64::from(n) / 64.0)))
            });
            if over {
                found.push(format!("{id:?} over {node}"));
            }
        }
    }
    found
}
