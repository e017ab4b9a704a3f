//! Checks as a person typed them, and the rules of fields, enumerations and JSON as checks.

use crate::base::expression::is_contained;
use crate::formats::relational::lower::Lowering;
use crate::formats::relational::schema::{
    Column, ColumnOrigin, ColumnType, Condition, Rule, TableCheck,
};
use crate::model::entity::Entity;
use crate::model::field::Field;

/// Gives tables their checks.
pub(super) fn lower_checks(lowering: &mut Lowering<'_>) {
    let model = lowering.model;
    for entity in model.entities() {
        let tables = lowering.tables_of.get(&entity.id).cloned().unwrap_or_default();
        for table in &tables {
            typed_checks(lowering, *table, entity);
        }
        report_unchecked(lowering, entity, &tables);
    }
    for table in 0..lowering.drafts.len() {
        column_rules(lowering, table);
    }
}

/// Says which rules stand on fields that are not columns.
fn report_unchecked(lowering: &mut Lowering<'_>, entity: &Entity, tables: &[usize]) {
    for field in entity.all_fields().into_iter().filter(|field| has_rules(field)) {
        let is_column = tables.iter().any(|table| lowering.column_of(*table, field.id).is_some());
        if !is_column {
            let subject = lowering.display_field(entity.id, field);
            lowering.notices.warn("rules inside JSON are not checked by the database", subject);
        }
    }
    if tables.is_empty() && !entity.checks.is_empty() {
        let subject = lowering.model.display_name(entity.id.into());
        lowering.notices.warn("rules inside JSON are not checked by the database", subject);
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
            lowering.notices.warn("checks that are not one expression are left out", subject);
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

fn column_rules(lowering: &mut Lowering<'_>, table: usize) {
    let Some(draft) = lowering.drafts.get(table) else { return };
    let mut checks = Vec::new();
    let mut misfits = Vec::new();
    for column in &draft.table.columns {
        let mut rules = type_rules(lowering, column);
        if let ColumnOrigin::Field(entity, field) = column.origin
            && let Some(field) = lowering.model.entity(entity).and_then(|e| e.field(field))
            && has_rules(field)
        {
            let (own, are_all) = rules_of(field, column);
            rules.splice(0..0, own);
            if !are_all {
                misfits.push(lowering.display_field(entity, field));
            }
        }
        if !rules.is_empty() {
            let condition = Condition::Rules { column: column.name.clone(), rules };
            checks.push(TableCheck { name: String::new(), condition, note: String::new() });
        }
    }
    for subject in misfits {
        lowering.notices.warn("rules that do not fit the type are left out", subject);
    }
    if let Some(draft) = lowering.drafts.get_mut(table) {
        draft.table.checks.extend(checks);
    }
}

/// What the type itself demands where the target has no such type.
fn type_rules(lowering: &Lowering<'_>, column: &Column) -> Vec<Rule> {
    if column.native_type.is_some() || column.generated.is_some() {
        return Vec::new();
    }
    match &column.ty {
        ColumnType::Enumeration(position) => {
            let enumeration = lowering.schema.enumerations.get(*position);
            enumeration
                .filter(|enumeration| enumeration.checked && !enumeration.values.is_empty())
                .map(|enumeration| Rule::OneOf(enumeration.values.clone()))
                .into_iter()
                .collect()
        }
        ColumnType::Json if lowering.target.checks_json => vec![Rule::Json],
        _ => Vec::new(),
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
