//! What the data means: no pixels, files, dialects, egui or serde.
//!
//! Reading order: [`id`] (who is who), [`entity`], [`field`], [`data_type`], [`key`], [`index`],
//! [`mod@reference`], [`enumeration`], [`namespace`], [`area`], [`note`], [`extras`], then [`graph`]
//! (how they hang together), [`spelling`] (how types read to people), [`type_words`] (what people
//! call types), [`Model`] itself, and [`diff`] (what differs between two of them),
//! [`join_table`] (many-to-many in another form).

pub mod area;
pub mod data_type;
pub mod diff;
pub mod entity;
pub mod enumeration;
pub mod extras;
pub mod field;
pub mod graph;
pub mod id;
pub mod index;
pub mod join_table;
pub mod key;
mod members;
pub mod namespace;
pub mod note;
pub mod reference;
pub mod spelling;
pub mod type_words;

use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

use indexmap::IndexSet;

use crate::base::shared_map::SharedMap;
use crate::model::area::Area;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::graph::{CachedGraph, Graph, Link};
use crate::model::id::{
    AreaId, ElementId, EntityId, EnumerationId, FieldId, NamespaceId, NodeId, NoteId, ReferenceId,
};
use crate::model::index::IndexTarget;
use crate::model::members::CachedMembers;
use crate::model::namespace::Namespace;
use crate::model::note::Note;
use crate::model::reference::Reference;

/// Parts in order, each shared with the versions in which it is the same.
type Map<K, V> = SharedMap<K, Arc<V>>;

/// A whole data model.
///
/// - Parts are shared (`Arc`), so a clone is cheap and a version of a document costs little.
/// - Insertion order is output order.
/// - Every id refers to something present: removing an element removes what points at it.
/// - Both ends of a reference have equally many fields, or the referenced end has none.
/// - At most one key per entity is primary; areas do not share members.
/// - Names should be unique per namespace ignoring case; `checks` says where they are not.
#[derive(Clone, Default)]
pub struct Model {
    namespaces: Map<NamespaceId, Namespace>,
    entities: Map<EntityId, Entity>,
    enumerations: Map<EnumerationId, Enumeration>,
    references: Map<ReferenceId, Reference>,
    areas: Map<AreaId, Area>,
    notes: Map<NoteId, Note>,
    graph: CachedGraph,
    members: CachedMembers,
}

impl PartialEq for Model {
    /// Same parts in the same order; graph and members of areas follow from them.
    fn eq(&self, other: &Self) -> bool {
        fn same<K: Hash + Eq, V: PartialEq>(a: &Map<K, V>, b: &Map<K, V>) -> bool {
            a.is_same_in_order(b, |a, b| Arc::ptr_eq(a, b) || a == b)
        }
        same(&self.namespaces, &other.namespaces)
            && same(&self.entities, &other.entities)
            && same(&self.enumerations, &other.enumerations)
            && same(&self.references, &other.references)
            && same(&self.areas, &other.areas)
            && same(&self.notes, &other.notes)
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model")
            .field("namespaces", &self.namespaces)
            .field("entities", &self.entities)
            .field("enumerations", &self.enumerations)
            .field("references", &self.references)
            .field("areas", &self.areas)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

macro_rules! parts {
    ($($all:ident $changed:ident $one:ident $one_mut:ident $put:ident: $id:ty => $part:ty, $what:literal, $before:ident;)*) => {
        /// Reading and writing parts by id.
        impl Model {$(
            #[doc = concat!("All ", $what, "s, in order.")]
            pub fn $all(&self) -> impl ExactSizeIterator<Item = &$part> + DoubleEndedIterator {
                self.$all.values().map(Arc::as_ref)
            }

            #[doc = concat!("The ", $what, "s of an older version that this one has changed, both as they were and as they are;")]
            #[doc = "none when their ids or order differ. What both versions share is not looked at."]
            pub fn $changed<'a>(&'a self, old: &'a Self) -> Option<impl Iterator<Item = (&'a $part, &'a $part)>> {
                let pairs = self.$all.changed_since(&old.$all)?;
                let differing = pairs.filter(|(_, old, new)| !Arc::ptr_eq(old, new));
                Some(differing.map(|(_, old, new)| (old.as_ref(), new.as_ref())))
            }

            #[doc = concat!("The ", $what, " of that id.")]
            pub fn $one(&self, id: $id) -> Option<&$part> {
                self.$all.get(&id).map(Arc::as_ref)
            }

            #[doc = concat!("The ", $what, " of that id, to change it; a shared one is copied first. Its id stays.")]
            pub fn $one_mut(&mut self, id: $id) -> Option<&mut $part> {
                self.$before();
                self.$all.get_mut(&id).map(Arc::make_mut)
            }

            #[doc = concat!("Adds the ", $what, " at the end, or replaces the one with its id where it stands.")]
            pub fn $put(&mut self, part: impl Into<Arc<$part>>) {
                self.$before();
                let part = part.into();
                self.$all.insert(part.id, part);
            }
        )*}
    };
}

parts! {
    namespaces changed_namespaces namespace namespace_mut put_namespace: NamespaceId => Namespace, "namespace", before_change;
    entities changed_entities entity entity_mut put_entity: EntityId => Entity, "entity", before_change;
    enumerations changed_enumerations enumeration enumeration_mut put_enumeration: EnumerationId => Enumeration, "enumeration", before_change;
    references changed_references reference reference_mut put_reference: ReferenceId => Reference, "reference", before_change;
    areas changed_areas area area_mut put_area: AreaId => Area, "area", before_areas_change;
    notes changed_notes note note_mut put_note: NoteId => Note, "note", before_change;
}

impl Model {
    /// An empty model.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether it has no parts at all.
    pub fn is_empty(&self) -> bool {
        self.namespaces.is_empty()
            && self.entities.is_empty()
            && self.enumerations.is_empty()
            && self.references.is_empty()
            && self.areas.is_empty()
            && self.notes.is_empty()
    }

