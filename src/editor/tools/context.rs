//! What a tool sees: the project, where everything stands, and what is under a point.

use crate::base::geom::{Point, Rect, Size, Vec2};
use crate::diagram::Diagram;
use crate::document::edit::diagrams::Arrangement;
use crate::document::edit::references::Anchor;
use crate::document::project::Project;
use crate::editor::derived::hits::Hits;
use crate::editor::selection::{Selection, element_of};
use crate::editor::session::Snapping;
use crate::editor::tools::BrushKind;
use crate::editor::viewport::Viewport;
use crate::layout::{Layout, RowContent};
use crate::model::id::{AreaId, ElementId, FieldId, NodeId};
use crate::scene::card_row::fold_center;
use crate::scene::target::Target;

/// How near a line the pointer must be, in screen units.
const TOLERANCE: f64 = 6.0;
/// How near an alignment a drag must be to snap to it, in screen units.
const SNAP_REACH: f64 = 6.0;
/// How near the sign of a nested object the pointer must be, in world units.
const FOLD_REACH: f64 = 9.0;
/// Below this zoom rows are too small to be meant.
const ROW_ZOOM: f64 = 0.4;

/// What a tool sees at one moment.
#[derive(Clone, Copy, Debug)]
pub struct ToolContext<'a> {
    /// The project.
    pub project: &'a Project,
    /// The diagram on the canvas.
    pub diagram: &'a Diagram,
    /// Where everything stands.
    pub layout: &'a Layout,
    /// What is under a point; for the same layout.
    pub hits: &'a Hits,
    /// The window onto the diagram.
    pub viewport: Viewport,
    /// What is selected.
    pub selection: &'a Selection,
    /// The card that the keyboard is at, where that is not what was selected last.
    pub focus: Option<NodeId>,
    /// What dragging snaps to.
    pub snapping: Snapping,
    /// Whether the tool stays after it was used.
    pub keeps_tool: bool,
}

