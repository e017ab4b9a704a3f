//! How each dialect is read, as data: what tells it from the others, how it quotes, what its types
//! mean. A new dialect is a file here, named by its [`Dialect::reading`].
//!
//! [`Dialect::reading`]: crate::formats::sql::dialect::Dialect::reading

pub(crate) mod mysql;
pub(crate) mod postgres;
pub(crate) mod sql_server;
pub(crate) mod sqlite;

use std::fmt;

use sqlparser::dialect::Dialect as Grammar;

use crate::formats::sql::import::constraint::InlineIndexes;
use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{TableFacts, TypeFacts};
use crate::formats::sql::import::lexer::Quoting;
use crate::model::data_type::DataType;

/// How a dialect is read.
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own")]
pub struct Reading {
    /// Signs of it in a text in lower case, each with its weight.
    pub(super) signs: &'static [(&'static str, usize)],
    /// How it quotes.
    pub(super) quoting: Quoting,
    /// Whether names without quotes are in lower case.
    pub(super) folds: bool,
    /// Which words begin an index within a table.
    pub(super) inline_indexes: InlineIndexes,
    /// The grammar of its expressions.
    pub(super) grammar: fn() -> Box<dyn Grammar>,
    /// Whether a list of texts that a check allows is an enumeration.
    pub(super) checks_enumerations: bool,
    /// Whether an integer primary key counts up by itself.
    pub(super) has_row_ids: bool,
    /// Whether namespaces are databases, of which a script names its own.
    pub(super) namespace_is_database: bool,
    /// Whether the moment of the last change is kept by the database.
    pub(super) updates_on_change: bool,
    /// Reads an option of a table that says how it is stored; false when none stands here.
    pub(super) storage: fn(&mut Cursor<'_>, &mut TableFacts) -> bool,
    /// Types that mean something else than in other dialects: by name, without `unsigned`.
    pub(super) own_type: fn(&str, &TypeFacts) -> Option<DataType>,
    /// What a type is that nobody knows.
    pub(super) unknown_type: fn(&str) -> DataType,
    /// Other spellings, with or without arguments, and the one that our scripts use.
    pub(super) synonyms: &'static [(&'static str, &'static str)],
    /// Whether arguments of a type say nothing that it does not say without them.
    pub(super) is_usual: fn(&str, &[String]) -> bool,
}

impl Reading {
    /// Whether `"…"` is a text and not a name.
    pub(in crate::formats::sql) fn has_double_quoted_texts(&self) -> bool {
        self.quoting.double_quoted_texts
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").field("quoting", &self.quoting).finish_non_exhaustive()
    }
}
