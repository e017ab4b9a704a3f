//! What is no table: enumerations, table groups, sticky notes, the project, views of the diagram.

use crate::base::color::Color;
use crate::formats::dbml::custom::REFERENCE_ENDS;
use crate::formats::dbml::import::cursor::Cursor;
use crate::formats::dbml::import::facts::{Facts, Filter, View};
use crate::formats::dbml::import::lexer::Kind;
use crate::formats::dbml::import::settings::{Setting, settings};
use crate::formats::dbml::import::table::qualified;
use crate::formats::dbml::import::tree::{Group, Line, Part};
use crate::formats::draft::entity::DraftEnumeration;
use crate::formats::draft::groups::{DraftArea, DraftNote};
use crate::formats::paper::token_of;
use crate::model::area::ColorToken;

/// The text of a note: `: 'text'` or `{ 'text' }`.
pub(super) fn note_text(facts: &mut Facts, mut cursor: Cursor<'_, '_>) -> Option<String> {
    let span = cursor.span();
    let text = if cursor.sign(':') {
        cursor.text()
    } else {
        let lines = cursor.block().map(|block| block.lines.as_slice()).unwrap_or_default();
        match lines {
            [line] => start(line).text(),
            _ => None,
        }
    };
    if text.is_none() || !cursor.is_at_end() {
        facts.error("a note is one text", "write `Note: 'text'`", span);
    }
    text
}

fn start<'t, 'a>(line: &'t Line<'a>) -> Cursor<'t, 'a> {
    Cursor::new(&line.parts, line.span())
}

/// Whether a line says a note, and what follows the word.
pub(super) fn note_line<'t, 'a>(line: &'t Line<'a>) -> Option<Cursor<'t, 'a>> {
    let mut cursor = start(line);
    let is_note = cursor.keyword("note");
    let next = cursor.peek()?;
    (is_note && (next.is_sign(':') || matches!(next, Part::Block(_)))).then_some(cursor)
}

/// Reads what follows the word `Enum`; the comment above it is its note, since it can have no other.
pub(super) fn enumeration(facts: &mut Facts, mut cursor: Cursor<'_, '_>, comment: String) {
    let span = cursor.span();
    let Some(name) = qualified(cursor.path()) else {
        let hint = "write its name behind the word";
        return facts.error("the enumeration has no name: it is left out", hint, span);
    };
    let shown = name.shown();
    let mut enumeration = DraftEnumeration::new(name);
    enumeration.note = comment;
    if let Some(list) = cursor.list() {
        facts.error(
            "an enumeration has no settings",
            "write a note at its values, or a comment above it",
            list.span,
        );
    }
    let lines = cursor.block().map(|block| block.lines.as_slice()).unwrap_or_default();
    if lines.is_empty() {
        facts.error(format!("`{shown}` has no values"), "write one in each line of `{ }`", span);
    }
    for line in lines {
        let mut cursor = start(line);
        let Some(value) = cursor.name() else {
            let hint = "write a name in each line";
            facts.error("this is no value: it is left out", hint, line.span());
            continue;
        };
        let mut note = String::new();
        if let Some(list) = cursor.list() {
            for setting in settings(list, &mut facts.diagnostics) {
                match (setting.name.as_str(), setting.text()) {
                    ("note", Some(text)) => note = text,
                    _ => facts.diagnostics.push(setting.unknown(&["note"])),
                }
            }
        }
        if !cursor.is_at_end() {
            let hint = "quote a value that has blanks, and write one in each line";
            facts.error("this does not belong to the value", hint, cursor.span());
        }
        enumeration.value(value.text, note);
    }
    facts.enumerations.push(enumeration);
}

/// Reads what follows the word `TableGroup`.
pub(super) fn group(facts: &mut Facts, mut cursor: Cursor<'_, '_>) {
    let span = cursor.span();
    let Some(name) = cursor.path().pop() else {
        let hint = "write its name behind the word";
        return facts.error("the table group has no name: it is left out", hint, span);
    };
    let (color, note, members) = (ColorToken::default(), String::new(), Vec::new());
    let mut area = DraftArea { name: name.text, color, note, members };
    if let Some(list) = cursor.list() {
        for setting in settings(list, &mut facts.diagnostics) {
            match setting.name.as_str() {
                "note" => match setting.text() {
                    Some(text) => area.note = text,
                    None => facts.diagnostics.push(setting.bad_value("a text in quotes")),
                },
                "color" => area.color = color_of(facts, &setting),
                _ if setting.text().is_some() => {
                    facts.lose(
                        ("settings of table groups are left out", "a group has a note and a color"),
                        setting.name,
                        setting.span,
                    );
                }
                _ => facts.diagnostics.push(setting.unknown(&["note", "color"])),
            }
        }
    }
    let lines = cursor.block().map(|block| block.lines.as_slice()).unwrap_or_default();
    for line in lines {
        if let Some(cursor) = note_line(line) {
            area.note = note_text(facts, cursor).unwrap_or_default();
            continue;
        }
        let mut cursor = start(line);
        match qualified(cursor.path()) {
            Some(member) if cursor.is_at_end() => area.members.push(member),
            Some(_) | None => {
                let hint = "write the name of one table in each line";
                facts.error("this is no table: it is left out", hint, line.span());
            }
        }
    }
    facts.areas.push(area);
}

