//! Room for lines: wherever more of them run than fit, all cards beyond that place move on.
//!
//! Moving all cards beyond an upright or level line keeps every order and alignment, and no two
//! cards come closer. Must not know how the cards were placed.

use crate::base::geom::Point;
use crate::layout::engines::Sketch;
use crate::layout::metrics::GRID;
use crate::layout::routing::Path;
use crate::layout::routing::lanes::lacking_room;
use crate::layout::routing::orthogonal::{reworked_ways, ways, wires};
use crate::layout::routing::places::Lack;
use crate::layout::spatial::RectIndex;

/// How exactly lines are led to see where they need room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Care {
    /// Each once.
    Quick,
    /// As they will be drawn.
    Thorough,
}

/// Moves cards apart where lines need room; whether any moved.
pub(in crate::layout) fn make_room(sketch: &Sketch, places: &mut [Point], care: Care) -> bool {
    let rects = sketch.rects(places);
    let connections = sketch.connections(&rects);
    let obstacles = RectIndex::new(rects);
    let ways = match care {
        Care::Quick => ways(&connections, &[], &obstacles),
        Care::Thorough => reworked_ways(&connections, &obstacles),
    };
    let (paths, is_fixed): (Vec<Path>, Vec<bool>) =
        ways.into_iter().map(|way| (way.path, way.is_fixed)).unzip();
    let mut wires = wires(&connections, &paths, &is_fixed);
    let [across, along] = lacking_room(&mut wires, &obstacles).map(cuts);
    for place in places.iter_mut() {
        place.x += inserted_before(&across, place.x);
        place.y += inserted_before(&along, place.y);
    }
    !across.is_empty() || !along.is_empty()
}

/// A place where room is inserted, and how much.
type Cut = (f64, f64);

/// The fewest cuts that give each corridor what it lacks: those that end first are cut at their ends.
fn cuts(mut lacks: Vec<Lack>) -> Vec<Cut> {
    lacks.sort_by(|a, b| {
        (a.corridor.1.total_cmp(&b.corridor.1)).then(a.corridor.0.total_cmp(&b.corridor.0))
    });
    let mut cuts: Vec<Cut> = Vec::new();
    for Lack { corridor: (from, to), by } in lacks {
        let within = cuts.iter().rev().take_while(|(at, _)| *at > from).filter(|(at, _)| *at <= to);
        let given: f64 = within.map(|(_, room)| room).sum();
        let missing = ((by - given) / GRID).ceil() * GRID;
        if missing <= 0.0 {
            continue;
        }
        match cuts.last_mut() {
            Some((at, room)) if *at == to => *room += missing,
            _ => cuts.push((to, missing)),
        }
    }
    cuts
}

fn inserted_before(cuts: &[Cut], at: f64) -> f64 {
    cuts.iter().take_while(|(cut, _)| *cut <= at).map(|(_, room)| room).sum()
}
