//! References as foreign keys and join tables.

use crate::base::ident::{Case, with_case};
use crate::formats::relational::agreement::{drop_disagreeing, take_types};
use crate::formats::relational::keys;
use crate::formats::relational::lower::{Lowering, plain_column};
use crate::formats::relational::naming::NameOf;
use crate::formats::relational::referenced::{is_unique, make_referenced_unique};
use crate::formats::relational::schema::{
    ColumnOrigin, IndexOn, TableIndex, TableIndexPart, TableOrigin, UniqueKey,
};
use crate::model::entity::EntityKind;
use crate::model::id::{EntityId, FieldId, ReferenceId};
use crate::model::index::{IndexKind, SortOrder};
use crate::model::reference::{End, Reference, ReferentialAction};

/// A foreign key in the making, between drafts.
pub(super) struct Link {
    pub(super) reference: Option<ReferenceId>,
    pub(super) name: String,
    pub(super) from: usize,
    pub(super) columns: Vec<String>,
    pub(super) to: usize,
    pub(super) to_columns: Vec<String>,
    pub(super) on_delete: ReferentialAction,
    pub(super) on_update: ReferentialAction,
    pub(super) note: String,
}

impl Link {
    /// The tie of a table to the one that it belongs to.
    pub(super) fn tie(
        from: usize,
        columns: Vec<String>,
        to: usize,
        to_columns: Vec<String>,
    ) -> Self {
        Self {
            reference: None,
            name: String::new(),
            from,
            columns,
            to,
            to_columns,
            on_delete: ReferentialAction::Cascade,
            on_update: ReferentialAction::NoAction,
            note: String::new(),
        }
    }
}

/// Makes a foreign key, made columns or a join table of every reference, and gives referencing
/// columns the type of what they reference.
pub(super) fn lower_references(lowering: &mut Lowering<'_>) {
    let model = lowering.model;
    for reference in model.references() {
        lower_reference(lowering, reference);
    }
    for (table, field) in std::mem::take(&mut lowering.found_lists) {
        list_of_references(lowering, table, field);
    }
    take_types(lowering);
    drop_disagreeing(lowering);
    make_referenced_unique(lowering);
}

fn lower_reference(lowering: &mut Lowering<'_>, reference: &Reference) {
    let is_list = |id: &FieldId| lowering.reference_lists.contains_key(id);
    if reference.from.fields.iter().any(is_list) {
        report_list_in_json(lowering, reference);
        return;
    }
    let from_tables = lowering.tables_of.get(&reference.from.entity).cloned().unwrap_or_default();
    let to = lowering.table_of(reference.to.entity);
    let (Some(to), false) = (to, from_tables.is_empty()) else {
        report_no_table(lowering, reference);
        return;
    };
    if !reference.from.fields.is_empty() {
        for table in from_tables {
            link_columns(lowering, reference, table, to);
        }
    } else if reference.is_many_to_many() {
        for table in from_tables {
            let wanted = reference.name.clone();
            join_table(lowering, reference, table, to, wanted);
        }
    } else if reference.to.cardinality.is_many() {
        // The referenced side is the one that can hold the key: each of its rows belongs to one.
        for table in from_tables {
            link_made_columns(lowering, reference, [to, table], &reference.from, &reference.to);
        }
    } else {
        for table in from_tables {
            link_made_columns(lowering, reference, [table, to], &reference.to, &reference.from);
        }
    }
}

fn display(lowering: &Lowering<'_>, reference: &Reference) -> String {
    let name = |entity: EntityId| lowering.model.display_name(entity.into());
    let from = lowering.model.entity(reference.from.entity);
    let fields = reference.from.fields.iter().filter_map(|id| from?.field(*id));
    let fields: Vec<_> = fields.map(|field| field.name.as_str()).collect();
    let dot = if fields.is_empty() { "" } else { "." };
    format!(
        "{}{dot}{} → {}",
        name(reference.from.entity),
        fields.join("+"),
        name(reference.to.entity)
    )
}

fn report_no_table(lowering: &mut Lowering<'_>, reference: &Reference) {
    let kinds = [&reference.from, &reference.to].map(|end| lowering.model.entity(end.entity));
    let is_embedded = kinds.into_iter().flatten().any(|entity| entity.kind == EntityKind::Embedded);
    let subject = display(lowering, reference);
    if is_embedded {
        lowering.notices.warn("references inside JSON are not checked by the database", subject);
    } else {
        lowering.notices.warn("references of views are left out", subject);
    }
}

