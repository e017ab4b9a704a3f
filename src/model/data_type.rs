//! The logical type of a field. How a target spells it is that target's business.

use crate::model::id::{EntityId, EnumerationId};

/// What values a field holds.
///
/// - Every target maps every variant; the mapping table stands in the target's module docs.
/// - A raw spelling for one target is [`Field::native_types`](super::field::Field::native_types):
///   that target prints it, all others use the logical type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataType {
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
    /// A binary floating-point number of 32 bits.
    Float,
    /// A binary floating-point number of 64 bits.
    Double,
    /// True or false.
    Boolean,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A moment.
    DateTime {
        /// Whether it is a moment in the world (`true`) or a wall clock reading.
        zoned: bool,
    },
    /// A length of time.
    Interval,
    /// A universally unique identifier.
    Uuid,
    /// A MongoDB object id: 12 bytes.
    ObjectId,
    /// Bytes.
    Binary {
        /// Longest length in bytes.
        length: Option<u32>,
    },
    /// A JSON document of any shape, queried as such.
    Json,
    /// String keys to values of one type.
    Map(Box<Self>),
    /// Anything at all.
    Mixed,
    /// A place on the globe: longitude and latitude (WGS 84).
    GeoPoint,
    /// An IP address, with or without a network mask.
    Inet,
    /// A vector of 32-bit floats, as embeddings use.
    Vector {
        /// How many numbers.
        dimensions: Option<u32>,
    },
    /// One of the values of an enumeration.
    Enumeration(EnumerationId),
    /// A document of an embedded type.
    Embedded(EntityId),
    /// A document with the fields in [`Field::fields`](super::field::Field::fields).
    Object,
    /// A list of values.
    Array(Box<Self>),
}

/// How wide an integer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntegerSize {
    /// 8 bits.
    Tiny,
    /// 16 bits.
    Small,
    /// 32 bits; the usual one.
    #[default]
    Regular,
    /// 64 bits.
    Big,
}

impl DataType {
    /// Text of the usual length.
    pub const STRING: Self = Self::String { length: None };
    /// A 32-bit integer.
    pub const INTEGER: Self = Self::Integer(IntegerSize::Regular);

    /// A list of this.
    #[must_use]
    pub fn array(self) -> Self {
        Self::Array(Box::new(self))
    }

    /// The type inside all lists and maps: of `[[string]]` it is `string`.
    pub fn innermost(&self) -> &Self {
        match self {
            Self::Array(inner) | Self::Map(inner) => inner.innermost(),
            other => other,
        }
    }

    /// The type inside all lists and maps, to change it.
    pub fn innermost_mut(&mut self) -> &mut Self {
        match self {
            Self::Array(inner) | Self::Map(inner) => inner.innermost_mut(),
            other => other,
        }
    }

    /// Whether it is a list.
    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    /// The enumeration it uses, at any depth.
    pub fn enumeration(&self) -> Option<EnumerationId> {
        match self.innermost() {
            Self::Enumeration(id) => Some(*id),
            _ => None,
        }
    }

    /// The embedded entity it holds, at any depth.
    pub fn embedded(&self) -> Option<EntityId> {
        match self.innermost() {
            Self::Embedded(id) => Some(*id),
            _ => None,
        }
    }
}
