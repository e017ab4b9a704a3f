//! The order of lines side by side that makes them cross least.

use crate::base::geom::Rect;
use crate::layout::routing::lanes::{Bundle, SLACK, Wire};
use crate::layout::routing::{LANE, MARK};
use crate::layout::spatial::RectIndex;

/// How far bundles look for others to change places with.
const NEAR: f64 = 64.0;
/// With how many others a bundle compares its place at most.
const MOST_COMPARED: usize = 64;
/// What two level pieces on one another cost, in crossings.
const OVERLAP: f64 = 1000.0;
/// What it costs, in crossings, to stand where the marks leave no room.
const SQUEEZED: f64 = 100.0;
/// Level pieces closer than this read as one.
const SAME_LEVEL: f64 = 5.0;

/// The rank of each bundle from left to right, no two the same; only those of bundles in each
/// other's way mean anything.
///
/// They are inserted one by one, each where it crosses those before it least.
pub fn ranks(wires: &[Wire], bundles: &[Bundle]) -> Vec<usize> {
    let turns: Vec<Turns> = bundles.iter().map(|bundle| Turns::of(wires, bundle)).collect();
    let mut queue: Vec<usize> = (0..bundles.len()).collect();
    let at = |number: usize| bundles.get(number).map_or(0.0, |bundle| bundle.at);
    queue.sort_by(|a, b| at(*a).total_cmp(&at(*b)).then(a.cmp(b)));
    let strips = bundles.iter().map(|bundle| strip(bundle, 0.5));
    let strips = RectIndex::new(strips.collect());
    let mut order = Order { keys: vec![None; bundles.len()], last: 0.0 };
    for number in queue {
        let Some(bundle) = bundles.get(number) else { continue };
        let near = strips.touching(strip(bundle, NEAR));
        let mut placed: Vec<(f64, usize)> = near
            .filter(|other| bundles.get(*other).is_some_and(|other| other.conflicts(bundle)))
            .filter_map(|other| Some((order.key(other)?, other)))
            .collect();
        let by_key = |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0);
        if placed.len() > MOST_COMPARED {
            placed.select_nth_unstable_by(MOST_COMPARED, by_key);
            placed.truncate(MOST_COMPARED);
        }
        placed.sort_by(|a, b| a.0.total_cmp(&b.0));
        let n_before = best_place(number, &placed, bundles, &turns);
        let before = n_before.checked_sub(1).and_then(|last| placed.get(last)).map(|one| one.0);
        let after = placed.get(n_before).map(|one| one.0);
        order.insert(number, before, after);
    }
    order.ranks()
}

/// The surroundings of a bundle, so far to both sides.
fn strip(bundle: &Bundle, aside: f64) -> Rect {
    let (top, bottom) = (bundle.from - SLACK, bundle.to + SLACK);
    Rect::new(bundle.at - aside, top, bundle.at + aside, bottom)
}

/// How many of the bundles that are placed, from left to right, should stand before the new one.
fn best_place(
    number: usize,
    placed: &[(f64, usize)],
    bundles: &[Bundle],
    turns: &[Turns],
) -> usize {
    let (Some(own), Some(own_turns)) = (bundles.get(number), turns.get(number)) else { return 0 };
    // Standing last costs what the new one costs after each; each step left swaps one pair.
    let mut cost = 0.0;
    let mut least = 0.0;
    let mut best = placed.len();
    for (place, (_, other)) in placed.iter().enumerate().rev() {
        let (Some(bundle), Some(other_turns)) = (bundles.get(*other), turns.get(*other)) else {
            continue;
        };
        if !may_swap(own, bundle) {
            break;
        }
        cost += own_turns.crossings_before(other_turns) - other_turns.crossings_before(own_turns);
        cost += squeeze(own, bundle) - squeeze(bundle, own);
        if cost < least - 0.5 {
            least = cost;
            best = place;
        }
    }
    best
}

/// What it costs when one stands left of the other although the marks at their ends leave no room
/// for that.
fn squeeze(left: &Bundle, right: &Bundle) -> f64 {
    let (least, greatest) = (left.borders.0 + MARK, right.borders.1 - MARK);
    if least + LANE / 2.0 > greatest { SQUEEZED } else { 0.0 }
}

