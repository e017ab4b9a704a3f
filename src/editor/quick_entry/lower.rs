//! Line → project: makes or changes the field that a line describes, with the enumerations, entities
//! and references it needs. Rules that a line cannot say stay as they are.

use crate::base::ident::{Case, with_case};
use crate::document::edit::entities::{add_entity, add_enumeration, add_value};
use crate::document::edit::fields::{
    FieldPlace, add_field, free_field_name, has_own_index, retype_field, set_in_primary_key,
    set_own_index,
};
use crate::document::project::Project;
use crate::editor::quick_entry::{Entry, Flag, Kind, Line, Referred, Rules, UNREAD};
use crate::model::data_type::DataType;
use crate::model::entity::EntityKind;
use crate::model::field::{Field, Number};
use crate::model::id::{EntityId, EnumerationId, FieldId, IdMint, NodeId, ReferenceId};
use crate::model::reference::{Cardinality, Reference};

/// Where a line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// It makes a field there.
    New(FieldPlace),
    /// It changes that field.
    Existing(EntityId, FieldId),
}

impl Slot {
    /// The entity whose field it is.
    pub fn entity(self) -> EntityId {
        match self {
            Self::New(place) => place.entity,
            Self::Existing(entity, _) => entity,
        }
    }
}

/// What a line became.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lowered {
    /// The field; none when the line became something else.
    pub field: Option<FieldId>,
    /// Cards that it made on the way.
    pub made: Vec<NodeId>,
}

/// Carries out what a line says; none when the entity or field is gone.
pub fn lower(project: &mut Project, mint: &mut IdMint, slot: Slot, line: &Line) -> Option<Lowered> {
    let mut lowering = Lowering { project, mint, made: Vec::new() };
    let mut lowered = match line {
        Line::Timestamps => lowering.keep_timestamps(slot)?,
        Line::Entry(entry) => lowering.entry(slot, entry)?,
    };
    lowered.made = lowering.made;
    Some(lowered)
}

struct Lowering<'a> {
    project: &'a mut Project,
    mint: &'a mut IdMint,
    made: Vec<NodeId>,
}

/// A kind with its names turned into ids.
struct Resolved {
    ty: DataType,
    refers: Option<Refers>,
}

struct Refers {
    to: EntityId,
    field: Option<FieldId>,
}

