//! The ways that level and upright lines may take: tracks along the sides of all cards, as long as
//! nothing blocks them, and their crossings.
//!
//! A sparse form of the orthogonal visibility graph (Wybrow, Marriott, Stuckey: Orthogonal
//! connector routing, Graph Drawing 2009): one track stands for a whole corridor, since lanes are
//! given out later. Must not know lines.

use crate::base::geom::{Point, Rect};
use crate::layout::Side;
use crate::layout::routing::{LANE, STUB};
use crate::layout::spatial::RectIndex;

/// Distance of an upright track from the card it runs along, where there is room.
const ASIDE: f64 = STUB + 8.0;
/// Distance of a level track from the card it passes above or below, where there is room.
const ABOVE: f64 = 20.0;
/// How near a track comes to any card.
const CLEARANCE: f64 = 4.0;
/// A track this close to a longer one is left out.
const SAME_CORRIDOR: f64 = 20.0;
/// No corridor counts as wider than twice this.
const WIDE: f64 = 400.0;
/// How far tracks lead out of the whole drawing.
const MARGIN: f64 = 96.0;

/// Where a line may run straight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Track {
    /// Its place: x of an upright one, y of a level one.
    pub at: f64,
    /// Where it starts: the upper or left end.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// How many lines have room side by side, where it passes its card.
    pub capacity: u16,
}

impl Track {
    fn covers(&self, value: f64) -> bool {
        self.from <= value && value <= self.to
    }

    /// Whether it makes the other one needless.
    fn replaces(&self, other: &Self) -> bool {
        (self.at - other.at).abs() < SAME_CORRIDOR && self.from <= other.from && other.to <= self.to
    }
}

/// A crossing of an upright and a level track.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Crossing {
    /// Number of the upright track.
    pub upright: u32,
    /// Number of the level track.
    pub level: u32,
    /// Where it is.
    pub point: Point,
    /// The next crossings to the left and right on the level track, above and below on the upright
    /// one; [`NOWHERE`] at the ends.
    pub next: [u32; 4],
}

/// No crossing.
pub const NOWHERE: u32 = u32::MAX;
/// Place of the left neighbor in [`Crossing::next`].
pub const LEFT: usize = 0;
/// Place of the right neighbor.
pub const RIGHT: usize = 1;
/// Place of the upper neighbor.
pub const UP: usize = 2;
/// Place of the lower neighbor.
pub const DOWN: usize = 3;

/// All tracks and crossings of a drawing.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Upright tracks from left to right.
    pub uprights: Vec<Track>,
    /// Level tracks from top to bottom.
    pub levels: Vec<Track>,
    /// Their crossings.
    pub crossings: Vec<Crossing>,
    /// The crossings of each upright track, from top to bottom.
    stops: Vec<Vec<u32>>,
    /// Where the upright tracks are.
    upright_index: RectIndex,
}

impl Network {
    /// The network around those obstacles.
    pub fn around(obstacles: &RectIndex) -> Self {
        let Some(bounds) = obstacles.rects().iter().copied().reduce(|a, b| a.union(b)) else {
            return Self::default();
        };
        let frame = bounds.inflate(MARGIN, MARGIN);
        let rects = obstacles.rects().iter();
        let upright = |rect: &Rect, side| upright_track(obstacles, frame, *rect, side);
        let level = |rect: &Rect, side| level_track(obstacles, frame, *rect, side);
        let uprights =
            rects.clone().flat_map(|rect| [upright(rect, Side::Left), upright(rect, Side::Right)]);
        let levels = rects.flat_map(|rect| [level(rect, Side::Top), level(rect, Side::Bottom)]);
        let mut network = Self {
            uprights: without_needless(uprights.flatten().collect()),
            levels: without_needless(levels.flatten().collect()),
            ..Self::default()
        };
        let thin = |track: &Track| Rect::new(track.at, track.from, track.at, track.to);
        let thin = network.uprights.iter().map(|track| thin(track).inflate(0.1, 0.1));
        network.upright_index = RectIndex::new(thin.collect());
        network.cross();
        network
    }

    /// Finds all crossings and who is next to whom.
    fn cross(&mut self) {
        let mut last_above = vec![NOWHERE; self.uprights.len()];
        self.stops = vec![Vec::new(); self.uprights.len()];
        for (level_number, level) in self.levels.clone().into_iter().enumerate() {
            let mut last_left = NOWHERE;
            for (number, upright) in self.uprights_met(level.at, level.from, level.to) {
                let number = number as usize;
                let above = last_above.get(number).copied().unwrap_or(NOWHERE);
                let own = self.crossings.len() as u32;
                self.crossings.push(Crossing {
                    upright: number as u32,
                    level: level_number as u32,
                    point: Point::new(upright.at, level.at),
                    next: [last_left, NOWHERE, above, NOWHERE],
                });
                link(&mut self.crossings, last_left, RIGHT, own);
                link(&mut self.crossings, above, DOWN, own);
                last_left = own;
                if let Some(last) = last_above.get_mut(number) {
                    *last = own;
                }
                if let Some(stops) = self.stops.get_mut(number) {
                    stops.push(own);
                }
            }
        }
    }

    /// The upright tracks that a level line meets between two places, from left to right.
    pub fn uprights_met(&self, y: f64, from: f64, to: f64) -> Vec<(u32, Track)> {
        let line = Rect::new(from, y, to, y).inflate(0.1, 0.1);
        let near = self.upright_index.touching(line);
        let mut met: Vec<(u32, Track)> = near
            .filter_map(|number| Some((number as u32, *self.uprights.get(number)?)))
            .filter(|(_, track)| track.covers(y) && from <= track.at && track.at <= to)
            .collect();
        met.sort_unstable_by_key(|(number, _)| *number);
        met
    }

