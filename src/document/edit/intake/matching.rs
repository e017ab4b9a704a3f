//! Which element of an import is which of the project: by names ignoring case within a namespace,
//! by what an element is about where it has no name, by ids only where both know them.
//!
//! Nothing is guessed here: guesses are [`guessing`](super::guessing)'s.

use indexmap::IndexMap;

use crate::base::plural::singular;
use crate::document::edit::intake::pairs::{Counterparts, Pairs, Tie};
use crate::model::Model;
use crate::model::area::Area;
use crate::model::entity::{Check, Entity, EntityKind};
use crate::model::enumeration::{Enumeration, EnumerationValue};
use crate::model::field::Field;
use crate::model::id::{EntityId, FieldId, NamespaceId};
use crate::model::index::{Index, IndexTarget};
use crate::model::key::{Key, KeyKind};
use crate::model::namespace::Namespace;
use crate::model::note::Note;
use crate::model::reference::Reference;

/// A name as one reads it without case.
pub(super) fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// A name without what conventions do to it: `order_items`, `OrderItem` and `order-item` are one.
pub(super) fn plain(name: &str) -> String {
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let letters = letters.to_lowercase();
    if letters.is_empty() { name.to_lowercase() } else { singular(&letters) }
}

/// Pairs elements that have the same id in both.
pub(super) fn match_ids(ours: &Model, theirs: &Model, pairs: &mut Counterparts) {
    theirs.namespaces().filter(|one| ours.namespace(one.id).is_some()).for_each(|one| {
        pairs.namespaces.pair(one.id, one.id);
    });
    theirs.references().filter(|one| ours.reference(one.id).is_some()).for_each(|one| {
        pairs.references.pair(one.id, one.id);
    });
    theirs.areas().filter(|one| ours.area(one.id).is_some()).for_each(|one| {
        pairs.areas.pair(one.id, one.id);
    });
    theirs.notes().filter(|one| ours.note(one.id).is_some()).for_each(|one| {
        pairs.notes.pair(one.id, one.id);
    });
    for one in theirs.enumerations() {
        let Some(our) = ours.enumeration(one.id) else { continue };
        pairs.enumerations.pair(one.id, one.id);
        for value in &one.values {
            if our.values.iter().any(|other| other.id == value.id) {
                pairs.values.pair(value.id, value.id);
            }
        }
    }
    for one in theirs.entities() {
        let Some(our) = ours.entity(one.id) else { continue };
        pairs.entities.pair(one.id, one.id);
        for field in one.all_fields().iter().filter(|field| our.field(field.id).is_some()) {
            pairs.fields.pair(field.id, field.id);
        }
        for key in one.keys.iter().filter(|key| our.keys.iter().any(|own| own.id == key.id)) {
            pairs.keys.pair(key.id, key.id);
        }
        for index in one.indexes.iter().filter(|one| our.indexes.iter().any(|o| o.id == one.id)) {
            pairs.indexes.pair(index.id, index.id);
        }
        for check in one.checks.iter().filter(|one| our.checks.iter().any(|o| o.id == one.id)) {
            pairs.checks.pair(check.id, check.id);
        }
    }
}

/// Pairs everything that can be told apart by its name or by what it is about.
pub(super) fn match_all(ours: &Model, theirs: &Model, pairs: &mut Counterparts) {
    let ours_all: Vec<_> = ours.namespaces().collect();
    let theirs_all: Vec<_> = theirs.namespaces().collect();
    let name = |one: &Namespace| Some(folded(&one.name));
    pairs.namespaces.pair_by((&ours_all, &theirs_all), |one| one.id, &(name, name), Tie::InOrder);
    match_entities(ours, theirs, pairs);
    match_enumerations(ours, theirs, pairs);
    match_parts(ours, theirs, pairs);
    match_references(ours, theirs, pairs);
    match_decoration(ours, theirs, pairs);
}

/// What belongs to entities and enumerations that have their pair.
pub(super) fn match_parts(ours: &Model, theirs: &Model, pairs: &mut Counterparts) {
    let entities = paired_entities(ours, theirs, pairs);
    for (our, their) in &entities {
        match_fields(&our.fields, &their.fields, pairs);
    }
    match_enumerations_by_use(&entities, pairs);
    match_values(ours, theirs, pairs);
    for (our, their) in &entities {
        match_keys(our, their, pairs);
        match_indexes(our, their, pairs);
        match_checks(our, their, pairs);
    }
}

