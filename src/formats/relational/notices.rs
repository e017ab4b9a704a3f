//! What was changed or lost, gathered by reason so that a hundred tables with one trouble make one
//! message.

use indexmap::IndexMap;

use crate::base::diagnostic::{Diagnostic, Severity};

/// How many subjects a message names.
const SHOWN: usize = 5;

/// Reasons, each with what it is about.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    reasons: IndexMap<(Severity, String), Vec<String>>,
}

impl Notices {
    /// Something that changed without loss.
    pub fn note(&mut self, reason: impl Into<String>, subject: impl Into<String>) {
        self.reasons.entry((Severity::Info, reason.into())).or_default().push(subject.into());
    }

    /// Something that was lost or has another meaning now.
    pub fn warn(&mut self, reason: impl Into<String>, subject: impl Into<String>) {
        self.reasons.entry((Severity::Warning, reason.into())).or_default().push(subject.into());
    }

    /// One diagnostic per reason, in the order in which they came up: `postgres: reason: a, b`.
    pub fn into_diagnostics(self, id: &str) -> Vec<Diagnostic> {
        self.reasons
            .into_iter()
            .map(|((severity, reason), subjects)| {
                let shown = subjects.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
                let more = match subjects.len().saturating_sub(SHOWN) {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                Diagnostic::new(severity, format!("{id}: {reason}: {shown}{more}"))
            })
            .collect()
    }
}
