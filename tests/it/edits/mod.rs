//! Random edits of a project, for properties that must hold after any of them.
//!
//! Reading order: this file (what an edit is), then [`nodes`], [`fields`], [`references`], [`looks`]
//! (all that can be changed by hand) and [`intents`] (what the window does). Every edit keeps the
//! model's invariants, and does nothing where there is nothing to do it to.

mod fields;
mod intents;
mod looks;
mod nodes;
mod references;

use lunette::document::project::Project;
use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::id::{EntityId, FieldId, IdMint, NodeId};
use proptest::prelude::*;

use crate::support::hostile::hostile_names;

/// One random edit.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    kind: usize,
    a: usize,
    b: usize,
    c: usize,
    text: String,
}

/// What an edit does; the dice say to what.
type Kind = fn(&mut Project, &mut IdMint, &Edit);

impl Edit {
    /// Makes the edit.
    pub(crate) fn apply(&self, project: &mut Project, mint: &mut IdMint) {
        let kinds = [nodes::ALL, fields::ALL, references::ALL, looks::ALL, intents::ALL].concat();
        let kind: Kind = kinds[self.kind % kinds.len()];
        kind(project, mint, self);
    }

    /// One of these; none when there is none.
    fn pick<T: Clone>(dice: usize, items: impl IntoIterator<Item = T>) -> Option<T> {
        let items: Vec<T> = items.into_iter().collect();
        if items.is_empty() { None } else { Some(items[dice % items.len()].clone()) }
    }

    fn entity(&self, project: &Project) -> Option<EntityId> {
        Self::pick(self.a, project.model.entities().map(|entity| entity.id))
    }

    fn other_entity(&self, project: &Project) -> Option<EntityId> {
        Self::pick(self.b, project.model.entities().map(|entity| entity.id))
    }

    /// An entity and one of its fields, at any depth.
    fn field(&self, project: &Project) -> Option<(EntityId, FieldId)> {
        let entity = self.entity(project)?;
        let fields = project.model.entity(entity)?.all_fields();
        Some((entity, Self::pick(self.b, fields.into_iter().map(|field| field.id))?))
    }

    fn node(&self, project: &Project) -> Option<NodeId> {
        let entities = project.model.entities().map(|entity| NodeId::Entity(entity.id));
        let enumerations = project.model.enumerations().map(|one| NodeId::Enumeration(one.id));
        Self::pick(self.a, entities.chain(enumerations))
    }

    fn name(&self) -> String {
        self.text.clone()
    }

    /// The text, or none.
    fn optional(&self) -> Option<String> {
        (!self.c.is_multiple_of(3)).then(|| self.text.clone())
    }

    fn flag(&self) -> bool {
        self.c.is_multiple_of(2)
    }

    /// A whole coordinate.
    fn coordinate(dice: usize) -> f64 {
        (dice % 4_000) as f64 - 2_000.0
    }

    fn ty(&self, project: &Project) -> DataType {
        let size = u32::try_from(self.b % 500).unwrap_or_default();
        let enumerations = project.model.enumerations().map(|one| one.id);
        let innermost = match self.c % 14 {
            0 => DataType::String { length: Some(size) },
            1 => DataType::Decimal { precision: Some(12), scale: Some(2) },
            2 => DataType::Integer(IntegerSize::Big),
            3 => DataType::Object,
            4 => DataType::ObjectId,
            5 => DataType::DateTime { zoned: self.b.is_multiple_of(2) },
            6 => DataType::Binary { length: None },
            7 => DataType::Vector { dimensions: Some(size) },
            8 => DataType::Mixed,
            9 | 10 => {
                Self::pick(self.b, enumerations).map_or(DataType::Text, DataType::Enumeration)
            }
            11 | 12 => self.other_entity(project).map_or(DataType::Json, DataType::Embedded),
            _ => DataType::Boolean,
        };
        match self.a % 5 {
            0 => innermost.array(),
            1 => DataType::Map(Box::new(innermost.array())),
            _ => innermost,
        }
    }
}

/// Texts as people write them, and as nobody should.
fn any_text() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(hostile_names());
    let characters = prop::collection::vec(any::<char>(), 0..8);
    prop_oneof![
        3 => "[a-zA-Z_][a-zA-Z0-9_ ]{0,10}",
        1 => hostile,
        1 => characters.prop_map(|characters| characters.into_iter().collect()),
    ]
}

/// Any edit.
pub(crate) fn any_edit() -> impl Strategy<Value = Edit> {
    let dice = 0..10_000_usize;
    (dice.clone(), dice.clone(), dice.clone(), dice, any_text())
        .prop_map(|(kind, a, b, c, text)| Edit { kind, a, b, c, text })
}
