//! The real window, driven through the accessibility tree and by raw events, without a display.

use std::fs;
use std::time::{Duration, Instant};

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use lunette::model::id::ElementId;
use lunette::model::reference::Cardinality;

use eframe::egui::{Event, Key, Modifiers, Role, Vec2, pos2, vec2};
use tempfile::TempDir;

use crate::hand::Hand;

/// An entity by keys alone: its name, then a line per field.
fn type_entity(hand: &mut Hand<'_>, name: &str, fields: &[&str]) {
    hand.key(Modifiers::SHIFT, Key::E);
    hand.type_lines(&[&[name], fields, &[""]].concat());
}

fn field_names(hand: &Hand<'_>, entity: &str) -> Vec<String> {
    let entity = hand.editor().project().model.entity_named(entity).unwrap();
    entity.fields.iter().map(|field| field.name.clone()).collect()
}

#[test]
fn a_sample_opens_with_cards_rows_and_lines_by_name() {
    let hand = Hand::with_sample("Shop");
    for label in ["Entity User", "Enumeration OrderStatus", "User.email", "Order to User"] {
        assert!(hand.has(label), "{label}");
    }
    let card = hand.harness.get_by_label("Entity Order");
    assert_eq!(card.accesskit_node().description().as_deref(), Some("10 rows"));
    assert!(!hand.editor().is_modified());
}

#[test]
fn an_entity_is_drawn_by_keys_alone_and_undone() {
    let mut hand = Hand::new();
    hand.ask("New project");
    type_entity(&mut hand, "User", &["email string unique required", "role enum(user, admin)"]);
    assert_eq!(field_names(&hand, "User"), ["_id", "email", "role"]);
    let model = &hand.editor().project().model;
    let email = model.entity_named("User").unwrap().field_named("email").unwrap();
    assert!(email.unique && email.required);
    assert_eq!(model.enumerations().next().unwrap().values.len(), 2);
    assert!(hand.has("Entity User") && hand.has("User.role"));
    for _ in 0..20 {
        hand.key(Modifiers::COMMAND, Key::Z);
    }
    assert!(hand.editor().project().model.is_empty());
    for _ in 0..20 {
        hand.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    }
    assert_eq!(field_names(&hand, "User"), ["_id", "email", "role"]);
}

#[test]
fn no_letter_is_lost_when_all_of_it_is_typed_within_one_frame() {
    let mut hand = Hand::new();
    hand.ask("New project");
    let pressed = |key: Key, modifiers: Modifiers| {
        [true, false].map(|pressed| {
            let (physical_key, repeat) = (None, false);
            Event::Key { key, physical_key, pressed, repeat, modifiers }
        })
    };
    let mut events = pressed(Key::E, Modifiers::SHIFT).to_vec();
    events.push(Event::Text("E".to_owned()));
    for line in ["Vendor", "name string", "rating int"] {
        events.extend(line.chars().map(|letter| Event::Text(letter.to_string())));
        events.extend(pressed(Key::Enter, Modifiers::NONE));
    }
    events.extend(pressed(Key::Escape, Modifiers::NONE));
    hand.harness.input_mut().events.extend(events);
    hand.frames(12);
    assert_eq!(field_names(&hand, "Vendor"), ["_id", "name", "rating"]);
}

#[test]
fn a_path_is_typed_at_once_where_the_system_has_no_dialog() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("typed.lunette.json");
    let mut hand = Hand::without_dialogs();
    hand.ask("New project");
    type_entity(&mut hand, "User", &["name string"]);
    hand.key(Modifiers::COMMAND, Key::S);
    hand.wait_for("Path");
    hand.type_lines(&[path.to_str().unwrap()]);
    assert!(!hand.has("Path"), "Enter ends it");
    let start = Instant::now();
    while !path.exists() && start.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(5));
        hand.frames(1);
    }
    assert!(fs::read_to_string(&path).unwrap().contains("User"));
}

#[test]
fn a_typed_path_replaces_nothing_unasked() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("there.lunette.json");
    fs::write(&path, "what is there").unwrap();
    let mut hand = Hand::without_dialogs();
    hand.ask("New project");
    for answer in ["Cancel", "Replace"] {
        hand.key(Modifiers::COMMAND, Key::S);
        hand.wait_for("Path");
        // The ending is added to what is typed.
        hand.type_lines(&[folder.path().join("there").to_str().unwrap()]);
        assert!(hand.has("Replace there.lunette.json?"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "what is there");
        hand.ask(answer);
    }
    hand.until(|hand| !hand.editor().is_modified() && fs::metadata(&path).unwrap().len() > 20);
}

