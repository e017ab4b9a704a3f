//! Blocks of entities, then a line for each reference.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::code::{code, join};
use crate::formats::eraser::text::{Code, CodeWriter, clean, name, rest_of_line, title, type_word};
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::reference_fields::complete_where;
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::id::{ElementId, EntityId, FieldId, ReferenceId};
use crate::model::key::KeyKind;
use crate::model::reference::{End, Reference};

/// The names of blocks and fields, in quotes where they need some.
struct Plan<'a> {
    model: &'a Model,
    blocks: BTreeMap<EntityId, Code>,
    fields: BTreeMap<FieldId, Code>,
    /// References that have lines.
    written: BTreeSet<ReferenceId>,
    /// Fields that are marked `fk`.
    marked: BTreeSet<FieldId>,
}

/// The diagram of a project.
pub(super) fn export(project: &Project) -> Exported {
    let model = with_fields(&project.model);
    let plan = plan(&model);
    let mut code = CodeWriter::new("  ");
    let title = title(&project.settings.name);
    if !title.is_empty() {
        code.line(code!("title ", title));
    }
    for entity in model.entities() {
        write_entity(&plan, entity, &mut code);
    }
    code.blank();
    write_references(&plan, &mut code);
    write_embeddings(&plan, &mut code);
    let mut files = FileSet::default();
    files.add(RelativePath::of(&["model.eraserdiagram"]), code.finish());
    Exported { files, diagnostics: unwritten(&plan) }
}

/// What is said of references that have no line.
fn unwritten(plan: &Plan<'_>) -> Vec<Diagnostic> {
    let lost = plan.model.references().filter(|one| !plan.written.contains(&one.id));
    let told = lost.map(|reference| {
        let ends = [&reference.from, &reference.to];
        let [from, to] = ends.map(|end| plan.model.display_name(end.entity.into()));
        let message = format!("eraser: the reference {from} → {to} is left out");
        let hint = "its line would be taken for that of another: turn it round";
        Diagnostic::warning(message).with_hint(hint)
    });
    told.collect()
}

/// The model with a field for each reference that needs one; two sides with many need none.
fn with_fields(model: &Model) -> Model {
    let mut model = model.clone();
    // What refers by no field leads to the entity.
    let open: Vec<_> =
        model.references().filter(|one| one.from.fields.is_empty()).map(|one| one.id).collect();
    for id in open {
        if let Some(reference) = model.reference_mut(id) {
            reference.to.fields.clear();
        }
    }
    let mut completed = complete_where(&model, |reference| !reference.is_many_to_many()).model;
    // Where no field can say which end refers, the one with several records does.
    let is_turned = |reference: &&Reference| {
        reference.from.fields.is_empty()
            && !reference.from.cardinality.is_many()
            && reference.to.cardinality.is_many()
    };
    let turned: Vec<_> = completed.references().filter(is_turned).map(|one| one.id).collect();
    for id in turned {
        if let Some(reference) = completed.reference_mut(id) {
            std::mem::swap(&mut reference.from, &mut reference.to);
        }
    }
    complete_where(&completed, |reference| !reference.is_many_to_many()).model
}

fn plan(model: &Model) -> Plan<'_> {
    let (written, marked) = marked_fields(model);
    let mut plan =
        Plan { model, blocks: BTreeMap::new(), fields: BTreeMap::new(), written, marked };
    let mut taken = IndexSet::new();
    for entity in model.entities() {
        let shown = clean(&model.display_name(entity.id.into()));
        plan.blocks.insert(entity.id, name(&unique(&mut taken, &shown)));
        let mut of_fields = IndexSet::new();
        name_fields(&mut plan.fields, &entity.fields, "", &mut of_fields);
    }
    plan
}

