//! A draft → a project: ids and names first, then what joins them.

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::{Diagnostic, Span};
use crate::document::project::Project;
use crate::formats::Imported;
use crate::formats::draft::Draft;
use crate::formats::draft::defaults::default_value;
use crate::formats::draft::entity::{DraftEntity, DraftField};
use crate::formats::draft::name::Name;
use crate::formats::draft::names::NameTable;
use crate::formats::draft::types::{KnownSpellings, UnknownTypes};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::id::{EntityId, EnumerationId, IdMint, NamespaceId};
use crate::model::namespace::Namespace;

/// How many hints one import looks for, so that a text full of slips is read as fast as any other.
const MOST_HINTS: usize = 100;

/// A project in the making.
pub(super) struct Finisher {
    pub(super) draft: Draft,
    pub(super) project: Project,
    pub(super) mint: IdMint,
    pub(super) model: Model,
    /// Entities that are still being made, in order.
    pub(super) entities: IndexMap<EntityId, Entity>,
    pub(super) entity_names: NameTable<(EntityId, EntityKind)>,
    pub(super) enumeration_names: NameTable<EnumerationId>,
    /// Enumerations that the text gives no name, by their values.
    pub(super) nameless: IndexMap<Vec<String>, EnumerationId>,
    pub(super) unknown_types: UnknownTypes,
    pub(super) known_spellings: KnownSpellings,
    pub(super) namespace_ids: IndexMap<String, NamespaceId>,
    hints: usize,
}

impl Finisher {
    pub(super) fn new(draft: Draft, project: Project, mint: IdMint) -> Self {
        Self {
            draft,
            project,
            mint,
            model: Model::new(),
            entities: IndexMap::new(),
            entity_names: NameTable::default(),
            enumeration_names: NameTable::default(),
            nameless: IndexMap::new(),
            unknown_types: UnknownTypes::default(),
            known_spellings: KnownSpellings::default(),
            namespace_ids: IndexMap::new(),
            hints: 0,
        }
    }

    pub(super) fn run(mut self) -> Imported {
        self.namespaces();
        self.enumerations();
        let drafts = std::mem::take(&mut self.draft.entities);
        let ids = self.declare(&drafts);
        for (id, draft) in ids.into_iter().zip(drafts) {
            self.fill(id, draft);
        }
        for reference in std::mem::take(&mut self.draft.references) {
            self.link(reference);
        }
        for entity in std::mem::take(&mut self.entities).into_values() {
            self.model.put_entity(entity);
        }
        self.areas();
        self.notes();
        self.diagrams();
        self.tell_unknown_types();
        let mut diagnostics = std::mem::take(&mut self.draft.diagnostics);
        diagnostics.sort_by_key(|diagnostic| (diagnostic.span.is_none(), diagnostic.span));
        self.project.model = self.model;
        Imported { project: self.project, diagnostics }
    }

    fn namespaces(&mut self) {
        for namespace in std::mem::take(&mut self.draft.namespaces) {
            let id = self.namespace(&namespace.name);
            if let Some(known) = self.model.namespace_mut(id) {
                known.note = namespace.note;
            }
        }
        let entities = self.draft.entities.iter().map(|entity| &entity.name);
        let names = entities.chain(self.draft.enumerations.iter().map(|one| &one.name));
        let named: IndexSet<String> = names.filter_map(|name| name.namespace.clone()).collect();
        for name in named {
            self.namespace(&name);
        }
    }

    /// The namespace of that name, made when it is the first time.
    pub(super) fn namespace(&mut self, name: &str) -> NamespaceId {
        if let Some(id) = self.namespace_ids.get(name) {
            return *id;
        }
        let id = self.mint.mint();
        self.namespace_ids.insert(name.to_owned(), id);
        let (name, note) = (name.to_owned(), String::new());
        self.model.put_namespace(Namespace { id, name, note });
        id
    }

    fn enumerations(&mut self) {
        let mut taken = IndexSet::new();
        for draft in std::mem::take(&mut self.draft.enumerations) {
            let name = self.unique(&mut taken, &draft.name, "enumeration");
            let mut enumeration = Enumeration::new(self.mint.mint(), name.name.clone());
            enumeration.namespace = self.namespace_of(&name);
            enumeration.note = draft.note;
            let mut seen = IndexSet::new();
            for mut value in draft.values {
                if !seen.insert(value.name.clone()) {
                    let message = format!("`{}` has `{}` twice", name.shown(), value.name);
                    self.warn(message, "write each value once", name.span);
                    continue;
                }
                value.id = self.mint.mint();
                enumeration.values.push(value);
            }
            self.enumeration_names.declare(&name, enumeration.id);
            self.model.put_enumeration(enumeration);
        }
    }

