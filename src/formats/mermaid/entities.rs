//! Entities as blocks of fields.
//!
//! Must not know references beyond which fields carry one.

use std::collections::{BTreeMap, BTreeSet};

use crate::formats::code::{code, join};
use crate::formats::mermaid::text::{Code, CodeWriter, comment, one_line, text, word};
use crate::formats::mermaid::{Detail, Plan};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::id::{ElementId, FieldId};
use crate::model::key::KeyKind;
use crate::model::spelling::type_name;
use crate::model::type_words::from_spelling;

/// Writes the block of an entity.
pub(super) fn entity(model: &Model, plan: &Plan, entity: &Entity, code: &mut CodeWriter) {
    let Some(head) = plan.heads.get(&entity.id) else { return };
    code.from_element(ElementId::Entity(entity.id), |code| {
        if !one_line(&entity.note).is_empty() {
            code.line(comment(&entity.note));
        }
        if plan.detail == Detail::Names {
            code.line(head);
            return;
        }
        code.block(code!(head, " {"), "}", |code| {
            fields(model, plan, entity, &entity.fields, code);
            if entity.timestamps && plan.detail == Detail::All {
                timestamps(entity, code);
            }
        });
    });
}

fn fields(
    model: &Model,
    plan: &Plan,
    entity: &Entity,
    fields_here: &[Field],
    code: &mut CodeWriter,
) {
    for field in fields_here {
        let keys = keys(plan, entity, field);
        code.from_element(ElementId::Field(entity.id, field.id), |code| {
            if plan.detail == Detail::All || !keys.is_empty() {
                code.line(line(model, plan, field, &keys));
            }
            fields(model, plan, entity, &field.fields, code);
        });
    }
}

fn line(model: &Model, plan: &Plan, field: &Field, keys: &[&'static str]) -> Code {
    let optional = if plan.marks_optional && !field.required { "?" } else { "" };
    let shown = plan.fields.get(&field.id).cloned().unwrap_or_default();
    let name = word(&shown);
    let mut line = code!(field_type(model, plan, &field.ty), optional, " ", &name);
    if !keys.is_empty() {
        line.push(" ");
        line.push(join(keys, ", "));
    }
    let mut comment = Vec::new();
    if name != shown.as_str() {
        comment.push(shown);
    }
    comment.push(one_line(&field.note));
    if let Some(enumeration) = field.ty.enumeration().and_then(|id| model.enumeration(id)) {
        let values = enumeration.values.iter().map(|value| choice(&value.name));
        let mut seen = BTreeSet::new();
        let is_new = |value: &String| !value.is_empty() && seen.insert(value.clone());
        let values: Vec<_> = values.filter(is_new).collect();
        // A single one would look like a remark.
        let end = if values.len() < 2 { " |" } else { "" };
        comment.push(one_line(&format!("{}{end}", values.join(" | "))));
    }
    comment.retain(|part| !part.is_empty());
    if !comment.is_empty() {
        line.push(" ");
        line.push(text(&comment.join("; ")));
    }
    line
}

/// The type as one word: lists end in `[]`.
fn field_type(model: &Model, plan: &Plan, ty: &DataType) -> Code {
    match ty {
        DataType::Array(item) => code!(field_type(model, plan, item), "[]"),
        DataType::Map(value) => code!("map(", field_type(model, plan, value), ")"),
        DataType::Embedded(id) if plan.ids.contains_key(id) => {
            plan.ids.get(id).cloned().unwrap_or_default()
        }
        DataType::Enumeration(_) => {
            let name = word(&one_line(&type_name(model, ty)));
            // It would be read as a type.
            if from_spelling(name.as_str()).is_some() { code!(name, "_") } else { name }
        }
        other => word(&one_line(&type_name(model, other)).replace(", ", ",")),
    }
}

/// The marks of a field: `PK`, `FK`, `UK`.
fn keys(plan: &Plan, entity: &Entity, field: &Field) -> Vec<&'static str> {
    let is_alternate =
        entity.keys.iter().any(|key| key.kind == KeyKind::Alternate && key.fields == [field.id]);
    let mut keys = Vec::new();
    if entity.is_in_primary_key(field.id) {
        keys.push("PK");
    }
    if plan.referencing.contains(&field.id) {
        keys.push("FK");
    }
    if field.unique || is_alternate {
        keys.push("UK");
    }
    keys
}

/// Names fields by their paths, each on one line and told apart by numbers; one without a name has a
/// sign.
pub(super) fn name_fields(
    names: &mut BTreeMap<FieldId, String>,
    fields: &[Field],
    path: &str,
    taken: &mut BTreeSet<String>,
) {
    for field in fields {
        let own = match choice(&field.name) {
            own if own.is_empty() => "_".to_owned(),
            own => own,
        };
        let wanted = format!("{path}{own}");
        let mut name = wanted.clone();
        let mut n = 2;
        while !taken.insert(name.clone()) {
            name = format!("{wanted}_{n}");
            n += 1;
        }
        name_fields(names, &field.fields, &format!("{name}."), taken);
        names.insert(field.id, name);
    }
}

/// A name or value as one part of several in a comment.
fn choice(value: &str) -> String {
    one_line(value).replace('|', "｜").replace(';', "；")
}

fn timestamps(entity: &Entity, code: &mut CodeWriter) {
    let names = match entity.kind {
        EntityKind::Collection | EntityKind::Embedded => ["createdAt", "updatedAt"],
        EntityKind::Table | EntityKind::View => ["created_at", "updated_at"],
    };
    for name in names.into_iter().filter(|name| entity.field_named(name).is_none()) {
        code.line(code!("datetime ", name));
    }
}

/// The fields that carry a reference.
pub(super) fn referencing_fields(model: &Model) -> BTreeSet<FieldId> {
    model.references().flat_map(|reference| reference.from.fields.iter().copied()).collect()
}
