//! Notes, in whatever way the engine keeps them.

use crate::formats::code::{Code, CodeWriter, code, join};
use crate::formats::relational::schema::{QualifiedName, Table, View};
use crate::formats::sql::dialect::Comments;
use crate::formats::sql::text::{self, Sql};
use crate::formats::sql::writer::Writer;

/// Writes a note as comments of the script, one line each.
pub(super) fn write_script_comment(code: &mut CodeWriter<Sql>, indent: &'static str, note: &str) {
    if note.trim().is_empty() {
        return;
    }
    for line in note.split(['\n', '\r']) {
        code.line(code!(indent, text::comment(line)));
    }
}

/// Writes the notes of a table and its parts as statements, where that is how they are kept.
pub(super) fn write_table_notes(sql: &Writer<'_>, code: &mut CodeWriter<Sql>, table: &Table) {
    match sql.dialect.traits().comments {
        Comments::Statements => write_comments(sql, code, table),
        Comments::Properties => write_properties(sql, code, table),
        Comments::Clauses | Comments::Script => {}
    }
}

fn write_comments(sql: &Writer<'_>, code: &mut CodeWriter<Sql>, table: &Table) {
    let name = sql.qualified(&table.name);
    write_comment(sql, code, code!("TABLE ", &name), &table.note);
    for column in &table.columns {
        let what = code!("COLUMN ", &name, ".", sql.name(&column.name));
        write_comment(sql, code, what, &column.note);
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
        let what = code!("INDEX ", sql.qualified(&index_name));
        write_comment(sql, code, what, &index.note);
    }
}

fn write_comment(sql: &Writer<'_>, code: &mut CodeWriter<Sql>, what: Code<Sql>, note: &str) {
    if !note.is_empty() {
        code.line(code!("COMMENT ON ", what, " IS ", sql.string(note), ";"));
    }
}

/// Writes the note of a constraint of a table, whose name is given as written.
pub(super) fn write_constraint_note(
    sql: &Writer<'_>,
    code: &mut CodeWriter<Sql>,
    table: &Code<Sql>,
    name: &str,
    note: &str,
) {
    write_comment(sql, code, code!("CONSTRAINT ", sql.name(name), " ON ", table), note);
}

fn write_properties(sql: &Writer<'_>, code: &mut CodeWriter<Sql>, table: &Table) {
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
    code: &mut CodeWriter<Sql>,
    (kind, name): (&'static str, &QualifiedName),
    part: Option<(&'static str, &str)>,
    note: &str,
) {
    if note.is_empty() {
        return;
    }
    let namespace = name.namespace.as_deref().unwrap_or(sql.dialect.traits().default_namespace);
    let mut levels = vec![("SCHEMA", namespace), (kind, name.name.as_str())];
    levels.extend(part);
    let levels = levels.into_iter().enumerate().map(|(level, (kind, name))| {
        let name = sql.string(name);
        code!("@level", level, "type = N'", kind, "', @level", level, "name = ", name)
    });
    code.line(code!(
        "EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = ",
        sql.string(note),
        ",\n    ",
        join(levels, ", "),
        ";"
    ));
}

/// Writes the notes of a view and its columns.
pub(super) fn write_view_notes(sql: &Writer<'_>, code: &mut CodeWriter<Sql>, view: &View) {
    if sql.dialect.traits().comments != Comments::Statements {
        return;
    }
    let name = sql.qualified(&view.name);
    write_comment(sql, code, code!("VIEW ", name), &view.note);
}
