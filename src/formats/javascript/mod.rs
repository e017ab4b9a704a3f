//! What the formats that write JavaScript and TypeScript share: literals, names, comments and the
//! layout of nested values.
//!
//! Reading order: [`literal`] (texts, keys, regular expressions), [`identifier`] (names that code
//! may declare), [`comment`], [`tree`] (nested values laid out as Prettier would), [`index`] (indexes of collections). Must not know any
//! library.

pub mod comment;
pub mod identifier;
pub mod index;
pub mod literal;
pub mod tree;
