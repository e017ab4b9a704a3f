//! How an element of a model is called where nothing else shows which one is meant.

use crate::model::Model;
use crate::model::entity::Entity;
use crate::model::id::{ElementId, FieldId};
use crate::model::index::{Index, IndexTarget};
use crate::model::key::KeyKind;
use crate::model::reference::End;

/// The name of an element: `sales.users.email`, `orders.user_id → users`; empty when the model
/// does not have it.
pub fn name_of(model: &Model, element: ElementId) -> String {
    named(model, element).unwrap_or_default()
}

fn named(model: &Model, element: ElementId) -> Option<String> {
    Some(match element {
        ElementId::Namespace(id) => model.namespace(id)?.name.clone(),
        ElementId::Entity(id) => model.display_name(id.into()),
        ElementId::Enumeration(id) => model.display_name(id.into()),
        ElementId::Area(id) => model.area(id)?.name.clone(),
        ElementId::Note(id) => {
            let text = &model.note(id)?.text;
            text.lines().next().unwrap_or_default().to_owned()
        }
        ElementId::Field(entity, id) => {
            format!("{}.{}", model.display_name(entity.into()), path(model.entity(entity)?, id))
        }
        ElementId::Value(id, value) => {
            let values = &model.enumeration(id)?.values;
            let value = values.iter().find(|one| one.id == value)?;
            format!("{}.{}", model.display_name(id.into()), value.name)
        }
        ElementId::Key(id, key) => {
            let entity = model.entity(id)?;
            let key = entity.keys.iter().find(|one| one.id == key)?;
            let kind = if key.kind == KeyKind::Primary { "primary " } else { "" };
            format!("{kind}{}({})", model.display_name(id.into()), fields(entity, &key.fields))
        }
        ElementId::Index(id, index) => {
            let entity = model.entity(id)?;
            let index = entity.indexes.iter().find(|one| one.id == index)?;
            format!("{}({})", model.display_name(id.into()), parts(entity, index))
        }
        ElementId::Check(id, check) => {
            let checks = &model.entity(id)?.checks;
            let check = checks.iter().find(|one| one.id == check)?;
            let name = check.name.as_ref().unwrap_or(&check.expression);
            format!("{}({name})", model.display_name(id.into()))
        }
        ElementId::Reference(id) => {
            let reference = model.reference(id)?;
            format!("{} → {}", end(model, &reference.from), end(model, &reference.to))
        }
    })
}

/// The path of a field below its entity: `address.city`.
pub(super) fn path(entity: &Entity, field: FieldId) -> String {
    let path = entity.field_path(field);
    path.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(".")
}

/// The paths of fields: `last_name, first_name`.
pub(super) fn fields(entity: &Entity, ids: &[FieldId]) -> String {
    ids.iter().map(|id| path(entity, *id)).collect::<Vec<_>>().join(", ")
}

/// What an index looks at: `email, lower(name)`.
pub(super) fn parts(entity: &Entity, index: &Index) -> String {
    let part = |target: &IndexTarget| match target {
        IndexTarget::Field(id) => path(entity, *id),
        IndexTarget::Expression(expression) => expression.clone(),
    };
    index.parts.iter().map(|one| part(&one.on)).collect::<Vec<_>>().join(", ")
}

/// An end of a reference: `orders.user_id`, `orders(a, b)`, `users`.
pub(super) fn end(model: &Model, end: &End) -> String {
    let name = model.display_name(end.entity.into());
    match (model.entity(end.entity), end.fields.as_slice()) {
        (Some(entity), [only]) => format!("{name}.{}", path(entity, *only)),
        (Some(entity), [_, _, ..]) => format!("{name}({})", fields(entity, &end.fields)),
        (Some(_) | None, _) => name,
    }
}