#[test]
fn a_double_click_draws_an_entity_and_a_drag_moves_it() {
    let mut hand = Hand::new();
    hand.ask("New project");
    hand.double_click(pos2(600.0, 400.0));
    hand.type_text("Todo");
    hand.press(Key::Escape);
    let model = &hand.editor().project().model;
    assert_eq!(model.entities().len(), 1, "{model:?}");
    let before = hand.editor().layout().bounds.origin();
    let entity = hand.editor().project().model.entities().next().unwrap().name.clone();
    let from = hand.center_of(&format!("Entity {entity}"));
    hand.drag(from, from + vec2(160.0, 80.0));
    let zoom = hand.editor().session().viewport().zoom();
    let moved = hand.editor().layout().bounds.origin() - before;
    let wanted = Vec2::new(160.0, 80.0) / zoom as f32;
    assert!((moved.x as f32 - wanted.x).abs() < 9.0, "{moved:?}");
    assert!((moved.y as f32 - wanted.y).abs() < 9.0, "{moved:?}");
    hand.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(hand.editor().layout().bounds.origin(), before);
}

#[test]
fn escape_in_a_drag_puts_everything_back() {
    let mut hand = Hand::with_sample("To-do");
    let before = hand.editor().project().clone();
    let from = hand.center_of("Entity User");
    hand.move_to(from);
    hand.button(from, true);
    hand.move_to(from + vec2(50.0, 50.0));
    hand.move_to(from + vec2(90.0, 70.0));
    assert_ne!(*hand.editor().project(), before);
    hand.press(Key::Escape);
    assert_eq!(*hand.editor().project(), before);
    hand.button(from + vec2(90.0, 70.0), false);
    assert_eq!(*hand.editor().project(), before);
}

#[test]
fn a_reference_is_drawn_from_card_to_card() {
    let mut hand = Hand::new();
    hand.ask("New project");
    type_entity(&mut hand, "User", &["name string"]);
    type_entity(&mut hand, "Todo", &["title string"]);
    hand.key(Modifiers::SHIFT, Key::Num1);
    hand.press(Key::R);
    let (from, to) = (hand.center_of("Entity Todo"), hand.center_of("Entity User"));
    hand.drag(from, to);
    let model = &hand.editor().project().model;
    let reference = model.references().next().unwrap();
    assert_eq!(model.display_name(reference.from.entity.into()), "Todo");
    assert_eq!(model.display_name(reference.to.entity.into()), "User");
    assert!(matches!(reference.to.cardinality, Cardinality::ZeroOrOne | Cardinality::ExactlyOne));
    assert!(
        field_names(&hand, "Todo").contains(&"user".to_owned()),
        "{:?}",
        field_names(&hand, "Todo")
    );
}

#[test]
fn the_inspector_renames_what_is_selected() {
    let mut hand = Hand::with_sample("To-do");
    let at = hand.center_of("Entity User");
    hand.move_to(at);
    hand.button(at, true);
    hand.button(at, false);
    hand.frames(3);
    let name = hand.harness.get_by_role_and_label(Role::TextInput, "Name");
    name.focus();
    hand.frames(2);
    hand.key(Modifiers::COMMAND, Key::A);
    hand.type_text("Person");
    assert!(hand.editor().project().model.entity_named("Person").is_some());
    assert!(hand.editor().is_modified());
}

#[test]
fn finding_and_commanding_take_a_line_each() {
    let mut hand = Hand::with_sample("Shop");
    hand.key(Modifiers::COMMAND, Key::P);
    hand.type_text("orderitem");
    hand.press(Key::Enter);
    let selected = hand.editor().session().selection.leader().unwrap();
    let item = hand.editor().project().model.entity_named("OrderItem").unwrap().id;
    assert_eq!(selected, ElementId::Entity(item));
    let zoom = hand.editor().session().viewport().zoom();
    hand.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    hand.type_text("zoom in");
    hand.press(Key::Enter);
    assert!(hand.editor().session().viewport().zoom() > zoom);
}

#[test]
fn dialogs_open_and_escape_closes_them() {
    let mut hand = Hand::with_sample("To-do");
    hand.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    assert!(hand.has("Export image"));
    hand.press(Key::Escape);
    assert!(!hand.has("Export image"));
    hand.press(Key::F1);
    assert!(hand.has("Keyboard shortcuts"));
    hand.press(Key::Escape);
    hand.key(Modifiers::COMMAND, Key::Comma);
    assert!(hand.has("Preferences"));
}

#[test]
fn no_selection_makes_the_inspector_wider() {
    let mut hand = Hand::with_sample("To-do");
    let edge = hand.rect_of("Resize panel", 1).left();
    for name in ["Entity User", "Enumeration Status", "Todo.createdBy", "Todo to User"] {
        hand.click(name);
        hand.frames(30);
        assert_eq!(hand.rect_of("Resize panel", 1).left(), edge, "{name}");
    }
}

