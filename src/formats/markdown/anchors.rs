//! Where links lead: an id of plain ASCII for each entity and enumeration, written as an anchor of
//! its own, since renderers do not agree on the ids of headings.
//!
//! Must not know what stands at an anchor.

use std::collections::BTreeMap;

use crate::base::ident::UniqueNames;
use crate::formats::markdown::text::{Place, prose};
use crate::model::Model;
use crate::model::id::NodeId;

/// The anchors of a model.
#[derive(Debug, Default)]
pub(super) struct Anchors(BTreeMap<NodeId, String>);

impl Anchors {
    /// The anchors of that model.
    pub(super) fn of(model: &Model) -> Self {
        let mut ids = UniqueNames::new();
        // Words that this document's own headings have.
        for heading in ["contents", "enumerations", "areas", "notes", "namespaces"] {
            ids.reserve(heading);
        }
        let entities = model.entities().map(|entity| NodeId::Entity(entity.id));
        let enumerations = model.enumerations().map(|one| NodeId::Enumeration(one.id));
        let mut anchors = Self::default();
        for node in entities.chain(enumerations) {
            let slug = slug(&model.display_name(node));
            anchors.0.insert(node, ids.unique(&slug, "-"));
        }
        anchors
    }

    /// The id of a node.
    pub(super) fn id(&self, node: NodeId) -> &str {
        self.0.get(&node).map_or("", String::as_str)
    }

    /// The name of a node as a link to it.
    pub(super) fn link(&self, model: &Model, node: NodeId) -> String {
        format!("[{}](#{})", shown(&model.display_name(node)), self.id(node))
    }
}

/// A name in a heading or link; one that cannot be seen says so.
pub(super) fn shown(name: &str) -> String {
    let shown = prose(name, Place::Line);
    if shown.is_empty() { "(no name)".to_owned() } else { shown }
}

fn slug(name: &str) -> String {
    let words: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' })
        .collect();
    let slug = words.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    if slug.is_empty() { "element".to_owned() } else { slug }
}
