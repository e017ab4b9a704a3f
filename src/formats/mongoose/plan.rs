//! What is declared where: the names that code uses for every entity and enumeration, and the file
//! that each stands in.
//!
//! Must not know how anything is written.

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::Diagnostic;
use crate::base::ident::{Case, with_case};
use crate::formats::collections::{Collections, is_top_level};
use crate::formats::file_set::RelativePath;
use crate::formats::javascript::identifier::{Scope, type_name};
use crate::formats::javascript::text::{self, Code};
use crate::formats::mongoose::file_name::{FileKind, FileNames};
use crate::formats::mongoose::style::Style;
use crate::model::entity::Entity;
use crate::model::graph::Link;
use crate::model::id::{EntityId, EnumerationId};

/// What generated files use themselves and entities must not hide.
const USED: [&str; 26] = [
    "Array",
    "BigInt",
    "Boolean",
    "Buffer",
    "Date",
    "Error",
    "Function",
    "HydratedDocument",
    "Infinity",
    "InferSchemaType",
    "Map",
    "NaN",
    "Number",
    "Object",
    "Promise",
    "RegExp",
    "ReturnType",
    "Schema",
    "Set",
    "String",
    "Symbol",
    "Types",
    "Model",
    "wholeNumber",
    "mongoose",
    "pointSchema",
];

/// Names and files of one export.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// The documents.
    pub(super) collections: &'a Collections,
    /// How the files are to look.
    pub(super) style: &'a Style,
    /// Files in which an entity or enumeration stands.
    pub(super) files: Vec<PlannedFile>,
    /// Where the barrel goes, which is written on request.
    pub(super) barrel: RelativePath,
    entities: IndexMap<EntityId, Declared>,
    enumerations: IndexMap<EnumerationId, Declared>,
}

/// One file and what it declares.
#[derive(Debug)]
pub(super) struct PlannedFile {
    /// Where it goes.
    pub(super) path: RelativePath,
    /// What stands in it.
    pub(super) content: Content,
}

/// What stands in a file.
#[derive(Debug)]
pub(super) enum Content {
    /// One enumeration.
    Enumeration(EnumerationId),
    /// One entity, or several that embed each other, in the order of their declaration.
    Entities(Vec<EntityId>),
}

/// Names of one declared thing.
#[derive(Debug)]
struct Declared {
    /// `User`: the model, its type, or the type of an enumeration.
    base: Code,
    /// `userSchema`, `statusValues`
    constant: Code,
    /// Place in [`Plan::files`].
    file: usize,
}

impl<'a> Plan<'a> {
    /// The plan for these documents, and what a person should know about the names.
    pub(super) fn new(collections: &'a Collections, style: &'a Style) -> (Self, Vec<Diagnostic>) {
        let mut names = FileNames::new(&style.file_name, style.module.extension());
        let mut diagnostics = Vec::new();
        if !names.name_entities() {
            diagnostics.push(
                Diagnostic::warning("mongoose: the option `file_name` does not name the entity")
                    .with_hint("for instance `{entity:kebab}.models.{ext}`"),
            );
        }
        let barrel = RelativePath::of(&[&format!("index.{}", style.module.extension())]);
        if style.barrel {
            names.reserve(&barrel);
        }
        let mut plan = Self {
            collections,
            style,
            files: Vec::new(),
            barrel,
            entities: IndexMap::new(),
            enumerations: IndexMap::new(),
        };
        plan.declare(&mut diagnostics);
        plan.assign_files(&mut names, &mut diagnostics);
        (plan, diagnostics)
    }

    /// `User`: what the model is called in code and in references.
    pub(super) fn model_name(&self, entity: EntityId) -> Code {
        self.entities.get(&entity).map(|declared| declared.base.clone()).unwrap_or_default()
    }

    /// `userSchema`
    pub(super) fn schema_name(&self, entity: EntityId) -> Code {
        self.entities.get(&entity).map(|declared| declared.constant.clone()).unwrap_or_default()
    }

    /// `Status`: the type of an enumeration.
    pub(super) fn enumeration_type(&self, enumeration: EnumerationId) -> Code {
        self.enumerations
            .get(&enumeration)
            .map(|declared| declared.base.clone())
            .unwrap_or_default()
    }

    /// `statusValues`
    pub(super) fn values_name(&self, enumeration: EnumerationId) -> Code {
        self.enumerations
            .get(&enumeration)
            .map(|declared| declared.constant.clone())
            .unwrap_or_default()
    }

