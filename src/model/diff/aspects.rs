//! What of two versions of an element differs. Every attribute is looked at, so that no difference
//! means equal.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::model::area::Area;
use crate::model::data_type::DataType;
use crate::model::diff::{Aspect, Change, Value, names};
use crate::model::entity::Entity;
use crate::model::extras::Extras;
use crate::model::field::{DefaultValue, Field, Generated, Literal};
use crate::model::id::{NamespaceId, NodeId};
use crate::model::index::{Index, IndexKind, SortOrder};
use crate::model::key::{Key, KeyKind};
use crate::model::note::Note;
use crate::model::reference::Reference;
use crate::model::spelling::type_name;

/// Changes of one element, as they are found.
pub(super) struct Changes<'a> {
    old: &'a Model,
    new: &'a Model,
    pub(super) all: Vec<Change>,
}

impl<'a> Changes<'a> {
    pub(super) fn new(old: &'a Model, new: &'a Model) -> Self {
        Self { old, new, all: Vec::new() }
    }

    pub(super) fn flag(&mut self, aspect: Aspect, [old, new]: [bool; 2]) {
        if old != new {
            self.all.push(Change { aspect, old: Value::Flag(old), new: Value::Flag(new) });
        }
    }

    pub(super) fn text(&mut self, aspect: Aspect, old: Option<&str>, new: Option<&str>) {
        if old != new {
            self.text_always(aspect, old, new);
        }
    }

    /// For what differs even when it reads the same.
    pub(super) fn text_always(&mut self, aspect: Aspect, old: Option<&str>, new: Option<&str>) {
        let value = |text: Option<&str>| match text {
            Some(text) => Value::Text(text.to_owned()),
            None => Value::Nothing,
        };
        self.all.push(Change { aspect, old: value(old), new: value(new) });
    }

    fn shown<T: PartialEq>(
        &mut self,
        aspect: Aspect,
        old: Option<&T>,
        new: Option<&T>,
        show: impl Fn(&T) -> String,
    ) {
        if old != new {
            self.text_always(aspect, old.map(&show).as_deref(), new.map(&show).as_deref());
        }
    }

    pub(super) fn name(&mut self, old: &str, new: &str) {
        self.text(Aspect::Name, Some(old), Some(new));
    }

    pub(super) fn note(&mut self, old: &str, new: &str) {
        let there = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
        self.text(Aspect::Note, there(old).as_deref(), there(new).as_deref());
    }

    pub(super) fn namespace(&mut self, old: Option<NamespaceId>, new: Option<NamespaceId>) {
        if old != new {
            let name = |model: &Model, id: Option<NamespaceId>| {
                id.and_then(|id| model.namespace(id)).map(|one| one.name.clone())
            };
            let (old, new) = (name(self.old, old), name(self.new, new));
            self.text_always(Aspect::Namespace, old.as_deref(), new.as_deref());
        }
    }

    /// Whether what is in both versions of any of these lists stands in another order.
    pub(super) fn order<T: PartialEq>(&mut self, lists: &[(Vec<T>, Vec<T>)]) {
        let differs = lists.iter().any(|(old, new)| {
            let of_old = old.iter().filter(|one| new.contains(one));
            !of_old.eq(new.iter().filter(|one| old.contains(one)))
        });
        if differs {
            self.all.push(Change {
                aspect: Aspect::Order,
                old: Value::Nothing,
                new: Value::Nothing,
            });
        }
    }

    fn options(&mut self, old: &Extras, new: &Extras) {
        self.shown(Aspect::Options, Some(old), Some(new), |extras| {
            let targets = extras.options.iter().flat_map(|(target, options)| {
                options.iter().map(move |(key, value)| format!("{target}.{key}={value}"))
            });
            targets.collect::<Vec<_>>().join(", ")
        });
    }
}

pub(super) fn entity_changes(old: &Entity, new: &Entity, changes: &mut Changes<'_>) {
    changes.name(&old.name, &new.name);
    changes.namespace(old.namespace, new.namespace);
    changes.text(Aspect::Kind, Some(old.kind.as_str()), Some(new.kind.as_str()));
    changes.text(Aspect::StoredName, old.stored_name.as_deref(), new.stored_name.as_deref());
    changes.flag(Aspect::Timestamps, [old.timestamps, new.timestamps]);
    changes.flag(Aspect::KeepsId, [old.keeps_id, new.keeps_id]);
    changes.text(Aspect::Query, old.query.as_deref(), new.query.as_deref());
    changes.note(&old.note, &new.note);
    changes.options(&old.extras, &new.extras);
    let lists = |entity: &Entity| {
        [
            ids(&entity.fields, |one| one.id),
            ids(&entity.keys, |one| one.id),
            ids(&entity.indexes, |one| one.id),
            ids(&entity.checks, |one| one.id),
        ]
    };
    changes.order(&lists(old).into_iter().zip(lists(new)).collect::<Vec<_>>());
}

