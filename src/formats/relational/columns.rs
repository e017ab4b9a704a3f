//! Fields as columns, and documents inside documents as JSON columns or child tables.

use crate::base::expression::is_contained;
use crate::formats::relational::keys;
use crate::formats::relational::links::Link;
use crate::formats::relational::lower::{Lowering, plain_column};
use crate::formats::relational::naming::NameOf;
use crate::formats::relational::schema::{
    Column, ColumnOrigin, ColumnType, TableOrigin, UniqueKey,
};
use crate::formats::relational::target::EmbeddedStyle;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::entity::EntityKind;
use crate::model::field::{DefaultValue, Field, Literal};
use crate::model::id::EntityId;

/// A field whose content becomes a table of its own.
pub(super) struct Child<'a> {
    parent: usize,
    entity: EntityId,
    field: &'a Field,
    content: Content,
    is_list: bool,
    /// The embedded types around it, against recursion.
    within: Vec<EntityId>,
}

/// What a row of a child table holds.
enum Content {
    Embedded(EntityId),
    Object,
    Scalar(ColumnType),
}

/// How a field is stored.
enum Storage {
    Column,
    ReferenceList,
    Child(Content, bool),
}

/// Gives every table of an entity its columns.
pub(super) fn fill_tables(lowering: &mut Lowering<'_>) {
    let model = lowering.model;
    for entity in model.entities() {
        if let Some(table) = lowering.table_of(entity.id) {
            add_fields(lowering, table, entity.id, &entity.fields, &[]);
        }
    }
}

fn add_fields<'a>(
    lowering: &mut Lowering<'a>,
    table: usize,
    entity: EntityId,
    fields: &'a [Field],
    within: &[EntityId],
) {
    for field in fields {
        match storage(lowering, field, within) {
            Storage::Column => {
                report_json(lowering, entity, field);
                let column = column_of_field(lowering, entity, field);
                lowering.add_column(table, column);
            }
            Storage::ReferenceList => lowering.found_lists.push((table, field.id)),
            Storage::Child(content, is_list) => {
                let within = within.to_vec();
                let child = Child { parent: table, entity, field, content, is_list, within };
                lowering.children.push(child);
            }
        }
    }
}

fn storage(lowering: &Lowering<'_>, field: &Field, within: &[EntityId]) -> Storage {
    if lowering.reference_lists.contains_key(&field.id) {
        return Storage::ReferenceList;
    }
    if lowering.choices.embedded == EmbeddedStyle::Json {
        return Storage::Column;
    }
    let (item, is_list) = match &field.ty {
        DataType::Array(item) => (item.as_ref(), true),
        other => (other, false),
    };
    match item {
        DataType::Object => Storage::Child(Content::Object, is_list),
        DataType::Embedded(id) if !within.contains(id) => {
            Storage::Child(Content::Embedded(*id), is_list)
        }
        scalar if is_list && !lowering.target.arrays => match column_type(lowering, scalar) {
            ColumnType::Json => Storage::Column,
            ty => Storage::Child(Content::Scalar(ty), true),
        },
        _ => Storage::Column,
    }
}

/// Says what a JSON column hides from the database.
fn report_json(lowering: &mut Lowering<'_>, entity: EntityId, field: &Field) {
    let subject = lowering.display_field(entity, field);
    let innermost = field.ty.innermost();
    match innermost {
        DataType::Embedded(_) | DataType::Object => {
            if lowering.choices.embedded == EmbeddedStyle::Tables {
                lowering
                    .notices
                    .warn("documents that contain themselves are stored as JSON", subject);
            } else {
                lowering.notices.note("embedded documents are stored as JSON", subject);
            }
        }
        _ if column_type(lowering, &field.ty) == ColumnType::Json && field.ty.is_array() => {
            lowering.notices.note("lists are stored as JSON", subject);
        }
        _ => {}
    }
}

