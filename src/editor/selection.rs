//! What is selected: elements of the model, in the order in which they were chosen.

use std::sync::Arc;

use indexmap::IndexSet;

use crate::layout::{Layout, LineId, RowContent};
use crate::model::Model;
use crate::model::graph::Link;
use crate::model::id::{ElementId, NodeId};
use crate::scene::target::Target;

/// A set of elements; the last one chosen leads.
///
/// - Clones share it, so that what follows from many elements can be kept with a clone of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    elements: Arc<IndexSet<ElementId>>,
}

impl Selection {
    /// Just that element.
    pub fn only(element: ElementId) -> Self {
        Self { elements: Arc::new(IndexSet::from([element])) }
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// How many elements.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether nobody changed either of both since one was cloned from the other.
    pub fn is_clone_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.elements, &other.elements)
    }

    /// Whether that element is selected.
    pub fn contains(&self, element: ElementId) -> bool {
        self.elements.contains(&element)
    }

    /// The elements in the order in which they were chosen.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = ElementId> + '_ {
        self.elements.iter().copied()
    }

    /// The elements as a list.
    pub fn to_vec(&self) -> Vec<ElementId> {
        self.iter().collect()
    }

    /// The only element, when exactly one is selected.
    pub fn single(&self) -> Option<ElementId> {
        if self.elements.len() == 1 { self.elements.first().copied() } else { None }
    }

    /// The element chosen last.
    pub fn leader(&self) -> Option<ElementId> {
        self.elements.last().copied()
    }

    /// Selects nothing.
    pub fn clear(&mut self) {
        self.elements = Arc::default();
    }

    /// Adds an element, which leads from now on.
    pub fn add(&mut self, element: ElementId) {
        let elements = Arc::make_mut(&mut self.elements);
        elements.shift_remove(&element);
        elements.insert(element);
    }

    /// Adds an element, or takes it out.
    pub fn toggle(&mut self, element: ElementId) {
        let elements = Arc::make_mut(&mut self.elements);
        if !elements.shift_remove(&element) {
            elements.insert(element);
        }
    }

    /// Forgets what the model no longer has.
    pub fn retain_existing(&mut self, model: &Model) {
        if self.iter().any(|element| !exists(model, element)) {
            Arc::make_mut(&mut self.elements).retain(|element| exists(model, *element));
        }
    }

    /// The selected cards, those of selected rows not among them.
    pub fn nodes(&self) -> Vec<NodeId> {
        self.iter().filter_map(node_of).collect()
    }

    /// Whether a card is selected.
    pub fn has_nodes(&self) -> bool {
        self.iter().any(|element| node_of(element).is_some())
    }

    /// Whether more than one card is selected.
    pub fn has_several_nodes(&self) -> bool {
        self.iter().filter(|element| node_of(*element).is_some()).nth(1).is_some()
    }

    /// The selected cards and those that hold a selected row, each once.
    pub fn touched_nodes(&self) -> IndexSet<NodeId> {
        self.iter().filter_map(owner_of).collect()
    }
}

impl FromIterator<ElementId> for Selection {
    fn from_iter<T: IntoIterator<Item = ElementId>>(elements: T) -> Self {
        Self { elements: Arc::new(elements.into_iter().collect()) }
    }
}

/// The card that an element is.
pub fn node_of(element: ElementId) -> Option<NodeId> {
    match element {
        ElementId::Entity(id) => Some(id.into()),
        ElementId::Enumeration(id) => Some(id.into()),
        _ => None,
    }
}

/// The card that an element is or stands on.
pub fn owner_of(element: ElementId) -> Option<NodeId> {
    match element {
        ElementId::Entity(id)
        | ElementId::Field(id, _)
        | ElementId::Key(id, _)
        | ElementId::Index(id, _)
        | ElementId::Check(id, _) => Some(id.into()),
        ElementId::Enumeration(id) | ElementId::Value(id, _) => Some(id.into()),
        ElementId::Namespace(_)
        | ElementId::Reference(_)
        | ElementId::Area(_)
        | ElementId::Note(_) => None,
    }
}

/// Whether the model has that element.
pub fn exists(model: &Model, element: ElementId) -> bool {
    match element {
        ElementId::Namespace(id) => model.namespace(id).is_some(),
        ElementId::Entity(id) => model.entity(id).is_some(),
        ElementId::Field(id, field) => model.entity(id).is_some_and(|e| e.field(field).is_some()),
        ElementId::Key(id, key) => {
            model.entity(id).is_some_and(|entity| entity.keys.iter().any(|one| one.id == key))
        }
        ElementId::Index(id, index) => {
            model.entity(id).is_some_and(|entity| entity.indexes.iter().any(|one| one.id == index))
        }
        ElementId::Check(id, check) => {
            model.entity(id).is_some_and(|entity| entity.checks.iter().any(|one| one.id == check))
        }
        ElementId::Enumeration(id) => model.enumeration(id).is_some(),
        ElementId::Value(id, value) => {
            model.enumeration(id).is_some_and(|one| one.values.iter().any(|v| v.id == value))
        }
        ElementId::Reference(id) => model.reference(id).is_some(),
        ElementId::Area(id) => model.area(id).is_some(),
        ElementId::Note(id) => model.note(id).is_some(),
    }
}

/// The element that a drawn thing of that layout stands for: a containment line is the field that
/// holds.
pub fn element_of(layout: &Layout, target: Target) -> Option<ElementId> {
    match target {
        Target::Area(id) => Some(ElementId::Area(id)),
        Target::Card(node) | Target::Header(node) | Target::Port(node, None) => Some(node.into()),
        Target::Row(node, row) | Target::Port(node, Some(row)) => Some(row_element(node, row)),
        Target::Line(id) | Target::LineEnd(id, _) | Target::LineLabel(id) => {
            line_element(layout, id)
        }
        Target::Note(id) => Some(ElementId::Note(id)),
    }
}

/// The element of a row; the row of timestamps is the entity's own.
pub fn row_element(node: NodeId, row: RowContent) -> ElementId {
    match (node, row) {
        (NodeId::Entity(entity), RowContent::Field(field)) => ElementId::Field(entity, field),
        (NodeId::Enumeration(id), RowContent::Value(value)) => ElementId::Value(id, value),
        (node, _) => node.into(),
    }
}

fn line_element(layout: &Layout, line: LineId) -> Option<ElementId> {
    match (line, layout.lines.get(&line)?.from) {
        (Link::Reference(id), _) => Some(ElementId::Reference(id)),
        (Link::Embedding(field) | Link::Use(field), NodeId::Entity(entity)) => {
            Some(ElementId::Field(entity, field))
        }
        (Link::Embedding(_) | Link::Use(_), NodeId::Enumeration(_)) => None,
    }
}
