//! What a frame of the whole window costs, without a display, at 1920 × 1080 with the panels that
//! a person has: `taskset -c 0 cargo bench --bench canvas`, or with the number of entities behind
//! `--`.
//!
//! Each line is measured in several rounds. The round with the lowest median is shown, since only
//! what else the machine does makes one slower than another. Reading order: [`model`] (what is
//! measured), [`stage`] (how), this file (which gestures, and what they may cost).

#![expect(clippy::print_stdout, reason = "figures are what a bench is for")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on should stop there")]

mod model;
mod stage;

use eframe::egui::{Event, Key, PointerButton, vec2};
use lunette::document::edit::references::{Anchor, connect};
use lunette::editor::cell::Cell;
use lunette::model::graph::Link;
use lunette::model::id::{ElementId, NodeId};

use crate::stage::{Stage, button, key};

/// Rounds of each gesture.
const ROUNDS: usize = 5;
/// How often an edit is made in a round, and there is one round: other threads have much to do
/// after each.
const REPEATS: usize = 3;

/// A gesture: what it is called, what a frame of it may cost in milliseconds, and how to make it.
/// The number of the round chooses where.
type Gesture = (&'static str, f64, fn(&mut Stage, usize) -> Vec<f64>);

/// What is measured with that many entities.
fn gestures(count: usize) -> Vec<Gesture> {
    let aim = |of_many: f64| if count <= 1_000 { 2.5 } else { of_many };
    vec![
        ("fitted", aim(6.0), fitted),
        ("panning", aim(2.0), panning),
        ("panning at 20 %", aim(6.0), panning_far),
        ("zooming", aim(6.0), zooming),
        ("dragging", aim(3.0), dragging),
        ("typing", aim(4.0), typing),
        ("hover", aim(1.5), hover),
        ("all selected", aim(6.0), all_selected),
        ("typing beside code", aim(4.0), typing_beside_code),
        ("rename", EDIT, rename),
        ("add field", EDIT, add_field),
        ("add reference", EDIT, add_reference),
        ("delete card", EDIT, delete_card),
        ("nudge", EDIT, nudge),
        ("undo", EDIT, undo),
        ("redo", EDIT, redo),
        ("take a layout over", EDIT, take_over),
        ("detail", EDIT, detail),
        ("open a tab", EDIT, open_tab),
    ]
}

/// What a frame may cost in which something changed.
const EDIT: f64 = 16.0;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|one| !one.starts_with('-')).collect();
    let counts: Vec<usize> = asked.iter().filter_map(|one| one.parse().ok()).collect();
    let names: Vec<&String> = asked.iter().filter(|one| one.parse::<usize>().is_err()).collect();
    let counts = if counts.is_empty() { vec![1_000, 10_000] } else { counts };
    for count in counts {
        let mut stage = Stage::new(count);
        println!("\n{count} entities, open after {:.0} ms", stage.opened);
        println!("  {:<20} {:>8} {:>8} {:>8} {:>8}", "ms a frame", "median", "p95", "worst", "aim");
        for (name, aim, gesture) in gestures(count) {
            if names.is_empty() || names.iter().any(|one| name.contains(one.as_str())) {
                let n_rounds = if aim == EDIT { 1 } else { ROUNDS };
                let rounds = (0..n_rounds).map(|round| gesture(&mut stage, round)).collect();
                report(name, aim, rounds);
            }
        }
        report_memory();
    }
}

/// Prints the round with the lowest median.
fn report(name: &str, aim: f64, mut rounds: Vec<Vec<f64>>) {
    for round in &mut rounds {
        round.sort_by(f64::total_cmp);
    }
    let at = |round: &[f64], share: f64| round[((round.len() - 1) as f64 * share) as usize];
    let best = rounds.iter().min_by(|a, b| at(a, 0.5).total_cmp(&at(b, 0.5))).unwrap();
    let (median, p95, worst) = (at(best, 0.5), at(best, 0.95), at(best, 1.0));
    let mark = if median <= aim { "ok" } else { "TOO SLOW" };
    println!("  {name:<20} {median:>8.2} {p95:>8.2} {worst:>8.2} {aim:>8.1}  {mark}");
}

/// Prints how much memory the process holds, where the system says.
fn report_memory() {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return };
    let kib = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<f64>().ok()
    };
    if let (Some(now), Some(most)) = (kib("VmRSS:"), kib("VmHWM:")) {
        println!("  memory: {:.0} MiB, at most {:.0} MiB", now / 1024.0, most / 1024.0);
    }
}

fn fitted(stage: &mut Stage, _: usize) -> Vec<f64> {
    stage.editor().select([]);
    stage.run("view.fit-all");
    stage.frame(Vec::new());
    (0..60).map(|_| stage.frame(Vec::new())).collect()
}

fn panning(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    pan(stage)
}

