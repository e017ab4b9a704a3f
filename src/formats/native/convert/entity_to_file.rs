//! An entity with its fields, keys, indexes and checks as objects of the project file.

use crate::formats::native::convert::defaults::{json_from_default, json_from_number};
use crate::formats::native::convert::file_from_project::Kept;
use crate::formats::native::type_text::text_from_type;
use crate::formats::native::v1;
use crate::model::entity::{Check, Entity};
use crate::model::field::Field;
use crate::model::index::{Index, IndexKind, IndexPart, IndexTarget, SortOrder};
use crate::model::key::{Key, KeyKind};

/// Objects nested deeper than this hold their fields by the key `in`, since JSON readers take
/// about a hundred levels only.
const DEEPEST_INSIDE: usize = 24;

/// The object of an entity.
pub(super) fn entity(entity: &Entity, kept: Kept<'_>) -> v1::Entity {
    let id = entity.id.to_string();
    let mut too_deep = Vec::new();
    let mut fields: Vec<_> =
        entity.fields.iter().map(|one| field(one, 0, kept, &mut too_deep)).collect();
    while !too_deep.is_empty() {
        for (parent, children) in std::mem::take(&mut too_deep) {
            for child in children {
                let mut child = field(child, 0, kept, &mut too_deep);
                child.inside = Some(parent.clone());
                fields.push(child);
            }
        }
    }
    v1::Entity {
        name: entity.name.clone(),
        kind: entity.kind.as_str().to_owned(),
        namespace: entity.namespace.map(|id| id.to_string()),
        stored_name: entity.stored_name.clone(),
        timestamps: entity.timestamps,
        keeps_id: entity.keeps_id,
        note: entity.note.clone(),
        query: entity.query.clone(),
        fields,
        keys: entity.keys.iter().map(|one| key(one, kept)).collect(),
        indexes: entity.indexes.iter().map(|one| index(one, kept)).collect(),
        checks: entity.checks.iter().map(|one| check(one, kept)).collect(),
        extras: entity.extras.options.clone(),
        unknown: kept.at(&id),
        id,
    }
}

/// The fields of an object that is too deep to hold them, and that object's id.
type TooDeep<'a> = (String, &'a [Field]);

fn field<'a>(
    field: &'a Field,
    depth: usize,
    kept: Kept<'_>,
    too_deep: &mut Vec<TooDeep<'a>>,
) -> v1::Field {
    let id = field.id.to_string();
    let nested = if depth < DEEPEST_INSIDE {
        field.fields.iter().map(|one| self::field(one, depth + 1, kept, too_deep)).collect()
    } else {
        too_deep.extend((!field.fields.is_empty()).then(|| (id.clone(), field.fields.as_slice())));
        Vec::new()
    };
    let generated = field.generated.as_ref().map(|generated| v1::Generated {
        expression: generated.expression.clone(),
        stored: generated.stored,
        unknown: kept.at(&format!("{id}/generated")),
    });
    v1::Field {
        inside: None,
        name: field.name.clone(),
        ty: text_from_type(&field.ty),
        native_types: field.native_types.clone(),
        required: field.required,
        unique: field.unique,
        default: field.default.as_ref().map(json_from_default),
        auto_increment: field.auto_increment,
        generated,
        immutable: field.immutable,
        min: field.min.as_ref().map(json_from_number),
        max: field.max.as_ref().map(json_from_number),
        min_length: field.min_length,
        max_length: field.max_length,
        pattern: field.pattern.clone(),
        trim: field.trim,
        lowercase: field.lowercase,
        hidden: field.hidden,
        keeps_id: field.keeps_id,
        note: field.note.clone(),
        extras: field.extras.options.clone(),
        fields: nested,
        unknown: kept.at(&id),
        id,
    }
}

fn key(key: &Key, kept: Kept<'_>) -> v1::Key {
    let Key { id, kind, fields, name } = key;
    let id = id.to_string();
    let kind = match kind {
        KeyKind::Primary => "primary",
        KeyKind::Alternate => "alternate",
    };
    v1::Key {
        unknown: kept.at(&id),
        id,
        kind: kind.to_owned(),
        fields: fields.iter().map(ToString::to_string).collect(),
        name: name.clone(),
    }
}

fn index(index: &Index, kept: Kept<'_>) -> v1::Index {
    let Index { id, name, parts, kind, unique, sparse, partial, expire_after_seconds, note } =
        index;
    let id = id.to_string();
    let kind = match kind {
        IndexKind::Ordered => None,
        IndexKind::Hash => Some("hash"),
        IndexKind::Text => Some("text"),
        IndexKind::Geo => Some("geo"),
    };
    let parts = parts.iter().enumerate();
    v1::Index {
        name: name.clone(),
        kind: kind.map(str::to_owned),
        parts: parts
            .map(|(position, one)| part(one, kept.at(&format!("{id}/parts/{position}"))))
            .collect(),
        unique: *unique,
        sparse: *sparse,
        partial: partial.clone(),
        expire_after_seconds: *expire_after_seconds,
        note: note.clone(),
        unknown: kept.at(&id),
        id,
    }
}

fn part(part: &IndexPart, unknown: v1::Unknown) -> v1::IndexPart {
    let (field, expression) = match &part.on {
        IndexTarget::Field(id) => (Some(id.to_string()), None),
        IndexTarget::Expression(expression) => (None, Some(expression.clone())),
    };
    let order = match part.order {
        SortOrder::Ascending => None,
        SortOrder::Descending => Some("descending".to_owned()),
    };
    v1::IndexPart { field, expression, order, unknown }
}

fn check(check: &Check, kept: Kept<'_>) -> v1::Check {
    let Check { id, name, expression, note } = check;
    let id = id.to_string();
    v1::Check {
        unknown: kept.at(&id),
        id,
        name: name.clone(),
        expression: expression.clone(),
        note: note.clone(),
    }
}
