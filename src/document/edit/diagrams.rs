//! Intents on diagrams: where things stand, which cards are shown, areas and notes.

use indexmap::{IndexMap, IndexSet};

use crate::base::geom::{Point, Rect, Vec2};
use crate::base::ident::UniqueNames;
use crate::diagram::notation::Detail;
use crate::diagram::placement::Placement;
use crate::diagram::route::Route;
use crate::diagram::{Content, Diagram};
use crate::document::project::Project;
use crate::model::area::{Area, ColorToken};
use crate::model::id::{AreaId, DiagramId, FieldId, IdMint, NodeId, NoteId, ReferenceId};
use crate::model::note::Note;

/// Where some things of one diagram stand: what a drag remembers and puts back shifted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement {
    /// Top left corners of cards.
    pub nodes: IndexMap<NodeId, Point>,
    /// Sticky notes.
    pub notes: IndexMap<NoteId, Rect>,
    /// Frames of areas that have a size of their own.
    pub frames: IndexMap<AreaId, Rect>,
    /// Bends of lines whose two ends move.
    pub routes: IndexMap<ReferenceId, Route>,
}

impl Arrangement {
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.notes.is_empty() && self.frames.is_empty()
    }

    /// The same things, moved.
    #[must_use]
    pub fn shifted(&self, by: Vec2) -> Self {
        let mut moved = self.clone();
        for point in moved.nodes.values_mut() {
            *point += by;
        }
        for rect in moved.notes.values_mut().chain(moved.frames.values_mut()) {
            *rect = *rect + by;
        }
        for route in moved.routes.values_mut() {
            for bend in &mut route.bends {
                *bend += by;
            }
        }
        moved
    }
}

/// Puts things where the arrangement says, on whole world units.
pub fn arrange(project: &mut Project, diagram: DiagramId, arrangement: &Arrangement) {
    let Some(diagram) = project.diagram_mut(diagram) else { return };
    for (node, position) in &arrangement.nodes {
        diagram.placements.update(*node, |one| one.position = position.round());
    }
    for (note, rect) in &arrangement.notes {
        diagram.notes.insert(*note, rounded(*rect));
    }
    for (area, rect) in &arrangement.frames {
        diagram.frames.insert(*area, rounded(*rect));
    }
    for (reference, route) in &arrangement.routes {
        diagram.routes.insert(*reference, route.clone());
    }
}

/// Puts things where a layout engine wants them. What a person made goes along where all that it
/// belongs to moves as one: bends with both ends of their line, the frame of an area with its members.
/// Else bends no longer fit and go, and the frame is again as large as its members need; where nothing
/// moves, all of it stays.
pub fn rearrange(project: &mut Project, diagram: DiagramId, arrangement: &Arrangement) {
    let Some(shown) = project.diagram(diagram) else { return };
    let step = |node: NodeId| {
        let stands = shown.placements.get(&node).map(|placement| placement.position);
        match (stands, arrangement.nodes.get(&node)) {
            (Some(from), Some(to)) => Some(to.round() - from),
            (Some(_), None) => Some(Vec2::ZERO),
            (None, _) => None,
        }
    };
    let common = |nodes: &[NodeId]| {
        let first = step(*nodes.first()?)?;
        nodes.iter().all(|node| step(*node) == Some(first)).then_some(first)
    };
    let model = &project.model;
    let bent = shown.routes.keys().map(|line| {
        let ends = model.reference(*line).map(|one| [one.from.entity, one.to.entity]);
        let ends: Vec<NodeId> = ends.into_iter().flatten().map(NodeId::from).collect();
        (*line, if ends.is_empty() { Some(Vec2::ZERO) } else { common(&ends) })
    });
    let framed = shown.frames.keys().map(|id| {
        let members = model.area(*id).into_iter().flat_map(|area| area.members.iter().copied());
        let members: Vec<NodeId> = members.filter(|node| shown.shows(*node)).collect();
        (*id, if members.is_empty() { Some(Vec2::ZERO) } else { common(&members) })
    });
    let (bent, framed): (Vec<_>, Vec<_>) = (bent.collect(), framed.collect());
    arrange(project, diagram, arrangement);
    let Some(diagram) = project.diagram_mut(diagram) else { return };
    for (line, by) in bent {
        match (by, diagram.routes.get_mut(&line)) {
            (Some(by), Some(route)) => route.bends.iter_mut().for_each(|bend| *bend += by),
            _ => {
                diagram.routes.remove(&line);
            }
        }
    }
    for (area, by) in framed {
        match (by, diagram.frames.get_mut(&area)) {
            (Some(by), Some(frame)) => *frame = *frame + by,
            _ => {
                diagram.frames.remove(&area);
            }
        }
    }
}

fn rounded(rect: Rect) -> Rect {
    Rect::from_origin_size(rect.origin().round(), rect.size().round())
}

/// Gives cards and notes that have no place yet the ones that were computed; others stay.
pub fn settle(project: &mut Project, diagram: DiagramId, computed: &Arrangement) {
    let Some(diagram) = project.diagram_mut(diagram) else { return };
    for (node, position) in &computed.nodes {
        if !diagram.placements.contains_key(node) {
            diagram.placements.insert(*node, Placement::at(position.round()));
        }
    }
    for (note, rect) in &computed.notes {
        diagram.notes.entry(*note).or_insert_with(|| rounded(*rect));
    }
}

