//! The invariants of a model, made true again after reading, each repair told with its place.
//!
//! The invariants themselves are listed on [`Model`].

use indexmap::IndexSet;

use crate::formats::native::convert::report::Report;
use crate::formats::native::type_text::text_from_type;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{EntityId, EnumerationId, NamespaceId, NodeId};
use crate::model::index::IndexTarget;
use crate::model::key::KeyKind;
use crate::model::reference::{End, Reference};

/// What there is to point at.
struct Present {
    namespaces: IndexSet<NamespaceId>,
    entities: IndexSet<EntityId>,
    enumerations: IndexSet<EnumerationId>,
}

impl Present {
    fn has_node(&self, node: NodeId) -> bool {
        match node {
            NodeId::Entity(id) => self.entities.contains(&id),
            NodeId::Enumeration(id) => self.enumerations.contains(&id),
        }
    }
}

/// Makes the invariants of `model` true.
pub(super) fn model(model: &mut Model, report: &mut Report<'_>) {
    let present = Present {
        namespaces: model.namespaces().map(|one| one.id).collect(),
        entities: model.entities().map(|one| one.id).collect(),
        enumerations: model.enumerations().map(|one| one.id).collect(),
    };
    for id in &present.enumerations {
        if let Some(one) = model.enumeration_mut(*id) {
            let owner = [id.to_string(), one.name.clone()];
            namespace(&mut one.namespace, &owner, &present, report);
        }
    }
    for id in &present.entities {
        if let Some(one) = model.entity_mut(*id) {
            let owner = [id.to_string(), one.name.clone()];
            namespace(&mut one.namespace, &owner, &present, report);
            entity(one, &present, report);
        }
    }
    references(model, report);
    areas(model, &present, report);
    notes(model, &present, report);
}

/// Tells that something pointed at what is not there.
fn dangling(report: &mut Report<'_>, owner: &str, id: &str, what: &str, outcome: &str) {
    let place = report.places.of_value(owner, id);
    report.warn(place, format!("{what} points at `{id}`, which is not in the file"), outcome);
}

fn namespace(
    namespace: &mut Option<NamespaceId>,
    [owner, name]: &[String; 2],
    present: &Present,
    report: &mut Report<'_>,
) {
    if let Some(id) = namespace.take_if(|id| !present.namespaces.contains(id)) {
        let what = format!("the namespace of `{name}`");
        dangling(report, owner, &id.to_string(), &what, "it moved to the default namespace");
    }
}

fn entity(entity: &mut Entity, present: &Present, report: &mut Report<'_>) {
    for one in &mut entity.fields {
        field(one, &entity.name, present, report);
    }
    keys(entity, report);
    indexes(entity, report);
}

fn field(field: &mut Field, entity: &str, present: &Present, report: &mut Report<'_>) {
    let owner = field.id.to_string();
    let what = format!("the type of `{entity}.{}`", field.name);
    if let Some(id) = field.ty.enumeration().filter(|id| !present.enumerations.contains(id)) {
        dangling_type(report, &owner, &field.ty, &id.to_string(), &what, "it became `string`");
        *field.ty.innermost_mut() = DataType::STRING;
    }
    if let Some(id) = field.ty.embedded().filter(|id| !present.entities.contains(id)) {
        dangling_type(report, &owner, &field.ty, &id.to_string(), &what, "it became `object`");
        *field.ty.innermost_mut() = DataType::Object;
    }
    if !field.fields.is_empty() && *field.ty.innermost() != DataType::Object {
        let place = report.places.of_definition(&owner, 0);
        let message = format!("`{entity}.{}` has fields but is no object", field.name);
        report.warn(place, message, "its type became `object`");
        *field.ty.innermost_mut() = DataType::Object;
    }
    for one in &mut field.fields {
        self::field(one, entity, present, report);
    }
}

/// A type's id may stand inside brackets, so its place is that of the whole type.
fn dangling_type(
    report: &mut Report<'_>,
    owner: &str,
    ty: &DataType,
    id: &str,
    what: &str,
    outcome: &str,
) {
    let text = text_from_type(ty);
    let place = report.places.of_value(owner, &text);
    report.warn(place, format!("{what} points at `{id}`, which is not in the file"), outcome);
}

