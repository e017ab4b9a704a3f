//! Schemas that are made of others: copies, and special cases of documents at a path.

use crate::formats::mongoose::import::build::{Builder, Owner};
use crate::formats::mongoose::import::code::{Call, Kind};
use crate::formats::mongoose::import::indexes::Part;
use crate::formats::mongoose::import::scope::{At, Program};
use crate::formats::mongoose::import::sites::{Context, SchemaSite, Sites, StatementKind};
use crate::formats::mongoose::import::told::{Place, place};
use crate::model::entity::Entity;

/// Copies of copies that are followed.
const DEEPEST: usize = 16;

/// Methods of schemas that give another one like it.
const COPYING: [&str; 3] = ["clone", "pick", "omit"];

/// Of which schema another is a copy: `schema.clone()`, `schema.pick(['a'])`, `schema.omit(['a'])`.
#[derive(Clone, Debug)]
pub(super) struct Copied {
    /// The schema that was copied.
    pub(super) from: Place,
    /// Which paths the copy has.
    pub(super) paths: Kept,
}

/// Which paths a copy of a schema has.
#[derive(Clone, Debug)]
pub(super) enum Kept {
    /// All, with what else the schema says.
    All,
    /// These.
    Only(Vec<String>),
    /// All but these.
    AllBut(Vec<String>),
}

impl Kept {
    /// Whether a path of that name is in the copy.
    pub(super) fn has(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(names) => names.iter().any(|one| one == name),
            Self::AllBut(names) => !names.iter().any(|one| one == name),
        }
    }
}

impl SchemaSite<'_> {
    /// Whether that call makes it as a copy.
    pub(super) fn copies(&self, call: &Call<'_>) -> bool {
        let copies = |name: &str| COPYING.contains(&name);
        self.copied.is_some() && matches!(&call.callee.kind, Kind::Member(_, name) if copies(name))
    }
}

impl<'p> Sites<'p> {
    /// `schema.clone()`, `schema.pick(['name'])`, `schema.omit(['secret'])`
    pub(super) fn find_copy(&mut self, program: &'p Program<'p>, at: At<'p>, context: Context<'p>) {
        let Some(call) = at.expr.call() else { return };
        let Kind::Member(object, method) = &call.callee.kind else { return };
        if !COPYING.contains(&method.as_ref()) || self.schemas.contains_key(&place(at)) {
            return;
        }
        let object = At { module: at.module, expr: object };
        let Some(from) = self.schema_of(program, object) else { return };
        let argument =
            |number: usize| call.arguments.get(number).map(|expr| At { module: at.module, expr });
        let names = argument(0).and_then(|list| program.elements(program.resolve(list).at()?));
        let names = names
            .into_iter()
            .flatten()
            .filter_map(|(module, element)| program.text(At { module, expr: &element.value }));
        let paths = match method.as_ref() {
            "pick" => Kept::Only(names.collect()),
            "omit" => Kept::AllBut(names.collect()),
            _ => Kept::All,
        };
        let site = SchemaSite {
            definition: None,
            options: argument(1),
            name: context.name,
            note: context.note,
            statements: Vec::new(),
            copied: Some(Copied { from, paths }),
        };
        self.schemas.insert(place(at), site);
    }

    /// The schema of the documents at a path: `schema.path('list')`.
    pub(super) fn schema_of_path(&self, program: &'p Program<'p>, at: At<'p>) -> Option<Place> {
        let found = program.resolve(at).at()?;
        let call = found.expr.call()?;
        let Kind::Member(object, method) = &call.callee.kind else { return None };
        if method != "path" {
            return None;
        }
        let here = |expr| At { module: found.module, expr };
        let site = self.schemas.get(&self.schema_of(program, here(object))?)?;
        let name = program.text(here(call.arguments.first()?))?;
        let mut object = program.resolve(site.definition?).at()?;
        for part in name.split('.') {
            object = program.members(object).value(part)?;
        }
        // `[schema]`, `{ type: [schema] }`
        for _ in 0..4 {
            if let Some(schema) = self.schema_of(program, object) {
                return Some(schema);
            }
            let inner = program.resolve(object).at()?;
            object = match &inner.expr.kind {
                Kind::Array(elements) => {
                    At { module: inner.module, expr: &elements.first()?.value }
                }
                Kind::Object(_) => program.members(inner).value("type")?,
                _ => return None,
            };
        }
        None
    }
}

impl<'p> Builder<'p> {
    /// Gives an entity what its schema takes over from the one that it is a copy of.
    pub(super) fn take_over(
        &mut self,
        owner: &Owner,
        entity: &mut Entity,
        (copied, place): (&Copied, Place),
        collection: &mut Option<At<'p>>,
        depth: usize,
    ) {
        let Some(site) = self.sites.schemas.get(&copied.from).filter(|_| depth < DEEPEST) else {
            return;
        };
        if let Some(further) = &site.copied {
            self.take_over(owner, entity, (further, copied.from), collection, depth + 1);
        }
        if let Some(definition) = site.definition {
            let fields = self.definition(owner, definition);
            entity.fields.extend(fields);
        }
        if let Some(options) = site.options {
            self.schema_options(owner, entity, options, collection);
        }
        for statement in &site.statements {
            let is_later = statement.place.0 == place.0 && statement.place > place;
            let is_path = matches!(statement.kind, StatementKind::Add | StatementKind::AddSpecial);
            if !is_later && (is_path || matches!(copied.paths, Kept::All)) {
                self.statement(owner, entity, statement, collection);
            }
        }
        entity.fields.retain(|field| copied.paths.has(&field.name));
        self.indexes.retain(|index| {
            index.entity != owner.id
                || index.parts.iter().all(|(part, _)| match part {
                    Part::Field(id) => entity.field(*id).is_some(),
                    Part::Path(path) => {
                        path.split('.').next().is_some_and(|head| copied.paths.has(head))
                    }
                })
        });
    }
}
