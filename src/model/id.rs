//! Ids of our own: never reused, and offline-safe, so that two branches do not mint the same one.
//!
//! A petgraph index is not an identity: it is handed out again after a removal. Files, undo,
//! selection and placements hold these ids.

use std::fmt;
use std::str::FromStr;

/// Digits of an id's text form: Crockford's base 32 in lower case, without `i`, `l`, `o` and `u`.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Length of an id's text form after its prefix: 60 bits.
const LENGTH: usize = 12;
const MASK: u64 = (1 << 60) - 1;

/// Why a text is not an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not an id of the form `{prefix}_` and 12 digits of 0-9 a-z without i, l, o, u"
)]
pub struct ParseIdError {
    text: String,
    prefix: &'static str,
}

fn bits_from_digits(digits: &str) -> Option<u64> {
    if digits.len() != LENGTH {
        return None;
    }
    digits.bytes().try_fold(0_u64, |bits, byte| {
        let value = DIGITS.iter().position(|digit| *digit == byte)?;
        Some((bits << 5) | value as u64)
    })
}

fn write_digits(f: &mut fmt::Formatter<'_>, bits: u64) -> fmt::Result {
    for position in (0..LENGTH).rev() {
        let digit = DIGITS.get((bits >> (5 * position)) as usize & 31).copied().unwrap_or(b'0');
        write!(f, "{}", char::from(digit))?;
    }
    Ok(())
}

/// Mints ids: a sequence that its seed decides (`SplitMix64`: Steele, Lea and Flood, 2014).
///
/// - The same seed gives the same ids, so an import is reproducible.
/// - Two editors that open one file seed it from their own entropy and never collide in practice:
///   ids have 60 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdMint {
    state: u64,
}

impl IdMint {
    /// A mint for that seed.
    pub fn from_seed(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A mint whose seed is a text, such as the file that is imported (FNV-1a: Fowler, Noll, Vo).
    pub fn from_text(text: &str) -> Self {
        let seed = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self::from_seed(seed)
    }

    /// The next id, of the kind that the caller asks for.
    pub fn mint<T: From<MintedBits>>(&mut self) -> T {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        MintedBits((bits ^ (bits >> 31)) & MASK).into()
    }
}

/// What an [`IdMint`] hands to an id; nobody else can make one.
#[derive(Clone, Copy, Debug)]
pub struct MintedBits(u64);

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// What the text form starts with, before the underscore.
            pub const PREFIX: &'static str = $prefix;
        }

        impl From<MintedBits> for $name {
            fn from(minted: MintedBits) -> Self {
                Self(minted.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!($prefix, "_"))?;
                write_digits(f, self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(bits_from_digits)
                    .map(Self)
                    .ok_or_else(|| ParseIdError { text: text.to_owned(), prefix: $prefix })
            }
        }
    )*};
}

id_types! {
    /// Identifies a [`Namespace`](super::namespace::Namespace).
    NamespaceId = "n";
    /// Identifies an [`Entity`](super::entity::Entity).
    EntityId = "e";
    /// Identifies a [`Field`](super::field::Field), nested ones included.
    FieldId = "f";
    /// Identifies a [`Key`](super::key::Key).
    KeyId = "k";
    /// Identifies an [`Index`](super::index::Index).
    IndexId = "i";
    /// Identifies a [`Check`](super::entity::Check).
    CheckId = "c";
    /// Identifies a [`Reference`](super::reference::Reference).
    ReferenceId = "r";
    /// Identifies an [`Enumeration`](super::enumeration::Enumeration).
    EnumerationId = "u";
    /// Identifies an [`EnumerationValue`](super::enumeration::EnumerationValue).
    ValueId = "v";
    /// Identifies an [`Area`](super::area::Area).
    AreaId = "a";
    /// Identifies a [`Note`](super::note::Note).
    NoteId = "t";
    /// Identifies a diagram, which the model itself does not know.
    DiagramId = "d";
}

/// A node of the E-R graph: what a reference, an area or a card can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeId {
    /// An entity.
    Entity(EntityId),
    /// An enumeration.
    Enumeration(EnumerationId),
}

impl From<EntityId> for NodeId {
    fn from(id: EntityId) -> Self {
        Self::Entity(id)
    }
}

impl From<EnumerationId> for NodeId {
    fn from(id: EnumerationId) -> Self {
        Self::Enumeration(id)
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entity(id) => id.fmt(f),
            Self::Enumeration(id) => id.fmt(f),
        }
    }
}

/// Any element of a model: what a selection, a diagnostic or a line of generated code speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementId {
    /// A namespace.
    Namespace(NamespaceId),
    /// An entity.
    Entity(EntityId),
    /// A field and the entity it belongs to.
    Field(EntityId, FieldId),
    /// A key and its entity.
    Key(EntityId, KeyId),
    /// An index and its entity.
    Index(EntityId, IndexId),
    /// A check and its entity.
    Check(EntityId, CheckId),
    /// An enumeration.
    Enumeration(EnumerationId),
    /// A value and its enumeration.
    Value(EnumerationId, ValueId),
    /// A reference.
    Reference(ReferenceId),
    /// An area.
    Area(AreaId),
    /// A note.
    Note(NoteId),
}

impl fmt::Display for ElementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Namespace(id) => id.fmt(f),
            Self::Entity(id) => id.fmt(f),
            Self::Field(_, id) => id.fmt(f),
            Self::Key(_, id) => id.fmt(f),
            Self::Index(_, id) => id.fmt(f),
            Self::Check(_, id) => id.fmt(f),
            Self::Enumeration(id) => id.fmt(f),
            Self::Value(_, id) => id.fmt(f),
            Self::Reference(id) => id.fmt(f),
            Self::Area(id) => id.fmt(f),
            Self::Note(id) => id.fmt(f),
        }
    }
}

impl From<NodeId> for ElementId {
    fn from(node: NodeId) -> Self {
        match node {
            NodeId::Entity(id) => Self::Entity(id),
            NodeId::Enumeration(id) => Self::Enumeration(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_wrote() {
        let mut mint = IdMint::from_text("a model");
        for _ in 0..100 {
            let id: EntityId = mint.mint();
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let id: EntityId = IdMint::from_seed(1).mint();
        assert!(id.to_string().parse::<FieldId>().is_err());
        assert!("e_short".parse::<EntityId>().is_err());
    }
}
