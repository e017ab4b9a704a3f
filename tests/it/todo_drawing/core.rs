//! What the drawing takes that the to-do app needs to be one: three entities, two enumerations, and
//! who refers to whom. It has to be done in two minutes, and the bounds only ever go down.

use eframe::egui::{Key, Modifiers, pos2, vec2};
use lunette::document::project::Project;
use lunette::model::spelling::type_name;

use crate::hand::Hand;
use crate::todo_drawing::pointer::{NOWHERE, join};
use crate::todo_drawing::sample;

const USER: [&str; 5] =
    ["username! unique", "email! unique", "password!", "avatarUrl", "timestamps"];
const TODO: [&str; 7] = [
    "title!",
    "details text",
    "status! enum(open, in progress, done, archived) = open",
    "priority! enum(low, medium, high, urgent) = medium",
    "dueAt datetime",
    "labels [string]",
    "timestamps",
];
const SUB_TODO: [&str; 3] = ["content!", "complete! boolean = false", "timestamps"];

/// What stands on the cards, without the bounds of texts, and what the lines between them join.
fn drawn(project: &Project) -> Vec<String> {
    let model = &project.model;
    let mut lines = Vec::new();
    for one in model.enumerations() {
        let values: Vec<&str> = one.values.iter().map(|value| value.name.as_str()).collect();
        lines.push(format!("{} {}", one.name, values.join(", ")));
    }
    for entity in model.entities() {
        for field in &entity.fields {
            let ty = type_name(model, &field.ty);
            let ty = ty.split('(').next().unwrap().trim_end_matches(']');
            let rules = (field.required, field.unique);
            lines.push(format!("{}.{} {ty} {rules:?}", entity.name, field.name));
        }
        lines.push(format!("{} {}", entity.name, entity.timestamps));
    }
    for reference in model.references() {
        let from = model.entity(reference.from.entity).unwrap();
        let field = from.field(reference.from.fields[0]).unwrap();
        let to = &model.entity(reference.to.entity).unwrap().name;
        let many = reference.to.cardinality.is_many();
        lines.push(format!("{}.{} -> {to} {many}", from.name, field.name));
    }
    lines.sort();
    lines
}

#[test]
fn the_drawing_takes_less_than_two_minutes_by_keys() {
    let mut hand = Hand::new();
    hand.key(Modifiers::COMMAND, Key::N);
    hand.key(Modifiers::SHIFT, Key::E);
    hand.type_lines(&[&["User"], &USER[..], &[""]].concat());
    hand.key(Modifiers::SHIFT, Key::E);
    let refers = ["createdBy! -> User", "subTodos -> [SubTodo]", ""];
    hand.type_lines(&[&["Todo"], &TODO[..], &refers].concat());
    hand.key(Modifiers::COMMAND, Key::P);
    hand.type_text("sub");
    hand.press(Key::Enter);
    hand.key(Modifiers::COMMAND, Key::Enter);
    hand.type_lines(&[&SUB_TODO[..], &["createdBy! -> User", ""]].concat());
    assert_eq!(drawn(hand.editor().project()), drawn(&sample()));
    let effort = hand.effort;
    assert!(effort.keys <= 380 && effort.seconds() < 80.0, "{effort:?} {}", effort.seconds());
}

#[test]
fn the_drawing_takes_less_than_two_minutes_with_the_pointer() {
    let mut hand = Hand::sized(vec2(1600.0, 1200.0));
    hand.click("New project");
    for (name, lines, at) in [
        ("User", &USER[..], pos2(270.0, 120.0)),
        ("Todo", &TODO, pos2(660.0, 120.0)),
        ("SubTodo", &SUB_TODO, pos2(660.0, 640.0)),
    ] {
        hand.double_click(at);
        hand.type_lines(&[&[name], lines, &[""]].concat());
    }
    for (from, to, made, line) in [
        ("Todo", "User", "user", "createdBy! -> User"),
        ("Todo", "SubTodo", "subTodo", "subTodos [SubTodo]"),
        ("SubTodo", "User", "user", "createdBy! -> User"),
    ] {
        retype(&mut hand, from, to, made, line);
    }
    assert_eq!(drawn(hand.editor().project()), drawn(&sample()));
    let effort = hand.effort;
    assert!(effort.seconds() < 110.0, "{effort:?} {}", effort.seconds());
}

/// Drags a reference and types over the field that it made.
fn retype(hand: &mut Hand<'_>, from: &str, to: &str, made: &str, line: &str) {
    join(hand, from, to);
    hand.click_at(NOWHERE);
    hand.double_click(hand.center_of(&format!("{from}.{made}")));
    hand.triple_click(hand.center_of("Field"));
    hand.type_text(line);
    hand.click_at(NOWHERE);
}