    /// Its E-R graph, built at the first call after a change of links.
    pub fn graph(&self) -> &Graph {
        self.graph.of(self)
    }

    /// Lets go of the graph, for a version that is only kept.
    pub fn forget_graph(&mut self) {
        self.graph = CachedGraph::default();
    }

    /// Takes over the graph of another version that is only kept from now on. Often the links of
    /// both are the same.
    pub fn take_graph_from(&mut self, other: &mut Self) {
        other.before_change();
        self.graph = std::mem::take(&mut other.graph);
    }

    /// Parts are about to change, and maybe the graph with them.
    fn before_change(&mut self) {
        if self.graph.is_current() {
            let made_of = Self { graph: CachedGraph::default(), ..self.clone() };
            self.graph.outdate(made_of);
        } else {
            self.graph.part();
        }
    }

    /// Areas are about to change, and with them what is in them.
    fn before_areas_change(&mut self) {
        self.members = CachedMembers::default();
    }

    /// The first entity of that name.
    pub fn entity_named(&self, name: &str) -> Option<&Entity> {
        self.entities().find(|entity| entity.name == name)
    }

    /// The first enumeration of that name.
    pub fn enumeration_named(&self, name: &str) -> Option<&Enumeration> {
        self.enumerations().find(|enumeration| enumeration.name == name)
    }

    /// The fields of a reference's referenced end: its own, or the primary key it stands for.
    pub fn referenced_fields(&self, reference: &Reference) -> Vec<FieldId> {
        if !reference.to.fields.is_empty() {
            return reference.to.fields.clone();
        }
        let key = self.entity(reference.to.entity).and_then(Entity::primary_key);
        key.map(|key| key.fields.clone()).unwrap_or_default()
    }

    /// The references whose referencing end holds that field.
    pub fn references_from_field(&self, field: FieldId) -> impl Iterator<Item = &Reference> {
        self.references().filter(move |reference| reference.from.fields.contains(&field))
    }

    /// The same for a field whose entity is known: looks only at what that entity refers to.
    pub fn references_of_field(
        &self,
        entity: EntityId,
        field: FieldId,
    ) -> impl Iterator<Item = &Reference> {
        let links = self.graph().outgoing(entity).into_iter();
        let references = links.filter_map(|(link, _)| match link {
            Link::Reference(id) => self.reference(id),
            Link::Embedding(_) | Link::Use(_) => None,
        });
        references.filter(move |reference| reference.from.fields.contains(&field))
    }

