//! Looks for fields that share a name on one level, ignoring case.

use indexmap::IndexMap;

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name};
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::ElementId;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-field",
    summary: "two fields of one entity or object with one name, ignoring case",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for entity in cx.model.entities() {
        check_level(entity, &entity.fields, findings);
        for field in entity.all_fields() {
            check_level(entity, &field.fields, findings);
        }
    }
}

fn check_level(entity: &Entity, fields: &[Field], findings: &mut Findings) {
    let mut first_of_name = IndexMap::new();
    for field in fields.iter().filter(|field| !field.name.trim().is_empty()) {
        let first = *first_of_name.entry(field.name.to_lowercase()).or_insert(field);
        if first.id != field.id {
            let name = field_name(entity, field);
            let message = format!("`{name}` has the name of `{}`, ignoring case", first.name);
            let element = ElementId::Field(entity.id, field.id);
            findings.add(element, Diagnostic::error(message).with_hint("rename one of them"));
        }
    }
}
