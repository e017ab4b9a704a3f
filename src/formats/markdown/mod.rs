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
use crate::formats::code::code;
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::markdown::anchors::Anchors;
use crate::formats::markdown::text::{Code, CodeWriter, Place, code, fenced_sql, prose, shown};
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
        out.line(code!("# ", shown(&project.settings.name)));
        sections::note(&project.settings.note, &mut out);
        out.blank();
        out.line(counts(model));
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

fn heading(title: &'static str, out: &mut CodeWriter) {
    out.blank();
    out.line(code!("## ", title));
}

fn counts(model: &Model) -> Code {
    let count = |n: usize, one: &'static str, many: &'static str| -> Code {
        code!(n, " ", if n == 1 { one } else { many })
    };
    let fields: usize = model.entities().map(|entity| entity.all_fields().len()).sum();
    code!(
        count(model.entities().len(), "entity", "entities"),
        ", ",
        count(fields, "field", "fields"),
        ", ",
        count(model.references().len(), "reference", "references"),
        " and ",
        count(model.enumerations().len(), "enumeration", "enumerations"),
        ".",
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
            out.line(code!("- ", title(kind)));
        }
        for entity in of_kind {
            out.line(code!("  - ", anchors.link(model, entity.id.into())));
        }
    }
    if model.enumerations().len() > 0 {
        out.line("- Enumerations");
    }
    for enumeration in model.enumerations() {
        out.line(code!("  - ", anchors.link(model, enumeration.id.into())));
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
                out.line(fact);
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
    out.line(code!("<a id=\"", anchors.id(node), "\"></a>"));
    out.blank();
    out.line(code!("### ", shown(&model.display_name(node))));
}

/// What is said of an entity in one line each.
fn facts(model: &Model, entity: &Entity) -> Vec<Code> {
    let mut facts = Vec::new();
    if let Some(stored) = &entity.stored_name {
        facts.push(code!("- Stored as ", code(stored, Place::Line)));
    }
    if let Some(area) = model.area_of(entity.id.into()) {
        facts.push(code!("- Area: ", shown(&area.name)));
    }
    if entity.kind == EntityKind::Embedded && entity.keeps_id {
        facts.push(code!("- Keeps an `_id` of its own"));
    }
    for (target, options) in &entity.extras.options {
        for (key, value) in options {
            let setting = code(&format!("{key}={value}"), Place::Line);
            facts.push(code!("- ", setting, " in ", prose(target, Place::Line)));
        }
    }
    facts
}

/// Writes the query of a view.
fn query(entity: &Entity, out: &mut CodeWriter) {
    let Some(query) = &entity.query else { return };
    out.blank();
    out.line("**Query**");
    out.blank();
    for line in fenced_sql(query) {
        out.line(line);
    }
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
        let note = prose(&namespace.note, Place::Line);
        let note = (!note.is_empty()).then(|| code!(": ", note));
        out.from_element(ElementId::Namespace(namespace.id), |out| {
            out.line(code!("- ", shown(&namespace.name), note));
        });
    }
}
