//! The table of an entity's fields: name, type, rules, default, note.
//!
//! Must not know keys over several fields, indexes or references of others.

use crate::formats::code::{code, join};
use crate::formats::markdown::anchors::Anchors;
use crate::formats::markdown::text::{Code, CodeWriter, Place, code, prose};
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
                    join(rules(model, anchors, entity, field), ", "),
                    field.default.as_ref().map(default).unwrap_or_default(),
                    prose(&field.note, Place::Cell),
                ],
            );
            rows(model, anchors, entity, (&field.fields, &path), out);
        });
    }
}

/// Writes a row of a table.
pub(super) fn row<const N: usize>(out: &mut CodeWriter, cells: &[Code; N]) {
    let mut line = code!("|");
    for cell in cells {
        if !cell.is_empty() {
            line.push(" ");
            line.push(cell);
        }
        line.push(" |");
    }
    out.line(line);
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
            let moment = prose(&moment, Place::Cell);
            let cells =
                [code(name, Place::Cell), moment, code!("required"), code!("now"), code!(note)];
            row(out, &cells);
        }
    }
}

/// The type, with links to what it is made of.
fn field_type(model: &Model, anchors: &Anchors, ty: &DataType) -> Code {
    match ty {
        DataType::Array(item) => code!("list of ", field_type(model, anchors, item)),
        DataType::Map(value) => code!("map of ", field_type(model, anchors, value)),
        DataType::Enumeration(id) => anchors.link(model, (*id).into()),
        DataType::Embedded(id) => anchors.link(model, (*id).into()),
        other => prose(&type_name(model, other), Place::Cell),
    }
}

fn rules(model: &Model, anchors: &Anchors, entity: &Entity, field: &Field) -> Vec<Code> {
    let mut rules = Vec::new();
    let mut say = |holds: bool, words: &'static str| {
        if holds {
            rules.push(code!(words));
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
    rules.extend(field.min.as_ref().map(|min| code!("at least ", min)));
    rules.extend(field.max.as_ref().map(|max| code!("at most ", max)));
    rules.extend(length(field));
    let pattern = field.pattern.as_ref();
    rules.extend(pattern.map(|pattern| code!("matches ", code(pattern, Place::Cell))));
    rules.extend(field.generated.as_ref().map(|generated| {
        let how = if generated.stored { "computed and stored" } else { "computed" };
        code!(how, ": ", code(&generated.expression, Place::Cell))
    }));
    for reference in model.references_from_field(field.id) {
        rules.push(code!("refers to ", anchors.link(model, reference.to.entity.into())));
    }
    for (target, ty) in &field.native_types {
        rules.push(code!(code(ty, Place::Cell), " in ", prose(target, Place::Cell)));
    }
    for (target, options) in &field.extras.options {
        for (key, value) in options {
            let setting = code(&format!("{key}={value}"), Place::Cell);
            rules.push(code!(setting, " in ", prose(target, Place::Cell)));
        }
    }
    rules
}

fn length(field: &Field) -> Option<Code> {
    match (field.min_length, field.max_length) {
        (Some(min), Some(max)) if min == max => Some(code!(min, " characters")),
        (Some(min), Some(max)) => Some(code!(min, " to ", max, " characters")),
        (Some(min), None) => Some(code!("at least ", min, " characters")),
        (None, Some(max)) => Some(code!("at most ", max, " characters")),
        (None, None) => None,
    }
}

fn default(default: &DefaultValue) -> Code {
    match default {
        DefaultValue::Value(literal) => match literal {
            Literal::Null => code!("none"),
            Literal::Boolean(value) => code(&value.to_string(), Place::Cell),
            Literal::Number(number) => code(number.as_str(), Place::Cell),
            Literal::Text(text) if text.is_empty() => code!("empty text"),
            Literal::Text(text) => code(text, Place::Cell),
            Literal::EmptyArray => code!("empty list"),
            Literal::EmptyObject => code!("empty object"),
        },
        DefaultValue::Now => code!("now"),
        DefaultValue::Generated => code!("generated"),
        DefaultValue::Expression(text) => code(text, Place::Cell),
    }
}