impl Lowering<'_> {
    fn keep_timestamps(&mut self, slot: Slot) -> Option<Lowered> {
        if let Slot::Existing(entity, field) = slot {
            self.project.model.remove_field(entity, field);
        }
        self.project.model.entity_mut(slot.entity())?.timestamps = true;
        Some(Lowered::default())
    }

    fn entry(&mut self, slot: Slot, entry: &Entry) -> Option<Lowered> {
        let entity = slot.entity();
        let resolved = match &entry.kind {
            Some(kind) => Some(self.resolve(slot, &entry.name, kind)?),
            None => None,
        };
        if let Some(Resolved { ty, refers: Some(refers) }) = &resolved
            && ty.is_array()
            && self.is_relational(entity)
        {
            self.join(slot, entry, refers.to);
            return Some(Lowered::default());
        }
        let field = self.field_in(slot, entry)?;
        if let Some(resolved) = resolved {
            self.retype(entity, field, &resolved.ty, entry.kind.as_ref());
            self.refer(entity, field, &resolved, &entry.rules);
        }
        self.apply_rules(entity, field, entry);
        if let Some(Kind::Object(Some(entries))) = entry.kind.as_ref().map(innermost) {
            self.nest(entity, field, entries);
        }
        Some(Lowered { field: Some(field), made: Vec::new() })
    }

    /// The field of the slot under the entry's name; a new one is a text until its type is known.
    fn field_in(&mut self, slot: Slot, entry: &Entry) -> Option<FieldId> {
        match slot {
            Slot::New(place) => {
                let field = Field::new(self.mint.mint(), entry.name.clone(), DataType::STRING);
                add_field(self.project, place, field)
            }
            Slot::Existing(entity, id) => {
                let owner = self.project.model.entity(entity)?;
                let old = owner.field(id)?;
                if old.name != entry.name && !entry.name.is_empty() {
                    let place = FieldPlace::of(owner, id);
                    let name = free_field_name(&self.project.model, place, &entry.name);
                    self.project.model.entity_mut(entity)?.field_mut(id)?.name = name;
                }
                Some(id)
            }
        }
    }

    fn resolve(&mut self, slot: Slot, name: &str, kind: &Kind) -> Option<Resolved> {
        let plain = |ty| Some(Resolved { ty, refers: None });
        match kind {
            Kind::Plain(ty) | Kind::Counted(ty) => plain(ty.clone()),
            Kind::Enumeration(id) => plain(DataType::Enumeration(*id)),
            Kind::Embedded(id) => plain(DataType::Embedded(*id)),
            Kind::Object(_) => plain(DataType::Object),
            Kind::Native(_) => plain(DataType::Mixed),
            Kind::Choices { name: chosen, values } => {
                let id = self.choices(slot, name, chosen.as_deref(), values)?;
                plain(DataType::Enumeration(id))
            }
            Kind::List(inner) => {
                let inner = self.resolve(slot, name, inner)?;
                Some(Resolved { ty: inner.ty.array(), refers: inner.refers })
            }
            Kind::Map(inner) => {
                let inner = self.resolve(slot, name, inner)?;
                Some(Resolved { ty: DataType::Map(Box::new(inner.ty)), refers: inner.refers })
            }
            Kind::Reference { to, field } => self.reference(to, field.as_deref()),
        }
    }

    fn reference(&mut self, to: &Referred, field: Option<&str>) -> Option<Resolved> {
        let id = match to {
            Referred::Known(id) => *id,
            Referred::New(name) => {
                let id = add_entity(self.project, self.mint, name);
                self.made.push(id.into());
                id
            }
        };
        let entity = self.project.model.entity(id)?;
        let named = field.and_then(|name| entity.field_named(name)).map(|field| field.id);
        let keys = entity.primary_key().map(|key| key.fields.as_slice()).unwrap_or_default();
        let key = match (named, keys) {
            (Some(named), _) => Some(named),
            (None, [only]) => Some(*only),
            (None, _) => None,
        };
        let ty = key.and_then(|key| entity.field(key)).map_or(DataType::ObjectId, |f| f.ty.clone());
        let is_primary = named.is_none() || matches!(keys, [only] if Some(*only) == named);
        let field = if is_primary { None } else { named };
        Some(Resolved { ty, refers: Some(Refers { to: id, field }) })
    }

    /// The enumeration for choices typed out: the one they name, the field's own, or a new one.
    fn choices(
        &mut self,
        slot: Slot,
        field_name: &str,
        chosen: Option<&str>,
        values: &[String],
    ) -> Option<EnumerationId> {
        let model = &self.project.model;
        if let Some(existing) = chosen.and_then(|name| model.enumeration_named(name)) {
            let (id, length) = (existing.id, existing.values.len());
            let missing: Vec<_> =
                values.iter().filter(|value| !existing.has_value(value)).cloned().collect();
            for value in missing {
                add_value(self.project, self.mint, id, length, &value);
            }
            return Some(id);
        }
        let own = with_case(field_name, Case::Pascal);
        if chosen.is_none() {
            let same_values = |id: &EnumerationId| {
                model
                    .enumeration(*id)
                    .is_some_and(|one| one.values.iter().map(|value| &value.name).eq(values.iter()))
            };
            let named = model.enumeration_named(&own).map(|one| one.id);
            if let Some(id) = named.filter(same_values) {
                return Some(id);
            }
        }
        let entity_name = model.entity(slot.entity())?.name.clone();
        let is_taken =
            model.enumeration_named(&own).is_some() || model.entity_named(&own).is_some();
        let wanted = match chosen {
            Some(name) => name.to_owned(),
            None if is_taken => format!("{entity_name}{own}"),
            None => own,
        };
        let id = add_enumeration(self.project, self.mint, &wanted, values);
        self.made.push(id.into());
        Some(id)
    }

    fn is_relational(&self, entity: EntityId) -> bool {
        let kind = self.project.model.entity(entity).map(|entity| entity.kind);
        matches!(kind, Some(EntityKind::Table | EntityKind::View))
    }

    /// A list of references on a row: a many-to-many reference, which needs no field.
    fn join(&mut self, slot: Slot, entry: &Entry, to: EntityId) {
        if let Slot::Existing(entity, field) = slot {
            self.project.model.remove_field(entity, field);
        }
        let mut reference = Reference::new(self.mint.mint(), slot.entity(), to);
        reference.to.cardinality = Cardinality::ZeroOrMore;
        reference.to.role = Some(entry.name.clone());
        set_actions(&mut reference, &entry.rules);
        self.project.model.put_reference(reference);
    }

    fn retype(&mut self, entity: EntityId, field: FieldId, ty: &DataType, kind: Option<&Kind>) {
        let target = self.project.settings.target.clone();
        retype_if_changed(self.project, entity, field, ty);
        let Some(field) = field_mut(self.project, entity, field) else { return };
        match kind.map(innermost) {
            Some(Kind::Native(word)) => {
                field.native_types.insert(target, word.clone());
            }
            Some(Kind::Counted(_)) => field.auto_increment = true,
            _ => {}
        }
    }

    /// Makes the field's own reference agree with the line: kept, turned elsewhere, made or removed.
    fn refer(&mut self, entity: EntityId, field: FieldId, resolved: &Resolved, rules: &Rules) {
        let existing: Vec<ReferenceId> = self
            .project
            .model
            .references_from_field(field)
            .filter(|reference| reference.from.fields.len() == 1)
            .map(|reference| reference.id)
            .collect();
        let Some(refers) = &resolved.refers else {
            for id in existing {
                self.project.model.remove_reference(id);
            }
            return;
        };
        let mut reference = match existing.first().and_then(|id| self.project.model.reference(*id))
        {
            Some(reference) => reference.clone(),
            None => Reference::new(self.mint.mint(), entity, refers.to),
        };
        reference.from.fields = vec![field];
        reference.to.entity = refers.to;
        reference.to.fields = refers.field.into_iter().collect();
        reference.to.cardinality = if resolved.ty.is_array() {
            Cardinality::ZeroOrMore
        } else if rules.has(Flag::Required) || rules.has(Flag::Key) {
            Cardinality::ExactlyOne
        } else {
            Cardinality::ZeroOrOne
        };
        if reference.from.cardinality.is_many() == rules.has(Flag::Unique) {
            reference.from.cardinality = if rules.has(Flag::Unique) {
                Cardinality::ZeroOrOne
            } else {
                Cardinality::ZeroOrMore
            };
        }
        set_actions(&mut reference, rules);
        self.project.model.put_reference(reference);
    }

    fn apply_rules(&mut self, entity: EntityId, id: FieldId, entry: &Entry) {
        let rules = &entry.rules;
        let is_key = rules.has(Flag::Key);
        let counted = matches!(entry.kind, Some(Kind::Counted(_)));
        if let Some(field) = field_mut(self.project, entity, id) {
            field.required = rules.has(Flag::Required) || is_key;
            field.unique = rules.has(Flag::Unique);
            field.auto_increment = rules.has(Flag::Auto) || counted;
            field.immutable = rules.has(Flag::Immutable);
            field.trim = rules.has(Flag::Trim);
            field.lowercase = rules.has(Flag::Lowercase);
            field.hidden = rules.has(Flag::Hidden);
            field.default.clone_from(&rules.default);
            field.pattern.clone_from(&rules.pattern);
            set_bounds(field, rules);
            if let Some(note) = &rules.note {
                field.note.clone_from(note);
            }
            if entry.unread.is_empty() {
                if let Some(options) = field.extras.options.get_mut(UNREAD.0) {
                    options.remove(UNREAD.1);
                }
                field.extras.options.retain(|_, options| !options.is_empty());
            } else {
                field.extras.set(UNREAD.0, UNREAD.1, entry.unread.clone());
            }
        }
        let (was_key, was_indexed) = match self.project.model.entity(entity) {
            Some(entity) => (entity.is_in_primary_key(id), has_own_index(entity, id)),
            None => return,
        };
        if is_key != was_key {
            set_in_primary_key(self.project, self.mint, entity, id, is_key);
        }
        if rules.has(Flag::Index) != was_indexed {
            set_own_index(self.project, self.mint, entity, id, rules.has(Flag::Index));
        }
    }

    /// Makes the nested fields those of the entries: found by name, else added; others go.
    fn nest(&mut self, entity: EntityId, parent: FieldId, entries: &[Entry]) {
        let place = FieldPlace { entity, parent: Some(parent), position: usize::MAX };
        let old: Vec<(FieldId, String)> = place
            .siblings(&self.project.model)
            .unwrap_or_default()
            .iter()
            .map(|field| (field.id, field.name.clone()))
            .collect();
        for (id, name) in &old {
            if !entries.iter().any(|entry| entry.name == *name) {
                self.project.model.remove_field(entity, *id);
            }
        }
        for (position, entry) in entries.iter().enumerate() {
            let known = old.iter().find(|(_, name)| *name == entry.name);
            let slot = match known {
                Some((id, _)) => Slot::Existing(entity, *id),
                None => Slot::New(FieldPlace { position, ..place }),
            };
            self.entry(slot, entry);
        }
    }
}

