//! Crow's foot (Everest, "Basic Data Structure Models Explained with a Common Example", 1976): at
//! each end, the inner sign says whether there may be many, the outer one whether there may be none.

use crate::diagram::notation::Notation;
use crate::model::reference::{Cardinality, Reference};
use crate::scene::notations::NotationStyle;
use crate::scene::notations::mark::Mark;

/// How it draws.
pub const STYLE: NotationStyle = NotationStyle {
    notation: Notation::CrowsFoot,
    name: "Crow's foot",
    description: "A foot for many, a bar for one, a ring for none.",
    mark,
    dash: |_| None,
};

/// Length of the foot, and distance of its toes from the line.
const FOOT: (f64, f64) = (12.0, 5.5);
/// Half the length of a bar.
const BAR: f64 = 4.5;
/// Radius of a ring.
const RING: f64 = 3.5;

fn mark(reference: &Reference, mark: &mut Mark) {
    match mark.end_of(reference).cardinality {
        Cardinality::ExactlyOne => {
            bar(mark, 8.0);
            bar(mark, 12.0);
        }
        Cardinality::ZeroOrOne => {
            bar(mark, 8.0);
            mark.ring(12.0 + RING, RING);
        }
        Cardinality::OneOrMore => {
            foot(mark);
            bar(mark, FOOT.0 + 4.0);
        }
        Cardinality::ZeroOrMore => {
            foot(mark);
            mark.ring(FOOT.0 + RING, RING);
        }
    }
}

fn foot(mark: &mut Mark) {
    mark.stroke(&[(0.0, FOOT.1), (FOOT.0, 0.0), (0.0, -FOOT.1)]);
}

fn bar(mark: &mut Mark, along: f64) {
    mark.stroke(&[(along, BAR), (along, -BAR)]);
}
