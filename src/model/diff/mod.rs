//! What differs between two versions of a model, element by element: what a person reads before
//! an import is taken over, and what `lunette diff` prints.
//!
//! Elements are the same when they have the same id. Reading order: this file (what a difference
//! is), [`names`] (how an element is called), `aspects` (what of it can differ), [`words`] (how a
//! difference reads).

mod aspects;
pub mod names;
pub mod words;

use indexmap::{IndexMap, IndexSet};

use crate::model::Model;
use crate::model::diff::aspects::{Changes, entity_changes, reference_changes};
use crate::model::diff::names::name_of;
use crate::model::entity::Entity;
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::id::{ElementId, FieldId};

/// One element that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Which element.
    pub element: ElementId,
    /// What it is called where it is, or was before it went: `users.address.city`.
    pub name: String,
    /// What has become of it.
    pub what: What,
}

/// What has become of an element.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// These are not as they were; never none.
    Changed(Vec<Change>),
}

/// Something about an element that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What about it.
    pub aspect: Aspect,
    /// How it was.
    pub old: Value,
    /// How it is.
    pub new: Value,
}

/// How something is, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A rule that holds or does not.
    Flag(bool),
    /// A value that is there.
    Text(String),
    /// No value.
    Nothing,
}

macro_rules! aspects {
    ($($aspect:ident $id:literal $words:literal;)*) => {
        /// What can change about an element.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "`words` says each in words")]
        pub enum Aspect {
            $($aspect,)*
        }

        impl Aspect {
            /// Its name for programs: `on-delete`.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$aspect => $id,)*
                }
            }

            /// Its name for people: `action on delete`.
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$aspect => $words,)*
                }
            }
        }
    };
}

aspects! {
    Name "name" "name";
    Namespace "namespace" "namespace";
    Kind "kind" "kind";
    StoredName "stored-name" "stored name";
    Timestamps "timestamps" "timestamps";
    KeepsId "keeps-id" "an id of its own";
    Query "query" "query";
    Note "note" "note";
    Options "options" "target options";
    Order "order" "order";
    Parent "parent" "place";
    Type "type" "type";
    NativeTypes "native-types" "native types";
    Required "required" "required";
    Unique "unique" "unique";
    Default "default" "default";
    AutoIncrement "auto-increment" "auto-incrementing";
    Generated "generated" "computation";
    Immutable "immutable" "immutable";
    Min "min" "smallest value";
    Max "max" "largest value";
    MinLength "min-length" "shortest length";
    MaxLength "max-length" "longest length";
    Pattern "pattern" "pattern";
    Trim "trim" "trimmed";
    Lowercase "lowercase" "lower case";
    Hidden "hidden" "hidden";
    Fields "fields" "fields";
    Parts "parts" "parts";
    Sparse "sparse" "sparse";
    Partial "partial" "condition";
    ExpireAfter "expire-after-seconds" "seconds until it expires";
    Expression "expression" "expression";
    From "from" "referencing end";
    To "to" "referenced end";
    FromCardinality "from-cardinality" "cardinality of the referencing end";
    ToCardinality "to-cardinality" "cardinality of the referenced end";
    FromRole "from-role" "role of the referencing end";
    ToRole "to-role" "role of the referenced end";
    Identifying "identifying" "identifying";
    Inferred "inferred" "guessed in its cardinalities";
    OnDelete "on-delete" "action on delete";
    OnUpdate "on-update" "action on update";
    Color "color" "color";
    Members "members" "members";
    Text "text" "text";
    Subject "subject" "subject";
}

impl Difference {
    /// The element that stands by itself to which this one belongs, or which it is.
    pub fn owner(&self) -> ElementId {
        owner_of(self.element)
    }
}

