//! References between columns, with an optional mark at each end.
//!
//! Must not know tables beyond their names.

use indexmap::IndexSet;

use crate::formats::code_writer::CodeWriter;
use crate::formats::dbml::plan::Plan;
use crate::formats::dbml::text::name;
use crate::model::Model;
use crate::model::id::{ElementId, EntityId, FieldId};
use crate::model::reference::{Cardinality, Reference, ReferentialAction};

/// What is said of a reference: both ends, and the operator between them.
struct Relation {
    left: String,
    operator: String,
    right: String,
}

/// Writes all references that DBML can say.
pub(super) fn references(model: &Model, plan: &mut Plan, code: &mut CodeWriter) {
    let mut seen = IndexSet::new();
    for reference in model.references() {
        let Some(relation) = relation(model, plan, reference) else {
            lose(model, plan, reference, "its ends are not columns of two tables");
            continue;
        };
        if relation.left == relation.right {
            lose(model, plan, reference, "both of its ends are the same columns");
            continue;
        }
        // The same pair of ends may not stand twice, in either direction.
        let mut ends = [relation.left.clone(), relation.right.clone()];
        ends.sort();
        if !seen.insert(ends) {
            lose(model, plan, reference, "another one joins the same columns");
            continue;
        }
        if seen.len() == 1 {
            code.blank();
        }
        let named = reference.name.as_ref().filter(|text| !text.is_empty());
        let named = named.map(|text| format!(" {}", name(text))).unwrap_or_default();
        let settings = settings(reference);
        let Relation { left, operator, right } = relation;
        code.from_element(ElementId::Reference(reference.id), |code| {
            code.line(format!("Ref{named}: {left} {operator} {right}{settings}"));
        });
    }
}

fn relation(model: &Model, plan: &Plan, reference: &Reference) -> Option<Relation> {
    let [from, to] = [&reference.from, &reference.to];
    let referenced = model.referenced_fields(reference);
    // Without fields it is a many-to-many reference between two keys.
    let referencing = if from.fields.is_empty() {
        model.entity(from.entity)?.primary_key()?.fields.clone()
    } else {
        from.fields.clone()
    };
    let from_columns = end(plan, from.entity, &referencing)?;
    let to_columns = end(plan, to.entity, &referenced)?;
    let is_pair = from.fields.is_empty() || referencing.len() == referenced.len();
    if !is_pair {
        return None;
    }
    let [left, right] = [from.cardinality, to.cardinality];
    Some(match (left.is_many(), right.is_many()) {
        (true, false) => joined(from_columns, (left, ">", right), to_columns),
        (true, true) => joined(from_columns, (left, "<>", right), to_columns),
        (false, true) => joined(from_columns, (left, "<", right), to_columns),
        // Of two single ends, DBML takes the second for the one that holds the foreign key.
        (false, false) => joined(to_columns, (right, "-", left), from_columns),
    })
}

fn joined(left: String, between: (Cardinality, &str, Cardinality), right: String) -> Relation {
    let mark = |end: Cardinality| if end.is_optional() { "?" } else { "" };
    let (at_left, operator, at_right) = between;
    Relation { left, operator: format!("{}{operator}{}", mark(at_left), mark(at_right)), right }
}

/// `table.column`, or `table.(column, column)`.
fn end(plan: &Plan, entity: EntityId, fields: &[FieldId]) -> Option<String> {
    let table = plan.tables.get(&entity)?;
    let columns: Vec<String> = fields
        .iter()
        .map(|id| plan.columns.get(id).map(|column| name(column)))
        .collect::<Option<_>>()?;
    match columns.as_slice() {
        [] => None,
        [only] => Some(format!("{table}.{only}")),
        columns => Some(format!("{table}.({})", columns.join(", "))),
    }
}

fn settings(reference: &Reference) -> String {
    let actions = [("delete", reference.on_delete), ("update", reference.on_update)];
    let settings: Vec<_> = actions
        .into_iter()
        .filter(|(_, action)| *action != ReferentialAction::NoAction)
        .map(|(event, action)| format!("{event}: {}", action.as_str()))
        .collect();
    if settings.is_empty() { String::new() } else { format!(" [{}]", settings.join(", ")) }
}

fn lose(model: &Model, plan: &mut Plan, reference: &Reference, why: &str) {
    let [from, to] =
        [&reference.from, &reference.to].map(|end| model.display_name(end.entity.into()));
    plan.warn(&format!("the reference {from} → {to} is left out: {why}"));
}
