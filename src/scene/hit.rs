//! What is under a point, and what a rectangle holds.
//!
//! Must not know what a pointer does with it, nor how large pixels are: tolerances are in world
//! units.

use crate::base::geom::{Point, Rect};
use crate::layout::frames::FRAME_TITLE;
use crate::layout::spatial::RectIndex;
use crate::layout::{Card, Layout, Line, LineId};
use crate::model::Model;
use crate::model::id::{AreaId, NodeId, NoteId};
use crate::scene::reference_line::{label_rect, line_points};
use crate::scene::target::{LineEnd, Target};

/// How far the dot of a port reaches outward and inward from the border of its card.
const PORT_REACH: (f64, f64) = (9.0, 5.0);
/// How far a port reaches up and down from the middle of its row.
const PORT_HALF_HEIGHT: f64 = 8.0;
/// How much of a line, from its card on, belongs to its end.
const END_LENGTH: f64 = 22.0;

/// An index over a layout that finds things without looking at all of them.
///
/// - It answers for the layout it was made of; every question takes that layout again.
#[derive(Clone, Debug, Default)]
pub struct HitIndex {
    cards: RectIndex,
    nodes: Vec<NodeId>,
    pieces: RectIndex,
    piece_lines: Vec<(LineId, Point, Point)>,
    labels: RectIndex,
    label_lines: Vec<LineId>,
    notes: Vec<(NoteId, Rect)>,
    frames: Vec<(AreaId, Rect)>,
}

impl HitIndex {
    /// The index of a layout of that model.
    pub fn of(model: &Model, layout: &Layout) -> Self {
        let cards = layout.cards.iter().map(|(node, card)| (*node, card));
        let lines = layout.lines.iter().map(|(id, line)| (*id, line));
        Self::of_some(model, layout, cards, lines)
    }

