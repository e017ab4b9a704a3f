//! Looks for tables that only join two others: a many-to-many reference says the same in one line.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::Model;
use crate::model::id::{ElementId, IdMint};
use crate::model::join_table::{reference_from_join_table, sides_of_join_table};

pub(super) const RULE: Rule =
    Rule { id: "join-table", summary: "a table that only joins two others", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for entity in cx.model.entities() {
        let Some([near, far]) = sides_of_join_table(cx.model, entity.id) else { continue };
        let [near, far] = [near, far].map(|side| cx.model.display_name(side.to.entity.into()));
        let message = format!("`{}` only joins `{near}` and `{far}`", entity.name);
        let hint = "one many-to-many reference says the same; SQL still gets the table";
        let element = ElementId::Entity(entity.id);
        let finding = findings.add(element, Diagnostic::info(message).with_hint(hint));
        finding.offer("Make it a reference", fold);
    }
}

fn fold(model: &mut Model, mint: &mut IdMint, element: ElementId) {
    if let ElementId::Entity(id) = element {
        reference_from_join_table(model, mint, id);
    }
}
