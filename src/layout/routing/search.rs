//! The cheapest way through the network: A* (Hart, Nilsson, Raphael, 1968) over crossings, where
//! length, bends and crossings of earlier lines cost.
//!
//! Must not know lanes: lines that take one track are spread later.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use indexmap::IndexMap;

use crate::base::geom::{Point, Rect};
use crate::layout::Side;
use crate::layout::routing::network::{DOWN, LEFT, NOWHERE, Network, RIGHT, UP};
use crate::layout::routing::temper::Temper;
use crate::layout::routing::{Connection, MARK, Path, STUB};
use crate::layout::spatial::RectIndex;

/// How much longer a way counts where more lines run than have room.
const CROWDED: f64 = 1.0;
/// What each unit costs that an end lacks of its usual length.
const SHORT_STUB: f64 = 10.0;
/// What each unit costs that the marks at an end lack.
const NO_ROOM_FOR_MARK: f64 = 60.0;
/// How far a line looks straight ahead for tracks.
const SIGHT: f64 = 1600.0;
/// How many steps are tried before a line takes a simple way instead.
const MOST_STEPS: usize = 40_000;
/// The farther away the end is, the more the search prefers a quick answer to the very best one: at
/// this distance, way towards the end counts twice.
const LONG: f64 = 12000.0;
/// How much more it counts at most.
const MOST_HASTE: f64 = 2.0;

/// From this many lines on, tolls count less.
const MANY_LINES: f64 = 2000.0;

/// Finds ways one after the other; each one knows the ways found before.
#[derive(Debug)]
pub struct Search<'a> {
    network: &'a Network,
    obstacles: &'a RectIndex,
    temper: Temper,
    /// How much tolls count: where thousands of lines run, none can be spared.
    toll_share: f64,
    /// For each crossing: how many lines run through it, upright and level.
    traffic: Vec<[u16; 2]>,
    /// For each crossing and axis: the state of the running search.
    states: Vec<State>,
    /// For each upright track: what the running search finds on it.
    goals: Vec<Goal>,
    run: u32,
    /// The track that lines took at a row, by card, level and side.
    trunks: IndexMap<(usize, i64, Side), u32>,
    /// The ways from crossing to crossing that lines to a row took, by card and level.
    trees: IndexMap<(usize, i64), Vec<u32>>,
    /// For each crossing and way from it: the search for which it leads along such a way.
    tree_marks: Vec<u32>,
}

/// A way that was found, and what it takes up in the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The way itself.
    pub path: Path,
    /// The crossings that it visits, from its end to its start, with the axis of arrival.
    visits: Vec<(u32, u32)>,
    /// The tracks at its start and end; none for a straight line.
    tracks: Option<(u32, u32)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    run: u32,
    is_done: bool,
    cost: f64,
    parent: u32,
}

/// A place on an upright track from which a row is straight ahead.
#[derive(Clone, Copy, Debug)]
struct Goal {
    run: u32,
    side: Side,
    y: f64,
    cost: f64,
}

/// A state to look at, the cheapest first.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Candidate {
    estimate: f64,
    state: u32,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        other.estimate.total_cmp(&self.estimate).then(other.state.cmp(&self.state))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Where a search starts: on an upright track, straight ahead of a row.
#[derive(Clone, Copy, Debug)]
struct Start {
    side: Side,
    upright: u32,
    at: Point,
    cost: f64,
}

/// The best way found so far.
#[derive(Clone, Copy, Debug)]
struct Found {
    cost: f64,
    /// The state it comes from; none when it comes straight from a start.
    state: Option<u32>,
    start: usize,
    upright: u32,
}

const AXIS_UPRIGHT: u32 = 0;
const AXIS_LEVEL: u32 = 1;
/// Parents from here on are starts.
const FIRST_START: u32 = 1 << 31;

impl<'a> Search<'a> {
    /// A search that knows no lines yet.
    pub fn new(
        network: &'a Network,
        obstacles: &'a RectIndex,
        temper: Temper,
        n_lines: usize,
    ) -> Self {
        let n_crossings = network.crossings.len();
        let goal = Goal { run: 0, side: Side::Left, y: 0.0, cost: 0.0 };
        Self {
            network,
            obstacles,
            temper,
            toll_share: (MANY_LINES / n_lines.max(1) as f64).min(1.0),
            traffic: vec![[0; 2]; n_crossings],
            states: vec![State::default(); 2 * n_crossings],
            goals: vec![goal; network.uprights.len()],
            run: 0,
            trunks: IndexMap::new(),
            trees: IndexMap::new(),
            tree_marks: vec![0; 4 * n_crossings],
        }
    }

