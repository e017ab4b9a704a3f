//! Edits of areas, notes and diagrams.

use indexmap::IndexSet;
use lunette::base::geom::{Point, Rect, Vec2};
use lunette::diagram::notation::{Detail, LineStyle, Notation};
use lunette::diagram::route::Route;
use lunette::diagram::{Content, Diagram};
use lunette::document::project::Project;
use lunette::model::area::{Area, ColorToken};
use lunette::model::id::{AreaId, DiagramId, IdMint, NoteId};
use lunette::model::note::Note;

use super::{Edit, Kind};

pub(super) const ALL: &[Kind] = &[
    add_area,
    change_area,
    move_into_area,
    remove_area,
    add_note,
    change_note,
    remove_note,
    add_diagram,
    change_diagram,
    choose_content,
    reorder_diagrams,
    remove_diagram,
    place_card,
    place_card,
    change_card,
    unplace_card,
    frame_area,
    place_note,
    bend_line,
    straighten_line,
];

fn area(project: &Project, edit: &Edit) -> Option<AreaId> {
    Edit::pick(edit.b, project.model.areas().map(|area| area.id))
}

fn color(edit: &Edit) -> ColorToken {
    ColorToken::ALL[edit.c % ColorToken::ALL.len()]
}

fn add_area(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let (id, name) = (mint.mint(), edit.name());
    let area = Area { id, name, color: color(edit), members: Vec::new(), note: String::new() };
    project.model.put_area(area);
}

fn change_area(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = area(project, edit) else { return };
    let area = project.model.area_mut(id).unwrap();
    match edit.a % 3 {
        0 => area.name = edit.name(),
        1 => area.note = edit.name(),
        _ => area.color = color(edit),
    }
}

fn move_into_area(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(node) = edit.node(project) else { return };
    let area = area(project, edit).filter(|_| edit.flag());
    project.model.set_area(node, area);
}

fn remove_area(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = area(project, edit) else { return };
    project.model.remove_area(id);
}

fn note(project: &Project, edit: &Edit) -> Option<NoteId> {
    Edit::pick(edit.b, project.model.notes().map(|note| note.id))
}

fn add_note(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let (id, text) = (mint.mint(), edit.name());
    let subject = edit.node(project).filter(|_| edit.flag());
    project.model.put_note(Note { id, text, color: color(edit), subject });
}

fn change_note(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = note(project, edit) else { return };
    let subject = edit.node(project);
    let note = project.model.note_mut(id).unwrap();
    match edit.c % 3 {
        0 => note.text = edit.name(),
        1 => note.color = color(edit),
        _ => note.subject = subject,
    }
}

fn remove_note(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = note(project, edit) else { return };
    project.model.remove_note(id);
}

fn diagram(project: &Project, edit: &Edit) -> Option<DiagramId> {
    Edit::pick(edit.c, project.diagrams.keys().copied())
}

fn add_diagram(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    project.put_diagram(Diagram::new(mint.mint(), edit.name()));
}

fn change_diagram(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = diagram(project, edit) else { return };
    let diagram = project.diagram_mut(id).unwrap();
    match edit.a % 4 {
        0 => diagram.name = edit.name(),
        1 => diagram.notation = Notation::ALL[edit.b % Notation::ALL.len()],
        2 => diagram.detail = Detail::ALL[edit.b % Detail::ALL.len()],
        _ => diagram.lines = LineStyle::ALL[edit.b % LineStyle::ALL.len()],
    }
}

fn choose_content(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let (Some(id), Some(node)) = (diagram(project, edit), edit.node(project)) else { return };
    let diagram = project.diagram_mut(id).unwrap();
    match &mut diagram.content {
        Content::Everything => diagram.content = Content::Chosen(IndexSet::from([node])),
        Content::Chosen(chosen) if edit.b.is_multiple_of(2) => {
            chosen.insert(node);
        }
        Content::Chosen(_) => diagram.content = Content::Everything,
    }
}

fn reorder_diagrams(project: &mut Project, _: &mut IdMint, _: &Edit) {
    let last = project.diagrams.len().saturating_sub(1);
    if last > 0 {
        project.diagrams.move_index(0, last);
    }
}

fn remove_diagram(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = diagram(project, edit) else { return };
    project.diagrams.shift_remove(&id);
}

fn point(edit: &Edit) -> Point {
    Point::new(Edit::coordinate(edit.b), Edit::coordinate(edit.c))
}

fn rect(edit: &Edit) -> Rect {
    let corner = point(edit);
    Rect::new(corner.x, corner.y, corner.x + (edit.a % 500) as f64, corner.y + 80.0)
}

fn place_card(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let (Some(id), Some(node)) = (diagram(project, edit), edit.node(project)) else { return };
    let placements = &mut project.diagram_mut(id).unwrap().placements;
    placements.update(node, |placement| placement.position = point(edit));
}

fn change_card(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let (Some(id), field) = (diagram(project, edit), edit.field(project)) else { return };
    let placements = &mut project.diagram_mut(id).unwrap().placements;
    let Some(node) = Edit::pick(edit.a, placements.keys().copied()) else { return };
    let placement = placements.get_mut(&node).unwrap();
    match edit.b % 5 {
        0 => placement.width = edit.flag().then_some((edit.c % 400) as f64),
        1 => placement.pinned = edit.flag(),
        2 => placement.folded = edit.flag(),
        3 => placement.color = edit.flag().then(|| color(edit)),
        _ => placement.folded_fields.extend(field.map(|(_, field)| field)),
    }
}

fn unplace_card(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let (Some(id), Some(node)) = (diagram(project, edit), edit.node(project)) else { return };
    project.diagram_mut(id).unwrap().placements.remove(&node);
}

fn frame_area(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let (Some(id), Some(area)) = (diagram(project, edit), area(project, edit)) else { return };
    project.diagram_mut(id).unwrap().frames.insert(area, rect(edit));
}

fn place_note(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let (Some(id), Some(note)) = (diagram(project, edit), note(project, edit)) else { return };
    project.diagram_mut(id).unwrap().notes.insert(note, rect(edit));
}

fn bend_line(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let line = Edit::pick(edit.b, project.model.references().map(|reference| reference.id));
    let (Some(id), Some(line)) = (diagram(project, edit), line) else { return };
    let label_offset = Vec2::new(Edit::coordinate(edit.a), 8.0);
    let route = Route { bends: vec![point(edit), Point::ORIGIN], label_offset };
    project.diagram_mut(id).unwrap().routes.insert(line, route);
}

fn straighten_line(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = diagram(project, edit) else { return };
    project.diagram_mut(id).unwrap().routes.pop_first();
}
