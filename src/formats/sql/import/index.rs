//! Indexes: their parts, and `CREATE INDEX`.

use crate::formats::sql::dialects::ansi::is_enclosed;
use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::{IndexFacts, IndexPartFacts, Name};
use crate::formats::sql::import::lexer::Kind;
use crate::formats::sql::import::losses::Lost;
use crate::formats::sql::import::upkeep::read_storage;
use crate::model::index::{IndexKind, SortOrder};

/// Reads what stands behind `CREATE`, when it is an index: its table and itself.
pub(super) fn read_index(mut cursor: Cursor<'_>) -> Option<(Name, IndexFacts)> {
    let place = cursor.place();
    let mut index = IndexFacts { unique: cursor.take(&["unique"]), place, ..IndexFacts::default() };
    read_clustering(&mut cursor, &mut index);
    if cursor.take(&["fulltext"]) {
        index.kind = IndexKind::Text;
    } else if cursor.take(&["spatial"]) {
        index.kind = IndexKind::Geo;
    }
    if !cursor.take(&["index"]) {
        return None;
    }
    cursor.take(&["concurrently"]);
    cursor.take(&["if", "not", "exists"]);
    if !cursor.has(&["on"]) {
        index.name = cursor.qualified().map(|name| name.name);
    }
    read_method(&mut cursor, &mut index);
    if !cursor.take(&["on"]) {
        return None;
    }
    cursor.take(&["only"]);
    let table = cursor.qualified()?;
    read_method(&mut cursor, &mut index);
    index.parts = read_parts(cursor.parenthesized()?);
    read_index_options(&mut cursor, &mut index);
    Some((table, index))
}

/// Reads what stands behind the parts of an index.
pub(super) fn read_index_options(cursor: &mut Cursor<'_>, index: &mut IndexFacts) {
    while !cursor.is_done() {
        if cursor.take(&["where"]) {
            index.partial = Some(read_condition(cursor));
        } else if cursor.take(&["comment"]) {
            cursor.take_symbol('=');
            index.note = cursor.constant().unwrap_or_default();
        } else if cursor.has(&["using"]) {
            read_method(cursor, index);
        } else if let Some(lost) = read_storage(cursor) {
            index.lost.extend(lost);
        } else {
            cursor.skip();
            index.lost.push(Lost::IndexOption);
        }
    }
}

/// Reads the words of SQL Server that say where rows lie.
pub(super) fn read_clustering(cursor: &mut Cursor<'_>, index: &mut IndexFacts) {
    if cursor.has_any(&["clustered", "columnstore"]) || cursor.has_at(1, "columnstore") {
        index.lost.push(Lost::Clustering);
    }
    cursor.take_all(&["clustered", "nonclustered", "columnstore"]);
}

/// Reads the condition of a partial index, up to the options of SQL Server.
fn read_condition(cursor: &mut Cursor<'_>) -> String {
    let start = *cursor;
    let is_options = |cursor: &Cursor<'_>| cursor.has(&["with"]) && cursor.has_symbol_at(1, '(');
    while !cursor.is_done() && !is_options(cursor) {
        cursor.skip();
    }
    without_parentheses(&start.code_until(cursor)).to_owned()
}

/// A text without one pair of parentheses around all of it.
pub(super) fn without_parentheses(text: &str) -> &str {
    let text = text.trim();
    let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inside.filter(|_| is_enclosed(text)).map_or(text, str::trim)
}

/// Reads `USING method`.
pub(super) fn read_method(cursor: &mut Cursor<'_>, index: &mut IndexFacts) {
    if cursor.take(&["using"]) {
        let method = cursor.name().unwrap_or_default().to_lowercase();
        match method.as_str() {
            "hash" => index.kind = IndexKind::Hash,
            "gist" | "spgist" | "rtree" => index.kind = IndexKind::Geo,
            _ => {}
        }
        index.method = Some(method);
    }
}

/// Reads the parts of an index.
pub(super) fn read_parts(inside: Cursor<'_>) -> Vec<IndexPartFacts> {
    inside.split_at_commas().into_iter().map(read_part).collect()
}

fn read_part(mut cursor: Cursor<'_>) -> IndexPartFacts {
    let start = cursor;
    let is_call = cursor.has_symbol_at(1, '(') && !is_prefix_length(&cursor);
    let is_name = cursor
        .peek()
        .is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Name(_) | Kind::Text(_)));
    let mut column = None;
    let mut prefix = None;
    if is_name && !is_call {
        column = cursor.name();
        if is_prefix(&cursor) {
            let length = cursor.parenthesized();
            prefix = length.and_then(|length| length.rest_as_written().parse().ok());
        }
    }
    let mut lost = Vec::new();
    let mut order = SortOrder::Ascending;
    let mut end = cursor;
    let mut is_plain = true;
    while !cursor.is_done() {
        if cursor.take(&["desc"]) {
            order = SortOrder::Descending;
        } else if cursor.take(&["asc"]) {
            order = SortOrder::Ascending;
        } else if cursor.take(&["nulls", "first"]) || cursor.take(&["nulls", "last"]) {
            lost.push(Lost::NullsOrder);
        } else if column.is_some()
            && (cursor.take(&["language"]) || cursor.take(&["type", "column"]))
        {
            lost.push(Lost::Parser);
            cursor.next();
        } else if cursor.take(&["collate"]) {
            lost.push(Lost::Collation);
            cursor.qualified();
        } else {
            // Behind a column or parentheses one last name is an operator class; anything else
            // is an expression.
            let is_class = is_operator_class(&cursor)
                && (column.is_some() || start.written_until(&cursor).ends_with(')'));
            is_plain &= is_class;
            if is_class {
                lost.push(Lost::OperatorClass);
                cursor.qualified();
            } else {
                cursor.skip();
                end = cursor;
            }
        }
    }
    let expression = || without_parentheses(&start.code_until(&end)).to_owned();
    let on = column.filter(|_| is_plain).ok_or_else(expression);
    IndexPartFacts { on, order, prefix, lost }
}

/// Whether a name stands here that only a direction may follow.
fn is_operator_class(cursor: &Cursor<'_>) -> bool {
    let mut after = *cursor;
    let is_name =
        cursor.peek().is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Name(_)));
    is_name
        && after.qualified().is_some()
        && (after.is_done() || after.has_any(&["asc", "desc", "nulls"]))
}

/// Whether a name and the length of a prefix stand here: `name(20)`.
fn is_prefix_length(cursor: &Cursor<'_>) -> bool {
    let mut after = *cursor;
    after.next();
    is_prefix(&after)
}

fn is_prefix(cursor: &Cursor<'_>) -> bool {
    cursor.has_symbol_at(0, '(')
        && cursor.has_symbol_at(2, ')')
        && cursor.tokens.get(1).is_some_and(|token| token.kind == Kind::Number)
}