    /// The file of an entity.
    pub(super) fn file_of(&self, entity: EntityId) -> Option<&PlannedFile> {
        self.files.get(self.entities.get(&entity)?.file)
    }

    /// The file of an enumeration.
    pub(super) fn file_of_enumeration(&self, enumeration: EnumerationId) -> Option<&PlannedFile> {
        self.files.get(self.enumerations.get(&enumeration)?.file)
    }

    fn declare(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let mut scope = Scope::with(&USED);
        for entity in self.collections.model.entities() {
            let wanted = type_name(&entity.name, "Entity");
            let base = scope.declare(&wanted, |base| {
                vec![
                    base.to_owned(),
                    constant(base, "Schema"),
                    format!("{base}Document"),
                    format!("{base}Model"),
                    format!("create{base}"),
                ]
            });
            if base != wanted {
                diagnostics.push(Diagnostic::warning(format!(
                    "mongoose: `{}` is called `{base}`, since `{wanted}` is taken",
                    entity.name
                )));
            }
            self.entities.insert(entity.id, declared(&base, "Schema"));
        }
        for enumeration in self.collections.model.enumerations() {
            let wanted = type_name(&enumeration.name, "Enumeration");
            let base =
                scope.declare(&wanted, |base| vec![base.to_owned(), constant(base, "Values")]);
            self.enumerations.insert(enumeration.id, declared(&base, "Values"));
        }
    }

    /// The entity after which the file of a group is called: the first, a collection by preference.
    fn name_giver(&self, group: &[EntityId]) -> Option<&'a Entity> {
        let model = &self.collections.model;
        if let [only] = group {
            return model.entity(*only);
        }
        let members = model.entities().filter(|entity| group.contains(&entity.id));
        members.min_by_key(|entity| !is_top_level(entity))
    }

    fn assign_files(&mut self, names: &mut FileNames, diagnostics: &mut Vec<Diagnostic>) {
        for group in groups(self.collections) {
            let Some(entity) = self.name_giver(&group) else { continue };
            let path = path_for(names, &entity.name, kind_of(entity), diagnostics);
            for id in &group {
                if let Some(declared) = self.entities.get_mut(id) {
                    declared.file = self.files.len();
                }
            }
            self.files.push(PlannedFile { path, content: Content::Entities(group) });
        }
        for enumeration in self.collections.model.enumerations() {
            let path = path_for(names, &enumeration.name, FileKind::Enumeration, diagnostics);
            if let Some(declared) = self.enumerations.get_mut(&enumeration.id) {
                declared.file = self.files.len();
            }
            let content = Content::Enumeration(enumeration.id);
            self.files.push(PlannedFile { path, content });
        }
    }
}

/// Entities that share a file: alone, or with those that they embed and that embed them. Groups
/// stand in the model's order, so that names do not depend on what embeds what.
fn groups(collections: &Collections) -> Vec<Vec<EntityId>> {
    let graph = collections.model.graph();
    let is_embedding = |link: Link| matches!(link, Link::Embedding(_));
    let cycles = graph.cycles(is_embedding);
    let order = graph.dependency_order(is_embedding);
    let mut grouped = IndexSet::new();
    let mut groups: Vec<Vec<EntityId>> = Vec::new();
    for entity in collections.model.entities() {
        if grouped.contains(&entity.id) {
            continue;
        }
        let members = cycles.iter().find(|cycle| cycle.contains(&entity.id));
        let group = match members {
            Some(members) => order.iter().filter(|id| members.contains(id)).copied().collect(),
            None => vec![entity.id],
        };
        grouped.extend(group.iter().copied());
        groups.push(group);
    }
    groups
}

fn kind_of(entity: &Entity) -> FileKind {
    if is_top_level(entity) { FileKind::Model } else { FileKind::Schema }
}

fn path_for(
    names: &mut FileNames,
    name: &str,
    kind: FileKind,
    diagnostics: &mut Vec<Diagnostic>,
) -> RelativePath {
    let (path, was_taken) = names.path(name, kind);
    if was_taken {
        diagnostics.push(
            Diagnostic::warning(format!(
                "mongoose: `{name}` is written to `{path}`, since another file has its name"
            ))
            .with_hint("file systems do not all tell capitals from small letters"),
        );
    }
    path
}

fn declared(base: &str, ending: &str) -> Declared {
    let constant = text::name(&constant(base, ending));
    Declared { base: text::name(base), constant, file: 0 }
}

fn constant(base: &str, ending: &str) -> String {
    format!("{}{ending}", with_case(base, Case::Camel))
}
