//! What is shown, and how large.

use crate::base::geom::Point;
use crate::editor::Editor;
use crate::editor::actions::effect::Effect;
use crate::editor::actions::{Action, Menu, Subject, has_cards, has_selection};
use crate::editor::event::{Key, Modifiers, Shortcut};

const fn change(id: &'static str, label: &'static str, change: fn(&mut Editor)) -> Action {
    Action::change(Menu::View, id, label, change)
}

const fn ask(id: &'static str, label: &'static str, effect: Effect) -> Action {
    Action::ask(Menu::View, id, label, effect)
}

const fn ctrl(key: char) -> Shortcut {
    Shortcut::command(Key::Character(key))
}

const fn shift(key: char) -> Shortcut {
    Shortcut::with(Modifiers::SHIFT, Key::Character(key))
}

/// The menu of what is shown.
pub const ACTIONS: &[Action] = &[
    change("view.zoom-in", "Zoom in", |editor| editor.session_mut().viewport_mut().zoom_in())
        .keys(&[ctrl('+'), ctrl('=')])
        .icon("plus"),
    change("view.zoom-out", "Zoom out", |editor| editor.session_mut().viewport_mut().zoom_out())
        .keys(&[ctrl('-')])
        .icon("minus"),
    change("view.zoom-100", "Zoom to 100 %", |editor| {
        let middle = editor.session().viewport().middle();
        editor.session_mut().viewport_mut().zoom_to(1.0, middle);
    })
    .keys(&[shift('0'), ctrl('0')]),
    change("view.fit-all", "Fit all", Editor::fit_all)
        .keys(&[shift('1')])
        .icon("corners-out")
        .on(&[Subject::Canvas]),
    change("view.fit-selection", "Fit selection", Editor::fit_selection)
        .keys(&[shift('2')])
        .when(has_selection),
    change("view.next-hop", "Light one hop further", Editor::widen_spotlight)
        .keys(&[shift('F')])
        .on(&[Subject::Entity, Subject::Enumeration])
        .when(has_cards),
    ask("view.palette", "Find entity, field or diagram", Effect::Find)
        .keys(&[ctrl('P')])
        .icon("magnifying-glass")
        .group(),
    ask("view.filter", "Filter the explorer", Effect::Filter)
        .keys(&[ctrl('F')])
        .icon("funnel-simple"),
    ask("view.explorer", "Explorer", Effect::ToggleExplorer)
        .keys(&[ctrl('B')])
        .icon("sidebar-simple")
        .group(),
    ask("view.inspector", "Inspector", Effect::ToggleInspector)
        .keys(&[ctrl('I')])
        .icon("sliders-horizontal"),
    ask("view.code", "Code", Effect::ShowCode).keys(&[ctrl('J')]).icon("code"),
    ask("view.problems", "Problems", Effect::ToggleProblems)
        .keys(&[ctrl('M')])
        .icon("warning-circle"),
    ask("view.minimap", "Minimap", Effect::ToggleMinimap)
        .keys(&[Shortcut::with(Modifiers::COMMAND_SHIFT, Key::Character('M'))])
        .icon("map-trifold"),
    ask("view.theme", "Switch light and dark theme", Effect::ToggleTheme)
        .keys(&[Shortcut::with(Modifiers::COMMAND_SHIFT, Key::Character('L'))])
        .icon("moon")
        .group(),
    change("view.snap-grid", "Snap to grid", |editor| {
        let snapping = &mut editor.session_mut().snapping;
        snapping.to_grid = !snapping.to_grid;
    })
    .switch(|editor| editor.session().snapping.to_grid),
    change("view.snap-neighbors", "Snap to neighbors", |editor| {
        let snapping = &mut editor.session_mut().snapping;
        snapping.to_neighbors = !snapping.to_neighbors;
    })
    .switch(|editor| editor.session().snapping.to_neighbors),
];

/// The point of the world that new things go to when no pointer says where: the middle of what is
/// seen.
pub fn middle(editor: &Editor) -> Point {
    let viewport = editor.session().viewport();
    viewport.world_from_screen(viewport.middle())
}
