//! Level and upright lines around cards: ways through the network, then lanes.

use indexmap::IndexMap;

use crate::base::geom::Point;
use crate::layout::Side;
use crate::layout::routing::apart::set_marks_apart;
use crate::layout::routing::lanes::{Wire, spread};
use crate::layout::routing::network::Network;
use crate::layout::routing::search::{Crowds, Search};
use crate::layout::routing::shapes::{corner_loop, simple_path};
use crate::layout::routing::stubs::set_levels_apart;
use crate::layout::routing::{Connection, Path};
use crate::layout::spatial::RectIndex;

/// The ways of all connections, in their order. `fixed` ones have a way already and keep it; the
/// others keep clear of them where they can.
pub fn orthogonal_paths(
    connections: &[Connection],
    fixed: &[Option<Path>],
    obstacles: &RectIndex,
) -> Vec<Path> {
    let ways = ways(connections, fixed, obstacles, Crowds::Avoid);
    let (mut paths, is_fixed): (Vec<Path>, Vec<bool>) =
        ways.into_iter().map(|way| (way.path, way.is_fixed)).unzip();
    set_marks_apart(connections, &mut paths, &is_fixed);
    let mut wires = wires(connections, &paths, &is_fixed);
    spread(&mut wires, obstacles);
    set_levels_apart(&mut wires, obstacles);
    for (path, wire) in paths.iter_mut().zip(wires) {
        path.points = wire.points;
    }
    paths
}

/// A way before lanes are given out.
#[derive(Clone, Debug, Default)]
pub struct Way {
    /// Along the middle of corridors.
    pub path: Path,
    /// Whether it stays as it is.
    pub is_fixed: bool,
}

/// The ways of all connections along the middle of corridors, many lines in one place.
pub fn ways(
    connections: &[Connection],
    fixed: &[Option<Path>],
    obstacles: &RectIndex,
    crowds: Crowds,
) -> Vec<Way> {
    let network = Network::around(obstacles);
    let mut search = Search::new(&network, obstacles, crowds, connections.len());
    let mut ways = vec![Way::default(); connections.len()];
    for number in shortest_first(connections) {
        let Some(connection) = connections.get(number) else { continue };
        let by_hand = fixed.get(number).and_then(Option::as_ref);
        let (path, is_fixed) = match by_hand {
            Some(path) => (path.clone(), true),
            None if connection.is_row_loop() => (corner_loop(connection), true),
            None => match search.find(connection) {
                Some(path) => (path, false),
                None => (simple_path(connection, obstacles), true),
            },
        };
        if let Some(slot) = ways.get_mut(number) {
            *slot = Way { path, is_fixed };
        }
    }
    ways
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
