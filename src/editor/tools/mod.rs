//! What pressing and dragging on the canvas does: one state machine per tool.
//!
//! Reading order: THE list of tools, [`context`] (what a tool sees), [`select`] (the arrow, which
//! does most), [`connect`], [`place`], [`draw_area`], [`hand`]. A tool never changes anything: it
//! answers an event with its next state and with commands.

pub mod connect;
pub mod context;
pub mod draw_area;
pub mod hand;
pub mod place;
pub mod select;

use crate::base::geom::{Point, Rect};
use crate::editor::command::Command;
use crate::editor::event::{Event, Key, Shortcut};
use crate::editor::snapping::Guide;
use crate::editor::tools::connect::Connect;
use crate::editor::tools::context::ToolContext;
use crate::editor::tools::draw_area::DrawArea;
use crate::editor::tools::hand::Hand;
use crate::editor::tools::place::Place;
use crate::editor::tools::select::SelectTool;
use crate::scene::target::Target;

/// Names a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToolId {
    /// The arrow.
    Select,
    /// Moves the canvas.
    Hand,
    /// Adds entities.
    Entity,
    /// Adds enumerations.
    Enumeration,
    /// Draws references.
    Reference,
    /// Adds sticky notes.
    Note,
    /// Draws areas.
    Area,
}

/// What menus and tool bars say of a tool.
#[derive(Clone, Copy, Debug)]
pub struct ToolInfo {
    /// Which one.
    pub id: ToolId,
    /// What it is called.
    pub label: &'static str,
    /// The key that takes it.
    pub shortcut: Shortcut,
    /// What to do with it, in one line.
    pub hint: &'static str,
}

const fn tool(id: ToolId, label: &'static str, key: char, hint: &'static str) -> ToolInfo {
    ToolInfo { id, label, shortcut: Shortcut::plain(Key::Character(key)), hint }
}

/// THE list of tools, in the order of the tool bar.
pub const TOOLS: [ToolInfo; 7] = [
    tool(
        ToolId::Select,
        "Select",
        'V',
        "Click to select, drag to move, double-click to edit or to add an entity",
    ),
    tool(ToolId::Hand, "Hand", 'H', "Drag to move the canvas"),
    tool(ToolId::Entity, "Entity", 'E', "Click where the entity should stand"),
    tool(ToolId::Enumeration, "Enumeration", 'U', "Click where the enumeration should stand"),
    tool(
        ToolId::Reference,
        "Reference",
        'R',
        "Drag from an entity or field to what it refers to, or to an empty place",
    ),
    tool(ToolId::Note, "Note", 'N', "Click or drag where the note should stand"),
    tool(ToolId::Area, "Area", 'A', "Drag a frame around what belongs together"),
];

impl ToolId {
    /// What is said of it.
    pub fn info(self) -> &'static ToolInfo {
        let position = TOOLS.iter().position(|tool| tool.id == self).unwrap_or_default();
        TOOLS.get(position).unwrap_or(&TOOLS[0])
    }
}

/// The tool in hand, in its state.
#[derive(Clone, Debug)]
pub enum Tool {
    /// The arrow.
    Select(SelectTool),
    /// Moves the canvas.
    Hand(Hand),
    /// Adds entities, enumerations or notes.
    Place(Place),
    /// Draws references.
    Connect(Connect),
    /// Draws areas.
    DrawArea(DrawArea),
}

impl Default for Tool {
    fn default() -> Self {
        Self::new(ToolId::Select)
    }
}

impl Tool {
    /// That tool, at rest.
    pub fn new(id: ToolId) -> Self {
        match id {
            ToolId::Select => Self::Select(SelectTool::default()),
            ToolId::Hand => Self::Hand(Hand::default()),
            ToolId::Entity | ToolId::Enumeration | ToolId::Note => Self::Place(Place::new(id)),
            ToolId::Reference => Self::Connect(Connect::default()),
            ToolId::Area => Self::DrawArea(DrawArea::default()),
        }
    }

    /// Which tool it is.
    pub fn id(&self) -> ToolId {
        match self {
            Self::Select(_) => ToolId::Select,
            Self::Hand(_) => ToolId::Hand,
            Self::Place(place) => place.id(),
            Self::Connect(_) => ToolId::Reference,
            Self::DrawArea(_) => ToolId::Area,
        }
    }

    /// What the tool does on an event: its next state, and what it asks for.
    pub fn on_event(self, event: &Event, cx: &ToolContext<'_>) -> (Self, Vec<Command>) {
        match self {
            Self::Select(tool) => wrapped(tool.on_event(event, cx), Self::Select),
            Self::Hand(tool) => wrapped(tool.on_event(event), Self::Hand),
            Self::Place(tool) => wrapped(tool.on_event(event, cx), Self::Place),
            Self::Connect(tool) => wrapped(tool.on_event(event, cx), Self::Connect),
            Self::DrawArea(tool) => wrapped(tool.on_event(event, cx), Self::DrawArea),
        }
    }

    /// Whether nothing is going on, so that the pointer may hover over things.
    pub fn is_at_rest(&self) -> bool {
        match self {
            Self::Select(tool) => tool.is_at_rest(),
            Self::Hand(tool) => tool.is_at_rest(),
            Self::Place(tool) => tool.is_at_rest(),
            Self::Connect(tool) => tool.is_at_rest(),
            Self::DrawArea(tool) => tool.is_at_rest(),
        }
    }

    /// What the tool shows above the diagram.
    pub fn overlay(&self) -> Overlay {
        match self {
            Self::Select(tool) => tool.overlay(),
            Self::Hand(_) => Overlay::default(),
            Self::Place(tool) => tool.overlay(),
            Self::Connect(tool) => tool.overlay(),
            Self::DrawArea(tool) => tool.overlay(),
        }
    }

    /// How the pointer looks over that thing.
    pub fn cursor(&self, over: Option<Target>) -> Cursor {
        match self {
            Self::Select(tool) => tool.cursor(over),
            Self::Hand(tool) => tool.cursor(),
            Self::Place(_) | Self::DrawArea(_) | Self::Connect(_) => Cursor::Cross,
        }
    }

    /// What to do now, in one line.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Select(tool) => tool.hint(),
            Self::Connect(tool) => tool.hint(),
            Self::Hand(_) | Self::Place(_) | Self::DrawArea(_) => self.id().info().hint,
        }
    }
}

fn wrapped<T>((tool, commands): (T, Vec<Command>), wrap: fn(T) -> Tool) -> (Tool, Vec<Command>) {
    (wrap(tool), commands)
}

/// What a tool shows above the diagram, in world units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// What a dragged thing is in line with.
    pub guides: Vec<Guide>,
    /// The rectangle that selects, or that something is drawn with.
    pub brush: Option<Brush>,
    /// A line that is being drawn.
    pub rubber: Option<Rubber>,
    /// What the pointer would drop on.
    pub drop: Option<Target>,
}

/// A rectangle under the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brush {
    /// Where.
    pub rect: Rect,
    /// What it does.
    pub kind: BrushKind,
}

/// What a rectangle under the pointer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrushKind {
    /// Selects what lies wholly inside.
    Inside,
    /// Selects what it touches.
    Touching,
    /// Becomes something of that size.
    Drawing,
}

/// A line that is being drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rubber {
    /// Where it is held.
    pub from: Point,
    /// Where the pointer is.
    pub to: Point,
}

/// How the pointer looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the shape that it is called")]
pub enum Cursor {
    Arrow,
    Move,
    Grab,
    Grabbing,
    Cross,
    Pointer,
    ResizeHorizontal,
    ResizeDiagonal,
}
