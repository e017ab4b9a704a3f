//! Edits of references.

use lunette::document::project::Project;
use lunette::model::id::{EntityId, FieldId, IdMint, ReferenceId};
use lunette::model::reference::{Cardinality, Reference, ReferentialAction};

use super::{Edit, Kind};

pub(super) const ALL: &[Kind] =
    &[add_reference, add_reference, change_reference, retarget_reference, remove_reference];

fn reference(project: &Project, edit: &Edit) -> Option<ReferenceId> {
    Edit::pick(edit.a, project.model.references().map(|reference| reference.id))
}

fn some_field(project: &Project, entity: EntityId, dice: usize) -> Option<FieldId> {
    let fields = project.model.entity(entity)?.all_fields();
    Edit::pick(dice, fields.into_iter().map(|field| field.id))
}

fn add_reference(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let (Some(from), Some(to)) = (edit.entity(project), edit.other_entity(project)) else { return };
    let mut reference = Reference::new(mint.mint(), from, to);
    if let Some(field) = some_field(project, from, edit.c) {
        reference.from.fields.push(field);
        let target = some_field(project, to, edit.c).filter(|_| edit.flag());
        reference.to.fields.extend(target);
    }
    project.model.put_reference(reference);
}

fn change_reference(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = reference(project, edit) else { return };
    let reference = project.model.reference_mut(id).unwrap();
    let cardinality = Cardinality::ALL[edit.c % Cardinality::ALL.len()];
    let action = ReferentialAction::ALL[edit.c % ReferentialAction::ALL.len()];
    match edit.b % 10 {
        0 => reference.name = edit.optional(),
        1 => reference.from.cardinality = cardinality,
        2 => reference.to.cardinality = cardinality,
        3 => reference.on_delete = action,
        4 => reference.on_update = action,
        5 => reference.identifying = edit.flag(),
        6 => reference.inferred = edit.flag(),
        7 => reference.from.role = edit.optional(),
        8 => reference.to.role = edit.optional(),
        _ => reference.note = edit.name(),
    }
}

fn retarget_reference(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let (Some(id), Some(to)) = (reference(project, edit), edit.other_entity(project)) else {
        return;
    };
    let reference = project.model.reference_mut(id).unwrap();
    reference.to.entity = to;
    reference.to.fields.clear();
}

fn remove_reference(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = reference(project, edit) else { return };
    project.model.remove_reference(id);
}
