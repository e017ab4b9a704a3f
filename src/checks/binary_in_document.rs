//! Looks for bytes inside documents, which make every read of them heavy.

use crate::base::diagnostic::Diagnostic;
use crate::checks::Rule;
use crate::checks::finding::{Context, Findings, field_name, is_document};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::id::{ElementId, IdMint};

pub(super) const RULE: Rule =
    Rule { id: "binary-in-document", summary: "bytes stored inside a document", check };

fn check(cx: &Context<'_>, findings: &mut Findings) {
    for (entity, field) in cx.fields().filter(|(entity, _)| is_document(entity)) {
        if !matches!(field.ty.innermost(), DataType::Binary { .. }) {
            continue;
        }
        let name = field_name(entity, field);
        let message = format!("`{name}` stores bytes, which makes its documents heavy");
        let hint = "put the file into an object store and keep its URL";
        let element = ElementId::Field(entity.id, field.id);
        let finding = findings.add(element, Diagnostic::warning(message).with_hint(hint));
        finding.offer("Store a URL instead", store_url);
    }
}

/// `avatar` becomes `avatarUrl`, a string.
fn store_url(model: &mut Model, _: &mut IdMint, element: ElementId) {
    let ElementId::Field(entity, id) = element else { return };
    let Some(field) = model.entity_mut(entity).and_then(|entity| entity.field_mut(id)) else {
        return;
    };
    *field.ty.innermost_mut() = DataType::STRING;
    if !field.name.to_lowercase().ends_with("url") {
        field.name.push_str("Url");
    }
    field.default = None;
}