/// Entities of which it is known what they are in the other model.
pub(super) fn paired_entities<'a>(
    ours: &'a Model,
    theirs: &'a Model,
    pairs: &Counterparts,
) -> Vec<(&'a Entity, &'a Entity)> {
    let paired = theirs.entities().filter_map(|their| {
        let our = pairs.entities.ours(their.id)?;
        Some((ours.entity(our)?, their))
    });
    paired.collect()
}

/// Where a name is unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Scope {
    Default,
    In(NamespaceId),
}

fn scope(id: Option<NamespaceId>) -> Scope {
    id.map_or(Scope::Default, Scope::In)
}

/// The scope in the project that this one of the import is; none when its namespace is new.
fn our_scope(id: Option<NamespaceId>, known: &Pairs<NamespaceId>) -> Option<Scope> {
    match id {
        None => Some(Scope::Default),
        Some(id) => known.ours(id).map(Scope::In),
    }
}

fn match_entities(ours: &Model, theirs: &Model, pairs: &mut Counterparts) {
    let ours: Vec<_> = ours.entities().collect();
    let theirs: Vec<_> = theirs.entities().collect();
    let Counterparts { namespaces, entities, .. } = pairs;
    let spellings: [fn(&Entity) -> String; 4] = [
        |one| one.name.clone(),
        |one| folded(&one.name),
        |one| folded(one.stored_name.as_ref().unwrap_or(&one.name)),
        |one| plain(&one.name),
    ];
    for (turn, spelled) in spellings.into_iter().enumerate() {
        let keys = (
            |one: &Entity| Some((scope(one.namespace), spelled(one))),
            |one: &Entity| Some((our_scope(one.namespace, namespaces)?, spelled(one))),
        );
        let tie = if turn < 2 { Tie::InOrder } else { Tie::Unknown };
        entities.pair_by((&ours, &theirs), |one| one.id, &keys, tie);
    }
    let name = |one: &Entity| Some(folded(&one.name));
    entities.pair_by((&ours, &theirs), |one| one.id, &(name, name), Tie::Unknown);
}

fn match_enumerations(ours: &Model, theirs: &Model, pairs: &mut Counterparts) {
    let ours: Vec<_> = ours.enumerations().collect();
    let theirs: Vec<_> = theirs.enumerations().collect();
    let Counterparts { namespaces, enumerations, .. } = pairs;
    let spellings: [fn(&Enumeration) -> String; 3] =
        [|one| one.name.clone(), |one| folded(&one.name), |one| plain(&one.name)];
    for (turn, spelled) in spellings.into_iter().enumerate() {
        let keys = (
            |one: &Enumeration| Some((scope(one.namespace), spelled(one))),
            |one: &Enumeration| Some((our_scope(one.namespace, namespaces)?, spelled(one))),
        );
        let tie = if turn < 2 { Tie::InOrder } else { Tie::Unknown };
        enumerations.pair_by((&ours, &theirs), |one| one.id, &keys, tie);
    }
}

/// Enumerations that have another name, or none that a script could tell: what a field used before
/// is what it uses now.
fn match_enumerations_by_use(entities: &[(&Entity, &Entity)], pairs: &mut Counterparts) {
    for (our, their) in entities {
        for field in their.all_fields() {
            let Some(theirs) = field.ty.enumeration() else { continue };
            let ours = pairs.fields.ours(field.id).and_then(|id| our.field(id));
            if let Some(ours) = ours.and_then(|field| field.ty.enumeration()) {
                pairs.enumerations.pair(ours, theirs);
            }
        }
    }
}

fn match_values(ours: &Model, theirs: &Model, pairs: &mut Counterparts) {
    for their in theirs.enumerations() {
        let our = pairs.enumerations.ours(their.id).and_then(|id| ours.enumeration(id));
        let Some(our) = our else { continue };
        let ours: Vec<_> = our.values.iter().collect();
        let theirs: Vec<_> = their.values.iter().collect();
        for spelled in [str::to_owned, folded as fn(&str) -> String] {
            let name = |one: &EnumerationValue| Some(spelled(&one.name));
            pairs.values.pair_by((&ours, &theirs), |one| one.id, &(name, name), Tie::InOrder);
        }
    }
}

