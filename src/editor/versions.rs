//! From one version of the project to another: undo, redo, a version that comes from elsewhere, and
//! which version is the saved one.

use crate::diagram::Diagram;
use crate::document::project::Project;
use crate::editor::Editor;

impl Editor {
    /// Lets whatever a person does come to nothing from now on, or again count.
    pub fn set_read_only(&mut self, is_read_only: bool) {
        self.forget_refused();
        self.document.set_read_only(is_read_only);
    }

    /// Lets go of what the hand is in the middle of: it comes to nothing.
    pub fn forget_refused(&mut self) {
        self.cancel_cell();
        self.let_go();
        self.after_travel();
    }

    /// Puts another version in the place of this one, as one step of undo; the view and what is
    /// selected stay where that version has them. What a person may not change can be replaced.
    pub fn replace(&mut self, label: &str, version: Project) {
        self.cancel_cell();
        self.let_go();
        self.seal();
        let is_read_only = self.document.is_read_only();
        self.document.set_read_only(false);
        self.document.edit(label, |project, mint| {
            *project = version;
            if project.diagrams.is_empty() {
                project.put_diagram(Diagram::new(mint.mint(), "Main"));
            }
        });
        self.document.set_read_only(is_read_only);
        self.after_travel();
    }

    /// Takes back what the hand is in the middle of, else the last step.
    pub fn undo(&mut self) -> Option<String> {
        self.cancel_cell();
        if self.wanted_detail.take().is_some() {
            return None;
        }
        if !self.session.tool.is_at_rest() {
            self.let_go();
            return None;
        }
        let label = self.document.undo();
        self.after_travel();
        label
    }

    /// Makes the last undone step again.
    pub fn redo(&mut self) -> Option<String> {
        self.cancel_cell();
        self.let_go();
        let label = self.document.redo();
        self.after_travel();
        label
    }

    /// Takes that many steps back where negative, else makes that many again: what comes between is
    /// not looked at.
    pub fn travel(&mut self, steps: isize) {
        self.cancel_cell();
        self.let_go();
        let _ = self.document.travel(steps);
        self.after_travel();
    }

    /// Another version may lack what the session speaks of.
    pub(in crate::editor) fn after_travel(&mut self) {
        let Self { document, session, .. } = self;
        let project = document.project();
        session.selection.retain_existing(&project.model);
        session.tabs.retain(|diagram| project.diagrams.contains_key(diagram));
        if !project.diagrams.contains_key(&session.diagram)
            && let Some(first) = project.first_diagram()
        {
            session.open_diagram(first.id);
        }
        if session.popover.is_some_and(|p| project.model.reference(p.reference()).is_none()) {
            session.popover = None;
        }
        self.refresh();
    }

    /// Whether the project differs from what was last saved or opened.
    pub fn is_modified(&self) -> bool {
        self.modified.1
    }

    /// What was last saved or opened.
    pub fn saved(&self) -> &Project {
        &self.saved
    }

    /// How often computed places, which nobody made, were added to what was last saved or opened.
    pub fn settlings(&self) -> u64 {
        self.settlings
    }

    /// What is now there is what the file holds.
    pub fn mark_saved(&mut self) {
        self.saved = self.project().clone();
        self.modified = (self.document.revision(), false);
    }

    /// That project is what the file holds, while editing may have gone on since.
    pub fn mark_saved_as(&mut self, saved: Project) {
        let differs = *self.document.project() != saved;
        self.saved = saved;
        self.modified = (self.document.revision(), differs);
    }
}
