//! How a difference reads: `field users.email became required`.

use crate::model::diff::{Aspect, Change, Difference, Value, What};
use crate::model::id::ElementId;

/// How many characters of a text are shown within a sentence.
const SHOWN: usize = 60;

/// The word for the kind of an element.
pub fn kind_of(element: ElementId) -> &'static str {
    match element {
        ElementId::Namespace(_) => "namespace",
        ElementId::Entity(_) => "entity",
        ElementId::Field(..) => "field",
        ElementId::Key(..) => "key",
        ElementId::Index(..) => "index",
        ElementId::Check(..) => "check",
        ElementId::Enumeration(_) => "enumeration",
        ElementId::Value(..) => "value",
        ElementId::Reference(_) => "reference",
        ElementId::Area(_) => "area",
        ElementId::Note(_) => "note",
    }
}

/// A difference in sentences, one for each change.
pub fn sentences(difference: &Difference) -> Vec<String> {
    let subject = format!("{} {}", kind_of(difference.element), shortened(&difference.name));
    match &difference.what {
        What::Added => vec![format!("{subject} was added")],
        What::Removed => vec![format!("{subject} was removed")],
        What::Changed(changes) => {
            changes.iter().map(|change| format!("{subject} {}", predicate(change))).collect()
        }
    }
}

/// What a change did, without its subject: `became required`.
pub fn predicate(change: &Change) -> String {
    let words = change.aspect.words();
    match (change.aspect, &change.old, &change.new) {
        (Aspect::Timestamps | Aspect::KeepsId, _, Value::Flag(true)) => {
            format!("now keeps {words}")
        }
        (Aspect::Timestamps | Aspect::KeepsId, _, Value::Flag(false)) => {
            format!("no longer keeps {words}")
        }
        (_, _, Value::Flag(true)) => format!("became {words}"),
        (_, _, Value::Flag(false)) => format!("is no longer {words}"),
        (Aspect::Order, _, _) => "has its parts in another order".to_owned(),
        (Aspect::Parent, _, Value::Text(new)) => format!("moved into `{}`", shortened(new)),
        (Aspect::Parent, _, Value::Nothing) => "moved out to the top level".to_owned(),
        (Aspect::Name, Value::Text(_), Value::Text(new)) => {
            format!("was renamed to `{}`", shortened(new))
        }
        (_, Value::Text(old), Value::Text(new)) => {
            format!("changed its {words} from `{}` to `{}`", shortened(old), shortened(new))
        }
        (_, _, Value::Text(new)) => format!("got the {words} `{}`", shortened(new)),
        (_, Value::Text(old), Value::Nothing) => {
            format!("lost its {words} `{}`", shortened(old))
        }
        (_, Value::Flag(_) | Value::Nothing, Value::Nothing) => format!("changed its {words}"),
    }
}

/// The beginning of a text on one line.
fn shortened(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    let start: String = line.chars().take(SHOWN - 1).collect();
    format!("{start}…")
}