    /// The crossings of an upright track nearest to a place on it, above and below.
    pub fn stops_around(&self, upright: u32, y: f64) -> (u32, u32) {
        let stops = self.stops.get(upright as usize).map(Vec::as_slice).unwrap_or_default();
        let n_above = stops.partition_point(|stop| self.crossing(*stop).point.y < y);
        let stop = |place: Option<usize>| {
            place.and_then(|place| stops.get(place)).copied().unwrap_or(NOWHERE)
        };
        (stop(n_above.checked_sub(1)), stop(Some(n_above)))
    }

    /// The crossing of that number.
    pub fn crossing(&self, number: u32) -> Crossing {
        self.crossings.get(number as usize).copied().unwrap_or_default()
    }

    /// The level track of that number.
    pub fn level(&self, number: u32) -> Track {
        self.levels.get(number as usize).copied().unwrap_or_default()
    }

    /// The upright track of that number.
    pub fn upright(&self, number: u32) -> Track {
        self.uprights.get(number as usize).copied().unwrap_or_default()
    }
}

fn link(crossings: &mut [Crossing], crossing: u32, place: usize, next: u32) {
    if let Some(slot) = crossings.get_mut(crossing as usize).and_then(|one| one.next.get_mut(place))
    {
        *slot = next;
    }
}

/// The upright track along a side of a card; none where the next card leaves no room.
fn upright_track(obstacles: &RectIndex, frame: Rect, card: Rect, side: Side) -> Option<Track> {
    let outward = if side == Side::Right { 1.0 } else { -1.0 };
    let border = if side == Side::Right { card.x1 } else { card.x0 };
    let far = border + outward * 2.0 * ASIDE;
    let beside = Rect::new(border.min(far), card.y0, border.max(far), card.y1);
    let room = obstacles
        .touching(beside)
        .filter_map(|number| obstacles.rect(number))
        .map(|rect| if side == Side::Right { rect.x0 - border } else { border - rect.x1 })
        .fold(2.0 * ASIDE, f64::min);
    if room < 2.0 * CLEARANCE {
        return None;
    }
    let at = border + outward * room / 2.0;
    let middle = card.center().y;
    let start = Rect::new(at - CLEARANCE, middle, at + CLEARANCE, middle);
    let corridor = obstacles.reach(start, Side::Right, at + WIDE)
        - obstacles.reach(start, Side::Left, at - WIDE);
    Some(Track {
        at,
        from: obstacles.reach(start, Side::Top, frame.y0),
        to: obstacles.reach(start, Side::Bottom, frame.y1),
        capacity: capacity(corridor - 2.0 * STUB),
    })
}

/// The level track along the upper or lower border of a card.
fn level_track(obstacles: &RectIndex, frame: Rect, card: Rect, side: Side) -> Option<Track> {
    let downward = if side == Side::Bottom { 1.0 } else { -1.0 };
    let border = if side == Side::Bottom { card.y1 } else { card.y0 };
    let far = border + downward * 2.0 * ABOVE;
    let beside = Rect::new(card.x0, border.min(far), card.x1, border.max(far));
    let room = obstacles
        .touching(beside)
        .filter_map(|number| obstacles.rect(number))
        .map(|rect| if side == Side::Bottom { rect.y0 - border } else { border - rect.y1 })
        .fold(2.0 * ABOVE, f64::min);
    if room < 2.0 * CLEARANCE {
        return None;
    }
    let at = border + downward * room / 2.0;
    let middle = card.center().x;
    let start = Rect::new(middle, at - CLEARANCE, middle, at + CLEARANCE);
    let corridor = obstacles.reach(start, Side::Bottom, at + WIDE)
        - obstacles.reach(start, Side::Top, at - WIDE);
    Some(Track {
        at,
        from: obstacles.reach(start, Side::Left, frame.x0),
        to: obstacles.reach(start, Side::Right, frame.x1),
        capacity: capacity(corridor - STUB),
    })
}

/// How many lines have room side by side in that width; one at least.
fn capacity(width: f64) -> u16 {
    (width / LANE).max(0.0) as u16 + 1
}

/// Tracks in order of their places, without those that a longer one close by replaces.
fn without_needless(mut tracks: Vec<Track>) -> Vec<Track> {
    tracks.sort_by(|a, b| {
        (a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from)).then(b.to.total_cmp(&a.to))
    });
    tracks.dedup();
    let mut by_length: Vec<usize> = (0..tracks.len()).collect();
    let length = |number: &usize| tracks.get(*number).map_or(0.0, |track| track.to - track.from);
    by_length.sort_by(|a, b| length(b).total_cmp(&length(a)).then(a.cmp(b)));
    let mut is_kept = vec![false; tracks.len()];
    for number in by_length {
        let Some(track) = tracks.get(number) else { continue };
        let first = tracks.partition_point(|other| other.at <= track.at - SAME_CORRIDOR);
        let near = tracks.iter().enumerate().skip(first);
        let is_replaced = near
            .take_while(|(_, other)| other.at < track.at + SAME_CORRIDOR)
            .any(|(place, other)| is_kept.get(place) == Some(&true) && other.replaces(track));
        if let Some(kept) = is_kept.get_mut(number) {
            *kept = !is_replaced;
        }
    }
    let mut kept = is_kept.into_iter();
    tracks.retain(|_| kept.next() == Some(true));
    tracks
}
