//! Looks for names that are longer than the project's target takes.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::id::ElementId;

pub(super) const RULE: Rule =
    Rule { id: "name-length", summary: "a name longer than the project's target takes", check };

/// How long a name may be.
enum Limit {
    Bytes(usize),
    Characters(usize),
}

/// From the engines' documentation; MongoDB's is that of a collection with its database's name.
fn limit(target: &str) -> Option<Limit> {
    match target {
        "postgres" => Some(Limit::Bytes(63)),
        "mysql" | "mariadb" => Some(Limit::Characters(64)),
        "sqlserver" => Some(Limit::Characters(128)),
        "mongodb" | "mongoose" => Some(Limit::Bytes(190)),
        _ => None,
    }
}

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let Some(limit) = limit(cx.target) else { return };
    let mut look_at = |name: &str, element: ElementId| {
        let (length, longest, unit) = match limit {
            Limit::Bytes(longest) => (name.len(), longest, "bytes"),
            Limit::Characters(longest) => (name.chars().count(), longest, "characters"),
        };
        if length > longest {
            let start: String = name.chars().take(24).collect();
            let target = cx.target;
            let message = format!("`{start}…` has {length} {unit}; {target} takes {longest}");
            let hint = "exports shorten it; a shorter name keeps them all the same";
            findings.add(element, Diagnostic::warning(message).with_hint(hint));
        }
    };
    for entity in cx.model.entities() {
        let stored = entity.stored_name.as_ref().unwrap_or(&entity.name);
        look_at(stored, ElementId::Entity(entity.id));
    }
    for (entity, field) in cx.fields() {
        look_at(&field.name, ElementId::Field(entity.id, field.id));
    }
}
