//! Level and upright lines around cards: ways through the network, then lanes.

use indexmap::IndexMap;

use crate::base::geom::Point;
use crate::layout::Side;
use crate::layout::routing::apart::set_marks_apart;
use crate::layout::routing::lanes::{Wire, spread};
use crate::layout::routing::network::Network;
use crate::layout::routing::rework::{cost_of, rework};
use crate::layout::routing::search::{Route, Search};
use crate::layout::routing::shapes::{row_loop, simple_path};
use crate::layout::routing::siblings::join_siblings;
use crate::layout::routing::stubs::set_levels_apart;
use crate::layout::routing::temper::{TEMPERS, Temper};
use crate::layout::routing::{Connection, Effort, Path};
use crate::layout::spatial::RectIndex;

/// The ways of all connections, in their order. `fixed` ones have a way already and keep it; the
/// others keep clear of them where they can.
pub fn orthogonal_paths(
    connections: &[Connection],
    fixed: &[Option<Path>],
    obstacles: &RectIndex,
    effort: Effort,
) -> Vec<Path> {
    led(connections, fixed, obstacles, effort).1
}

/// The ways of all connections before lanes are given out, each the best that was found in the end.
pub fn reworked_ways(connections: &[Connection], obstacles: &RectIndex) -> Vec<Way> {
    led(connections, &[], obstacles, Effort::Best).0
}

/// The ways and the lines in their lanes.
fn led(
    connections: &[Connection],
    fixed: &[Option<Path>],
    obstacles: &RectIndex,
    effort: Effort,
) -> (Vec<Way>, Vec<Path>) {
    let network = Network::around(obstacles);
    let n_tempers = n_tempers(connections.len(), effort);
    let lead = |temper: &Temper| {
        let search = Search::new(&network, obstacles, *temper, connections.len());
        let mut leading = Leading { connections, obstacles, search, ways: Vec::new() };
        leading.lead(fixed);
        let paths = leading.spread();
        let cost = if n_tempers > 1 { cost_of(&paths) } else { 0.0 };
        (cost, leading, paths)
    };
    let best = TEMPERS.iter().take(n_tempers).map(lead).min_by(|a, b| a.0.total_cmp(&b.0));
    let Some((_, mut leading, paths)) = best else { return Default::default() };
    let paths = leading.reworked(paths, effort);
    (leading.ways, paths)
}

/// How many tempers are tried.
fn n_tempers(n_lines: usize, effort: Effort) -> usize {
    match (effort, n_lines) {
        (Effort::Best, 0..=400) => TEMPERS.len(),
        _ => 1,
    }
}

/// How often lines are looked at again, and how many may change at once: where there are many, no
/// time is left for that.
fn rework_limits(n_lines: usize, effort: Effort) -> (usize, usize) {
    if effort != Effort::Best {
        return (0, 0);
    }
    match n_lines {
        0..=100 => (8, n_lines),
        101..=400 => (3, n_lines),
        401..=1200 => (1, 200),
        _ => (0, 0),
    }
}

/// A way before lanes are given out.
#[derive(Clone, Debug, Default)]
pub struct Way {
    /// Along the middle of corridors.
    pub path: Path,
    /// Whether it stays as it is.
    pub is_fixed: bool,
    /// What it takes up in the network, when it was found there.
    route: Option<Route>,
}

/// The ways of all connections along the middle of corridors, many lines in one place.
pub fn ways(connections: &[Connection], fixed: &[Option<Path>], obstacles: &RectIndex) -> Vec<Way> {
    let network = Network::around(obstacles);
    let search = Search::new(&network, obstacles, Temper::default(), connections.len());
    let mut leading = Leading { connections, obstacles, search, ways: Vec::new() };
    leading.lead(fixed);
    leading.ways
}

/// Lines while they are led.
struct Leading<'a> {
    connections: &'a [Connection],
    obstacles: &'a RectIndex,
    search: Search<'a>,
    ways: Vec<Way>,
}

