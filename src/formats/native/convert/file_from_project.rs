//! A project as the objects of the project file.

use std::sync::Arc;

use crate::base::geom::{Point, Rect};
use crate::diagram::notation::{Detail, LineStyle, Notation};
use crate::diagram::placement::Placement;
use crate::diagram::route::Route;
use crate::diagram::{Content, Diagram};
use crate::document::project::{Project, UnknownKeys};
use crate::formats::native::convert::entity_to_file;
use crate::formats::native::v1::{self, Coordinate};
use crate::formats::native::{FORMAT, VERSION};
use crate::model::Model;
use crate::model::area::{Area, ColorToken};
use crate::model::entity::Entity;
use crate::model::enumeration::Enumeration;
use crate::model::id::NodeId;
use crate::model::namespace::Namespace;
use crate::model::note::Note;
use crate::model::reference::{End, Reference, ReferentialAction};

/// What earlier readings did not know, to be put back where it stood.
#[derive(Clone, Copy)]
pub(super) struct Kept<'a>(&'a UnknownKeys);

impl Kept<'_> {
    /// The unknown members of the object at that place.
    pub(super) fn at(self, place: &str) -> v1::Unknown {
        let members = self.0.get(place).into_iter().flatten();
        members
            .filter_map(|(key, json)| Some((key.clone(), serde_json::from_str(json).ok()?)))
            .collect()
    }
}

/// `value`, unless it is what stands for an absent key.
pub(super) fn unless<T: PartialEq>(value: T, usual: &T) -> Option<T> {
    if value == *usual { None } else { Some(value) }
}

/// The file of a project.
pub(in crate::formats::native) fn file_from_project(project: &Project) -> v1::File {
    let settings = &project.settings;
    let kept = Kept(&project.unknown);
    v1::File {
        format: FORMAT.to_owned(),
        version: VERSION,
        name: Some(settings.name.clone()),
        note: settings.note.clone(),
        target: Some(settings.target.clone()),
        target_options: settings.target_options.clone(),
        model: model(&project.model, kept),
        diagrams: project
            .diagrams
            .values()
            .map(|one| diagram_to_file(Arc::as_ref(one), project))
            .collect(),
        unknown: kept.at("project"),
    }
}

fn model(model: &Model, kept: Kept<'_>) -> v1::Model {
    v1::Model {
        namespaces: model.namespaces().map(|one| namespace(one, kept)).collect(),
        enumerations: model.enumerations().map(|one| enumeration(one, kept)).collect(),
        entities: model.entities().map(|one| entity_to_file::entity(one, kept)).collect(),
        references: model.references().map(|one| reference(one, kept)).collect(),
        areas: model.areas().map(|one| area(one, kept)).collect(),
        notes: model.notes().map(|one| note(one, kept)).collect(),
        unknown: kept.at("model"),
    }
}

fn namespace(namespace: &Namespace, kept: Kept<'_>) -> v1::Namespace {
    let Namespace { id, name, note } = namespace;
    let id = id.to_string();
    v1::Namespace { unknown: kept.at(&id), id, name: name.clone(), note: note.clone() }
}

fn enumeration(enumeration: &Enumeration, kept: Kept<'_>) -> v1::Enumeration {
    let Enumeration { id, name, namespace, values, note } = enumeration;
    let id = id.to_string();
    let values = values.iter().map(|value| {
        let id = value.id.to_string();
        let unknown = kept.at(&id);
        v1::EnumerationValue { id, name: value.name.clone(), note: value.note.clone(), unknown }
    });
    v1::Enumeration {
        unknown: kept.at(&id),
        id,
        name: name.clone(),
        namespace: namespace.map(|id| id.to_string()),
        note: note.clone(),
        values: values.collect(),
    }
}

fn reference(reference: &Reference, kept: Kept<'_>) -> v1::Reference {
    let Reference { id, name, from, to, identifying, inferred, on_delete, on_update, note } =
        reference;
    let id = id.to_string();
    let action = |action: &ReferentialAction| {
        unless(*action, &ReferentialAction::NoAction).map(|action| action.as_str().to_owned())
    };
    v1::Reference {
        name: name.clone(),
        from: end(from, kept.at(&format!("{id}/from"))),
        to: end(to, kept.at(&format!("{id}/to"))),
        identifying: *identifying,
        inferred: *inferred,
        on_delete: action(on_delete),
        on_update: action(on_update),
        note: note.clone(),
        unknown: kept.at(&id),
        id,
    }
}

fn end(end: &End, unknown: v1::Unknown) -> v1::End {
    v1::End {
        entity: end.entity.to_string(),
        fields: end.fields.iter().map(ToString::to_string).collect(),
        cardinality: end.cardinality.as_str().to_owned(),
        role: end.role.clone(),
        unknown,
    }
}

