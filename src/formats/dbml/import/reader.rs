//! One text → facts: each line goes to the reader of its element.

use std::collections::BTreeMap;

use crate::base::diagnostic::Span;
use crate::base::similar::did_you_mean;
use crate::formats::dbml::import::column::custom;
use crate::formats::dbml::import::container::Before;
use crate::formats::dbml::import::cursor::Cursor;
use crate::formats::dbml::import::facts::Facts;
use crate::formats::dbml::import::lexer::{Kind, lex};
use crate::formats::dbml::import::settings::Setting;
use crate::formats::dbml::import::table::{qualified, table};
use crate::formats::dbml::import::tree::{Line, Part, lines};
use crate::formats::dbml::import::{container, groups, link, modules, records};
use crate::formats::draft::groups::DraftNamespace;
use crate::formats::sources::{Source, Sources};
use crate::model::entity::EntityKind;

/// Words that begin an element.
const ELEMENTS: [&str; 13] = [
    "project",
    "table",
    "tablegroup",
    "tablepartial",
    "enum",
    "ref",
    "note",
    "records",
    "diagramview",
    "use",
    "reuse",
    "dep",
    "metadata",
];

/// Words that begin an element in xDBML only.
const EXTENSIONS: [&str; 11] = [
    "collection",
    "container",
    "database",
    "edge",
    "entity",
    "keyspace",
    "namespace",
    "record",
    "schema",
    "type",
    "view",
];

/// One text of those that are read.
struct Reading<'a> {
    sources: &'a Sources,
    source: &'a Source,
    /// Comments that fill their line, by its number.
    comments: BTreeMap<usize, &'a str>,
}

/// Reads the text of that number.
pub(super) fn read(facts: &mut Facts, sources: &Sources, number: usize) {
    let Some(source) = sources.get(number) else { return };
    let lexed = lex(&source.text, number);
    facts.diagnostics.extend(lexed.diagnostics);
    let (lines, told) = lines(lexed.tokens);
    facts.diagnostics.extend(told);
    let reading = Reading { sources, source, comments: lexed.comments };
    for line in &lines {
        reading.element(facts, line);
    }
}

impl Reading<'_> {
    fn element(&self, facts: &mut Facts, line: &Line<'_>) {
        let mut cursor = Cursor::new(&line.parts, line.span());
        let word = cursor.token_if(|token| token.kind == Kind::Word);
        let word = word.map(|token| token.text.to_lowercase()).unwrap_or_default();
        if EXTENSIONS.contains(&word.as_str()) && !facts.is_extended {
            let message = format!("`{word}` is a word of xDBML");
            facts.error(message, "begin the text with `xdbml: 0.1`", line.span());
        }
        match word.as_str() {
            "project" => self.project(facts, cursor),
            "table" => {
                let table = table(facts, cursor, "table");
                facts.tables.extend(table);
            }
            "tablepartial" => {
                let partial = table(facts, cursor, "partial");
                facts.partials.extend(partial);
            }
            "entity" | "record" | "collection" | "type" | "view" => {
                let word_of = word.as_str();
                let kind = match word_of {
                    "collection" => Some(EntityKind::Collection),
                    "type" => Some(EntityKind::Embedded),
                    "view" => Some(EntityKind::View),
                    _ => None,
                };
                let table = table(facts, cursor, word_of).map(|mut table| {
                    table.says_kind |= kind.is_some();
                    table.entity.entity.kind = kind.unwrap_or(table.entity.entity.kind);
                    table
                });
                facts.tables.extend(table);
            }
            "edge" => facts.lose(
                ("edges are left out", "draw a reference between the two instead"),
                "",
                line.span(),
            ),
            "xdbml" => version(facts, cursor),
            word if container::WORDS.contains(&word) => {
                let before = Before::now(facts);
                let Some((name, lines)) = container::head(facts, &mut cursor) else { return };
                for line in lines {
                    match groups::note_line(line) {
                        Some(cursor) => {
                            let note = groups::note_text(facts, cursor).unwrap_or_default();
                            facts.namespaces.push(DraftNamespace { name: name.clone(), note });
                        }
                        None => self.element(facts, line),
                    }
                }
                before.put_into(facts, &name);
            }
            "enum" => groups::enumeration(facts, cursor, self.comment_above(line)),
            "ref" => link::reference(facts, cursor),
            "tablegroup" => groups::group(facts, cursor),
            "note" => groups::sticky_note(facts, cursor),
            "records" => records::records(facts, cursor),
            "diagramview" => groups::view(facts, cursor),
            "dep" => facts.lose(
                (
                    "dependencies are left out",
                    "keep them beside the model: it says what is stored, not where it comes from",
                ),
                "",
                line.span(),
            ),
            "metadata" => metadata(facts, cursor),
            "use" | "reuse" => {
                let span = cursor.span();
                if let Some(path) = modules::use_of(facts, cursor) {
                    self.look_for(facts, &path, span);
                }
            }
            _ => unknown(facts, line, &word),
        }
    }

    /// The lines of comment directly above a line.
    fn comment_above(&self, line: &Line<'_>) -> String {
        let last = line.span().line;
        let above = (1..last).rev().map_while(|number| self.comments.get(&number));
        let mut lines: Vec<&str> =
            above.map(|text| text.strip_prefix(' ').unwrap_or(text).trim_end()).collect();
        lines.reverse();
        lines.join("\n")
    }

    /// Says that a used text is not there.
    fn look_for(&self, facts: &mut Facts, path: &str, span: Span) {
        let candidates = modules::candidates(&self.source.path, path);
        if !candidates.iter().any(|candidate| self.sources.at_path(candidate).is_some()) {
            let hint = "read the file that says it, with the files it uses beside it";
            facts.error(format!("`{path}` is not there: what it says is missing"), hint, span);
        }
    }

    /// Reads what follows the word `Project`; elements may stand in its block.
    fn project(&self, facts: &mut Facts, mut cursor: Cursor<'_, '_>) {
        let span = cursor.span();
        let name = cursor.path().pop().map(|word| word.text);
        if facts.project.is_some() {
            facts.error(
                "there is another project: its settings count as well",
                "write all settings in one `Project`",
                span,
            );
        }
        facts.project = facts.project.take().or(name);
        if let Some(list) = cursor.list() {
            facts.error("a project has no settings", "write them in its block", list.span);
        }
        let lines = cursor.block().map(|block| block.lines.as_slice()).unwrap_or_default();
        for line in lines {
            if is_element(line) {
                self.element(facts, line);
            } else {
                groups::project_line(facts, line);
            }
        }
    }
}