    /// Gives every entity its id and its name.
    fn declare(&mut self, drafts: &[DraftEntity]) -> Vec<EntityId> {
        let mut taken = IndexSet::new();
        let mut ids = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let name = self.unique(&mut taken, &draft.name, "entity");
            let id = self.declare_entity(&name, draft.entity.clone());
            ids.push(id);
        }
        for (id, draft) in ids.iter().zip(drafts) {
            if let Some(alias) = &draft.alias {
                let name = Name::plain(alias, draft.name.span);
                self.entity_names.declare(&name, (*id, draft.entity.kind));
            }
        }
        ids
    }

    /// Adds an entity under that name, as yet without fields.
    pub(super) fn declare_entity(&mut self, name: &Name, mut entity: Entity) -> EntityId {
        entity.id = self.mint.mint();
        entity.name.clone_from(&name.name);
        entity.namespace = self.namespace_of(name);
        for check in &mut entity.checks {
            check.id = self.mint.mint();
        }
        let id = entity.id;
        self.entity_names.declare(name, (id, entity.kind));
        self.entities.insert(id, entity);
        id
    }

    fn namespace_of(&mut self, name: &Name) -> Option<NamespaceId> {
        name.namespace.as_ref().map(|namespace| self.namespace(namespace))
    }

    fn fill(&mut self, id: EntityId, draft: DraftEntity) {
        let owner = draft.name.shown();
        let keys = keyed_paths(&draft.fields);
        let fields = self.fields(draft.fields, &owner);
        let Some(mut entity) = self.entities.get(&id).cloned() else { return };
        entity.fields = fields;
        self.keys(&mut entity, &owner, &keys, draft.keys);
        self.indexes(&mut entity, &owner, draft.indexes);
        self.entities.insert(id, entity);
    }

    fn fields(&mut self, drafts: Vec<DraftField>, owner: &str) -> Vec<Field> {
        let mut taken: IndexSet<String> = IndexSet::new();
        let mut fields = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let wanted = draft.field.name.clone();
            let name = first_free(&wanted, |name| taken.contains(name));
            taken.insert(name.clone());
            if name != wanted {
                let message = format!("`{owner}` has `{wanted}` twice: one is called `{name}`");
                self.warn(message, "give each field a name of its own", draft.span);
            }
            let path = format!("{owner}.{name}");
            let mut field = draft.field;
            field.id = self.mint.mint();
            field.name = name;
            field.fields = self.fields(draft.fields, &path);
            self.set_type(&mut field, draft.ty, &path);
            if let Some(default) = draft.default {
                field.default = Some(default_value(default, &field.ty));
            }
            if !field.fields.is_empty() && *field.ty.innermost() != DataType::Object {
                *field.ty.innermost_mut() = DataType::Object;
            }
            fields.push(field);
        }
        fields
    }

    /// The name, or the first that is free after it, which is told.
    fn unique(
        &mut self,
        taken: &mut IndexSet<(Option<String>, String)>,
        name: &Name,
        what: &str,
    ) -> Name {
        let is_taken = |wanted: &str| taken.contains(&(name.namespace.clone(), wanted.to_owned()));
        let free = Name { name: first_free(&name.name, is_taken), ..name.clone() };
        taken.insert((free.namespace.clone(), free.name.clone()));
        if free.name != name.name {
            let shown = name.shown();
            let message = format!("the {what} `{shown}` is there twice: one is `{}`", free.name);
            self.warn(message, "give each one a name of its own", name.span);
        }
        free
    }

    /// Tells something that was lost or repaired.
    pub(super) fn warn(&mut self, message: impl Into<String>, hint: &str, span: Span) {
        self.draft.diagnostics.push(Diagnostic::warning(message).at(span).with_hint(hint));
    }

    /// The same of a name that nobody declared, with the one that was probably meant.
    pub(super) fn warn_of_slip(
        &mut self,
        message: impl Into<String>,
        span: Span,
        hint: impl FnOnce(&Self) -> Option<String>,
    ) {
        let hint = if self.hints < MOST_HINTS { hint(self) } else { None };
        self.hints += 1;
        let hint = hint.unwrap_or_else(|| "declare it in the text, or mend its name".to_owned());
        self.draft.diagnostics.push(Diagnostic::warning(message).at(span).with_hint(hint));
    }
}

/// The wanted name or the first free of `wanted_2`, `wanted_3`, …
fn first_free(wanted: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut name = wanted.to_owned();
    let mut n = 2;
    while is_taken(&name) {
        name = format!("{wanted}_{n}");
        n += 1;
    }
    name
}

/// The places of the fields that say they are the key: the position at each level.
fn keyed_paths(fields: &[DraftField]) -> Vec<Vec<usize>> {
    fn descend(fields: &[DraftField], path: &mut Vec<usize>, found: &mut Vec<Vec<usize>>) {
        for (position, field) in fields.iter().enumerate() {
            path.push(position);
            if field.is_key {
                found.push(path.clone());
            }
            descend(&field.fields, path, found);
            path.pop();
        }
    }
    let mut found = Vec::new();
    descend(fields, &mut Vec::new(), &mut found);
    found
}