/// The token that is nearest to a color; `none` is the usual one.
fn color_of(facts: &mut Facts, setting: &Setting<'_, '_>) -> ColorToken {
    let text = setting.any_text().unwrap_or_default();
    let color = Color::from_hex(&text);
    if color.is_none() && text != "none" {
        facts.diagnostics.push(setting.bad_value("a color such as `#3498db`"));
    }
    color.map(token_of).unwrap_or_default()
}

/// Reads what follows the word `Note` outside of tables: a sticky note.
pub(super) fn sticky_note(facts: &mut Facts, mut cursor: Cursor<'_, '_>) {
    cursor.name();
    let mut color = ColorToken::default();
    if let Some(list) = cursor.list() {
        color = note_color(facts, list);
    }
    if let Some(text) = note_text(facts, cursor) {
        facts.notes.push(DraftNote { text, color, subject: None });
    }
}

fn note_color(facts: &mut Facts, list: &Group<'_>) -> ColorToken {
    let mut color = ColorToken::default();
    for setting in settings(list, &mut facts.diagnostics) {
        match setting.name.as_str() {
            "color" => color = color_of(facts, &setting),
            _ if setting.text().is_some() => {
                facts.lose(
                    ("settings of notes are left out", "a note has a color"),
                    setting.name,
                    setting.span,
                );
            }
            _ => facts.diagnostics.push(setting.unknown(&["color"])),
        }
    }
    color
}

/// Reads a line in the block of a project that is no element.
pub(super) fn project_line(facts: &mut Facts, line: &Line<'_>) {
    if let Some(cursor) = note_line(line) {
        facts.note = note_text(facts, cursor).unwrap_or_default();
        return;
    }
    let mut cursor = start(line);
    let key = cursor.name().map(|word| word.text).unwrap_or_default();
    let value = Some(()).filter(|()| cursor.sign(':')).and_then(|()| cursor.text());
    match (key.to_lowercase().as_str(), value) {
        ("database_type", Some(value)) => facts.database = Some(value),
        (REFERENCE_ENDS, Some(value)) => facts.ends_are_exact |= value == "exact",
        (_, Some(_)) => facts.lose(
            ("settings of the project are left out", "write them into the note of the project"),
            key,
            line.span(),
        ),
        (_, None) => {
            let hint = "write `name: 'text'`";
            facts.error("this is no setting of the project: it is left out", hint, line.span());
        }
    }
}

/// Reads what follows the word `DiagramView`.
pub(super) fn view(facts: &mut Facts, mut cursor: Cursor<'_, '_>) {
    let span = cursor.span();
    let Some(name) = cursor.path().pop() else {
        let hint = "write its name behind the word";
        return facts.error("the view has no name: it is left out", hint, span);
    };
    let mut view = View {
        name: name.text,
        tables: Filter::Unsaid,
        groups: Filter::Unsaid,
        schemas: Filter::Unsaid,
    };
    let lines = cursor.block().map(|block| block.lines.as_slice()).unwrap_or_default();
    let is_all = |line: &Line<'_>| matches!(line.parts.as_slice(), [only] if only.is_sign('*'));
    if matches!(lines, [only] if is_all(only)) {
        view.tables = Filter::All;
    }
    for line in lines.iter().filter(|line| !is_all(line)) {
        let mut cursor = start(line);
        let what = cursor.token_if(|token| token.kind == Kind::Word);
        let what = what.map(|token| token.text.to_lowercase()).unwrap_or_default();
        let Some(block) = cursor.block() else {
            let hint = "write `Tables`, `Notes`, `TableGroups` or `Schemas` with a block";
            facts.error("this is nothing that a view shows", hint, line.span());
            continue;
        };
        let filter = if block.lines.first().is_some_and(is_all) {
            Filter::All
        } else {
            Filter::These(block.lines.iter().map(|line| start(line).path()).collect())
        };
        match what.as_str() {
            "tables" => view.tables = filter,
            "tablegroups" => view.groups = filter,
            "schemas" => view.schemas = filter,
            "notes" => {}
            _ => {
                let hint = "write `Tables`, `Notes`, `TableGroups` or `Schemas`";
                facts.error("this is nothing that a view shows", hint, line.span());
            }
        }
    }
    facts.views.push(view);
}
