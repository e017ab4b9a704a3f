//! An element of the project and the same element of an import as one.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::edit::intake::three::{Silence, Three};
use crate::model::area::Area;
use crate::model::data_type::DataType;
use crate::model::entity::{Check, Entity};
use crate::model::enumeration::{Enumeration, EnumerationValue};
use crate::model::extras::Extras;
use crate::model::field::Field;
use crate::model::index::Index;
use crate::model::key::Key;
use crate::model::namespace::Namespace;
use crate::model::note::Note;
use crate::model::reference::{Cardinality, Reference};

pub(super) fn merged_namespace(three: &Three<'_, Namespace>) -> Namespace {
    Namespace {
        id: three.ours.id,
        name: three.pick(|one| &one.name),
        note: three.pick_said(|one| &one.note),
    }
}

pub(super) fn merged_enumeration(three: &Three<'_, Enumeration>) -> Enumeration {
    Enumeration {
        id: three.ours.id,
        name: three.pick(|one| &one.name),
        namespace: three.pick(|one| &one.namespace),
        values: three.part(|one| &one.values).items(|one| one.id, |one| merged_value(&one)),
        note: three.pick_said(|one| &one.note),
    }
}

fn merged_value(three: &Three<'_, EnumerationValue>) -> EnumerationValue {
    EnumerationValue {
        id: three.ours.id,
        name: three.pick(|one| &one.name),
        note: three.pick_said(|one| &one.note),
    }
}

pub(super) fn merged_entity(three: &Three<'_, Entity>) -> Entity {
    Entity {
        id: three.ours.id,
        name: three.pick(|one| &one.name),
        namespace: three.pick(|one| &one.namespace),
        kind: three.pick(|one| &one.kind),
        stored_name: three.pick_said(|one| &one.stored_name),
        fields: three.part(|one| &one.fields).items(|one| one.id, |one| merged_field(&one)),
        keys: three.part(|one| &one.keys).items(|one| one.id, |one| merged_key(&one)),
        indexes: three.part(|one| &one.indexes).items(|one| one.id, |one| merged_index(&one)),
        checks: three.part(|one| &one.checks).items(|one| one.id, |one| merged_check(&one)),
        timestamps: three.pick_rare(|one| &one.timestamps),
        keeps_id: three.pick_rare(|one| &one.keeps_id),
        query: three.pick_rare(|one| &one.query),
        note: three.pick_said(|one| &one.note),
        extras: merged_extras(&three.part(|one| &one.extras)),
    }
}

fn merged_field(three: &Three<'_, Field>) -> Field {
    let ty = three.pick(|one| &one.ty);
    let keeps_type = ty == three.ours.ty;
    let nested = three.part(|one| &one.fields);
    let is_object = *ty.innermost() == DataType::Object;
    let fields = if !is_object {
        Vec::new()
    } else if nested.theirs.is_empty() && nested.base.is_none_or(Vec::is_empty) {
        nested.ours.clone()
    } else {
        nested.items(|one| one.id, |one| merged_field(&one))
    };
    let native_types = if keeps_type {
        three.part(|one| &one.native_types).entries()
    } else {
        // How other targets spelled the old type says nothing of the new one.
        three.theirs.native_types.clone()
    };
    Field {
        id: three.ours.id,
        name: three.pick(|one| &one.name),
        ty,
        native_types,
        fields,
        keeps_id: three.pick_rare(|one| &one.keeps_id),
        required: three.pick(|one| &one.required),
        unique: three.pick(|one| &one.unique),
        default: three.pick_rare(|one| &one.default),
        auto_increment: three.pick_rare(|one| &one.auto_increment),
        generated: three.pick_rare(|one| &one.generated),
        immutable: three.pick_rare(|one| &one.immutable),
        min: three.pick_rare(|one| &one.min),
        max: three.pick_rare(|one| &one.max),
        min_length: three.pick_rare(|one| &one.min_length),
        max_length: three.pick_rare(|one| &one.max_length),
        pattern: three.pick_rare(|one| &one.pattern),
        trim: three.pick_rare(|one| &one.trim),
        lowercase: three.pick_rare(|one| &one.lowercase),
        hidden: three.pick_rare(|one| &one.hidden),
        note: three.pick_said(|one| &one.note),
        extras: merged_extras(&three.part(|one| &one.extras)),
    }
}

