//! Tools, and what can be added without them.

use crate::base::geom::{Point, Rect, Size, Vec2};
use crate::editor::Editor;
use crate::editor::actions::view::middle;
use crate::editor::actions::{Action, Menu, Subject, has_cards, has_selection};
use crate::editor::command::{Command, Intent};
use crate::editor::event::{Key, Modifiers, Shortcut};
use crate::editor::selection::node_of;
use crate::editor::tools::{TOOLS, ToolId};
use crate::layout::room::Room;

const fn change(id: &'static str, label: &'static str, change: fn(&mut Editor)) -> Action {
    Action::change(Menu::Insert, id, label, change)
}

/// An action that takes a tool; its label and key are those of THE list of tools.
const fn tool(at: usize, id: &'static str, icon: &'static str, take: fn(&mut Editor)) -> Action {
    change(id, TOOLS[at].label, take).keys(TOOL_KEYS[at]).icon(icon)
}

const TOOL_KEYS: [&[Shortcut]; 7] = [
    &[TOOLS[0].shortcut],
    &[TOOLS[1].shortcut],
    &[TOOLS[2].shortcut],
    &[TOOLS[3].shortcut],
    &[TOOLS[4].shortcut],
    &[TOOLS[5].shortcut],
    &[TOOLS[6].shortcut],
];

/// The menu of tools and of what can be added.
pub const ACTIONS: &[Action] = &[
    tool(0, "tool.select", "cursor", |editor| editor.take_tool(ToolId::Select))
        .switch(|editor| editor.session().tool.id() == ToolId::Select),
    tool(1, "tool.hand", "hand", |editor| editor.take_tool(ToolId::Hand))
        .switch(|editor| editor.session().tool.id() == ToolId::Hand),
    tool(2, "tool.entity", "table", |editor| editor.take_tool(ToolId::Entity))
        .switch(|editor| editor.session().tool.id() == ToolId::Entity),
    tool(3, "tool.enumeration", "list-bullets", |editor| editor.take_tool(ToolId::Enumeration))
        .switch(|editor| editor.session().tool.id() == ToolId::Enumeration),
    tool(4, "tool.reference", "flow-arrow", |editor| editor.take_tool(ToolId::Reference))
        .switch(|editor| editor.session().tool.id() == ToolId::Reference),
    tool(5, "tool.note", "note", |editor| editor.take_tool(ToolId::Note))
        .switch(|editor| editor.session().tool.id() == ToolId::Note),
    tool(6, "tool.area", "bounding-box", |editor| editor.take_tool(ToolId::Area))
        .switch(|editor| editor.session().tool.id() == ToolId::Area),
    change("insert.entity", "New entity", |editor| {
        let at = free_place(editor);
        editor.carry_out(Command::Edit(Intent::AddEntity(at)));
    })
    .keys(&[Shortcut::with(Modifiers::SHIFT, Key::Character('E'))])
    .icon("table")
    .on(&[Subject::Canvas])
    .group(),
    change("insert.enumeration", "New enumeration", |editor| {
        let at = free_place(editor);
        editor.carry_out(Command::Edit(Intent::AddEnumeration(at)));
    })
    .keys(&[Shortcut::with(Modifiers::SHIFT, Key::Character('U'))])
    .icon("list-bullets")
    .on(&[Subject::Canvas]),
    change("insert.row", "New field or value", Editor::open_new_row)
        .keys(&[Shortcut::command(Key::Enter)])
        .icon("plus")
        .on(&[Subject::Entity, Subject::Field, Subject::Enumeration, Subject::Value])
        .when(has_selection),
    change("insert.note", "New note", add_note)
        .keys(&[Shortcut::with(Modifiers::SHIFT, Key::Character('N'))])
        .icon("note")
        .on(&[Subject::Canvas, Subject::Entity, Subject::Enumeration]),
    change("insert.area", "Area from selection", area_from_selection)
        .keys(&[Shortcut::command(Key::Character('G'))])
        .icon("bounding-box")
        .on(&[Subject::Entity, Subject::Enumeration, Subject::Several])
        .when(has_cards),
];

fn area_from_selection(editor: &mut Editor) {
    let nodes = editor.session().selection.nodes();
    editor.group_into_area(&nodes);
}

/// With a card selected the note is about it and stands below it.
fn add_note(editor: &mut Editor) {
    let size = Size::new(200.0, 96.0);
    let subject = editor.session().selection.single().and_then(node_of);
    let corner = match subject.and_then(|node| editor.layout().cards.get(&node)) {
        Some(card) => {
            let below = Point::new(card.rect.x0, card.rect.y1 + 16.0);
            free_from(editor, below, size, Vec2::new(0.0, 16.0))
        }
        None => free_place(editor),
    };
    editor.add_note(Rect::from_origin_size(corner, size), subject);
}

/// About as large as a card becomes while its first fields are typed.
const NEW_CARD: Size = Size::new(200.0, 160.0);

/// Where a new thing goes: the free place nearest to the pointer, else to the middle of what is seen.
fn free_place(editor: &Editor) -> Point {
    let viewport = editor.session().viewport();
    let at = match editor.session().pointer {
        Some(pointer) => viewport.world_from_screen(pointer),
        None => middle(editor),
    };
    let layout = editor.layout();
    let cards = layout.cards.values().map(|card| card.rect);
    Room::around(cards.chain(layout.notes.values().copied()).collect())
        .nearest_free(NEW_CARD, at, None)
}

/// The first place from `at` on, by steps of `by`, where a thing of that size covers no card.
fn free_from(editor: &Editor, mut at: Point, size: Size, by: Vec2) -> Point {
    let layout = editor.layout();
    for _ in 0..40 {
        let wanted = Rect::from_origin_size(at, size).inflate(16.0, 16.0);
        if !layout.cards.values().any(|card| card.rect.overlaps(wanted)) {
            break;
        }
        at += by;
    }
    at
}
