//! What happens on the canvas of the real window: typing with room, dropping, copying and pasting,
//! arranging, gathering.

use std::fs;
use std::sync::{Arc, Mutex};

use egui_kittest::kittest::Queryable as _;
use lunette::app::clipboard::{Clipboard, Reader};
use lunette::formats::registry::IMPORTERS;
use lunette::model::id::{ElementId, NodeId};
use lunette::model::index::SortOrder;

use eframe::egui::{Event, Key, Modifiers, Pos2, ViewportEvent, vec2};
use tempfile::TempDir;

use crate::hand::Hand;

fn has_entity(hand: &Hand<'_>, name: &str) -> bool {
    hand.editor().project().model.entity_named(name).is_some()
}

fn labels(hand: &Hand<'_>) -> Vec<String> {
    hand.editor().document().history().past_labels().map(str::to_owned).collect()
}

fn paste(hand: &mut Hand<'_>, text: &str, at: Pos2) {
    hand.move_to(at);
    hand.harness.event(Event::Paste(text.to_owned()));
    hand.frames(2);
}

#[test]
fn a_new_row_stands_below_the_fields_and_covers_none() {
    let mut hand = Hand::with_sample("Shop");
    hand.click("Entity User");
    hand.key(Modifiers::COMMAND, Key::Enter);
    let cell = hand.rect_of("Field", 0);
    let last = hand.rect_of("User.addresses", 0);
    assert!(cell.top() >= last.bottom() - 1.5, "{cell:?} covers {last:?}");
    // Between two fields as well.
    hand.press(Key::Escape);
    hand.click("User.name");
    hand.key(Modifiers::COMMAND, Key::Enter);
    hand.type_text("nick");
    hand.press(Key::Enter);
    let model = &hand.editor().project().model;
    let names: Vec<_> =
        model.entity_named("User").unwrap().fields.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names[..4], ["_id", "name", "nick", "email"]);
}

#[test]
fn an_entity_is_dragged_from_the_explorer_onto_the_canvas() {
    let mut hand = Hand::with_sample("Shop");
    hand.click("Entity User");
    hand.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    hand.type_text("diagram from selection");
    hand.press(Key::Enter);
    assert_eq!(hand.editor().layout().cards.len(), 1);
    let canvas = hand.window().canvas_rect().unwrap();
    let (from, to) = (hand.center_of("Order in the list"), canvas.center() + vec2(120.0, 90.0));
    hand.drag(from, to);
    let order = hand.editor().project().model.entity_named("Order").unwrap().id;
    let card = hand.editor().layout().cards.get(&NodeId::Entity(order)).unwrap().rect;
    assert_eq!(labels(&hand).last().unwrap(), "show on diagram");
    let viewport = hand.editor().session().viewport();
    let dropped = to - canvas.min;
    let wanted = viewport
        .world_from_screen(lunette::base::geom::Point::new(dropped.x.into(), dropped.y.into()));
    assert!(card.inflate(1.0, 1.0).contains(wanted), "{card:?} was dropped at {wanted:?}");
    hand.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(hand.editor().layout().cards.len(), 1);
}

#[test]
fn a_script_is_pasted_at_the_pointer_and_nonsense_is_refused_by_name() {
    let mut hand = Hand::new();
    hand.ask("New project");
    let at = hand.window().canvas_rect().unwrap().center();
    let script = "create table book (id int primary key, author_id int references author);\n\
                  create table author (id int primary key, name varchar(80));";
    paste(&mut hand, script, at);
    hand.until(|hand| has_entity(hand, "author"));
    assert_eq!(labels(&hand), ["paste"]);
    let editor = hand.editor();
    let viewport = editor.session().viewport();
    let origin = viewport.screen_from_world(editor.layout().bounds.origin());
    let away = (origin - viewport.middle()).hypot();
    assert!(away < 90.0, "pasted {away} from the pointer");
    paste(&mut hand, "Dear all, see you on Monday.", at);
    let names: Vec<_> = IMPORTERS.iter().map(|one| one.info().name).collect();
    hand.until(|hand| {
        let notice = hand.harness.query_by_label_contains("Nothing to paste");
        notice.is_some_and(|_| {
            names.iter().all(|name| hand.harness.query_all_by_label_contains(name).next().is_some())
        })
    });
    assert_eq!(labels(&hand), ["paste"]);
}

/// A clipboard of its own.
#[derive(Clone, Debug, Default)]
struct Board(Arc<Mutex<(String, String)>>);

impl Clipboard for Board {
    fn put(&mut self, data: &str, text: &str) -> bool {
        *self.0.lock().unwrap() = (data.to_owned(), text.to_owned());
        true
    }

