//! `CREATE TABLE`, with columns that stand below each other, and the indexes of a table.

use crate::formats::code::{Code, CodeWriter, code, join};
use crate::formats::relational::schema::{
    Column, ColumnOrigin, Condition, ForeignKey, Table, TableCheck,
};
use crate::formats::sql::dialect::Comments;
use crate::formats::sql::dialects::ansi::in_parentheses;
use crate::formats::sql::render::WIDE;
use crate::formats::sql::render::notes::write_script_comment;
use crate::formats::sql::text::Sql;
use crate::formats::sql::writer::Writer;
use crate::model::id::ElementId;
use crate::model::reference::ReferentialAction;

/// A column name or type that is longer does not push the others aside.
const WIDEST_PART: usize = 32;

/// One thing between the parentheses of a table.
struct Item {
    element: Option<ElementId>,
    /// A note that the engine does not keep otherwise.
    comment: String,
    text: Code<Sql>,
}

/// Writes `CREATE TABLE`.
pub(super) fn write_table(sql: &Writer<'_>, code: &mut CodeWriter<Sql>, table: &Table) {
    let traits = sql.dialect.traits();
    let mut items = column_items(sql, table);
    items.extend(key_items(sql, table));
    items.extend(foreign_key_items(sql, table));
    items.extend(check_items(sql, table));
    if traits.indexes_in_table {
        for index in &table.indexes {
            let element = index.id.and_then(|id| match table.origin.element() {
                ElementId::Entity(entity) => Some(ElementId::Index(entity, id)),
                _ => None,
            });
            let text = sql.dialect.index(sql, table, index);
            items.push(Item { element, comment: String::new(), text });
        }
    }
    if traits.comments == Comments::Script {
        write_script_comment(code, "", &table.note);
    }
    let storage = sql.dialect.storage(sql, table);
    let name = sql.qualified(&table.name);
    code.line(code!("CREATE", storage.kind, " TABLE", sql.if_not_exists, " ", name, " ("));
    let last = items.len().saturating_sub(1);
    for (position, item) in items.into_iter().enumerate() {
        let comma = if position < last { "," } else { "" };
        let write = |code: &mut CodeWriter<Sql>| {
            write_script_comment(code, "    ", &item.comment);
            code.line(code!("    ", item.text, comma));
        };
        match item.element {
            Some(element) => code.from_element(element, write),
            None => write(code),
        }
    }
    let comment = match (traits.comments, table.note.as_str()) {
        (Comments::Clauses, note) if !note.is_empty() => Some(code!(" COMMENT=", sql.string(note))),
        _ => None,
    };
    code.line(code!(")", storage.options, comment, ";"));
}

fn column_items(sql: &Writer<'_>, table: &Table) -> Vec<Item> {
    let texts: Vec<_> = table
        .columns
        .iter()
        .map(|column| (sql.name(&column.name), sql.dialect.column(sql, table, column)))
        .collect();
    let width = |code: &Code<Sql>| Some(code.width()).filter(|width| *width <= WIDEST_PART);
    let name_width = texts.iter().filter_map(|(name, _)| width(name)).max().unwrap_or(0);
    let type_width = texts.iter().filter_map(|(_, text)| width(&text.ty)).max().unwrap_or(0);
    let null_width = texts.iter().map(|(_, text)| text.null.len()).max().unwrap_or(0);
    texts
        .into_iter()
        .zip(&table.columns)
        .map(|((name, text), column)| {
            let (name, ty) = (name.padded(name_width), text.ty.padded(type_width));
            let null = code!(text.null).padded(null_width);
            let has_comment = sql.dialect.traits().comments == Comments::Script;
            Item {
                element: column_element(column),
                comment: if has_comment { column.note.clone() } else { String::new() },
                text: code!(name, " ", ty, " ", null, " ", text.rest).trimmed(),
            }
        })
        .collect()
}

fn column_element(column: &Column) -> Option<ElementId> {
    match column.origin {
        ColumnOrigin::Field(entity, field) => Some(ElementId::Field(entity, field)),
        ColumnOrigin::Reference(id) => Some(ElementId::Reference(id)),
        ColumnOrigin::Key
        | ColumnOrigin::CreatedAt
        | ColumnOrigin::UpdatedAt
        | ColumnOrigin::Parent
        | ColumnOrigin::Position => None,
    }
}

fn key_items(sql: &Writer<'_>, table: &Table) -> Vec<Item> {
    let traits = sql.dialect.traits();
    let mut items = Vec::new();
    // SQLite counts up only a key that stands on its column.
    let on_column = traits.references_ahead && table.columns.iter().any(|c| c.auto_increment);
    if let Some(key) = table.primary_key.as_ref().filter(|_| !on_column) {
        let name =
            traits.names_primary_keys.then(|| code!("CONSTRAINT ", sql.name(&key.name), " "));
        let text = code!(name, "PRIMARY KEY (", sql.list(&key.columns), ")");
        items.push(Item { element: None, comment: String::new(), text });
    }
    for key in &table.uniques {
        let name = sql.name(&key.name);
        let text = code!("CONSTRAINT ", name, " UNIQUE (", sql.list(&key.columns), ")");
        items.push(Item { element: None, comment: String::new(), text });
    }
    items
}

