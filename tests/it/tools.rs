//! Tools by script: what a pointer and a keyboard do, and what the project and the session are then.
//!
//! A fixture in `fixtures/tools` holds a project to start from, a script, and what is expected after
//! some steps: the session, and the lines of the project that came or went since. Steps stand
//! between `·`; positions are in screen units from the canvas's corner.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use lunette::base::geom::{Point, Size, Vec2};
use lunette::document::project::Project;
use lunette::editor::Editor;
use lunette::editor::actions;
use lunette::editor::cell::Step;
use lunette::editor::event::{
    Button, Event, Key, KeyEvent, Modifiers, PointerEvent, PointerKind, Shortcut,
};
use lunette::editor::quick_entry::print;
use lunette::model::id::{ElementId, IdMint, NodeId};
use lunette::model::spelling::type_name;

use crate::support::small;

/// Carries out scripts.
pub(crate) struct Player {
    pub(crate) editor: Editor,
    modifiers: Modifiers,
    at: Point,
    known: String,
}

impl Player {
    pub(crate) fn new(project: Project) -> Self {
        let mut editor = Editor::new(project, IdMint::from_seed(42));
        editor.resize_canvas(Size::new(1200.0, 800.0));
        editor.session_mut().viewport_mut().zoom_to(1.0, Point::ORIGIN);
        editor.session_mut().viewport_mut().center_on(Point::new(600.0, 400.0));
        let known = describe(editor.project());
        Self { editor, modifiers: Modifiers::NONE, at: Point::ORIGIN, known }
    }

    /// Carries out steps between `·` or on lines of their own.
    pub(crate) fn play(&mut self, script: &str) {
        for step in script.split(['·', '\n']).map(str::trim).filter(|step| !step.is_empty()) {
            self.step(step);
        }
    }

    /// Carries out one step, whatever its text holds.
    pub(crate) fn play_step(&mut self, step: &str) {
        self.step(step);
    }

    fn step(&mut self, step: &str) {
        let (verb, rest) = step.split_once(' ').unwrap_or((step, ""));
        match verb {
            "down" => {
                self.pointer(rest, |clicks| PointerKind::Down { button: Button::Primary, clicks });
            }
            "move" => self.pointer(rest, |_| PointerKind::Move),
            "up" => self.pointer(rest, |_| PointerKind::Up { button: Button::Primary }),
            "click" => {
                self.step(&format!("down {rest}"));
                self.step("up");
            }
            "double" => {
                self.step(&format!("click {rest}"));
                self.pointer(rest, |_| PointerKind::Down { button: Button::Primary, clicks: 2 });
                self.step("up");
            }
            "drag" => {
                let (from, to) = rest.split_once(" to ").unwrap();
                self.play(&format!("down {from} · move {to} · up"));
            }
            "hold" => {
                let held = |name: &str| rest.split('+').any(|one| one == name);
                self.modifiers =
                    Modifiers { command: held("Ctrl"), shift: held("Shift"), alt: held("Alt") };
            }
            "key" => self.key(rest),
            "type" => {
                assert!(self.editor.session().cell.is_some(), "nothing is open to type `{rest}`");
                self.editor.type_text(rest);
            }
            "middle" => {
                let (from, to) = rest.split_once(" to ").unwrap();
                let button = Button::Middle;
                self.pointer(from, |clicks| PointerKind::Down { button, clicks });
                self.pointer(to, |_| PointerKind::Move);
                self.pointer("", |_| PointerKind::Up { button });
            }
            "zoom" => {
                let factor = rest.parse().unwrap();
                self.pointer("", |_| PointerKind::Zoom(factor));
            }
            "menu" => {
                let button = Button::Secondary;
                self.pointer(rest, |clicks| PointerKind::Down { button, clicks });
                self.pointer("", |_| PointerKind::Up { button });
            }
            "scroll" => {
                let (x, y) = rest.split_once(',').unwrap();
                let by = Vec2::new(x.parse().unwrap(), y.parse().unwrap());
                self.pointer("", |_| PointerKind::Scroll(by));
            }
            "leave" => self.pointer("", |_| PointerKind::Leave),
            "space" => self.editor.session_mut().holds_space = rest == "down",
            "do" => {
                let action = actions::action(rest);
                action.unwrap().run(Some(&mut self.editor));
            }
            other => panic!("no step is called `{other}`"),
        }
    }

