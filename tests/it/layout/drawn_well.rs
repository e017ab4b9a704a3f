//! What every drawing keeps, on all samples and on random models: cards apart, lines around them,
//! ends at their rows with room for marks, no two lines of different references on one another.

use lunette::base::geom::{Point, Rect};
use lunette::diagram::notation::LineStyle;
use lunette::layout::routing::MARK;
use lunette::layout::{Layout, Line, Side, layout};
use lunette::model::Model;
use lunette::model::graph::Link;
use proptest::prelude::*;

use super::{assert_no_overlap, everything, laid_out, lines_over_cards, overlaps};
use crate::support::random::{Shape, random_project};
use crate::support::samples::samples;

/// Lines nearer than this read as one.
const SAME_PLACE: f64 = 1.0;

/// All that a drawing of orthogonal lines keeps.
pub(super) fn assert_drawn_well(model: &Model, layout: &Layout) {
    assert_no_overlap(layout);
    assert_eq!(lines_over_cards(layout), Vec::<String>::new());
    super::lines::assert_ends_at_rows(model, layout);
    super::lines::assert_level_and_upright(layout);
    assert_room_for_marks(layout);
    assert_nothing_on_one_another(layout);
    for note in layout.notes.values() {
        assert!(!layout.cards.values().any(|card| overlaps(card.rect, *note)), "a note is hidden");
    }
}

/// Whether lines keep straight for as long as the marks at their ends need.
fn assert_room_for_marks(layout: &Layout) {
    for (id, line) in &layout.lines {
        let n = line.points.len();
        let marks = if n == 2 { 2.0 * MARK } else { MARK };
        for (near, far) in [(0, 1), (n - 1, n - 2)] {
            let stub = (line.points[far] - line.points[near]).hypot();
            assert!(stub > marks - 0.01, "{id:?} has a stub of {stub}");
        }
    }
}

fn pieces(line: &Line) -> impl Iterator<Item = (Point, Point)> {
    line.points.iter().copied().zip(line.points.iter().copied().skip(1))
}

/// Whether lines that join no card in common run apart.
fn assert_nothing_on_one_another(layout: &Layout) {
    let lines: Vec<(&Link, &Line)> = layout.lines.iter().collect();
    for (n, (a, first)) in lines.iter().enumerate() {
        for (b, second) in &lines[n + 1..] {
            let ends = [second.from, second.to];
            if ends.contains(&first.from) || ends.contains(&first.to) {
                continue;
            }
            for (p, q) in pieces(first) {
                for (r, s) in pieces(second) {
                    assert!(
                        common_run((p, q), (r, s)) < 2.0,
                        "{a:?} runs on {b:?}\n{:?}\n{:?}",
                        first.points,
                        second.points
                    );
                }
            }
        }
    }
}

/// How far two level or two upright pieces run in one place.
fn common_run(a: (Point, Point), b: (Point, Point)) -> f64 {
    let (first, second) = (Rect::from_points(a.0, a.1), Rect::from_points(b.0, b.1));
    let common = |a0: f64, a1: f64, b0: f64, b1: f64| a1.min(b1) - a0.max(b0);
    let (x, y) = (
        common(first.x0, first.x1, second.x0, second.x1),
        common(first.y0, first.y1, second.y0, second.y1),
    );
    let are_level = a.0.y == a.1.y && b.0.y == b.1.y && (a.0.y - b.0.y).abs() < SAME_PLACE;
    let are_upright = a.0.x == a.1.x && b.0.x == b.1.x && (a.0.x - b.0.x).abs() < SAME_PLACE;
    match (are_level, are_upright) {
        (true, _) => x.max(0.0),
        (_, true) => y.max(0.0),
        (false, false) => 0.0,
    }
}

#[test]
fn samples_are_drawn_well_as_saved_and_arranged_anew() {
    for sample in samples() {
        let project = sample.project();
        for diagram in project.diagrams.values() {
            assert_drawn_well(&project.model, &layout(&project.model, diagram));
        }
        assert_drawn_well(&project.model, &laid_out(&project.model));
    }
}

#[test]
fn larger_models_are_drawn_well() {
    for (entities, references) in [(100, 140), (300, 420)] {
        let shape = Shape { entities, references, enumerations: 8, areas: 3 };
        let project = random_project(shape, 17);
        assert_drawn_well(&project.model, &laid_out(&project.model));
    }
}

#[test]
fn straight_lines_keep_off_the_borders_of_their_cards() {
    let project =
        random_project(Shape { entities: 40, references: 70, enumerations: 2, areas: 0 }, 5);
    let mut diagram = everything();
    diagram.lines = LineStyle::Straight;
    let layout = layout(&project.model, &diagram);
    for (id, line) in &layout.lines {
        for (port, next) in
            [(line.start, line.points[1]), (line.end, line.points[line.points.len() - 2])]
        {
            let away = match port.side {
                Side::Left => port.point.x - next.x,
                Side::Right => next.x - port.point.x,
                Side::Top => port.point.y - next.y,
                Side::Bottom => next.y - port.point.y,
            };
            assert!(away > MARK - 0.01, "{id:?} leaves its card by {away}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn random_models_are_drawn_well(
        entities in 1_usize..60,
        references in 0_usize..90,
        areas in 0_usize..3,
        seed in 1_u64..1_000_000,
    ) {
        let project = random_project(Shape { entities, references, enumerations: 3, areas }, seed);
        assert_drawn_well(&project.model, &laid_out(&project.model));
    }
}