impl ToolContext<'_> {
    /// Where a point of the screen is in the world.
    pub fn world(&self, screen: Point) -> Point {
        self.viewport.world_from_screen(screen)
    }

    /// The uppermost thing under a point of the screen; of small cards only the card itself.
    pub fn hit(&self, screen: Point) -> Option<Target> {
        hit(self.hits, self.layout, &self.viewport, screen)
    }

    /// The element under a point of the screen.
    pub fn element_at(&self, screen: Point) -> Option<ElementId> {
        self.hit(screen).and_then(|target| self.element(target))
    }

    /// The element that a drawn thing stands for.
    pub fn element(&self, target: Target) -> Option<ElementId> {
        element_of(self.layout, target)
    }

    /// What a line may be held by under a point of the screen.
    pub fn anchor_at(&self, screen: Point) -> Option<(Anchor, Target)> {
        let target = self.hit(screen)?;
        anchor_of(target).map(|anchor| (anchor, target))
    }

    /// The nested object whose sign for open or folded is under a point of the screen, and whether
    /// it is open.
    pub fn fold_at(&self, screen: Point) -> Option<(NodeId, FieldId, bool)> {
        let (Some(Target::Row(node, content)), at) = (self.hit(screen), self.world(screen)) else {
            return None;
        };
        let (NodeId::Entity(id), RowContent::Field(field)) = (node, content) else { return None };
        let holds = !self.project.model.entity(id)?.field(field)?.fields.is_empty();
        let card = self.layout.cards.get(&node)?;
        let row = card.rows.iter().position(|row| row.content == content)?;
        let (row, next) = (card.rows.get(row)?, card.rows.get(row + 1));
        let sign = card.rect.origin().to_vec2() + Vec2::new(0.0, row.top);
        let is_near = (at - (fold_center(row) + sign)).hypot() <= FOLD_REACH;
        let is_open = next.is_some_and(|next| next.depth > row.depth);
        (holds && is_near).then_some((node, field, is_open))
    }

    /// Where a line that is held by a drawn thing starts, on the side nearest to `toward`.
    pub fn port(&self, target: Target, toward: Point) -> Option<Point> {
        let (node, row) = match target {
            Target::Card(node) | Target::Header(node) => (node, None),
            Target::Row(node, row) => (node, Some(row)),
            Target::Port(node, row) => (node, row),
            _ => return None,
        };
        let card = self.layout.cards.get(&node)?;
        let y =
            row.and_then(|row| card.row_center(row)).unwrap_or(card.rect.y0 + card.header / 2.0);
        let x = if toward.x >= card.rect.center().x { card.rect.x1 } else { card.rect.x0 };
        Some(Point::new(x, y))
    }

    /// How near an alignment a drag must be to snap to it, in world units.
    pub fn snap_reach(&self) -> f64 {
        SNAP_REACH / self.viewport.zoom()
    }

    /// The elements that a rectangle of the world selects.
    pub fn brushed(&self, rect: Rect, kind: BrushKind) -> Vec<ElementId> {
        let targets = match kind {
            BrushKind::Inside | BrushKind::Drawing => self.hits.inside(self.layout, rect),
            BrushKind::Touching => self.hits.touching(rect),
        };
        let mut elements: Vec<ElementId> =
            targets.into_iter().filter_map(|target| self.element(target)).collect();
        // A field that a containment line stands for is not what a rectangle means.
        elements.retain(|element| !matches!(element, ElementId::Field(..)));
        elements
    }

    /// Where the selected things stand, with what moves along: members of areas, bends of lines.
    pub fn arrangement(&self, elements: &[ElementId]) -> Arrangement {
        let mut moving = Arrangement::default();
        for element in elements {
            match element {
                ElementId::Entity(id) => self.add_card(&mut moving, (*id).into()),
                ElementId::Enumeration(id) => self.add_card(&mut moving, (*id).into()),
                ElementId::Note(id) => {
                    moving.notes.extend(self.layout.notes.get(id).map(|rect| (*id, *rect)));
                }
                ElementId::Area(id) => self.add_area(&mut moving, *id),
                _ => {}
            }
        }
        for (id, route) in &self.diagram.routes {
            let Some(reference) = self.project.model.reference(*id) else { continue };
            let moves = |entity| moving.nodes.contains_key(&NodeId::Entity(entity));
            if moves(reference.from.entity) && moves(reference.to.entity) {
                moving.routes.insert(*id, route.clone());
            }
        }
        moving
    }

    fn add_card(&self, moving: &mut Arrangement, node: NodeId) {
        let corner = self.layout.cards.get(&node).map(|card| card.rect.origin());
        moving.nodes.extend(corner.map(|corner| (node, corner)));
    }

    fn add_area(&self, moving: &mut Arrangement, id: AreaId) {
        let Some(area) = self.project.model.area(id) else { return };
        for member in &area.members {
            self.add_card(moving, *member);
        }
        moving.frames.extend(self.diagram.frames.get(&id).map(|rect| (id, *rect)));
    }

    /// The smallest rectangle around everything in an arrangement.
    pub fn bounds(&self, arrangement: &Arrangement) -> Option<Rect> {
        let cards = arrangement.nodes.iter().map(|(node, corner)| {
            let size = self.layout.cards.get(node).map_or(Size::ZERO, |card| card.rect.size());
            Rect::from_origin_size(*corner, size)
        });
        let others = arrangement.notes.values().chain(arrangement.frames.values()).copied();
        cards.chain(others).reduce(|a, b| a.union(b))
    }

    /// The cards and notes that are seen and do not move: what a drag aligns with.
    pub fn neighbors(&self, moving: &Arrangement) -> Vec<Rect> {
        self.hits
            .touching(self.viewport.visible())
            .into_iter()
            .filter_map(|target| match target {
                Target::Card(node) if !moving.nodes.contains_key(&node) => {
                    self.layout.cards.get(&node).map(|card| card.rect)
                }
                Target::Note(note) if !moving.notes.contains_key(&note) => {
                    self.layout.notes.get(&note).copied()
                }
                _ => None,
            })
            .collect()
    }
}

/// The uppermost thing under a point of the screen; of small cards only the card itself.
pub fn hit(hits: &Hits, layout: &Layout, viewport: &Viewport, screen: Point) -> Option<Target> {
    let zoom = viewport.zoom();
    let target = hits.at(layout, viewport.world_from_screen(screen), TOLERANCE / zoom)?;
    match target {
        Target::Row(node, _) | Target::Port(node, _) | Target::Header(node) if zoom < ROW_ZOOM => {
            Some(Target::Card(node))
        }
        other => Some(other),
    }
}

/// What a line is held by at a drawn thing.
pub fn anchor_of(target: Target) -> Option<Anchor> {
    match target {
        Target::Row(NodeId::Entity(entity), RowContent::Field(field))
        | Target::Port(NodeId::Entity(entity), Some(RowContent::Field(field))) => {
            Some(Anchor::Field(entity, field))
        }
        Target::Card(node)
        | Target::Header(node)
        | Target::Row(node, _)
        | Target::Port(node, _) => Some(Anchor::Node(node)),
        Target::Area(_)
        | Target::Line(_)
        | Target::LineEnd(..)
        | Target::LineLabel(_)
        | Target::Note(_) => None,
    }
}
