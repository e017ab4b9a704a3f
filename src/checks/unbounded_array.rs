//! Looks for lists of documents or references inside documents: they grow without bound.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name, is_document};
use crate::model::data_type::DataType;
use crate::model::id::ElementId;

pub(super) const RULE: Rule = Rule {
    id: "unbounded-array",
    summary: "a list of documents or references that grows inside its document",
    check,
};

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (entity, field) in cx.fields().filter(|(entity, _)| is_document(entity)) {
        let holds_documents =
            matches!(field.ty.innermost(), DataType::Embedded(_) | DataType::Object);
        let holds_references = cx.model.references_from_field(field.id).next().is_some();
        // The longest length of a list's field is its bound.
        if !field.ty.is_array()
            || field.max_length.is_some()
            || !(holds_documents || holds_references)
        {
            continue;
        }
        let name = field_name(entity, field);
        let message = format!("`{name}` grows inside its document");
        let hint = if holds_references {
            "where it can grow large, keep the reference on the other side"
        } else {
            "where it can grow large, make it a collection of its own; a document ends at 16 MB"
        };
        let element = ElementId::Field(entity.id, field.id);
        findings.add(element, Diagnostic::info(message).with_hint(hint));
    }
}
