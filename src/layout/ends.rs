//! Which lines a diagram has, and at which rows of which cards they end.
//!
//! Must not know how lines run between their ends.

use indexmap::IndexMap;
use petgraph::visit::EdgeRef as _;

use crate::layout::{Card, LineId, RowContent};
use crate::model::Model;
use crate::model::graph::Link;
use crate::model::id::{EntityId, FieldId, NodeId};
use crate::model::reference::Cardinality;

/// A line to draw: what it stands for and where it is tied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineEnds {
    /// What it stands for.
    pub id: LineId,
    /// The row where it starts.
    pub from: Anchor,
    /// The row where it ends.
    pub to: Anchor,
}

/// The middle of a row or header of a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// The card.
    pub node: NodeId,
    /// Distance of the middle from the card's top.
    pub offset: f64,
    /// What is drawn there.
    pub mark: EndMark,
}

/// What kind of mark is drawn at an end: lines with different ones do not share a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndMark {
    /// That of a reference.
    Reference(Cardinality),
    /// That of an embedding, where it starts.
    Owner,
    /// That of an embedding, where it ends.
    Part,
    /// That of a use of an enumeration, which is in nobody's way.
    Choice,
}

/// The lines between those cards, in the order of the model's graph.
pub fn line_ends(model: &Model, cards: &IndexMap<NodeId, Card>) -> Vec<LineEnds> {
    let graph = model.graph().inner();
    graph
        .edge_references()
        .filter_map(|edge| {
            let from = *graph.node_weight(edge.source())?;
            let to = *graph.node_weight(edge.target())?;
            ends_of(model, cards, *edge.weight(), (from, to))
        })
        .collect()
}

/// The ends of one link; none when one of its cards is not shown.
pub fn ends_of(
    model: &Model,
    cards: &IndexMap<NodeId, Card>,
    link: Link,
    (from, to): (NodeId, NodeId),
) -> Option<LineEnds> {
    let from_card = cards.get(&from)?;
    let to_card = cards.get(&to)?;
    let (from_end, to_end) = match link {
        Link::Reference(id) => {
            let reference = model.reference(id)?;
            let referencing = reference.from.fields.first().copied();
            // What no field refers to is joined as a whole.
            let key = referencing.and_then(|_| model.referenced_fields(reference).first().copied());
            let referenced = key.or_else(|| reference.to.fields.first().copied());
            let marks = [reference.from.cardinality, reference.to.cardinality];
            let [from, to] = marks.map(EndMark::Reference);
            ((referencing, from), (referenced, to))
        }
        Link::Embedding(field) => ((Some(field), EndMark::Owner), (None, EndMark::Part)),
        Link::Use(field) => ((Some(field), EndMark::Choice), (None, EndMark::Choice)),
    };
    let anchor = |node, card, (field, mark)| Anchor {
        node,
        offset: offset_of(model, node, card, field),
        mark,
    };
    Some(LineEnds {
        id: link,
        from: anchor(from, from_card, from_end),
        to: anchor(to, to_card, to_end),
    })
}

/// The middle of a field's row, or of the nearest object around it that is shown, or of the header.
fn offset_of(model: &Model, node: NodeId, card: &Card, field: Option<FieldId>) -> f64 {
    let row = |id: FieldId| card.rows.iter().find(|row| row.content == RowContent::Field(id));
    let shown = field.and_then(|id| {
        row(id).or_else(|| match node {
            NodeId::Entity(entity) => path(model, entity, id).into_iter().rev().find_map(row),
            NodeId::Enumeration(_) => None,
        })
    });
    shown.map_or(card.header / 2.0, |row| row.top + row.height / 2.0)
}

/// The fields from the top level down to that one.
fn path(model: &Model, entity: EntityId, field: FieldId) -> Vec<FieldId> {
    let entity = model.entity(entity);
    let path = entity.map(|entity| entity.field_path(field)).unwrap_or_default();
    path.into_iter().map(|field| field.id).collect()
}
