//! Entities, fields and enumerations of a draft. Must not know how names are resolved.

use crate::base::diagnostic::Span;
use crate::formats::draft::name::{FieldName, Name};
use crate::formats::draft::unset;
use crate::model::data_type::DataType;
use crate::model::entity::{Check, Entity, EntityKind};
use crate::model::enumeration::EnumerationValue;
use crate::model::field::Field;
use crate::model::index::{Index, SortOrder};
use crate::model::key::KeyKind;

/// An entity.
#[derive(Clone, Debug)]
pub struct DraftEntity {
    /// What it is called.
    pub name: Name,
    /// Another name by which the text speaks of it.
    pub alias: Option<String>,
    /// All that needs no names: kind, stored name, checks, timestamps, query, note, extras.
    pub entity: Entity,
    /// Its fields in order.
    pub fields: Vec<DraftField>,
    /// Its keys over one or several fields.
    pub keys: Vec<DraftKey>,
    /// Its indexes.
    pub indexes: Vec<DraftIndex>,
}

impl DraftEntity {
    /// An entity without fields.
    pub fn new(name: Name, kind: EntityKind) -> Self {
        let entity = Entity::new(unset(), name.name.clone(), kind);
        let (fields, keys, indexes) = (Vec::new(), Vec::new(), Vec::new());
        Self { name, alias: None, entity, fields, keys, indexes }
    }

    /// Adds a check.
    pub fn check(&mut self, name: Option<String>, expression: impl Into<String>) {
        let expression = expression.into();
        self.entity.checks.push(Check { id: unset(), name, expression, note: String::new() });
    }
}

/// A field.
#[derive(Clone, Debug)]
pub struct DraftField {
    /// Its name and all that needs no other names: rules, default, note, extras.
    pub field: Field,
    /// Its type.
    pub ty: DraftType,
    /// The fields of a nested object, when the innermost type is one.
    pub fields: Vec<Self>,
    /// Its default, when what it means depends on the type; else the field says it.
    pub default: Option<DraftDefault>,
    /// Whether it is the primary key, or a part of it with others that say so.
    pub is_key: bool,
    /// Where it stands.
    pub span: Span,
}

impl DraftField {
    /// An optional field of that type.
    pub fn new(name: impl Into<String>, ty: DraftType, span: Span) -> Self {
        let field = Field::new(unset(), name, DataType::Mixed);
        Self { field, ty, fields: Vec::new(), default: None, is_key: false, span }
    }

    /// A nested object.
    pub fn object(name: impl Into<String>, fields: Vec<Self>, span: Span) -> Self {
        Self { fields, ..Self::new(name, DraftType::Known(DataType::Object), span) }
    }
}

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftType {
    /// One that the reader knows.
    Known(DataType),
    /// As it was spelled: words that people use for types, arguments and all, or the name of an
    /// enumeration or embedded entity.
    Spelled(Name),
    /// One of these values: an enumeration without a name, shared by equal lists.
    OneOf(Vec<String>),
    /// A list.
    Array(Box<Self>),
    /// String keys to values.
    Map(Box<Self>),
}

impl DraftType {
    /// A type as it was spelled.
    pub fn spelled(spelling: impl Into<String>, span: Span) -> Self {
        Self::Spelled(Name::plain(spelling, span))
    }

    /// A list of this.
    #[must_use]
    pub fn array(self) -> Self {
        Self::Array(Box::new(self))
    }
}

/// A default whose meaning depends on the type of its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftDefault {
    /// A text, which may stand for a number, a truth value or an empty list.
    Text(String),
    /// Code, which may be a function that says the moment or makes a new id.
    Code(String),
}

/// A key over one or more fields.
#[derive(Clone, Debug)]
pub struct DraftKey {
    /// Whether it is the one that references point at.
    pub kind: KeyKind,
    /// Its constraint name, when somebody chose one.
    pub name: Option<String>,
    /// Its fields in key order.
    pub fields: Vec<FieldName>,
    /// Where it stands.
    pub span: Span,
}

/// An index.
#[derive(Clone, Debug)]
pub struct DraftIndex {
    /// All but its parts.
    pub index: Index,
    /// What it sorts by.
    pub parts: Vec<DraftIndexPart>,
    /// Where it stands.
    pub span: Span,
}

impl DraftIndex {
    /// An ordered index over these parts.
    pub fn new(parts: Vec<DraftIndexPart>, span: Span) -> Self {
        Self { index: Index::over(unset(), []), parts, span }
    }
}

/// One thing that an index sorts by.
#[derive(Clone, Debug)]
pub struct DraftIndexPart {
    /// Field or expression.
    pub on: DraftTarget,
    /// Direction.
    pub order: SortOrder,
}

/// What an index part looks at.
#[derive(Clone, Debug)]
pub enum DraftTarget {
    /// A field.
    Field(FieldName),
    /// An expression in the words of the SQL target.
    Expression(String),
}

impl DraftIndexPart {
    /// That field, ascending.
    pub fn field(name: FieldName) -> Self {
        Self { on: DraftTarget::Field(name), order: SortOrder::Ascending }
    }
}

/// An enumeration.
#[derive(Clone, Debug)]
pub struct DraftEnumeration {
    /// What it is called.
    pub name: Name,
    /// Its values in order.
    pub values: Vec<EnumerationValue>,
    /// What it is for.
    pub note: String,
}

impl DraftEnumeration {
    /// An enumeration without values.
    pub fn new(name: Name) -> Self {
        Self { name, values: Vec::new(), note: String::new() }
    }

    /// Adds a value with a note, which may be empty.
    pub fn value(&mut self, name: impl Into<String>, note: impl Into<String>) {
        let (name, note) = (name.into(), note.into());
        self.values.push(EnumerationValue { id: unset(), name, note });
    }
}
