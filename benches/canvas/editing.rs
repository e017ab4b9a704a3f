//! What single changes cost.

use eframe::egui::{Event, Key};
use lunette::diagram::notation::Detail;
use lunette::document::edit::references::{Anchor, connect};
use lunette::editor::cell::Cell;
use lunette::model::graph::Link;
use lunette::model::id::{ElementId, NodeId};

use crate::stage::{Stage, key};

/// How often an edit is made in a round, and there is one round: other threads have much to do
/// after each.
const REPEATS: usize = 3;

/// Types a field into a new row of a card, a letter a frame.
pub(crate) fn typing(stage: &mut Stage, round: usize) -> Vec<f64> {
    const LINE: &str = "email string unique required default 'a@b.c'";
    stage.look_at(round, 1.0);
    let (node, _) = stage.nearest_card();
    stage.editor().select([node.into()]);
    stage.editor().open_new_row();
    for _ in 0..4 {
        stage.frame(Vec::new());
    }
    let letters = LINE.chars().map(|letter| Event::Text(letter.to_string()));
    let times = letters.map(|letter| stage.frame(vec![letter])).collect();
    let typed = stage.editor().session().cell.as_ref().map(|open| open.text.clone());
    assert_eq!(typed.as_deref(), Some(LINE), "it was not typed");
    stage.editor().cancel_cell();
    stage.settle();
    times
}

pub(crate) fn typing_beside_code(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.run("view.code");
    stage.run("view.problems");
    stage.settle();
    let times = typing(stage, round);
    stage.run("view.inspector");
    stage.run("view.problems");
    times
}

/// Types into a cell and ends it by Enter.
fn type_into(stage: &mut Stage, cell: Option<Cell>, text: &str) -> f64 {
    match cell {
        Some(cell) => stage.editor().open_cell(cell),
        None => stage.editor().open_new_row(),
    }
    for _ in 0..3 {
        stage.frame(Vec::new());
    }
    stage.frame(vec![Event::Text(text.to_owned())]);
    let entered = stage.frame(vec![key(Key::Enter)]);
    let longest = (0..3).fold(entered, |longest, _| longest.max(stage.frame(Vec::new())));
    stage.editor().cancel_cell();
    stage.settle();
    longest
}

pub(crate) fn rename(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    let (node, _) = stage.nearest_card();
    let name = |number: usize| format!("Renamed{round}_{number}");
    (0..REPEATS).map(|number| type_into(stage, Some(Cell::NodeName(node)), &name(number))).collect()
}

pub(crate) fn add_field(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    let (node, _) = stage.nearest_card();
    stage.editor().select([node.into()]);
    let line = |number: usize| format!("added_{round}_{number} string required");
    (0..REPEATS).map(|number| type_into(stage, None, &line(number))).collect()
}

pub(crate) fn add_reference(stage: &mut Stage, round: usize) -> Vec<f64> {
    edit(stage, round, join_with_first)
}

fn join_with_first(stage: &mut Stage, node: NodeId) {
    let others = stage.editor().project().model.entities();
    let other = others.map(|one| NodeId::from(one.id)).find(|other| *other != node).unwrap();
    let (from, to) = (Anchor::Node(node), Anchor::Node(other));
    let link =
        stage.editor().edit("add", |project, mint| connect(project, mint, from, to)).unwrap();
    assert!(matches!(link, Link::Reference(_)));
}

pub(crate) fn delete_card(stage: &mut Stage, round: usize) -> Vec<f64> {
    edit(stage, round, |stage, _| stage.run("edit.delete"))
}

pub(crate) fn nudge(stage: &mut Stage, round: usize) -> Vec<f64> {
    edit(stage, round, |stage, _| {
        stage.frame(vec![key(Key::ArrowRight)]);
    })
}

/// The longest frame until another level of detail is seen.
pub(crate) fn detail(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    let mut times = Vec::new();
    for _ in 0..REPEATS {
        let asked = stage.after(|stage| stage.run("diagram.detail-keys"));
        let is_shown = |stage: &mut Stage| stage.editor().diagram().unwrap().detail == Detail::Keys;
        let mut longest = asked;
        while !is_shown(stage) {
            longest = longest.max(stage.pause());
        }
        times.push(longest.max(stage.settle()));
        stage.run("edit.undo");
        stage.settle();
        assert!(!is_shown(stage));
    }
    times
}

