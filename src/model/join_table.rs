//! Join tables: a table that only says which records of two others belong together is a
//! many-to-many reference in another form.

use crate::base::plural::singular;
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::graph::Link;
use crate::model::id::{EntityId, FieldId, IdMint, ReferenceId};
use crate::model::reference::{Cardinality, End, Reference, ReferentialAction};

/// The two references of a table that is nothing but a join table, in the order of its fields.
///
/// - Each of its fields belongs to exactly one of them; together they are unique, and nothing less.
/// - It has no rules, options or timestamps of its own, and nothing refers to it.
pub fn sides_of_join_table(model: &Model, id: EntityId) -> Option<[&Reference; 2]> {
    let entity = model.entity(id).filter(|one| is_plain(one))?;
    if !model.graph().incoming(id).is_empty() {
        return None;
    }
    let links = model.graph().outgoing(id).into_iter().map(|(link, _)| match link {
        Link::Reference(id) => model.reference(id),
        Link::Embedding(_) | Link::Use(_) => None,
    });
    let mut sides = links.collect::<Option<Vec<&Reference>>>()?;
    sides.sort_by_key(|side| place_of(entity, side));
    let [near, far] = sides.as_slice() else { return None };
    let of_sides = [&near.from.fields, &far.from.fields];
    let fields: Vec<FieldId> = of_sides.into_iter().flatten().copied().collect();
    let covers = of_sides.iter().all(|side| !side.is_empty())
        && fields.len() == entity.fields.len()
        && entity.fields.iter().all(|field| fields.contains(&field.id));
    let is_whole = |count: usize| count == fields.len();
    let is_unique_only_together = entity.is_unique(&fields)
        && entity.keys.iter().all(|key| is_whole(key.fields.len()))
        && entity.indexes.iter().all(|index| !index.unique || is_whole(index.parts.len()));
    (covers && is_unique_only_together).then_some([*near, *far])
}

fn is_plain(entity: &Entity) -> bool {
    let plain_field = |field: &Field| {
        (field.required || entity.is_in_primary_key(field.id))
            && !field.unique
            && field.default.is_none()
            && field.generated.is_none()
            && field.fields.is_empty()
            && field.note.is_empty()
            && field.extras.is_empty()
    };
    entity.kind == EntityKind::Table
        && entity.checks.is_empty()
        && !entity.timestamps
        && entity.extras.is_empty()
        && entity.fields.iter().all(plain_field)
}

/// Where the fields of a reference begin.
fn place_of(entity: &Entity, reference: &Reference) -> Option<usize> {
    let first = reference.from.fields.first()?;
    entity.fields.iter().position(|field| field.id == *first)
}

/// Turns a join table into a many-to-many reference of its name; none when it is more than that.
pub fn reference_from_join_table(
    model: &mut Model,
    mint: &mut IdMint,
    id: EntityId,
) -> Option<ReferenceId> {
    let [near, far] = sides_of_join_table(model, id)?;
    let entity = model.entity(id)?;
    let end = |side: &Reference| End {
        role: side.to.role.clone().or_else(|| role_of(model, entity, side)),
        ..End::new(side.to.entity, Cardinality::ZeroOrMore)
    };
    let mut reference = Reference::new(mint.mint(), near.to.entity, far.to.entity);
    (reference.from, reference.to) = (end(near), end(far));
    reference.name = Some(entity.name.clone());
    reference.note.clone_from(&entity.note);
    // Rows of a join table go with either record; only a table that refuses says more than that.
    if far.on_delete == ReferentialAction::Restrict {
        reference.on_delete = far.on_delete;
    }
    let made = reference.id;
    model.remove_entity(id);
    model.put_reference(reference);
    Some(made)
}

/// What the one field of a side is called without the name of the key, where that is not just the
/// name of the entity that it refers to.
fn role_of(model: &Model, entity: &Entity, side: &Reference) -> Option<String> {
    let [only] = side.from.fields.as_slice() else { return None };
    let name = entity.field(*only)?.name.as_str();
    let to = model.entity(side.to.entity)?;
    let keys = model.referenced_fields(side);
    let key = to.field(*keys.first()?)?.name.to_lowercase();
    let stem = name.to_lowercase().strip_suffix(&key).map_or(name.len(), str::len);
    let stem = name.get(..stem)?.trim_end_matches('_');
    let plain = |text: &str| singular(&text.to_lowercase().replace('_', ""));
    (!stem.is_empty() && plain(stem) != plain(&to.name)).then(|| stem.to_owned())
}
