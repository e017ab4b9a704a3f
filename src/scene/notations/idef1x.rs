//! IDEF1X (FIPS 184, 1993): a dot where there may be many, `P` for one or more, `Z` for zero or one,
//! a diamond where the referenced record may be missing. The line is dashed unless the reference is
//! part of the referencing record's identity.

use crate::diagram::notation::Notation;
use crate::model::reference::{Cardinality, Reference};
use crate::scene::notations::NotationStyle;
use crate::scene::notations::mark::Mark;
use crate::scene::target::LineEnd;

/// How it draws.
pub const STYLE: NotationStyle = NotationStyle {
    notation: Notation::Idef1x,
    name: "IDEF1X",
    description: "Dots at dependent ends, dashes where the key is not inherited.",
    mark,
    dash: |reference| (!reference.identifying).then_some((6.0, 4.0)),
};

/// Radius of the dot.
const DOT: f64 = 4.0;

fn mark(reference: &Reference, mark: &mut Mark) {
    let cardinality = mark.end_of(reference).cardinality;
    let is_dependent = mark.end == LineEnd::From || cardinality.is_many();
    match (is_dependent, cardinality) {
        (true, cardinality) => {
            mark.dot(DOT, DOT);
            match cardinality {
                Cardinality::ZeroOrMore => {}
                Cardinality::OneOrMore => mark.text(12.0, "P"),
                Cardinality::ZeroOrOne => mark.text(12.0, "Z"),
                Cardinality::ExactlyOne => mark.text(12.0, "1"),
            }
        }
        (false, Cardinality::ZeroOrOne) => mark.diamond(12.0, mark.ground),
        (false, _) => {}
    }
}
