//! Cells in use: open, type, commit, walk on.

use crate::document::edit::diagrams::{rename_diagram, show_nodes};
use crate::document::edit::entities::{add_value, remove_elements, rename_node, rename_value};
use crate::document::edit::fields::FieldPlace;
use crate::document::edit::references::rename_followers;
use crate::document::project::Project;
use crate::editor::Editor;
use crate::editor::cell::{Cell, OpenCell, Step, neighbor};
use crate::editor::quick_entry::Line;
use crate::editor::quick_entry::lower::{Slot, lower};
use crate::editor::quick_entry::parser::{read, read_lines};
use crate::model::id::{ElementId, EnumerationId, FieldId, IdMint, NodeId, ReferenceId};

impl Editor {
    /// Opens a cell to type in; one that is open already is committed first.
    pub fn open_cell(&mut self, cell: Cell) {
        self.commit_cell();
        if let Some(element) = cell.element()
            && !self.session.selection.contains(element)
        {
            self.select([element]);
        }
        self.session.cell = OpenCell::open(self.project(), cell);
    }

    /// Opens the cell of a thing that was just made in the step with that key.
    pub(super) fn open_newborn(&mut self, cell: Cell, birth: String) {
        self.open_cell(cell);
        if let Some(open) = &mut self.session.cell {
            open.birth = Some(birth);
        }
    }

    /// Replaces what is typed in the open cell.
    pub fn type_text(&mut self, text: &str) {
        if let Some(cell) = &mut self.session.cell {
            text.clone_into(&mut cell.text);
        }
    }

    /// Types on in the open cell: a name that was only proposed is replaced, a line gone on with.
    pub fn type_ahead(&mut self, text: &str) {
        if let Some(open) = &mut self.session.cell {
            if !matches!(open.cell, Cell::Field(_)) && open.text == open.original {
                open.text.clear();
            }
            open.text.push_str(text);
        }
    }

    /// Closes the open cell and leaves everything as it was; a new note that says nothing goes.
    pub fn cancel_cell(&mut self) {
        if let Some(open) = self.session.cell.take() {
            if open.original.trim().is_empty() {
                self.drop_note(&open);
            }
            self.seal();
        }
    }

    /// A note without a text is none: a new one was never made, any other one is deleted.
    fn drop_note(&mut self, open: &OpenCell) {
        let Cell::NoteText(id) = open.cell else { return };
        let is_gone = open.birth.as_ref().is_some_and(|birth| self.document.take_back(birth));
        if is_gone {
            self.after_travel();
        } else {
            let note = ElementId::Note(id);
            self.edit("delete note", |project, _| remove_elements(project, &[note]));
        }
    }

    /// Escape in the open cell: a name or field is as it was; a note keeps what was written.
    pub fn escape_cell(&mut self) {
        if self.session.cell.as_ref().is_some_and(|open| open.cell.is_multiline()) {
            self.commit_cell();
        } else {
            self.cancel_cell();
        }
    }

    /// Closes the open cell and makes the project say what was typed. Gives the cell as it is named
    /// now: a new field has become one that exists.
    pub fn commit_cell(&mut self) -> Option<Cell> {
        let open = self.session.cell.take()?;
        if matches!(open.cell, Cell::NoteText(_)) && open.text.trim().is_empty() {
            self.drop_note(&open);
            self.seal();
            return None;
        }
        if open.text == open.original {
            self.seal();
            return Some(open.cell);
        }
        let committed = self.commit(&open);
        self.seal();
        committed
    }

    /// Commits the open cell and opens its neighbor. Forward from an empty new row ends the typing.
    pub fn step_cell(&mut self, step: Step) {
        let Some(open) = &self.session.cell else { return };
        let is_blank = open.text.trim().is_empty();
        let is_new = matches!(open.cell, Cell::Field(Slot::New(_)) | Cell::NewValue(..));
        let (cell, is_name) = (open.cell, matches!(open.cell, Cell::NodeName(_)));
        let committed = self.commit_cell();
        if is_new && is_blank && step == Step::Forward {
            self.select(cell.node().map(ElementId::from));
            return;
        }
        let from = match (committed, step) {
            (Some(committed), _) => committed,
            // What was emptied is gone; typing goes on where it stood.
            (None, _) if is_name => return,
            (None, _) => cell,
        };
        let next = match from {
            // What became no row of its own leaves the new one open.
            Cell::Field(Slot::New(_)) if is_new && step == Step::Forward => Some(from),
            // A new row is followed by another one below it.
            Cell::Field(Slot::Existing(entity, field)) if is_new && step == Step::Forward => {
                let model = &self.project().model;
                let place = model.entity(entity).map(|one| FieldPlace::after(one, field));
                place.map(|place| Cell::Field(Slot::New(place)))
            }
            other => neighbor(&self.project().model, other, step),
        };
        if let Some(next) = next {
            self.open_cell(next);
        }
    }

    /// Opens a new row below the selected one, or at the end of the selected card.
    pub fn open_new_row(&mut self) {
        let model = &self.project().model;
        let cell = match self.session.selection.leader() {
            Some(ElementId::Entity(id)) => Some(Cell::Field(Slot::New(FieldPlace::last(id)))),
            Some(ElementId::Field(id, field)) => model
                .entity(id)
                .map(|entity| Cell::Field(Slot::New(FieldPlace::after(entity, field)))),
            Some(ElementId::Enumeration(id)) => {
                model.enumeration(id).map(|one| Cell::NewValue(id, one.values.len()))
            }
            Some(ElementId::Value(id, value)) => model.enumeration(id).and_then(|one| {
                let at = one.values.iter().position(|one| one.id == value)?;
                Some(Cell::NewValue(id, at + 1))
            }),
            _ => None,
        };
        if let Some(cell) = cell {
            self.open_cell(cell);
        }
    }