/// The element that stands by itself to which that one belongs, or which it is.
pub fn owner_of(element: ElementId) -> ElementId {
    match element {
        ElementId::Field(entity, _)
        | ElementId::Key(entity, _)
        | ElementId::Index(entity, _)
        | ElementId::Check(entity, _) => ElementId::Entity(entity),
        ElementId::Value(enumeration, _) => ElementId::Enumeration(enumeration),
        ElementId::Namespace(_)
        | ElementId::Entity(_)
        | ElementId::Enumeration(_)
        | ElementId::Reference(_)
        | ElementId::Area(_)
        | ElementId::Note(_) => element,
    }
}

/// What differs: in the order of the new version, what is gone at the end of each kind. What
/// belongs to an element that is new or gone is not told beside it.
pub fn differences(old: &Model, new: &Model) -> Vec<Difference> {
    let mut found = Found { old, new, all: Vec::new() };
    found.compare(
        old.namespaces().map(|one| (one.id, one)),
        new.namespaces().map(|one| (one.id, one)),
        ElementId::Namespace,
        |old, new, changes| {
            changes.name(&old.name, &new.name);
            changes.note(&old.note, &new.note);
        },
    );
    found.enumerations();
    found.entities();
    found.compare(
        old.references().map(|one| (one.id, one)),
        new.references().map(|one| (one.id, one)),
        ElementId::Reference,
        reference_changes,
    );
    found.compare(
        old.areas().map(|one| (one.id, one)),
        new.areas().map(|one| (one.id, one)),
        ElementId::Area,
        aspects::area_changes,
    );
    found.compare(
        old.notes().map(|one| (one.id, one)),
        new.notes().map(|one| (one.id, one)),
        ElementId::Note,
        aspects::note_changes,
    );
    found.all
}

/// What was found so far.
struct Found<'a> {
    old: &'a Model,
    new: &'a Model,
    all: Vec<Difference>,
}

