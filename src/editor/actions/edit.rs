//! What is done with the selection.

use crate::base::geom::Vec2;
use crate::document::edit::entities::remove_elements;
use crate::document::edit::fields::{
    duplicate_field, has_own_index, set_in_primary_key, set_own_index, set_required, set_unique,
};
use crate::document::edit::join_tables::{can_unfold, fold_join_table, unfold_join_table};
use crate::document::edit::nesting::{
    embed_reference, extract_embedded, inline_embedded, refer_to_embedded,
};
use crate::document::edit::references::reverse;
use crate::editor::Editor;
use crate::editor::actions::effect::Effect;
use crate::editor::actions::{Action, Menu, Subject, has_cards, has_selection};
use crate::editor::cell::Cell;
use crate::editor::command::Command;
use crate::editor::event::{Key, Modifiers, Shortcut};
use crate::editor::session::{KeyHolder, Popover};
use crate::model::data_type::DataType;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::{ElementId, EntityId, FieldId, ReferenceId};
use crate::model::join_table::sides_of_join_table;

const fn change(id: &'static str, label: &'static str, change: fn(&mut Editor)) -> Action {
    Action::change(Menu::Edit, id, label, change)
}

const fn ask(id: &'static str, label: &'static str, effect: Effect) -> Action {
    Action::ask(Menu::Edit, id, label, effect)
}

const fn ctrl(key: char) -> Shortcut {
    Shortcut::command(Key::Character(key))
}

const THINGS: &[Subject] = &[
    Subject::Entity,
    Subject::Enumeration,
    Subject::Field,
    Subject::Value,
    Subject::Reference,
    Subject::Area,
    Subject::Note,
    Subject::Several,
];
const NAMED: &[Subject] = &[
    Subject::Entity,
    Subject::Enumeration,
    Subject::Field,
    Subject::Value,
    Subject::Reference,
    Subject::Area,
    Subject::Note,
];
const COPYABLE: &[Subject] =
    &[Subject::Entity, Subject::Enumeration, Subject::Note, Subject::Several];
const FIELD: &[Subject] = &[Subject::Field];

/// How far a duplicate stands from what it was made of.
const BESIDE: Vec2 = Vec2::new(32.0, 32.0);

