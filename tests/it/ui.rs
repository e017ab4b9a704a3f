//! The real window, driven through the accessibility tree and by raw events, without a display.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use lunette::app::jobs::Job;
use lunette::app::picker::{Answer, FilePicker, Question};
use lunette::app::window::Window;
use lunette::editor::Editor;
use lunette::model::reference::Cardinality;

use eframe::egui::{self, Event, Key, Modifiers, PointerButton, Pos2, Role, Vec2, pos2, vec2};

/// A picker that is never asked in these tests.
#[derive(Debug)]
struct NobodyPicks;

impl FilePicker for NobodyPicks {
    fn ask(&mut self, ctx: &egui::Context, _: &Question) -> Job<Answer> {
        Job::start("nobody", ctx, || Answer::Canceled)
    }
}

/// The window under test.
struct Hand<'a> {
    harness: Harness<'a, Option<Window>>,
}

impl Hand<'_> {
    fn new() -> Self {
        let draw = |ui: &mut egui::Ui, window: &mut Option<Window>| {
            let make = || Window::new(ui.ctx(), Box::new(NobodyPicks), None);
            window.get_or_insert_with(make).window_ui(ui);
        };
        let builder = Harness::builder().with_size(vec2(1440.0, 900.0)).with_step_dt(1.0 / 60.0);
        let mut hand = Self { harness: builder.build_ui_state(draw, None) };
        hand.frames(3);
        hand
    }

    fn with_sample(name: &str) -> Self {
        let mut hand = Self::new();
        hand.click(&format!("Open the sample {name}"));
        hand.frames(6);
        hand
    }

    fn frames(&mut self, count: usize) {
        self.harness.run_steps(count);
    }

    fn editor(&self) -> &Editor {
        &self.harness.state().as_ref().unwrap().open.as_ref().unwrap().editor
    }

    fn click(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.frames(3);
    }

    fn has(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.frames(3);
    }

    fn press(&mut self, key: Key) {
        self.key(Modifiers::NONE, key);
    }

    fn type_text(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.frames(2);
    }

    fn button(&mut self, pos: Pos2, pressed: bool) {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        self.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
        self.frames(1);
    }

    fn move_to(&mut self, pos: Pos2) {
        self.harness.event(Event::PointerMoved(pos));
        self.frames(1);
    }

    fn double_click(&mut self, pos: Pos2) {
        self.move_to(pos);
        for pressed in [true, false, true, false] {
            self.button(pos, pressed);
        }
        self.frames(2);
    }

    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.move_to(from);
        self.button(from, true);
        for step in 1..=4 {
            self.move_to(from + (to - from) * (step as f32 / 4.0));
        }
        self.button(to, false);
        self.frames(3);
    }

    fn center_of(&self, label: &str) -> Pos2 {
        self.harness.get_by_label(label).rect().center()
    }

    /// An entity by keys alone: its name, then a line per field.
    fn type_entity(&mut self, name: &str, fields: &[&str]) {
        self.key(Modifiers::SHIFT, Key::E);
        self.type_text(name);
        self.press(Key::Enter);
        // Past the key that every entity of the house has.
        for field in fields {
            while !self.cell_is_new() {
                self.press(Key::Enter);
            }
            self.type_text(field);
            self.press(Key::Enter);
        }
        self.press(Key::Escape);
    }

    fn cell_is_new(&self) -> bool {
        let cell = self.editor().session().cell.as_ref().unwrap();
        cell.original.is_empty()
    }

    fn field_names(&self, entity: &str) -> Vec<String> {
        let entity = self.editor().project().model.entity_named(entity).unwrap();
        entity.fields.iter().map(|field| field.name.clone()).collect()
    }
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
    hand.click("New project");
    hand.type_entity("User", &["email string unique required", "role enum(user, admin)"]);
    assert_eq!(hand.field_names("User"), ["_id", "email", "role"]);
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
    assert_eq!(hand.field_names("User"), ["_id", "email", "role"]);
}

#[test]
fn a_double_click_draws_an_entity_and_a_drag_moves_it() {
    let mut hand = Hand::new();
    hand.click("New project");
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
    hand.click("New project");
    hand.type_entity("User", &["name string"]);
    hand.type_entity("Todo", &["title string"]);
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
        hand.field_names("Todo").contains(&"user".to_owned()),
        "{:?}",
        hand.field_names("Todo")
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
    assert_eq!(selected, lunette::model::id::ElementId::Entity(item));
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
