//! The limit of MariaDB on what a table says of itself: 65,535 bytes for the names and notes of its
//! columns, the values of its enumerations, its defaults and its checks, all together.

use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{
    Column, ColumnType, Condition, EnumerationType, Schema, Table, TableCheck,
};
use crate::formats::sql::adapt::longest_value;
use crate::formats::sql::dialect::Dialect;

/// Bytes that all of it may take; some are left for what the engine adds.
const MOST: usize = 64_000;
/// Bytes that a column or check takes beside its texts.
const EACH: usize = 32;
/// Shorter parts are never left out: a table has no room for so many columns.
const SHORT: usize = 16;

/// A part that can be left out.
#[derive(Clone, Copy, Debug)]
enum Part {
    Check(usize),
    Default(usize),
    Note(usize),
    /// The values of an enumeration that a column lists.
    Values(usize),
}

/// Leaves the longest parts out of tables that say too much.
pub(super) fn fit(dialect: &dyn Dialect, schema: &mut Schema, notices: &mut Notices) {
    for table in &mut schema.tables {
        let mut total = 0;
        let mut parts = Vec::new();
        for (size, part) in parts_of(dialect, &schema.enumerations, table) {
            total += size;
            parts.extend(part.filter(|_| size > SHORT).map(|part| (size, part)));
        }
        parts.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
        let mut dropped_checks = Vec::new();
        for (size, part) in parts {
            if total <= MOST {
                break;
            }
            total -= size;
            match part {
                Part::Check(position) => dropped_checks.push(position),
                Part::Default(_) | Part::Note(_) | Part::Values(_) => {
                    leave_out(part, table, &schema.enumerations, notices);
                }
            }
        }
        drop_checks(table, &dropped_checks, notices);
    }
}

/// The bytes of everything that a table says, with what could be left out.
fn parts_of(
    dialect: &dyn Dialect,
    enumerations: &[EnumerationType],
    table: &Table,
) -> Vec<(usize, Option<Part>)> {
    let mut parts = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        parts.push((column.name.len() + EACH, None));
        parts.push((column.note.len(), Some(Part::Note(at))));
        let generated = column.generated.as_ref().map_or(0, |one| one.expression.len());
        parts.push((generated, None));
        let default = column.default.as_ref().map(|one| dialect.default_value(one, &column.ty));
        parts.push((default.map_or(0, |code| code.as_str().len()), Some(Part::Default(at))));
        parts.push((bytes_of_values(enumerations, column), Some(Part::Values(at))));
    }
    for (at, check) in table.checks.iter().enumerate() {
        parts.push((check_bytes(dialect, check), Some(Part::Check(at))));
    }
    parts
}

fn bytes_of_values(enumerations: &[EnumerationType], column: &Column) -> usize {
    let ColumnType::Enumeration(position) = column.ty else { return 0 };
    let listed = enumerations.get(position).filter(|one| !one.checked);
    listed.map_or(0, |one| one.values.iter().map(|value| value.len() + 1).sum())
}

fn check_bytes(dialect: &dyn Dialect, check: &TableCheck) -> usize {
    let condition = match &check.condition {
        Condition::Expression(_, text) => text.len(),
        Condition::Rules { column, rules } => {
            let column = dialect.quoted(column);
            let conditions = rules.iter().filter_map(|rule| dialect.rule(&column, rule));
            conditions.map(|code| code.as_str().len()).sum()
        }
    };
    condition + check.name.len() + EACH
}

fn leave_out(
    part: Part,
    table: &mut Table,
    enumerations: &[EnumerationType],
    notices: &mut Notices,
) {
    let (Part::Default(at) | Part::Note(at) | Part::Values(at) | Part::Check(at)) = part;
    let Some(column) = table.columns.get_mut(at) else { return };
    let why = match part {
        Part::Note(_) => {
            column.note.clear();
            "notes that make a table's definition too large are left out"
        }
        Part::Values(_) => {
            column.ty = text_of_values(enumerations, &column.ty);
            "enumerations that make a table's definition too large are not checked"
        }
        Part::Default(_) | Part::Check(_) => {
            column.default = None;
            "defaults that make a table's definition too large are left out"
        }
    };
    notices.warn(why, format!("{}.{}", table.name.name, column.name));
}

/// The text type that holds the values of an enumeration.
fn text_of_values(enumerations: &[EnumerationType], ty: &ColumnType) -> ColumnType {
    let ColumnType::Enumeration(position) = ty else { return ty.clone() };
    let longest = enumerations.get(*position).map(|one| longest_value(&one.values));
    ColumnType::String { length: longest.and_then(|longest| u32::try_from(longest).ok()) }
}

fn drop_checks(table: &mut Table, dropped: &[usize], notices: &mut Notices) {
    let mut position = 0;
    let name = &table.name.name;
    table.checks.retain(|check| {
        let keep = !dropped.contains(&position);
        position += 1;
        if !keep {
            let why = "checks that make a table's definition too large are left out";
            notices.warn(why, format!("{} on {name}", check.name));
        }
        keep
    });
}
