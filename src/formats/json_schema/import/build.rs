//! Definitions → entities and enumerations.

use indexmap::IndexMap;

use crate::base::diagnostic::{Diagnostic, Span};
use crate::base::ident::UniqueNames;
use crate::base::similar::did_you_mean;
use crate::document::project::Project;
use crate::formats::Imported;
use crate::formats::json_schema::import::documents::{Documents, Node, Place};
use crate::formats::json_schema::import::fields::Around;
use crate::formats::json_schema::import::kinds::{Choice, Kind, choices, kind_of};
use crate::formats::json_schema::import::losses::Losses;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::enumeration::{Enumeration, EnumerationValue};
use crate::model::field::Field;
use crate::model::id::{EntityId, EnumerationId, IdMint};
use crate::model::key::{Key, KeyKind};

/// How many schemas are read for each that is written, before references into each other are taken
/// for a trap.
const PATIENCE: usize = 40;

/// A definition and what it becomes.
struct Definition<'t> {
    name: String,
    node: Node<'t>,
    kind: Kind,
    entity: EntityId,
    enumeration: EnumerationId,
    /// Whether it is the schema of a text or of a collection, and not one among definitions.
    is_root: bool,
}

/// A model in the making.
pub(super) struct Builder<'t> {
    pub(super) documents: Documents<'t>,
    pub(super) losses: Losses,
    pub(super) mint: IdMint,
    definitions: IndexMap<Place, Definition<'t>>,
    kinds: IndexMap<Place, Kind>,
    /// Enumerations that properties list themselves.
    listed: Vec<(Vec<Choice>, EnumerationId)>,
    names: UniqueNames,
    model: Model,
    diagnostics: Vec<Diagnostic>,
    n_read: usize,
    most_read: usize,
    project: Project,
}

impl<'t> Builder<'t> {
    /// Nothing built yet.
    pub(super) fn new(documents: Documents<'t>, name: &str) -> Self {
        let text = documents.all_text();
        let mut mint = IdMint::from_text(&text);
        let project = Project::new(name, &mut mint);
        Self {
            documents,
            losses: Losses::default(),
            mint,
            definitions: IndexMap::new(),
            kinds: IndexMap::new(),
            listed: Vec::new(),
            names: UniqueNames::new(),
            model: Model::new(),
            diagnostics: Vec::new(),
            n_read: 0,
            most_read: PATIENCE * (1_000 + text.matches(':').count()),
            project,
        }
    }

    /// The project that the texts are.
    pub(super) fn build(mut self) -> Imported {
        for root in self.documents.roots() {
            self.gather(root);
        }
        let mut next = 0;
        // Reading one may find others that stand elsewhere.
        while let Some((place, definition)) = self.definitions.get_index(next) {
            let (place, kind) = (*place, definition.kind);
            match kind {
                Kind::Object => self.entity(place),
                Kind::Choices => self.enumeration(place),
                Kind::Alias => {}
            }
            next += 1;
        }
        self.stand_inside();
        if self.model.is_empty() {
            let nothing = Diagnostic::error("there is no schema with properties in it")
                .at(Span::new(1, 1))
                .with_hint("an entity is an object with `properties`, at the top or in `$defs`");
            self.diagnostics.push(nothing);
        }
        let mut diagnostics = self.diagnostics;
        diagnostics.extend(self.losses.tell(&self.documents));
        self.project.model = self.model;
        Imported { project: self.project, diagnostics }
    }

    /// Finds the definitions of a text.
    fn gather(&mut self, root: Node<'t>) {
        let stem = self.stem(root);
        let mut validators = Vec::new();
        find_validators(root, &stem, 0, &mut validators);
        for (name, schema) in validators {
            self.gather_definitions(schema);
            self.put_definition(schema, name, Kind::Object, true);
        }
        let kind = self.kind_of(root);
        let title = root.text("title");
        match kind {
            Kind::Object | Kind::Choices => {
                let id = root.text("$id").or_else(|| root.text("id")).and_then(name_in_uri);
                let name = title.map(str::to_owned).or(id).unwrap_or(stem);
                self.put_definition(root, name, kind, kind == Kind::Object);
            }
            Kind::Alias => {
                if let Some(title) = title {
                    title.clone_into(&mut self.project.settings.name);
                }
                if let Some(note) = root.text("description") {
                    note.clone_into(&mut self.project.settings.note);
                }
            }
        }
        self.gather_definitions(root);
        for (name, schema) in root
            .get("components")
            .and_then(|all| all.get("schemas"))
            .iter()
            .flat_map(|all| all.members())
        {
            self.gather_definition(name, schema);
        }
    }