    /// The way of a connection; none when there is no free one.
    pub fn find(&mut self, connection: &Connection) -> Option<Route> {
        if let Some(path) = self.straight(connection) {
            return Some(Route { path, visits: Vec::new(), tracks: None });
        }
        self.find_between(connection, &[Side::Right, Side::Left], &[Side::Left, Side::Right])
    }

    /// The best way of a connection that leaves and arrives on one of those sides.
    pub fn find_between(
        &mut self,
        connection: &Connection,
        leaving: &[Side],
        arriving: &[Side],
    ) -> Option<Route> {
        self.run += 1;
        let starts: Vec<Start> =
            leaving.iter().flat_map(|side| self.starts(connection, *side)).collect();
        for side in arriving {
            self.mark_goals(connection, *side);
        }
        let tree = self.trees.get(&row_key(connection.to, connection.to_y));
        for way in tree.into_iter().flatten() {
            if let Some(mark) = self.tree_marks.get_mut(*way as usize) {
                *mark = self.run;
            }
        }
        let found = self.explore(connection, &starts)?;
        self.route(connection, &starts, found)
    }

    /// Counts a route, so that later ones know it.
    pub fn take(&mut self, connection: &Connection, route: &Route) {
        self.count(route, u16::saturating_add);
        let Some((start, end)) = route.tracks else { return };
        let level = |point: Option<&Point>| point.map_or(0.0, |point| point.y);
        let (from_y, to_y) = (level(route.path.points.first()), level(route.path.points.last()));
        self.trunks.entry(trunk_key(connection.from, from_y, route.path.start)).or_insert(start);
        self.trunks.entry(trunk_key(connection.to, to_y, route.path.end)).or_insert(end);
        let tree = self.trees.entry(row_key(connection.to, connection.to_y)).or_default();
        for pair in route.visits.windows(2) {
            let [(to, _), (from, _)] = pair else { continue };
            let next = self.network.crossing(*from).next;
            let place = next.iter().position(|next| next == to);
            tree.extend(place.map(|place| from * 4 + place as u32));
        }
    }

    /// Forgets the traffic of a route.
    pub fn leave(&mut self, route: &Route) {
        self.count(route, u16::saturating_sub);
    }

    /// Straight across, where the two rows are on one level and nothing is between.
    fn straight(&self, connection: &Connection) -> Option<Path> {
        if connection.from_y != connection.to_y || connection.is_loop() {
            return None;
        }
        let goes_right = connection.from_card.x1 <= connection.to_card.x0;
        let goes_left = connection.to_card.x1 <= connection.from_card.x0;
        let (start, end) = match (goes_right, goes_left) {
            (true, _) => (Side::Right, Side::Left),
            (_, true) => (Side::Left, Side::Right),
            (false, false) => return None,
        };
        let points = vec![connection.from_port(start), connection.to_port(end)];
        if points.first()?.distance(*points.last()?) < 2.0 * MARK {
            return None;
        }
        let between = Rect::from_points(*points.first()?, *points.last()?);
        let is_free = self.obstacles.touching(between.inflate(0.0, 1.0)).next().is_none();
        is_free.then_some(Path::new(points, start, end))
    }

    /// The tracks straight ahead of a row, with what it costs to reach them.
    fn ahead(&self, port: Point, side: Side, card: usize) -> Vec<(u32, f64, f64)> {
        let outward = if side == Side::Right { 1.0 } else { -1.0 };
        let limit = port.x + outward * SIGHT;
        let end =
            self.obstacles.reach(Rect::from_points(port, port).inflate(0.0, 1.0), side, limit);
        let trunk = self.trunks.get(&trunk_key(card, port.y, side)).copied();
        self.network
            .uprights_met(port.y, port.x.min(end), port.x.max(end))
            .into_iter()
            .map(|(number, upright)| {
                let detour =
                    if trunk.is_none_or(|one| one == number) { 0.0 } else { self.temper.own_way };
                let length = (upright.at - port.x).abs();
                let short = SHORT_STUB * (STUB - length).max(0.0)
                    + NO_ROOM_FOR_MARK * (MARK - length).max(0.0);
                (number, upright.at, length + detour + short)
            })
            .collect()
    }

