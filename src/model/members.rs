//! Which area each node is in, so that nobody has to look through all areas for it.
//!
//! Must not know what areas look like.

use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;

use crate::model::Model;
use crate::model::id::{AreaId, NodeId};

/// The areas of nodes, as long as no area changes.
///
/// - It belongs to one version of a model and its clones, and is made when the first of them is
///   asked. Before an area changes the model lets go of it.
#[derive(Clone, Debug, Default)]
pub(super) struct CachedMembers(Arc<OnceLock<IndexMap<NodeId, AreaId>>>);

impl CachedMembers {
    /// The first area that has the node among its members.
    pub(super) fn area_of(&self, model: &Model, node: NodeId) -> Option<AreaId> {
        let areas = self.0.get_or_init(|| {
            let mut areas = IndexMap::new();
            for area in model.areas() {
                for member in &area.members {
                    areas.entry(*member).or_insert(area.id);
                }
            }
            areas
        });
        areas.get(&node).copied()
    }
}
