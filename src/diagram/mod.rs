//! How one picture shows the model: saved with the document, apart from the model itself.
//!
//! Reading order: [`placement`] (where cards stand), [`route`] (how lines are bent by hand),
//! [`notation`] (marks, detail, line style), then [`Diagram`]. Must not know sizes of text or
//! computed positions: those are `layout`'s.

pub mod notation;
pub mod placement;
pub mod route;

use std::collections::BTreeMap;

use indexmap::IndexSet;

use crate::base::geom::Rect;
use crate::base::shared_map::SharedMap;
use crate::diagram::notation::{Detail, LineStyle, Notation};
use crate::diagram::placement::Placement;
use crate::diagram::route::Route;
use crate::model::Model;
use crate::model::id::{AreaId, DiagramId, NodeId, NoteId, ReferenceId};

/// A picture of the model, or of a part of it.
///
/// - What has no placement is placed by the layout engine.
/// - Placements of nodes that the model no longer has are ignored, never an error.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagram {
    /// Its identity.
    pub id: DiagramId,
    /// Its name, shown on its tab and as the title of the picture.
    pub name: String,
    /// What it shows.
    pub content: Content,
    /// The marks at the ends of references.
    pub notation: Notation,
    /// How much of each card it shows.
    pub detail: Detail,
    /// How lines run.
    pub lines: LineStyle,
    /// Where cards stand.
    pub placements: SharedMap<NodeId, Placement>,
    /// Where sticky notes stand, and their size.
    pub notes: BTreeMap<NoteId, Rect>,
    /// Frames of areas that were sized by hand; others surround their members.
    pub frames: BTreeMap<AreaId, Rect>,
    /// References that were bent by hand.
    pub routes: BTreeMap<ReferenceId, Route>,
}

/// What a diagram shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Content {
    /// All of the model, new entities included.
    #[default]
    Everything,
    /// These cards and the references among them.
    Chosen(IndexSet<NodeId>),
}

impl Diagram {
    /// A diagram of everything, all of it placed by the layout engine.
    pub fn new(id: DiagramId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            content: Content::Everything,
            notation: Notation::default(),
            detail: Detail::default(),
            lines: LineStyle::default(),
            placements: SharedMap::default(),
            notes: BTreeMap::new(),
            frames: BTreeMap::new(),
            routes: BTreeMap::new(),
        }
    }

    /// Whether it shows that card.
    pub fn shows(&self, node: NodeId) -> bool {
        match &self.content {
            Content::Everything => true,
            Content::Chosen(nodes) => nodes.contains(&node),
        }
    }

    /// The cards it shows, in the model's order.
    pub fn nodes(&self, model: &Model) -> Vec<NodeId> {
        let entities = model.entities().map(|entity| NodeId::Entity(entity.id));
        let enumerations = model.enumerations().map(|one| NodeId::Enumeration(one.id));
        entities.chain(enumerations).filter(|node| self.shows(*node)).collect()
    }
}
