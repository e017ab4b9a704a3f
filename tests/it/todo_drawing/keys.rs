//! In the real window by keys alone: no event of a pointer is sent.

use eframe::egui::{Key, Modifiers};

use crate::hand::Hand;
use crate::todo_drawing::telling::{Places, told};
use crate::todo_drawing::{
    AREAS, ENTITY_NOTES, ENUMERATION_NOTES, INDEX_NOTES, PRIORITY, PROJECT_NOTE, STATUS, STICKY,
    SUB_TODO, SUB_TODO_CREATED_BY, SUB_TODOS, TODO, TODO_CREATED_BY, USER, VALUE_NOTES, sample,
};

/// Goes to something by its name.
fn find(hand: &mut Hand<'_>, name: &str) {
    hand.key(Modifiers::COMMAND, Key::P);
    hand.type_text(name);
    hand.press(Key::Enter);
}

/// Goes to the properties of what is selected.
fn properties(hand: &mut Hand<'_>) {
    hand.key(Modifiers::ALT, Key::Enter);
}

/// Fills in the nth property of that name.
fn fill(hand: &mut Hand<'_>, label: &str, nth: usize, text: &str) {
    hand.tab_to(label, nth);
    hand.type_text(text);
}

fn draw(hand: &mut Hand<'_>) {
    for (name, values) in [("Priority", PRIORITY), ("Status", STATUS)] {
        hand.key(Modifiers::SHIFT, Key::U);
        hand.type_lines(&[name, values, ""]);
    }
    hand.key(Modifiers::SHIFT, Key::E);
    hand.type_lines(&[&["User"], &USER[..], &[""]].concat());
    hand.key(Modifiers::SHIFT, Key::E);
    hand.type_lines(&[&["Todo"], &TODO[..], &[TODO_CREATED_BY, SUB_TODOS, ""]].concat());
    find(hand, "SubTodo");
    hand.key(Modifiers::COMMAND, Key::Enter);
    hand.type_lines(&[&SUB_TODO[..], &[SUB_TODO_CREATED_BY, ""]].concat());
    find(hand, "Todo");
    hand.key(Modifiers::SHIFT, Key::N);
    hand.type_text(STICKY[0]);
    hand.press(Key::Enter);
    hand.type_text(STICKY[1]);
    hand.press(Key::Escape);
    // Everything is a task, but for the people.
    hand.key(Modifiers::COMMAND, Key::A);
    hand.key(Modifiers::COMMAND, Key::G);
    hand.type_lines(&[AREAS[0].0]);
    describe_area(hand, 0);
    find(hand, "User");
    hand.key(Modifiers::COMMAND, Key::G);
    hand.type_lines(&[AREAS[1].0]);
    describe_area(hand, 1);
}

fn describe_area(hand: &mut Hand<'_>, at: usize) {
    properties(hand);
    hand.tab_to(AREAS[at].1, 0);
    hand.press(Key::Enter);
    fill(hand, "Note", 0, AREAS[at].2);
    hand.press(Key::Escape);
}

fn describe(hand: &mut Hand<'_>) {
    for (name, note) in ENTITY_NOTES.into_iter().chain(ENUMERATION_NOTES) {
        find(hand, name);
        properties(hand);
        fill(hand, "Note", 0, note);
        for (_, position, note) in VALUE_NOTES.into_iter().filter(|(of, _, _)| *of == name) {
            fill(hand, &format!("Note of value {position}"), 0, note);
        }
        hand.press(Key::Escape);
    }
    for (field, role) in [("Todo.createdBy", "todos"), ("Todo.subTodos", "todo")] {
        find(hand, field);
        hand.key(Modifiers::SHIFT, Key::R);
        if role == "todo" {
            hand.tab_to("From: Exactly one Todo", 0);
            hand.press(Key::Enter);
        }
        hand.press(Key::Escape);
        properties(hand);
        fill(hand, "Role", 0, role);
        hand.press(Key::Escape);
    }
    index(hand);
    hand.press(Key::Escape);
    hand.press(Key::Escape);
    properties(hand);
    hand.tab_to("Project name", 0);
    hand.replace_text("Todo");
    fill(hand, "Project note", 0, PROJECT_NOTE);
    hand.press(Key::Escape);
}

/// The index over several fields, and what both are for.
fn index(hand: &mut Hand<'_>) {
    find(hand, "Todo");
    properties(hand);
    hand.tab_to("Add index", 0);
    hand.press(Key::Enter);
    // The key is over the same field, and comes first.
    hand.back_to("Take out _id", 1);
    hand.press(Key::Enter);
    for field in ["createdBy", "status", "dueAt"] {
        hand.tab_to("Put in a field", 2);
        hand.press(Key::Enter);
        hand.tab_to(field, 0);
        hand.press(Key::Enter);
    }
    fill(hand, "Note", 2, INDEX_NOTES[0]);
    hand.back_to("Note", 1);
    hand.type_text(INDEX_NOTES[1]);
    hand.press(Key::Escape);
}

#[test]
fn by_keys_alone_it_ends_in_the_sample() {
    let mut hand = Hand::new();
    hand.key(Modifiers::COMMAND, Key::N);
    draw(&mut hand);
    describe(&mut hand);
    let project = hand.editor().project();
    assert_eq!(told(project, Places::Untold), told(&sample(), Places::Untold));
    assert_eq!((hand.effort.clicks, hand.effort.drags), (0, 0));
}
