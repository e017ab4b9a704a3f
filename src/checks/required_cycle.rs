//! Looks for cycles of required references: no record of them could be inserted first.

use indexmap::IndexSet;

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::graph::Link;
use crate::model::id::{ElementId, ReferenceId};
use crate::model::reference::Cardinality;

pub(super) const RULE: Rule = Rule {
    id: "required-cycle",
    summary: "a cycle of required references, in which no record can be the first",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let required: IndexSet<ReferenceId> = cx
        .model
        .references()
        .filter(|reference| {
            reference.to.cardinality == Cardinality::ExactlyOne && !reference.from.fields.is_empty()
        })
        .map(|reference| reference.id)
        .collect();
    let keep = |link: Link| matches!(link, Link::Reference(id) if required.contains(&id));
    for cycle in cx.model.graph().cycles(keep) {
        let Some(first) = cycle.first() else { continue };
        let names: Vec<_> =
            cycle.iter().map(|entity| cx.model.display_name((*entity).into())).collect();
        let message = format!("each record of {} needs another one first", names.join(", "));
        let hint = "make one of the references of the cycle optional";
        findings.add(ElementId::Entity(*first), Diagnostic::warning(message).with_hint(hint));
    }
}
