//! Looks for expressions that could end the statement they would stand in; exports leave them out.

use crate::base::diagnostic::Diagnostic;
use crate::base::expression::is_contained;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name};
use crate::model::field::DefaultValue;
use crate::model::id::ElementId;
use crate::model::index::IndexTarget;

pub(super) const RULE: Rule = Rule {
    id: "open-expression",
    summary: "an expression with open brackets or quotes, a comment or a second statement",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    let mut look_at = |expression: &str, element: ElementId, owner: String| {
        if !is_contained(expression) {
            let message = format!("the expression `{expression}` of {owner} is not one expression");
            let hint = "close its brackets and quotes; comments, `;`, `\\` and `$$` are not taken";
            findings.add(element, Diagnostic::error(message).with_hint(hint));
        }
    };
    for entity in cx.model.entities() {
        for check in &entity.checks {
            let element = ElementId::Check(entity.id, check.id);
            look_at(&check.expression, element, format!("a check of `{}`", entity.name));
        }
        for index in &entity.indexes {
            let element = ElementId::Index(entity.id, index.id);
            let expressions = index.parts.iter().filter_map(|part| match &part.on {
                IndexTarget::Expression(expression) => Some(expression),
                IndexTarget::Field(_) => None,
            });
            for expression in expressions.chain(&index.partial) {
                look_at(expression, element, format!("an index of `{}`", entity.name));
            }
        }
    }
    for (entity, field) in cx.fields() {
        let element = ElementId::Field(entity.id, field.id);
        let owner = format!("`{}`", field_name(entity, field));
        if let Some(generated) = &field.generated {
            look_at(&generated.expression, element, owner.clone());
        }
        if let Some(DefaultValue::Expression(expression)) = &field.default {
            look_at(expression, element, owner);
        }
    }
}
