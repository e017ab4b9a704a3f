//! Checks: those that say a rule become one, the others stay.

use crate::formats::relational::naming::default_name;
use crate::formats::relational::schema::Rule;
use crate::formats::sql::import::build::Builder;
use crate::formats::sql::import::expression::{parse, rules};
use crate::formats::sql::import::facts::{CheckFacts, ColumnFacts, TableFacts};
use crate::formats::sql::import::fields::default_value;
use crate::formats::sql::import::index::without_parentheses;
use crate::formats::sql::import::types::native;
use crate::model::data_type::DataType;
use crate::model::entity::{Check, Entity};
use crate::model::field::Field;

/// Gives an entity the checks of its table.
pub(super) fn apply_checks(builder: &mut Builder<'_>, entity: &mut Entity, table: &TableFacts) {
    for check in &table.checks {
        if apply_rules(builder, entity, table, check) {
            continue;
        }
        let usual = default_name::check(&table.name.name, None);
        let name = check.name.clone().filter(|name| !builder.is_usual(name, &usual));
        entity.checks.push(Check {
            id: builder.mint.mint(),
            name,
            expression: without_parentheses(&check.expression).to_owned(),
            note: check.note.clone(),
        });
    }
}

/// Makes rules of a check over one column that has no name of its own.
fn apply_rules(
    builder: &mut Builder<'_>,
    entity: &mut Entity,
    table: &TableFacts,
    check: &CheckFacts,
) -> bool {
    let parsed = parse(builder.dialect.reading(), &check.expression);
    let Some(found) = parsed.as_ref().and_then(rules) else { return false };
    let Some((column, _)) = found.first() else { return false };
    let Some(position) = table.column_position(column) else { return false };
    let same = |(other, _): &(String, Rule)| table.column_position(other) == Some(position);
    let written = table.columns.get(position).map(|column| column.name.as_str());
    let usual = default_name::check(&table.name.name, written);
    let is_nameless = check.name.as_ref().is_none_or(|name| builder.is_usual(name, &usual));
    let Some(field) = entity.fields.get(position) else { return false };
    let mut changed = field.clone();
    let fits = found.iter().all(same)
        && is_nameless
        && check.note.is_empty()
        && found.into_iter().all(|(_, rule)| apply_rule(builder, table, &mut changed, rule));
    if fits && let Some(field) = entity.fields.get_mut(position) {
        *field = changed;
    }
    fits
}

fn apply_rule(
    builder: &mut Builder<'_>,
    table: &TableFacts,
    field: &mut Field,
    rule: Rule,
) -> bool {
    let compares_numbers = matches!(rule, Rule::Min(_) | Rule::Max(_));
    if compares_numbers && table.column(&field.name).is_some_and(ColumnFacts::is_untyped) {
        field.ty = DataType::Decimal { precision: None, scale: None };
    }
    let is_text = matches!(field.ty, DataType::String { .. } | DataType::Text);
    let is_number = matches!(
        field.ty,
        DataType::Integer(_) | DataType::Decimal { .. } | DataType::Float | DataType::Double
    );
    match rule {
        Rule::Min(limit) if is_number && field.min.is_none() => field.min = Some(limit),
        Rule::Max(limit) if is_number && field.max.is_none() => field.max = Some(limit),
        Rule::MinLength(length) if is_text && field.min_length.is_none() => {
            field.min_length = Some(length);
        }
        Rule::MaxLength(length) if is_text && field.max_length.is_none() => {
            field.max_length = Some(length);
        }
        Rule::Pattern(pattern) if is_text && field.pattern.is_none() => {
            field.pattern = Some(pattern);
        }
        Rule::OneOf(values) if is_text && is_enumeration(builder, &values) => {
            make_enumeration(builder, table, field, &values);
        }
        Rule::Json if (is_text || field.ty == DataType::Mixed) && field.min_length.is_none() => {
            field.ty = DataType::Json;
            keep_spelling(builder, table, field);
            read_default_again(builder, table, field);
        }
        Rule::Min(_)
        | Rule::Max(_)
        | Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::Pattern(_)
        | Rule::OneOf(_)
        | Rule::Json => return false,
    }
    true
}

/// Whether our own script would write an enumeration of these values as a check.
fn is_enumeration(builder: &Builder<'_>, values: &[String]) -> bool {
    let dialect = builder.dialect;
    dialect.reading().checks_enumerations || !(dialect.target().takes_values)(values)
}

fn make_enumeration(
    builder: &mut Builder<'_>,
    table: &TableFacts,
    field: &mut Field,
    values: &[String],
) {
    let longest = values.iter().map(|value| value.chars().count()).max().unwrap_or(0).max(1);
    let is_usual = field.ty == DataType::String { length: u32::try_from(longest).ok() };
    let id = builder.shared_enumeration(values, &table.name.name, &field.name);
    field.ty = DataType::Enumeration(id);
    if is_usual && builder.is_own_text(table, &field.name) {
        field.native_types.clear();
    } else if field.native_types.is_empty() {
        keep_written(builder, table, field);
    }
}

/// Keeps the spelling of a type whose meaning was found later, unless our script would spell it so.
fn keep_spelling(builder: &Builder<'_>, table: &TableFacts, field: &mut Field) {
    let id = builder.dialect.target().id();
    let Some(column) = table.column(&field.name) else { return };
    field.native_types.clear();
    if let Some(spelling) = native(builder.dialect, &column.ty, &field.ty) {
        field.native_types.insert(id.to_owned(), spelling);
    }
}

fn keep_written(builder: &Builder<'_>, table: &TableFacts, field: &mut Field) {
    let id = builder.dialect.target().id();
    if let Some(column) = table.column(&field.name) {
        field.native_types.insert(id.to_owned(), column.ty.written.clone());
    }
}

/// A default means more once the type is known.
fn read_default_again(builder: &Builder<'_>, table: &TableFacts, field: &mut Field) {
    let text = table.column(&field.name).and_then(|column| column.default.as_ref());
    if let Some(text) = text {
        field.default = default_value(builder.dialect, &field.ty, text);
    }
}

impl Builder<'_> {
    /// Whether a column's text type is spelled as our scripts spell it.
    fn is_own_text(&self, table: &TableFacts, column: &str) -> bool {
        table.column(column).is_some_and(|column| {
            let length = column.ty.arguments.first().and_then(|length| length.parse().ok());
            native(self.dialect, &column.ty, &DataType::String { length }).is_none()
        })
    }
}
