//! What a schema says and a model has no word for: gathered by reason and told once, at the place
//! where it was first.

use indexmap::{IndexMap, IndexSet};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::formats::json_schema::import::documents::{Documents, Place};

/// How many subjects a message names.
const SHOWN: usize = 5;

/// What was lost so far.
#[derive(Debug, Default)]
pub(super) struct Losses {
    reasons: IndexMap<String, (Severity, String, Place, IndexSet<String>)>,
}

impl Losses {
    /// Remembers that `subject` lost something there, and the way out.
    pub(super) fn add(
        &mut self,
        severity: Severity,
        (reason, hint): (&str, &str),
        subject: &str,
        place: Place,
    ) {
        let entry = self.reasons.entry(reason.to_owned());
        let first = || (severity, hint.to_owned(), place, IndexSet::new());
        entry.or_insert_with(first).3.insert(subject.to_owned());
    }

    /// One diagnostic per reason, in the order in which they came up.
    pub(super) fn tell(self, documents: &Documents<'_>) -> Vec<Diagnostic> {
        let told = self.reasons.into_iter().map(|(reason, (severity, hint, place, subjects))| {
            let shown: Vec<_> = subjects.iter().take(SHOWN).map(String::as_str).collect();
            let more = match subjects.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let message = format!("{reason}: {}{more}", shown.join(", "));
            Diagnostic::new(severity, message).at(documents.span(place)).with_hint(hint)
        });
        told.collect()
    }
}
