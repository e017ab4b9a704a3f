//! What a frame of the whole window costs, without a display: the window's own `ui` and tessellation
//! at 1920 × 1080, median of many frames on one core. Run by hand:
//! `cargo bench --bench canvas`.

#![expect(clippy::print_stdout, reason = "figures are what a bench is for")]

use std::time::Instant;

use eframe::egui::{
    self, Context, Event, Modifiers, PointerButton, Pos2, RawInput, Rect, pos2, vec2,
};
use lunette::app::jobs::Job;
use lunette::app::picker::{Answer, FilePicker, Question};
use lunette::app::window::Window;
use lunette::base::geom::Point;
use lunette::diagram::Diagram;
use lunette::diagram::placement::Placement;
use lunette::document::project::Project;
use lunette::model::data_type::DataType;
use lunette::model::entity::{Entity, EntityKind};
use lunette::model::field::Field;
use lunette::model::id::{EntityId, FieldId, IdMint};
use lunette::model::key::{Key, KeyKind};
use lunette::model::reference::Reference;

#[derive(Debug)]
struct NobodyPicks;

impl FilePicker for NobodyPicks {
    fn ask(&mut self, ctx: &Context, _: &Question) -> Job<Answer> {
        Job::start("nobody", ctx, || Answer::Canceled)
    }
}

/// Cards in a grid, each with ten fields; three references per two cards, mostly to near ones.
fn project(count: usize) -> (Project, IdMint) {
    let mut mint = IdMint::from_text("canvas bench");
    let mut project = Project::new("Bench", &mut mint);
    let columns = ((count as f64).sqrt() * 1.2).ceil() as usize;
    let mut diagram: Diagram =
        project.first_diagram().cloned().unwrap_or_else(|| Diagram::new(mint.mint(), "Main"));
    let mut entities: Vec<(EntityId, FieldId, FieldId)> = Vec::new();
    for index in 0..count {
        let id = mint.mint();
        let mut entity = Entity::new(id, format!("Entity{index:05}"), EntityKind::Table);
        for field in 0..10 {
            entity.fields.push(Field::new(
                mint.mint(),
                format!("field_{field}"),
                DataType::INTEGER,
            ));
        }
        let (key, reference) = (entity.fields[0].id, entity.fields[1].id);
        entity.keys.push(Key {
            id: mint.mint(),
            kind: KeyKind::Primary,
            fields: vec![key],
            name: None,
        });
        project.model.put_entity(entity);
        let (x, y) = ((index % columns) as f64 * 336.0, (index / columns) as f64 * 352.0);
        diagram.placements.insert(id.into(), Placement::at(Point::new(x, y)));
        entities.push((id, key, reference));
    }
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    for number in 0..count * 3 / 2 {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let from = number % count;
        let away = [1, columns, columns + 1, 2][(seed % 4) as usize];
        let to = if seed.is_multiple_of(10) {
            (seed / 16) as usize % count
        } else {
            (from + away) % count
        };
        let mut reference = Reference::new(mint.mint(), entities[from].0, entities[to].0);
        reference.from.fields = vec![entities[from].2];
        reference.to.fields = vec![entities[to].1];
        project.model.put_reference(reference);
    }
    project.put_diagram(diagram);
    (project, mint)
}

struct Stage {
    ctx: Context,
    window: Window,
    frame: u64,
}

const SIZE: egui::Vec2 = vec2(1920.0, 1080.0);

impl Stage {
    fn new(count: usize) -> Self {
        let ctx = Context::default();
        let mut window = Window::new(&ctx, Box::new(NobodyPicks), None);
        let (project, mint) = project(count);
        window.show(&ctx, project, mint, None);
        let mut stage = Self { ctx, window, frame: 0 };
        stage.settle();
        stage
    }

    /// Draws frames until everything is laid out.
    fn settle(&mut self) {
        for _ in 0..5 {
            self.frame(Vec::new());
        }
        while self.editor().derived().is_draft() {
            std::thread::sleep(std::time::Duration::from_millis(5));
            self.frame(Vec::new());
        }
    }