/// Chooses by its size how much of its cards a diagram shows that has no places yet, so that all of it
/// can be read at once; says what was chosen for the first one, where it is not the usual level. What a
/// person chose stays.
pub fn show_legibly(project: &mut Project) -> Option<Detail> {
    let unseen: Vec<(DiagramId, Detail)> = project
        .diagrams
        .values()
        .filter(|one| one.placements.is_empty() && one.detail == Detail::default())
        .map(|one| (one.id, Detail::of_size(one.nodes(&project.model).len())))
        .filter(|(_, detail)| *detail != Detail::default())
        .collect();
    for (id, detail) in &unseen {
        if let Some(diagram) = project.diagram_mut(*id) {
            diagram.detail = *detail;
        }
    }
    let first = project.first_diagram()?.id;
    unseen.into_iter().find(|(id, _)| *id == first).map(|(_, detail)| detail)
}

/// Shows a card on a diagram at that point; one that is shown already moves there.
pub fn show_node(project: &mut Project, diagram: DiagramId, node: NodeId, at: Point) {
    let Some(diagram) = project.diagram_mut(diagram) else { return };
    if let Content::Chosen(nodes) = &mut diagram.content {
        nodes.insert(node);
    }
    diagram.placements.update(node, |placement| placement.position = at.round());
}

/// Shows cards on a diagram without saying where.
pub fn show_nodes(project: &mut Project, diagram: DiagramId, shown: &[NodeId]) {
    if let Some(diagram) = project.diagram_mut(diagram)
        && let Content::Chosen(nodes) = &mut diagram.content
    {
        nodes.extend(shown);
    }
}

/// Takes cards off a diagram; the model keeps them.
pub fn hide_nodes(project: &mut Project, diagram: DiagramId, hidden: &[NodeId]) {
    let Some(shown) = project.diagram(diagram).map(|one| one.nodes(&project.model)) else { return };
    let Some(diagram) = project.diagram_mut(diagram) else { return };
    let kept: IndexSet<NodeId> = shown.into_iter().filter(|node| !hidden.contains(node)).collect();
    diagram.placements.retain(|node, _| !hidden.contains(node));
    diagram.content = Content::Chosen(kept);
}

/// Adds a diagram under a free name.
pub fn add_diagram(
    project: &mut Project,
    mint: &mut IdMint,
    wanted: &str,
    content: Content,
) -> DiagramId {
    let mut names = UniqueNames::new();
    for diagram in project.diagrams.values() {
        names.reserve(&diagram.name);
    }
    let mut diagram = Diagram::new(mint.mint(), names.unique(wanted, " "));
    diagram.content = content;
    let id = diagram.id;
    project.put_diagram(diagram);
    id
}

/// Removes a diagram; the last one stays.
pub fn remove_diagram(project: &mut Project, id: DiagramId) -> bool {
    project.diagrams.len() > 1 && project.diagrams.shift_remove(&id).is_some()
}

/// Gives a diagram another name; an empty one is refused.
pub fn rename_diagram(project: &mut Project, id: DiagramId, name: &str) -> bool {
    let name = name.trim();
    let Some(diagram) = project.diagram_mut(id) else { return false };
    if name.is_empty() {
        return false;
    }
    name.clone_into(&mut diagram.name);
    true
}

/// Adds an area around these cards, in a color that the fewest areas have.
pub fn add_area(
    project: &mut Project,
    mint: &mut IdMint,
    wanted: &str,
    members: &[NodeId],
) -> AreaId {
    let mut names = UniqueNames::new();
    for area in project.model.areas() {
        names.reserve(&area.name);
    }
    let area = Area {
        id: mint.mint(),
        name: names.unique(wanted, " "),
        color: rarest_color(project),
        members: Vec::new(),
        note: String::new(),
    };
    let id = area.id;
    project.model.put_area(area);
    for member in members {
        project.model.set_area(*member, Some(id));
    }
    id
}

/// The color, neutral aside, that the fewest areas have.
fn rarest_color(project: &Project) -> ColorToken {
    let uses = |color: &ColorToken| project.model.areas().filter(|a| a.color == *color).count();
    ColorToken::ALL
        .into_iter()
        .filter(|color| *color != ColorToken::Slate)
        .min_by_key(uses)
        .unwrap_or_default()
}

/// Adds a sticky note to a diagram.
pub fn add_note(
    project: &mut Project,
    mint: &mut IdMint,
    diagram: DiagramId,
    rect: Rect,
) -> NoteId {
    let id: NoteId = mint.mint();
    project.model.put_note(Note {
        id,
        text: String::new(),
        color: ColorToken::Amber,
        subject: None,
    });
    if let Some(diagram) = project.diagram_mut(diagram) {
        diagram.notes.insert(id, rounded(rect));
    }
    id
}

/// Folds nested objects to their names, or unfolds them. `at` says where a card without a place
/// stands.
pub fn set_field_folded(
    project: &mut Project,
    diagram: DiagramId,
    fields: &[(NodeId, Point, FieldId)],
    folded: bool,
) {
    let Some(diagram) = project.diagram_mut(diagram) else { return };
    for (node, at, field) in fields {
        if !diagram.placements.contains_key(node) {
            diagram.placements.insert(*node, Placement::at(at.round()));
        }
        diagram.placements.update(*node, |placement| {
            if folded {
                placement.folded_fields.insert(*field);
            } else {
                placement.folded_fields.remove(field);
            }
        });
    }
}

/// Folds cards to their headers, or unfolds them. `at` says where a card without a place stands.
pub fn set_folded(
    project: &mut Project,
    diagram: DiagramId,
    nodes: &[(NodeId, Point)],
    folded: bool,
) {
    let Some(diagram) = project.diagram_mut(diagram) else { return };
    for (node, at) in nodes {
        if !diagram.placements.contains_key(node) {
            diagram.placements.insert(*node, Placement::at(at.round()));
        }
        diagram.placements.update(*node, |placement| placement.folded = folded);
    }
}
