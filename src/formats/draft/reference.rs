//! References of a draft: two ends by names, and how much was said of their cardinalities.

use crate::base::diagnostic::Span;
use crate::formats::draft::name::{FieldName, Name};
use crate::model::reference::{Cardinality, ReferentialAction};

/// A reference.
#[derive(Clone, Debug)]
pub struct DraftReference {
    /// Its constraint name or label.
    pub name: Option<String>,
    /// The referencing end.
    pub from: DraftEnd,
    /// The referenced end.
    pub to: DraftEnd,
    /// Whether the referenced key is part of the identity of the referencing record; none infers it.
    pub identifying: Option<bool>,
    /// What happens to the referencing record when the referenced one is deleted.
    pub on_delete: ReferentialAction,
    /// What happens to it when the referenced key changes.
    pub on_update: ReferentialAction,
    /// What it means.
    pub note: String,
    /// Where it stands.
    pub span: Span,
}

/// One end of a reference.
#[derive(Clone, Debug)]
pub struct DraftEnd {
    /// The entity.
    pub entity: Name,
    /// Its fields; at the referenced end none means the primary key.
    pub fields: Vec<FieldName>,
    /// How many records stand here for one of the other end.
    pub count: Count,
    /// What this end is called from the other side.
    pub role: Option<String>,
}

/// How much was said of a cardinality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// All.
    Given(Cardinality),
    /// Several; whether none is allowed was not said, so it is.
    Many,
    /// At most one; whether none is allowed was not said.
    One,
    /// Nothing.
    Unsaid,
}

impl Count {
    /// Whether several are allowed, when that was said.
    pub fn is_many(self) -> Option<bool> {
        match self {
            Self::Given(cardinality) => Some(cardinality.is_many()),
            Self::Many => Some(true),
            Self::One => Some(false),
            Self::Unsaid => None,
        }
    }

    /// Whether it was said that none is allowed.
    pub fn may_be_none(self) -> bool {
        matches!(self, Self::Given(cardinality) if cardinality.is_optional())
    }
}

impl DraftEnd {
    /// An end of which nothing is said but its entity and its fields.
    pub fn new(entity: Name, fields: Vec<FieldName>) -> Self {
        Self { entity, fields, count: Count::Unsaid, role: None }
    }

    /// The same end with that count.
    #[must_use]
    pub fn counting(self, count: Count) -> Self {
        Self { count, ..self }
    }
}

impl DraftReference {
    /// A reference from one end to another.
    pub fn new(from: DraftEnd, to: DraftEnd, span: Span) -> Self {
        Self {
            name: None,
            from,
            to,
            identifying: None,
            on_delete: ReferentialAction::NoAction,
            on_update: ReferentialAction::NoAction,
            note: String::new(),
            span,
        }
    }

    /// A reference between two ends where the text has no direction: the end with several records
    /// refers to the other; of two single ends the one that may be none does, else the right one;
    /// of two ends with several the left one does.
    pub fn between(left: DraftEnd, right: DraftEnd, span: Span) -> Self {
        let [left_many, right_many] =
            [&left, &right].map(|end| end.count.is_many().unwrap_or_default());
        let from_left = match (left_many, right_many) {
            (true, _) => true,
            (false, true) => false,
            (false, false) => left.count.may_be_none() && !right.count.may_be_none(),
        };
        let (from, to) = if from_left { (left, right) } else { (right, left) };
        Self::new(from, to, span)
    }
}
