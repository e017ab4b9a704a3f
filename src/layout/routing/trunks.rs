//! Which pieces of lines to one row lie on one another on purpose: from the row on, as long as
//! their ways are the same.

use std::collections::BTreeMap;

use crate::layout::routing::lanes::Wire;

/// A piece: number of its wire and of the point it starts at.
type Piece = (usize, usize);

/// The number of the trunk that a piece belongs to, for pieces that share one.
pub fn trunk_numbers(wires: &[Wire]) -> BTreeMap<Piece, usize> {
    let mut trunks = Trunks::default();
    let from_end = trunks.of(wires, Way::FromEnd);
    let from_start = trunks.of(wires, Way::FromStart);
    let is_shared = |number: &usize| trunks.sizes.get(*number).is_some_and(|size| *size > 1);
    let mut numbers: BTreeMap<Piece, usize> =
        from_start.into_iter().filter(|(_, n)| is_shared(n)).collect();
    numbers.extend(from_end.into_iter().filter(|(_, number)| is_shared(number)));
    numbers
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    FromStart,
    FromEnd,
}

/// Numbers for ways from a row on: each way is the one before and one piece more.
#[derive(Debug, Default)]
struct Trunks {
    numbers: BTreeMap<(usize, i64), usize>,
    sizes: Vec<usize>,
}

impl Trunks {
    fn number(&mut self, before: usize, at: f64) -> usize {
        let next = self.sizes.len();
        let number = *self.numbers.entry((before, (at * 64.0) as i64)).or_insert(next);
        if number == next {
            self.sizes.push(0);
        }
        if let Some(size) = self.sizes.get_mut(number) {
            *size += 1;
        }
        number
    }

    fn of(&mut self, wires: &[Wire], way: Way) -> Vec<(Piece, usize)> {
        let mut found = Vec::new();
        self.numbers.clear();
        for (wire_number, wire) in wires.iter().enumerate().filter(|(_, wire)| !wire.is_fixed) {
            let row = if way == Way::FromEnd { wire.end } else { wire.start };
            // Rows are numbered apart from ways, which count from zero.
            let mut trunk = usize::MAX - row;
            let n_pieces = wire.points.len().saturating_sub(1);
            for step in 0..n_pieces {
                let first = if way == Way::FromEnd { n_pieces - 1 - step } else { step };
                let Some(piece) = wire.points.get(first..first + 2) else { break };
                let [a, b] = piece else { break };
                let at = if a.x == b.x { a.x } else { a.y };
                trunk = self.number(trunk, at);
                found.push(((wire_number, first), trunk));
            }
        }
        found
    }
}
