//! What stands below an entity's table of fields, and the sections that are not about entities.
//!
//! Must not know how fields are told.

use crate::formats::code::{code, join};
use crate::formats::markdown::anchors::Anchors;
use crate::formats::markdown::fields::row;
use crate::formats::markdown::text::{Code, CodeWriter, Place, code, paragraphs, prose, shown};
use crate::model::Model;
use crate::model::entity::Entity;
use crate::model::enumeration::Enumeration;
use crate::model::id::{ElementId, FieldId, NodeId};
use crate::model::index::{Index, IndexKind, IndexTarget, SortOrder};
use crate::model::key::{Key, KeyKind};
use crate::model::reference::{End, Reference, ReferentialAction};

/// Writes the keys of an entity.
pub(super) fn keys(entity: &Entity, out: &mut CodeWriter) {
    // A key of one field without a name is told by that field's rules.
    let says_more =
        |key: &&Key| key.kind == KeyKind::Alternate || key.fields.len() > 1 || key.name.is_some();
    if !entity.keys.iter().any(|key| says_more(&key)) {
        return;
    }
    subheading("Keys", out);
    for key in &entity.keys {
        let kind = match key.kind {
            KeyKind::Primary => "Primary key",
            KeyKind::Alternate => "Alternate key",
        };
        let name = key.name.as_ref().map(|name| code!(" ", code(name, Place::Line)));
        let fields = names_of(entity, &key.fields);
        out.from_element(ElementId::Key(entity.id, key.id), |out| {
            out.line(code!("- ", kind, name, ": ", fields));
        });
    }
}

/// Writes the indexes of an entity.
pub(super) fn indexes(entity: &Entity, out: &mut CodeWriter) {
    if entity.indexes.is_empty() {
        return;
    }
    subheading("Indexes", out);
    for index in &entity.indexes {
        let parts: Vec<_> = index
            .parts
            .iter()
            .map(|part| {
                let on = match &part.on {
                    IndexTarget::Field(id) => names_of(entity, &[*id]),
                    IndexTarget::Expression(text) => code(text, Place::Line),
                };
                match part.order {
                    SortOrder::Ascending => on,
                    SortOrder::Descending => code!(on, " descending"),
                }
            })
            .collect();
        let name = index.name.as_ref().map(|name| code!(code(name, Place::Line), ": "));
        let mut line = code!("- ", name, join(parts, ", "));
        for fact in facts_of(index) {
            line.push("; ");
            line.push(fact);
        }
        out.from_element(ElementId::Index(entity.id, index.id), |out| {
            out.line(with_note(line, &index.note));
        });
    }
}

fn facts_of(index: &Index) -> Vec<Code> {
    let mut facts = Vec::new();
    if index.unique {
        facts.push(code!("unique"));
    }
    match index.kind {
        IndexKind::Ordered => {}
        IndexKind::Hash => facts.push(code!("hash")),
        IndexKind::Text => facts.push(code!("full text")),
        IndexKind::Geo => facts.push(code!("places")),
    }
    if index.sparse {
        facts.push(code!("sparse"));
    }
    facts.extend(index.partial.as_ref().map(|text| code!("where ", code(text, Place::Line))));
    facts
        .extend(index.expire_after_seconds.map(|after| code!("removed after ", after, " seconds")));
    facts
}

/// Writes the checks of an entity.
pub(super) fn checks(entity: &Entity, out: &mut CodeWriter) {
    if entity.checks.is_empty() {
        return;
    }
    subheading("Checks", out);
    for check in &entity.checks {
        let name = check.name.as_ref().map(|name| code!(code(name, Place::Line), ": "));
        let condition = code(&check.expression, Place::Line);
        let line = code!("- ", name, condition);
        out.from_element(ElementId::Check(entity.id, check.id), |out| {
            out.line(with_note(line, &check.note));
        });
    }
}

/// Writes where an entity's references lead and what refers to it.
pub(super) fn references(model: &Model, anchors: &Anchors, entity: &Entity, out: &mut CodeWriter) {
    let outgoing: Vec<_> =
        model.references().filter(|reference| reference.from.entity == entity.id).collect();
    if !outgoing.is_empty() {
        subheading("Refers to", out);
        for reference in outgoing {
            let fields = names_of(entity, &reference.from.fields);
            let by = (!fields.is_empty()).then(|| code!(" by ", fields));
            let target = target(model, anchors, &reference.to);
            let roles = [&reference.to.role, &reference.from.role];
            line_of(reference, code!(target, by), roles, out);
        }
    }
    let incoming: Vec<_> =
        model.references().filter(|reference| reference.to.entity == entity.id).collect();
    if !incoming.is_empty() {
        subheading("Referred to by", out);
        for reference in incoming {
            let from = target(model, anchors, &reference.from);
            let roles = [&reference.from.role, &reference.to.role];
            line_of(reference, from, roles, out);
        }
    }
}

