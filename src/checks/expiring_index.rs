//! Looks for expiring indexes that the server would ignore or refuse.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::id::ElementId;
use crate::model::index::Index;

pub(super) const RULE: Rule =
    Rule { id: "expiring-index", summary: "an expiring index over anything but one date", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for entity in cx.model.entities() {
        let expiring = entity.indexes.iter().filter(|index| index.expire_after_seconds.is_some());
        for index in expiring.filter(|index| !is_over_one_date(entity, index)) {
            let message = format!("an expiring index of `{}` is not over one date", entity.name);
            let hint = "records expire by a single date or date-time field";
            let element = ElementId::Index(entity.id, index.id);
            findings.add(element, Diagnostic::error(message).with_hint(hint));
        }
    }
}

fn is_over_one_date(entity: &Entity, index: &Index) -> bool {
    let [only] = index.parts.as_slice() else { return false };
    let field = only.on.field().and_then(|field| entity.field(field));
    field.is_some_and(|field| {
        matches!(field.ty.innermost(), DataType::Date | DataType::DateTime { .. })
    })
}
