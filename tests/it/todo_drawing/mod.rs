//! The to-do sample drawn from nothing: by events of pointer and keys against the headless editor,
//! in the real window by keys alone, and in the real window with the pointer. All three end in the
//! sample itself.
//!
//! [`telling`] says what is compared; [`core`] counts what the drawing alone takes, without the notes
//! and rules that the sample has for the sake of its code.

#[cfg(feature = "gui")]
mod core;
mod events;
#[cfg(feature = "gui")]
mod keys;
#[cfg(feature = "gui")]
mod pointer;
mod telling;

use std::fs;

use lunette::document::project::Project;
use lunette::formats::native;

const PRIORITY: &str = "low, medium, high, urgent";
const STATUS: &str = "open, in progress, done, archived";
const USER: [&str; 5] = [
    "username string(30)! unique trim lowercase min 3 max 30 match /^[a-z0-9_]+$/ \
     note \"What others call them\"",
    "email! unique trim lowercase match /^[^@ ]+@[^@ ]+[.][^@ ]+$/ \
     note \"Where we write to; also the name to sign in with\"",
    "password! hidden note \"The hash, never the password itself\"",
    "avatarUrl trim note \"Address of the picture in an object store\"",
    "timestamps",
];
const TODO: [&str; 7] = [
    "title string(120)! trim min 1 max 120",
    "details text trim",
    "status Status! = open",
    "priority Priority! = medium",
    "dueAt datetime note \"When it should be done; empty means some day\"",
    "labels [string(24)] = [] note \"Free words to filter by\"",
    "timestamps",
];
const TODO_CREATED_BY: &str = "createdBy -> User! immutable note \"Whose to-do it is\"";
const SUB_TODOS: &str =
    "subTodos -> [SubTodo] index = [] note \"The steps, in the order one sees them\"";
const SUB_TODO: [&str; 3] =
    ["content string(200)! trim min 1 max 200", "complete boolean! = false", "timestamps"];
const SUB_TODO_CREATED_BY: &str =
    "createdBy -> User! index immutable note \"Who wrote the step down\"";

/// What the sample says beside names and fields: of whom, and what.
const PROJECT_NOTE: &str = "A to-do app: people, their to-dos, and the small steps inside each.";
const ENTITY_NOTES: [(&str, &str); 3] = [
    ("User", "A person who signs in"),
    ("Todo", "Something to be done"),
    ("SubTodo", "One step of a to-do"),
];
const ENUMERATION_NOTES: [(&str, &str); 2] =
    [("Priority", "How much it matters"), ("Status", "How far it is")];
/// The enumeration, the position of the value from one, and its note.
const VALUE_NOTES: [(&str, usize, &str); 5] = [
    ("Priority", 1, "When there is time"),
    ("Priority", 3, "This week"),
    ("Priority", 4, "Drop everything else"),
    ("Status", 1, "Nobody has begun"),
    ("Status", 4, "Kept, but out of sight"),
];
const AREAS: [(&str, &str, &str); 2] =
    [("Tasks", "blue", "What there is to do"), ("People", "teal", "Who does it")];
const INDEX_NOTES: [&str; 2] =
    ["A person's open to-dos, the next one first", "From a step to its to-do"];
const STICKY: [&str; 2] = ["A to-do lists its steps by their ids,", "in the order one sees them."];

fn sample() -> Project {
    let text = fs::read_to_string("sample_models/todo/todo.lunette.json").unwrap();
    native::read(&text, "todo").project
}
