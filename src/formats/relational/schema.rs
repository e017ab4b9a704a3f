//! Tables, columns and constraints, with pointers back to the elements of the model they come from.
//!
//! Must not know how they were made nor how a dialect writes them.

use crate::base::diagnostic::Diagnostic;
use crate::model::data_type::IntegerSize;
use crate::model::extras::Extras;
use crate::model::field::{DefaultValue, Generated, Number};
use crate::model::id::{
    CheckId, ElementId, EntityId, EnumerationId, FieldId, IndexId, NamespaceId, ReferenceId,
};
use crate::model::index::{IndexKind, SortOrder};
use crate::model::reference::ReferentialAction;

/// A model as tables.
///
/// - Names are final: unique, short enough and acceptable to the target, but not yet quoted.
/// - Tables stand with what they reference first; where that is impossible, the foreign key is
///   [`ForeignKey::deferred`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// Namespaces, where the target has them.
    pub namespaces: Vec<SchemaNamespace>,
    /// Enumerations in the model's order.
    pub enumerations: Vec<EnumerationType>,
    /// Tables in dependency order.
    pub tables: Vec<Table>,
    /// Views in the model's order.
    pub views: Vec<View>,
    /// What had to be changed or was lost.
    pub diagnostics: Vec<Diagnostic>,
}

/// A namespace of the database.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemaNamespace {
    /// Where it comes from.
    pub id: NamespaceId,
    /// Its name.
    pub name: String,
    /// What it is for; empty means nothing was said.
    pub note: String,
}

/// A name and the namespace it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QualifiedName {
    /// The namespace; none is the default one.
    pub namespace: Option<String>,
    /// The name itself.
    pub name: String,
}

/// An enumeration as a type of columns.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumerationType {
    /// Where it comes from.
    pub id: EnumerationId,
    /// Its name, for targets that name their enumerations.
    pub name: QualifiedName,
    /// Its values in order, each once.
    pub values: Vec<String>,
    /// Whether it is stored as text with a check: the target has no such types, or cannot take
    /// these values.
    pub checked: bool,
    /// What it is for; empty means nothing was said.
    pub note: String,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Where it comes from.
    pub origin: TableOrigin,
    /// Its name.
    pub name: QualifiedName,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// Its primary key.
    pub primary_key: Option<UniqueKey>,
    /// Its other keys.
    pub uniques: Vec<UniqueKey>,
    /// What it references.
    pub foreign_keys: Vec<ForeignKey>,
    /// What every row fulfills.
    pub checks: Vec<TableCheck>,
    /// Its access paths.
    pub indexes: Vec<TableIndex>,
    /// What it is for; empty means nothing was said.
    pub note: String,
    /// What only one target knows.
    pub extras: Extras,
}

impl Table {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether the column is part of the primary key.
    pub fn is_in_primary_key(&self, column: &str) -> bool {
        self.primary_key.as_ref().is_some_and(|key| key.columns.iter().any(|name| name == column))
    }
}

/// Where a table comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableOrigin {
    /// A collection or table of the model.
    Entity(EntityId),
    /// What a field holds, one row per document or list element.
    Child {
        /// The entity that the field stands in.
        entity: EntityId,
        /// The field.
        field: FieldId,
        /// The embedded type, when it is a named one.
        embedded: Option<EntityId>,
    },
    /// A many-to-many reference, or a list of references.
    Join(ReferenceId),
}

impl TableOrigin {
    /// The element of the model.
    pub fn element(self) -> ElementId {
        match self {
            Self::Entity(id) => ElementId::Entity(id),
            Self::Child { entity, field, .. } => ElementId::Field(entity, field),
            Self::Join(id) => ElementId::Reference(id),
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Where it comes from.
    pub origin: ColumnOrigin,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub ty: ColumnType,
    /// How the target spells the type, where the model says so; not yet checked.
    pub native_type: Option<String>,
    /// Whether it may have no value.
    pub nullable: bool,
    /// What it holds when nobody gave a value; constants fit the type.
    pub default: Option<DefaultValue>,
    /// Whether the database counts it up; always an integer.
    pub auto_increment: bool,
    /// How it is computed, when it is; a contained expression.
    pub generated: Option<Generated>,
    /// Whether it holds the moment of the last change.
    pub updated_on_change: bool,
    /// What it means; empty means nothing was said.
    pub note: String,
    /// What only one target knows.
    pub extras: Extras,
}

/// Where a column comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnOrigin {
    /// A field.
    Field(EntityId, FieldId),
    /// The key that a collection has without saying so.
    Key,
    /// The moment of creation.
    CreatedAt,
    /// The moment of the last change.
    UpdatedAt,
    /// Made for a reference that names no fields, or for a join table.
    Reference(ReferenceId),
    /// The key of the table that a child table belongs to.
    Parent,
    /// The place in a list.
    Position,
}

/// What a column holds: a [`DataType`](crate::model::data_type::DataType) without documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnType {
    /// Text of bounded length; none means the target's usual bound.
    String {
        /// Longest length in characters.
        length: Option<u32>,
    },
    /// Text of any length.
    Text,
    /// A signed whole number.
    Integer(IntegerSize),
    /// An exact decimal number.
    Decimal {
        /// Digits in all.
        precision: Option<u16>,
        /// Digits after the point; only with a precision.
        scale: Option<u16>,
    },
    /// A 32-bit float.
    Float,
    /// A 64-bit float.
    Double,
    /// True or false.
    Boolean,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A moment.
    DateTime {
        /// Whether it is a moment in the world or a wall clock reading.
        zoned: bool,
    },
    /// A length of time.
    Interval,
    /// A UUID.
    Uuid,
    /// A MongoDB object id, as 24 hexadecimal digits.
    ObjectId,
    /// Bytes.
    Binary {
        /// Longest length in bytes.
        length: Option<u32>,
    },
    /// A JSON document: also every map, mixed value and document that did not become a table.
    Json,
    /// Longitude and latitude.
    GeoPoint,
    /// An IP address, with or without a mask.
    Inet,
    /// A vector of 32-bit floats.
    Vector {
        /// How many numbers.
        dimensions: Option<u32>,
    },
    /// A value of [`Schema::enumerations`], by position.
    Enumeration(usize),
    /// A list of scalars, where the target has arrays.
    Array(Box<Self>),
}