    /// The index of some cards and lines of a layout, and of all its notes and frames.
    pub fn of_some<'a>(
        model: &Model,
        layout: &Layout,
        cards: impl Iterator<Item = (NodeId, &'a Card)>,
        lines: impl Iterator<Item = (LineId, &'a Line)>,
    ) -> Self {
        let mut piece_lines = Vec::new();
        let (mut labels, mut label_lines) = (Vec::new(), Vec::new());
        for (id, line) in lines {
            for piece in line_points(line).windows(2) {
                if let [a, b] = piece {
                    piece_lines.push((id, *a, *b));
                }
            }
            if let Some(rect) = label_rect(model, id, line) {
                labels.push(rect);
                label_lines.push(id);
            }
        }
        let (nodes, rects): (Vec<_>, Vec<_>) = cards.map(|(node, card)| (node, card.rect)).unzip();
        let pieces = piece_lines.iter().map(|(_, a, b)| Rect::from_points(*a, *b)).collect();
        Self {
            cards: RectIndex::new(rects),
            nodes,
            pieces: RectIndex::new(pieces),
            piece_lines,
            labels: RectIndex::new(labels),
            label_lines,
            notes: layout.notes.iter().map(|(id, rect)| (*id, *rect)).collect(),
            frames: layout.frames.iter().map(|(id, rect)| (*id, *rect)).collect(),
        }
    }

    /// The uppermost thing at a point, or the nearest line within the tolerance. An area is found
    /// by its title and border only, so that its inside is free.
    pub fn at(&self, layout: &Layout, point: Point, tolerance: f64) -> Option<Target> {
        let note = self.notes.iter().rev().find(|(_, rect)| rect.contains(point));
        note.map(|(id, _)| Target::Note(*id))
            .or_else(|| self.card_at(layout, point))
            .or_else(|| self.label_at(point))
            .or_else(|| self.line_at(layout, point, tolerance))
            .or_else(|| self.area_at(point, tolerance))
    }

    fn card_at(&self, layout: &Layout, point: Point) -> Option<Target> {
        let (reach, _) = PORT_REACH;
        let near = Rect::from_center_size(point, (2.0 * reach, 2.0));
        let mut found: Vec<usize> = self.cards.touching(near).collect();
        // Cards that come later are painted above the others.
        found.sort_unstable();
        let cards = || {
            found.iter().rev().filter_map(|number| {
                let node = *self.nodes.get(*number)?;
                Some((node, layout.cards.get(&node)?))
            })
        };
        let port = cards().find_map(|(node, card)| port_at(node, card, point));
        port.or_else(|| cards().find_map(|(node, card)| part_at(node, card, point)))
    }

    fn label_at(&self, point: Point) -> Option<Target> {
        let number = self.labels.touching(around(point, 0.5)).next()?;
        self.label_lines.get(number).map(|id| Target::LineLabel(*id))
    }

    fn line_at(&self, layout: &Layout, point: Point, tolerance: f64) -> Option<Target> {
        let distance = |number: &usize| {
            let (_, a, b) = self.piece_lines.get(*number)?;
            Some(distance_to_piece(point, *a, *b))
        };
        let (number, _) = self
            .pieces
            .touching(around(point, tolerance))
            .filter_map(|number| Some((number, distance(&number)?)))
            .filter(|(_, distance)| *distance <= tolerance)
            .min_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        let (id, _, _) = self.piece_lines.get(number)?;
        let end = layout.lines.get(id).and_then(|line| end_at(line, point));
        Some(end.map_or(Target::Line(*id), |end| Target::LineEnd(*id, end)))
    }

    fn area_at(&self, point: Point, tolerance: f64) -> Option<Target> {
        let is_hit = |rect: &Rect| {
            let inside = rect.inset(-tolerance);
            let title = Rect { y1: rect.y0 + FRAME_TITLE, ..*rect };
            rect.inflate(tolerance, tolerance).contains(point)
                && (title.contains(point) || !inside.contains(point))
        };
        self.frames.iter().rev().find(|(_, rect)| is_hit(rect)).map(|(id, _)| Target::Area(*id))
    }

    /// What lies wholly inside a rectangle: areas, cards, lines and notes.
    pub fn inside(&self, layout: &Layout, rect: Rect) -> Vec<Target> {
        let holds = |other: Rect| holds(rect, other);
        let holds_line = |id: &LineId| {
            layout.lines.get(id).is_some_and(|line| line.points.iter().all(|p| rect.contains(*p)))
        };
        self.found(rect, holds, holds, holds_line)
    }

    /// What a rectangle touches: cards, lines and notes, and areas that lie wholly inside.
    pub fn touching(&self, rect: Rect) -> Vec<Target> {
        self.found(rect, |frame| holds(rect, frame), |other| rect.overlaps(other), |_| true)
    }

    fn found(
        &self,
        rect: Rect,
        takes_frame: impl Fn(Rect) -> bool,
        takes: impl Fn(Rect) -> bool,
        takes_line: impl Fn(&LineId) -> bool,
    ) -> Vec<Target> {
        let areas = self.frames.iter().filter(|(_, frame)| takes_frame(*frame));
        let mut cards: Vec<usize> =
            self.cards.touching(rect).filter(|n| self.cards.rect(*n).is_some_and(&takes)).collect();
        cards.sort_unstable();
        let cards = cards.iter().filter_map(|number| self.nodes.get(*number));
        let mut pieces: Vec<usize> =
            self.pieces.touching(rect).filter(|n| self.crosses(*n, rect)).collect();
        pieces.sort_unstable();
        let mut lines: Vec<LineId> =
            pieces.iter().filter_map(|n| self.piece_lines.get(*n)).map(|(id, _, _)| *id).collect();
        // The pieces of one line stand side by side.
        lines.dedup();
        let notes = self.notes.iter().filter(|(_, note)| takes(*note));
        areas
            .map(|(id, _)| Target::Area(*id))
            .chain(cards.map(|node| Target::Card(*node)))
            .chain(lines.into_iter().filter(|id| takes_line(id)).map(Target::Line))
            .chain(notes.map(|(id, _)| Target::Note(*id)))
            .collect()
    }

    /// Whether a piece of a line crosses a rectangle (Liang and Barsky, 1984).
    fn crosses(&self, number: usize, rect: Rect) -> bool {
        let Some((_, a, b)) = self.piece_lines.get(number) else { return false };
        let along = *b - *a;
        let bounds = [
            (-along.x, a.x - rect.x0),
            (along.x, rect.x1 - a.x),
            (-along.y, a.y - rect.y0),
            (along.y, rect.y1 - a.y),
        ];
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (slope, room) in bounds {
            if slope == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if slope < 0.0 {
                enter = enter.max(room / slope);
            } else {
                leave = leave.min(room / slope);
            }
        }
        enter <= leave
    }
}

/// Whether one rectangle lies wholly inside another.
fn holds(outer: Rect, inner: Rect) -> bool {
    outer.x0 <= inner.x0 && outer.y0 <= inner.y0 && outer.x1 >= inner.x1 && outer.y1 >= inner.y1
}

fn around(point: Point, distance: f64) -> Rect {
    Rect::from_center_size(point, (2.0 * distance, 2.0 * distance))
}

fn distance_to_piece(point: Point, a: Point, b: Point) -> f64 {
    let along = b - a;
    let length = along.hypot2();
    let share = if length == 0.0 { 0.0 } else { ((point - a).dot(along) / length).clamp(0.0, 1.0) };
    point.distance(a + along * share)
}

/// The port of a card at a point: beside the middle of a row or of the header, at either border.
fn port_at(node: NodeId, card: &Card, point: Point) -> Option<Target> {
    let (outward, inward) = PORT_REACH;
    let rect = card.rect;
    let from_border = (rect.x0 - point.x).max(point.x - rect.x1);
    if !(-inward..=outward).contains(&from_border) {
        return None;
    }
    let y = point.y - rect.y0;
    let is_at = |middle: f64| (y - middle).abs() <= PORT_HALF_HEIGHT;
    if is_at(card.header / 2.0) {
        return Some(Target::Port(node, None));
    }
    let row = card.rows.iter().find(|row| is_at(row.top + row.height / 2.0))?;
    Some(Target::Port(node, Some(row.content)))
}

/// The part of a card at a point.
fn part_at(node: NodeId, card: &Card, point: Point) -> Option<Target> {
    if !card.rect.contains(point) {
        return None;
    }
    let y = point.y - card.rect.y0;
    if y < card.header {
        return Some(Target::Header(node));
    }
    let row = card.rows.iter().find(|row| (row.top..row.top + row.height).contains(&y));
    Some(row.map_or(Target::Card(node), |row| Target::Row(node, row.content)))
}

/// The end of a line that a point on it belongs to.
fn end_at(line: &Line, point: Point) -> Option<LineEnd> {
    let from = point.distance(line.start.point);
    let to = point.distance(line.end.point);
    if from.min(to) > END_LENGTH {
        None
    } else if from <= to {
        Some(LineEnd::From)
    } else {
        Some(LineEnd::To)
    }
}