/// The menu of the selection.
pub const ACTIONS: &[Action] = &[
    change("edit.undo", "Undo", |editor| {
        editor.undo();
    })
    .keys(&[ctrl('Z')])
    .icon("arrow-counter-clockwise")
    .when(|editor| {
        editor.document().history().undo_label().is_some() || !editor.session().tool.is_at_rest()
    }),
    change("edit.redo", "Redo", |editor| {
        editor.redo();
    })
    .keys(&[Shortcut::with(Modifiers::COMMAND_SHIFT, Key::Character('Z')), ctrl('Y')])
    .icon("arrow-clockwise")
    .when(|editor| editor.document().history().redo_label().is_some()),
    ask("edit.history", "History", Effect::History)
        .keys(&[Shortcut::with(Modifiers::COMMAND_ALT, Key::Character('H'))])
        .icon("clock-counter-clockwise"),
    change("edit.rename", "Edit", edit_selected)
        .keys(&[Shortcut::plain(Key::Function(2))])
        .icon("pencil-simple")
        .on(NAMED)
        .when(has_selection)
        .group(),
    change("edit.properties", "Edit properties", |editor| {
        editor.commit_cell();
        editor.session_mut().wants_keys = Some(KeyHolder::Properties);
    })
    .keys(&[Shortcut::with(Modifiers::ALT, Key::Enter)])
    .icon("sliders-horizontal")
    .on(THINGS),
    ask("edit.cut", "Cut", Effect::Cut).keys(&[ctrl('X')]).on(COPYABLE).when(has_copyable),
    ask("edit.copy", "Copy", Effect::Copy)
        .keys(&[ctrl('C')])
        .icon("copy")
        .on(COPYABLE)
        .when(has_copyable),
    ask("edit.paste", "Paste", Effect::Paste).keys(&[ctrl('V')]).icon("clipboard").on(&[
        Subject::Canvas,
        Subject::Entity,
        Subject::Enumeration,
    ]),
    change("edit.duplicate", "Duplicate", duplicate)
        .keys(&[ctrl('D')])
        .on(&[
            Subject::Entity,
            Subject::Enumeration,
            Subject::Field,
            Subject::Note,
            Subject::Several,
        ])
        .when(has_selection),
    ask("edit.copy-image", "Copy as image", Effect::CopyImage)
        .keys(&[Shortcut::with(Modifiers::COMMAND_SHIFT, Key::Character('C'))])
        .icon("image")
        .on(&[Subject::Entity, Subject::Several, Subject::Canvas]),
    ask("edit.copy-code", "Copy as code", Effect::CopyCode)
        .keys(&[Shortcut::with(Modifiers::COMMAND_ALT, Key::Character('C'))])
        .icon("code")
        .on(&[Subject::Entity, Subject::Enumeration, Subject::Several, Subject::Canvas]),
    ask("edit.copy-dbml", "Copy as DBML", Effect::CopyDbml).icon("code").on(&[
        Subject::Entity,
        Subject::Enumeration,
        Subject::Several,
        Subject::Canvas,
    ]),
    change("edit.delete", "Delete", delete)
        .keys(&[Shortcut::plain(Key::Delete), Shortcut::plain(Key::Backspace)])
        .icon("trash")
        .on(THINGS)
        .when(has_selection),
    change("edit.select-all", "Select all", select_all).keys(&[ctrl('A')]).on(&[Subject::Canvas]),
    change("field.key", "Primary key", |editor| switch(editor, "primary key", Flag::Key))
        .icon("key")
        .on(FIELD)
        .when(has_field)
        .switch(|editor| is_on(editor, Flag::Key))
        .group(),
    change("field.required", "Required", |editor| switch(editor, "required", Flag::Required))
        .icon("asterisk")
        .on(FIELD)
        .when(has_field)
        .switch(|editor| is_on(editor, Flag::Required)),
    change("field.unique", "Unique", |editor| switch(editor, "unique", Flag::Unique))
        .icon("fingerprint")
        .on(FIELD)
        .when(has_field)
        .switch(|editor| is_on(editor, Flag::Unique)),
    change("field.indexed", "Indexed", |editor| switch(editor, "index", Flag::Indexed))
        .icon("list-magnifying-glass")
        .on(FIELD)
        .when(has_field)
        .switch(|editor| is_on(editor, Flag::Indexed)),
    change("field.extract", "Turn object into a card", extract).on(FIELD).when(has_object).group(),
    change("field.inline", "Turn card into an object", inline).on(FIELD).when(has_embedded),
    change("field.refer", "Turn embedded into referenced", refer)
        .on(FIELD)
        .when(|editor| has_object(editor) || has_embedded(editor)),
    change("field.embed", "Turn referenced into embedded", embed)
        .on(&[Subject::Field, Subject::Reference])
        .when(|editor| selected_reference(editor).is_some()),
    change("reference.edit", "Edit reference", edit_reference)
        .keys(&[Shortcut::with(Modifiers::SHIFT, Key::Character('R'))])
        .on(&[Subject::Reference])
        .when(|editor| selected_reference(editor).is_some())
        .group(),
    change("reference.reverse", "Reverse direction", reverse_reference)
        .icon("arrows-left-right")
        .on(&[Subject::Reference])
        .when(|editor| selected_reference(editor).is_some()),
    change("reference.unfold", "Turn many-to-many into a join table", unfold)
        .on(&[Subject::Reference])
        .when(|editor| {
            selected_reference(editor).is_some_and(|id| can_unfold(&editor.project().model, id))
        }),
    change("entity.fold", "Turn join table into many-to-many", fold)
        .on(&[Subject::Entity])
        .when(|editor| selected_join_table(editor).is_some()),
    change("reference.reset-route", "Reset bends", reset_route)
        .on(&[Subject::Reference])
        .when(has_bends),
];

fn has_copyable(editor: &Editor) -> bool {
    let notes = editor.session().selection.iter().any(|one| matches!(one, ElementId::Note(_)));
    has_cards(editor) || notes
}

fn edit_selected(editor: &mut Editor) {
    if let Some(cell) = editor.session().selection.leader().and_then(Cell::of) {
        editor.open_cell(cell);
    }
}

fn duplicate(editor: &mut Editor) {
    let selected = editor.session().selection.to_vec();
    if let [ElementId::Field(entity, field)] = selected.as_slice() {
        let copy = editor.edit("duplicate field", |project, mint| {
            duplicate_field(project, mint, *entity, *field)
        });
        editor.select(copy.map(|copy| ElementId::Field(*entity, copy)));
    } else {
        editor.duplicate(&selected, BESIDE);
    }
}

fn delete(editor: &mut Editor) {
    let selected = editor.session().selection.to_vec();
    let label = match selected.as_slice() {
        [ElementId::Entity(_)] => "delete entity",
        [ElementId::Enumeration(_)] => "delete enumeration",
        [ElementId::Field(..)] => "delete field",
        [ElementId::Value(..)] => "delete value",
        [ElementId::Reference(_)] => "delete reference",
        [ElementId::Note(_)] => "delete note",
        [ElementId::Area(_)] => "delete area",
        _ => "delete selection",
    };
    let next = editor.element_after(&selected);
    editor.edit(label, |project, _| remove_elements(project, &selected));
    editor.select(next);
}

fn select_all(editor: &mut Editor) {
    let layout = editor.layout();
    let cards = layout.cards.keys().map(|node| ElementId::from(*node));
    let notes = layout.notes.keys().map(|note| ElementId::Note(*note));
    let all: Vec<ElementId> = cards.chain(notes).collect();
    editor.select(all);
}

/// A rule of a field that is on or off.
#[derive(Clone, Copy)]
enum Flag {
    Key,
    Required,
    Unique,
    Indexed,
}