fn area(area: &Area, kept: Kept<'_>) -> v1::Area {
    let Area { id, name, color, members, note } = area;
    let id = id.to_string();
    v1::Area {
        unknown: kept.at(&id),
        id,
        name: name.clone(),
        color: color_name(*color),
        note: note.clone(),
        members: members.iter().map(ToString::to_string).collect(),
    }
}

fn note(note: &Note, kept: Kept<'_>) -> v1::Note {
    let Note { id, text, color, subject } = note;
    let id = id.to_string();
    v1::Note {
        unknown: kept.at(&id),
        id,
        text: text.clone(),
        color: color_name(*color),
        subject: subject.map(|node| node.to_string()),
    }
}

fn color_name(color: ColorToken) -> Option<String> {
    unless(color, &ColorToken::default()).map(|color| color.as_str().to_owned())
}

/// Only what the model has is written, in an order of its own: what was removed leaves no trace,
/// and equal diagrams give equal files.
pub(in crate::formats::native) fn diagram_to_file(
    diagram: &Diagram,
    project: &Project,
) -> v1::Diagram {
    let (model, kept) = (&project.model, Kept(&project.unknown));
    let id = diagram.id.to_string();
    let at = |part: &str, what: &str| kept.at(&format!("{id}/{part}/{what}"));
    let cards = nodes(model).filter_map(|node| {
        let placement = diagram.placements.get(&node)?;
        let name = node.to_string();
        let unknown = at("cards", &name);
        Some((name, card(placement, entity_of(model, node), unknown)))
    });
    let notes = diagram.notes.iter().filter(|(id, _)| model.note(**id).is_some());
    let frames = diagram.frames.iter().filter(|(id, _)| model.area(**id).is_some());
    let routes = diagram.routes.iter().filter(|(id, _)| model.reference(**id).is_some());
    v1::Diagram {
        name: diagram.name.clone(),
        notation: unless(diagram.notation, &Notation::default()).map(|n| n.as_str().to_owned()),
        detail: unless(diagram.detail, &Detail::default()).map(|d| d.as_str().to_owned()),
        lines: unless(diagram.lines, &LineStyle::default()).map(|l| l.as_str().to_owned()),
        shows: match &diagram.content {
            Content::Everything => None,
            Content::Chosen(chosen) => Some(
                nodes(model).filter(|node| chosen.contains(node)).map(|n| n.to_string()).collect(),
            ),
        },
        cards: cards.collect(),
        notes: notes
            .map(|(note, rect)| (note.to_string(), frame(*rect, at("notes", &note.to_string()))))
            .collect(),
        frames: frames
            .map(|(area, rect)| (area.to_string(), frame(*rect, at("frames", &area.to_string()))))
            .collect(),
        routes: routes
            .map(|(line, bends)| (line.to_string(), route(bends, at("routes", &line.to_string()))))
            .collect(),
        unknown: kept.at(&id),
        id,
    }
}

fn nodes(model: &Model) -> impl Iterator<Item = NodeId> {
    let entities = model.entities().map(|entity| NodeId::Entity(entity.id));
    entities.chain(model.enumerations().map(|one| NodeId::Enumeration(one.id)))
}

fn entity_of(model: &Model, node: NodeId) -> Option<&Entity> {
    match node {
        NodeId::Entity(id) => model.entity(id),
        NodeId::Enumeration(_) => None,
    }
}

fn card(placement: &Placement, entity: Option<&Entity>, unknown: v1::Unknown) -> v1::Card {
    let Placement { position, width, pinned, folded, folded_fields, color } = placement;
    let is_present = |field| entity.is_some_and(|entity| entity.field(field).is_some());
    v1::Card {
        x: Some(Coordinate::of(position.x)),
        y: Some(Coordinate::of(position.y)),
        width: width.map(Coordinate::of),
        pinned: *pinned,
        folded: *folded,
        folded_fields: folded_fields
            .iter()
            .filter(|field| is_present(**field))
            .map(ToString::to_string)
            .collect(),
        color: color.map(|color| color.as_str().to_owned()),
        unknown,
    }
}

fn frame(rect: Rect, unknown: v1::Unknown) -> v1::Frame {
    v1::Frame {
        x: Some(Coordinate::of(rect.x0)),
        y: Some(Coordinate::of(rect.y0)),
        width: Some(Coordinate::of(rect.width())),
        height: Some(Coordinate::of(rect.height())),
        unknown,
    }
}

fn route(route: &Route, unknown: v1::Unknown) -> v1::Route {
    let pair = |point: Point| [Coordinate::of(point.x), Coordinate::of(point.y)];
    let offset = pair(route.label_offset.to_point());
    v1::Route {
        bends: route.bends.iter().map(|bend| pair(*bend)).collect(),
        label_offset: unless(offset, &[Coordinate(0.0); 2]),
        unknown,
    }
}