fn match_fields(ours: &[Field], theirs: &[Field], pairs: &mut Counterparts) {
    let (our_fields, their_fields): (Vec<_>, Vec<_>) =
        (ours.iter().collect(), theirs.iter().collect());
    let spellings: [fn(&str) -> String; 3] = [str::to_owned, folded, plain];
    for (turn, spelled) in spellings.into_iter().enumerate() {
        let tie = if turn < 2 { Tie::InOrder } else { Tie::Unknown };
        let name = |one: &Field| Some(spelled(&one.name));
        pairs.fields.pair_by((&our_fields, &their_fields), |one| one.id, &(name, name), tie);
    }
    for their in theirs.iter().filter(|field| !field.fields.is_empty()) {
        let our = pairs.fields.ours(their.id);
        if let Some(our) = ours.iter().find(|field| Some(field.id) == our) {
            match_fields(&our.fields, &their.fields, pairs);
        }
    }
}

/// The same fields in the project, when all are known.
fn our_fields(fields: &[FieldId], known: &Pairs<FieldId>) -> Option<Vec<FieldId>> {
    fields.iter().map(|field| known.ours(*field)).collect()
}

fn match_keys(our: &Entity, their: &Entity, pairs: &mut Counterparts) {
    let ours: Vec<_> = our.keys.iter().collect();
    let theirs: Vec<_> = their.keys.iter().collect();
    let Counterparts { keys, fields, .. } = pairs;
    let kind = |one: &Key| (one.kind == KeyKind::Primary).then_some(());
    keys.pair_by((&ours, &theirs), |one| one.id, &(kind, kind), Tie::InOrder);
    let over = (|one: &Key| Some(one.fields.clone()), |one: &Key| our_fields(&one.fields, fields));
    keys.pair_by((&ours, &theirs), |one| one.id, &over, Tie::InOrder);
    let name = |one: &Key| one.name.as_deref().map(folded);
    keys.pair_by((&ours, &theirs), |one| one.id, &(name, name), Tie::Unknown);
}

fn match_indexes(our: &Entity, their: &Entity, pairs: &mut Counterparts) {
    let ours: Vec<_> = our.indexes.iter().collect();
    let theirs: Vec<_> = their.indexes.iter().collect();
    let name = |one: &Index| one.name.as_deref().map(folded);
    let Counterparts { indexes, fields, .. } = pairs;
    let targets = |one: &Index| -> Vec<IndexTarget> {
        one.parts.iter().map(|part| part.on.clone()).collect()
    };
    let our_targets = |one: &Index| {
        let target = |target: IndexTarget| match target {
            IndexTarget::Field(id) => fields.ours(id).map(IndexTarget::Field),
            IndexTarget::Expression(_) => Some(target),
        };
        targets(one).into_iter().map(target).collect::<Option<Vec<_>>>()
    };
    let written = |targets: Vec<IndexTarget>| format!("{targets:?}");
    let both = (
        |one: &Index| Some((name(one), written(targets(one)))),
        |one: &Index| Some((name(one), written(our_targets(one)?))),
    );
    indexes.pair_by((&ours, &theirs), |one| one.id, &both, Tie::InOrder);
    indexes.pair_by((&ours, &theirs), |one| one.id, &(name, name), Tie::Unknown);
    let parts =
        (|one: &Index| Some(written(targets(one))), |one: &Index| Some(written(our_targets(one)?)));
    indexes.pair_by((&ours, &theirs), |one| one.id, &parts, Tie::InOrder);
}

fn match_checks(our: &Entity, their: &Entity, pairs: &mut Counterparts) {
    let ours: Vec<_> = our.checks.iter().collect();
    let theirs: Vec<_> = their.checks.iter().collect();
    let condition = |one: &Check| Some(one.expression.clone());
    let name = |one: &Check| one.name.as_deref().map(folded);
    pairs.checks.pair_by((&ours, &theirs), |one| one.id, &(condition, condition), Tie::InOrder);
    pairs.checks.pair_by((&ours, &theirs), |one| one.id, &(name, name), Tie::Unknown);
}

/// Where a reference leads, in the words of the project.
type Ends = (EntityId, Vec<FieldId>, EntityId, Vec<FieldId>);

