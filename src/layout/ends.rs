//! Which lines a diagram has, and at which rows of which cards they end.
//!
//! Must not know how lines run between their ends.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use petgraph::visit::EdgeRef as _;

use crate::layout::{Card, LineId, RowContent, Side};
use crate::model::Model;
use crate::model::graph::Link;
use crate::model::id::{EntityId, FieldId, NodeId};
use crate::model::reference::{Cardinality, End, Reference};

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

/// A place at the border of a card: the middle of a row or of the header, or a little above or
/// below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// The card.
    pub node: NodeId,
    /// Distance from the card's top.
    pub offset: f64,
}

/// The lines between those cards, in the order of the model's graph.
pub fn line_ends(model: &Model, cards: &IndexMap<NodeId, Card>) -> Vec<LineEnds> {
    let graph = model.graph().inner();
    let mut ends = Ends::new(model, cards);
    graph
        .edge_references()
        .filter_map(|edge| {
            let from = *graph.node_weight(edge.source())?;
            let to = *graph.node_weight(edge.target())?;
            ends.of(*edge.weight(), (from, to))
        })
        .collect()
}

/// How far apart lines end at one row when their marks differ: a mark is no higher.
const SPLIT: f64 = 10.0;

/// A row of a card and the side of it on which a line is likely to end.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    middle: f64,
    side: Side,
}

/// What stands at an end of a line; uses of enumerations have nothing there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum EndMark {
    Cardinality(Cardinality),
    Embedding,
}

/// The lines with one mark at a place.
#[derive(Clone, Copy, Debug)]
struct Bundle {
    place: Place,
    mark: EndMark,
    n_lines: usize,
    /// How far down the cards at their other ends are, in sum.
    down: f64,
    /// How far from the middle of the row they end.
    split: f64,
}

/// Finds the ends of lines.
///
/// - Lines with the same mark at one side of a row end at one point, so that they merge and show it
///   once. Where marks differ, that of most lines has the middle and the others stand beside it, so
///   that each can be read.
#[derive(Debug)]
pub struct Ends<'a> {
    model: &'a Model,
    cards: &'a IndexMap<NodeId, Card>,
    /// The bundles at the cards that were asked for.
    bundles: BTreeMap<NodeId, Vec<Bundle>>,
}

impl<'a> Ends<'a> {
    /// Ends at those cards.
    pub fn new(model: &'a Model, cards: &'a IndexMap<NodeId, Card>) -> Self {
        Self { model, cards, bundles: BTreeMap::new() }
    }

    /// The ends of one link; none when one of its cards is not shown.
    pub fn of(&mut self, link: Link, (from, to): (NodeId, NodeId)) -> Option<LineEnds> {
        let (start, end) = self.places(link, from, to)?;
        let (from_split, to_split) = match self.marks(link) {
            Some((mark, to_mark)) => (self.split(from, start, mark), self.split(to, end, to_mark)),
            None => (0.0, 0.0),
        };
        Some(LineEnds {
            id: link,
            from: Anchor { node: from, offset: start.middle + from_split },
            to: Anchor { node: to, offset: end.middle + to_split },
        })
    }

    fn reference(&self, link: Link) -> Option<&'a Reference> {
        match link {
            Link::Reference(id) => self.model.reference(id),
            Link::Embedding(_) | Link::Use(_) => None,
        }
    }

    /// The marks at both ends of a link.
    fn marks(&self, link: Link) -> Option<(EndMark, EndMark)> {
        match link {
            Link::Reference(_) => self.reference(link).map(|reference| {
                let mark = |end: &End| EndMark::Cardinality(end.cardinality);
                (mark(&reference.from), mark(&reference.to))
            }),
            Link::Embedding(_) => Some((EndMark::Embedding, EndMark::Embedding)),
            Link::Use(_) => None,
        }
    }

    /// The places that a link joins.
    fn places(&self, link: Link, from: NodeId, to: NodeId) -> Option<(Place, Place)> {
        let (from_card, to_card) = (self.cards.get(&from)?, self.cards.get(&to)?);
        let (from_field, to_field) = match link {
            Link::Reference(_) => {
                let reference = self.reference(link)?;
                let from_field = reference.from.fields.first().copied();
                // What no field refers to is joined as a whole.
                let key = from_field
                    .and_then(|_| self.model.referenced_fields(reference).first().copied());
                (from_field, key.or_else(|| reference.to.fields.first().copied()))
            }
            Link::Embedding(field) | Link::Use(field) => (Some(field), None),
        };
        let place = |node, card, field, other: &Card| Place {
            middle: middle_of(self.model, node, card, field),
            side: if other.rect.x1 <= card.rect.x0 { Side::Left } else { Side::Right },
        };
        Some((place(from, from_card, from_field, to_card), place(to, to_card, to_field, from_card)))
    }

    /// How far from the middle of its row a line with that mark ends there.
    fn split(&mut self, node: NodeId, place: Place, mark: EndMark) -> f64 {
        if !self.bundles.contains_key(&node) {
            let mut bundles = self.bundles_at(node);
            spread(&mut bundles);
            self.bundles.insert(node, bundles);
        }
        let bundles = self.bundles.get(&node).map(Vec::as_slice).unwrap_or_default();
        let is_same = |one: &&Bundle| one.place == place && one.mark == mark;
        bundles.iter().find(is_same).map_or(0.0, |bundle| bundle.split)
    }

    /// The bundles at a card, not yet spread.
    fn bundles_at(&self, node: NodeId) -> Vec<Bundle> {
        let graph = self.model.graph();
        let starts = graph.outgoing(node).into_iter().filter_map(|(link, to)| {
            let (start, _) = self.places(link, node, to)?;
            Some((start, self.marks(link)?.0, to))
        });
        let ends = graph.incoming(node).into_iter().filter_map(|(link, from)| {
            let (_, end) = self.places(link, from, node)?;
            Some((end, self.marks(link)?.1, from))
        });
        let middle = |node: NodeId| self.cards.get(&node).map_or(0.0, |card| card.rect.center().y);
        let mut bundles: Vec<Bundle> = Vec::new();
        for (place, mark, other) in starts.chain(ends) {
            let down = middle(other) - middle(node);
            let is_same = |one: &&mut Bundle| one.place == place && one.mark == mark;
            if let Some(bundle) = bundles.iter_mut().find(is_same) {
                bundle.n_lines += 1;
                bundle.down += down;
            } else {
                bundles.push(Bundle { place, mark, n_lines: 1, down, split: 0.0 });
            }
        }
        bundles
    }
}

/// Gives the middle of each place to its largest bundle, and the others room beside it: below when
/// they lead down, above when they lead up.
fn spread(bundles: &mut [Bundle]) {
    bundles.sort_by_key(|one| {
        let is_usual = one.mark == EndMark::Cardinality(Cardinality::ExactlyOne);
        (Reverse(one.n_lines), !is_usual, one.mark)
    });
    let mut taken: Vec<(Place, f64)> = Vec::new();
    for bundle in bundles {
        let wanted = if bundle.down < 0.0 { -SPLIT } else { SPLIT };
        let is_free = |split: &f64| !taken.contains(&(bundle.place, *split));
        let free = [0.0, wanted, -wanted].into_iter().find(is_free);
        bundle.split = free.unwrap_or(wanted / 2.0);
        taken.push((bundle.place, bundle.split));
    }
}

/// The middle of a field's row, or of the nearest object around it that is shown, or of the header.
fn middle_of(model: &Model, node: NodeId, card: &Card, field: Option<FieldId>) -> f64 {
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
