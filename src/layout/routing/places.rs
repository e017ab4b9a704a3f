//! Where bundles stand in their corridors, once their order is known: as far from cards and from
//! each other as there is room for.
//!
//! The least and greatest place of each follow from longest paths from both borders. Where the two
//! leave no room, all bundles on both paths move closer together, and no others.

use crate::layout::routing::lanes::{Bundle, Pull, REACH};
use crate::layout::routing::{LANE, MARK, STUB};

/// How close lines come to cards and to each other where room is scarce, best first.
const FITS: [Fit; 9] = [
    USUAL,
    Fit { aside: 20.0, lane: LANE },
    Fit { aside: 16.0, lane: LANE },
    Fit { aside: 12.0, lane: 7.0 },
    Fit { aside: 10.0, lane: 6.0 },
    Fit { aside: 8.0, lane: 4.5 },
    Fit { aside: 6.0, lane: 3.0 },
    Fit { aside: 4.0, lane: 1.5 },
    Fit { aside: 2.0, lane: 0.5 },
];

/// How close they come where there is room.
const USUAL: Fit = Fit { aside: STUB, lane: LANE };

#[derive(Clone, Copy, Debug)]
struct Fit {
    aside: f64,
    lane: f64,
}

/// The place of each bundle, given which pairs stand side by side; `distance` scales how far they keep from cards.
pub fn places(
    bundles: &[Bundle],
    side_by_side: &[(usize, usize)],
    ranks: &[usize],
    distance: f64,
) -> Vec<f64> {
    let (placer, order) = Placer::new(bundles, side_by_side, ranks, distance);
    let mut fits = vec![0; bundles.len()];
    loop {
        let least = placer.bounds(&order, &fits, Border::Left);
        let greatest = placer.bounds(&order, &fits, Border::Right);
        if !tighten(bundles, &least, &greatest, &mut fits) {
            return placer.choose(&order, &fits, &least, &greatest);
        }
    }
}

/// Room that is missing: how much, between which places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lack {
    /// The corridor.
    pub corridor: (f64, f64),
    /// How much wider it should be.
    pub by: f64,
}

/// Where bundles would have to move closer together than lines usually do.
pub fn lacks(
    bundles: &[Bundle],
    side_by_side: &[(usize, usize)],
    ranks: &[usize],
    distance: f64,
) -> Vec<Lack> {
    let (placer, order) = Placer::new(bundles, side_by_side, ranks, distance);
    let fits = vec![0; bundles.len()];
    let least = placer.bounds(&order, &fits, Border::Left);
    let greatest = placer.bounds(&order, &fits, Border::Right);
    let bounds = bundles.iter().zip(least.iter().zip(&greatest)).enumerate();
    bounds
        .filter(|(_, (bundle, _))| bundle.is_free)
        .map(|(number, (bundle, (low, high)))| {
            let alone = placer.lack_alone(number);
            Lack { corridor: bundle.corridor, by: (low.place - high.place).max(alone) }
        })
        .filter(|lack| lack.by > 0.5)
        .collect()
}

/// A bound of a bundle's place, and the other bundle that it comes from.
#[derive(Clone, Copy, Debug, Default)]
struct Bound {
    place: f64,
    cause: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Border {
    Left,
    Right,
}

/// Moves closer together what leaves no room for some bundle; whether that can still help.
fn tighten(bundles: &[Bundle], least: &[Bound], greatest: &[Bound], fits: &mut [usize]) -> bool {
    let has_no_room = |number: &usize| {
        let bounds = least.get(*number).zip(greatest.get(*number));
        bounds.is_some_and(|(low, high)| low.place > high.place + 0.01)
            && bundles.get(*number).is_some_and(|bundle| bundle.is_free)
    };
    let squeezed: Vec<usize> = (0..bundles.len()).filter(has_no_room).collect();
    let mut helps = false;
    let mut is_tight = vec![false; bundles.len()];
    for bounds in [least, greatest] {
        // Who was met before has led to the rest of its chain already.
        let mut is_met = vec![false; bundles.len()];
        for number in &squeezed {
            let mut next = Some(*number);
            while let Some(number) = next {
                let Some(met) = is_met.get_mut(number) else { break };
                if std::mem::replace(met, true) {
                    break;
                }
                next = bounds.get(number).and_then(|bound| bound.cause);
            }
        }
        for (tight, met) in is_tight.iter_mut().zip(is_met) {
            *tight |= met;
        }
    }
    for (fit, is_tight) in fits.iter_mut().zip(is_tight) {
        if is_tight && *fit + 1 < FITS.len() {
            *fit += 1;
            helps = true;
        }
    }
    helps
}

/// What is known while places are found.
struct Placer<'a> {
    bundles: &'a [Bundle],
    /// For each bundle, those in its way: left of it and right of it.
    neighbors: Vec<(Vec<usize>, Vec<usize>)>,
    distance: f64,
}

impl<'a> Placer<'a> {
    /// What is known of those bundles, and their order.
    fn new(
        bundles: &'a [Bundle],
        side_by_side: &[(usize, usize)],
        ranks: &[usize],
        distance: f64,
    ) -> (Self, Vec<usize>) {
        let mut order: Vec<usize> = (0..bundles.len()).collect();
        let rank = |number: usize| ranks.get(number).copied().unwrap_or_default();
        order.sort_by_key(|number| rank(*number));
        let mut neighbors = vec![(Vec::new(), Vec::new()); bundles.len()];
        for (left, right) in side_by_side {
            if let Some((_, right_of)) = neighbors.get_mut(*left) {
                right_of.push(*right);
            }
            if let Some((left_of, _)) = neighbors.get_mut(*right) {
                left_of.push(*left);
            }
        }
        (Self { bundles, neighbors, distance }, order)
    }

