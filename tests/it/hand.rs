//! The real window without a display, driven as a person does: by keys, by the pointer, and through
//! the accessibility tree to find where things are. It counts what it does.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use lunette::app::jobs::Job;
use lunette::app::picker::{Answer, FilePicker, Question};
use lunette::app::window::Window;
use lunette::document::project::Project;
use lunette::editor::Editor;

use eframe::egui::{
    self, DroppedFile, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton,
    Pos2, Rect, Role, TouchPhase, Vec2, vec2,
};

/// Answers every question like that.
#[derive(Clone, Debug)]
struct Picks(Answer);

impl FilePicker for Picks {
    fn ask(&mut self, ctx: &egui::Context, _: &Question) -> Job<Answer> {
        let answer = self.0.clone();
        Job::start("picks", ctx, || answer)
    }
}

/// A file as the system hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// What it took to do something.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Effort {
    /// Keys pressed, those held for a shortcut included.
    pub(crate) keys: usize,
    /// Clicks, double and triple ones counted once.
    pub(crate) clicks: usize,
    /// Things dragged.
    pub(crate) drags: usize,
}

impl Effort {
    /// How long it takes a hand that does not hesitate, by the keystroke-level model: 0.2 s for a
    /// key of an average typist, 1.1 s to point at something, 0.2 s to click; a drag points
    /// twice.
    pub(crate) fn seconds(self) -> f64 {
        0.2 * self.keys as f64 + 1.3 * self.clicks as f64 + 2.4 * self.drags as f64
    }
}

/// The window under test.
pub(crate) struct Hand<'a> {
    pub(crate) harness: Harness<'a, Option<Window>>,
    pub(crate) effort: Effort,
}

impl Hand<'_> {
    pub(crate) fn new() -> Self {
        Self::sized(vec2(1440.0, 900.0))
    }

    pub(crate) fn sized(size: Vec2) -> Self {
        Self::made(size, Picks(Answer::Canceled), None)
    }

    /// A hand that picks this path whenever it is asked for one.
    pub(crate) fn picking(path: &Path) -> Self {
        Self::made(vec2(1440.0, 900.0), Picks(Answer::Picked(path.to_owned())), None)
    }

    /// A hand on a system that has no dialogs for files.
    pub(crate) fn without_dialogs() -> Self {
        Self::made(vec2(1440.0, 900.0), Picks(Answer::Unavailable), None)
    }

    /// A hand whose preferences are kept there.
    pub(crate) fn preferring(preferences: &Path) -> Self {
        Self::made(vec2(1440.0, 900.0), Picks(Answer::Canceled), Some(preferences.to_owned()))
    }

    fn made(size: Vec2, picks: Picks, preferences: Option<PathBuf>) -> Self {
        let draw = move |ui: &mut egui::Ui, window: &mut Option<Window>| {
            let make = || Window::new(ui.ctx(), Box::new(picks.clone()), preferences.clone());
            window.get_or_insert_with(make).window_ui(ui);
        };
        let builder = Harness::builder().with_size(size).with_step_dt(1.0 / 60.0);
        let harness = builder.build_ui_state(draw, None);
        let mut hand = Self { harness, effort: Effort::default() };
        hand.frames(3);
        hand
    }

    pub(crate) fn with_sample(name: &str) -> Self {
        let mut hand = Self::new();
        hand.ask(&format!("Open the sample {name}"));
        hand.frames(6);
        hand
    }

    pub(crate) fn frames(&mut self, count: usize) {
        self.harness.run_steps(count);
    }

    pub(crate) fn editor(&self) -> &Editor {
        &self.harness.state().as_ref().unwrap().open.as_ref().unwrap().editor
    }

    pub(crate) fn editor_mut(&mut self) -> &mut Editor {
        &mut self.window().open.as_mut().unwrap().editor
    }

    /// Changes the project behind the window's back, as one step.
    pub(crate) fn change(&mut self, label: &str, change: impl FnOnce(&mut Project)) {
        self.editor_mut().edit(label, |project, _| change(project));
        self.frames(1);
    }

    /// Keeps journals below that folder.
    pub(crate) fn keep_journals(&mut self, folder: &Path) {
        let ctx = self.harness.ctx.clone();
        let window = self.window();
        window.keep_journals(&ctx, folder.join("journals"));
    }

    /// The window itself.
    pub(crate) fn window(&mut self) -> &mut Window {
        self.harness.state_mut().as_mut().unwrap()
    }

    /// Opens a file and waits until it is there.
    pub(crate) fn open(&mut self, path: &Path) {
        let ctx = self.harness.ctx.clone();
        self.window().load(&ctx, path.to_owned());
        self.until(|hand| hand.harness.state().as_ref().unwrap().open.is_some());
        self.frames(3);
    }

    /// Draws frames until that is so: threads take their time.
    #[track_caller]
    pub(crate) fn until(&mut self, is_so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(start.elapsed() < Duration::from_secs(20), "it never came");
            std::thread::sleep(Duration::from_millis(5));
            self.frames(1);
        }
    }

    /// Presses what has that name, as a screen reader does.
    pub(crate) fn ask(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.frames(3);
    }

    /// What has that name, but for mere labels beside it.
    fn named<'a>(&'a self, label: &'a str) -> impl Iterator<Item = Node<'a>> {
        let nodes = self.harness.query_all_by_label(label);
        nodes.filter(|node| node.accesskit_node().role() != Role::Label)
    }

    /// Draws frames until something has that name: threads take their time.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, label: &str) {
        let start = Instant::now();
        while !self.has(label) {
            assert!(start.elapsed() < Duration::from_secs(20), "`{label}` never came");
            std::thread::sleep(Duration::from_millis(5));
            self.frames(1);
        }
    }

    pub(crate) fn has(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }
}

