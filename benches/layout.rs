//! How long layouts take: all of it, and lines alone.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on should stop there")]

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/support/builder.rs"]
mod builder;
#[path = "../tests/it/support/random.rs"]
mod random;

use divan::Bencher;
use lunette::diagram::Diagram;
use lunette::diagram::placement::Placement;
use lunette::layout::work::{Quality, Work};
use lunette::layout::{layout, layout_in};
use lunette::model::Model;
use lunette::model::id::IdMint;

use crate::random::{Shape, random_project};

const SIZES: [usize; 6] = [100, 300, 1000, 3000, 10_000, 20_000];
/// Sizes at which all that can be done is done.
const FULL_SIZES: [usize; 3] = [100, 300, 1000];

/// Work that stops at the first picture.
const FIRST: Work<'_> = Work::unwatched(Quality::First);

fn main() {
    divan::main();
}

/// A model of that many entities of ten fields, and half as many references again.
fn model(n_entities: usize) -> Model {
    let shape =
        Shape { entities: n_entities, references: n_entities * 3 / 2, enumerations: 10, areas: 0 };
    random_project(shape, 1).model
}

fn unplaced() -> Diagram {
    Diagram::new(IdMint::from_seed(1).mint(), "Main")
}

/// A diagram in which every card stands where the usual engine put it.
fn placed(model: &Model) -> Diagram {
    let mut diagram = unplaced();
    for (node, card) in layout_in(model, &diagram, &FIRST).cards {
        diagram.placements.insert(node, Placement::at(card.rect.origin()));
    }
    diagram
}

#[divan::bench(args = SIZES, max_time = 10)]
fn first_picture(bencher: Bencher<'_, '_>, n_entities: usize) {
    let (model, diagram) = (model(n_entities), unplaced());
    bencher.bench(|| layout_in(&model, &diagram, &FIRST));
}

#[divan::bench(args = FULL_SIZES, max_time = 10)]
fn place_and_lead(bencher: Bencher<'_, '_>, n_entities: usize) {
    let (model, diagram) = (model(n_entities), unplaced());
    bencher.bench(|| layout(&model, &diagram));
}

#[divan::bench(args = SIZES, max_time = 10)]
fn lead_only(bencher: Bencher<'_, '_>, n_entities: usize) {
    let model = model(n_entities);
    let diagram = placed(&model);
    bencher.bench(|| layout(&model, &diagram));
}