/// A primary key or a unique constraint.
#[derive(Clone, Debug, PartialEq)]
pub struct UniqueKey {
    /// Its constraint name.
    pub name: String,
    /// Its columns in key order.
    pub columns: Vec<String>,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignKey {
    /// The reference it comes from; none for the tie of a child table to its parent.
    pub reference: Option<ReferenceId>,
    /// Its constraint name.
    pub name: String,
    /// The referencing columns.
    pub columns: Vec<String>,
    /// The referenced table, by position in [`Schema::tables`].
    pub table: usize,
    /// The referenced columns, in the order of a key over them.
    pub referenced_columns: Vec<String>,
    /// What happens on delete.
    pub on_delete: ReferentialAction,
    /// What happens on update.
    pub on_update: ReferentialAction,
    /// Whether it can be made only after all tables and indexes exist: it closes a cycle, or what it
    /// references is unique by an index.
    pub deferred: bool,
    /// What it means; empty means nothing was said.
    pub note: String,
}

/// A condition that every row fulfills.
#[derive(Clone, Debug, PartialEq)]
pub struct TableCheck {
    /// Its constraint name.
    pub name: String,
    /// The condition.
    pub condition: Condition,
    /// Why; empty means nothing was said.
    pub note: String,
}

/// What a check demands.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// An expression as a person typed it, contained.
    Expression(CheckId, String),
    /// Rules of one column, all of which hold.
    Rules {
        /// The column.
        column: String,
        /// What holds.
        rules: Vec<Rule>,
    },
}

/// A rule that values of a column follow.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// At least this much.
    Min(Number),
    /// At most this much.
    Max(Number),
    /// At least that many characters.
    MinLength(u32),
    /// At most that many characters.
    MaxLength(u32),
    /// Text that this regular expression matches.
    Pattern(String),
    /// One of these texts: the values of an enumeration.
    OneOf(Vec<String>),
    /// A JSON document.
    Json,
}

/// An index.
#[derive(Clone, Debug, PartialEq)]
pub struct TableIndex {
    /// Where it comes from; none for the second column of a join table.
    pub id: Option<IndexId>,
    /// Its name.
    pub name: String,
    /// What it sorts by.
    pub parts: Vec<TableIndexPart>,
    /// How it is built.
    pub kind: IndexKind,
    /// Whether no two rows may agree on all parts.
    pub unique: bool,
    /// Which rows are in it; a contained expression.
    pub partial: Option<String>,
    /// What it is for; empty means nothing was said.
    pub note: String,
}

impl TableIndex {
    /// Its columns in order, when it is over plain columns only.
    pub fn columns(&self) -> Option<Vec<&str>> {
        self.parts
            .iter()
            .map(|part| match &part.on {
                IndexOn::Column(name) => Some(name.as_str()),
                IndexOn::Expression(_) => None,
            })
            .collect()
    }
}

/// One thing that an index sorts by.
#[derive(Clone, Debug, PartialEq)]
pub struct TableIndexPart {
    /// Column or expression.
    pub on: IndexOn,
    /// Direction.
    pub order: SortOrder,
    /// How many characters of the text it looks at; none means all.
    pub prefix: Option<u32>,
}

/// What an index part looks at.
#[derive(Clone, Debug, PartialEq)]
pub enum IndexOn {
    /// A column.
    Column(String),
    /// A contained expression.
    Expression(String),
}

/// A stored query.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Where it comes from.
    pub entity: EntityId,
    /// Its name.
    pub name: QualifiedName,
    /// Its columns, as far as the model knows them.
    pub columns: Vec<Column>,
    /// Its query: one contained expression of a statement.
    pub query: String,
    /// What it is for; empty means nothing was said.
    pub note: String,
}
