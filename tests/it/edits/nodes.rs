//! Edits of settings, namespaces, entities and enumerations.

use lunette::document::project::Project;
use lunette::model::entity::{Check, Entity, EntityKind};
use lunette::model::enumeration::{Enumeration, EnumerationValue};
use lunette::model::id::{EnumerationId, IdMint, NamespaceId};
use lunette::model::namespace::Namespace;

use super::{Edit, Kind};

pub(super) const ALL: &[Kind] = &[
    settings,
    add_namespace,
    change_namespace,
    remove_namespace,
    add_entity,
    change_entity,
    move_entity_to_namespace,
    remove_entity,
    add_check,
    remove_check,
    add_enumeration,
    change_enumeration,
    remove_enumeration,
    add_value,
    change_value,
    move_value,
    remove_value,
];

fn settings(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let settings = &mut project.settings;
    match edit.a % 4 {
        0 => settings.name = edit.name(),
        1 => settings.note = edit.name(),
        2 => settings.target = edit.name(),
        _ => {
            let options = settings.target_options.entry("rust".to_owned()).or_default();
            options.insert(edit.name(), edit.name());
        }
    }
}

fn namespace(project: &Project, edit: &Edit) -> Option<NamespaceId> {
    Edit::pick(edit.b, project.model.namespaces().map(|namespace| namespace.id))
}

fn add_namespace(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let namespace = Namespace { id: mint.mint(), name: edit.name(), note: String::new() };
    project.model.put_namespace(namespace);
}

fn change_namespace(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = namespace(project, edit) else { return };
    let namespace = project.model.namespace_mut(id).unwrap();
    if edit.flag() { &mut namespace.name } else { &mut namespace.note }.clone_from(&edit.text);
}

fn remove_namespace(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = namespace(project, edit) else { return };
    project.model.remove_namespace(id);
}

fn add_entity(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let kind = EntityKind::ALL[edit.a % EntityKind::ALL.len()];
    project.model.put_entity(Entity::new(mint.mint(), edit.name(), kind));
}

fn change_entity(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = edit.entity(project) else { return };
    let entity = project.model.entity_mut(id).unwrap();
    match edit.b % 8 {
        0 => entity.name = edit.name(),
        1 => entity.kind = EntityKind::ALL[edit.c % EntityKind::ALL.len()],
        2 => entity.stored_name = edit.optional(),
        3 => entity.timestamps = edit.flag(),
        4 => entity.keeps_id = edit.flag(),
        5 => entity.query = edit.optional(),
        6 => entity.note = edit.name(),
        _ => entity.extras.set("mysql", &edit.text, edit.name()),
    }
}

fn move_entity_to_namespace(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let (Some(id), namespace) = (edit.entity(project), namespace(project, edit)) else { return };
    project.model.entity_mut(id).unwrap().namespace = namespace.filter(|_| edit.flag());
}

fn remove_entity(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = edit.entity(project) else { return };
    project.model.remove_entity(id);
}

fn add_check(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some(id) = edit.entity(project) else { return };
    let (id, check) = (id, mint.mint());
    let check =
        Check { id: check, name: edit.optional(), expression: edit.name(), note: edit.name() };
    project.model.entity_mut(id).unwrap().checks.push(check);
}

fn remove_check(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = edit.entity(project) else { return };
    project.model.entity_mut(id).unwrap().checks.pop();
}

fn enumeration(project: &Project, edit: &Edit) -> Option<EnumerationId> {
    Edit::pick(edit.a, project.model.enumerations().map(|enumeration| enumeration.id))
}

fn add_enumeration(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    project.model.put_enumeration(Enumeration::new(mint.mint(), edit.name()));
}

fn change_enumeration(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = enumeration(project, edit) else { return };
    let namespace = namespace(project, edit);
    let enumeration = project.model.enumeration_mut(id).unwrap();
    match edit.c % 3 {
        0 => enumeration.name = edit.name(),
        1 => enumeration.note = edit.name(),
        _ => enumeration.namespace = namespace,
    }
}

fn remove_enumeration(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = enumeration(project, edit) else { return };
    project.model.remove_enumeration(id);
}

fn add_value(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some(id) = enumeration(project, edit) else { return };
    let value = EnumerationValue { id: mint.mint(), name: edit.name(), note: edit.name() };
    project.model.enumeration_mut(id).unwrap().values.push(value);
}

fn change_value(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = enumeration(project, edit) else { return };
    let values = &mut project.model.enumeration_mut(id).unwrap().values;
    if let Some(value) = values.first_mut() {
        value.name = edit.name();
    }
}

fn move_value(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = enumeration(project, edit) else { return };
    let values = &mut project.model.enumeration_mut(id).unwrap().values;
    if !values.is_empty() {
        let by = edit.b % values.len();
        values.rotate_left(by);
    }
}

fn remove_value(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = enumeration(project, edit) else { return };
    let values = &mut project.model.enumeration_mut(id).unwrap().values;
    if !values.is_empty() {
        values.remove(edit.b % values.len());
    }
}
