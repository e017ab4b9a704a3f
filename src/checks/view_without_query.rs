//! Looks for views that do not say what they show.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::entity::EntityKind;
use crate::model::id::ElementId;

pub(super) const RULE: Rule =
    Rule { id: "view-without-query", summary: "a view without a query", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for view in cx.model.entities().filter(|entity| entity.kind == EntityKind::View) {
        if view.query.as_ref().is_none_or(|query| query.trim().is_empty()) {
            let message = format!("the view `{}` has no query", view.name);
            let hint = "write its `SELECT` in the inspector; exports leave it out until then";
            findings.add(ElementId::Entity(view.id), Diagnostic::warning(message).with_hint(hint));
        }
    }
}