impl<'a> Found<'a> {
    /// Compares parts that stand in two lists; those in both as `changes` does. Says which are in
    /// both.
    fn compare<I: Copy + Eq + std::hash::Hash, T>(
        &mut self,
        old: impl Iterator<Item = (I, &'a T)>,
        new: impl Iterator<Item = (I, &'a T)>,
        element: impl Fn(I) -> ElementId,
        changes: impl Fn(&T, &T, &mut Changes<'a>),
    ) -> Vec<(&'a T, &'a T)> {
        let mut before: IndexMap<I, &T> = old.collect();
        let mut both = Vec::new();
        for (id, now) in new {
            let Some(was) = before.shift_remove(&id) else {
                self.push(element(id), What::Added);
                continue;
            };
            let mut made = Changes::new(self.old, self.new);
            changes(was, now, &mut made);
            self.push(element(id), What::Changed(made.all));
            both.push((was, now));
        }
        for id in before.into_keys() {
            self.push(element(id), What::Removed);
        }
        both
    }

    fn push(&mut self, element: ElementId, what: What) {
        let model = match &what {
            What::Changed(changes) if changes.is_empty() => return,
            // Under the name that a person knows; the new one is told as a change.
            What::Changed(_) | What::Removed => self.old,
            What::Added => self.new,
        };
        let name = name_of(model, element);
        self.all.push(Difference { element, name, what });
    }

    fn enumerations(&mut self) {
        let both = self.compare(
            self.old.enumerations().map(|one| (one.id, one)),
            self.new.enumerations().map(|one| (one.id, one)),
            ElementId::Enumeration,
            |old: &Enumeration, new: &Enumeration, changes| {
                changes.name(&old.name, &new.name);
                changes.namespace(old.namespace, new.namespace);
                changes.note(&old.note, &new.note);
                let ids = |one: &Enumeration| one.values.iter().map(|v| v.id).collect::<Vec<_>>();
                changes.order(&[(ids(old), ids(new))]);
            },
        );
        for (old, new) in both {
            self.compare(
                old.values.iter().map(|one| (one.id, one)),
                new.values.iter().map(|one| (one.id, one)),
                |id| ElementId::Value(new.id, id),
                |old, new, changes| {
                    changes.name(&old.name, &new.name);
                    changes.note(&old.note, &new.note);
                },
            );
        }
    }

    fn entities(&mut self) {
        let (old, new) = (self.old, self.new);
        let mut before: IndexMap<_, &Entity> = old.entities().map(|one| (one.id, one)).collect();
        for now in new.entities() {
            match before.shift_remove(&now.id) {
                None => self.push(ElementId::Entity(now.id), What::Added),
                Some(was) => {
                    let mut changes = Changes::new(old, new);
                    entity_changes(was, now, &mut changes);
                    self.push(ElementId::Entity(now.id), What::Changed(changes.all));
                    self.parts(was, now);
                }
            }
        }
        for id in before.into_keys() {
            self.push(ElementId::Entity(id), What::Removed);
        }
    }

    /// What belongs to an entity.
    fn parts(&mut self, old: &'a Entity, new: &'a Entity) {
        self.fields(old, new);
        self.compare(
            old.keys.iter().map(|one| (one.id, one)),
            new.keys.iter().map(|one| (one.id, one)),
            |id| ElementId::Key(new.id, id),
            |was, now, changes| aspects::key_changes((old, was), (new, now), changes),
        );
        self.compare(
            old.indexes.iter().map(|one| (one.id, one)),
            new.indexes.iter().map(|one| (one.id, one)),
            |id| ElementId::Index(new.id, id),
            |was, now, changes| aspects::index_changes((old, was), (new, now), changes),
        );
        self.compare(
            old.checks.iter().map(|one| (one.id, one)),
            new.checks.iter().map(|one| (one.id, one)),
            |id| ElementId::Check(new.id, id),
            |was, now, changes| {
                changes.text(Aspect::Name, was.name.as_deref(), now.name.as_deref());
                changes.text(Aspect::Expression, Some(&was.expression), Some(&now.expression));
                changes.note(&was.note, &now.note);
            },
        );
    }

    /// Fields at every depth; those inside a new or removed one go with it.
    fn fields(&mut self, old: &'a Entity, new: &'a Entity) {
        let (before, after) = (placed_fields(old), placed_fields(new));
        let is_new = |id: &FieldId| !before.contains_key(id);
        let is_gone = |id: &FieldId| !after.contains_key(id);
        for (id, (now, parent)) in &after {
            let element = ElementId::Field(new.id, *id);
            let Some((was, old_parent)) = before.get(id) else {
                if !parent.as_ref().is_some_and(is_new) {
                    self.push(element, What::Added);
                }
                continue;
            };
            let mut changes = Changes::new(self.old, self.new);
            aspects::field_changes(was, now, &mut changes);
            let place =
                |entity: &Entity, parent: Option<FieldId>| parent.map(|id| names::path(entity, id));
            if old_parent != parent {
                let (was, now) = (place(old, *old_parent), place(new, *parent));
                changes.text_always(Aspect::Parent, was.as_deref(), now.as_deref());
            }
            self.push(element, What::Changed(changes.all));
        }
        let gone: IndexSet<_> = before.keys().filter(|id| is_gone(id)).collect();
        for id in &gone {
            let parent = before.get(*id).and_then(|(_, parent)| *parent);
            if !parent.is_some_and(|parent| gone.contains(&parent)) {
                self.push(ElementId::Field(old.id, **id), What::Removed);
            }
        }
    }
}

/// Every field of an entity with the one it is in.
fn placed_fields(entity: &Entity) -> IndexMap<FieldId, (&Field, Option<FieldId>)> {
    fn descend<'a>(
        fields: &'a [Field],
        parent: Option<FieldId>,
        all: &mut IndexMap<FieldId, (&'a Field, Option<FieldId>)>,
    ) {
        for field in fields {
            all.insert(field.id, (field, parent));
            descend(&field.fields, Some(field.id), all);
        }
    }
    let mut all = IndexMap::new();
    descend(&entity.fields, None, &mut all);
    all
}
