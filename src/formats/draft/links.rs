//! References of a draft → those of the model, with what nobody said inferred.

use crate::formats::draft::Undeclared;
use crate::formats::draft::finish::Finisher;
use crate::formats::draft::keys::{find_field, find_fields};
use crate::formats::draft::name::{FieldName, Name};
use crate::formats::draft::names::Match;
use crate::formats::draft::reference::{Count, DraftEnd, DraftReference};
use crate::formats::draft::unset;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::id::{EntityId, FieldId};
use crate::model::reference::{Cardinality, Reference};

impl Finisher {
    /// Adds a reference; one whose ends are not there is left out and told.
    pub(super) fn link(&mut self, draft: DraftReference) {
        let Some([from_id, to_id]) = self.ends(&draft) else { return };
        let Some((mut from_fields, mut to_fields)) = self.end_fields(&draft, from_id, to_id) else {
            return;
        };
        let (Some(from), Some(to)) = (self.entities.get(&from_id), self.entities.get(&to_id))
        else {
            return;
        };
        let primary = to.primary_key().map(|key| key.fields.clone()).unwrap_or_default();
        if from_fields.is_empty() || to_fields == primary {
            to_fields.clear();
        }
        let both_many = [&draft.from, &draft.to].map(|end| end.count.is_many()) == [Some(true); 2];
        let is_own_key = from.primary_key().is_some_and(|key| key.fields == from_fields);
        let joins_tables = self.draft.habits.joins_keys
            && from_id != to_id
            && [from, to].iter().all(|entity| entity.kind == EntityKind::Table);
        if both_many && is_own_key && to_fields.is_empty() && joins_tables {
            // What joins two keys has no field of its own.
            from_fields.clear();
        }
        // What names no field of the other end says nothing wrong of them.
        let is_said = !draft.to.fields.is_empty();
        let n_referenced = if to_fields.is_empty() { primary.len() } else { to_fields.len() };
        let is_said_wrong = is_said && n_referenced > 0 && n_referenced != from_fields.len();
        if !from_fields.is_empty() && is_said_wrong {
            let [from, to] = [&draft.from, &draft.to].map(|end| end.entity.shown());
            let message = format!(
                "`{from}` references `{to}` by another number of fields: the reference is left out"
            );
            return self.warn(message, "name as many fields at both ends", draft.span);
        }
        let mut reference = Reference::new(self.mint.mint(), from_id, to_id);
        reference.from.cardinality = referencing(draft.from.count, from, &from_fields);
        reference.to.cardinality = referenced(draft.to.count, from, &from_fields);
        let given = |count| matches!(count, Count::Given(_));
        reference.inferred = !(given(draft.from.count) && given(draft.to.count));
        let all_in_key = from_fields.iter().all(|id| from.is_in_primary_key(*id));
        reference.identifying = draft.identifying.unwrap_or(all_in_key && !from_fields.is_empty());
        reference.name = draft.name;
        reference.on_delete = draft.on_delete;
        reference.on_update = draft.on_update;
        reference.note = draft.note;
        reference.from.role = draft.from.role;
        reference.to.role = draft.to.role;
        reference.from.fields = from_fields;
        reference.to.fields = to_fields;
        self.model.put_reference(reference);
    }

    fn ends(&mut self, draft: &DraftReference) -> Option<[EntityId; 2]> {
        let from = self.end(&draft.from.entity)?;
        let to = self.end(&draft.to.entity)?;
        Some([from, to])
    }

    /// The entity of that name at the end of a reference.
    fn end(&mut self, name: &Name) -> Option<EntityId> {
        if let Some(found) = self.entity_names.find(name) {
            if found.by == Match::Elsewhere {
                self.tell_elsewhere(name, found.id.0);
            }
            return Some(found.id.0);
        }
        match self.draft.habits.undeclared {
            Undeclared::Declaration => {
                let entity = Entity::new(unset(), name.name.clone(), self.draft.habits.kind);
                Some(self.declare_entity(name, entity))
            }
            Undeclared::Slip => {
                let message = format!("`{}` is not there: the reference is left out", name.shown());
                self.warn_of_slip(message, name.span, |this| this.entity_names.hint(name));
                None
            }
        }
    }

    /// Says that a name was found in another namespace than the text says.
    pub(super) fn tell_elsewhere(&mut self, name: &Name, id: EntityId) {
        let Some(entity) = self.entities.get(&id).or_else(|| self.model.entity(id)) else { return };
        let namespace = entity.namespace.and_then(|id| self.model.namespace(id));
        let found = match namespace {
            Some(namespace) => format!("{}.{}", namespace.name, entity.name),
            None => entity.name.clone(),
        };
        let shown = name.shown();
        let message = format!("`{shown}` is not there: it is read as `{found}`");
        self.warn(message, &format!("write `{found}`"), name.span);
    }

    fn end_fields(
        &mut self,
        draft: &DraftReference,
        from: EntityId,
        to: EntityId,
    ) -> Option<(Vec<FieldId>, Vec<FieldId>)> {
        let from = self.fields_of(&draft.from, from)?;
        let to = self.fields_of(&draft.to, to)?;
        Some((from, to))
    }

    fn fields_of(&mut self, end: &DraftEnd, id: EntityId) -> Option<Vec<FieldId>> {
        if self.draft.habits.undeclared == Undeclared::Declaration {
            for name in &end.fields {
                self.declare_field(id, name);
            }
        }
        let entity = self.entities.get(&id)?;
        match find_fields(&entity.fields, &end.fields) {
            Ok(ids) => Some(ids),
            Err(name) => {
                let entity = entity.clone();
                self.tell_missing_field(&entity, &end.entity.shown(), name, "the reference");
                None
            }
        }
    }

    /// Gives an entity a field that only a reference speaks of.
    fn declare_field(&mut self, id: EntityId, name: &FieldName) {
        let [only] = name.path.as_slice() else { return };
        let is_there = |entity: &Entity| find_field(&entity.fields, &name.path).is_some();
        if self.entities.get(&id).is_none_or(is_there) {
            return;
        }
        let field = Field::new(self.mint.mint(), only, DataType::Mixed);
        if let Some(entity) = self.entities.get_mut(&id) {
            entity.fields.push(field);
        }
    }
}

/// How many records refer to one: at most one where no two may agree on the fields.
fn referencing(count: Count, from: &Entity, fields: &[FieldId]) -> Cardinality {
    match count {
        Count::Given(cardinality) => cardinality,
        Count::One => Cardinality::ZeroOrOne,
        Count::Unsaid if from.is_unique(fields) => Cardinality::ZeroOrOne,
        Count::Many | Count::Unsaid => Cardinality::ZeroOrMore,
    }
}

/// How many records one refers to: several by a list, exactly one where it must refer to one.
fn referenced(count: Count, from: &Entity, fields: &[FieldId]) -> Cardinality {
    let holds = |test: fn(&Field) -> bool| fields.iter().filter_map(|id| from.field(*id)).all(test);
    let single = if holds(|field| field.required) {
        Cardinality::ExactlyOne
    } else {
        Cardinality::ZeroOrOne
    };
    match count {
        Count::Given(cardinality) => cardinality,
        Count::Many => Cardinality::ZeroOrMore,
        Count::Unsaid if !fields.is_empty() && holds(|field| field.ty.is_array()) => {
            Cardinality::ZeroOrMore
        }
        Count::One | Count::Unsaid => single,
    }
}
