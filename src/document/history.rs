//! Versions with labels: undo, redo and the history list.
//!
//! A version shares all unchanged parts with its neighbors, so a thousand steps cost little, and
//! undo is exact by construction. Must not know what a change does.

use crate::document::project::Project;

/// How many steps are kept.
const LIMIT: usize = 2_000;

/// One step: its label and the version on the other side of it.
///
/// - Its label begins with a small letter.
/// - It is only kept: graphs go with the current version.
#[derive(Clone, Debug)]
pub struct Step {
    label: String,
    key: Option<String>,
    version: Project,
}

impl Step {
    /// A step with the version before it; steps with the same key are joined.
    pub fn new(label: &str, key: Option<&str>, mut before: Project) -> Self {
        before.model.forget_graph();
        Self { label: begun_small(label), key: key.map(str::to_owned), version: before }
    }
}

/// Labels follow a word: `Undo: rename entity`.
fn begun_small(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The past and the future of a document.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Step>,
    future: Vec<Step>,
    sealed: bool,
}

impl History {
    /// Adds a step; what was undone is gone, and a step with the last one's key becomes part of it.
    pub fn push(&mut self, step: Step) {
        self.future.clear();
        let joins = !self.sealed
            && step.key.is_some()
            && self.past.last().is_some_and(|last| last.key == step.key);
        self.sealed = false;
        if joins {
            return;
        }
        self.past.push(step);
        if self.past.len() > LIMIT {
            self.past.remove(0);
        }
    }

    /// The next step is one of its own, whatever its key.
    pub fn seal(&mut self) {
        self.sealed = true;
    }

    /// What is done next with that key joins the last step, if that has it, whatever came between.
    pub fn resume(&mut self, key: &str) {
        let is_last = self.past.last().is_some_and(|last| last.key.as_deref() == Some(key));
        self.sealed &= !is_last;
    }

    /// Exchanges `current` with the version that many steps before it where negative, else behind
    /// it, or as many as there are; the label of the last step gone over. The cost of what comes
    /// between does not grow with the project.
    pub fn travel(&mut self, steps: isize, current: &mut Project) -> Option<String> {
        self.sealed = true;
        let (from, to) = match steps {
            ..0 => (&mut self.past, &mut self.future),
            0.. => (&mut self.future, &mut self.past),
        };
        let mut start = current.clone();
        current.model.forget_graph();
        let gone_over =
            (0..steps.unsigned_abs()).map_while(|_| step_over(from, to, current)).count();
        // Often the links of both are the same.
        current.model.take_graph_from(&mut start.model);
        to.last().filter(|_| gone_over > 0).map(|step| step.label.clone())
    }

    /// Forgets the last step when it has that key, and puts the version before it back.
    pub fn take_back(&mut self, key: &str, current: &mut Project) -> bool {
        let Some(mut step) = self.past.pop_if(|last| last.key.as_deref() == Some(key)) else {
            return false;
        };
        std::mem::swap(&mut step.version, current);
        current.model.take_graph_from(&mut step.version.model);
        self.sealed = true;
        true
    }

    /// Label of the step that undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// Label of the step that redo would make again.
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }

    /// Labels of the steps made, oldest first.
    pub fn past_labels(&self) -> impl ExactSizeIterator<Item = &str> {
        self.past.iter().map(|step| step.label.as_str())
    }

    /// Labels of the steps undone, the next to be made again first.
    pub fn future_labels(&self) -> impl ExactSizeIterator<Item = &str> {
        self.future.iter().rev().map(|step| step.label.as_str())
    }
}

/// Moves the last step of one side to the other; none when there is none.
fn step_over(from: &mut Vec<Step>, to: &mut Vec<Step>, current: &mut Project) -> Option<()> {
    let mut step = from.pop()?;
    std::mem::swap(&mut step.version, current);
    to.push(step);
    Some(())
}