/// Which references are written, and the fields that are marked for it.
///
/// A line whose right end has several records is written the other way round: the mark of its field
/// says so, unless the field at the other end has one.
fn marked_fields(model: &Model) -> (BTreeSet<ReferenceId>, BTreeSet<FieldId>) {
    let is_turned = |reference: &&Reference| {
        !reference.from.cardinality.is_many() && reference.to.cardinality.is_many()
    };
    let said = model.references().filter(|reference| {
        let holder = model.entity(reference.from.entity);
        let has = |id: &FieldId| holder.is_some_and(|holder| holder.field(*id).is_some());
        reference.from.fields.iter().all(has) && !is_said_by_type(model, reference)
    });
    let (turned, straight): (Vec<_>, Vec<_>) = said.partition(is_turned);
    let mut written: BTreeSet<_> = straight.iter().map(|reference| reference.id).collect();
    let of_straight = straight.iter().flat_map(|reference| &reference.from.fields);
    let mut marked: BTreeSet<FieldId> = of_straight.copied().collect();
    let mut bare: BTreeSet<FieldId> = BTreeSet::new();
    for reference in turned {
        let own = &reference.from.fields;
        let mut other = model.referenced_fields(reference);
        if other.len() > 1 && other.len() != own.len() {
            // Such a line leads to the entity.
            other.clear();
        }
        let has_bare = other.iter().any(|id| bare.contains(id));
        if other.iter().any(|id| marked.contains(id)) {
            if !has_bare {
                written.insert(reference.id);
                marked.extend(other);
            }
        } else if !own.iter().any(|id| bare.contains(id)) {
            written.insert(reference.id);
            marked.extend(own);
            bare.extend(other);
        } else if !other.is_empty() && !has_bare {
            written.insert(reference.id);
            marked.extend(other);
        }
    }
    (written, marked)
}

/// Whether a line for it would say no more than the type of its field.
fn is_said_by_type(model: &Model, reference: &Reference) -> bool {
    let [only] = reference.from.fields.as_slice() else { return false };
    let holder = model.entity(reference.from.entity);
    let field = holder.and_then(|holder| holder.field(*only));
    let is_one_to_one = [&reference.from, &reference.to].iter().all(|e| !e.cardinality.is_many());
    is_one_to_one
        && model.referenced_fields(reference).is_empty()
        && field.is_some_and(|field| field.ty.embedded() == Some(reference.to.entity))
}

fn name_fields(
    names: &mut BTreeMap<FieldId, Code>,
    fields: &[Field],
    path: &str,
    taken: &mut IndexSet<String>,
) {
    for field in fields {
        let path = unique(taken, &format!("{path}{}", clean(&field.name)));
        names.insert(field.id, name(&path));
        name_fields(names, &field.fields, &format!("{path}."), taken);
    }
}

/// The name, or the first with a number behind it that is free.
fn unique(taken: &mut IndexSet<String>, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    let mut n = 2;
    while !taken.insert(name.clone()) {
        name = format!("{wanted}_{n}");
        n += 1;
    }
    name
}

fn write_entity(plan: &Plan<'_>, entity: &Entity, code: &mut CodeWriter) {
    let Some(block) = plan.blocks.get(&entity.id) else { return };
    code.blank();
    code.from_element(ElementId::Entity(entity.id), |code| {
        let note = rest_of_line(&entity.note);
        if !note.is_empty() {
            code.line(code!("// ", note));
        }
        code.block(code!(block, " {"), "}", |code| {
            write_fields(plan, entity, &entity.fields, code);
            for moment in timestamps(entity) {
                if entity.field_named(moment).is_none() {
                    code.line(code!(moment, " datetime not null"));
                }
            }
        });
    });
}

fn write_fields(plan: &Plan<'_>, entity: &Entity, fields: &[Field], code: &mut CodeWriter) {
    for field in fields {
        let Some(name) = plan.fields.get(&field.id) else { continue };
        let ty = type_word(&field.ty, &|ty| plan.blocks.get(&ty.embedded()?).cloned());
        let mut line = code!(name, " ", ty);
        for badge in badges(plan, entity, field) {
            line.push(" ");
            line.push(badge);
        }
        let remark = remark(plan.model, field);
        if !remark.is_empty() {
            line.push(" // ");
            line.push(remark);
        }
        code.from_element(ElementId::Field(entity.id, field.id), |code| {
            code.line(line);
            write_fields(plan, entity, &field.fields, code);
        });
    }
}

