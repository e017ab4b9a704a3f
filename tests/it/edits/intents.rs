//! Edits as the window makes them.

use lunette::base::geom::Point;
use lunette::document::edit::clipboard;
use lunette::document::edit::nesting;
use lunette::document::edit::references::{self, Anchor, EndSide};
use lunette::document::project::Project;
use lunette::model::id::{ElementId, IdMint, ReferenceId};
use lunette::model::reference::Cardinality;

use super::{Edit, Kind};

pub(super) const ALL: &[Kind] = &[
    connect,
    reconnect,
    reverse,
    set_cardinality,
    extract_embedded,
    inline_embedded,
    refer_to_embedded,
    embed_reference,
    copy_and_paste,
];

fn reference(project: &Project, edit: &Edit) -> Option<ReferenceId> {
    Edit::pick(edit.b, project.model.references().map(|reference| reference.id))
}

fn anchors(project: &Project, edit: &Edit) -> Option<[Anchor; 2]> {
    let (entity, field) = edit.field(project)?;
    let row = Anchor::Field(entity, field);
    let card = Anchor::Node(Edit { a: edit.c, ..edit.clone() }.node(project)?);
    Some(if edit.flag() { [row, card] } else { [card, row] })
}

fn side(edit: &Edit) -> EndSide {
    if edit.flag() { EndSide::From } else { EndSide::To }
}

fn connect(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some([from, to]) = anchors(project, edit) else { return };
    references::connect(project, mint, from, to);
}

fn reconnect(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let (Some(id), Some([to, _])) = (reference(project, edit), anchors(project, edit)) else {
        return;
    };
    references::reconnect(project, mint, id, side(edit), to);
}

fn reverse(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = reference(project, edit) else { return };
    references::reverse(project, id);
}

fn set_cardinality(project: &mut Project, _: &mut IdMint, edit: &Edit) {
    let Some(id) = reference(project, edit) else { return };
    let cardinality = Cardinality::ALL[edit.a % Cardinality::ALL.len()];
    references::set_cardinality(project, id, side(edit), cardinality);
}

fn extract_embedded(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some((entity, field)) = edit.field(project) else { return };
    nesting::extract_embedded(project, mint, entity, field);
}

fn inline_embedded(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some((entity, field)) = edit.field(project) else { return };
    nesting::inline_embedded(project, mint, entity, field);
}

fn refer_to_embedded(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some((entity, field)) = edit.field(project) else { return };
    nesting::refer_to_embedded(project, mint, entity, field);
}

fn embed_reference(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some(id) = reference(project, edit) else { return };
    nesting::embed_reference(project, mint, id);
}

fn copy_and_paste(project: &mut Project, mint: &mut IdMint, edit: &Edit) {
    let Some(diagram) = Edit::pick(edit.c, project.diagrams.keys().copied()) else { return };
    let nodes = [edit.a, edit.b, edit.c].map(|a| Edit { a, ..edit.clone() }.node(project));
    let copied: Vec<ElementId> = nodes.into_iter().flatten().map(ElementId::from).collect();
    let fragment = clipboard::copy(project, diagram, &copied);
    let at = Point::new(Edit::coordinate(edit.a), Edit::coordinate(edit.b));
    clipboard::paste(project, mint, diagram, &fragment, at);
}
