//! A reference: one entity's records point at another's. Its direction is data, never guessed.

use crate::model::id::{EntityId, FieldId, ReferenceId};

/// An edge of the E-R graph, from the referencing entity to the referenced one.
///
/// - Self references and several references between one pair are allowed.
/// - `from.fields` hold the values that identify the `to` side. Both ends have equally many fields,
///   or `to.fields` is empty, which means the primary key of the referenced entity.
/// - With no fields on either end and `many` on both, it is a many-to-many reference whose storage
///   (join table, array of ids) each target chooses.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Its identity.
    pub id: ReferenceId,
    /// Its name: the constraint's name in SQL, a label in the picture.
    pub name: Option<String>,
    /// The referencing end, which holds the foreign key.
    pub from: End,
    /// The referenced end.
    pub to: End,
    /// Whether the referenced key is part of the identity of the referencing record.
    pub identifying: bool,
    /// Whether the cardinalities were guessed by an import.
    pub inferred: bool,
    /// What happens to the referencing record when the referenced one is deleted.
    pub on_delete: ReferentialAction,
    /// What happens to it when the referenced key changes.
    pub on_update: ReferentialAction,
    /// What it means; empty means nothing was said.
    pub note: String,
}

impl Reference {
    /// A reference with the usual cardinalities: many records point at exactly one.
    pub fn new(id: ReferenceId, from: EntityId, to: EntityId) -> Self {
        Self {
            id,
            name: None,
            from: End::new(from, Cardinality::ZeroOrMore),
            to: End::new(to, Cardinality::ExactlyOne),
            identifying: false,
            inferred: false,
            on_delete: ReferentialAction::NoAction,
            on_update: ReferentialAction::NoAction,
            note: String::new(),
        }
    }

    /// Whether both ends are of one entity.
    pub fn is_self_reference(&self) -> bool {
        self.from.entity == self.to.entity
    }

    /// Whether both ends allow many.
    pub fn is_many_to_many(&self) -> bool {
        self.from.cardinality.is_many() && self.to.cardinality.is_many()
    }
}

/// One end of a reference.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// The entity at this end.
    pub entity: EntityId,
    /// Its fields that take part, in key order.
    pub fields: Vec<FieldId>,
    /// How many records of this end belong to one record of the other.
    pub cardinality: Cardinality,
    /// What this end is called from the other side (`author`, `comments`).
    pub role: Option<String>,
}

impl End {
    /// An end without fields.
    pub fn new(entity: EntityId, cardinality: Cardinality) -> Self {
        Self { entity, fields: Vec::new(), cardinality, role: None }
    }
}

/// How many records stand at an end for one record of the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cardinality {
    /// `0..1`
    ZeroOrOne,
    /// `1`
    ExactlyOne,
    /// `0..*`
    ZeroOrMore,
    /// `1..*`
    OneOrMore,
}

impl Cardinality {
    /// All four, in the order in which menus show them.
    pub const ALL: [Self; 4] =
        [Self::ZeroOrOne, Self::ExactlyOne, Self::ZeroOrMore, Self::OneOrMore];

    /// Whether more than one is allowed.
    pub fn is_many(self) -> bool {
        matches!(self, Self::ZeroOrMore | Self::OneOrMore)
    }

    /// Whether none is allowed.
    pub fn is_optional(self) -> bool {
        matches!(self, Self::ZeroOrOne | Self::ZeroOrMore)
    }

    /// Its name in files and menus.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ZeroOrOne => "zero or one",
            Self::ExactlyOne => "exactly one",
            Self::ZeroOrMore => "zero or more",
            Self::OneOrMore => "one or more",
        }
    }
}

/// What a database does with referencing records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferentialAction {
    /// Refuse at the end of the statement; the default everywhere.
    #[default]
    NoAction,
    /// Refuse at once.
    Restrict,
    /// Delete or change them too.
    Cascade,
    /// Set their fields to null.
    SetNull,
    /// Set their fields to the default.
    SetDefault,
}

impl ReferentialAction {
    /// All five, in the order in which menus show them.
    pub const ALL: [Self; 5] =
        [Self::NoAction, Self::Restrict, Self::Cascade, Self::SetNull, Self::SetDefault];

    /// Its words, in lower case, as files, menus and (in capitals) SQL write them.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoAction => "no action",
            Self::Restrict => "restrict",
            Self::Cascade => "cascade",
            Self::SetNull => "set null",
            Self::SetDefault => "set default",
        }
    }
}
