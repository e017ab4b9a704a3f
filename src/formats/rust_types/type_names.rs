//! Which Rust type and module each part of a model becomes: all names are given before anything is
//! written, entities first, so that nobody's name depends on what happens to be written.
//!
//! Must not know any flavor.

use std::collections::BTreeMap;

use crate::base::diagnostic::Diagnostic;
use crate::formats::rust_types::names::{Kind, Scope, unraw};
use crate::formats::rust_types::types::Local;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::enumeration::Enumeration;
use crate::model::field::Field;
use crate::model::id::{EntityId, EnumerationId, FieldId, NamespaceId};

/// The types of a model.
#[derive(Clone, Debug, Default)]
pub(super) struct TypeNames {
    kind: Kind,
    types: Scope,
    /// The types that were given, without those that were only kept free.
    given: Scope,
    modules: Scope,
    entities: BTreeMap<EntityId, Local>,
    enumerations: BTreeMap<EnumerationId, Local>,
    objects: BTreeMap<FieldId, Local>,
    diagnostics: Vec<Diagnostic>,
}

impl TypeNames {
    /// The types of that model; enumerations without values have none.
    pub(super) fn of(model: &Model) -> Self {
        Self::avoiding(model, Kind::Type, &[], &[])
    }

    /// The types of that model, none of which has one of these names, in no module of these.
    pub(super) fn avoiding(model: &Model, kind: Kind, types: &[&str], modules: &[&str]) -> Self {
        let mut names = Self { kind, ..Self::default() };
        for name in types {
            names.types.reserve(name);
        }
        for module in modules {
            names.modules.reserve(module);
        }
        let enumerations = || model.enumerations().filter(|one| !one.values.is_empty());
        for entity in model.entities() {
            let local = names.top_level(model, &entity.name, entity.namespace);
            names.entities.insert(entity.id, local);
        }
        for enumeration in enumerations() {
            let local = names.top_level(model, &enumeration.name, enumeration.namespace);
            names.enumerations.insert(enumeration.id, local);
        }
        for entity in model.entities() {
            let module = names.module(model, &entity.name, entity.namespace);
            if let Some(local) = names.entities.get_mut(&entity.id) {
                local.module = module;
                let local = local.clone();
                names.objects_below(&local, &local.ident, &entity.fields);
            }
        }
        for enumeration in enumerations() {
            let module = names.module(model, &enumeration.name, enumeration.namespace);
            if let Some(local) = names.enumerations.get_mut(&enumeration.id) {
                local.module = module;
            }
        }
        names
    }

    /// A further type that no part of the model has, in a module of its own.
    pub(super) fn further(&mut self, name: &str) -> Local {
        let ident = self.types.give(self.kind, name, None).ident;
        self.given.reserve(&ident);
        let module = self.modules.give(Kind::Module, name, None).ident;
        Local { ident, module }
    }

    /// Puts all enumerations into one module.
    pub(super) fn put_enumerations_in(&mut self, module: &str) {
        for local in self.enumerations.values_mut() {
            module.clone_into(&mut local.module);
        }
    }

    /// The type of an entity.
    pub(super) fn entity(&self, id: EntityId) -> Option<&Local> {
        self.entities.get(&id)
    }

    /// The type of an enumeration.
    pub(super) fn enumeration(&self, id: EnumerationId) -> Option<&Local> {
        self.enumerations.get(&id)
    }

    /// The type of a nested object.
    pub(super) fn object(&self, id: FieldId) -> Option<&Local> {
        self.objects.get(&id)
    }

    /// The names of all these types.
    pub(super) fn given(&self) -> &Scope {
        &self.given
    }

    /// What had to be named otherwise.
    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Gives a type; its module follows.
    fn top_level(&mut self, model: &Model, name: &str, namespace: Option<NamespaceId>) -> Local {
        let longer = longer(model, name, namespace);
        let given = self.types.give(self.kind, name, longer.as_deref());
        self.given.reserve(&given.ident);
        if given.collided {
            self.diagnostics.push(renamed("type", name, &given.ident));
        }
        // A script without case would give the module the name of the type, and both stand in one
        // `mod.rs`.
        if given.ident == given.ident.to_lowercase() {
            self.modules.reserve(&given.ident);
        }
        Local { ident: given.ident, module: String::new() }
    }

    fn module(&mut self, model: &Model, name: &str, namespace: Option<NamespaceId>) -> String {
        let longer = longer(model, name, namespace);
        self.modules.give(Kind::Module, name, longer.as_deref()).ident
    }

    fn objects_below(&mut self, owner: &Local, path: &str, fields: &[Field]) {
        for field in fields.iter().filter(|field| is_object(field)) {
            let path = format!("{path} {}", field.name);
            let given = self.types.give(self.kind, &path, None);
            self.given.reserve(&given.ident);
            if given.collided {
                self.diagnostics.push(renamed("type", &path, &given.ident));
            }
            let local = Local { ident: given.ident, module: owner.module.clone() };
            self.objects.insert(field.id, local);
            self.objects_below(owner, &path, &field.fields);
        }
    }
}

/// A name with its namespace before it.
fn longer(model: &Model, name: &str, namespace: Option<NamespaceId>) -> Option<String> {
    let namespace = namespace.and_then(|id| model.namespace(id))?;
    Some(format!("{} {name}", namespace.name))
}

/// Whether a field is a nested object whose fields are said.
pub(super) fn is_object(field: &Field) -> bool {
    *field.ty.innermost() == DataType::Object && !field.fields.is_empty()
}

/// The identifiers of the fields of one struct.
#[derive(Clone, Debug)]
pub(super) struct FieldNames {
    kind: Kind,
    scope: Scope,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl FieldNames {
    /// No identifier of that kind given yet.
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, scope: Scope::default(), diagnostics: Vec::new() }
    }

    /// Marks an identifier as taken.
    pub(super) fn reserve(&mut self, ident: &str) {
        self.scope.reserve(ident);
    }

    /// The identifier for a field of that name in `owner`.
    pub(super) fn give(&mut self, name: &str, owner: &str) -> String {
        let given = self.scope.give(self.kind, name, None);
        if given.collided {
            self.diagnostics.push(renamed("field", &format!("{owner}.{name}"), &given.ident));
        }
        given.ident
    }
}

/// The variants of an enumeration: identifier and value, equal values once.
pub(super) fn variants(enumeration: &Enumeration) -> Vec<(String, usize)> {
    let mut scope = Scope::default();
    let mut seen: Vec<&str> = Vec::new();
    let mut variants = Vec::new();
    for (position, value) in enumeration.values.iter().enumerate() {
        if seen.contains(&value.name.as_str()) {
            continue;
        }
        seen.push(&value.name);
        variants.push((scope.give(Kind::Variant, &value.name, None).ident, position));
    }
    variants
}

/// The name of an entity in messages.
pub(super) fn shown(model: &Model, entity: &Entity) -> String {
    model.display_name(entity.id.into())
}

fn renamed(what: &str, name: &str, ident: &str) -> Diagnostic {
    Diagnostic::warning(format!(
        "rust: {what} `{name}` is called `{}`, since its usual name is taken",
        unraw(ident)
    ))
}
