//! Chen ("The Entity-Relationship Model: Toward a Unified View of Data", 1976): `1`, `N` and `M` at
//! the ends. Whether an end may be empty is not shown.

use crate::diagram::notation::Notation;
use crate::model::reference::Reference;
use crate::scene::notations::NotationStyle;
use crate::scene::notations::mark::Mark;
use crate::scene::target::LineEnd;

/// How it draws.
pub const STYLE: NotationStyle = NotationStyle {
    notation: Notation::Chen,
    name: "Chen",
    description: "1, N and M at the ends.",
    mark,
    dash: |_| None,
};

fn mark(reference: &Reference, mark: &mut Mark) {
    let is_many = mark.end_of(reference).cardinality.is_many();
    let is_second = mark.end == LineEnd::To && reference.from.cardinality.is_many();
    let sign = match (is_many, is_second) {
        (true, true) => "M",
        (true, false) => "N",
        (false, _) => "1",
    };
    mark.text(8.0, sign);
}
