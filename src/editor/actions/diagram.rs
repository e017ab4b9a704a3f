//! The pictures of the model: which there are, what they show and how.

use indexmap::IndexSet;

use crate::diagram::Content;
use crate::diagram::notation::{Detail, LineStyle, Notation};
use crate::document::edit::diagrams::{add_diagram, hide_nodes, remove_diagram};
use crate::editor::Editor;
use crate::editor::actions::{Action, Menu, Subject, has_cards};
use crate::editor::cell::Cell;
use crate::editor::event::{Key, Modifiers, Shortcut};
use crate::model::id::NodeId;

const fn change(id: &'static str, label: &'static str, change: fn(&mut Editor)) -> Action {
    Action::change(Menu::Diagram, id, label, change)
}

const CARDS: &[Subject] = &[Subject::Entity, Subject::Enumeration, Subject::Several];

macro_rules! detail {
    ($id:literal, $label:literal, $value:ident) => {
        change($id, $label, |editor| set_detail(editor, Detail::$value))
            .switch(|editor| editor.diagram().is_some_and(|d| d.detail == Detail::$value))
    };
}

macro_rules! notation {
    ($id:literal, $label:literal, $value:ident) => {
        change($id, $label, |editor| set_notation(editor, Notation::$value))
            .switch(|editor| editor.diagram().is_some_and(|d| d.notation == Notation::$value))
    };
}

macro_rules! lines {
    ($id:literal, $label:literal, $value:ident) => {
        change($id, $label, |editor| set_lines(editor, LineStyle::$value))
            .switch(|editor| editor.diagram().is_some_and(|d| d.lines == LineStyle::$value))
    };
}

/// The menu of diagrams.
pub const ACTIONS: &[Action] = &[
    change("diagram.new", "New diagram of everything", |editor| {
        add(editor, "Diagram", Content::Everything);
    })
    .keys(&[Shortcut::command(Key::Character('T'))])
    .icon("squares-four"),
    change("diagram.from-selection", "New diagram from selection", from_selection)
        .on(CARDS)
        .when(has_cards),
    change("diagram.from-neighbors", "New diagram from neighbors", from_neighbors)
        .on(CARDS)
        .when(has_cards),
    change("diagram.rename", "Rename diagram", |editor| {
        let diagram = editor.session().diagram;
        editor.open_cell(Cell::DiagramName(diagram));
    }),
    change("diagram.delete", "Delete diagram", delete)
        .when(|editor| editor.project().diagrams.len() > 1),
    change("diagram.next", "Next diagram", |editor| step(editor, true))
        .keys(&[Shortcut::command(Key::PageDown)])
        .when(|editor| editor.project().diagrams.len() > 1),
    change("diagram.previous", "Previous diagram", |editor| step(editor, false))
        .keys(&[Shortcut::command(Key::PageUp)])
        .when(|editor| editor.project().diagrams.len() > 1),
    change("diagram.hide", "Take off this diagram", hide)
        .keys(&[Shortcut::with(Modifiers::SHIFT, Key::Delete)])
        .on(CARDS)
        .when(has_cards),
    detail!("diagram.detail-names", "Show names only", Names).group(),
    detail!("diagram.detail-keys", "Show keys only", Keys),
    detail!("diagram.detail-fields", "Show all fields", Fields),
    detail!("diagram.detail-types", "Show fields with types", Types),
    detail!("diagram.detail-notes", "Show fields with notes", Notes),
    notation!("diagram.crows-foot", "Crow's foot notation", CrowsFoot).group(),
    notation!("diagram.idef1x", "IDEF1X notation", Idef1x),
    notation!("diagram.uml", "UML notation", Uml),
    notation!("diagram.chen", "Chen notation", Chen),
    lines!("diagram.orthogonal", "Orthogonal lines", Orthogonal).group(),
    lines!("diagram.curved", "Curved lines", Curved),
    lines!("diagram.straight", "Straight lines", Straight),
];

fn set_detail(editor: &mut Editor, detail: Detail) {
    let diagram = editor.session().diagram;
    editor.show_detail(diagram, detail);
}

fn set_notation(editor: &mut Editor, notation: Notation) {
    let diagram = editor.session().diagram;
    editor.edit("notation", |project, _| {
        if let Some(diagram) = project.diagram_mut(diagram) {
            diagram.notation = notation;
        }
    });
}

fn set_lines(editor: &mut Editor, lines: LineStyle) {
    let diagram = editor.session().diagram;
    editor.edit("line style", |project, _| {
        if let Some(diagram) = project.diagram_mut(diagram) {
            diagram.lines = lines;
        }
    });
}

fn add(editor: &mut Editor, name: &str, content: Content) {
    let id = editor.edit("add diagram", |project, mint| add_diagram(project, mint, name, content));
    editor.open_diagram(id);
}

fn from_selection(editor: &mut Editor) {
    let nodes: IndexSet<NodeId> = editor.session().selection.nodes().into_iter().collect();
    let name = first_name(editor, &nodes);
    add(editor, &name, Content::Chosen(nodes));
}

fn from_neighbors(editor: &mut Editor) {
    let chosen = editor.session().selection.nodes();
    let graph = editor.project().model.graph();
    let mut nodes: IndexSet<NodeId> = chosen.iter().copied().collect();
    for node in chosen {
        nodes.extend(graph.neighbors(node));
    }
    let name = format!("Around {}", first_name(editor, &nodes));
    add(editor, &name, Content::Chosen(nodes));
}

fn first_name(editor: &Editor, nodes: &IndexSet<NodeId>) -> String {
    let first = nodes.first().map(|node| editor.project().model.display_name(*node));
    first.unwrap_or_else(|| "Diagram".to_owned())
}

fn delete(editor: &mut Editor) {
    let diagram = editor.session().diagram;
    step(editor, false);
    editor.edit("delete diagram", |project, _| remove_diagram(project, diagram));
    editor.close_tab(diagram);
}

fn step(editor: &mut Editor, forward: bool) {
    let all: Vec<_> = editor.project().diagrams.keys().copied().collect();
    let at = all.iter().position(|id| *id == editor.session().diagram).unwrap_or_default();
    let next = if forward { at + 1 } else { at + all.len().saturating_sub(1) };
    if let Some(diagram) = all.get(next % all.len().max(1)) {
        editor.open_diagram(*diagram);
    }
}

fn hide(editor: &mut Editor) {
    let (nodes, diagram) = (editor.session().selection.nodes(), editor.session().diagram);
    editor.edit("take off diagram", |project, _| hide_nodes(project, diagram, &nodes));
    editor.select([]);
}