    fn gather_definitions(&mut self, node: Node<'t>) {
        let lists = ["$defs", "definitions"].into_iter().filter_map(|word| node.get(word));
        for (name, schema) in lists.flat_map(|list| list.members().collect::<Vec<_>>()) {
            self.gather_definition(name, schema);
        }
    }

    fn gather_definition(&mut self, name: &str, schema: Node<'t>) {
        let kind = self.kind_of(schema);
        let is_empty_object = schema.text("type") == Some("object")
            && schema.get("properties").is_some_and(|all| all.members().next().is_none());
        match kind {
            Kind::Alias if is_empty_object => {
                self.kinds.insert(schema.place(), Kind::Object);
                self.put_definition(schema, name.to_owned(), Kind::Object, false);
            }
            Kind::Alias => {}
            kind => self.put_definition(schema, name.to_owned(), kind, false),
        }
    }

    /// The name of a text's file up to its first dot.
    fn stem(&self, root: Node<'t>) -> String {
        let path = self.documents.path(root.source);
        let file = path.rsplit('/').next().unwrap_or(path);
        match file.split('.').find(|part| !part.is_empty()) {
            Some(stem) if stem != "-" => stem.to_owned(),
            _ => self.project.settings.name.clone(),
        }
    }

    fn put_definition(&mut self, node: Node<'t>, name: String, kind: Kind, is_root: bool) {
        let entity = self.mint.mint();
        let enumeration = self.mint.mint();
        self.names.reserve(&name);
        let definition = Definition { name, node, kind, entity, enumeration, is_root };
        self.definitions.entry(node.place()).or_insert(definition);
    }

    /// Makes a schema that `reference` leads to a definition, wherever it stands.
    pub(super) fn define(&mut self, node: Node<'t>, reference: &str) {
        if !self.definitions.contains_key(&node.place()) {
            let last = reference.trim_end_matches(['/', '#']).rsplit(['/', '#']).next();
            let name = last.filter(|last| !last.is_empty()).unwrap_or("Definition");
            let kind = self.kind_of(node);
            let title = node.text("title").unwrap_or(name).to_owned();
            self.put_definition(node, title, kind, false);
        }
    }

    /// What a schema is.
    pub(super) fn kind_of(&mut self, node: Node<'t>) -> Kind {
        if let Some(kind) = self.kinds.get(&node.place()) {
            return *kind;
        }
        let kind = kind_of(&self.documents, node);
        self.kinds.insert(node.place(), kind);
        kind
    }

    /// What a definition becomes.
    pub(super) fn definition(&self, place: Place) -> Option<(Kind, EntityId, EnumerationId)> {
        let definition = self.definitions.get(&place)?;
        Some((definition.kind, definition.entity, definition.enumeration))
    }

    /// Counts what is read; false once it is too much to be meant.
    pub(super) fn has_patience(&mut self, node: Node<'t>) -> bool {
        self.n_read += 1;
        if self.n_read == self.most_read {
            let message = "the definitions refer to each other too often to be followed";
            let place = self.documents.span(node.place());
            let hint = "import fewer of the files at once, or take the circle of definitions apart";
            self.diagnostics.push(Diagnostic::error(message).at(place).with_hint(hint));
        }
        self.n_read < self.most_read
    }

    /// Says that a reference leads nowhere.
    pub(super) fn report_reference(&mut self, at: Node<'t>, reference: &str, subject: &str) {
        let message = format!("`{}` leads nowhere, from `{subject}`", reference.escape_debug());
        let last = reference.rsplit('/').next().unwrap_or(reference);
        let names = self.definitions.values().map(|definition| definition.name.as_str());
        let hint = did_you_mean(last, names).unwrap_or_else(|| {
            "a text that is referred to has to be imported together with this one".to_owned()
        });
        let place = self.documents.span(at.place());
        self.diagnostics.push(Diagnostic::warning(message).at(place).with_hint(hint));
    }

    fn entity(&mut self, place: Place) {
        let Some(definition) = self.definitions.get(&place) else { return };
        let (node, name, id) = (definition.node, definition.name.clone(), definition.entity);
        let shape = self.whole_shape_of(node, &name);
        let mut entity = Entity::new(id, &name, EntityKind::Collection);
        let note = shape.description.or(shape.title.filter(|title| *title != name));
        note.unwrap_or_default().clone_into(&mut entity.note);
        entity.fields = self.fields(&shape, Around { path: &name, depth: 0 });
        fold_timestamps(&mut entity);
        self.model.put_entity(entity);
    }

    fn enumeration(&mut self, place: Place) {
        let Some(definition) = self.definitions.get(&place) else { return };
        let (node, name, id) = (definition.node, definition.name.clone(), definition.enumeration);
        let shape = self.shape_of(node, &name);
        let values = choices(node).unwrap_or_default();
        self.put_enumeration(id, name, &values, shape.description.unwrap_or_default());
    }

