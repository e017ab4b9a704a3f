//! An editor that a restless hand uses: random gestures, keys, typing and actions, for hours if
//! wanted. Nothing panics, what is drawn follows, and the project always survives its file as it is.
//!
//! `LUNETTE_SOAK_STEPS=2000000 cargo test --release --test it soak -- --nocapture` goes on for long
//! and prints how much memory the process has.

use std::env;
use std::fs;

use lunette::base::geom::{Point, Size, Vec2};
use lunette::editor::Editor;
use lunette::editor::actions;
use lunette::editor::event::{Button, Event, Key, KeyEvent, Modifiers, PointerEvent, PointerKind};
use lunette::editor::tools::TOOLS;
use lunette::formats::native::{read, write};
use lunette::model::id::IdMint;

use crate::support::kitchen_sink;
use crate::support::random::Random;

/// How many steps a test takes.
const STEPS: usize = 600;
/// After so many steps a new editor begins, as a person does.
const SESSION: usize = 3_000;
/// How large a model may grow before a new editor begins.
const MOST: usize = 80;

const TEXTS: [&str; 10] = [
    "name string",
    "-> User",
    "tags [string]",
    "status enum(a, b) = a",
    "`; drop table",
    "",
    "x { y int, z { q bool } }",
    "timestamps",
    "日本 required",
    "id uuid key",
];

const KEYS: [Key; 16] = [
    Key::Escape,
    Key::Enter,
    Key::Tab,
    Key::Space,
    Key::Backspace,
    Key::Delete,
    Key::Up,
    Key::Down,
    Key::Left,
    Key::Right,
    Key::Home,
    Key::End,
    Key::Function(2),
    Key::Character('A'),
    Key::Character('R'),
    Key::Character('Z'),
];

fn editor(seed: u64) -> Editor {
    let mut editor = Editor::new(kitchen_sink(), IdMint::from_seed(seed));
    editor.resize_canvas(Size::new(900.0, 600.0));
    editor
}

fn some<T: Copy>(random: &mut Random, all: &[T]) -> T {
    all[random.below(all.len())]
}

fn modifiers(random: &mut Random) -> Modifiers {
    let held =
        [Modifiers::NONE, Modifiers::NONE, Modifiers::SHIFT, Modifiers::COMMAND, Modifiers::ALT];
    some(random, &held)
}

/// One thing that a person does.
fn step(editor: &mut Editor, random: &mut Random) {
    let at = Point::new(random.below(900) as f64, random.below(600) as f64);
    let button =
        some(random, &[Button::Primary, Button::Primary, Button::Secondary, Button::Middle]);
    let kind = random.below(16);
    let mut pointer = |kind| {
        let modifiers = modifiers(random);
        editor.on_event(&Event::Pointer(PointerEvent { kind, at, modifiers }));
    };
    match kind {
        0..4 => pointer(PointerKind::Move),
        4 | 5 => pointer(PointerKind::Down { button, clicks: 1 }),
        6 => pointer(PointerKind::Down { button: Button::Primary, clicks: 2 }),
        7..10 => pointer(PointerKind::Up { button }),
        10 => pointer(PointerKind::Scroll(Vec2::new(at.x - 450.0, at.y - 300.0))),
        11 => pointer(PointerKind::Zoom(0.5 + at.x / 600.0)),
        12 => pointer(PointerKind::Leave),
        13 => {
            let (key, modifiers) = (some(random, &KEYS), modifiers(random));
            editor.on_event(&Event::Key(KeyEvent { key, modifiers }));
        }
        14 => {
            editor.take_tool(TOOLS[random.below(TOOLS.len())].id);
        }
        _ => match random.below(3) {
            0 => {
                let all: Vec<_> = actions::all().collect();
                let _ = some(random, &all).run(Some(editor));
            }
            1 => editor.type_text(some(random, &TEXTS)),
            _ => {
                editor.commit_cell();
            }
        },
    }
}

fn check(editor: &mut Editor, steps: usize) {
    editor.commit_cell();
    editor.let_go();
    let text = write(editor.project());
    let again = read(&text, "x");
    assert!(again.diagnostics.is_empty(), "after {steps} steps: {:?}", again.diagnostics);
    assert_eq!(write(&again.project), text, "after {steps} steps");
    for (node, card) in &editor.layout().cards {
        assert!(card.rect.is_finite(), "after {steps} steps: {node:?}");
    }
}

/// Megabytes that the process has, where the system tells.
fn memory() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<usize>().ok()? / 1024)
}

#[test]
fn a_restless_hand_breaks_nothing() {
    let steps = env::var("LUNETTE_SOAK_STEPS").ok().and_then(|text| text.parse().ok());
    let seed = env::var("LUNETTE_SOAK_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(7);
    let is_long = steps.is_some();
    let steps = steps.unwrap_or(STEPS);
    let mut random = Random::from_seed(seed);
    let mut open = editor(seed);
    for at in 1..=steps {
        step(&mut open, &mut random);
        let is_large = open.project().model.entities().count() > MOST;
        if at % 100 == 0 || is_large {
            check(&mut open, at);
        }
        if at % SESSION == 0 || is_large {
            open = editor(seed + at as u64);
        }
        if is_long && at % (steps / 20).max(1) == 0 {
            println!("{at} steps, {:?} MB", memory());
        }
    }
}
