//! Where area frames and sticky notes stand.
//!
//! Must not know how cards were placed.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::base::font::{FontFace, TextMeasurer};
use crate::base::geom::{Point, Rect};
use crate::diagram::{Content, Diagram};
use crate::layout::metrics::TEXT_SIZE;
use crate::layout::spatial::RectIndex;
use crate::layout::{Card, note_text};
use crate::model::Model;
use crate::model::area::Area;
use crate::model::id::{AreaId, NodeId, NoteId};

/// Distance of an area's frame from its members, above and below.
pub const FRAME_PADDING: f64 = 24.0;
/// Distance of an area's frame from its members on the left and right, where lines turn back.
pub const FRAME_SIDE: f64 = 40.0;
/// Room for an area's title, above its members and inside its frame.
pub const FRAME_TITLE: f64 = 32.0;
/// Distance of the title's room from the members.
const FRAME_TITLE_GAP: f64 = 16.0;
/// Distance of a note that nobody placed from its neighbors.
const NOTE_GAP: f64 = 24.0;

/// The frames of areas: as sized by hand, else around the members that are shown.
pub fn frames(
    model: &Model,
    diagram: &Diagram,
    cards: &IndexMap<NodeId, Card>,
) -> IndexMap<AreaId, Rect> {
    model.areas().filter_map(|area| Some((area.id, frame(diagram, cards, area)?))).collect()
}

/// The frame of one area; none when nothing of it is shown.
pub fn frame(diagram: &Diagram, cards: &IndexMap<NodeId, Card>, area: &Area) -> Option<Rect> {
    let by_hand = diagram.frames.get(&area.id).copied();
    let members = area.members.iter().filter_map(|node| cards.get(node));
    let around = || members.map(|card| card.rect).reduce(|a, b| a.union(b)).map(framed);
    by_hand.or_else(around)
}

/// Where the titles of frames stand, for lines to keep clear of.
pub fn titles(model: &Model, frames: &IndexMap<AreaId, Rect>) -> Vec<Rect> {
    let title = |(id, frame): (&AreaId, &Rect)| {
        let name = &model.area(*id)?.name;
        let width = TextMeasurer::shared().width(name, FontFace::SemiBold, TEXT_SIZE);
        let width = (width + FRAME_TITLE).min(frame.width());
        Some(Rect::new(frame.x0, frame.y0, frame.x0 + width, frame.y0 + FRAME_TITLE))
    };
    frames.iter().filter_map(title).collect()
}

/// The frame around a rectangle of members.
pub fn framed(members: Rect) -> Rect {
    let frame = members.inflate(FRAME_SIDE, FRAME_PADDING);
    Rect { y0: members.y0 - FRAME_TITLE - FRAME_TITLE_GAP, ..frame }
}

/// The sticky notes: as placed by hand, else beside what they speak of, else in a column on the
/// right. A diagram of chosen cards shows only notes that it places or whose subject it shows.
pub fn notes(
    model: &Model,
    diagram: &Diagram,
    cards: &IndexMap<NodeId, Card>,
) -> BTreeMap<NoteId, Rect> {
    let mut placed = BTreeMap::new();
    let mut taken: Vec<Rect> = cards.values().map(|card| card.rect).collect();
    for note in model.notes() {
        if let Some(rect) = diagram.notes.get(&note.id) {
            placed.insert(note.id, *rect);
            taken.push(*rect);
        }
    }
    let index = RectIndex::new(taken.clone());
    let bounds = taken.into_iter().reduce(|a, b| a.union(b)).unwrap_or_default();
    let mut column = Point::new(bounds.x1 + 2.0 * NOTE_GAP, bounds.y0);
    let mut fresh: Vec<Rect> = Vec::new();
    for note in model.notes().filter(|note| !diagram.notes.contains_key(&note.id)) {
        let subject = note.subject.and_then(|node| cards.get(&node));
        if diagram.content != Content::Everything && subject.is_none() {
            continue;
        }
        let size = note_text::size(&note.text);
        let is_free = |rect: &Rect| {
            let room = rect.inflate(NOTE_GAP / 2.0, NOTE_GAP / 2.0);
            index.touching(room).next().is_none() && !fresh.iter().any(|other| other.overlaps(room))
        };
        let beside = subject.and_then(|card| {
            corners_beside(card.rect, size.width, size.height)
                .into_iter()
                .map(|corner| Rect::from_origin_size(corner, size))
                .find(is_free)
        });
        let rect = beside.unwrap_or_else(|| {
            let rect = Rect::from_origin_size(column, size);
            column.y = rect.y1 + NOTE_GAP;
            rect
        });
        fresh.push(rect);
        placed.insert(note.id, rect);
    }
    placed
}

/// Where a note of that size may stand beside its subject, the preferred places first.
fn corners_beside(subject: Rect, width: f64, height: f64) -> [Point; 5] {
    [
        Point::new(subject.x0, subject.y0 - NOTE_GAP - height),
        Point::new(subject.x0, subject.y1 + NOTE_GAP),
        Point::new(subject.x1 + 3.0 * NOTE_GAP, subject.y0),
        Point::new(subject.x0 - 3.0 * NOTE_GAP - width, subject.y0),
        Point::new(subject.x1 + 3.0 * NOTE_GAP, subject.y1 - height),
    ]
}
