//! The table of an entity's fields: name, type, rules, default, note.
//!
//! Must not know keys over several fields, indexes or references of others.

use crate::formats::code_writer::CodeWriter;
use crate::formats::markdown::anchors::Anchors;
use crate::formats::markdown::text::{Place, code, prose};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::{DefaultValue, Field, Literal};
use crate::model::id::ElementId;
use crate::model::spelling::type_name;

/// Writes the table of fields; nested ones stand under their object with dotted names.
pub(super) fn fields(model: &Model, anchors: &Anchors, entity: &Entity, out: &mut CodeWriter) {
    if entity.fields.is_empty() && !entity.timestamps {
        out.line("No fields.");
        return;
    }
    out.line("| Field | Type | Rules | Default | Note |");
    out.line("|---|---|---|---|---|");
    rows(model, anchors, entity, (&entity.fields, ""), out);
    if entity.timestamps {
        timestamps(entity, out);
    }
}

fn rows(
    model: &Model,
    anchors: &Anchors,
    entity: &Entity,
    (fields, path): (&[Field], &str),
    out: &mut CodeWriter,
) {
    for field in fields {
        let path =
            if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
        out.from_element(ElementId::Field(entity.id, field.id), |out| {
            row(
                out,
                &[
                    code(&path, Place::Cell),
                    field_type(model, anchors, &field.ty),
                    rules(model, anchors, entity, field).join(", "),
                    field.default.as_ref().map(default).unwrap_or_default(),
                    prose(&field.note, Place::Cell),
                ],
            );
            rows(model, anchors, entity, (&field.fields, &path), out);
        });
    }
}

/// Writes a row of a table.
pub(super) fn row<const N: usize>(out: &mut CodeWriter, cells: &[String; N]) {
    let mut line = String::from("|");
    for cell in cells {
        if !cell.is_empty() {
            line.push(' ');
            line.push_str(cell);
        }
        line.push_str(" |");
    }
    out.raw_line(line);
}

fn timestamps(entity: &Entity, out: &mut CodeWriter) {
    let names = match entity.kind {
        EntityKind::Collection | EntityKind::Embedded => ["createdAt", "updatedAt"],
        EntityKind::Table | EntityKind::View => ["created_at", "updated_at"],
    };
    let notes = ["When it was created", "When it was last changed"];
    for (name, note) in names.into_iter().zip(notes) {
        if entity.field_named(name).is_none() {
            let moment = type_name(&Model::new(), &DataType::DateTime { zoned: true });
            let [required, now] = ["required", "now"].map(str::to_owned);
            row(out, &[code(name, Place::Cell), moment, required, now, note.to_owned()]);
        }
    }
}

/// The type, with links to what it is made of.
fn field_type(model: &Model, anchors: &Anchors, ty: &DataType) -> String {
    match ty {
        DataType::Array(item) => format!("list of {}", field_type(model, anchors, item)),
        DataType::Map(value) => format!("map of {}", field_type(model, anchors, value)),
        DataType::Enumeration(id) => anchors.link(model, (*id).into()),
        DataType::Embedded(id) => anchors.link(model, (*id).into()),
        other => prose(&type_name(model, other), Place::Cell),
    }
}

fn rules(model: &Model, anchors: &Anchors, entity: &Entity, field: &Field) -> Vec<String> {
    let mut rules = Vec::new();
    let mut say = |holds: bool, words: &str| {
        if holds {
            rules.push(words.to_owned());
        }
    };
    say(entity.is_in_primary_key(field.id), "primary key");
    say(field.required, "required");
    say(field.unique, "unique");
    say(field.auto_increment, "counted up");
    say(field.immutable, "never changes");
    say(field.hidden, "hidden");
    say(field.trim, "trimmed");
    say(field.lowercase, "lower case");
    say(field.keeps_id, "keeps its own `_id`");
    rules.extend(field.min.as_ref().map(|min| format!("at least {}", min.as_str())));
    rules.extend(field.max.as_ref().map(|max| format!("at most {}", max.as_str())));
    rules.extend(length(field));
    let pattern = field.pattern.as_ref();
    rules.extend(pattern.map(|pattern| format!("matches {}", code(pattern, Place::Cell))));
    rules.extend(field.generated.as_ref().map(|generated| {
        let how = if generated.stored { "computed and stored" } else { "computed" };
        format!("{how}: {}", code(&generated.expression, Place::Cell))
    }));
    for reference in model.references_from_field(field.id) {
        rules.push(format!("refers to {}", anchors.link(model, reference.to.entity.into())));
    }
    for (target, ty) in &field.native_types {
        rules.push(format!("{} in {}", code(ty, Place::Cell), prose(target, Place::Cell)));
    }
    for (target, options) in &field.extras.options {
        for (key, value) in options {
            let setting = code(&format!("{key}={value}"), Place::Cell);
            rules.push(format!("{setting} in {}", prose(target, Place::Cell)));
        }
    }
    rules
}

fn length(field: &Field) -> Option<String> {
    match (field.min_length, field.max_length) {
        (Some(min), Some(max)) if min == max => Some(format!("{min} characters")),
        (Some(min), Some(max)) => Some(format!("{min} to {max} characters")),
        (Some(min), None) => Some(format!("at least {min} characters")),
        (None, Some(max)) => Some(format!("at most {max} characters")),
        (None, None) => None,
    }
}

fn default(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Value(literal) => match literal {
            Literal::Null => "none".to_owned(),
            Literal::Boolean(value) => code(&value.to_string(), Place::Cell),
            Literal::Number(number) => code(number.as_str(), Place::Cell),
            Literal::Text(text) if text.is_empty() => "empty text".to_owned(),
            Literal::Text(text) => code(text, Place::Cell),
            Literal::EmptyArray => "empty list".to_owned(),
            Literal::EmptyObject => "empty object".to_owned(),
        },
        DefaultValue::Now => "now".to_owned(),
        DefaultValue::Generated => "generated".to_owned(),
        DefaultValue::Expression(text) => code(text, Place::Cell),
    }
}
