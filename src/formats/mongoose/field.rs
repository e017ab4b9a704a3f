//! Fields as members of a schema definition.
//!
//! Reading order: [`Scribe::member`], then how an object is written inline or as a schema of its
//! own. Must not know files or statements.

use indexmap::IndexSet;

use crate::base::diagnostic::Diagnostic;
use crate::formats::code::code;
use crate::formats::collections::field_names::is_fit_for_virtual;
use crate::formats::javascript::text::{line_comment, string};
use crate::formats::javascript::tree::{Member, Node};
use crate::formats::mongoose::plan::Plan;
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::{DefaultValue, Field};
use crate::model::id::{EntityId, EnumerationId, FieldId};

/// Order of the options of a path, as people write them.
const ORDER: [&str; 19] = [
    "type",
    "of",
    "ref",
    "refPath",
    "enum",
    "required",
    "unique",
    "sparse",
    "auto",
    "alias",
    "default",
    "immutable",
    "min",
    "max",
    "minLength",
    "maxLength",
    "match",
    "trim",
    "lowercase",
];

/// Names that Mongoose warns about, though fields of that name work.
const WARNED_ABOUT: [&str; 8] = [
    "collection",
    "emit",
    "errors",
    "isModified",
    "listeners",
    "populated",
    "remove",
    "removeListener",
];

/// What the statements of a file use and have to import or declare first.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// `Types` of Mongoose.
    pub(super) types: bool,
    /// The validator of whole numbers.
    pub(super) whole_number: bool,
    /// The schema of a GeoJSON point.
    pub(super) point_schema: bool,
    /// Value lists of enumerations.
    pub(super) enumerations: IndexSet<EnumerationId>,
    /// Schemas of other entities.
    pub(super) schemas: IndexSet<EntityId>,
}

/// Writes the fields of one entity and remembers what they need.
#[derive(Debug)]
pub(super) struct Scribe<'a> {
    /// Names and files.
    pub(super) plan: &'a Plan<'a>,
    /// Whose fields.
    pub(super) entity: &'a Entity,
    /// Fields that an index makes unique, so that they need not say so.
    pub(super) unique_by_index: Vec<FieldId>,
    /// What they use.
    pub(super) needs: &'a mut Needs,
    /// What could not be written.
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

/// Where a field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Directly in the definition of a schema.
    Schema,
    /// In an object that is written inline.
    Inline,
}

impl Scribe<'_> {
    /// The field as a member of the definition.
    pub(super) fn member(&mut self, field: &Field, place: Place) -> Member {
        let mut member = Member::new(&field.name, self.value(field, place));
        member.comment = line_comment(&field.note);
        member.element = Some(self.plan.collections.element_of(self.entity, field));
        member
    }

    /// Says that something of a field is not written.
    pub(super) fn lose(&mut self, field: &Field, what: &str) {
        self.diagnostics.push(Diagnostic::warning(format!(
            "mongoose: {what} of `{}.{}` is left out",
            self.entity.name, field.name
        )));
    }

    fn value(&mut self, field: &Field, place: Place) -> Node {
        if is_inline(field) {
            let children = field.fields.iter().map(|child| self.member(child, Place::Inline));
            return Node::Tall(children.collect());
        }
        let held = self.held(field, &field.ty);
        let mut options = held.options;
        options.extend(self.field_options(field));
        // A child named `type` would turn the object around it into a path of that type.
        if options.is_empty() && !(place == Place::Inline && field.name == "type") {
            return held.node;
        }
        options.push(Member::new("type", held.node));
        in_order(options)
    }

    /// An object as a schema of its own.
    pub(super) fn schema_of(&mut self, field: &Field) -> Node {
        let children: Vec<_> =
            field.fields.iter().map(|child| self.member(child, Place::Schema)).collect();
        let mut options = Vec::new();
        let has_id = field.fields.iter().any(|child| child.name == "_id");
        if !field.keeps_id && !has_id {
            options.push(Member::new("_id", "false"));
        }
        options.extend(quiet(&field.fields));
        let mut arguments = vec![Node::Tall(children)];
        if !options.is_empty() {
            arguments.push(Node::Object(options));
        }
        Node::Call(code!("new Schema"), arguments)
    }

    /// Options that concern the path as a whole, not the values in a list.
    fn field_options(&mut self, field: &Field) -> Vec<Member> {
        let mut options = Vec::new();
        if field.required {
            options.push(Member::new("required", "true"));
        }
        if field.unique && !self.unique_by_index.contains(&field.id) {
            options.push(Member::new("unique", "true"));
            // Without it two documents that both lack the field would collide.
            if !field.required {
                options.push(Member::new("sparse", "true"));
            }
        }
        if let Some(default) = self.default_of(field) {
            options.push(Member::new("default", default));
        }
        if field.immutable {
            options.push(Member::new("immutable", "true"));
        }
        if field.hidden {
            options.push(Member::new("select", "false"));
        }
        if let Some(alias) = self.alias_of(field) {
            options.push(Member::new("alias", string(&alias)));
        }
        options
    }

    /// Another name for the path: the one it had before it became `_id`, or one that was chosen for
    /// Mongoose alone.
    fn alias_of(&mut self, field: &Field) -> Option<String> {
        let former = self.plan.collections.former_names.get(&field.id).cloned();
        let alias =
            former.or_else(|| field.extras.option("mongoose", "alias").map(str::to_owned))?;
        let is_top = self.entity.fields.iter().any(|other| other.id == field.id);
        let is_free = !self.entity.fields.iter().any(|other| other.name == alias)
            && is_fit_for_virtual(&alias);
        if is_top && is_free {
            return Some(alias);
        }
        self.lose(field, &format!("the alias `{}`", alias.escape_debug()));
        None
    }
}

/// Silences the warning about names that Mongoose has members for, where fields have them.
pub(super) fn quiet(fields: &[Field]) -> Option<Member> {
    let warns = fields.iter().any(|field| WARNED_ABOUT.contains(&field.name.as_str()));
    warns.then(|| Member::new("suppressReservedKeysWarning", "true"))
}

/// The options of a path as an object, in the usual order.
pub(super) fn in_order(mut options: Vec<Member>) -> Node {
    options.sort_by_key(|option| {
        ORDER.iter().position(|key| option.key == *key).unwrap_or(ORDER.len())
    });
    Node::Object(options)
}

/// Whether an object can be written as a nested path: it is there whenever one of its fields is, so
/// it may be required only by what it holds, and has no options of its own.
fn is_inline(field: &Field) -> bool {
    let needs_content = field.fields.iter().any(|child| child.required);
    field.ty == DataType::Object
        && !field.fields.is_empty()
        && field.required == needs_content
        && !field.keeps_id
        && !field.unique
        && !field.immutable
        && !field.hidden
        && matches!(field.default, None | Some(DefaultValue::Expression(_)))
}
