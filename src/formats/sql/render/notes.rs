//! Notes, in whatever way the engine keeps them.

use crate::formats::code_writer::CodeWriter;
use crate::formats::relational::schema::{QualifiedName, Table, View};
use crate::formats::sql::dialect::Comments;
use crate::formats::sql::writer::Writer;

/// Writes a note as comments of the script, one line each.
pub(super) fn write_script_comment(code: &mut CodeWriter, indent: &str, note: &str) {
    if note.trim().is_empty() {
        return;
    }
    for line in note.split(['\n', '\r']) {
        let line: String = line.chars().filter(|c| *c != '\0').collect();
        code.line(format!("{indent}-- {line}").trim_end());
    }
}

/// Writes the notes of a table and its parts as statements, where that is how they are kept.
pub(super) fn write_table_notes(sql: &Writer<'_>, code: &mut CodeWriter, table: &Table) {
    match sql.dialect.traits().comments {
        Comments::Statements => write_comments(sql, code, table),
        Comments::Properties => write_properties(sql, code, table),
        Comments::Clauses | Comments::Script => {}
    }
}

fn write_comments(sql: &Writer<'_>, code: &mut CodeWriter, table: &Table) {
    let name = sql.qualified(&table.name);
    write_comment(sql, code, &format!("TABLE {name}"), &table.note);
    for column in &table.columns {
        let what = format!("COLUMN {name}.{}", sql.name(&column.name));
        write_comment(sql, code, &what, &column.note);
    }
    for check in &table.checks {
        write_constraint_note(sql, code, &name, &check.name, &check.note);
    }
    for key in table.foreign_keys.iter().filter(|key| !key.deferred) {
        write_constraint_note(sql, code, &name, &key.name, &key.note);
    }
    for index in &table.indexes {
        let index_name =
            QualifiedName { namespace: table.name.namespace.clone(), name: index.name.clone() };
        let what = format!("INDEX {}", sql.qualified(&index_name));
        write_comment(sql, code, &what, &index.note);
    }
}

fn write_comment(sql: &Writer<'_>, code: &mut CodeWriter, what: &str, note: &str) {
    if !note.is_empty() {
        code.line(format!("COMMENT ON {what} IS {};", sql.string(note)));
    }
}

/// Writes the note of a constraint of a table, whose name is given as written.
pub(super) fn write_constraint_note(
    sql: &Writer<'_>,
    code: &mut CodeWriter,
    table: &str,
    name: &str,
    note: &str,
) {
    write_comment(sql, code, &format!("CONSTRAINT {} ON {table}", sql.name(name)), note);
}

fn write_properties(sql: &Writer<'_>, code: &mut CodeWriter, table: &Table) {
    write_property(sql, code, ("TABLE", &table.name), None, &table.note);
    for column in &table.columns {
        let part = Some(("COLUMN", column.name.as_str()));
        write_property(sql, code, ("TABLE", &table.name), part, &column.note);
    }
    for index in &table.indexes {
        let part = Some(("INDEX", index.name.as_str()));
        write_property(sql, code, ("TABLE", &table.name), part, &index.note);
    }
}

fn write_property(
    sql: &Writer<'_>,
    code: &mut CodeWriter,
    (kind, name): (&str, &QualifiedName),
    part: Option<(&str, &str)>,
    note: &str,
) {
    if note.is_empty() {
        return;
    }
    let namespace = name.namespace.as_deref().unwrap_or(sql.dialect.traits().default_namespace);
    let mut levels = vec![("SCHEMA", namespace), (kind, name.name.as_str())];
    levels.extend(part);
    let levels: Vec<_> = levels
        .into_iter()
        .enumerate()
        .map(|(level, (kind, name))| {
            format!("@level{level}type = N'{kind}', @level{level}name = {}", sql.string(name))
        })
        .collect();
    code.line(format!(
        "EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = {},\n    {};",
        sql.string(note),
        levels.join(", ")
    ));
}

/// Writes the notes of a view and its columns.
pub(super) fn write_view_notes(sql: &Writer<'_>, code: &mut CodeWriter, view: &View) {
    if sql.dialect.traits().comments != Comments::Statements {
        return;
    }
    let name = sql.qualified(&view.name);
    write_comment(sql, code, &format!("VIEW {name}"), &view.note);
}
