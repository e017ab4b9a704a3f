//! In the real window with the pointer: what is typed is text, line breaks included, and no shortcut,
//! arrow, Tab or Escape is pressed.

use eframe::egui::{Key, Pos2, pos2, vec2};

use crate::hand::Hand;
use crate::todo_drawing::telling::{Places, told};
use crate::todo_drawing::{
    AREAS, ENTITY_NOTES, ENUMERATION_NOTES, INDEX_NOTES, PRIORITY, PROJECT_NOTE, STATUS, STICKY,
    SUB_TODO, SUB_TODO_CREATED_BY, SUB_TODOS, TODO, TODO_CREATED_BY, USER, VALUE_NOTES, sample,
};

/// A place of the canvas where nothing stands.
pub(super) const NOWHERE: Pos2 = pos2(950.0, 1100.0);

/// Fills in the nth property of that name.
fn fill(hand: &mut Hand<'_>, label: &str, nth: usize, text: &str) {
    hand.click_nth(label, nth);
    hand.type_text(text);
}

fn choose(hand: &mut Hand<'_>, property: &str, choice: &str) {
    hand.click(property);
    hand.click(choice);
}

fn draw(hand: &mut Hand<'_>) {
    for (name, values, at) in
        [("Priority", PRIORITY, pos2(1040.0, 400.0)), ("Status", STATUS, pos2(1040.0, 120.0))]
    {
        hand.click("Enumeration (U)");
        hand.click_at(at);
        hand.type_lines(&[name, values, ""]);
    }
    for (name, lines, at) in [
        ("User", &USER[..], pos2(270.0, 120.0)),
        ("Todo", &TODO, pos2(660.0, 120.0)),
        ("SubTodo", &SUB_TODO, pos2(660.0, 640.0)),
    ] {
        hand.click_at(NOWHERE);
        hand.double_click(at);
        hand.type_lines(&[&[name], lines, &[""]].concat());
    }
    for (from, to, made, line) in [
        ("Todo", "User", "user", TODO_CREATED_BY),
        ("Todo", "SubTodo", "subTodo", SUB_TODOS),
        ("SubTodo", "User", "user", SUB_TODO_CREATED_BY),
    ] {
        join(hand, from, to);
        hand.click_at(NOWHERE);
        hand.double_click(hand.center_of(&format!("{from}.{made}")));
        hand.triple_click(hand.center_of("Field"));
        hand.type_lines(&[line]);
    }
}

/// Drags a reference from the dot of one header to the other header.
pub(super) fn join(hand: &mut Hand<'_>, from: &str, to: &str) {
    hand.click_at(NOWHERE);
    let header = hand.rect_of(&format!("Entity {from}"), 0);
    let to = hand.center_of(&format!("Entity {to}"));
    let dot = if to.x < header.left() { header.left_center() } else { header.right_center() };
    let out = if to.x < header.left() { vec2(-3.0, 0.0) } else { vec2(3.0, 0.0) };
    hand.drag(dot + out, to);
}

fn describe(hand: &mut Hand<'_>) {
    for (name, note) in ENTITY_NOTES {
        hand.click(&format!("Entity {name}"));
        fill(hand, "Note", 0, note);
    }
    for (name, note) in ENUMERATION_NOTES {
        hand.click(&format!("Enumeration {name}"));
        fill(hand, "Note", 0, note);
        for (_, position, note) in VALUE_NOTES.into_iter().filter(|(of, _, _)| *of == name) {
            fill(hand, &format!("Note of value {position}"), 0, note);
        }
    }
    for (field, to, role) in [("createdBy", "User", "todos"), ("subTodos", "SubTodo", "todo")] {
        hand.click(&format!("Todo.{field}"));
        hand.click(&format!("Refers to {to}"));
        if role == "todo" {
            choose(hand, "Cardinality: Zero or more", "Exactly one");
        }
        fill(hand, "Role", 0, role);
    }
    index(hand);
    sticky(hand);
    areas(hand);
    hand.click_at(NOWHERE);
    hand.double_click(hand.center_of("Project name"));
    hand.type_text("Todo");
    fill(hand, "Project note", 0, PROJECT_NOTE);
}

/// The index over several fields, and what both are for.
fn index(hand: &mut Hand<'_>) {
    hand.click("Entity Todo");
    hand.click("Add index");
    // The key is over the same field, and comes first.
    hand.click_nth("Take out _id", 1);
    for field in ["createdBy", "status", "dueAt"] {
        hand.click_nth("Put in a field", 2);
        hand.click(field);
    }
    fill(hand, "Note", 1, INDEX_NOTES[1]);
    fill(hand, "Note", 2, INDEX_NOTES[0]);
}

fn sticky(hand: &mut Hand<'_>) {
    hand.click("Note (N)");
    hand.click_at(pos2(270.0, 760.0));
    hand.type_text(STICKY[0]);
    hand.press(Key::Enter);
    hand.type_text(STICKY[1]);
    hand.click_at(NOWHERE);
    hand.click_at(pos2(280.0, 790.0));
    choose(hand, "About: Nothing in particular", "Todo");
}

fn areas(hand: &mut Hand<'_>) {
    // From the right it takes what it touches: the tasks, but not the people.
    hand.drag(pos2(1230.0, 1120.0), pos2(650.0, 70.0));
    choose(hand, "Insert", "Area from selection");
    describe_area(hand, 0);
    hand.click("Entity User");
    choose(hand, "Insert", "Area from selection");
    describe_area(hand, 1);
}

fn describe_area(hand: &mut Hand<'_>, at: usize) {
    hand.type_lines(&[AREAS[at].0]);
    hand.click(AREAS[at].1);
    fill(hand, "Note", 0, AREAS[at].2);
}

#[test]
fn with_the_pointer_it_ends_in_the_sample() {
    let mut hand = Hand::sized(vec2(1600.0, 1200.0));
    hand.click("New project");
    draw(&mut hand);
    describe(&mut hand);
    let project = hand.editor().project();
    assert_eq!(told(project, Places::Untold), told(&sample(), Places::Untold));
}
