//! A second look at lines that cross others: once all lanes are known, each tries the other sides of
//! its cards, and keeps what crosses less.
//!
//! Rip-up and reroute, as wires on chips are led (Dees, Karger: Automated rip-up and reroute
//! techniques, 1982). Must not know how lanes are given out.

use crate::base::geom::Rect;
use crate::layout::Side;
use crate::layout::routing::search::{Route, Search};
use crate::layout::routing::{Connection, Path};
use crate::layout::spatial::RectIndex;

/// What a crossing costs, as a length of line.
const CROSSING: f64 = 400.0;
/// What a bend costs.
const BEND: f64 = 60.0;
/// What each unit costs that a line runs too near beside another one.
const CROWDED: f64 = 4.0;
/// Lines of different rows that are nearer than this can hardly be told apart.
const TOO_NEAR: f64 = 3.0;
/// How much better another way must be.
const MARGIN: f64 = 30.0;

/// How well lines run: shorter, with fewer bends and crossings, is less.
pub fn cost_of(paths: &[Path]) -> f64 {
    let drawn = Drawn::of(paths);
    let crossings: usize =
        paths.iter().enumerate().map(|(number, path)| drawn.crossings(path, number, None)).sum();
    let crowds: f64 =
        paths.iter().enumerate().map(|(number, path)| drawn.crowds(path, number)).sum();
    paths.iter().map(own_cost).sum::<f64>() + CROSSING * crossings as f64 / 2.0 + CROWDED * crowds
}

fn own_cost(path: &Path) -> f64 {
    let length: f64 = path.pieces().map(|(a, b)| (b - a).hypot()).sum();
    length + BEND * path.points.len().saturating_sub(2) as f64
}

/// Gives lines that cross others another route where one is better; `paths` are the lines as they
/// are drawn now. How many changed: at most so many.
pub fn rework(
    connections: &[Connection],
    paths: &[Path],
    routes: &mut [Option<Route>],
    search: &mut Search<'_>,
    most: usize,
) -> usize {
    let mut drawn = Drawn::of(paths);
    let count = |(number, path): (usize, &Path)| (drawn.crossings(path, number, None), number);
    let mut crossed: Vec<(usize, usize)> =
        paths.iter().enumerate().map(count).filter(|(crossings, _)| *crossings > 0).collect();
    crossed.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut n_changed = 0;
    for (_, number) in crossed {
        let (Some(connection), Some(path)) = (connections.get(number), paths.get(number)) else {
            continue;
        };
        let Some(Some(old)) = routes.get(number).cloned() else { continue };
        search.leave(&old);
        let siblings = Some((connection, connections));
        let cost = |path: &Path| {
            own_cost(path) + CROSSING * drawn.crossings(path, number, siblings) as f64
        };
        let mut best = (cost(path) - MARGIN, None);
        for leaving in [Side::Right, Side::Left] {
            for arriving in [Side::Left, Side::Right] {
                let found = search.find_between(connection, &[leaving], &[arriving]);
                if let Some(route) = found.filter(|route| *route != old) {
                    let cost = cost(&route.path);
                    if cost < best.0 {
                        best = (cost, Some(route));
                    }
                }
            }
        }
        if let Some(route) = best.1 {
            drawn.replace(number, &route.path);
            search.take(connection, &route);
            if let Some(slot) = routes.get_mut(number) {
                *slot = Some(route);
            }
            n_changed += 1;
            if n_changed == most {
                break;
            }
        } else {
            search.take(connection, &old);
        }
    }
    n_changed
}

/// All pieces of lines, to be crossed.
struct Drawn {
    pieces: RectIndex,
    owners: Vec<usize>,
    is_replaced: Vec<bool>,
    fresh: Vec<(usize, Rect)>,
}

