//! By pointer and key events against the headless editor. What only panels can say (notes of whole
//! elements, roles, colors, an index over several fields) is asked of the document as panels do.

use lunette::document::edit::references::{EndSide, set_cardinality};
use lunette::document::project::Project;
use lunette::model::id::{FieldId, IdMint, ReferenceId};
use lunette::model::index::{Index, IndexPart};
use lunette::model::reference::Cardinality;
use lunette::model::{Model, area::ColorToken};

use crate::todo_drawing::telling::{Places, told};
use crate::todo_drawing::{
    AREAS, ENTITY_NOTES, ENUMERATION_NOTES, INDEX_NOTES, PRIORITY, PROJECT_NOTE, STATUS, STICKY,
    SUB_TODO, SUB_TODO_CREATED_BY, SUB_TODOS, TODO, TODO_CREATED_BY, USER, VALUE_NOTES, sample,
};
use crate::tools::Player;

/// Each line of a card, then an empty one to end the typing.
fn type_lines(player: &mut Player, lines: &[&str]) {
    for line in lines {
        player.play_step(&format!("type {line}"));
        player.play("key Enter");
    }
    player.play("key Enter");
}

/// Draws everything that can be drawn: cards, fields, lines, areas and the note, each in its place.
fn draw(player: &mut Player) {
    player.play("key U · click 856,184 · type Priority · key Enter");
    type_lines(player, &[PRIORITY]);
    player.play("key U · click 856,16 · type Status · key Enter");
    type_lines(player, &[STATUS]);
    for (name, at, lines) in
        [("User", "32,16", &USER[..]), ("Todo", "456,16", &TODO), ("SubTodo", "456,352", &SUB_TODO)]
    {
        player.play(&format!("double {at} · type {name} · key Enter"));
        type_lines(player, lines);
    }
    for (from, to, drawn, line) in [
        ("Todo@left", "User", "Todo.user", TODO_CREATED_BY),
        ("Todo@right", "SubTodo", "Todo.subTodo", SUB_TODOS),
        ("SubTodo@left", "User", "SubTodo.user", SUB_TODO_CREATED_BY),
    ] {
        player.play(&format!("drag {from} to {to} · key Esc · key Esc · double {drawn}"));
        player.play_step(&format!("type {line}"));
        player.play("key Enter · key Esc");
    }
    player.play("click Todo · key Shift+N");
    player.play_step(&format!("type {}", STICKY.join("\n")));
    player.play("key Esc · drag note to 100,312 · down note@corner · move 248,328 · up · key Esc");
    // From the right it takes what it touches: the tasks, but not the people.
    player.play("drag 1190,790 to 420,10 · key Ctrl+G · type Tasks · key Enter");
    player.play("key Esc · click User · key Ctrl+G · type People · key Enter");
}

fn reference_by(model: &Model, entity: &str, field: &str) -> ReferenceId {
    let field = field_of(model, entity, field);
    model.references_from_field(field).next().unwrap().id
}

fn field_of(model: &Model, entity: &str, field: &str) -> FieldId {
    model.entity_named(entity).unwrap().field_named(field).unwrap().id
}

/// What the inspector asks for.
fn describe(project: &mut Project, mint: &mut IdMint) {
    PROJECT_NOTE.clone_into(&mut project.settings.note);
    let model = &mut project.model;
    for (name, note) in ENTITY_NOTES {
        let id = model.entity_named(name).unwrap().id;
        note.clone_into(&mut model.entity_mut(id).unwrap().note);
    }
    for (name, note) in ENUMERATION_NOTES {
        let id = model.enumeration_named(name).unwrap().id;
        note.clone_into(&mut model.enumeration_mut(id).unwrap().note);
    }
    for (name, position, note) in VALUE_NOTES {
        let id = model.enumeration_named(name).unwrap().id;
        note.clone_into(&mut model.enumeration_mut(id).unwrap().values[position - 1].note);
    }
    for (name, color, note) in AREAS {
        let id = model.areas().find(|area| area.name == name).unwrap().id;
        let area = model.area_mut(id).unwrap();
        area.color = ColorToken::from_name(color).unwrap();
        note.clone_into(&mut area.note);
    }
    for (field, role) in [("createdBy", "todos"), ("subTodos", "todo")] {
        let id = reference_by(model, "Todo", field);
        model.reference_mut(id).unwrap().from.role = Some(role.to_owned());
    }
    let parts = ["createdBy", "status", "dueAt"].map(|name| field_of(model, "Todo", name));
    let todo = model.entity_named("Todo").unwrap().id;
    let todo = model.entity_mut(todo).unwrap();
    INDEX_NOTES[1].clone_into(&mut todo.indexes[0].note);
    let mut index = Index::over(mint.mint(), None);
    index.parts = parts.map(IndexPart::ascending).to_vec();
    INDEX_NOTES[0].clone_into(&mut index.note);
    todo.indexes.push(index);
    let steps = reference_by(&project.model, "Todo", "subTodos");
    set_cardinality(project, steps, EndSide::From, Cardinality::ExactlyOne);
}

#[test]
fn by_events_it_ends_in_the_sample_with_every_card_in_its_place() {
    let mut player = Player::new(Project::new("Todo", &mut IdMint::from_seed(9)));
    draw(&mut player);
    player.editor.edit("describe", describe);
    let project = player.editor.project();
    assert_eq!(told(project, Places::Told), told(&sample(), Places::Told));
    let steps = player.editor.document().history().past_labels().len();
    for _ in 0..steps {
        player.editor.undo();
    }
    assert!(player.editor.project().model.is_empty(), "undone to nothing");
}
