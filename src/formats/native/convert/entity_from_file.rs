//! The objects of entities, fields, keys, indexes and checks as parts of the model.

use indexmap::IndexMap;
use serde_json::Value as Json;

use crate::formats::native::convert::defaults::{default_from_json, number_from_json};
use crate::formats::native::convert::report::{Report, id_from_text};
use crate::formats::native::type_text::type_from_text;
use crate::formats::native::v1;
use crate::model::data_type::DataType;
use crate::model::entity::{Check, Entity, EntityKind};
use crate::model::extras::Extras;
use crate::model::field::{Field, Generated};
use crate::model::id::FieldId;
use crate::model::index::{Index, IndexKind, IndexPart, IndexTarget, SortOrder};
use crate::model::key::{Key, KeyKind};

/// How deep fields may be nested; deeper ones move up to the entity.
const DEEPEST: usize = 200;

const KEY_KINDS: [(&str, KeyKind); 2] =
    [("primary", KeyKind::Primary), ("alternate", KeyKind::Alternate)];

const INDEX_KINDS: [(&str, IndexKind); 4] = [
    ("ordered", IndexKind::Ordered),
    ("hash", IndexKind::Hash),
    ("text", IndexKind::Text),
    ("geo", IndexKind::Geo),
];

const SORT_ORDERS: [(&str, SortOrder); 2] =
    [("ascending", SortOrder::Ascending), ("descending", SortOrder::Descending)];

/// The fields of one entity by the text of their ids: an entity that was copied within the file
/// keeps its keys and indexes.
type Ids = IndexMap<String, FieldId>;

/// The entity of an object.
pub(super) fn entity(file: v1::Entity, report: &mut Report<'_>) -> Entity {
    let id = report.define(&file.id, &file.name);
    let kinds = EntityKind::ALL.map(|kind| (kind.as_str(), kind));
    let kind = report.word(&kinds, &file.kind, &file.id, "kind of entity");
    let mut entity = Entity::new(id, file.name, kind.unwrap_or(EntityKind::Collection));
    report.keep(&id.to_string(), file.unknown);
    entity.namespace = file.namespace.as_deref().map(id_from_text);
    entity.stored_name = file.stored_name;
    entity.timestamps = file.timestamps;
    entity.keeps_id = file.keeps_id;
    entity.note = file.note;
    entity.query = file.query;
    entity.extras = Extras { options: file.extras };
    let mut ids = Ids::new();
    for one in file.fields {
        let parent = one.inside.clone();
        let owner = one.id.clone();
        let field = field(one, &entity.name, &mut ids, report);
        put_field(&mut entity, field, parent.as_deref().map(|text| (text, &ids)), &owner, report);
    }
    entity.keys = file.keys.into_iter().map(|one| key(one, &entity.name, &ids, report)).collect();
    entity.indexes =
        file.indexes.into_iter().map(|one| index(one, &entity.name, &ids, report)).collect();
    entity.checks = file.checks.into_iter().map(|one| check(one, &entity.name, report)).collect();
    entity
}

/// Puts a field where it belongs: at the end of the entity, or into the object that it names.
fn put_field(
    entity: &mut Entity,
    field: Field,
    parent: Option<(&str, &Ids)>,
    owner: &str,
    report: &mut Report<'_>,
) {
    let Some((text, ids)) = parent else { return entity.fields.push(field) };
    let parent = ids.get(text).copied().unwrap_or_else(|| id_from_text(text));
    let depth = entity.field_path(parent).len();
    if depth < DEEPEST
        && let Some(object) = entity.field_mut(parent)
    {
        object.fields.push(field);
        return;
    }
    let place = report.places.of_value(owner, text);
    let message = format!("`{}` cannot be inside `{text}`", field.name);
    report.warn(place, message, "it moved to its entity; name an object that stands above it");
    entity.fields.push(field);
}

