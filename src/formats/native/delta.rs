//! What one version of a project changes in another, as a line of JSON that costs no more than the
//! change: what a journal writes down after each edit.
//!
//! | member | means |
//! |---|---|
//! | `project` | all members of the file but the model and the diagrams, when one of them changed |
//! | `put` | parts of the model that are new or changed, by the list they are in |
//! | `order` | all ids of a list, when they or their order changed; what is not among them is gone |
//! | `diagrams` | a JSON patch (RFC 6902) of each changed diagram, or all of it, by id |
//! | `diagramOrder` | like `order` |
//!
//! Must not know where it is written.

use std::ptr;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::diagram::Diagram;
use crate::document::project::Project;
use crate::formats::native::convert::{diagram_to_file, file_from_project, project_from_file};
use crate::formats::native::v1;
use crate::model::Model;
use crate::model::id::NodeId;

/// The lists of the model in the file; what else stands beside them is not known to this version.
const LISTS: [&str; 6] = ["namespaces", "enumerations", "entities", "references", "areas", "notes"];

/// The whole of a project, to begin with.
pub fn snapshot(project: &Project) -> Value {
    serde_json::to_value(file_from_project(project)).unwrap_or_default()
}

/// The project of a snapshot to which deltas were applied.
pub fn project_of_snapshot(snapshot: Value) -> Project {
    let file: v1::File = serde_json::from_value(snapshot).unwrap_or_default();
    project_from_file(file, "Untitled", "").0
}

/// What `new` changes in `old`; nothing when both say the same.
pub fn delta(old: &Project, new: &Project) -> Option<Value> {
    let mut delta = Map::new();
    let (before, after) = (without_parts(old), without_parts(new));
    if before != after {
        delta.insert("project".to_owned(), after);
    }
    let (changed, order) = model_changes(&old.model, &new.model);
    let diagrams = diagram_changes(old, new, &changed, !order.is_empty());
    if !changed.is_empty() {
        let unknown = Arc::clone(&new.unknown);
        let parts = Project { model: changed, unknown, ..Project::default() };
        let put = snapshot(&parts).get_mut("model").map(Value::take);
        let put = objects(put).filter(|(list, _)| LISTS.contains(&list.as_str()));
        delta.insert("put".to_owned(), Value::Object(put.collect()));
    }
    if !order.is_empty() {
        delta.insert("order".to_owned(), Value::Object(order));
    }
    if !diagrams.is_empty() {
        delta.insert("diagrams".to_owned(), Value::Object(diagrams));
    }
    if old.diagrams.keys().ne(new.diagrams.keys()) {
        let order = new.diagrams.keys().map(|id| Value::from(id.to_string()));
        delta.insert("diagramOrder".to_owned(), order.collect());
    }
    (!delta.is_empty()).then_some(Value::Object(delta))
}

/// The members of the file that are neither model nor diagrams.
fn without_parts(project: &Project) -> Value {
    let head = Project {
        settings: project.settings.clone(),
        unknown: Arc::clone(&project.unknown),
        ..Project::default()
    };
    let mut head = snapshot(&head);
    if let Some(members) = head.as_object_mut() {
        let unknown = members.shift_remove("model");
        members.shift_remove("diagrams");
        // What a newer version wrote beside the lists.
        if let Some(unknown) = unknown {
            members.insert("modelBesides".to_owned(), unknown);
        }
    }
    head
}

/// The parts that are new or changed, and the ids of each list whose ids or order changed.
fn model_changes(old: &Model, new: &Model) -> (Model, Map<String, Value>) {
    let (mut changed, mut order) = (Model::new(), Map::new());
    macro_rules! compare {
        ($($list:ident $one:ident $put:ident;)*) => {$(
            for part in new.$list() {
                let before = old.$one(part.id);
                if !before.is_some_and(|before| ptr::eq(before, part) || before == part) {
                    changed.$put(part.clone());
                }
            }
            if old.$list().map(|part| part.id).ne(new.$list().map(|part| part.id)) {
                let ids = new.$list().map(|part| Value::from(part.id.to_string()));
                order.insert(stringify!($list).to_owned(), ids.collect());
            }
        )*};
    }
    compare! {
        namespaces namespace put_namespace;
        enumerations enumeration put_enumeration;
        entities entity put_entity;
        references reference put_reference;
        areas area put_area;
        notes note put_note;
    }
    (changed, order)
}

