//! Carries out what tools ask for: the one place where commands become changes.

use indexmap::IndexSet;

use crate::base::geom::{Point, Rect, Vec2};
use crate::diagram::placement::Placement;
use crate::document::edit::clipboard::{copy, paste};
use crate::document::edit::diagrams::{add_area, add_note, arrange, set_field_folded, show_node};
use crate::document::edit::entities::{add_entity, add_enumeration};
use crate::document::edit::references::{Anchor, connect, reconnect};
use crate::document::project::Project;
use crate::editor::Editor;
use crate::editor::cell::Cell;
use crate::editor::command::{Command, Intent, Select};
use crate::editor::selection::{node_of, owner_of, row_element};
use crate::editor::session::{KeyHolder, Popover};
use crate::editor::snapping::GRID;
use crate::editor::tools::Tool;
use crate::model::graph::Link;
use crate::model::id::{DiagramId, ElementId, FieldId, IdMint, NodeId};
use crate::scene::target::Target;

/// Where in a new card the pointer is.
pub const GRIP_OFFSET: Vec2 = Vec2::new(32.0, 16.0);

impl Editor {
    /// Carries out one command.
    pub fn carry_out(&mut self, command: Command) {
        match command {
            Command::Select(Select::Only(elements)) => self.select(elements),
            Command::Select(Select::Nothing) => self.select([]),
            Command::Select(Select::Toggle(element)) => {
                self.session.selection.toggle(element);
                self.selection_changed();
            }
            Command::Reveal(element) => self.bring_into_view(element),
            Command::Focus(node) => self.session.focus = Some(node),
            Command::Pan(by) => self.session.viewport_mut().pan(by),
            Command::Begin(label) => self.document.begin(label),
            Command::Commit => {
                self.document.commit();
                self.refresh();
            }
            Command::Rollback => {
                self.document.rollback();
                self.refresh();
            }
            Command::Edit(intent) => self.intend(intent),
            Command::Type(cell) => self.open_cell(cell),
            Command::Take(tool) => self.take_tool(tool),
            Command::Used => {
                if !self.session.keeps_tool {
                    self.session.tool = Tool::default();
                }
            }
            Command::Ask(popover) => {
                self.select([ElementId::Reference(popover.reference())]);
                self.session.popover = Some(popover);
                self.session.wants_keys = Some(KeyHolder::Popover);
            }
        }
    }

    /// Selects just these.
    pub fn select(&mut self, elements: impl IntoIterator<Item = ElementId>) {
        self.session.selection = elements.into_iter().collect();
        self.selection_changed();
    }

    /// Lights the neighbors of a single selected card.
    pub(super) fn selection_changed(&mut self) {
        self.session.popover = None;
        self.session.focus = None;
        let single = self.session.selection.single().and_then(node_of);
        self.session.spotlight = IndexSet::from_iter(single);
        self.widen_spotlight();
    }

    /// Lights what is one hop further from what is lit.
    pub fn widen_spotlight(&mut self) {
        let graph = self.document.project().model.graph();
        let lit: Vec<NodeId> = self.session.spotlight.iter().copied().collect();
        for node in lit {
            self.session.spotlight.extend(graph.neighbors(node));
        }
        if self.session.spotlight.len() == 1 {
            self.session.spotlight.clear();
        }
    }

    fn intend(&mut self, intent: Intent) {
        match intent {
            Intent::AddEntity(at) => {
                self.add_node("add entity", at, |project, mint| {
                    add_entity(project, mint, "Entity").into()
                });
            }
            Intent::AddEnumeration(at) => {
                self.add_node("add enumeration", at, |project, mint| {
                    add_enumeration(project, mint, "Enumeration", &[]).into()
                });
            }
            Intent::AddNote(rect) => self.add_note(rect, None),
            Intent::AddArea(rect) => self.add_area(rect),
            Intent::Connect(from, to) => self.connect(from, to),
            Intent::ConnectToNew(from, at) => self.connect_to_new(from, at),
            Intent::Reconnect(id, side, to) => {
                self.edit("reconnect reference", |project, mint| {
                    reconnect(project, mint, id, side, to);
                });
            }
            Intent::Arrange(arrangement) => {
                let diagram = self.session.diagram;
                // Nudges of the same things, one after the other, are one step.
                let key = format!("nudge {:?}", self.session.selection);
                self.edit_coalescing("move", &key, |project, _| {
                    arrange(project, diagram, &arrangement);
                });
            }
            Intent::Fold(node, field, folded) => self.fold_field(node, field, folded),
            Intent::Duplicate(elements) => self.duplicate(&elements, Vec2::ZERO),
            Intent::Bend(..)
            | Intent::ResizeNote(..)
            | Intent::ResizeFrame(..)
            | Intent::ResizeCard(..) => self.reshape(&intent),
        }
    }

