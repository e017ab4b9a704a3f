//! Where things stand.

use crate::base::geom::{Point, Rect, Vec2};
use crate::document::edit::diagrams::{
    Arrangement, add_area, arrange, set_field_folded, set_folded,
};
use crate::editor::Editor;
use crate::editor::actions::effect::{Arranged, Effect};
use crate::editor::actions::{Action, Menu, Subject, has_cards, has_several_cards};
use crate::editor::event::{Key, Modifiers, Shortcut};
use crate::layout::communities::communities;
use crate::model::id::{ElementId, FieldId, NodeId};

const fn change(id: &'static str, label: &'static str, change: fn(&mut Editor)) -> Action {
    Action::change(Menu::Arrange, id, label, change)
}

const fn ask(id: &'static str, label: &'static str, scope: Arranged) -> Action {
    Action::ask(Menu::Arrange, id, label, Effect::Arrange(scope))
}

const fn alt(key: char) -> Shortcut {
    Shortcut::with(Modifiers::ALT, Key::Character(key))
}

const CARDS: &[Subject] = &[Subject::Entity, Subject::Enumeration, Subject::Several];
const CARD: &[Subject] = &[Subject::Entity, Subject::Enumeration];
const FOLDABLE: &[Subject] =
    &[Subject::Entity, Subject::Enumeration, Subject::Field, Subject::Several];
const SEVERAL: &[Subject] = &[Subject::Several];

/// The menu of places.
pub const ACTIONS: &[Action] = &[
    ask("arrange.all", "Arrange all", Arranged::All)
        .keys(&[Shortcut::with(Modifiers::COMMAND_SHIFT, Key::Character('A'))])
        .icon("tree-structure")
        .on(&[Subject::Canvas]),
    ask("arrange.anew", "Arrange all from scratch", Arranged::Anew),
    ask("arrange.selection", "Arrange selection", Arranged::Selection)
        .on(SEVERAL)
        .when(has_several_cards),
    ask("arrange.new", "Arrange only what is new", Arranged::New),
    ask("arrange.around", "Arrange around this card", Arranged::Around).on(CARD).when(has_one_card),
    ask("arrange.areas", "Arrange by area", Arranged::Areas).when(has_groups).group(),
    ask("arrange.left-right", "Arrange from left to right", Arranged::LeftRight),
    ask("arrange.top-down", "Arrange top down", Arranged::TopDown),
    ask("arrange.grid", "Arrange in a grid", Arranged::Grid),
    ask("arrange.unlinked", "Arrange unlinked cards by name", Arranged::Unlinked),
    change("arrange.suggest-areas", "Suggest areas", suggest_areas).when(has_loose_cards),
    change("arrange.left", "Align left", |editor| align(editor, Edge::Left))
        .keys(&[alt('A')])
        .icon("align-left")
        .on(SEVERAL)
        .when(has_several_cards)
        .group(),
    change("arrange.center", "Align centers", |editor| align(editor, Edge::Center))
        .keys(&[alt('H')])
        .icon("align-center-horizontal")
        .on(SEVERAL)
        .when(has_several_cards),
    change("arrange.right", "Align right", |editor| align(editor, Edge::Right))
        .keys(&[alt('D')])
        .icon("align-right")
        .on(SEVERAL)
        .when(has_several_cards),
    change("arrange.top", "Align top", |editor| align(editor, Edge::Top))
        .keys(&[alt('W')])
        .icon("align-top")
        .on(SEVERAL)
        .when(has_several_cards),
    change("arrange.middle", "Align middles", |editor| align(editor, Edge::Middle))
        .keys(&[alt('V')])
        .icon("align-center-vertical")
        .on(SEVERAL)
        .when(has_several_cards),
    change("arrange.bottom", "Align bottom", |editor| align(editor, Edge::Bottom))
        .keys(&[alt('S')])
        .icon("align-bottom")
        .on(SEVERAL)
        .when(has_several_cards),
    change("arrange.spread-x", "Distribute sideways", |editor| spread(editor, Axis::X))
        .on(SEVERAL)
        .when(has_several_cards)
        .group(),
    change("arrange.spread-y", "Distribute up and down", |editor| spread(editor, Axis::Y))
        .on(SEVERAL)
        .when(has_several_cards),
    change("arrange.same-width", "Same width", same_width).on(SEVERAL).when(has_several_cards),
    change("arrange.own-width", "Width from the texts", own_width).on(CARDS).when(has_cards),
    change("arrange.fold", "Fold", |editor| fold(editor, true))
        .keys(&[Shortcut::command(Key::Up)])
        .on(FOLDABLE)
        .when(has_foldable)
        .group(),
    change("arrange.unfold", "Unfold", |editor| fold(editor, false))
        .keys(&[Shortcut::command(Key::Down)])
        .on(FOLDABLE)
        .when(has_foldable),
    change("arrange.pin", "Pin in place", pin)
        .icon("push-pin")
        .on(CARDS)
        .when(has_cards)
        .switch(is_pinned),
];

