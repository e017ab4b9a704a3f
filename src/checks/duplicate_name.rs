//! Looks for entities and enumerations that share a name within a namespace, ignoring case.

use indexmap::IndexMap;

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings};
use crate::model::id::NodeId;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-name",
    summary: "two entities or enumerations of one namespace with one name, ignoring case",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let entities =
        cx.model.entities().map(|e| (e.namespace, e.name.as_str(), NodeId::Entity(e.id)));
    let enumerations =
        cx.model.enumerations().map(|e| (e.namespace, e.name.as_str(), NodeId::Enumeration(e.id)));
    let mut first_of_name = IndexMap::new();
    for (namespace, name, node) in entities.chain(enumerations) {
        if name.trim().is_empty() {
            continue;
        }
        if let Some(first) = first_of_name.get(&(namespace, name.to_lowercase())) {
            let first = cx.model.display_name(*first);
            let message = format!("the name `{name}` is taken by `{first}`, ignoring case");
            let hint = "rename one of them, or put them into different namespaces";
            findings.add(node.into(), Diagnostic::error(message).with_hint(hint));
        } else {
            first_of_name.insert((namespace, name.to_lowercase()), node);
        }
    }
}
