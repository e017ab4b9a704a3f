//! How differences between models are printed: sentences for people, JSON for programs. The form
//! of both is described in `docs/command-line.md`.

use serde_json::{Value as Json, json};

use crate::model::diff::words::kind_of;
use crate::model::diff::{Change, Difference, Value, What};

/// A difference for programs.
pub(super) fn as_json(difference: &Difference) -> Json {
    let (what, changes) = match &difference.what {
        What::Added => ("added", &[][..]),
        What::Removed => ("removed", &[][..]),
        What::Changed(changes) => ("changed", changes.as_slice()),
    };
    json!({
        "difference": what,
        "kind": kind_of(difference.element),
        "name": difference.name,
        "element": difference.element.to_string(),
        "changes": changes.iter().map(change_as_json).collect::<Vec<_>>(),
    })
}

fn change_as_json(change: &Change) -> Json {
    let value = |value: &Value| match value {
        Value::Flag(flag) => json!(flag),
        Value::Text(text) => json!(text),
        Value::Nothing => Json::Null,
    };
    json!({
        "aspect": change.aspect.id(),
        "old": value(&change.old),
        "new": value(&change.new),
    })
}
