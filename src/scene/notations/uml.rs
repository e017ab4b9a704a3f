//! UML 2 class diagrams: multiplicities in digits, with the role of the end where it has one.

use crate::diagram::notation::Notation;
use crate::model::reference::{Cardinality, Reference};
use crate::scene::notations::NotationStyle;
use crate::scene::notations::mark::Mark;

/// How it draws.
pub const STYLE: NotationStyle = NotationStyle {
    notation: Notation::Uml,
    name: "UML",
    description: "Multiplicities in digits, and the roles of ends.",
    mark,
    dash: |_| None,
};

fn mark(reference: &Reference, mark: &mut Mark) {
    let end = mark.end_of(reference);
    let multiplicity = match end.cardinality {
        Cardinality::ZeroOrOne => "0..1",
        Cardinality::ExactlyOne => "1",
        Cardinality::ZeroOrMore => "0..*",
        Cardinality::OneOrMore => "1..*",
    };
    match &end.role {
        Some(role) => mark.text(8.0, &format!("{multiplicity} {role}")),
        None => mark.text(8.0, multiplicity),
    }
}
