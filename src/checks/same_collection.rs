//! Looks for entities that would be stored under one name, since plurals meet: `User` and `Users`
//! are both `users`.

use indexmap::IndexMap;

use crate::base::diagnostic::Diagnostic;
use crate::base::plural::collection_name;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::ElementId;

pub(super) const RULE: Rule = Rule {
    id: "same-collection",
    summary: "two entities that are stored in one collection or table",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let mut first_of_name: IndexMap<_, &Entity> = IndexMap::new();
    for entity in cx.model.entities().filter(|entity| entity.kind != EntityKind::Embedded) {
        let stored = stored_name(entity);
        let first = *first_of_name.entry((entity.namespace, stored.clone())).or_insert(entity);
        if first.id == entity.id || first.name.eq_ignore_ascii_case(&entity.name) {
            continue;
        }
        let message =
            format!("`{}` and `{}` are both stored as `{stored}`", first.name, entity.name);
        let hint = "rename one of them, or choose its collection or table name yourself";
        findings.add(ElementId::Entity(entity.id), Diagnostic::error(message).with_hint(hint));
    }
}

fn stored_name(entity: &Entity) -> String {
    match (&entity.stored_name, entity.kind) {
        (Some(chosen), _) => chosen.to_lowercase(),
        (None, EntityKind::Collection) => collection_name(&entity.name),
        (None, EntityKind::Table | EntityKind::View | EntityKind::Embedded) => {
            entity.name.to_lowercase()
        }
    }
}
