//! The window without a display: frames are run and tessellated as eframe would, and timed.
//!
//! What is timed is what a frame costs the thread of the window: events, all panels, the canvas and
//! tessellation. Handing triangles to the graphics card is not. Where the system tells, it is the
//! time that the thread really ran, so that other work on the machine does not count.

use std::time::{Duration, Instant};

use eframe::egui::{
    self, Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Vec2, vec2,
};
use lunette::app::jobs::Job;
use lunette::app::picker::{Answer, FilePicker, Question};
use lunette::app::window::Window;
use lunette::base::geom::Point;
use lunette::editor::Editor;
use lunette::editor::actions;
use lunette::model::id::NodeId;

use crate::model::project;

const SIZE: Vec2 = vec2(1920.0, 1080.0);

#[derive(Debug)]
struct NobodyPicks;

impl FilePicker for NobodyPicks {
    fn ask(&mut self, ctx: &Context, _: &Question) -> Job<Answer> {
        Job::start("nobody", ctx, || Answer::Canceled)
    }
}

/// A window on a project.
pub(crate) struct Stage {
    pub(crate) ctx: Context,
    pub(crate) window: Window,
    /// How long it took until the first frame with the project was there.
    pub(crate) opened: f64,
    count: usize,
    n_frames: u64,
}

impl Stage {
    /// Opens a window of the usual panels on that many entities.
    pub(crate) fn new(count: usize) -> Self {
        let ctx = Context::default();
        let mut window = Window::new(&ctx, Box::new(NobodyPicks), None);
        let (project, mint) = project(count);
        let start = Clock::start();
        window.show(&ctx, project, mint, None);
        let mut stage = Self { ctx, window, opened: 0.0, count, n_frames: 0 };
        stage.frame(Vec::new());
        stage.opened = start.milliseconds();
        stage.settle();
        stage
    }

    /// How many entities there were at first.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Draws one frame and says how many milliseconds it took.
    pub(crate) fn frame(&mut self, events: Vec<Event>) -> f64 {
        self.n_frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.n_frames as f64 / 60.0),
            events,
            ..RawInput::default()
        };
        let start = Clock::start();
        let mut output = self.ctx.run_ui(input, |ui| self.window.window_ui(ui));
        let shapes = std::mem::take(&mut output.shapes);
        let primitives = self.ctx.tessellate(shapes, output.pixels_per_point);
        std::hint::black_box(self.window.title());
        let took = start.milliseconds();
        std::hint::black_box(primitives);
        output.drop_without_applying_deltas();
        took
    }

    /// Draws frames while the pointer goes from place to place.
    pub(crate) fn follow(&mut self, way: impl IntoIterator<Item = Pos2>) -> Vec<f64> {
        way.into_iter().map(|at| self.frame(vec![Event::PointerMoved(at)])).collect()
    }

    /// Draws frames until no work is left on other threads; the longest of them.
    pub(crate) fn settle(&mut self) -> f64 {
        let mut longest: f64 = 0.0;
        // Findings tell no one when they come: they are there long before a layout of that size.
        for _ in 0..20 {
            longest = longest.max(self.pause());
        }
        while self.editor().derived().is_draft() {
            longest = longest.max(self.pause());
        }
        longest.max(self.pause())
    }

    /// Leaves other threads some time, and draws a frame.
    pub(crate) fn pause(&mut self) -> f64 {
        std::thread::sleep(Duration::from_millis(5));
        self.frame(Vec::new())
    }

    /// Does something and draws frames until it is seen: milliseconds of the longest.
    pub(crate) fn after(&mut self, act: impl FnOnce(&mut Self)) -> f64 {
        let start = Clock::start();
        act(self);
        let done = start.milliseconds();
        let first = done + self.frame(Vec::new());
        (0..3).fold(first, |longest, _| longest.max(self.frame(Vec::new())))
    }

    /// Carries an action out, as its key or menu would.
    pub(crate) fn run(&mut self, action: &str) {
        let action = actions::action(action).unwrap();
        self.window.run(&self.ctx, action);
    }

    pub(crate) fn editor(&mut self) -> &mut Editor {
        &mut self.window.open.as_mut().unwrap().editor
    }

    /// The middle of the canvas on the screen.
    pub(crate) fn middle(&self) -> Pos2 {
        self.window.canvas_rect().unwrap().center()
    }

    /// Looks at a part of the diagram, `number` choosing which, at that zoom.
    pub(crate) fn look_at(&mut self, number: usize, zoom: f64) {
        let bounds = self.editor().layout().bounds;
        let share = 0.25 + 0.1 * (number % 5) as f64;
        self.look_at_point(bounds.origin() + bounds.size().to_vec2() * share, zoom);
    }

    /// Looks at a point of the diagram at that zoom.
    pub(crate) fn look_at_point(&mut self, at: Point, zoom: f64) {
        let viewport = self.editor().session_mut().viewport_mut();
        viewport.zoom_to(zoom, Point::ORIGIN);
        viewport.center_on(at);
        self.frame(Vec::new());
    }

    /// The card nearest to the middle of the canvas, and where its header is on the screen.
    pub(crate) fn nearest_card(&mut self) -> (NodeId, Pos2) {
        let node = *self.cards_by_distance().first().unwrap();
        let viewport = self.editor().session().viewport();
        let corner = self.editor().layout().cards[&node].rect.origin();
        let head = viewport.screen_from_world(Point::new(corner.x + 60.0, corner.y + 12.0));
        (node, self.window.canvas_rect().unwrap().min + vec2(head.x as f32, head.y as f32))
    }

    /// All cards, the nearest to the middle of the canvas first.
    pub(crate) fn cards_by_distance(&mut self) -> Vec<NodeId> {
        let viewport = self.editor().session().viewport();
        let middle = viewport.world_from_screen(viewport.middle());
        let cards = self.editor().layout().cards.iter();
        let mut nodes: Vec<_> =
            cards.map(|(node, card)| (*node, card.rect.center().distance(middle))).collect();
        nodes.sort_by(|(_, a), (_, b)| a.total_cmp(b));
        nodes.into_iter().map(|(node, _)| node).collect()
    }
}

/// Pressing or letting go of a button of the pointer.
pub(crate) fn button(pos: Pos2, button: PointerButton, pressed: bool) -> Event {
    Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE }
}

/// Pressing a key.
pub(crate) fn key(key: egui::Key) -> Event {
    let modifiers = Modifiers::NONE;
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

/// How long this thread runs.
struct Clock {
    wall: Instant,
    nanoseconds: Option<f64>,
}

impl Clock {
    fn start() -> Self {
        Self { nanoseconds: running_time(), wall: Instant::now() }
    }

    fn milliseconds(&self) -> f64 {
        let ran = self.nanoseconds.and_then(|start| Some(running_time()? - start));
        ran.map_or_else(|| self.wall.elapsed().as_secs_f64() * 1e3, |ran| ran / 1e6)
    }
}

/// How many nanoseconds this thread has run, as Linux counts them.
fn running_time() -> Option<f64> {
    // The count is brought up to date whenever a thread offers its place to others.
    std::thread::yield_now();
    let counts = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    counts.split_whitespace().next()?.parse().ok()
}
