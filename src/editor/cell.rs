//! Typing on the canvas: one cell at a time, a name or a whole field as a line of text.
//!
//! A cell walks on to its neighbors by Enter, Tab and arrows, so that an entity is written without
//! the pointer. Must not know how a text is edited: it holds the text, somebody else the cursor.

use crate::document::edit::fields::FieldPlace;
use crate::document::project::Project;
use crate::editor::quick_entry::lower::Slot;
use crate::editor::quick_entry::print;
use crate::model::Model;
use crate::model::field::Field;
use crate::model::id::{
    AreaId, DiagramId, ElementId, EntityId, EnumerationId, FieldId, NodeId, NoteId, ReferenceId,
    ValueId,
};

/// What is typed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The name of an entity or enumeration, in its header.
    NodeName(NodeId),
    /// A field as a line of quick entry.
    Field(Slot),
    /// A value of an enumeration.
    Value(EnumerationId, ValueId),
    /// A value that is not there yet, at that position.
    NewValue(EnumerationId, usize),
    /// The text of a note.
    NoteText(NoteId),
    /// The name of an area.
    AreaName(AreaId),
    /// The name of a reference.
    ReferenceName(ReferenceId),
    /// The name of a diagram.
    DiagramName(DiagramId),
}

impl Cell {
    /// The card that the cell is on.
    pub fn node(self) -> Option<NodeId> {
        match self {
            Self::NodeName(node) => Some(node),
            Self::Field(slot) => Some(slot.entity().into()),
            Self::Value(id, _) | Self::NewValue(id, _) => Some(id.into()),
            Self::NoteText(_)
            | Self::AreaName(_)
            | Self::ReferenceName(_)
            | Self::DiagramName(_) => None,
        }
    }

    /// The element that is selected while the cell is open.
    pub fn element(self) -> Option<ElementId> {
        match self {
            Self::NodeName(node) => Some(node.into()),
            Self::Field(Slot::Existing(entity, field)) => Some(ElementId::Field(entity, field)),
            Self::Field(Slot::New(place)) => Some(ElementId::Entity(place.entity)),
            Self::Value(id, value) => Some(ElementId::Value(id, value)),
            Self::NewValue(id, _) => Some(ElementId::Enumeration(id)),
            Self::NoteText(id) => Some(ElementId::Note(id)),
            Self::AreaName(id) => Some(ElementId::Area(id)),
            Self::ReferenceName(id) => Some(ElementId::Reference(id)),
            Self::DiagramName(_) => None,
        }
    }

    /// The cell for an element, when it can be typed.
    pub fn of(element: ElementId) -> Option<Self> {
        match element {
            ElementId::Entity(id) => Some(Self::NodeName(id.into())),
            ElementId::Enumeration(id) => Some(Self::NodeName(id.into())),
            ElementId::Field(entity, field) => Some(Self::Field(Slot::Existing(entity, field))),
            ElementId::Value(id, value) => Some(Self::Value(id, value)),
            ElementId::Note(id) => Some(Self::NoteText(id)),
            ElementId::Area(id) => Some(Self::AreaName(id)),
            ElementId::Reference(id) => Some(Self::ReferenceName(id)),
            ElementId::Namespace(_)
            | ElementId::Key(..)
            | ElementId::Index(..)
            | ElementId::Check(..) => None,
        }
    }

    /// Whether line breaks belong to its text.
    pub fn is_multiline(self) -> bool {
        matches!(self, Self::NoteText(_))
    }
}

/// A cell with what is typed into it so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCell {
    /// Which one.
    pub cell: Cell,
    /// Its text now.
    pub text: String,
    /// Its text when it was opened.
    pub original: String,
    /// The key of the step that made the thing: naming it is part of that step.
    pub birth: Option<String>,
}

impl OpenCell {
    /// The cell with the text that the project has for it; none when what it names is gone.
    pub fn open(project: &Project, cell: Cell) -> Option<Self> {
        let text = text_of(project, cell)?;
        Some(Self { cell, original: text.clone(), text, birth: None })
    }
}

