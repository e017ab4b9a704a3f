//! Tables and partials: a head, then columns, indexes, checks, notes, records.

use crate::base::color::Color;
use crate::formats::dbml::custom::{HEADER_COLOR, KIND};
use crate::formats::dbml::import::column::{column, custom};
use crate::formats::dbml::import::cursor::{Cursor, Word, between_commas};
use crate::formats::dbml::import::facts::{Facts, Item, Table};
use crate::formats::dbml::import::groups::note_text;
use crate::formats::dbml::import::lexer::Kind;
use crate::formats::dbml::import::records::records_in;
use crate::formats::dbml::import::rules;
use crate::formats::dbml::import::settings::settings;
use crate::formats::dbml::import::tree::{Block, Group, Line, Part};
use crate::formats::draft::entity::{
    DraftEntity, DraftIndex, DraftIndexPart, DraftKey, DraftTarget,
};
use crate::formats::draft::name::{FieldName, Name};
use crate::model::entity::EntityKind;
use crate::model::index::{IndexKind, SortOrder};
use crate::model::key::KeyKind;

const INDEX_SETTINGS: [&str; 6] = ["name", "note", "pk", "primary key", "type", "unique"];

/// A name with the schema before it, where `public` is none.
pub(super) fn qualified(mut path: Vec<Word>) -> Option<Name> {
    let last = path.pop()?;
    let namespace = path.pop().map(|word| word.text).filter(|name| name != "public");
    Some(Name { namespace, name: last.text, span: last.span })
}

/// Reads what follows the word `Table` or `TablePartial`.
pub(super) fn table(facts: &mut Facts, mut cursor: Cursor<'_, '_>, word: &str) -> Option<Table> {
    let span = cursor.span();
    let path = cursor.path();
    if path.len() > 2 {
        facts.error("a name has one schema before it", "write `schema.table`", span);
    }
    let Some(name) = qualified(path) else {
        let message = format!("the {word} has no name: it is left out");
        facts.error(message, "write its name behind the word", span);
        return None;
    };
    let shown = name.shown();
    let mut table = Table {
        entity: DraftEntity::new(name, EntityKind::Table),
        says_kind: false,
        items: Vec::new(),
    };
    if cursor.keyword("as") {
        table.entity.alias = cursor.name().map(|alias| alias.text);
    }
    while let Some(list) = cursor.list() {
        table_settings(facts, &mut table, list);
    }
    let Some(block) = cursor.block() else {
        facts.error(format!("`{shown}` has no block"), "write its columns in `{ }`", span);
        return Some(table);
    };
    for line in &block.lines {
        body_line(facts, &mut table, line);
    }
    Some(table)
}

fn table_settings(facts: &mut Facts, table: &mut Table, list: &Group<'_>) {
    for setting in settings(list, &mut facts.diagnostics) {
        let entity = &mut table.entity.entity;
        match setting.name.as_str() {
            "note" => match setting.text() {
                Some(text) => entity.note = text,
                None => facts.diagnostics.push(setting.bad_value("a text in quotes")),
            },
            "headercolor" => {
                let color = setting.any_text().filter(|text| Color::from_hex(text).is_some());
                match color {
                    Some(color) => entity.extras.set("dbml", HEADER_COLOR, color),
                    None => facts.diagnostics.push(setting.bad_value("a color such as `#3498db`")),
                }
            }
            KIND => {
                let kind = setting.any_text().and_then(|text| {
                    EntityKind::ALL.into_iter().find(|kind| kind.as_str() == text)
                });
                match kind {
                    Some(kind) => (entity.kind, table.says_kind) = (kind, true),
                    None => facts.diagnostics.push(setting.bad_value("'view' or 'embedded'")),
                }
            }
            "source" | "query" => {
                entity.query = setting.any_text();
            }
            _ => match custom(&setting) {
                Some((key, value)) => {
                    rules::set_on_entity(facts, entity, &key, value, setting.span);
                }
                None => facts.diagnostics.push(setting.unknown(&["note", "headercolor"])),
            },
        }
    }
}

fn body_line(facts: &mut Facts, table: &mut Table, line: &Line<'_>) {
    let mut cursor = Cursor::new(&line.parts, line.span());
    if cursor.sign('~') {
        match cursor.name() {
            Some(name) => table.items.push(Item::Partial(name)),
            None => facts.error("a partial has no name", "write `~name`", line.span()),
        }
        return;
    }
    let mut ahead = cursor.clone();
    let first = ahead.token_if(|token| token.kind == Kind::Word);
    let first = first.map(|token| token.text.to_lowercase()).unwrap_or_default();
    match (first.as_str(), ahead.peek()) {
        ("note", Some(next)) if next.is_sign(':') || matches!(next, Part::Block(_)) => {
            note(facts, table, ahead);
        }
        ("indexes", Some(Part::Block(block))) => indexes(facts, table, block),
        ("checks", Some(Part::Block(block))) => checks(facts, table, block),
        ("source" | "query", Some(next)) if next.is_sign(':') => {
            ahead.next();
            let code = ahead.token_if(|token| matches!(token.kind, Kind::Expression | Kind::Text));
            table.entity.entity.query = code.map(|code| code.text.clone().into_owned());
        }
        ("records", Some(Part::Block(_) | Part::Tuple(_) | Part::List(_))) => {
            let name = table.entity.name.clone();
            records_in(facts, name, ahead);
        }
        _ => {
            if let Some(column) = column(facts, table, cursor) {
                table.items.push(Item::Column(Box::new(column)));
            }
        }
    }
}