fn foreign_key_items(sql: &Writer<'_>, table: &Table) -> Vec<Item> {
    let traits = sql.dialect.traits();
    let is_here = |key: &&ForeignKey| traits.references_ahead || !key.deferred;
    let keys = table.foreign_keys.iter().filter(is_here);
    keys.map(|key| Item {
        element: key.reference.map(ElementId::Reference),
        comment: script_note(sql, &key.note),
        text: foreign_key(sql, key, "        "),
    })
    .collect()
}

/// The note of a constraint, where nothing but the script keeps it.
fn script_note(sql: &Writer<'_>, note: &str) -> String {
    match sql.dialect.traits().comments {
        Comments::Statements => String::new(),
        Comments::Clauses | Comments::Script | Comments::Properties => note.to_owned(),
    }
}

/// `CONSTRAINT … FOREIGN KEY … REFERENCES …`, on two lines where it is long.
pub(super) fn foreign_key(sql: &Writer<'_>, key: &ForeignKey, indent: &'static str) -> Code<Sql> {
    let parent = sql.schema.tables.get(key.table).map(|table| sql.qualified(&table.name));
    let columns = sql.list(&key.columns);
    let name = code!("CONSTRAINT ", sql.name(&key.name));
    let columns = code!("FOREIGN KEY (", columns, ")");
    let is_wide = name.width() + columns.width() > WIDE;
    let head = if is_wide { code!(name, "\n", indent, columns) } else { code!(name, " ", columns) };
    let mut tail = code!("REFERENCES ", parent, " (", sql.list(&key.referenced_columns), ")");
    for (event, action) in [(" ON DELETE ", key.on_delete), (" ON UPDATE ", key.on_update)] {
        if action != ReferentialAction::NoAction {
            tail.push(event);
            tail.push(action_name(action));
        }
    }
    if head.width() + tail.width() > WIDE - 10 {
        code!(head, "\n", indent, tail)
    } else {
        code!(head, " ", tail)
    }
}

fn action_name(action: ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::NoAction => "NO ACTION",
        ReferentialAction::Restrict => "RESTRICT",
        ReferentialAction::Cascade => "CASCADE",
        ReferentialAction::SetNull => "SET NULL",
        ReferentialAction::SetDefault => "SET DEFAULT",
    }
}

fn check_items(sql: &Writer<'_>, table: &Table) -> Vec<Item> {
    let check = |check: &TableCheck| {
        let condition = condition(sql, &check.condition)?;
        let element = match (&check.condition, table.origin.element()) {
            (Condition::Expression(id, _), ElementId::Entity(entity)) => {
                Some(ElementId::Check(entity, *id))
            }
            (Condition::Rules { column, .. }, _) => table.column(column).and_then(column_element),
            (Condition::Expression(..), _) => None,
        };
        let text = code!("CONSTRAINT ", sql.name(&check.name), " CHECK ", condition);
        Some(Item { element, comment: script_note(sql, &check.note), text })
    };
    table.checks.iter().filter_map(check).collect()
}

/// The condition in parentheses; none when nothing of it can be said.
fn condition(sql: &Writer<'_>, condition: &Condition) -> Option<Code<Sql>> {
    match condition {
        Condition::Expression(_, text) => Some(in_parentheses(text)),
        Condition::Rules { column, rules } => {
            let column = sql.name(column);
            let rules: Vec<_> =
                rules.iter().filter_map(|rule| sql.dialect.rule(&column, rule)).collect();
            let wide: usize = rules.iter().map(|rule| rule.width() + 5).sum();
            let and = if wide > WIDE - 40 { "\n        AND " } else { " AND " };
            (!rules.is_empty()).then(|| code!("(", join(&rules, and), ")"))
        }
    }
}

/// Writes the indexes of a table as statements.
pub(super) fn write_indexes(sql: &Writer<'_>, code: &mut CodeWriter<Sql>, table: &Table) {
    for index in &table.indexes {
        let write = |code: &mut CodeWriter<Sql>| {
            if sql.dialect.traits().comments == Comments::Script {
                write_script_comment(code, "", &index.note);
            }
            code.line(code!(sql.dialect.index(sql, table, index), ";"));
        };
        match (index.id, table.origin.element()) {
            (Some(id), ElementId::Entity(entity)) => {
                code.from_element(ElementId::Index(entity, id), write);
            }
            _ => write(code),
        }
    }
}
