//! The script: databases, schemas of embedded types, then each collection with its indexes.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::base::diagnostic::Diagnostic;
use crate::base::ident::{Case, UniqueNames, with_case};
use crate::document::project::Project;
use crate::formats::code::{Written, code};
use crate::formats::collections::index::{CollectionIndex, all_indexes_of};
use crate::formats::collections::{Collections, is_top_level};
use crate::formats::javascript::identifier::{Scope, type_name};
use crate::formats::javascript::index::{key_members, option_members};
use crate::formats::javascript::text::{Code, CodeWriter, line_comment, name, string};
use crate::formats::javascript::tree::{Member, Node};
use crate::formats::mongodb::validator::Validators;
use crate::formats::options::Options;
use crate::model::entity::Entity;
use crate::model::graph::Link;
use crate::model::id::{ElementId, NamespaceId};

/// Names that the shell gives, or that the script needs.
const TAKEN: [&str; 12] =
    ["db", "config", "exit", "help", "load", "print", "quit", "rs", "sh", "sp", "use", "version"];

/// Longest name of a database in bytes.
const LONGEST_DATABASE_NAME: usize = 63;

/// The script, where its lines come from, and what could not be written.
pub(super) fn write(
    project: &Project,
    collections: &Collections,
    options: &Options,
) -> (Written, Vec<Diagnostic>) {
    let mut script = Script {
        collections,
        options,
        scope: Scope::with(&TAKEN),
        databases: IndexMap::new(),
        code: CodeWriter::new("  "),
        validators: Validators {
            collections,
            allows_other_fields: options.text("other_fields") != "refuse",
            constants: BTreeMap::new(),
            diagnostics: Vec::new(),
        },
    };
    script.write_head(project);
    script.write_databases();
    if options.text("validation") != "off" {
        script.write_embedded_types();
    }
    for (entity, name) in collections.top_level() {
        script.write_collection(entity, name);
    }
    (script.code.finish(), script.validators.diagnostics)
}

struct Script<'a> {
    collections: &'a Collections,
    options: &'a Options,
    scope: Scope,
    databases: IndexMap<NamespaceId, Code>,
    code: CodeWriter,
    validators: Validators<'a>,
}

impl Script<'_> {
    fn write_head(&mut self, project: &Project) {
        let what = "collections with their rules and indexes, for mongosh:";
        for line in line_comment(&format!("{}: {what}", project.settings.name)) {
            self.code.line(line);
        }
        self.code.line("//   mongosh mongodb://localhost:27017/DATABASE THIS_FILE");
    }

    /// A namespace is a database beside the one that is connected.
    fn write_databases(&mut self) {
        let mut names = UniqueNames::new();
        for system in ["admin", "config", "local"] {
            names.reserve(system);
        }
        for namespace in self.collections.model.namespaces() {
            let is_used =
                |entity: &Entity| entity.namespace == Some(namespace.id) && is_top_level(entity);
            if !self.collections.model.entities().any(is_used) {
                continue;
            }
            let database = names.unique(&clean_database_name(&namespace.name), "_");
            if database != namespace.name {
                self.validators.diagnostics.push(Diagnostic::warning(format!(
                    "mongodb: the namespace `{}` is the database `{database}`",
                    namespace.name
                )));
            }
            let wanted = with_case(&type_name(&namespace.name, "database"), Case::Camel);
            let constant = self.declare(&wanted);
            if self.databases.is_empty() {
                self.code.blank();
            }
            let code = &mut self.code;
            code.from_element(ElementId::Namespace(namespace.id), |code| {
                for line in line_comment(&namespace.note) {
                    code.line(line);
                }
                let database = string(&database);
                code.line(code!("const ", &constant, " = db.getSiblingDB(", database, ");"));
            });
            self.databases.insert(namespace.id, constant);
        }
    }

    /// Embedded types before those that embed them, so that a cycle ends in one that is not there yet.
    fn write_embedded_types(&mut self) {
        let is_embedding = |link: Link| matches!(link, Link::Embedding(_));
        for id in self.collections.model.graph().dependency_order(is_embedding) {
            let Some(entity) = self.collections.model.entity(id) else { continue };
            let is_embedded = self
                .collections
                .model
                .graph()
                .incoming(id)
                .iter()
                .any(|(link, _)| is_embedding(*link));
            if !is_embedded {
                continue;
            }
            let base = with_case(&type_name(&entity.name, "Embedded"), Case::Camel);
            let constant = self.declare(&format!("{base}Schema"));
            let schema = self.validators.entity(entity);
            let code = &mut self.code;
            code.blank();
            code.from_element(ElementId::Entity(id), |code| {
                schema.write(code, 0, code!("const ", &constant, " = "), ";");
            });
            self.validators.constants.insert(id, constant);
        }
    }

    fn declare(&mut self, wanted: &str) -> Code {
        name(&self.scope.declare(wanted, |name| vec![name.to_owned()]))
    }

    fn write_collection(&mut self, entity: &Entity, stored: &str) {
        let database = entity.namespace.and_then(|id| self.databases.get(&id).cloned());
        let database = database.unwrap_or_else(|| code!("db"));
        let mut arguments = vec![string(stored).into()];
        let validation = self.options.text("validation");
        if validation != "off" {
            let schema = self.validators.entity(entity);
            let validator = Node::Object(vec![Member::new("$jsonSchema", schema)]);
            let mut options = vec![Member::new("validator", validator)];
            if validation == "warn" {
                options.push(Member::new("validationAction", "'warn'"));
            }
            arguments.push(Node::Object(options));
        }
        let (indexes, lost) = all_indexes_of(self.collections, entity, "mongodb");
        self.validators.diagnostics.extend(lost);
        let code = &mut self.code;
        code.blank();
        code.from_element(ElementId::Entity(entity.id), |code| {
            let create = Node::Call(code!(&database, ".createCollection"), arguments);
            create.write(code, 0, "", ";");
            let collection = code!(database, ".getCollection(", string(stored), ")");
            for index in &indexes {
                code.from_element(index.element, |code| write_index(&collection, index, code));
            }
        });
    }
}

fn write_index(collection: &Code, index: &CollectionIndex, code: &mut CodeWriter) {
    for line in line_comment(&index.note) {
        code.line(line);
    }
    let mut arguments = vec![Node::Object(key_members(index))];
    let options = option_members(index);
    if !options.is_empty() {
        arguments.push(Node::Object(options));
    }
    Node::Call(code!(collection, ".createIndex"), arguments).write(code, 0, "", ";");
}

/// `name` as a database may be called.
fn clean_database_name(name: &str) -> String {
    let forbidden = ['/', '\\', '.', ' ', '"', '$', '*', '<', '>', ':', '|', '?'];
    let mut clean: String = name
        .chars()
        .map(|c| if forbidden.contains(&c) || c.is_control() { '_' } else { c })
        .collect();
    while clean.len() > LONGEST_DATABASE_NAME - "_999".len() {
        clean.pop();
    }
    if clean.is_empty() { "_".to_owned() } else { clean }
}