    /// `10,10`, the name of something on the canvas, or nothing for where the pointer is.
    fn pointer(&mut self, place: &str, kind: impl Fn(u8) -> PointerKind) {
        if !place.is_empty() {
            self.at = self.place(place);
        }
        let event = PointerEvent { kind: kind(1), at: self.at, modifiers: self.modifiers };
        self.editor.on_event(&Event::Pointer(event));
    }

    fn place(&self, place: &str) -> Point {
        let number = |text: &str| text.trim().parse::<f64>();
        if let Some((x, y)) = place.split_once(',')
            && let (Ok(x), Ok(y)) = (number(x), number(y))
        {
            return Point::new(x, y);
        }
        let world = self.named(place).unwrap_or_else(|| panic!("`{place}` is not on the canvas"));
        self.editor.session().viewport().screen_from_world(world)
    }

    /// `User`, `User.email`, their dots `User.email@right`, `User@left`, and `User@corner`; the only
    /// `note` or `area`, and its `@corner`.
    fn named(&self, name: &str) -> Option<Point> {
        let (name, side) = name.split_once('@').unwrap_or((name, ""));
        let rect = match name {
            "note" => self.editor.layout().notes.values().next(),
            "area" => self.editor.layout().frames.values().next(),
            _ => None,
        };
        if let Some((from, to)) = name.split_once(" -> ") {
            return self.on_line(from, to, side);
        }
        if let Some(rect) = rect {
            let is_corner = side == "corner";
            return Some(if is_corner { Point::new(rect.x1, rect.y1) } else { rect.center() });
        }
        let (card_name, row_name) = name.split_once('.').unwrap_or((name, ""));
        let model = &self.editor.project().model;
        let layout = self.editor.layout();
        let (node, card) =
            layout.cards.iter().find(|(node, _)| model.display_name(**node) == card_name)?;
        let row = match node {
            NodeId::Entity(id) => {
                let fields = model.entity(*id)?.all_fields();
                let field = fields.into_iter().find(|field| field.name == row_name);
                field.map(|field| lunette::layout::RowContent::Field(field.id))
            }
            NodeId::Enumeration(id) => {
                let values = &model.enumeration(*id)?.values;
                let value = values.iter().find(|value| value.name == row_name);
                value.map(|value| lunette::layout::RowContent::Value(value.id))
            }
        };
        assert!(row.is_some() || row_name.is_empty(), "no row is called {row_name}");
        let y =
            row.and_then(|row| card.row_center(row)).unwrap_or(card.rect.y0 + card.header / 2.0);
        if side == "corner" {
            return Some(Point::new(card.rect.x1, card.rect.y1));
        }
        let x = match side {
            "left" => card.rect.x0 - 3.0,
            "right" => card.rect.x1 + 3.0,
            _ => card.rect.center().x,
        };
        Some(Point::new(x, y))
    }

    /// On the first line between two cards: beyond the dots at its `@start` or `@end`, else the middle
    /// of its longest piece.
    fn on_line(&self, from: &str, to: &str, place: &str) -> Option<Point> {
        let model = &self.editor.project().model;
        let line = self.editor.layout().lines.values().find(|line| {
            model.display_name(line.from) == from && model.display_name(line.to) == to
        })?;
        let length = |piece: &&[Point]| piece[0].distance(piece[1]);
        let longest = line.points.windows(2).max_by(|a, b| length(a).total_cmp(&length(b)))?;
        Some(match place {
            "start" => line.points[0] + (line.points[1] - line.points[0]).normalize() * 15.0,
            "end" => {
                let [.., before, last] = line.points.as_slice() else { return None };
                *last + (*before - *last).normalize() * 15.0
            }
            _ => longest[0].midpoint(longest[1]),
        })
    }

