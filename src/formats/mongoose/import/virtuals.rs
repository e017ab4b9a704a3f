//! Virtual populate → references, or the names of the far ends of references that are there.

use crate::base::ident::{Case, with_case};
use crate::base::plural::plural_keeping_case;
use crate::formats::mongoose::import::build::{Builder, Owner};
use crate::formats::mongoose::import::scope::At;
use crate::formats::mongoose::import::sites::Statement;
use crate::formats::mongoose::import::told::{Custom, Lost};
use crate::model::entity::Entity;
use crate::model::id::{EntityId, FieldId, ReferenceId};
use crate::model::reference::{Cardinality, End};

/// What a virtual populate says.
struct Populate {
    name: String,
    target: EntityId,
    local: FieldId,
    /// The field over there, in the target itself or in a type that it embeds.
    foreign: FieldId,
    holder: EntityId,
    just_one: bool,
}

impl<'p> Builder<'p> {
    /// `schema.virtual('posts', { ref, localField, foreignField })`
    pub(super) fn virtual_statement(&mut self, owner: &Owner, statement: &Statement<'p>) {
        let options = statement.arguments.get(1);
        let options = options.and_then(|options| self.program.resolve(*options).at());
        let populates = options.is_some_and(|options| {
            options.expr.members().is_some() && self.program.members(options).value("ref").is_some()
        });
        if populates {
            self.virtuals.push((owner.clone(), statement.clone()));
        } else {
            self.told.keep(Custom::Virtual, &owner.name, statement.place);
        }
    }

    /// Makes or names references; whether any virtual leads back along one.
    pub(super) fn add_virtuals(&mut self) -> bool {
        let mut leads_back = false;
        for (owner, statement) in std::mem::take(&mut self.virtuals) {
            match self.populate(&owner, &statement) {
                Ok(populate) => leads_back |= self.add_virtual(&owner, &populate),
                Err(lost) => self.told.lose(Lost::VirtualPath, lost, statement.place),
            }
        }
        leads_back
    }

    fn populate(&mut self, owner: &Owner, statement: &Statement<'p>) -> Result<Populate, String> {
        let name = statement.arguments.first().and_then(|name| self.program.text(*name));
        let name = name.ok_or_else(|| format!("one of `{}`", owner.name))?;
        let subject = || format!("`{}.{name}`", owner.name);
        let options = statement.arguments.get(1).and_then(|at| self.program.resolve(*at).at());
        let flat = self.program.members(options.ok_or_else(subject)?);
        let text = |key: &str| flat.value(key).and_then(|value: At<'p>| self.program.text(value));
        let model = flat.value("ref").and_then(|value| self.model_name(value));
        let model = model.ok_or_else(subject)?;
        let local = text("localField").ok_or_else(subject)?;
        let foreign = text("foreignField").ok_or_else(subject)?;
        let just_one = flat.value("justOne").and_then(|value| self.program.flag(value));
        let target =
            self.entity_called(&model).ok_or_else(|| format!("{} to `{model}`", subject()))?;
        let (holder, foreign) = self.held_at(target, &foreign).ok_or_else(subject)?;
        Ok(Populate {
            target,
            local: self.field_at(owner.id, &local).ok_or_else(subject)?,
            foreign,
            holder,
            just_one: just_one == Some(true),
            name,
        })
    }

    /// Whether it leads back along a reference.
    fn add_virtual(&mut self, owner: &Owner, populate: &Populate) -> bool {
        if populate.holder != populate.target {
            self.reference_between(populate.holder, populate.foreign, owner.id);
            return true;
        }
        let is_key = |entity: Option<&Entity>, field: FieldId| {
            entity.and_then(Entity::primary_key).is_some_and(|key| key.fields == [field])
        };
        let own = self.model.entity(owner.id);
        let leads_to_key = is_key(self.model.entity(populate.target), populate.foreign);
        let leads_from_key = is_key(own, populate.local);
        let is_unique = own.is_some_and(|own| own.is_unique(&[populate.local]));
        let is_known = |from: EntityId, field: FieldId, to: EntityId| {
            self.model.references().any(|reference| {
                reference.from.entity == from
                    && reference.from.fields == [field]
                    && reference.to.entity == to
            })
        };
        let leads_back = if is_known(owner.id, populate.local, populate.target) {
            false
        } else if is_known(populate.target, populate.foreign, owner.id) {
            true
        } else {
            !leads_to_key && (leads_from_key || is_unique && !populate.just_one)
        };
        if leads_back {
            self.lead_back(owner, populate);
        } else {
            self.lead_on(owner, populate, leads_to_key);
        }
        leads_back
    }

    /// The reference from `from.field` to that entity, made when it is not there.
    fn reference_between(
        &mut self,
        from: EntityId,
        field: FieldId,
        to: EntityId,
    ) -> Option<ReferenceId> {
        let known = self.model.references().find(|reference| {
            reference.from.entity == from
                && reference.from.fields == [field]
                && reference.to.entity == to
        });
        if let Some(known) = known {
            return Some(known.id);
        }
        let reference = self.reference(from, field, to)?;
        let id = reference.id;
        self.model.put_reference(reference);
        Some(id)
    }

    fn lead_back(&mut self, owner: &Owner, populate: &Populate) {
        let between = self.reference_between(populate.target, populate.foreign, owner.id);
        let key = self.model.entity(owner.id).and_then(Entity::primary_key);
        let to_key = key.is_some_and(|key| key.fields == [populate.local]);
        let usual = self.usual_name(populate.target, !populate.just_one);
        let Some(reference) = between.and_then(|id| self.model.reference_mut(id)) else { return };
        if !to_key {
            reference.to.fields = vec![populate.local];
        }
        if populate.just_one {
            reference.from.cardinality = Cardinality::ZeroOrOne;
        }
        name_end(&mut reference.from, &populate.name, &usual);
    }

    fn lead_on(&mut self, owner: &Owner, populate: &Populate, leads_to_key: bool) {
        let between = self.reference_between(owner.id, populate.local, populate.target);
        let usual = self.usual_name(populate.target, !populate.just_one);
        let Some(reference) = between.and_then(|id| self.model.reference_mut(id)) else { return };
        if !leads_to_key {
            reference.to.fields = vec![populate.foreign];
        }
        if !populate.just_one && !leads_to_key {
            reference.to.cardinality = Cardinality::ZeroOrMore;
        }
        name_end(&mut reference.to, &populate.name, &usual);
    }

    /// What an end is called when nobody chose a name for it.
    fn usual_name(&self, entity: EntityId, is_many: bool) -> String {
        let name = self.model.entity(entity).map_or("", |entity| entity.name.as_str());
        let singular = with_case(name, Case::Camel);
        if is_many { plural_keeping_case(&singular) } else { singular }
    }
}

fn name_end(end: &mut End, name: &str, usual: &str) {
    if name != usual {
        end.role = Some(name.to_owned());
    }
}
