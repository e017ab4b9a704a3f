//! Intents on many-to-many references: such a reference and a join table are two ways to say one
//! thing; these turn one into the other.

use crate::base::ident::{Case, UniqueNames, with_case};
use crate::diagram::Content;
use crate::document::edit::entities::free_node_name;
use crate::document::edit::house::referring_name;
use crate::document::project::Project;
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::id::{EntityId, FieldId, IdMint, NodeId, ReferenceId};
use crate::model::join_table::reference_from_join_table;
use crate::model::key::{Key, KeyKind};
use crate::model::reference::{Cardinality, End, Reference, ReferentialAction};

/// Turns a join table into a many-to-many reference; none when it is more than a join table.
pub fn fold_join_table(
    project: &mut Project,
    mint: &mut IdMint,
    entity: EntityId,
) -> Option<ReferenceId> {
    reference_from_join_table(&mut project.model, mint, entity)
}

/// Whether a many-to-many reference could be a join table: between two tables that have keys.
pub fn can_unfold(model: &Model, id: ReferenceId) -> bool {
    model.reference(id).is_some_and(|reference| {
        let is_keyed_table = |end: &End| {
            let entity = model.entity(end.entity).filter(|one| one.kind == EntityKind::Table);
            end.fields.is_empty() && entity.is_some_and(|one| one.primary_key().is_some())
        };
        reference.is_many_to_many()
            && [&reference.from, &reference.to].into_iter().all(is_keyed_table)
    })
}

/// Turns a many-to-many reference into a join table that carries its name, shown wherever both of
/// its sides are.
pub fn unfold_join_table(
    project: &mut Project,
    mint: &mut IdMint,
    id: ReferenceId,
) -> Option<EntityId> {
    if !can_unfold(&project.model, id) {
        return None;
    }
    let reference = project.model.reference(id)?.clone();
    let wanted = reference.name.clone().unwrap_or_else(|| {
        let [from, to] = [&reference.from, &reference.to]
            .map(|end| project.model.entity(end.entity).map_or("", |one| one.name.as_str()));
        with_case(&format!("{from}_{to}"), Case::Snake)
    });
    let name = free_node_name(&project.model, &wanted);
    let mut table = Entity::new(mint.mint(), name, EntityKind::Table);
    table.namespace = project.model.entity(reference.from.entity)?.namespace;
    table.note.clone_from(&reference.note);
    let mut names = UniqueNames::new();
    let near = side(&project.model, mint, &mut table, &mut names, &reference.from)?;
    let mut far = side(&project.model, mint, &mut table, &mut names, &reference.to)?;
    if reference.on_delete == ReferentialAction::Restrict {
        far.on_delete = reference.on_delete;
    }
    let fields = table.fields.iter().map(|field| field.id).collect();
    table.keys.push(Key { id: mint.mint(), kind: KeyKind::Primary, fields, name: None });
    let table_id = table.id;
    project.model.remove_reference(id);
    project.model.put_entity(table);
    project.model.put_reference(near);
    project.model.put_reference(far);
    let ends = [reference.from.entity, reference.to.entity].map(NodeId::Entity);
    let diagrams: Vec<_> = project.diagrams.keys().copied().collect();
    for diagram in diagrams {
        if let Some(diagram) = project.diagram_mut(diagram)
            && let Content::Chosen(shown) = &mut diagram.content
            && ends.iter().all(|end| shown.contains(end))
        {
            shown.insert(table_id.into());
        }
    }
    Some(table_id)
}

/// The fields of one side, added to the table, and the reference that they make.
fn side(
    model: &Model,
    mint: &mut IdMint,
    table: &mut Entity,
    names: &mut UniqueNames,
    end: &End,
) -> Option<Reference> {
    let to = model.entity(end.entity)?;
    let mut fields: Vec<FieldId> = Vec::new();
    for key in &to.primary_key()?.fields {
        let key = to.field(*key)?;
        let name = match &end.role {
            Some(role) => format!("{role}_{}", key.name.trim_start_matches('_')),
            None => referring_name(table, to, key),
        };
        let mut field = Field::new(mint.mint(), names.unique(&name, "_"), key.ty.clone());
        field.native_types.clone_from(&key.native_types);
        field.required = true;
        fields.push(field.id);
        table.fields.push(field);
    }
    let mut reference = Reference::new(mint.mint(), table.id, end.entity);
    reference.from.fields = fields;
    reference.to.cardinality = Cardinality::ExactlyOne;
    reference.to.role.clone_from(&end.role);
    reference.identifying = true;
    reference.on_delete = ReferentialAction::Cascade;
    Some(reference)
}
