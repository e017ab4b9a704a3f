//! What a person asked for in a panel or dialog, as labeled changes: panels show and ask, and
//! whoever owns the document carries it out, one step of undo each.

use std::fmt;

use crate::diagram::notation::Detail;
use crate::document::project::Project;
use crate::editor::Editor;
use crate::model::id::{DiagramId, ElementId, IdMint};

/// One labeled change.
pub struct Change {
    label: String,
    key: Option<String>,
    apply: Apply,
}

impl Change {
    /// Makes it one step of undo, or a part of the step that goes on.
    fn carry_out(self, editor: &mut Editor) {
        match &self.key {
            Some(key) => editor.edit_coalescing(&self.label, key, self.apply),
            None => editor.edit(&self.label, self.apply),
        }
    }
}

type Apply = Box<dyn FnOnce(&mut Project, &mut IdMint)>;

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change").field("label", &self.label).finish_non_exhaustive()
    }
}

/// The changes that were asked for in one frame, and where to go.
#[derive(Debug, Default)]
pub struct Requests {
    changes: Vec<Change>,
    /// What is to be selected instead, when it was asked for.
    pub select: Option<Vec<ElementId>>,
    /// What is to be brought into view, when it was asked for.
    pub reveal: Option<ElementId>,
    /// How much a diagram is to show, when it was asked for.
    pub detail: Option<(DiagramId, Detail)>,
}

impl Requests {
    /// Asks for a change that is a step of its own.
    pub fn change(
        &mut self,
        label: impl Into<String>,
        apply: impl FnOnce(&mut Project, &mut IdMint) + 'static,
    ) {
        self.changes.push(Change { label: label.into(), key: None, apply: Box::new(apply) });
    }

    /// Asks for a change that goes on while the same thing is typed or dragged: one step in all.
    pub fn ongoing_change(
        &mut self,
        label: impl Into<String>,
        key: impl Into<String>,
        apply: impl FnOnce(&mut Project, &mut IdMint) + 'static,
    ) {
        let key = Some(key.into());
        self.changes.push(Change { label: label.into(), key, apply: Box::new(apply) });
    }

    /// Carries out what was asked for: changes in the order in which they were, then where to go.
    pub fn carry_out(self, editor: &mut Editor) {
        for change in self.changes {
            change.carry_out(editor);
        }
        if let Some((diagram, detail)) = self.detail {
            editor.show_detail(diagram, detail);
        }
        if let Some(selection) = self.select {
            editor.select(selection);
        }
        if let Some(element) = self.reveal {
            editor.reveal(element);
        }
    }
}
