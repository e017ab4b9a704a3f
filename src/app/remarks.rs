//! What reading files said, each with the line of text that it is about: the form in which the
//! Problems panel shows it.

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::files::load::Loaded;
use crate::formats::sources::Sources;

/// How many characters of a line are kept on each side of the place.
const AROUND: usize = 120;

/// One thing that was said about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What was said.
    pub diagnostic: Diagnostic,
    /// Where: `shop.sql:3:7`, as far as it is known.
    pub place: String,
    /// The line, where one is known.
    pub line: Option<MarkedLine>,
}

/// A line of text with a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedLine {
    /// What stands before the place.
    pub before: String,
    /// The word at the place.
    pub marked: String,
    /// The rest.
    pub after: String,
}

/// What was said about files, until a person lets go of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// What was read: `shop.sql`.
    pub subject: String,
    /// What was said, worst first, otherwise in the order of the texts.
    pub all: Vec<Remark>,
}

impl Remarks {
    /// What reading these files said.
    pub fn of(subject: &str, wholes: &[Loaded]) -> Self {
        let remarks = wholes.iter().flat_map(|one| remarks_of(&one.sources, &one.diagnostics));
        Self::sorted(subject, remarks.collect())
    }

    /// What reading these texts said.
    pub fn of_texts(subject: &str, sources: &Sources, diagnostics: &[Diagnostic]) -> Self {
        Self::sorted(subject, remarks_of(sources, diagnostics))
    }

    fn sorted(subject: &str, mut all: Vec<Remark>) -> Self {
        all.sort_by_key(|remark| std::cmp::Reverse(remark.diagnostic.severity));
        Self { subject: subject.to_owned(), all }
    }

    /// How many of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.all.iter().filter(|remark| remark.diagnostic.severity == severity).count()
    }
}

fn remarks_of(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<Remark> {
    let is_named =
        |source| diagnostics.iter().any(|one| one.span.is_some_and(|s| s.source == source));
    let lines: Vec<Vec<&str>> = sources
        .iter()
        .enumerate()
        .map(
            |(number, source)| {
                if is_named(number) { source.text.lines().collect() } else { Vec::new() }
            },
        )
        .collect();
    let remark = |diagnostic: &Diagnostic| {
        let path = sources.path_of(diagnostic).unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or(path);
        let (place, line) = match diagnostic.span {
            None => (name.to_owned(), None),
            Some(span) => {
                let text = lines.get(span.source).zip(span.line.checked_sub(1));
                let text = text.and_then(|(all, number)| all.get(number));
                let line = text.map(|text| marked(text, span.column));
                (format!("{name}:{}:{}", span.line, span.column), line)
            }
        };
        Remark { diagnostic: diagnostic.clone(), place, line }
    };
    diagnostics.iter().map(remark).collect()
}

/// A line with the word that begins at a column, which counts from 1.
fn marked(text: &str, column: usize) -> MarkedLine {
    let characters: Vec<char> = text.chars().collect();
    let start = column.saturating_sub(1).min(characters.len());
    let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
    let rest = characters.get(start..).unwrap_or_default();
    let length = rest.iter().take_while(|c| is_word(c)).count().clamp(1, AROUND);
    let (marked, after) = rest.split_at(length.min(rest.len()));
    let before = characters.get(start.saturating_sub(AROUND)..start).unwrap_or_default();
    let shown = |part: &[char]| -> String {
        part.iter().map(|c| if c.is_control() { ' ' } else { *c }).collect()
    };
    MarkedLine {
        before: shown(before).trim_start().to_owned(),
        marked: shown(marked),
        after: shown(after.get(..AROUND.min(after.len())).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_at_the_place_is_marked() {
        let line = marked("  CREATE TABEL users (", 10);
        assert_eq!((line.before.as_str(), line.marked.as_str()), ("CREATE ", "TABEL"));
        assert_eq!(line.after, " users (");
        assert_eq!(marked("ab", 9), marked("ab", 3));
        assert_eq!(marked("äöü;", 4).marked, ";");
        let long = "x ".repeat(1_000);
        assert!(
            marked(&long, 999).before.len() <= AROUND && marked(&long, 1).after.len() <= AROUND
        );
    }
}
