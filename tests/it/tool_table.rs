//! Every state of every tool against everything that can happen in it, as one table in
//! `fixtures/tool_table.txt`: a transition that is missing, or that nobody meant, shows there. A new
//! state does not compile before it has a name here, and fails before it has a way to it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use lunette::editor::tools::connect::Connect;
use lunette::editor::tools::select::SelectTool;
use lunette::editor::tools::{Tool, ToolId};

use crate::tools::{Player, describe, start};

/// The states, each with steps that lead to it from the arrow at rest.
const STATES: [(&str, &str); 26] = [
    ("arrow at rest", ""),
    ("arrow pressing", "down User"),
    ("arrow dragging", "down User · move 300,500"),
    ("arrow dragging copies", "hold Alt · down User · move 300,500 · hold"),
    ("arrow brushing", "down 60,60 · move 420,300"),
    ("arrow connecting", "down Todo.title@left · move 300,500"),
    ("arrow reconnecting", "down Todo -> User@end · move 300,500"),
    ("arrow bending", "down Todo -> User@middle · move 300,500"),
    ("arrow resizing", "click Status · down Status@corner · move 1200,300"),
    ("arrow panning with Space", "space down · down 300,500"),
    ("arrow typing a name", "click User · key F2 · type Human"),
    ("arrow typing a field", "click User · key Ctrl+Enter · type age int"),
    ("arrow asking", "click Todo -> User@end"),
    ("hand at rest", "key H"),
    ("hand holding", "key H · down 300,500"),
    ("entity at rest", "key E"),
    ("entity pressed", "key E · down 300,500"),
    ("enumeration at rest", "key U"),
    ("enumeration pressed", "key U · down 300,500"),
    ("note at rest", "key N"),
    ("note pressed", "key N · down 300,500"),
    ("reference at rest", "key R"),
    ("reference dragging", "key R · down Todo · move 300,500"),
    ("reference following", "key R · click Todo · move 300,500"),
    ("area at rest", "key A"),
    ("area pressed", "key A · down 60,60 · move 420,330"),
];

/// What can happen, by a name that fits a column.
const EVENTS: [(&str, &str); 26] = [
    ("move", "move 310,510"),
    ("release", "up"),
    ("release on a card", "move Todo · up"),
    ("press a card", "down Todo"),
    ("press a row", "down Todo.status"),
    ("press nothing", "down 500,640"),
    ("click nothing", "click 500,640"),
    ("double click a row", "double Todo.status"),
    ("double click nothing", "double 500,640"),
    ("press the other button", "menu Todo"),
    ("middle drag", "middle 300,500 to 340,520"),
    ("scroll", "scroll 10,20"),
    ("pinch", "zoom 2"),
    ("leave", "leave"),
    ("Escape", "key Esc"),
    ("Escape twice", "key Esc · key Esc"),
    ("Enter", "key Enter"),
    ("Tab", "key Tab"),
    ("arrow key", "key Right"),
    ("its own tool key", "own"),
    ("V", "tool V"),
    ("R", "tool R"),
    ("Delete", "do edit.delete"),
    ("undo", "do edit.undo"),
    ("fit all", "do view.fit-all"),
    ("next diagram", "do diagram.new"),
];

/// The name of a state, told from the tool alone: no wildcard, so that a new one is named.
fn name(tool: &Tool) -> &'static str {
    let is_at_rest = tool.is_at_rest();
    match tool {
        Tool::Select(state) => match state {
            SelectTool::Idle => "arrow at rest",
            SelectTool::Pressing(_) => "arrow pressing",
            SelectTool::Dragging(_) => "arrow dragging",
            SelectTool::Brushing(_) => "arrow brushing",
            SelectTool::Connecting(_) => "arrow connecting",
            SelectTool::Reconnecting(_) => "arrow reconnecting",
            SelectTool::Bending(_) => "arrow bending",
            SelectTool::Resizing(_) => "arrow resizing",
        },
        Tool::Hand(_) if is_at_rest => "hand at rest",
        Tool::Hand(_) => "hand holding",
        Tool::Place(_) => match (tool.id(), is_at_rest) {
            (ToolId::Enumeration, true) => "enumeration at rest",
            (ToolId::Enumeration, false) => "enumeration pressed",
            (ToolId::Note, true) => "note at rest",
            (ToolId::Note, false) => "note pressed",
            (_, true) => "entity at rest",
            (_, false) => "entity pressed",
        },
        Tool::Connect(state) => match state {
            Connect::Idle => "reference at rest",
            Connect::Dragging { .. } => "reference dragging",
            Connect::Following(_) => "reference following",
        },
        Tool::DrawArea(_) if is_at_rest => "area at rest",
        Tool::DrawArea(_) => "area pressed",
    }
}