pub(crate) fn notation(stage: &mut Stage, round: usize) -> Vec<f64> {
    edit(stage, round, |stage, _| stage.run("diagram.idef1x"))
}

pub(crate) fn line_style(stage: &mut Stage, round: usize) -> Vec<f64> {
    edit(stage, round, |stage, _| stage.run("diagram.curved"))
}

/// Changes colors while all of the diagram is seen, and back.
pub(crate) fn theme(stage: &mut Stage, _: usize) -> Vec<f64> {
    stage.run("view.fit-all");
    (0..2).map(|_| stage.after(|stage| stage.run("view.theme"))).collect()
}

/// Times a change of the card in the middle, and takes it back.
fn edit(stage: &mut Stage, round: usize, change: fn(&mut Stage, NodeId)) -> Vec<f64> {
    stage.look_at(round, 1.0);
    let (node, _) = stage.nearest_card();
    let mut times = Vec::new();
    for _ in 0..REPEATS {
        stage.editor().select([ElementId::from(node)]);
        stage.frame(Vec::new());
        let revision = stage.editor().document().revision();
        times.push(stage.after(|stage| change(stage, node)));
        assert!(stage.editor().document().revision() > revision, "nothing changed");
        stage.settle();
        stage.run("edit.undo");
        stage.settle();
    }
    times
}

/// Undoes and redoes the deletion of a card.
pub(crate) fn undo_deletion(stage: &mut Stage, round: usize) -> Vec<f64> {
    travel_over(stage, round, |stage, _| stage.run("edit.delete"))
}

/// Undoes and redoes a reference.
pub(crate) fn undo_reference(stage: &mut Stage, round: usize) -> Vec<f64> {
    travel_over(stage, round, join_with_first)
}

fn travel_over(stage: &mut Stage, round: usize, change: fn(&mut Stage, NodeId)) -> Vec<f64> {
    stage.look_at(round, 1.0);
    let (node, _) = stage.nearest_card();
    stage.editor().select([ElementId::from(node)]);
    change(stage, node);
    stage.settle();
    let mut times = Vec::new();
    for action in ["edit.undo", "edit.redo", "edit.undo"] {
        let revision = stage.editor().document().revision();
        times.push(stage.after(|stage| stage.run(action)));
        assert!(stage.editor().document().revision() > revision, "nothing changed");
        stage.settle();
    }
    times
}

pub(crate) fn undo(stage: &mut Stage, round: usize) -> Vec<f64> {
    travel(stage, round, "edit.undo", "edit.redo")
}

pub(crate) fn redo(stage: &mut Stage, round: usize) -> Vec<f64> {
    travel(stage, round, "edit.redo", "edit.undo")
}

/// Goes there and back over a step in which a field is added.
fn travel(stage: &mut Stage, round: usize, there: &str, back: &str) -> Vec<f64> {
    add_field(stage, round);
    if there == "edit.redo" {
        stage.run(back);
        stage.settle();
    }
    let times = (0..REPEATS).map(|_| {
        let revision = stage.editor().document().revision();
        let took = stage.after(|stage| stage.run(there));
        assert!(stage.editor().document().revision() > revision, "nothing changed");
        stage.settle();
        stage.run(back);
        stage.settle();
        took
    });
    times.collect()
}

/// The longest frame while other threads lay out and check a change.
pub(crate) fn take_over(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    let (node, _) = stage.nearest_card();
    stage.editor().select([node.into()]);
    let times = (0..REPEATS).map(|_| {
        stage.frame(vec![key(Key::ArrowRight)]);
        stage.settle()
    });
    times.collect()
}

pub(crate) fn open_tab(stage: &mut Stage, _: usize) -> Vec<f64> {
    let times = (0..REPEATS).map(|_| {
        let took = stage.after(|stage| stage.run("diagram.next"));
        stage.settle();
        took
    });
    times.collect()
}