    /// The area of an entity or enumeration.
    pub fn area_of(&self, node: NodeId) -> Option<&Area> {
        self.area(self.members.area_of(self, node)?)
    }

    /// The name of a node as people read it, with its namespace: `sales.Order`.
    pub fn display_name(&self, node: NodeId) -> String {
        let (name, namespace) = match node {
            NodeId::Entity(id) => match self.entity(id) {
                Some(entity) => (entity.name.as_str(), entity.namespace),
                None => ("", None),
            },
            NodeId::Enumeration(id) => match self.enumeration(id) {
                Some(enumeration) => (enumeration.name.as_str(), enumeration.namespace),
                None => ("", None),
            },
        };
        match namespace.and_then(|id| self.namespace(id)) {
            Some(namespace) => format!("{}.{name}", namespace.name),
            None => name.to_owned(),
        }
    }
}

/// Removing parts, with everything that points at them.
impl Model {
    /// Removes a namespace; what was in it moves to the default one.
    pub fn remove_namespace(&mut self, id: NamespaceId) {
        let entities: Vec<_> =
            self.entities().filter(|e| e.namespace == Some(id)).map(|e| e.id).collect();
        for entity in entities {
            if let Some(entity) = self.entity_mut(entity) {
                entity.namespace = None;
            }
        }
        let enumerations: Vec<_> =
            self.enumerations().filter(|e| e.namespace == Some(id)).map(|e| e.id).collect();
        for enumeration in enumerations {
            if let Some(enumeration) = self.enumeration_mut(enumeration) {
                enumeration.namespace = None;
            }
        }
        self.namespaces.remove(&id);
    }

    /// Removes an entity, its references, its memberships; fields that embed it become objects.
    pub fn remove_entity(&mut self, id: EntityId) {
        self.remove_nodes(&IndexSet::from([id.into()]));
    }

    /// Removes an enumeration; fields that use it become strings.
    pub fn remove_enumeration(&mut self, id: EnumerationId) {
        self.remove_nodes(&IndexSet::from([id.into()]));
    }

    /// Removes entities and enumerations as [`remove_entity`](Self::remove_entity) and
    /// [`remove_enumeration`](Self::remove_enumeration) do, many at the cost of one.
    pub fn remove_nodes(&mut self, gone: &IndexSet<NodeId>) {
        let graph = self.graph();
        let around = |node: &NodeId| graph.incoming(*node).into_iter().chain(graph.outgoing(*node));
        let (mut references, mut holders) = (IndexSet::new(), IndexSet::new());
        for (link, other) in gone.iter().flat_map(around) {
            match (link, other) {
                (Link::Reference(id), _) => {
                    references.insert(id);
                }
                (Link::Embedding(_) | Link::Use(_), NodeId::Entity(id)) => {
                    holders.insert(id);
                }
                (Link::Embedding(_) | Link::Use(_), NodeId::Enumeration(_)) => {}
            }
        }
        self.before_change();
        let (mut entities, mut enumerations) = (Vec::new(), Vec::new());
        for node in gone {
            match node {
                NodeId::Entity(id) => entities.push(id),
                NodeId::Enumeration(id) => enumerations.push(id),
            }
        }
        self.entities.remove_all(entities);
        self.enumerations.remove_all(enumerations);
        self.references.remove_all(&references);
        for id in holders {
            self.retype_fields(id, gone);
        }
        self.forget_nodes(gone);
    }

    /// Removes a reference; its fields stay.
    pub fn remove_reference(&mut self, id: ReferenceId) {
        self.before_change();
        self.references.remove(&id);
    }

    /// Removes an area; its members stay.
    pub fn remove_area(&mut self, id: AreaId) {
        self.before_areas_change();
        self.areas.remove(&id);
    }

    /// Removes a note.
    pub fn remove_note(&mut self, id: NoteId) {
        self.notes.remove(&id);
    }