fn ids<T, I: ToString>(items: &[T], id: impl Fn(&T) -> I) -> Vec<String> {
    items.iter().map(|item| id(item).to_string()).collect()
}

pub(super) fn field_changes(old: &Field, new: &Field, changes: &mut Changes<'_>) {
    changes.name(&old.name, &new.name);
    if old.ty != new.ty {
        let name = |model: &Model, ty: &DataType| type_name(model, ty);
        let (old, new) = (name(changes.old, &old.ty), name(changes.new, &new.ty));
        changes.text_always(Aspect::Type, Some(&old), Some(&new));
    }
    native_types(&old.native_types, &new.native_types, changes);
    changes.flag(Aspect::Required, [old.required, new.required]);
    changes.flag(Aspect::Unique, [old.unique, new.unique]);
    changes.shown(Aspect::Default, old.default.as_ref(), new.default.as_ref(), default_text);
    changes.flag(Aspect::AutoIncrement, [old.auto_increment, new.auto_increment]);
    let generated = |one: &Generated| {
        format!("{}{}", one.expression, if one.stored { " (stored)" } else { "" })
    };
    changes.shown(Aspect::Generated, old.generated.as_ref(), new.generated.as_ref(), generated);
    changes.flag(Aspect::Immutable, [old.immutable, new.immutable]);
    let number = |number: &crate::model::field::Number| number.as_str().to_owned();
    changes.shown(Aspect::Min, old.min.as_ref(), new.min.as_ref(), number);
    changes.shown(Aspect::Max, old.max.as_ref(), new.max.as_ref(), number);
    let length = u32::to_string;
    changes.shown(Aspect::MinLength, old.min_length.as_ref(), new.min_length.as_ref(), length);
    changes.shown(Aspect::MaxLength, old.max_length.as_ref(), new.max_length.as_ref(), length);
    changes.text(Aspect::Pattern, old.pattern.as_deref(), new.pattern.as_deref());
    changes.flag(Aspect::Trim, [old.trim, new.trim]);
    changes.flag(Aspect::Lowercase, [old.lowercase, new.lowercase]);
    changes.flag(Aspect::Hidden, [old.hidden, new.hidden]);
    changes.flag(Aspect::KeepsId, [old.keeps_id, new.keeps_id]);
    changes.note(&old.note, &new.note);
    changes.options(&old.extras, &new.extras);
    let ids = |field: &Field| field.fields.iter().map(|one| one.id).collect::<Vec<_>>();
    changes.order(&[(ids(old), ids(new))]);
}

fn native_types(
    old: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
    changes: &mut Changes<'_>,
) {
    let show = |types: &BTreeMap<String, String>| {
        let all: Vec<_> = types.iter().map(|(target, ty)| format!("{target}: {ty}")).collect();
        (!all.is_empty()).then(|| all.join(", "))
    };
    if old != new {
        changes.text_always(Aspect::NativeTypes, show(old).as_deref(), show(new).as_deref());
    }
}

/// A default as people read it.
fn default_text(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Now => "now".to_owned(),
        DefaultValue::Generated => "generated".to_owned(),
        DefaultValue::Expression(expression) => expression.clone(),
        DefaultValue::Value(literal) => match literal {
            Literal::Null => "null".to_owned(),
            Literal::Boolean(value) => value.to_string(),
            Literal::Number(number) => number.as_str().to_owned(),
            Literal::Text(text) => format!("\"{text}\""),
            Literal::EmptyArray => "[]".to_owned(),
            Literal::EmptyObject => "{}".to_owned(),
        },
    }
}

pub(super) fn key_changes(
    (old_entity, old): (&Entity, &Key),
    (new_entity, new): (&Entity, &Key),
    changes: &mut Changes<'_>,
) {
    changes.text(Aspect::Name, old.name.as_deref(), new.name.as_deref());
    let kind = |kind: KeyKind| match kind {
        KeyKind::Primary => "primary",
        KeyKind::Alternate => "alternate",
    };
    changes.text(Aspect::Kind, Some(kind(old.kind)), Some(kind(new.kind)));
    if old.fields != new.fields {
        let fields =
            [names::fields(old_entity, &old.fields), names::fields(new_entity, &new.fields)];
        let [old, new] = fields.each_ref().map(|text| Some(text.as_str()));
        changes.text_always(Aspect::Fields, old, new);
    }
}

