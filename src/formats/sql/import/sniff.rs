//! Which dialect a script is in.

use memchr::memmem;

use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::dialects::{DIALECTS, POSTGRES};

/// Beginning of a text that is looked at.
const LOOKED_AT: usize = 400_000;

/// The dialect that a script is most likely in; PostgreSQL where nothing speaks for any.
pub(super) fn dialect_of(text: &str) -> &'static dyn Dialect {
    let own = |dialect: &&&'static dyn Dialect| {
        let engine = dialect.traits().engine;
        text.lines().take(8).any(|line| line.strip_prefix("-- ") == Some(engine))
    };
    if let Some(dialect) = DIALECTS.iter().find(own) {
        return *dialect;
    }
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let beginning = text.get(..end).unwrap_or_default().to_ascii_lowercase();
    let has = |sign: &str| memmem::find(beginning.as_bytes(), sign.as_bytes()).is_some();
    let score = |dialect: &dyn Dialect| -> usize {
        let signs = dialect.reading().signs.iter().filter(|(sign, _)| has(sign));
        signs.map(|(_, weight)| weight).sum()
    };
    // Of equals, the first in the list.
    let best = DIALECTS.iter().rev().max_by_key(|dialect| score(**dialect));
    best.copied().unwrap_or(POSTGRES)
}

/// Whether a text looks like a script that makes tables.
pub(super) fn is_sql(text: &str) -> bool {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let beginning = text.get(..end).unwrap_or_default().to_ascii_lowercase();
    ["create table", "create view", "create type", "create schema", "alter table"]
        .iter()
        .any(|words| beginning.contains(words))
}