/// The type of a column that holds values of that type, where it needs nothing else to be known.
pub fn plain_type(ty: &DataType) -> Option<ColumnType> {
    Some(match ty {
        DataType::String { length } => ColumnType::String { length: *length },
        DataType::Text => ColumnType::Text,
        DataType::Integer(size) => ColumnType::Integer(*size),
        DataType::Decimal { precision, scale } => {
            ColumnType::Decimal { precision: *precision, scale: *scale }
        }
        DataType::Float => ColumnType::Float,
        DataType::Double => ColumnType::Double,
        DataType::Boolean => ColumnType::Boolean,
        DataType::Date => ColumnType::Date,
        DataType::Time => ColumnType::Time,
        DataType::DateTime { zoned } => ColumnType::DateTime { zoned: *zoned },
        DataType::Interval => ColumnType::Interval,
        DataType::Uuid => ColumnType::Uuid,
        DataType::ObjectId => ColumnType::ObjectId,
        DataType::Binary { length } => ColumnType::Binary { length: *length },
        DataType::GeoPoint => ColumnType::GeoPoint,
        DataType::Inet => ColumnType::Inet,
        DataType::Vector { dimensions } => ColumnType::Vector { dimensions: *dimensions },
        DataType::Json
        | DataType::Map(_)
        | DataType::Mixed
        | DataType::Embedded(_)
        | DataType::Object => ColumnType::Json,
        DataType::Enumeration(_) | DataType::Array(_) => return None,
    })
}

/// The type of a column that holds values of that type.
pub(super) fn column_type(lowering: &Lowering<'_>, ty: &DataType) -> ColumnType {
    match ty {
        DataType::Enumeration(id) => match lowering.enumeration_positions.get(id) {
            Some(position) => ColumnType::Enumeration(*position),
            None => ColumnType::String { length: None },
        },
        DataType::Array(item) => match column_type(lowering, item) {
            ColumnType::Json | ColumnType::Array(_) => ColumnType::Json,
            item if lowering.target.arrays => ColumnType::Array(Box::new(item)),
            _ => ColumnType::Json,
        },
        other => plain_type(other).unwrap_or(ColumnType::Json),
    }
}

/// The column that holds a field, with the field's own name.
pub(super) fn column_of_field(
    lowering: &mut Lowering<'_>,
    entity: EntityId,
    field: &Field,
) -> Column {
    let ty = column_type(lowering, &field.ty);
    let origin = ColumnOrigin::Field(entity, field.id);
    let mut column = plain_column(origin, lowering.styled(&field.name), ty);
    let ids = lowering.target.ids;
    column.native_type = ids.iter().find_map(|id| field.native_types.get(*id).cloned());
    column.nullable = !field.required;
    column.note.clone_from(&field.note);
    column.extras.clone_from(&field.extras);
    column.default.clone_from(&field.default);
    // No value is what a column without a default has.
    column.default.take_if(|default| match default {
        DefaultValue::Value(literal) => *literal == Literal::Null,
        DefaultValue::Expression(text) => {
            text.trim_matches(['(', ')', ' ']).eq_ignore_ascii_case("null")
        }
        DefaultValue::Now | DefaultValue::Generated => false,
    });
    column.updated_on_change = ids.iter().any(|id| field.extras.option(id, "on_update").is_some());
    if let Some(generated) = &field.generated {
        if is_contained(&generated.expression) {
            column.generated = Some(generated.clone());
        } else {
            let subject = lowering.display_field(entity, field);
            lowering.notices.warn("expressions that are not one expression are left out", subject);
        }
    }
    if field.auto_increment {
        let is_integer = matches!(column.ty, ColumnType::Integer(_));
        if is_integer && column.generated.is_none() {
            column.auto_increment = true;
            column.nullable = false;
        } else {
            let subject = lowering.display_field(entity, field);
            let why = if is_integer {
                "computed columns are not counted up"
            } else {
                "only integers can be counted up"
            };
            lowering.notices.warn(why, subject);
        }
    }
    let is_computed = column.auto_increment || column.generated.is_some();
    if is_computed && column.default.take().is_some() {
        let subject = lowering.display_field(entity, field);
        lowering.notices.warn("computed columns have no default", subject);
    }
    column
}

/// Makes the child tables, outer ones first.
pub(super) fn child_tables(lowering: &mut Lowering<'_>) {
    while !lowering.children.is_empty() {
        for child in std::mem::take(&mut lowering.children) {
            child_table(lowering, child);
        }
    }
}

