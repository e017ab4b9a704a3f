//! Indexes, and those that are constraints in disguise.

use sqlparser::ast::{BinaryOperator, Expr};

use crate::formats::code::{code, join};
use crate::formats::relational::naming::default_name;
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::import::build::{Builder, ids_of};
use crate::formats::sql::import::expression::{bare, call, column, parse};
use crate::formats::sql::import::facts::{IndexFacts, KeyFacts, TableFacts};
use crate::formats::sql::import::index::without_parentheses;
use crate::formats::sql::import::losses::Lost;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::index::{Index, IndexKind, IndexPart, IndexTarget};

/// Gives an entity the indexes of its table.
pub(super) fn apply_indexes(builder: &mut Builder<'_>, entity: &mut Entity, table: &TableFacts) {
    for facts in &table.indexes {
        if table.query.is_some() {
            let subject = facts.name.as_ref().unwrap_or(&table.name.name).clone();
            builder.lose(Lost::ViewIndex, subject, facts.place);
            continue;
        }
        if let Some(key) = filtered_key(builder.dialect, facts, table) {
            builder.unique(entity, table, &key);
            continue;
        }
        if let Some(index) = index_of(builder, entity, table, facts) {
            entity.indexes.push(index);
        }
    }
}

/// A unique index over the rows that have values: how SQL Server says a unique constraint.
fn filtered_key(dialect: &dyn Dialect, facts: &IndexFacts, table: &TableFacts) -> Option<KeyFacts> {
    let partial = facts.partial.as_ref().filter(|_| facts.unique)?;
    let columns: Vec<_> =
        facts.parts.iter().map(|part| part.on.clone().ok()).collect::<Option<_>>()?;
    let optional =
        columns.iter().filter(|name| table.column(name).is_some_and(|column| !column.required));
    let all = optional.map(|name| code!(dialect.quoted(name), " IS NOT NULL"));
    let all = join(all, " AND ");
    let is_same = !all.is_empty() && partial.to_lowercase() == all.as_str().to_lowercase();
    is_same.then(|| KeyFacts { name: facts.name.clone(), columns })
}

fn index_of(
    builder: &mut Builder<'_>,
    entity: &Entity,
    table: &TableFacts,
    facts: &IndexFacts,
) -> Option<Index> {
    let missing = facts.parts.iter().filter_map(|part| part.on.as_ref().ok());
    if let Some(name) = missing.into_iter().find(|name| table.column(name).is_none()) {
        builder.report_column(table, name, "the index is left out", facts.place);
        return None;
    }
    let words = match facts.parts.as_slice() {
        [only] => only.on.as_ref().err().and_then(|text| words_of(builder, text)),
        _ => None,
    };
    let parts: Vec<_> = match &words {
        Some(columns) => {
            ids_of(entity, table, columns).into_iter().map(IndexPart::ascending).collect()
        }
        None => facts
            .parts
            .iter()
            .filter_map(|part| {
                let on = match &part.on {
                    Ok(name) => {
                        let position = table.column_position(name)?;
                        IndexTarget::Field(entity.fields.get(position)?.id)
                    }
                    Err(text) => IndexTarget::Expression(text.clone()),
                };
                Some(IndexPart { on, order: part.order })
            })
            .collect(),
    };
    if parts.is_empty() {
        return None;
    }
    let names: Vec<&str> = match &words {
        Some(columns) => columns.iter().map(String::as_str).collect(),
        None => facts.parts.iter().map(|p| p.on.as_deref().unwrap_or("expr")).collect(),
    };
    let usual = default_name::index(&table.name.name, &names);
    let is_point = parts.iter().all(|part| {
        part.on
            .field()
            .and_then(|id| entity.field(id))
            .is_some_and(|field| matches!(field.ty, DataType::GeoPoint | DataType::Mixed))
    });
    let kind = match facts.kind {
        _ if words.is_some() => IndexKind::Text,
        IndexKind::Geo if !is_point => IndexKind::Ordered,
        other => other,
    };
    let subject = facts.name.clone().unwrap_or_else(|| usual.clone());
    let is_known = match facts.method.as_deref() {
        None | Some("btree" | "hash") => true,
        Some("gin") => words.is_some() || is_composite(entity, &parts),
        Some(_) => kind == IndexKind::Geo,
    };
    if !is_known {
        let method = facts.method.as_deref().unwrap_or_default();
        builder.lose(Lost::Method, format!("{subject} ({method})"), facts.place);
    }
    for what in facts.lost.iter().chain(facts.parts.iter().flat_map(|part| &part.lost)) {
        builder.lose(*what, subject.clone(), facts.place);
    }
    if has_own_prefix(entity, table, facts) {
        builder.lose(Lost::Prefix, subject, facts.place);
    }
    let mut index = Index::over(builder.mint.mint(), []);
    index.name = facts.name.clone().filter(|name| !builder.is_usual(name, &usual));
    index.parts = parts;
    index.kind = kind;
    index.unique = facts.unique;
    index.partial = facts.partial.as_deref().map(|text| without_parentheses(text).to_owned());
    index.note.clone_from(&facts.note);
    Some(index)
}

/// Whether it looks at another part of a text than our own scripts would say.
fn has_own_prefix(entity: &Entity, table: &TableFacts, facts: &IndexFacts) -> bool {
    let usual = (768 / facts.parts.len().max(1)).min(255);
    facts.parts.iter().any(|part| {
        let position = part.on.as_ref().ok().and_then(|name| table.column_position(name));
        let field = position.and_then(|position| entity.fields.get(position));
        let is_string = field.is_some_and(|field| matches!(field.ty, DataType::String { .. }));
        part.prefix.is_some_and(|length| length as usize != usual || is_string && length < 255)
    })
}

/// Whether it is one column that our scripts give an inverted index.
fn is_composite(entity: &Entity, parts: &[IndexPart]) -> bool {
    let [only] = parts else { return false };
    let field = only.on.field().and_then(|id| entity.field(id));
    field.is_some_and(|field| matches!(field.ty, DataType::Json | DataType::Array(_)))
}

/// The columns of a full-text index as our PostgreSQL scripts write it.
fn words_of(builder: &Builder<'_>, text: &str) -> Option<Vec<String>> {
    let expression = parse(builder.dialect.reading(), text)?;
    let (function, arguments) = call(&expression)?;
    let [_, texts] = arguments.as_slice() else { return None };
    let is_own = function == "to_tsvector" && text.starts_with("to_tsvector('simple', coalesce(");
    is_own.then(|| joined_columns(texts)).flatten()
}

/// The columns in `coalesce(a, '') || ' ' || coalesce(b, '')`.
fn joined_columns(expression: &Expr) -> Option<Vec<String>> {
    match bare(expression) {
        Expr::BinaryOp { left, op: BinaryOperator::StringConcat, right } => {
            let mut columns = joined_columns(left)?;
            columns.extend(joined_columns(right)?);
            Some(columns)
        }
        Expr::Value(_) => Some(Vec::new()),
        other => {
            let (function, arguments) = call(other)?;
            let name = column(arguments.first()?)?;
            (function == "coalesce").then(|| vec![name])
        }
    }
}