fn field(file: v1::Field, entity: &str, ids: &mut Ids, report: &mut Report<'_>) -> Field {
    let name = format!("{entity}.{}", file.name);
    let id: FieldId = report.define(&file.id, &name);
    ids.entry(file.id.clone()).or_insert(id);
    let ty = type_from_text(&file.ty).unwrap_or_else(|| {
        let place = report.places.of_value(&file.id, &file.ty);
        let message = format!("unknown type `{}` of `{name}`", file.ty);
        report.warn(place, message, "it became `mixed`; the schema of the file lists the types");
        DataType::Mixed
    });
    let default = file.default.as_ref().and_then(|json| {
        let what = || format!("`{json}` is no default of `{name}`");
        default_from_json(json).or_else(|| left_out(report, &file.id, what()))
    });
    let mut bound = |json: &Json| {
        let what = || format!("`{json}` is no bound of `{name}`");
        number_from_json(json).or_else(|| left_out(report, &file.id, what()))
    };
    let min = file.min.as_ref().and_then(&mut bound);
    let max = file.max.as_ref().and_then(&mut bound);
    report.keep(&id.to_string(), file.unknown);
    Field {
        id,
        name: file.name,
        ty,
        native_types: file.native_types,
        fields: file.fields.into_iter().map(|one| field(one, entity, ids, report)).collect(),
        keeps_id: file.keeps_id,
        required: file.required,
        unique: file.unique,
        default,
        auto_increment: file.auto_increment,
        generated: file.generated.map(|one| generated(one, id, report)),
        immutable: file.immutable,
        min,
        max,
        min_length: file.min_length,
        max_length: file.max_length,
        pattern: file.pattern,
        trim: file.trim,
        lowercase: file.lowercase,
        hidden: file.hidden,
        note: file.note,
        extras: Extras { options: file.extras },
    }
}

/// Tells that something was left out, and leaves it out.
fn left_out<T>(report: &mut Report<'_>, owner: &str, message: String) -> Option<T> {
    let place = report.places.of_definition(owner, 0);
    report.warn(place, message, "it was left out; the schema of the file says what it may be");
    None
}

fn generated(file: v1::Generated, field: FieldId, report: &mut Report<'_>) -> Generated {
    report.keep(&format!("{field}/generated"), file.unknown);
    Generated { expression: file.expression, stored: file.stored }
}

fn field_ids(texts: &[String], ids: &Ids) -> Vec<FieldId> {
    let id = |text: &String| ids.get(text).copied().unwrap_or_else(|| id_from_text(text));
    texts.iter().map(id).collect()
}

fn key(file: v1::Key, entity: &str, ids: &Ids, report: &mut Report<'_>) -> Key {
    let id = report.define(&file.id, &format!("a key of {entity}"));
    let kind = report.word(&KEY_KINDS, &file.kind, &file.id, "kind of key");
    report.keep(&format!("{id}"), file.unknown);
    Key {
        id,
        kind: kind.unwrap_or(KeyKind::Alternate),
        fields: field_ids(&file.fields, ids),
        name: file.name,
    }
}

fn index(file: v1::Index, entity: &str, ids: &Ids, report: &mut Report<'_>) -> Index {
    let id = report.define(&file.id, &format!("an index of {entity}"));
    let kind = file
        .kind
        .and_then(|kind| report.word(&INDEX_KINDS, &kind, &file.id, "kind of index"))
        .unwrap_or_default();
    report.keep(&format!("{id}"), file.unknown);
    let mut parts = Vec::new();
    for (position, one) in file.parts.into_iter().enumerate() {
        report.keep(&format!("{id}/parts/{position}"), one.unknown);
        let on = match (one.field, one.expression) {
            (Some(field), _) => {
                let field = ids.get(&field).copied().unwrap_or_else(|| id_from_text(&field));
                IndexTarget::Field(field)
            }
            (None, Some(expression)) => IndexTarget::Expression(expression),
            (None, None) => {
                let message = format!("a part of an index of `{entity}` names nothing");
                let _: Option<()> = left_out(report, &file.id, message);
                continue;
            }
        };
        let order =
            one.order.and_then(|order| report.word(&SORT_ORDERS, &order, &file.id, "order"));
        parts.push(IndexPart { on, order: order.unwrap_or_default() });
    }
    Index {
        id,
        name: file.name,
        parts,
        kind,
        unique: file.unique,
        sparse: file.sparse,
        partial: file.partial,
        expire_after_seconds: file.expire_after_seconds,
        note: file.note,
    }
}

fn check(file: v1::Check, entity: &str, report: &mut Report<'_>) -> Check {
    let id = report.define(&file.id, &format!("a check of {entity}"));
    report.keep(&format!("{id}"), file.unknown);
    Check { id, name: file.name, expression: file.expression, note: file.note }
}
