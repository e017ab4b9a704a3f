//! What a model uses, and what of it a format cannot carry: the source of every warning about loss
//! that a format declares ahead. Must not know any format.

use std::collections::BTreeMap;

use heck::ToKebabCase as _;

use crate::base::diagnostic::Diagnostic;
use crate::formats::FormatInfo;
use crate::model::Model;
use crate::model::area::ColorToken;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::{DefaultValue, Field};
use crate::model::id::NodeId;
use crate::model::index::{Index, IndexKind, IndexTarget, SortOrder};
use crate::model::key::KeyKind;
use crate::model::reference::{Cardinality, Reference, ReferentialAction};

macro_rules! features {
    ($($feature:ident $words:literal;)*) => {
        /// Something that a model may use and a format may not be able to say.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "`describe` says each in words")]
        pub enum Feature {
            $($feature,)*
        }

        impl Feature {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$feature),*];

            /// What it is, as the subject of "… cannot be written".
            pub fn describe(self) -> &'static str {
                match self {
                    $(Self::$feature => $words,)*
                }
            }
        }
    };
}

features! {
    Namespaces "namespaces";
    Views "views";
    EmbeddedTypes "embedded types";
    KeptIds "ids of embedded documents";
    NestedObjects "nested objects";
    Arrays "lists";
    NativeTypes "native type spellings";
    Defaults "default values";
    DefaultExpressions "default expressions";
    MadeDefaults "defaults that are made anew for each record";
    AutoIncrement "auto-increment";
    GeneratedFields "generated fields";
    Immutable "immutable fields";
    MinMax "smallest and largest values";
    TextLengthRules "text length rules";
    Patterns "patterns";
    TextCleaning "trimming and lower case";
    Hidden "hidden fields";
    Notes "notes on elements";
    NamespaceNotes "notes on namespaces";
    IndexNotes "notes on indexes";
    CheckNotes "notes on checks";
    PrimaryKeys "primary keys";
    CompositeKeys "primary keys over several fields";
    AlternateKeys "alternate keys";
    UniqueFields "unique fields";
    KeyNames "names of keys";
    Indexes "indexes";
    IndexOrder "descending index parts";
    PartialIndexes "partial indexes";
    SparseIndexes "sparse indexes";
    ExpressionIndexes "indexes over expressions";
    TextIndexes "text indexes";
    ExpiringIndexes "expiring indexes";
    Checks "checks";
    Enumerations "enumerations";
    EnumerationNotes "notes on enumeration values";
    References "references";
    CompositeReferences "references over several fields";
    ReferenceNames "names of references";
    ReferenceNotes "notes on references";
    ReferencedFields "references to other fields than the primary key";
    ReferentialActions "actions on delete and update";
    ManyToMany "many-to-many references";
    MinimumCardinality "ends with one or more";
    Roles "roles of reference ends";
    Areas "areas";
    AreaLooks "colors and notes of areas";
    EnumerationsInAreas "enumerations in areas";
    StickyNotes "sticky notes";
    NoteSubjects "what sticky notes are about";
    Timestamps "timestamps";
    StoredNames "chosen collection and table names";
}

impl Feature {
    /// Its name in files that programs read: `partial-indexes`.
    pub fn id(self) -> String {
        format!("{self:?}").to_kebab_case()
    }
}

/// Something that a format cannot carry.
#[derive(Debug)]
pub struct Loss {
    /// What is lost or changed.
    pub feature: Feature,
    /// What happens to it instead: `become comments`, `are left out`.
    pub outcome: &'static str,
}

/// A warning for each declared loss that this model runs into, naming the first elements.
pub fn losses_of(model: &Model, info: &FormatInfo) -> Vec<Diagnostic> {
    if info.losses.is_empty() {
        return Vec::new();
    }
    let used = used_features(model);
    info.losses
        .iter()
        .filter_map(|loss| {
            let users = used.get(&loss.feature)?;
            let shown = users.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            let more = match users.len().saturating_sub(3) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let what = loss.feature.describe();
            Some(Diagnostic::warning(format!(
                "{}: {what} {}: {shown}{more}",
                info.id, loss.outcome
            )))
        })
        .collect()
}

/// What the model uses, each with the names of the elements that use it.
pub fn used_features(model: &Model) -> BTreeMap<Feature, Vec<String>> {
    let mut used = Used::default();
    for namespace in model.namespaces() {
        used.add(Feature::Namespaces, true, &namespace.name);
        used.add(Feature::NamespaceNotes, !namespace.note.is_empty(), &namespace.name);
    }
    for entity in model.entities() {
        entity_features(model, entity, &mut used);
    }
    for enumeration in model.enumerations() {
        used.add(Feature::Enumerations, true, &enumeration.name);
        used.add(Feature::Notes, !enumeration.note.is_empty(), &enumeration.name);
        let has_notes = enumeration.values.iter().any(|value| !value.note.is_empty());
        used.add(Feature::EnumerationNotes, has_notes, &enumeration.name);
    }
    for reference in model.references() {
        reference_features(model, reference, &mut used);
    }
    for area in model.areas() {
        used.add(Feature::Areas, true, &area.name);
        let has_looks = !area.note.is_empty() || area.color != ColorToken::default();
        used.add(Feature::AreaLooks, has_looks, &area.name);
        let is_enumeration = |member: &NodeId| matches!(member, NodeId::Enumeration(_));
        let has_enumeration = area.members.iter().any(is_enumeration);
        used.add(Feature::EnumerationsInAreas, has_enumeration, &area.name);
    }
    for note in model.notes() {
        let beginning = note.text.lines().next().unwrap_or_default();
        used.add(Feature::StickyNotes, true, beginning);
        used.add(Feature::NoteSubjects, note.subject.is_some(), beginning);
    }
    used.0
}