    /// How much wider the corridor of a bundle should be if it had it for itself.
    fn lack_alone(&self, number: usize) -> f64 {
        let Some(bundle) = self.bundles.get(number) else { return 0.0 };
        let (low, high) = self.limits(bundle, USUAL);
        low - high
    }

    /// How far from that border each bundle stays, with all between it and the border in mind.
    fn bounds(&self, order: &[usize], fits: &[usize], border: Border) -> Vec<Bound> {
        let mut bounds = vec![Bound::default(); self.bundles.len()];
        let visit = |number: usize, bounds: &mut Vec<Bound>| {
            let (low, high) = self.corridor(number, fits);
            let start = if border == Border::Left { low } else { high };
            let mut bound = Bound { place: start, cause: None };
            for other in self.beside(number, border) {
                let place = bounds.get(*other).copied().unwrap_or_default().place;
                let lane = lane(fits, number, *other);
                let is_closer = match border {
                    Border::Left => place + lane > bound.place,
                    Border::Right => place - lane < bound.place,
                };
                if is_closer {
                    let place = if border == Border::Left { place + lane } else { place - lane };
                    bound = Bound { place, cause: Some(*other) };
                }
            }
            // What cannot move keeps its place, whatever is in its way.
            if self.bundles.get(number).is_some_and(|bundle| !bundle.is_free) {
                bound = Bound { place: start, cause: None };
            }
            if let Some(slot) = bounds.get_mut(number) {
                *slot = bound;
            }
        };
        match border {
            Border::Left => order.iter().for_each(|number| visit(*number, &mut bounds)),
            Border::Right => order.iter().rev().for_each(|number| visit(*number, &mut bounds)),
        }
        bounds
    }

    fn beside(&self, number: usize, border: Border) -> &[usize] {
        let neighbors = self.neighbors.get(number);
        let side = neighbors.map(|(left, right)| if border == Border::Left { left } else { right });
        side.map(Vec::as_slice).unwrap_or_default()
    }

    /// The room that cards leave a bundle; one that cannot move has none but its place.
    fn corridor(&self, number: usize, fits: &[usize]) -> (f64, f64) {
        let Some(bundle) = self.bundles.get(number) else { return (0.0, 0.0) };
        if !bundle.is_free {
            return (bundle.at, bundle.at);
        }
        let (low, high) = self.limits(bundle, fit(fits, number));
        if low <= high {
            return (low, high);
        }
        // One that would have no room even alone must not press others together.
        let middle = inside(f64::midpoint(low, high), bundle.corridor);
        (middle, middle)
    }

    /// Between which places a bundle keeps its distance from cards and their marks.
    fn limits(&self, bundle: &Bundle, fit: Fit) -> (f64, f64) {
        let (left, right) = bundle.corridor;
        let aside = fit.aside * self.distance;
        let low = if left > bundle.at - REACH { left + aside } else { left };
        let high = if right < bundle.at + REACH { right - aside } else { right };
        let stub = fit.aside.max(MARK);
        (low.max(bundle.borders.0 + stub), high.min(bundle.borders.1 - stub))
    }

    /// The place nearest to that one at which the marks at a bundle's ends have room.
    fn clear_of_marks(&self, number: usize, place: f64) -> f64 {
        let Some(bundle) = self.bundles.get(number) else { return place };
        let (low, high) = (bundle.borders.0 + MARK, bundle.borders.1 - MARK);
        if !bundle.is_free {
            return place;
        }
        inside(if low <= high { place.clamp(low, high) } else { place }, bundle.corridor)
    }

    /// The places from left to right, each where its neighbors pull it as far as its bounds allow.
    fn choose(
        &self,
        order: &[usize],
        fits: &[usize],
        least: &[Bound],
        greatest: &[Bound],
    ) -> Vec<f64> {
        let mut places = vec![0.0; self.bundles.len()];
        for number in order {
            let place_of = |bounds: &[Bound]| bounds.get(*number).map_or(0.0, |bound| bound.place);
            let (low, high) = (place_of(least), place_of(greatest));
            let pull = self.bundles.get(*number).map_or(Pull::Middle, |bundle| bundle.pull);
            let wanted = match pull {
                _ if low > high => f64::midpoint(low, high),
                Pull::Left => low,
                Pull::Middle => f64::midpoint(low, high),
                Pull::Right => high,
            };
            let after = self.beside(*number, Border::Left).iter().fold(wanted, |wanted, other| {
                let place = places.get(*other).copied().unwrap_or_default();
                wanted.max(place + lane(fits, *number, *other))
            });
            if let Some(slot) = places.get_mut(*number) {
                let place = if low > high { wanted } else { after.min(high) };
                *slot = self.clear_of_marks(*number, place);
            }
        }
        places
    }
}

/// The place in a corridor that is nearest to that one.
fn inside(place: f64, (left, right): (f64, f64)) -> f64 {
    let (low, high) = (left + 2.0, right - 2.0);
    if low <= high { place.clamp(low, high) } else { f64::midpoint(left, right) }
}

fn fit(fits: &[usize], number: usize) -> Fit {
    let last = Fit { aside: 2.0, lane: 0.5 };
    fits.get(number).and_then(|fit| FITS.get(*fit)).copied().unwrap_or(last)
}

/// How far two bundles keep from each other.
fn lane(fits: &[usize], a: usize, b: usize) -> f64 {
    fit(fits, a).lane.min(fit(fits, b).lane)
}