fn report_list_in_json(lowering: &mut Lowering<'_>, reference: &Reference) {
    let is_found = lowering.found_lists.iter().any(|(_, id)| reference.from.fields.contains(id));
    if !is_found {
        let subject = display(lowering, reference);
        lowering.notices.warn("references inside JSON are not checked by the database", subject);
    }
}

fn link_columns(lowering: &mut Lowering<'_>, reference: &Reference, from: usize, to: usize) {
    let Some(columns) = lowering.columns_of(from, &reference.from.fields) else {
        let subject = display(lowering, reference);
        lowering.notices.warn("references inside JSON are not checked by the database", subject);
        return;
    };
    let to_columns = if reference.to.fields.is_empty() {
        keys::ensured_key(lowering, to)
    } else {
        lowering.columns_of(to, &reference.to.fields).unwrap_or_default()
    };
    if columns.len() != to_columns.len() {
        let subject = display(lowering, reference);
        let why = "references whose ends have different numbers of columns are left out";
        lowering.notices.warn(why, subject);
        return;
    }
    push_link(lowering, reference, [from, to], columns, to_columns);
    if !reference.from.cardinality.is_many() {
        make_unique(lowering, from);
    }
}

fn push_link(
    lowering: &mut Lowering<'_>,
    reference: &Reference,
    [from, to]: [usize; 2],
    columns: Vec<String>,
    to_columns: Vec<String>,
) {
    lowering.links.push(Link {
        reference: Some(reference.id),
        name: reference.name.clone().unwrap_or_default(),
        from,
        columns,
        to,
        to_columns,
        on_delete: reference.on_delete,
        on_update: reference.on_update,
        note: reference.note.clone(),
    });
}

/// Makes the columns of the newest link unique, unless they are.
fn make_unique(lowering: &mut Lowering<'_>, table: usize) {
    let Some(columns) = lowering.links.last().map(|link| link.columns.clone()) else { return };
    if !is_unique(lowering, table, &columns)
        && let Some(draft) = lowering.drafts.get_mut(table)
    {
        draft.table.uniques.push(UniqueKey { name: String::new(), columns });
    }
}

/// A foreign key over columns that nobody drew. `referenced` is the end that they point at.
fn link_made_columns(
    lowering: &mut Lowering<'_>,
    reference: &Reference,
    [from, to]: [usize; 2],
    referenced: &End,
    referencing: &End,
) {
    let to_columns = if referenced.fields.is_empty() {
        keys::ensured_key(lowering, to)
    } else {
        lowering.columns_of(to, &referenced.fields).unwrap_or_default()
    };
    if to_columns.is_empty() {
        let subject = display(lowering, reference);
        lowering.notices.warn("references inside JSON are not checked by the database", subject);
        return;
    }
    let word = referenced.role.clone().unwrap_or_else(|| entity_word(lowering, referenced.entity));
    let nullable = referenced.cardinality.is_optional();
    let columns = pointing_columns(lowering, reference.id, [from, to], &word, &to_columns);
    if let Some(draft) = lowering.drafts.get_mut(from) {
        for column in &mut draft.table.columns {
            if columns.contains(&column.name) {
                column.nullable = nullable;
            }
        }
    }
    let table = lowering.drafts.get(from).map(|draft| draft.table.name.name.clone());
    let subject = format!("{}.{}", table.unwrap_or_default(), columns.join("+"));
    lowering.notices.note("references without fields get columns", subject);
    push_link(lowering, reference, [from, to], columns, to_columns);
    if !referencing.cardinality.is_many() {
        make_unique(lowering, from);
    }
}

/// The name of an entity as the beginning of a column name.
fn entity_word(lowering: &Lowering<'_>, entity: EntityId) -> String {
    let name = lowering.model.entity(entity).map(|entity| entity.name.as_str());
    with_case(name.unwrap_or_default(), Case::Snake)
}