fn text_of(project: &Project, cell: Cell) -> Option<String> {
    let model = &project.model;
    Some(match cell {
        Cell::NodeName(NodeId::Entity(id)) => model.entity(id)?.name.clone(),
        Cell::NodeName(NodeId::Enumeration(id)) => model.enumeration(id)?.name.clone(),
        Cell::Field(Slot::Existing(entity, field)) => {
            let entity = model.entity(entity)?;
            print::line(model, entity, entity.field(field)?, &project.settings.target)
        }
        Cell::Field(Slot::New(place)) => place.siblings(model).map(|_| String::new())?,
        Cell::Value(id, value) => {
            model.enumeration(id)?.values.iter().find(|one| one.id == value)?.name.clone()
        }
        Cell::NewValue(id, _) => model.enumeration(id).map(|_| String::new())?,
        Cell::NoteText(id) => model.note(id)?.text.clone(),
        Cell::AreaName(id) => model.area(id)?.name.clone(),
        Cell::ReferenceName(id) => model.reference(id)?.name.clone().unwrap_or_default(),
        Cell::DiagramName(id) => project.diagram(id)?.name.clone(),
    })
}

/// Where typing goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next cell of the card, or to a new one after the last.
    Forward,
    /// To the one before.
    Back,
}

/// The cell one step from `cell` on its card; none where the card ends.
pub fn neighbor(model: &Model, cell: Cell, step: Step) -> Option<Cell> {
    match (cell, step) {
        (Cell::NodeName(NodeId::Entity(id)), Step::Forward) => Some(first_field(model, id)),
        (Cell::NodeName(NodeId::Enumeration(id)), Step::Forward) => {
            Some(value_at(model, id, 0).unwrap_or(Cell::NewValue(id, 0)))
        }
        (Cell::Field(Slot::Existing(entity, field)), _) => beside_field(model, entity, field, step),
        (Cell::Field(Slot::New(place)), Step::Back) => before_place(model, place),
        (Cell::Value(id, value), _) => {
            let at = model.enumeration(id)?.values.iter().position(|one| one.id == value)?;
            match step {
                Step::Forward => {
                    Some(value_at(model, id, at + 1).unwrap_or(Cell::NewValue(id, at + 1)))
                }
                Step::Back => Some(at.checked_sub(1).map_or(Cell::NodeName(id.into()), |before| {
                    value_at(model, id, before).unwrap_or(cell)
                })),
            }
        }
        (Cell::NewValue(id, at), Step::Back) => {
            let before = at.checked_sub(1).and_then(|before| value_at(model, id, before));
            Some(before.unwrap_or(Cell::NodeName(id.into())))
        }
        (Cell::Field(Slot::New(_)) | Cell::NewValue(..), Step::Forward)
        | (Cell::NodeName(_), Step::Back)
        | (
            Cell::NoteText(_) | Cell::AreaName(_) | Cell::ReferenceName(_) | Cell::DiagramName(_),
            _,
        ) => None,
    }
}

fn existing(entity: EntityId, field: &Field) -> Cell {
    Cell::Field(Slot::Existing(entity, field.id))
}

/// The first field that is not the key, else a new one.
fn first_field(model: &Model, id: EntityId) -> Cell {
    let own = model
        .entity(id)
        .and_then(|entity| entity.fields.iter().find(|field| !entity.is_in_primary_key(field.id)));
    own.map_or(Cell::Field(Slot::New(FieldPlace::last(id))), |field| existing(id, field))
}

fn beside_field(model: &Model, id: EntityId, field: FieldId, step: Step) -> Option<Cell> {
    let entity = model.entity(id)?;
    let all = entity.all_fields();
    let at = all.iter().position(|one| one.id == field)?;
    match step {
        Step::Forward => {
            let next = all.get(at + 1).map(|next| existing(id, next));
            Some(next.unwrap_or(Cell::Field(Slot::New(FieldPlace::last(id)))))
        }
        Step::Back => {
            let before = at.checked_sub(1).and_then(|before| all.get(before));
            Some(before.map_or(Cell::NodeName(id.into()), |before| existing(id, before)))
        }
    }
}

fn before_place(model: &Model, place: FieldPlace) -> Option<Cell> {
    let siblings = place.siblings(model)?;
    let before = place.position.min(siblings.len()).checked_sub(1);
    let sibling = before.and_then(|before| siblings.get(before));
    Some(match (sibling, place.parent) {
        (Some(sibling), _) => existing(place.entity, sibling),
        (None, Some(parent)) => Cell::Field(Slot::Existing(place.entity, parent)),
        (None, None) => Cell::NodeName(place.entity.into()),
    })
}

fn value_at(model: &Model, id: EnumerationId, at: usize) -> Option<Cell> {
    model.enumeration(id)?.values.get(at).map(|value| Cell::Value(id, value.id))
}
