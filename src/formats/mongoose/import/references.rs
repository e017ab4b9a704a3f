//! `ref` → references, once all models are known.

use crate::base::diagnostic::Diagnostic;
use crate::base::similar::did_you_mean;
use crate::formats::mongoose::import::build::Builder;
use crate::formats::mongoose::import::fields::Here;
use crate::formats::mongoose::import::told::Place;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{EntityId, FieldId};
use crate::model::reference::{Cardinality, Reference};

/// A field that refers to a model by its name.
#[derive(Clone, Debug)]
pub(super) struct FoundReference {
    pub(super) entity: EntityId,
    pub(super) field: FieldId,
    pub(super) target: String,
    pub(super) place: Place,
}

impl Builder<'_> {
    /// Remembers that a field refers to a model.
    pub(super) fn found_reference(
        &mut self,
        here: &Here<'_>,
        field: &Field,
        target: String,
        place: Place,
    ) {
        let entity = here.owner.id;
        self.references.push(FoundReference { entity, field: field.id, target, place });
    }

    /// Makes all references whose models are there.
    pub(super) fn add_references(&mut self) {
        let mut found = std::mem::take(&mut self.references);
        found.sort_by_key(|one| self.model.entities().position(|e| e.id == one.entity));
        for one in found {
            let Some(target) = self.entity_called(&one.target) else {
                self.tell_missing(&one);
                continue;
            };
            if let Some(reference) = self.reference(one.entity, one.field, target) {
                self.model.put_reference(reference);
            }
        }
    }

    /// The entity of that model; a slip in capitals is one that Mongoose would not forgive.
    pub(super) fn entity_called(&self, name: &str) -> Option<EntityId> {
        self.model.entity_named(name).map(|entity| entity.id)
    }

    /// A reference from a field, as many as the field says.
    pub(super) fn reference(
        &mut self,
        holder: EntityId,
        field: FieldId,
        target: EntityId,
    ) -> Option<Reference> {
        let entity = self.model.entity(holder)?;
        let held = entity.field(field)?;
        let mut reference = Reference::new(self.mint.mint(), holder, target);
        reference.from.fields = vec![field];
        reference.inferred = true;
        reference.identifying = entity.is_in_primary_key(field);
        if entity.is_unique(&[field]) {
            reference.from.cardinality = Cardinality::ZeroOrOne;
        }
        reference.to.cardinality = cardinality(held);
        Some(reference)
    }

    fn tell_missing(&mut self, one: &FoundReference) {
        let Some(holder) = self.model.entity(one.entity) else { return };
        let path: Vec<_> = holder.field_path(one.field).iter().map(|f| f.name.as_str()).collect();
        let message = format!(
            "`{}.{}` refers to `{}`, which is no model here",
            holder.name,
            path.join("."),
            one.target
        );
        let names = self.model.entities().map(|entity: &Entity| entity.name.as_str());
        let hint = did_you_mean(&one.target, names)
            .unwrap_or_else(|| "import the file of that model too, or the whole folder".to_owned());
        self.told.say(one.place, Diagnostic::warning(message).with_hint(hint));
    }
}

/// How many records a field leads to.
fn cardinality(field: &Field) -> Cardinality {
    if field.ty != *field.ty.innermost() {
        Cardinality::ZeroOrMore
    } else if field.required {
        Cardinality::ExactlyOne
    } else {
        Cardinality::ZeroOrOne
    }
}
