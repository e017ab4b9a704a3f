//! Schemas and models → entities: which there are, then what each holds, then what joins them.

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::Diagnostic;
use crate::base::ident::{Case, UniqueNames, with_case};
use crate::base::plural::collection_name;
use crate::document::project::Project;
use crate::formats::Imported;
use crate::formats::mongoose::import::code::Kind;
use crate::formats::mongoose::import::enumerations::Enumerations;
use crate::formats::mongoose::import::habits;
use crate::formats::mongoose::import::indexes::FoundIndex;
use crate::formats::mongoose::import::points;
use crate::formats::mongoose::import::references::FoundReference;
use crate::formats::mongoose::import::scope::{At, Program};
use crate::formats::mongoose::import::sites::{SchemaSite, Sites, Statement};
use crate::formats::mongoose::import::told::{Lost, Place, Told};
use crate::formats::sources::Sources;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::{DefaultValue, Field};
use crate::model::id::{EntityId, IdMint};
use crate::model::key::{Key, KeyKind};

/// A model in the making.
pub(super) struct Builder<'p> {
    pub(super) program: &'p Program<'p>,
    pub(super) sites: &'p Sites<'p>,
    pub(super) mint: IdMint,
    pub(super) model: Model,
    pub(super) told: Told,
    pub(super) enumerations: Enumerations,
    /// The entity that a schema is, where others embed it.
    pub(super) embedded: IndexMap<Place, EntityId>,
    /// Schemas of GeoJSON points.
    pub(super) points: IndexSet<Place>,
    pub(super) references: Vec<FoundReference>,
    pub(super) indexes: Vec<FoundIndex>,
    pub(super) virtuals: Vec<(Owner, Statement<'p>)>,
    pub(super) entity_names: UniqueNames,
    /// Entities that are special cases of others.
    bases: Vec<(EntityId, String, Place)>,
}

/// The entity whose schema is being read.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    pub(super) id: EntityId,
    pub(super) name: String,
    /// The key under which a path says its type.
    pub(super) type_key: String,
}

/// An entity to be.
struct Planned {
    owner: Owner,
    kind: EntityKind,
    schema: Place,
    /// Its model, by number.
    model: Option<usize>,
}

/// The project that these modules are.
pub(super) fn build(sources: &Sources, name: &str) -> Imported {
    let program = Program::of(sources);
    let sites = Sites::of(&program);
    let seed: String = sources.iter().map(|source| source.text.as_str()).collect();
    let mut mint = IdMint::from_text(&seed);
    let mut project = Project::new(name, &mut mint);
    let mut builder = Builder {
        program: &program,
        sites: &sites,
        mint,
        model: Model::new(),
        told: Told::default(),
        enumerations: Enumerations::default(),
        embedded: IndexMap::new(),
        points: IndexSet::new(),
        references: Vec::new(),
        indexes: Vec::new(),
        virtuals: Vec::new(),
        entity_names: UniqueNames::new(),
        bases: Vec::new(),
    };
    builder.tell_errors();
    for planned in builder.plan() {
        builder.read(&planned);
    }
    builder.add_declared_enumerations();
    builder.add_bases();
    builder.add_references();
    builder.add_indexes();
    let has_reverse = builder.add_virtuals();
    habits::set(&mut project.settings, &program, &sites, has_reverse);
    project.model = builder.model;
    Imported { project, diagnostics: builder.told.finish(sources) }
}

impl<'p> Builder<'p> {
    /// Syntax errors, in files that speak of schemas.
    fn tell_errors(&mut self) {
        for (module, code) in self.program.modules.iter().enumerate() {
            for (at, message) in &code.errors {
                let diagnostic = Diagnostic::error(message.clone())
                    .with_hint("what stands around it is read as far as it can be understood");
                self.told.say((module, *at), diagnostic);
            }
        }
        for place in &self.sites.nameless {
            let diagnostic =
                Diagnostic::warning("the name of a model is made by code: it is left out")
                    .with_hint("write the name as a text: `mongoose.model('User', userSchema)`");
            self.told.say(*place, diagnostic);
        }
        for (name, place) in &self.sites.schemaless {
            let is_known = self.sites.models.iter().any(|model| model.name == *name);
            if !is_known {
                let message = format!("the schema of `{name}` is made by code: it is left out");
                let diagnostic = Diagnostic::warning(message).with_hint(
                    "import the file that declares the schema too, or write it where it is used",
                );
                self.told.say(*place, diagnostic);
            }
        }
        for (name, place) in &self.sites.stray {
            self.told.lose(Lost::SpecialCase, format!("`{name}`"), *place);
        }
    }