    fn reader(&self) -> Reader {
        let (data, _) = self.0.lock().unwrap().clone();
        Box::new(move || Some(data))
    }
}

#[test]
fn a_copy_is_lunette_s_own_data_and_a_text_for_everyone_else() {
    let mut hand = Hand::with_sample("Shop");
    let board = Board::default();
    hand.window().clipboard = Some(Box::new(board.clone()));
    hand.click("Entity Order");
    hand.harness.event(Event::Copy);
    hand.until(|_| !board.0.lock().unwrap().1.is_empty());
    let (data, text) = board.0.lock().unwrap().clone();
    assert!(data.contains("\"format\": \"lunette\""), "{data}");
    assert!(text.contains("Table orders") || text.contains("Table Order"), "{text}");
    let count = |hand: &Hand<'_>| hand.editor().project().model.enumerations().len();
    let before = count(&hand);
    let at = hand.window().canvas_rect().unwrap().center();
    paste(&mut hand, &text, at);
    hand.until(|hand| labels(hand).last().is_some_and(|label| label == "paste"));
    let copy = hand.editor().session().selection.to_vec();
    assert_eq!(copy.len(), 1, "the order alone: {copy:?}");
    assert_eq!(count(&hand), before, "what its fields hold is shared");
}

fn arrange_from_scratch(hand: &mut Hand<'_>) {
    hand.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    hand.type_text("arrange all from scratch");
    hand.press(Key::Enter);
}

#[test]
fn a_new_arrangement_glides_into_place_and_one_undo_returns() {
    let mut hand = Hand::with_sample("Shop");
    let from = hand.center_of("Entity User");
    hand.drag(from, from + vec2(-60.0, 130.0));
    let before = hand.editor().project().clone();
    let steps = labels(&hand).len();
    arrange_from_scratch(&mut hand);
    let is_gliding = |hand: &Hand<'_>| {
        let open = hand.harness.state().as_ref().unwrap().open.as_ref();
        open.unwrap().canvas.is_gliding()
    };
    hand.until(is_gliding);
    assert_eq!(labels(&hand).len(), steps + 1);
    let mut frames = 0;
    while is_gliding(&hand) {
        hand.frames(1);
        frames += 1;
        assert!(frames <= 10, "longer than 150 ms");
    }
    assert!(frames >= 4, "a jump in {frames} frames");
    hand.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(*hand.editor().project(), before);
    // Where motion is not wanted the cards jump.
    hand.window().preferences.reduces_motion = true;
    arrange_from_scratch(&mut hand);
    hand.until(|hand| {
        assert!(!is_gliding(hand));
        labels(hand).len() > steps
    });
}

#[test]
fn cards_are_gathered_by_keys_alone() {
    let mut hand = Hand::with_sample("To-do");
    hand.press(Key::Tab);
    hand.key(Modifiers::COMMAND, Key::Tab);
    hand.key(Modifiers::COMMAND, Key::Tab);
    assert_eq!(hand.editor().session().selection.len(), 1);
    hand.key(Modifiers::COMMAND, Key::Space);
    assert_eq!(hand.editor().session().selection.nodes().len(), 2);
    hand.key(Modifiers::COMMAND, Key::G);
    hand.type_text("Both");
    hand.press(Key::Enter);
    let area = hand.editor().project().model.areas().find(|area| area.name == "Both").unwrap();
    assert_eq!(area.members.len(), 2);
}

/// Events of one and the same frame.
fn together(hand: &mut Hand<'_>, events: Vec<Event>) {
    hand.harness.input_mut().events.extend(events);
    hand.harness.step();
}

#[test]
fn enter_types_what_is_selected_and_no_letter_is_lost() {
    let mut hand = Hand::with_sample("To-do");
    hand.press(Key::Tab);
    hand.press(Key::Enter);
    let text = |hand: &Hand<'_>| hand.editor().session().cell.as_ref().map(|one| one.text.clone());
    assert_eq!(text(&hand).as_deref(), Some("User"));
    hand.press(Key::Escape);
    // As fast as a frame: the key, its own letter, and what is typed after it.
    let key = Event::Key {
        key: Key::E,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::SHIFT,
    };
    let mut frame = vec![key];
    frame.extend(["E", "T", "a", "g"].map(|typed| Event::Text(typed.to_owned())));
    together(&mut hand, frame);
    hand.harness.event(Event::Text("g".to_owned()));
    hand.harness.step();
    hand.harness.event(Event::Text("er".to_owned()));
    hand.frames(3);
    assert_eq!(text(&hand).as_deref(), Some("Tagger"));
    hand.press(Key::Escape);
    let key = Event::Key {
        key: Key::P,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    };
    together(&mut hand, vec![key, Event::Text("sub".to_owned())]);
    hand.harness.event(Event::Text("todo".to_owned()));
    hand.frames(3);
    hand.press(Key::Enter);
    let found = hand.editor().session().selection.single();
    let sub_todo = hand.editor().project().model.entity_named("SubTodo").unwrap().id;
    assert_eq!(found, Some(ElementId::Entity(sub_todo)));
}

