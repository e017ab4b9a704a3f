//! The statements that make one entity: its schema, what is added to it later, its indexes and
//! virtuals, its model.
//!
//! Must not know files.

use crate::base::diagnostic::Diagnostic;
use crate::formats::code::code;
use crate::formats::collections::field_names::clean_name;
use crate::formats::collections::index::{CollectionIndex, indexes_of, is_made_unique, path_of};
use crate::formats::collections::is_top_level;
use crate::formats::javascript::index::{key_members, option_members};
use crate::formats::javascript::text::{
    Code, CodeWriter, block_comment, boolean, line_comment, string,
};
use crate::formats::javascript::tree::{Member, Node};
use crate::formats::mongoose::field::{Needs, Place, Scribe, in_order, quiet};
use crate::formats::mongoose::plan::Plan;
use crate::formats::mongoose::virtuals::{Virtual, virtuals_of};
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::{DefaultValue, Field};
use crate::model::id::{EntityId, FieldId};

/// Where Mongoose counts versions of a document unless told otherwise.
const VERSION_KEY: &str = "__v";

/// One entity, ready to be written.
#[derive(Debug)]
pub(super) struct EntitySchema<'a> {
    /// Whose.
    pub(super) entity: &'a Entity,
    /// Fields that hold schemas which are declared after this one, or this one itself.
    pub(super) later: Vec<&'a Field>,
    name: Code,
    definition: Vec<Member>,
    options: Vec<Member>,
    added: Vec<Member>,
    indexes: Vec<CollectionIndex>,
    virtuals: Vec<Virtual>,
}

/// The entity's schema; `declared` are the schemas that stand before it in its file or in others.
pub(super) fn build<'a>(
    plan: &'a Plan<'a>,
    entity: &'a Entity,
    is_declared: impl Fn(EntityId) -> bool,
    needs: &mut Needs,
    diagnostics: &mut Vec<Diagnostic>,
) -> EntitySchema<'a> {
    let (indexes, lost) = indexes_of(plan.collections, entity, "mongoose");
    diagnostics.extend(lost);
    let virtuals = virtuals_of(plan, entity);
    let later: Vec<_> = entity.fields.iter().filter(|f| !holds_only(f, &is_declared)).collect();
    let unique_by_index = unique_by_index(entity, &indexes);
    let mut scribe = Scribe { plan, entity, unique_by_index, needs, diagnostics };
    let (mut definition, mut added) = (Vec::new(), Vec::new());
    for field in &entity.fields {
        if is_timestamp(entity, field) || is_made_by_mongoose(plan, field) {
            continue;
        }
        let is_later = later.iter().any(|other| other.id == field.id);
        let part = if is_later { &mut added } else { &mut definition };
        part.push(scribe.top_member(field));
    }
    let options = scribe.schema_options(!virtuals.is_empty());
    let name = plan.schema_name(entity.id);
    EntitySchema { entity, later, name, definition, options, added, indexes, virtuals }
}

impl EntitySchema<'_> {
    /// Writes `const userSchema = new Schema(…)`.
    pub(super) fn write_declaration(&self, code: &mut CodeWriter, export: &'static str) {
        let mut arguments = vec![Node::Tall(self.definition.clone())];
        if !self.options.is_empty() {
            arguments.push(Node::Object(self.options.clone()));
        }
        for line in block_comment(&self.entity.note) {
            code.line(line);
        }
        let schema = Node::Call(code!("new Schema"), arguments);
        schema.write(code, 0, code!(export, "const ", &self.name, " = "), ";");
    }

    /// Writes the fields whose schemas had to be declared first.
    pub(super) fn write_additions(&self, code: &mut CodeWriter) {
        if !self.added.is_empty() {
            let call = code!(&self.name, ".add");
            Node::Call(call, vec![Node::Object(self.added.clone())]).write(code, 0, "", ";");
        }
    }

    /// Writes indexes and virtuals.
    pub(super) fn write_paths(&self, code: &mut CodeWriter) {
        if !self.indexes.is_empty() {
            code.blank();
        }
        for index in &self.indexes {
            code.from_element(index.element, |code| write_index(&self.name, index, code));
        }
        for one in &self.virtuals {
            code.blank();
            code.from_element(one.element, |code| one.write(&self.name, code));
        }
    }
}

