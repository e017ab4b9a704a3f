//! What the formats that write JavaScript and TypeScript share: literals, names, comments and the
//! layout of nested values.
//!
//! Reading order: [`literal`] (texts, keys, regular expressions), [`identifier`] (names that code
//! may declare), `comment`, [`text`] (what of them becomes code), [`tree`] (nested values laid out as
//! Prettier would), [`index`] (indexes of collections). Must not know any library.

mod comment;
pub mod identifier;
pub mod index;
pub mod literal;
pub mod text;
pub mod tree;
