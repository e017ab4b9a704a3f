//! What an import reads: one text, or several that are parts of one whole.
//!
//! Must not know files on disk: a path here is only a name by which texts speak of each other.

use std::borrow::Cow;

use crate::base::diagnostic::{Diagnostic, Span};

/// A text and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path as a person named it, with `/` between its parts; `-` is standard input.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// The texts of one import, in order.
///
/// - The `source` of a [`Span`] counts them from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// One text under that path.
    pub fn single(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { all: vec![Source { path: path.into(), text: text.into() }] }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The texts in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Source> {
        self.all.iter()
    }

    /// The text of that number.
    pub fn get(&self, number: usize) -> Option<&Source> {
        self.all.get(number)
    }

    /// Adds a text at the end.
    pub fn push(&mut self, source: Source) {
        self.all.push(source);
    }

    /// The number of the text at that path.
    pub fn at_path(&self, path: &str) -> Option<usize> {
        self.all.iter().position(|source| source.path == path)
    }

    /// The path under which a diagnostic is told: that of its place, or of the only text.
    pub fn path_of(&self, diagnostic: &Diagnostic) -> Option<&str> {
        let number = match diagnostic.span {
            Some(span) => span.source,
            None if self.all.len() == 1 => 0,
            None => return None,
        };
        self.get(number).map(|source| source.path.as_str())
    }

    /// All texts as one, for a format in which their borders mean nothing.
    pub fn joined(&self) -> Joined<'_> {
        if let [only] = self.all.as_slice() {
            return Joined { text: Cow::Borrowed(&only.text), first_lines: vec![0] };
        }
        let (mut text, mut first_lines, mut lines) = (String::new(), Vec::new(), 0);
        for source in &self.all {
            first_lines.push(lines);
            text.push_str(&source.text);
            lines += source.text.matches('\n').count();
            if !text.ends_with('\n') {
                text.push('\n');
                lines += 1;
            }
        }
        Joined { text: Cow::Owned(text), first_lines }
    }
}

impl From<Vec<Source>> for Sources {
    fn from(all: Vec<Source>) -> Self {
        Self { all }
    }
}

/// Several texts as one, which knows which line came from where.
#[derive(Debug)]
pub struct Joined<'a> {
    text: Cow<'a, str>,
    /// The number of lines before each of them.
    first_lines: Vec<usize>,
}

impl Joined<'_> {
    /// The one text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Moves places in the one text to the text that they are in.
    pub fn locate(&self, diagnostics: &mut [Diagnostic]) {
        for span in diagnostics.iter_mut().filter_map(|diagnostic| diagnostic.span.as_mut()) {
            let source = self.first_lines.partition_point(|before| *before < span.line);
            let source = source.saturating_sub(1);
            let before = self.first_lines.get(source).copied().unwrap_or_default();
            *span = Span { source, line: span.line - before, column: span.column };
        }
    }
}

/// The path that `wanted`, written in the text at `from`, means: `./` and `..` are followed and
/// what is left is a path of the same kind as `from`. An absolute path means nothing.
pub fn path_from(from: &str, wanted: &str) -> Option<String> {
    if wanted.starts_with('/') || wanted.contains('\\') {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| *part != ".").collect();
    if folder.is_empty() && !from.starts_with('/') {
        parts.clear();
    }
    for part in wanted.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, "" | "..")) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_texts_know_their_lines() {
        let texts = ["a\nb", "c\n", "", "d"]
            .map(|text| Source { path: text.chars().take(1).collect(), text: text.to_owned() });
        let sources = Sources::from(texts.to_vec());
        let joined = sources.joined();
        assert_eq!(joined.text(), "a\nb\nc\nd\n");
        let places = [(1, (0, 1)), (2, (0, 2)), (3, (1, 1)), (4, (3, 1))];
        for (line, (source, own)) in places {
            let mut told = [Diagnostic::info("x").at(Span::new(line, 1))];
            joined.locate(&mut told);
            assert_eq!(told[0].span, Some(Span { source, line: own, column: 1 }));
        }
    }

    #[test]
    fn a_path_is_followed_from_the_text_that_names_it() {
        for (from, wanted, path) in [
            ("a.js", "./b.js", "b.js"),
            ("models/a.js", "./b.js", "models/b.js"),
            ("models/a.js", "../enums/b.js", "enums/b.js"),
            ("./models/a.js", "../b.js", "b.js"),
            ("/x/a.js", "./b.js", "/x/b.js"),
            ("/a.js", "../../b.js", "/../../b.js"),
            ("a.js", "../b.js", "../b.js"),
            ("../x/a.js", "../../b.js", "../../b.js"),
        ] {
            assert_eq!(path_from(from, wanted).as_deref(), Some(path), "{from} {wanted}");
        }
        assert_eq!(path_from("a.js", "/etc/passwd"), None);
    }
}