const NAMES: [&str; 21] = [
    "arrow at rest",
    "arrow pressing",
    "arrow dragging",
    "arrow brushing",
    "arrow connecting",
    "arrow reconnecting",
    "arrow bending",
    "arrow resizing",
    "hand at rest",
    "hand holding",
    "entity at rest",
    "entity pressed",
    "enumeration at rest",
    "enumeration pressed",
    "note at rest",
    "note pressed",
    "reference at rest",
    "reference dragging",
    "reference following",
    "area at rest",
    "area pressed",
];

/// Everything of a player that a transition may change.
#[derive(PartialEq)]
struct Snapshot {
    tool: &'static str,
    keeps: bool,
    history: Vec<String>,
    project: String,
    selected: Vec<String>,
    typing: Option<String>,
    asking: bool,
    view: (i64, i64, i64),
    panning: bool,
}

fn snapshot(player: &Player) -> Snapshot {
    let session = player.editor.session();
    let origin = session.viewport().origin();
    let history = player.editor.document().history().past_labels();
    Snapshot {
        tool: name(&session.tool),
        keeps: session.keeps_tool,
        history: history.map(str::to_owned).collect(),
        project: describe(player.editor.project()),
        selected: session.selection.iter().map(|one| player.name_of(one)).collect(),
        typing: session.cell.as_ref().map(|cell| cell.text.clone()),
        asking: session.popover.is_some(),
        view: (origin.x as i64, origin.y as i64, (session.viewport().zoom() * 100.0) as i64),
        panning: session.grip.is_some(),
    }
}

/// What became of it, in few words.
fn change(rest: &Snapshot, before: &Snapshot, after: &Snapshot) -> String {
    let mut said = vec![after.tool.to_owned()];
    let mut say = |is_so: bool, what: String| said.extend(is_so.then_some(what));
    say(after.keeps, "kept".to_owned());
    say(after.panning, "panning".to_owned());
    let new: Vec<_> = after.history.iter().skip(rest.history.len()).cloned().collect();
    say(!new.is_empty(), format!("did [{}]", new.join(", ")));
    say(new.is_empty() && after.project != rest.project, "the project is changing".to_owned());
    say(after.selected != before.selected, format!("selected [{}]", after.selected.join(", ")));
    say(after.typing.is_some(), format!("typing `{}`", after.typing.clone().unwrap_or_default()));
    say(after.asking, "asking".to_owned());
    say(after.view != before.view, "the view moved".to_owned());
    said.join(", ")
}

fn play(player: &mut Player, state: &str, event: &str) {
    match event.split_once(' ') {
        // Tool keys are no letters while somebody types.
        Some(("tool", key)) if player.editor.session().cell.is_none() => {
            player.play(&format!("key {key}"));
        }
        Some(("tool", _)) => {}
        _ if event == "own" => {
            let key = match state.split(' ').next() {
                Some("hand") => "H",
                Some("entity") => "E",
                Some("enumeration") => "U",
                Some("note") => "N",
                Some("reference") => "R",
                Some("area") => "A",
                _ => "V",
            };
            play(player, state, &format!("tool {key}"));
        }
        _ => player.play(event),
    }
}

#[test]
fn every_state_answers_every_event() {
    let mut table = String::from("# Every state, and what each event makes of it.\n");
    let mut reached = BTreeSet::new();
    for (state, way) in STATES {
        writeln!(table, "\n{state}").unwrap();
        for (event, steps) in EVENTS {
            let mut player = Player::new(start("documents"));
            let rest = snapshot(&player);
            player.play(way);
            let before = snapshot(&player);
            reached.insert(before.tool);
            assert!(state.starts_with("arrow ") || before.tool == state, "{state}");
            if before.typing.is_some() && event == "arrow key" {
                // It moves the cursor in the text.
                continue;
            }
            play(&mut player, state, steps);
            let after = snapshot(&player);
            writeln!(table, "    {event:<24}{}", change(&rest, &before, &after)).unwrap();
            check_rest(&mut player, state, event);
        }
    }
    assert_eq!(reached, NAMES.into_iter().collect());
    let path = "tests/fixtures/tool_table.txt";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, &table).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), table);
}

/// From wherever an event led, Escape a few times leads to the arrow at rest, no transaction stays
/// open, and undoing everything leads back to the start.
fn check_rest(player: &mut Player, state: &str, event: &str) {
    player.play("space up · hold");
    for _ in 0..4 {
        player.play("key Esc");
    }
    player.play("up");
    assert_eq!(name(&player.editor.session().tool), "arrow at rest", "{event} in {state}");
    assert!(!player.editor.document().is_in_transaction(), "{event} in {state}");
    while player.editor.undo().is_some() {}
    let start = Player::new(start("documents"));
    let now = describe(player.editor.project());
    assert_eq!(now, describe(start.editor.project()), "{event} in {state}");
}