fn child_table<'a>(lowering: &mut Lowering<'a>, child: Child<'a>) {
    let parent_key = keys::ensured_key(lowering, child.parent);
    let Some(parent) = lowering.drafts.get(child.parent) else { return };
    let (parent_name, camel) = (parent.table.name.clone(), parent.camel);
    let extras = parent.table.extras.clone();
    let parent_types: Vec<_> = parent_key
        .iter()
        .filter_map(|name| parent.table.column(name))
        .map(|column| (column.name.clone(), column.ty.clone(), column.native_type.clone()))
        .collect();
    let embedded = match &child.content {
        Content::Embedded(id) => Some(*id),
        Content::Object | Content::Scalar(_) => None,
    };
    let wanted = format!("{}_{}", parent_name.name, lowering.styled(&child.field.name));
    let name = lowering.relation_name_in(parent_name.namespace.clone(), &wanted, NameOf::Relation);
    let (entity, field) = (child.entity, child.field.id);
    let table = lowering.draft(TableOrigin::Child { entity, field, embedded }, name, camel);
    let subject = lowering.display_field(entity, child.field);
    lowering.notices.note("embedded documents and lists have tables of their own", subject);
    if let Some(draft) = lowering.drafts.get_mut(table) {
        draft.table.note.clone_from(&child.field.note);
        // It is stored as the table that it is a part of.
        draft.table.extras = extras;
    }

    let has_own_key = child.is_list && !matches!(child.content, Content::Scalar(_));
    if has_own_key {
        keys::add_implicit_key(lowering, table);
    }
    let mut tie = Vec::new();
    for (name, ty, native_type) in parent_types {
        let wanted = lowering.made_name(table, &[&parent_name.name, &name]);
        let mut column = plain_column(ColumnOrigin::Parent, wanted, ty);
        column.native_type = native_type;
        tie.push(lowering.add_column(table, column));
    }
    lowering.links.push(Link::tie(table, tie.clone(), child.parent, parent_key));
    if child.is_list {
        let ty = ColumnType::Integer(IntegerSize::Regular);
        let position = plain_column(ColumnOrigin::Position, "position".to_owned(), ty);
        tie.push(lowering.add_column(table, position));
    }
    let key = UniqueKey { name: String::new(), columns: tie };
    if let Some(draft) = lowering.drafts.get_mut(table) {
        if has_own_key {
            draft.table.uniques.push(key);
        } else {
            draft.table.primary_key = Some(key);
        }
    }
    child_columns(lowering, table, child);
}

fn child_columns<'a>(lowering: &mut Lowering<'a>, table: usize, child: Child<'a>) {
    let mut within = child.within;
    match child.content {
        Content::Embedded(id) => {
            let model = lowering.model;
            let Some(embedded) = model.entity(id) else { return };
            within.push(id);
            if embedded.kind == EntityKind::Embedded {
                lowering.tables_of.entry(id).or_default().push(table);
            }
            if let Some(draft) = lowering.drafts.get_mut(table) {
                draft.timestamps = embedded.timestamps;
            }
            add_fields(lowering, table, id, &embedded.fields, &within);
        }
        Content::Object => add_fields(lowering, table, child.entity, &child.field.fields, &within),
        Content::Scalar(ty) => {
            let origin = ColumnOrigin::Field(child.entity, child.field.id);
            lowering.add_column(table, plain_column(origin, "value".to_owned(), ty));
        }
    }
}

/// Gives tables the columns that `timestamps` stands for, unless they have fields of that name.
pub(super) fn timestamps(lowering: &mut Lowering<'_>) {
    for table in 0..lowering.drafts.len() {
        let is_stamped = lowering.drafts.get(table).is_some_and(|draft| draft.timestamps);
        if !is_stamped {
            continue;
        }
        for (origin, words) in [
            (ColumnOrigin::CreatedAt, ["created", "at"]),
            (ColumnOrigin::UpdatedAt, ["updated", "at"]),
        ] {
            let name = lowering.made_name(table, &words);
            let is_there =
                lowering.drafts.get(table).is_some_and(|d| d.column_names.is_taken(&name));
            if is_there {
                continue;
            }
            let mut column = plain_column(origin, name, ColumnType::DateTime { zoned: true });
            column.default = Some(DefaultValue::Now);
            column.updated_on_change = origin == ColumnOrigin::UpdatedAt;
            lowering.add_column(table, column);
        }
    }
}