/// Adds one required column per key column, named after `word` and the key column.
fn pointing_columns(
    lowering: &mut Lowering<'_>,
    reference: ReferenceId,
    [table, to]: [usize; 2],
    word: &str,
    key: &[String],
) -> Vec<String> {
    let mut made = Vec::new();
    for name in key {
        let target = lowering.drafts.get(to).and_then(|draft| draft.table.column(name));
        let Some(target) = target else { continue };
        let (ty, native_type) = (target.ty.clone(), target.native_type.clone());
        let wanted = lowering.made_name(table, &[word, name]);
        let mut column = plain_column(ColumnOrigin::Reference(reference), wanted, ty);
        column.native_type = native_type;
        made.push(lowering.add_column(table, column));
    }
    made
}

/// A table of pairs; `wanted` is its name when somebody chose one.
fn join_table(
    lowering: &mut Lowering<'_>,
    reference: &Reference,
    from: usize,
    to: usize,
    wanted: Option<String>,
) {
    let name_of = |table: usize| lowering.drafts.get(table).map(|draft| draft.table.name.clone());
    let (Some(from_name), Some(to_name)) = (name_of(from), name_of(to)) else { return };
    let camel = lowering.drafts.get(from).is_some_and(|draft| draft.camel);
    let wanted = wanted.unwrap_or_else(|| format!("{}_{}", from_name.name, to_name.name));
    let wanted = lowering.styled(&wanted);
    let name = lowering.relation_name_in(from_name.namespace, &wanted, NameOf::Relation);
    lowering.notices.note("many-to-many references have join tables", name.name.clone());
    let table = lowering.draft(TableOrigin::Join(reference.id), name, camel);
    let from_word = lowering.made_name(from, &[&from_name.name]);
    let from_word = reference.from.role.clone().unwrap_or(from_word);
    let to_word = match &reference.to.role {
        Some(role) => role.clone(),
        None if reference.is_self_reference() => format!("other_{from_word}"),
        None => entity_word(lowering, reference.to.entity),
    };
    let from_key = keys::ensured_key(lowering, from);
    let to_key = keys::ensured_key(lowering, to);
    let near = pointing_columns(lowering, reference.id, [table, from], &from_word, &from_key);
    let far = pointing_columns(lowering, reference.id, [table, to], &to_word, &to_key);
    let [on_delete, on_update] =
        [reference.on_delete, reference.on_update].map(|action| match action {
            ReferentialAction::NoAction
            | ReferentialAction::SetNull
            | ReferentialAction::SetDefault => None,
            ReferentialAction::Restrict | ReferentialAction::Cascade => Some(action),
        });
    lowering.links.push(Link::tie(table, near.clone(), from, from_key));
    lowering.links.push(Link {
        on_delete: on_delete.unwrap_or(ReferentialAction::Cascade),
        on_update: on_update.unwrap_or_default(),
        reference: Some(reference.id),
        ..Link::tie(table, far.clone(), to, to_key)
    });
    let Some(draft) = lowering.drafts.get_mut(table) else { return };
    draft.table.note.clone_from(&reference.note);
    draft.table.indexes.push(TableIndex {
        id: None,
        name: String::new(),
        parts: far
            .iter()
            .map(|name| TableIndexPart {
                on: IndexOn::Column(name.clone()),
                order: SortOrder::Ascending,
                prefix: None,
            })
            .collect(),
        kind: IndexKind::Ordered,
        unique: false,
        partial: None,
        note: String::new(),
    });
    let columns = near.into_iter().chain(far).collect();
    draft.table.primary_key = Some(UniqueKey { name: String::new(), columns });
}

fn list_of_references(lowering: &mut Lowering<'_>, table: usize, field: FieldId) {
    let model = lowering.model;
    let id = lowering.reference_lists.get(&field).copied();
    let Some(reference) = id.and_then(|id| model.reference(id)) else { return };
    let Some(to) = lowering.table_of(reference.to.entity) else {
        report_no_table(lowering, reference);
        return;
    };
    let Some(draft) = lowering.drafts.get(table) else { return };
    let entity = model.entity(reference.from.entity);
    let name = entity.and_then(|entity| entity.field(field)).map(|field| field.name.as_str());
    let wanted = format!("{}_{}", draft.table.name.name, name.unwrap_or_default());
    join_table(lowering, reference, table, to, Some(wanted));
}
