//! Layouts: nothing overlaps, placed cards stay, lines end at their rows.

use lunette::diagram::Diagram;
use lunette::layout::{Layout, layout};
use lunette::model::Model;
use lunette::model::id::IdMint;

use crate::support::kitchen_sink;

fn everything(model: &Model) -> Diagram {
    let _ = model;
    Diagram::new(IdMint::from_seed(7).mint(), "Everything")
}

fn assert_no_overlap(layout: &Layout) {
    let cards: Vec<_> = layout.cards.iter().collect();
    for (n, (a, first)) in cards.iter().enumerate() {
        for (b, second) in &cards[n + 1..] {
            let common = first.rect.intersect(second.rect);
            assert!(common.width() <= 0.0 || common.height() <= 0.0, "{a} overlaps {b}");
        }
    }
}

#[test]
fn the_kitchen_sink_is_laid_out_whole() {
    let project = kitchen_sink();
    let layout = layout(&project.model, &everything(&project.model));
    let n_nodes = project.model.entities().len() + project.model.enumerations().len();
    assert_eq!(layout.cards.len(), n_nodes);
    assert_eq!(layout.lines.len(), project.model.graph().inner().edge_count());
    assert_no_overlap(&layout);
}
