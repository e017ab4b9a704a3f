//! Edits of fields, keys and indexes.

use lunette::document::edit::fields::{FieldPlace, duplicate_field, move_field, retype_field};
use lunette::document::project::Project;
use lunette::model::data_type::DataType;
use lunette::model::field::{DefaultValue, Field, Generated, Literal, Number};
use lunette::model::id::{FieldId, IdMint};
use lunette::model::index::{Index, IndexKind, IndexPart, IndexTarget, SortOrder};
use lunette::model::key::{Key, KeyKind};

use super::{Edit, Kind};

pub(super) const ALL: &[Kind] = &[
    add_field,
    add_field,
    add_nested_field,
    rename_field,
    rule_field,
    set_default,
    retype,
    move_anywhere,
    duplicate,
    remove_field,
    add_key,
    remove_key,
    add_index,
    change_index,
    remove_index,
];

fn add_field(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some(entity) = edit.entity(project) else { return };
    let field = Field::new(mint.mint(), edit.name(), edit.ty(project));
    project.model.entity_mut(entity).unwrap().fields.push(field);
}

fn add_nested_field(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some((entity, parent)) = edit.field(project) else { return };
    let field = Field::new(mint.mint(), edit.name(), edit.ty(project));
    let parent = project.model.entity_mut(entity).unwrap().field_mut(parent).unwrap();
    if *parent.ty.innermost() == DataType::Object {
        parent.fields.push(field);
    }
}

fn changed_field<'a>(project: &'a mut Project, edit: &Edit) -> Option<&'a mut Field> {
    let (entity, field) = edit.field(project)?;
    project.model.entity_mut(entity)?.field_mut(field)
}

fn rename_field(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(field) = changed_field(project, edit) else { return };
    field.name = edit.name();
}

fn number(edit: &Edit) -> Number {
    let digits = ["0", "-7", "0.10", "1e400", "12345678901234567890123", "2.5", "-0", "1E-7"];
    Number::parse(digits[edit.c % digits.len()]).unwrap()
}

fn rule_field(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(field) = changed_field(project, edit) else { return };
    let length = edit.flag().then(|| u32::try_from(edit.c).unwrap_or_default());
    match edit.c % 17 {
        0 => field.required = edit.flag(),
        1 => field.unique = !field.unique,
        2 => field.auto_increment = !field.auto_increment,
        3 => field.immutable = !field.immutable,
        4 => field.min = Some(number(edit)),
        5 => field.max = Some(number(edit)),
        6 => field.min_length = length,
        7 => field.max_length = length,
        8 => field.pattern = edit.optional(),
        9 => field.trim = !field.trim,
        10 => field.lowercase = !field.lowercase,
        11 => field.hidden = !field.hidden,
        12 => field.note = edit.name(),
        13 => field.extras.set(&edit.text, "key", edit.name()),
        14 => field.keeps_id = !field.keeps_id,
        15 => {
            field.native_types.insert(edit.name(), edit.name());
        }
        _ => {
            field.generated = edit.optional().map(|expression| {
                let stored = edit.a.is_multiple_of(2);
                Generated { expression, stored }
            });
        }
    }
}

fn set_default(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(field) = changed_field(project, edit) else { return };
    field.default = match edit.c % 10 {
        0 => None,
        1 => Some(DefaultValue::Now),
        2 => Some(DefaultValue::Generated),
        3 => Some(DefaultValue::Expression(edit.name())),
        4 => Some(DefaultValue::Value(Literal::Null)),
        5 => Some(DefaultValue::Value(Literal::Boolean(edit.a.is_multiple_of(2)))),
        6 => Some(DefaultValue::Value(Literal::Number(number(edit)))),
        7 => Some(DefaultValue::Value(Literal::EmptyArray)),
        8 => Some(DefaultValue::Value(Literal::EmptyObject)),
        _ => Some(DefaultValue::Value(Literal::Text(edit.name()))),
    };
}

fn retype(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some((entity, field)) = edit.field(project) else { return };
    let ty = edit.ty(project);
    retype_field(project, entity, field, ty);
}

fn move_anywhere(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some((entity, field)) = edit.field(project) else { return };
    let objects = project.model.entity(entity).unwrap().all_fields().into_iter();
    let objects = objects.filter(|one| *one.ty.innermost() == DataType::Object).map(|one| one.id);
    let parents: Vec<Option<FieldId>> = std::iter::once(None).chain(objects.map(Some)).collect();
    let parent = parents[edit.c % parents.len()];
    move_field(project, field, FieldPlace { entity, parent, position: edit.c % 7 });
}

fn duplicate(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some((entity, field)) = edit.field(project) else { return };
    duplicate_field(project, mint, entity, field);
}

fn remove_field(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some((entity, field)) = edit.field(project) else { return };
    project.model.remove_field(entity, field);
}

fn add_key(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some((entity, field)) = edit.field(project) else { return };
    let id = mint.mint();
    let entity = project.model.entity_mut(entity).unwrap();
    let kind = match entity.primary_key() {
        None => KeyKind::Primary,
        Some(_) => KeyKind::Alternate,
    };
    entity.keys.push(Key { id, kind, fields: vec![field], name: edit.optional() });
}

fn remove_key(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(entity) = edit.entity(project) else { return };
    project.model.entity_mut(entity).unwrap().keys.pop();
}

fn add_index(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some((entity, field)) = edit.field(project) else { return };
    let mut index = Index::over(mint.mint(), [field]);
    if edit.flag() {
        let on = IndexTarget::Expression(edit.name());
        index.parts.push(IndexPart { on, order: SortOrder::Descending });
    }
    project.model.entity_mut(entity).unwrap().indexes.push(index);
}

fn change_index(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(entity) = edit.entity(project) else { return };
    let indexes = &mut project.model.entity_mut(entity).unwrap().indexes;
    let Some(index) = indexes.last_mut() else { return };
    match edit.c % 6 {
        0 => index.name = edit.optional(),
        1 => index.kind = IndexKind::Text,
        2 => index.unique = !index.unique,
        3 => index.sparse = !index.sparse,
        4 => index.partial = edit.optional(),
        _ => index.expire_after_seconds = edit.flag().then_some(u64::MAX),
    }
}

fn remove_index(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(entity) = edit.entity(project) else { return };
    project.model.entity_mut(entity).unwrap().indexes.pop();
}