impl Drawn {
    fn of(paths: &[Path]) -> Self {
        let mut owners = Vec::new();
        let mut rects = Vec::new();
        for (number, path) in paths.iter().enumerate() {
            for (a, b) in path.pieces() {
                owners.push(number);
                rects.push(Rect::from_points(a, b).inflate(0.1, 0.1));
            }
        }
        let is_replaced = vec![false; paths.len()];
        Self { pieces: RectIndex::new(rects), owners, is_replaced, fresh: Vec::new() }
    }

    fn replace(&mut self, number: usize, path: &Path) {
        if let Some(flag) = self.is_replaced.get_mut(number) {
            *flag = true;
        }
        self.fresh.retain(|(owner, _)| *owner != number);
        let pieces =
            path.pieces().map(|(a, b)| (number, Rect::from_points(a, b).inflate(0.1, 0.1)));
        self.fresh.extend(pieces);
    }

    /// How many pieces of other lines a path crosses; those to its own rows may be left out.
    fn crossings(
        &self,
        path: &Path,
        number: usize,
        siblings: Option<(&Connection, &[Connection])>,
    ) -> usize {
        let is_other = |owner: usize| {
            let is_sibling = siblings.is_some_and(|(own, all)| {
                all.get(owner).is_some_and(|other| shares_row(own, other))
            });
            owner != number && !is_sibling
        };
        path.pieces()
            .map(|(a, b)| {
                let piece = Rect::from_points(a, b).inflate(0.1, 0.1);
                let old = self.pieces.touching(piece).filter(|place| {
                    let Some(owner) = self.owners.get(*place).copied() else { return false };
                    is_other(owner)
                        && self.is_replaced.get(owner) == Some(&false)
                        && self.pieces.rect(*place).is_some_and(|other| crosses(piece, other))
                });
                let fresh = self
                    .fresh
                    .iter()
                    .filter(|(owner, other)| is_other(*owner) && crosses(piece, *other));
                old.count() + fresh.count()
            })
            .sum()
    }
}

impl Drawn {
    /// How far a path runs beside pieces of others that are hard to tell from it. Pieces exactly on
    /// one another belong to one row: they are one line on purpose.
    fn crowds(&self, path: &Path, number: usize) -> f64 {
        let beside = |a: Rect, b: Rect| {
            let common = a.intersect(b);
            let (along, across) = if a.width() > a.height() {
                (common.width(), (a.center().y - b.center().y).abs())
            } else {
                (common.height(), (a.center().x - b.center().x).abs())
            };
            let is_parallel = (a.width() > a.height()) == (b.width() > b.height());
            if is_parallel && 0.01 < across && across < TOO_NEAR { along.max(0.0) } else { 0.0 }
        };
        path.pieces()
            .map(|(a, b)| {
                let piece = Rect::from_points(a, b).inflate(TOO_NEAR / 2.0, TOO_NEAR / 2.0);
                let near = self
                    .pieces
                    .touching(piece)
                    .filter(|place| self.owners.get(*place).is_some_and(|owner| *owner != number));
                let rects = near.filter_map(|place| self.pieces.rect(place));
                rects.map(|other| beside(piece, other.inflate(1.4, 1.4))).sum::<f64>()
            })
            .sum()
    }
}

fn shares_row(a: &Connection, b: &Connection) -> bool {
    (a.to == b.to && a.to_y == b.to_y) || (a.from == b.from && a.from_y == b.from_y)
}

/// Whether a level and an upright piece cross inside both.
fn crosses(a: Rect, b: Rect) -> bool {
    let crosses = |level: Rect, upright: Rect| {
        let (x, y) = (upright.center().x, level.center().y);
        level.x0 + 0.5 < x && x < level.x1 - 0.5 && upright.y0 + 0.5 < y && y < upright.y1 - 0.5
    };
    let is_level = |rect: Rect| rect.height() < rect.width();
    match (is_level(a), is_level(b)) {
        (true, false) => crosses(a, b),
        (false, true) => crosses(b, a),
        (true, true) | (false, false) => false,
    }
}