/// Reads the version of a text in xDBML.
fn version(facts: &mut Facts, mut cursor: Cursor<'_, '_>) {
    facts.is_extended = true;
    let span = cursor.span();
    let is_known = cursor.sign(':')
        && matches!(cursor.next(), Some(Part::Token(token)) if token.text.starts_with('0'));
    if !is_known {
        facts.error("this version of xDBML is not known", "write `xdbml: 0.1`", span);
    }
}

/// Whether a line in the block of a project begins an element and no setting.
fn is_element(line: &Line<'_>) -> bool {
    let Some(Part::Token(word)) = line.parts.first() else { return false };
    let begins = |name: &str| word.kind == Kind::Word && word.text.eq_ignore_ascii_case(name);
    let is_setting = line.parts.get(1).is_none_or(|second| second.is_sign(':'));
    begins("ref")
        || !is_setting && !begins("note") && ELEMENTS.iter().any(|element| begins(element))
}

fn unknown(facts: &mut Facts, line: &Line<'_>, word: &str) {
    let known = ELEMENTS.iter().copied();
    let hint = did_you_mean(word, known)
        .unwrap_or_else(|| "write an element such as `Table`, `Ref` or `Enum`".to_owned());
    let shown = match line.parts.first() {
        Some(Part::Token(token)) if !token.text.is_empty() => format!("`{}`", token.text),
        _ => "this".to_owned(),
    };
    facts.error(format!("{shown} begins no element: it is left out"), &hint, line.span());
}

/// Reads what follows the word `Metadata`: settings of an element that stands elsewhere.
fn metadata(facts: &mut Facts, mut cursor: Cursor<'_, '_>) {
    let span = cursor.span();
    let kind = cursor.name().map(|word| word.text.to_lowercase()).unwrap_or_default();
    let name = qualified(cursor.path());
    let Some((block, name)) = cursor.block().zip(name) else {
        let hint = "write `Metadata Table name { key: 'value' }`";
        return facts.error("this is no metadata: it is left out", hint, span);
    };
    if kind != "table" {
        return facts.lose(
            (
                "metadata of other things than tables is left out",
                "write it into the table that it is about",
            ),
            name.shown(),
            span,
        );
    }
    let mut settings = Vec::new();
    for line in &block.lines {
        let mut cursor = Cursor::new(&line.parts, line.span());
        let span = cursor.span();
        let key = cursor.name().map(|word| word.text).unwrap_or_default();
        let has_value = cursor.sign(':');
        let setting = Setting { name: key.to_lowercase(), written: key, span, value: cursor };
        match custom(&setting).filter(|_| has_value) {
            Some(setting) => settings.push(setting),
            None => {
                facts.error("this is no metadata: it is left out", "write `key: 'value'`", span);
            }
        }
    }
    facts.metadata.push((name, settings));
}