#[test]
fn escape_closes_what_stands_above_and_keeps_the_selection() {
    let mut hand = Hand::with_sample("To-do");
    hand.click("Entity User");
    let selected = hand.editor().session().selection.clone();
    assert_eq!(selected.len(), 1);
    let (ctrl, shift, alt) = (Modifiers::COMMAND, Modifiers::SHIFT, Modifiers::ALT);
    for (held, key, title) in [
        (ctrl, Key::P, "Find"),
        (ctrl | shift, Key::P, "Find"),
        (ctrl | shift, Key::E, "Export image"),
        (ctrl, Key::E, "Save Mongoose code"),
        (ctrl | alt, Key::H, "History"),
        (ctrl, Key::Comma, "Preferences"),
        (Modifiers::NONE, Key::F1, "Keyboard shortcuts"),
    ] {
        hand.key(held, key);
        assert!(hand.has(title), "{title}");
        // An arrow in what stands above moves no card below it.
        hand.press(Key::ArrowRight);
        hand.press(Key::Escape);
        assert!(!hand.has(title), "{title}");
        assert_eq!(hand.editor().session().selection, selected, "{title}");
        assert!(!hand.editor().is_modified(), "{title}");
    }
    hand.key(alt, Key::Enter);
    hand.press(Key::Escape);
    assert_eq!(hand.editor().session().selection, selected, "the inspector");
    // The keyboard is back on the canvas.
    hand.press(Key::Escape);
    assert!(hand.editor().session().selection.is_empty());
}

#[test]
fn escape_closes_the_form_of_a_line_before_it_lets_go_of_the_line() {
    let mut hand = Hand::with_sample("To-do");
    hand.click("Todo.createdBy");
    hand.key(Modifiers::SHIFT, Key::R);
    assert!(hand.has("Name of the reference"));
    hand.tab_to("To: Zero or one User", 0);
    hand.press(Key::Enter);
    hand.press(Key::Escape);
    assert!(!hand.has("Name of the reference"));
    let model = &hand.editor().project().model;
    let todo = model.entity_named("Todo").unwrap();
    assert!(!todo.field_named("createdBy").unwrap().required, "it follows its reference");
    let line = hand.editor().session().selection.single();
    assert!(matches!(line, Some(ElementId::Reference(_))), "{line:?}");
    hand.press(Key::Escape);
    assert!(hand.editor().session().selection.is_empty());
}

#[test]
fn a_click_in_the_open_cell_puts_the_cursor_there() {
    let mut hand = Hand::with_sample("To-do");
    hand.double_click(hand.center_of("User.email"));
    let cell = hand.rect_of("Field", 0);
    hand.click_at(cell.left_center() + vec2(9.0, 0.0));
    hand.type_text("primary");
    hand.press(Key::Enter);
    assert_eq!(field_names(&hand, "User")[2], "primaryemail");
}

#[test]
fn escape_closes_the_proposals_before_it_leaves_the_cell() {
    let mut hand = Hand::with_sample("To-do");
    hand.click("Entity User");
    hand.key(Modifiers::COMMAND, Key::Enter);
    hand.type_text("owner -> T");
    hand.press(Key::Escape);
    hand.type_text("odo");
    let text = |hand: &Hand<'_>| hand.editor().session().cell.as_ref().map(|one| one.text.clone());
    assert_eq!(text(&hand).as_deref(), Some("owner -> Todo"));
    hand.press(Key::Escape);
    hand.press(Key::Escape);
    assert_eq!(text(&hand), None);
    assert!(!hand.editor().is_modified());
}

#[test]
fn saving_code_lists_the_files_and_writes_them_where_one_says() {
    let folder = TempDir::new().unwrap();
    let mut hand = Hand::picking(folder.path());
    hand.ask("Open the sample To-do");
    hand.key(Modifiers::COMMAND, Key::E);
    let names = ["priority.enums.js", "status.enums.js", "user.models.js"];
    hand.wait_for(names[0]);
    let rows = names.map(|name| hand.rect_of(name, 0));
    assert!(rows.windows(2).all(|pair| pair[0].bottom() <= pair[1].top()), "{rows:?}");
    assert!(rows.iter().all(|row| row.left() == rows[0].left()), "{rows:?}");
    let (usual, smallest) = (vec2(1440.0, 900.0), vec2(720.0, 480.0));
    for size in [smallest, usual] {
        hand.harness.set_size(size);
        hand.frames(4);
        for button in ["Save", "Cancel", "Choose folder…"] {
            let rect = hand.rect_of(button, 0);
            let window = hand.harness.ctx.content_rect();
            assert!(window.contains_rect(rect), "{button} at {rect:?} in {window:?}");
        }
    }
    hand.click("Choose folder…");
    hand.wait_for("5 new");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a look changes nothing");
    hand.click("Save");
    hand.wait_for(&format!("5 files written to {}", folder.path().display()));
    for name in names {
        assert!(folder.path().join(name).is_file(), "{name}");
    }
    hand.key(Modifiers::COMMAND, Key::E);
    hand.wait_for("5 same");
    hand.press(Key::Escape);
    fs::write(folder.path().join(names[2]), "// by hand").unwrap();
    hand.key(Modifiers::COMMAND, Key::E);
    hand.wait_for("1 file would overwrite something that Lunette did not write");
    assert!(hand.has("Overwrite") && !hand.has("Save"));
}
