//! Primary and alternate keys, unique fields and indexes.

use crate::base::expression::is_contained;
use crate::formats::relational::lower::{Lowering, plain_column};
use crate::formats::relational::schema::{
    Column, ColumnOrigin, ColumnType, IndexOn, TableIndex, TableIndexPart, UniqueKey,
};
use crate::formats::relational::target::KeyStyle;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::DefaultValue;
use crate::model::id::FieldId;
use crate::model::index::{Index, IndexTarget};
use crate::model::key::KeyKind;

/// Gives every table of an entity its primary key; a collection always has one.
pub(super) fn primary_keys(lowering: &mut Lowering<'_>) {
    let model = lowering.model;
    for entity in model.entities() {
        let Some(table) = lowering.table_of(entity.id) else { continue };
        let key = entity.primary_key();
        let columns = key.and_then(|key| lowering.columns_of(table, &key.fields));
        let columns = columns.filter(|columns| !columns.is_empty());
        if let (Some(key), Some(columns)) = (key, columns) {
            set_primary_key(lowering, table, key.name.clone().unwrap_or_default(), columns);
            restyle_object_id(lowering, table, entity.kind);
            continue;
        }
        if key.is_some() {
            let display = model.display_name(entity.id.into());
            lowering.notices.warn("keys over fields inside other fields are left out", display);
        }
        if entity.kind == EntityKind::Collection {
            let own_id = entity.field_named("_id").map(|field| field.id);
            if let Some(columns) = own_id.and_then(|id| lowering.columns_of(table, &[id])) {
                set_primary_key(lowering, table, String::new(), columns);
                restyle_object_id(lowering, table, entity.kind);
            } else {
                let name = add_implicit_key(lowering, table);
                let subject = format!("{}.{name}", model.display_name(entity.id.into()));
                lowering.notices.note("collections without a key get one", subject);
            }
        }
    }
}

fn set_primary_key(lowering: &mut Lowering<'_>, table: usize, name: String, columns: Vec<String>) {
    let Some(draft) = lowering.drafts.get_mut(table) else { return };
    for column in &mut draft.table.columns {
        if columns.contains(&column.name) {
            column.nullable = false;
        }
    }
    draft.table.primary_key = Some(UniqueKey { name, columns });
}

/// Makes of an object id that is the whole key of a collection what a person chose.
fn restyle_object_id(lowering: &mut Lowering<'_>, table: usize, kind: EntityKind) {
    let style = lowering.choices.keys;
    let Some(draft) = lowering.drafts.get_mut(table) else { return };
    let key = draft.table.primary_key.as_ref().map(|key| key.columns.as_slice());
    let Some([name]) = key else { return };
    let column = draft.table.columns.iter_mut().find(|column| column.name == *name);
    if let Some(column) = column
        && kind == EntityKind::Collection
        && column.ty == ColumnType::ObjectId
        && style != KeyStyle::ObjectId
    {
        make_key(column, style);
    }
}

fn make_key(column: &mut Column, style: KeyStyle) {
    column.ty = style.column_type();
    column.native_type = None;
    column.auto_increment = style == KeyStyle::Identity;
    column.default = match style {
        KeyStyle::Identity => None,
        KeyStyle::Uuid | KeyStyle::ObjectId => Some(DefaultValue::Generated),
    };
}

/// Adds the key that nobody drew, in front, and says its name.
pub(super) fn add_implicit_key(lowering: &mut Lowering<'_>, table: usize) -> String {
    let style = lowering.choices.keys;
    let mut column = plain_column(ColumnOrigin::Key, "id".to_owned(), style.column_type());
    make_key(&mut column, style);
    let name = lowering.add_column(table, column);
    if let Some(draft) = lowering.drafts.get_mut(table) {
        draft.table.columns.rotate_right(1);
    }
    set_primary_key(lowering, table, String::new(), vec![name.clone()]);
    name
}

/// The primary key of a table, made where there is none.
pub(super) fn ensured_key(lowering: &mut Lowering<'_>, table: usize) -> Vec<String> {
    let Some(draft) = lowering.drafts.get(table) else { return Vec::new() };
    if let Some(key) = &draft.table.primary_key {
        return key.columns.clone();
    }
    let subject = draft.table.name.name.clone();
    lowering.notices.warn("tables that are referenced and have no key get one", subject);
    vec![add_implicit_key(lowering, table)]
}

