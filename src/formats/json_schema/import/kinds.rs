//! What a definition is, before anything is read of it: an object with fields, a list of choices, or
//! another name for something else.
//!
//! Must not know the model.

use crate::formats::json_schema::import::documents::{Documents, Node};

/// Nesting of definitions in each other that is followed.
const DEEPEST: usize = 24;

/// What a definition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An object with fields of its own.
    Object,
    /// One of several texts.
    Choices,
    /// A name for a type that is no part of a model.
    Alias,
}

/// What the schema is.
pub(super) fn kind_of(documents: &Documents<'_>, node: Node<'_>) -> Kind {
    if has_fields(documents, node, 0) {
        Kind::Object
    } else if choices(node).is_some() {
        Kind::Choices
    } else {
        Kind::Alias
    }
}

fn has_fields(documents: &Documents<'_>, node: Node<'_>, depth: usize) -> bool {
    if depth > DEEPEST || is_geo_point(node) {
        return false;
    }
    let own =
        node.get("properties").is_some_and(|properties| properties.members().next().is_some());
    let merged = || {
        let parts = node.get("allOf").into_iter().flat_map(Node::items);
        let mut parts = parts.take(DEEPEST);
        parts.any(|part| has_fields(documents, part, depth + 1) || base_has(documents, part, depth))
    };
    own || merged()
}

/// Whether a part of `allOf` refers to an object.
fn base_has(documents: &Documents<'_>, part: Node<'_>, depth: usize) -> bool {
    let target = part.text("$ref").and_then(|text| documents.resolve(part.source, text));
    target.is_some_and(|target| has_fields(documents, target, depth + DEEPEST / 4))
}

/// Whether the schema is that of a point in `GeoJSON`.
pub(super) fn is_geo_point(node: Node<'_>) -> bool {
    let Some(properties) = node.get("properties") else { return false };
    let Some(kind) = properties.get("type") else { return false };
    let first = kind.get("enum").and_then(|values| values.items().next());
    let value = kind.get("const").or(first);
    let is_point = value
        .and_then(|value| value.value.as_string_lit())
        .is_some_and(|text| text.value == "Point");
    is_point && properties.get("coordinates").is_some() && properties.members().count() == 2
}

/// A value of a list of choices, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) name: String,
    pub(super) note: String,
}

/// The texts that the schema leaves to choose from, where it does nothing else; null does not count.
pub(super) fn choices(node: Node<'_>) -> Option<Vec<Choice>> {
    let plain = |value: Node<'_>| {
        let text = value.value.as_string_lit()?;
        Some(Choice { name: text.value.to_string(), note: String::new() })
    };
    let is_null = |value: &Node<'_>| value.value.as_null_keyword().is_some();
    if let Some(values) = node.get("enum") {
        let names = values.items().filter(|value| !is_null(value)).map(plain);
        let names: Vec<_> = names.collect::<Option<_>>()?;
        return Some(names).filter(|names| !names.is_empty());
    }
    let parts = node.get("oneOf").or_else(|| node.get("anyOf"))?;
    let mut found = Vec::new();
    for part in parts.items() {
        if part.text("type") == Some("null") {
            continue;
        }
        if let Some(value) = part.get("const") {
            if is_null(&value) {
                continue;
            }
            let mut choice = plain(value)?;
            let note = part.text("description").or_else(|| part.text("title"));
            note.unwrap_or_default().clone_into(&mut choice.note);
            found.push(choice);
        } else {
            part.get("enum")?;
            found.extend(choices(part)?);
        }
    }
    Some(found).filter(|found| !found.is_empty())
}