pub(super) fn index_changes(
    (old_entity, old): (&Entity, &Index),
    (new_entity, new): (&Entity, &Index),
    changes: &mut Changes<'_>,
) {
    changes.text(Aspect::Name, old.name.as_deref(), new.name.as_deref());
    if old.parts != new.parts {
        let parts = |entity: &Entity, index: &Index| {
            let descends = index.parts.iter().map(|part| part.order == SortOrder::Descending);
            let targets = names::parts(entity, index);
            let orders: Vec<_> = descends.map(|one| if one { "desc" } else { "asc" }).collect();
            format!("{targets} {}", orders.join(", "))
        };
        let (old, new) = (parts(old_entity, old), parts(new_entity, new));
        changes.text_always(Aspect::Parts, Some(&old), Some(&new));
    }
    let kind = |kind: IndexKind| match kind {
        IndexKind::Ordered => "ordered",
        IndexKind::Hash => "hash",
        IndexKind::Text => "text",
        IndexKind::Geo => "geo",
    };
    changes.text(Aspect::Kind, Some(kind(old.kind)), Some(kind(new.kind)));
    changes.flag(Aspect::Unique, [old.unique, new.unique]);
    changes.flag(Aspect::Sparse, [old.sparse, new.sparse]);
    changes.text(Aspect::Partial, old.partial.as_deref(), new.partial.as_deref());
    let (was, now) = (old.expire_after_seconds.as_ref(), new.expire_after_seconds.as_ref());
    changes.shown(Aspect::ExpireAfter, was, now, u64::to_string);
    changes.note(&old.note, &new.note);
}

pub(super) fn reference_changes(old: &Reference, new: &Reference, changes: &mut Changes<'_>) {
    changes.text(Aspect::Name, old.name.as_deref(), new.name.as_deref());
    let ends = [(Aspect::From, &old.from, &new.from), (Aspect::To, &old.to, &new.to)];
    for (aspect, was, now) in ends {
        if (was.entity, &was.fields) != (now.entity, &now.fields) {
            let (was, now) = (names::end(changes.old, was), names::end(changes.new, now));
            changes.text_always(aspect, Some(&was), Some(&now));
        }
    }
    let cardinalities = [
        (Aspect::FromCardinality, &old.from, &new.from),
        (Aspect::ToCardinality, &old.to, &new.to),
    ];
    for (aspect, was, now) in cardinalities {
        let [was, now] = [was, now].map(|end| Some(end.cardinality.as_str()));
        changes.text(aspect, was, now);
    }
    changes.text(Aspect::FromRole, old.from.role.as_deref(), new.from.role.as_deref());
    changes.text(Aspect::ToRole, old.to.role.as_deref(), new.to.role.as_deref());
    changes.flag(Aspect::Identifying, [old.identifying, new.identifying]);
    changes.flag(Aspect::Inferred, [old.inferred, new.inferred]);
    changes.text(Aspect::OnDelete, Some(old.on_delete.as_str()), Some(new.on_delete.as_str()));
    changes.text(Aspect::OnUpdate, Some(old.on_update.as_str()), Some(new.on_update.as_str()));
    changes.note(&old.note, &new.note);
}

pub(super) fn area_changes(old: &Area, new: &Area, changes: &mut Changes<'_>) {
    changes.name(&old.name, &new.name);
    changes.text(Aspect::Color, Some(old.color.as_str()), Some(new.color.as_str()));
    if old.members != new.members {
        let names = |model: &Model, area: &Area| {
            let names: Vec<_> = area.members.iter().map(|one| model.display_name(*one)).collect();
            names.join(", ")
        };
        let (old, new) = (names(changes.old, old), names(changes.new, new));
        changes.text_always(Aspect::Members, Some(&old), Some(&new));
    }
    changes.note(&old.note, &new.note);
}

pub(super) fn note_changes(old: &Note, new: &Note, changes: &mut Changes<'_>) {
    changes.text(Aspect::Text, Some(&old.text), Some(&new.text));
    changes.text(Aspect::Color, Some(old.color.as_str()), Some(new.color.as_str()));
    if old.subject != new.subject {
        let name = |model: &Model, node: Option<NodeId>| node.map(|node| model.display_name(node));
        let (old, new) = (name(changes.old, old.subject), name(changes.new, new.subject));
        changes.text_always(Aspect::Subject, old.as_deref(), new.as_deref());
    }
}