    /// Folds a nested object to its name, or shows what it holds.
    fn fold_field(&mut self, node: NodeId, field: FieldId, folded: bool) {
        let Some(at) = self.layout().cards.get(&node).map(|card| card.rect.origin()) else {
            return;
        };
        let label = if folded { "fold object" } else { "unfold object" };
        self.fold(label, &[node], |project, diagram| {
            set_field_folded(project, diagram, &[(node, at, field)], folded);
        });
    }

    /// Changes how one thing of the diagram looks.
    fn reshape(&mut self, intent: &Intent) {
        let diagram = self.session.diagram;
        let label = if matches!(intent, Intent::Bend(..)) { "bend line" } else { "resize" };
        self.edit(label, |project, _| {
            let Some(diagram) = project.diagram_mut(diagram) else { return };
            match intent {
                Intent::Bend(id, route) => {
                    diagram.routes.insert(*id, route.clone());
                }
                Intent::ResizeNote(id, rect) => {
                    diagram.notes.insert(*id, *rect);
                }
                Intent::ResizeFrame(id, rect) => {
                    diagram.frames.insert(*id, *rect);
                }
                Intent::ResizeCard(node, _, width) => {
                    diagram.placements.update(*node, |placement| placement.width = Some(*width));
                }
                _ => {}
            }
        });
    }

    /// Adds a card and types its name, both as one step.
    fn add_node(
        &mut self,
        label: &str,
        at: Point,
        add: impl FnOnce(&mut Project, &mut IdMint) -> NodeId,
    ) {
        let diagram = self.session.diagram;
        let corner = on_grid(at - GRIP_OFFSET);
        let key = self.birth_key();
        let node = self.edit_coalescing(label, &key, |project, mint| {
            let node = add(project, mint);
            show_node(project, diagram, node, corner);
            node
        });
        self.select([node.into()]);
        self.open_newborn(Cell::NodeName(node), key);
    }

    /// Adds a sticky note, on what a card shows when there is one, and types its text.
    pub fn add_note(&mut self, rect: Rect, subject: Option<NodeId>) {
        let diagram = self.session.diagram;
        let key = self.birth_key();
        let rect = Rect::from_origin_size(on_grid(rect.origin()), rect.size());
        let note = self.edit_coalescing("add note", &key, |project, mint| {
            let id = add_note(project, mint, diagram, rect);
            if let Some(note) = project.model.note_mut(id) {
                note.subject = subject;
            }
            id
        });
        self.select([ElementId::Note(note)]);
        self.open_newborn(Cell::NoteText(note), key);
    }

    fn add_area(&mut self, rect: Rect) {
        let diagram = self.session.diagram;
        let key = self.birth_key();
        let inside = self.derived.hits().inside(self.derived.layout(), rect);
        let members: Vec<NodeId> = inside
            .into_iter()
            .filter_map(|target| match target {
                Target::Card(node) => Some(node),
                _ => None,
            })
            .collect();
        let frame = Rect::new(rect.x0.round(), rect.y0.round(), rect.x1.round(), rect.y1.round());
        let area = self.edit_coalescing("add area", &key, |project, mint| {
            let area = add_area(project, mint, "Area", &members);
            if let Some(diagram) = project.diagram_mut(diagram) {
                diagram.frames.insert(area, frame);
            }
            area
        });
        self.select([ElementId::Area(area)]);
        self.open_newborn(Cell::AreaName(area), key);
    }

    /// Joins two things and asks for the cardinalities of what became a reference.
    fn connect(&mut self, from: Anchor, to: Anchor) {
        let link = self.edit("add reference", |project, mint| connect(project, mint, from, to));
        match link {
            Some(Link::Reference(id)) => {
                self.select([ElementId::Reference(id)]);
                self.session.popover = Some(Popover::Reference(id));
            }
            Some(Link::Embedding(field) | Link::Use(field)) => {
                let mut ends = [from, to].into_iter().map(Anchor::node);
                self.select(ends.find_map(|node| self.field_of(node, field)));
            }
            None => {}
        }
    }