fn panning_far(stage: &mut Stage, round: usize) -> Vec<f64> {
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
fn zooming(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 0.02);
    let at = stage.middle() + vec2(120.0, 70.0);
    stage.frame(vec![Event::PointerMoved(at)]);
    let steps = std::iter::repeat_n(1.045, 120).chain(std::iter::repeat_n(1.0 / 1.045, 120));
    let times = steps.map(|factor| stage.frame(vec![Event::Zoom(factor)])).collect();
    let zoom = stage.editor().session().viewport().zoom();
    assert!(zoom < 0.021, "zoomed to {zoom}");
    times
}

fn hover(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.editor().select([]);
    stage.look_at(round, 1.0);
    let start = stage.middle() - vec2(400.0, 200.0);
    stage.follow((0..120).map(|step| start + vec2(5.0, 3.0) * step as f32))
}

/// Drags a card by its header; its lines are led anew in each frame.
fn dragging(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    let (node, start) = stage.nearest_card();
    let before = place_and_lines(stage, node);
    stage.frame(vec![Event::PointerMoved(start)]);
    stage.frame(vec![button(start, PointerButton::Primary, true)]);
    let way = (1..=60).map(|step| start + vec2(3.0, 2.0) * step as f32);
    let times = stage.follow(way);
    let after = place_and_lines(stage, node);
    assert!(before.0 != after.0 && before.1 != after.1, "nothing was dragged");
    stage.frame(vec![button(start + vec2(180.0, 120.0), PointerButton::Primary, false)]);
    stage.settle();
    times
}

/// Where a card stands and where the lines of its references run.
fn place_and_lines(stage: &mut Stage, node: NodeId) -> (String, String) {
    let editor = stage.editor();
    let links = editor.project().model.graph().outgoing(node);
    let lines: Vec<_> = links.iter().map(|(link, _)| editor.layout().lines.get(link)).collect();
    let place = editor.layout().cards.get(&node).map(|card| card.rect);
    (format!("{place:?}"), format!("{lines:?}"))
}

/// Types a field into a new row of a card, a letter a frame.
fn typing(stage: &mut Stage, round: usize) -> Vec<f64> {
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

fn typing_beside_code(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.run("view.code");
    stage.run("view.problems");
    stage.settle();
    let times = typing(stage, round);
    stage.run("view.inspector");
    stage.run("view.problems");
    times
}

fn all_selected(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    stage.run("edit.select-all");
    stage.frame(Vec::new());
    let times = (0..30).map(|_| stage.frame(Vec::new())).collect();
    stage.editor().select([]);
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

fn rename(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    let (node, _) = stage.nearest_card();
    let name = |number: usize| format!("Renamed{round}_{number}");
    (0..REPEATS).map(|number| type_into(stage, Some(Cell::NodeName(node)), &name(number))).collect()
}

fn add_field(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    let (node, _) = stage.nearest_card();
    stage.editor().select([node.into()]);
    let line = |number: usize| format!("added_{round}_{number} string required");
    (0..REPEATS).map(|number| type_into(stage, None, &line(number))).collect()
}

fn add_reference(stage: &mut Stage, round: usize) -> Vec<f64> {
    edit(stage, round, |stage, node| {
        let others = stage.editor().project().model.entities();
        let other = others.map(|one| NodeId::from(one.id)).find(|other| *other != node).unwrap();
        let (from, to) = (Anchor::Node(node), Anchor::Node(other));
        let link =
            stage.editor().edit("add", |project, mint| connect(project, mint, from, to)).unwrap();
        assert!(matches!(link, Link::Reference(_)));
    })
}

fn delete_card(stage: &mut Stage, round: usize) -> Vec<f64> {
    edit(stage, round, |stage, _| stage.run("edit.delete"))
}

fn nudge(stage: &mut Stage, round: usize) -> Vec<f64> {
    edit(stage, round, |stage, _| {
        stage.frame(vec![key(Key::ArrowRight)]);
    })
}

fn detail(stage: &mut Stage, round: usize) -> Vec<f64> {
    edit(stage, round, |stage, _| stage.run("diagram.detail-keys"))
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

fn undo(stage: &mut Stage, round: usize) -> Vec<f64> {
    travel(stage, round, "edit.undo", "edit.redo")
}

fn redo(stage: &mut Stage, round: usize) -> Vec<f64> {
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
fn take_over(stage: &mut Stage, round: usize) -> Vec<f64> {
    stage.look_at(round, 1.0);
    let (node, _) = stage.nearest_card();
    stage.editor().select([node.into()]);
    let times = (0..REPEATS).map(|_| {
        stage.frame(vec![key(Key::ArrowRight)]);
        stage.settle()
    });
    times.collect()
}

fn open_tab(stage: &mut Stage, _: usize) -> Vec<f64> {
    let times = (0..REPEATS).map(|_| {
        let took = stage.after(|stage| stage.run("diagram.next"));
        stage.settle();
        took
    });
    times.collect()
}