fn note(facts: &mut Facts, table: &mut Table, cursor: Cursor<'_, '_>) {
    let span = cursor.span();
    let Some(text) = note_text(facts, cursor) else { return };
    let note = &mut table.entity.entity.note;
    if !note.is_empty() {
        facts.error("the table has two notes: both are kept", "write one note", span);
        note.push('\n');
    }
    note.push_str(&text);
}

fn checks(facts: &mut Facts, table: &mut Table, block: &Block<'_>) {
    for line in &block.lines {
        let mut cursor = Cursor::new(&line.parts, line.span());
        let Some(condition) = cursor.token_if(|token| token.kind == Kind::Expression) else {
            let hint = "write an expression in backticks";
            facts.error("this is no check: it is left out", hint, line.span());
            continue;
        };
        let mut name = None;
        if let Some(list) = cursor.list() {
            for setting in settings(list, &mut facts.diagnostics) {
                match (setting.name.as_str(), setting.text()) {
                    ("name", Some(text)) => name = Some(text),
                    _ => facts.diagnostics.push(setting.unknown(&["name"])),
                }
            }
        }
        if !cursor.is_at_end() {
            facts.error(
                "this does not belong to the check",
                "write one check in each line",
                cursor.span(),
            );
        }
        table.entity.check(name, condition.text.clone());
    }
}

fn indexes(facts: &mut Facts, table: &mut Table, block: &Block<'_>) {
    for line in &block.lines {
        let mut cursor = Cursor::new(&line.parts, line.span());
        let parts = match cursor.tuple() {
            Some(tuple) => between_commas(tuple)
                .into_iter()
                .map(|mut one| part(&mut one).filter(|_| one.is_at_end()))
                .collect(),
            // Several names without parentheses are an old way to say the same.
            None => part(&mut cursor).map(|first| {
                std::iter::once(first).chain(std::iter::from_fn(|| part(&mut cursor))).collect()
            }),
        };
        let Some(parts) = parts.filter(|parts: &Vec<_>| !parts.is_empty()) else {
            let hint = "write `column`, `(a, b)` or an expression in backticks";
            facts.error("this is no index: it is left out", hint, line.span());
            continue;
        };
        let index = DraftIndex::new(parts, line.span());
        index_line(facts, table, index, cursor);
    }
}

fn part(cursor: &mut Cursor<'_, '_>) -> Option<DraftIndexPart> {
    if let Some(code) = cursor.token_if(|token| token.kind == Kind::Expression) {
        let on = DraftTarget::Expression(code.text.clone().into_owned());
        return Some(DraftIndexPart { on, order: SortOrder::Ascending });
    }
    let path = cursor.path();
    let span = path.first()?.span;
    let path = path.into_iter().map(|word| word.text).collect();
    Some(DraftIndexPart::field(FieldName { path, span }))
}

/// Adds an index, or the key that its settings say it is.
fn index_line(
    facts: &mut Facts,
    table: &mut Table,
    mut draft: DraftIndex,
    mut cursor: Cursor<'_, '_>,
) {
    let mut key = None;
    let mut has_type = false;
    if let Some(list) = cursor.list() {
        for setting in settings(list, &mut facts.diagnostics) {
            let index = &mut draft.index;
            match setting.name.as_str() {
                "pk" | "primary key" => key = Some(KeyKind::Primary),
                "unique" => index.unique = true,
                "name" | "note" => match (setting.text(), setting.name.as_str()) {
                    (Some(text), "name") => index.name = Some(text),
                    (Some(text), _) => index.note = text,
                    (None, _) => facts.diagnostics.push(setting.bad_value("a text in quotes")),
                },
                "type" => {
                    has_type = true;
                    match setting.words().as_str() {
                        "btree" => {}
                        "hash" => index.kind = IndexKind::Hash,
                        other => {
                            let outcome = (
                                "indexes of other types are trees",
                                "a model knows trees and hashes: add others to the script",
                            );
                            facts.lose(outcome, other.to_owned(), setting.span);
                        }
                    }
                }
                _ => facts.diagnostics.push(setting.unknown(&INDEX_SETTINGS)),
            }
        }
    }
    if !cursor.is_at_end() {
        let hint = "only settings in square brackets follow";
        facts.error("this does not belong to the index", hint, cursor.span());
    }
    // What is only unique is a key; an index says how it is built.
    if draft.index.unique && !has_type && draft.index.note.is_empty() {
        key = key.or(Some(KeyKind::Alternate));
    }
    let fields: Option<Vec<FieldName>> = draft
        .parts
        .iter()
        .map(|part| match &part.on {
            DraftTarget::Field(name) => Some(name.clone()),
            DraftTarget::Expression(_) => None,
        })
        .collect();
    match (key, fields) {
        (Some(kind), Some(fields)) => {
            let (name, span) = (draft.index.name, draft.span);
            table.entity.keys.push(DraftKey { kind, name, fields, span });
        }
        (Some(_) | None, _) => table.entity.indexes.push(draft),
    }
}