    fn commit(&mut self, open: &OpenCell) -> Option<Cell> {
        let text = open.text.as_str();
        let key = open.birth.clone().unwrap_or_else(|| format!("type {:?}", open.cell));
        match open.cell {
            Cell::NodeName(node) => {
                let is_newborn = open.birth.is_some();
                self.edit_coalescing("rename", &key, |project, _| {
                    rename(project, node, text, is_newborn);
                });
                Some(open.cell)
            }
            Cell::Field(slot) => self.commit_field(slot, text),
            Cell::Value(id, value) if text.trim().is_empty() => {
                let gone = ElementId::Value(id, value);
                self.edit("delete value", |project, _| project.model.remove(gone));
                None
            }
            Cell::Value(id, value) => {
                self.edit("rename value", |project, _| rename_value(project, id, value, text));
                Some(open.cell)
            }
            Cell::NewValue(id, at) => self.commit_values(id, at, text),
            Cell::NoteText(_) | Cell::AreaName(_) | Cell::ReferenceName(_) => {
                self.edit_coalescing("change text", &key, |project, _| {
                    set_text(project, open.cell, text);
                });
                Some(open.cell)
            }
            Cell::DiagramName(id) => {
                self.edit("rename diagram", |project, _| rename_diagram(project, id, text));
                Some(open.cell)
            }
        }
    }

    /// Several lines, or values apart by commas, make several values.
    fn commit_values(&mut self, id: EnumerationId, at: usize, text: &str) -> Option<Cell> {
        let names: Vec<&str> =
            text.split([',', '\n']).map(str::trim).filter(|name| !name.is_empty()).collect();
        let label = format!("add value {}", names.first()?);
        let last = self.edit(&label, |project, mint| {
            let mut last = None;
            for (offset, name) in names.iter().enumerate() {
                last = add_value(project, mint, id, at + offset, name);
            }
            last
        });
        last.map(|value| Cell::Value(id, value))
    }

    fn commit_field(&mut self, slot: Slot, text: &str) -> Option<Cell> {
        let entity = slot.entity();
        if text.trim().is_empty() {
            if let Slot::Existing(entity, field) = slot {
                let gone = ElementId::Field(entity, field);
                self.edit("delete field", |project, _| project.model.remove(gone));
            }
            return None;
        }
        let line = read(text, &self.project().model).line?;
        let verb = if matches!(slot, Slot::New(_)) { "add" } else { "change" };
        let label = match &line {
            Line::Timestamps => "keep timestamps".to_owned(),
            Line::Entry(entry) => format!("{verb} field {}", entry.name),
        };
        let diagram = self.session.diagram;
        let lowered = self.edit(&label, |project, mint| {
            let lowered = lower(project, mint, slot, &line)?;
            show_nodes(project, diagram, &lowered.made);
            Some(lowered)
        });
        let field = lowered?.field?;
        self.select([ElementId::Field(entity, field)]);
        Some(Cell::Field(Slot::Existing(entity, field)))
    }

    /// Adds a field for each line of a text, as one step; gives the new fields.
    pub fn add_fields(&mut self, place: FieldPlace, text: &str) -> Vec<FieldId> {
        let readings = read_lines(text, &self.project().model);
        let lines: Vec<Line> = readings.into_iter().filter_map(|reading| reading.line).collect();
        let label = match lines.as_slice() {
            [Line::Entry(only)] => format!("add field {}", only.name),
            many => format!("add {} fields", many.len()),
        };
        let diagram = self.session.diagram;
        self.edit(&label, |project, mint| {
            let (added, made) = add_lines(project, mint, place, &lines);
            show_nodes(project, diagram, &made);
            added
        })
    }
}

/// Fields that were named after a newborn follow its first real name.
fn rename(project: &mut Project, node: NodeId, name: &str, is_newborn: bool) {
    let old = match node {
        NodeId::Entity(id) => project.model.entity(id).cloned(),
        NodeId::Enumeration(_) => None,
    };
    rename_node(project, node, name);
    if let Some(old) = old.filter(|_| is_newborn) {
        rename_followers(project, &old);
    }
}

fn add_lines(
    project: &mut Project,
    mint: &mut IdMint,
    mut place: FieldPlace,
    lines: &[Line],
) -> (Vec<FieldId>, Vec<NodeId>) {
    let (mut added, mut made) = (Vec::new(), Vec::new());
    for line in lines {
        let Some(lowered) = lower(project, mint, Slot::New(place), line) else { continue };
        made.extend(lowered.made);
        if let Some(field) = lowered.field {
            added.push(field);
            place.position = place.position.saturating_add(1);
        }
    }
    (added, made)
}

fn set_text(project: &mut Project, cell: Cell, text: &str) {
    match cell {
        Cell::NoteText(id) => {
            if let Some(note) = project.model.note_mut(id) {
                text.clone_into(&mut note.text);
            }
        }
        Cell::AreaName(id) => {
            if let Some(area) = project.model.area_mut(id)
                && !text.trim().is_empty()
            {
                text.trim().clone_into(&mut area.name);
            }
        }
        Cell::ReferenceName(id) => set_reference_name(project, id, text),
        Cell::NodeName(_)
        | Cell::Field(_)
        | Cell::Value(..)
        | Cell::NewValue(..)
        | Cell::DiagramName(_) => {}
    }
}

fn set_reference_name(project: &mut Project, id: ReferenceId, text: &str) {
    if let Some(reference) = project.model.reference_mut(id) {
        let name = text.trim();
        reference.name = (!name.is_empty()).then(|| name.to_owned());
    }
}