fn selected_fields(editor: &Editor) -> Vec<(EntityId, FieldId)> {
    let fields = editor.session().selection.iter().filter_map(|element| match element {
        ElementId::Field(entity, field) => Some((entity, field)),
        _ => None,
    });
    fields.collect()
}

fn has_field(editor: &Editor) -> bool {
    !selected_fields(editor).is_empty()
}

fn selected_field(editor: &Editor) -> Option<(&Entity, &Field)> {
    let Some(ElementId::Field(entity, field)) = editor.session().selection.single() else {
        return None;
    };
    let entity = editor.project().model.entity(entity)?;
    Some((entity, entity.field(field)?))
}

fn is_on(editor: &Editor, flag: Flag) -> bool {
    let fields = selected_fields(editor);
    !fields.is_empty()
        && fields.iter().all(|(entity, field)| {
            let Some(entity) = editor.project().model.entity(*entity) else { return false };
            let field = entity.field(*field);
            field.is_some_and(|field| match flag {
                Flag::Key => entity.is_in_primary_key(field.id),
                Flag::Required => field.required,
                Flag::Unique => field.unique,
                Flag::Indexed => has_own_index(entity, field.id),
            })
        })
}

fn switch(editor: &mut Editor, label: &str, flag: Flag) {
    let on = !is_on(editor, flag);
    let fields = selected_fields(editor);
    editor.edit(label, |project, mint| {
        for (entity, field) in fields {
            match flag {
                Flag::Key => set_in_primary_key(project, mint, entity, field, on),
                Flag::Required => set_required(project, entity, field, on),
                Flag::Unique => set_unique(project, entity, field, on),
                Flag::Indexed => set_own_index(project, mint, entity, field, on),
            }
        }
    });
}

fn has_object(editor: &Editor) -> bool {
    selected_field(editor).is_some_and(|(_, field)| *field.ty.innermost() == DataType::Object)
}

fn has_embedded(editor: &Editor) -> bool {
    selected_field(editor).is_some_and(|(_, field)| field.ty.embedded().is_some())
}

fn extract(editor: &mut Editor) {
    let Some((entity, field)) = selected_field(editor).map(|(e, f)| (e.id, f.id)) else { return };
    editor.edit("turn object into a card", |project, mint| {
        extract_embedded(project, mint, entity, field)
    });
}

fn inline(editor: &mut Editor) {
    let Some((entity, field)) = selected_field(editor).map(|(e, f)| (e.id, f.id)) else { return };
    editor.edit("turn card into an object", |project, mint| {
        inline_embedded(project, mint, entity, field)
    });
}

fn refer(editor: &mut Editor) {
    let Some((entity, field)) = selected_field(editor).map(|(e, f)| (e.id, f.id)) else { return };
    editor.edit("turn embedded into referenced", |project, mint| {
        refer_to_embedded(project, mint, entity, field)
    });
}

fn embed(editor: &mut Editor) {
    let Some(reference) = selected_reference(editor) else { return };
    editor.edit("turn referenced into embedded", |project, mint| {
        embed_reference(project, mint, reference)
    });
}

/// The reference that is selected, itself or by the field that carries it.
fn selected_reference(editor: &Editor) -> Option<ReferenceId> {
    match editor.session().selection.single()? {
        ElementId::Reference(id) => Some(id),
        ElementId::Field(entity, field) => {
            editor.project().model.references_of_field(entity, field).next().map(|one| one.id)
        }
        _ => None,
    }
}

fn edit_reference(editor: &mut Editor) {
    if let Some(id) = selected_reference(editor) {
        editor.carry_out(Command::Ask(Popover::Reference(id)));
    }
}

fn reverse_reference(editor: &mut Editor) {
    if let Some(id) = selected_reference(editor) {
        editor.edit("reverse reference", |project, _| reverse(project, id));
    }
}

fn selected_join_table(editor: &Editor) -> Option<EntityId> {
    let Some(ElementId::Entity(id)) = editor.session().selection.single() else { return None };
    sides_of_join_table(&editor.project().model, id).map(|_| id)
}

fn fold(editor: &mut Editor) {
    let Some(id) = selected_join_table(editor) else { return };
    let made = editor.edit("turn join table into many-to-many", |project, mint| {
        fold_join_table(project, mint, id)
    });
    editor.select(made.map(ElementId::Reference));
}

fn unfold(editor: &mut Editor) {
    let Some(id) = selected_reference(editor) else { return };
    let made = editor.edit("turn many-to-many into a join table", |project, mint| {
        unfold_join_table(project, mint, id)
    });
    editor.select(made.map(ElementId::Entity));
}

fn has_bends(editor: &Editor) -> bool {
    let id = selected_reference(editor);
    id.is_some_and(|id| editor.diagram().is_some_and(|diagram| diagram.routes.contains_key(&id)))
}

fn reset_route(editor: &mut Editor) {
    let (Some(id), diagram) = (selected_reference(editor), editor.session().diagram) else {
        return;
    };
    editor.edit("reset bends", |project, _| {
        if let Some(diagram) = project.diagram_mut(diagram) {
            diagram.routes.remove(&id);
        }
    });
}
