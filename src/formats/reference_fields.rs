//! Fields for references that have none, for every target that stores a reference in a field: one id
//! where the reference leads to one record, a list of ids where it leads to many.
//!
//! Must not know how a target spells names; the house spells them as the role says, else in camel
//! case after the entity they lead to.

use std::collections::BTreeMap;

use crate::base::ident::{Case, UniqueNames, with_case};
use crate::base::plural::plural_keeping_case;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::id::{FieldId, IdMint, ReferenceId};
use crate::model::reference::{Cardinality, Reference};

/// A model in which every reference that one field can hold has that field.
#[derive(Clone, Debug)]
pub struct Completed {
    /// The model with its new fields.
    pub model: Model,
    /// The new fields and the reference that each one holds.
    pub added: BTreeMap<FieldId, ReferenceId>,
}

/// The model with a field for every reference without one. A reference to a key of several fields
/// stays without.
pub fn complete(model: &Model) -> Completed {
    complete_where(model, |_| true)
}

/// The same for the references that hold; the others stay as they are.
pub fn complete_where(model: &Model, holds: impl Fn(&Reference) -> bool) -> Completed {
    let mut completed = Completed { model: model.clone(), added: BTreeMap::new() };
    let is_open = |reference: &&Reference| reference.from.fields.is_empty() && holds(reference);
    for reference in model.references().filter(is_open) {
        let Some(holder) = completed.model.entity(reference.from.entity) else { continue };
        let Some(field) = field_for(model, reference, holder) else { continue };
        let id = field.id;
        if let Some(holder) = completed.model.entity_mut(reference.from.entity) {
            holder.fields.push(field);
        }
        if let Some(reference) = completed.model.reference_mut(reference.id) {
            reference.from.fields = vec![id];
            completed.added.insert(id, reference.id);
        }
    }
    completed
}

fn field_for(model: &Model, reference: &Reference, holder: &Entity) -> Option<Field> {
    let target = model.entity(reference.to.entity)?;
    if holder.kind == EntityKind::View {
        return None;
    }
    let key_type = match model.referenced_fields(reference).as_slice() {
        [] => DataType::ObjectId,
        [only] => target.field(*only)?.ty.clone(),
        _ => return None,
    };
    let many = reference.to.cardinality.is_many();
    let mut taken = UniqueNames::new();
    for field in &holder.fields {
        taken.reserve(&field.name);
    }
    let name = taken.unique(&house_name(reference, target), "");
    // The id of the field follows from that of the reference, so that it is the same every time.
    let id = IdMint::from_text(&reference.id.to_string()).mint();
    let mut field = Field::new(id, name, if many { key_type.array() } else { key_type });
    field.required =
        matches!(reference.to.cardinality, Cardinality::ExactlyOne | Cardinality::OneOrMore);
    field.unique = !many && !reference.from.cardinality.is_many();
    field.note.clone_from(&reference.note);
    Some(field)
}

fn house_name(reference: &Reference, target: &Entity) -> String {
    if let Some(role) = reference.to.role.as_ref().filter(|role| !role.is_empty()) {
        return role.clone();
    }
    let singular = with_case(&target.name, Case::Camel);
    if reference.to.cardinality.is_many() { plural_keeping_case(&singular) } else { singular }
}