    /// A key goes where the window would send it: to the open cell, to an action, to the tool.
    fn key(&mut self, name: &str) {
        let shortcut = Shortcut::parse(name).unwrap();
        let event = KeyEvent { key: shortcut.key, modifiers: shortcut.modifiers };
        if self.editor.session().cell.is_some() {
            match (event.key, event.modifiers.shift) {
                (Key::Enter | Key::Tab | Key::Down, false) => self.editor.step_cell(Step::Forward),
                (Key::Tab | Key::Enter, true) | (Key::Up, _) => self.editor.step_cell(Step::Back),
                (Key::Escape, _) => self.editor.escape_cell(),
                _ => panic!("`{name}` means nothing in a cell"),
            }
            return;
        }
        match actions::for_key(event) {
            Some(action) => {
                action.run(Some(&mut self.editor));
            }
            None => self.editor.on_event(&Event::Key(event)),
        }
    }

    /// The state that a fixture expects, as text.
    pub(crate) fn state(&mut self) -> String {
        let mut text = String::new();
        let session = self.editor.session();
        let selected: Vec<String> =
            session.selection.iter().map(|element| self.name_of(element)).collect();
        writeln!(text, "tool {:?}, selected [{}]", session.tool.id(), selected.join(", ")).unwrap();
        if let Some(cell) = &session.cell {
            writeln!(text, "typing `{}`", cell.text).unwrap();
        }
        if let Some(popover) = session.popover {
            let kind = match popover {
                lunette::editor::session::Popover::Cardinality(_, end) => format!("{end:?} end"),
                lunette::editor::session::Popover::Reference(_) => "reference".to_owned(),
            };
            writeln!(text, "asking about the {kind}").unwrap();
        }
        let viewport = session.viewport();
        if viewport.origin() != Point::ORIGIN || viewport.zoom() != 1.0 {
            let origin = viewport.origin().round();
            writeln!(text, "view from {origin} at {:.2}", viewport.zoom()).unwrap();
        }
        let history: Vec<&str> = self.editor.document().history().past_labels().collect();
        writeln!(text, "history [{}]", history.join(", ")).unwrap();
        let now = describe(self.editor.project());
        for line in self.known.lines().filter(|line| !now.lines().any(|new| new == *line)) {
            writeln!(text, "- {line}").unwrap();
        }
        for line in now.lines().filter(|line| !self.known.lines().any(|old| old == *line)) {
            writeln!(text, "+ {line}").unwrap();
        }
        self.known = now;
        text
    }

    pub(crate) fn name_of(&self, element: ElementId) -> String {
        let model = &self.editor.project().model;
        match element {
            ElementId::Entity(id) => model.display_name(id.into()),
            ElementId::Enumeration(id) => model.display_name(id.into()),
            ElementId::Field(entity, field) => {
                let owner = model.entity(entity).unwrap();
                format!("{}.{}", owner.name, owner.field(field).unwrap().name)
            }
            ElementId::Value(id, value) => {
                let owner = model.enumeration(id).unwrap();
                let value = owner.values.iter().find(|one| one.id == value).unwrap();
                format!("{}.{}", owner.name, value.name)
            }
            ElementId::Reference(id) => {
                let reference = model.reference(id).unwrap();
                let name = |id: lunette::model::id::EntityId| model.display_name(id.into());
                format!("{} -> {}", name(reference.from.entity), name(reference.to.entity))
            }
            ElementId::Area(id) => format!("area {}", model.area(id).unwrap().name),
            ElementId::Note(id) => format!("note `{}`", model.note(id).unwrap().text),
            other => format!("{other:?}"),
        }
    }
}

