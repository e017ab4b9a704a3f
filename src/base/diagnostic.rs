//! What we say about somebody's input: severity, place, message and a way out.
//!
//! Must not know which format or model element it speaks of, nor how it is shown.

use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// Something was lost, repaired or looks like a mistake.
    Warning,
    /// The input cannot mean what it says.
    Error,
}

impl Severity {
    /// The lower-case word for it, as the command line and its JSON print it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A place in the texts that were read.
///
/// - Line and column count from 1; the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Which of the texts, from 0; where one text is read it is 0.
    pub source: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

impl Span {
    /// A place in the only text.
    pub fn new(line: usize, column: usize) -> Self {
        Self { source: 0, line, column }
    }

    /// The same place in the text of that number.
    #[must_use]
    pub fn in_source(self, source: usize) -> Self {
        Self { source, ..self }
    }

    /// The place of byte `offset` in `text`; past the end it is the end.
    pub fn at_offset(text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(..end).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        Self::new(line, column)
    }
}

/// One finding about an input.
///
/// - `message` is lower case, without a final period, and names the thing.
/// - `hint` is the way out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where in the text, when it came from one.
    pub span: Option<Span>,
    /// What is the matter.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A finding of that severity without place or hint.
    pub fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self { severity, span: None, message: message.into(), hint: None }
    }

    /// The input cannot mean what it says.
    pub fn error(message: impl Into<String>) -> Self {
        Self::new(Severity::Error, message)
    }

    /// Something was lost or looks like a mistake.
    pub fn warning(message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, message)
    }

    /// Worth knowing.
    pub fn info(message: impl Into<String>) -> Self {
        Self::new(Severity::Info, message)
    }

    /// The same finding with a way out.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same finding with a place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}

/// Whether any of these is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_counts_lines_and_characters_from_one() {
        let text = "ab\ncäd";
        assert_eq!(Span::at_offset(text, 0), Span::new(1, 1));
        assert_eq!(Span::at_offset(text, 6), Span::new(2, 3));
        assert_eq!(Span::at_offset(text, 99), Span::new(2, 4));
    }
}
