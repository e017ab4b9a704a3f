//! The unit of open, edit, undo and save.
//!
//! Reading order: [`project`] (what is saved), [`history`] (versions with labels),
//! [`Document`] (the one door for change), then [`edit`] (intents that go through it). Must not know files or formats.

pub mod edit;
pub mod history;
pub mod project;

use crate::document::history::{History, Step};
use crate::document::project::Project;
use crate::model::id::IdMint;

/// A project with its history.
///
/// - Every change goes through [`edit`](Self::edit) or a [`begin`](Self::begin) … [`commit`](Self::commit)
///   bracket: one labeled step of undo each.
/// - `revision` grows with every visible change, undo and redo included; `meaning_revision` with
///   those among them that are not only about where things stand.
/// - While it is read-only, edits, undo and redo come to nothing and are counted.
#[derive(Clone, Debug)]
pub struct Document {
    project: Project,
    history: History,
    mint: IdMint,
    revision: u64,
    meaning_revision: u64,
    open: Option<OpenTransaction>,
    is_read_only: bool,
    refusals: u64,
}

/// A change that is still going on, such as a drag.
#[derive(Clone, Debug)]
struct OpenTransaction {
    label: String,
    before: Project,
}

impl Document {
    /// A document of that project; `mint` gives ids to what is added.
    pub fn new(project: Project, mint: IdMint) -> Self {
        let history = History::default();
        Self {
            project,
            history,
            mint,
            revision: 0,
            meaning_revision: 0,
            open: None,
            is_read_only: false,
            refusals: 0,
        }
    }

    /// The project as it is now.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Its past and future.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Lets edits come to nothing from now on, or again be made.
    pub fn set_read_only(&mut self, is_read_only: bool) {
        self.rollback();
        self.is_read_only = is_read_only;
    }

    /// Whether edits come to nothing.
    pub fn is_read_only(&self) -> bool {
        self.is_read_only
    }

    /// How many edits came to nothing.
    pub fn refusals(&self) -> u64 {
        self.refusals
    }

    /// Whether a step through the history is refused.
    fn refuses(&mut self) -> bool {
        self.refusals += u64::from(self.is_read_only);
        self.is_read_only
    }

    /// Grows with every visible change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows with every change of the model or the settings: what only diagrams say does not count.
    pub fn meaning_revision(&self) -> u64 {
        self.meaning_revision
    }

    /// The project has become another than it was.
    fn count_change(&mut self, before: &Project) {
        self.revision += 1;
        let Project { settings, model, .. } = before;
        if *settings != self.project.settings || *model != self.project.model {
            self.meaning_revision += 1;
        }
    }

    /// Changes the project in one labeled step; a change that changes nothing leaves no step.
    /// Inside an open transaction it becomes part of that one.
    pub fn edit<R>(
        &mut self,
        label: &str,
        change: impl FnOnce(&mut Project, &mut IdMint) -> R,
    ) -> R {
        self.edit_coalescing(label, None, change)
    }

    /// Like [`edit`](Self::edit), but joined to the step before when both carry the same key:
    /// typing in one field is one step.
    pub fn edit_coalescing<R>(
        &mut self,
        label: &str,
        key: Option<&str>,
        change: impl FnOnce(&mut Project, &mut IdMint) -> R,
    ) -> R {
        if self.is_read_only {
            let mut scratch = self.project.clone();
            let result = change(&mut scratch, &mut self.mint);
            self.refusals += u64::from(scratch != self.project);
            return result;
        }
        let before = self.project.clone();
        let result = change(&mut self.project, &mut self.mint);
        if self.project != before {
            self.count_change(&before);
            if self.open.is_none() {
                self.history.push(Step::new(label, key, before));
            }
        }
        result
    }

    /// Adds what was computed, such as the places of new cards, to the version at hand: it is no
    /// step of its own and goes with the step before.
    pub fn amend(&mut self, change: impl FnOnce(&mut Project)) {
        let before = self.project.clone();
        change(&mut self.project);
        self.count_change(&before);
    }

    /// Opens a transaction that lasts until [`commit`](Self::commit) or [`rollback`](Self::rollback).
    /// One that is already open is committed first.
    pub fn begin(&mut self, label: &str) {
        self.commit();
        let before = self.project.clone();
        self.open = Some(OpenTransaction { label: label.to_owned(), before });
    }

    /// Whether a transaction is open.
    pub fn is_in_transaction(&self) -> bool {
        self.open.is_some()
    }

    /// The project as it was when the open transaction began.
    pub fn project_before_transaction(&self) -> Option<&Project> {
        self.open.as_ref().map(|open| &open.before)
    }

    /// Makes the open transaction one step of undo.
    pub fn commit(&mut self) {
        if let Some(open) = self.open.take()
            && self.project != open.before
        {
            self.history.push(Step::new(&open.label, None, open.before));
        }
    }

    /// Puts back exactly what was there when the open transaction began.
    pub fn rollback(&mut self) {
        if let Some(open) = self.open.take()
            && self.project != open.before
        {
            let before = std::mem::replace(&mut self.project, open.before);
            self.count_change(&before);
        }
    }

    /// Ends the joining of edits, so that the next one is a step of its own.
    pub fn seal(&mut self) {
        self.history.seal();
    }

    /// What is done next with that key joins the last step, if that has it.
    pub fn resume(&mut self, key: &str) {
        self.history.resume(key);
    }

    /// Takes the last step back and says its label.
    pub fn undo(&mut self) -> Option<String> {
        self.travel(-1)
    }

    /// Makes the last undone step again and says its label.
    pub fn redo(&mut self) -> Option<String> {
        self.travel(1)
    }

    /// Takes that many steps back where negative, else makes that many again; the label of the last.
    pub fn travel(&mut self, steps: isize) -> Option<String> {
        self.commit();
        if self.refuses() {
            return None;
        }
        let before = self.project.clone();
        let label = self.history.travel(steps, &mut self.project)?;
        self.count_change(&before);
        Some(label)
    }

    /// Makes the last step undone for good when it has that key: what came to nothing leaves no
    /// step. Says whether it had.
    pub fn take_back(&mut self, key: &str) -> bool {
        self.commit();
        if self.is_read_only {
            return false;
        }
        let before = self.project.clone();
        let is_gone = self.history.take_back(key, &mut self.project);
        if is_gone {
            self.count_change(&before);
        }
        is_gone
    }
}