/// A project as text without ids: entities with their lines, references, areas, notes, places.
pub(crate) fn describe(project: &Project) -> String {
    let model = &project.model;
    let mut text = String::new();
    let diagram = project.first_diagram().unwrap();
    let place = |node: NodeId| {
        diagram.placements.get(&node).map_or("nowhere".to_owned(), |placement| {
            let width = placement.width.map(|width| format!(" width {width}")).unwrap_or_default();
            format!("{},{}{width}", placement.position.x, placement.position.y)
        })
    };
    for entity in model.entities() {
        let kind = entity.kind.as_str();
        writeln!(text, "{kind} {} at {}", entity.name, place(entity.id.into())).unwrap();
        for field in entity.all_fields() {
            let depth = entity.field_path(field.id).len();
            let line = print::line(model, entity, field, &project.settings.target);
            writeln!(text, "{}{line}", "  ".repeat(depth)).unwrap();
        }
        if entity.timestamps {
            writeln!(text, "  timestamps").unwrap();
        }
    }
    for enumeration in model.enumerations() {
        let values: Vec<&str> =
            enumeration.values.iter().map(|value| value.name.as_str()).collect();
        let at = place(enumeration.id.into());
        writeln!(text, "enum {} ({}) at {at}", enumeration.name, values.join(", ")).unwrap();
    }
    for reference in model.references() {
        let end = |end: &lunette::model::reference::End| {
            let owner = model.entity(end.entity).unwrap();
            let fields: Vec<String> = end
                .fields
                .iter()
                .map(|field| {
                    let field = owner.field(*field).unwrap();
                    format!("{} {}", field.name, type_name(model, &field.ty))
                })
                .collect();
            format!("{} ({}) {}", owner.name, fields.join(", "), end.cardinality.as_str())
        };
        writeln!(text, "{} -> {}", end(&reference.from), end(&reference.to)).unwrap();
        if let Some(route) = diagram.routes.get(&reference.id) {
            writeln!(text, "  bends {:?}", route.bends).unwrap();
        }
    }
    for area in model.areas() {
        let members: Vec<String> =
            area.members.iter().map(|node| model.display_name(*node)).collect();
        writeln!(text, "area {} [{}]", area.name, members.join(", ")).unwrap();
    }
    for note in model.notes() {
        let rect = diagram.notes[&note.id];
        writeln!(text, "note `{}` at {} size {}", note.text, rect.origin(), rect.size()).unwrap();
    }
    text
}

/// A small project of the given name, its cards where scripts know them.
pub(crate) fn start(name: &str) -> Project {
    let mut project = match name {
        "documents" => small::documents(),
        "tables" => small::tables(),
        "empty" => Project::new("Empty", &mut IdMint::from_seed(7)),
        other => panic!("no project is called `{other}`"),
    };
    let id = project.first_diagram().unwrap().id;
    let nodes = project.first_diagram().unwrap().nodes(&project.model);
    let diagram = project.diagram_mut(id).unwrap();
    for (at, node) in nodes.into_iter().enumerate() {
        let x = 80.0 + 400.0 * at as f64;
        let placement =
            lunette::diagram::placement::Placement::at(Point::new(x, 80.0 + 40.0 * at as f64));
        diagram.placements.insert(node, placement);
    }
    project
}

/// Every fixture: `start NAME`, steps, and after a line `=>` what is expected then; several times.
#[test]
fn scripts_end_as_expected() {
    let folder = Path::new("tests/fixtures/tools");
    let mut scripts: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    scripts.sort();
    assert!(scripts.len() >= 20, "scripts are missing");
    for path in scripts {
        let text = fs::read_to_string(&path).unwrap();
        let played = replay(&text);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &played).unwrap();
        } else {
            assert_eq!(text, played, "{}", path.display());
        }
    }
}

/// The script with what really comes out in the place of what it expects.
fn replay(text: &str) -> String {
    let mut lines = text.lines().peekable();
    let mut played = String::new();
    let mut player = None;
    while let Some(line) = lines.next() {
        played.push_str(line);
        played.push('\n');
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        if let Some(name) = line.strip_prefix("start ") {
            player = Some(Player::new(start(name)));
        } else if line == "=>" {
            let player: &mut Player = player.as_mut().unwrap();
            for line in player.state().lines() {
                writeln!(played, "    {line}").unwrap();
            }
            while lines.next_if(|line| line.starts_with("    ")).is_some() {}
        } else {
            player.as_mut().unwrap().play(line);
        }
    }
    played
}
