//! Where links lead: an id of plain ASCII for each entity and enumeration, written as an anchor of
//! its own, since renderers do not agree on the ids of headings.
//!
//! Must not know what stands at an anchor.

use std::collections::BTreeMap;

use crate::base::ident::UniqueNames;
use crate::formats::code::code;
use crate::formats::markdown::text::{Code, anchor, shown};
use crate::model::Model;
use crate::model::id::NodeId;

/// The anchors of a model.
#[derive(Debug, Default)]
pub(super) struct Anchors(BTreeMap<NodeId, Code>);

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
            anchors.0.insert(node, anchor(&model.display_name(node), &mut ids));
        }
        anchors
    }

    /// The id of a node.
    pub(super) fn id(&self, node: NodeId) -> Option<&Code> {
        self.0.get(&node)
    }

    /// The name of a node as a link to it.
    pub(super) fn link(&self, model: &Model, node: NodeId) -> Code {
        code!("[", shown(&model.display_name(node)), "](#", self.id(node), ")")
    }
}