fn has_one_card(editor: &Editor) -> bool {
    has_cards(editor) && !has_several_cards(editor)
}

fn has_groups(editor: &Editor) -> bool {
    let model = &editor.project().model;
    model.areas().len() > 0 || model.namespaces().len() > 1
}

/// The shown entities and enumerations that are in no area.
fn loose_cards(editor: &Editor) -> Vec<NodeId> {
    let model = &editor.project().model;
    let nodes = editor.diagram().map(|diagram| diagram.nodes(model)).unwrap_or_default();
    nodes.into_iter().filter(|node| model.area_of(*node).is_none()).collect()
}

fn has_loose_cards(editor: &Editor) -> bool {
    !loose_cards(editor).is_empty()
}

/// Puts cards that hang together into areas, each named after the one that most of the others are linked
/// to; what is in an area already stays there.
fn suggest_areas(editor: &mut Editor) {
    let found = communities(&editor.project().model, &loose_cards(editor));
    editor.edit("suggest areas", |project, mint| {
        for members in found {
            let n_links = |node: &NodeId| project.model.graph().neighbors(*node).len();
            let middle = members.iter().rev().max_by_key(|node| n_links(node));
            let name = middle.map(|node| project.model.display_name(*node)).unwrap_or_default();
            add_area(project, mint, &name, &members);
        }
    });
}

#[derive(Clone, Copy)]
enum Edge {
    Left,
    Center,
    Right,
    Top,
    Middle,
    Bottom,
}

#[derive(Clone, Copy)]
enum Axis {
    X,
    Y,
}

fn selected_rects(editor: &Editor) -> Vec<(NodeId, Rect)> {
    let nodes = editor.session().selection.nodes();
    let cards = &editor.layout().cards;
    nodes.into_iter().filter_map(|node| Some((node, cards.get(&node)?.rect))).collect()
}

fn put(editor: &mut Editor, label: &str, places: impl IntoIterator<Item = (NodeId, Point)>) {
    let arrangement = Arrangement { nodes: places.into_iter().collect(), ..Arrangement::default() };
    let diagram = editor.session().diagram;
    editor.edit(label, |project, _| arrange(project, diagram, &arrangement));
}

fn align(editor: &mut Editor, edge: Edge) {
    let rects = selected_rects(editor);
    let Some(all) = rects.iter().map(|(_, rect)| *rect).reduce(|a, b| a.union(b)) else { return };
    let by = |rect: Rect| match edge {
        Edge::Left => Vec2::new(all.x0 - rect.x0, 0.0),
        Edge::Center => Vec2::new(all.center().x - rect.center().x, 0.0),
        Edge::Right => Vec2::new(all.x1 - rect.x1, 0.0),
        Edge::Top => Vec2::new(0.0, all.y0 - rect.y0),
        Edge::Middle => Vec2::new(0.0, all.center().y - rect.center().y),
        Edge::Bottom => Vec2::new(0.0, all.y1 - rect.y1),
    };
    let places: Vec<_> =
        rects.iter().map(|(node, rect)| (*node, rect.origin() + by(*rect))).collect();
    put(editor, "align", places);
}