    /// The entities in the order in which their schemas are written.
    fn plan(&mut self) -> Vec<Planned> {
        let sites = self.sites;
        for (place, site) in &sites.schemas {
            if points::is_point_schema(self.program, site) {
                self.points.insert(*place);
            }
        }
        let mut planned = Vec::new();
        for model in &sites.models {
            self.reserve_model(&model.name, model.place);
        }
        for (place, site) in &sites.schemas {
            let type_key = self.type_key(site);
            let mut is_model = false;
            for (number, model) in sites.models.iter().enumerate() {
                if model.schema != *place {
                    continue;
                }
                let owner = Owner {
                    id: self.mint.mint(),
                    name: model.name.clone(),
                    type_key: type_key.clone(),
                };
                if !is_model {
                    self.embedded.insert(*place, owner.id);
                }
                is_model = true;
                let kind = EntityKind::Collection;
                planned.push(Planned { owner, kind, schema: *place, model: Some(number) });
            }
            if is_model || self.points.contains(place) || !self.is_named(*place, site) {
                continue;
            }
            let name = self.embedded_name(*place, site);
            let owner = Owner { id: self.mint.mint(), name, type_key };
            self.embedded.insert(*place, owner.id);
            let kind = self.kind_without_model(*place, site);
            planned.push(Planned { owner, kind, schema: *place, model: None });
        }
        planned
    }

    fn reserve_model(&mut self, name: &str, place: Place) {
        if self.entity_names.is_taken(name) {
            let diagnostic = Diagnostic::warning(format!("there is another model `{name}`"))
                .with_hint("Mongoose takes each name once; give one of them another name");
            self.told.say(place, diagnostic);
        }
        self.entity_names.reserve(name);
    }

    /// Whether a schema is an entity of its own: it has a name, or says more than an object can.
    fn is_named(&self, place: Place, site: &SchemaSite<'_>) -> bool {
        site.name.is_some() || self.is_exported(place) || !site.statements.is_empty()
    }

    /// `export default new Schema(…)`, `module.exports = new Schema(…)`
    fn is_exported(&self, place: Place) -> bool {
        let module = self.program.modules.get(place.0);
        module.is_some_and(|module| {
            let bound = module.exports.values().chain(&module.whole);
            bound.filter_map(|bound| module.value_of(bound)).any(|expr| {
                let at = At { module: place.0, expr };
                self.sites.schema_of(self.program, at) == Some(place)
            })
        })
    }

    /// What a schema is called that has no model: as its type, else as its constant.
    fn embedded_name(&mut self, place: Place, site: &SchemaSite<'_>) -> String {
        let types = self.program.modules.get(place.0).map(|module| &module.types);
        let by_type = site.name.and_then(|name| types?.get(name).copied());
        let wanted = match (by_type, site.name) {
            (Some(name), _) => name.to_owned(),
            (None, Some(name)) => without_ending(name, &["Schema", "schema", "SCHEMA", "_schema"]),
            (None, None) => self.program.paths.get(place.0).map_or_else(String::new, |path| {
                let file = path.rsplit('/').next().unwrap_or_default();
                let stem = file.split('.').next().unwrap_or_default();
                without_ending(stem, &["Schema", "schema"])
            }),
        };
        self.entity_names.unique(&wanted, "")
    }

    /// A schema that no model takes and no other embeds is a collection whose model is elsewhere.
    fn kind_without_model(&mut self, place: Place, site: &SchemaSite<'_>) -> EntityKind {
        let says_collection = site.options.is_some_and(|options| {
            self.program
                .resolve(options)
                .at()
                .is_some_and(|options| self.program.members(options).value("collection").is_some())
        });
        if !says_collection && (!self.sites.models.is_empty() || self.is_embedded(place)) {
            return EntityKind::Embedded;
        }
        let name = site.name.unwrap_or("the schema");
        let diagnostic =
            Diagnostic::info(format!("no model is made of `{name}`: it is a collection"))
                .with_hint("import the file too that calls `mongoose.model` for it");
        self.told.say(place, diagnostic);
        EntityKind::Collection
    }

    /// Whether another schema speaks of it by name.
    fn is_embedded(&self, place: Place) -> bool {
        let program = self.program;
        self.sites.schemas.iter().any(|(other, site)| {
            let own = *other == place;
            let definition = site.definition.into_iter();
            let added = site.statements.iter().flat_map(|one| one.arguments.iter().copied());
            definition.chain(added).any(|at| {
                mentions(program, self.sites, at, place, 0) && !(own && site.statements.is_empty())
            })
        })
    }