#[derive(Default)]
struct Used(BTreeMap<Feature, Vec<String>>);

impl Used {
    fn add(&mut self, feature: Feature, is_used: bool, name: &str) {
        if is_used {
            self.0.entry(feature).or_default().push(name.to_owned());
        }
    }
}

fn entity_features(model: &Model, entity: &Entity, used: &mut Used) {
    let name = &model.display_name(entity.id.into());
    used.add(Feature::Views, entity.kind == EntityKind::View, name);
    used.add(Feature::EmbeddedTypes, entity.kind == EntityKind::Embedded, name);
    used.add(Feature::KeptIds, entity.keeps_id, name);
    used.add(Feature::Timestamps, entity.timestamps, name);
    used.add(Feature::StoredNames, entity.stored_name.is_some(), name);
    used.add(Feature::Notes, !entity.note.is_empty(), name);
    used.add(Feature::Checks, !entity.checks.is_empty(), name);
    let has_note = entity.checks.iter().any(|check| !check.note.is_empty());
    used.add(Feature::CheckNotes, has_note, name);
    for key in &entity.keys {
        used.add(Feature::PrimaryKeys, key.kind == KeyKind::Primary, name);
        let is_composite = key.kind == KeyKind::Primary && key.fields.len() > 1;
        used.add(Feature::CompositeKeys, is_composite, name);
        used.add(Feature::AlternateKeys, key.kind == KeyKind::Alternate, name);
        used.add(Feature::KeyNames, key.name.is_some(), name);
    }
    for index in &entity.indexes {
        index_features(index, name, used);
    }
    for field in entity.all_fields() {
        let path: Vec<_> = entity.field_path(field.id).iter().map(|f| f.name.as_str()).collect();
        field_features(field, &format!("{name}.{}", path.join(".")), used);
    }
}

fn index_features(index: &Index, entity: &str, used: &mut Used) {
    let name = &index.name.as_ref().map_or_else(|| entity.to_owned(), |n| format!("{entity} {n}"));
    used.add(Feature::Indexes, true, name);
    used.add(Feature::IndexNotes, !index.note.is_empty(), name);
    let descends = index.parts.iter().any(|part| part.order == SortOrder::Descending);
    used.add(Feature::IndexOrder, descends, name);
    let is_expression = |target: &IndexTarget| matches!(target, IndexTarget::Expression(_));
    let has_expression = index.parts.iter().any(|part| is_expression(&part.on));
    used.add(Feature::ExpressionIndexes, has_expression, name);
    used.add(Feature::PartialIndexes, index.partial.is_some(), name);
    used.add(Feature::SparseIndexes, index.sparse, name);
    used.add(Feature::TextIndexes, index.kind == IndexKind::Text, name);
    used.add(Feature::ExpiringIndexes, index.expire_after_seconds.is_some(), name);
}

fn field_features(field: &Field, name: &str, used: &mut Used) {
    used.add(Feature::NestedObjects, *field.ty.innermost() == DataType::Object, name);
    used.add(Feature::KeptIds, field.keeps_id, name);
    used.add(Feature::Arrays, field.ty.is_array(), name);
    used.add(Feature::NativeTypes, !field.native_types.is_empty(), name);
    let is_expression = matches!(field.default, Some(DefaultValue::Expression(_)));
    used.add(Feature::Defaults, field.default.is_some() && !is_expression, name);
    used.add(Feature::DefaultExpressions, is_expression, name);
    let is_made = matches!(field.default, Some(DefaultValue::Now | DefaultValue::Generated));
    used.add(Feature::MadeDefaults, is_made, name);
    used.add(Feature::AutoIncrement, field.auto_increment, name);
    used.add(Feature::GeneratedFields, field.generated.is_some(), name);
    used.add(Feature::Immutable, field.immutable, name);
    used.add(Feature::MinMax, field.min.is_some() || field.max.is_some(), name);
    let has_length_rule = field.min_length.is_some() || field.max_length.is_some();
    used.add(Feature::TextLengthRules, has_length_rule, name);
    used.add(Feature::Patterns, field.pattern.is_some(), name);
    used.add(Feature::TextCleaning, field.trim || field.lowercase, name);
    used.add(Feature::Hidden, field.hidden, name);
    used.add(Feature::UniqueFields, field.unique, name);
    used.add(Feature::Notes, !field.note.is_empty(), name);
}

fn reference_features(model: &Model, reference: &Reference, used: &mut Used) {
    let ends = [&reference.from, &reference.to];
    let [from, to] = ends.map(|end| model.display_name(end.entity.into()));
    let name = &format!("{from} → {to}");
    used.add(Feature::References, true, name);
    used.add(Feature::CompositeReferences, reference.from.fields.len() > 1, name);
    used.add(Feature::ReferenceNames, reference.name.is_some(), name);
    used.add(Feature::ReferenceNotes, !reference.note.is_empty(), name);
    let key = model.entity(reference.to.entity).and_then(Entity::primary_key);
    let is_key = key.is_some_and(|key| key.fields == reference.to.fields);
    let leads_elsewhere = !reference.to.fields.is_empty() && !is_key;
    used.add(Feature::ReferencedFields, leads_elsewhere, name);
    let acts = [reference.on_delete, reference.on_update]
        .iter()
        .any(|action| *action != ReferentialAction::NoAction);
    used.add(Feature::ReferentialActions, acts, name);
    used.add(Feature::ManyToMany, reference.is_many_to_many(), name);
    let needs_one = ends.iter().any(|end| end.cardinality == Cardinality::OneOrMore);
    used.add(Feature::MinimumCardinality, needs_one, name);
    used.add(Feature::Roles, ends.iter().any(|end| end.role.is_some()), name);
}