#[test]
fn a_nested_object_folds_at_its_sign_and_by_keys() {
    let mut hand = Hand::with_sample("Shop");
    assert!(hand.has("Product.rating.average"));
    let zoom = hand.editor().session().viewport().zoom() as f32;
    let sign = hand.rect_of("Product.rating", 0).left_center() + vec2(17.0 * zoom, 0.0);
    hand.click_at(sign);
    assert!(!hand.has("Product.rating.average"), "{:?}", labels(&hand));
    hand.click_at(sign);
    assert!(hand.has("Product.rating.average"));
    hand.key(Modifiers::COMMAND, Key::ArrowUp);
    assert!(!hand.has("Product.rating.average"));
    assert_eq!(labels(&hand), ["fold object", "unfold object", "fold object"]);
    hand.key(Modifiers::COMMAND, Key::Z);
    assert!(hand.has("Product.rating.average"));
}

#[test]
fn closing_with_unsaved_work_asks_once_by_name() {
    let close = |hand: &mut Hand<'_>| {
        let input = hand.harness.input_mut();
        let (id, viewports) = (input.viewport_id, &mut input.viewports);
        viewports.entry(id).or_default().events.push(ViewportEvent::Close);
        hand.frames(1);
        let input = hand.harness.input_mut();
        input.viewports.entry(input.viewport_id).or_default().events.clear();
        hand.frames(2);
    };
    let mut hand = Hand::with_sample("To-do");
    close(&mut hand);
    assert!(!hand.has("Save changes to Todo?"), "nothing was changed");
    hand.key(Modifiers::SHIFT, Key::E);
    hand.press(Key::Escape);
    close(&mut hand);
    assert!(hand.has("Save changes to Todo?"));
    hand.click("Cancel");
    assert!(!hand.has("Save changes to Todo?"));
    close(&mut hand);
    hand.click("Don't save");
    close(&mut hand);
    assert!(!hand.has("Save changes to Todo?"), "once is enough");
}

#[test]
fn each_part_of_an_index_has_its_own_order() {
    let mut hand = Hand::new();
    hand.ask("New project");
    hand.key(Modifiers::SHIFT, Key::E);
    hand.type_lines(&["User", "email string index", "name string", ""]);
    hand.click("Entity User");
    hand.click("Put in a field");
    let of = |hand: &Hand<'_>| {
        let user = hand.editor().project().model.entity_named("User").unwrap().clone();
        user.indexes[0].parts.iter().map(|part| part.order).collect::<Vec<_>>()
    };
    hand.press(Key::Escape);
    hand.click("email: ascending");
    assert_eq!(of(&hand), [SortOrder::Descending]);
    hand.click("email: descending");
    assert_eq!(of(&hand), [SortOrder::Ascending]);
}

#[test]
fn a_recent_file_that_is_gone_is_told_and_forgotten() {
    let folder = TempDir::new().unwrap();
    let preferences = folder.path().join("preferences.json");
    let gone = folder.path().join("gone.lunette.json");
    fs::write(&preferences, format!("{{\"recent\": [{:?}]}}", gone.display().to_string())).unwrap();
    let mut hand = Hand::preferring(&preferences);
    hand.ask("Open gone.lunette.json");
    hand.wait_for("The file could not be opened");
    assert!(hand.has("It is no longer among the recent files."));
    hand.press(Key::Escape);
    assert!(!hand.has("Open gone.lunette.json"));
    let kept = fs::read_to_string(&preferences).unwrap();
    assert!(!kept.contains("gone"), "{kept}");
}

#[test]
fn an_import_begins_a_project_where_none_is_open() {
    let folder = TempDir::new().unwrap();
    let script = folder.path().join("library.sql");
    fs::write(&script, "create table book (id int primary key);").unwrap();
    let mut hand = Hand::picking(&script);
    hand.ask("Import…");
    let is_open = |hand: &Hand<'_>| hand.harness.state().as_ref().unwrap().open.is_some();
    hand.until(is_open);
    assert!(has_entity(&hand, "book"));
}