    fn starts(&self, connection: &Connection, side: Side) -> Vec<Start> {
        let port = connection.from_port(side);
        let start = |(upright, x, cost)| Start { side, upright, at: Point::new(x, port.y), cost };
        self.ahead(port, side, connection.from).into_iter().map(start).collect()
    }

    fn mark_goals(&mut self, connection: &Connection, side: Side) {
        let port = connection.to_port(side);
        for (upright, _, cost) in self.ahead(port, side, connection.to) {
            if let Some(goal) = self.goals.get_mut(upright as usize)
                && (goal.run != self.run || cost < goal.cost)
            {
                *goal = Goal { run: self.run, side, y: port.y, cost };
            }
        }
    }

    fn goal(&self, upright: u32) -> Option<Goal> {
        self.goals.get(upright as usize).copied().filter(|goal| goal.run == self.run)
    }

    /// The search itself.
    fn explore(&mut self, connection: &Connection, starts: &[Start]) -> Option<Found> {
        let mut open = BinaryHeap::new();
        let mut found: Option<Found> = None;
        for (number, start) in starts.iter().enumerate() {
            if let Some(goal) = self.goal(start.upright) {
                let cost = start.cost
                    + self.temper.bend
                    + (goal.y - start.at.y).abs()
                    + self.temper.bend
                    + goal.cost;
                let way = Found { cost, state: None, start: number, upright: start.upright };
                keep_cheaper(&mut found, way);
            }
            let (above, below) = self.network.stops_around(start.upright, start.at.y);
            for stop in [above, below].into_iter().filter(|stop| *stop != NOWHERE) {
                let length = (self.network.crossing(stop).point.y - start.at.y).abs();
                let cost = start.cost + self.temper.bend + self.toll(stop, AXIS_UPRIGHT, length);
                let state = stop * 2 + AXIS_UPRIGHT;
                self.reach(&mut open, connection, state, cost, FIRST_START + number as u32);
            }
        }
        let mut n_steps = 0;
        while let Some(Candidate { estimate, state }) = open.pop() {
            if found.is_some_and(|found| found.cost <= estimate) {
                break;
            }
            let Some(current) = self.states.get_mut(state as usize) else { continue };
            if std::mem::replace(&mut current.is_done, true) {
                continue;
            }
            n_steps += 1;
            if n_steps > MOST_STEPS {
                break;
            }
            let cost = current.cost;
            self.expand(&mut open, &mut found, connection, (state, cost));
        }
        found
    }

    /// Looks at all that is next to a state.
    fn expand(
        &mut self,
        open: &mut BinaryHeap<Candidate>,
        found: &mut Option<Found>,
        connection: &Connection,
        (state, cost): (u32, f64),
    ) {
        let crossing = self.network.crossing(state / 2);
        let axis = state % 2;
        let upright = self.network.upright(crossing.upright);
        let goal = self.goal(crossing.upright);
        for (place, next_axis) in
            [(LEFT, AXIS_LEVEL), (RIGHT, AXIS_LEVEL), (UP, AXIS_UPRIGHT), (DOWN, AXIS_UPRIGHT)]
        {
            let next = crossing.next.get(place).copied().unwrap_or(NOWHERE);
            let turn = if next_axis == axis { 0.0 } else { self.temper.bend };
            let next_point = (next != NOWHERE).then(|| self.network.crossing(next).point);
            if let (AXIS_UPRIGHT, Some(goal)) = (next_axis, goal) {
                let end = next_point
                    .map_or(if place == UP { upright.from } else { upright.to }, |point| point.y);
                let (low, high) = (end.min(crossing.point.y), end.max(crossing.point.y));
                if low <= goal.y && goal.y <= high {
                    let length = (goal.y - crossing.point.y).abs();
                    let cost = cost + turn + length + self.temper.bend + goal.cost;
                    let upright = crossing.upright;
                    keep_cheaper(found, Found { cost, state: Some(state), start: 0, upright });
                }
            }
            if let Some(point) = next_point {
                let length = (point - crossing.point).hypot();
                let way = (state / 2) as usize * 4 + place;
                let is_on_tree = self.tree_marks.get(way) == Some(&self.run);
                let toll = if is_on_tree {
                    self.temper.on_tree * length
                } else {
                    self.toll(next, next_axis, length)
                };
                let cost = cost + turn + toll;
                self.reach(open, connection, next * 2 + next_axis, cost, state);
            }
        }
    }