fn field_mut(project: &mut Project, entity: EntityId, field: FieldId) -> Option<&mut Field> {
    project.model.entity_mut(entity)?.field_mut(field)
}

/// A type that stays the same keeps its native spellings.
fn retype_if_changed(project: &mut Project, entity: EntityId, field: FieldId, ty: &DataType) {
    let old = project.model.entity(entity).and_then(|e| e.field(field)).map(|f| f.ty.clone());
    if old.as_ref() == Some(ty) {
        return;
    }
    retype_field(project, entity, field, ty.clone());
    if let Some(field) = field_mut(project, entity, field) {
        field.native_types.clear();
    }
}

fn set_bounds(field: &mut Field, rules: &Rules) {
    let is_text = matches!(field.ty, DataType::String { .. } | DataType::Text);
    let length = |number: &Number| number.as_str().parse().ok();
    if is_text {
        field.min_length = rules.min_length.or_else(|| rules.min.as_ref().and_then(length));
        field.max_length = rules.max_length.or_else(|| rules.max.as_ref().and_then(length));
        field.min = None;
        field.max = None;
    } else {
        field.min.clone_from(&rules.min);
        field.max.clone_from(&rules.max);
        field.min_length = rules.min_length;
        field.max_length = rules.max_length;
    }
}

fn set_actions(reference: &mut Reference, rules: &Rules) {
    if let Some(action) = rules.on_delete {
        reference.on_delete = action;
    }
    if let Some(action) = rules.on_update {
        reference.on_update = action;
    }
}

fn innermost(kind: &Kind) -> &Kind {
    match kind {
        Kind::List(inner) | Kind::Map(inner) => innermost(inner),
        other => other,
    }
}