/// An entity with the fields that take part.
fn target(model: &Model, anchors: &Anchors, end: &End) -> Code {
    let link = anchors.link(model, end.entity.into());
    let fields = model.entity(end.entity).map(|entity| names_of(entity, &end.fields));
    let fields = fields.filter(|fields| !fields.is_empty());
    code!(link, fields.map(|fields| code!(" (", fields, ")")))
}

/// Writes a reference as a line about the other end; `roles` are that of the other end and that of
/// this one.
fn line_of(
    reference: &Reference,
    subject: Code,
    roles: [&Option<String>; 2],
    out: &mut CodeWriter,
) {
    let [from, to] = [&reference.from, &reference.to].map(|end| end.cardinality.as_str());
    let mut facts = vec![code!("- ", subject, ": ", from, " to ", to)];
    if reference.identifying {
        facts.push(code!("identifying"));
    }
    for (event, action) in [("delete", reference.on_delete), ("update", reference.on_update)] {
        if action != ReferentialAction::NoAction {
            facts.push(code!("on ", event, " ", action.as_str()));
        }
    }
    for (words, role) in ["called", "which calls this"].into_iter().zip(roles) {
        facts.extend(role.as_ref().map(|role| code!(words, " ", code(role, Place::Line))));
    }
    facts.extend(reference.name.as_ref().map(|name| code!("named ", code(name, Place::Line))));
    let line = join(facts, ", ");
    out.from_element(ElementId::Reference(reference.id), |out| {
        out.line(with_note(line, &reference.note));
    });
}

fn with_note(line: Code, note: &str) -> Code {
    let note = prose(note, Place::Line);
    if note.is_empty() { line } else { code!(line, ". ", note) }
}

/// The dotted names of fields, as code.
fn names_of(entity: &Entity, fields: &[FieldId]) -> Code {
    let names = fields.iter().map(|id| {
        let path: Vec<_> = entity.field_path(*id).iter().map(|field| field.name.as_str()).collect();
        code(&path.join("."), Place::Line)
    });
    join(names, ", ")
}

fn subheading(title: &'static str, out: &mut CodeWriter) {
    out.blank();
    out.line(code!("**", title, "**"));
    out.blank();
}

/// Writes an enumeration with its values and who uses it.
pub(super) fn enumeration(
    model: &Model,
    anchors: &Anchors,
    enumeration: &Enumeration,
    out: &mut CodeWriter,
) {
    note(&enumeration.note, out);
    out.blank();
    if enumeration.values.is_empty() {
        out.line("No values.");
    } else {
        out.line("| Value | Note |");
        out.line("|---|---|");
    }
    for value in &enumeration.values {
        out.from_element(ElementId::Value(enumeration.id, value.id), |out| {
            row(out, &[code(&value.name, Place::Cell), prose(&value.note, Place::Cell)]);
        });
    }
    let mut users = Vec::new();
    for entity in model.entities() {
        for field in entity.all_fields() {
            if field.ty.enumeration() == Some(enumeration.id) {
                let name = names_of(entity, &[field.id]);
                users.push(code!(anchors.link(model, entity.id.into()), " (", name, ")"));
            }
        }
    }
    if !users.is_empty() {
        out.blank();
        out.line(code!("Used by ", join(users, ", "), "."));
    }
}

/// Writes the areas with their members.
pub(super) fn areas(model: &Model, anchors: &Anchors, out: &mut CodeWriter) {
    for area in model.areas() {
        out.from_element(ElementId::Area(area.id), |out| {
            out.blank();
            out.line(code!("### ", shown(&area.name)));
            note(&area.note, out);
            out.blank();
            let members: Vec<_> =
                area.members.iter().map(|member| anchors.link(model, *member)).collect();
            if members.is_empty() {
                out.line("Nothing belongs to it.");
            }
            for member in members {
                out.line(code!("- ", member));
            }
        });
    }
}

/// Writes the sticky notes.
pub(super) fn notes(model: &Model, anchors: &Anchors, out: &mut CodeWriter) {
    for note in model.notes() {
        let subject = note.subject.map(|node: NodeId| code!(anchors.link(model, node), ": "));
        let text = prose(&note.text, Place::Line);
        out.from_element(ElementId::Note(note.id), |out| {
            out.line(code!("- ", subject, text).trimmed());
        });
    }
}

/// Writes a note as paragraphs.
pub(super) fn note(text: &str, out: &mut CodeWriter) {
    let lines = paragraphs(text);
    if !lines.is_empty() {
        out.blank();
    }
    for line in lines {
        out.line(line);
    }
}