fn keys(entity: &mut Entity, report: &mut Report<'_>) {
    let mut keys = std::mem::take(&mut entity.keys);
    let mut has_primary = false;
    keys.retain_mut(|key| {
        let owner = key.id.to_string();
        key.fields.retain(|field| {
            let found = entity.field(*field).is_some();
            if !found {
                let what = format!("a key of `{}`", entity.name);
                dangling(report, &owner, &field.to_string(), &what, "the key goes without it");
            }
            found
        });
        if key.fields.is_empty() {
            let place = report.places.of_definition(&owner, 0);
            let message = format!("a key of `{}` has no fields", entity.name);
            report.warn(place, message, "it was left out");
            return false;
        }
        if key.kind == KeyKind::Primary && std::mem::replace(&mut has_primary, true) {
            let place = report.places.of_definition(&owner, 0);
            let message = format!("`{}` has a second primary key", entity.name);
            report.warn(place, message, "it became an alternate key");
            key.kind = KeyKind::Alternate;
        }
        true
    });
    entity.keys = keys;
}

fn indexes(entity: &mut Entity, report: &mut Report<'_>) {
    let mut indexes = std::mem::take(&mut entity.indexes);
    indexes.retain_mut(|index| {
        let owner = index.id.to_string();
        index.parts.retain(|part| {
            let IndexTarget::Field(field) = part.on else { return true };
            let found = entity.field(field).is_some();
            if !found {
                let what = format!("an index of `{}`", entity.name);
                dangling(report, &owner, &field.to_string(), &what, "the index goes without it");
            }
            found
        });
        if index.parts.is_empty() {
            let place = report.places.of_definition(&owner, 0);
            let message = format!("an index of `{}` has no parts", entity.name);
            report.warn(place, message, "it was left out");
        }
        !index.parts.is_empty()
    });
    entity.indexes = indexes;
}

fn references(model: &mut Model, report: &mut Report<'_>) {
    let all: Vec<Reference> = model.references().cloned().collect();
    for mut reference in all {
        let owner = reference.id.to_string();
        let missing = [&reference.from, &reference.to]
            .map(|end| end.entity)
            .into_iter()
            .find(|entity| model.entity(*entity).is_none());
        if let Some(entity) = missing {
            let outcome = "the reference was left out";
            dangling(report, &owner, &entity.to_string(), "a reference", outcome);
            model.remove_reference(reference.id);
        } else if repair_ends(&mut reference, model, report) {
            model.put_reference(reference);
        }
    }
}

/// Whether the ends had to be repaired.
fn repair_ends(reference: &mut Reference, model: &Model, report: &mut Report<'_>) -> bool {
    let owner = reference.id.to_string();
    let is_missing = |end: &End| {
        let entity = model.entity(end.entity)?;
        end.fields.iter().copied().find(|field| entity.field(*field).is_none())
    };
    if let Some(field) = is_missing(&reference.from).or_else(|| is_missing(&reference.to)) {
        let outcome = "the reference goes without fields";
        dangling(report, &owner, &field.to_string(), "a reference", outcome);
        reference.from.fields.clear();
        reference.to.fields.clear();
        return true;
    }
    let [from, to] = [&reference.from, &reference.to].map(|end| end.fields.len());
    if to == 0 || from == to {
        return false;
    }
    let place = report.places.of_definition(&owner, 0);
    let message = format!("a reference has {from} fields at one end and {to} at the other");
    report.warn(place, message, "it points at the primary key now");
    reference.to.fields.clear();
    true
}

fn areas(model: &mut Model, present: &Present, report: &mut Report<'_>) {
    let mut taken: IndexSet<NodeId> = IndexSet::new();
    let ids: Vec<_> = model.areas().map(|area| area.id).collect();
    for id in ids {
        let Some(area) = model.area_mut(id) else { continue };
        let owner = id.to_string();
        area.members.retain(|member| {
            let text = member.to_string();
            if !present.has_node(*member) {
                let what = format!("area `{}`", area.name);
                dangling(report, &owner, &text, &what, "the area goes without it");
                return false;
            }
            let is_first = taken.insert(*member);
            if !is_first {
                let place = report.places.of_value(&owner, &text);
                let message = format!("`{text}` is in an area already and not in `{}`", area.name);
                report.warn(place, message, "the first area keeps it");
            }
            is_first
        });
    }
}

fn notes(model: &mut Model, present: &Present, report: &mut Report<'_>) {
    let ids: Vec<_> = model.notes().map(|note| note.id).collect();
    for id in ids {
        let Some(note) = model.note_mut(id) else { continue };
        if let Some(subject) = note.subject.take_if(|subject| !present.has_node(*subject)) {
            let owner = id.to_string();
            let outcome = "the note speaks of nothing now";
            dangling(report, &owner, &subject.to_string(), "a note", outcome);
        }
    }
}
