//! Quick entry: a field typed as one line of text, on the card, in the inspector and in bulk paste.
//!
//! Reading order: [`lexer`] (words and signs), [`parser`] (line → [`Line`], with the role of every
//! character range), [`lower`] (line → project), [`mod@print`] (field → the line that would make it),
//! [`complete`] (what could come next).
//! Must not know the screen.
//!
//! # Grammar
//!
//! ```text
//! line       = "timestamps" | entry
//! entry      = name [ "?" | "!" ] [ ":" ] [ kind ] { modifier }
//! kind       = list | object | choices | reference | map | type
//! list       = "[" kind "]" | kind "[]" | "list of" kind
//! object     = "{" [ entry { ( "," | ";" | line break ) entry } ] "}" | "object"
//! choices    = "enum" [ name ] [ "(" choice { "," choice } ")" ]
//! choice     = value | word { word }
//! reference  = "->" ( name [ "." name ] | "[" name "]" ) [ "?" ]
//! map        = "map" ( "of" kind | "<" kind ">" | "(" kind ")" )
//! type       = word [ "(" number { "," number } ")" ] [ "?" | "!" ]
//! modifier   = "required" | "optional" | "unique" | "key" | "index" | "auto" | "immutable"
//!            | "trim" | "lowercase" | "hidden"
//!            | ( "default" | "=" ) value
//!            | ( "min" | "max" | "minlength" | "maxlength" ) number
//!            | "match" ( "/" pattern "/" | quoted )
//!            | "note" quoted
//!            | "on" ( "delete" | "update" ) action
//! value      = word | number | quoted | "now" | "generated" | "null" | "[]" | "{}" | `expression`
//! action     = "cascade" | "restrict" | "set null" | "set default" | "no action"
//! ```
//!
//! - A name is a word of letters, digits, `_`, `$`, `-` and `.`, or anything between quotes.
//! - The name of an embedded type or an enumeration is a type; the name of any other entity is a
//!   reference to it, and `[Product]` a list of references.
//! - `enum(open, in progress)` has two values; `enum(open closed)`, without commas, has two as well.
//! - `enum(user, admin)` makes an enumeration named after the field, or shares the one of that name
//!   when its values are the same. `-> User` makes the entity `User` when there is none.
//! - `email` alone is a `string`. `min` and `max` on texts are lengths.
//! - Among documents `Date`, as JavaScript writes it, is a moment; `date` is a day.
//! - What is not understood is kept as typed, and marked.

pub mod complete;
pub mod lexer;
pub mod lower;
pub mod parser;
pub mod print;
mod rules;

use std::ops::Range;

use crate::model::data_type::DataType;
use crate::model::field::{DefaultValue, Number};
use crate::model::id::{EntityId, EnumerationId};
use crate::model::reference::ReferentialAction;

/// Where a field keeps the words of its line that were not understood: an option under this id
/// that no target reads.
pub const UNREAD: (&str, &str) = ("lunette", "unread");

/// What a line says.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// The entity keeps `createdAt` and `updatedAt`.
    Timestamps,
    /// A field.
    Entry(Box<Entry>),
}

/// A field as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// What it holds; none when the line does not say.
    pub kind: Option<Kind>,
    /// What else is said of it.
    pub rules: Rules,
    /// The words that were not understood, as typed.
    pub unread: String,
}

/// What a field holds, with names looked up in the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A plain type.
    Plain(DataType),
    /// A type word that brings a rule along: `serial` counts up.
    Counted(DataType),
    /// An enumeration that exists.
    Enumeration(EnumerationId),
    /// An embedded type that exists.
    Embedded(EntityId),
    /// A nested object with these fields; none means the word `object`, which keeps what is there.
    Object(Option<Vec<Entry>>),
    /// Choices typed out.
    Choices {
        /// The name of the enumeration, when the line gives one.
        name: Option<String>,
        /// Its values in order.
        values: Vec<String>,
    },
    /// A reference to an entity.
    Reference {
        /// Which one.
        to: Referred,
        /// The name of the referenced field; none is the primary key.
        field: Option<String>,
    },
    /// A list.
    List(Box<Self>),
    /// String keys to values.
    Map(Box<Self>),
    /// A word that names no type we know: a spelling of the project's own target.
    Native(String),
}

/// The entity that a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Referred {
    /// One that exists.
    Known(EntityId),
    /// One that is to be made.
    New(String),
}

/// What a line says of a field beside its name and type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// The bare words in it.
    pub flags: Vec<Flag>,
    /// What it holds when nobody gave a value.
    pub default: Option<DefaultValue>,
    /// Smallest value, or shortest text.
    pub min: Option<Number>,
    /// Largest value, or longest text.
    pub max: Option<Number>,
    /// Shortest text.
    pub min_length: Option<u32>,
    /// Longest text.
    pub max_length: Option<u32>,
    /// Regular expression.
    pub pattern: Option<String>,
    /// What it means.
    pub note: Option<String>,
    /// What happens when the referenced record is deleted.
    pub on_delete: Option<ReferentialAction>,
    /// What happens when the referenced key changes.
    pub on_update: Option<ReferentialAction>,
}

impl Rules {
    /// Whether that word is among the rules.
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }
}

/// A rule that is one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the word that it is")]
pub enum Flag {
    Required,
    Optional,
    Unique,
    Key,
    Index,
    Auto,
    Immutable,
    Trim,
    Lowercase,
    Hidden,
}

impl Flag {
    /// All of them, in the order in which a line is written.
    pub const ALL: [Self; 10] = [
        Self::Key,
        Self::Unique,
        Self::Required,
        Self::Optional,
        Self::Index,
        Self::Auto,
        Self::Immutable,
        Self::Trim,
        Self::Lowercase,
        Self::Hidden,
    ];

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
            Self::Unique => "unique",
            Self::Key => "key",
            Self::Index => "index",
            Self::Auto => "auto",
            Self::Immutable => "immutable",
            Self::Trim => "trim",
            Self::Lowercase => "lowercase",
            Self::Hidden => "hidden",
        }
    }

    /// The rule that a word says, in our words or those of SQL, Mongoose and Prisma.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word.to_lowercase().as_str() {
            "required" | "notnull" | "mandatory" => Self::Required,
            "optional" | "null" | "nullable" => Self::Optional,
            "unique" | "uq" | "@unique" => Self::Unique,
            "key" | "pk" | "primary" | "@id" => Self::Key,
            "index" | "indexed" | "@index" => Self::Index,
            "auto" | "autoincrement" | "auto_increment" | "identity" | "increment" => Self::Auto,
            "immutable" | "readonly" => Self::Immutable,
            "trim" => Self::Trim,
            "lowercase" => Self::Lowercase,
            "hidden" | "private" => Self::Hidden,
            _ => return None,
        })
    }
}

/// What a line was read as.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it says; none for an empty line.
    pub line: Option<Line>,
    /// What each piece of it is, left to right, without overlaps; blanks are in none.
    pub marks: Vec<Mark>,
    /// What was not understood.
    pub problems: Vec<Problem>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub role: Role,
}

/// What a piece of a line is, for coloring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The name of a field.
    Name,
    /// A type.
    Type,
    /// An entity or enumeration that exists.
    Element,
    /// An entity or enumeration that this line makes.
    NewElement,
    /// A rule.
    Rule,
    /// A value, number or text.
    Value,
    /// A sign.
    Sign,
    /// Not understood.
    Unread,
}

/// Something in a line that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its bytes.
    pub range: Range<usize>,
    /// What is the matter and, after it, the way out.
    pub message: String,
}