/// Gives the cards between the first and the last equal gaps.
fn spread(editor: &mut Editor, axis: Axis) {
    let mut rects = selected_rects(editor);
    let span = |rect: &Rect| match axis {
        Axis::X => (rect.x0, rect.width()),
        Axis::Y => (rect.y0, rect.height()),
    };
    rects.sort_by(|(_, a), (_, b)| span(a).0.total_cmp(&span(b).0));
    let (Some((_, first)), Some((_, last))) = (rects.first(), rects.last()) else { return };
    let (start, _) = span(first);
    let (last_start, last_size) = span(last);
    let filled: f64 = rects.iter().map(|(_, rect)| span(rect).1).sum();
    let gap = (last_start + last_size - start - filled) / (rects.len() as f64 - 1.0).max(1.0);
    let mut at = start;
    let mut places = Vec::new();
    for (node, rect) in &rects {
        places.push(match axis {
            Axis::X => (*node, Point::new(at, rect.y0)),
            Axis::Y => (*node, Point::new(rect.x0, at)),
        });
        at += span(rect).1 + gap;
    }
    put(editor, "distribute", places);
}

fn same_width(editor: &mut Editor) {
    let rects = selected_rects(editor);
    let widest = rects.iter().map(|(_, rect)| rect.width()).fold(0.0, f64::max);
    set_width(editor, "same width", Some(widest));
}

fn own_width(editor: &mut Editor) {
    set_width(editor, "width from the texts", None);
}

fn set_width(editor: &mut Editor, label: &str, width: Option<f64>) {
    let (nodes, diagram) = (editor.session().selection.nodes(), editor.session().diagram);
    editor.edit(label, |project, _| {
        let Some(diagram) = project.diagram_mut(diagram) else { return };
        for node in nodes {
            if let Some(placement) = diagram.placements.get_mut(&node) {
                placement.width = width;
            }
        }
    });
}

fn fold(editor: &mut Editor, folded: bool) {
    let places: Vec<_> =
        selected_rects(editor).into_iter().map(|(node, rect)| (node, rect.origin())).collect();
    let fields = foldable_fields(editor);
    let label = match (folded, places.is_empty()) {
        (true, true) => "fold object",
        (false, true) => "unfold object",
        (true, false) => "fold card",
        (false, false) => "unfold card",
    };
    let of_fields = fields.iter().map(|(node, _, _)| *node);
    let nodes: Vec<NodeId> = places.iter().map(|(node, _)| *node).chain(of_fields).collect();
    editor.fold(label, &nodes, |project, diagram| {
        set_folded(project, diagram, &places, folded);
        set_field_folded(project, diagram, &fields, folded);
    });
}

fn has_foldable(editor: &Editor) -> bool {
    has_cards(editor) || !foldable_fields(editor).is_empty()
}

/// The selected fields that hold others, with their cards and where those stand.
fn foldable_fields(editor: &Editor) -> Vec<(NodeId, Point, FieldId)> {
    let fields = editor.session().selection.iter().filter_map(|element| {
        let ElementId::Field(id, field) = element else { return None };
        let holds = !editor.project().model.entity(id)?.field(field)?.fields.is_empty();
        let node = NodeId::Entity(id);
        let card = editor.layout().cards.get(&node)?;
        holds.then(|| (node, card.rect.origin(), field))
    });
    fields.collect()
}

fn is_pinned(editor: &Editor) -> bool {
    let nodes = editor.session().selection.nodes();
    let pinned = |node: &NodeId| {
        let placement = editor.diagram().and_then(|diagram| diagram.placements.get(node));
        placement.is_some_and(|placement| placement.pinned)
    };
    !nodes.is_empty() && nodes.iter().all(pinned)
}

fn pin(editor: &mut Editor) {
    let pinned = !is_pinned(editor);
    let (nodes, diagram) = (editor.session().selection.nodes(), editor.session().diagram);
    editor.edit(if pinned { "pin" } else { "unpin" }, |project, _| {
        let Some(diagram) = project.diagram_mut(diagram) else { return };
        for node in nodes {
            if let Some(placement) = diagram.placements.get_mut(&node) {
                placement.pinned = pinned;
            }
        }
    });
}
