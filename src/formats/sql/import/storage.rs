//! How tables are stored: the options that a dialect declares as its properties.
//!
//! Each function reads one option, and gives false when none stands here that it knows.

use crate::formats::sql::import::cursor::Cursor;
use crate::formats::sql::import::facts::TableFacts;
use crate::formats::sql::import::lexer::Kind;
use crate::formats::sql::import::losses::Lost;

/// Reads an option of MySQL and its relatives: `ENGINE=MyISAM`, `DEFAULT CHARSET=latin1`.
pub(super) fn read_mysql(cursor: &mut Cursor<'_>, table: &mut TableFacts) -> bool {
    let mut probe = *cursor;
    probe.take_symbol(',');
    probe.take(&["default"]);
    let key = if probe.take(&["engine"]) {
        "engine"
    } else if probe.take(&["character", "set"]) || probe.take(&["charset"]) {
        "charset"
    } else if probe.take(&["collate"]) {
        "collation"
    } else if probe.take(&["row_format"]) {
        "row_format"
    } else if probe.take(&["auto_increment"]) {
        "auto_increment"
    } else {
        return false;
    };
    probe.take_symbol('=');
    let Some(value) = word_or_number(&mut probe) else { return false };
    *cursor = probe;
    let usual = match key {
        "engine" => "InnoDB",
        "charset" => "utf8mb4",
        "row_format" => "default",
        "auto_increment" => "1",
        _ => "",
    };
    let value = if key == "row_format" { value.to_lowercase() } else { value };
    table.store(key, value, usual);
    true
}

/// Reads an option of SQLite: `STRICT`, `WITHOUT ROWID`.
pub(super) fn read_sqlite(cursor: &mut Cursor<'_>, table: &mut TableFacts) -> bool {
    let mut probe = *cursor;
    probe.take_symbol(',');
    let key = if probe.take(&["strict"]) {
        "strict"
    } else if probe.take(&["without", "rowid"]) {
        "without_rowid"
    } else {
        return false;
    };
    *cursor = probe;
    table.store(key, "true".to_owned(), "false");
    true
}

/// Reads an option of PostgreSQL: `WITH (fillfactor=70)`, `TABLESPACE fast`; `UNLOGGED` is one behind
/// `ALTER TABLE … SET`.
pub(super) fn read_postgres(cursor: &mut Cursor<'_>, table: &mut TableFacts) -> bool {
    if cursor.take(&["without", "oids"])
        || cursor.take(&["using", "heap"])
        || cursor.take(&["set", "without", "cluster"])
    {
        return true;
    }
    let mut probe = *cursor;
    let sets = probe.take(&["set"]);
    if (sets || probe.take(&["with"])) && probe.has_symbol_at(0, '(') {
        *cursor = probe;
        let parameters = cursor.parenthesized().map(|inside| inside.split_at_commas());
        for parameter in parameters.into_iter().flatten() {
            read_parameter(parameter, table);
        }
        return true;
    }
    if probe.take(&["tablespace"]) {
        let Some(name) = probe.name() else { return false };
        table.store("tablespace", name, "pg_default");
    } else if sets && probe.take(&["unlogged"]) {
        table.store("unlogged", "true".to_owned(), "false");
    } else if sets && probe.take(&["logged"]) {
        table.store("unlogged", "false".to_owned(), "false");
    } else {
        return false;
    }
    *cursor = probe;
    true
}

/// `fillfactor=70` or `autovacuum_enabled='false'`.
fn read_parameter(mut cursor: Cursor<'_>, table: &mut TableFacts) {
    let place = cursor.place();
    let start = cursor;
    while !cursor.is_done() && !cursor.has_symbol_at(0, '=') {
        cursor.next();
    }
    let name = start.written_until(&cursor).to_lowercase();
    cursor.take_symbol('=');
    let written = cursor.rest_as_written();
    let value = cursor.constant().unwrap_or_else(|| written.to_owned());
    let is_plain =
        value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-+".contains(&byte));
    if name == "oids" {
        return;
    }
    if !is_plain || value.is_empty() {
        return table.lose(Lost::Storage, &format!("({name})"), place);
    }
    let parameter = format!("{name}={value}");
    let before = table.storage.get("storage_parameters");
    let all = before.map_or(parameter.clone(), |before| format!("{before}, {parameter}"));
    table.store("storage_parameters", all, "");
}

/// Reads an option of SQL Server: `ON [fast]`, `WITH (DATA_COMPRESSION = PAGE)`.
pub(super) fn read_sql_server(cursor: &mut Cursor<'_>, table: &mut TableFacts) -> bool {
    let place = cursor.place();
    let mut probe = *cursor;
    if probe.take(&["on"]) {
        let Some(name) = probe.name() else { return false };
        *cursor = probe;
        if cursor.parenthesized().is_some() {
            table.lose(Lost::Partitions, "", place);
        } else {
            table.store("filegroup", name, "PRIMARY");
        }
        return true;
    }
    if probe.take(&["textimage_on"]) || probe.take(&["filestream_on"]) {
        let name = probe.name().unwrap_or_default();
        if !name.eq_ignore_ascii_case("PRIMARY") {
            table.lose(Lost::Storage, &format!("({})", cursor.written_until(&probe)), place);
        }
        *cursor = probe;
        return true;
    }
    if !probe.take(&["with"]) {
        return false;
    }
    let Some(mut inside) = probe.parenthesized() else { return false };
    if !inside.take(&["data_compression"]) || !inside.take_symbol('=') {
        return false;
    }
    let Some(value) = inside.word().filter(|_| inside.is_done()) else { return false };
    *cursor = probe;
    table.store("data_compression", value, "none");
    true
}

fn word_or_number(cursor: &mut Cursor<'_>) -> Option<String> {
    let number = cursor.peek().filter(|token| token.kind == Kind::Number);
    let Some(number) = number else { return cursor.name() };
    cursor.next();
    Some(cursor.written(number).to_owned())
}

impl TableFacts {
    /// Notes how the table is stored, unless that is usual.
    pub(super) fn store(&mut self, key: &'static str, value: String, usual: &str) {
        if value.eq_ignore_ascii_case(usual) {
            self.storage.remove(key);
        } else {
            self.storage.insert(key, value);
        }
    }
}
