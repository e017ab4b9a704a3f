//! How a database keeps constraints and indexes: words behind them that say when they hold, how they
//! are stored and whether they are used. A model has no word for any of it.
//!
//! Must not know what a constraint or an index is over.

use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::losses::Lost;

/// Options of SQL Server that are as its tools write them when nobody chose any.
const USUAL: &[(&str, &str)] = &[
    ("allow_page_locks", "on"),
    ("allow_row_locks", "on"),
    ("data_compression", "none"),
    ("drop_existing", "off"),
    ("ignore_dup_key", "off"),
    ("online", "off"),
    ("optimize_for_sequential_key", "off"),
    ("pad_index", "off"),
    ("sort_in_tempdb", "off"),
    ("statistics_incremental", "off"),
    ("statistics_norecompute", "off"),
];

/// Reads a word that says when a constraint holds; none when none stands here.
pub(super) fn read_enforcement(cursor: &mut Cursor<'_>) -> Option<&'static [Lost]> {
    const WORDS: &[(&[&str], &[Lost])] = &[
        (&["deferrable"], &[Lost::Deferred]),
        (&["initially", "deferred"], &[Lost::Deferred]),
        (&["not", "deferrable"], &[]),
        (&["initially", "immediate"], &[]),
        (&["not", "enforced"], &[Lost::NotEnforced]),
        (&["enforced"], &[]),
        (&["not", "valid"], &[Lost::NotValidated]),
        (&["no", "inherit"], &[Lost::NotInherited]),
        (&["not", "for", "replication"], &[Lost::Replication]),
    ];
    WORDS.iter().find(|(words, _)| cursor.take(words)).map(|(_, lost)| *lost)
}

/// Reads an option that says how a key or an index is stored and used; none when none stands here.
pub(super) fn read_storage(cursor: &mut Cursor<'_>) -> Option<Vec<Lost>> {
    let mut probe = *cursor;
    probe.take_symbol(',');
    let lost = if probe.take(&["invisible"]) || probe.take(&["ignored"]) {
        vec![Lost::Invisible]
    } else if probe.take(&["visible"]) || probe.take(&["not", "ignored"]) {
        Vec::new()
    } else if probe.take(&["with", "parser"]) {
        probe.name();
        vec![Lost::Parser]
    } else if probe.take(&["include"]) {
        probe.parenthesized();
        vec![Lost::Included]
    } else if probe.take(&["nulls", "not", "distinct"]) {
        vec![Lost::NullsNotDistinct]
    } else if probe.take(&["nulls", "distinct"]) {
        Vec::new()
    } else if probe.take(&["using", "index", "tablespace"]) || probe.take(&["tablespace"]) {
        probe.name();
        vec![Lost::IndexStorage]
    } else if probe.take(&["on"]) {
        let is_usual = probe.name().is_some_and(|name| name.eq_ignore_ascii_case("primary"));
        let is_split = probe.parenthesized().is_some();
        if is_usual && !is_split { Vec::new() } else { vec![Lost::IndexStorage] }
    } else if probe.take(&["with"]) && probe.has_symbol_at(0, '(') {
        let options = probe.parenthesized().map(|inside| inside.split_at_commas());
        options.into_iter().flatten().filter_map(read_setting).collect()
    } else if probe.has_any(&["fillfactor", "lock", "algorithm"]) || is_size(&probe) {
        let is_about_rows = probe.has_any(&["lock", "algorithm"]);
        probe.next();
        probe.take_symbol('=');
        probe.next();
        // How an index was made says nothing of it.
        if is_about_rows { Vec::new() } else { vec![Lost::IndexStorage] }
    } else {
        return None;
    };
    *cursor = probe;
    Some(lost)
}

fn is_size(cursor: &Cursor<'_>) -> bool {
    cursor.has_any(&["key_block_size", "engine_attribute", "secondary_engine_attribute"])
}

/// What `name = value` loses; none when it is as usual.
fn read_setting(mut cursor: Cursor<'_>) -> Option<Lost> {
    let name = cursor.word().unwrap_or_default();
    cursor.take_symbol('=');
    let value = cursor.rest_as_written().to_lowercase();
    if USUAL.contains(&(name.as_str(), value.as_str())) {
        return None;
    }
    Some(if name == "ignore_dup_key" { Lost::Conflict } else { Lost::IndexStorage })
}
