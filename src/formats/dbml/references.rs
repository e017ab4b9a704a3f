//! References between columns, with an optional mark at each end.
//!
//! Must not know tables beyond their names.

use indexmap::IndexSet;

use crate::formats::code::{code, join};
use crate::formats::dbml::plan::Plan;
use crate::formats::dbml::text::{Code, CodeWriter, name};
use crate::model::Model;
use crate::model::id::{ElementId, EntityId, FieldId, ReferenceId};
use crate::model::reference::{Cardinality, End, Reference, ReferentialAction};

/// What is said of a reference: both ends, and the operator between them.
pub(super) struct Relation {
    id: ReferenceId,
    left: Code,
    operator: Code,
    right: Code,
}

impl Relation {
    /// Whether its operator says that an end may be none.
    pub(super) fn marks_an_end(&self) -> bool {
        self.operator.as_str().contains('?')
    }
}

/// All references that DBML can say; the others are told.
pub(super) fn relations(model: &Model, plan: &mut Plan) -> Vec<Relation> {
    let mut seen = IndexSet::new();
    let mut relations = Vec::new();
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
        if seen.insert(ends) {
            relations.push(relation);
        } else {
            lose(model, plan, reference, "another one joins the same columns");
        }
    }
    relations
}

/// Writes these references.
pub(super) fn references(model: &Model, relations: &[Relation], code: &mut CodeWriter) {
    if !relations.is_empty() {
        code.blank();
    }
    for Relation { id, left, operator, right } in relations {
        let Some(reference) = model.reference(*id) else { continue };
        let named = reference.name.as_ref().filter(|text| !text.is_empty());
        let named = named.map(|text| code!(" ", name(text)));
        let settings = settings(reference);
        code.from_element(ElementId::Reference(*id), |code| {
            code.line(code!("Ref", named, ": ", left, " ", operator, " ", right, settings));
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
        (true, false) => joined(reference.id, from_columns, (left, ">", right), to_columns),
        (true, true) => joined(reference.id, from_columns, (left, "<>", right), to_columns),
        // Only a list holds several; elsewhere it is the other end that refers.
        (false, true) if is_list(model, from) => {
            joined(reference.id, from_columns, (left, "<", right), to_columns)
        }
        (false, true) => joined(reference.id, to_columns, (right, ">", left), from_columns),
        // Of two single ends, DBML takes the second for the one that holds the foreign key.
        (false, false) => joined(reference.id, to_columns, (right, "-", left), from_columns),
    })
}

/// Whether the fields of an end are one list.
fn is_list(model: &Model, end: &End) -> bool {
    let field = |id: &FieldId| model.entity(end.entity).and_then(|entity| entity.field(*id));
    matches!(end.fields.as_slice(), [only] if field(only).is_some_and(|field| field.ty.is_array()))
}

fn joined(
    id: ReferenceId,
    left: Code,
    between: (Cardinality, &'static str, Cardinality),
    right: Code,
) -> Relation {
    let mark = |end: Cardinality| if end.is_optional() { "?" } else { "" };
    let (at_left, operator, at_right) = between;
    Relation { id, left, operator: code!(mark(at_left), operator, mark(at_right)), right }
}

/// `table.column`, or `table.(column, column)`.
fn end(plan: &Plan, entity: EntityId, fields: &[FieldId]) -> Option<Code> {
    let table = plan.tables.get(&entity)?;
    let columns: Vec<Code> = fields
        .iter()
        .map(|id| plan.columns.get(id).map(|column| name(column)))
        .collect::<Option<_>>()?;
    match columns.as_slice() {
        [] => None,
        [only] => Some(code!(table, ".", only)),
        columns => Some(code!(table, ".(", join(columns, ", "), ")")),
    }
}

fn settings(reference: &Reference) -> Option<Code> {
    let actions = [("delete", reference.on_delete), ("update", reference.on_update)];
    let settings: Vec<_> = actions
        .into_iter()
        .filter(|(_, action)| *action != ReferentialAction::NoAction)
        .map(|(event, action)| code!(event, ": ", action.as_str()))
        .collect();
    (!settings.is_empty()).then(|| code!(" [", join(settings, ", "), "]"))
}

fn lose(model: &Model, plan: &mut Plan, reference: &Reference, why: &str) {
    let [from, to] =
        [&reference.from, &reference.to].map(|end| model.display_name(end.entity.into()));
    plan.warn(&format!("the reference {from} → {to} is left out: {why}"));
}
