//! A data dictionary in GitHub-flavored Markdown, to be read and committed.
//!
//! | in the model | in the dictionary |
//! |---|---|
//! | project name, note | title and introduction |
//! | entity | heading of its own, under those of its kind, with its stored name and its area |
//! | field, nested ones too | row with type, rules, default and note |
//! | key, index, check | line of a list |
//! | reference | line of a list at both of its ends |
//! | enumeration | table of values, and who uses it |
//! | namespace | before the name; its note in a list |
//! | area, sticky note | sections at the end |
//! | diagrams | lost |
//!
//! Reading order: `text` (escaping), `anchors` (links), `fields`, `sections`, then this file.

mod anchors;
mod fields;
mod sections;
mod text;

use crate::document::project::Project;
use crate::formats::code_writer::CodeWriter;
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::markdown::anchors::{Anchors, shown};
use crate::formats::markdown::text::{Place, code, prose};
use crate::formats::options::Options;
use crate::formats::{Exported, Exporter, FormatInfo};
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::{ElementId, NodeId};

/// The export target `markdown`.
#[derive(Debug)]
pub struct Markdown;

const INFO: FormatInfo = FormatInfo {
    id: "markdown",
    name: "Markdown",
    summary: "a data dictionary: every field, rule and reference in tables",
    extensions: &["md"],
    options: &[],
    properties: &[],
    losses: &[],
};

impl Exporter for Markdown {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn export(&self, project: &Project, _options: &Options) -> Exported {
        let model = &project.model;
        let anchors = Anchors::of(model);
        let mut out = CodeWriter::new("");
        out.raw_line(format!("# {}", shown(&project.settings.name)));
        sections::note(&project.settings.note, &mut out);
        out.blank();
        out.raw_line(counts(model));
        contents(model, &anchors, &mut out);
        for kind in EntityKind::ALL {
            entities(model, &anchors, kind, &mut out);
        }
        enumerations(model, &anchors, &mut out);
        if model.areas().len() > 0 {
            heading("Areas", &mut out);
            sections::areas(model, &anchors, &mut out);
        }
        if model.namespaces().len() > 0 {
            heading("Namespaces", &mut out);
            out.blank();
            namespaces(model, &mut out);
        }
        if model.notes().len() > 0 {
            heading("Notes", &mut out);
            out.blank();
            sections::notes(model, &anchors, &mut out);
        }
        let mut files = FileSet::default();
        files.add(RelativePath::of(&["dictionary.md"]), out.finish());
        Exported { files, diagnostics: Vec::new() }
    }
}

fn heading(title: &str, out: &mut CodeWriter) {
    out.blank();
    out.raw_line(format!("## {title}"));
}

fn counts(model: &Model) -> String {
    let count = |n: usize, one: &str, many: &str| {
        if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
    };
    let fields: usize = model.entities().map(|entity| entity.all_fields().len()).sum();
    format!(
        "{}, {}, {} and {}.",
        count(model.entities().len(), "entity", "entities"),
        count(fields, "field", "fields"),
        count(model.references().len(), "reference", "references"),
        count(model.enumerations().len(), "enumeration", "enumerations"),
    )
}

/// The plural that heads the entities of a kind.
fn title(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Collection => "Collections",
        EntityKind::Table => "Tables",
        EntityKind::View => "Views",
        EntityKind::Embedded => "Embedded types",
    }
}

fn contents(model: &Model, anchors: &Anchors, out: &mut CodeWriter) {
    if model.entities().len() == 0 && model.enumerations().len() == 0 {
        return;
    }
    heading("Contents", out);
    out.blank();
    for kind in EntityKind::ALL {
        let of_kind: Vec<_> = model.entities().filter(|entity| entity.kind == kind).collect();
        if !of_kind.is_empty() {
            out.raw_line(format!("- {}", title(kind)));
        }
        for entity in of_kind {
            out.raw_line(format!("  - {}", anchors.link(model, entity.id.into())));
        }
    }
    if model.enumerations().len() > 0 {
        out.line("- Enumerations");
    }
    for enumeration in model.enumerations() {
        out.raw_line(format!("  - {}", anchors.link(model, enumeration.id.into())));
    }
}

fn entities(model: &Model, anchors: &Anchors, kind: EntityKind, out: &mut CodeWriter) {
    let of_kind: Vec<_> = model.entities().filter(|entity| entity.kind == kind).collect();
    if of_kind.is_empty() {
        return;
    }
    heading(title(kind), out);
    for entity in of_kind {
        out.blank();
        out.from_element(ElementId::Entity(entity.id), |out| {
            node_heading(model, anchors, entity.id.into(), out);
            sections::note(&entity.note, out);
            out.blank();
            for fact in facts(model, entity) {
                out.raw_line(fact);
            }
            out.blank();
            fields::fields(model, anchors, entity, out);
            sections::keys(entity, out);
            sections::indexes(entity, out);
            sections::checks(entity, out);
            sections::references(model, anchors, entity, out);
            query(entity, out);
        });
    }
}

fn node_heading(model: &Model, anchors: &Anchors, node: NodeId, out: &mut CodeWriter) {
    out.raw_line(format!("<a id=\"{}\"></a>", anchors.id(node)));
    out.blank();
    out.raw_line(format!("### {}", shown(&model.display_name(node))));
}

/// What is said of an entity in one line each.
fn facts(model: &Model, entity: &Entity) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(stored) = &entity.stored_name {
        facts.push(format!("- Stored as {}", code(stored, Place::Line)));
    }
    if let Some(area) = model.area_of(entity.id.into()) {
        facts.push(format!("- Area: {}", shown(&area.name)));
    }
    if entity.kind == EntityKind::Embedded && entity.keeps_id {
        facts.push("- Keeps an `_id` of its own".to_owned());
    }
    for (target, options) in &entity.extras.options {
        for (key, value) in options {
            let setting = code(&format!("{key}={value}"), Place::Line);
            facts.push(format!("- {setting} in {}", prose(target, Place::Line)));
        }
    }
    facts
}

/// Writes the query of a view, fenced so that nothing in it ends the fence.
fn query(entity: &Entity, out: &mut CodeWriter) {
    let Some(query) = &entity.query else { return };
    let longest = query.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    out.blank();
    out.line("**Query**");
    out.blank();
    out.raw_line(format!("{fence}sql"));
    for line in query.trim().lines() {
        let shown: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        out.raw_line(shown.trim_end());
    }
    out.raw_line(fence);
}

fn enumerations(model: &Model, anchors: &Anchors, out: &mut CodeWriter) {
    if model.enumerations().len() == 0 {
        return;
    }
    heading("Enumerations", out);
    for enumeration in model.enumerations() {
        out.blank();
        out.from_element(ElementId::Enumeration(enumeration.id), |out| {
            node_heading(model, anchors, enumeration.id.into(), out);
            sections::enumeration(model, anchors, enumeration, out);
        });
    }
}

fn namespaces(model: &Model, out: &mut CodeWriter) {
    for namespace in model.namespaces() {
        let note = match prose(&namespace.note, Place::Line).as_str() {
            "" => String::new(),
            note => format!(": {note}"),
        };
        out.from_element(ElementId::Namespace(namespace.id), |out| {
            out.raw_line(format!("- {}{note}", shown(&namespace.name)));
        });
    }
}
