//! Looks for embedded types that contain themselves without end.

use indexmap::IndexSet;

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::data_type::DataType;
use crate::model::graph::Link;
use crate::model::id::{ElementId, FieldId};

pub(super) const RULE: Rule =
    Rule { id: "embedding-cycle", summary: "an embedded type that must contain itself", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    // A list or an optional field ends the recursion; a required document never does.
    let endless: IndexSet<FieldId> = cx
        .fields()
        .filter(|(_, field)| field.required && matches!(field.ty, DataType::Embedded(_)))
        .map(|(_, field)| field.id)
        .collect();
    let keep = |link: Link| matches!(link, Link::Embedding(field) if endless.contains(&field));
    for cycle in cx.model.graph().cycles(keep) {
        let Some(first) = cycle.first() else { continue };
        let names: Vec<_> =
            cycle.iter().map(|entity| cx.model.display_name((*entity).into())).collect();
        let message = format!("{} must contain itself without end", names.join(" → "));
        let hint = "make one of its fields optional or a list";
        findings.add(ElementId::Entity(*first), Diagnostic::error(message).with_hint(hint));
    }
}