fn badges(plan: &Plan<'_>, entity: &Entity, field: &Field) -> Vec<&'static str> {
    let is_key = entity.is_in_primary_key(field.id);
    let is_alternate =
        entity.keys.iter().any(|key| key.kind == KeyKind::Alternate && key.fields == [field.id]);
    let badges = [
        ("pk", is_key),
        ("fk", plan.marked.contains(&field.id)),
        ("unique", field.unique || is_alternate),
        ("not null", field.required && !is_key),
        ("auto_increment", field.auto_increment),
    ];
    badges.into_iter().filter(|(_, is_set)| *is_set).map(|(badge, _)| badge).collect()
}

/// The note of a field and the values of its enumeration.
fn remark(model: &Model, field: &Field) -> Code {
    let mut parts = vec![rest_of_line(&field.note)];
    if let Some(enumeration) = field.ty.enumeration().and_then(|id| model.enumeration(id)) {
        let values: Vec<_> = enumeration.values.iter().map(|value| value.name.as_str()).collect();
        parts.push(rest_of_line(&values.join(" | ")));
    }
    parts.retain(|part| !part.is_empty());
    join(parts, "; ")
}

fn timestamps(entity: &Entity) -> Vec<&'static str> {
    if !entity.timestamps {
        return Vec::new();
    }
    match entity.kind {
        EntityKind::Collection | EntityKind::Embedded => vec!["createdAt", "updatedAt"],
        EntityKind::Table | EntityKind::View => vec!["created_at", "updated_at"],
    }
}

fn write_references(plan: &Plan<'_>, code: &mut CodeWriter) {
    for reference in plan.model.references().filter(|one| plan.written.contains(&one.id)) {
        let referenced = plan.model.referenced_fields(reference);
        let is_view = |end: &End| {
            plan.model.entity(end.entity).is_some_and(|entity| entity.kind == EntityKind::View)
        };
        if reference.from.fields.is_empty() && is_view(&reference.from) {
            continue;
        }
        let end = |end: &End, field: Option<&FieldId>| {
            let block = plan.blocks.get(&end.entity)?;
            let field = field.and_then(|id| plan.fields.get(id));
            Some(field.map_or_else(|| block.clone(), |field| code!(block, ".", field)))
        };
        let is_many = [&reference.from, &reference.to].map(|end| end.cardinality.is_many());
        let fields = &reference.from.fields;
        let n_lines = fields.len().max(1);
        code.from_element(ElementId::Reference(reference.id), |code| {
            for at in 0..n_lines {
                // Without fields it joins two entities, whatever their keys are.
                let other = match referenced.as_slice() {
                    _ if fields.is_empty() => None,
                    [only] => Some(only),
                    several if several.len() == fields.len() => several.get(at),
                    _ => None,
                };
                let ends = [end(&reference.from, fields.get(at)), end(&reference.to, other)];
                let [Some(from), Some(to)] = ends else { continue };
                code.line(match is_many {
                    [true, false] => code!(from, " > ", to),
                    [true, true] => code!(from, " <> ", to),
                    [false, false] => code!(from, " - ", to),
                    [false, true] => code!(to, " > ", from),
                });
            }
        });
    }
}

/// A line for each field that holds documents whose block its type names.
fn write_embeddings(plan: &Plan<'_>, code: &mut CodeWriter) {
    for entity in plan.model.entities() {
        for field in entity.all_fields() {
            let block = field.ty.embedded().and_then(|id| plan.blocks.get(&id));
            let block = block.filter(|block| !block.as_str().starts_with('"'));
            let owner = plan.blocks.get(&entity.id);
            let name = plan.fields.get(&field.id);
            let (Some(block), Some(owner), Some(name)) = (block, owner, name) else { continue };
            let has_map = matches!(field.ty, DataType::Map(_));
            if has_map {
                continue;
            }
            let operator = if field.ty.is_array() { "<" } else { "-" };
            code.from_element(ElementId::Field(entity.id, field.id), |code| {
                code.line(code!(owner, ".", name, " ", operator, " ", block));
            });
        }
    }
}
