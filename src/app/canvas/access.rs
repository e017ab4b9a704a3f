//! Cards, rows and lines for screen readers and tests: what is visible and large enough has a node
//! with role, name and state. The explorer lists everything else.

use eframe::egui::{Rect as EguiRect, Response, Role, Sense, Ui, WidgetInfo};

use crate::app::canvas::overlay::row_rect;
use crate::app::canvas::paint::View;
use crate::base::geom::Rect;
use crate::editor::Editor;
use crate::editor::selection::{element_of, row_element};
use crate::layout::RowContent;
use crate::model::Model;
use crate::model::id::{ElementId, NodeId};
use crate::scene::target::Target;

/// Below this zoom rows have no nodes.
const ROW_ZOOM: f64 = 0.4;
/// Below this zoom cards have none either.
const CARD_ZOOM: f64 = 0.2;

pub(super) fn describe(ui: &mut Ui, canvas: &Response, view: &View, editor: &mut Editor) {
    // Nobody listens while egui makes no tree.
    let is_heard = ui.ctx().accesskit_node_builder(canvas.id, |_| ()).is_some();
    if !is_heard || view.zoom() < CARD_ZOOM {
        return;
    }
    let mut asked = None;
    if let Some(tools) = editor.tool_context() {
        let visible = view.visible();
        for target in tools.hits.touching(visible) {
            match target {
                Target::Card(node) => asked = card(ui, canvas, view, editor, node).or(asked),
                Target::Line(_) => line(ui, canvas, view, editor, target),
                _ => {}
            }
        }
    }
    if let Some(element) = asked {
        editor.select([element]);
    }
}

fn node(
    ui: &mut Ui,
    canvas: &Response,
    rect: EguiRect,
    salt: impl std::hash::Hash + std::fmt::Debug,
    (role, name, is_selected, is_at): (Role, String, bool, bool),
) -> Response {
    let id = canvas.id.with(salt);
    let response = ui.interact(rect.intersect(canvas.rect), id, Sense::hover());
    response.widget_info(|| WidgetInfo::selected(role, true, is_selected, &name));
    if is_at {
        // The canvas has the keyboard; this is where on it the keyboard is.
        ui.ctx().accesskit_node_builder(canvas.id, |node| {
            node.set_active_descendant(id.accesskit_id());
        });
    }
    response
}

/// Whether the keyboard is at that element: what was selected last, unless it walked on.
fn is_at(editor: &Editor, element: ElementId) -> bool {
    let session = editor.session();
    session.focus.map(ElementId::from).or(session.selection.leader()) == Some(element)
}

fn card(
    ui: &mut Ui,
    canvas: &Response,
    view: &View,
    editor: &Editor,
    id: NodeId,
) -> Option<ElementId> {
    let (model, layout) = (&editor.project().model, editor.layout());
    let card = layout.cards.get(&id)?;
    let element = ElementId::from(id);
    let kind = match id {
        NodeId::Entity(_) => "Entity",
        NodeId::Enumeration(_) => "Enumeration",
    };
    let name = format!("{kind} {}", model.display_name(id));
    let is_selected = editor.session().selection.contains(element);
    let head = Rect { y1: card.rect.y0 + card.header, ..card.rect };
    let is_at = is_at(editor, element);
    let said = (Role::ListItem, name, is_selected, is_at);
    let response = node(ui, canvas, view.screen_rect(head), ("card", id), said);
    let description = format!("{} rows", card.rows.len());
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(description));
    if view.zoom() >= ROW_ZOOM {
        for row in &card.rows {
            let Some(rect) = row_rect(layout, id, row.content) else { continue };
            let Some(name) = row_name(model, id, row.content) else { continue };
            let element = row_element(id, row.content);
            let is_selected = editor.session().selection.contains(element);
            let salt = ("row", id, row.content);
            let said = (Role::ListItem, name, is_selected, self::is_at(editor, element));
            node(ui, canvas, view.screen_rect(rect), salt, said);
        }
    }
    response.has_focus().then_some(element)
}

fn row_name(model: &Model, node: NodeId, row: RowContent) -> Option<String> {
    let owner = model.display_name(node);
    match (node, row) {
        (NodeId::Entity(entity), RowContent::Field(field)) => {
            let path = model.entity(entity)?.field_path(field);
            let names: Vec<_> = path.iter().map(|part| part.name.as_str()).collect();
            Some(format!("{owner}.{}", names.join(".")))
        }
        (NodeId::Enumeration(id), RowContent::Value(value)) => {
            let values = &model.enumeration(id)?.values;
            let value = values.iter().find(|one| one.id == value)?;
            Some(format!("{owner}.{}", value.name))
        }
        _ => Some(format!("{owner} timestamps")),
    }
}

fn line(ui: &mut Ui, canvas: &Response, view: &View, editor: &Editor, target: Target) {
    let (model, layout) = (&editor.project().model, editor.layout());
    let Target::Line(id) = target else { return };
    let Some(line) = layout.lines.get(&id) else { return };
    let name = format!("{} to {}", model.display_name(line.from), model.display_name(line.to));
    let element = element_of(layout, target);
    let is_selected = element.is_some_and(|element| editor.session().selection.contains(element));
    let rect = Rect::from_points(line.start.point, line.end.point).inflate(1.0, 1.0);
    let is_at = element.is_some_and(|element| is_at(editor, element));
    let said = (Role::ListItem, name, is_selected, is_at);
    node(ui, canvas, view.screen_rect(rect), ("line", id), said);
}
