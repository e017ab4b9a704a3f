//! Checks as a person typed them, and the rules of fields as checks.

use crate::base::expression::is_contained;
use crate::formats::relational::lower::Lowering;
use crate::formats::relational::schema::{Column, ColumnType, Condition, Rule, TableCheck};
use crate::model::entity::Entity;
use crate::model::field::Field;

/// Gives tables their checks.
pub(super) fn lower_checks(lowering: &mut Lowering<'_>) {
    let model = lowering.model;
    for entity in model.entities() {
        let tables = lowering.tables_of.get(&entity.id).cloned().unwrap_or_default();
        if tables.is_empty() {
            report_unchecked(lowering, entity);
        }
        for table in tables {
            typed_checks(lowering, table, entity);
            for field in entity.all_fields() {
                field_rules(lowering, table, entity, field);
            }
        }
    }
}

fn report_unchecked(lowering: &mut Lowering<'_>, entity: &Entity) {
    let has_rules = entity.all_fields().into_iter().any(has_rules) || !entity.checks.is_empty();
    if has_rules {
        let display = lowering.model.display_name(entity.id.into());
        lowering.warn("rules inside JSON are not checked by the database", display);
    }
}

fn has_rules(field: &Field) -> bool {
    field.min.is_some()
        || field.max.is_some()
        || field.min_length.is_some()
        || field.max_length.is_some()
        || field.pattern.is_some()
}

fn typed_checks(lowering: &mut Lowering<'_>, table: usize, entity: &Entity) {
    for check in &entity.checks {
        let text = check.expression.trim();
        if !is_contained(text) {
            let subject = format!("{} {text:?}", lowering.model.display_name(entity.id.into()));
            lowering.warn("checks that are not one expression are left out", subject);
            continue;
        }
        let made = TableCheck {
            name: check.name.clone().unwrap_or_default(),
            condition: Condition::Expression(check.id, text.to_owned()),
            note: check.note.clone(),
        };
        if let Some(draft) = lowering.drafts.get_mut(table) {
            draft.table.checks.push(made);
        }
    }
}

fn field_rules(lowering: &mut Lowering<'_>, table: usize, entity: &Entity, field: &Field) {
    if !has_rules(field) {
        return;
    }
    let Some(column) = lowering.column_of(table, field.id) else {
        let subject = lowering.display_field(entity.id, field);
        lowering.warn("rules inside JSON are not checked by the database", subject);
        return;
    };
    let name = column.name.clone();
    let (rules, are_all) = rules_of(field, column);
    if !are_all {
        let subject = lowering.display_field(entity.id, field);
        lowering.warn("rules that do not fit the type are left out", subject);
    }
    if let Some(draft) = lowering.drafts.get_mut(table)
        && !rules.is_empty()
    {
        let condition = Condition::Rules { column: name, rules };
        draft.table.checks.push(TableCheck { name: String::new(), condition, note: String::new() });
    }
}

/// The rules of a field that its column can be asked for, and whether these are all.
fn rules_of(field: &Field, column: &Column) -> (Vec<Rule>, bool) {
    let is_number = matches!(
        column.ty,
        ColumnType::Integer(_)
            | ColumnType::Decimal { .. }
            | ColumnType::Float
            | ColumnType::Double
    );
    let is_text = matches!(column.ty, ColumnType::String { .. } | ColumnType::Text);
    let numbers = [field.min.clone().map(Rule::Min), field.max.clone().map(Rule::Max)];
    let texts = [
        field.min_length.map(Rule::MinLength),
        field.max_length.map(Rule::MaxLength),
        field.pattern.clone().map(Rule::Pattern),
    ];
    let numbers: Vec<_> = numbers.into_iter().flatten().collect();
    let texts: Vec<_> = texts.into_iter().flatten().collect();
    let are_all = (is_number || numbers.is_empty()) && (is_text || texts.is_empty());
    let numbers = numbers.into_iter().filter(|_| is_number);
    let texts = texts.into_iter().filter(|_| is_text);
    (numbers.chain(texts).collect(), are_all)
}