fn our_ends(model: &Model, reference: &Reference) -> Ends {
    let (from, to) = (&reference.from, &reference.to);
    (from.entity, from.fields.clone(), to.entity, model.referenced_fields(reference))
}

fn their_ends(
    model: &Model,
    reference: &Reference,
    entities: &Pairs<EntityId>,
    fields: &Pairs<FieldId>,
) -> Option<Ends> {
    let (from, from_fields, to, to_fields) = our_ends(model, reference);
    Some((
        entities.ours(from)?,
        our_fields(&from_fields, fields)?,
        entities.ours(to)?,
        our_fields(&to_fields, fields)?,
    ))
}

/// References by both ends, then by their name, then by the fields that refer, then by the two
/// entities where only one reference joins them.
fn match_references(ours: &Model, theirs: &Model, pairs: &mut Counterparts) {
    let our_all: Vec<_> = ours.references().collect();
    let their_all: Vec<_> = theirs.references().collect();
    let Counterparts { references, entities, fields, .. } = pairs;
    let our_key: IndexMap<_, _> = our_all.iter().map(|one| (one.id, our_ends(ours, one))).collect();
    let their_key: IndexMap<_, _> = their_all
        .iter()
        .filter_map(|one| Some((one.id, their_ends(theirs, one, entities, fields)?)))
        .collect();
    let name = |one: &Reference| one.name.as_deref().map(folded);
    let entity_of = |id: EntityId| entities.ours(id);
    let all = (&our_all[..], &their_all[..]);
    let ends = (
        |one: &Reference| Some((name(one), our_key.get(&one.id)?.clone())),
        |one: &Reference| Some((name(one), their_key.get(&one.id)?.clone())),
    );
    references.pair_by(all, |one| one.id, &ends, Tie::InOrder);
    let ends = (
        |one: &Reference| our_key.get(&one.id).cloned(),
        |one: &Reference| their_key.get(&one.id).cloned(),
    );
    references.pair_by(all, |one| one.id, &ends, Tie::InOrder);
    let named = (
        |one: &Reference| Some((one.from.entity, name(one)?)),
        |one: &Reference| Some((entity_of(one.from.entity)?, name(one)?)),
    );
    references.pair_by(all, |one| one.id, &named, Tie::Unknown);
    let referring = (
        |one: &Reference| Some((one.from.entity, one.from.fields.clone())),
        |one: &Reference| {
            Some((entity_of(one.from.entity)?, our_fields(&one.from.fields, fields)?))
        },
    );
    let has_fields = |one: &Reference| !one.from.fields.is_empty();
    let with_fields = (
        |one: &Reference| referring.0(one).filter(|_| has_fields(one)),
        |one: &Reference| referring.1(one).filter(|_| has_fields(one)),
    );
    references.pair_by(all, |one| one.id, &with_fields, Tie::Unknown);
    let between = (
        |one: &Reference| Some((one.from.entity, one.to.entity)),
        |one: &Reference| Some((entity_of(one.from.entity)?, entity_of(one.to.entity)?)),
    );
    references.pair_by(all, |one| one.id, &between, Tie::Unknown);
}

/// Areas by name, notes by what they say.
fn match_decoration(ours: &Model, theirs: &Model, pairs: &mut Counterparts) {
    let (our_areas, their_areas): (Vec<_>, Vec<_>) =
        (ours.areas().collect(), theirs.areas().collect());
    for spelled in [str::to_owned, folded as fn(&str) -> String] {
        let name = |one: &Area| Some(spelled(&one.name));
        pairs.areas.pair_by((&our_areas, &their_areas), |one| one.id, &(name, name), Tie::InOrder);
    }
    let (our_notes, their_notes): (Vec<_>, Vec<_>) =
        (ours.notes().collect(), theirs.notes().collect());
    let text = |one: &Note| Some(one.text.trim().to_owned());
    pairs.notes.pair_by((&our_notes, &their_notes), |one| one.id, &(text, text), Tie::InOrder);
}

/// Whether an entity is of a kind that may have become the other.
pub(super) fn may_become(ours: EntityKind, theirs: EntityKind) -> bool {
    let stands_alone = |kind| !matches!(kind, EntityKind::Embedded | EntityKind::View);
    ours == theirs || (stands_alone(ours) && stands_alone(theirs))
}
