//! Intents on references: connect what a person dragged together, and keep fields and
//! cardinalities telling the same story.

use crate::base::ident::{Case, same_ignoring_case, with_case};
use crate::document::edit::fields::{FieldPlace, add_field, free_field_name, retype_field};
use crate::document::edit::house::referring_name;
use crate::document::project::Project;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::graph::Link;
use crate::model::id::{EntityId, EnumerationId, FieldId, IdMint, NodeId, ReferenceId};
use crate::model::reference::{Cardinality, Reference};

/// What a person takes hold of, or drops on, when drawing a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// A whole card.
    Node(NodeId),
    /// A row.
    Field(EntityId, FieldId),
}

impl Anchor {
    /// The card it is on.
    pub fn node(self) -> NodeId {
        match self {
            Self::Node(node) => node,
            Self::Field(entity, _) => entity.into(),
        }
    }

    fn field(self) -> Option<FieldId> {
        match self {
            Self::Node(_) => None,
            Self::Field(_, field) => Some(field),
        }
    }
}

/// Which end of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndSide {
    /// The referencing one.
    From,
    /// The referenced one.
    To,
}

/// Joins two things in the way that their kinds allow: a reference between entities, a field that
/// holds an embedded type, a field that uses an enumeration. None when they have no such way.
pub fn connect(project: &mut Project, mint: &mut IdMint, from: Anchor, to: Anchor) -> Option<Link> {
    match (from.node(), to.node()) {
        (NodeId::Entity(entity), NodeId::Enumeration(enumeration)) => {
            use_enumeration(project, mint, (entity, from.field()), enumeration)
        }
        (NodeId::Enumeration(enumeration), NodeId::Entity(entity)) => {
            use_enumeration(project, mint, (entity, to.field()), enumeration)
        }
        (NodeId::Entity(holder), NodeId::Entity(other)) => {
            let held = project.model.entity(other)?;
            if held.kind == EntityKind::Embedded && to.field().is_none() {
                embed(project, mint, (holder, from.field()), other)
            } else {
                refer(project, mint, from, to)
            }
        }
        (NodeId::Enumeration(_), NodeId::Enumeration(_)) => None,
    }
}

fn use_enumeration(
    project: &mut Project,
    mint: &mut IdMint,
    (entity, field): (EntityId, Option<FieldId>),
    enumeration: EnumerationId,
) -> Option<Link> {
    let name = project.model.enumeration(enumeration)?.name.clone();
    let ty = DataType::Enumeration(enumeration);
    hold(project, mint, (entity, field), &name, ty).map(Link::Use)
}

fn embed(
    project: &mut Project,
    mint: &mut IdMint,
    (holder, field): (EntityId, Option<FieldId>),
    embedded: EntityId,
) -> Option<Link> {
    let name = project.model.entity(embedded)?.name.clone();
    hold(project, mint, (holder, field), &name, DataType::Embedded(embedded)).map(Link::Embedding)
}

/// Gives the field that innermost type, or adds one for it, named after what it holds.
fn hold(
    project: &mut Project,
    mint: &mut IdMint,
    (entity, field): (EntityId, Option<FieldId>),
    name: &str,
    ty: DataType,
) -> Option<FieldId> {
    if let Some(field) = field {
        let mut whole = project.model.entity(entity)?.field(field)?.ty.clone();
        *whole.innermost_mut() = ty;
        retype_field(project, entity, field, whole);
        return Some(field);
    }
    let case = match project.model.entity(entity)?.kind {
        EntityKind::Collection | EntityKind::Embedded => Case::Camel,
        EntityKind::Table | EntityKind::View => Case::Snake,
    };
    let field = Field::new(mint.mint(), with_case(name, case), ty);
    add_field(project, FieldPlace::last(entity), field)
}

/// Which fields a reference is to join, once it is clear which side refers.
struct Plan {
    from: EntityId,
    from_field: Option<FieldId>,
    to: EntityId,
    to_field: Option<FieldId>,
}