    /// What a piece of that length costs that leads to a crossing along that axis: its length, and
    /// the lines that it crosses there or has to share the room with.
    fn toll(&self, number: u32, axis: u32, length: f64) -> f64 {
        let [upright, level] = self.traffic.get(number as usize).copied().unwrap_or_default();
        let crossing = self.network.crossing(number);
        let (beside, across, capacity) = if axis == AXIS_UPRIGHT {
            (upright, level, self.network.upright(crossing.upright).capacity)
        } else {
            (level, upright, self.network.level(crossing.level).capacity)
        };
        let crowd = if beside >= capacity { CROWDED * length } else { 0.0 };
        length + self.toll_share * (crowd + self.temper.crossing * f64::from(across))
    }

    /// Notes that a state can be reached at that cost.
    fn reach(
        &mut self,
        open: &mut BinaryHeap<Candidate>,
        connection: &Connection,
        state: u32,
        cost: f64,
        parent: u32,
    ) {
        let run = self.run;
        let Some(known) = self.states.get_mut(state as usize) else { return };
        if known.run == run && (known.is_done || known.cost <= cost) {
            return;
        }
        *known = State { run, is_done: false, cost, parent };
        let point = self.network.crossing(state / 2).point;
        let bends =
            if state % 2 == AXIS_UPRIGHT { self.temper.bend } else { 2.0 * self.temper.bend };
        let rest = estimate(point, connection);
        let haste = (rest / LONG).min(MOST_HASTE);
        open.push(Candidate { estimate: cost + bends + rest * (1.0 + haste), state });
    }

    /// Collects the points of a way.
    fn route(&self, connection: &Connection, starts: &[Start], found: Found) -> Option<Route> {
        let mut backward = Vec::new();
        let mut start = found.start;
        let mut state = found.state;
        let mut visits = Vec::new();
        while let Some(current) = state {
            let crossing = self.network.crossing(current / 2);
            backward.push(crossing.point);
            visits.push((current / 2, current % 2));
            let parent = self.states.get(current as usize)?.parent;
            state = (parent < FIRST_START).then_some(parent);
            if parent >= FIRST_START {
                start = (parent - FIRST_START) as usize;
            }
        }
        let start = *starts.get(start)?;
        let goal = self.goal(found.upright)?;
        let mut points = vec![connection.from_port(start.side), start.at];
        points.extend(backward.into_iter().rev());
        points.push(Point::new(self.network.upright(found.upright).at, goal.y));
        points.push(connection.to_port(goal.side));
        let path = Path::new(without_needless(points), start.side, goal.side);
        Some(Route { path, visits, tracks: Some((start.upright, found.upright)) })
    }

    /// Counts the passages of a route.
    fn count(&mut self, route: &Route, change: fn(u16, u16) -> u16) {
        let following = route.visits.iter().skip(1).map(|(_, axis)| *axis);
        for ((crossing, axis), _) in route.visits.iter().zip(following.chain([AXIS_UPRIGHT])) {
            let count = self
                .traffic
                .get_mut(*crossing as usize)
                .and_then(|one| one.get_mut(*axis as usize));
            if let Some(count) = count {
                *count = change(*count, 1);
            }
        }
    }
}

fn keep_cheaper(found: &mut Option<Found>, way: Found) {
    if found.is_none_or(|found| way.cost < found.cost) {
        *found = Some(way);
    }
}

/// How far it is at least to the nearer side of the second card.
fn estimate(point: Point, connection: &Connection) -> f64 {
    let card = connection.to_card;
    let sideways = (point.x - card.x0).abs().min((point.x - card.x1).abs());
    sideways + (point.y - connection.to_y).abs()
}

fn row_key(card: usize, y: f64) -> (usize, i64) {
    (card, (y * 4.0) as i64)
}

fn trunk_key(card: usize, y: f64, side: Side) -> (usize, i64, Side) {
    (card, (y * 4.0) as i64, side)
}

/// The points without repeated ones and those on a straight way.
pub fn without_needless(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if kept.last() == Some(&point) {
            continue;
        }
        if let [.., before, last] = kept.as_mut_slice()
            && ((before.x == last.x && last.x == point.x)
                || (before.y == last.y && last.y == point.y))
        {
            *last = point;
            continue;
        }
        kept.push(point);
    }
    kept
}
