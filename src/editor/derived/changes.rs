//! What differs between two versions of a project, as far as one diagram shows it: a walk over
//! shared parts, which are the same `Arc` while nothing changed.
//!
//! Must not know layouts.

use indexmap::IndexSet;

use crate::diagram::Diagram;
use crate::diagram::placement::Placement;
use crate::document::project::Project;
use crate::model::Model;
use crate::model::area::Area;
use crate::model::entity::Entity;
use crate::model::enumeration::Enumeration;
use crate::model::graph::Link;
use crate::model::id::{DiagramId, NodeId};
use crate::model::reference::Reference;

/// The parts of a diagram that differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parts {
    /// Cards whose texts may differ, new ones among them.
    pub(super) reworded: IndexSet<NodeId>,
    /// Cards that stand elsewhere.
    pub(super) moved: IndexSet<NodeId>,
    /// Cards that are gone.
    pub(super) gone: IndexSet<NodeId>,
    /// Cards that only look different.
    pub(super) recolored: IndexSet<NodeId>,
    /// Lines that run or look different although their cards stay.
    pub(super) lines: IndexSet<Link>,
    /// Whether notes differ.
    pub(super) notes: bool,
    /// Whether areas or their frames differ.
    pub(super) areas: bool,
}

impl Parts {
    /// Whether nothing differs.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What differs on that diagram; none when so much does that everything is laid out anew.
pub(super) fn between(old: &Project, new: &Project, id: DiagramId) -> Option<Parts> {
    let (before, after) = (old.diagram(id)?, new.diagram(id)?);
    if before.content != after.content
        || before.notation != after.notation
        || before.detail != after.detail
        || before.lines != after.lines
        || !is_same(old.model.namespaces(), new.model.namespaces())
    {
        return None;
    }
    let mut parts = Parts::default();
    let is_known = entities(&old.model, &new.model, &mut parts)
        && enumerations(&old.model, &new.model, &mut parts)
        && references(&old.model, &new.model, &mut parts);
    if !is_known {
        return None;
    }
    areas(&old.model, &new.model, &mut parts);
    parts.notes = !is_same(old.model.notes(), new.model.notes()) || before.notes != after.notes;
    placements(before, after, &mut parts);
    let bent = before.routes.iter().filter(|(id, route)| after.routes.get(*id) != Some(*route));
    let bent_now = after.routes.iter().filter(|(id, route)| before.routes.get(*id) != Some(*route));
    parts.lines.extend(bent.chain(bent_now).map(|(id, _)| Link::Reference(*id)));
    parts.areas |= before.frames != after.frames;
    Some(parts)
}

fn is_same<'a, T: 'a + PartialEq>(
    old: impl ExactSizeIterator<Item = &'a T>,
    new: impl ExactSizeIterator<Item = &'a T>,
) -> bool {
    old.len() == new.len() && old.zip(new).all(|(old, new)| std::ptr::eq(old, new) || old == new)
}

/// One part on both sides of a change.
enum Difference<'a, T> {
    Added(&'a T),
    Removed(&'a T),
    Changed(&'a T, &'a T),
}

/// Walks two lists side by side, or only what has changed where nothing was added or removed; false
/// when their order differs.
fn differences<'a, T: 'a>(
    changed: Option<impl Iterator<Item = (&'a T, &'a T)>>,
    (old, new): (impl Iterator<Item = &'a T>, impl Iterator<Item = &'a T>),
    is_one: impl Fn(&T, &T) -> bool,
    is_in: (impl Fn(&T) -> bool, impl Fn(&T) -> bool),
    mut found: impl FnMut(Difference<'a, T>),
) -> bool {
    if let Some(changed) = changed {
        changed.for_each(|(old, new)| found(Difference::Changed(old, new)));
        return true;
    }
    let (is_in_old, is_in_new) = is_in;
    let (mut old, mut new) = (old.peekable(), new.peekable());
    loop {
        match (old.peek().copied(), new.peek().copied()) {
            (None, None) => return true,
            (Some(before), Some(after)) if is_one(before, after) => {
                if !std::ptr::eq(before, after) {
                    found(Difference::Changed(before, after));
                }
                old.next();
                new.next();
            }
            (Some(before), _) if !is_in_new(before) => {
                found(Difference::Removed(before));
                old.next();
            }
            (_, Some(after)) if !is_in_old(after) => {
                found(Difference::Added(after));
                new.next();
            }
            (Some(_) | None, _) => return false,
        }
    }
}

fn entities(old: &Model, new: &Model, parts: &mut Parts) -> bool {
    differences(
        new.changed_entities(old),
        (old.entities(), new.entities()),
        |a, b| a.id == b.id,
        (|one: &Entity| old.entity(one.id).is_some(), |one: &Entity| new.entity(one.id).is_some()),
        |difference| match difference {
            Difference::Added(entity) => {
                parts.reworded.insert(entity.id.into());
            }
            Difference::Removed(entity) => {
                parts.gone.insert(entity.id.into());
            }
            Difference::Changed(before, after) => {
                if !is_drawn_alike(before, after) {
                    parts.reworded.insert(after.id.into());
                }
                if before.name != after.name {
                    holders(new, after.id.into(), parts);
                }
            }
        },
    )
}

/// Whether two versions of an entity have the same card: its note, its conditions and what only one
/// target knows are not on it.
fn is_drawn_alike(before: &Entity, after: &Entity) -> bool {
    let Entity { id, name, namespace, kind, stored_name, fields, keys, indexes, .. } = before;
    *id == after.id
        && *name == after.name
        && *namespace == after.namespace
        && *kind == after.kind
        && *stored_name == after.stored_name
        && *fields == after.fields
        && *keys == after.keys
        && *indexes == after.indexes
        && before.timestamps == after.timestamps
        && before.keeps_id == after.keeps_id
}

fn enumerations(old: &Model, new: &Model, parts: &mut Parts) -> bool {
    let is_in = |model: &Model, one: &Enumeration| model.enumeration(one.id).is_some();
    differences(
        new.changed_enumerations(old),
        (old.enumerations(), new.enumerations()),
        |a, b| a.id == b.id,
        (|one: &Enumeration| is_in(old, one), |one: &Enumeration| is_in(new, one)),
        |difference| match difference {
            Difference::Added(one) => {
                parts.reworded.insert(one.id.into());
            }
            Difference::Removed(one) => {
                parts.gone.insert(one.id.into());
            }
            Difference::Changed(before, after) => {
                parts.reworded.insert(after.id.into());
                if before.name != after.name {
                    holders(new, after.id.into(), parts);
                }
            }
        },
    )
}

/// Cards whose rows name a node as a type say its new name.
fn holders(model: &Model, node: NodeId, parts: &mut Parts) {
    let incoming = model.graph().incoming(node).into_iter();
    let named = incoming.filter(|(link, _)| !matches!(link, Link::Reference(_)));
    parts.reworded.extend(named.map(|(_, holder)| holder));
}

/// Both ends of a reference that differs: their rows are marked, and their lines run anew.
fn references(old: &Model, new: &Model, parts: &mut Parts) -> bool {
    let is_in = |model: &Model, one: &Reference| model.reference(one.id).is_some();
    let mut touched = |reference: &Reference| {
        parts.lines.insert(Link::Reference(reference.id));
        for end in [&reference.from, &reference.to] {
            let node = NodeId::Entity(end.entity);
            if new.entity(end.entity).is_some() {
                parts.reworded.insert(node);
            }
        }
    };
    differences(
        new.changed_references(old),
        (old.references(), new.references()),
        |a, b| a.id == b.id,
        (|one: &Reference| is_in(old, one), |one: &Reference| is_in(new, one)),
        |difference| match difference {
            Difference::Added(one) | Difference::Removed(one) => touched(one),
            Difference::Changed(before, after) => {
                touched(before);
                touched(after);
            }
        },
    )
}

/// Members of areas that differ have another color.
fn areas(old: &Model, new: &Model, parts: &mut Parts) {
    if is_same(old.areas(), new.areas()) {
        return;
    }
    parts.areas = true;
    let is_kept = |area: &&Area, model: &Model| model.area(area.id) == Some(*area);
    let left = old.areas().filter(|area| !is_kept(area, new));
    let joined = new.areas().filter(|area| !is_kept(area, old));
    parts.recolored.extend(left.chain(joined).flat_map(|area| area.members.iter().copied()));
}

fn placements(before: &Diagram, after: &Diagram, parts: &mut Parts) {
    if let Some(changed) = after.placements.changed_since(&before.placements) {
        for (node, old, new) in changed {
            replaced(*node, old, new, parts);
        }
        return;
    }
    for (node, placement) in &after.placements {
        match before.placements.get(node) {
            Some(old) => replaced(*node, old, placement, parts),
            None => {
                parts.moved.insert(*node);
            }
        }
    }
    if before.placements.len() > after.placements.len() {
        let lost = before.placements.keys().filter(|node| !after.placements.contains_key(*node));
        parts.moved.extend(lost);
    }
}

/// A card that has another placement than before.
fn replaced(node: NodeId, old: &Placement, new: &Placement, parts: &mut Parts) {
    let is_measured_alike = old.width == new.width
        && old.folded == new.folded
        && old.folded_fields == new.folded_fields;
    if !is_measured_alike {
        parts.reworded.insert(node);
    } else if old.position != new.position {
        parts.moved.insert(node);
    }
    if old.color != new.color {
        parts.recolored.insert(node);
    }
}