    fn put_enumeration(&mut self, id: EnumerationId, name: String, values: &[Choice], note: &str) {
        let mut enumeration = Enumeration::new(id, name);
        note.clone_into(&mut enumeration.note);
        for choice in values {
            let Choice { name, note } = choice.clone();
            if enumeration.has_value(&name) {
                continue;
            }
            enumeration.values.push(EnumerationValue { id: self.mint.mint(), name, note });
        }
        self.model.put_enumeration(enumeration);
    }

    /// The enumeration of these choices under the first of those names that is free.
    pub(super) fn enumeration_of(
        &mut self,
        values: &[Choice],
        [name, otherwise]: [&str; 2],
    ) -> EnumerationId {
        if let Some((_, id)) = self.listed.iter().find(|(listed, _)| listed == values) {
            return *id;
        }
        let wanted = if self.names.is_taken(name) { otherwise } else { name };
        let name = self.names.unique(wanted, "_");
        let id = self.mint.mint();
        self.put_enumeration(id, name, values, "");
        self.listed.push((values.to_vec(), id));
        id
    }

    /// What is embedded in others stands inside them; all else has a place and a key of its own.
    fn stand_inside(&mut self) {
        let ids: Vec<_> = self.model.entities().map(|entity| entity.id).collect();
        let mut inside = Vec::new();
        for entity in self.model.entities() {
            let embedded = entity.all_fields().into_iter().filter_map(|field| field.ty.embedded());
            inside.extend(embedded.filter(|id| *id != entity.id));
        }
        let roots: Vec<_> = self
            .definitions
            .values()
            .filter(|definition| definition.is_root)
            .map(|definition| definition.entity)
            .collect();
        for id in ids {
            let is_inside = inside.contains(&id) && !roots.contains(&id);
            let Some(entity) = self.model.entity_mut(id) else { continue };
            if is_inside {
                entity.kind = EntityKind::Embedded;
                continue;
            }
            let key = entity.field_named("_id").or_else(|| entity.field_named("id"));
            if let Some(field) = key.filter(|field| field.required && is_key(&field.ty)) {
                let fields = vec![field.id];
                let key = Key { id: self.mint.mint(), kind: KeyKind::Primary, fields, name: None };
                entity.keys.push(key);
            }
        }
    }
}

/// Whether values of that type can be a key.
fn is_key(ty: &DataType) -> bool {
    matches!(
        ty,
        DataType::String { .. }
            | DataType::Text
            | DataType::Integer(_)
            | DataType::Uuid
            | DataType::ObjectId
            | DataType::Decimal { .. }
    )
}

/// Two read-only moments at the end are timestamps.
fn fold_timestamps(entity: &mut Entity) {
    let is_stamp = |field: &Field, name: &str| {
        field.name == name
            && field.ty == DataType::DateTime { zoned: true }
            && field.immutable
            && field.required
            && field.default.is_none()
            && field.note.is_empty()
    };
    if let [.., created, updated] = entity.fields.as_slice()
        && is_stamp(created, "createdAt")
        && is_stamp(updated, "updatedAt")
    {
        entity.timestamps = true;
        entity.fields.truncate(entity.fields.len() - 2);
    }
}

/// The validators of collections in a text, with the names of their collections.
fn find_validators<'t>(
    node: Node<'t>,
    name: &str,
    depth: usize,
    found: &mut Vec<(String, Node<'t>)>,
) {
    /// Deeper than any command or listing goes.
    const DEEPEST: usize = 8;
    if depth > DEEPEST {
        return;
    }
    let said = ["name", "create", "collMod", "collection", "ns"];
    let name = said.into_iter().find_map(|word| node.text(word)).unwrap_or(name);
    for (word, value) in node.members() {
        match word {
            "$jsonSchema" => found.push((name.to_owned(), value)),
            "validator" | "options" | "cursor" | "firstBatch" | "collections" => {
                find_validators(value, name, depth + 1, found);
            }
            "properties" | "$defs" | "definitions" => {}
            word => find_validators(value, word, depth + 1, found),
        }
    }
    for item in node.items() {
        find_validators(item, name, depth + 1, found);
    }
}

/// The last part of a URI that names something.
fn name_in_uri(uri: &str) -> Option<String> {
    let path = uri.split(['#', '?']).next().unwrap_or(uri).trim_end_matches('/');
    let last = path.rsplit(['/', ':']).next()?;
    let name = last.split('.').next().unwrap_or(last);
    Some(name.to_owned()).filter(|name| !name.is_empty())
}
