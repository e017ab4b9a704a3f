//! What it costs to look around: nothing changes.

use eframe::egui::{Event, PointerButton, vec2};
use lunette::editor::selection::element_of;
use lunette::layout::LineId;
use lunette::scene::target::Target;

use crate::stage::{Stage, button};

pub(crate) fn fitted(stage: &mut Stage, _: usize) -> Vec<f64> {
    stage.editor().select([]);
    stage.run("view.fit-all");
    stage.frame(Vec::new());
    (0..60).map(|_| stage.frame(Vec::new())).collect()
}

pub(crate) fn panning(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    pan(stage)
}

pub(crate) fn panning_far(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 0.2);
    pan(stage)
}

/// Drags the canvas with the middle button, always toward what was not seen yet.
fn pan(stage: &mut Stage) -> Vec<f64> {
    let start = stage.middle();
    stage.frame(vec![Event::PointerMoved(start)]);
    stage.frame(vec![button(start, PointerButton::Middle, true)]);
    let way = (1..=120).map(|step| start - vec2(7.0, 3.0) * step as f32);
    let times = stage.follow(way);
    stage.frame(vec![button(start - vec2(840.0, 360.0), PointerButton::Middle, false)]);
    times
}

/// Zooms at the pointer through the whole range, in and out again.
pub(crate) fn zooming(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 0.02);
    let at = stage.middle() + vec2(120.0, 70.0);
    stage.frame(vec![Event::PointerMoved(at)]);
    let steps = std::iter::repeat_n(1.045, 120).chain(std::iter::repeat_n(1.0 / 1.045, 120));
    let times = steps.map(|factor| stage.frame(vec![Event::Zoom(factor)])).collect();
    let zoom = stage.editor().session().viewport().zoom();
    assert!(zoom < 0.021, "zoomed to {zoom}");
    times
}

pub(crate) fn hover(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.editor().select([]);
    stage.look_at(round, 1.0);
    let start = stage.middle() - vec2(400.0, 200.0);
    stage.follow((0..120).map(|step| start + vec2(5.0, 3.0) * step as f32))
}

pub(crate) fn all_selected(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    stage.run("edit.select-all");
    stage.frame(Vec::new());
    let times = (0..30).map(|_| stage.frame(Vec::new())).collect();
    stage.editor().select([]);
    times
}

/// Hovers a line that stands for a field.
pub(crate) fn embedding_hovered(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.editor().select([]);
    let lines = stage.editor().layout().lines.iter();
    let embeddings: Vec<_> =
        lines.filter(|(id, _)| matches!(id, LineId::Embedding(_))).map(|(id, _)| *id).collect();
    let id = embeddings[embeddings.len() * (round + 1) / 7];
    let line = &stage.editor().layout().lines[&id];
    let (start, bend) = (line.points[0], line.points[1]);
    stage.look_at_point(start.midpoint(bend), 1.0);
    let at = stage.middle();
    let times = stage.follow((0..60).map(|step| at + vec2(0.0, (step % 2) as f32)));
    let hover = stage.editor().session().hover.unwrap();
    assert!(matches!(hover, Target::Line(_) | Target::LineEnd(..)), "{hover:?} is hovered");
    assert!(element_of(stage.editor().layout(), hover).is_some());
    times
}

/// All is selected while the code is shown.
pub(crate) fn all_selected_beside_code(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.run("view.code");
    stage.settle();
    let times = all_selected(stage, round);
    stage.run("view.inspector");
    times
}

/// The whole diagram while the pointer crosses it.
pub(crate) fn hover_far(stage: &mut Stage, _: usize) -> Vec<f64> {
    stage.editor().select([]);
    stage.run("view.fit-all");
    let start = stage.middle() - vec2(400.0, 200.0);
    stage.follow((0..60).map(|step| start + vec2(5.0, 3.0) * step as f32))
}
