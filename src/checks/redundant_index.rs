//! Looks for indexes that another one already serves.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::Model;
use crate::model::entity::Entity;
use crate::model::id::{ElementId, IdMint};
use crate::model::index::{Index, IndexKind};

pub(super) const RULE: Rule =
    Rule { id: "redundant-index", summary: "an index that another one already serves", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for entity in cx.model.entities() {
        for (position, index) in entity.indexes.iter().enumerate() {
            if is_plain(index) && is_served(entity, position, index) {
                let message =
                    format!("another key or index of `{}` serves this one too", entity.name);
                let hint = "each index slows writes down; remove it unless it was measured";
                let element = ElementId::Index(entity.id, index.id);
                let finding = findings.add(element, Diagnostic::info(message).with_hint(hint));
                finding.offer("Remove the index", remove_index);
            }
        }
    }
}

/// Only an index without a rule of its own can be redundant.
fn is_plain(index: &Index) -> bool {
    index.kind == IndexKind::Ordered
        && !index.unique
        && !index.sparse
        && index.partial.is_none()
        && index.expire_after_seconds.is_none()
}

fn is_served(entity: &Entity, position: usize, index: &Index) -> bool {
    let by_index = entity.indexes.iter().enumerate().any(|(other_position, other)| {
        let starts_the_same = other.parts.starts_with(&index.parts);
        let is_longer = other.parts.len() > index.parts.len() || other_position < position;
        let serves = other.kind == IndexKind::Ordered && !other.sparse && other.partial.is_none();
        other_position != position && serves && starts_the_same && is_longer
    });
    let fields: Option<Vec<_>> = index.parts.iter().map(|part| part.on.field()).collect();
    let by_key = fields.is_some_and(|fields| {
        let by_unique =
            matches!(fields.as_slice(), [only] if entity.field(*only).is_some_and(|f| f.unique));
        by_unique || entity.keys.iter().any(|key| key.fields.starts_with(&fields))
    });
    by_index || by_key
}

fn remove_index(model: &mut Model, _: &mut IdMint, element: ElementId) {
    model.remove(element);
}