/// Whether either of the two could stand left of the other.
fn may_swap(a: &Bundle, b: &Bundle) -> bool {
    let reaches = |a: &Bundle, b: &Bundle| a.corridor.0 <= b.at && b.at <= a.corridor.1;
    a.is_free && b.is_free && reaches(a, b) && reaches(b, a)
}

/// Keys that sort bundles, with room for one more between any two.
#[derive(Debug)]
struct Order {
    keys: Vec<Option<f64>>,
    last: f64,
}

impl Order {
    fn key(&self, number: usize) -> Option<f64> {
        self.keys.get(number).copied().flatten()
    }

    /// Puts a bundle before another one, at the end where there is none.
    fn insert(&mut self, number: usize, before: Option<f64>, after: Option<f64>) {
        let key = match (before, after) {
            (_, None) => self.last + 1.0,
            (None, Some(after)) => after - 0.5,
            (Some(before), Some(after)) => f64::midpoint(before, after),
        };
        self.last = self.last.max(key);
        if let Some(slot) = self.keys.get_mut(number) {
            *slot = Some(key);
        }
        let is_tight = |other: Option<f64>| other.is_some_and(|other| (other - key).abs() < 1e-6);
        if is_tight(before) || is_tight(after) {
            for (number, rank) in self.ranks().into_iter().enumerate() {
                if let Some(Some(key)) = self.keys.get_mut(number) {
                    *key = rank as f64;
                }
            }
            self.last = self.keys.len() as f64;
        }
    }

    fn ranks(&self) -> Vec<usize> {
        let mut sorted: Vec<(f64, usize)> = self
            .keys
            .iter()
            .enumerate()
            .map(|(number, key)| (key.unwrap_or(f64::INFINITY), number))
            .collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut ranks = vec![0; self.keys.len()];
        for (rank, (_, number)) in sorted.into_iter().enumerate() {
            if let Some(slot) = ranks.get_mut(number) {
                *slot = rank;
            }
        }
        ranks
    }
}

/// Where the level pieces at the ends of a bundle's pieces go.
#[derive(Debug, Default)]
struct Turns {
    /// The ends of its pieces, upper first.
    extents: Vec<(f64, f64)>,
    to_left: Vec<Turn>,
    to_right: Vec<Turn>,
}

/// A level piece that starts at a bundle.
#[derive(Clone, Copy, Debug)]
struct Turn {
    y: f64,
    /// The rows its wire joins.
    rows: (usize, usize),
}

impl Turns {
    fn of(wires: &[Wire], bundle: &Bundle) -> Self {
        let mut turns = Self::default();
        for (wire, first) in &bundle.pieces {
            let Some(wire) = wires.get(*wire) else { continue };
            let point = |place: Option<usize>| place.and_then(|place| wire.points.get(place));
            let (Some(a), Some(b)) = (point(Some(*first)), point(Some(first + 1))) else {
                continue;
            };
            turns.extents.push((a.y.min(b.y), a.y.max(b.y)));
            let ends = [(a, point(first.checked_sub(1))), (b, point(Some(first + 2)))];
            for (end, beyond) in ends {
                let Some(beyond) = beyond else { continue };
                let turn = Turn { y: end.y, rows: (wire.start, wire.end) };
                if beyond.x < end.x { turns.to_left.push(turn) } else { turns.to_right.push(turn) }
            }
        }
        turns
    }

    /// How often the two cross when this one stands left of the other.
    fn crossings_before(&self, other: &Self) -> f64 {
        let crossed = |turns: &[Turn], extents: &[(f64, f64)]| {
            let pairs = turns.iter().flat_map(|turn| extents.iter().map(move |e| (turn.y, e)));
            pairs.filter(|(y, (from, to))| from + 0.5 < *y && *y < to - 0.5).count()
        };
        let overlaps = self
            .to_right
            .iter()
            .flat_map(|a| other.to_left.iter().map(move |b| (a, b)))
            .filter(|(a, b)| (a.y - b.y).abs() < SAME_LEVEL && !a.shares_row(b))
            .count();
        (crossed(&self.to_right, &other.extents) + crossed(&other.to_left, &self.extents)) as f64
            + OVERLAP * overlaps as f64
    }
}

impl Turn {
    fn shares_row(&self, other: &Self) -> bool {
        let (from, to) = other.rows;
        [self.rows.0, self.rows.1].into_iter().any(|row| row == from || row == to)
    }
}