fn refer(project: &mut Project, mint: &mut IdMint, from: Anchor, to: Anchor) -> Option<Link> {
    let plan = plan(&project.model, from, to)?;
    let to_fields = referenced_by(&project.model, &plan)?;
    let from_fields = match plan.from_field {
        Some(field) if to_fields.len() <= 1 => {
            take_key_type(project, &plan, field, to_fields.first().copied());
            vec![field]
        }
        Some(_) | None => add_foreign_key(project, mint, &plan, &to_fields)?,
    };
    let mut reference = Reference::new(mint.mint(), plan.from, plan.to);
    if !from_fields.is_empty() {
        set_implied_cardinalities(&project.model, &mut reference, &from_fields);
    }
    let is_primary = project
        .model
        .entity(plan.to)
        .and_then(Entity::primary_key)
        .is_some_and(|key| key.fields == to_fields);
    reference.from.fields = from_fields;
    reference.to.fields = if is_primary { Vec::new() } else { to_fields };
    let id = reference.id;
    project.model.put_reference(reference);
    Some(Link::Reference(id))
}

/// The side that holds the foreign key is never guessed from the direction of the drag alone: a
/// key that is dragged to a plain row, or a primary key to a card, is what that side refers to.
fn plan(model: &Model, from: Anchor, to: Anchor) -> Option<Plan> {
    let (NodeId::Entity(a), NodeId::Entity(b)) = (from.node(), to.node()) else { return None };
    let unique = |entity: EntityId, field: Option<FieldId>| {
        field.is_some_and(|field| model.entity(entity).is_some_and(|e| e.is_unique(&[field])))
    };
    let primary = |entity: EntityId, field: Option<FieldId>| {
        let key = model.entity(entity).and_then(Entity::primary_key);
        field.is_some_and(|field| key.is_some_and(|key| key.fields == [field]))
    };
    let turned = match to.field() {
        Some(_) => unique(a, from.field()) && !unique(b, to.field()),
        None => primary(a, from.field()),
    };
    let ((from_entity, from_field), (to_entity, to_field)) = if turned {
        ((b, to.field()), (a, from.field()))
    } else {
        ((a, from.field()), (b, to.field()))
    };
    if let (Some(from), Some(to)) = (from_field, to_field)
        && from_entity == to_entity
        && model.entity(from_entity).is_some_and(|entity| holds(entity, from, to))
    {
        return None;
    }
    Some(Plan { from: from_entity, from_field, to: to_entity, to_field })
}

/// Whether two fields of an entity are one, or one is nested in the other.
fn holds(entity: &Entity, a: FieldId, b: FieldId) -> bool {
    let is_below = |inner, outer| entity.field_path(inner).iter().any(|field| field.id == outer);
    is_below(a, b) || is_below(b, a)
}

fn referenced_by(model: &Model, plan: &Plan) -> Option<Vec<FieldId>> {
    if let Some(field) = plan.to_field {
        return Some(vec![field]);
    }
    let key = model.entity(plan.to)?.primary_key();
    Some(key.map(|key| key.fields.clone()).unwrap_or_default())
}

fn take_key_type(project: &mut Project, plan: &Plan, field: FieldId, key: Option<FieldId>) {
    let key = key.and_then(|key| project.model.entity(plan.to)?.field(key)).map(|f| f.ty.clone());
    let own = project.model.entity(plan.from).and_then(|e| e.field(field)).map(|f| f.ty.clone());
    if let (Some(key), Some(mut own)) = (key, own)
        && *own.innermost() != key
    {
        *own.innermost_mut() = key;
        retype_field(project, plan.from, field, own);
    }
}

/// Adds one field per key field to the referencing entity, by the house's naming.
fn add_foreign_key(
    project: &mut Project,
    mint: &mut IdMint,
    plan: &Plan,
    key: &[FieldId],
) -> Option<Vec<FieldId>> {
    let mut added = Vec::new();
    for key in key {
        let from = project.model.entity(plan.from)?;
        let to = project.model.entity(plan.to)?;
        let key = to.field(*key)?;
        let field = Field {
            required: true,
            native_types: key.native_types.clone(),
            ..Field::new(mint.mint(), referring_name(from, to, key), key.ty.clone())
        };
        added.push(add_field(project, FieldPlace::last(plan.from), field)?);
    }
    Some(added)
}