    /// Removes a field with its nested ones, and the keys, index parts and references over them.
    pub fn remove_field(&mut self, entity_id: EntityId, id: FieldId) {
        let Some(entity) = self.entity_mut(entity_id) else { return };
        let Some((siblings, position)) = entity.siblings_mut(id) else { return };
        let mut gone = Vec::new();
        siblings.remove(position).for_each(&mut |field: &Field| gone.push(field.id));
        for key in &mut entity.keys {
            key.fields.retain(|field| !gone.contains(field));
        }
        entity.keys.retain(|key| !key.fields.is_empty());
        for index in &mut entity.indexes {
            index.parts.retain(|part| match &part.on {
                IndexTarget::Field(field) => !gone.contains(field),
                IndexTarget::Expression(_) => true,
            });
        }
        entity.indexes.retain(|index| !index.parts.is_empty());
        self.references.retain(|_, reference| {
            let ends = reference.from.fields.iter().chain(&reference.to.fields);
            !ends.into_iter().any(|field| gone.contains(field))
        });
    }

    /// Removes any element by its id, with what hangs on it.
    pub fn remove(&mut self, element: ElementId) {
        match element {
            ElementId::Namespace(id) => self.remove_namespace(id),
            ElementId::Entity(id) => self.remove_entity(id),
            ElementId::Field(entity, id) => self.remove_field(entity, id),
            ElementId::Enumeration(id) => self.remove_enumeration(id),
            ElementId::Reference(id) => self.remove_reference(id),
            ElementId::Area(id) => self.remove_area(id),
            ElementId::Note(id) => self.remove_note(id),
            ElementId::Key(entity, id) => {
                if let Some(entity) = self.entity_mut(entity) {
                    entity.keys.retain(|key| key.id != id);
                }
            }
            ElementId::Index(entity, id) => {
                if let Some(entity) = self.entity_mut(entity) {
                    entity.indexes.retain(|index| index.id != id);
                }
            }
            ElementId::Check(entity, id) => {
                if let Some(entity) = self.entity_mut(entity) {
                    entity.checks.retain(|check| check.id != id);
                }
            }
            ElementId::Value(enumeration, id) => {
                if let Some(enumeration) = self.enumeration_mut(enumeration) {
                    enumeration.values.retain(|value| value.id != id);
                }
            }
        }
    }

    /// Puts a node into an area and takes it out of any other; none takes it out of all.
    pub fn set_area(&mut self, node: NodeId, area: Option<AreaId>) {
        let leaving: Vec<_> = self
            .areas()
            .filter(|other| Some(other.id) != area && other.members.contains(&node))
            .map(|other| other.id)
            .collect();
        for other in leaving {
            if let Some(other) = self.area_mut(other) {
                other.members.retain(|member| *member != node);
            }
        }
        if let Some(area) = area.and_then(|id| self.area_mut(id))
            && !area.members.contains(&node)
        {
            area.members.push(node);
        }
    }

    /// Fields of an entity that hold what is gone hold something of their own instead.
    fn retype_fields(&mut self, holder: EntityId, gone: &IndexSet<NodeId>) {
        let Some(entity) = self.entity(holder) else { return };
        let instead = |ty: &DataType| match ty.innermost() {
            DataType::Embedded(id) if gone.contains(&NodeId::Entity(*id)) => Some(DataType::Object),
            DataType::Enumeration(id) if gone.contains(&NodeId::Enumeration(*id)) => {
                Some(DataType::STRING)
            }
            _ => None,
        };
        let retyped: Vec<(FieldId, DataType)> = entity
            .all_fields()
            .into_iter()
            .filter_map(|field| Some((field.id, instead(&field.ty)?)))
            .collect();
        for (id, ty) in retyped {
            if let Some(field) = self.entity_mut(holder).and_then(|entity| entity.field_mut(id)) {
                *field.ty.innermost_mut() = ty;
            }
        }
    }

    fn forget_nodes(&mut self, gone: &IndexSet<NodeId>) {
        let left = self.areas().filter(|area| area.members.iter().any(|one| gone.contains(one)));
        let left: Vec<_> = left.map(|area| area.id).collect();
        for id in left {
            if let Some(area) = self.area_mut(id) {
                area.members.retain(|member| !gone.contains(member));
            }
        }
        let is_gone = |note: &&Note| note.subject.is_some_and(|node| gone.contains(&node));
        let subjects: Vec<_> = self.notes().filter(is_gone).map(|note| note.id).collect();
        for id in subjects {
            if let Some(note) = self.note_mut(id) {
                note.subject = None;
            }
        }
    }
}
