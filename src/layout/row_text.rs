//! The texts and marks of cards: what a header and each row say, in one place, so that the sizes of
//! [`metrics`](super::metrics) and the glyphs of the scene agree.
//!
//! Must not know fonts, sizes or colors.

use std::collections::BTreeSet;

use crate::diagram::notation::Detail;
use crate::layout::RowContent;
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::graph::Link;
use crate::model::id::{FieldId, NodeId};
use crate::model::index::Index;
use crate::model::key::KeyKind;
use crate::model::spelling;

/// What the header of a card says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeaderText {
    /// Name of the entity or enumeration.
    pub name: String,
    /// Dimmed text beside it: the stored name where it differs, or what kind of card it is.
    pub secondary: String,
}

/// What a row of a card says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowText {
    /// Name of the field or value.
    pub name: String,
    /// Its type, on the right; empty when the diagram does not show types.
    pub ty: String,
    /// Its note, below; empty when the diagram does not show notes or nothing was said.
    pub note: String,
    /// What stands before the name.
    pub mark: Option<Mark>,
    /// What stands between name and type, in this order.
    pub badges: Vec<Badge>,
}

/// What stands before a field's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// It is part of the primary key.
    PrimaryKey,
    /// It refers to another entity.
    Reference,
    /// It is part of the primary key and refers to another entity.
    PrimaryReference,
}

/// A small sign between name and type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Badge {
    /// It must have a value.
    Required,
    /// No two records may agree on it.
    Unique,
    /// An index starts with it.
    Indexed,
}

/// Says what cards read, for one version of a model.
#[derive(Clone, Debug)]
pub struct CardTexts<'a> {
    model: &'a Model,
    referencing: BTreeSet<FieldId>,
}

impl<'a> CardTexts<'a> {
    /// The texts of that model's cards.
    pub fn of(model: &'a Model) -> Self {
        let fields = model.references().flat_map(|reference| &reference.from.fields);
        Self { model, referencing: fields.copied().collect() }
    }

    /// The texts of some cards, at a cost that grows with those alone; of others the marks of
    /// references are missing.
    pub fn of_some(model: &'a Model, nodes: impl IntoIterator<Item = NodeId>) -> Self {
        let graph = model.graph();
        let links = nodes.into_iter().flat_map(|node| graph.outgoing(node));
        let references = links.filter_map(|(link, _)| match link {
            Link::Reference(id) => model.reference(id),
            Link::Embedding(_) | Link::Use(_) => None,
        });
        let fields = references.flat_map(|reference| &reference.from.fields);
        Self { model, referencing: fields.copied().collect() }
    }

    /// The model whose texts these are.
    pub fn model(&self) -> &'a Model {
        self.model
    }

    /// Whether a reference starts at that field.
    pub fn is_referencing(&self, field: FieldId) -> bool {
        self.referencing.contains(&field)
    }

    /// The header of a card.
    pub fn header(&self, node: NodeId) -> HeaderText {
        match node {
            NodeId::Entity(id) => match self.model.entity(id) {
                Some(entity) => HeaderText {
                    name: self.model.display_name(node),
                    secondary: entity_secondary(entity),
                },
                None => HeaderText::default(),
            },
            NodeId::Enumeration(_) => {
                HeaderText { name: self.model.display_name(node), secondary: "enum".to_owned() }
            }
        }
    }

    /// A row of a card, as much of it as that detail level shows.
    pub fn row(&self, node: NodeId, content: RowContent, detail: Detail) -> RowText {
        let full = match (content, node) {
            (RowContent::Field(id), NodeId::Entity(entity)) => {
                let entity = self.model.entity(entity);
                let field = entity.and_then(|entity| Some((entity, entity.field(id)?)));
                field.map(|(entity, field)| self.field_row(entity, field))
            }
            (RowContent::Value(id), NodeId::Enumeration(enumeration)) => {
                let enumeration = self.model.enumeration(enumeration);
                let value = enumeration.and_then(|one| one.values.iter().find(|v| v.id == id));
                value.map(|value| RowText {
                    name: value.name.clone(),
                    note: value.note.clone(),
                    ..RowText::default()
                })
            }
            (RowContent::Timestamps, _) => Some(RowText {
                name: "timestamps".to_owned(),
                ty: "createdAt, updatedAt".to_owned(),
                ..RowText::default()
            }),
            (RowContent::Field(_), NodeId::Enumeration(_))
            | (RowContent::Value(_), NodeId::Entity(_)) => None,
        };
        at_detail(full.unwrap_or_default(), detail)
    }

    /// The row of a field that is at hand, in full.
    pub fn field_row(&self, entity: &Entity, field: &Field) -> RowText {
        let is_primary = entity.is_in_primary_key(field.id);
        let mark = match (is_primary, self.is_referencing(field.id)) {
            (true, true) => Some(Mark::PrimaryReference),
            (true, false) => Some(Mark::PrimaryKey),
            (false, true) => Some(Mark::Reference),
            (false, false) => None,
        };
        RowText {
            name: field.name.clone(),
            ty: spelling::type_name(self.model, &field.ty),
            note: first_line(&field.note).to_owned(),
            mark,
            badges: badges(entity, field, is_primary),
        }
    }
}

/// Leaves out what a detail level does not show.
fn at_detail(mut row: RowText, detail: Detail) -> RowText {
    match detail {
        Detail::Names | Detail::Keys | Detail::Fields => {
            row.ty.clear();
            row.note.clear();
        }
        Detail::Types => row.note.clear(),
        Detail::Notes => {}
    }
    row
}

/// What an entity's header says beside its name.
fn entity_secondary(entity: &Entity) -> String {
    let stored = entity.stored_name.as_deref().filter(|stored| *stored != entity.name);
    match (stored, entity.kind) {
        (Some(stored), _) => stored.to_owned(),
        (None, EntityKind::View) => "view".to_owned(),
        (None, EntityKind::Embedded) => "embedded".to_owned(),
        (None, EntityKind::Collection | EntityKind::Table) => String::new(),
    }
}

/// The badges of a field; a primary key is required and indexed anyway, a unique field indexed.
fn badges(entity: &Entity, field: &Field, is_primary: bool) -> Vec<Badge> {
    let mut badges = Vec::new();
    if is_primary {
        return badges;
    }
    let is_unique = field.unique
        || entity.keys.iter().any(|key| key.kind == KeyKind::Alternate && key.fields == [field.id])
        || entity
            .indexes
            .iter()
            .any(|index| index.unique && index.parts.len() == 1 && starts_with(index, field.id));
    if field.required {
        badges.push(Badge::Required);
    }
    if is_unique {
        badges.push(Badge::Unique);
    }
    if !is_unique && entity.indexes.iter().any(|index| starts_with(index, field.id)) {
        badges.push(Badge::Indexed);
    }
    badges
}

/// Whether that field is the index's first part.
fn starts_with(index: &Index, field: FieldId) -> bool {
    index.parts.first().and_then(|part| part.on.field()) == Some(field)
}

/// The text up to the first line break.
fn first_line(text: &str) -> &str {
    text.trim().lines().next().unwrap_or_default()
}