fn set_implied_cardinalities(model: &Model, reference: &mut Reference, fields: &[FieldId]) {
    let Some(entity) = model.entity(reference.from.entity) else { return };
    let held: Vec<&Field> = fields.iter().filter_map(|field| entity.field(*field)).collect();
    reference.to.cardinality = if held.iter().any(|field| field.ty.is_array()) {
        Cardinality::ZeroOrMore
    } else if held.iter().all(|field| field.required) {
        Cardinality::ExactlyOne
    } else {
        Cardinality::ZeroOrOne
    };
    reference.from.cardinality =
        if entity.is_unique(fields) { Cardinality::ZeroOrOne } else { Cardinality::ZeroOrMore };
}

/// Sets the cardinality of one end; the fields that carry the reference follow: at the referenced
/// end their `required` and, among documents, whether they are lists; at the other their `unique`,
/// which a list never is.
pub fn set_cardinality(
    project: &mut Project,
    id: ReferenceId,
    side: EndSide,
    cardinality: Cardinality,
) {
    let Some(known) = project.model.reference(id) else { return };
    let old = match side {
        EndSide::From => known.from.cardinality,
        EndSide::To => known.to.cardinality,
    };
    // What is so already is no change, and says nothing about what follows from it.
    if old == cardinality {
        return;
    }
    let Some(reference) = project.model.reference_mut(id) else { return };
    match side {
        EndSide::From => reference.from.cardinality = cardinality,
        EndSide::To => reference.to.cardinality = cardinality,
    }
    reference.inferred = false;
    let (entity, fields) = (reference.from.entity, reference.from.fields.clone());
    match side {
        EndSide::From => {
            if let [only] = fields.as_slice()
                && old.is_many() != cardinality.is_many()
                && let Some(field) = field_mut(project, entity, *only)
                && !field.ty.is_array()
            {
                field.unique = !cardinality.is_many();
            }
        }
        EndSide::To if cardinality.is_many() && !old.is_many() => {
            make_many(project, id, entity, &fields);
        }
        EndSide::To => {
            for field in &fields {
                let Some(field) = field_mut(project, entity, *field) else { continue };
                if let DataType::Array(inner) = &field.ty
                    && !cardinality.is_many()
                {
                    field.ty = (**inner).clone();
                }
                if !cardinality.is_many() {
                    field.required = !cardinality.is_optional();
                }
            }
        }
    }
}

fn field_mut(project: &mut Project, entity: EntityId, field: FieldId) -> Option<&mut Field> {
    project.model.entity_mut(entity)?.field_mut(field)
}

/// Documents hold a list of keys; rows cannot, so the foreign key goes and a join table takes over.
fn make_many(project: &mut Project, id: ReferenceId, entity: EntityId, fields: &[FieldId]) {
    let Some(kind) = project.model.entity(entity).map(|entity| entity.kind) else { return };
    match (kind, fields) {
        (EntityKind::Collection | EntityKind::Embedded, [only]) => {
            if let Some(field) = field_mut(project, entity, *only)
                && !field.ty.is_array()
            {
                field.ty = std::mem::replace(&mut field.ty, DataType::Mixed).array();
                field.required = false;
            }
        }
        (EntityKind::Collection | EntityKind::Embedded, _) => {}
        (EntityKind::Table | EntityKind::View, fields) => {
            let made_for_it = fields_made_for(&project.model, id, entity, fields);
            if let Some(reference) = project.model.reference_mut(id) {
                reference.from.fields.clear();
                reference.to.fields.clear();
                reference.from.cardinality = Cardinality::ZeroOrMore;
            }
            for field in made_for_it {
                project.model.remove_field(entity, field);
            }
        }
    }
}