/// Diagrams change in the file too when something that they show is gone from the model.
fn diagram_changes(
    old: &Project,
    new: &Project,
    changed: &Model,
    has_other_parts: bool,
) -> Map<String, Value> {
    let value = |project: &Project, diagram: &Diagram| {
        serde_json::to_value(diagram_to_file(diagram, project)).unwrap_or_default()
    };
    let may_lose = |diagram: &Diagram| {
        has_other_parts
            || changed.entities().any(|entity| {
                let placement = diagram.placements.get(&NodeId::Entity(entity.id));
                placement.is_some_and(|placement| !placement.folded_fields.is_empty())
            })
    };
    let mut changes = Map::new();
    for (id, diagram) in &new.diagrams {
        let before = old.diagrams.get(id);
        if before.is_some_and(|before| Arc::ptr_eq(before, diagram)) && !may_lose(diagram) {
            continue;
        }
        let after = value(new, diagram);
        let change = match before {
            None => after,
            Some(before) => match diagram_change(value(old, before), after) {
                Some(change) => change,
                None => continue,
            },
        };
        changes.insert(id.to_string(), change);
    }
    changes
}

/// The patch of a diagram; all of it where a patch would not keep the order of its members, and
/// nothing where it stays as it is.
fn diagram_change(before: Value, after: Value) -> Option<Value> {
    let patch = json_patch::diff(&before, &after);
    let mut patched = before;
    let is_patched = json_patch::patch(&mut patched, &patch).is_ok();
    let [patched, wanted] = [&patched, &after].map(ToString::to_string);
    if !is_patched || patched != wanted {
        return Some(after);
    }
    if patch.0.is_empty() { None } else { serde_json::to_value(patch).ok() }
}

/// Why a delta does not fit what it is applied to.
#[derive(Debug, thiserror::Error)]
#[error("the change does not fit the project that it changes")]
pub struct Misfit;

/// Applies a delta to a snapshot.
pub fn apply(snapshot: &mut Value, delta: Value) -> Result<(), Misfit> {
    let file = snapshot.as_object_mut().ok_or(Misfit)?;
    let Value::Object(mut delta) = delta else { return Err(Misfit) };
    if let Some(Value::Object(mut head)) = delta.shift_remove("project") {
        apply_head(file, &mut head);
    }
    let model = file.entry("model").or_insert_with(|| json!({})).as_object_mut().ok_or(Misfit)?;
    for (list, parts) in objects(delta.shift_remove("put")) {
        let Value::Array(parts) = parts else { return Err(Misfit) };
        let mut all = by_id(model.shift_remove(&list));
        all.extend(by_id(Some(Value::Array(parts))));
        model.insert(list, all.into_values().collect());
    }
    for (list, ids) in objects(delta.shift_remove("order")) {
        let all = by_id(model.shift_remove(&list));
        model.insert(list, in_order(all, &ids)?);
    }
    let mut diagrams = by_id(file.shift_remove("diagrams"));
    for (id, change) in objects(delta.shift_remove("diagrams")) {
        match diagrams.get_mut(&id) {
            Some(diagram) if change.is_array() => {
                let patch: json_patch::Patch =
                    serde_json::from_value(change).map_err(|_no_patch| Misfit)?;
                json_patch::patch(diagram, &patch).map_err(|_no_fit| Misfit)?;
            }
            Some(_) | None => drop(diagrams.insert(id, change)),
        }
    }
    let diagrams = match delta.shift_remove("diagramOrder") {
        Some(ids) => in_order(diagrams, &ids)?,
        None => diagrams.into_values().collect(),
    };
    file.insert("diagrams".to_owned(), diagrams);
    Ok(())
}

fn apply_head(file: &mut Map<String, Value>, head: &mut Map<String, Value>) {
    let model = file.shift_remove("model");
    let diagrams = file.shift_remove("diagrams");
    let besides = head.shift_remove("modelBesides");
    file.clear();
    file.append(head);
    let lists = objects(model).filter(|(key, _)| LISTS.contains(&key.as_str()));
    let besides = objects(besides).filter(|(key, _)| !LISTS.contains(&key.as_str()));
    file.insert("model".to_owned(), Value::Object(lists.chain(besides).collect()));
    if let Some(diagrams) = diagrams {
        file.insert("diagrams".to_owned(), diagrams);
    }
}

fn objects(value: Option<Value>) -> impl Iterator<Item = (String, Value)> {
    let members = match value {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    members.into_iter()
}

fn by_id(list: Option<Value>) -> IndexMap<String, Value> {
    let items = match list {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    };
    let id = |item: &Value| item.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    items.into_iter().map(|item| (id(&item), item)).collect()
}

fn in_order(mut all: IndexMap<String, Value>, ids: &Value) -> Result<Value, Misfit> {
    let ids = ids.as_array().ok_or(Misfit)?.iter().filter_map(Value::as_str);
    ids.map(|id| all.swap_remove(id).ok_or(Misfit)).collect()
}
