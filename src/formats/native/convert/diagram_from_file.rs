//! The object of a diagram as a diagram; what it says of things that the model lacks is left out.

use crate::base::geom::{Point, Rect, Size, Vec2};
use crate::diagram::notation::{Detail, LineStyle, Notation};
use crate::diagram::placement::Placement;
use crate::diagram::route::Route;
use crate::diagram::{Content, Diagram};
use crate::formats::native::convert::project_from_file::{color, node};
use crate::formats::native::convert::report::{Report, id_from_text};
use crate::formats::native::v1::{self, Coordinate};
use crate::model::Model;
use crate::model::id::{AreaId, NodeId, NoteId, ReferenceId};

/// The diagram of an object.
pub(super) fn diagram(file: v1::Diagram, model: &Model, report: &mut Report<'_>) -> Diagram {
    let id = report.define(&file.id, &file.name);
    let place = format!("{id}");
    report.keep(&place, file.unknown);
    let owner = file.id.as_str();
    let mut diagram = Diagram::new(id, file.name);
    if let Some(text) = file.notation {
        let words = Notation::ALL.map(|notation| (notation.as_str(), notation));
        diagram.notation = report.word(&words, &text, owner, "notation").unwrap_or_default();
    }
    if let Some(text) = file.detail {
        let words = Detail::ALL.map(|detail| (detail.as_str(), detail));
        diagram.detail = report.word(&words, &text, owner, "detail").unwrap_or_default();
    }
    if let Some(text) = file.lines {
        let words = LineStyle::ALL.map(|lines| (lines.as_str(), lines));
        diagram.lines = report.word(&words, &text, owner, "line style").unwrap_or_default();
    }
    if let Some(shown) = file.shows {
        let shown = shown.iter().filter_map(|text| present(text, owner, model, report));
        diagram.content = Content::Chosen(shown.collect());
    }
    for (text, one) in file.cards {
        if let Some(node) = present(&text, owner, model, report) {
            diagram.placements.insert(node, placement(&one, node, owner, model, report));
            report.keep(&format!("{place}/cards/{node}"), one.unknown);
        }
    }
    for (text, one) in file.notes {
        let note: NoteId = id_from_text(&text);
        if is_present(model.note(note).is_some(), &text, owner, report) {
            diagram.notes.insert(note, rect(one, &format!("{place}/notes/{note}"), report));
        }
    }
    for (text, one) in file.frames {
        let area: AreaId = id_from_text(&text);
        if is_present(model.area(area).is_some(), &text, owner, report) {
            diagram.frames.insert(area, rect(one, &format!("{place}/frames/{area}"), report));
        }
    }
    for (text, one) in file.routes {
        let line: ReferenceId = id_from_text(&text);
        if is_present(model.reference(line).is_some(), &text, owner, report) {
            diagram.routes.insert(line, route(one, &format!("{place}/routes/{line}"), report));
        }
    }
    diagram
}

fn present(text: &str, owner: &str, model: &Model, report: &mut Report<'_>) -> Option<NodeId> {
    let node = node(text, owner, report)?;
    let found = match node {
        NodeId::Entity(id) => model.entity(id).is_some(),
        NodeId::Enumeration(id) => model.enumeration(id).is_some(),
    };
    is_present(found, text, owner, report).then_some(node)
}

fn is_present(found: bool, text: &str, owner: &str, report: &mut Report<'_>) -> bool {
    if !found {
        let place = report.places.of_value(owner, text);
        let message = format!("a diagram shows `{text}`, which the model does not have");
        report.warn(place, message, "it was left out of the diagram");
    }
    found
}

fn value(coordinate: Option<Coordinate>) -> f64 {
    coordinate.unwrap_or_default().0
}

fn placement(
    file: &v1::Card,
    node: NodeId,
    owner: &str,
    model: &Model,
    report: &mut Report<'_>,
) -> Placement {
    let has_field = |field| match node {
        NodeId::Entity(id) => model.entity(id).is_some_and(|entity| entity.field(field).is_some()),
        NodeId::Enumeration(_) => false,
    };
    Placement {
        position: Point::new(value(file.x), value(file.y)),
        width: file.width.map(|width| width.0),
        pinned: file.pinned,
        folded: file.folded,
        folded_fields: file
            .folded_fields
            .iter()
            .map(|text| id_from_text(text))
            .filter(|field| has_field(*field))
            .collect(),
        color: color(file.color.as_deref(), owner, report),
    }
}

fn rect(file: v1::Frame, place: &str, report: &mut Report<'_>) -> Rect {
    report.keep(place, file.unknown);
    let origin = Point::new(value(file.x), value(file.y));
    Rect::from_origin_size(origin, Size::new(value(file.width), value(file.height)))
}

fn route(file: v1::Route, place: &str, report: &mut Report<'_>) -> Route {
    report.keep(place, file.unknown);
    let bends = file.bends.iter().map(|[x, y]| Point::new(x.0, y.0)).collect();
    let [x, y] = file.label_offset.unwrap_or_default();
    Route { bends, label_offset: Vec2::new(x.0, y.0) }
}