/// Those of the fields that carry only this reference and are named as the house would name them.
fn fields_made_for(
    model: &Model,
    id: ReferenceId,
    entity: EntityId,
    fields: &[FieldId],
) -> Vec<FieldId> {
    let Some(reference) = model.reference(id) else { return Vec::new() };
    let (Some(from), Some(to)) = (model.entity(entity), model.entity(reference.to.entity)) else {
        return Vec::new();
    };
    let keys = model.referenced_fields(reference);
    fields
        .iter()
        .zip(keys)
        .filter(|(field, key)| {
            let (Some(held), Some(key)) = (from.field(**field), to.field(*key)) else {
                return false;
            };
            same_ignoring_case(&held.name, &referring_name(from, to, key))
                && !from.is_in_primary_key(**field)
                && model.references_from_field(**field).all(|other| other.id == id)
        })
        .map(|(field, _)| *field)
        .collect()
}

/// Puts one end of a reference on another card or row.
///
/// - The referenced end takes any entity; the referencing fields take the type of its key.
/// - The referencing end moves with new fields by the house's naming, unless dropped on a row.
pub fn reconnect(
    project: &mut Project,
    mint: &mut IdMint,
    id: ReferenceId,
    side: EndSide,
    to: Anchor,
) -> Option<()> {
    let old = project.model.reference(id)?.clone();
    let NodeId::Entity(entity) = to.node() else { return None };
    let (from_anchor, to_anchor) = match side {
        EndSide::From => (to, anchor_of(&old.to.fields, old.to.entity)),
        EndSide::To => (anchor_of(&old.from.fields, old.from.entity), to),
    };
    if side == EndSide::From && entity == old.from.entity && to.field().is_none() {
        return None;
    }
    let left_behind = match side {
        EndSide::From => fields_made_for(&project.model, id, old.from.entity, &old.from.fields),
        EndSide::To => Vec::new(),
    };
    let Link::Reference(made) = refer(project, mint, from_anchor, to_anchor)? else { return None };
    let fresh = project.model.reference(made)?.clone();
    project.model.remove_reference(made);
    let mut reference = old.clone();
    reference.from.entity = fresh.from.entity;
    reference.from.fields = fresh.from.fields;
    reference.to.entity = fresh.to.entity;
    reference.to.fields = fresh.to.fields;
    project.model.put_reference(reference);
    for field in left_behind {
        project.model.remove_field(old.from.entity, field);
    }
    Some(())
}

fn anchor_of(fields: &[FieldId], entity: EntityId) -> Anchor {
    match fields {
        [only] => Anchor::Field(entity, *only),
        _ => Anchor::Node(entity.into()),
    }
}

/// Gives the fields that were named after what they refer to, by the house's naming, the name that
/// follows from its new one. `old` is the entity as it was called before.
pub fn rename_followers(project: &mut Project, old: &Entity) {
    let Some(new) = project.model.entity(old.id).cloned() else { return };
    let mut renames = Vec::new();
    for reference in project.model.references().filter(|one| one.to.entity == old.id) {
        let Some(from) = project.model.entity(reference.from.entity) else { continue };
        let keys = project.model.referenced_fields(reference);
        for (field, key) in reference.from.fields.iter().zip(keys) {
            let (Some(held), Some(key)) = (from.field(*field), new.field(key)) else { continue };
            if held.name == referring_name(from, old, key) {
                renames.push((from.id, *field, referring_name(from, &new, key)));
            }
        }
    }
    for (entity, field, wanted) in renames {
        let Some(owner) = project.model.entity(entity) else { continue };
        let name = free_field_name(&project.model, FieldPlace::of(owner, field), &wanted);
        if let Some(field) = field_mut(project, entity, field) {
            field.name = name;
        }
    }
}

/// Turns a reference around: what referred is referred to. The fields stay with their entities;
/// where the two ends would not match, it points at the primary key.
pub fn reverse(project: &mut Project, id: ReferenceId) {
    let Some(reference) = project.model.reference(id) else { return };
    let referenced = project.model.referenced_fields(reference);
    let Some(reference) = project.model.reference_mut(id) else { return };
    reference.to.fields = referenced;
    std::mem::swap(&mut reference.from, &mut reference.to);
    if reference.from.fields.len() != reference.to.fields.len() {
        reference.to.fields.clear();
    }
}
