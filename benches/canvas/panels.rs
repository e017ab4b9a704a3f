//! What it costs to show lists beside the canvas, and in them what grows with the model.

use eframe::egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, vec2};
use lunette::base::geom::Rect;
use lunette::document::edit::diagrams::add_note;
use lunette::model::id::{ElementId, NodeId};

use crate::stage::{Stage, key};

/// Steps of the history that is looked at.
const STEPS: usize = 1_000;
/// Findings of which the list scrolls at least.
const FINDINGS: usize = 5_000;

/// The properties of a note, which may be about any card.
pub(crate) fn note_inspected(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    let (node, _) = stage.nearest_card();
    let (diagram, rect) = (stage.editor().session().diagram, Rect::new(0.0, 0.0, 160.0, 80.0));
    let note = stage.editor().edit("add note", |project, mint| {
        let id = add_note(project, mint, diagram, rect);
        project.model.note_mut(id).unwrap().subject = Some(node);
        id
    });
    stage.editor().select([ElementId::Note(note)]);
    stage.settle();
    let times = (0..30).map(|_| stage.frame(Vec::new())).collect();
    stage.run("edit.undo");
    stage.settle();
    times
}

/// What the filter of the explorer costs with each letter.
pub(crate) fn filtering(stage: &mut Stage, _: usize) -> Vec<f64> {
    stage.run("view.filter");
    stage.frame(Vec::new());
    stage.frame(Vec::new());
    let letters = "field_9x".chars().map(|letter| Event::Text(letter.to_string()));
    let times = letters.map(|letter| stage.frame(vec![letter])).collect();
    stage.frame(vec![key(Key::Escape)]);
    stage.frame(vec![key(Key::Escape)]);
    times
}

/// Opens the finder over entities, fields and all else.
pub(crate) fn finder_opened(stage: &mut Stage, _: usize) -> Vec<f64> {
    let took = stage.after(|stage| stage.run("view.palette"));
    stage.frame(vec![key(Key::Escape)]);
    vec![took]
}

/// What the finder costs with each letter.
pub(crate) fn finder_typing(stage: &mut Stage, _: usize) -> Vec<f64> {
    stage.run("view.palette");
    stage.frame(Vec::new());
    stage.frame(Vec::new());
    let letters = "entity0042field3".chars().map(|letter| Event::Text(letter.to_string()));
    let times = letters.map(|letter| stage.frame(vec![letter])).collect();
    stage.frame(vec![key(Key::Escape)]);
    times
}

/// Scrolls through the list of problems.
pub(crate) fn problems_scrolled(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    stage.run("view.problems");
    stage.settle();
    let n_findings = stage.editor().findings().len();
    assert!(n_findings >= FINDINGS || stage.count() < 10_000, "only {n_findings} findings");
    let canvas = stage.window.canvas_rect().unwrap();
    stage.frame(vec![Event::PointerMoved(canvas.center_bottom() + vec2(0.0, 100.0))]);
    let (unit, source) = (MouseWheelUnit::Point, MouseWheelSource::Wheel);
    let (modifiers, phase) = (Modifiers::NONE, TouchPhase::Move);
    let wheel = Event::MouseWheel { unit, delta: vec2(0.0, -400.0), phase, modifiers, source };
    let times = (0..60).map(|_| stage.frame(vec![wheel.clone()])).collect();
    stage.run("view.problems");
    times
}

/// Shows a long history.
pub(crate) fn history_shown(stage: &mut Stage, _: usize) -> Vec<f64> {
    make_history(stage);
    stage.run("edit.history");
    stage.frame(Vec::new());
    let times = (0..30).map(|_| stage.frame(Vec::new())).collect();
    stage.frame(vec![key(Key::Escape)]);
    times
}

/// Goes back to its begin, and forth again.
pub(crate) fn history_traveled(stage: &mut Stage, _: usize) -> Vec<f64> {
    make_history(stage);
    let steps = STEPS.cast_signed();
    let there_and_back = [-steps, steps].map(|steps| {
        let took = stage.after(|stage| stage.editor().travel(steps));
        stage.settle();
        took
    });
    there_and_back.to_vec()
}

/// Makes that many steps: notes are written on so many cards.
fn make_history(stage: &mut Stage) {
    if stage.editor().document().history().past_labels().len() >= STEPS {
        return;
    }
    let nodes: Vec<NodeId> = stage.editor().layout().cards.keys().copied().collect();
    for number in 0..STEPS {
        let NodeId::Entity(id) = nodes[number * 7 % nodes.len()] else { continue };
        stage.editor().edit("describe entity", |project, _| {
            project.model.entity_mut(id).unwrap().note.push_str("It is what it is. ");
        });
    }
    stage.settle();
}