/// Keys.
impl Hand<'_> {
    pub(crate) fn key(&mut self, modifiers: Modifiers, key: Key) {
        let held = [modifiers.command, modifiers.shift, modifiers.alt];
        self.effort.keys += 1 + held.iter().filter(|held| **held).count();
        self.harness.key_press_modifiers(modifiers, key);
        self.frames(3);
    }

    pub(crate) fn press(&mut self, key: Key) {
        self.key(Modifiers::NONE, key);
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        self.effort.keys += text.chars().count();
        self.harness.event(Event::Text(text.to_owned()));
        self.frames(2);
    }

    /// Lines, each ended by Enter.
    pub(crate) fn type_lines(&mut self, lines: &[&str]) {
        for line in lines {
            if !line.is_empty() {
                self.type_text(line);
            }
            self.press(Key::Enter);
        }
    }

    /// Replaces what stands in the text field that has the keyboard.
    pub(crate) fn replace_text(&mut self, text: &str) {
        self.key(Modifiers::COMMAND, Key::A);
        self.type_text(text);
    }

    /// Presses Tab until the nth thing of that name has the keyboard.
    pub(crate) fn tab_to(&mut self, label: &str, nth: usize) {
        self.walk_to(Modifiers::NONE, label, nth);
    }

    /// Presses Tab with Shift until the nth thing of that name has the keyboard.
    pub(crate) fn back_to(&mut self, label: &str, nth: usize) {
        self.walk_to(Modifiers::SHIFT, label, nth);
    }

    fn walk_to(&mut self, held: Modifiers, label: &str, nth: usize) {
        for _ in 0..120 {
            let node = self.named(label).nth(nth);
            if node.is_some_and(|node| node.accesskit_node().is_focused()) {
                return;
            }
            self.key(held, Key::Tab);
        }
        panic!("Tab never came to `{label}`");
    }
}

/// The pointer.
impl Hand<'_> {
    /// Drops files onto the window, as the system would.
    pub(crate) fn drop_files(&mut self, paths: &[PathBuf]) {
        let files = paths.iter().map(|path| Arc::new(Dropped(path.clone())) as _).collect();
        self.harness.input_mut().dropped_files = files;
        self.frames(1);
        self.harness.input_mut().dropped_files.clear();
    }

    pub(crate) fn button(&mut self, pos: Pos2, pressed: bool) {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        self.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
        self.frames(1);
    }

    pub(crate) fn move_to(&mut self, pos: Pos2) {
        self.harness.event(Event::PointerMoved(pos));
        self.frames(1);
    }

    pub(crate) fn click_at(&mut self, pos: Pos2) {
        self.click_often(pos, 1);
    }

    pub(crate) fn double_click(&mut self, pos: Pos2) {
        self.click_often(pos, 2);
    }

    pub(crate) fn triple_click(&mut self, pos: Pos2) {
        self.click_often(pos, 3);
    }

    fn click_often(&mut self, pos: Pos2, times: usize) {
        self.effort.clicks += 1;
        self.move_to(pos);
        for _ in 0..times {
            self.button(pos, true);
            self.button(pos, false);
        }
        // Long enough that the next one is no part of it.
        self.frames(24);
    }

    pub(crate) fn drag(&mut self, from: Pos2, to: Pos2) {
        self.effort.drags += 1;
        self.move_to(from);
        self.button(from, true);
        for step in 1..=4 {
            self.move_to(from + (to - from) * (step as f32 / 4.0));
        }
        self.button(to, false);
        self.frames(24);
    }

    /// Clicks the nth thing of that name, scrolled into view where it must be.
    pub(crate) fn click_nth(&mut self, label: &str, nth: usize) {
        let at = self.reach(label, nth);
        self.click_at(at);
    }

    pub(crate) fn click(&mut self, label: &str) {
        self.click_nth(label, 0);
    }

    fn reach(&mut self, label: &str, nth: usize) -> Pos2 {
        for _ in 0..40 {
            let rect = self.rect_of(label, nth);
            let height = self.harness.ctx.content_rect().height();
            let over = rect.top() - 90.0;
            let under = rect.bottom() - (height - 90.0);
            if (over >= 0.0 && under <= 0.0) || rect.left() < height * 0.6 {
                return rect.center();
            }
            let delta = if over < 0.0 { -over } else { -under };
            self.move_to(Pos2::new(rect.center().x, height / 2.0));
            self.harness.event(Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, delta.clamp(-400.0, 400.0)),
                phase: TouchPhase::Move,
                source: MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            });
            self.frames(12);
        }
        panic!("`{label}` cannot be scrolled into view");
    }

    pub(crate) fn rect_of(&self, label: &str, nth: usize) -> Rect {
        let node = self.named(label).nth(nth);
        node.unwrap_or_else(|| panic!("nothing is called `{label}`")).rect()
    }

    pub(crate) fn center_of(&self, label: &str) -> Pos2 {
        self.rect_of(label, 0).center()
    }
}
