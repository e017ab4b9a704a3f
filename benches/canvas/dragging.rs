//! What it costs to drag things.

use eframe::egui::{Event, PointerButton, Pos2, vec2};
use lunette::model::id::{ElementId, NodeId};

use crate::stage::{Stage, button};

/// Drags a card by its header; its lines are led anew in each frame.
pub(crate) fn dragging(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    drag_nearest(stage)
}

/// Drags the card with the most references.
pub(crate) fn dragging_hub(stage: &mut Stage, _: usize) -> Vec<f64> {
    let editor = stage.editor();
    let graph = editor.project().model.graph();
    let hub = editor.layout().cards.iter().max_by_key(|(node, _)| graph.incoming(**node).len());
    let at = hub.unwrap().1.rect.center();
    stage.look_at_point(at, 1.0);
    drag_nearest(stage)
}

/// Drags a card while all of the diagram is seen.
pub(crate) fn dragging_far(stage: &mut Stage, _: usize) -> Vec<f64> {
    stage.run("view.fit-all");
    stage.frame(Vec::new());
    drag_nearest(stage)
}

/// Drags a thousand selected cards, most of them out of sight.
pub(crate) fn dragging_many(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    drag_many(stage)
}

/// Drags them while all of the diagram is seen.
pub(crate) fn dragging_many_far(stage: &mut Stage, _: usize) -> Vec<f64> {
    stage.run("view.fit-all");
    stage.frame(Vec::new());
    drag_many(stage)
}

fn drag_many(stage: &mut Stage) -> Vec<f64> {
    let nearest: Vec<ElementId> =
        stage.cards_by_distance().into_iter().take(1_000).map(ElementId::from).collect();
    stage.editor().select(nearest);
    stage.frame(Vec::new());
    let times = drag_nearest(stage);
    stage.editor().select([]);
    times
}

fn drag_nearest(stage: &mut Stage) -> Vec<f64> {
    let (node, start) = stage.nearest_card();
    drag(stage, node, start)
}

fn drag(stage: &mut Stage, node: NodeId, start: Pos2) -> Vec<f64> {
    let before = place_and_lines(stage, node);
    stage.frame(vec![Event::PointerMoved(start)]);
    stage.frame(vec![button(start, PointerButton::Primary, true)]);
    let way = (1..=60).map(|step| start + vec2(3.0, 2.0) * step as f32);
    let times = stage.follow(way);
    let after = place_and_lines(stage, node);
    assert!(before.0 != after.0, "nothing was dragged");
    assert!(before.1 != after.1, "no line was led");
    stage.frame(vec![button(start + vec2(180.0, 120.0), PointerButton::Primary, false)]);
    // The next round finds it where it stood.
    stage.run("edit.undo");
    stage.settle();
    times
}

/// Where a card stands and where the lines of its references run.
fn place_and_lines(stage: &mut Stage, node: NodeId) -> (String, String) {
    let editor = stage.editor();
    let graph = editor.project().model.graph();
    let links = graph.outgoing(node).into_iter().chain(graph.incoming(node));
    let lines: Vec<_> = links.map(|(link, _)| editor.layout().lines.get(&link)).collect();
    let place = editor.layout().cards.get(&node).map(|card| card.rect);
    (format!("{place:?}"), format!("{lines:?}"))
}
