//! What a person is doing: never saved in the document, never undone.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use crate::base::geom::Point;
use crate::editor::cell::OpenCell;
use crate::editor::event::Modifiers;
use crate::editor::selection::Selection;
use crate::editor::tools::Tool;
use crate::editor::viewport::Viewport;
use crate::model::id::{DiagramId, NodeId, ReferenceId};
use crate::scene::target::{LineEnd, Target};

/// The state of one open project's window.
#[derive(Clone, Debug)]
pub struct Session {
    /// The diagram on the canvas.
    pub diagram: DiagramId,
    /// The diagrams that have a tab, in order.
    pub tabs: IndexSet<DiagramId>,
    /// What is selected.
    pub selection: Selection,
    /// The card that the keyboard is at, where that is not what was selected last.
    pub focus: Option<NodeId>,
    /// What the pointer is over.
    pub hover: Option<Target>,
    /// Where the pointer is on the canvas, while it is there.
    pub pointer: Option<Point>,
    /// Which keys are held.
    pub modifiers: Modifiers,
    /// What pressing and dragging does.
    pub tool: Tool,
    /// Whether the tool stays after it was used once.
    pub keeps_tool: bool,
    /// The hand that a held Space or the middle button lends.
    pub grip: Option<Grip>,
    /// Whether Space is held.
    pub holds_space: bool,
    /// What is typed in.
    pub cell: Option<OpenCell>,
    /// A question that stands beside a line.
    pub popover: Option<Popover>,
    /// What asked for the keyboard and does not have it yet.
    pub wants_keys: Option<KeyHolder>,
    /// Cards that stay lit while all others are dimmed; empty dims nothing.
    pub spotlight: IndexSet<NodeId>,
    /// What dragging snaps to.
    pub snapping: Snapping,
    viewports: BTreeMap<DiagramId, Viewport>,
}

/// A canvas held by the pointer, moving with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grip {
    /// Where the pointer was last.
    pub last: Point,
}

/// What may ask for the keyboard: it types there next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyHolder {
    /// The properties of what is selected.
    Properties,
    /// The open popover.
    Popover,
}

/// A small form beside the thing that it asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Popover {
    /// The cardinality of one end.
    Cardinality(ReferenceId, LineEnd),
    /// Name, cardinalities and actions of a reference.
    Reference(ReferenceId),
}

impl Popover {
    /// The reference it asks about.
    pub fn reference(self) -> ReferenceId {
        match self {
            Self::Cardinality(id, _) | Self::Reference(id) => id,
        }
    }
}

/// What dragging snaps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapping {
    /// To the grid.
    pub to_grid: bool,
    /// To the edges and centers of neighbors.
    pub to_neighbors: bool,
}

impl Default for Snapping {
    fn default() -> Self {
        Self { to_grid: true, to_neighbors: true }
    }
}

impl Session {
    /// A fresh session on that diagram.
    pub fn new(diagram: DiagramId) -> Self {
        Self {
            diagram,
            tabs: IndexSet::from([diagram]),
            selection: Selection::default(),
            focus: None,
            hover: None,
            pointer: None,
            modifiers: Modifiers::NONE,
            tool: Tool::default(),
            keeps_tool: false,
            grip: None,
            holds_space: false,
            cell: None,
            popover: None,
            wants_keys: None,
            spotlight: IndexSet::new(),
            snapping: Snapping::default(),
            viewports: BTreeMap::from([(diagram, Viewport::default())]),
        }
    }

    /// The window onto the open diagram.
    pub fn viewport(&self) -> Viewport {
        self.viewports.get(&self.diagram).copied().unwrap_or_default()
    }

    /// The window onto the open diagram, to move it.
    pub fn viewport_mut(&mut self) -> &mut Viewport {
        self.viewports.entry(self.diagram).or_default()
    }

    /// Whether that diagram was looked at before in this session.
    pub fn has_seen(&self, diagram: DiagramId) -> bool {
        self.viewports.contains_key(&diagram)
    }

    /// Opens a diagram with a tab of its own and a canvas of the same size.
    pub fn open_diagram(&mut self, diagram: DiagramId) {
        let size = self.viewport().size();
        self.tabs.insert(diagram);
        self.diagram = diagram;
        self.viewport_mut().resize(size);
        self.hover = None;
        self.focus = None;
        self.popover = None;
        self.cell = None;
        self.tool = Tool::default();
    }
}
