//! The house style of a project: what a new entity is stored as, what its key looks like and how a
//! field that refers to another entity is named.
//!
//! What the model already does wins over the habits of its target. Must not change anything.

use std::cmp::Ordering;

use indexmap::IndexMap;

use crate::base::ident::{Case, with_case};
use crate::document::project::Project;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::{DefaultValue, Field};
use crate::model::id::FieldId;

/// Targets whose habits are those of an SQL database; all others have those of documents.
const RELATIONAL_TARGETS: [&str; 5] = ["postgres", "mysql", "mariadb", "sqlite", "sqlserver"];

/// Which of the two habits a model follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum World {
    /// Collections of documents, `_id`, references by object id.
    Documents,
    /// Tables of rows, `id`, foreign keys.
    Relational,
}

/// How new things are named and typed in one project.
#[derive(Clone, Debug, PartialEq)]
pub struct House {
    /// Whose habits it follows.
    pub world: World,
    /// Name, type and rules of a new entity's key; its id is a placeholder.
    key: KeyHabit,
    /// Whether new entities keep `createdAt` and `updatedAt`.
    pub timestamps: bool,
}

/// What the key of an entity usually looks like.
#[derive(Clone, Debug, PartialEq)]
struct KeyHabit {
    name: String,
    ty: DataType,
    auto_increment: bool,
    default: Option<DefaultValue>,
}

impl House {
    /// The habits of that project: what most of its entities do, else what its target does.
    pub fn of(project: &Project) -> Self {
        let world = world_of(project);
        let kind = kind_in(world);
        let peers: Vec<&Entity> =
            project.model.entities().filter(|entity| entity.kind == kind).collect();
        let stamped = peers.iter().filter(|entity| entity.timestamps).count();
        Self {
            world,
            key: usual_key(&peers).unwrap_or_else(|| default_key(world)),
            timestamps: stamped * 2 > peers.len(),
        }
    }

    /// What a new entity is stored as.
    pub fn entity_kind(&self) -> EntityKind {
        kind_in(self.world)
    }

    /// The key field of a new entity.
    pub fn key_field(&self, id: FieldId) -> Field {
        Field {
            required: true,
            auto_increment: self.key.auto_increment,
            default: self.key.default.clone(),
            ..Field::new(id, self.key.name.clone(), self.key.ty.clone())
        }
    }
}

/// What a field is called that holds the key `key` of `to` inside `from`: `user` among documents,
/// `user_id` or `userId` among tables, as its neighbors are written.
pub fn referring_name(from: &Entity, to: &Entity, key: &Field) -> String {
    match from.kind {
        EntityKind::Collection | EntityKind::Embedded => with_case(&to.name, Case::Camel),
        EntityKind::Table | EntityKind::View => {
            let case = if writes_camel(from) { Case::Camel } else { Case::Snake };
            let entity = with_case(&to.name, case);
            let key = with_case(key.name.trim_start_matches('_'), case);
            if key.to_lowercase().starts_with(&entity.to_lowercase()) {
                key
            } else {
                with_case(&format!("{entity}_{key}"), case)
            }
        }
    }
}

fn writes_camel(entity: &Entity) -> bool {
    let has_snake = entity.fields.iter().any(|field| field.name.trim_matches('_').contains('_'));
    let is_camel =
        |name: &str| name.starts_with(char::is_lowercase) && name.contains(char::is_uppercase);
    !has_snake && entity.fields.iter().any(|field| is_camel(&field.name))
}

/// What most entities are; a model that is undecided follows its target.
fn world_of(project: &Project) -> World {
    let is_document =
        |entity: &&Entity| matches!(entity.kind, EntityKind::Collection | EntityKind::Embedded);
    let documents = project.model.entities().filter(is_document).count();
    let tables = project.model.entities().len() - documents;
    match documents.cmp(&tables) {
        Ordering::Greater => World::Documents,
        Ordering::Less => World::Relational,
        Ordering::Equal => world_of_target(&project.settings.target),
    }
}

fn world_of_target(target: &str) -> World {
    if RELATIONAL_TARGETS.contains(&target) { World::Relational } else { World::Documents }
}

fn kind_in(world: World) -> EntityKind {
    match world {
        World::Documents => EntityKind::Collection,
        World::Relational => EntityKind::Table,
    }
}

fn default_key(world: World) -> KeyHabit {
    match world {
        World::Documents => KeyHabit {
            name: "_id".to_owned(),
            ty: DataType::ObjectId,
            auto_increment: false,
            default: Some(DefaultValue::Generated),
        },
        World::Relational => KeyHabit {
            name: "id".to_owned(),
            ty: DataType::Integer(IntegerSize::Big),
            auto_increment: true,
            default: None,
        },
    }
}

/// The key that most of these entities have, when more than half agree on it.
fn usual_key(peers: &[&Entity]) -> Option<KeyHabit> {
    let mut counts: IndexMap<(&str, &DataType), (usize, &Field)> = IndexMap::new();
    for entity in peers {
        let Some(key) = entity.primary_key() else { continue };
        let [only] = key.fields.as_slice() else { continue };
        let Some(field) = entity.field(*only) else { continue };
        counts.entry((&field.name, &field.ty)).or_insert((0, field)).0 += 1;
    }
    let (count, field) = counts.into_values().max_by_key(|(count, _)| *count)?;
    (count * 2 > peers.len()).then(|| KeyHabit {
        name: field.name.clone(),
        ty: field.ty.clone(),
        auto_increment: field.auto_increment,
        default: field.default.clone(),
    })
}