impl Scribe<'_> {
    fn top_member(&mut self, field: &Field) -> Member {
        let mut member = self.member(field, Place::Schema);
        if field.name == "_id" {
            member.value = complete_id(field, member.value);
        }
        member
    }

    fn schema_options(&mut self, has_virtuals: bool) -> Vec<Member> {
        let mut options = Vec::new();
        let entity = self.entity;
        if let Some(name) = self.plan.collections.names.get(&entity.id) {
            options.push(Member::new("collection", string(name)));
        }
        let has_id = entity.fields.iter().any(|field| field.name == "_id");
        if !is_top_level(entity) && !entity.keeps_id && !has_id {
            options.push(Member::new("_id", "false"));
        }
        if entity.timestamps {
            options.push(Member::new("timestamps", "true"));
        }
        let has = |name: &str| entity.fields.iter().any(|field| field.name == name);
        if is_top_level(entity)
            && has(VERSION_KEY)
            && entity.extras.option("mongoose", "versionKey").is_none_or(|key| key == VERSION_KEY)
        {
            // Mongoose would count versions in it and overwrite what was saved there.
            options.push(Member::new("versionKey", "false"));
        }
        self.add_chosen_options(&mut options);
        options.extend(quiet(&entity.fields));
        if has_virtuals {
            for key in ["toJSON", "toObject"] {
                let shown = Node::Object(vec![Member::new("virtuals", "true")]);
                options.push(Member::new(key, shown));
            }
        }
        options
    }

    /// Options that were chosen for Mongoose alone.
    fn add_chosen_options(&mut self, options: &mut Vec<Member>) {
        let Some(chosen) = self.entity.extras.options.get("mongoose") else { return };
        for (key, value) in chosen {
            let written = match (key.as_str(), value.as_str()) {
                ("autoCreate" | "autoIndex" | "id" | "minimize" | "strict", "true") => {
                    Some(boolean(true))
                }
                (
                    "autoCreate" | "autoIndex" | "id" | "minimize" | "strict" | "versionKey",
                    "false",
                ) => Some(boolean(false)),
                ("strict", "throw") => Some(string(value)),
                ("versionKey", name) if !self.entity.fields.iter().any(|f| f.name == name) => {
                    (clean_name(name) == name).then(|| string(name))
                }
                _ => None,
            };
            match written {
                Some(written) => options.push(Member::new(key, written)),
                None => self.diagnostics.push(Diagnostic::warning(format!(
                    "mongoose: the option `{}` of `{}` is left out",
                    key.escape_debug(),
                    self.entity.name
                ))),
            }
        }
    }
}

/// An `_id` that Mongoose does not make by itself is one that the application must give.
fn complete_id(field: &Field, value: Node) -> Node {
    let mut options = match value {
        Node::Object(options) => options,
        Node::Text(_) | Node::Tall(_) | Node::Array(_) | Node::Call(..) => {
            vec![Member::new("type", value)]
        }
    };
    options.retain(|option| !matches!(option.key.as_str(), "required" | "unique" | "sparse"));
    let has = |key: &str| options.iter().any(|option| option.key == key);
    if field.ty == DataType::ObjectId && !has("ref") && !has("default") {
        options.push(Member::new("auto", "true"));
    } else if !has("default") {
        options.push(Member::new("required", "true"));
    }
    in_order(options)
}

/// Fields that an index of its own makes unique.
fn unique_by_index(entity: &Entity, indexes: &[CollectionIndex]) -> Vec<FieldId> {
    let unique = entity.all_fields().into_iter().filter(|field| field.unique);
    let by_index = |field: &&Field| {
        path_of(entity, field.id).is_some_and(|path| is_made_unique(indexes, &path))
    };
    unique.filter(by_index).map(|field| field.id).collect()
}

/// Whether the option `timestamps` declares that field already.
fn is_timestamp(entity: &Entity, field: &Field) -> bool {
    entity.timestamps
        && matches!(field.ty, DataType::Date | DataType::DateTime { .. })
        && matches!(field.name.as_str(), "createdAt" | "updatedAt")
}

/// Whether the field is the `_id` that every schema has without a word.
fn is_made_by_mongoose(plan: &Plan<'_>, field: &Field) -> bool {
    field.name == "_id"
        && field.ty == DataType::ObjectId
        && !plan.collections.former_names.contains_key(&field.id)
        && field.extras.option("mongoose", "alias").is_none()
        && plan.collections.reference_of(field.id).is_none()
        && matches!(field.default, None | Some(DefaultValue::Generated))
}

/// Whether every schema that the field holds, at any depth, is declared.
fn holds_only(field: &Field, is_declared: &impl Fn(EntityId) -> bool) -> bool {
    let mut holds = true;
    field.for_each(&mut |field: &Field| {
        holds &= field.ty.embedded().is_none_or(is_declared);
    });
    holds
}

fn write_index(schema: &Code, index: &CollectionIndex, code: &mut CodeWriter) {
    for line in line_comment(&index.note) {
        code.line(line);
    }
    let mut arguments = vec![Node::Object(key_members(index))];
    let options = option_members(index);
    if !options.is_empty() {
        arguments.push(Node::Object(options));
    }
    Node::Call(code!(schema, ".index"), arguments).write(code, 0, "", ";");
}