impl Leading<'_> {
    /// Finds a way for each line, one after the other.
    fn lead(&mut self, fixed: &[Option<Path>]) {
        self.ways = vec![Way::default(); self.connections.len()];
        for number in shortest_first(self.connections) {
            let Some(connection) = self.connections.get(number) else { continue };
            let by_hand = fixed.get(number).and_then(Option::as_ref);
            let stays = |path: Path| Way { path, is_fixed: true, route: None };
            let way = match by_hand {
                Some(path) => stays(path.clone()),
                None if connection.is_row_loop() => stays(row_loop(connection)),
                None => match self.search.find(connection) {
                    Some(route) => {
                        self.search.take(connection, &route);
                        Way { path: route.path.clone(), is_fixed: false, route: Some(route) }
                    }
                    None => stays(simple_path(connection, self.obstacles)),
                },
            };
            if let Some(slot) = self.ways.get_mut(number) {
                *slot = way;
            }
        }
    }

    /// The lines in lanes of their own.
    fn spread(&self) -> Vec<Path> {
        let (mut paths, is_fixed): (Vec<Path>, Vec<bool>) =
            self.ways.iter().map(|way| (way.path.clone(), way.is_fixed)).unzip();
        set_marks_apart(self.connections, &mut paths, &is_fixed, self.obstacles);
        let mut wires = wires(self.connections, &paths, &is_fixed);
        spread(&mut wires, self.obstacles);
        set_levels_apart(&mut wires, self.obstacles);
        for (path, wire) in paths.iter_mut().zip(wires) {
            path.points = wire.points;
        }
        join_siblings(self.connections, &mut paths, &is_fixed);
        paths
    }

    /// The lines in lanes, after a second look at those that cross others.
    fn reworked(&mut self, mut paths: Vec<Path>, effort: Effort) -> Vec<Path> {
        let (mut n_left, mut most) = rework_limits(self.connections.len(), effort);
        let mut least = if n_left > 0 { cost_of(&paths) } else { 0.0 };
        while n_left > 0 && most > 0 {
            n_left -= 1;
            let before = self.ways.clone();
            let n_changed = self.rework(&paths, most);
            if n_changed == 0 {
                break;
            }
            let reworked = self.spread();
            let cost = cost_of(&reworked);
            if cost < least {
                (paths, least) = (reworked, cost);
            } else {
                // Too many at once: what each found free, others took as well.
                self.restore(before);
                most = n_changed / 3;
            }
        }
        paths
    }

    /// Goes back to earlier ways.
    fn restore(&mut self, before: Vec<Way>) {
        for ((now, before), connection) in self.ways.iter().zip(&before).zip(self.connections) {
            if now.route != before.route {
                now.route.iter().for_each(|route| self.search.leave(route));
                before.route.iter().for_each(|route| self.search.take(connection, route));
            }
        }
        self.ways = before;
    }

    /// Gives lines that cross others as drawn another way where one is better; how many changed.
    fn rework(&mut self, drawn: &[Path], most: usize) -> usize {
        let mut routes: Vec<Option<Route>> =
            self.ways.iter_mut().map(|way| way.route.take()).collect();
        let n_changed = rework(self.connections, drawn, &mut routes, &mut self.search, most);
        for (way, route) in self.ways.iter_mut().zip(routes) {
            if let Some(route) = &route {
                way.path = route.path.clone();
            }
            way.route = route;
        }
        n_changed
    }
}

/// The numbers of the connections, the shortest first: they have the least choice.
fn shortest_first(connections: &[Connection]) -> Vec<usize> {
    let length = |one: &Connection| {
        let (a, b) = (one.from_card.center(), one.to_card.center());
        (a.x - b.x).abs() + (a.y - b.y).abs()
    };
    let mut numbers: Vec<(f64, usize)> =
        connections.iter().map(length).enumerate().map(|(number, far)| (far, number)).collect();
    numbers.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    numbers.into_iter().map(|(_, number)| number).collect()
}

/// The ways of connections as wires, the rows where they end by number.
pub fn wires(connections: &[Connection], paths: &[Path], is_fixed: &[bool]) -> Vec<Wire> {
    let mut rows: IndexMap<(usize, i64, Side), usize> = IndexMap::new();
    let mut row = |card: usize, y: f64, side: Side| {
        let next = rows.len();
        *rows.entry((card, (y * 4.0) as i64, side)).or_insert(next)
    };
    let level = |point: Option<&Point>| point.map_or(0.0, |point| point.y);
    let all = connections.iter().zip(paths).zip(is_fixed);
    all.map(|((connection, path), is_fixed)| Wire {
        points: path.points.clone(),
        start: row(connection.from, level(path.points.first()), path.start),
        end: row(connection.to, level(path.points.last()), path.end),
        is_fixed: *is_fixed,
    })
    .collect()
}
