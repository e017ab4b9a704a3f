//! The project file, version 1, as data: what each JSON object holds, in the order of its keys.
//!
//! Frozen once released: files of this version are read forever, so a change of the form is a new
//! version beside this one and a step in [`migrate`](super::migrate). What is absent has its
//! default. Must not know the model's types.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value as Json;

/// Members that this version does not know; they are kept as they are.
pub(super) type Unknown = serde_json::Map<String, Json>;

/// Target id → option → value.
pub(super) type Options = BTreeMap<String, BTreeMap<String, String>>;

/// Declares objects of the file: each may lack any key, leaves out what has its default, and keeps
/// what it does not know.
macro_rules! objects {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $key:ident: $ty:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        pub(super) struct $name {
            $(
                $(#[$attribute])*
                #[serde(skip_serializing_if = "is_default")]
                pub(super) $key: $ty,
            )*
            /// What this version does not know.
            #[serde(flatten)]
            pub(super) unknown: Unknown,
        }
    )*};
}

objects! {
    /// The whole file.
    File {
        /// Always `lunette`.
        format: String,
        /// Version of the form.
        version: u64,
        /// Name of the project.
        name: Option<String>,
        /// What it is for.
        note: String,
        /// Export target that comes first.
        target: Option<String>,
        /// Chosen options by target.
        target_options: Options,
        /// What the data means.
        model: Model,
        /// How pictures show it.
        diagrams: Vec<Diagram>,
    }

    /// The model.
    Model {
        /// Namespaces in order.
        namespaces: Vec<Namespace>,
        /// Enumerations in order.
        enumerations: Vec<Enumeration>,
        /// Entities in order.
        entities: Vec<Entity>,
        /// References in order.
        references: Vec<Reference>,
        /// Areas in order.
        areas: Vec<Area>,
        /// Sticky notes in order.
        notes: Vec<Note>,
    }

    /// A namespace.
    Namespace {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// What it is for.
        note: String,
    }

    /// An enumeration.
    Enumeration {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// Id of its namespace.
        namespace: Option<String>,
        /// What it is for.
        note: String,
        /// Its values in order.
        values: Vec<EnumerationValue>,
    }

    /// A value of an enumeration.
    EnumerationValue {
        /// Its id.
        id: String,
        /// The text that is stored.
        name: String,
        /// What it means.
        note: String,
    }

    /// An entity.
    Entity {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// `collection`, `table`, `view` or `embedded`.
        kind: String,
        /// Id of its namespace.
        namespace: Option<String>,
        /// Its collection's or table's own name.
        stored_name: Option<String>,
        /// Whether it keeps `createdAt` and `updatedAt`.
        timestamps: bool,
        /// Whether an embedded document keeps an `_id`.
        keeps_id: bool,
        /// What it is for.
        note: String,
        /// Query of a view.
        query: Option<String>,
        /// Its fields in order.
        fields: Vec<Field>,
        /// Its keys.
        keys: Vec<Key>,
        /// Its indexes.
        indexes: Vec<Index>,
        /// Its checks.
        checks: Vec<Check>,
        /// What only one target knows.
        extras: Options,
    }

    /// A field.
    Field {
        /// Its id.
        id: String,
        /// Id of the object that it is nested in, when that one is too deep to hold it here.
        #[serde(rename = "in")]
        inside: Option<String>,
        /// Its name.
        name: String,
        /// Its type, as [`type_text`](super::type_text) spells it.
        #[serde(rename = "type")]
        ty: String,
        /// How targets spell the type.
        native_types: BTreeMap<String, String>,
        /// Whether it must have a value.
        required: bool,
        /// Whether no two records may agree on it.
        unique: bool,
        /// What it holds when nobody gave a value: a constant, or an object with one key.
        #[serde(deserialize_with = "present")]
        default: Option<Json>,
        /// Whether the database counts it up.
        auto_increment: bool,
        /// How it is computed.
        generated: Option<Generated>,
        /// Whether it may never change.
        immutable: bool,
        /// Smallest value: a number, or its digits as a text where JSON readers would change them.
        min: Option<Json>,
        /// Largest value, like `min`.
        max: Option<Json>,
        /// Shortest text.
        min_length: Option<u32>,
        /// Longest text.
        max_length: Option<u32>,
        /// Regular expression that the text must match.
        pattern: Option<String>,
        /// Whether white space at both ends is cut off.
        trim: bool,
        /// Whether it is stored in lower case.
        lowercase: bool,
        /// Whether queries leave it out.
        hidden: bool,
        /// Whether a nested object keeps an `_id`.
        keeps_id: bool,
        /// What it means.
        note: String,
        /// What only one target knows.
        extras: Options,
        /// The fields of a nested object.
        fields: Vec<Field>,
    }

    /// How a field is computed.
    Generated {
        /// The expression.
        expression: String,
        /// Whether it is written to disk.
        stored: bool,
    }

    /// A key.
    Key {
        /// Its id.
        id: String,
        /// `primary` or `alternate`.
        kind: String,
        /// Ids of its fields in key order.
        fields: Vec<String>,
        /// Its constraint name.
        name: Option<String>,
    }

    /// An index.
    Index {
        /// Its id.
        id: String,
        /// Its name.
        name: Option<String>,
        /// `hash`, `text` or `geo`; else ordered.
        kind: Option<String>,
        /// What it sorts by.
        parts: Vec<IndexPart>,
        /// Whether no two records may agree on all parts.
        unique: bool,
        /// Whether records that lack the fields are left out.
        sparse: bool,
        /// Which records are in it.
        partial: Option<String>,
        /// How many seconds after its date a record is removed.
        expire_after_seconds: Option<u64>,
        /// What it is for.
        note: String,
    }

    /// One thing that an index sorts by: a field or an expression.
    IndexPart {
        /// Id of a field.
        field: Option<String>,
        /// An expression.
        expression: Option<String>,
        /// `descending`; else ascending.
        order: Option<String>,
    }

    /// A condition on every record.
    Check {
        /// Its id.
        id: String,
        /// Its constraint name.
        name: Option<String>,
        /// The condition.
        expression: String,
        /// Why.
        note: String,
    }

    /// A reference.
    Reference {
        /// Its id.
        id: String,
        /// Its name.
        name: Option<String>,
        /// The referencing end.
        from: End,
        /// The referenced end.
        to: End,
        /// Whether it is part of the referencing record's identity.
        identifying: bool,
        /// Whether its cardinalities were guessed.
        inferred: bool,
        /// `restrict`, `cascade`, `set null` or `set default`; else no action.
        on_delete: Option<String>,
        /// Like `on_delete`, when the referenced key changes.
        on_update: Option<String>,
        /// What it means.
        note: String,
    }

    /// An end of a reference.
    End {
        /// Id of its entity.
        entity: String,
        /// Ids of its fields in key order.
        fields: Vec<String>,
        /// `zero or one`, `exactly one`, `zero or more` or `one or more`.
        cardinality: String,
        /// What it is called from the other side.
        role: Option<String>,
    }

    /// An area.
    Area {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// Its color; else slate.
        color: Option<String>,
        /// What it is for.
        note: String,
        /// Ids of its entities and enumerations.
        members: Vec<String>,
    }

    /// A sticky note.
    Note {
        /// Its id.
        id: String,
        /// What it says.
        text: String,
        /// Its color; else slate.
        color: Option<String>,
        /// Id of the entity or enumeration that it speaks of.
        subject: Option<String>,
    }

    /// A diagram.
    Diagram {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// `idef1x`, `uml` or `chen`; else crow's foot.
        notation: Option<String>,
        /// `names`, `keys`, `fields` or `notes`; else types.
        detail: Option<String>,
        /// `curved` or `straight`; else orthogonal.
        lines: Option<String>,
        /// Ids of the cards it shows; absent means all there are.
        shows: Option<Vec<String>>,
        /// Where cards stand, by the id of their entity or enumeration.
        cards: BTreeMap<String, Card>,
        /// Where sticky notes stand, by id.
        notes: BTreeMap<String, Frame>,
        /// Frames of areas, by id.
        frames: BTreeMap<String, Frame>,
        /// Lines that were bent by hand, by the id of their reference.
        routes: BTreeMap<String, Route>,
    }

    /// Where a card stands.
    Card {
        /// Left border.
        x: Option<Coordinate>,
        /// Upper border.
        y: Option<Coordinate>,
        /// Chosen width.
        width: Option<Coordinate>,
        /// Whether arranging leaves it where it is.
        pinned: bool,
        /// Whether only its header is shown.
        folded: bool,
        /// Ids of nested objects whose fields are not shown.
        folded_fields: Vec<String>,
        /// Color of its header.
        color: Option<String>,
    }

    /// A rectangle.
    Frame {
        /// Left border.
        x: Option<Coordinate>,
        /// Upper border.
        y: Option<Coordinate>,
        /// Width.
        width: Option<Coordinate>,
        /// Height.
        height: Option<Coordinate>,
    }

    /// The bends of a line.
    Route {
        /// Points between the two ends.
        bends: Vec<[Coordinate; 2]>,
        /// How far the label was moved.
        label_offset: Option<[Coordinate; 2]>,
    }
}

/// A length in world units: any number is read, whole ones are written.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Coordinate(pub(super) f64);

/// Farther from the origin than any picture reaches; keeps a typing error from breaking all math.
const FARTHEST: f64 = 10_000_000.0;

impl Coordinate {
    /// The whole number that stands in the file for `value`.
    pub(super) fn of(value: f64) -> Self {
        let whole = value.round();
        // Adding zero turns negative zero into zero.
        Self(if whole.is_nan() { 0.0 } else { whole.clamp(-FARTHEST, FARTHEST) + 0.0 })
    }
}

impl Serialize for Coordinate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(Self::of(self.0).0 as i64)
    }
}

impl<'de> Deserialize<'de> for Coordinate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(Self::of)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Keeps `null` apart from an absent key.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Json>, D::Error> {
    Json::deserialize(deserializer).map(Some)
}