    fn type_key(&self, site: &SchemaSite<'p>) -> String {
        let options = site.options.and_then(|options| self.program.resolve(options).at());
        let key = options.and_then(|options| self.program.members(options).value("typeKey"));
        key.and_then(|key| self.program.text(key)).unwrap_or_else(|| "type".to_owned())
    }

    fn read(&mut self, planned: &Planned) {
        let sites = self.sites;
        let Some(site) = sites.schemas.get(&planned.schema) else { return };
        let model = planned.model.and_then(|number| sites.models.get(number));
        let owner = &planned.owner;
        let mut entity = Entity::new(owner.id, &owner.name, planned.kind);
        let note =
            if site.note.is_empty() { model.map_or("", |model| model.note) } else { site.note };
        note.clone_into(&mut entity.note);
        entity.keeps_id = planned.kind == EntityKind::Embedded;
        let mut collection = model.and_then(|model| model.collection);
        if let Some(copied) = &site.copied {
            let copied = (copied, planned.schema);
            self.take_over(owner, &mut entity, copied, &mut collection, 0);
        }
        if let Some(definition) = site.definition {
            entity.fields.extend(self.definition(owner, definition));
        }
        if let Some(options) = site.options {
            self.schema_options(owner, &mut entity, options, &mut collection);
        }
        for statement in &site.statements {
            self.statement(owner, &mut entity, statement, &mut collection);
        }
        if planned.kind == EntityKind::Collection {
            let name = collection.and_then(|collection| self.program.text(collection));
            entity.stored_name = name.filter(|name| *name != collection_name(&entity.name));
        }
        if let Some(base) = model.and_then(|model| model.base.clone()) {
            let place = model.map_or(planned.schema, |model| model.place);
            self.bases.push((owner.id, base, place));
        }
        self.complete_id(&mut entity);
        self.model.put_entity(entity);
    }

    /// Gives documents their `_id`, which is their key; a key with an alias is called so.
    fn complete_id(&mut self, entity: &mut Entity) {
        let is_top = entity.kind == EntityKind::Collection;
        if is_top && entity.field_named("_id").is_none() {
            let mut id = Field::new(self.mint.mint(), "_id", DataType::ObjectId);
            id.default = Some(DefaultValue::Generated);
            entity.fields.insert(0, id);
        }
        let names: Vec<_> = entity.fields.iter().map(|field| field.name.clone()).collect();
        let Some(id) = entity.fields.iter_mut().find(|field| field.name == "_id") else { return };
        id.required = true;
        id.unique = false;
        if !is_top {
            entity.keeps_id = false;
        } else if let Some(alias) = id.extras.option("mongoose", "alias").map(str::to_owned)
            && !names.contains(&alias)
        {
            id.extras.remove("mongoose", "alias");
            id.name = alias;
        }
        let fields = vec![id.id];
        let kind = KeyKind::Primary;
        entity.keys.push(Key { id: self.mint.mint(), kind, fields, name: None });
    }

    /// Special cases share the `_id` of their base.
    fn add_bases(&mut self) {
        for (id, base, place) in std::mem::take(&mut self.bases) {
            let name = self.model.entity(id).map_or_else(String::new, |entity| entity.name.clone());
            self.told.lose(Lost::Discriminator, format!("`{name}` of `{base}`"), place);
            let Some(key) = self.model.entity(id).and_then(Entity::primary_key) else { continue };
            let [field] = key.fields.as_slice() else { continue };
            let field = *field;
            self.references.push(FoundReference { entity: id, field, target: base, place });
        }
    }
}

/// A name without one of these endings, as a type is called.
pub(super) fn without_ending(name: &str, endings: &[&str]) -> String {
    let bare = endings.iter().find_map(|ending| name.strip_suffix(ending));
    let bare = bare.filter(|bare| bare.contains(char::is_alphanumeric)).unwrap_or(name);
    with_case(bare.trim_matches('_'), Case::Pascal)
}

/// Whether an expression speaks of that schema, outside of schemas that have a name themselves.
fn mentions<'p>(
    program: &'p Program<'p>,
    sites: &Sites<'p>,
    at: At<'p>,
    schema: Place,
    depth: usize,
) -> bool {
    if depth > 32 {
        return false;
    }
    let below = |expr| mentions(program, sites, At { module: at.module, expr }, schema, depth + 1);
    match &at.expr.kind {
        Kind::Name(_) | Kind::Member(..) => sites.schema_of(program, at) == Some(schema),
        Kind::Object(members) => members.iter().any(|member| below(&member.value)),
        Kind::Array(elements) => elements.iter().any(|element| below(&element.value)),
        Kind::Call(call) => call.arguments.iter().any(below),
        _ => false,
    }
}