    /// Draws one frame and says how many milliseconds it took.
    fn frame(&mut self, events: Vec<Event>) -> f64 {
        self.frame += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.frame as f64 / 60.0),
            events,
            ..RawInput::default()
        };
        let start = Instant::now();
        let output = self.ctx.run_ui(input, |ui| self.window.window_ui(ui));
        let pixels = output.pixels_per_point;
        let shapes = output.shapes.clone();
        let primitives = self.ctx.tessellate(shapes, pixels);
        let took = start.elapsed().as_secs_f64() * 1e3;
        std::hint::black_box(primitives.len());
        output.drop_without_applying_deltas();
        took
    }

    fn editor(&mut self) -> &mut lunette::editor::Editor {
        let Some(open) = &mut self.window.open else { panic!("nothing is open") };
        &mut open.editor
    }

    fn close_up(&mut self) {
        let viewport = self.editor().session_mut().viewport_mut();
        viewport.center_on(Point::new(8000.0, 8000.0));
        let middle = viewport.middle();
        viewport.zoom_to(1.0, middle);
        self.editor().session_mut().viewport_mut().center_on(Point::new(6000.0, 6000.0));
        self.frame(Vec::new());
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn report(name: &str, count: usize, times: Vec<f64>, bound: f64) {
    let worst = times.iter().copied().fold(0.0, f64::max);
    println!(
        "{count:>6} entities  {name:<12} {:>7.2} ms  (aim {bound} ms, worst {worst:.1})",
        median(times)
    );
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

fn main() {
    for (count, [fit, pan, zoom, drag, type_, hover]) in
        [(1_000, [2.5; 6]), (10_000, [6.0, 2.0, 6.0, 3.0, 4.0, 1.5])]
    {
        let start = Instant::now();
        let mut stage = Stage::new(count);
        println!("{count:>6} entities  opened in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
        stage.editor().fit_all();
        report("fitted", count, (0..60).map(|_| stage.frame(Vec::new())).collect(), fit);
        stage.close_up();
        let panned = (0..120).map(|_| {
            let by = lunette::base::geom::Vec2::new(-7.0, -3.0);
            stage.editor().session_mut().viewport_mut().pan(by);
            stage.frame(Vec::new())
        });
        report("panning", count, panned.collect(), pan);
        let zoomed = (0..120).map(|step| {
            let wanted = 0.6 + 0.4 * (f64::from(step) * 0.05).sin();
            let viewport = stage.editor().session_mut().viewport_mut();
            let middle = viewport.middle();
            viewport.zoom_to(wanted, middle);
            stage.frame(Vec::new())
        });
        report("zooming", count, zoomed.collect(), zoom);
        stage.close_up();
        let hovered = (0..120).map(|step| {
            let at = pos2(400.0 + step as f32 * 5.0, 300.0 + step as f32 * 3.0);
            stage.frame(vec![Event::PointerMoved(at)])
        });
        report("hover", count, hovered.collect(), hover);
        report("dragging", count, drag_times(&mut stage), drag);
        report("typing", count, type_times(&mut stage), type_);
    }
}

/// Drags the card nearest to the middle of the canvas.
fn drag_times(stage: &mut Stage) -> Vec<f64> {
    let viewport = stage.editor().session().viewport();
    let middle = viewport.world_from_screen(viewport.middle());
    let nearest = stage.editor().layout().cards.values().map(|card| card.rect.origin());
    let nearest = nearest.min_by(|a, b| a.distance(middle).total_cmp(&b.distance(middle)));
    let Some(origin) = nearest else { return vec![f64::NAN] };
    let head = viewport.screen_from_world(Point::new(origin.x + 60.0, origin.y + 12.0));
    // The canvas begins right of the explorer and below the bar.
    let Some(canvas) = canvas_corner(stage) else { return vec![f64::NAN] };
    let at = canvas + vec2(head.x as f32, head.y as f32);
    stage.frame(vec![Event::PointerMoved(at)]);
    stage.frame(vec![button(at, true)]);
    let times = (0..60).map(|step| {
        stage.frame(vec![Event::PointerMoved(at + vec2(step as f32 * 3.0, step as f32 * 2.0))])
    });
    let times = times.collect();
    stage.frame(vec![button(at + vec2(180.0, 120.0), false)]);
    assert!(stage.editor().is_modified(), "nothing was dragged");
    times
}

/// Where the canvas begins, found by asking where the window says it is.
fn canvas_corner(stage: &mut Stage) -> Option<Pos2> {
    let size = stage.editor().session().viewport().size();
    let right_and_bottom = stage.window.canvas_rect()?;
    assert!((f64::from(right_and_bottom.width()) - size.width).abs() < 1.0, "stale canvas");
    Some(right_and_bottom.min)
}

/// Types into a field of the selected card.
fn type_times(stage: &mut Stage) -> Vec<f64> {
    stage.editor().open_new_row();
    for _ in 0..4 {
        stage.frame(Vec::new());
    }
    let mut times = Vec::new();
    for letter in "email string unique required default 'a@b.c' ".chars() {
        times.push(stage.frame(vec![Event::Text(letter.to_string())]));
    }
    times
}