/// Alternate keys and unique fields, wherever an entity's fields stand.
pub(super) fn alternate_keys(lowering: &mut Lowering<'_>) {
    let model = lowering.model;
    for entity in model.entities() {
        let tables = lowering.tables_of.get(&entity.id).cloned().unwrap_or_default();
        for table in tables {
            for field in entity.all_fields().into_iter().filter(|field| field.unique) {
                add_unique(lowering, table, entity, "", &[field.id]);
            }
            for key in entity.keys.iter().filter(|key| is_alternate(entity, key.kind)) {
                let name = key.name.as_deref().unwrap_or_default();
                add_unique(lowering, table, entity, name, &key.fields);
            }
        }
    }
}

/// The primary key of an embedded type identifies only among its siblings: another unique key.
fn is_alternate(entity: &Entity, kind: KeyKind) -> bool {
    kind == KeyKind::Alternate || entity.kind == EntityKind::Embedded
}

fn add_unique(
    lowering: &mut Lowering<'_>,
    table: usize,
    entity: &Entity,
    name: &str,
    fields: &[FieldId],
) {
    let columns = lowering.columns_of(table, fields).filter(|columns| !columns.is_empty());
    let Some(mut columns) = columns else {
        let display = lowering.model.display_name(entity.id.into());
        lowering.notices.warn("unique fields inside JSON are not checked", display);
        return;
    };
    let Some(draft) = lowering.drafts.get_mut(table) else { return };
    if entity.kind == EntityKind::Embedded {
        let parent = draft.table.columns.iter().filter(|c| c.origin == ColumnOrigin::Parent);
        columns.splice(0..0, parent.map(|column| column.name.clone()));
    }
    let is_primary = draft.table.primary_key.as_ref().is_some_and(|key| key.columns == columns);
    let is_there = draft.table.uniques.iter().any(|key| key.columns == columns);
    if is_there || (is_primary && name.is_empty()) {
        return;
    }
    draft.table.uniques.push(UniqueKey { name: name.to_owned(), columns });
}

/// Indexes, wherever an entity's fields stand.
pub(super) fn indexes(lowering: &mut Lowering<'_>) {
    let model = lowering.model;
    for entity in model.entities() {
        let tables = lowering.tables_of.get(&entity.id).cloned().unwrap_or_default();
        for table in tables {
            for index in &entity.indexes {
                add_index(lowering, table, entity, index);
            }
        }
    }
}

fn add_index(lowering: &mut Lowering<'_>, table: usize, entity: &Entity, index: &Index) {
    let display = lowering.model.display_name(entity.id.into());
    let subject = match &index.name {
        Some(name) => format!("{display} {name}"),
        None => display,
    };
    let mut parts = Vec::new();
    for part in &index.parts {
        let on = match &part.on {
            IndexTarget::Field(id) => {
                let Some(column) = lowering.column_of(table, *id) else {
                    let why = "indexes over fields inside JSON or lists are left out";
                    lowering.notices.warn(why, subject);
                    return;
                };
                IndexOn::Column(column.name.clone())
            }
            IndexTarget::Expression(text) if is_contained(text) => {
                IndexOn::Expression(text.trim().to_owned())
            }
            IndexTarget::Expression(_) => {
                lowering
                    .notices
                    .warn("expressions that are not one expression are left out", subject);
                return;
            }
        };
        parts.push(TableIndexPart { on, order: part.order, prefix: None });
    }
    let partial = index.partial.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if partial.is_some_and(|text| text.starts_with('{') || !is_contained(text)) {
        lowering.notices.warn("partial indexes whose condition is not SQL are left out", subject);
        return;
    }
    let made = TableIndex {
        id: Some(index.id),
        name: index.name.clone().unwrap_or_default(),
        parts,
        kind: index.kind,
        unique: index.unique,
        partial: partial.map(str::to_owned),
        note: index.note.clone(),
    };
    if let Some(draft) = lowering.drafts.get_mut(table)
        && !made.parts.is_empty()
    {
        draft.table.indexes.push(made);
    }
}
