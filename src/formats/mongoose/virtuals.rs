//! Virtual populate: paths that are not stored and lead to documents elsewhere.
//!
//! - The reverse side of a reference, on request.
//! - References to a field other than `_id`, always, since a plain `ref` cannot follow them.

use indexmap::IndexSet;

use crate::base::ident::{Case, with_case};
use crate::base::plural::plural_keeping_case;
use crate::formats::code::code;
use crate::formats::collections::field_names::clean_name;
use crate::formats::collections::index::path_of;
use crate::formats::collections::is_top_level;
use crate::formats::javascript::text::{Code, CodeWriter, string};
use crate::formats::javascript::tree::{Member, Node};
use crate::formats::mongoose::plan::Plan;
use crate::model::entity::Entity;
use crate::model::graph::Link;
use crate::model::id::{ElementId, NodeId};
use crate::model::reference::{End, Reference};

/// One virtual path.
#[derive(Debug)]
pub(super) struct Virtual {
    /// The reference that it follows.
    pub(super) element: ElementId,
    name: String,
    model: Code,
    local: String,
    foreign: String,
    just_one: bool,
}

impl Virtual {
    /// Writes `schema.virtual('name', { … })`.
    pub(super) fn write(&self, schema: &Code, code: &mut CodeWriter) {
        let mut options = vec![
            Member::new("ref", string(self.model.as_str())),
            Member::new("localField", string(&self.local)),
            Member::new("foreignField", string(&self.foreign)),
        ];
        if self.just_one {
            options.push(Member::new("justOne", "true"));
        }
        let arguments = vec![string(&self.name).into(), Node::Tall(options)];
        Node::Call(code!(schema, ".virtual"), arguments).write(code, 0, "", ";");
    }
}

/// The virtual paths of an entity.
pub(super) fn virtuals_of(plan: &Plan<'_>, entity: &Entity) -> Vec<Virtual> {
    let mut taken = taken_names(plan, entity);
    let mut found = Vec::new();
    let graph = plan.collections.model.graph();
    for reference in references(plan, graph.outgoing(entity.id)) {
        if !plan.collections.leads_to_id(reference) {
            found.extend(forward(plan, reference, &mut taken));
        }
    }
    if plan.style.virtuals {
        for reference in references(plan, graph.incoming(entity.id)) {
            if plan.collections.leads_to_id(reference) {
                found.extend(backward(plan, reference, &mut taken));
            }
        }
    }
    found
}

fn references<'a>(
    plan: &'a Plan<'_>,
    links: Vec<(Link, NodeId)>,
) -> impl Iterator<Item = &'a Reference> {
    links.into_iter().filter_map(|(link, _)| match link {
        Link::Reference(id) => plan.collections.model.reference(id),
        Link::Embedding(_) | Link::Use(_) => None,
    })
}

/// From the field that holds another field's value to the documents with that value.
fn forward(
    plan: &Plan<'_>,
    reference: &Reference,
    taken: &mut IndexSet<String>,
) -> Option<Virtual> {
    let model = &plan.collections.model;
    let holder = model.entity(reference.from.entity)?;
    let target = model.entity(reference.to.entity).filter(|target| is_top_level(target))?;
    let [local] = reference.from.fields.as_slice() else { return None };
    let referenced = model.referenced_fields(reference);
    let [foreign] = referenced.as_slice() else { return None };
    let just_one = !reference.to.cardinality.is_many();
    Some(Virtual {
        element: ElementId::Reference(reference.id),
        name: name_for(&reference.to, target, &path_of(holder, *local)?, taken),
        model: plan.model_name(target.id),
        local: path_of(holder, *local)?,
        foreign: path_of(target, *foreign)?,
        just_one,
    })
}

/// From a document to those that refer to it.
fn backward(
    plan: &Plan<'_>,
    reference: &Reference,
    taken: &mut IndexSet<String>,
) -> Option<Virtual> {
    let model = &plan.collections.model;
    let holder = model.entity(reference.from.entity).filter(|holder| is_top_level(holder))?;
    let [field] = reference.from.fields.as_slice() else { return None };
    Some(Virtual {
        element: ElementId::Reference(reference.id),
        name: name_for(&reference.from, holder, &path_of(holder, *field)?, taken),
        model: plan.model_name(holder.id),
        local: "_id".to_owned(),
        foreign: path_of(holder, *field)?,
        just_one: !reference.from.cardinality.is_many(),
    })
}

/// The role of the end, else the name of its entity, in the plural where there are many; where that
/// is taken, with the field that refers: `videosByOwner`.
fn name_for(end: &End, entity: &Entity, field: &str, taken: &mut IndexSet<String>) -> String {
    let role = end.role.as_ref().filter(|role| !role.is_empty());
    let short = role.cloned().unwrap_or_else(|| {
        let singular = with_case(&entity.name, Case::Camel);
        if end.cardinality.is_many() { plural_keeping_case(&singular) } else { singular }
    });
    let long = format!("{short}By{}", with_case(field, Case::Pascal));
    let [short, long] = [short, long].map(|name| clean_name(&name));
    if taken.insert(short.clone()) {
        return short;
    }
    let mut name = long.clone();
    let mut n = 2;
    while !taken.insert(name.clone()) {
        name = format!("{long}{n}");
        n += 1;
    }
    name
}

/// What no virtual of the entity may be called: its fields, what Mongoose adds, what documents have.
fn taken_names(plan: &Plan<'_>, entity: &Entity) -> IndexSet<String> {
    let given = ["_id", "__v", "id", "createdAt", "updatedAt", "schema", "collection", "errors"];
    let given = given.iter().map(|name| (*name).to_owned());
    let fields = entity.fields.iter().map(|field| field.name.clone());
    let former = entity.fields.iter().filter_map(|field| {
        let alias = field.extras.option("mongoose", "alias").map(str::to_owned);
        plan.collections.former_names.get(&field.id).cloned().or(alias)
    });
    let version = entity.extras.option("mongoose", "versionKey").map(str::to_owned);
    given.chain(fields).chain(former).chain(version).collect()
}