fn merged_extras(three: &Three<'_, Extras>) -> Extras {
    let none = BTreeMap::new();
    let all = [Some(three.ours), three.base, Some(three.theirs)];
    let targets: BTreeSet<&String> =
        all.into_iter().flatten().flat_map(|extras| extras.options.keys()).collect();
    let mut merged = Extras::default();
    for target in targets {
        let options = three.part(|extras| extras.options.get(target).unwrap_or(&none)).entries();
        if !options.is_empty() || three.ours.options.contains_key(target) {
            merged.options.insert(target.clone(), options);
        }
    }
    merged
}

fn merged_key(three: &Three<'_, Key>) -> Key {
    Key {
        id: three.ours.id,
        kind: three.pick(|one| &one.kind),
        fields: three.pick(|one| &one.fields),
        name: three.pick_said(|one| &one.name),
    }
}

fn merged_index(three: &Three<'_, Index>) -> Index {
    Index {
        id: three.ours.id,
        name: three.pick_said(|one| &one.name),
        parts: three.pick(|one| &one.parts),
        kind: three.pick(|one| &one.kind),
        unique: three.pick(|one| &one.unique),
        sparse: three.pick_rare(|one| &one.sparse),
        partial: three.pick_rare(|one| &one.partial),
        expire_after_seconds: three.pick_rare(|one| &one.expire_after_seconds),
        note: three.pick_said(|one| &one.note),
    }
}

fn merged_check(three: &Three<'_, Check>) -> Check {
    Check {
        id: three.ours.id,
        name: three.pick_said(|one| &one.name),
        expression: three.pick(|one| &one.expression),
        note: three.pick_said(|one| &one.note),
    }
}

pub(super) fn merged_reference(three: &Three<'_, Reference>) -> Reference {
    let mut merged = three.ours.clone();
    let joins = |one: &Reference| {
        let (from, to) = (&one.from, &one.to);
        (from.entity, from.fields.clone(), to.entity, to.fields.clone())
    };
    // Both ends change together, or one would have more fields than the other.
    if three.base.is_none_or(|base| joins(base) != joins(three.theirs)) {
        for (end, theirs) in
            [(&mut merged.from, &three.theirs.from), (&mut merged.to, &three.theirs.to)]
        {
            end.entity = theirs.entity;
            end.fields.clone_from(&theirs.fields);
        }
    }
    merged.name = three.pick_said(|one| &one.name);
    merged.from.role = three.pick_said(|one| &one.from.role);
    merged.to.role = three.pick_said(|one| &one.to.role);
    merged.identifying = three.pick(|one| &one.identifying);
    merged.on_delete = three.pick_rare(|one| &one.on_delete);
    merged.on_update = three.pick_rare(|one| &one.on_update);
    merged.note = three.pick_said(|one| &one.note);
    merge_cardinalities(&mut merged, three);
    merged
}

/// Cardinalities that a person set stay as long as the import allows them; what is guessed is
/// guessed again.
fn merge_cardinalities(merged: &mut Reference, three: &Three<'_, Reference>) {
    let of = |one: &Reference| (one.from.cardinality, one.to.cardinality);
    if three.base.is_some_and(|base| of(base) == of(three.theirs)) {
        return;
    }
    let theirs = three.theirs;
    let is_guess = theirs.inferred && three.silence == Silence::Keeps;
    let (from, to) = of(three.ours);
    let allowed = allows(theirs.from.cardinality, from) && allows(theirs.to.cardinality, to);
    if is_guess && !three.ours.inferred && allowed {
        return;
    }
    (merged.from.cardinality, merged.to.cardinality) = of(theirs);
    merged.inferred = theirs.inferred;
}

/// Whether all numbers of records that `set` allows are allowed by `guessed`.
fn allows(guessed: Cardinality, set: Cardinality) -> bool {
    (guessed.is_many() || !set.is_many()) && (guessed.is_optional() || !set.is_optional())
}

pub(super) fn merged_area(three: &Three<'_, Area>) -> Area {
    let members = three.part(|one| &one.members).items(|node| *node, |one| *one.ours);
    Area {
        id: three.ours.id,
        name: three.pick(|one| &one.name),
        color: three.pick_said(|one| &one.color),
        members,
        note: three.pick_said(|one| &one.note),
    }
}

pub(super) fn merged_note(three: &Three<'_, Note>) -> Note {
    Note {
        id: three.ours.id,
        text: three.pick(|one| &one.text),
        color: three.pick_said(|one| &one.color),
        subject: three.pick_said(|one| &one.subject),
    }
}
