//! What a frame of the whole window costs, without a display, at 1920 × 1080 with the panels that
//! a person has: `taskset -c 0 cargo bench --bench canvas`, or with the number of entities behind
//! `--`.
//!
//! Each line is measured in several rounds. The round with the lowest median is shown, since only
//! what else the machine does makes one slower than another. Reading order: [`model`] (what is
//! measured), [`stage`] (how), [`looking`], [`dragging`], [`editing`] and [`panels`] (gestures), this
//! file (which of them, and what they may cost).

#![expect(clippy::print_stdout, reason = "figures are what a bench is for")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on should stop there")]

mod dragging;
mod editing;
mod looking;
mod model;
mod panels;
mod stage;

use crate::stage::Stage;

/// Rounds of each gesture.
const ROUNDS: usize = 5;

/// A gesture: what it is called, what a frame of it may cost in milliseconds, and how to make it.
/// The number of the round chooses where.
type Gesture = (&'static str, f64, fn(&mut Stage, usize) -> Vec<f64>);

/// What is measured with that many entities.
fn gestures(count: usize) -> Vec<Gesture> {
    let aim = |of_many: f64| if count <= 1_000 { 2.5 } else { of_many };
    vec![
        ("fitted", aim(6.0), looking::fitted),
        ("panning", aim(2.0), looking::panning),
        ("panning at 20 %", aim(6.0), looking::panning_far),
        ("zooming", aim(6.0), looking::zooming),
        ("hover", aim(1.5), looking::hover),
        ("hover, fitted", aim(6.0), looking::hover_far),
        ("embedding hovered", aim(1.5), looking::embedding_hovered),
        ("all selected", aim(2.0), looking::all_selected),
        ("all, beside code", aim(2.0), looking::all_selected_beside_code),
        ("dragging", aim(3.0), dragging::dragging),
        ("dragging a hub", 4.0, dragging::dragging_hub),
        ("dragging, fitted", aim(6.0), dragging::dragging_far),
        ("dragging 1,000", 6.0, dragging::dragging_many),
        ("1,000, fitted", 10.0, dragging::dragging_many_far),
        ("typing", aim(4.0), editing::typing),
        ("typing beside code", aim(4.0), editing::typing_beside_code),
        ("note inspected", aim(2.0), panels::note_inspected),
        ("filtering", aim(4.0), panels::filtering),
        ("finder typing", aim(4.0), panels::finder_typing),
        ("problems scrolled", aim(3.0), panels::problems_scrolled),
        ("finder opened", EDIT, panels::finder_opened),
        ("rename", EDIT, editing::rename),
        ("add field", EDIT, editing::add_field),
        ("add reference", EDIT, editing::add_reference),
        ("undo reference", EDIT, editing::undo_reference),
        ("delete card", EDIT, editing::delete_card),
        ("undo deletion", EDIT, editing::undo_deletion),
        ("nudge", EDIT, editing::nudge),
        ("undo", EDIT, editing::undo),
        ("redo", EDIT, editing::redo),
        ("take a layout over", EDIT, editing::take_over),
        ("detail", EDIT, editing::detail),
        ("notation", EDIT, editing::notation),
        ("line style", EDIT, editing::line_style),
        ("theme", EDIT, editing::theme),
        ("open a tab", EDIT, editing::open_tab),
        ("history shown", aim(2.0), panels::history_shown),
        ("history traveled", EDIT, panels::history_traveled),
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