    /// The field of that id, when it is on that card.
    fn field_of(&self, node: NodeId, field: FieldId) -> Option<ElementId> {
        let NodeId::Entity(id) = node else { return None };
        let entity = self.project().model.entity(id)?;
        entity.field(field).map(|field| ElementId::Field(id, field.id))
    }

    /// Draws to an empty place: an entity is made there, joined, and its name typed.
    fn connect_to_new(&mut self, from: Anchor, at: Point) {
        let diagram = self.session.diagram;
        let corner = on_grid(at - GRIP_OFFSET);
        let key = self.birth_key();
        let node = self.edit_coalescing("add entity with reference", &key, |project, mint| {
            let node: NodeId = add_entity(project, mint, "Entity").into();
            show_node(project, diagram, node, corner);
            connect(project, mint, from, Anchor::Node(node));
            node
        });
        self.select([node.into()]);
        self.open_newborn(Cell::NodeName(node), key);
    }

    /// Puts a card where it is dropped: it comes to the diagram, or moves when it is there already.
    pub fn drop_card(&mut self, node: NodeId, at: Point) {
        let diagram = self.session.diagram;
        let is_shown = self.layout().cards.contains_key(&node);
        let label = if is_shown { "move" } else { "show on diagram" };
        let corner = on_grid(at - GRIP_OFFSET);
        self.edit(label, |project, _| show_node(project, diagram, node, corner));
        self.select([node.into()]);
    }

    /// Copies elements beside themselves and selects the copies.
    pub(super) fn duplicate(&mut self, elements: &[ElementId], by: Vec2) {
        let diagram = self.session.diagram;
        let fragment = copy(self.project(), diagram, elements);
        let Some(bounds) = self.bounds_of(elements) else { return };
        let at = bounds.origin() + by;
        let added =
            self.edit("duplicate", |project, mint| paste(project, mint, diagram, &fragment, at));
        self.select(added);
    }

    /// Puts cards into a new area whose name is typed next.
    pub fn group_into_area(&mut self, nodes: &[NodeId]) {
        let key = self.birth_key();
        let area = self.edit_coalescing("add area", &key, |project, mint| {
            add_area(project, mint, "Area", nodes)
        });
        self.select([ElementId::Area(area)]);
        self.open_newborn(Cell::AreaName(area), key);
    }

    /// Takes a diagram's tab away; the one on the canvas stays.
    pub fn close_tab(&mut self, diagram: DiagramId) {
        if self.session.diagram != diagram {
            self.session.tabs.shift_remove(&diagram);
        }
    }

    /// What to select when these are gone: the row below or above a row, else nothing.
    pub(super) fn element_after(&self, gone: &[ElementId]) -> Option<ElementId> {
        let [only] = gone else { return None };
        let owner = owner_of(*only)?;
        let rows = &self.layout().cards.get(&owner)?.rows;
        let rows: Vec<ElementId> = rows.iter().map(|row| row_element(owner, row.content)).collect();
        let at = rows.iter().position(|row| row == only)?;
        let below = rows.get(at + 1).filter(|row| **row != owner.into());
        let above = || at.checked_sub(1).and_then(|at| rows.get(at));
        Some(below.or_else(above).copied().unwrap_or(owner.into()))
    }

    /// A key that joins the birth of a thing with the typing of its name.
    fn birth_key(&self) -> String {
        format!("birth {}", self.document.revision())
    }

    /// The width of a card is its own again.
    pub fn reset_width(&mut self, node: NodeId) {
        let diagram = self.session.diagram;
        self.edit("reset width", |project, _| {
            let placement: Option<&mut Placement> =
                project.diagram_mut(diagram).and_then(|diagram| diagram.placements.get_mut(&node));
            if let Some(placement) = placement {
                placement.width = None;
            }
        });
    }
}

/// The nearest point of the grid.
pub fn on_grid(point: Point) -> Point {
    Point::new((point.x / GRID).round() * GRID, (point.y / GRID).round() * GRID)
}
